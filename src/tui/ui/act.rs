//! What an action does, context by context.

use super::{Dialog, Intent, NextStep, Pane, Screen, Sweep, Ui, Watch, apply_command, is_at_work, next_step};
use crate::checklist::{Changes, StepKind};
use crate::run::gate::Gate;
use crate::run::{Command, Confirmed, HandoffStage, Refusal, ShellState, gate};
use crate::shell::Answer;
use crate::tui::View;
use crate::tui::field::TextField;
use crate::tui::form::{AttestForm, ConfirmForm, InputForm, ROWS_ABOVE_FORM};
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::output_view::Direction;

/// How many rows a page key moves a page.
const PAGE: u16 = 8;

impl Ui {
    pub(super) fn act(&mut self, context: KeyContext, action: Action, view: &View<'_>) -> Option<Intent> {
        match action {
            Action::Quit => return self.quit(view),
            Action::Help => {
                self.help = Some(0);
                return None;
            }
            _ => {}
        }
        match context {
            KeyContext::Small | KeyContext::SmallAtWork | KeyContext::Choose => None,
            KeyContext::Halted => (action == Action::Go).then_some(Intent::Retry),
            KeyContext::Help => {
                match action {
                    Action::Next => {
                        self.help = self.help.map(|at| at.saturating_add(1).min(self.viewport.page))
                    }
                    Action::Previous => self.help = self.help.map(|at| at.saturating_sub(1)),
                    _ => self.help = None,
                }
                None
            }
            KeyContext::Question => self.on_question(action),
            KeyContext::Searching => {
                match action {
                    Action::Go => {
                        let missing = self.output_view.search(view.live, &self.viewport);
                        self.not_found(missing, view);
                    }
                    _ => self.output_view.leave(),
                }
                None
            }
            KeyContext::Changing => self.on_change(action, view),
            KeyContext::Choice => self.on_choice(action, view),
            KeyContext::Form => self.on_form(action, view),
            KeyContext::Steps | KeyContext::Busy => self.on_steps(action, view),
            KeyContext::Gate => self.on_gate(action, view),
            KeyContext::Rechecking => match (action, view.run.handoff()) {
                (Action::Close, HandoffStage::Rechecking { .. }) => commands(Command::AbandonHandoff),
                _ => None,
            },
            KeyContext::Confirming => match action {
                Action::Go => commands(Command::ConfirmHandoff {
                    typed: self.confirmation.text(),
                    by: view.who.clone(),
                }),
                Action::Close => commands(Command::AbandonHandoff),
                _ => None,
            },
            KeyContext::Sealed => {
                self.scroll = match action {
                    Action::Next => self.scroll.saturating_add(1).min(self.viewport.page),
                    Action::Previous => self.scroll.saturating_sub(1),
                    _ => self.scroll,
                };
                None
            }
        }
    }

    /// Leaves at once, or asks where something would be cut off; asked again it leaves.
    fn quit(&mut self, view: &View<'_>) -> Option<Intent> {
        if !is_at_work(view) || self.halted.is_some() || matches!(self.dialog, Some(Dialog::Quit)) {
            return Some(Intent::Quit);
        }
        self.help = None;
        self.dialog = Some(Dialog::Quit);
        None
    }

    /// A change beyond the session is confirmed by its word and Enter; a letter or Enter alone does nothing.
    fn on_change(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Some(Dialog::Confirm(form)) = &self.dialog else { return None };
        match action {
            Action::Next => self.scroll = self.scroll.saturating_add(1).min(self.viewport.page),
            Action::Previous => self.scroll = self.scroll.saturating_sub(1),
            Action::Go => {
                let expected = view.text.confirm_word();
                if form.typed.text().trim() == expected {
                    let step = form.step.clone();
                    self.scroll = 0;
                    self.dialog = None;
                    return Some(apply_command(step, Confirmed::Yes));
                }
                let refusal = Refusal::Confirmation { expected };
                self.refuse(view.text.refusal(&refusal, &|id| view.name(id)));
            }
            _ => {
                self.scroll = 0;
                self.dialog = None;
            }
        }
        None
    }

    fn on_question(&mut self, action: Action) -> Option<Intent> {
        self.scroll = 0;
        match (self.dialog.take(), action) {
            (Some(Dialog::Quit), Action::Yes) => Some(Intent::Quit),
            (Some(Dialog::Quit | Dialog::Confirm(_) | Dialog::Attest(_)) | None, _) => None,
        }
    }

    fn on_choice(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let form = self.prompt.as_mut()?;
        let places = form.places().max(1);
        match action {
            Action::Next => form.focus = (form.focus + 1) % places,
            Action::Previous => form.focus = (form.focus + places - 1) % places,
            Action::Toggle => form.toggle(),
            Action::Go => return self.answer(view),
            Action::Close => return self.decline(),
            _ => {}
        }
        None
    }

    /// Gives the answer away; the form is made anew if the question should still stand.
    pub(super) fn answer(&mut self, view: &View<'_>) -> Option<Intent> {
        let mut form = self.prompt.take()?;
        let asking = view.run.running()?.asking.as_ref()?;
        Some(Intent::Answer(form.answer(&asking.prompt)))
    }

