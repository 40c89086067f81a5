//! Following a run that is open elsewhere: live, and without touching it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{self, REHEARSE, SEVENTEEN};
use crate::harness::system::{Needs, On, System};
use crate::harness::world::World;

/// A rehearsal that waits at its menu.
fn open(world: &World) -> Dialogue {
    let mut run = Dialogue::start(&mut world.mortal(&["run", SEVENTEEN, "--trust", "--plain", REHEARSE]));
    run.wait_for("Next (Enter): 1. ");
    run
}

fn watch(world: &World, more: &[&str]) -> Dialogue {
    Dialogue::start(&mut world.mortal(&[&["watch", &world.run_written()], more].concat()))
}

on_both!(a_run_is_followed_from_its_first_step_to_the_seal without PowerShell);
fn a_run_is_followed_from_its_first_step_to_the_seal(world: &World) {
    let mut run = procedure::rehearsed(world);
    let id = world.run_id();
    let mut watch = Dialogue::start(&mut world.greenlight(&["watch", &id]));
    watch.wait_for(&world.holder());
    watch.wait_for("not run: PowerShell is version 3.0 or later");
    watch.wait_for("GATE LOCKED");
    let keys = procedure::to_the_seal("admin@contoso.com", "secret");
    run.say(&keys[..1]);
    watch.wait_for("green: PowerShell is version 3.0 or later");
    run.say(&keys[1..]);
    watch.wait_for("red: The tenant shares its SIP address space");
    watch.wait_for("green: The tenant shares its SIP address space");
    watch.wait_for("GATE OPEN");
    let (status, text) = run.end();
    assert_eq!(status.code(), Some(0), "the one who works is not disturbed: {text}");
    let (status, text) = watch.end();
    assert_eq!(status.code(), Some(0), "the seal ends it: {text}");
    assert!(text.trim_end().ends_with("sealed"), "{text}");
    assert!(world.greenlight(&["verify", &id]).output().unwrap().status.success());
}

on_both!(a_run_that_goes_on_by_itself_is_said_in_lines_to_who_watches_and_in_exports without PowerShell);
fn a_run_that_goes_on_by_itself_is_said_in_lines_to_who_watches_and_in_exports(world: &World) {
    let mut run = procedure::rehearsed(world);
    let id = world.run_id();
    let mut watch = Dialogue::start(&mut world.greenlight(&["watch", &id]));
    watch.wait_for("GATE LOCKED");
    run.say(&["?"]);
    run.wait_for("go = go on until you are needed");
    run.say(&["go"]);
    let statement = "held at “The on-premises deployment was validated”: a statement is needed";
    watch.wait_for(" has it go on by itself");
    watch.wait_for(statement);
    run.wait_for(&format!("It goes on by itself; {statement}. x = stop going on."));
    run.say(&["", "Ana", "CHG-1142"]);
    watch.wait_for("held at “The tenant administrator's credential was given”: PowerShell asks");
    run.say(&["admin@contoso.com", "secret"]);
    let change = "to be confirmed, it changes the online tenant, for all its users";
    run.wait_for(change);
    watch.wait_for(change);
    run.say(&["", "1", procedure::TENANT]);
    watch.wait_for("it went on by itself until every required step was green");
    run.say(&procedure::to_hand_off());
    let (status, text) = run.end();
    assert_eq!(status.code(), Some(0), "{text}");
    assert!(watch.end().0.success());
    assert!(world.export("json").contains("\"errand\": \"go\""));
    let (markdown, html) = (world.export("markdown"), world.export("html"));
    assert!(markdown.contains("check, by itself") && markdown.contains("apply, by itself"), "{markdown}");
    assert!(html.contains("check, by itself"), "{html}");
}

on_both!(a_run_that_goes_on_by_itself_is_stopped_in_lines without PowerShell);
fn a_run_that_goes_on_by_itself_is_stopped_in_lines(world: &World) {
    let mut run = procedure::rehearsed(world);
    run.say(&["go"]);
    run.wait_for("a statement is needed");
    run.say(&["x"]);
    run.wait_for("> ");
    run.say(&["", "Ana", "CHG-1142"]);
    let rest = run.wait_for("Next (Enter): 12. ");
    assert!(!rest.contains("goes on by itself"), "{rest}");
    run.say(&["q"]);
    run.end();
}

