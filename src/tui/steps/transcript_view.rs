//! What a command printed, as its transcript has it: of millions of lines only those around what is seen are in memory. What
//! takes longer than a frame is done a part at a time: all of the file is held against its record first, and what is filtered
//! or searched for is looked for from its first line on. One that is still being written is read as far as it goes, and held
//! against its record when there is one.

use super::sift::{BLOCK, Sift, Wanted};
use crate::checklist::StepId;
use crate::journal::{self, FileFault, Folder, LinesReader, Look, TranscriptLine};
use crate::run::{Attempt, FileDigest};
use crate::shell::Line;
use crate::tui::viewport::Direction;
use crate::wizard::OutputBuffer;

#[cfg(test)]
mod tests;

/// How many lines are looked at at a time: a frame waits for no more.
const PORTION: u64 = 32 * BLOCK;

/// A transcript.
#[derive(Debug)]
pub(super) struct TranscriptView {
    reader: LinesReader<TranscriptLine>,
    record: Option<FileDigest>,
    reading: Reading,
    fault: Option<FileFault>,
    /// What is shown.
    pub(super) shown: Sift,
    /// What is searched for.
    pub(super) hits: Option<Sift>,
    window: Window,
}

/// How far the file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// It is held against its record, and nothing of it is shown before.
    Looking,
    /// To the end that it had.
    CaughtUp,
    /// There is more of it by now.
    Behind,
    Whole,
}

/// The lines around what is seen.
#[derive(Debug, Default)]
struct Window {
    /// The rank of the first among those that are shown, how many were asked for, and of how many.
    of: Option<(u64, u64, u64)>,
    lines: Vec<(u64, Line)>,
}

impl TranscriptView {
    pub(super) fn open(folder: &Folder, digest: &FileDigest) -> Result<Self, FileFault> {
        let reader = LinesReader::open(folder, digest)?;
        Ok(Self::new(reader, Some(digest.clone()), Reading::Looking))
    }

    /// That of a command which goes on; nothing of it was read yet.
    pub(super) fn open_growing(folder: &Folder, step: &StepId, attempt: Attempt) -> Option<Self> {
        let name = journal::being_written(folder, step, attempt)?;
        // What cannot be read now will be looked at again when there is a record of it.
        let reader = LinesReader::open_growing(folder, &name).ok()?;
        Some(Self::new(reader, None, Reading::CaughtUp))
    }

    fn new(reader: LinesReader<TranscriptLine>, record: Option<FileDigest>, reading: Reading) -> Self {
        Self {
            reader,
            record,
            reading,
            fault: None,
            shown: Sift::default(),
            hits: None,
            window: Window::default(),
        }
    }

    /// What the journal says of it, once its command has ended.
    pub(super) const fn record(&self) -> Option<&FileDigest> {
        self.record.as_ref()
    }

    /// What was read without a record is held against this one from now on, if it is of that file.
    pub(super) fn vouched_by(&mut self, record: &FileDigest) {
        if self.record.is_none() && self.reader.name() == record.file {
            self.reader.vouch(record);
            self.record = Some(record.clone());
            self.reading = Reading::Behind;
        }
    }

    /// Whether its command still writes it, or has only just ended.
    pub(super) fn grows(&self) -> bool {
        match self.reading {
            Reading::CaughtUp | Reading::Behind => self.fault.is_none(),
            Reading::Looking | Reading::Whole => false,
        }
    }

    /// The name of its file inside the run's folder.
    pub(super) fn name(&self) -> &str {
        self.reader.name()
    }

    /// Looks whether there is more of it.
    pub(super) fn look_for_more(&mut self) {
        let grown = self.reader.has_grown();
        if self.reading == Reading::CaughtUp && self.kept(grown) {
            self.reading = Reading::Behind;
        }
    }

    /// What is wrong with it: then nothing of it is shown.
    pub(super) const fn fault(&self) -> Option<&FileFault> {
        self.fault.as_ref()
    }

