//! Which layers there are, and which lies over which. The one on top has the keys, and nothing else says who has them.

use super::{Dialog, LeftTo, Screen, Ui};
use crate::run::{HandoffStage, ShellState};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat};

/// A layer by name; what each does is `Layered`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    Briefing,
    Steps,
    /// The steps of a run in which nothing can be done.
    Looking,
    /// All rows by which a step is not green.
    Rows,
    Gate,
    /// The handoff, while steps are checked again or files are written.
    Rechecking,
    /// The handoff, to be confirmed.
    Confirming,
    Sealed,
    /// A statement to be signed.
    Attest,
    /// A change beyond the session, to be confirmed.
    Confirm,
    /// What PowerShell asks.
    Question,
    /// Whether to leave although something runs.
    Quit,
    /// That the run stands still.
    Halted,
    Help,
    TooSmall,
}

/// How a layer lies over others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lies {
    /// It is a screen.
    Alone,
    /// It is a frame in the middle of a screen, and names its keys itself.
    Over,
}

impl Layer {
    pub(super) const fn lies(self) -> Lies {
        match self {
            Self::Briefing
            | Self::Steps
            | Self::Looking
            | Self::Rows
            | Self::Gate
            | Self::Rechecking
            | Self::Confirming
            | Self::Sealed
            | Self::TooSmall => Lies::Alone,
            Self::Attest | Self::Confirm | Self::Question | Self::Quit | Self::Halted | Self::Help => {
                Lies::Over
            }
        }
    }
}

impl Ui {
    /// The layers there are, the lowest first: a screen, and what lies over it.
    pub fn layers(&self, view: &View<'_>) -> Vec<Layer> {
        let mut layers = vec![self.lowest(view)];
        // What the operator opened from the steps lies over no other screen.
        let dialog = self.dialog.as_ref().filter(|_| *view.run.handoff() == HandoffStage::Idle);
        layers.extend(dialog.map(|dialog| match dialog {
            Dialog::Confirm(_) => Layer::Confirm,
            Dialog::Attest(_) => Layer::Attest,
        }));
        layers.extend(self.question.as_ref().map(|_| Layer::Question));
        layers.extend(self.quit.as_ref().map(|_| Layer::Quit));
        layers.extend(self.halted.as_ref().map(|_| Layer::Halted));
        layers.extend(self.help.as_ref().map(|_| Layer::Help));
        layers.extend((!self.size.fits()).then_some(Layer::TooSmall));
        layers
    }

    fn lowest(&self, view: &View<'_>) -> Layer {
        match (view.run.handoff(), &self.screen) {
            (_, Screen::Looking) => Layer::Looking,
            (HandoffStage::Rechecking { .. } | HandoffStage::Writing, _) => Layer::Rechecking,
            (HandoffStage::Confirming, _) => Layer::Confirming,
            (HandoffStage::Idle | HandoffStage::Sealed { .. }, Screen::Rows(..)) => Layer::Rows,
            (HandoffStage::Sealed { .. }, Screen::Briefing(_) | Screen::Steps | Screen::Gate(_)) => {
                Layer::Sealed
            }
            (HandoffStage::Idle, Screen::Briefing(_)) => Layer::Briefing,
            (HandoffStage::Idle, Screen::Steps) => Layer::Steps,
            (HandoffStage::Idle, Screen::Gate(_)) => Layer::Gate,
        }
    }

    /// The layer that has the keys.
    pub fn top(&self, view: &View<'_>) -> Layer {
        self.layers(view).pop().unwrap_or_else(|| self.lowest(view))
    }

    /// Where a key is pressed in a layer.
    pub(super) fn context(&self, layer: Layer, view: &View<'_>) -> KeyContext {
        self.layered(layer).context(view)
    }

