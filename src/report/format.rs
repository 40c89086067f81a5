//! What an export looks like: the one list of formats.

use clap::ValueEnum;

use super::{Report, csv, html, json, junit, markdown};
use crate::text::Text;

/// The formats of an export; its documentation is the help of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// JSON.
    Json,
    /// One page of HTML, to read or to print.
    Html,
    /// A row for each fact.
    Csv,
    /// `JUnit` XML, as build servers read it.
    Junit,
}

impl Format {
    pub fn render(self, report: &Report, text: Text) -> String {
        match self {
            Self::Markdown => markdown(report, text),
            Self::Json => json(report),
            Self::Html => html(report, text),
            Self::Csv => csv(report, text),
            Self::Junit => junit(report, text),
        }
    }
}
