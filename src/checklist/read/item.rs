//! One value of the file and one table of it, read by the word: what is missing or of the wrong type is reported here.

use std::time::Duration;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::source::{Nearest, ReportedMistake, SourceText};
use crate::checklist::{Lang, Localized, Pattern, Span};
use crate::sanitize::acts;

/// A value with the key that it stands under.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub source: &'a SourceText<'a>,
    pub key: &'a str,
    pub place: &'a str,
    pub value: &'a DeValue<'a>,
    pub at: usize,
}

/// A table whose keys are all known; those that are not were reported.
pub(super) struct Fields<'a> {
    pub source: &'a SourceText<'a>,
    pub at: usize,
    table: &'a DeTable<'a>,
    place: &'a str,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        source: &'a SourceText<'a>,
        table: &'a DeTable<'a>,
        place: &'a str,
        at: usize,
        known: &[&'static str],
    ) -> Self {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let what = format!("unknown key \"{}\" in {place}", name.escape_debug());
            super::one_of(source, key.span().start, what, name, known);
        }
        Self { source, at, table, place }
    }

    /// The value of a key that may be left out.
    pub(super) fn optional(&self, key: &'a str) -> Option<Item<'a>> {
        self.table.get(key).map(|value| Item::new(self.source, key, self.place, value))
    }

    /// The value of a key that must be there.
    pub(super) fn required(&self, key: &'a str) -> Option<Item<'a>> {
        let item = self.optional(key);
        if item.is_none() {
            self.source.report(self.at, format!("\"{key}\" is missing in {}", self.place));
        }
        item
    }

    /// A key that has no sense here.
    pub(super) fn refuse(&self, key: &'a str, why: &str) {
        if let Some(item) = self.optional(key) {
            item.report(format!("\"{key}\" in {} has no sense: {why}", self.place));
        }
    }

    pub(super) fn addresses(&self, key: &'a str) -> Vec<String> {
        let addresses = self.optional(key).and_then(|item| item.list());
        addresses.into_iter().flatten().filter_map(|item| item.address()).collect()
    }

    /// The tables of an array of tables, each with its keys.
    pub(super) fn tables(&self, key: &'a str, place: &'a str, known: &'static [&'static str]) -> Vec<Self> {
        let Some(item) = self.optional(key) else { return Vec::new() };
        let DeValue::Array(items) = item.value else {
            item.wrong(&format!("an array of tables, each written {place}"));
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
        key: &'a str,
        place: &'a str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Self {
        Self { source, key, place, value: value.get_ref(), at: value.span().start }
    }

    pub(super) fn report(&self, what: String) -> ReportedMistake<'a> {
        self.source.report(self.at, what)
    }

    /// Reports a value of the wrong type.
    pub(super) fn wrong(&self, expected: &str) {
        let found = match self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.report(format!("\"{}\" in {} is {found}", self.key, self.place)).expecting(expected);
    }

    /// A table, with the name that it has in messages and the keys that it may have.
    pub(super) fn table(&self, place: &'a str, known: &[&'static str]) -> Option<Fields<'a>> {
        let DeValue::Table(table) = self.value else {
            self.wrong(&format!("a table, {place}"));
            return None;
        };
        Some(Fields::new(self.source, table, place, self.at, known))
    }

    /// A text that is not blank.
    pub(super) fn text(&self) -> Option<&'a str> {
        let DeValue::String(text) = self.value else {
            self.wrong("a text in quotation marks");
            return None;
        };
        if text.trim().is_empty() {
            self.report(format!("\"{}\" in {} is empty", self.key, self.place)).expecting("a text");
            return None;
        }
        Some(text)
    }

    /// A text of one line.
    pub(super) fn line(&self) -> Option<&'a str> {
        let text = self.text()?;
        if text.chars().any(char::is_control) || text.trim() != text {
            let what = format!("\"{}\" in {} is more than one plain line", self.key, self.place);
            self.report(what).expecting("one line without control characters or outer spaces");
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
            let code = u32::from(c);
            self.report(format!(
                "\"{}\" in {} holds the invisible character U+{code:04X}",
                self.key, self.place
            ))
            .expecting("visible text: a command runs as it is seen");
            return None;
        }
        Some(text)
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
        let name = if joint == '-' { "hyphens" } else { "underscores" };
        self.report(format!("\"{}\" is not a name", text.escape_debug())).expecting(format!(
            "lower-case words (a-z, 0-9) joined by {name}, a letter first, 64 characters at the most"
        ));
        None
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        let value = self.value.as_bool();
        if value.is_none() {
            self.wrong("true or false");
        }
        value
    }

    pub(super) fn integer(&self) -> Option<i64> {
        let DeValue::Integer(integer) = self.value else {
            self.wrong("a whole number");
            return None;
        };
        let value = whole(integer);
        if value.is_none() {
            self.report(format!("\"{}\" in {} is too large", self.key, self.place))
                .expecting("a whole number of 64 bits");
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
            self.wrong("a number, up to 2^53");
        }
        value
    }

    /// One of the words of the format.
    pub(super) fn word<T: Copy>(&self, words: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let what =
                format!("unknown word \"{}\" for \"{}\" in {}", text.escape_debug(), self.key, self.place);
            super::one_of(self.source, self.at, what, text, &known);
        }
        found
    }

    /// A name that must be one of `known`, such as an input's or a step's.
    pub(super) fn name_of(&self, what: &str, known: &[&str]) -> Option<&'a str> {
        let text = self.text()?;
        if known.contains(&text) {
            return Some(text);
        }
        let nearest =
            if self.source.is_hopeless() { Nearest::among("", &[]) } else { Nearest::among(text, known) };
        self.report(format!("there is no {what} \"{}\"", text.escape_debug())).meaning(nearest);
        None
    }

    /// A length of time that is not zero.
    pub(super) fn span(&self) -> Option<Duration> {
        let DeValue::String(text) = self.value else {
            self.wrong("a length of time in quotation marks, such as \"30m\"");
            return None;
        };
        match text.parse::<Span>() {
            Ok(Span(span)) if !span.is_zero() => Some(span),
            Ok(Span(_)) => {
                self.report(format!("\"{}\" in {} is no time at all", self.key, self.place))
                    .expecting("\"1s\" or more");
                None
            }
            Err(expected) => {
                self.report(format!("\"{}\" is not a length of time", text.escape_debug()))
                    .expecting(expected);
                None
            }
        }
    }

    pub(super) fn pattern(&self) -> Option<Pattern> {
        let source = self.text()?;
        match Pattern::new(source) {
            Ok(pattern) => Some(pattern),
            Err(why) => {
                self.report(format!("\"{}\" is not a regular expression: {why}", source.escape_debug()));
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
        self.report(format!("\"{}\" is not an address", text.escape_debug())).expecting("https://…");
        None
    }

    /// A text in English alone, or a table of texts by language.
    pub(super) fn localized(&self) -> Option<Localized> {
        let DeValue::Table(table) = self.value else {
            if matches!(self.value, DeValue::String(_)) {
                return Some(Localized { en: self.text()?.to_owned(), es: None, fr: None });
            }
            self.wrong("a text, or a table of texts such as { en = \"…\", es = \"…\", fr = \"…\" }");
            return None;
        };
        let codes = Lang::ALL.map(Lang::code);
        for key in table.keys().filter(|key| !codes.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let what =
                format!("unknown language \"{}\" in \"{}\" of {}", name.escape_debug(), self.key, self.place);
            super::one_of(self.source, key.span().start, what, name, &codes);
        }
        let text = |lang: Lang| {
            let item = Item::new(self.source, self.key, self.place, table.get(lang.code())?);
            item.text().map(str::to_owned)
        };
        if !table.contains_key(Lang::En.code()) {
            let what = format!("the English text (en) of \"{}\" in {} is missing", self.key, self.place);
            self.report(what);
        }
        let (en, es, fr) = (text(Lang::En), text(Lang::Es), text(Lang::Fr));
        Some(Localized { en: en?, es, fr })
    }

    /// The items of a list.
    pub(super) fn list(&self) -> Option<Vec<Self>> {
        let DeValue::Array(items) = self.value else {
            self.wrong("a list in square brackets");
            return None;
        };
        Some(items.iter().map(|value| Item::new(self.source, self.key, self.place, value)).collect())
    }

    /// The items of a list that has at least one.
    pub(super) fn filled_list(&self) -> Option<Vec<Self>> {
        let items = self.list()?;
        if items.is_empty() {
            self.report(format!("\"{}\" in {} is an empty list", self.key, self.place))
                .expecting("at least one");
            return None;
        }
        Some(items)
    }
}

fn whole(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}
