//! Every screen and dialog as a snapshot at 80x24 and 120x40, from runs that the real machine has gone through.

mod attention;
mod covers;
mod dialogs;
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
mod reach;
mod rows;
mod sample;
mod subjects;
mod time;
mod unread;

use fixture::{Bench, drawn, press, type_in};
use greenlight::facade::checklist::{Lang, Localized};
use greenlight::facade::run::prompt::{Choice, Echo, Field, Pick};
use greenlight::facade::run::{Command, Failure, Mode, OutcomeEnd, Prompt, ShellGone};
use greenlight::facade::shell::{Advice, Progress, Stream};
use greenlight::facade::text::Text;
use greenlight::facade::tui::{
    ChooseView, Chooser, Entry, EntryKind, GlyphSet, Glyphs, KeyMap, TerminalSize, Theme, ThemeKind, Ui,
    draw_choose,
};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// Snapshots what `prepare` leads to, at both sizes.
fn snapshot(name: &str, bench: &Bench, prepare: impl Fn(&mut Ui)) {
    for (columns, rows) in SIZES {
        let mut ui = bench.ui(columns, rows);
        snapshot_of(&format!("{name}-{columns}x{rows}"), bench, &mut ui, columns, rows, &prepare);
    }
}

fn snapshot_of(name: &str, bench: &Bench, ui: &mut Ui, columns: u16, rows: u16, prepare: &dyn Fn(&mut Ui)) {
    drawn(bench, ui, columns, rows);
    prepare(ui);
    let backend = drawn(bench, ui, columns, rows);
    assert_snapshot(name, &backend);
}

fn assert_snapshot(name: &str, backend: &TestBackend) {
    assert_text(name, &backend.to_string());
}

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

#[test]
fn choose() {
    let entry = |title: &str, detail: &str, kind| Entry { title: title.into(), detail: detail.into(), kind };
    let entries = [
        entry(
            "Lync Online to Lync Server 2013",
            "begun 2026-11-20 09:02 by CONTOSO\\ana on LYNC01 · 4 of 5 green",
            EntryKind::Resume,
        ),
        entry("Lync Online to Lync Server 2013", "lync-online-to-lync-2013, version 1.0.0", EntryKind::New),
        entry("Lync Online to Lync Server 2013", "scenario “default”", EntryKind::Rehearse),
        entry("Lync Online to Lync Server 2013", "scenario “wrong-password”", EntryKind::Rehearse),
    ];
    let text = Text::default();
    let notice = text.no_powershell();
    let glyphs = Glyphs::new(GlyphSet::Unicode);
    let keys = KeyMap::built_in();
    let view = ChooseView {
        entries: &entries,
        notice: Some(&notice),
        text,
        theme: Theme::new(ThemeKind::Mono),
        glyphs: &glyphs,
        keys: &keys,
    };
    for (columns, rows) in SIZES {
        let mut chooser = Chooser::new(TerminalSize { columns, rows });
        chooser.on_key(fixture::key("down"), &view);
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| draw_choose(frame, &view, &chooser)).unwrap();
        assert_snapshot(&format!("choose-{columns}x{rows}"), terminal.backend());
        assert_eq!(
            chooser.on_key(fixture::key("enter"), &view),
            Some(greenlight::facade::tui::Chosen::Entry(1)),
        );
    }
}

#[test]
fn briefing() {
    let bench = Bench::new(Mode::Live);
    for (columns, rows) in SIZES {
        let mut ui = bench.briefing(columns, rows);
        snapshot_of(&format!("briefing-{columns}x{rows}"), &bench, &mut ui, columns, rows, &|ui| {
            type_in(ui, &bench, "contoso");
        });
    }
}

