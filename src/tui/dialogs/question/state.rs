//! What is typed and chosen of the answer to a command's question.

use std::collections::BTreeSet;

use crate::run::prompt::{Echo, Field, Pick};
use crate::run::{Attempt, Call, Prompt};
use crate::shell::{Answer, FieldAnswer};
use crate::tui::field::{Edit, SecretField, TextField};

/// The answer to a question in the making.
#[derive(Debug)]
pub(crate) struct PromptForm {
    pub attempt: Attempt,
    pub call: Call,
    /// What takes the keys.
    pub focus: usize,
    /// What is typed or chosen.
    pub body: PromptBody,
    /// At which fields or choices a key was pressed that is not Enter.
    touched: BTreeSet<usize>,
}

/// Why Enter does not answer a question yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotYet {
    /// What is marked is the command's own choice, and nobody's at the keyboard.
    NotChosen,
    /// A credential without a user name.
    NoUserName,
    /// The user name, typed where the password belongs: from then on it would be masked wherever it is put out.
    UserNameAsPassword,
    /// Nothing was typed, and no key said that nothing is meant.
    Empty,
}

/// What is typed or chosen.
#[derive(Debug)]
pub(crate) enum PromptBody {
    /// One field a part of the question: a credential, a line, the fields of a command.
    Fields(Vec<PromptField>),
    Choices(Pick, Vec<Mark>),
}

/// Whether a choice is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    On,
    Off,
}

/// A field of a question.
#[derive(Debug)]
pub(crate) enum PromptField {
    Shown(TextField),
    Masked(SecretField),
}

impl PromptField {
    fn edit(&mut self, edit: Edit) {
        match self {
            Self::Shown(field) => field.edit(edit),
            Self::Masked(field) => field.edit(edit),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Shown(field) => field.text(),
            Self::Masked(_) => String::new(),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Shown(field) => field.text().is_empty(),
            Self::Masked(field) => field.count() == 0,
        }
    }

    fn answer(&mut self) -> FieldAnswer {
        match self {
            Self::Shown(field) => FieldAnswer::Text(field.text()),
            Self::Masked(field) => FieldAnswer::Secret(field.take()),
        }
    }
}

impl PromptForm {
    /// The form of a question.
    pub(crate) fn new(attempt: Attempt, call: Call, prompt: &Prompt) -> Self {
        let shown = |text: &str| PromptField::Shown(TextField::new(text));
        let masked = || PromptField::Masked(SecretField::default());
        let (focus, body) = match prompt {
            Prompt::Credential { user, .. } => {
                // A user name that is given already leaves only the password to type.
                (usize::from(!user.is_empty()), PromptBody::Fields(vec![shown(user), masked()]))
            }
            Prompt::Choice { choices, defaults, pick, .. } => {
                let mark = |position| if defaults.contains(&position) { Mark::On } else { Mark::Off };
                let marks = match pick {
                    Pick::One => vec![Mark::Off; choices.len()],
                    Pick::Many => (0..choices.len()).map(mark).collect(),
                };
                let first = defaults.first().copied().filter(|first| *first < choices.len());
                (first.unwrap_or(0), PromptBody::Choices(*pick, marks))
            }
            Prompt::Line => (0, PromptBody::Fields(vec![shown("")])),
            Prompt::SecureLine => (0, PromptBody::Fields(vec![masked()])),
            Prompt::Fields { fields, .. } => {
                let field = |field: &Field| match field.echo {
                    Echo::Shown => shown(""),
                    Echo::Masked => masked(),
                };
                (0, PromptBody::Fields(fields.iter().map(field).collect()))
            }
        };
        Self { attempt, call, focus, body, touched: BTreeSet::new() }
    }

