//! What the screens remember between frames, and what a key does to it.
//!
//! A key becomes an [`Action`](keymap::Action) of the layer on top, and an action at most an [`Intent`]; whether that may
//! happen is for the run to say.

use crossterm::event::KeyEvent;

use super::View;
use super::briefing::InputForm;
use super::channel::Channel;
use super::confirmation::Confirmation;
use super::dialogs::attest::AttestForm;
use super::dialogs::confirm::ConfirmForm;
use super::dialogs::halted::Halted;
use super::dialogs::help::Help;
use super::dialogs::question::PromptForm;
use super::dialogs::quit::{Quit, is_at_work};
use super::field::{Edit, TextField};
use super::gate::GateState;
use super::handoff::HandoffState;
use super::keymap::{self, Action, KeyContext};
use super::rows::RowsView;
use super::steps::{OutputView, StepsState};
use super::too_small::TooSmall;
use super::turn::{Copied, Intent, To, Turn};
use super::viewport::{TerminalSize, Viewport};
use crate::run::{FoundSubject, Refusal};

mod draw;
mod layer;
mod unread;

pub use draw::draw;
pub use layer::Layer;

/// The screens that the operator walks between.
#[derive(Debug)]
pub enum Screen {
    Briefing(InputForm),
    Steps,
    /// The steps of a run in which nothing can be done: it is sealed, or only looked at.
    Looking,
    /// All rows by which a step is not green, and where they are left to.
    Rows(Box<RowsView>, LeftTo),
    Gate(GateState),
}

/// Where what was opened from the steps, or from the seal, is left to.
#[derive(Clone, Copy, Debug)]
pub enum LeftTo {
    /// The steps; of a sealed run the seal.
    Steps,
    Looking,
}

impl Screen {
    /// The steps, where the operator comes back to them.
    const fn of_steps(view: &View<'_>) -> Self {
        if view.looking.is_some() { Self::Looking } else { Self::Steps }
    }

    /// Where what is opened from here is left to.
    const fn left_to(&self, view: &View<'_>) -> LeftTo {
        match self {
            Self::Looking => LeftTo::Looking,
            Self::Rows(_, left_to) => *left_to,
            Self::Briefing(_) | Self::Gate(_) if view.looking.is_some() => LeftTo::Looking,
            Self::Steps | Self::Briefing(_) | Self::Gate(_) => LeftTo::Steps,
        }
    }
}

/// A dialog that the operator opened from the steps.
#[derive(Debug)]
enum Dialog {
    /// Whether to apply a step that changes more than the session.
    Confirm(ConfirmForm),
    Attest(AttestForm),
}

/// What the screens remember: each layer its own, and what is of all of them.
#[derive(Debug)]
pub struct Ui {
    screen: Screen,
    steps: StepsState,
    handoff: HandoffState,
    dialog: Option<Dialog>,
    question: Option<PromptForm>,
    quit: Option<Quit>,
    halted: Option<Halted>,
    help: Option<Help>,
    too_small: TooSmall,
    notice: Option<String>,
    /// What is to be pasted elsewhere, until the terminal has it.
    copied: Option<String>,
    /// What was done last, to be said until the next key.
    done: Option<String>,
    /// What had the keys in the last frame.
    seen: Option<unread::Seen>,
    size: TerminalSize,
    viewport: Viewport,
}

impl Ui {
    /// The start: the briefing, with the first input that has no value.
    pub fn new(view: &View<'_>, size: TerminalSize) -> Self {
        let mut steps = StepsState::default();
        steps.select_first(view);
        Self {
            screen: match view.looking {
                None => Screen::Briefing(InputForm::new(view.run)),
                Some(_) => Screen::Looking,
            },
            steps,
            handoff: HandoffState::default(),
            dialog: None,
            question: None,
            quit: None,
            halted: None,
            help: None,
            too_small: TooSmall,
            notice: None,
            copied: None,
            done: None,
            seen: None,
            size,
            viewport: Viewport::default(),
        }
    }

    pub const fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The position of the selected step.
    pub const fn selected(&self) -> usize {
        self.steps.selected()
    }

    /// How the output is read.
    pub const fn output_view(&self) -> &OutputView {
        self.steps.output_view()
    }

