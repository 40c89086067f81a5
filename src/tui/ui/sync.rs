//! Bringing what the screens remember into line with the run.

use super::{Dialog, Screen, Sweep, Ui, Watch};
use crate::checklist::StepId;
use crate::run::{FoundSubject, HandoffStage, Refusal, StepStatus};
use crate::tui::View;
use crate::tui::confirmation::Confirmation;
use crate::tui::form::{ConfirmForm, PromptForm};

impl Ui {
    /// Brings what is remembered into line with the run: questions, what runs, what is done.
    pub fn sync(&mut self, view: &View<'_>) {
        let last = view.run.checklist().steps.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        self.sync_prompt(view);
        self.sync_subject(view);
        self.sync_rows(view);
        if !matches!(view.run.handoff(), HandoffStage::Confirming) {
            self.confirmation = Confirmation::default();
        }
        match view.run.foreground_command() {
            Some(running) => {
                let watch = Watch::Command(running.attempt, running.step.clone());
                if self.watch != watch {
                    self.watch = watch;
                    self.output_view.begin();
                    self.select(view, &running.step);
                }
            }
            None => match std::mem::replace(&mut self.watch, Watch::Nothing) {
                Watch::Nothing => {}
                Watch::Command(_, step) | Watch::Statement(step) => self.go_on(view, &step),
            },
        }
    }

    /// What was about to be confirmed or stated of one subject is not, once another was found.
    fn sync_subject(&mut self, view: &View<'_>) {
        let found = match &self.dialog {
            Some(Dialog::Confirm(ConfirmForm { subject: Some(subject), .. })) => {
                let own = |found: &FoundSubject| found.scope == subject.scope;
                view.run.changed_subject(std::slice::from_ref(subject)).filter(own)
            }
            Some(Dialog::Attest(form)) => view.run.changed_subject(&form.seen),
            Some(Dialog::Confirm(_) | Dialog::Quit) | None => None,
        };
        if let Some(found) = found {
            self.dialog = None;
            self.scroll = 0;
            self.refuse(view.text.refusal(&Refusal::SubjectChanged(found), &|id| view.name(id)));
        }
    }

    pub(super) fn sync_rows(&mut self, view: &View<'_>) {
        if let Screen::Rows(rows) = &mut self.screen {
            rows.sync(view, self.size);
        }
    }

    fn sync_prompt(&mut self, view: &View<'_>) {
        let asked = view.run.running().and_then(|running| {
            running.asking.as_ref().map(|asking| (running.attempt, asking.call, &asking.prompt))
        });
        let known = self.prompt.as_ref().map(|form| (form.attempt, form.call));
        match asked {
            None => self.prompt = None,
            Some((attempt, call, _)) if known == Some((attempt, call)) => {}
            Some((attempt, call, prompt)) => self.prompt = Some(PromptForm::new(attempt, call, prompt)),
        }
    }

    /// What was started is done: selects what is to be done next.
    fn go_on(&mut self, view: &View<'_>, step: &StepId) {
        match std::mem::replace(&mut self.sweep, Sweep::OneStep) {
            Sweep::All => self.select_first(view),
            Sweep::OneStep => {
                if view.run.status(step, view.now).is_held() {
                    self.select_next(view);
                }
            }
        }
    }

    /// Selects the first step that applies and is not green.
    pub(super) fn select_first(&mut self, view: &View<'_>) {
        let statuses = view.run.statuses(view.now);
        if let Some(first) = statuses.iter().position(|status| !status.is_held()) {
            self.select_at(first);
        }
    }

    /// Selects the next step that applies and is not green, from the selected one on and then from the start.
    pub(super) fn select_next(&mut self, view: &View<'_>) {
        let statuses = view.run.statuses(view.now);
        let open = |(_, status): &(usize, &StepStatus)| !status.is_held();
        let after = statuses.iter().enumerate().skip(self.selected).find(open);
        if let Some((next, _)) = after.or_else(|| statuses.iter().enumerate().find(open)) {
            self.select_at(next);
        }
    }

    pub(super) fn select(&mut self, view: &View<'_>, step: &StepId) {
        if let Some(position) = view.run.checklist().steps.iter().position(|known| known.id == *step) {
            self.select_at(position);
        }
    }

    pub(super) const fn select_at(&mut self, position: usize) {
        if self.selected != position {
            self.scroll = 0;
        }
        self.selected = position;
    }
}