    /// Why Enter would not answer, with what it is about in focus: what came by itself is answered by somebody, not by a key
    /// that was on its way.
    pub(super) fn not_yet(&mut self, prompt: &Prompt) -> Option<NotYet> {
        let fields = match &self.body {
            PromptBody::Choices(..) => return self.touched.is_empty().then_some(NotYet::NotChosen),
            PromptBody::Fields(fields) => fields,
        };
        if let (Prompt::Credential { .. }, Some(user)) = (prompt, fields.first())
            && user.text().trim().is_empty()
        {
            self.focus = 0;
            return Some(NotYet::NoUserName);
        }
        if let (Prompt::Credential { .. }, [PromptField::Shown(user), PromptField::Masked(password)]) =
            (prompt, fields.as_slice())
            && password.is(user.text().trim())
        {
            self.focus = 1;
            return Some(NotYet::UserNameAsPassword);
        }
        let is_missing =
            |(position, field): (usize, &PromptField)| field.is_empty() && !self.touched.contains(&position);
        self.focus = fields.iter().enumerate().position(is_missing)?;
        Some(NotYet::Empty)
    }

    /// A key was pressed there that is not Enter.
    fn touch(&mut self) {
        self.touched.insert(self.focus);
    }

    /// Goes so many places on, around the end; at choices that is to choose.
    pub(crate) fn go_on(&mut self, places: usize) {
        self.choose((self.focus + places) % self.places().max(1));
    }

    /// Puts the focus there; at choices that is to choose.
    pub(crate) fn choose(&mut self, position: usize) {
        self.focus = position;
        match self.body {
            PromptBody::Choices(..) => self.touch(),
            PromptBody::Fields(_) => {}
        }
    }

    /// How many places take keys.
    pub(crate) fn places(&self) -> usize {
        match &self.body {
            PromptBody::Fields(fields) => fields.len(),
            PromptBody::Choices(_, marks) => marks.len(),
        }
    }

    /// Changes the field that takes the keys.
    pub(super) fn change(&mut self, edit: Edit) {
        self.touch();
        match &mut self.body {
            PromptBody::Fields(fields) => {
                if let Some(field) = fields.get_mut(self.focus) {
                    field.edit(edit);
                }
            }
            PromptBody::Choices(..) => {}
        }
    }

    /// The field that takes the keys, where it hides what is typed.
    pub(super) fn hidden_field(&mut self) -> Option<&mut SecretField> {
        match &mut self.body {
            PromptBody::Fields(fields) => match fields.get_mut(self.focus)? {
                PromptField::Masked(field) => Some(field),
                PromptField::Shown(_) => None,
            },
            PromptBody::Choices(..) => None,
        }
    }

    /// Marks the choice under the cursor, or takes its mark away; where one is to be chosen, that is the one.
    pub(crate) fn toggle(&mut self) {
        self.touch();
        match &mut self.body {
            PromptBody::Choices(Pick::Many, marks) => {
                if let Some(mark) = marks.get_mut(self.focus) {
                    *mark = match mark {
                        Mark::On => Mark::Off,
                        Mark::Off => Mark::On,
                    };
                }
            }
            PromptBody::Choices(Pick::One, _) | PromptBody::Fields(_) => {}
        }
    }

    /// The answer; the secrets move into it.
    pub(crate) fn answer(&mut self, prompt: &Prompt) -> Answer {
        match (&mut self.body, prompt) {
            (PromptBody::Choices(Pick::One, _), _) => Answer::Choice(vec![self.focus]),
            (PromptBody::Choices(Pick::Many, marks), _) => {
                let on = marks.iter().enumerate().filter(|(_, mark)| **mark == Mark::On);
                Answer::Choice(on.map(|(position, _)| position).collect())
            }
            (PromptBody::Fields(fields), Prompt::Fields { .. }) => {
                Answer::Fields(fields.iter_mut().map(PromptField::answer).collect())
            }
            (PromptBody::Fields(fields), _) => match fields.as_mut_slice() {
                [user, PromptField::Masked(password)] => Answer::Credential(user.text(), password.take()),
                [PromptField::Masked(secret)] => Answer::SecureLine(secret.take()),
                [PromptField::Shown(line)] => Answer::Line(line.text()),
                _ => Answer::Declined,
            },
        }
    }
}
