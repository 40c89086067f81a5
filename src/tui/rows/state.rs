//! How the operator reads all rows by which a step is not green: from which one on, how far to the right, and filtered by what.
//!
//! The first of them are in the record, the others in a file of the run, of which only what is seen is in memory.

use crate::checklist::StepId;
use crate::journal::{FileFault, Folder, LinesReader, Look};
use crate::run::{Assessment, Attempt, FailedRows, FailingRow};
use crate::tui::View;
use crate::tui::facts::{Cells, row_cells};
use crate::tui::field::{Edit, TextField};
use crate::tui::viewport::{TerminalSize, Viewport};
use crate::tui::visible::width;

/// How many rows are held against the filter at a time: a frame waits for no more.
const PORTION: usize = 256;

/// The columns between two cells.
pub(super) const GAP: usize = 2;

/// How the rows are read.
#[derive(Debug)]
pub struct RowsView {
    step: StepId,
    /// Whose rows these are.
    of: Option<Attempt>,
    recorded: u64,
    file: FileState,
    typed: Option<TextField>,
    sought: Sought,
    /// Which rows have the words, of those that were looked at.
    hits: Vec<u32>,
    looked_at: u64,
    top: u64,
    right: usize,
    window: Window,
}

/// Words to filter by, and the same in small letters.
#[derive(Debug, Default)]
struct Sought {
    words: String,
    small: String,
}

/// The rows beyond those of the record.
#[derive(Debug)]
enum FileState {
    None,
    Looking(Box<LinesReader<FailingRow>>),
    Whole(Box<LinesReader<FailingRow>>),
    Faulty(String, FileFault),
}

/// What is around the place that is seen.
#[derive(Debug, Default)]
struct Window {
    /// The first of them, how many were asked for, and of how many.
    of: Option<(u64, usize, u64)>,
    rows: Vec<Cells>,
    /// The widest cell that was seen so far in each column, so that columns stay where they are.
    widths: [usize; 4],
    /// The first row that was seen, and in which columns another had something else.
    first: Option<Cells>,
    differs: [bool; 4],
}

impl Window {
    /// Takes note of what the rows at hand have in a column.
    fn measure(&mut self) {
        for row in &self.rows {
            let first = self.first.get_or_insert_with(|| row.clone());
            for (((cell, first), widest), differs) in
                row.iter().zip(first).zip(&mut self.widths).zip(&mut self.differs)
            {
                *widest = width(cell).max(*widest);
                *differs |= cell != first;
            }
        }
    }

    /// Whether it is still what is around that place. Where it is full, rows that came since stand below it.
    const fn is_of(&self, first: u64, around: usize, there: u64) -> bool {
        match self.of {
            Some((own, asked, of)) => {
                own == first && asked == around && (of == there || (of < there && self.rows.len() == around))
            }
            None => false,
        }
    }
}

/// What is to be known of a file of rows.
pub(super) enum FileNote<'a> {
    Looking { file: &'a str, percent: u64 },
    Faulty { file: &'a str, fault: &'a FileFault },
}

impl RowsView {
    pub(in crate::tui) fn new(step: StepId) -> Self {
        Self {
            step,
            of: None,
            recorded: 0,
            file: FileState::None,
            typed: None,
            sought: Sought::default(),
            hits: Vec::new(),
            looked_at: 0,
            top: 0,
            right: 0,
            window: Window::default(),
        }
    }

    pub const fn step(&self) -> &StepId {
        &self.step
    }

    /// The words to filter by, while they are typed.
    pub const fn typed(&self) -> Option<&TextField> {
        self.typed.as_ref()
    }

    /// The words that the rows are filtered by, and how many were looked at.
    pub(super) fn filter(&self) -> Option<(&str, u64)> {
        (!self.sought.words.is_empty()).then_some((&self.sought.words, self.looked_at))
    }

    /// How many rows there are to be seen, and without the filter.
    pub fn count(&self) -> (u64, u64) {
        let all = self.all();
        (if self.sought.words.is_empty() { all } else { count(self.hits.len()) }, all)
    }