    /// Whether a layer offers an action now: two of them by the run, wherever they have a key.
    pub(super) fn offers(&self, layer: Layer, action: Action, seat: &Seat<'_>) -> bool {
        let view = seat.view;
        match (action, view.run.shell()) {
            (Action::CheckAll | Action::Reconnect, _) if view.looking.is_some() => false,
            (Action::CheckAll, shell) => {
                matches!(shell, ShellState::Open(..)) && view.run.foreground_command().is_none()
            }
            (Action::Reconnect, ShellState::Absent) => !view.run.is_sealed(),
            (Action::Reconnect, ShellState::Opening(_)) => false,
            (Action::Reconnect, ShellState::Open(..)) => view.run.session_is_lost(view.now),
            _ => self.layered(layer).offers(action, seat),
        }
    }

    pub(super) const fn seat<'a>(&self, view: &'a View<'a>) -> Seat<'a> {
        Seat { view, viewport: self.viewport, size: self.size }
    }

    /// What a layer is; where it is not there any more, the steps.
    pub(super) fn layered(&self, layer: Layer) -> &dyn Layered {
        let found: Option<&dyn Layered> = match layer {
            Layer::Briefing | Layer::Rows | Layer::Gate => match &self.screen {
                Screen::Briefing(form) => Some(form),
                Screen::Rows(rows, _) => Some(&**rows),
                Screen::Gate(gate) => Some(gate),
                Screen::Steps | Screen::Looking => None,
            },
            Layer::Attest | Layer::Confirm => match &self.dialog {
                Some(Dialog::Attest(form)) => Some(form),
                Some(Dialog::Confirm(form)) => Some(form),
                None => None,
            },
            Layer::Rechecking | Layer::Confirming | Layer::Sealed => Some(&self.handoff),
            Layer::Question => self.question.as_ref().map(|form| form as _),
            Layer::Quit => self.quit.as_ref().map(|quit| quit as _),
            Layer::Halted => self.halted.as_ref().map(|halted| halted as _),
            Layer::Help => self.help.as_ref().map(|help| help as _),
            Layer::Steps | Layer::Looking => None,
            Layer::TooSmall => Some(&self.too_small),
        };
        found.unwrap_or(&self.steps)
    }

    pub(super) fn layered_mut(&mut self, layer: Layer) -> &mut dyn Layered {
        let found: Option<&mut dyn Layered> = match layer {
            Layer::Briefing | Layer::Rows | Layer::Gate => match &mut self.screen {
                Screen::Briefing(form) => Some(form),
                Screen::Rows(rows, _) => Some(&mut **rows),
                Screen::Gate(gate) => Some(gate),
                Screen::Steps | Screen::Looking => None,
            },
            Layer::Attest | Layer::Confirm => match &mut self.dialog {
                Some(Dialog::Attest(form)) => Some(form),
                Some(Dialog::Confirm(form)) => Some(form),
                None => None,
            },
            Layer::Rechecking | Layer::Confirming | Layer::Sealed => Some(&mut self.handoff),
            Layer::Question => self.question.as_mut().map(|form| form as _),
            Layer::Quit => self.quit.as_mut().map(|quit| quit as _),
            Layer::Halted => self.halted.as_mut().map(|halted| halted as _),
            Layer::Help => self.help.as_mut().map(|help| help as _),
            Layer::Steps | Layer::Looking => None,
            Layer::TooSmall => Some(&mut self.too_small),
        };
        found.unwrap_or(&mut self.steps)
    }

    /// That layer is done.
    pub(super) fn close(&mut self, layer: Layer, view: &View<'_>) {
        match layer {
            Layer::Briefing | Layer::Gate => self.screen = Screen::of_steps(view),
            Layer::Rows => {
                self.screen = match self.screen.left_to(view) {
                    LeftTo::Steps => Screen::Steps,
                    LeftTo::Looking => Screen::Looking,
                }
            }
            // Below them is the seal.
            Layer::Looking => self.screen = Screen::Steps,
            Layer::Attest | Layer::Confirm => self.dialog = None,
            Layer::Question => self.question = None,
            Layer::Quit => self.quit = None,
            Layer::Help => self.help = None,
            // What is of the run goes when the run says so.
            Layer::Steps
            | Layer::Rechecking
            | Layer::Confirming
            | Layer::Sealed
            | Layer::Halted
            | Layer::TooSmall => {}
        }
    }
}
