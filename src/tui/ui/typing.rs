//! What typing does: to the field that takes the keys, or to the choice whose letter it is.

use super::{Dialog, Intent, Screen, Ui};
use crate::run::Prompt;
use crate::tui::View;
use crate::tui::field::Edit;
use crate::tui::form::NotTyped;
use crate::tui::keymap::{self, Action, KeyContext};

impl Ui {
    /// Changes the field that takes the keys, if one does.
    pub(super) fn edit(&mut self, context: KeyContext, edit: Edit, view: &View<'_>) {
        match context {
            KeyContext::Confirming => self.confirmation.typed.edit(edit),
            KeyContext::Searching => self.output_view.edit(edit),
            KeyContext::Filtering => {
                if let Screen::Rows(rows) = &mut self.screen {
                    rows.edit(edit);
                }
            }
            KeyContext::Changing => {
                if let Some(Dialog::Confirm(form)) = &mut self.dialog {
                    form.confirmation.typed.edit(edit);
                }
            }
            KeyContext::Reading => {
                let key = keymap::name_of(context, Action::PageDown, view.text);
                self.refuse(view.text.read_first(key));
            }
            KeyContext::Form => match (&mut self.prompt, &mut self.dialog, &mut self.screen) {
                (Some(form), _, _) => form.edit(edit),
                (None, Some(Dialog::Attest(form)), _) => form.edit(edit),
                (None, _, Screen::Briefing(form)) => {
                    let went_nowhere = form.edit(view.run.checklist(), edit);
                    self.notice = went_nowhere.map(|why| not_typed(why, view));
                }
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
        let position = choices.iter().position(|choice| marked(&choice.label).is_some_and(same));
        match (position, &mut self.prompt) {
            (Some(position), Some(form)) => form.choose(position),
            (None, _) => self.refuse(view.text.no_such_letter(letter)),
            (Some(_), None) => {}
        }
        None
    }
}

/// Why what was typed went nowhere.
fn not_typed(why: NotTyped, view: &View<'_>) -> String {
    let text = view.text;
    let [back, on] = [Edit::Left, Edit::Right].map(|edit| keymap::edit_name(edit, text));
    match why {
        NotTyped::AtChoices => text.letters_do_not_choose(back, on),
        NotTyped::NoField => text.nowhere_to_type(),
    }
}
