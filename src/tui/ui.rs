//! What the screens remember between frames, and what a key does to it.
//!
//! A key becomes an [`Action`] and an action at most an [`Intent`]; whether that may happen is for the run to say.

use crossterm::event::KeyEvent;

use super::View;
use super::confirmation::Confirmation;
use super::field::Edit;
use super::form::{AttestForm, ConfirmForm, InputForm, PromptForm};
use super::keymap::{self, KeyContext};
use super::output_view::OutputView;
use super::rows_view::RowsView;
use super::viewport::{TerminalSize, Viewport};
use crate::checklist::{Arity, StepId};
use crate::run::{Attempt, Command, Confirmed, HandoffStage};
use crate::shell::Answer;

mod act;
mod place;
mod sync;
mod typing;
mod unread;

/// What the operator wants of the wizard.
#[derive(Debug)]
pub enum Intent {
    /// These, one after another; the first refusal ends it.
    Commands(Vec<Command>),
    /// Answer the pending question.
    Answer(Answer),
    /// Try to go on after the run stood still.
    Retry,
    Quit,
}

/// The screens that the operator walks between.
#[derive(Debug)]
pub enum Screen {
    Briefing(InputForm),
    Steps,
    /// All rows by which a step is not green.
    Rows(Box<RowsView>),
    Gate,
}

/// The panes of the steps' screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    List,
    Detail,
    Output,
}

impl Pane {
    const fn next(self) -> Self {
        match self {
            Self::List => Self::Detail,
            Self::Detail => Self::Output,
            Self::Output => Self::List,
        }
    }
}

/// A dialog that the operator opened.
#[derive(Debug)]
pub enum Dialog {
    /// Whether to apply a step that changes more than the session.
    Confirm(ConfirmForm),
    Attest(AttestForm),
    /// Whether to leave although something runs.
    Quit,
}

/// What was started last, so that the selection can go on when it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Watch {
    Nothing,
    Command(Attempt, StepId),
    Statement(StepId),
}

/// Where the selection goes when what was started is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sweep {
    /// To the next step that is not green, if this one is.
    OneStep,
    /// To the first step that is not green: every step was checked.
    All,
}

/// What the screens remember.
#[derive(Debug)]
pub struct Ui {
    screen: Screen,
    selected: usize,
    pane: Pane,
    scroll: u16,
    output_view: OutputView,
    reason: usize,
    dialog: Option<Dialog>,
    help: Option<u16>,
    prompt: Option<PromptForm>,
    confirmation: Confirmation,
    /// What had the keys in the last frame.
    seen: Option<unread::Seen>,
    notice: Option<String>,
    halted: Option<String>,
    watch: Watch,
    sweep: Sweep,
    size: TerminalSize,
    viewport: Viewport,
}

impl Ui {
    /// The start: the briefing, with the first input that has no value.
    pub fn new(view: &View<'_>, size: TerminalSize) -> Self {
        let mut ui = Self {
            screen: Screen::Briefing(InputForm::new(view.run)),
            selected: 0,
            pane: Pane::List,
            scroll: 0,
            output_view: OutputView::default(),
            reason: 0,
            dialog: None,
            help: None,
            prompt: None,
            confirmation: Confirmation::default(),
            seen: None,
            notice: None,
            halted: None,
            watch: Watch::Nothing,
            sweep: Sweep::OneStep,
            size,
            viewport: Viewport::default(),
        };
        ui.select_first(view);
        ui
    }

    pub const fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Whether the selected step is on the screen.
    pub(super) const fn shows_steps(&self) -> bool {
        matches!(self.screen, Screen::Steps)
    }

    /// The position of the selected step.
    pub const fn selected(&self) -> usize {
        self.selected
    }

    /// The pane that the arrows move in.
    pub const fn pane(&self) -> Pane {
        self.pane
    }

    /// How far the page is scrolled.
    pub const fn scroll(&self) -> u16 {
        self.scroll
    }

    /// How the output is read.
    pub const fn output_view(&self) -> &OutputView {
        &self.output_view
    }

    /// The position of the selected reason at the gate.
    pub const fn reason(&self) -> usize {
        self.reason
    }

    /// The dialog that is open.
    pub const fn dialog(&self) -> Option<&Dialog> {
        self.dialog.as_ref()
    }

