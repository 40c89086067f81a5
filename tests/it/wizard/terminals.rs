//! Terminals that can do less, wrap, or have a program below PowerShell.

use super::*;

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
        let arguments = [term, &[program, "run", SEVENTEEN, "--trust", REHEARSE]].concat();
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
        let plain =
            ["TERM=linux", "LANG=C.UTF-8", program, "run", SEVENTEEN, "--trust", REHEARSE, "--lang", lang];
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
    operator.terminal.wait_for("Enter  check step by step");
    operator.check_all();
    // What one may type meanwhile is no answer.
    operator.terminal.press(&["7"]);
    operator.terminal.wait_for("To the step with the number");
    operator.terminal.press(&["Escape"]);
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

/// A checklist of one step whose check takes a moment.
fn of_one_step(world: &World) -> String {
    let text = "format = 1\nid = \"one\"\nversion = \"1\"\ntitle = \"One\"\n[[step]]\nid = \"s\"\ntitle = \"S\"\nwhy = \"w\"\ndocs = [\"https://example.com/one\"]\n[step.check]\ncommand = \"Start-Sleep -Milliseconds 300; 1\"\nexpect = [{ is = 1 }]\n";
    std::fs::write(world.path("one.toml"), text).unwrap();
    world.written("one.toml")
}

/// Checks its step in a terminal such as Windows Terminal is: with a taskbar, and no multiplexer between. Gives what was sent.
fn checked_in_a_window(world: &World) -> (Terminal, String) {
    let file = of_one_step(world);
    let program = env!("CARGO_BIN_EXE_greenlight");
    let arguments = ["TMUX=", "TERM=xterm-256color", "WT_SESSION=1", program, "run", &file, "--trust"];
    let terminal = Terminal::start((80, 24), "env", &arguments, &world.environment());
    let kept = world.written("sent");
    terminal.wait_for("> [ Start PowerShell and begin ]");
    terminal.keep_in(&kept);
    terminal.press(&["Enter"]);
    terminal.wait_for("Enter  check");
    terminal.press(&["Enter"]);
    terminal.wait_for("1 of 1 green");
    (terminal, kept)
}

#[test]
fn the_title_and_the_taskbar_say_how_the_run_stands_and_are_given_back() {
    const TEST: &str = "the_title_and_the_taskbar_say_how_the_run_stands_and_are_given_back";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let (terminal, kept) = checked_in_a_window(&world);
    let sent = || String::from_utf8_lossy(&std::fs::read(&kept).unwrap_or_default()).into_owned();
    wait_until("the title after the check", || terminal.title() == "1/1 · gate open · greenlight");
    wait_until("the taskbar while it ran", || sent().contains("\u{1b}]9;4;3;0\u{1b}\\"));
    wait_until("a link", || {
        sent().contains(
            "\u{1b}]8;id=0;https://example.com/one\u{1b}\\https://example.com/one\u{1b}]8;;\u{1b}\\",
        )
    });
    terminal.press(&["y"]);
    terminal.wait_for("copied 1 of 2: Start-Sleep");
    terminal.press(&["y"]);
    terminal.wait_for("copied 2 of 2: https://example.com/one");
    // That address in base64.
    wait_until("the clipboard", || sent().contains("\u{1b}]52;c;aHR0cHM6Ly9leGFtcGxlLmNvbS9vbmU=\u{1b}\\"));
    wait_until("the title while it ran", || sent().contains("0/1 · running · greenlight\u{7}"));
    terminal.press(&["q"]);
    terminal.wait_for("exit code");
    wait_until("the title given back", || sent().contains("\u{1b}[23;2t"));
    let sent = sent();
    let last = sent.rfind("\u{1b}]9;4;").unwrap();
    assert!(sent[last..].starts_with("\u{1b}]9;4;0;0"), "{:?}", &sent[last..]);
    assert!(!terminal.title().contains("greenlight"), "tmux keeps the title that was there");
}

#[test]
fn what_is_switched_off_is_not_told() {
    const TEST: &str = "what_is_switched_off_is_not_told";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let config = world.path("config").join("greenlight");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(
        config.join("config.toml"),
        "[attention]\ntitle = false\ntaskbar = false\nclipboard = false\nlinks = false\n",
    )
    .unwrap();
    let (terminal, kept) = checked_in_a_window(&world);
    terminal.press(&["y"]);
    terminal.wait_for("no clipboard for programs");
    terminal.press(&["q"]);
    terminal.wait_for("exit code");
    wait_until("the end of the screens", || {
        std::fs::read(&kept).is_ok_and(|sent| sent.ends_with(b"exit code 0\r\n"))
    });
    let sent = String::from_utf8_lossy(&std::fs::read(&kept).unwrap()).into_owned();
    assert!(
        ["]9;4", "]0;", "]2;", "]8;", "]52;"].iter().all(|begins| !sent.contains(&format!("\u{1b}{begins}"))),
        "{sent:?}"
    );
}

#[test]
fn the_first_screen_tells_runs_apart_in_the_time_zone_that_is_set() {
    const TEST: &str = "the_first_screen_tells_runs_apart_in_the_time_zone_that_is_set";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let file = of_one_step(&world);
    assert!(world.greenlight(&["check", "--trust", &file]).output().unwrap().status.success());
    let journal = world.run_folder().join("journal.jsonl");
    // 2026-01-15 12:00:00 UTC.
    let used = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_768_478_400);
    std::fs::File::options().append(true).open(journal).unwrap().set_modified(used).unwrap();
    for (zone, time) in [
        ("Asia/Kolkata", "2026-01-15 17:30"),
        ("America/New_York", "2026-01-15 07:00"),
        ("UTC0", "2026-01-15 12:00"),
    ] {
        let zone = format!("TZ={zone}");
        let arguments = [&zone, env!("CARGO_BIN_EXE_greenlight")];
        let terminal = Terminal::start((120, 24), "env", &arguments, &world.environment());
        // The rehearsals below do not fit, and the screen says so.
        let screen = terminal.wait_until("a list that goes on", |screen| screen.contains('\u{25bc}'));
        let row = screen.lines().find(|row| row.contains("last used")).unwrap();
        assert!(row.contains(time) && row.contains("live") && row.contains(" on "), "{zone}: {row}");
    }
}
