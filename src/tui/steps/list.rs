//! The list of the steps: under the heading of its group each, with the word for its state.

use std::cell::LazyCell;
use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::pane::{self, Pane};
use super::state::{Listing, StepsState};
use crate::checklist::Weight;
use crate::run::{Assessment, Heading, StatusReason, StepStatus};
use crate::tui::page::{cells, more};
use crate::tui::theme::Meaning;
use crate::tui::view::{View, meaning};
use crate::tui::visible::{escape_controls, first_character, pad, split_at_width, truncate_to_width, width};

/// What stands in the list.
enum Item<'a> {
    /// One row, which cannot be selected.
    Heading(Heading<'a>),
    /// With its position among the steps.
    Step(usize, &'a Assessment<'a>),
}

impl Item<'_> {
    /// How many rows it takes.
    const fn rows(&self, spacing: Spacing) -> usize {
        match (self, spacing) {
            (Self::Heading(_), _) | (_, Spacing::OneRow | Spacing::OneRowBare) => 1,
            (Self::Step(..), Spacing::TwoRows) => 2,
            (Self::Step(..), Spacing::TwoRowsApart) => 3,
        }
    }
}

/// How closely the steps stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spacing {
    /// The title and below it the word for its state, and a blank row.
    TwoRowsApart,
    TwoRows,
    /// The sign says the state; the time stands behind the title where it fits.
    OneRow,
    /// The same without the headings of groups.
    OneRowBare,
}

impl Spacing {
    /// The widest by which all of them are seen, without headings before without a step. Where they never are, headings help to
    /// find one.
    fn of(steps: usize, headings: usize, rows: usize) -> Self {
        let widest = [(Self::TwoRowsApart, 3), (Self::TwoRows, 2), (Self::OneRow, 1)];
        let fits = widest.into_iter().find(|(_, of_step)| steps * of_step + headings <= rows);
        match fits {
            Some((spacing, _)) => spacing,
            None if steps <= rows => Self::OneRowBare,
            None => Self::OneRow,
        }
    }
}

/// The titles as they are cut, so that no two look the same.
struct Titles(Vec<String>);

impl Titles {
    /// In so many columns, at the end where that tells them apart, else in the middle, else at the beginning.
    fn new(view: &View<'_>, steps: &[Assessment<'_>], columns: usize) -> Self {
        let ellipsis = view.glyphs.ellipsis;
        let whole = steps.iter().map(|step| escape_controls(step.step.title.get(view.text.lang())));
        let whole: Vec<String> = whole.collect();
        let cut = |keep: fn(usize) -> usize| -> Vec<String> {
            whole.iter().map(|title| cut_in_the_middle(title, columns, keep(columns), ellipsis)).collect()
        };
        // Only where two look the same is it worth while to cut all of them in another place.
        let keeps: [fn(usize) -> usize; 3] = [|columns| columns, |columns| columns / 2, |_| 0];
        let ways = keeps.map(|keep| LazyCell::new(move || cut(keep)));
        let count = |way: &[String], title: &String| way.iter().filter(|other| *other == title).count();
        let best = |place: usize| {
            let titles = ways.iter().filter_map(|way| Some((way, way.get(place)?)));
            let mut titles = titles.map(|(way, title)| (count(way, title), title));
            let alone = titles.clone().find(|(same, _)| *same == 1).or_else(|| titles.next());
            alone.map_or_else(String::new, |(_, title)| title.clone())
        };
        Self((0..whole.len()).map(best).collect())
    }

    fn longest(&self) -> Option<usize> {
        self.0.iter().map(|title| width(title)).max()
    }

    fn of(&self, place: usize) -> &str {
        self.0.get(place).map_or("", String::as_str)
    }
}

/// The first columns of a text, so many of those that are kept, and its last ones.
fn cut_in_the_middle(text: &str, columns: usize, first: usize, ellipsis: &str) -> String {
    let room = columns.saturating_sub(width(ellipsis));
    if width(text) <= columns || first >= room {
        return truncate_to_width(text, columns, ellipsis);
    }
    let (head, _) = split_at_width(text, first);
    let mut tail = text;
    while width(head) + width(tail) > room {
        tail = first_character(tail).1;
    }
    format!("{}{ellipsis}{}", head.trim_end(), tail.trim_start())
}

/// How many columns it has of so many: as many as its longest line takes, within a third of a wide screen.
pub(super) fn columns(view: &View<'_>, steps: &[Assessment<'_>], columns: u16) -> u16 {
    const NARROWEST: u16 = 26;
    /// On a screen that is not wide, so many may be more than a third.
    const ENOUGH: u16 = 46;
    const SIGNS: usize = 5;
    let signs = SIGNS + number_columns(steps.len());
    let lang = view.text.lang();
    let titles = steps.iter().map(|step| width(&escape_controls(step.step.title.get(lang))) + signs);
    let headings = steps.iter().filter_map(|step| step.heading).map(|heading| {
        let (name, count) = heading_parts(view, &heading);
        width(&name) + width(&count) + 2
    });
    let longest = cells(titles.chain(headings).max().unwrap_or(0));
    longest.min((columns * 2 / 5).min(ENOUGH).max(columns / 3)).max(NARROWEST)
}

pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    steps: &[Assessment<'_>],
    ui: &StepsState,
) {
    let [head, body] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
    let title = title(view, steps, ui);
    frame.render_widget(Line::from(pane::heading(view, &title, Pane::List, ui.pane)), head);
    let rows = usize::from(body.height);
    let (items, spacing) = items(steps, ui, rows);
    let numbers = number_columns(steps.len());
    let columns = usize::from(body.width).saturating_sub(SIGN + numbers + 1);
    let titles = Titles::new(view, steps, columns);
    let states = titles.longest().filter(|longest| longest + STATE <= columns);
    let shown = shown(&items, ui.selected(), rows, spacing);
    let mut row = 0;
    for item in items.get(shown.clone()).unwrap_or_default() {
        let at = Rect { y: body.y.saturating_add(cells(row)), height: 2, ..body }.intersection(body);
        match item {
            Item::Heading(heading) => self::heading(frame, at, view, heading),
            Item::Step(place, step) => {
                let listed = Listed {
                    number: format!("{:>numbers$} ", place + 1, numbers = numbers.saturating_sub(1)),
                    title: titles.of(*place),
                    is_selected: *place == ui.selected(),
                    spacing,
                    states,
                };
                self::step(frame, at, view, step, &listed);
            }
        }
        row += item.rows(spacing);
    }
    more(frame, area, view.glyphs, view.theme.style(Meaning::Accent), &shown, items.len());
}

/// The title of the pane; where not all are listed, how many are not green.
fn title(view: &View<'_>, steps: &[Assessment<'_>], ui: &StepsState) -> String {
    let not_green = steps.iter().filter(|step| !step.status.is_held()).count();
    match (ui.listing, not_green) {
        (Listing::All, _) => view.text.pane_steps(),
        (Listing::NotGreen, 0) => view.text.pane_none_not_green(),
        (Listing::NotGreen, count) => view.text.pane_not_green(count),
    }
}

/// The steps that are listed, under the headings that stand above one, where there is room for these.
fn items<'a>(steps: &'a [Assessment<'a>], ui: &StepsState, rows: usize) -> (Vec<Item<'a>>, Spacing) {
    let mut items = Vec::new();
    let mut heading = None;
    for (place, step) in steps.iter().enumerate() {
        heading = step.heading.or(heading);
        if ui.lists(place, &step.status) {
            items.extend(heading.take().map(Item::Heading));
            items.push(Item::Step(place, step));
        }
    }
    let headings = items.iter().filter(|item| matches!(item, Item::Heading(_))).count();
    let spacing = Spacing::of(items.len() - headings, headings, rows);
    items.retain(|item| spacing != Spacing::OneRowBare || matches!(item, Item::Step(..)));
    (items, spacing)
}

/// Which of them have room: the selected step, some of the steps behind it, and before it as many as can be.
fn shown(items: &[Item<'_>], selected: usize, rows: usize, spacing: Spacing) -> Range<usize> {
    let fitting = |items: &mut dyn Iterator<Item = &Item<'_>>| {
        let mut room = rows;
        let fit = items.take_while(|item| {
            let fits = item.rows(spacing) <= room;
            room = room.saturating_sub(item.rows(spacing));
            fits
        });
        // Something is always shown, if only its first row.
        fit.count().max(1)
    };
    let of_step = items.iter().map(|item| item.rows(spacing)).max().unwrap_or(1);
    let from_selected = |(_, item): &(usize, &Item<'_>)| match item {
        Item::Heading(_) => false,
        Item::Step(place, _) => *place >= selected,
    };
    let behind = items.iter().enumerate().filter(from_selected).nth((rows / of_step).max(1) / 3);
    let end = behind.map_or(items.len(), |(behind, _)| behind + 1);
    let first = end.saturating_sub(fitting(&mut items.iter().take(end).rev()));
    let count = fitting(&mut items.iter().skip(first));
    first..(first + count).min(items.len())
}

/// The name of a group, made safe, and what stands behind it.
fn heading_parts(view: &View<'_>, heading: &Heading<'_>) -> (String, String) {
    let (name, count) = view.text.heading(heading);
    (escape_controls(&name), format!(" {} {count}", view.glyphs.dot))
}

