//! Every state of every screen in each size, in each language, with signs of Unicode and of ASCII: how it looks, and what holds of all.

use std::collections::BTreeSet;

use greenlight::facade::checklist::Lang;
use greenlight::facade::text::Text;
use greenlight::facade::tui::{
    ChooseView, Chooser, Entry, EntryKind, GlyphSet, Glyphs, KeyMap, TerminalSize, Theme, ThemeKind,
    draw_choose,
};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regex_lite::Regex;
use unicode_width::UnicodeWidthStr;

use super::fixture::{drawn, key, press};
use super::states::{STATES, State};

type Size = (u16, u16);

const SIZES: [Size; 3] = [(80, 24), (60, 20), (120, 40)];

/// What else than a scroll brings into sight in a small window what decides: a pane alone, the failing rows.
const ONE_KEY: [&str; 3] = ["pgdn", "z", "t"];

/// One frame of a state.
struct Frame<'a> {
    name: &'a str,
    lang: Lang,
    set: GlyphSet,
    size: Size,
    rows: Vec<String>,
}

impl<'a> Frame<'a> {
    fn new(name: &'a str, lang: Lang, set: GlyphSet, size: Size, backend: &TestBackend) -> Self {
        let buffer = backend.buffer();
        let row = |y| {
            let mut taken = 0;
            let cells = (0..buffer.area.width).filter_map(|x| {
                // What is two columns wide covers the cell behind it.
                let symbol = (x >= taken).then(|| buffer[(x, y)].symbol())?;
                taken = x + u16::try_from(symbol.width()).unwrap();
                Some(symbol)
            });
            cells.collect()
        };
        let rows = (0..buffer.area.height).map(row).collect();
        Self { name, lang, set, size, rows }
    }

    fn head(&self) -> String {
        let signs = if self.set == GlyphSet::Ascii { " ASCII, where it differs" } else { "" };
        format!("══ {} {}x{}{signs}", self.lang, self.size.0, self.size.1)
    }

    /// What holds of every frame there is.
    fn claims(&self, sight: &Sight) {
        let (rows, at) = (&self.rows, format!("{}, {}:\n{}", self.name, self.head(), self.rows.join("\n")));
        assert_eq!(rows.len(), usize::from(self.size.1), "{at}");
        assert!(rows.iter().all(|row| row.width() == usize::from(self.size.0)), "{at}");
        assert!(self.set != GlyphSet::Ascii || rows.iter().all(|row| row.is_ascii()), "{at}");
        assert!(!sight.placeholder.is_match(&rows.join("\n")), "{at}");
        if self.set == GlyphSet::Unicode {
            self.titles(&at);
            self.keys(&sight.labels, &at);
        }
    }

    /// No two steps are listed by the same words.
    fn titles(&self, at: &str) {
        if self.dialog().is_some() {
            return;
        }
        let listed = Regex::new(r"^[> ] \S {1,2}\d+ (.+)$").unwrap();
        let left = self.rows.iter().filter_map(|row| Some(row.split_once('│')?.0));
        let titles: Vec<&str> =
            left.filter_map(|row| Some(listed.captures(row)?.get(1)?.as_str().trim())).collect();
        assert_eq!(titles.iter().collect::<BTreeSet<_>>().len(), titles.len(), "{at}");
    }

    /// The row of the lower edge of a dialog, where one lies over the screen, and between which columns that is.
    fn dialog(&self) -> Option<(usize, std::ops::Range<usize>)> {
        let row = self.rows.iter().rposition(|row| row.contains('╰'))?;
        let place = |corner| self.rows[row].chars().position(|c| c == corner);
        Some((row, place('╰')? + 1..place('╯')?))
    }

    /// What names the keys, below a screen or in a dialog, ends with the whole of a label.
    fn keys(&self, labels: &BTreeSet<String>, at: &str) {
        let (bottom, columns) = self.dialog().unwrap_or((self.rows.len(), 0..usize::from(self.size.0)));
        let row: String = self.rows[bottom - 1].chars().skip(columns.start).take(columns.len()).collect();
        for item in row.split("   ").map(str::trim).filter(|item| !item.is_empty()) {
            let whole = labels
                .iter()
                .any(|label| item.strip_suffix(label.as_str()).is_some_and(|key| key.ends_with(' ')));
            assert!(whole, "{item:?} in {at}");
        }
    }

    fn shows(&self, word: &str) -> bool {
        // What is wrapped is read on in the next row, of its own column.
        let line = if self.set == GlyphSet::Ascii { '|' } else { '│' };
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let column = |right: bool| {
            let side = |row: &String| match (row.split_once(line), right) {
                (Some((_, side)), true) | (Some((side, _)), false) => squeezed(&side.replace(line, " ")),
                (None, _) => squeezed(row),
            };
            self.rows.iter().map(side).collect::<String>()
        };
        [column(false), column(true)].iter().any(|side| side.contains(&squeezed(word)))
    }
}

/// What frames are held against.
struct Sight {
    placeholder: Regex,
    /// The words for every key, in every language.
    labels: BTreeSet<String>,
}

