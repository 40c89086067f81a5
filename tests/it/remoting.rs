//! Other computers for real: PowerShell over SSH to addresses of the test's own sshd, with the real program.

use std::fs;
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

use crate::harness::system::{descendants, kill};
use crate::harness::world::{World, wait_until};

/// Where it answers.
const ANSWERING: [&str; 3] = ["127.0.0.2", "127.0.0.3", "127.0.0.4"];
/// Nothing listens there.
const REFUSING: &str = "127.0.0.9";

/// An sshd whose subsystem is the PowerShell of the tests.
struct Sshd {
    process: Child,
    port: u16,
}

impl Sshd {
    fn start(world: &World) -> Self {
        for key in ["host", "id"] {
            let mut keygen = Command::new("/usr/bin/ssh-keygen");
            keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(world.path(key));
            assert!(keygen.status().unwrap().success());
        }
        // Where root has no such folder, sshd does not start; others need none.
        drop(fs::create_dir_all("/run/sshd"));
        loop {
            let port = TcpListener::bind((ANSWERING[0], 0)).unwrap().local_addr().unwrap().port();
            if let Some(process) = Self::listening(world, port) {
                return Self { process, port };
            }
        }
    }

    /// Nothing where somebody else has taken the port in between.
    fn listening(world: &World, port: u16) -> Option<Child> {
        let at = |name: &str| world.written(name);
        let addresses: String = ANSWERING.map(|address| format!("ListenAddress {address}\n")).concat();
        let settings = format!(
            "Port {port}\n{addresses}HostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n\
             PidFile none\nSubsystem powershell {} -sshs -NoLogo\n",
            at("host"),
            at("id.pub"),
            world.system.powershell()
        );
        fs::write(world.path("sshd.conf"), settings).unwrap();
        drop(fs::remove_file(world.path("sshd.log")));
        let mut sshd = Command::new("/usr/sbin/sshd");
        sshd.args(["-D", "-f", &at("sshd.conf"), "-E", &at("sshd.log")]).stdin(Stdio::null());
        let mut process = sshd.spawn().unwrap();
        let said = || fs::read_to_string(world.path("sshd.log")).unwrap_or_default();
        let listens = || said().matches("Server listening on").count() == ANSWERING.len();
        wait_until("sshd", || {
            listens() || said().contains("Bind to port") || process.try_wait().unwrap().is_some()
        });
        if listens() {
            return Some(process);
        }
        assert!(said().contains("Bind to port"), "sshd does not start: {}", said());
        drop((process.kill(), process.wait()));
        None
    }

    /// A checklist of one step that asks every server, by a command in which `$hosts` are the parameters that say where.
    fn checklist(&self, world: &World, command: &str) -> String {
        let user = Command::new("id").arg("-un").output().unwrap().stdout;
        let text = format!(
            "format = 1\nid = \"servers\"\nversion = \"1\"\ntitle = \"Servers\"\n\
             [[input]]\nid = \"servers\"\nkind = \"text\"\nmany = true\nask = \"Servers\"\n\
             [[step]]\nid = \"replica\"\ntitle = \"Every server has the configuration\"\nwhy = \"w\"\n\
             [step.check]\nkey = \"PSComputerName\"\ncovers = {{ input = \"servers\" }}\nexpect = [{{ property = \"UpToDate\", is = true }}]\n\
             command = '''\n$hosts = @{{ HostName = $servers; Port = {}; UserName = '{}'; KeyFilePath = '{}'\n\
             Options = @{{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; IdentitiesOnly = 'yes' }} }}\n\
             {command}\n'''\n",
            self.port,
            String::from_utf8(user).unwrap().trim(),
            world.written("id"),
        );
        fs::write(world.path("servers.toml"), text).unwrap();
        world.written("servers.toml")
    }

    /// The processes on its side of a connection.
    fn serving(&self) -> Vec<u32> {
        descendants(self.process.id())
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let serving = self.serving();
        drop((self.process.kill(), self.process.wait()));
        serving.into_iter().for_each(kill);
    }
}

/// The program while it runs; it and all that it has started end with the test.
struct Program(Option<Child>);

impl Program {
    fn check(world: &World, checklist: &str, servers: &[&str], more: &[&str]) -> Self {
        let input = format!("servers={}", servers.join(","));
        let arguments = [&["check", checklist, "--trust", "--input", &input], more].concat();
        let mut command = world.greenlight(&arguments);
        Self(Some(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()))
    }

    /// What it printed, when it has ended.
    fn end(mut self) -> String {
        let Output { stdout, stderr, .. } = self.0.take().unwrap().wait_with_output().unwrap();
        eprint!("{}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            let below = descendants(child.id());
            drop((child.kill(), child.wait()));
            below.into_iter().for_each(kill);
        }
    }
}

/// Checks, and ends the PowerShell of the server that says where it is, in the middle of its work.
fn check_with_a_death(world: &World, checklist: &str, servers: &[&str], more: &[&str]) -> String {
    drop(fs::remove_file(world.path("dying")));
    let program = Program::check(world, checklist, servers, more);
    let mut dying = None;
    wait_until("the server that dies", || {
        dying = fs::read_to_string(world.path("dying")).ok().and_then(|text| text.parse::<u32>().ok());
        dying.is_some()
    });
    kill(dying.unwrap());
    program.end()
}

/// What a server does: the second one gives `before` and then waits for its end.
fn server(world: &World, before: &str) -> String {
    format!(
        "if ($env:SSH_CONNECTION -match ' 127\\.0\\.0\\.3 ') {{ {before}\n\
         [IO.File]::WriteAllText('{}', $PID); [Threading.Thread]::Sleep(-1) }}\n\
         [pscustomobject]@{{ UpToDate = $true }}",
        world.written("dying")
    )
}

