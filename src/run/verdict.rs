//! Objects against expectations: what a command's output says of its step.
//!
//! The only place where a verdict is made. An error, a throw, missing rows or cut output are never green.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::value::{Member, Value};
use super::{FileDigest, Moment, no_fields};
use crate::checklist::{Changes, InputId, InputValue, Rows, Test};

mod bound;
mod covers;
mod equal;
mod fact;
mod judge;
mod kept;
mod number;
mod remedy;
mod subject;
mod table;
mod tally;
mod text;
mod version;

pub use covers::{Coverage, MISSING_KEPT, MissingName, ToCover};
use fact::{Judgement, RowJudge};
pub use judge::{Judge, Judged};
pub use kept::{KEPT_MAX, KeptValue, KeptValues};
pub use subject::FoundSubject;

/// What is known of a step after its check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Green,
    Red,
    /// It could not be found out.
    Undetermined,
    Interrupted,
}

/// Why the verdict is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "because", rename_all = "kebab-case")]
pub enum VerdictReason {
    /// Every expectation was met.
    #[serde(deserialize_with = "no_fields")]
    Met,
    /// This many were not.
    Unmet { count: usize },
    /// No row speaks of a name that it must speak of; from format 2 on, as the next two.
    #[serde(deserialize_with = "no_fields")]
    NotCovered,
    /// There is no name that it must speak of.
    #[serde(deserialize_with = "no_fields")]
    NothingToCover,
    /// What it must speak of hangs on what could not be read.
    CoversUnread {
        /// The property of the step that the names come from.
        property: String,
    },
    /// The command returned nothing where something was needed.
    #[serde(deserialize_with = "no_fields")]
    NoRows,
    /// It wrote errors, or threw.
    #[serde(deserialize_with = "no_fields")]
    Failed,
    /// It warned, where a warning is not to be passed over.
    Warned { warning: String },
    /// PowerShell did not take a variable that the command needs, so it was not run.
    Unbound { variable: String },
    /// Its output was larger than was kept, so not all of it was looked at: in journals of before each row was judged as it came.
    #[serde(deserialize_with = "no_fields")]
    Cut,
    /// An expectation hangs on what could not be read; from format 2 on.
    Unread {
        /// The property, or empty for the object itself.
        property: String,
    },
    /// Other steps take more from its rows than a finding keeps.
    #[serde(deserialize_with = "no_fields")]
    TooMuchKept,
    /// It names none of what the work would be done to, or several; from format 2 on.
    SubjectUnclear {
        scope: Changes,
        /// The first of several.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        names: Vec<String>,
    },
    /// It asked something that nobody answered.
    Unanswered { asked: String },
    /// It asked to sign in to a session that had been there, and nobody did: the session has expired.
    SessionExpired { asked: String },
    /// The operator stopped it.
    #[serde(deserialize_with = "no_fields")]
    Stopped,
    TimedOut {
        /// Nothing had come from it for so long that it may have waited for an answer.
        #[serde(default, skip_serializing_if = "is_false")]
        silent: bool,
        /// The time that it had, milliseconds; from format 2 on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit_ms: Option<u64>,
    },
    /// The shell ended under it.
    #[serde(deserialize_with = "no_fields")]
    ShellLost,
}

/// One expectation with what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The property, or empty for the object itself.
    pub property: String,
    /// What was expected, in the words of the file format.
    pub expected: String,
    /// What was found, in one line.
    pub found: String,
    /// Whether that is enough.
    pub met: bool,
    /// How many rows there were; from format 2 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Of how many of them the test holds; from format 2 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_met: Option<u64>,
}

/// A row by which an expectation is not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailingRow {
    /// Its number among the rows, from 1.
    pub row: u64,
    /// Its name, where the check says what names a row, and it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The property, or empty for the object itself.
    pub property: String,
    /// What was expected, in the words of the file format.
    pub expected: String,
    /// What it has, in one line.
    pub found: String,
}

/// An error record, or what was thrown, with the secrets taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The `FullyQualifiedErrorId`.
    pub error_id: String,
    /// The exception's type name.
    pub exception: String,
    pub category: String,
    pub message: String,
    /// What it was done to, where PowerShell says so; from format 2 on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub target: String,
}

impl Fact {
    /// Whether it is of the names that a check must speak of.
    pub(crate) fn is_of_covers(&self) -> bool {
        self.rows.is_none() && self.expected.starts_with("covers ")
    }
}

