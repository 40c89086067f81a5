//! What surrounds every screen: the header, the strip of a rehearsal, notices, the footer with its keys.
//!
//! ```text
//!  REHEARSAL “default” · nothing here is real, not even the gate              (only in a rehearsal)
//!  Try: …                                                                     (only where its scenario says what)
//!  Lync Online to Lync Server 2013                    4 of 9 green · gate locked
//! ──────────────────────────────────────────────────────────────────────────────
//!  …the screen…
//!  PowerShell is not running; R starts it again                               (only when there is one)
//!  c check  a apply  A check all  g gate  ? help  q quit
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::keymap::{Action, KeyBinding, KeyContext, KeyMap, Shown};
use super::page::cells;
use super::theme::Meaning;
use super::visible::{escape_controls, pad, width, wrap_within};
use super::{Glyphs, Theme, View};
use crate::checklist::Step;
use crate::run::gate::{self, Gate};
use crate::run::{AbandonCause, Going, HandoffStage, HeldBy, ShellState, StaleCause, StepStatus};
use crate::shell::Advice;
use crate::text::Text;

/// How many rows a notice may take.
const NOTICE_ROWS: usize = 6;

/// How many of them what names steps may take, which the list shows as well, where there is little room.
const GONE_ROWS: usize = 3;

/// Of so many rows there is room for all of it.
const TALL: u16 = 30;

/// How many rows the advice of a rehearsal may take.
const ADVICE_ROWS: usize = 2;

/// Of how many columns the beginning of a title says something.
const TITLE_COLUMNS: usize = 8;

/// What is to be known above the keys.
#[derive(Debug)]
pub(super) struct Notice {
    words: String,
    /// How many rows it may take where there is little room.
    rows: usize,
    meaning: Meaning,
}

/// What stands in the last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FooterRow {
    /// The keys of the screen.
    Keys,
    /// Nothing: a dialog names its keys itself.
    Free,
}

/// Draws what surrounds the screen and gives the places that are left: for it, and for the keys. `step` is the one that is
/// looked at.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    view: &View<'_>,
    notice: Option<Notice>,
    step: Option<&Step>,
    footer: FooterRow,
) -> (Rect, Rect) {
    let area = frame.area();
    let columns = usize::from(area.width.saturating_sub(2));
    let (notice, meaning): (Vec<String>, Meaning) = match notice {
        Some(Notice { words, rows, meaning }) => {
            let rows = if area.height < TALL { rows } else { NOTICE_ROWS };
            (wrap_within(&escape_controls(&words), columns, rows, view.glyphs.ellipsis), meaning)
        }
        None => (Vec::new(), Meaning::Base),
    };
    let mut banner = banner(view, step, columns);
    banner.extend(view.looking.into_iter().flat_map(|looking| advice_rows(looking, columns, view.glyphs)));
    // A notice takes the place of the footer's first, so that a dialog stays where it is.
    let footer_rows = u16::from(footer == FooterRow::Keys || notice.is_empty());
    let [top, header, rule, body, below, footer] = Layout::vertical([
        Constraint::Length(cells(banner.len())),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(cells(notice.len())),
        Constraint::Length(footer_rows),
    ])
    .areas(area);
    for (row, at) in banner.iter().zip(top.rows()) {
        strip(frame, at, row, view.theme, view.glyphs, Meaning::Rehearsal);
    }
    self::header(frame, header, view);
    horizontal(frame, rule, view.theme, view.glyphs);
    for (row, at) in notice.iter().zip(below.rows()) {
        strip(frame, at, row, view.theme, view.glyphs, meaning);
    }
    (body, footer)
}

/// That it is a rehearsal, and what to try at the step that is looked at.
fn banner(view: &View<'_>, step: Option<&Step>, columns: usize) -> Vec<String> {
    let Some(scenario) = view.scenario() else { return Vec::new() };
    // What is done is not to be tried any more, and the gate is of no step.
    let wanting = |step: &&Step| !view.run.status(&step.id, view.now).is_held();
    let step = step.filter(wanting).map(|step| &step.id);
    let advice = Advice::at(view.advice, step).map(|say| view.text.rehearsal_try(say.get(view.text.lang())));
    let advice = advice.map(|advice| advice_rows(&advice, columns, view.glyphs)).unwrap_or_default();
    std::iter::once(view.text.rehearsal_banner(scenario)).chain(advice).collect()
}

