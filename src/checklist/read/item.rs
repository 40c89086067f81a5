//! One value of the file and one table of it, read by the word: what is missing or of the wrong type is reported here.

use std::ops::Range;
use std::str::FromStr;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::source::{Nearest, ReportedMistake, SourceText};
use crate::checklist::mistake::{
    ExpectedForm, Fault, ReferenceKind, Senseless, TablePlace, TextForm, Unfit, ValueType, Word,
};
use crate::checklist::{Lang, Localized, Pattern, Span};
use crate::sanitize::acts;

/// A command of more bytes may have more lines than a screen can count, and would be confirmed before its end was seen.
const COMMAND_MAX: usize = 60_000;

/// A value with the key that it stands under.
#[derive(Clone)]
pub(crate) struct Item<'a> {
    pub(super) source: &'a SourceText<'a>,
    pub key: Word,
    pub place: TablePlace,
    pub value: &'a DeValue<'a>,
    pub bytes: Range<usize>,
}

/// A table whose keys are all known; those that are not were reported.
pub(crate) struct Fields<'a> {
    pub(super) source: &'a SourceText<'a>,
    /// Where it stands, unless it is the file as a whole.
    pub bytes: Option<Range<usize>>,
    table: &'a DeTable<'a>,
    place: TablePlace,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        source: &'a SourceText<'a>,
        table: &'a DeTable<'a>,
        place: TablePlace,
        bytes: Option<Range<usize>>,
        known: &[Word],
    ) -> Self {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let what = Fault::UnknownKey { key: name.as_ref().to_owned(), place, known: known.to_vec() };
            source.report(Some(key.span()), what).meaning(Nearest::among(name, known));
        }
        Self { source, bytes, table, place }
    }

    /// The value of a key that may be left out.
    pub(crate) fn optional(&self, key: Word) -> Option<Item<'a>> {
        self.table.get(key).map(|value| Item::new(self.source, key, self.place, value))
    }

    /// The value of a key that must be there.
    pub(super) fn required(&self, key: Word) -> Option<Item<'a>> {
        let item = self.optional(key);
        if item.is_none() {
            self.source.report(self.bytes.clone(), Fault::Missing { key, place: self.place });
        }
        item
    }

    /// A key that has no sense here.
    pub(super) fn refuse(&self, key: Word, why: Senseless) {
        if let Some(item) = self.optional(key) {
            item.report(Fault::Senseless { key, place: self.place, why });
        }
    }

    pub(super) fn addresses(&self, key: Word) -> Vec<String> {
        let addresses = self.optional(key).and_then(|item| item.list());
        addresses.into_iter().flatten().filter_map(|item| item.address()).collect()
    }

    /// The tables of an array of tables, each with its keys.
    pub(super) fn tables(&self, key: Word, place: TablePlace, known: &[Word]) -> Vec<Self> {
        let Some(item) = self.optional(key) else { return Vec::new() };
        let DeValue::Array(items) = item.value else {
            item.wrong(ExpectedForm::Tables(place));
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|value| Item::new(self.source, key, self.place, value).table(place, known))
            .collect()
    }
}

impl<'a> Item<'a> {
    pub(super) fn new(
        source: &'a SourceText<'a>,
        key: Word,
        place: TablePlace,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Self {
        Self { source, key, place, value: value.get_ref(), bytes: value.span() }
    }

    pub(super) fn report(&self, what: Fault) -> ReportedMistake<'a> {
        self.source.report(Some(self.bytes.clone()), what)
    }

    /// Reports a value of the wrong type.
    pub(super) fn wrong(&self, wanted: ExpectedForm) {
        let found = match self.value {
            DeValue::String(_) => ValueType::Text,
            DeValue::Integer(_) => ValueType::WholeNumber,
            DeValue::Float(_) => ValueType::Number,
            DeValue::Boolean(_) => ValueType::Boolean,
            DeValue::Datetime(_) => ValueType::Time,
            DeValue::Array(_) => ValueType::List,
            DeValue::Table(_) => ValueType::Table,
        };
        self.report(Fault::WrongType { key: self.key, place: self.place, found, wanted });
    }

