//! The inputs in the making.

use crate::checklist::{Arity, Checklist, Input, InputId, InputKind, InputProblem};
use crate::run::Run;
use crate::tui::field::{Edit, TextField};

/// The inputs of a checklist, and a button.
#[derive(Clone, Debug)]
pub struct InputForm {
    /// One field an input, in the order of the checklist.
    pub fields: Vec<InputField>,
    /// Which field takes the keys; behind the last one is the button.
    pub focus: usize,
    leaving: Leaving,
}

/// Whether it was just asked to be left with something typed in it that was not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaving {
    No,
    Asked,
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
        Self { fields, focus, leaving: Leaving::No }
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

    /// Whether the field that takes the keys is that of an input with several values.
    pub(super) fn takes_several(&self, checklist: &Checklist) -> bool {
        self.input(checklist).is_some_and(|input| input.arity == Arity::Many)
    }

    /// Whether it is that of an input with choices.
    pub(super) fn chooses(&self, checklist: &Checklist) -> bool {
        self.input(checklist).is_some_and(|input| matches!(input.kind, InputKind::Choice(_)))
    }

    /// The input whose field takes the keys.
    fn input<'c>(&self, checklist: &'c Checklist) -> Option<&'c Input> {
        self.fields.get(self.focus).and_then(|field| checklist.input(&field.input))
    }

    /// Whether it may be left: at once where nothing that was typed is lost, else when that is asked for twice.
    pub(super) fn may_be_left(&mut self, run: &Run) -> bool {
        let typed = |form: &Self| form.fields.iter().map(|field| field.field.text()).collect::<Vec<_>>();
        let asked = std::mem::replace(&mut self.leaving, Leaving::Asked);
        asked == Leaving::Asked || typed(self) == typed(&Self::new(run))
    }

    /// Moves to another field.
    pub fn move_to(&mut self, focus: usize) {
        self.leaving = Leaving::No;
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.visit = Visit::Seen;
        }
        self.focus = focus;
    }

    /// Changes the field that takes the keys; an input with choices steps through them. What is typed at the button goes
    /// into the field before it. Gives why it went nowhere, if it did.
    pub(super) fn change(&mut self, checklist: &Checklist, edit: Edit) -> Option<NotTyped> {
        self.leaving = Leaving::No;
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
                    | Edit::WordLeft
                    | Edit::WordRight
                    | Edit::DeleteWord
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
pub(super) enum NotTyped {
    /// An input with choices, which are stepped through.
    AtChoices,
    /// There is only a button.
    NoField,
}
