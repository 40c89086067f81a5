//! The only place with signs: three sets, from what every console can draw to what a modern terminal can.

use ratatui::buffer::Buffer;
use ratatui::symbols::border;

use crate::run::StepStatus;
use crate::shell::Stream;
use crate::text::ascii_cell;

/// Which set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GlyphSet {
    /// For terminals with a modern font.
    Unicode,
    /// Signs of code page 437, which raster fonts, Consolas and Lucida Console draw.
    #[default]
    Cp437,
    Ascii,
}

/// The signs of a set.
#[derive(Clone, Copy, Debug)]
pub struct Glyphs {
    set: GlyphSet,
    /// Before the selected row, and the field that takes the keys.
    pub marker: &'static str,
    /// A state that holds.
    pub green: &'static str,
    /// A state that does not.
    pub red: &'static str,
    /// A state that could not be found out.
    pub undetermined: &'static str,
    /// A state that we stopped watching.
    pub interrupted: &'static str,
    /// A state that was never looked at.
    pub not_run: &'static str,
    /// A state that needs another one first.
    pub waiting: &'static str,
    /// A state that a command of this session is still to make.
    pub to_do: &'static str,
    /// A state that is not asked for.
    pub not_applying: &'static str,
    /// A state that is being looked at.
    pub running: &'static str,
    /// A state that is looked at again and again.
    pub polling: &'static str,
    /// A green that no longer counts.
    pub stale: &'static str,
    /// A line that divides two columns.
    pub vertical: &'static str,
    /// A line that divides two rows.
    pub horizontal: &'static str,
    /// The frame of a dialog.
    pub border: border::Set<'static>,
    /// The done part of a bar.
    pub full: &'static str,
    /// The part of a bar that is left.
    pub empty: &'static str,
    /// At the end of what was cut.
    pub ellipsis: &'static str,
    /// For each character of a password.
    pub mask: &'static str,
    /// Between two things on one line.
    pub dot: &'static str,
    /// There is more above.
    pub up: &'static str,
    /// There is more below.
    pub down: &'static str,
    /// There is more to the left.
    pub left: &'static str,
    /// There is more to the right.
    pub right: &'static str,
}

const UNICODE: Glyphs = Glyphs {
    set: GlyphSet::Unicode,
    marker: ">",
    green: "✓",
    red: "✗",
    undetermined: "?",
    interrupted: "!",
    not_run: "○",
    waiting: "…",
    to_do: "→",
    not_applying: "–",
    running: "►",
    polling: "↻",
    stale: "~",
    vertical: "│",
    horizontal: "─",
    border: border::ROUNDED,
    full: "█",
    empty: "░",
    ellipsis: "…",
    mask: "•",
    dot: "·",
    up: "▲",
    down: "▼",
    left: "◄",
    right: "►",
};

const CP437: Glyphs = Glyphs {
    set: GlyphSet::Cp437,
    green: "√",
    red: "x",
    not_run: "·",
    waiting: ":",
    to_do: "»",
    not_applying: "-",
    polling: "%",
    border: border::PLAIN,
    ellipsis: "..",
    mask: "*",
    ..UNICODE
};

const ASCII: Glyphs = Glyphs {
    set: GlyphSet::Ascii,
    green: "+",
    not_run: ".",
    to_do: "o",
    running: "*",
    vertical: "|",
    horizontal: "-",
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
    full: "#",
    empty: ".",
    dot: "-",
    up: "^",
    down: "v",
    left: "<",
    right: ">",
    ..CP437
};

impl Glyphs {
    /// The signs of `set`.
    pub const fn new(set: GlyphSet) -> Self {
        match set {
            GlyphSet::Unicode => UNICODE,
            GlyphSet::Cp437 => CP437,
            GlyphSet::Ascii => ASCII,
        }
    }

    pub const fn set(&self) -> GlyphSet {
        self.set
    }

    /// The sign of a status.
    pub const fn status(&self, status: &StepStatus) -> &'static str {
        match status {
            StepStatus::NotRun => self.not_run,
            StepStatus::Waiting => self.waiting,
            StepStatus::ToDo => self.to_do,
            StepStatus::DoesNotApply => self.not_applying,
            StepStatus::Running(_) => self.running,
            StepStatus::Polling => self.polling,
            StepStatus::Green => self.green,
            StepStatus::Stale(_) => self.stale,
            StepStatus::Red => self.red,
            StepStatus::Undetermined => self.undetermined,
            StepStatus::Interrupted => self.interrupted,
        }
    }

    /// The sign before a line of a stream.
    pub const fn stream(&self, stream: Stream) -> &'static str {
        match stream {
            Stream::Output => " ",
            Stream::Error => self.red,
            Stream::Warning => "!",
            Stream::Verbose => "v",
            Stream::Debug => "d",
            Stream::Information => "i",
            Stream::Progress => self.running,
            Stream::Noise => "#",
        }
    }

    /// Replaces typographic signs of the sentences that the set does not have, each by one of the same width.
    pub fn flatten(&self, buffer: &mut Buffer) {
        if self.set == GlyphSet::Unicode {
            return;
        }
        for cell in &mut buffer.content {
            let plain = match cell.symbol() {
                symbol if self.set == GlyphSet::Ascii => {
                    if symbol.is_ascii() {
                        continue;
                    }
                    ascii_cell(symbol)
                }
                "“" | "”" => "\"",
                "’" | "‘" => "'",
                "…" => "~",
                "—" | "–" => "-",
                "\u{a0}" | "\u{202f}" => " ",
                _ => continue,
            };
            cell.set_symbol(plain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GlyphSet, Glyphs};

    fn signs(glyphs: &Glyphs) -> Vec<&'static str> {
        let b = glyphs.border;
        vec![
            glyphs.marker,
            glyphs.green,
            glyphs.red,
            glyphs.undetermined,
            glyphs.interrupted,
            glyphs.not_run,
            glyphs.running,
            glyphs.polling,
            glyphs.stale,
            glyphs.vertical,
            glyphs.horizontal,
            glyphs.full,
            glyphs.empty,
            glyphs.ellipsis,
            glyphs.mask,
            glyphs.dot,
            glyphs.up,
            glyphs.down,
            glyphs.left,
            glyphs.right,
            b.top_left,
            b.top_right,
            b.bottom_left,
            b.bottom_right,
            b.vertical_left,
            b.vertical_right,
            b.horizontal_top,
            b.horizontal_bottom,
        ]
    }

    #[test]
    fn each_set_keeps_to_its_characters() {
        // The signs beyond ASCII that we use of code page 437 (its upper half, and its graphics for 1 to 31).
        let cp437 = "√·►│─┌┐└┘█░▲▼◄";
        for sign in signs(&Glyphs::new(GlyphSet::Cp437)) {
            assert!(sign.chars().all(|c| c.is_ascii() || cp437.contains(c)), "{sign}");
        }
        for sign in signs(&Glyphs::new(GlyphSet::Ascii)) {
            assert!(sign.is_ascii(), "{sign}");
        }
    }

    #[test]
    fn a_state_is_told_by_its_sign_alone() {
        for set in [GlyphSet::Unicode, GlyphSet::Cp437, GlyphSet::Ascii] {
            let g = Glyphs::new(set);
            let mut states =
                vec![g.green, g.red, g.undetermined, g.interrupted, g.not_run, g.running, g.polling, g.stale];
            states.sort_unstable();
            states.dedup();
            assert_eq!(states.len(), 8, "{set:?}");
        }
    }
}
