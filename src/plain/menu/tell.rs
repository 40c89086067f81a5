//! What is told: the run, its steps, what was lost, what came of it.

use std::collections::HashSet;

use super::super::bar::led;
use super::super::keys::{self, MenuKey};
use super::super::lines::{advisory_lines, gate_lines, heading_line, step_lines};
use super::Menu;
use crate::checklist::StepId;
use crate::report::SourceReport;
use crate::run::{Mode, ShellState, StepStatus};
use crate::sanitize::escape_controls;
use crate::shell::Line;

impl Menu<'_> {
    pub(super) fn heading(&mut self) {
        let run = self.wizard.run();
        let lang = self.text.lang();
        let title = run.checklist().title.get(lang).to_owned();
        let source = run.checklist().source.as_ref().map(|source| SourceReport::new(source, lang).line());
        if let Mode::Rehearsal(_) = run.mode() {
            self.out.row(&self.text.plain_rehearsal());
        }
        self.out.barred(&title);
        for line in source.iter().flat_map(|source| led(&self.text.plain_source(""), source)) {
            self.out.row(&line);
        }
        self.out.row(&self.text.run_folder(self.wizard.path().display()));
    }

    pub(super) fn list(&mut self) {
        self.out.row("");
        if let Mode::Rehearsal(_) = self.wizard.run().mode() {
            self.out.row(&self.text.plain_rehearsal());
        }
        self.advise(None);
        let (run, now) = (self.wizard.run(), self.wizard.now());
        for (number, step) in (1..).zip(run.assess_all(now)) {
            if let Some(heading) = &step.heading {
                self.out.row(&heading_line(heading, self.text));
            }
            for (position, line) in step_lines(run, &step, self.text).into_iter().enumerate() {
                if position == 0 {
                    self.out.row(&format!("{number:>3}. {line}"));
                } else {
                    self.out.row(&format!("     {line}"));
                }
            }
        }
        if run.is_sealed() {
            self.out.line(&keys::menu_of_sealed(self.text));
            return;
        }
        self.out.line(&keys::menu(self.text));
        match run.shell() {
            ShellState::Absent => self.out.row(&self.text.plain_no_shell(keys::name_of(MenuKey::Reconnect))),
            ShellState::Opening(_) | ShellState::Open(..) => {}
        }
    }

    pub(super) fn gate(&mut self) {
        let (run, now, text) = (self.wizard.run(), self.wizard.now(), self.text);
        for line in gate_lines(run, now, text).iter().chain(&advisory_lines(run, now, text)) {
            self.out.row(line);
        }
    }

    /// Where one step stands.
    pub(super) fn show(&mut self, id: &StepId) {
        let (run, now) = (self.wizard.run(), self.wizard.now());
        if let Some(step) = run.assess(id, now) {
            for line in &step_lines(run, &step, self.text) {
                self.out.row(line);
            }
        }
        self.advise(Some(id));
    }

    /// What a rehearsal says to try there and nowhere else.
    fn advise(&mut self, step: Option<&StepId>) {
        let lang = self.text.lang();
        let own = self.wizard.advice().iter().find(|advice| advice.step.as_ref() == step);
        if let Some(say) = own.map(|advice| self.text.rehearsal_try(advice.say.get(lang))) {
            self.out.row(&escape_controls(&say));
        }
    }

    /// Tells what was green and is not any more, although the operator did nothing.
    pub(super) fn print_losses(&mut self, before: &[StepId]) {
        let green: HashSet<StepId> = self.standing(&StepStatus::Green).into_iter().collect();
        let lost: Vec<StepId> = before.iter().filter(|step| !green.contains(*step)).cloned().collect();
        if !lost.is_empty() {
            self.out.row("");
        }
        for step in &lost {
            self.show(step);
        }
        let is_session = self.wizard.run().session_is_lost(self.wizard.now());
        if !self.print_end() && !lost.is_empty() && is_session {
            self.out.row(&self.text.plain_reconnect(keys::name_of(MenuKey::Reconnect)));
        }
    }

    /// Tells of the steps that do not wait any more.
    pub(super) fn print_waited(&mut self, before: &[StepId]) {
        let waiting = self.standing(&StepStatus::Polling);
        let mut over = before.iter().filter(|step| !waiting.contains(step)).peekable();
        if over.peek().is_some() {
            self.out.row("");
        }
        for step in over {
            self.show(step);
        }
    }

    /// Tells once how a shell went, and what was lost with it.
    pub(super) fn print_end(&mut self) -> bool {
        let end = match self.wizard.run().shell() {
            ShellState::Absent => self.wizard.last_shell_end().cloned(),
            ShellState::Opening(_) | ShellState::Open(..) => None,
        };
        if end.is_none() || end == self.told {
            self.told = end;
            return false;
        }
        if let Some(end) = &end {
            self.out.row(&format!(
                "! {}",
                escape_controls(&self.text.shell_ended(end, keys::name_of(MenuKey::Reconnect)))
            ));
        }
        self.told = end;
        let run = self.wizard.run();
        let name = |id: &str| run.name_of(id, self.text.lang());
        if let Some(lost) = self.text.lost(&run.lost(self.wizard.now()), &name) {
            self.out.row(&format!("! {}", escape_controls(&lost)));
        }
        true
    }

    /// Tells why the handoff was given up, unless the operator did.
    pub(super) fn print_abandoned(&mut self) {
        if let Some(why) = self.wizard.abandoned().and_then(|why| self.text.abandoned(why)) {
            self.out.row(&format!("! {}", escape_controls(&why)));
        }
    }

    pub(super) fn refused(&mut self, refusal: &crate::run::Refusal) {
        let name = |id: &str| self.wizard.run().name_of(id, self.text.lang());
        let line = self.text.refusal(refusal, &name);
        self.out.row(&format!("! {}", escape_controls(&line)));
    }

    /// Says so where a question means that a session has expired.
    pub(super) fn print_expired(&mut self) {
        let run = self.wizard.run();
        let name = |step: &StepId| run.name_of(step.as_str(), self.text.lang());
        let expired: Vec<String> = run.expired_session().iter().map(name).collect();
        if !expired.is_empty() {
            self.out.row(&format!(
                "! {}",
                escape_controls(
                    &self.text.session_has_expired(expired.join(", "), keys::name_of(MenuKey::Reconnect))
                )
            ));
        }
    }

    /// What the command printed since; whether that is anything.
    pub(super) fn show_new_lines(&mut self) -> bool {
        let live = self.wizard.live();
        let first = live.dropped();
        // The lines of an apply stay before those of its own check.
        let goes_on = [live.attempt(), live.apply().map(|apply| apply.attempt)].contains(&self.shown.0);
        let shown = if goes_on { self.shown.1 } else { 0 };
        let skip = usize::try_from(shown.saturating_sub(first)).unwrap_or(usize::MAX);
        let new: Vec<Line> = live.lines().iter().skip(skip).cloned().collect();
        self.shown = (live.attempt(), first + live.lines().len() as u64);
        let came = !new.is_empty();
        for line in new {
            self.out.row(&format!("  {} | {}", self.text.stream(line.stream), escape_controls(&line.text)));
        }
        came
    }
}
