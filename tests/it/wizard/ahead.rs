//! Lines on a terminal that were typed ahead: they answer no question that was printed after them.

use super::*;
use crate::prompts::IN_A_ROW;

/// A terminal with that checklist in lines.
fn in_lines(world: &World, checklist: &str) -> Terminal {
    std::fs::write(world.path("ahead.toml"), checklist).unwrap();
    let file = world.written("ahead.toml");
    let terminal = Terminal::greenlight((100, 60), world, &["run", &file, "--plain", "--trust"]);
    terminal.wait_for("Next (Enter)");
    terminal
}

fn enter(terminal: &Terminal, line: &str) {
    terminal.type_text(line);
    terminal.press(&["Enter"]);
}

/// What waits in PowerShell as long as a file is there.
fn while_held(world: &World) -> String {
    format!("while (Test-Path '{}') {{ Start-Sleep -Milliseconds 20 }}", world.path("hold").display())
}

#[test]
fn what_was_typed_ahead_answers_no_question_of_a_command() {
    const TEST: &str = "what_was_typed_ahead_answers_no_question_of_a_command";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let held = while_held(&world);
    let terminal = in_lines(&world, &IN_A_ROW.replace("$n = Read-Host", &format!("{held}\n$n = Read-Host")));
    std::fs::write(world.path("hold"), "").unwrap();
    enter(&terminal, "");
    terminal.wait_for("to do: It asks");
    enter(&terminal, "");
    terminal.wait_for("1 = run it");
    enter(&terminal, "1");
    wait_until("the apply", || count(&world.events(), "started") == 2);
    for line in ["9999", "1", "typed ahead"] {
        enter(&terminal, line);
    }
    terminal.wait_for("typed ahead");
    std::fs::remove_file(world.path("hold")).unwrap();
    // What waits for a line would show what is hidden: Enter ends that first.
    let answers =
        [("Ticket number (", "4711"), ("Number (", "2"), ("Press Enter first", ""), ("Pass phrase (", "abc")];
    for (question, answer) in answers {
        terminal.wait_for(question);
        enter(&terminal, answer);
    }
    terminal.wait_for("ticket 4711, chose 1, phrase of 3");
}

/// Lines in one go, as from a paste: each is there before the question that follows the one before it.
fn paste(terminal: &Terminal, lines: &[&str]) {
    let keys: Vec<&str> = lines.iter().flat_map(|line| [*line, "Enter"]).collect();
    terminal.press(&keys);
}

#[test]
fn what_was_typed_ahead_confirms_no_change_and_signs_no_statement() {
    const TEST: &str = "what_was_typed_ahead_confirms_no_change_and_signs_no_statement";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let step =
        |id: &str, rest: &str| format!("[[step]]\nid = \"{id}\"\ntitle = \"{id}\"\nwhy = \"w\"\n{rest}\n");
    let held = while_held(&world);
    let changes = format!(
        "[step.check]\ncommand = '''\n{held}\n$x'''\nexpect = [{{ is = 1 }}]\n[step.apply]\ncommand = \"$x = 1\"\nchanges = \"computer\""
    );
    let checklist = "format = 1\nid = \"ahead\"\nversion = \"1\"\ntitle = \"Ahead\"\n".to_owned()
        + &step("changes", &changes)
        + &step("stated", "[step.attest]\nstatement = \"I say so.\"");
    let terminal = in_lines(&world, &checklist);
    std::fs::write(world.path("hold"), "").unwrap();
    enter(&terminal, "1");
    wait_until("the check", || count(&world.events(), "started") == 1);
    // Enter would offer the change next.
    paste(&terminal, &["", "1", "APPLY"]);
    terminal.wait_for("APPLY");
    std::fs::remove_file(world.path("hold")).unwrap();
    let menus = |count: usize| {
        terminal.wait_until("the menu", |screen| screen.matches("Next (Enter)").count() == count)
    };
    menus(2);
    enter(&terminal, "l");
    let screen = menus(3);
    assert!(
        !screen.contains("1 = run it"),
        "what was typed ahead of the menu chose something there: {screen}"
    );
    paste(&terminal, &["1", "1", "APPLY"]);
    terminal.wait_for("Type APPLY to run it");
    enter(&terminal, "no");
    terminal.wait_for("! type APPLY exactly");
    paste(&terminal, &["2", "Ana", ""]);
    terminal.wait_for("Your name");
    enter(&terminal, "");
    terminal.wait_for("! your name is missing");
    let kinds = ["apply-planned", "attested"].map(|kind| count(&world.events(), kind));
    assert_eq!(kinds, [0, 0]);
    // What is typed when it was asked for does.
    paste(&terminal, &["1", "1"]);
    terminal
        .wait_until("the question once more", |screen| screen.matches("Type APPLY to run it").count() == 2);
    enter(&terminal, "APPLY");
    terminal.wait_for("green: changes");
}

#[test]
fn what_was_typed_ahead_confirms_no_handoff() {
    const TEST: &str = "what_was_typed_ahead_confirms_no_handoff";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let checklist = format!(
        "format = 1\nid = \"ahead\"\nversion = \"1\"\ntitle = \"Ahead\"\n[[step]]\nid = \"s\"\ntitle = \"It holds\"\nwhy = \"w\"\n\
         [step.check]\ncommand = '''\n{}\n$true'''\nexpect = [{{ is = true }}]\n\
         [handoff]\ntitle = \"Start\"\nsay = \"x\"\nconfirm = \"START\"\nfile = \"x.ps1\"\nscript = \"1\"\n",
        while_held(&world)
    );
    let terminal = in_lines(&world, &checklist);
    enter(&terminal, "");
    terminal.wait_for("s = ");
    std::fs::write(world.path("hold"), "").unwrap();
    enter(&terminal, "s");
    wait_until("the check before the handoff", || count(&world.events(), "started") == 2);
    enter(&terminal, "START");
    terminal.wait_for("START");
    std::fs::remove_file(world.path("hold")).unwrap();
    terminal.wait_for("Type START to hand off:");
    enter(&terminal, "no");
    terminal.wait_for("! ");
    assert_eq!(count(&world.events(), "sealed"), 0);
    // What is typed when it was asked for does.
    enter(&terminal, "s");
    terminal.wait_until("the question once more", |screen| {
        screen.matches("Type START to hand off:").count() == 2
    });
    enter(&terminal, "START");
    terminal.wait_for("SEALED");
}

#[test]
fn what_was_typed_ahead_confirms_no_handoff_that_checks_nothing() {
    const TEST: &str = "what_was_typed_ahead_confirms_no_handoff_that_checks_nothing";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let terminal = in_lines(
        &world,
        "format = 1\nid = \"ahead\"\nversion = \"1\"\ntitle = \"Ahead\"\n[[step]]\nid = \"s\"\ntitle = \"It is said\"\nwhy = \"w\"\n\
         [step.attest]\nstatement = \"I say so.\"\n\
         [handoff]\ntitle = \"Start\"\nsay = \"x\"\nconfirm = \"START\"\nfile = \"x.ps1\"\nscript = \"1\"\n",
    );
    enter(&terminal, "1");
    terminal.wait_for("Your name");
    paste(&terminal, &["Ana", ""]);
    terminal.wait_for("stated: It is said");
    paste(&terminal, &["s", "START"]);
    terminal.wait_for("Type START to hand off:");
    enter(&terminal, "no");
    terminal.wait_for("! type START");
    assert_eq!(count(&world.events(), "sealed"), 0);
}