    /// The handoff's confirmation in the making.
    pub const fn confirmation(&self) -> &Confirmation {
        &self.handoff.confirmation
    }

    /// What was refused last.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Shows why something was refused, until the next key.
    pub fn refuse(&mut self, why: String) {
        self.notice = Some(why);
    }

    /// Shows why the run stands still, above everything else, until it goes on.
    pub fn stands_still(&mut self, why: Option<String>) {
        self.halted = why.map(Halted);
    }

    /// What is to be pasted elsewhere since that was asked last.
    pub const fn take_copied(&mut self) -> Option<String> {
        self.copied.take()
    }

    /// The terminal has another size.
    pub const fn resize(&mut self, size: TerminalSize) {
        self.size = size;
    }

    /// Whether something is to be looked at that takes longer than a frame.
    pub fn has_work(&self) -> bool {
        match &self.screen {
            Screen::Rows(rows, _) => rows.has_work(),
            Screen::Steps | Screen::Looking => self.steps.has_work(),
            Screen::Briefing(_) | Screen::Gate(_) => false,
        }
    }

    /// Does a part of that.
    pub fn work(&mut self, view: &View<'_>) {
        match &mut self.screen {
            Screen::Rows(rows, _) => rows.work(view),
            Screen::Steps | Screen::Looking => {
                if let Some(said) = self.steps.work(view) {
                    self.notice = Some(said);
                }
            }
            Screen::Briefing(_) | Screen::Gate(_) => {}
        }
    }

    /// What a key leads to.
    pub fn on_key(&mut self, event: KeyEvent, view: &View<'_>) -> Option<Intent> {
        let key = keymap::normalise(event)?;
        self.sync(view);
        if self.unread_ms(view) > 0 {
            return None;
        }
        (self.notice, self.done) = (None, None);
        let layer = self.top(view);
        let context = self.context(layer, view);
        if let Some(action) = view.keys.action(context, key, view.text.lang()) {
            let turn = self.act(layer, action, view);
            let intent = self.turn(layer, turn, view);
            if intent.is_some() {
                self.answered();
            }
            self.sync_rows(view);
            return intent;
        }
        if context == KeyContext::Looking
            && view.keys.action(KeyContext::Steps, key, view.text.lang()).is_some()
        {
            self.notice = Some(view.text.only_looked_at());
            return None;
        }
        let turn = self.layered_mut(layer).edit(keymap::edit(key)?, view);
        self.turn(layer, turn, view)
    }

    /// What is pasted goes into the field, if one takes the keys. A line break or tab parts two values where the field
    /// takes several, and is a blank elsewhere; in what is hidden nothing changes but that those at its end are left out.
    pub fn on_paste(&mut self, text: &str, view: &View<'_>) {
        self.sync(view);
        let layer = self.top(view);
        if self.unread_ms(view) > 0 || self.context(layer, view) == KeyContext::Choice {
            return;
        }
        if text.len() > TextField::ROOM {
            self.notice = Some(view.text.paste_too_long(text.len(), TextField::ROOM));
            return;
        }
        let text = text.trim_end_matches(parts);
        if let Some(field) = self.layered_mut(layer).hidden() {
            return text.chars().for_each(|c| field.push(c));
        }
        let between = self.layered(layer).between(view);
        let pieces = text.split(parts).map(str::trim).filter(|piece| !piece.is_empty());
        for (position, piece) in pieces.enumerate() {
            let between = if position == 0 { "" } else { between };
            for c in between.chars().chain(piece.chars()).filter(|c| !c.is_control()) {
                let turn = self.layered_mut(layer).edit(Edit::Insert(c), view);
                self.turn(layer, turn, view);
            }
        }
    }

    /// What an action does: two of them the same in every layer.
    fn act(&mut self, layer: Layer, action: Action, view: &View<'_>) -> Turn {
        match action {
            Action::Quit => return self.quit(view),
            Action::Help => self.help = Some(Help::default()),
            _ => {
                let seat = self.seat(view);
                return self.layered_mut(layer).act(action, &seat);
            }
        }
        Turn::default()
    }