    fn decline(&mut self) -> Option<Intent> {
        self.prompt.take().map(|_| Intent::Answer(Answer::Declined))
    }

    fn on_form(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        if let Some(form) = &mut self.prompt {
            let places = form.places().max(1);
            match action {
                Action::Next => form.focus = (form.focus + 1) % places,
                Action::Previous => form.focus = (form.focus + places - 1) % places,
                Action::Go if form.focus + 1 < places => form.focus += 1,
                Action::Go => return self.answer(view),
                Action::Close => return self.decline(),
                _ => {}
            }
            return None;
        }
        match &mut self.dialog {
            Some(Dialog::Attest(_)) => self.on_attest(action, view),
            Some(Dialog::Confirm(_) | Dialog::Quit) | None => self.on_inputs(action, view),
        }
    }

    fn on_attest(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Some(Dialog::Attest(form)) = &mut self.dialog else { return None };
        match action {
            Action::Next => form.focus = (form.focus + 1) % AttestForm::PLACES,
            Action::Previous => form.focus = (form.focus + AttestForm::PLACES - 1) % AttestForm::PLACES,
            Action::Go if form.focus + 1 < AttestForm::PLACES => form.focus += 1,
            Action::PageUp => self.scroll = self.scroll.saturating_sub(ROWS_ABOVE_FORM),
            Action::PageDown => self.read_on(),
            Action::Go if form.name.text().trim().is_empty() => form.focus = 0,
            // What was not shown to its end cannot be signed: Enter shows more of it first.
            Action::Go if self.scroll < self.viewport.page => self.read_on(),
            Action::Go => {
                self.scroll = 0;
                let Some(Dialog::Attest(form)) = self.dialog.take() else { return None };
                let step = view.run.checklist().step(&form.step)?;
                let StepKind::Attested { statement } = &step.kind else { return None };
                self.watch = Watch::Statement(form.step.clone());
                return commands(Command::Attest {
                    step: form.step,
                    statement: statement.get(view.text.lang()).to_owned(),
                    name: form.name.text(),
                    note: form.note.text(),
                    by: view.who.clone(),
                });
            }
            Action::Close => {
                self.scroll = 0;
                self.dialog = None;
            }
            _ => {}
        }
        None
    }

    /// Shows the next rows of what stands above a form, none left out.
    fn read_on(&mut self) {
        self.scroll = self.scroll.saturating_add(ROWS_ABOVE_FORM).min(self.viewport.page);
    }

    fn on_inputs(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Screen::Briefing(form) = &mut self.screen else { return None };
        let places = form.fields.len() + 1;
        match action {
            Action::Next => form.move_to((form.focus + 1) % places),
            Action::Previous => form.move_to((form.focus + places - 1) % places),
            Action::Go if form.focus + 1 < places => form.move_to(form.focus + 1),
            Action::Go => {
                if let Some(wrong) = form.first_problem(view.run.checklist()) {
                    for field in &mut form.fields {
                        field.visit = crate::tui::form::Visit::Seen;
                    }
                    form.focus = wrong;
                    return None;
                }
                let changed =
                    |id, value: &str| view.run.inputs().get(id).is_none_or(|known| known.joined() != value);
                let mut given: Vec<Command> = form
                    .fields
                    .iter()
                    .filter(|field| changed(&field.input, &field.field.text()))
                    .map(|field| Command::Give {
                        input: field.input.clone(),
                        typed: vec![field.field.text()],
                    })
                    .collect();
                if *view.run.shell() == ShellState::Absent && !view.run.is_sealed() {
                    given.push(Command::OpenShell);
                }
                self.screen = Screen::Steps;
                self.select_first(view);
                return (!given.is_empty()).then_some(Intent::Commands(given));
            }
            Action::Close => self.screen = Screen::Steps,
            _ => {}
        }
        None
    }

    fn on_steps(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let step = view.step(self.selected).map(|step| step.id.clone());
        match action {
            Action::Next => self.down(view),
            Action::Previous => self.up(view),
            Action::Pane => self.pane = self.pane.next(),
            Action::PaneBack => self.pane = self.pane.next().next(),
            Action::PageUp => self.page(Direction::Back, view),
            Action::PageDown => self.page(Direction::On, view),
            Action::Follow => self.output_view.to_end(),
            Action::First => self.output_view.to_start(),
            Action::Search => self.output_view.ask(),
            Action::Stream => self.output_view.next_stream(view.live),
            Action::Wrap => self.output_view.toggle_wrap(),
            Action::Again => {
                let missing = self.output_view.seek(view.live, &self.viewport, Direction::On);
                self.not_found(missing, view);
            }
            Action::Back => {
                let missing = self.output_view.seek(view.live, &self.viewport, Direction::Back);
                self.not_found(missing, view);
            }
            Action::Gate => self.open_gate(),
            Action::Inputs => self.screen = Screen::Briefing(InputForm::new(view.run)),
            Action::Reconnect => return commands(Command::Reconnect),
            Action::Stop if view.run.running().is_none() => {}
            Action::Stop => return commands(Command::Stop),
            Action::CheckAll => return Some(self.check_all(view)),
            Action::Check => return commands(Command::Check(step?)),
            Action::Apply => return self.apply(view),
            Action::Go => return self.go(view),
            Action::Last | Action::Toggle | Action::Yes | Action::Close | Action::Help | Action::Quit => {}
        }
        None
    }

