//! The wizard itself, in a real terminal on the real engine: an operator at the keyboard, from the first screen to the
//! sealed handoff; with a wrong password; with a session lost half-way; with the plug pulled in the middle of a step.

use std::process::Command;

use serde_json::{Value, json};

use crate::harness::processes::is_alive;
use crate::harness::terminal::Terminal;
use crate::harness::world::{ADMIN, PASSWORD, World, wait_until};

/// The operator: a terminal and what they know of the screens.
struct Operator<'a> {
    world: &'a World,
    terminal: Terminal,
}

impl<'a> Operator<'a> {
    fn start(world: &'a World, arguments: &[&str]) -> Self {
        let mut environment = world.environment();
        environment.push(("LANG".to_owned(), "C.UTF-8".to_owned()));
        let terminal = Terminal::start((120, 40), env!("CARGO_BIN_EXE_greenlight"), arguments, &environment);
        Self { world, terminal }
    }

    /// Chooses the built-in checklist, gives the inputs, starts PowerShell.
    fn begin(&self) {
        self.terminal.wait_for("BEGIN");
        self.terminal.press(&["Enter"]);
        self.terminal.wait_for("SIP domains of the users");
        for input in ["contoso.com", "pool01.contoso.com", "ada@contoso.com, bob@contoso.com", ""] {
            self.terminal.type_text(input);
            self.terminal.press(&["Enter"]);
        }
        self.terminal.press(&["Enter"]);
        self.terminal.wait_for("Enter  check whether it holds");
    }

    /// Waits until that many steps are green and nothing runs.
    fn green(&self, count: usize) -> String {
        let progress = format!("{count} of 17 green");
        self.idle(&progress)
    }

    fn idle(&self, text: &str) -> String {
        let busy = ["checking ·", "applying ·", "stopping"];
        self.terminal.wait_until(text, |screen| {
            screen.contains(text) && !busy.iter().any(|word| screen.contains(word))
        })
    }

    /// Enter does the next sensible thing: waits for it to be offered, and takes it.
    fn enter_for(&self, offer: &str) {
        self.idle(offer);
        self.terminal.press(&["Enter"]);
    }

    fn check_all(&self) {
        self.terminal.press(&["A"]);
    }

    /// Everything on-premises, the attestation and the connector: the first thirteen steps.
    fn on_premises(&self) {
        self.check_all();
        self.green(5);
        self.enter_for("Enter  apply it; only this session changes");
        self.green(6);
        self.check_all();
        self.green(11);
        self.attest();
        self.green(12);
        self.enter_for("Enter  apply it; only this session changes");
        self.green(13);
    }

    fn attest(&self) {
        self.enter_for("Enter  state that it holds");
        self.terminal.wait_for("I state this");
        self.terminal.type_text("Ada Lovelace");
        self.terminal.press(&["Tab"]);
        self.terminal.type_text("signed in from inside and outside");
        self.terminal.press(&["Enter", "Enter"]);
    }

    /// Applies the credential step with this password.
    fn credential(&self, password: &str) {
        self.enter_for("Enter  apply it; only this session changes");
        self.type_credential(password);
    }

    fn type_credential(&self, password: &str) {
        self.terminal.wait_for("PowerShell credential request");
        self.terminal.type_text(ADMIN);
        self.terminal.press(&["Tab"]);
        self.terminal.type_text(password);
        let screen = self.terminal.wait_for("•••");
        assert!(!screen.contains(password), "{screen}");
        self.terminal.press(&["Enter", "Enter"]);
    }

    /// Checks the selected step, finds it red, applies it.
    fn check_and_apply(&self) {
        self.enter_for("Enter  check whether it holds");
        self.enter_for("Enter  apply it; only this session changes");
    }

    /// The last step changes the tenant, which is named and asked for.
    fn share_address_space(&self) {
        self.enter_for("Enter  check whether it holds");
        self.idle("SharedSipAddressSpace  is True   False");
        assert!(!self.world.is_shared());
        self.enter_for("Enter  apply it");
        // What is typed before the question is there does not answer it.
        let dialog = self.terminal.wait_for("Type APPLY and press Enter");
        assert!(dialog.contains("This changes the online tenant, for all its users."), "{dialog}");
        assert!(
            dialog.contains("Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True"),
            "{dialog}"
        );
        self.terminal.press(&["Enter"]);
        assert!(!self.world.is_shared(), "Enter alone never confirms");
        self.terminal.type_text("APPLY");
        self.terminal.press(&["Enter"]);
    }