impl Sight {
    fn new() -> Self {
        let map = include_str!("../../../assets/keymap.toml");
        let label = Regex::new(r#"(?:en|es|fr) = "([^"]+)""#).unwrap();
        let labels = map.lines().filter_map(|row| row.split_once("label = "));
        let labels = labels
            .flat_map(|(_, of)| label.captures_iter(of).map(|label| label[1].to_owned()).collect::<Vec<_>>());
        let by_the_run =
            Lang::ALL.map(Text::new).map(|text| [text.key_end_going(), text.key_page_end()]).concat();
        Self { placeholder: Regex::new(r"\{[a-z_]+\}").unwrap(), labels: labels.chain(by_the_run).collect() }
    }
}

/// Draws a state in every way, holds it against what holds of all, and gives how it looks.
fn every_way(
    name: &str,
    draw: &mut dyn FnMut(Lang, GlyphSet, Size) -> TestBackend,
    each: &mut dyn FnMut(&Frame<'_>),
) {
    let sight = Sight::new();
    let mut pages = Vec::new();
    for lang in Lang::ALL {
        for size in SIZES {
            let [unicode, ascii] = [GlyphSet::Unicode, GlyphSet::Ascii].map(|set| {
                let frame = Frame::new(name, lang, set, size, &draw(lang, set, size));
                frame.claims(&sight);
                each(&frame);
                frame
            });
            pages.push(unicode.head());
            pages.extend(unicode.rows.iter().map(|row| row.trim_end().to_owned()));
            pages.push(ascii.head());
            let differ =
                (1..).zip(ascii.rows.iter().zip(&unicode.rows)).filter(|(_, (ascii, row))| ascii != row);
            pages.extend(differ.map(|(number, (row, _))| format!("{number:>2} {}", row.trim_end())));
        }
    }
    super::assert_text(name, &pages.join("\n"));
}

fn look(state: &State) {
    let mut bench = state.bench();
    let mut draw = |lang, set, size: Size, key: Option<&str>| {
        bench.text = Text::new(lang);
        bench.glyphs = Glyphs::new(set);
        let mut ui = state.ui(&bench, size);
        if let Some(key) = key {
            press(&mut ui, &bench, key);
        }
        drawn(&bench, &mut ui, size.0, size.1)
    };
    let mut hidden = Vec::new();
    every_way(state.name, &mut |lang, set, size| draw(lang, set, size, None), &mut |frame| {
        let out: Vec<&str> = state.decides.iter().copied().filter(|word| !frame.shows(word)).collect();
        if frame.size.0 < 120 && !out.is_empty() {
            hidden.push((frame.lang, frame.set, frame.size, out, frame.rows.join("\n")));
        }
    });
    for (lang, set, size, out, screen) in hidden {
        let mut near = |key| {
            let frame = Frame::new(state.name, lang, set, size, &draw(lang, set, size, Some(key)));
            out.iter().all(|word| frame.shows(word))
        };
        let near = size == SIZES[1] && ONE_KEY.into_iter().any(&mut near);
        assert!(near, "{}, {lang}: {out:?} is out of sight\n{screen}", state.name);
    }
}

#[test]
fn every_state_of_every_screen() {
    // All that fail are told.
    let fails = |state: &&State| std::panic::catch_unwind(|| look(state)).is_err();
    let failed: Vec<&str> = STATES.iter().filter(fails).map(|state| state.name).collect();
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn the_first_screen_in_every_state() {
    let entry = |title: &str, detail: String, kind| Entry { title: title.into(), detail, kind };
    let title = "Lync Online to Lync Server 2013";
    let run = |day: u32, kind| {
        entry(
            title,
            format!(
                "last used 2026-11-{day:02} 09:02 · Contoso · live · CONTOSO\\ana on LYNC01 · 20261120-090{day}"
            ),
            kind,
        )
    };
    let new = || entry(title, "lync-online-to-lync-2013".into(), EntryKind::New);
    let rehearsal = |name: &str| entry(title, format!("scenario “{name}”"), EntryKind::Rehearse);
    let first = vec![new(), rehearsal("default"), rehearsal("wrong-password")];
    let runs = || vec![run(20, EntryKind::Resume), run(18, EntryKind::Resume)];
    let some: Vec<Entry> =
        runs().into_iter().chain(first.clone()).chain([run(2, EntryKind::Sealed)]).collect();
    let many: Vec<Entry> = (1..30).map(|day| run(day, EntryKind::Resume)).chain(first.clone()).collect();
    let no_shell: Vec<Entry> = first[1..].iter().cloned().chain(runs()).collect();
    let keys = KeyMap::built_in();
    for (name, entries, no_powershell, pressed) in [
        ("first-without-runs", &first, false, ""),
        ("first-with-runs", &some, false, "down"),
        ("first-of-many", &many, false, "down down down down down down down down down down down down"),
        ("first-without-powershell", &no_shell, true, ""),
        ("first-with-nothing", &Vec::new(), false, ""),
        ("first-help", &some, false, "?"),
    ] {
        let mut draw = |lang, set, (columns, rows): Size| {
            let (text, glyphs) = (Text::new(lang), Glyphs::new(set));
            let notice = text.no_powershell();
            let notice = no_powershell.then_some(notice.as_str());
            let theme = Theme::new(ThemeKind::Mono);
            let view = ChooseView { entries, notice, text, theme, glyphs: &glyphs, keys: &keys };
            let mut chooser = Chooser::new(TerminalSize { columns, rows });
            for name in pressed.split(' ').filter(|name| !name.is_empty()) {
                chooser.on_key(key(name), &view);
            }
            let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
            terminal.draw(|frame| draw_choose(frame, &view, &chooser)).unwrap();
            terminal.backend().clone()
        };
        every_way(name, &mut draw, &mut |_| {});
    }
}