/// What a rehearsal says to try stands below its strip: that of the selected step, else what is of none.
#[test]
fn rehearsal_advice() {
    let mut bench = Bench::begun(Mode::Rehearsal("wrong-tenant".into()));
    let advice = |step: Option<&str>, en: &str| Advice {
        step: step.map(Into::into),
        say: Localized { en: en.into(), es: None, fr: None },
    };
    bench.advice = vec![
        advice(None, "go from step to step"),
        advice(
            Some("credential"),
            "apply it: it is green, and the header says of which tenant. Look there before you look at the sign",
        ),
    ];
    let shown = |ui: &mut Ui, columns, rows| text_of(&drawn(&bench, ui, columns, rows));
    for (columns, rows) in [(60, 20), (80, 24)] {
        let mut ui = bench.ui(columns, rows);
        assert!(shown(&mut ui, columns, rows).contains("Try: go from step to step"), "{columns}x{rows}");
        press(&mut ui, &bench, "down down");
        snapshot_of(&format!("rehearsal-advice-{columns}x{rows}"), &bench, &mut ui, columns, rows, &|_| {});
    }
}

#[test]
fn step_not_run() {
    snapshot("step-not-run", &Bench::begun(Mode::Live), |_| {});
}

#[test]
fn step_red() {
    snapshot("step-red", &red(), |_| {});
}

#[test]
fn step_red_in_other_languages_and_signs() {
    let mut bench = red();
    for lang in [Lang::Es, Lang::Fr] {
        bench.text = Text::new(lang);
        snapshot(&format!("step-red-{lang}"), &bench, |_| {});
    }
    bench.text = Text::default();
    bench.glyphs = Glyphs::new(GlyphSet::Cp437);
    snapshot("step-red-cp437", &bench, |_| {});
    bench.glyphs = Glyphs::new(GlyphSet::Ascii);
    snapshot("step-red-ascii", &bench, |_| {});
    let mut ui = bench.ui(80, 24);
    assert!(text_of(&drawn(&bench, &mut ui, 80, 24)).is_ascii());
}

#[test]
fn step_running() {
    snapshot("step-running", &running(), |_| {});
}

#[test]
fn step_failed() {
    let mut bench = Bench::begun(Mode::Live);
    bench.check(
        "powershell-is-fit",
        &[("PSVersion", greenlight::facade::run::value::Value::Version(vec![5, 1]))],
    );
    bench.apply_confirmed("credential");
    let failure = Failure {
        error_id: "ParameterBindingFailed,Microsoft.PowerShell.Commands.GetCredentialCommand".into(),
        exception: "System.Management.Automation.ParameterBindingException".into(),
        category: "InvalidArgument".into(),
        message: "The user name or password is incorrect.".into(),
        ..Failure::default()
    };
    bench.say(Stream::Error, "The user name or password is incorrect.");
    bench.end(OutcomeEnd::Threw, &[], vec![failure]);
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    snapshot("step-failed", &bench, |ui| {
        press(ui, &bench, "k k k j j");
    });
}

#[test]
fn step_green_and_stated() {
    let mut bench = red();
    bench.pass(60_000);
    snapshot("step-stated", &bench, |ui| {
        press(ui, &bench, "k k k");
    });
}

#[test]
fn shell_lost() {
    let mut bench = red();
    bench.command(Command::ShellEnded(ShellGone::Died { detail: "exit code 1".into() }));
    snapshot("shell-lost", &bench, |_| {});
}

#[test]
fn refusal() {
    let bench = red();
    snapshot("refusal", &bench, |ui| {
        ui.refuse(bench.text.refusal(&greenlight::facade::run::Refusal::NoApply, &|id| id.to_owned()));
    });
}

#[test]
fn confirm() {
    let bench = red();
    snapshot("confirm", &bench, |ui| {
        assert!(press(ui, &bench, "enter").is_empty());
    });
}

#[test]
fn attest() {
    let bench = Bench::begun(Mode::Live);
    snapshot("attest", &bench, |ui| {
        press(ui, &bench, "j enter");
        type_in(ui, &bench, "Ana Ruiz");
    });
}

fn asking(prompt: Prompt) -> Bench {
    let mut bench = Bench::begun(Mode::Live);
    bench.check(
        "powershell-is-fit",
        &[("PSVersion", greenlight::facade::run::value::Value::Version(vec![5, 1]))],
    );
    bench.apply_confirmed("credential");
    bench.ask(prompt);
    bench
}

fn credential() -> Prompt {
    Prompt::Credential {
        caption: "Windows PowerShell credential request".into(),
        message: "Enter your credentials.".into(),
        user: String::new(),
    }
}

