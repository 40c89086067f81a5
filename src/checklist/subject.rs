//! What the work of a checklist is done to, and where that is found.

use super::Changes;

/// `subject` of `[[step]]`: what its check finds is what later steps act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The word: what changes of this scope are made to. Never the session.
    pub scope: Changes,
    /// The property that is its name.
    pub name: String,
    /// `id`: the property that tells two of the same name apart; without it the name does.
    pub id: Option<String>,
}

impl Subject {
    /// The property that tells two subjects apart.
    pub(crate) fn id_path(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }
}
