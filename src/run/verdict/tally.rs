//! One expectation against all rows, as they come: counted, and the first of each kind kept to be shown.

use super::fact::Judgement::{self, Fails, NotJudged, Passes, Unread};
use super::fact::unread_at;
use super::{FAILING_KEPT, Fact, FailingRow};
use crate::checklist::{Expectation, Operand, Rows, Test};
use crate::run::value::{Member, Value};

/// How many characters of a found value are kept.
const FOUND_KEPT: usize = 300;
/// How many rows of a kind the line of a fact names.
const NAMED: usize = 5;

/// What an expectation comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    Yes,
    No,
    /// It hangs on what could not be read.
    Unread,
}

/// What is known of a row as soon as it was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Candidate {
    Passes,
    Fails,
    /// It hangs on the rows that are still to come.
    InDoubt,
}

/// An expectation with what the rows so far say of it.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) expectation: Expectation,
    passes: u64,
    fails: u64,
    not_judged: u64,
    unread: u64,
    /// What of the first of these.
    unread_at: String,
    /// The first rows of each kind.
    first: Vec<(Judgement, Shown)>,
    /// The first rows of which it is not known whether they are too many.
    waiting: Vec<Waiting>,
}

/// A row that fails if there are too many like it.
#[derive(Clone, Debug)]
struct Waiting {
    answer: Judgement,
    row: FailingRow,
    /// It fails by another expectation too.
    counted: bool,
}

/// A row in the line of a fact.
#[derive(Clone, Debug)]
struct Shown {
    key: Option<String>,
    found: String,
}

