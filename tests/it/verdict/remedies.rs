//! Which remedies are offered for what was found.

use super::*;

fn when(error_id: Option<&str>, text: Option<&str>, property: Option<&str>) -> Remedy {
    Remedy {
        when: vec![RemedyWhen {
            error_id: error_id.map(str::to_owned),
            text: text.map(|text| Pattern::new(text).unwrap()),
            property: property.map(str::to_owned),
        }],
        say: steps::text("do that"),
        docs: None,
        go: None,
    }
}

fn failure(error_id: &str, exception: &str, message: &str) -> Failure {
    Failure {
        error_id: error_id.to_owned(),
        exception: exception.to_owned(),
        message: message.to_owned(),
        ..Failure::default()
    }
}

/// The remedies for these failures, where `p` was found wrong and `q` right.
fn chosen(remedies: Vec<Remedy>, failures: Vec<Failure>) -> Vec<usize> {
    let mut step = step(vec![
        on_property("p", Test::Is(word("x")), Rows::All),
        on_property("q", Test::Present, Rows::All),
    ]);
    step.remedies = remedies;
    let rows = vec![object(&[("p", t("y")), ("q", t("z"))])];
    judge(&step, &Outcome { failures, ..completed(&rows) }).remedies
}

#[test]
fn an_error_is_known_by_the_first_part_of_its_id_or_by_its_exception() {
    let by_id = || vec![when(Some("CommandNotFoundException"), None, None)];
    for (own, fits) in [
        (failure("CommandNotFoundException", "", ""), true),
        (failure("commandnotfoundexception,Microsoft.PowerShell", "", ""), true),
        (failure("Other", "System.Management.Automation.CommandNotFoundException", ""), true),
        (failure("Other", "CommandNotFoundException", ""), true),
        (failure("Other,CommandNotFoundException", "System.CommandNotFoundException.Other", ""), false),
        (failure("", "", "CommandNotFoundException"), false),
    ] {
        assert_eq!(chosen(by_id(), vec![own.clone()]), if fits { vec![0] } else { vec![] }, "{own:?}");
    }
    assert_eq!(chosen(by_id(), Vec::new()), Vec::<usize>::new());
}

#[test]
fn of_conditions_in_a_list_one_is_enough() {
    let either = || {
        let mut remedy = when(Some("Login"), None, None);
        remedy.when.extend(when(None, Some("refused"), None).when);
        remedy.when.extend(when(Some("Other"), Some("password"), Some("q")).when);
        vec![remedy, when(None, Some("x"), None)]
    };
    for (own, fits) in [
        (failure("Login", "", ""), true),
        (failure("X", "", "It was refused."), true),
        (failure("Other", "", "no"), false),
        (failure("Other", "", "password"), false),
        (failure("X", "", ""), false),
    ] {
        assert_eq!(chosen(either(), vec![own.clone()]), if fits { vec![0] } else { vec![] }, "{own:?}");
    }
    assert_eq!(chosen(either(), Vec::new()), Vec::<usize>::new());
}

#[test]
fn a_text_is_a_pattern_in_the_message() {
    let by_text = || vec![when(None, Some("timed out|refused"), None)];
    assert_eq!(chosen(by_text(), vec![failure("", "", "It was REFUSED.")]), [0]);
    assert!(chosen(by_text(), vec![failure("refused", "refused", "no")]).is_empty());
    assert!(chosen(by_text(), Vec::new()).is_empty());
}

#[test]
fn id_and_text_must_be_of_the_same_error() {
    let both = || vec![when(Some("Login"), Some("password"), None)];
    assert_eq!(chosen(both(), vec![failure("X", "", ""), failure("Login", "", "wrong password")]), [0]);
    let apart = vec![failure("Login", "", "no such user"), failure("X", "", "wrong password")];
    assert!(chosen(both(), apart).is_empty());
}

#[test]
fn a_property_is_one_by_which_rows_were_found_wrong() {
    assert_eq!(chosen(vec![when(None, None, Some("P"))], Vec::new()), [0]);
    assert!(chosen(vec![when(None, None, Some("q"))], Vec::new()).is_empty());
    assert!(chosen(vec![when(None, None, Some("r"))], Vec::new()).is_empty());
    // Of a command that failed nothing was measured, whatever rows there were.
    for remedies in [vec![when(None, None, Some("p"))], vec![when(Some("Login"), None, Some("p"))]] {
        assert!(chosen(remedies, vec![failure("Login", "", "")]).is_empty());
    }
}

#[test]
fn nothing_that_came_is_no_property_that_is_wrong() {
    let mut step = step(vec![on_property("p", Test::Is(word("x")), Rows::All)]);
    step.remedies = vec![when(None, None, Some("p")), when(None, None, None)];
    let wrong = completed(&[object(&[("p", t("y"))])]);
    assert_eq!(judge(&step, &wrong).remedies, [0, 1]);
    assert_eq!(judge(&step, &completed(&[])).remedies, [1]);
    for end in [OutcomeEnd::Threw, OutcomeEnd::Stopped, OutcomeEnd::Lost] {
        assert_eq!(judge(&step, &Outcome { end, ..wrong.clone() }).remedies, [1]);
    }
}

#[test]
fn a_code_is_one_however_it_is_written() {
    let known = failure("-2144108526,PSSessionOpenFailed", "", "El cliente no puede conectar.");
    for id in ["-2144108526", "2150858770", "0x80338012", "0X80338012", "0x80338012"] {
        assert_eq!(chosen(vec![when(Some(id), None, None)], vec![known.clone()]), [0], "{id}");
    }
    for id in ["-2144108212", "0x80338013", "PSSessionOpenFailed", "2144108526", "0x", "80338012"] {
        assert!(chosen(vec![when(Some(id), None, None)], vec![known.clone()]).is_empty(), "{id}");
    }
}

#[test]
fn those_without_a_condition_come_last_and_the_rest_in_the_order_of_the_file() {
    let remedies = vec![
        when(None, None, None),
        when(None, None, Some("p")),
        when(Some("Other"), None, None),
        when(None, None, None),
        when(None, Some("no"), None),
        when(Some("Login"), None, None),
    ];
    assert_eq!(chosen(remedies.clone(), vec![failure("Login", "", "no")]), [4, 5, 0, 3]);
    assert_eq!(chosen(remedies, Vec::new()), [1, 0, 3]);
}

#[test]
fn a_green_step_needs_none_and_whatever_else_may_have_one() {
    let mut green = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::All }]);
    green.remedies = vec![when(None, None, None)];
    let outcome = completed(&[t("x")]);
    assert!(judge(&green, &outcome).remedies.is_empty());
    assert_eq!(judge(&green, &completed(&[])).remedies, [0]);
    for end in [OutcomeEnd::Threw, OutcomeEnd::Stopped, OutcomeEnd::Lost] {
        assert_eq!(judge(&green, &Outcome { end, ..outcome.clone() }).remedies, [0]);
    }
}

#[test]
fn the_first_error_of_each_kind_that_a_remedy_is_for_is_found_among_any_number() {
    let error = |number: usize| failure(&format!("E{number}"), "", &format!("no {number}"));
    let remedies = || {
        vec![
            when(Some("E200"), None, None),
            when(Some("E200"), Some("no 201"), None),
            when(None, Some("no 250$"), None),
            when(Some("E299"), None, None),
        ]
    };
    assert_eq!(chosen(remedies(), (0..300).map(error).collect()), [0, 2, 3]);
}