    fn all(&self) -> u64 {
        match &self.file {
            FileState::None | FileState::Looking(_) | FileState::Faulty(..) => self.recorded,
            FileState::Whole(reader) => self.recorded + reader.lines(),
        }
    }

    pub(super) fn note(&self) -> Option<FileNote<'_>> {
        match &self.file {
            FileState::None | FileState::Whole(_) => None,
            FileState::Looking(reader) => {
                Some(FileNote::Looking { file: reader.name(), percent: reader.percent() })
            }
            FileState::Faulty(file, fault) => Some(FileNote::Faulty { file, fault }),
        }
    }

    /// The widest cells that were seen.
    pub(super) const fn widths(&self) -> &[usize; 4] {
        &self.window.widths
    }

    /// In which columns the rows that were seen differ.
    pub(super) const fn differs(&self) -> &[bool; 4] {
        &self.window.differs
    }

    /// Whether a row has more columns than so many, as far as rows were seen.
    pub(super) fn is_wider_than(&self, columns: usize) -> bool {
        self.window.widths.iter().sum::<usize>() + GAP * (self.window.widths.len() - 1) > columns
    }

    pub(super) const fn right(&self) -> usize {
        self.right
    }

    /// The number of the first row that is seen where so many have room, counted from 0, and those rows.
    pub(super) fn seen(&self, rows: usize) -> (u64, &[Cells]) {
        let top = self.top.min(self.count().0.saturating_sub(count(rows)));
        let first = self.window.of.map_or(0, |(first, ..)| first);
        let skip = usize::try_from(top.saturating_sub(first)).unwrap_or(usize::MAX);
        let from = self.window.rows.get(skip..).unwrap_or_default();
        (top, from.get(..rows).unwrap_or(from))
    }

    /// Whether there is something to be looked at that takes longer than a frame.
    pub fn has_work(&self) -> bool {
        match &self.file {
            FileState::Looking(_) => true,
            FileState::None | FileState::Whole(_) | FileState::Faulty(..) => self.is_filtering(),
        }
    }

    fn is_filtering(&self) -> bool {
        !self.sought.words.is_empty() && self.looked_at < self.all()
    }

    /// Does a part of that.
    pub fn work(&mut self, view: &View<'_>) {
        match std::mem::replace(&mut self.file, FileState::None) {
            FileState::Looking(mut reader) => {
                self.file = match reader.look_on() {
                    Ok(Look::Part) => FileState::Looking(reader),
                    Ok(Look::Whole) => FileState::Whole(reader),
                    Err(fault) => FileState::Faulty(reader.name().to_owned(), fault),
                };
            }
            other @ (FileState::None | FileState::Whole(_) | FileState::Faulty(..)) => self.file = other,
        }
        let assessment = view.run.assess(&self.step, view.now);
        if let Some((assessment, failed)) =
            assessment.as_ref().and_then(|own| Some((own, own.rows.as_ref()?)))
            && self.is_filtering()
        {
            self.filter_on(view, assessment, failed);
        }
    }

    fn filter_on(&mut self, view: &View<'_>, assessment: &Assessment<'_>, failed: &FailedRows<'_>) {
        let rows = self.rows(failed, self.looked_at, PORTION);
        for row in rows {
            let has = |cell: &String| cell.to_lowercase().contains(&self.sought.small);
            if row_cells(view, assessment.step, &row).iter().any(has) {
                self.hits.extend(u32::try_from(self.looked_at));
            }
            self.looked_at += 1;
        }
    }

    /// So many rows from one on, whatever they are filtered by.
    fn rows(&mut self, failed: &FailedRows<'_>, from: u64, rows: usize) -> Vec<FailingRow> {
        let skip = usize::try_from(from).unwrap_or(usize::MAX);
        let mut found: Vec<FailingRow> = failed.shown.iter().skip(skip).take(rows).cloned().collect();
        let left = rows.saturating_sub(found.len());
        if let FileState::Whole(reader) = &mut self.file
            && left > 0
        {
            let begin = from.saturating_sub(self.recorded);
            match reader.read(begin, left) {
                Ok(more) => found.extend(more),
                Err(fault) => {
                    self.file = FileState::Faulty(reader.name().to_owned(), fault);
                    self.begin_to_filter();
                    return Vec::new();
                }
            }
        }
        found
    }

    /// Brings what is remembered into line with the run, and has the rows at hand that a window of that size may show.
    pub fn sync(&mut self, view: &View<'_>, size: TerminalSize) {
        let Some(assessment) = view.run.assess(&self.step, view.now) else { return };
        let of = assessment.rows.as_ref().and(assessment.found).map(|found| found.attempt);
        if of != self.of {
            self.begin(view, of, assessment.rows.as_ref());
        }
        let Some(failed) = &assessment.rows else { return };
        let room = usize::from(size.rows);
        let first = self.top.saturating_sub(count(room));
        let (around, there) = (3 * room, self.count().0);
        if self.window.is_of(first, around, there) {
            return;
        }
        let rows = if self.sought.words.is_empty() {
            self.rows(failed, first, around)
        } else {
            let skip = usize::try_from(first).unwrap_or(usize::MAX);
            let hits: Vec<u32> = self.hits.iter().skip(skip).take(around).copied().collect();
            hits.into_iter().flat_map(|hit| self.rows(failed, hit.into(), 1)).collect()
        };
        let window = &mut self.window;
        window.of = Some((first, around, there));
        window.rows = rows.iter().map(|row| row_cells(view, assessment.step, row)).collect();
        window.measure();
    }

    /// Another check has found something; what it is filtered by stays.
    fn begin(&mut self, view: &View<'_>, of: Option<Attempt>, failed: Option<&FailedRows<'_>>) {
        self.of = of;
        self.recorded = failed.map_or(0, |failed| count(failed.shown.len()));
        self.file = match failed.and_then(|failed| failed.file) {
            None => FileState::None,
            Some(file) => match LinesReader::open(&Folder::at(view.folder), file) {
                Ok(reader) => FileState::Looking(Box::new(reader)),
                Err(fault) => FileState::Faulty(file.file.clone(), fault),
            },
        };
        self.begin_to_filter();
    }

    fn begin_to_filter(&mut self) {
        (self.hits, self.looked_at) = (Vec::new(), 0);
        (self.top, self.right, self.window) = (0, 0, Window::default());
    }

    fn filter_by(&mut self, words: &str) {
        let words = words.trim().to_owned();
        if words != self.sought.words {
            self.sought = Sought { small: words.to_lowercase(), words };
            self.begin_to_filter();
        }
    }

    /// Begins to ask for words to filter by.
    pub(super) fn ask(&mut self) {
        self.typed = Some(TextField::new(&self.sought.words));
    }

    /// Changes the words that are typed, and with them what is seen.
    pub(super) fn change(&mut self, edit: Edit) {
        if let Some(field) = &mut self.typed {
            field.edit(edit);
            let words = field.text();
            self.filter_by(&words);
        }
    }

    /// Leaves the words that are typed; what they leave of the rows stays.
    pub(super) fn keep_filter(&mut self) {
        self.typed = None;
    }

    /// Takes the filter away; whether there was one.
    pub(super) fn clear_filter(&mut self) -> bool {
        let was = self.typed.take().is_some() || !self.sought.words.is_empty();
        self.filter_by("");
        was
    }

    /// Goes so many rows up or down, as far as there are any.
    pub(super) fn scroll(&mut self, viewport: &Viewport, rows: i64) {
        let last = self.count().0.saturating_sub(viewport.table_rows.into());
        self.top = self.top.min(last).saturating_add_signed(rows).min(last);
    }

    /// Goes so many columns to the left or right, as far as rows are wide.
    pub(super) fn scroll_sideways(&mut self, viewport: &Viewport, columns: isize) {
        let most = viewport.table_right;
        self.right = self.right.min(most).saturating_add_signed(columns).min(most);
    }
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