    fn check_all(&mut self, view: &View<'_>) -> Intent {
        self.sweep = Sweep::All;
        let steps = view.run.checklist().steps.iter().map(|step| step.id.clone()).collect();
        Intent::Commands(vec![Command::CheckAll(steps)])
    }

    /// Applies the selected step, after a question where more than the session changes.
    fn apply(&mut self, view: &View<'_>) -> Option<Intent> {
        let step = view.step(self.selected)?;
        match &step.kind {
            StepKind::Measured { apply: Some(apply), .. } if apply.changes != Changes::Session => {
                self.scroll = 0;
                let form = ConfirmForm { step: step.id.clone(), typed: TextField::default() };
                self.dialog = Some(Dialog::Confirm(form));
                None
            }
            StepKind::Measured { .. } | StepKind::Attested { .. } => {
                Some(apply_command(step.id.clone(), Confirmed::NotAsked))
            }
        }
    }

    fn go(&mut self, view: &View<'_>) -> Option<Intent> {
        let step = view.step(self.selected)?.id.clone();
        match next_step(view, self.selected) {
            NextStep::Wait => None,
            NextStep::Reconnect => commands(Command::OpenShell),
            NextStep::NeedsFirst(need) => {
                self.select(view, &need);
                None
            }
            NextStep::Input => {
                self.screen = Screen::Briefing(InputForm::new(view.run));
                None
            }
            NextStep::Check => commands(Command::Check(step)),
            NextStep::Apply(_) => self.apply(view),
            NextStep::Attest => {
                self.scroll = 0;
                self.dialog = Some(Dialog::Attest(AttestForm {
                    step,
                    name: TextField::default(),
                    note: TextField::default(),
                    focus: 0,
                }));
                None
            }
            NextStep::Gate => {
                self.open_gate();
                None
            }
            NextStep::Onward => {
                self.select_next(view);
                None
            }
        }
    }

    fn open_gate(&mut self) {
        self.reason = 0;
        self.screen = Screen::Gate;
    }

    fn on_gate(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let reasons = match gate::evaluate(view.run, view.now) {
            Gate::Open(_) => Vec::new(),
            Gate::Locked(reasons) => reasons,
        };
        let last = reasons.len().saturating_sub(1);
        match action {
            Action::Next => self.reason = (self.reason + 1).min(last),
            Action::Previous => self.reason = self.reason.min(last).saturating_sub(1),
            Action::CheckAll => {
                self.screen = Screen::Steps;
                return Some(self.check_all(view));
            }
            Action::Reconnect => {
                self.screen = Screen::Steps;
                return commands(Command::Reconnect);
            }
            Action::Close => self.screen = Screen::Steps,
            Action::Go => match reasons.get(self.reason.min(last)) {
                Some(reason) => {
                    self.select(view, &reason.step);
                    self.screen = Screen::Steps;
                }
                None => return commands(Command::BeginHandoff),
            },
            _ => {}
        }
        None
    }

    fn not_found(&mut self, words: Option<String>, view: &View<'_>) {
        self.notice = words.map(|words| view.text.found_none(words));
    }

    fn down(&mut self, view: &View<'_>) {
        match self.pane {
            Pane::List => {
                let last = view.run.checklist().steps.len().saturating_sub(1);
                self.select_at((self.selected + 1).min(last));
            }
            Pane::Detail => self.scroll = self.scroll.saturating_add(1).min(self.viewport.page),
            Pane::Output => self.output_view.scroll(view.live, &self.viewport, Direction::On, 1),
        }
    }

    fn up(&mut self, view: &View<'_>) {
        match self.pane {
            Pane::List => self.select_at(self.selected.saturating_sub(1)),
            Pane::Detail => self.scroll = self.scroll.min(self.viewport.page).saturating_sub(1),
            Pane::Output => self.output_view.scroll(view.live, &self.viewport, Direction::Back, 1),
        }
    }

    fn page(&mut self, way: Direction, view: &View<'_>) {
        match (self.pane, way) {
            (Pane::Detail, Direction::Back) => {
                self.scroll = self.scroll.min(self.viewport.page).saturating_sub(PAGE)
            }
            (Pane::Detail, Direction::On) => {
                self.scroll = self.scroll.saturating_add(PAGE).min(self.viewport.page)
            }
            (Pane::List | Pane::Output, _) => {
                let rows = usize::from(self.viewport.output_rows.max(1));
                self.output_view.scroll(view.live, &self.viewport, way, rows);
            }
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every arm that uses it gives an optional intent")]
fn commands(command: Command) -> Option<Intent> {
    Some(Intent::Commands(vec![command]))
}
