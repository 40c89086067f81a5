//! What typing does: to the field that takes the keys, or to the choice whose letter it is.

use super::{Dialog, Intent, Screen, Ui};
use crate::run::Prompt;
use crate::tui::View;
use crate::tui::field::Edit;
use crate::tui::keymap::KeyContext;

impl Ui {
    /// Changes the field that takes the keys, if one does.
    pub(super) fn edit(&mut self, context: KeyContext, edit: Edit, view: &View<'_>) {
        match context {
            KeyContext::Confirming => self.confirmation.edit(edit),
            KeyContext::Searching => self.output_view.edit(edit),
            KeyContext::Filtering => {
                if let Screen::Rows(rows) = &mut self.screen {
                    rows.edit(edit);
                }
            }
            KeyContext::Changing => {
                if let Some(Dialog::Confirm(form)) = &mut self.dialog {
                    form.typed.edit(edit);
                }
            }
            KeyContext::Form => match (&mut self.prompt, &mut self.dialog, &mut self.screen) {
                (Some(form), _, _) => form.edit(edit),
                (None, Some(Dialog::Attest(form)), _) => form.edit(edit),
                (None, _, Screen::Briefing(form)) => form.edit(view.run.checklist(), edit),
                (None, _, Screen::Steps | Screen::Rows(_) | Screen::Gate) => {}
            },
            KeyContext::Choose
            | KeyContext::Steps
            | KeyContext::Busy
            | KeyContext::Rows
            | KeyContext::Gate
            | KeyContext::Rechecking
            | KeyContext::Sealed
            | KeyContext::Choice
            | KeyContext::Question
            | KeyContext::Halted
            | KeyContext::Help
            | KeyContext::Small
            | KeyContext::SmallAtWork => {}
        }
    }

    /// Moves to the choice whose label marks this letter with `&`. Enter is still needed: a letter alone never answers.
    pub(super) fn choose_by_letter(&mut self, letter: char, view: &View<'_>) -> Option<Intent> {
        let running = view.run.running()?;
        let Prompt::Choice { choices, .. } = &running.asking.as_ref()?.prompt else { return None };
        let marked = |label: &str| label.split_once('&').and_then(|(_, after)| after.chars().next());
        let same = |c: char| c.to_lowercase().eq(letter.to_lowercase());
        let position = choices.iter().position(|choice| marked(&choice.label).is_some_and(same))?;
        if let Some(form) = &mut self.prompt {
            form.focus = position;
        }
        None
    }
}
