//! A whole rehearsal that goes on by itself, by keys: how many that takes beside what is typed.

use super::*;
use crate::harness::going;
use crate::harness::system::{Needs, On, System};
use crate::harness::world::inputs;

#[test]
fn a_rehearsal_that_goes_on_by_itself_takes_eight_keys_beside_what_is_typed() {
    const TEST: &str = "a_rehearsal_that_goes_on_by_itself_takes_eight_keys_beside_what_is_typed";
    if !Terminal::is_there(TEST) {
        return;
    }
    let world = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    let arguments = ["run", SEVENTEEN, "--trust", REHEARSE];
    let terminal = Terminal::greenlight((80, 24), &world, &arguments);
    assert_eq!(going::to_the_seal(&terminal), 8);
    let events = world.events();
    let began = events.iter().filter(|event| event["type"] == "go-begun");
    assert_eq!(began.count(), 1);
}

#[test]
fn escape_ends_that_it_goes_on_by_itself_and_another_key_begins_it_again() {
    const TEST: &str = "escape_ends_that_it_goes_on_by_itself_and_another_key_begins_it_again";
    if !Terminal::is_there(TEST) {
        return;
    }
    let world = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    let mut arguments = vec!["run", SEVENTEEN, "--trust", REHEARSE];
    arguments.extend(inputs());
    let operator = Operator::start(&world, &arguments);
    let terminal = &operator.terminal;
    terminal.wait_for("SIP domains of the users");
    terminal.press(&["Escape"]);
    terminal.wait_for("STEPS");
    terminal.press(&["G"]);
    terminal.wait_for("going on by itself");
    terminal.wait_for("a statement is needed");
    terminal.press(&["Escape"]);
    let screen = terminal.wait_until("that it is not held any more", |screen| !screen.contains("held at"));
    assert!(screen.contains("G go on"), "{screen}");
    terminal.press(&["G"]);
    terminal.wait_for("a statement is needed");
    operator.quit();
}