fn heading(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, heading: &Heading<'_>) {
    let columns = usize::from(area.width).saturating_sub(2);
    let (name, mut count) = heading_parts(view, heading);
    // Before a name is cut, what is said of it can be said shorter.
    if width(&name) + width(&count) > columns && heading.count.required > 0 {
        count = format!(
            " {} {}",
            view.glyphs.dot,
            view.text.count_of(heading.count.green, heading.count.required)
        );
    }
    let count = truncate_to_width(&count, columns, view.glyphs.ellipsis);
    let name = truncate_to_width(&name, columns.saturating_sub(width(&count)), view.glyphs.ellipsis);
    let line = Line::from(vec![
        Span::styled(format!(" {name}"), view.theme.style(Meaning::Title)),
        Span::styled(count, view.theme.style(Meaning::Muted)),
    ]);
    frame.render_widget(line, Rect { height: 1, ..area }.intersection(area));
}

/// A step as it stands in the list.
struct Listed<'a> {
    number: String,
    title: &'a str,
    is_selected: bool,
    spacing: Spacing,
    /// In one row each, from which column of the title on the state stands beside it, where there is room.
    states: Option<usize>,
}

fn step(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    listed: &Listed<'_>,
) {
    let status = &assessment.status;
    let look = |meaning| {
        if listed.is_selected { view.theme.on_selected(meaning) } else { view.theme.style(meaning) }
    };
    let ellipsis = view.glyphs.ellipsis;
    let lead = SIGN + width(&listed.number);
    let columns = usize::from(area.width).saturating_sub(lead + 1);
    let marker = if listed.is_selected { view.glyphs.marker } else { " " };
    let of_state = look(meaning(status));
    let title_meaning = if listed.is_selected { Meaning::Selected } else { Meaning::Base };
    let mut first = vec![
        Span::styled(format!("{marker} "), look(Meaning::Accent)),
        Span::styled(format!("{} ", view.glyphs.status(status)), of_state),
        Span::styled(listed.number.clone(), look(Meaning::Muted)),
    ];
    let time = match listed.spacing {
        Spacing::OneRow | Spacing::OneRowBare => assessment.ends.map(|until| view.clock_short(until)),
        Spacing::TwoRows | Spacing::TwoRowsApart => None,
    };
    let time =
        time.map(|time| format!(" {time}")).filter(|time| width(listed.title) + width(time) <= columns);
    let time = time.unwrap_or_default();
    let (word, extra) = state(view, assessment);
    let is_one_row = matches!(listed.spacing, Spacing::OneRow | Spacing::OneRowBare);
    if let Some(titles) = listed.states.filter(|_| is_one_row) {
        let word = format!("  {word}");
        let extra = pad(&extra, columns.saturating_sub(titles + width(&word)), ellipsis);
        first.push(Span::styled(pad(listed.title, titles, ellipsis), look(title_meaning)));
        first.push(Span::styled(word, of_state));
        first.push(Span::styled(extra, look(Meaning::Muted)));
    } else {
        let title = pad(listed.title, columns.saturating_sub(width(&time)), ellipsis);
        first.push(Span::styled(title, look(title_meaning)));
        first.push(Span::styled(time, look(Meaning::Muted)));
    }
    let mut rows = vec![Line::from(first)];
    if !is_one_row {
        let word = truncate_to_width(&word, columns, ellipsis);
        let extra = pad(&extra, columns.saturating_sub(width(&word)), ellipsis);
        rows.push(Line::from(vec![
            Span::styled(" ".repeat(lead), look(Meaning::Muted)),
            Span::styled(word, of_state),
            Span::styled(extra, look(Meaning::Muted)),
        ]));
    }
    for (line, at) in rows.into_iter().zip(area.rows()) {
        frame.render_widget(line, at);
    }
}

/// So many columns at least are room for a state beside the titles.
const STATE: usize = 24;

/// The columns of the marker and the sign.
const SIGN: usize = 4;

/// How many columns the number of a step takes among so many, with a blank.
fn number_columns(steps: usize) -> usize {
    steps.to_string().len() + 1
}

/// The word for its state, with what it waits for where that is its state; and what stands behind: until when it is green,
/// what else it waits for, that it does not count.
fn state(view: &View<'_>, assessment: &Assessment<'_>) -> (String, String) {
    let until = assessment.ends.map(|until| view.text.until(view.clock_short(until)));
    let kind = match assessment.reason {
        Some(StatusReason::NotStated(_)) => Some(view.text.a_statement()),
        Some(StatusReason::Polling(progress)) => Some(view.text.waited(progress)),
        Some(_) | None => None,
    };
    let weight = match assessment.step.weight {
        Weight::Advisory => Some(view.text.advisory()),
        Weight::Required => None,
    };
    let queued = assessment.queued.then(|| view.text.queued());
    let waits = view.text.waits(assessment, &|id| escape_controls(&view.name(id)));
    let (word, waits) = match (&assessment.status, waits) {
        (StepStatus::Waiting, Some(waits)) => (waits, None),
        (_, waits) => (view.text.standing(assessment), waits),
    };
    let parts = [queued, until, kind, weight, waits];
    let dot = format!(" {} ", view.glyphs.dot);
    (word, parts.into_iter().flatten().flat_map(|part| [dot.clone(), part]).collect())
}
