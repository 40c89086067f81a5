//! Answers to prompts as JSON lines: `{"user":…,"password":…}`, `{"choice":…}`, `{"text":…}`, in the order of the prompts.

use serde::Deserialize;

use crate::run::Prompt;
use crate::run::prompt::{Echo, Pick};
use crate::shell::{Answer, FieldAnswer, Secret};

/// Reads one answer after the other from lines.
#[derive(Debug, Default)]
pub(crate) struct JsonAnswers {
    line: usize,
}

/// Why a line is no answer to the question.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadAnswer {
    /// Which line, counted from 1.
    pub line: usize,
    /// What is wrong; never what stands in it.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    user: Option<String>,
    password: Option<zeroize::Zeroizing<String>>,
    choice: Option<RawChoice>,
    text: Option<zeroize::Zeroizing<String>>,
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
        // The parser's own words may quote the line, and with it a password.
        let raw: RawAnswer = serde_json::from_str(line).map_err(|error| {
            self.bad(format!("not a JSON object of the known form (column {})", error.column()))
        })?;
        self.fit(raw, prompt)
    }

    fn bad(&self, why: impl Into<String>) -> BadAnswer {
        BadAnswer { line: self.line, why: why.into() }
    }

    fn fit(&self, mut raw: RawAnswer, prompt: &Prompt) -> Result<Answer, BadAnswer> {
        let secret = |text: zeroize::Zeroizing<String>| Secret::new(text.to_string());
        match prompt {
            Prompt::Credential { .. } => match (raw.user.take(), raw.password.take()) {
                (Some(user), Some(password)) => Ok(Answer::Credential(user, secret(password))),
                (None, _) | (_, None) => {
                    Err(self.bad("a credential was asked: give \"user\" and \"password\""))
                }
            },
            Prompt::Choice { choices, pick, .. } => {
                let positions = match raw.choice.take() {
                    Some(RawChoice::Position(position)) => vec![position],
                    Some(RawChoice::Many(positions)) => positions,
                    Some(RawChoice::Label(label)) => {
                        let wanted = label.replace('&', "").to_lowercase();
                        let found = choices
                            .iter()
                            .position(|choice| choice.label.replace('&', "").to_lowercase() == wanted);
                        vec![found.ok_or_else(|| self.bad("\"choice\" is none of the labels"))?]
                    }
                    None => return Err(self.bad("a choice was asked: give \"choice\"")),
                };
                let fits = match pick {
                    Pick::One => positions.len() == 1,
                    Pick::Many => true,
                };
                if fits && positions.iter().all(|position| *position < choices.len()) {
                    Ok(Answer::Choice(positions))
                } else {
                    Err(self.bad(format!(
                        "\"choice\" must be a position from 0 to {}",
                        choices.len().saturating_sub(1)
                    )))
                }
            }
            Prompt::Line => {
                let text = raw.text.take().ok_or_else(|| self.bad("a line was asked: give \"text\""))?;
                Ok(Answer::Line(text.to_string()))
            }
            Prompt::SecureLine => {
                let text = raw.text.take().ok_or_else(|| self.bad("a line was asked: give \"text\""))?;
                Ok(Answer::SecureLine(secret(text)))
            }
            Prompt::Fields { fields, .. } => {
                let given = raw.fields.take();
                let single = raw.text.take();
                let value = |name: &str| match (&given, &single) {
                    (Some(given), _) => given
                        .iter()
                        .find(|(key, _)| key.eq_ignore_ascii_case(name))
                        .map(|(_, value)| value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
                    (None, Some(text)) if fields.len() == 1 => Some(text.to_string()),
                    (None, _) => None,
                };
                let answers: Option<Vec<FieldAnswer>> = fields
                    .iter()
                    .map(|field| {
                        value(&field.name).map(|text| match field.echo {
                            Echo::Masked => FieldAnswer::Secret(Secret::new(text)),
                            Echo::Shown => FieldAnswer::Text(text),
                        })
                    })
                    .collect();
                let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                let why = format!("fields were asked: give \"fields\" with {}", names.join(", "));
                answers.map(Answer::Fields).ok_or_else(|| self.bad(why))
            }
        }
    }
}
