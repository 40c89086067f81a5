//! `docs/procedure.md` against the checklist: the steps that it names are there, the required ones are named, and the failures
//! have their remedies where it says so.

use std::collections::BTreeSet;

use greenlight::facade::checklist::{Step, Weight};

use super::*;

const PAGE: &str = include_str!("../../../docs/procedure.md");
/// What the script of the handoff knows.
const MOVES: &str = include_str!("../../../docs/moves.md");

/// The rows of the table under this heading, each in its cells.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, section) = PAGE.split_once(heading).expect(heading);
    let section = section.split("\n## ").next().unwrap_or_default();
    // Behind each table's own head.
    let lines = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let lines = lines.filter(|line| !["| | ", "| step "].iter().any(|head| line.starts_with(head)));
    let cells = |line: &'static str| line.trim_matches('|').split(" | ").map(str::trim).collect();
    lines.map(cells).collect()
}

/// What stands between backquotes.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// What of it looks like the id of a step.
fn steps_in(cell: &str) -> Vec<&str> {
    let is_id = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    quoted(cell).into_iter().filter(is_id).collect()
}

const SENTENCES: &str = "## What the page says";
const BESIDES: &str = "## What breaks a move besides";
const FAILURES: &str = "## Failures that people meet";

#[test]
fn each_step_that_it_names_is_there_and_each_step_is_named() {
    let checklist = built_in();
    let known: BTreeSet<&str> = checklist.steps.iter().map(|step| step.id.as_str()).collect();
    let sentences = rows(SENTENCES).into_iter().flat_map(|row| steps_in(row[2]));
    let named: BTreeSet<&str> =
        sentences.chain(rows(BESIDES).into_iter().flat_map(|row| steps_in(row[0]))).collect();
    assert_eq!(named, known);
    for row in rows(FAILURES) {
        let unknown: Vec<&str> = steps_in(row[2]).into_iter().filter(|id| !known.contains(id)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", row[0]);
    }
    // What is required says so, and what is advice.
    let (required, advisory) =
        PAGE.split_once(BESIDES).and_then(|(_, rest)| rest.split_once("\nAdvisory")).expect("both");
    let advisory = advisory.split(FAILURES).next().unwrap_or_default();
    let weight = |id: &str| checklist.step(&id.into()).map(|step| step.weight);
    for (text, weighs) in [(required, Weight::Required), (advisory, Weight::Advisory)] {
        for id in text.lines().filter(|line| line.starts_with("| `")).flat_map(|line| steps_in(line)) {
            assert_eq!(weight(id), Some(weighs), "{id}");
        }
    }
    for row in rows(SENTENCES) {
        let (required, advisory) = row[2].split_once("advisory").unwrap_or((row[2], ""));
        for (text, weighs) in [(required, Weight::Required), (advisory, Weight::Advisory)] {
            for id in steps_in(text) {
                assert_eq!(weight(id), Some(weighs), "{id} in sentence {}", row[0]);
            }
        }
    }
}

#[test]
fn each_sentence_and_each_failure_stands_once_by_its_number() {
    let numbers: Vec<&str> = rows(SENTENCES).into_iter().map(|row| row[0]).collect();
    assert_eq!(
        numbers,
        ["1", "2", "3", "4", "5", "6", "6a", "6b", "6c", "6d", "7", "8", "9", "10", "11", "12"]
    );
    let numbers: Vec<String> = rows(FAILURES).into_iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(numbers, (1..=47).map(|number| number.to_string()).collect::<Vec<_>>());
}

/// An id that stands in no document may never be seen: then the words must do.
#[test]
fn no_failure_is_known_by_an_id_alone_that_nobody_documents() {
    let checklist = built_in();
    for row in rows(FAILURES) {
        let [number, said, by, text, id] = row[..] else { panic!("{row:?}") };
        assert!(["D", "K", "P", "E", "I", "B", "none"].contains(&text), "{number}: {text}");
        assert!(["E", "W", "none", "–"].contains(&id), "{number}: {id}");
        let met = by.split([',', ';']).next().unwrap_or_default();
        for step in steps_in(met).iter().filter_map(|id| checklist.step(&(*id).into())) {
            let said = quoted(said);
            let mut texts =
                step.remedies.iter().flat_map(|remedy| &remedy.when).filter_map(|when| when.text.as_ref());
            let by_text = texts.any(|text| said.iter().any(|said| text.is_match(said)));
            assert!(id != "none" || by_text, "{number} in {}: {said:?}", step.id);
        }
    }
}

/// Whether a remedy of the step knows a failure by one of these texts, ids or properties.
fn knows(step: &Step, said: &[&str]) -> bool {
    step.remedies.iter().flat_map(|remedy| &remedy.when).any(|when| {
        let by_text = when.text.as_ref().is_some_and(|text| said.iter().any(|said| text.is_match(said)));
        let by_name = when.error_id.iter().chain(&when.property).any(|name| said.contains(&name.as_str()));
        by_text || by_name
    })
}

#[test]
fn each_failure_has_its_remedy_where_it_is_said_to_be_met() {
    let checklist = built_in();
    let mut without = Vec::new();
    for row in rows(FAILURES) {
        let (number, said, by) = (row[0], quoted(row[1]), row[2]);
        // What follows a semicolon, or comes before, is told besides.
        let met = by.split([';']).next().unwrap_or_default();
        let met = met.split(", and before it").next().unwrap_or_default();
        for id in steps_in(met) {
            let step = checklist.step(&id.into()).expect(id);
            let always = by.contains("whose remedy fits whatever is not green")
                && step.remedies.iter().any(|remedy| remedy.when.is_empty());
            if !knows(step, &said) && !always {
                without.push(format!("{number} in {id}: {said:?}"));
            }
        }
        let in_script = MOVES.lines().filter(|line| line.starts_with("| `")).any(|line| {
            let last = line.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
            last.split(", ").any(|known| known == number)
        });
        assert!(!met.starts_with("the script") || in_script, "{number} is not in docs/moves.md");
        assert!(
            !steps_in(met).is_empty() || met.starts_with("the script") || met.starts_with("not here: "),
            "{number}: {by}"
        );
    }
    assert!(without.is_empty(), "no remedy knows\n{}", without.join("\n"));
}

#[test]
fn of_a_failure_that_nobody_knows_each_step_says_what_there_is_and_how_to_report_it() {
    let says = |step: &&Step| {
        let last = step.remedies.iter().rfind(|remedy| remedy.when.is_empty());
        last.is_some_and(|remedy| remedy.say.en.contains("greenlight export RUN"))
    };
    let checklist = built_in();
    let measured = |step: &&Step| matches!(step.kind, StepKind::Measured { .. });
    let silent: Vec<_> = checklist.steps.iter().filter(measured).filter(|step| !says(step)).collect();
    assert!(silent.is_empty(), "{:?}", silent.iter().map(|step| &step.id).collect::<Vec<_>>());
}
