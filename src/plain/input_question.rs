//! The question for an input, as lines: what is asked, its help, its choices by number, what Enter alone takes.

use super::bar::{BAR, barred};
use super::keys;
use super::out::Out;
use crate::checklist::{Arity, Input, InputValue, Need};
use crate::sanitize::escape_controls;
use crate::text::Text;

/// What is typed for nothing, where Enter alone takes a value.
const EMPTY: &str = "-";

/// An input that is asked for.
pub(crate) struct InputQuestion<'a> {
    input: &'a Input,
    /// What Enter alone takes: the value that it has, or the default.
    suggested: Option<String>,
    text: Text,
}

impl<'a> InputQuestion<'a> {
    pub(crate) fn new(input: &'a Input, value: Option<&InputValue>, text: Text) -> Self {
        let value = value.map(InputValue::joined).filter(|value| !value.is_empty());
        Self { input, suggested: value.or_else(|| input.default.clone()), text }
    }

    /// Asks for it: its help, its choices, and then the place to type.
    pub(crate) fn put(&self, out: &mut Out) {
        for line in self.lines() {
            out.row(&line);
        }
        out.text(&self.label());
    }

    /// What stands above the place to type.
    fn lines(&self) -> Vec<String> {
        let text = self.text;
        let help = self.input.help.as_ref().map(|help| help.get(text.lang()));
        let mut lines: Vec<String> = help.into_iter().flat_map(barred).collect();
        let choices = self.choices().iter().zip(1..);
        lines.extend(choices.map(|(choice, number)| format!("{BAR}{number}. {}", escape_controls(choice))));
        lines
    }

    /// What is asked, and what may be typed.
    fn label(&self) -> String {
        let text = self.text;
        let several = match self.input.arity {
            Arity::One => None,
            Arity::Many => Some(text.several_values()),
        };
        let may_stay_empty = match self.input.need {
            Need::Required => None,
            Need::Optional => Some(text.may_stay_empty()),
        };
        let suggested = self.suggested.as_ref().map(|value| {
            let number = self.choices().iter().position(|choice| choice == value);
            let value = escape_controls(value);
            let value = number.map_or_else(|| value.to_string(), |place| format!("{}. {value}", place + 1));
            let takes = text.key_does(text.name_enter(), value);
            let empties = text.key_does(EMPTY, text.plain_key_empty());
            match self.input.need {
                Need::Required => format!("[{takes}]"),
                Need::Optional => format!("[{takes}, {empties}]"),
            }
        });
        let ask = escape_controls(self.input.ask.get(text.lang())).into_owned();
        let parts = [Some(ask), several, may_stay_empty, suggested];
        format!("{BAR}{}: ", parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    /// The value that was typed, whether or not it fits.
    pub(crate) fn meant(&self, typed: &str) -> String {
        let typed = typed.trim();
        if let (EMPTY, Need::Optional, Some(_)) = (typed, self.input.need, &self.suggested) {
            return String::new();
        }
        if typed.is_empty() {
            return self.suggested.clone().unwrap_or_default();
        }
        let by_number = |part: &str| {
            let choices = self.choices();
            // One that is itself a choice is no number of another.
            let is_choice = choices.iter().any(|choice| choice == part.trim());
            keys::by_number(part, choices).filter(|_| !is_choice).map(String::as_str)
        };
        match self.input.arity {
            Arity::One => by_number(typed).unwrap_or(typed).to_owned(),
            Arity::Many => {
                let parts: Vec<&str> = typed.split(',').map(|part| by_number(part).unwrap_or(part)).collect();
                parts.join(",")
            }
        }
    }

    fn choices(&self) -> &[String] {
        self.input.kind.choices().unwrap_or_default()
    }
}
