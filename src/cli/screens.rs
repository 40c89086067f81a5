//! The wizard on screens: choosing what to open, opening it, and what is left to say afterwards.

use std::io;

use crossterm::event::Event;
use futures_core::Stream;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::context::{Context, LoadedChecklist, is_terminal};
use super::exit::{Done, Exit, Failed};
use super::opening::{Opened, ended};
use super::{signals, terminfo};
use crate::archive::{self, RunCondition, RunListing};
use crate::checklist::builtin;
use crate::config;
use crate::journal::Folder;
use crate::plain::Out;
use crate::sanitize::escape_controls;
use crate::shell::{powershell, rehearsal};
use crate::tui::app::{AppError, Appearance};
use crate::tui::driver::Driver;
use crate::tui::terminal::{Console, announce, takes_escapes};
use crate::tui::{Channel, ChooseView, Chosen, Entry, EntryKind, GlyphSet, Glyphs, Theme, ThemeKind};

/// The terminal's keys and sizes; one stream for all screens, for two would share the keys.
trait TerminalEvents: Stream<Item = io::Result<Event>> + Unpin {}

impl<E: Stream<Item = io::Result<Event>> + Unpin> TerminalEvents for E {}

/// What an entry of the first screen opens.
enum EntryTarget {
    New(String),
    /// Of this checklist, by this scenario.
    Rehearsal(String, &'static str),
    Resume(Folder),
}

/// Whether lines take the place of screens: as asked for, or because the terminal says that it can only print. Then a line
/// says why.
pub(super) fn are_lines(context: &Context) -> bool {
    if context.plain || !is_terminal() {
        return context.plain;
    }
    let term = std::env::var("TERM").unwrap_or_default();
    let lines = !terminfo::has_screens(&term);
    if lines {
        Out::stdout().line(&context.text.dumb_terminal(escape_controls(&term)));
    }
    lines
}

/// Opens the wizard: on the checklist that was named, or on the screen that lets the operator choose.
pub(super) async fn run(context: &Context, name: Option<&str>) -> Done {
    let look = look(context)?;
    if name.is_some() || context.rehearse.is_some() {
        let source = context.checklist(name)?;
        context.trust(name.unwrap_or_default(), &source)?;
        let opened = begin(context, source)?;
        let console = enter(context)?;
        let events = Console::events();
        return show(context, opened, &look, console, events).await;
    }
    let mut console = enter(context)?;
    let mut events = Console::events();
    let chosen = tokio::select! {
        // Before the first frame is drawn.
        biased;
        () = signals::interrupted() => return Ok(Exit::Interrupted),
        chosen = choose(context, &look, &mut console, &mut events) => chosen?,
    };
    let opened = match chosen {
        Some(EntryTarget::New(id)) => begin(context, context.checklist(Some(&id))?)?,
        Some(EntryTarget::Resume(folder)) => {
            // It may have to ask whether to trust the run's checklist, and does so in lines.
            drop((events, console));
            return go_on(context, context.resume(folder.path())?).await;
        }
        Some(EntryTarget::Rehearsal(id, scenario)) => {
            let source = context.checklist(Some(&id))?;
            let (shell, mode) = context.rehearsal(scenario, &source.checklist)?;
            let wizard = context.begin(&source, shell, mode)?;
            Opened { wizard, source }
        }
        None => return Ok(Exit::Open),
    };
    show(context, opened, &look, console, events).await
}

/// Shows a run that was opened.
pub(super) async fn go_on(context: &Context, opened: Opened) -> Done {
    let look = look(context)?;
    let console = enter(context)?;
    let events = Console::events();
    show(context, opened, &look, console, events).await
}

/// Shows a run that is only looked at.
pub(super) async fn look_at<D: Driver>(context: &Context, driver: &mut D) -> Result<(), Failed> {
    let look = look(context)?;
    let mut console = enter(context)?;
    let left = tokio::select! {
        biased;
        () = signals::interrupted() => Ok(()),
        left = console.run(driver, Console::events(), &look) => left,
    };
    drop(console);
    left.map_err(|error| terminal_failed(context, &error))
}

fn enter(context: &Context) -> Result<Console, Failed> {
    Console::enter().map_err(|error| terminal_failed(context, &AppError::Keys(error)))
}

fn begin(context: &Context, source: LoadedChecklist) -> Result<Opened, Failed> {
    let (shell, mode) = context.shell(&source.checklist)?;
    let wizard = context.begin(&source, shell, mode)?;
    Ok(Opened { wizard, source })
}

async fn choose<E: TerminalEvents>(
    context: &Context,
    look: &Appearance,
    console: &mut Console,
    events: &mut E,
) -> Result<Option<EntryTarget>, Failed> {
    let live = powershell::locate(context.powershell.as_deref()).is_ok();
    let notice = context.text.no_powershell();
    let (entries, mut targets): (Vec<Entry>, Vec<EntryTarget>) = choices(context, live)?.into_iter().unzip();
    let view = ChooseView {
        entries: &entries,
        notice: (!live).then_some(notice.as_str()),
        text: look.text,
        theme: look.theme,
        glyphs: &look.glyphs,
        keys: &look.keys,
    };
    let chosen = console.choose(events, &view).await;
    match chosen.map_err(|error| terminal_failed(context, &error))? {
        Chosen::Entry(position) if position < targets.len() => Ok(Some(targets.swap_remove(position))),
        Chosen::Entry(_) | Chosen::Quit => Ok(None),
    }
}

/// What can be opened: unfinished runs, the built-in checklists, the rehearsals of each, sealed runs.
fn choices(context: &Context, live: bool) -> Result<Vec<(Entry, EntryTarget)>, Failed> {
    let lang = context.text.lang();
    let titles: Vec<(String, String)> = builtin::all()
        .iter()
        .filter_map(|builtin| {
            let checklist = crate::checklist::read(builtin.bytes).ok()?;
            Some((builtin.id.to_owned(), checklist.title.get(lang).to_owned()))
        })
        .collect();
    let title = |id: &str| {
        titles.iter().find(|(known, _)| known == id).map_or_else(|| id.to_owned(), |(_, title)| title.clone())
    };
    let listed = archive::list(&context.data_dir).map_err(|error| context.journal_failed(&error))?;
    let mut unfinished = Vec::new();
    let mut sealed = Vec::new();
    for run in listed {
        let entry = |kind| Entry { title: title(&run.checklist), detail: told(context, &run), kind };
        match run.condition {
            RunCondition::Unfinished => {
                unfinished.push((entry(EntryKind::Resume), EntryTarget::Resume(run.folder)));
            }
            RunCondition::Sealed => sealed.push((entry(EntryKind::Sealed), EntryTarget::Resume(run.folder))),
            RunCondition::NeverBegan
            | RunCondition::Damaged
            | RunCondition::Newer
            | RunCondition::Unreadable => {}
        }
    }
    let mut entries = Vec::new();
    let new = titles.iter().map(|(id, title)| {
        let entry = Entry { title: title.clone(), detail: id.clone(), kind: EntryKind::New };
        (entry, EntryTarget::New(id.clone()))
    });
    let scenarios: Vec<(&str, String)> =
        rehearsal::titles().map(|(name, title)| (name, title.get(lang).to_owned())).collect();
    let rehearsals = titles.iter().flat_map(|(id, title)| {
        scenarios.iter().map(move |(name, detail)| {
            let entry = Entry { title: title.clone(), detail: detail.clone(), kind: EntryKind::Rehearse };
            (entry, EntryTarget::Rehearsal(id.clone(), name))
        })
    });
    if live {
        entries.extend(unfinished);
        entries.extend(new);
        entries.extend(rehearsals);
    } else {
        // Without a PowerShell the rehearsal is what can be done.
        entries.extend(rehearsals);
        entries.extend(unfinished);
    }
    entries.extend(sealed);
    Ok(entries)
}

/// By what a run is told from others: its last use, of whom and of what it is, who began it.
fn told(context: &Context, run: &RunListing) -> String {
    let used = Timestamp::try_from(run.modified).map(|time| time.to_zoned(TimeZone::system()));
    let used = used.map(|time| context.text.last_used(time.strftime("%Y-%m-%d %H:%M"))).ok();
    let subjects = run.subjects.iter().map(|known| context.text.listed_subject(&known.found, known.sure));
    let mode = context.text.run_mode(run.scenario.as_deref());
    let by = run.by.as_ref().map(|by| context.text.user_on_host(&by.user, &by.host));
    let parts = used.into_iter().chain(subjects).chain([mode]).chain(by).chain([run.id.to_string()]);
    escape_controls(&parts.collect::<Vec<_>>().join(" · ")).into_owned()
}

async fn show<E: TerminalEvents>(
    context: &Context,
    opened: Opened,
    look: &Appearance,
    mut console: Console,
    events: E,
) -> Done {
    let Opened { mut wizard, .. } = opened;
    let left = tokio::select! {
        biased;
        () = signals::interrupted() => None,
        left = console.run(&mut wizard, events, look) => Some(left),
    };
    drop(console);
    let end = ended(context, &wizard);
    wizard.close().await;
    let mut out = Out::stdout();
    for line in context.left(&wizard) {
        out.line(&line);
    }
    match left {
        Some(Ok(())) => end,
        Some(Err(error)) => Err(terminal_failed(context, &error)),
        None => Ok(Exit::Interrupted),
    }
}

fn terminal_failed(context: &Context, error: &AppError) -> Failed {
    Failed::new(Exit::Fault, context.text.terminal_failed(error.words(context.text)))
}

/// Theme, signs and language as the flags, the environment and the console allow.
fn look(context: &Context) -> Result<Appearance, Failed> {
    let variable = |name: &str| std::env::var(name).ok();
    // What the environment promises may be of the terminal that this console was started from.
    let old = !takes_escapes();
    let theme = match (ThemeKind::detect(variable), context.theme) {
        _ if !context.wants_colour() => ThemeKind::Mono,
        _ if old => ThemeKind::Sixteen,
        (_, Some(config::ThemeName::Light)) => ThemeKind::Light,
        (_, Some(config::ThemeName::Dark)) | (ThemeKind::Dark | ThemeKind::Light, None) => ThemeKind::Dark,
        (ThemeKind::Sixteen | ThemeKind::Mono, None) => ThemeKind::Sixteen,
    };
    let glyphs = match glyph_set(variable) {
        _ if context.ascii => GlyphSet::Ascii,
        GlyphSet::Unicode if old => GlyphSet::Cp437,
        found => found,
    };
    Ok(Appearance {
        text: context.text,
        theme: Theme::new(theme),
        glyphs: Glyphs::new(glyphs),
        keys: context.keys()?,
        zone: TimeZone::system(),
        channels: channels(context.attention, old, variable),
    })
}

/// By what whoever looked away is told, and what else there is: what the terminal can, as far as the configuration lets it.
fn channels(
    config: config::AttentionConfig,
    old: bool,
    variable: impl Fn(&str) -> Option<String>,
) -> Vec<Channel> {
    let mut channels = announce::channels(variable, old);
    channels.retain(|channel| {
        let switch = match channel {
            Channel::Bell => config.bell,
            Channel::Title => config.title,
            Channel::Taskbar => config.taskbar,
            Channel::Notification(_) => config.notification,
            Channel::Clipboard => config.clipboard,
            Channel::Links => config.links,
        };
        switch.unwrap_or(true)
    });
    channels
}

/// The signs that the terminal can draw, as far as the environment tells.
fn glyph_set(variable: impl Fn(&str) -> Option<String>) -> GlyphSet {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(&variable).find(|value| !value.is_empty());
    let utf8 = locale.is_some_and(|locale| locale.to_uppercase().replace('-', "").contains("UTF8"));
    let linux_console = variable("TERM").is_some_and(|term| term == "linux");
    if linux_console {
        // Its font has few signs beyond ASCII, whatever the locale says.
        GlyphSet::Ascii
    } else if variable("WT_SESSION").is_some() || (utf8 && cfg!(unix)) {
        GlyphSet::Unicode
    } else if cfg!(windows) {
        GlyphSet::Cp437
    } else {
        GlyphSet::Ascii
    }
}
