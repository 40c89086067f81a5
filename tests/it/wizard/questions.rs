//! Questions that a command asks one after another, as fast as keys can be struck.

use std::thread::sleep;
use std::time::Duration;

use super::*;
use crate::prompts::IN_A_ROW;

#[test]
fn a_second_enter_answers_no_question_that_nobody_has_read() {
    const TEST: &str = "a_second_enter_answers_no_question_that_nobody_has_read";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    std::fs::write(world.path("questions.toml"), IN_A_ROW).unwrap();
    let operator = Operator::start(&world, &["run", &world.written("questions.toml"), "--trust"]);
    let terminal = &operator.terminal;
    terminal.wait_for("> [ Start PowerShell and begin ]");
    terminal.press(&["Enter"]);
    operator.idle("Enter  check step by step");
    terminal.press(&["c"]);
    operator.idle("Enter  apply it");
    for millis in [0, 50, 200, 400] {
        terminal.press(&["a"]);
        let ready = |what: &str| {
            terminal.wait_until(what, |screen| screen.contains(what) && screen.contains("Esc cancel"))
        };
        ready("Ticket number (");
        terminal.type_text("4711");
        terminal.press(&["Enter"]);
        sleep(Duration::from_millis(millis));
        terminal.press(&["Enter"]);
        // However long ago that was: Enter alone takes no default.
        ready("[Y]es");
        terminal.press(&["Enter"]);
        terminal.wait_for("Enter alone does not answer");
        // Who has read it goes on at once; what is struck after that is no empty pass phrase.
        terminal.press(&["Down", "Enter", "Enter"]);
        ready("Pass phrase (");
        terminal.press(&["Enter"]);
        terminal.wait_for("nothing was typed");
        terminal.type_text("abc");
        terminal.press(&["Enter"]);
        operator.idle("ticket 4711, chose 1, phrase of 3");
        // The next round is told by its own output.
        terminal.press(&["c"]);
        terminal.wait_until("the end of the check", |screen| !screen.contains("phrase of 3"));
        operator.idle("It asks");
    }
    operator.quit();
}
