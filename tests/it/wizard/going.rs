//! A whole rehearsal that goes on by itself, by keys: how many that takes beside what is typed.

use std::cell::Cell;

use super::*;
use crate::harness::system::{Needs, On, System};
use crate::harness::world::{INPUTS, inputs};

/// Keys that are counted, and texts, each with the Enter that ends it.
struct Hand {
    terminal: Terminal,
    pressed: Cell<usize>,
}

impl Hand {
    fn press(&self, when: &str, key: &str) {
        self.terminal.wait_for(when);
        self.terminal.press(&[key]);
        self.pressed.set(self.pressed.get() + 1);
    }

    fn type_in(&self, when: &str, texts: &[&str]) {
        self.terminal.wait_for(when);
        for text in texts {
            self.terminal.type_text(text);
            self.terminal.press(&["Enter"]);
        }
    }
}

#[test]
fn a_rehearsal_that_goes_on_by_itself_takes_eight_keys_beside_what_is_typed() {
    const TEST: &str = "a_rehearsal_that_goes_on_by_itself_takes_eight_keys_beside_what_is_typed";
    if !Terminal::is_there(TEST) {
        return;
    }
    let world = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    let arguments = ["run", SEVENTEEN, "--trust", REHEARSE];
    let hand =
        Hand { terminal: Terminal::greenlight((80, 24), &world, &arguments), pressed: Cell::default() };
    let inputs = INPUTS.map(|input| input.split_once('=').unwrap().1);
    hand.type_in("SIP domains of the users", &[inputs[0], inputs[1], inputs[2], ""]);
    hand.press("Start PowerShell and begin", "Enter");
    hand.press("check step by step", "Enter");
    let held = hand.terminal.wait_for("a statement is needed");
    assert!(held.contains("held at “The on-premises deployment was validated”"), "{held}");
    assert!(held.contains("10 of 17 green"), "{held}");
    hand.press("Enter  state that it holds", "Enter");
    hand.type_in("I state this", &["Ada Lovelace", "CHG-1142"]);
    hand.press("> [ I state this ]", "Enter");
    // Its keys are shown when it takes them.
    hand.terminal.wait_until("a dialog that was there long enough to be read", |screen| {
        screen.contains("PowerShell credential request") && screen.contains("Esc cancel")
    });
    hand.type_in("User name", &["admin@contoso.com", "secret"]);
    hand.press("to be confirmed, it changes", "Enter");
    // What there was before stands above the command: at this size its end is a page below.
    hand.press("PgDn read on", "PageDown");
    hand.type_in("Type Contoso and press Enter", &[TENANT]);
    hand.press("every step is green: go to the gate", "Enter");
    hand.press("UNLOCKED, press Enter", "Enter");
    hand.type_in("Enter confirm", &[TENANT]);
    hand.terminal.wait_for("q quit");
    assert_eq!(hand.pressed.get(), 8);
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
