//! What a check found to be the subject of the work: one, or nobody can tell whose the finding is.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::table::text_at;
use crate::checklist::{Changes, Subject};
use crate::run::value::{Value, is_same};
use crate::sanitize::acts;

/// How many of several are named.
const NAMED: usize = 5;

/// Of how many characters a name is that somebody may be asked to type.
const TYPED_MAX: usize = 60;

/// What the work is done to, as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundSubject {
    /// What changes of this scope are made to.
    pub scope: Changes,
    pub name: String,
    /// What tells it from another of the same name; the name where the checklist has nothing else.
    pub id: String,
}

impl FoundSubject {
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.scope == other.scope && is_same(&self.id, &other.id)
    }

    /// What is typed to confirm that it is meant: its name, or its id where nobody could type the name.
    pub(crate) fn to_type(&self) -> &str {
        let can_be_typed = self.name.chars().all(|c| !acts(c)) && self.name.chars().count() <= TYPED_MAX;
        if can_be_typed { &self.name } else { &self.id }
    }

    /// Whether this is its name, or its id, as somebody types it.
    pub(crate) fn is_named(&self, typed: &str) -> bool {
        let composed = |text: &str| text.trim().nfc().collect::<String>();
        let typed = composed(typed);
        [&self.name, &self.id].into_iter().any(|own| is_same(&composed(own), &typed))
    }
}

/// What the rows so far say of it.
#[derive(Clone, Debug, Default)]
pub(super) struct SubjectReader {
    of: Option<Subject>,
    /// The different ones, the first of them.
    found: Vec<FoundSubject>,
    /// A row says nothing of it.
    nameless: bool,
}

impl SubjectReader {
    pub(super) fn of(subject: Option<&Subject>) -> Self {
        Self { of: subject.cloned(), ..Self::default() }
    }

    pub(super) fn row(&mut self, row: &Value) {
        let Some(of) = self.of.as_ref().filter(|_| *row != Value::Null) else { return };
        let Some(id) = text_at(row, of.id_path()) else {
            self.nameless = true;
            return;
        };
        let name = text_at(row, &of.name).unwrap_or_else(|| id.clone());
        let found = FoundSubject { scope: of.scope, name, id };
        if self.found.len() < NAMED && !self.found.iter().any(|known| known.is(&found)) {
            self.found.push(found);
        }
    }

    /// The one that was found.
    pub(super) fn found(&self) -> Option<&FoundSubject> {
        match self.found.as_slice() {
            [one] if !self.nameless => Some(one),
            _ => None,
        }
    }

    /// The names, where the check should have found one subject and has not.
    pub(super) fn unclear(&self) -> Option<Vec<String>> {
        let names = || self.found.iter().map(|subject| subject.name.clone()).collect();
        (self.of.is_some() && self.found().is_none()).then(names)
    }
}