    /// How far the help is scrolled, if it is open.
    pub const fn help(&self) -> Option<u16> {
        self.help
    }

    /// The answer in the making.
    pub const fn prompt(&self) -> Option<&PromptForm> {
        self.prompt.as_ref()
    }

    /// The handoff's confirmation in the making.
    pub const fn confirmation(&self) -> &Confirmation {
        &self.confirmation
    }

    /// What was refused last.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Shows why something was refused, until the next key.
    pub fn refuse(&mut self, why: String) {
        self.notice = Some(why);
    }

    /// Why the run stands still, if it does.
    pub fn halted(&self) -> Option<&str> {
        self.halted.as_deref()
    }

    /// Shows why the run stands still, above everything else, until it goes on.
    pub fn stands_still(&mut self, why: Option<String>) {
        self.halted = why;
    }

    /// The terminal has another size.
    pub const fn resize(&mut self, size: TerminalSize) {
        self.size = size;
    }

    /// Whether something is to be looked at that takes longer than a frame.
    pub fn has_work(&self) -> bool {
        match &self.screen {
            Screen::Rows(rows) => rows.has_work(),
            Screen::Briefing(_) | Screen::Steps | Screen::Gate => false,
        }
    }

    /// Does a part of that.
    pub fn work(&mut self, view: &View<'_>) {
        if let Screen::Rows(rows) = &mut self.screen {
            rows.work(view);
        }
    }

    /// What a key leads to.
    pub fn on_key(&mut self, event: KeyEvent, view: &View<'_>) -> Option<Intent> {
        let key = keymap::normalise(event)?;
        self.notice = None;
        self.sync(view);
        if self.unread_ms(view) > 0 {
            return None;
        }
        let context = self.context(view);
        if let Some(action) = keymap::action(context, key, view.text.lang()) {
            let intent = self.act(context, action, view);
            if intent.is_some() {
                self.answered();
            }
            self.sync_rows(view);
            return intent;
        }
        if let (KeyContext::Choice, Some(letter)) = (context, keymap::typed(key)) {
            return self.choose_by_letter(letter, view);
        }
        if let Some(edit) = keymap::edit(key) {
            self.edit(context, edit, view);
        }
        None
    }

    /// What is pasted goes into the field, if one takes the keys. A line break or tab parts two values where the field
    /// takes several, and is a blank elsewhere; in what is hidden nothing changes but that those at its end are left out.
    pub fn on_paste(&mut self, text: &str, view: &View<'_>) {
        self.sync(view);
        if self.unread_ms(view) > 0 {
            return;
        }
        let context = self.context(view);
        let text = text.trim_end_matches(parts);
        if let (KeyContext::Form, Some(field)) = (context, self.prompt.as_mut().and_then(PromptForm::hidden))
        {
            return text.chars().for_each(|c| field.push(c));
        }
        let between = if context == KeyContext::Form && self.takes_several(view) { ", " } else { " " };
        let pieces = text.split(parts).map(str::trim).filter(|piece| !piece.is_empty());
        for (position, piece) in pieces.enumerate() {
            let between = if position == 0 { "" } else { between };
            for c in between.chars().chain(piece.chars()).filter(|c| !c.is_control()) {
                self.edit(context, Edit::Insert(c), view);
            }
        }
    }

    /// Whether the field that takes the keys is that of an input with several values.
    fn takes_several(&self, view: &View<'_>) -> bool {
        let (Screen::Briefing(form), None, None) = (&self.screen, &self.prompt, &self.dialog) else {
            return false;
        };
        let input = form.fields.get(form.focus).and_then(|field| view.run.checklist().input(&field.input));
        input.is_some_and(|input| input.arity == Arity::Many)
    }
}

/// Whether leaving would cut something off.
fn is_at_work(view: &View<'_>) -> bool {
    view.run.foreground_command().is_some() || matches!(view.run.handoff(), HandoffStage::Writing)
}

/// Whether a character stands between two lines or cells.
const fn parts(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t')
}

/// Applies without asking where only the session changes.
fn apply_command(step: StepId, confirmed: Confirmed) -> Intent {
    Intent::Commands(vec![Command::Apply { step, confirmed }])
}
