//! The applies beyond the session: what was found before each, beside what was found after it.

use serde::Serialize;

use super::check::found_beside;
use super::{AttemptOutcome, Time, at_host};
use crate::checklist::Changes;
use crate::run::{ApplyEnd, Fact, FailingRow, FoundSubject, Verdict, Who};
use crate::text::Text;

/// An apply beyond the session that was confirmed.
#[derive(Clone, Debug, Serialize)]
pub struct ApplyReport {
    /// Its number among the commands of the run; none where it was not run.
    pub number: Option<u32>,
    pub at: Time,
    /// Who was at the keyboard.
    pub by: Option<Who>,
    pub changes: Changes,
    /// What it was confirmed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<FoundSubject>,
    /// How it ended, if it did.
    pub outcome: Option<ApplyEnd>,
    /// Why it was not run, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_run: Option<String>,
    /// The check that came before it.
    pub before: Option<FindingReport>,
    /// The check that read back what it did; where it was checked again and again, the last.
    pub after: Option<FindingReport>,
}

/// What one check found.
#[derive(Clone, Debug, Serialize)]
pub struct FindingReport {
    /// Its number among the commands of the run.
    pub number: u32,
    pub at: Time,
    pub verdict: Verdict,
    /// Why, in words.
    pub reason: String,
    pub facts: Vec<Fact>,
    /// The rows that failed, the first of them.
    pub failing: Vec<FailingRow>,
    /// How many rows failed.
    pub failing_rows: u64,
    /// How many more times one failed than `failing` says.
    pub more_failing: u64,
    /// The same in words.
    #[serde(skip)]
    pub more_rows: Option<String>,
}

/// An expectation with what was found before and after.
pub(super) struct Beside<'a> {
    pub(super) property: &'a str,
    pub(super) expected: &'a str,
    pub(super) before: Option<&'a Fact>,
    pub(super) after: Option<&'a Fact>,
}

/// Cells of a table: the property, what was expected, what was found before and after.
pub(super) type BesideCells = [String; 4];

/// What was found before and after, in a line.
pub(super) fn beside(before: String, after: String, text: Text) -> String {
    let sides = [(text.report_before(), before), (text.report_after(), after)];
    let found = sides.into_iter().filter(|(_, found)| !found.is_empty());
    found.map(|(side, found)| text.report_verdict_because(side, found)).collect::<Vec<_>>().join("; ")
}

impl FindingReport {
    fn word(&self, text: Text) -> String {
        match self.verdict {
            Verdict::Green => text.verdict(self.verdict),
            Verdict::Red | Verdict::Undetermined | Verdict::Interrupted => {
                text.report_verdict_because(text.verdict(self.verdict), &self.reason)
            }
        }
    }
}

impl ApplyReport {
    /// Which apply it is, and what came of it.
    pub(super) fn line(&self, text: Text) -> String {
        let what = match &self.subject {
            Some(found) => text.subject_line(found.scope, Some(found), true),
            None => text.changes(self.changes),
        };
        let by = self.by.as_ref().map(at_host).unwrap_or_default();
        match (&self.not_run, self.number) {
            (Some(why), _) => text.report_apply_not_run(self.at, by, what, why),
            (None, number) => {
                let outcome = AttemptOutcome::word(self.outcome.map(AttemptOutcome::Applied), text);
                text.report_apply_run(number.unwrap_or_default(), self.at, by, what, outcome)
            }
        }
    }

    /// Each expectation once, in the order of the checks.
    pub(super) fn pairs(&self) -> Vec<Beside<'_>> {
        let facts = |of: &'_ Option<FindingReport>| of.as_ref().map_or(&[][..], |found| &found.facts).len();
        let mut left: Vec<&Fact> = Vec::with_capacity(facts(&self.after));
        left.extend(self.after.iter().flat_map(|after| &after.facts));
        let mut pairs = Vec::with_capacity(facts(&self.before));
        for before in self.before.iter().flat_map(|before| &before.facts) {
            let same =
                |after: &&Fact| (&after.property, &after.expected) == (&before.property, &before.expected);
            let after = left.iter().position(same).map(|place| left.remove(place));
            let Fact { property, expected, .. } = before;
            pairs.push(Beside { property, expected, before: Some(before), after });
        }
        pairs.extend(left.into_iter().map(|after| Beside {
            property: &after.property,
            expected: &after.expected,
            before: None,
            after: Some(after),
        }));
        pairs
    }

    /// The headings over its tables.
    pub(super) fn headings(text: Text) -> BesideCells {
        [text.report_property(), text.report_expected(), text.report_before(), text.report_after()]
    }

    /// What the checks came to and when they began, in words, as cells without a property.
    pub(super) fn verdicts(&self, text: Text) -> [BesideCells; 2] {
        let word = |found: &FindingReport| found.word(text);
        let before = self.before.as_ref().map_or_else(|| text.report_no_before(), word);
        let nothing = || if self.not_run.is_some() { String::new() } else { text.report_not_read_back() };
        let after = self.after.as_ref().map_or_else(nothing, word);
        let at = |found: &Option<FindingReport>| {
            found.as_ref().map(|found| found.at.to_string()).unwrap_or_default()
        };
        [
            [text.report_verdict(), String::new(), before, after],
            [text.report_when(), String::new(), at(&self.before), at(&self.after)],
        ]
    }

    /// All of it in one line but for what was found.
    pub(super) fn summary(&self, text: Text) -> String {
        let [[_, _, before, after], _] = self.verdicts(text);
        format!("{}; {}", self.line(text), beside(before, after, text))
    }

    /// What was found, as cells that are code.
    pub(super) fn facts(&self, text: Text) -> Vec<BesideCells> {
        let found = |of: &Option<FindingReport>, fact: Option<&Fact>| {
            let found = fact.zip(of.as_ref()).map(|(fact, of)| found_beside(&of.failing, fact, text));
            found.unwrap_or_default()
        };
        let cells = |pair: Beside<'_>| {
            let (before, after) = (found(&self.before, pair.before), found(&self.after, pair.after));
            [pair.property.to_owned(), pair.expected.to_owned(), before, after]
        };
        self.pairs().into_iter().map(cells).collect()
    }

    /// The rows that failed before and after, each under its heading, where there were any.
    pub(super) fn failing(&self, text: Text) -> Vec<(String, &FindingReport)> {
        let both = [(text.report_rows_before(), &self.before), (text.report_rows_after(), &self.after)];
        let found = both.into_iter().filter_map(|(heading, found)| Some((heading, found.as_ref()?)));
        found.filter(|(_, found)| !found.failing.is_empty()).collect()
    }
}
