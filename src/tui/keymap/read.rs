//! Key maps as files: the built-in one, and a person's own, whose rows take the place of its.

use serde::Deserialize;
use toml::Spanned;

use super::mistake::{KeymapMistake, Place};
use super::{Action, Key, KeyBinding, KeyContext, KeyMap, Keys, Shown, edit};
use crate::checklist::{Lang, Localized};
use crate::tui::field::Edit;

const BUILT_IN: &str = include_str!("../../../assets/keymap.toml");
const BUILT_IN_NAME: &str = "assets/keymap.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    key: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    context: KeyContext,
    keys: RowKeys,
    action: Action,
    shown: Option<Shown>,
    label: Option<Label>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RowKeys {
    InEveryLanguage(Vec<String>),
    Of { en: Vec<String>, es: Vec<String>, fr: Vec<String> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    en: String,
    es: Option<String>,
    fr: Option<String>,
}

impl KeyMap {
    /// The keys of the program.
    pub fn built_in() -> Self {
        let mut map = Self { rows: Vec::new() };
        // That it can be read is for a test to say.
        let _ = map.take(BUILT_IN_NAME, BUILT_IN, Whose::Ours);
        map
    }

    /// The same with the rows of a person's file, which is called `name`.
    ///
    /// # Errors
    /// What is wrong in it.
    pub fn with(name: &str, text: &str) -> Result<Self, KeymapMistake> {
        let mut map = Self::built_in();
        map.take(name, text, Whose::Theirs)?;
        map.clashes()?;
        Ok(map)
    }

    fn take(&mut self, name: &str, text: &str, whose: Whose) -> Result<(), KeymapMistake> {
        let file: File = toml::from_str(text).map_err(|error| KeymapMistake::wrong(name, &error))?;
        let mut taken: Vec<(KeyContext, Action, Place)> = Vec::new();
        let ends: Vec<usize> = text.match_indices('\n').map(|(end, _)| end).collect();
        for row in file.key {
            let begins = row.span().start;
            let place = Place::new(name, ends.partition_point(|end| *end < begins) + 1);
            let Row { context, keys, action, shown, label } = row.into_inner();
            if let Some((.., first)) = taken.iter().find(|(c, a, _)| (*c, *a) == (context, action)) {
                return Err(KeymapMistake::Twice(first.clone(), place));
            }
            taken.push((context, action, place.clone()));
            let keys = keys.read(context, action, &place)?;
            let label = label.map(|Label { en, es, fr }| Localized { en, es, fr });
            match (self.rows.iter_mut().find(|row| (row.context, row.action) == (context, action)), whose) {
                (Some(row), _) => {
                    row.keys = keys;
                    row.place = place;
                    row.shown = shown.unwrap_or(row.shown);
                    row.label = label.unwrap_or_else(|| std::mem::take(&mut row.label));
                }
                (None, Whose::Ours) => self.rows.push(KeyBinding {
                    context,
                    keys,
                    action,
                    label: label.unwrap_or_default(),
                    shown: shown.unwrap_or(Shown::Help),
                    place,
                }),
                (None, Whose::Theirs) => return Err(KeymapMistake::NoSuchRow(place)),
            }
        }
        Ok(())
    }

    /// That no key means two things in one place.
    pub(super) fn clashes(&self) -> Result<(), KeymapMistake> {
        for (position, row) in self.rows.iter().enumerate() {
            let others = self.rows.iter().skip(position + 1).filter(|other| other.context == row.context);
            for (other, lang) in others.flat_map(|other| Lang::ALL.map(|lang| (other, lang))) {
                let both = |key: &&Key| other.keys.of(lang).contains(key);
                if let Some(key) = row.keys.of(lang).iter().find(both) {
                    return Err(KeymapMistake::Clash(row.place.clone(), other.place.clone(), *key));
                }
            }
        }
        Ok(())
    }
}

/// Whose file it is.
#[derive(Clone, Copy)]
enum Whose {
    Ours,
    Theirs,
}

impl RowKeys {
    fn read(self, context: KeyContext, action: Action, place: &Place) -> Result<Keys, KeymapMistake> {
        let read = |names: Vec<String>| -> Result<Vec<Key>, KeymapMistake> {
            // Who is there must come out again, and stop what runs.
            if names.is_empty() && matches!(action, Action::Quit | Action::Close | Action::Stop) {
                return Err(KeymapMistake::NoWayOut(place.clone()));
            }
            names.into_iter().map(|name| key(&name, context, place)).collect()
        };
        Ok(match self {
            Self::InEveryLanguage(names) => Keys::InEveryLanguage(read(names)?),
            Self::Of { en, es, fr } => Keys::Of { en: read(en)?, es: read(es)?, fr: read(fr)? },
        })
    }
}

/// The key of that name, where it takes nothing away that is typed there.
fn key(name: &str, context: KeyContext, place: &Place) -> Result<Key, KeymapMistake> {
    let alt = |part: &str| ["alt", "altgr"].iter().any(|alt| part.eq_ignore_ascii_case(alt));
    let mut parts = name.split('+');
    let last = parts.next_back();
    if parts.any(alt) || last.is_some_and(alt) {
        return Err(KeymapMistake::AltGr(place.clone(), name.to_owned()));
    }
    let key =
        super::names::named(name).ok_or_else(|| KeymapMistake::NoSuchKey(place.clone(), name.to_owned()))?;
    let Some(change) = edit(key) else { return Ok(key) };
    let takes_what_is_typed = match (context, change) {
        (
            KeyContext::Form
            | KeyContext::Confirming
            | KeyContext::Changing
            | KeyContext::Searching
            | KeyContext::Jumping
            | KeyContext::Naming
            | KeyContext::Filtering,
            _,
        ) => true,
        // A letter chooses there, and may be of a password where there is no room to show its field.
        (KeyContext::Choice | KeyContext::SmallAtWork, Edit::Insert(c)) => c != ' ',
        (
            KeyContext::Choose
            | KeyContext::Steps
            | KeyContext::Busy
            | KeyContext::Looking
            | KeyContext::Rows
            | KeyContext::Gate
            | KeyContext::Rechecking
            | KeyContext::Reading
            | KeyContext::Sealed
            | KeyContext::Choosing
            | KeyContext::Choice
            | KeyContext::Question
            | KeyContext::Halted
            | KeyContext::Help
            | KeyContext::Small
            | KeyContext::SmallAtWork,
            _,
        ) => false,
    };
    if takes_what_is_typed {
        return Err(KeymapMistake::TypedThere(place.clone(), name.to_owned()));
    }
    Ok(key)
}