#[test]
fn ask_credential() {
    let bench = asking(credential());
    snapshot("ask-credential", &bench, |ui| {
        type_in(ui, &bench, "admin@contoso.com");
        press(ui, &bench, "tab");
        type_in(ui, &bench, "s3cret!");
    });
}

#[test]
fn ask_choice() {
    let choice = |label: &str, help: &str| Choice { label: label.into(), help: help.into() };
    let bench = asking(Prompt::Choice {
        caption: "Confirm".into(),
        message: "Are you sure you want to perform this action?\nPerforming the operation \"Set\" on target \"contoso.com\".".into(),
        choices: vec![
            choice("&Yes", "Continue with only the next step of the operation."),
            choice("Yes to &All", "Continue with all the steps of the operation."),
            choice("&No", "Skip this operation."),
        ],
        defaults: vec![0],
        pick: Pick::One,
    });
    snapshot("ask-choice", &bench, |ui| {
        press(ui, &bench, "n");
    });
}

#[test]
fn ask_several() {
    let choice = |label: &str| Choice { label: label.into(), help: String::new() };
    let bench = asking(Prompt::Choice {
        caption: "Pools".into(),
        message: "Which pools?".into(),
        choices: vec![choice("pool&01"), choice("pool&02"), choice("pool&03")],
        defaults: vec![1],
        pick: Pick::Many,
    });
    snapshot("ask-several", &bench, |ui| {
        press(ui, &bench, "down space");
    });
}

#[test]
fn ask_line() {
    snapshot("ask-line", &asking(Prompt::Line), |_| {});
    let bench = asking(Prompt::SecureLine);
    snapshot("ask-secure-line", &bench, |ui| type_in(ui, &bench, "secret"));
}

#[test]
fn ask_fields() {
    let field = |name: &str, type_name: &str, echo| Field {
        name: name.into(),
        label: String::new(),
        type_name: type_name.into(),
        help: String::new(),
        echo,
    };
    let bench = asking(Prompt::Fields {
        caption: "cmdlet New-CsOnlineSession at command pipeline position 1".into(),
        message: "Supply values for the following parameters:".into(),
        fields: vec![
            field("UserName", "System.String", Echo::Shown),
            field("Password", "System.Security.SecureString", Echo::Masked),
        ],
    });
    snapshot("ask-fields", &bench, |ui| type_in(ui, &bench, "ana"));
}

#[test]
fn gate_locked() {
    let bench = red();
    snapshot("gate-locked", &bench, |ui| {
        press(ui, &bench, "g");
    });
}

#[test]
fn gate_open() {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    snapshot("gate-open", &bench, |ui| {
        press(ui, &bench, "g");
    });
}

#[test]
fn handoff_rechecking() {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    bench.command(Command::BeginHandoff);
    bench.end(
        OutcomeEnd::Completed,
        &[("PSVersion", greenlight::facade::run::value::Value::Version(vec![5, 1]))],
        Vec::new(),
    );
    bench.pass(2_000);
    snapshot("handoff-rechecking", &bench, |_| {});
}

#[test]
fn handoff_confirming() {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    bench.confirming();
    snapshot("handoff-confirming", &bench, |ui| type_in(ui, &bench, "STA"));
}

#[test]
fn handoff_sealed() {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    bench.sealed();
    snapshot("handoff-sealed", &bench, |_| {});
}

#[test]
fn help() {
    let bench = red();
    snapshot("help", &bench, |ui| {
        press(ui, &bench, "?");
    });
}

#[test]
fn quit_while_running() {
    let bench = running();
    snapshot("quit", &bench, |ui| {
        assert!(press(ui, &bench, "q").is_empty());
    });
}

#[test]
fn rehearsal() {
    let mut bench = Bench::begun(Mode::Rehearsal("default".into()));
    bench.all_green();
    snapshot("rehearsal-gate", &bench, |ui| {
        press(ui, &bench, "g");
    });
    snapshot("rehearsal-step", &bench, |_| {});
}

#[test]
fn too_small() {
    let bench = red();
    let mut ui = bench.ui(40, 8);
    snapshot_of("too-small", &bench, &mut ui, 40, 8, &|_| {});
}

#[test]
fn smallest() {
    let bench = running();
    let mut ui = bench.ui(60, 20);
    snapshot_of("smallest", &bench, &mut ui, 60, 20, &|_| {});
}