    /// How much of it was held against its record, in hundredths, until all of it was.
    pub(super) fn looking(&self) -> Option<u64> {
        (self.reading == Reading::Looking && self.fault.is_none()).then(|| self.reader.percent())
    }

    /// How far what is looked for was looked for, in hundredths, until that is done.
    pub(super) fn sifting(&self) -> Option<u64> {
        let lines = self.reader.lines();
        let under_way = |sift: &&Sift| sift.looked_at() < lines;
        let sift = Some(&self.shown).filter(under_way).or(self.hits.as_ref().filter(under_way))?;
        Some(sift.looked_at() * 100 / lines.max(1))
    }

    pub(super) fn has_work(&self) -> bool {
        self.fault.is_none() && !self.is_settled()
    }

    /// Whether all that there was when that was looked at last was looked for.
    pub(super) fn is_settled(&self) -> bool {
        let all_read = match self.reading {
            Reading::Looking | Reading::Behind => false,
            Reading::CaughtUp | Reading::Whole => true,
        };
        all_read && self.sifting().is_none()
    }

    pub(super) fn work(&mut self) {
        if let Err(fault) = self.work_on() {
            self.fault = Some(fault);
            self.window = Window::default();
        }
    }

    fn work_on(&mut self) -> Result<(), FileFault> {
        let lines = self.reader.lines();
        let shown = Some(&mut self.shown).filter(|sift| sift.looked_at() < lines);
        let sift = shown.or(self.hits.as_mut().filter(|sift| sift.looked_at() < lines));
        match (self.reading, sift) {
            (Reading::Behind | Reading::CaughtUp | Reading::Whole, Some(sift)) => {
                let count = usize::try_from(PORTION).unwrap_or(usize::MAX);
                for line in self.reader.read(sift.looked_at(), count)? {
                    sift.look_at(&line);
                }
            }
            (Reading::CaughtUp | Reading::Whole, None) => {}
            (Reading::Looking | Reading::Behind, _) => {
                match self.reader.look_on()? {
                    Look::Whole => self.reading = Reading::Whole,
                    Look::Part if self.record.is_none() && !self.reader.has_grown()? => {
                        self.reading = Reading::CaughtUp;
                    }
                    Look::Part => {}
                }
                self.shown.grow(self.reader.lines());
            }
        }
        Ok(())
    }

    /// Shows only what is wanted.
    pub(super) fn show(&mut self, wanted: Wanted) {
        self.shown = Sift::of(wanted, self.reader.lines());
        self.window = Window::default();
    }

    /// The lines of a sift from the one of this rank on.
    fn of(&mut self, sift: &Sift, rank: u64, count: u64) -> Result<Vec<(u64, TranscriptLine)>, FileFault> {
        let most = usize::try_from(count).unwrap_or(usize::MAX);
        if sift.is_all() {
            return Ok((rank..).zip(self.reader.read(rank, most)?).collect());
        }
        let (blocks, before) = sift.from(rank);
        let skip = usize::try_from(before).unwrap_or(usize::MAX);
        let mut found = Vec::new();
        for block in blocks {
            if found.len() >= most.saturating_add(skip) {
                break;
            }
            let lines = self.reader.read(block * BLOCK, usize::try_from(BLOCK).unwrap_or(usize::MAX))?;
            let numbered = (block * BLOCK..).zip(lines);
            found.extend(numbered.filter(|(_, line)| sift.wanted.takes(line.stream, &line.text)));
        }
        Ok(found.into_iter().skip(skip).take(most).collect())
    }

    /// How many lines of a sift stand before that number.
    fn rank(&mut self, sift: &Sift, number: u64) -> Result<u64, FileFault> {
        let number = number.min(sift.looked_at());
        if sift.is_all() {
            return Ok(number);
        }
        let begin = number - number % BLOCK;
        let lines = self.reader.read(begin, usize::try_from(number - begin).unwrap_or(usize::MAX))?;
        let wanted = lines.iter().filter(|line| sift.wanted.takes(line.stream, &line.text)).count();
        Ok(sift.before(begin / BLOCK) + u64::try_from(wanted).unwrap_or(u64::MAX))
    }

