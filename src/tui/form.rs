//! The states of what is typed and chosen: inputs, a statement, the answers to a command's questions.

use std::collections::BTreeSet;

use crate::checklist::{Checklist, InputId, InputKind, InputProblem};
use crate::run::prompt::{Echo, Pick};
use crate::run::{Attempt, Call, FoundSubject, Prompt, Run};
use crate::shell::{Answer, FieldAnswer};
use crate::text::Text;

use super::confirmation::Confirmation;
use super::field::{Edit, SecretField, TextField};

/// The inputs of a checklist, and a button.
#[derive(Clone, Debug)]
pub struct InputForm {
    /// One field an input, in the order of the checklist.
    pub fields: Vec<InputField>,
    /// Which field takes the keys; behind the last one is the button.
    pub focus: usize,
}

#[derive(Clone, Debug)]
pub struct InputField {
    pub input: InputId,
    pub field: TextField,
    /// Whether it was left once: before that nothing is called wrong.
    pub visit: Visit,
}

/// Whether a field was left once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    Fresh,
    /// It was typed in or left.
    Seen,
}

impl InputForm {
    /// The form as the run has it; the first input without a value takes the keys.
    pub fn new(run: &Run) -> Self {
        let fields: Vec<InputField> = run
            .checklist()
            .inputs
            .iter()
            .map(|input| {
                let value = run.inputs().get(&input.id).map(crate::checklist::InputValue::joined);
                let start = value.or_else(|| input.default.clone()).unwrap_or_default();
                InputField { input: input.id.clone(), field: TextField::new(&start), visit: Visit::Fresh }
            })
            .collect();
        let missing = |field: &InputField| !run.inputs().contains_key(&field.input);
        let focus = fields.iter().position(missing).unwrap_or(fields.len());
        Self { fields, focus }
    }

    /// Why the text of a field does not fit.
    pub fn problem(&self, checklist: &Checklist, position: usize) -> Option<InputProblem> {
        let field = self.fields.get(position)?;
        checklist.input(&field.input)?.accept(&[field.field.text()]).err()
    }

    /// The first field whose text does not fit.
    pub fn first_problem(&self, checklist: &Checklist) -> Option<usize> {
        (0..self.fields.len()).find(|position| self.problem(checklist, *position).is_some())
    }

    /// Moves to another field.
    pub fn move_to(&mut self, focus: usize) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.visit = Visit::Seen;
        }
        self.focus = focus;
    }

    /// Changes the field that takes the keys; an input with choices steps through them. What is typed at the button goes
    /// into the field before it. Gives why it went nowhere, if it did.
    pub fn edit(&mut self, checklist: &Checklist, edit: Edit) -> Option<NotTyped> {
        if let Edit::Insert(_) = edit {
            let Some(last) = self.fields.len().checked_sub(1) else { return Some(NotTyped::NoField) };
            self.focus = self.focus.min(last);
        }
        let field = self.fields.get_mut(self.focus)?;
        match checklist.input(&field.input).map(|input| &input.kind) {
            Some(InputKind::Choice(choices)) => {
                let step = match edit {
                    Edit::Right | Edit::Insert(' ') => 1,
                    Edit::Left => choices.len().saturating_sub(1),
                    Edit::Insert(_) => return Some(NotTyped::AtChoices),
                    Edit::Backspace
                    | Edit::Delete
                    | Edit::Home
                    | Edit::End
                    | Edit::Clear
                    | Edit::BackspaceWord => return None,
                };
                let current = choices.iter().position(|choice| *choice == field.field.text());
                let next = current.map_or(0, |current| (current + step) % choices.len().max(1));
                if let Some(choice) = choices.get(next) {
                    field.field = TextField::new(choice);
                }
            }
            Some(_) | None => field.field.edit(edit),
        }
        field.visit = Visit::Seen;
        None
    }
}

/// Why what was typed went nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTyped {
    /// An input with choices, which are stepped through.
    AtChoices,
    /// There is only a button.
    NoField,
}

/// The confirmation of a change in the making.
#[derive(Clone, Debug)]
pub struct ConfirmForm {
    /// Of which step's apply.
    pub step: crate::checklist::StepId,
    /// What it changes, as it was shown.
    pub subject: Option<FoundSubject>,
    pub confirmation: Confirmation,
}

impl ConfirmForm {
    /// What is typed to confirm.
    pub fn word(&self, text: Text) -> String {
        text.word_to_type(self.subject.as_ref(), text.confirm_word())
    }
}

/// A person's statement in the making: name, note, and a button.
#[derive(Clone, Debug)]
pub struct AttestForm {
    pub step: crate::checklist::StepId,
    pub name: TextField,
    pub note: TextField,
    /// 0 the name, 1 the note, 2 the button.
    pub focus: usize,
    /// What the work was done to when it was opened.
    pub seen: Vec<FoundSubject>,
}

impl AttestForm {
    /// How many places take keys.
    pub const PLACES: usize = 3;

    /// Changes the field that takes the keys; what is typed at the button goes into the field before it.
    pub fn edit(&mut self, edit: Edit) {
        if let Edit::Insert(_) = edit {
            self.focus = self.focus.min(1);
        }
        match self.focus {
            0 => self.name.edit(edit),
            1 => self.note.edit(edit),
            _ => {}
        }
    }
}

/// The answer to a question in the making.
#[derive(Debug)]
pub struct PromptForm {
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
pub enum NotYet {
    /// What is marked is the command's own choice, and nobody's at the keyboard.
    NotChosen,
    /// A credential without a user name.
    NoUserName,
    /// Nothing was typed, and no key said that nothing is meant.
    Empty,
}

/// What is typed or chosen.
#[derive(Debug)]
pub enum PromptBody {
    /// One field a part of the question: a credential, a line, the fields of a command.
    Fields(Vec<PromptField>),
    Choices(Pick, Vec<Mark>),
}

/// Whether a choice is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    On,
    Off,
}

/// A field of a question.
#[derive(Debug)]
pub enum PromptField {
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
    pub fn new(attempt: Attempt, call: Call, prompt: &Prompt) -> Self {
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
                let field = |field: &crate::run::prompt::Field| match field.echo {
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
    pub fn not_yet(&mut self, prompt: &Prompt) -> Option<NotYet> {
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
    pub fn go_on(&mut self, places: usize) {
        self.choose((self.focus + places) % self.places().max(1));
    }

    /// Puts the focus there; at choices that is to choose.
    pub fn choose(&mut self, position: usize) {
        self.focus = position;
        match self.body {
            PromptBody::Choices(..) => self.touch(),
            PromptBody::Fields(_) => {}
        }
    }

    /// How many places take keys.
    pub fn places(&self) -> usize {
        match &self.body {
            PromptBody::Fields(fields) => fields.len(),
            PromptBody::Choices(_, marks) => marks.len(),
        }
    }

    /// Changes the field that takes the keys.
    pub fn edit(&mut self, edit: Edit) {
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
    pub fn hidden(&mut self) -> Option<&mut SecretField> {
        match &mut self.body {
            PromptBody::Fields(fields) => match fields.get_mut(self.focus)? {
                PromptField::Masked(field) => Some(field),
                PromptField::Shown(_) => None,
            },
            PromptBody::Choices(..) => None,
        }
    }

    /// Marks the choice under the cursor, or takes its mark away; where one is to be chosen, that is the one.
    pub fn toggle(&mut self) {
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
    pub fn answer(&mut self, prompt: &Prompt) -> Answer {
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
