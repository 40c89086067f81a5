//! Where in a checklist file a warning points to.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::concern::{Concern, ConcernedPart, RowSource, SideEffect, Warning};
use super::explain::CommandPurpose;
use super::mistake::FilePlace;
use super::uses::is_word;
use super::{Lang, StepId};

/// A file that was read as a checklist, for the places in it.
pub(crate) struct Places<'a> {
    text: &'a str,
    root: DeTable<'a>,
    inputs: HashMap<String, usize>,
    steps: HashMap<String, usize>,
}

impl<'a> Places<'a> {
    pub(crate) fn of(file: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(file).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let root = DeTable::parse(text).ok()?.into_inner();
        let (inputs, steps) = (by_id(&root, "input"), by_id(&root, "step"));
        Some(Self { text, root, inputs, steps })
    }

    /// Where these bytes begin.
    pub(crate) fn of_bytes(&self, bytes: &Range<usize>) -> FilePlace {
        FilePlace::of(self.text, bytes.start)
    }

    /// The bytes that a warning is about, a byte order mark not counted.
    pub(crate) fn find(&self, warning: &Warning) -> Option<Range<usize>> {
        match (&warning.about, &warning.what) {
            (_, Concern::UnusedInput(id)) => value(self.table("input", &self.inputs, id.as_str())?, "id"),
            (ConcernedPart::Checklist, what) => translated(&self.root, what),
            (ConcernedPart::Input(id), what) => {
                translated(self.table("input", &self.inputs, id.as_str())?, what)
            }
            (ConcernedPart::Step(id), Concern::NeverApplies(_)) => value(self.step(id)?, "when"),
            (ConcernedPart::Step(id), Concern::NoDocs) => value(self.step(id)?, "id"),
            (ConcernedPart::Step(id), what) => {
                translated(self.step(id)?, what).or_else(|| self.shared_say(id, what))
            }
            (ConcernedPart::Command(id, purpose), what) => {
                let part = match purpose {
                    CommandPurpose::Check => "check",
                    CommandPurpose::Apply(_) => "apply",
                };
                Some(self.narrowed(value(inner(self.step(id)?, part)?, "command")?, what))
            }
            (ConcernedPart::Handoff, what @ Concern::MissingTranslation { .. }) => {
                translated(inner(&self.root, "handoff")?, what)
            }
            (ConcernedPart::Handoff, what) => {
                Some(self.narrowed(value(inner(&self.root, "handoff")?, "script")?, what))
            }
        }
    }

    /// What a remedy of several steps, this among them, does not say in a language.
    fn shared_say(&self, id: &StepId, what: &Concern) -> Option<Range<usize>> {
        let Concern::MissingTranslation { lang, .. } = what else { return None };
        let remedies = self.root.get("remedy")?.get_ref().as_array()?.iter();
        let of_step = remedies.filter_map(|remedy| remedy.get_ref().as_table()).filter(|remedy| {
            let steps = remedy.get("steps").and_then(|steps| steps.get_ref().as_array());
            steps.into_iter().flatten().any(|step| step.get_ref().as_str() == Some(id.as_str()))
        });
        let mut says = of_step.filter_map(|remedy| remedy.get("say"));
        says.find(|say| !has(say.get_ref(), *lang)).map(Spanned::span)
    }

    fn step(&self, id: &StepId) -> Option<&DeTable<'a>> {
        self.table("step", &self.steps, id.as_str())
    }

    fn table(&self, key: &str, places: &HashMap<String, usize>, id: &str) -> Option<&DeTable<'a>> {
        self.root.get(key)?.get_ref().as_array()?.get(*places.get(id)?)?.get_ref().as_table()
    }

    /// The word of a command that a warning names, or else where the command begins.
    fn narrowed(&self, command: Range<usize>, what: &Concern) -> Range<usize> {
        let Some(written) = self.text.get(command.clone()) else { return command };
        let lower = written.to_ascii_lowercase();
        let word = words(what).into_iter().find_map(|word| {
            let at = whole(&lower, &word.to_ascii_lowercase())?;
            Some(command.start + at..command.start + at + word.len())
        });
        let quotes = |c: char| matches!(c, '"' | '\'') || c.is_whitespace();
        let begin = written.len() - written.trim_start_matches(quotes).len();
        word.unwrap_or(command.start + begin..command.end)
    }
}

