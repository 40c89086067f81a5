//! Outputs in lines: the last one, an older one, all of one in a file; and what can be looked at in a run that is sealed.

use std::fs;

use crate::harness::dialogue::Dialogue;
use crate::harness::world::World;

/// What the check prints says which of them it is.
const PLAYED: &str = r#"
format = 1
id = "played"
title = { en = "Played" }
[state]
times = 0
[[reply]]
command = "Get-X"
when = { times = 0 }
count = ["times"]
stream = [{ information = "FIRST" }]
rows = ["no"]
[[reply]]
command = "Get-X"
stream = [{ information = "SECOND" }, { warning = "WARNED" }]
rows = ["yes"]
"#;

const ASKED: &str = r#"
format = 1
id = "asked"
version = "1"
title = "Asked"
[[step]]
id = "x"
title = "It is there"
why = "w"
[step.check]
command = "Get-X"
expect = [{ is = "yes" }]
[handoff]
title = "Start"
say = "Go on."
confirm = "GO"
file = "go.ps1"
script = "Get-X"
"#;

on_both!(outputs_of_every_attempt_are_printed_and_written_also_of_a_run_that_is_sealed without PowerShell);
fn outputs_of_every_attempt_are_printed_and_written_also_of_a_run_that_is_sealed(world: &World) {
    fs::write(world.path("asked.toml"), ASKED).unwrap();
    fs::write(world.path("played.toml"), PLAYED).unwrap();
    let rehearse = format!("--rehearse={}", world.written("played.toml"));
    let mut run =
        Dialogue::start(&mut world.greenlight(&["--plain", "run", "asked.toml", "--trust", &rehearse]));
    run.say(&["w", "1", "1", "o", "1"]);
    run.wait_for("there is nothing to be written");
    run.wait_for("[FAIL] red: It is there");
    run.wait_for("check, kept in ");
    let only = run.wait_for("  out | no\n");
    assert!(only.contains("  info | FIRST\n"), "{only}");
    // Of several the last, or one of them.
    run.say(&["1", "o", "1", "", "o", "1", "1"]);
    run.wait_for("[ OK ] green: It is there");
    run.wait_for("Which attempt (1 to 2, Enter = the last)? ");
    let last = run.wait_for("  out | yes\n");
    assert!(
        last.contains("check, attempt 2 of 2, kept in ") && last.contains("  warning | WARNED\n"),
        "{last}"
    );
    run.wait_for("Which attempt");
    let first = run.wait_for("  out | no\n");
    assert!(first.contains("check, attempt 1 of 2, kept in ") && !first.contains("WARNED"), "{first}");
    run.say(&["w", "1", "", ""]);
    run.wait_for("Write all of it into [Enter = x-2.txt, 0 = leave it]: ");
    run.wait_for("3 lines written into ");
    assert_eq!(
        fs::read_to_string(world.path("x-2.txt")).unwrap().lines().collect::<Vec<_>>(),
        ["SECOND", "WARNED", "yes"]
    );
    // Nothing is overwritten, and what is wrong is asked for again.
    run.say(&["w", "1", "1", "x-2.txt", "0"]);
    run.wait_for("x-2.txt is there already, and nothing is overwritten");
    run.wait_for("Write all of it into [Enter = x-1.txt, 0 = leave it]: ");
    assert!(!world.path("x-1.txt").exists());
    run.say(&["s", "GO"]);
    run.wait_for("SEALED");
    let sealed = run.wait_for("q = quit\n> ");
    assert!(
        sealed.contains(&format!("greenlight export {} --format html --out FILE", world.run_id())),
        "{sealed}"
    );
    assert!(sealed.contains("l = list · g = gate · t = failing rows · o = output"), "{sealed}");
    assert!(!sealed.contains("a = check all"), "{sealed}");
    let journal = || fs::read(world.run_folder().join("journal.jsonl")).unwrap();
    let before = journal();
    run.say(&["a", "o", "1", "1", "l", "?"]);
    run.wait_for("“a” is none of these");
    run.wait_for("  info | FIRST\n");
    run.wait_for("[ OK ] green: It is there");
    run.wait_for("q = quit\n> ");
    run.say(&["q"]);
    assert_eq!(run.end().0.code(), Some(0));
    assert_eq!(journal(), before);
    // Also of one that was sealed before; Enter leaves.
    let mut again =
        Dialogue::start(&mut world.greenlight(&["resume", &world.run_written(), "--plain", &rehearse]));
    again.say(&["o", "1", "", ""]);
    again.wait_for("SEALED");
    again.wait_for("  warning | WARNED\n");
    assert_eq!(again.end().0.code(), Some(0));
    assert_eq!(journal(), before);
}