    fn unfit(&self, how: Unfit) {
        self.report(Fault::Unfit { key: self.key, place: self.place, how });
    }

    /// Reports a text that is not what it should be.
    pub(super) fn is_not(&self, text: &str, what: TextForm) {
        self.report(Fault::IsNot { text: text.to_owned(), what });
    }

    /// A table, with its name in messages and the keys that it may have.
    pub(crate) fn table(&self, place: TablePlace, known: &[Word]) -> Option<Fields<'a>> {
        let DeValue::Table(table) = self.value else {
            self.wrong(ExpectedForm::Table(place));
            return None;
        };
        Some(Fields::new(self.source, table, place, Some(self.bytes.clone()), known))
    }

    /// A text that is not blank.
    pub(crate) fn text(&self) -> Option<&'a str> {
        let DeValue::String(text) = self.value else {
            self.wrong(ExpectedForm::Text);
            return None;
        };
        if text.trim().is_empty() {
            self.unfit(Unfit::Blank);
            return None;
        }
        Some(text)
    }

    /// A text of one line.
    pub(super) fn line(&self) -> Option<&'a str> {
        let text = self.text()?;
        if text.chars().any(char::is_control) || text.trim() != text {
            self.unfit(Unfit::NotOnePlainLine);
            return None;
        }
        Some(text)
    }

    /// A command or a script: what the operator sees of it must be all there is.
    pub(super) fn command(&self) -> Option<&'a str> {
        let text = self.text()?;
        // Line breaks and tabs are laid out as they are. The joiners and the signs' variants, which other texts need, do
        // nothing in a command but hide.
        let laid_out = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}');
        let joins = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
        let hides = |c: &char| (acts(*c) && !laid_out(*c)) || joins(*c);
        if let Some(c) = text.chars().find(hides) {
            self.unfit(Unfit::Invisible(c));
            return None;
        }
        Some(text)
    }

    /// A command that may be confirmed: no longer than can be read before.
    pub(super) fn command_to_read(&self) -> Option<&'a str> {
        let command = self.command()?;
        if command.len() > COMMAND_MAX {
            self.unfit(Unfit::TooLong);
            return None;
        }
        Some(command)
    }

    /// Lower-case words joined by `joint`.
    pub(super) fn id(&self, joint: char) -> Option<&'a str> {
        let text = self.text()?;
        let word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        let fits = text.len() <= 64
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.split(joint).all(word);
        if fits {
            return Some(text);
        }
        self.is_not(text, if joint == '-' { TextForm::HyphenName } else { TextForm::UnderscoreName });
        None
    }

    pub(crate) fn boolean(&self) -> Option<bool> {
        let value = self.value.as_bool();
        if value.is_none() {
            self.wrong(ExpectedForm::Boolean);
        }
        value
    }

    pub(super) fn integer(&self) -> Option<i64> {
        let DeValue::Integer(integer) = self.value else {
            self.wrong(ExpectedForm::WholeNumber);
            return None;
        };
        let value = whole(integer);
        if value.is_none() {
            self.unfit(Unfit::TooLarge);
        }
        value
    }

    /// A number as PowerShell would compare it.
    #[expect(clippy::cast_precision_loss, reason = "numbers beyond 2^53 are refused just before")]
    pub(super) fn number(&self) -> Option<f64> {
        let value = match self.value {
            DeValue::Integer(integer) => {
                whole(integer).filter(|value| value.unsigned_abs() <= 1 << 53).map(|value| value as f64)
            }
            DeValue::Float(float) => {
                float.as_str().replace('_', "").parse().ok().filter(|f: &f64| f.is_finite())
            }
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        };
        if value.is_none() {
            self.wrong(ExpectedForm::Number);
        }
        value
    }

    /// One of the words of the format.
    pub(crate) fn word<T: Copy>(&self, words: &[(Word, T)]) -> Option<T> {
        let text = self.text()?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<Word> = words.iter().map(|(word, _)| *word).collect();
            let nearest = Nearest::among(text, &known);
            let what = Fault::UnknownWord { word: text.to_owned(), key: self.key, place: self.place, known };
            self.report(what).meaning(nearest);
        }
        found
    }

    /// A name that must be one of `known`, such as an input's or a step's.
    pub(super) fn name_of(&self, what: ReferenceKind, known: &[&str]) -> Option<&'a str> {
        let text = self.text()?;
        if known.contains(&text) {
            return Some(text);
        }
        let nearest =
            if self.source.is_hopeless() { Nearest::among("", &[]) } else { Nearest::among(text, known) };
        self.report(Fault::Unknown { what, name: text.to_owned() }).meaning(nearest);
        None
    }

    /// A length of time that is not zero.
    pub(super) fn span(&self) -> Option<Duration> {
        self.lasting(TextForm::Span, |Span(span)| *span).map(|Span(span)| span)
    }

    /// A text of that form that tells a length of time, and not none.
    pub(super) fn lasting<T: FromStr>(&self, form: TextForm, length: impl Fn(&T) -> Duration) -> Option<T> {
        let DeValue::String(text) = self.value else {
            self.wrong(ExpectedForm::Span);
            return None;
        };
        match text.parse::<T>() {
            Ok(read) if !length(&read).is_zero() => return Some(read),
            Ok(_) => self.unfit(Unfit::NoTime),
            Err(_) => self.is_not(text, form),
        }
        None
    }

    pub(super) fn pattern(&self) -> Option<Pattern> {
        let source = self.text()?;
        match Pattern::new(source) {
            Ok(pattern) => Some(pattern),
            Err(why) => {
                self.report(Fault::NotAPattern { text: source.to_owned(), why });
                None
            }
        }
    }

    /// The address of a page.
    pub(super) fn address(&self) -> Option<String> {
        let text = self.line()?;
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        if rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace)) {
            return Some(text.to_owned());
        }
        self.is_not(text, TextForm::Address);
        None
    }

    /// A text in English alone, or a table of texts by language.
    pub(super) fn localized(&self) -> Option<Localized> {
        let DeValue::Table(table) = self.value else {
            if matches!(self.value, DeValue::String(_)) {
                return Some(Localized { en: self.text()?.to_owned(), es: None, fr: None });
            }
            self.wrong(ExpectedForm::Localized);
            return None;
        };
        let codes = Lang::ALL.map(Lang::code);
        for key in table.keys().filter(|key| !codes.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let nearest = Nearest::among(name, &codes);
            let (key_of, place, known) = (self.key, self.place, codes.to_vec());
            let what = Fault::UnknownLanguage { code: name.as_ref().to_owned(), key: key_of, place, known };
            self.source.report(Some(key.span()), what).meaning(nearest);
        }
        let text = |lang: Lang| {
            let item = Item::new(self.source, self.key, self.place, table.get(lang.code())?);
            item.text().map(str::to_owned)
        };
        if !table.contains_key(Lang::En.code()) {
            self.report(Fault::NoEnglish { key: self.key, place: self.place });
        }
        let (en, es, fr) = (text(Lang::En), text(Lang::Es), text(Lang::Fr));
        Some(Localized { en: en?, es, fr })
    }

    /// The items of a list.
    pub(super) fn list(&self) -> Option<Vec<Self>> {
        let DeValue::Array(items) = self.value else {
            self.wrong(ExpectedForm::List);
            return None;
        };
        Some(items.iter().map(|value| Item::new(self.source, self.key, self.place, value)).collect())
    }

    /// The items of a list that has at least one.
    pub(super) fn filled_list(&self) -> Option<Vec<Self>> {
        let items = self.list()?;
        if items.is_empty() {
            self.unfit(Unfit::EmptyList);
            return None;
        }
        Some(items)
    }
}

fn whole(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}
