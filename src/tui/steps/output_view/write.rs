//! The output written into a file: the name is asked for, and what becomes of it is told.

use std::path::{Path, PathBuf};

use super::{OutputView, Typed};
use crate::journal::{Folder, Look, OutputCopy};
use crate::tui::View;
use crate::tui::field::TextField;

/// What became of a copy.
#[derive(Debug)]
pub(super) enum Writing {
    GoingOn(Box<OutputCopy>),
    Done { lines: u64, path: PathBuf },
}

impl OutputView {
    /// Begins to ask for the name of a file. Gives why nothing can be written.
    pub(in crate::tui::steps) fn ask_name(&mut self, view: &View<'_>) -> Option<String> {
        self.writing = None;
        let (Some((output, ..)), Some((step, _))) = (self.output(view), &self.of) else {
            return Some(view.text.write_nothing());
        };
        if output.file.is_none() {
            let runs = view.run.running().is_some_and(|running| running.attempt == output.attempt);
            return Some(if runs { view.text.write_not_ended() } else { view.text.write_nothing() });
        }
        self.typed = Some(Typed::Name(TextField::new(&format!("{step}-{}.txt", output.attempt.0))));
        None
    }

    /// Begins to write into the file of the name that was typed. Gives why that cannot be.
    pub(in crate::tui::steps) fn write(&mut self, view: &View<'_>) -> Option<String> {
        let Some(Typed::Name(field)) = self.typed.take() else { return None };
        let name = field.text().trim().to_owned();
        if name.is_empty() {
            self.typed = Some(Typed::Name(field));
            return Some(view.text.input_missing());
        }
        let file = self.output(view).and_then(|(output, ..)| output.file.as_ref())?;
        match OutputCopy::begin(&Folder::at(view.folder), file, self.only, Path::new(&name)) {
            Ok(copy) => {
                self.writing = Some(Writing::GoingOn(Box::new(copy)));
                None
            }
            Err(fault) => {
                // What is wrong with the name is mended there.
                self.typed = Some(Typed::Name(field));
                Some(view.text.no_copy(Path::new(&name), &fault))
            }
        }
    }

    /// Writes the next part. Gives why that cannot be.
    pub(super) fn write_on(&mut self, view: &View<'_>) -> Option<String> {
        let Some(Writing::GoingOn(copy)) = &mut self.writing else { return None };
        match copy.work() {
            Ok(Look::Part) => None,
            Ok(Look::Whole) => {
                self.writing = Some(Writing::Done { lines: copy.lines(), path: copy.path() });
                None
            }
            Err(fault) => {
                let said = view.text.no_copy(&copy.path(), &fault);
                self.writing = None;
                Some(said)
            }
        }
    }

    pub(super) const fn is_writing(&self) -> bool {
        matches!(self.writing, Some(Writing::GoingOn(_)))
    }

    /// What there is to say of a copy.
    pub(in crate::tui::steps) fn written(&self, view: &View<'_>) -> Option<String> {
        self.writing.as_ref().map(|writing| match writing {
            Writing::GoingOn(copy) => view.text.write_going_on(copy.lines()),
            Writing::Done { lines, path } => view.text.write_done(*lines, path.display()),
        })
    }
}
