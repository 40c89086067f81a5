//! All rows by which a step is not green, a page at a time.

use super::super::keys::{self, PageKey};
use super::super::lines::row_line;
use super::Menu;
use crate::checklist::{Step, StepId};
use crate::journal::{FileFault, LinesReader};
use crate::run::{FailingRow, FileDigest};
use crate::sanitize::escape_controls;
use crate::wizard::Trouble;

/// How many rows a page has.
const PAGE: usize = 50;

/// The rows of one check: those of its record, and then those of its file.
struct AllRows {
    step: Step,
    recorded: Vec<FailingRow>,
    file: Option<LinesReader<FailingRow>>,
}

impl AllRows {
    fn count(&self) -> u64 {
        self.recorded() + self.file.as_ref().map_or(0, LinesReader::lines)
    }

    fn recorded(&self) -> u64 {
        u64::try_from(self.recorded.len()).unwrap_or(u64::MAX)
    }

    /// A page of them from one on, of which the first is 0.
    fn page(&mut self, from: u64) -> Result<Vec<FailingRow>, FileFault> {
        let skip = usize::try_from(from).unwrap_or(usize::MAX);
        let mut rows: Vec<FailingRow> = self.recorded.iter().skip(skip).take(PAGE).cloned().collect();
        let begin = from.saturating_sub(self.recorded());
        if let Some(file) = &mut self.file {
            rows.extend(file.read(begin, PAGE.saturating_sub(rows.len()))?);
        }
        Ok(rows)
    }
}

impl Menu<'_> {
    pub(super) async fn rows(&mut self) -> Result<(), Trouble> {
        let Some(id) = self.step_with_rows().await? else { return Ok(()) };
        let (run, now, text) = (self.wizard.run(), self.wizard.now(), self.text);
        let Some(assessment) = run.assess(&id, now) else { return Ok(()) };
        let Some(failed) = &assessment.rows else { return Ok(()) };
        let step = assessment.step.clone();
        let heading = text.heading_rows(text.rows_of(failed.count, failed.of));
        let (recorded, more, named) = (failed.shown.to_vec(), failed.more, failed.file.cloned());
        self.out.barred(step.title.get(text.lang()));
        self.out.row(&heading);
        let nowhere = named.as_ref().map_or(more, |file| file.left_out.map_or(0, |left_out| left_out.lines));
        let file = named.as_ref().map(|file| self.looked_through(file)).transpose();
        let (file, fault) = file.map_or_else(|fault| (None, Some(fault)), |file| (file, None));
        self.pages(AllRows { step, recorded, file }).await?;
        if let (Some(fault), Some(named)) = (fault, &named) {
            self.faulty(more.saturating_sub(nowhere), named, &fault);
        }
        if nowhere > 0 {
            self.out.row(&text.rows_nowhere(nowhere));
        }
        Ok(())
    }

    fn looked_through(&self, file: &FileDigest) -> Result<LinesReader<FailingRow>, FileFault> {
        let mut reader = LinesReader::open(self.wizard.folder(), file)?;
        reader.look_through().map(|()| reader)
    }

    fn faulty(&mut self, count: u64, file: &FileDigest, fault: &FileFault) {
        let words =
            self.text.rows_file_faulty(count, escape_controls(&file.file), self.text.file_fault(fault));
        self.out.row(&format!("! {}", escape_controls(&words)));
    }

    /// Prints them until there are no more, or the operator has seen enough.
    async fn pages(&mut self, mut rows: AllRows) -> Result<(), Trouble> {
        let (all, mut from, mut asks) = (rows.count(), 0, true);
        while from < all {
            let page = match rows.page(from) {
                Ok(page) => page,
                Err(fault) => {
                    self.out.row(&format!("! {}", escape_controls(&self.text.file_fault(&fault))));
                    return Ok(());
                }
            };
            for row in &page {
                self.out.row(&row_line(&rows.step, row, self.text));
            }
            let first = from + 1;
            from += u64::try_from(page.len()).unwrap_or(u64::MAX);
            if from >= all || asks {
                self.out.row(&self.text.rows_seen(first, from, all));
            }
            if from < all && asks {
                let question = keys::question(keys::PAGES, self.text);
                let typed = self.question(&question).await?.unwrap_or_else(|| "0".to_owned());
                match keys::meant(keys::PAGES, &typed) {
                    Some(PageKey::Next) | None => {}
                    Some(PageKey::All) => asks = false,
                    Some(PageKey::Leave) => return Ok(()),
                }
            }
        }
        Ok(())
    }

    /// The step whose rows are wanted: the only one that has some, or the one that is chosen.
    async fn step_with_rows(&mut self) -> Result<Option<StepId>, Trouble> {
        let (run, now) = (self.wizard.run(), self.wizard.now());
        let mut steps = Vec::new();
        let mut lines = Vec::new();
        for (number, assessment) in (1_usize..).zip(run.assess_all(now)) {
            let Some(failed) = &assessment.rows else { continue };
            let title = escape_controls(assessment.step.title.get(self.text.lang()));
            lines.push(format!("{number:>3}. {title}: {}", self.text.rows_of(failed.count, failed.of)));
            steps.push((number, assessment.step.id.clone()));
        }
        if let [] | [_] = steps.as_slice() {
            if steps.is_empty() {
                self.out.row(&self.text.rows_none());
            }
            return Ok(steps.pop().map(|(_, step)| step));
        }
        for line in &lines {
            self.out.row(line);
        }
        let typed = self.question(&self.text.plain_rows_question()).await?.unwrap_or_default();
        let chosen = typed.trim().parse().ok();
        Ok(steps.into_iter().find(|(number, _)| Some(*number) == chosen).map(|(_, step)| step))
    }
}
