//! The only place with colours: what a part of the screen means, and how that looks.
//!
//! Foreground and background are both always given, so that the contrast is known whatever the console's own colours
//! are. Nothing relies on bold or underline: a console without escape sequences ignores them. Reverse it knows.

use ratatui::style::{Color, Modifier, Style};

/// What a part of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Ordinary text, and the screen behind everything.
    Base,
    /// What may be overlooked.
    Muted,
    Border,
    Title,
    /// A heading of a pane that does not have the focus.
    Heading,
    /// What has the focus, and keys.
    Accent,
    /// The selected row.
    Selected,
    Command,
    /// A state that holds.
    Good,
    /// A state that does not hold; errors.
    Bad,
    /// A state that is not known, or no longer counts; warnings.
    Doubt,
    Running,
    /// A state that is waited for.
    Polling,
    /// The inside of a dialog.
    Dialog,
    /// The frame of a dialog.
    DialogBorder,
    /// A field to type in.
    Field,
    /// The field that takes the keys.
    FieldFocus,
    Cursor,
    /// A button that can be used.
    Button,
    /// A button that cannot.
    ButtonLocked,
    /// The strip that marks a rehearsal.
    Rehearsal,
    /// The strip of a refusal.
    Refusal,
}

impl Meaning {
    pub const ALL: [Self; 22] = [
        Self::Base,
        Self::Muted,
        Self::Border,
        Self::Title,
        Self::Heading,
        Self::Accent,
        Self::Selected,
        Self::Command,
        Self::Good,
        Self::Bad,
        Self::Doubt,
        Self::Running,
        Self::Polling,
        Self::Dialog,
        Self::DialogBorder,
        Self::Field,
        Self::FieldFocus,
        Self::Cursor,
        Self::Button,
        Self::ButtonLocked,
        Self::Rehearsal,
        Self::Refusal,
    ];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeKind {
    /// 24-bit colours on a dark screen.
    Dark,
    /// 24-bit colours on a light screen.
    Light,
    /// The sixteen colours that every console has, on black.
    #[default]
    Sixteen,
    /// No colours at all.
    Mono,
}

/// What begins and ends the colour of a meaning in lines, which have the console's own background.
pub(crate) const fn in_lines(meaning: Meaning) -> [&'static str; 2] {
    let begin = match meaning {
        Meaning::Good => "\u{1b}[1;32m",
        Meaning::Bad | Meaning::Refusal => "\u{1b}[1;31m",
        Meaning::Doubt | Meaning::Rehearsal => "\u{1b}[1;33m",
        Meaning::Accent | Meaning::Running => "\u{1b}[1;36m",
        Meaning::Polling => "\u{1b}[1;35m",
        Meaning::Base
        | Meaning::Muted
        | Meaning::Border
        | Meaning::Title
        | Meaning::Heading
        | Meaning::Selected
        | Meaning::Command
        | Meaning::Dialog
        | Meaning::DialogBorder
        | Meaning::Field
        | Meaning::FieldFocus
        | Meaning::Cursor
        | Meaning::Button
        | Meaning::ButtonLocked => return ["", ""],
    };
    [begin, "\u{1b}[0m"]
}

impl ThemeKind {
    /// The theme that an environment can show, dark where it can show both.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let is = |name: &str, wanted: &[&str]| variable(name).is_some_and(|v| wanted.contains(&v.as_str()));
        if set("NO_COLOR") {
            Self::Mono
        } else if set("WT_SESSION") || is("COLORTERM", &["truecolor", "24bit"]) {
            Self::Dark
        } else {
            Self::Sixteen
        }
    }
}

/// The few colours that a theme is made of.
struct Palette {
    screen: Color,
    surface: Color,
    sunken: Color,
    text: Color,
    muted: Color,
    border: Color,
    bright: Color,
    accent: Color,
    good: Color,
    bad: Color,
    doubt: Color,
    running: Color,
    polling: Color,
    chosen: (Color, Color),
    cursor: (Color, Color),
    rehearsal: (Color, Color),
    refusal: (Color, Color),
}

const fn rgb(hex: u32) -> Color {
    let [_, r, g, b] = hex.to_be_bytes();
    Color::Rgb(r, g, b)
}

const DARK: Palette = Palette {
    screen: rgb(0x0014_181d),
    surface: rgb(0x001d_242c),
    sunken: rgb(0x001d_242c),
    text: rgb(0x00d3_dae3),
    muted: rgb(0x008d_99a8),
    border: rgb(0x003b_4653),
    bright: rgb(0x00ff_ffff),
    accent: rgb(0x005c_cfc4),
    good: rgb(0x007b_d88f),
    bad: rgb(0x00ff_8078),
    doubt: rgb(0x00e8_ba5a),
    running: rgb(0x007c_d5ef),
    polling: rgb(0x00c3_b1f7),
    chosen: (rgb(0x00ff_ffff), rgb(0x002a_3642)),
    cursor: (rgb(0x0014_181d), rgb(0x005c_cfc4)),
    rehearsal: (rgb(0x0020_1800), rgb(0x00e8_ba5a)),
    refusal: (rgb(0x00ff_ffff), rgb(0x009b_2c28)),
};