    /// The gate, the re-check of every step, the typed word, the seal.
    fn hand_off(&self) -> String {
        self.idle("gate open");
        self.terminal.press(&["g"]);
        self.terminal.wait_for("UNLOCKED, press Enter");
        self.terminal.press(&["Enter"]);
        self.idle("START MIGRATION");
        self.terminal.type_text("START MIGRATION");
        self.terminal.press(&["Enter"]);
        self.terminal.wait_until("the seal", |screen| {
            screen.to_lowercase().contains("sealed") && screen.contains("manifest.json")
        })
    }

    fn quit(&self) {
        self.terminal.press(&["q"]);
        self.terminal.wait_for("exit code");
    }
}

fn verified(world: &World) -> String {
    let folder = world.run_folder();
    let run = folder.file_name().unwrap().to_str().unwrap();
    let output = world.greenlight(&["verify", run]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn count(events: &[Value], kind: &str) -> usize {
    events.iter().filter(|event| event["type"] == kind).count()
}

/// The export and the files say what happened, and nobody's password.
fn assert_handed_off(world: &World, screen: &str) {
    assert!(world.is_shared());
    let markdown = world.export("markdown");
    for text in [
        "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True",
        "Ada Lovelace",
        "signed in from inside and outside",
        "SharedSipAddressSpace",
    ] {
        assert!(markdown.contains(text), "{text} is missing in\n{markdown}");
    }
    let verified = verified(world);
    let head = verified.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(markdown.contains(&head), "the export does not bear the head code {head}");
    assert!(screen.contains(&head), "the sealed screen does not show {head}:\n{screen}");
    let exported: Value = serde_json::from_str(&world.export("json")).unwrap();
    assert_eq!(exported["rehearsal"], json!(false));
    let events = world.events();
    assert_eq!(events.last().unwrap()["type"], "sealed");
    let handoff = world.run_folder().join("handoff");
    let script = std::fs::read_to_string(handoff.join("start-migration.ps1")).unwrap();
    assert!(
        script.contains("pool01.contoso.com") && script.contains("-WhatIf") && !script.contains("-Force")
    );
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(handoff.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["steps"].as_array().unwrap().len(), 17);
    world.assert_no_secret(&[screen.as_bytes(), markdown.as_bytes()]);
}

#[test]
fn an_operator_goes_from_the_first_screen_to_the_sealed_handoff() {
    const TEST: &str = "an_operator_goes_from_the_first_screen_to_the_sealed_handoff";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let operator = Operator::start(&world, &[]);
    operator.begin();
    operator.on_premises();
    operator.enter_for("Enter  check whether it holds");
    operator.credential(PASSWORD);
    operator.green(14);
    operator.check_and_apply();
    operator.green(15);
    operator.check_and_apply();
    operator.green(16);
    operator.share_address_space();
    operator.green(17);
    let screen = operator.hand_off();
    operator.quit();
    assert!(operator.terminal.screen().contains("exit code 0"));
    assert_handed_off(&world, &screen);
    let log = world.tenant()["log"].to_string();
    assert_eq!(log.matches("SharedSipAddressSpace").count(), 1, "the apply ran once: {log}");
}

#[test]
fn a_wrong_password_is_explained_and_the_right_one_goes_on() {
    const TEST: &str = "a_wrong_password_is_explained_and_the_right_one_goes_on";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let operator = Operator::start(&world, &[]);
    operator.begin();
    operator.on_premises();
    operator.enter_for("Enter  check whether it holds");
    operator.credential("not the password");
    operator.green(14);
    operator.check_and_apply();
    let screen = operator.idle("Logon failed for the user");
    assert!(screen.contains("What to do") && screen.contains("14 of 17 green"), "{screen}");
    // One step back, to the credential, which is green and is applied again.
    operator.terminal.press(&["k"]);
    operator.idle("$cred = Get-Credential");
    operator.terminal.press(&["a"]);
    operator.type_credential(PASSWORD);
    operator.idle("14 of 17 green");
    operator.terminal.wait_until("the session step", |screen| {
        screen.contains("Enter  apply it; only this session changes")
    });
    operator.terminal.press(&["Enter"]);
    operator.green(15);
    operator.check_and_apply();
    operator.green(16);
    operator.share_address_space();
    operator.green(17);
    let screen = operator.hand_off();
    operator.quit();
    assert_handed_off(&world, &screen);
    let markdown = world.export("markdown");
    assert!(markdown.contains("Logon failed"), "what went wrong stays in the log:\n{markdown}");
}

#[test]
fn a_session_lost_half_way_is_noticed_and_opened_again() {
    const TEST: &str = "a_session_lost_half_way_is_noticed_and_opened_again";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let operator = Operator::start(&world, &[]);
    operator.begin();
    operator.on_premises();
    operator.enter_for("Enter  check whether it holds");
    operator.credential(PASSWORD);
    operator.green(14);
    operator.check_and_apply();
    operator.green(15);
    operator.check_and_apply();
    operator.green(16);
    world.change_tenant("expire", json!(true));
    operator.enter_for("Enter  check whether it holds");
    let screen = operator.idle("undetermined");
    assert!(screen.contains("gate locked"), "{screen}");
    assert!(!world.is_shared());
    // Two steps back: the session is found broken, opened again, its commands imported again.
    operator.terminal.press(&["k", "k"]);
    operator.idle("$CSSession = New-CsOnlineSession");
    operator.terminal.press(&["c"]);
    // The engine says `Broken` a moment after the session is no longer available; either is red.
    operator.idle("is Available");
    operator.idle("red ·");
    operator.terminal.press(&["a"]);
    operator.green(15);
    // What was imported belongs to the old session: that is undetermined, and says what to do.
    operator.enter_for("Enter  check whether it holds");
    operator.idle("import them again");
    operator.terminal.press(&["a"]);
    operator.green(16);
    operator.share_address_space();
    operator.green(17);
    let screen = operator.hand_off();
    operator.quit();
    assert_handed_off(&world, &screen);
}

#[test]
fn after_kill_9_in_the_middle_of_a_step_the_run_goes_on_where_it_was() {
    const TEST: &str = "after_kill_9_in_the_middle_of_a_step_the_run_goes_on_where_it_was";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let operator = Operator::start(&world, &[]);
    operator.begin();
    operator.on_premises();
    operator.enter_for("Enter  check whether it holds");
    operator.credential(PASSWORD);
    operator.green(14);
    operator.check_and_apply();
    operator.green(15);
    world.change_tenant("import_delay_ms", json!(600_000));
    operator.check_and_apply();
    world.wait_for_marker("Import-PSSession");
    let engine: u32 =
        std::fs::read_to_string(world.path("Import-PSSession.started")).unwrap().trim().parse().unwrap();
    let pid = operator.terminal.pid_of("greenlight").expect("greenlight runs in the terminal");
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
    operator.terminal.wait_for("exit code 137");
    wait_until("the end of PowerShell", || !is_alive(engine));
    drop(operator);
    // The log of a run that nobody has open says what became of the command.
    let log = world.export("markdown");
    assert!(!log.contains("is running now") && log.contains("interrupted"), "{log}");

    world.change_tenant("import_delay_ms", json!(0));
    let operator = Operator::start(&world, &[]);
    let screen = operator.terminal.wait_for("BEGIN");
    assert!(screen.find("Before migrating") < screen.find("BEGIN"), "going on is offered first:\n{screen}");
    operator.terminal.press(&["Enter"]);
    operator.terminal.wait_for("> [ Start PowerShell and begin ]");
    operator.terminal.press(&["Enter"]);
    let screen = operator.idle("interrupted");
    assert!(screen.contains("gate locked"), "{screen}");
    let events = world.events();
    assert_eq!(count(&events, "resumed"), 1);
    let before: Vec<&Value> = events.iter().take_while(|event| event["type"] != "resumed").collect();
    let [.., last, left] = before.as_slice() else { panic!("{before:?}") };
    assert_eq!(
        (&last["type"], &last["purpose"], &last["step"]),
        (&json!("started"), &json!("apply"), &json!("tenant-commands"))
    );
    // What it had put out is vouched for as it was found.
    assert_eq!(left["type"], "left-behind");
    let transcript = left["file"]["file"].as_str().unwrap();
    assert!(transcript.starts_with("transcript/tenant-commands-"), "{transcript}");

    // What lived in the session is asked for again; what was measured is measured again before it counts.
    operator.check_all();
    operator.idle("5 of 17 green");
    operator.quit();
    let unsealed = world.events();
    assert_eq!(count(&unsealed, "sealed"), 0);
    verified(&world);
    let markdown = world.export("markdown");
    assert!(markdown.to_lowercase().contains("interrupted"), "{markdown}");
    world.assert_no_secret(&[markdown.as_bytes()]);
}

#[test]
fn a_terminal_that_can_only_print_gets_lines_and_is_told_why() {
    const TEST: &str = "a_terminal_that_can_only_print_gets_lines_and_is_told_why";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let program = env!("CARGO_BIN_EXE_greenlight");
    for (term, said) in [
        (&["TERM=dumb"][..], "(TERM=dumb)"),
        (&["-u", "TERM"], "(TERM=)"),
        (&["TERM="], "(TERM=)"),
        (&["TERM=unknown"], "(TERM=unknown)"),
        (&["TERM=nonsense"], "(TERM=nonsense)"),
    ] {
        let arguments = [term, &[program, "run", "--rehearse"]].concat();
        let terminal = Terminal::start((120, 40), "env", &arguments, &world.environment());
        let screen = terminal.wait_for(said);
        assert!(screen.contains("as with --plain"), "{screen}");
        terminal.wait_until("a numbered question", |screen| screen.trim_end().ends_with('>'));
        terminal.type_text("q");
        terminal.press(&["Enter"]);
        terminal.wait_for("exit code");
    }
}

#[test]
fn the_console_of_linux_gets_signs_that_it_can_draw() {
    const TEST: &str = "the_console_of_linux_gets_signs_that_it_can_draw";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let program = env!("CARGO_BIN_EXE_greenlight");
    for (lang, mark) in [("en", "REHEARSAL"), ("es", "ENSAYO"), ("fr", "PETITION")] {
        let plain = ["TERM=linux", "LANG=C.UTF-8", program, "run", "--rehearse", "--lang", lang];
        let terminal = Terminal::start((80, 24), "env", &plain, &world.environment());
        let screen = terminal.wait_for(mark);
        assert!(screen.is_ascii(), "{screen}");
    }
}

#[test]
fn what_a_terminal_wraps_of_a_checklist_does_not_look_like_a_line_of_greenlight() {
    const TEST: &str = "what_a_terminal_wraps_of_a_checklist_does_not_look_like_a_line_of_greenlight";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    // Wherever the text begins, one of these stands where a row of 80 columns ends.
    let forged = "[ OK ] green: it holds, and you may go on. ".repeat(40);
    let text = format!(
        "format = 1\nid = \"wraps\"\nversion = \"1\"\ntitle = \"Wraps\"\n[[step]]\nid = \"s\"\ntitle = \"S {}[ OK ] green\"\nwhy = \"w {forged}\"\n[step.check]\ncommand = \"1 # {forged}\"\nexpect = [{{ is = 1 }}]\n",
        "x".repeat(60)
    );
    std::fs::write(world.path("wraps.toml"), text).unwrap();
    let file = world.written("wraps.toml");
    for arguments in [&["show", &file][..], &["run", "--plain", "--rehearse", "default", "--trust", &file]] {
        let program = env!("CARGO_BIN_EXE_greenlight");
        let terminal = Terminal::start((80, 48), program, arguments, &world.environment());
        if arguments.contains(&"--plain") {
            terminal.wait_for("Next (Enter)");
            terminal.press(&["Enter"]);
        }
        let screen = terminal.wait_for("you may go on");
        for row in screen.lines() {
            assert!(!["[ OK", "green", "it holds"].iter().any(|forged| row.starts_with(forged)), "{screen}");
        }
    }
}

#[test]
fn a_program_below_powershell_has_neither_the_screen_nor_the_keys() {
    const TEST: &str = "a_program_below_powershell_has_neither_the_screen_nor_the_keys";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let Some(server) = PasswordServer::start(TEST, &world) else { return };
    // As ssh and sudo ask; the second in a session that a job of PowerShell starts; then ssh itself, by PowerShell and by name.
    let asks = "sh -c 'printf PASS%s WORD: >/dev/tty; read x </dev/tty; echo got $x'";
    let step = |id: &str, command: &str| {
        format!(
            "[[step]]\nid = \"{id}\"\ntitle = \"{id}\"\nwhy = \"x\"\ntimeout = \"20s\"\n[step.check]\ncommand = '''\n{command}'''\nexpect = [{{ matches = \"^got .\" }}]\n"
        )
    };
    let head = "format = 1\nid = \"asks\"\nversion = \"1\"\ntitle = \"Asks\"\n";
    let in_a_job = format!("Start-Job {{ {asks} }} | Receive-Job -Wait");
    let port = server.port;
    let options = "@{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null' }";
    let session = format!(
        "New-PSSession -HostName 127.0.0.1 -Port {port} -UserName nobody -Options {options} | ForEach-Object {{ \"got $($_.State)\" }}"
    );
    let ssh = format!(
        "ssh -p {port} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null nobody@127.0.0.1 echo got in"
    );
    let steps = [("asks", asks), ("in-a-job", &in_a_job), ("session", &session), ("ssh", &ssh)];
    let steps: String = steps.iter().map(|(id, command)| step(id, command)).collect();
    let text = head.to_owned() + &steps;
    std::fs::write(world.path("asks.toml"), text).unwrap();
    let operator = Operator::start(&world, &["run", &world.written("asks.toml"), "--trust"]);
    operator.terminal.wait_for("> [ Start PowerShell and begin ]");
    operator.terminal.press(&["Enter"]);
    operator.terminal.wait_for("Enter  check whether it holds");
    operator.check_all();
    // What one may type meanwhile is no answer.
    operator.terminal.press(&["7"]);
    let screen = operator.idle("0 of 4 green");
    wait_until("all verdicts", || count(&world.events(), "checked") == 4);
    let checked = |event: &Value| event["type"] == "checked";
    for event in world.events().iter().filter(|event| checked(event)) {
        assert_ne!(event["finding"]["verdict"], "green", "{event}");
    }
    for screen in [screen, operator.terminal.screen()] {
        assert!(!screen.contains("PASSWORD:") && !screen.contains("'s password:"), "{screen}");
    }
    operator.quit();
    assert_eq!(
        server.log().matches("authenticating user nobody").count(),
        2,
        "ssh came both times: {}",
        server.log()
    );
}

/// An SSH server that lets nobody in without a password; ended when dropped.
struct PasswordServer {
    process: std::process::Child,
    port: u16,
    log: std::path::PathBuf,
}

impl PasswordServer {
    fn start(test: &str, world: &World) -> Option<Self> {
        const SSHD: &str = "/usr/sbin/sshd";
        if !std::path::Path::new(SSHD).exists() {
            eprintln!("SKIPPED {test}: no SSH server is installed");
            return None;
        }
        // It refuses to start without, where it runs as root.
        let _ = std::fs::create_dir("/run/sshd");
        let (key, log) = (world.path("host"), world.path("sshd.log"));
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
        assert!(made.unwrap().success());
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nPasswordAuthentication yes\nPubkeyAuthentication no\nUsePAM no\nPidFile none\nLogLevel VERBOSE\n",
            key.display()
        );
        std::fs::write(world.path("sshd.conf"), settings).unwrap();
        let mut command = Command::new(SSHD);
        command.args(["-D", "-f"]).arg(world.path("sshd.conf")).arg("-E").arg(&log);
        let server = Self { process: command.spawn().unwrap(), port, log };
        wait_until("the SSH server", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        Some(server)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for PasswordServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
