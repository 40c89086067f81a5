//! The screens and dialogs of runs that the real machine has gone through.

mod attention;
mod covers;
mod dialogs;
mod every_state;
pub(crate) mod fixture;
mod flow;
mod going;
mod groups;
mod keymap;
mod layers;
mod layout;
mod list;
mod looped;
mod outputs;
mod progress;
mod questions;
mod reach;
mod rows;
mod sample;
mod states;
mod subjects;
mod time;
mod unread;

use fixture::{Bench, drawn, key, press};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Mode, Prompt};
use greenlight::facade::shell::{Progress, Stream};
use greenlight::facade::text::Text;
use greenlight::facade::tui::{
    ChooseView, Chooser, Chosen, Entry, EntryKind, GlyphSet, Glyphs, KeyMap, TerminalSize, Theme, ThemeKind,
};
use ratatui::backend::TestBackend;

fn assert_text(name: &str, screen: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!(format!("tui-{name}"), screen));
}

fn text_of(backend: &TestBackend) -> String {
    backend.to_string()
}

/// The shared address space is red, with its facts and remedy.
fn red() -> Bench {
    let mut bench = Bench::begun(Mode::Live);
    bench.until_session();
    bench.check("shared-sip-address-space", &Bench::shared(false));
    bench
}

fn running() -> Bench {
    let mut bench = red();
    bench.apply_confirmed("shared-sip-address-space");
    bench.pass(4_000);
    bench.say(Stream::Output, "Connecting to the tenant contoso.com");
    bench.say(Stream::Warning, "The names of some imported commands from the module 'tmp_x1' include unapproved verbs that might make them less discoverable.");
    bench.say(Stream::Error, "\u{1b}[31mThe remote server returned an error: (503)\u{1b}[0m, trying again");
    bench.say(Stream::Verbose, "東京 and Zürich answer");
    let progress = Progress {
        activity: "Setting the configuration".into(),
        status: "waiting for the tenant".into(),
        percent: Some(60),
        ..Progress::default()
    };
    bench.live.progress(progress, bench.now);
    bench.pass(8_000);
    bench
}

fn asking(prompt: Prompt) -> Bench {
    let mut bench = Bench::begun(Mode::Live);
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench.apply_confirmed("credential");
    bench.ask(prompt);
    bench
}

#[test]
fn enter_opens_what_is_selected() {
    let entry = |kind| Entry { title: "t".into(), detail: "d".into(), kind };
    let entries = [entry(EntryKind::Resume), entry(EntryKind::New)];
    let (glyphs, keys) = (Glyphs::new(GlyphSet::Unicode), KeyMap::built_in());
    let (text, theme) = (Text::default(), Theme::new(ThemeKind::Mono));
    let view = ChooseView { entries: &entries, notice: None, text, theme, glyphs: &glyphs, keys: &keys };
    let mut chooser = Chooser::new(TerminalSize { columns: 80, rows: 24 });
    chooser.on_key(key("down"), &view);
    assert_eq!(chooser.on_key(key("enter"), &view), Some(Chosen::Entry(1)));
}

#[test]
fn a_rehearsal_says_what_to_try_of_the_selected_step_or_of_none() {
    let mut bench = Bench::begun(Mode::Rehearsal("wrong-tenant".into()));
    states::advise(&mut bench);
    for (columns, rows) in [(60, 20), (80, 24)] {
        let mut ui = bench.ui(columns, rows);
        let of_none = text_of(&drawn(&bench, &mut ui, columns, rows));
        assert!(of_none.contains("Try: go from step to step"), "{of_none}");
        press(&mut ui, &bench, "down down");
        let of_step = text_of(&drawn(&bench, &mut ui, columns, rows));
        assert!(of_step.contains("Try: apply it: it is green"), "{of_step}");
    }
}

#[test]
fn too_small() {
    let bench = red();
    let screen = text_of(&drawn(&bench, &mut bench.ui(40, 8), 40, 8));
    assert_text("too-small", &screen);
}