/// The places of an array's tables, by their ids.
fn by_id(root: &DeTable<'_>, key: &str) -> HashMap<String, usize> {
    let items = root.get(key).and_then(|items| items.get_ref().as_array()).into_iter().flatten();
    let id = |item: &Spanned<DeValue<'_>>| Some(item.get_ref().get("id")?.get_ref().as_str()?.to_owned());
    items.enumerate().filter_map(|(place, item)| Some((id(item)?, place))).collect()
}

fn value(table: &DeTable<'_>, key: &str) -> Option<Range<usize>> {
    table.get(key).map(Spanned::span)
}

fn inner<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> Option<&'t DeTable<'a>> {
    table.get(key)?.get_ref().as_table()
}

/// The first of the texts that are missing in a language.
fn translated(table: &DeTable<'_>, what: &Concern) -> Option<Range<usize>> {
    let Concern::MissingTranslation { lang, texts } = what else { return None };
    match *texts.first()? {
        // Of the apply of a step, or of the source of the checklist.
        "note" => value(inner(table, "apply").or_else(|| inner(table, "source"))?, "note"),
        "statement" => value(inner(table, "attest")?, "statement"),
        "say" if table.contains_key("remedy") => {
            let remedies = table.get("remedy")?.get_ref().as_array()?.iter();
            let mut says = remedies.filter_map(|remedy| remedy.get_ref().as_table()?.get("say"));
            says.find(|say| !has(say.get_ref(), *lang)).map(Spanned::span)
        }
        key => value(table, key),
    }
}

fn has(text: &DeValue<'_>, lang: Lang) -> bool {
    text.as_table().is_some_and(|texts| texts.contains_key(lang.code()))
}

/// The words by which a warning can be found in a command, the surest first.
fn words(what: &Concern) -> Vec<String> {
    let variable = |name: &str| vec![format!("${name}"), format!("${{{name}"), name.to_owned()];
    match what {
        Concern::HiddenApply(SideEffect::Runs(name) | SideEffect::CallsMethod(name))
        | Concern::UnderstatedChange(SideEffect::Runs(name) | SideEffect::CallsMethod(name))
        | Concern::AlwaysMet(RowSource::Command(name)) => vec![name.clone()],
        Concern::UnseenWarning(name) => vec![(*name).to_owned()],
        Concern::Preference(name) => variable(name),
        Concern::BorrowedVariable { name, .. } | Concern::MisspeltInput { name, .. } => variable(name),
        Concern::PastedInput(input) | Concern::Uncovered(input) => variable(input.as_str()),
        Concern::Placeholder { written, .. } => vec![written.clone()],
        Concern::HiddenApply(_)
        | Concern::UnderstatedChange(_)
        | Concern::AlwaysMet(RowSource::Comparison)
        | Concern::HiddenError
        | Concern::HiddenWarning
        | Concern::NeverApplies(_)
        | Concern::UnusedInput(_)
        | Concern::MissingTranslation { .. }
        | Concern::NoDocs => Vec::new(),
    }
}

/// Where a word stands that is no part of a longer one.
fn whole(text: &str, word: &str) -> Option<usize> {
    let joins = |c: Option<char>| c.is_some_and(is_word);
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let (before, rest) = text.split_at_checked(*at).unwrap_or_default();
        let after = rest.strip_prefix(word).unwrap_or_default();
        let longer_before = joins(word.chars().next()) && joins(before.chars().next_back());
        let longer_after = joins(word.chars().next_back()) && joins(after.chars().next());
        !longer_before && !longer_after
    })
}
