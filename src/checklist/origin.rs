//! The page that a checklist comes from.

use super::Localized;

/// `[source]`: the page that a checklist comes from, for whoever holds the one against the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub title: Localized,
    /// `page`: its address.
    pub page: String,
    /// `id`: by which whoever publishes it knows it.
    pub id: Option<String>,
    /// `revision`: which of its versions was taken.
    pub revision: Option<String>,
    /// `note`: what has become of what it describes.
    pub note: Option<Localized>,
}
