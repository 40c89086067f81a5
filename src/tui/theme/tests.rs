use ratatui::style::Color;

use super::{Meaning, Theme, ThemeKind};

/// The default colours of the legacy console.
fn console(color: Color) -> (u8, u8, u8) {
    match color {
        Color::Black => (0, 0, 0),
        Color::Red => (128, 0, 0),
        Color::Gray => (192, 192, 192),
        Color::DarkGray => (128, 128, 128),
        Color::LightRed => (255, 0, 0),
        Color::LightGreen => (0, 255, 0),
        Color::LightYellow => (255, 255, 0),
        Color::LightCyan => (0, 255, 255),
        Color::LightMagenta => (255, 0, 255),
        Color::White => (255, 255, 255),
        Color::Rgb(r, g, b) => (r, g, b),
        other => panic!("{other:?} is not one of the colours that are legible on the legacy console"),
    }
}

/// Relative luminance (WCAG 2.2, definition of the same name).
fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
}

/// Contrast ratio (WCAG 2.2, definition of the same name).
fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(console(a)), luminance(console(b)));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_is_legible_in_every_coloured_theme() {
    for name in [ThemeKind::Dark, ThemeKind::Light, ThemeKind::Sixteen] {
        let theme = Theme::new(name);
        for meaning in Meaning::ALL {
            for style in [theme.style(meaning), theme.on_dialog(meaning)] {
                let own = theme.style(meaning).bg;
                let strip = own != theme.style(Meaning::Base).bg && style.bg != own;
                // Lines that divide carry no words, and strips keep their own background on a dialog.
                if meaning == Meaning::Border || strip {
                    continue;
                }
                let ratio = contrast(style.fg.unwrap(), style.bg.unwrap());
                assert!(ratio >= 4.5, "{name:?} {meaning:?}: {ratio:.2}");
            }
        }
    }
}

#[test]
fn states_are_legible_on_the_selected_row() {
    for name in [ThemeKind::Dark, ThemeKind::Light, ThemeKind::Sixteen] {
        for meaning in
            [Meaning::Base, Meaning::Muted, Meaning::Good, Meaning::Bad, Meaning::Doubt, Meaning::Running]
        {
            let style = Theme::new(name).on_selected(meaning);
            let ratio = contrast(style.fg.unwrap(), style.bg.unwrap());
            assert!(ratio >= 4.0, "{name:?} {meaning:?}: {ratio:.2}");
        }
    }
}

#[test]
fn mono_uses_no_colour() {
    for meaning in Meaning::ALL {
        let style = Theme::new(ThemeKind::Mono).style(meaning);
        assert_eq!((style.fg, style.bg), (Some(Color::Reset), Some(Color::Reset)), "{meaning:?}");
    }
}

#[test]
fn the_theme_follows_what_the_environment_can_show() {
    let detect = |pairs: &'static [(&str, &str)]| {
        ThemeKind::detect(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, v)| (*v).to_owned()))
    };
    assert_eq!(detect(&[]), ThemeKind::Sixteen);
    assert_eq!(detect(&[("COLORTERM", "truecolor")]), ThemeKind::Dark);
    assert_eq!(detect(&[("WT_SESSION", "a1")]), ThemeKind::Dark);
    assert_eq!(detect(&[("COLORTERM", "truecolor"), ("NO_COLOR", "1")]), ThemeKind::Mono);
    assert_eq!(detect(&[("NO_COLOR", "")]), ThemeKind::Sixteen);
}