/// The folder of a run that was begun and left, in lines.
fn begun(world: &World) -> PathBuf {
    let mut run = open(world);
    run.say(&["1"]);
    run.wait_for("Next (Enter): 2. ");
    run.say(&["q"]);
    run.end();
    world.run_folder()
}

on_both!(a_journal_that_is_not_what_was_read_ends_watching without PowerShell);
fn a_journal_that_is_not_what_was_read_ends_watching(world: &World) {
    let journal = begun(world).join("journal.jsonl");
    let whole = fs::read(&journal).unwrap();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    let elsewhere = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    let other = fs::read(begun(&elsewhere).join("journal.jsonl")).unwrap();
    let mut flipped = whole.clone();
    flipped[lines[0].len() + 100] ^= 1;
    for (what, changed, said) in [
        ("cut", Some(lines[..lines.len() - 2].concat()), "is not the one that was read"),
        ("cut within a record", Some(whole[..whole.len() - 9].to_vec()), "is not the one that was read"),
        ("cut to its header", Some(lines[0].to_vec()), "is not the one that was read"),
        ("another in its place", Some(other), "is not the one that was read"),
        ("a bit flipped", Some(flipped), "damaged at record 1"),
        ("emptied", Some(Vec::new()), "no journal"),
        ("gone", None, "no journal"),
    ] {
        let mut watch = Dialogue::start(&mut world.greenlight(&["watch", &world.run_written()]));
        watch.wait_for("GATE LOCKED");
        match changed {
            Some(changed) => fs::write(&journal, changed).unwrap(),
            None => fs::remove_file(&journal).unwrap(),
        }
        let (status, text) = watch.end();
        assert_eq!(status.code(), Some(5), "{what}: {text}");
        assert!(text.contains(said), "{what}: {text}");
        fs::write(&journal, &whole).unwrap();
    }
}

on_both!(a_checklist_that_is_not_the_runs_own_is_not_shown without PowerShell);
fn a_checklist_that_is_not_the_runs_own_is_not_shown(world: &World) {
    let path = begun(world).join("checklist.toml");
    let own = fs::read_to_string(&path).unwrap();
    fs::write(&path, own.replace("Lync", "Forged")).unwrap();
    let watch = Dialogue::start(&mut world.greenlight(&["watch", &world.run_written()]));
    let (status, text) = watch.end();
    assert_eq!(status.code(), Some(5), "{text}");
    assert!(text.contains("checklist.toml") && !text.contains("Forged"), "{text}");
}

on_both!(who_has_the_run_is_told_when_that_changes_however_they_went without PowerShell);
fn who_has_the_run_is_told_when_that_changes_however_they_went(world: &World) {
    let mut run = open(world);
    let mut before = watch(world, &[]);
    before.wait_for(&world.holder());
    before.wait_for("GATE LOCKED");
    run.kill();
    before.wait_for("nobody has the run open");
    assert!(world.run_folder().join(".holder").exists(), "who was killed left its name behind");
    let mut late = watch(world, &[]);
    late.wait_for("nobody has the run open");
    let mut again =
        Dialogue::start(&mut world.greenlight(&["resume", &world.run_written(), "--plain", REHEARSE]));
    again.wait_for("Next (Enter): 1. ");
    let (process, start) = (world.holder(), before.text().len());
    before.wait_for("taken over by ");
    while !before.text()[start..].contains(&process) {
        // Either may come first: the record, or who holds the lock.
        before.wait_for("\n");
    }
    again.say(&["q"]);
    before.wait_for("nobody has the run open");
}

on_both!(watching_writes_nothing without PowerShell);
fn watching_writes_nothing(world: &World) {
    let folder = begun(world);
    let files = || {
        let mut names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        (names, fs::read(folder.join("journal.jsonl")).unwrap())
    };
    let before = files();
    let mut lines = watch(world, &[]);
    lines.wait_for("nobody has the run open");
    lines.wait_for("GATE LOCKED");
    let mut events = watch(world, &["--output", "json"]);
    let first: serde_json::Value = serde_json::from_str(&events.wait_for("\n")).unwrap();
    assert_eq!(first["event"]["type"], "begun");
    assert_eq!(files(), before);
}

on_native!(watching_ends_with_the_operator without PowerShell);
fn watching_ends_with_the_operator(world: &World) {
    begun(world);
    let mut watch = watch(world, &[]);
    watch.wait_for("GATE LOCKED");
    let pid = watch.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let (status, text) = watch.end();
    assert_eq!(status.code(), Some(130), "{text}");
}