const LIGHT: Palette = Palette {
    screen: rgb(0x00fb_fbf9),
    surface: rgb(0x00f0_f1ee),
    sunken: rgb(0x00ef_f1ee),
    text: rgb(0x0024_2a31),
    muted: rgb(0x0059_636e),
    border: rgb(0x00c4_cbd1),
    bright: rgb(0x0000_0000),
    accent: rgb(0x0000_665e),
    good: rgb(0x0011_6329),
    bad: rgb(0x00b0_241d),
    doubt: rgb(0x0078_4a00),
    running: rgb(0x000b_5a75),
    polling: rgb(0x0055_3c9a),
    chosen: (rgb(0x0000_0000), rgb(0x00d9_e7e4)),
    cursor: (rgb(0x00ff_ffff), rgb(0x0000_665e)),
    rehearsal: (rgb(0x0020_1800), rgb(0x00f0_c55e)),
    refusal: (rgb(0x00ff_ffff), rgb(0x009b_2c28)),
};

const SIXTEEN: Palette = Palette {
    screen: Color::Black,
    surface: Color::Black,
    sunken: Color::Black,
    text: Color::Gray,
    muted: Color::Gray,
    border: Color::DarkGray,
    bright: Color::White,
    accent: Color::LightCyan,
    good: Color::LightGreen,
    bad: Color::LightRed,
    doubt: Color::LightYellow,
    running: Color::LightCyan,
    polling: Color::LightMagenta,
    chosen: (Color::Black, Color::Gray),
    cursor: (Color::Black, Color::LightCyan),
    rehearsal: (Color::Black, Color::LightYellow),
    refusal: (Color::White, Color::Red),
};

/// A meaning to its look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    name: ThemeKind,
}

impl Theme {
    pub const fn new(name: ThemeKind) -> Self {
        Self { name }
    }

    pub const fn name(self) -> ThemeKind {
        self.name
    }

    /// How a meaning looks.
    pub const fn style(self, meaning: Meaning) -> Style {
        match self.name {
            ThemeKind::Dark => coloured(&DARK, meaning),
            ThemeKind::Light => coloured(&LIGHT, meaning),
            ThemeKind::Sixteen => coloured(&SIXTEEN, meaning),
            ThemeKind::Mono => mono(meaning),
        }
    }

    /// How a meaning looks on the selected row; where colours are few the row's own look is kept.
    pub const fn on_selected(self, meaning: Meaning) -> Style {
        let selected = self.style(Meaning::Selected);
        match self.name {
            ThemeKind::Dark | ThemeKind::Light => {
                let mut style = self.style(meaning);
                style.bg = selected.bg;
                style
            }
            ThemeKind::Sixteen | ThemeKind::Mono => selected,
        }
    }

    /// How a meaning looks on a dialog.
    pub const fn on_dialog(self, meaning: Meaning) -> Style {
        let mut style = self.style(meaning);
        style.bg = self.style(Meaning::Dialog).bg;
        style
    }
}

const fn coloured(palette: &Palette, meaning: Meaning) -> Style {
    let (fg, bg) = match meaning {
        Meaning::Base => (palette.text, palette.screen),
        Meaning::Muted | Meaning::Heading => (palette.muted, palette.screen),
        Meaning::Border => (palette.border, palette.screen),
        Meaning::Title => (palette.bright, palette.screen),
        Meaning::Accent => (palette.accent, palette.screen),
        Meaning::Selected | Meaning::FieldFocus => palette.chosen,
        Meaning::Command => (palette.bright, palette.sunken),
        Meaning::Good => (palette.good, palette.screen),
        Meaning::Bad => (palette.bad, palette.screen),
        Meaning::Doubt => (palette.doubt, palette.screen),
        Meaning::Running => (palette.running, palette.screen),
        Meaning::Polling => (palette.polling, palette.screen),
        Meaning::Dialog => (palette.text, palette.surface),
        Meaning::DialogBorder => (palette.accent, palette.surface),
        Meaning::Field => (palette.text, palette.sunken),
        Meaning::Cursor | Meaning::Button => palette.cursor,
        Meaning::ButtonLocked => (palette.muted, palette.sunken),
        Meaning::Rehearsal => palette.rehearsal,
        Meaning::Refusal => palette.refusal,
    };
    let style = Style::new().fg(fg).bg(bg);
    match meaning {
        Meaning::Title | Meaning::Button | Meaning::Rehearsal => style.add_modifier(Modifier::BOLD),
        Meaning::Base
        | Meaning::Muted
        | Meaning::Border
        | Meaning::Heading
        | Meaning::Accent
        | Meaning::Selected
        | Meaning::Command
        | Meaning::Good
        | Meaning::Bad
        | Meaning::Doubt
        | Meaning::Running
        | Meaning::Polling
        | Meaning::Dialog
        | Meaning::DialogBorder
        | Meaning::Field
        | Meaning::FieldFocus
        | Meaning::Cursor
        | Meaning::ButtonLocked
        | Meaning::Refusal => style,
    }
}

/// Without colours the words and the signs say everything; attributes only help where there are any.
const fn mono(meaning: Meaning) -> Style {
    let plain = Style::new().fg(Color::Reset).bg(Color::Reset);
    match meaning {
        Meaning::Base
        | Meaning::Muted
        | Meaning::Border
        | Meaning::Heading
        | Meaning::Command
        | Meaning::Good
        | Meaning::Running
        | Meaning::Polling
        | Meaning::Dialog
        | Meaning::DialogBorder
        | Meaning::ButtonLocked => plain,
        Meaning::Title | Meaning::Accent | Meaning::Bad | Meaning::Doubt => {
            plain.add_modifier(Modifier::BOLD)
        }
        Meaning::Field | Meaning::FieldFocus => plain.add_modifier(Modifier::UNDERLINED),
        Meaning::Selected | Meaning::Cursor | Meaning::Button | Meaning::Rehearsal | Meaning::Refusal => {
            plain.add_modifier(Modifier::REVERSED)
        }
    }
}

#[cfg(test)]
mod tests;
