//! Answers to prompts as JSON lines: `{"user":…,"password":…}`, `{"choice":…}`, `{"text":…}`, in the order of the prompts.

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::run::Prompt;
use crate::run::prompt::{Choice, Echo, Pick};
use crate::shell::{Answer, FieldAnswer, Secret};
use crate::text::Text;

/// Reads one answer after the other from lines.
#[derive(Debug, Default)]
pub(crate) struct JsonAnswers {
    line: usize,
}

/// Why a line is no answer to the question.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadAnswer {
    /// Which line, counted from 1.
    line: usize,
    why: AnswerFault,
}

/// What is wrong with a line; never what stands in it.
#[derive(Debug, PartialEq, Eq)]
enum AnswerFault {
    /// The parser's own words may quote the line, and with it a password: only the column is kept.
    NotTheForm {
        column: usize,
    },
    NoCredential,
    NoChoice,
    NoSuchLabel,
    NoSuchPosition {
        last: usize,
    },
    NoText,
    NoFields {
        names: String,
    },
}

impl BadAnswer {
    pub(crate) fn words(&self, text: Text) -> String {
        text.bad_answer(
            self.line,
            match &self.why {
                AnswerFault::NotTheForm { column } => text.answer_not_the_form(column),
                AnswerFault::NoCredential => text.answer_no_credential(),
                AnswerFault::NoChoice => text.answer_no_choice(),
                AnswerFault::NoSuchLabel => text.answer_no_such_label(),
                AnswerFault::NoSuchPosition { last } => text.answer_no_such_position(last),
                AnswerFault::NoText => text.answer_no_text(),
                AnswerFault::NoFields { names } => text.answer_no_fields(names),
            },
        )
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    user: Option<String>,
    password: Option<Zeroizing<String>>,
    choice: Option<RawChoice>,
    text: Option<Zeroizing<String>>,
    fields: Option<serde_json::Map<String, serde_json::Value>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawChoice {
    Position(usize),
    Label(String),
    Many(Vec<usize>),
}

impl JsonAnswers {
    /// The answer that `line` gives to `prompt`.
    ///
    /// # Errors
    /// Why it is none.
    pub(crate) fn answer(&mut self, line: &str, prompt: &Prompt) -> Result<Answer, BadAnswer> {
        self.line += 1;
        let raw = serde_json::from_str(line)
            .map_err(|error: serde_json::Error| AnswerFault::NotTheForm { column: error.column() });
        raw.and_then(|raw| fit(raw, prompt)).map_err(|why| BadAnswer { line: self.line, why })
    }
}

fn fit(raw: RawAnswer, prompt: &Prompt) -> Result<Answer, AnswerFault> {
    let line = |text: Option<Zeroizing<String>>| text.ok_or(AnswerFault::NoText);
    match prompt {
        Prompt::Credential { .. } => match (raw.user, raw.password) {
            (Some(user), Some(password)) if !user.trim().is_empty() => {
                Ok(Answer::Credential(user, Secret::from(password.as_str())))
            }
            (Some(_) | None, _) => Err(AnswerFault::NoCredential),
        },
        Prompt::Choice { choices, pick, .. } => chosen(raw.choice, choices, *pick).map(Answer::Choice),
        Prompt::Line => line(raw.text).map(|text| Answer::Line(text.to_string())),
        Prompt::SecureLine => line(raw.text).map(|text| Answer::SecureLine(Secret::from(text.as_str()))),
        Prompt::Fields { fields, .. } => {
            let answers: Option<Vec<FieldAnswer>> = fields
                .iter()
                .map(|field| {
                    of_field(&field.name, &raw, fields.len()).map(|text| match field.echo {
                        Echo::Masked => FieldAnswer::Secret(Secret::new(text)),
                        Echo::Shown => FieldAnswer::Text(text),
                    })
                })
                .collect();
            answers.map(Answer::Fields).ok_or_else(|| {
                let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                AnswerFault::NoFields { names: names.join(", ") }
            })
        }
    }
}

/// The positions that an answer names, by number or by label.
fn chosen(choice: Option<RawChoice>, choices: &[Choice], pick: Pick) -> Result<Vec<usize>, AnswerFault> {
    let plain = |label: &str| label.replace('&', "").to_lowercase();
    let positions = match choice.ok_or(AnswerFault::NoChoice)? {
        RawChoice::Position(position) => vec![position],
        RawChoice::Many(positions) => positions,
        RawChoice::Label(label) => {
            let found = choices.iter().position(|choice| plain(&choice.label) == plain(&label));
            vec![found.ok_or(AnswerFault::NoSuchLabel)?]
        }
    };
    let fits = match pick {
        Pick::One => positions.len() == 1,
        Pick::Many => true,
    };
    if fits && positions.iter().all(|position| *position < choices.len()) {
        Ok(positions)
    } else {
        Err(AnswerFault::NoSuchPosition { last: choices.len().saturating_sub(1) })
    }
}

/// What an answer gives for a field; a single field may be given as a text.
fn of_field(name: &str, raw: &RawAnswer, fields: usize) -> Option<String> {
    match (&raw.fields, &raw.text) {
        (Some(given), _) => given
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
        (None, Some(text)) if fields == 1 => Some(text.to_string()),
        (None, _) => None,
    }
}