fn advice_rows(advice: &str, columns: usize, glyphs: &Glyphs) -> Vec<String> {
    wrap_within(&escape_controls(advice), columns, ADVICE_ROWS, glyphs.ellipsis)
}

/// What is to be said of the run, and how it looks: what was done just now, what went wrong, or else where it is held that goes
/// on by itself.
pub(super) fn notice(
    view: &View<'_>,
    refusal: Option<&str>,
    done: Option<&str>,
    context: KeyContext,
) -> Option<Notice> {
    let calm = |words| Some(Notice { words, rows: NOTICE_ROWS, meaning: Meaning::Accent });
    if let Some(done) = done {
        return calm(done.to_owned());
    }
    wrong(view, refusal, context).or_else(|| match view.run.going(view.now)? {
        // A question stands in a dialog of its own.
        Going::On | Going::Held { by: HeldBy::Question, .. } => None,
        held @ Going::Held { .. } => calm(going(view, &held)),
    })
}

fn going(view: &View<'_>, going: &Going<'_>) -> String {
    view.text.going(going, &view.run.count(view.now), &|step| view.title(step))
}

/// The last refusal, else that there is no shell or session and how to have it back, where that key works; else that a
/// handoff was given up.
fn wrong(view: &View<'_>, refusal: Option<&str>, context: KeyContext) -> Option<Notice> {
    let text = view.text;
    let whole = |words| Some(Notice { words, rows: NOTICE_ROWS, meaning: Meaning::Refusal });
    if let Some(refusal) = refusal {
        return whole(text.refused(refusal));
    }
    if view.run.is_sealed() || view.looking.is_some() {
        return None;
    }
    if view.keys.has(context, Action::Reconnect, view.text.lang())
        && let Some(gone) = gone(view)
    {
        return Some(Notice { words: gone, rows: GONE_ROWS, meaning: Meaning::Refusal });
    }
    if let Some((step, why)) = view.run.apply_given_up() {
        return whole(format!("{}: {}", view.title(step), text.apply_given_up(why)));
    }
    match (view.run.handoff(), view.abandoned) {
        // A gate that is open again says more.
        (HandoffStage::Idle, Some(AbandonCause::NotGreen))
            if matches!(gate::evaluate(view.run, view.now), Gate::Open(_)) =>
        {
            None
        }
        (HandoffStage::Idle, why) => why.and_then(|why| text.abandoned(why)).and_then(whole),
        (
            HandoffStage::Rechecking { .. }
            | HandoffStage::Confirming
            | HandoffStage::Writing
            | HandoffStage::Sealed { .. },
            _,
        ) => None,
    }
}

/// What is not there any more: the shell, or a session that it held.
fn gone(view: &View<'_>) -> Option<String> {
    let text = view.text;
    let key = view.keys.name_of(KeyContext::Steps, Action::Reconnect, text);
    if let (ShellState::Absent, Some(end)) = (view.run.shell(), view.shell_end) {
        let lost = text.lost(&view.run.lost(view.now), &|id| view.name(id));
        return Some(
            [Some(text.shell_ended(end, &key)), lost].into_iter().flatten().collect::<Vec<_>>().join(" "),
        );
    }
    let broken = view.run.broken_sessions(view.now);
    if broken.is_empty() || view.run.foreground_command().is_some() {
        return None;
    }
    let names: Vec<String> = broken.iter().map(|step| format!("“{}”", view.name(step.as_str()))).collect();
    let names = names.join(", ");
    let went_with_its_shell =
        |step| view.run.status(step, view.now) == StepStatus::Stale(StaleCause::SessionEnded);
    Some(match view.run.shell() {
        ShellState::Absent => text.session_of_earlier_greenlight(names, key),
        ShellState::Opening(_) | ShellState::Open(..) if broken.iter().all(went_with_its_shell) => {
            text.session_of_earlier_shell(names, key)
        }
        ShellState::Opening(_) | ShellState::Open(..) => text.session_broken(names, key),
    })
}

