//! Whether what the operator typed fits an input. Pure; nothing is looked up on the network.

use super::{Arity, Form, Input, InputKind, Need};

/// The values of one input, as text, already accepted; one value, or many, or none where it is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct InputValue(Vec<String>);

impl InputValue {
    /// The values, in the order given.
    pub fn values(&self) -> &[String] {
        &self.0
    }

    /// The values joined by a comma, as the operator would type them.
    pub fn joined(&self) -> String {
        self.0.join(", ")
    }
}

/// What parts the values of a list, wherever one is typed: none of them can hold it.
pub(crate) const PARTS: [char; 2] = [',', ';'];

/// Why a value does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputProblem {
    Missing,
    /// More than one value where one is asked.
    TooMany,
    /// A control character stands in it.
    Control,
    /// It is not what the kind asks for; the example shows what would be.
    NotLike {
        value: String,
        /// A value that would fit.
        example: &'static str,
    },
    /// The number lies outside the bounds.
    OutOfRange {
        value: String,
        min: i64,
        max: i64,
    },
    /// It is none of the choices.
    NotAChoice {
        value: String,
        /// What may be given.
        choices: String,
    },
    /// It does not meet the author's pattern.
    NotMatching {
        value: String,
        pattern: String,
    },
    /// An expectation compares with it, which can do so only with a text of that form.
    IsNot {
        value: String,
        form: Form,
    },
}

impl Input {
    /// Accepts what was typed, trimmed; for a list, values joined by commas or given one by one.
    ///
    /// # Errors
    /// The first value that does not fit, and why.
    pub fn accept<S: AsRef<str>>(&self, typed: &[S]) -> Result<InputValue, InputProblem> {
        let split = |text: &S| -> Vec<String> {
            let text = text.as_ref();
            let parts: Vec<&str> = match self.arity {
                Arity::One => vec![text],
                Arity::Many => text.split(PARTS).flat_map(str::lines).collect(),
            };
            parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
        };
        let values: Vec<String> = typed.iter().flat_map(split).collect();
        match (values.len(), self.need, self.arity) {
            (0, Need::Required, _) => return Err(InputProblem::Missing),
            (2.., _, Arity::One) => return Err(InputProblem::TooMany),
            _ => {}
        }
        values.iter().try_for_each(|value| self.kind.check(value))?;
        for (value, form) in values.iter().flat_map(|value| self.forms.iter().map(move |form| (value, *form)))
        {
            if !form.fits(value) {
                return Err(InputProblem::IsNot { value: value.clone(), form });
            }
        }
        // One way of writing each number: what is found is compared with it as text.
        let plain = |value: String| match (&self.kind, value.parse::<i64>()) {
            (InputKind::Integer { .. }, Ok(number)) => number.to_string(),
            _ => value,
        };
        Ok(InputValue(values.into_iter().map(plain).collect()))
    }
}

impl InputKind {
    /// What may be chosen from, where only that may be given.
    pub(crate) fn choices(&self) -> Option<&[String]> {
        match self {
            Self::Choice(choices) => Some(choices),
            Self::Text
            | Self::Domain
            | Self::Fqdn
            | Self::Upn
            | Self::Url { .. }
            | Self::Path
            | Self::Integer { .. } => None,
        }
    }

    fn check(&self, value: &str) -> Result<(), InputProblem> {
        if value.chars().any(char::is_control) {
            return Err(InputProblem::Control);
        }
        let like = |fits: bool, example| {
            if fits { Ok(()) } else { Err(InputProblem::NotLike { value: value.to_owned(), example }) }
        };
        match self {
            Self::Text | Self::Path => Ok(()),
            Self::Domain => like(is_domain(value), "contoso.com"),
            Self::Fqdn => like(is_domain(value), "pool01.contoso.com"),
            Self::Upn => like(
                value.split_once('@').is_some_and(|(user, domain)| {
                    !user.is_empty() && !user.contains(char::is_whitespace) && is_domain(domain)
                }),
                "admin@contoso.com",
            ),
            Self::Url { matches } => {
                like(is_url(value), "https://contoso.com/path")?;
                match matches {
                    Some(pattern) if !pattern.is_match(value) => Err(InputProblem::NotMatching {
                        value: value.to_owned(),
                        pattern: pattern.as_str().to_owned(),
                    }),
                    Some(_) | None => Ok(()),
                }
            }
            Self::Integer { min, max } => match value.parse::<i64>() {
                Ok(number) if (*min..=*max).contains(&number) => Ok(()),
                Ok(_) => Err(InputProblem::OutOfRange { value: value.to_owned(), min: *min, max: *max }),
                Err(_) => like(false, "42"),
            },
            Self::Choice(choices) => {
                if choices.iter().any(|choice| choice == value) {
                    Ok(())
                } else {
                    Err(InputProblem::NotAChoice { value: value.to_owned(), choices: choices.join(", ") })
                }
            }
        }
    }
}

/// Two labels or more of letters (of any script), digits and inner hyphens, 253 characters at the most (RFC 1035 2.3.4).
fn is_domain(value: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    value.len() <= 253 && value.split('.').count() >= 2 && value.split('.').all(label)
}

fn is_url(value: &str) -> bool {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty() && !value.contains(char::is_whitespace)
    })
}