    /// Leaves at once, or asks where something would be cut off; asked again it leaves.
    fn quit(&mut self, view: &View<'_>) -> Turn {
        if !is_at_work(view) || self.halted.is_some() || self.quit.is_some() {
            return Turn::intends(Intent::Quit);
        }
        self.help = None;
        self.quit = Some(Quit);
        Turn::default()
    }

    /// Goes where a key of that layer led to; gives what is wanted of the wizard.
    fn turn(&mut self, layer: Layer, turn: Turn, view: &View<'_>) -> Option<Intent> {
        if view.looking.is_some() && turn.acts() {
            self.notice = Some(view.text.only_looked_at());
            return None;
        }
        match turn.to {
            None => {}
            Some(To::Closed) => self.close(layer, view),
            Some(To::Looking) => self.screen = Screen::Looking,
            Some(To::Briefing) => self.screen = Screen::Briefing(InputForm::new(view.run)),
            Some(To::OpenStep) => {
                self.screen = Screen::of_steps(view);
                self.steps.select_first(view);
            }
            Some(To::Step(step)) => {
                self.screen = Screen::of_steps(view);
                self.steps.select(view, &step);
            }
            Some(To::Rows(step)) => {
                self.screen = Screen::Rows(Box::new(RowsView::new(step)), self.screen.left_to(view));
            }
            Some(To::Gate) => self.screen = Screen::Gate(GateState::default()),
            Some(To::Confirm(step, subject)) => {
                self.dialog = Some(Dialog::Confirm(ConfirmForm::new(step, subject)));
            }
            Some(To::Attest(step)) => self.dialog = Some(Dialog::Attest(AttestForm::new(step, view.run))),
        }
        if let Some(intent) = &turn.intent {
            self.steps.begun(intent);
        }
        if turn.notice.is_some() {
            self.notice = turn.notice;
        }
        match turn.copy {
            None => {}
            Some(Copied { text, said }) if view.channels.contains(&Channel::Clipboard) => {
                (self.copied, self.done) = (Some(text), Some(said));
            }
            Some(_) => {
                let key = view.keys.name_of(KeyContext::Steps, Action::Write, view.text);
                self.notice = Some(view.text.copied_nowhere(key));
            }
        }
        turn.intent
    }

    /// Brings what is remembered into line with the run: questions, what runs, what is done.
    pub fn sync(&mut self, view: &View<'_>) {
        self.sync_question(view);
        self.sync_subject(view);
        self.sync_rows(view);
        self.handoff.sync(view);
        self.steps.sync(view, self.size);
    }

    /// What was about to be confirmed or stated of one subject is not, once another was found.
    fn sync_subject(&mut self, view: &View<'_>) {
        let found = match &self.dialog {
            Some(Dialog::Confirm(ConfirmForm { subject: Some(subject), .. })) => {
                let own = |found: &FoundSubject| found.scope == subject.scope;
                view.run.changed_subject(std::slice::from_ref(subject)).filter(own)
            }
            Some(Dialog::Attest(form)) => view.run.changed_subject(&form.seen),
            Some(Dialog::Confirm(_)) | None => None,
        };
        if let Some(found) = found {
            self.dialog = None;
            self.voided();
            self.refuse(view.text.refusal(&Refusal::SubjectChanged(found), &|id| view.name(id)));
        }
    }

    fn sync_rows(&mut self, view: &View<'_>) {
        if let Screen::Rows(rows, _) = &mut self.screen {
            rows.sync(view, self.size);
        }
    }

    fn sync_question(&mut self, view: &View<'_>) {
        let asked = view.run.running().and_then(|running| {
            running.asking.as_ref().map(|asking| (running.attempt, asking.call, &asking.prompt))
        });
        let known = self.question.as_ref().map(|form| (form.attempt, form.call));
        match asked.filter(|_| view.looking.is_none()) {
            None => self.question = None,
            Some((attempt, call, _)) if known == Some((attempt, call)) => {}
            Some((attempt, call, prompt)) => {
                let prompt = prompt.clone().with_user(view.last_user);
                self.question = Some(PromptForm::new(attempt, call, &prompt));
            }
        }
    }
}

/// Whether a character stands between two lines or cells.
const fn parts(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t')
}
