//! The names that a check must speak of, and of which its rows do.

use std::collections::HashMap;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::tally::shortened;
use super::{Fact, Failure, is_zero};
use crate::checklist::{Check, Covers};
use crate::run::value::folded;

/// How many of the names that are missing a finding keeps.
pub const MISSING_KEPT: usize = 1_000;
/// How many of them the line of a fact names.
const NAMED: usize = 5;

/// The names that a check must speak of, as they are when it starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ToCover {
    /// It covers nothing.
    #[default]
    Nothing,
    Names(Vec<String>),
    /// A row of the step that they come from has something else for this property.
    Unread {
        property: String,
    },
}

/// Of which of the names that a check must speak of its rows do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// How many names there are, each counted once.
    pub names: u64,
    /// How many of them a row speaks of.
    pub spoken: u64,
    /// The others, the first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingName>,
    /// How many more are missing.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_missing: u64,
    /// How many times a name was given again.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub doubles: u64,
}

/// A name that no row speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingName {
    pub name: String,
    /// A row that is nearly of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
    /// What an error said that was about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What the rows so far speak of. Its memory grows with the names, and not with the rows.
#[derive(Clone, Debug)]
pub(super) struct Cover {
    /// The place of each name, by what it is compared by.
    places: HashMap<String, usize>,
    names: Vec<Name>,
    /// The first labels of the names, each with the first row that begins with it and is of no name.
    labels: HashMap<String, Option<String>>,
    spoken: u64,
    doubles: u64,
}

#[derive(Clone, Debug)]
struct Name {
    written: String,
    is_spoken: bool,
    /// The first row that differs by a final dot alone.
    near: Option<String>,
}

impl Cover {
    pub(super) fn of(names: &[String]) -> Self {
        let mut cover =
            Self { places: HashMap::new(), names: Vec::new(), labels: HashMap::new(), spoken: 0, doubles: 0 };
        for name in names.iter().map(|name| name.trim()) {
            let folded = folded(name);
            if cover.places.contains_key(&folded) {
                cover.doubles += 1;
                continue;
            }
            cover.labels.extend(label(&folded).map(|label| (label.to_owned(), None)));
            cover.places.insert(folded, cover.names.len());
            cover.names.push(Name { written: name.to_owned(), is_spoken: false, near: None });
        }
        cover
    }

    /// A row of that name, good or bad.
    pub(super) fn row(&mut self, name: &str) {
        let own = folded(name);
        if let Some(named) = self.named(&own) {
            let is_first = !std::mem::replace(&mut named.is_spoken, true);
            self.spoken += u64::from(is_first);
            return;
        }
        let other = own.strip_suffix('.').map_or_else(|| format!("{own}."), str::to_owned);
        if let Some(named) = self.named(&other) {
            named.near.get_or_insert_with(|| shortened(name));
        }
        if let Some(near) = label(&own).and_then(|label| self.labels.get_mut(label)) {
            near.get_or_insert_with(|| shortened(name));
        }
    }

    fn named(&mut self, folded: &str) -> Option<&mut Name> {
        self.names.get_mut(*self.places.get(folded)?)
    }

    /// What came of it; `failures` are the errors of the check.
    pub(super) fn found(&self, failures: &[Failure]) -> Coverage {
        let mut errors: HashMap<String, &Failure> = HashMap::new();
        for failure in failures.iter().filter(|failure| !failure.message.is_empty()) {
            errors.entry(folded(failure.target.trim())).or_insert(failure);
        }
        let missing = self.names.iter().filter(|name| !name.is_spoken);
        let missing = missing.take(MISSING_KEPT).map(|Name { written, near, .. }| {
            let folded = folded(written);
            let by_label = || label(&folded).and_then(|label| self.labels.get(label)?.clone());
            MissingName {
                name: shortened(written),
                near: near.clone().or_else(by_label),
                error: errors.get(&folded).map(|failure| shortened(&failure.message)),
            }
        });
        let (names, missing) = (self.names.len() as u64, missing.collect::<Vec<_>>());
        Coverage {
            names,
            spoken: self.spoken,
            more_missing: names - self.spoken - missing.len() as u64,
            missing,
            doubles: self.doubles,
        }
    }
}

impl Coverage {
    /// Whether a row speaks of each of the names.
    pub const fn is_whole(&self) -> bool {
        self.names == self.spoken
    }

    /// The same as evidence, beside what each expectation came to.
    pub(super) fn fact(&self, check: &Check, covers: &Covers) -> Fact {
        let mut found = format!("{} of {}", self.spoken, self.names);
        if !self.is_whole() {
            let mut named: Vec<&str> = self.missing.iter().map(|missing| missing.name.as_str()).collect();
            if self.names - self.spoken > NAMED as u64 {
                named.truncate(NAMED);
                named.push("…");
            }
            found = format!("{found}; missing: {}", named.join(", "));
        }
        if self.doubles > 0 {
            found = format!("{found}; given again: {}", self.doubles);
        }
        Fact {
            property: check.key.clone().unwrap_or_default(),
            expected: covers.to_string(),
            found,
            met: self.is_whole() && self.names > 0,
            rows: None,
            rows_met: None,
        }
    }
}

/// What a name of a host begins with; the first part of an address of numbers tells nothing.
fn label(name: &str) -> Option<&str> {
    let label = name.split('.').next()?;
    let is_of_host = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    (is_of_host && !label.is_empty() && name.parse::<Ipv4Addr>().is_err()).then_some(label)
}
