//! The page that a checklist comes from, as every face and export says it.

use serde::Serialize;

use crate::checklist::{Lang, Source};

/// The page that a checklist comes from.
#[derive(Clone, Debug, Serialize)]
pub struct SourceReport {
    pub title: String,
    /// Its address.
    pub page: String,
    /// By which whoever publishes it knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl SourceReport {
    pub(crate) fn new(source: &Source, lang: Lang) -> Self {
        Self {
            title: source.title.get(lang).to_owned(),
            page: source.page.clone(),
            id: source.id.clone(),
            revision: source.revision.clone(),
            note: source.note.as_ref().map(|note| note.get(lang).to_owned()),
        }
    }

    /// All of it in one line.
    pub(crate) fn line(&self) -> String {
        let Self { title, page, id, revision, note } = self;
        let parts = [Some(title), id.as_ref(), revision.as_ref(), Some(page), note.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
    }

    /// Every text of it.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let Self { title, page, id, revision, note } = self;
        [Some(title), Some(page), id.as_mut(), revision.as_mut(), note.as_mut()].into_iter().flatten()
    }
}
