//! A rehearsal of the seventeen steps that goes on by itself, by keys, at a terminal and in a Windows console window.

use std::cell::Cell;

use super::procedure::TENANT;
use super::terminal::Terminal;
use super::windows_console::Window;
use super::world::{ADMIN, INPUTS, PASSWORD};

/// What is read and typed into.
pub trait Console {
    /// Waits until all of these stand on the screen, and gives it.
    fn wait_for(&self, texts: &[&str]) -> String;
    fn press(&self, key: &str);
    fn type_text(&self, text: &str);
}

impl Console for Terminal {
    fn wait_for(&self, texts: &[&str]) -> String {
        self.wait_until(&texts.join(" … "), |screen| texts.iter().all(|text| screen.contains(text)))
    }

    fn press(&self, key: &str) {
        self.press(&[key]);
    }

    fn type_text(&self, text: &str) {
        self.type_text(text);
    }
}

impl Console for Window {
    fn wait_for(&self, texts: &[&str]) -> String {
        let rows =
            self.wait_until(&texts.join(" … "), |screen| texts.iter().all(|text| screen.contains(text)));
        rows.join("\n")
    }

    fn press(&self, key: &str) {
        self.press(&[key]);
    }

    fn type_text(&self, text: &str) {
        self.type_text(text);
    }
}

/// Keys that are counted, and texts, each with the Enter that ends it.
struct Hand<'a, C> {
    console: &'a C,
    pressed: Cell<usize>,
}

impl<C: Console> Hand<'_, C> {
    fn press(&self, when: &str, key: &str) {
        self.console.wait_for(&[when]);
        self.console.press(key);
        self.pressed.set(self.pressed.get() + 1);
    }

    fn type_in(&self, when: &[&str], texts: &[&str]) {
        self.console.wait_for(when);
        for text in texts {
            self.console.type_text(text);
            self.console.press("Enter");
        }
    }
}

/// From the inputs to the seal; how many keys were pressed beside what was typed.
pub fn to_the_seal(console: &impl Console) -> usize {
    let hand = Hand { console, pressed: Cell::default() };
    let inputs = INPUTS.map(|input| input.split_once('=').unwrap().1);
    hand.type_in(&["SIP domains of the users"], &[inputs[0], inputs[1], inputs[2], ""]);
    hand.press("Start PowerShell and begin", "Enter");
    hand.press("check step by step", "Enter");
    let held = console.wait_for(&["a statement is needed"]);
    // A console of its own code page has other quotes.
    let held = held.replace(['“', '”'], "\"");
    assert!(held.contains("held at \"The on-premises deployment was validated\""), "{held}");
    assert!(held.contains("10 of 17 green"), "{held}");
    hand.press("Enter  state that it holds", "Enter");
    hand.type_in(&["I state this"], &["Ada Lovelace", "CHG-1142"]);
    hand.press("> [ I state this ]", "Enter");
    // Its keys are shown when it takes them.
    hand.type_in(&["PowerShell credential request", "Esc cancel"], &[ADMIN, PASSWORD]);
    hand.press("to be confirmed, it changes", "Enter");
    // What there was before stands above the command: at this size its end is a page below.
    hand.press("PgDn read on", "PageDown");
    hand.type_in(&["Type Contoso and press Enter"], &[TENANT]);
    hand.press("every step is green: go to the gate", "Enter");
    hand.press("UNLOCKED, press Enter", "Enter");
    hand.type_in(&["Enter confirm"], &[TENANT]);
    console.wait_for(&["q quit"]);
    hand.pressed.get()
}
