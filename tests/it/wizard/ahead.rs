//! Lines on a terminal that were typed ahead: they answer no question that was printed after them.

use super::*;
use crate::prompts::IN_A_ROW;

/// A terminal with that checklist in lines.
fn in_lines(world: &World, checklist: &str) -> Terminal {
    std::fs::write(world.path("ahead.toml"), checklist).unwrap();
    let file = world.written("ahead.toml");
    let mut environment = world.environment();
    environment.push(("LANG".to_owned(), "C.UTF-8".to_owned()));
    let program = env!("CARGO_BIN_EXE_greenlight");
    let terminal = Terminal::start((100, 60), program, &["run", &file, "--plain", "--trust"], &environment);
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
    for (question, answer) in [("Ticket number (", "4711"), ("Number (", "2"), ("Pass phrase (", "abc")] {
        terminal.wait_for(question);
        enter(&terminal, answer);
    }
    terminal.wait_for("ticket 4711, chose 1, phrase of 3");
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
