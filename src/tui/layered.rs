//! What a layer of the screens is: its key context, what keys do in it, and how it is drawn.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::View;
use super::confirmation::Confirmation;
use super::field::{Edit, SecretField};
use super::keymap::{Action, KeyBinding, KeyContext};
use super::turn::Turn;
use super::viewport::{TerminalSize, Viewport};

/// What a key meets beside the layer's own state.
pub(super) struct Seat<'a> {
    pub view: &'a View<'a>,
    /// How far the last frame could have been scrolled.
    pub viewport: Viewport,
    pub size: TerminalSize,
}

/// What a frame shows beside the layer's own state.
pub(super) struct Shown<'a> {
    /// Where a key is pressed in the layer below.
    pub below: KeyContext,
    /// Which actions are offered: those that have a key that works.
    pub offers: &'a dyn Fn(Action) -> bool,
}

/// A layer. The one on top has the keys; all are drawn, the lowest first.
pub(super) trait Layered {
    /// Where a key is pressed.
    fn context(&self, view: &View<'_>) -> KeyContext;

    /// What an action does.
    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn;

    /// What a change does to the field that takes the keys, if one does.
    fn edit(&mut self, _edit: Edit, _view: &View<'_>) -> Turn {
        Turn::default()
    }

    /// The field that takes the keys, where it hides what is typed.
    fn hidden(&mut self) -> Option<&mut SecretField> {
        None
    }

    /// What stands between two lines or cells that are pasted.
    fn between(&self, _view: &View<'_>) -> &'static str {
        " "
    }

    /// What is confirmed here, if anything is.
    fn confirmation(&mut self) -> Option<&mut Confirmation> {
        None
    }

    /// Whether an action is to be offered now. What is not offered may still be tried.
    fn offers(&self, _action: Action, _seat: &Seat<'_>) -> bool {
        true
    }

    /// The words for the key of a row, where they hang on how the run stands.
    fn label(&self, row: &KeyBinding, view: &View<'_>) -> String {
        row.label(view.text)
    }

    /// Draws it over what lies below; gives how far it can be scrolled.
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, shown: &Shown<'_>) -> Viewport;
}