impl Failure {
    /// Its message, led by what it was done to, as PowerShell leads one by a computer, where it does not say so itself.
    pub fn told(&self) -> Cow<'_, str> {
        // Longer than a computer's name may be is no name.
        let is_name = (1..=255).contains(&self.target.len()) && !self.target.contains(char::is_control);
        if is_name && !self.message.to_lowercase().contains(&self.target.to_lowercase()) {
            Cow::Owned(format!("[{}] {}", self.target, self.message))
        } else {
            Cow::Borrowed(&self.message)
        }
    }

    /// The rest of the record, which names it to whoever searches for it or is told of it, by the names that PowerShell's own
    /// view of an error has: a line each.
    pub fn record(&self) -> Vec<String> {
        let joined = |parts: [&str; 2], between: &str| {
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
        };
        let target = if self.target.is_empty() { String::new() } else { format!("({})", self.target) };
        let info = joined([&joined([&self.category, &target], ": "), &self.exception], ", ");
        let lines = [("CategoryInfo", &info), ("FullyQualifiedErrorId", &self.error_id)];
        let said = lines.into_iter().filter(|(_, value)| !value.is_empty());
        said.map(|(name, value)| format!("{name}: {value}")).collect()
    }
}

/// The errors beyond those that a finding keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoreErrors {
    pub count: u64,
    /// What they were done to, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<String>,
}

impl MoreErrors {
    fn of(failures: &[Failure]) -> Self {
        let more = failures.get(FAILURES_KEPT..).unwrap_or_default();
        let mut known = HashSet::new();
        let targets = more.iter().map(|failure| &failure.target);
        let targets = targets.filter(|target| !target.is_empty() && known.insert(*target)).cloned().collect();
        Self { count: more.len() as u64, targets }
    }

    /// Whether there are none.
    pub fn is_none(&self) -> bool {
        self.count == 0
    }
}

/// What a check found: all that a screen or an export shows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    pub verdict: Verdict,
    pub reason: VerdictReason,
    /// Each expectation with what was found.
    pub facts: Vec<Fact>,
    /// The rows that fail, the first of them; from format 2 on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failing: Vec<FailingRow>,
    /// How many rows fail; from format 2 on.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failing_rows: u64,
    /// How many more times a row fails than `failing` says; from format 2 on.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_failing: u64,
    /// Where those are, as far as there was room; from format 2 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_file: Option<Box<FileDigest>>,
    /// What the work is done to, where this check finds it; from format 2 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Box<FoundSubject>>,
    pub failures: Vec<Failure>,
    /// The other ones; from format 2 on.
    #[serde(default, skip_serializing_if = "MoreErrors::is_none")]
    pub more_errors: MoreErrors,
    /// The first warnings, whatever they mean for the verdict; from format 2 on, as how many more there were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_warnings: u64,
    /// Of which of the names that it must speak of it does; from format 2 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered: Option<Box<Coverage>>,
    /// What other steps take from its rows; from format 2 on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<KeptValues>,
    /// The step's remedies that fit, by position.
    pub remedies: Vec<usize>,
    /// How long the check took, milliseconds.
    pub elapsed_ms: u64,
}

impl Finding {
    /// What its rows have for a property that other steps take from them; nothing where that was not kept.
    pub fn kept_of(&self, property: &str) -> Option<&[KeptValue]> {
        self.kept.iter().find(|kept| kept.is_of(property)).map(|kept| kept.values.as_slice())
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeEnd {
    /// It ran to its end.
    Completed,
    /// It threw; what was thrown is the last of the failures.
    Threw,
    /// It was not run, because a variable could not be set: the last of the failures is [`NOT_BOUND`].
    Unbound,
    Stopped,
    /// The shell ended under it.
    Lost,
}

/// The error of a command that was not run because a variable could not be set; its name stands behind a comma.
pub const NOT_BOUND: &str = "InputNotBound";

/// From how long a silence on a command may be waiting for an answer that nobody can give.
pub(crate) const SILENCE_MS: u64 = 10_000;

/// How many failing rows a finding keeps; a file holds the others.
pub const FAILING_KEPT: usize = 1_000;

/// How many failures a finding keeps.
pub const FAILURES_KEPT: usize = 5;

/// The operator's values, by input.
pub type Inputs = BTreeMap<InputId, InputValue>;

/// The finding of a check that was cut off, or that asked in vain.
pub fn cut_off(verdict: Verdict, reason: VerdictReason, failures: Vec<Failure>, elapsed_ms: u64) -> Finding {
    Finding {
        verdict,
        reason,
        facts: Vec::new(),
        failing: Vec::new(),
        failing_rows: 0,
        more_failing: 0,
        rows_file: None,
        subject: None,
        failures,
        more_errors: MoreErrors::default(),
        warnings: Vec::new(),
        more_warnings: 0,
        covered: None,
        kept: Vec::new(),
        remedies: Vec::new(),
        elapsed_ms,
    }
}

/// What the test of a condition says of values: true where one passes; else nothing where one could not be judged or read; else
/// false.
pub(super) fn any_passes<'v>(
    test: &Test,
    values: impl Iterator<Item = Member<'v>>,
    inputs: &Inputs,
    now: Moment,
) -> Option<bool> {
    let judge = RowJudge { rows: Rows::Any, row: &Value::Null, inputs, now };
    let mut told = Some(false);
    for value in values {
        match judge.answer(test, value) {
            Judgement::Passes => return Some(true),
            Judgement::Fails => {}
            Judgement::NotJudged | Judgement::Unread => told = None,
        }
    }
    told
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks in this way")]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks in this way")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}
