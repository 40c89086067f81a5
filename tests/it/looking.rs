//! `open`: a run looked at on the screens, whoever has it open, and without touching it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure;
use crate::harness::system::{Needs, On, System};
use crate::harness::terminal::Terminal;
use crate::harness::world::World;

/// Every file below a folder, with its bytes and when it was written.
fn files(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let modified = fs::metadata(&path).unwrap().modified().unwrap();
            found.insert(path.clone(), (fs::read(&path).unwrap(), modified));
        }
    }
    found
}

fn look(world: &World) -> Terminal {
    let run = world.run_id();
    let terminal = Terminal::greenlight((120, 40), world, &["open", &run]);
    terminal.wait_for("LOOKING ONLY");
    terminal
}

/// Presses all that would act, and looks about.
fn press_all(terminal: &Terminal) {
    for key in ["c", "a", "A", "R", "i", "Enter"] {
        terminal.press(&[key]);
        terminal.wait_for("this run is only looked at");
        terminal.press(&["Tab"]);
        terminal.wait_until("the next key", |screen| !screen.contains("this run is only looked at"));
    }
    terminal.press(&["?"]);
    terminal.wait_for("╭ Keys ");
    terminal.press(&["Escape"]);
    terminal.wait_until("the help's end", |screen| !screen.contains("╭ Keys "));
}

fn leave(terminal: &Terminal) {
    terminal.press(&["q"]);
    terminal.wait_for("exit code 0");
}

#[test]
fn a_run_is_looked_at_while_it_goes_on_after_it_was_left_torn_and_sealed_and_nothing_of_it_changes() {
    const TEST: &str = "a_run_is_looked_at";
    if !Terminal::is_there(TEST) {
        return;
    }
    let world = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    let mut run = procedure::rehearsed(&world);
    run.say(&["1"]);
    run.wait_for("Next (Enter): 2. ");
    let folder = world.run_folder();
    let before = files(&folder);
    let terminal = look(&world);
    terminal.wait_for("It is open at ");
    press_all(&terminal);
    assert_eq!(files(&folder), before, "it is open elsewhere");
    // It is followed.
    assert!(terminal.screen().contains("1 of 17 green"));
    run.say(&["", ""]);
    terminal.wait_for("3 of 17 green");
    run.say(&["q"]);
    run.end();
    terminal.wait_for("Nobody has it open");
    leave(&terminal);

    let before = files(&folder);
    let terminal = look(&world);
    terminal.wait_for("Nobody has it open");
    press_all(&terminal);
    leave(&terminal);
    assert_eq!(files(&folder), before, "it was left");

    let journal = folder.join("journal.jsonl");
    let whole = fs::read(&journal).unwrap();
    fs::write(&journal, &whole[..whole.len() - 9]).unwrap();
    let before = files(&folder);
    let terminal = look(&world);
    leave(&terminal);
    assert_eq!(files(&folder), before, "its end is torn");
}

#[test]
fn of_a_sealed_run_the_steps_and_the_seal_are_looked_at() {
    const TEST: &str = "of_a_sealed_run_the_steps_and_the_seal_are_looked_at";
    if !Terminal::is_there(TEST) {
        return;
    }
    let world = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    let mut run = procedure::rehearsed(&world);
    run.say(&procedure::to_the_seal("admin@contoso.com", "secret"));
    run.end();
    let folder = world.run_folder();
    let before = files(&folder);
    let terminal = look(&world);
    terminal.wait_for("It is sealed");
    terminal.wait_for("OUTPUT    check ");
    terminal.press(&["Escape"]);
    terminal.wait_for("start-migration.ps1");
    terminal.wait_for("s look at the steps");
    terminal.press(&["s"]);
    terminal.wait_for("OUTPUT    check ");
    press_all(&terminal);
    leave(&terminal);
    assert_eq!(files(&folder), before);
}

#[test]
fn what_a_command_printed_is_read_while_it_goes_on_elsewhere() {
    const TEST: &str = "what_a_command_printed_is_read_while_it_goes_on_elsewhere";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let checklist = "format = 1\nid = \"long\"\nversion = \"1\"\ntitle = \"Long\"\n[[step]]\nid = \"s\"\ntitle = \"S\"\nwhy = \"w\"\n[step.check]\ncommand = '1..3000 | ForEach-Object { \"number $_\" }; [pscustomobject]@{ Pool = \"fe01\"; Users = 7 }; Read-Host more'\nexpect = [{ rows = \"any\", is = \"x\" }]\n";
    fs::write(world.path("long.toml"), checklist).unwrap();
    let mut run =
        Dialogue::start(&mut world.greenlight(&["run", &world.written("long.toml"), "--trust", "--plain"]));
    run.say(&["1"]);
    run.wait_for("Pool Users");
    run.wait_for("more");
    let terminal = look(&world);
    terminal.wait_for("fe01     7");
    terminal.press(&["Home"]);
    terminal.wait_for("number 1");
    terminal.press(&["/"]);
    terminal.type_text("number 1234");
    terminal.press(&["Enter"]);
    terminal.wait_for("found 1 of 1");
    run.say(&["x", "q"]);
    run.end();
    terminal.wait_for("Nobody has it open");
    assert!(terminal.screen().contains("number 1234"));
    leave(&terminal);
}

#[test]
fn without_screens_it_says_what_to_use_instead() {
    let world = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    let mut run = procedure::rehearsed(&world);
    run.say(&["q"]);
    run.end();
    for arguments in [&["open"][..], &["open", "--plain"]] {
        let output = world.greenlight(&[arguments, &[&world.run_id()]].concat()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("greenlight watch RUN"), "{said}");
    }
    let output = world.greenlight(&["open", "nowhere"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
