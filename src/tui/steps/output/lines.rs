//! The lines of the output: wrapped, or cut and scrolled sideways.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::shell::{self, Stream};
use crate::tui::View;
use crate::tui::steps::output_view::{Follow, OutputPlace, WrapMode};
use crate::tui::steps::state::StepsState;
use crate::tui::theme::Meaning;
use crate::tui::view::name_here;
use crate::tui::viewport::Viewport;
use crate::tui::visible::{escape_controls, slice, width, wrap};

/// A row of the pane: its sign, its text, and what it means.
type PaneRow = (&'static str, String, Meaning);

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &StepsState) -> Viewport {
    let rows_of_pane = usize::from(area.height);
    let columns = usize::from(area.width).saturating_sub(5);
    let output_view = ui.output_view();
    let shown = output_view.shown(view.live);
    let oldest = shown.first().map(|(number, _)| *number).filter(|_| output_view.is_at_start(view.live));
    // Above the first line of an apply's own check stands that it is one.
    let in_memory = matches!(output_view.place(), OutputPlace::Live);
    let of_check = view.live.apply().and(view.live.of()).filter(|_| in_memory).and_then(|check| {
        let first = shown.iter().map(|(number, _)| *number).find(|number| *number >= view.live.first());
        first.map(|number| (number, check))
    });
    let rows_of = |(number, line): &(u64, &shell::Line)| -> Vec<PaneRow> {
        let mut rows = Vec::new();
        if oldest == Some(*number)
            && let Some(kept) = kept(view, ui, rows_of_pane)
        {
            rows.extend(
                wrap(&escape_controls(&kept), columns).into_iter().map(|row| (" ", row, Meaning::Muted)),
            );
        }
        if let Some((_, check)) = of_check.filter(|(first, _)| first == number) {
            let parts = [view.text.output_of_check(), view.clock(check.at.wall)];
            rows.push((" ", parts.join(&format!(" {} ", view.glyphs.dot)), Meaning::Muted));
        }
        let text = match output_view.wrap_mode() {
            WrapMode::Wrapped => wrap(&escape_controls(&line.text), columns),
            WrapMode::Cut => {
                vec![sideways(view, &escape_controls(&line.text), output_view.right(), columns)]
            }
        };
        let meaning =
            if output_view.hit() == Some(*number) { Meaning::Selected } else { of_stream(line.stream) };
        let signs = std::iter::once(view.glyphs.stream(line.stream)).chain(std::iter::repeat(" "));
        rows.extend(signs.zip(text).map(|(sign, text)| (sign, text, meaning)));
        rows
    };
    let end = last_page(&shown, rows_of_pane, &rows_of);
    let top = match output_view.follow() {
        Follow::End => end,
        Follow::From(line) => line.min(end),
    };
    let seen = || shown.iter().skip_while(|(number, _)| *number < top);
    let drawn = seen().flat_map(rows_of);
    for ((sign, text, meaning), at) in drawn.zip(area.rows()) {
        let style = view.theme.style(meaning);
        let lead = if meaning == Meaning::Selected { view.glyphs.marker } else { " " };
        frame.render_widget(Line::from(Span::styled(format!("{lead} {sign} {text}"), style)), at);
    }
    let hidden =
        |(_, line): &(u64, &shell::Line)| width(&escape_controls(&line.text)).saturating_sub(columns);
    Viewport {
        output_top: seen().next().map_or(top, |(number, _)| *number),
        output_rows: area.height,
        output_end: end,
        output_columns: area.width,
        output_right: seen().take(rows_of_pane).map(hidden).max().unwrap_or_default(),
        ..Viewport::default()
    }
}

/// How many rows what is shown takes, of which no more than `most` are of interest.
pub(super) fn held(view: &View<'_>, ui: &StepsState, width: u16, most: u16) -> usize {
    let columns = usize::from(width).saturating_sub(5);
    let output_view = ui.output_view();
    let rows_of = |line: &shell::Line| wrap(&escape_controls(&line.text), columns).len();
    let shown = output_view.shown(view.live);
    let held: usize = shown.iter().rev().take(usize::from(most)).map(|(_, line)| rows_of(line)).sum();
    // Above the lines of an apply's own check stands whose they are.
    let above = usize::from(output_view.is_live(view.live) && view.live.apply().is_some());
    match output_view.place() {
        OutputPlace::Nowhere => 0,
        // What stands in place of lines may be a sentence.
        OutputPlace::Lost | OutputPlace::Faulty(..) | OutputPlace::Live | OutputPlace::File(_) => {
            (held + above).max(1)
        }
    }
}

/// A line that was scrolled so far to the right, with a sign where it goes on.
fn sideways(view: &View<'_>, text: &str, right: usize, columns: usize) -> String {
    let left_sign = if right > 0 { view.glyphs.left } else { "" };
    let right_sign = if width(text) > right + columns { view.glyphs.right } else { "" };
    let signs = width(left_sign) + width(right_sign);
    let seen = slice(text, right + width(left_sign), columns.saturating_sub(signs));
    format!("{left_sign}{seen}{right_sign}")
}

/// Where the last page begins: as many lines from the end as fit.
fn last_page<'a>(
    shown: &[(u64, &'a shell::Line)],
    rows: usize,
    rows_of: &impl Fn(&(u64, &'a shell::Line)) -> Vec<PaneRow>,
) -> u64 {
    let mut left = rows;
    let lines = shown.iter().rev().take_while(|line| {
        let needed = rows_of(line).len();
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    });
    // A last line that is longer than the pane is still shown, from its start.
    let lines = lines.count().max(usize::from(!shown.is_empty()));
    shown.get(shown.len() - lines).map_or(0, |(number, _)| *number)
}

/// Where the output is kept, above its first line: the file when the command is over, and the folder before.
fn kept(view: &View<'_>, ui: &StepsState, rows: usize) -> Option<String> {
    /// In a pane of fewer rows the output itself needs them, unless some of it is nowhere else.
    const SPARE: usize = 8;
    let output_view = ui.output_view();
    let (left_out, dropped, file) = match output_view.place() {
        OutputPlace::File(own) if own.grows() => (view.live.left_out(), 0, None),
        OutputPlace::File(own) if !output_view.is_live(view.live) => {
            (own.record().and_then(|record| record.left_out), 0, Some(name_here(own.name())))
        }
        _ => {
            let of = view.live.apply().or(view.live.of())?;
            let output = view.outputs.of(&of.step).iter().find(|output| output.attempt == of.attempt)?;
            (
                view.live.left_out(),
                view.live.dropped(),
                output.file.as_ref().map(|file| name_here(&file.file)),
            )
        }
    };
    if let Some(left_out) = left_out {
        return Some(view.text.left_out(left_out));
    }
    match (dropped, file) {
        (0, None) => None,
        (0, Some(_)) if rows < SPARE => None,
        (0, Some(file)) => Some(view.text.kept_in(file)),
        (count, file) => {
            let path = view.folder.join(file.unwrap_or_else(|| "transcript".to_owned()));
            Some(view.text.older_lines(count, path.display()))
        }
    }
}

const fn of_stream(stream: Stream) -> Meaning {
    match stream {
        Stream::Output | Stream::Information => Meaning::Base,
        Stream::Error => Meaning::Bad,
        Stream::Warning => Meaning::Doubt,
        Stream::Verbose | Stream::Debug | Stream::Noise => Meaning::Muted,
        Stream::Progress => Meaning::Running,
    }
}