impl Tally {
    pub(super) fn new(expectation: Expectation) -> Self {
        Self {
            expectation,
            passes: 0,
            fails: 0,
            not_judged: 0,
            unread: 0,
            unread_at: String::new(),
            first: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Counts a row.
    pub(super) fn add(&mut self, answer: Judgement, row: &Value, member: Member<'_>, key: Option<&str>) {
        if self.count(answer) < NAMED as u64 {
            let key = key.map(ToOwned::to_owned);
            self.first
                .push((answer, Shown { key, found: found(&self.expectation.test, row, member, answer) }));
        }
        if answer == Unread && self.unread == 0 {
            self.unread_at = unread_at(&self.expectation, row, member).to_owned();
        }
        *match answer {
            Passes => &mut self.passes,
            Fails => &mut self.fails,
            NotJudged => &mut self.not_judged,
            Unread => &mut self.unread,
        } += 1;
    }

    const fn count(&self, answer: Judgement) -> u64 {
        match answer {
            Passes => self.passes,
            Fails => self.fails,
            NotJudged => self.not_judged,
            Unread => self.unread,
        }
    }

    const fn rows(&self) -> u64 {
        self.passes + self.fails + self.not_judged + self.unread
    }

    fn met(&self) -> Met {
        let Self { passes, fails, unread, .. } = *self;
        let all = self.rows();
        // Whether it is met, and whether what could not be read might make it so.
        let (met, may_be_met) = match self.expectation.rows {
            Rows::All => (all > 0 && passes == all, passes + unread == all),
            Rows::Any => (passes > 0, true),
            // A row of which nobody can tell cannot show that the test fails on it.
            Rows::None => (fails == all, fails + unread == all),
            Rows::Count(wanted) => {
                let may_be = (passes..=passes + unread).contains(&u64::from(wanted));
                (
                    passes == u64::from(wanted) && passes + fails == all,
                    may_be && passes + fails + unread == all,
                )
            }
        };
        match (met, unread > 0 && may_be_met) {
            (true, _) => Met::Yes,
            (false, true) => Met::Unread,
            (false, false) => Met::No,
        }
    }

    /// Which rows fail, as far as has come; none where the expectation is met, or fails as a whole.
    pub(super) fn failing(&self) -> &'static [Judgement] {
        const ALL: &[Judgement] = &[Fails, NotJudged, Unread];
        const TOO_MANY: &[Judgement] = &[Passes, NotJudged, Unread];
        const IN_DOUBT: &[Judgement] = &[NotJudged, Unread];
        match self.expectation.rows {
            Rows::All => ALL,
            Rows::None | Rows::Count(0) => TOO_MANY,
            Rows::Count(wanted) if self.passes > u64::from(wanted) => TOO_MANY,
            Rows::Count(wanted) if self.rows() - self.fails > u64::from(wanted) => IN_DOUBT,
            Rows::Any | Rows::Count(_) => &[],
        }
    }

    /// What a row that was just counted is.
    pub(super) fn candidate(&self, answer: Judgement) -> Candidate {
        match (self.expectation.rows, answer) {
            (Rows::All, Passes) | (Rows::Any, _) | (Rows::None | Rows::Count(_), Fails) => Candidate::Passes,
            (Rows::All | Rows::None | Rows::Count(0), _) => Candidate::Fails,
            (Rows::Count(wanted), _) if self.passes > u64::from(wanted) => Candidate::Fails,
            (Rows::Count(_), _) => Candidate::InDoubt,
        }
    }

    /// Whether one more row that is in doubt is kept.
    pub(super) const fn has_room(&self) -> bool {
        self.waiting.len() < FAILING_KEPT
    }

    pub(super) fn wait(&mut self, answer: Judgement, row: FailingRow) {
        self.waiting.push(Waiting { answer, row, counted: false });
    }

    /// That row is counted as failing.
    pub(super) fn counted(&mut self, row: u64) {
        if let Ok(place) = self.waiting.binary_search_by_key(&row, |waiting| waiting.row.row)
            && let Some(waiting) = self.waiting.get_mut(place)
        {
            waiting.counted = true;
        }
    }

    /// The rows that were in doubt and, as it stands, fail, each with whether it is counted already.
    pub(super) fn decided(&mut self) -> Vec<(FailingRow, bool)> {
        let failing = self.failing();
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        waiting.filter(|row| failing.contains(&row.answer)).map(|row| (row.row, row.counted)).collect()
    }

    /// How many rows fail.
    pub(super) fn failing_rows(&self) -> u64 {
        match self.met() {
            Met::Yes => 0,
            Met::No | Met::Unread => self.failing().iter().map(|kind| self.count(*kind)).sum(),
        }
    }

    /// The property that it hangs on and that could not be read.
    pub(super) fn hangs_on(&self) -> Option<&String> {
        (self.met() == Met::Unread).then_some(&self.unread_at)
    }

    /// What it comes to.
    pub(super) fn fact(&self) -> (Fact, Met) {
        let met = self.met();
        let fact = Fact {
            property: self.expectation.property.clone().unwrap_or_default(),
            expected: self.expectation.to_string(),
            found: self.line(met),
            met: met == Met::Yes,
            rows: Some(self.rows()),
            rows_met: Some(self.passes),
        };
        (fact, met)
    }

    /// What was found, in one line: of one row its value, of several how many are as they should be, or are not, and the first
    /// of these.
    fn line(&self, met: Met) -> String {
        if let (1, [(_, only)]) = (self.rows(), self.first.as_slice()) {
            return if met == Met::Yes { only.found.clone() } else { only.shown() };
        }
        if self.rows() == 0 {
            return String::new();
        }
        let failing = if met == Met::Yes { &[] } else { self.failing() };
        // Behind a colon stand those that were counted; where too few pass, behind a semicolon the others.
        let (counted, sign, kinds): (u64, _, &[Judgement]) = match failing {
            [] if met == Met::Yes => (self.passes, ": ", &[Passes]),
            [] => (self.passes, "; ", &[Fails, NotJudged, Unread]),
            _ => (failing.iter().map(|kind| self.count(*kind)).sum(), ": ", failing),
        };
        let shown = self.first.iter().filter(|(kind, _)| kinds.contains(kind));
        // Who fails is named; of the others it is enough what they have.
        let named = |row: &Shown| if failing.is_empty() { row.found.clone() } else { row.shown() };
        let mut parts: Vec<String> = shown.map(|(_, row)| named(row)).collect();
        let of_kinds: u64 = kinds.iter().map(|kind| self.count(*kind)).sum();
        if parts.len() > NAMED || of_kinds > parts.len() as u64 {
            parts.truncate(NAMED);
            parts.push("…".to_owned());
        }
        let sign = if parts.is_empty() { "" } else { sign };
        shortened(&format!("{counted} of {} rows{sign}{}", self.rows(), parts.join("; ")))
    }
}

impl Shown {
    fn shown(&self) -> String {
        match &self.key {
            Some(key) => format!("{key}: {}", self.found),
            None => self.found.clone(),
        }
    }
}

/// What a row has for an expectation, in one line, with what stands in the properties that it is held against.
pub(super) fn found(test: &Test, row: &Value, member: Member<'_>, answer: Judgement) -> String {
    let beside = |operand: &Operand| match operand {
        Operand::Property(path) => Some(format!(" ({path}: {})", shown(row.member(path), answer))),
        Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) | Operand::Input(_) => None,
    };
    let beside: String = test.operands().iter().filter_map(beside).collect();
    shortened(&(shown(member, answer) + &beside))
}

fn shown(member: Member<'_>, answer: Judgement) -> String {
    match member {
        // Else nobody would see why what is shown as the very text is not that text.
        Member::Here(Value::Object(object)) if answer == NotJudged && !object.text.is_empty() => {
            format!("{} [{}]", object.text, object.type_names.first().map_or("", String::as_str))
        }
        Member::Here(value) => value.display(),
        Member::Absent => "—".to_owned(),
        Member::Unread => Value::Unread.display(),
    }
}

/// As much of a text as is kept.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(FOUND_KEPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
