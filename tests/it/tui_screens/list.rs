//! The list of steps as a person goes through it: what of it is shown, steps by their number, one pane alone; and the values
//! that an apply changes.

use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Command, Confirmed, OutcomeEnd, Purpose};
use greenlight::facade::tui::{Layer, Ui};

use super::fixture::{Bench, drawn, object, press, type_in};
use super::layout::{begun, not_shared};
use super::text_of;

const SIZE: (u16, u16) = (80, 24);

fn screen(bench: &Bench, ui: &mut Ui) -> String {
    text_of(&drawn(bench, ui, SIZE.0, SIZE.1))
}

/// The rows of the list.
fn list(screen: &str, bench: &Bench) -> Vec<String> {
    let rows = screen.lines().filter_map(|row| row.split_once(bench.glyphs.vertical));
    rows.map(|(left, _)| left.trim_start_matches('"').trim().to_owned())
        .filter(|row| !row.is_empty())
        .collect()
}

#[test]
fn a_digit_begins_the_number_of_a_step_and_enter_goes_there() {
    let bench = begun();
    let mut ui = bench.ui(SIZE.0, SIZE.1);
    screen(&bench, &mut ui);
    press(&mut ui, &bench, "1");
    assert_eq!(ui.selected(), 0, "more digits may come");
    let asking = screen(&bench, &mut ui);
    assert!(asking.contains("To the step with the number (1 to 17)") && asking.contains("[1"), "{asking}");
    // A letter is no part of a number, and no key meanwhile.
    press(&mut ui, &bench, "q z 2 enter");
    assert_eq!(ui.selected(), 11);
    assert!(!screen(&bench, &mut ui).contains("(1 to 17)"));

    press(&mut ui, &bench, "# 4 esc");
    assert_eq!(ui.selected(), 11, "it was given up");
    type_in(&mut ui, &bench, "18");
    press(&mut ui, &bench, "enter");
    assert_eq!(ui.selected(), 11);
    assert_eq!(ui.notice(), Some("there is no step 18; the last is 17"));
}

#[test]
fn only_what_is_not_green_is_listed_with_its_numbers_and_the_groups_count_all() {
    let bench = not_shared();
    let mut ui = bench.ui(SIZE.0, SIZE.1);
    let all = list(&screen(&bench, &mut ui), &bench);
    press(&mut ui, &bench, "o");
    let shown = list(&screen(&bench, &mut ui), &bench);
    assert!(shown[0].contains("STEPS: 1 not green"), "{shown:?}");
    assert!(shown.iter().any(|row| row.contains("17 ")), "the number is that of the whole list: {shown:?}");
    assert!(!shown.iter().any(|row| row.contains(bench.glyphs.green)), "{shown:?}");
    assert!(shown.len() < all.len(), "{shown:?}");

    // What is selected stays in sight, green as it is, until it is left.
    type_in(&mut ui, &bench, "3");
    press(&mut ui, &bench, "enter");
    assert!(list(&screen(&bench, &mut ui), &bench).iter().any(|row| row.contains(" 3 ")));
    press(&mut ui, &bench, "down");
    assert_eq!(ui.selected(), 16, "the next that is listed");
    press(&mut ui, &bench, "up");
    assert_eq!(ui.selected(), 16, "no other is listed");
    press(&mut ui, &bench, "o up");
    assert_eq!(ui.selected(), 15, "all of them again");
}

#[test]
fn where_all_are_green_the_list_of_those_that_are_not_says_so() {
    let mut bench = not_shared();
    bench.check("shared-sip-address-space", &[("SharedSipAddressSpace", Value::Bool(true))]);
    let mut ui = bench.ui(SIZE.0, SIZE.1);
    press(&mut ui, &bench, "o");
    let shown = screen(&bench, &mut ui);
    assert!(shown.contains("STEPS: all green"), "{shown}");
}

#[test]
fn one_pane_takes_the_whole_body_and_gives_it_back() {
    let bench = not_shared();
    let mut ui = bench.ui(SIZE.0, SIZE.1);
    let before = screen(&bench, &mut ui);
    press(&mut ui, &bench, "z");
    let pages = ["[STEPS]", "Check (should only read)", "[OUTPUT]"].map(|of| {
        let page = screen(&bench, &mut ui);
        assert!(page.contains(of) && !page.contains(&format!(" {} ", bench.glyphs.vertical)), "{page}");
        press(&mut ui, &bench, "tab");
        page
    });
    assert!(pages[0] != pages[1] && pages[1] != pages[2]);
    press(&mut ui, &bench, "z");
    assert_eq!(screen(&bench, &mut ui), before);
}

#[test]
fn no_command_begins_where_only_another_pane_is_in_sight() {
    for key in ["enter", "c", "a"] {
        let bench = not_shared();
        let mut ui = bench.ui(SIZE.0, SIZE.1);
        screen(&bench, &mut ui);
        press(&mut ui, &bench, "z");
        assert!(press(&mut ui, &bench, key).is_empty(), "{key} began something unseen");
        assert_eq!(ui.top(&bench.view()), Layer::Steps, "{key}");
        assert!(ui.notice().unwrap().contains("once more"), "{key}");
        assert!(screen(&bench, &mut ui).contains("SharedSipAddressSpace"), "{key}");
        let began = press(&mut ui, &bench, key);
        assert!(!began.is_empty() || ui.top(&bench.view()) == Layer::Confirm, "{key} once more");
    }
}

#[test]
fn what_is_searched_for_in_the_output_is_in_sight() {
    let bench = not_shared();
    let mut ui = bench.ui(SIZE.0, SIZE.1);
    screen(&bench, &mut ui);
    press(&mut ui, &bench, "z /");
    assert!(screen(&bench, &mut ui).contains("[OUTPUT]"));
}

/// The change is confirmed and run, and read back.
pub fn apply_the_change(bench: &mut Bench) {
    let confirmed = Confirmed::Named { typed: "7d0e4f8a".into(), id: "7d0e4f8a".into() };
    bench.command(Command::Apply { step: "shared-sip-address-space".into(), confirmed });
    while let Some(step) = bench.run.running().map(|running| running.step.clone()) {
        let is_apply = bench.run.running().unwrap().purpose == Purpose::Apply;
        let before = bench.run.state(&step).unwrap().applied.is_none();
        let tenant = ("TenantId", Value::text("7d0e4f8a"));
        let rows = vec![object(&[("SharedSipAddressSpace", Value::Bool(!before)), tenant])];
        bench.end_rows(OutcomeEnd::Completed, if is_apply { Vec::new() } else { rows }, Vec::new());
    }
}

#[test]
fn what_an_apply_changes_is_shown_before_it_and_after_it() {
    let mut bench = not_shared();
    let mut ui = bench.ui(SIZE.0, SIZE.1);
    screen(&bench, &mut ui);
    press(&mut ui, &bench, "a");
    let asked = screen(&bench, &mut ui);
    let place = |part: &str| asked.find(part).unwrap_or_else(|| panic!("{part} in\n{asked}"));
    assert!(place("SharedSipAddressSpace = False") < place("Set-CsTenantFederationConfiguration"));

    apply_the_change(&mut bench);
    let mut ui = bench.ui(120, 60);
    type_in(&mut ui, &bench, "17");
    press(&mut ui, &bench, "enter");
    let after = text_of(&drawn(&bench, &mut ui, 120, 60));
    assert!(
        after.contains("Before it was applied") && after.contains("SharedSipAddressSpace = False"),
        "{after}"
    );
}