fn json_of(printed: &str) -> Value {
    serde_json::from_str(printed).unwrap()
}

/// What the errors of a step of `check` were done to.
fn targets(step: &Value) -> Vec<&str> {
    let mut targets: Vec<&str> = step["failures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|failure| failure["target"].as_str().unwrap())
        .collect();
    targets.sort_unstable();
    targets
}

on_native!(servers_that_all_answer_are_green over SSH);
fn servers_that_all_answer_are_green(world: &World) {
    let sshd = Sshd::start(world);
    let answer = "Invoke-Command @hosts { [pscustomobject]@{ UpToDate = $true } }";
    let said = Program::check(world, &sshd.checklist(world, answer), &ANSWERING, &[]).end();
    assert!(said.contains("[ OK ] green: Every server has the configuration"), "{said}");
    wait_until("the end of all sessions", || sshd.serving().is_empty());
}

on_native!(a_warning_of_a_server_is_one_of_the_command over SSH);
fn a_warning_of_a_server_is_one_of_the_command(world: &World) {
    let sshd = Sshd::start(world);
    let warned = "Invoke-Command @hosts { Write-Warning 'Test-CsReplica failed.'; [pscustomobject]@{ UpToDate = $true } }";
    let checklist = sshd.checklist(world, warned);
    let text = fs::read_to_string(world.path("servers.toml")).unwrap();
    fs::write(world.path("servers.toml"), text.replace("[step.check]", "[step.check]\nwarnings = \"fail\""))
        .unwrap();
    let printed = json_of(&Program::check(world, &checklist, &ANSWERING, &["--output", "json"]).end());
    let step = &printed["steps"][0];
    assert_eq!(step["verdict"], json!("red"), "{step:#}");
    assert_eq!(step["warnings"], json!(vec!["Test-CsReplica failed."; 3]), "{step:#}");
    wait_until("the end of all sessions", || sshd.serving().is_empty());
}

on_native!(a_server_that_refuses_and_one_that_dies_half_way_are_named over SSH);
fn a_server_that_refuses_and_one_that_dies_half_way_are_named(world: &World) {
    let sshd = Sshd::start(world);
    let [first, dying, third] = ANSWERING;
    let servers = [first, REFUSING, dying, third];
    let command = format!("Invoke-Command @hosts {{ {} }}", server(world, ""));
    let checklist = sshd.checklist(world, &command);
    let said = check_with_a_death(world, &checklist, &servers, &[]);
    assert!(said.contains("[FAIL] red: Every server has the configuration"), "{said}");
    let reason = |said: &str| {
        let missing =
            said.split_once("2 of 4; missing: ").map(|(_, missing)| missing.lines().next().unwrap());
        missing.is_some_and(|missing| missing.contains(REFUSING) && missing.contains(dying))
    };
    assert!(reason(&said), "{said}");
    for missing in [REFUSING, dying] {
        assert!(said.contains(&format!("  | [{missing}] ")), "{said}");
    }
    for answering in [first, third] {
        assert!(!said.contains(answering), "{said}");
    }
    for format in ["json", "markdown", "html", "junit"] {
        let export = world.export(format);
        assert!(reason(&export), "{export}");
    }
    let printed = json_of(&check_with_a_death(world, &checklist, &servers, &["--output", "json"]));
    let step = &printed["steps"][0];
    assert!(reason(step["reason"].as_str().unwrap()), "{printed:#}");
    let missing: Vec<&Value> =
        step["covered"]["missing"].as_array().unwrap().iter().map(|missing| &missing["name"]).collect();
    assert_eq!(missing, [REFUSING, dying], "{printed:#}");
    assert_eq!(targets(step), [dying, REFUSING], "{printed:#}");
    wait_until("the end of all sessions", || sshd.serving().is_empty());
}

on_native!(a_session_that_is_lost_is_an_error_of_its_server over SSH);
fn a_session_that_is_lost_is_an_error_of_its_server(world: &World) {
    let sshd = Sshd::start(world);
    let dying = ANSWERING[1];
    // Each has given its row when one is lost; it is asked again all the same.
    let command = format!(
        "$sessions = New-PSSession @hosts\nInvoke-Command -Session $sessions {{ {} }}\n\
         Invoke-Command -Session $sessions {{ [pscustomobject]@{{ UpToDate = $true }} }}\n\
         Remove-PSSession $sessions",
        server(world, "[pscustomobject]@{ UpToDate = $true }")
    );
    let checklist = sshd.checklist(world, &command);
    let check =
        |servers: &[&str]| json_of(&check_with_a_death(world, &checklist, servers, &["--output", "json"]));
    let with_refusing = check(&[&ANSWERING[..], &[REFUSING]].concat());
    let step = &with_refusing["steps"][0];
    assert!(step["reason"].as_str().unwrap().starts_with("3 of 4; missing: 127.0.0.9 ("), "{step:#}");
    assert_eq!((&step["verdict"], targets(step)), (&json!("red"), vec![dying, dying, REFUSING]), "{step:#}");
    let markdown = world.export("markdown");
    assert!(markdown.contains(&format!("[{dying}] The SSH client session has ended")), "{markdown}");
    // Where all have given a row, what came after it could not be found out.
    let printed = check(&ANSWERING);
    let step = &printed["steps"][0];
    assert_eq!((&step["verdict"], targets(step)), (&json!("undetermined"), vec![dying, dying]), "{step:#}");
    wait_until("the end of all sessions", || sshd.serving().is_empty());
}