fn header(frame: &mut Frame<'_>, area: Rect, view: &View<'_>) {
    let text = view.text;
    let (gate, meaning) = view.gate_word();
    let waiting = view.run.waiting(view.now);
    let waiting = (waiting > 0).then(|| format!(" {} {}", view.glyphs.dot, text.count_waiting(waiting)));
    let count = match view.run.going(view.now) {
        Some(Going::On) => going(view, &Going::On),
        Some(Going::Held { .. }) | None => text.count(&view.run.count(view.now)),
    };
    let count = [Some(count), waiting].into_iter().flatten().collect::<String>();
    let status = width(&count) + width(&gate) + 3;
    let room = usize::from(area.width).saturating_sub(status + 4);
    let dot = format!(" {} ", view.glyphs.dot);
    // Whose it is stands before what it is, and is cut last.
    let subjects: Vec<String> =
        view.run.subjects(view.now).iter().map(|known| text.short_subject(known)).collect();
    let subjects = escape_controls(&subjects.join(", "));
    let title =
        |room| pad(&escape_controls(view.run.checklist().title.get(text.lang())), room, view.glyphs.ellipsis);
    let left = room.saturating_sub(width(&subjects) + width(&dot));
    let (of_subjects, title) = match (subjects.is_empty(), left >= TITLE_COLUMNS) {
        (true, _) => (String::new(), title(room)),
        (false, true) => (format!("{subjects}{dot}"), title(left)),
        (false, false) => (pad(&subjects, room, view.glyphs.ellipsis), String::new()),
    };
    let row = Line::from(vec![
        Span::styled(format!(" {of_subjects}"), view.theme.style(Meaning::Accent)),
        Span::styled(format!("{title}  "), view.theme.style(Meaning::Title)),
        Span::styled(count, view.theme.style(Meaning::Base)),
        Span::styled(dot, view.theme.style(Meaning::Muted)),
        Span::styled(gate, view.theme.style(meaning)),
    ]);
    frame.render_widget(row, area);
}

pub(super) fn horizontal(frame: &mut Frame<'_>, area: Rect, theme: Theme, glyphs: &Glyphs) {
    let line = glyphs.horizontal.repeat(usize::from(area.width));
    frame.render_widget(Span::styled(line, theme.style(Meaning::Border)), area);
}

/// A filled row with one sentence.
pub(super) fn strip(
    frame: &mut Frame<'_>,
    area: Rect,
    text: &str,
    theme: Theme,
    glyphs: &Glyphs,
    meaning: Meaning,
) {
    let room = usize::from(area.width).saturating_sub(1);
    let row = format!(" {}", pad(text, room, glyphs.ellipsis));
    frame.render_widget(Span::styled(row, theme.style(meaning)), area);
}

/// The keys of a context that fit; what stops something, and the ways back, to help and out are always among them.
pub(super) fn footer(
    frame: &mut Frame<'_>,
    area: Rect,
    keys: &KeyMap,
    context: KeyContext,
    text: Text,
    theme: Theme,
    offers: &dyn Fn(&KeyBinding) -> Option<String>,
) {
    let always =
        |action: Action| matches!(action, Action::Stop | Action::Close | Action::Help | Action::Quit);
    let items = fitting(keys, context, text, usize::from(area.width).saturating_sub(1), offers, &always);
    let mut spans = vec![Span::styled(" ", theme.style(Meaning::Base))];
    for (key, label) in items {
        spans.push(Span::styled(key, theme.style(Meaning::Accent)));
        spans.push(Span::styled(format!(" {label}   "), theme.style(Meaning::Muted)));
    }
    frame.render_widget(Line::from(spans), area);
}

/// The keys of a context that fit, each with its words; those that are always offered are among them.
pub(super) fn fitting(
    keys: &KeyMap,
    context: KeyContext,
    text: Text,
    room: usize,
    offers: &dyn Fn(&KeyBinding) -> Option<String>,
    always: &dyn Fn(Action) -> bool,
) -> Vec<(String, String)> {
    const BETWEEN: usize = 3;
    let items: Vec<(bool, String, String)> = keys
        .rows(context, text.lang())
        .filter(|row| row.shown != Shown::Help)
        .filter_map(|row| {
            let is_kept = row.shown == Shown::Always || always(row.action);
            Some((is_kept, row.first_name(text), offers(row)?))
        })
        .collect();
    let columns = |key: &str, label: &str| width(key) + 1 + width(label) + BETWEEN;
    let kept = items.iter().filter(|(is_kept, ..)| *is_kept);
    let kept: usize = kept.map(|(_, key, label)| columns(key, label)).sum();
    let mut room = (room + BETWEEN).saturating_sub(kept);
    let fits = |(is_kept, key, label): &(bool, String, String)| {
        let needed = if *is_kept { 0 } else { columns(key, label) };
        let fits = needed <= room;
        room -= if fits { needed } else { 0 };
        fits
    };
    items.into_iter().filter(fits).map(|(_, key, label)| (key, label)).collect()
}