    /// Begins to search, unless that is what is searched for.
    pub(super) fn search(&mut self, wanted: Wanted) {
        if self.hits.as_ref().is_none_or(|hits| hits.wanted != wanted) {
            self.hits = Some(Sift::of(wanted, self.reader.lines()));
        }
        self.look_for_more();
    }

    /// The next line that was searched for, where it is known already; past the last one it is the first again.
    pub(super) fn next_hit(&mut self, way: Direction, from: u64) -> Option<u64> {
        let all = self.is_settled();
        match way {
            Direction::On => {
                let on = self.hit(Some, from);
                if all { on.or_else(|| self.hit(Some, 0)) } else { on }
            }
            Direction::Back => {
                let known = all || self.hits.as_ref().is_some_and(|hits| hits.looked_at() >= from);
                let before = |rank: u64| rank.checked_sub(1);
                let back = if known { self.hit(before, from) } else { None };
                if all { back.or_else(|| self.hit(before, u64::MAX)) } else { back }
            }
        }
    }

    /// The line whose rank among those found `of` makes of how many stand before a number.
    fn hit(&mut self, of: impl Fn(u64) -> Option<u64>, number: u64) -> Option<u64> {
        let hits = self.hits.take()?;
        let rank = self.rank(&hits, number).map(of);
        let found = rank.and_then(|rank| rank.map_or(Ok(Vec::new()), |rank| self.of(&hits, rank, 1)));
        self.hits = Some(hits);
        self.kept(found).first().map(|(number, _)| *number)
    }

    /// Which of how many lines that were found so far that one is.
    pub(super) fn place(&mut self, hit: u64) -> Option<(u64, u64)> {
        let hits = self.hits.take()?;
        let rank = self.rank(&hits, hit);
        let all = hits.found();
        self.hits = Some(hits);
        Some((self.kept(rank) + 1, all))
    }

    fn kept<T: Default>(&mut self, read: Result<T, FileFault>) -> T {
        read.unwrap_or_else(|fault| {
            self.fault = Some(fault);
            T::default()
        })
    }

    /// Has the lines at hand that are shown around a number, or at the end, where so many rows are seen.
    pub(super) fn sync(&mut self, around: Option<u64>, rows: u64) {
        if self.reading == Reading::Looking || self.fault.is_some() {
            return;
        }
        let shown = std::mem::take(&mut self.shown);
        let end = shown.found();
        let rank = around.map_or(Ok(end), |number| self.rank(&shown, number));
        let first = self.kept(rank).min(end.saturating_sub(rows)).saturating_sub(3 * rows);
        let of = Some((first, 7 * rows, end));
        if self.window.of != of {
            let lines = self.of(&shown, first, 7 * rows);
            let lines = self.kept(lines).into_iter();
            let line =
                |line: TranscriptLine| OutputBuffer::cut(Line { stream: line.stream, text: line.text });
            self.window = Window { of, lines: lines.map(|(number, own)| (number, line(own))).collect() };
        }
        self.shown = shown;
    }

    /// Those lines, with their numbers.
    pub(super) fn lines(&self) -> impl Iterator<Item = (u64, &Line)> {
        self.window.lines.iter().map(|(number, line)| (*number, line))
    }

    /// Whether they begin with the first that is shown.
    pub(super) fn is_at_start(&self) -> bool {
        self.window.of.is_some_and(|(first, ..)| first == 0)
    }

    /// How many bytes its index and its lines take.
    #[cfg(test)]
    fn held(&self) -> usize {
        let lines = self.window.lines.iter().map(|(_, line)| line.text.capacity() + size_of_val(line));
        let sifts = [Some(&self.shown), self.hits.as_ref()].into_iter().flatten().map(Sift::held);
        self.reader.held() + lines.sum::<usize>() + sifts.sum::<usize>()
    }
}
