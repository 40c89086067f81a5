//! The faces for other programs: CSV, `JUnit`. Both have a verdict of their own where the others have a status.

use std::collections::HashMap;

use super::shown::{Shown, ShownFact, Words};

/// What counts as found, in the words of these formats.
const GREEN: &str = "green";

/// Each step by its title: a row a fact and one a row that fails, or one row where there is none. Warnings, errors and remedies
/// have no column.
pub fn csv(table: &str, words: &Words) -> Vec<(String, Shown)> {
    let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let mut steps: Vec<(String, Shown)> = Vec::new();
    for row in rows.deserialize() {
        let row: HashMap<String, String> = row.unwrap();
        // That a file of the run is not there is a row of no step; what stands beside an apply is history.
        if row["step"].is_empty() || row["verdict"].ends_with("applied") {
            continue;
        }
        let word = |column: &str, kind| words.of_kind(kind, &row[column]).pop().unwrap_or_default();
        let title = words.title(&row["title"]).unwrap().0.to_owned();
        let reason = Some(row["reason"].clone()).filter(|reason| !reason.is_empty());
        let (rows, warnings, errors, remedies) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let facts = Vec::new();
        let leads = words.leads(&row["go"]);
        let status = row["verdict"].clone();
        let shown = Shown { status, reason, facts, rows, warnings, errors, remedies, leads, failed: None };
        if steps.last().is_none_or(|(last, _)| *last != title) {
            steps.push((title, shown));
        } else {
            assert_eq!(steps.last().unwrap().1.reason, shown.reason, "a step has one reason");
        }
        if !row["row"].is_empty() {
            let of_row = [("key", "KEY"), ("property", "PROPERTY"), ("found", "FOUND")];
            steps.last_mut().unwrap().1.rows.push(of_row.map(|(column, kind)| word(column, kind)));
        } else if !row["property"].is_empty() {
            steps.last_mut().unwrap().1.facts.push(ShownFact {
                names: words
                    .covered(&word("property", "PROPERTY"), &format!("{} {}", row["expected"], row["found"])),
                property: word("property", "PROPERTY"),
                expected: word("expected", "EXPECTED"),
                found: word("found", "FOUND"),
                met: row["met"] == "true",
            });
        }
    }
    steps
}

/// What is left out.
pub fn left_out(table: &str) -> Vec<String> {
    let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let rows = rows.deserialize().map(|row| -> HashMap<String, String> { row.unwrap() });
    rows.filter(|row| row["verdict"] == "left-out").map(|row| row["reason"].clone()).collect()
}

/// The group of each step, by its title.
pub fn groups(table: &str, words: &Words) -> Vec<(String, String)> {
    let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let rows = rows.deserialize().map(|row| -> HashMap<String, String> { row.unwrap() });
    let steps = rows.filter(|row| !row["step"].is_empty());
    let mut groups: Vec<(String, String)> =
        steps.map(|row| (words.title(&row["title"]).unwrap().0.to_owned(), row["group"].clone())).collect();
    groups.dedup();
    groups
}

/// Of what all others show of a step, what a table of facts does.
pub fn of_csv(whole: &Shown) -> Shown {
    Shown { warnings: Vec::new(), errors: Vec::new(), remedies: Vec::new(), failed: None, ..whole.clone() }
}

/// Each test case by its title, with what it is; of one that passed or is skipped nothing is listed.
pub fn junit(xml: &str, words: &Words) -> Vec<(String, Shown)> {
    let cases = xml.split("<testcase ").skip(1).filter_map(|case| {
        let case = case.split("</testcase>").next().unwrap();
        let (heading, body) = case.split_once('\n').unwrap();
        let (title, _) = words.title(heading)?;
        let kind =
            ["failure", "error", "skipped"].into_iter().find(|kind| body.contains(&format!("<{kind}")));
        // What it lists begins behind its message.
        let body = body.replace("\">", "\">\n");
        // What stands beside an apply is history.
        let body = body.split("<system-out>").next().unwrap();
        let lines: Vec<String> = body.lines().map(str::to_owned).collect();
        let shown = words.shown(kind.unwrap_or(GREEN).to_owned(), &lines, |_| false);
        Some((title.to_owned(), shown))
    });
    cases.collect()
}

/// Of what all others show of a step, what a test case does: why it failed, what was not met, the errors, what to do.
pub fn of_junit(whole: &Shown, counts: bool) -> Shown {
    if holds(whole) || !counts {
        let (rows, warnings, remedies) = (Vec::new(), Vec::new(), Vec::new());
        // The reason may tell one.
        let told = |error: &&String| whole.reason.as_ref().is_some_and(|reason| reason.contains(*error));
        let errors = whole.errors.iter().filter(told).cloned().collect();
        let (facts, leads) = (Vec::new(), Vec::new());
        return Shown { facts, rows, warnings, errors, remedies, leads, failed: None, ..whole.clone() };
    }
    Shown { facts: whole.facts.iter().filter(|fact| !fact.met).cloned().collect(), ..whole.clone() }
}

/// Whether it is green, found so or stated.
fn holds(shown: &Shown) -> bool {
    [GREEN, "stated"].contains(&shown.status.as_str())
}

/// The same but for the status, which has other words here; green is green everywhere.
pub fn assert_same(face: &str, shown: &[(String, Shown)], expected: &[(String, Shown)]) {
    assert_eq!(shown.len(), expected.len(), "{face}");
    for ((title, shown), (of, expected)) in shown.iter().zip(expected) {
        assert_eq!(title, of, "{face}");
        assert_eq!(shown.status == GREEN, holds(expected), "{face}: {title}");
        assert_eq!(*shown, Shown { status: shown.status.clone(), ..expected.clone() }, "{face}: {title}");
    }
}
