//! A file system that is really full.

use super::*;

/// A small file system of its own; gone when dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// Nothing, said by name, where none may be mounted.
    fn mount(test: &str) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=512k", "greenlight-test"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if !mounted.is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED {test}: a file system of its own cannot be mounted here");
            return None;
        }
        Some(Self(folder))
    }

    fn filler(&self) -> PathBuf {
        self.0.path().join("filler")
    }

    /// Takes every byte that is left.
    fn fill(&self) {
        let mut filler = fs::File::create(self.filler()).unwrap();
        while filler.write(&[0; 512]).is_ok() {}
    }

    fn make_room(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn greenlight(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
        command.args(arguments).arg("--data-dir").arg(self.0.path().join("data"));
        command.env("GREENLIGHT_LANG", "en").env("HOME", self.0.path()).stdin(Stdio::null());
        command
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _left = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn a_run_on_a_full_disk_stands_still_and_goes_on_when_there_is_room() {
    let Some(disk) = SmallDisk::mount("a_run_on_a_full_disk_stands_still_and_goes_on_when_there_is_room")
    else {
        return;
    };
    let mut run = Dialogue::start(&mut disk.greenlight(&["run", SEVENTEEN, "--trust", "--plain", REHEARSE]));
    run.wait_for("Next (Enter): 1. ");
    run.say(&[""]);
    run.wait_for("Next (Enter): 2. ");
    disk.fill();
    run.say(&[""]);
    let said = run.wait_for("1 = try again, 0 = leave: ");
    assert!(said.contains("The run stands still"), "{said}");
    assert!(
        said.contains("No space left on device") && said.contains("data/"),
        "what failed, on what: {said}"
    );
    assert!(!said.contains("green: PowerShell runs as a 64-bit process"), "{said}");
    disk.make_room();
    run.say(&["1"]);
    let list = run.wait_for("Next (Enter): 2. ");
    assert!(list.contains("green: PowerShell is version 3.0 or later"), "what was green is still: {list}");
    run.say(&["r", ""]);
    run.wait_for("green: PowerShell runs as a 64-bit process");
    run.say(&["q"]);
    let (status, text) = run.end();
    assert_eq!(status.code(), Some(1), "{text}");

    let listed = disk.greenlight(&["runs", "--output", "json"]).output().unwrap();
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let id = listed["runs"][0]["id"].as_str().unwrap();
    assert!(disk.greenlight(&["verify", id]).status().unwrap().success());
    let log = disk.greenlight(&["export", id]).output().unwrap();
    assert!(String::from_utf8_lossy(&log.stdout).contains("the run stood still until"));
}

#[test]
fn a_full_disk_that_is_left_full_ends_the_run_with_its_reason() {
    let Some(disk) = SmallDisk::mount("a_full_disk_that_is_left_full_ends_the_run_with_its_reason") else {
        return;
    };
    let mut run = Dialogue::start(&mut disk.greenlight(&["run", SEVENTEEN, "--trust", "--plain", REHEARSE]));
    run.wait_for("Next (Enter): 1. ");
    disk.fill();
    run.say(&[""]);
    run.wait_for("1 = try again, 0 = leave: ");
    run.say(&["0"]);
    let (status, text) = run.end();
    assert_eq!(status.code(), Some(70), "{text}");
    assert!(text.contains("greenlight: cannot"), "{text}");
    disk.make_room();
    let mut again = Dialogue::start(&mut disk.greenlight(&["resume", "--plain", REHEARSE]));
    again.wait_for("Next (Enter): 1. ");
    again.say(&["", "q"]);
    let (status, text) = again.end();
    assert!(text.contains("green: PowerShell is version 3.0 or later"), "{text}");
    assert_eq!(status.code(), Some(1), "{text}");
}

#[test]
fn nothing_begins_on_a_full_disk_and_nothing_is_left_of_it() {
    let Some(disk) = SmallDisk::mount("nothing_begins_on_a_full_disk_and_nothing_is_left_of_it") else {
        return;
    };
    disk.fill();
    let output =
        disk.greenlight(&["check", SEVENTEEN, "--trust", REHEARSE, "--output", "json"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(70), &b""[..]), "{said}");
    assert!(said.contains("cannot write") && said.contains("No space left on device"), "{said}");
    let data = disk.0.path().join("data");
    assert!(fs::read_dir(&data).is_ok_and(|entries| entries.count() == 0), "half a run is left");
    let listed = disk.greenlight(&["runs"]).output().unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains("no runs"));
}

#[test]
fn a_line_that_was_typed_ahead_does_not_leave_a_run_that_stands_still() {
    let test = "a_line_that_was_typed_ahead_does_not_leave_a_run_that_stands_still";
    let Some(disk) = SmallDisk::mount(test).filter(|_| Terminal::is_there(test)) else { return };
    let data = disk.0.path().join("data").display().to_string();
    let arguments =
        ["run", SEVENTEEN, "--trust", "--plain", REHEARSE, "--lang", "en", "--data-dir", data.as_str()];
    let terminal = Terminal::start((100, 50), env!("CARGO_BIN_EXE_greenlight"), &arguments, &[]);
    terminal.wait_for("Next (Enter): 1. ");
    disk.fill();
    // Two lines at once: the second was there before the question.
    terminal.press(&["Enter", "0", "Enter"]);
    terminal.wait_for("0 = leave");
    disk.make_room();
    terminal.press(&["1", "Enter"]);
    terminal.wait_until("the menu", |screen| screen.contains("interrupted: PowerShell is version"));
}

#[test]
fn the_screens_say_why_a_run_stands_still_and_go_on_at_a_key() {
    let test = "the_screens_say_why_a_run_stands_still_and_go_on_at_a_key";
    if !Terminal::is_there(test) {
        return;
    }
    let Some(disk) = SmallDisk::mount(test) else { return };
    let shown = |path: &Path| path.display().to_string();
    let environment = [
        ("HOME", shown(disk.0.path())),
        ("GREENLIGHT_DATA_DIR", shown(&disk.0.path().join("data"))),
        ("GREENLIGHT_LANG", "en".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value));
    let mut arguments = vec!["run", SEVENTEEN, "--trust", REHEARSE];
    for input in ["sip_domain=contoso.com", "target_pool=pool01.contoso.com", "pilot_users=a@contoso.com"] {
        arguments.extend(["--input", input]);
    }
    let program = env!("CARGO_BIN_EXE_greenlight");
    let terminal = Terminal::start((100, 30), program, &arguments, &environment);
    terminal.wait_for("Front End pool");
    terminal.press(&["Escape"]);
    terminal.wait_until("the steps", |screen| !screen.contains("Front End pool that"));
    terminal.press(&["R"]);
    terminal.wait_for("check all");
    disk.fill();
    terminal.press(&["c"]);
    // Its keys are shown when it takes them.
    let screen = terminal.wait_for("Enter try again");
    assert!(
        screen.contains("The run stands still") && screen.contains("No space left on device"),
        "{screen}"
    );
    disk.make_room();
    terminal.press(&["Enter"]);
    terminal.wait_until("the dialog to go", |screen| !screen.contains("The run stands still"));
    terminal.press(&["R"]);
    terminal.wait_until("a shell", |screen| !screen.contains("PowerShell was closed"));
    terminal.press(&["c"]);
    terminal.wait_for("1 of 17 green");
    terminal.press(&["q"]);
    terminal.wait_for("exit code 1");
}

#[test]
fn a_check_whose_disk_fills_up_ends_with_the_reason_and_prints_no_verdict() {
    let Some(disk) =
        SmallDisk::mount("a_check_whose_disk_fills_up_ends_with_the_reason_and_prints_no_verdict")
    else {
        return;
    };
    let mut check = disk.greenlight(&["check", SEVENTEEN, "--trust", REHEARSE, "--output", "json"]);
    let check = check.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = || {
        let runs = fs::read_dir(disk.0.path().join("data")).ok()?;
        runs.flatten().find(|run| run.path().join("transcript").exists())
    };
    // The rehearsal is short: nothing is waited for besides.
    let start = std::time::Instant::now();
    while begun().is_none() {
        assert!(start.elapsed().as_secs() < 120, "it never began");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    disk.fill();
    let output = check.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(70), &b""[..]), "{said}");
    assert!(said.contains("cannot ") && said.contains("No space left on device"), "{said}");
}
