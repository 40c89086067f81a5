//! Where the lines of an output are: in memory, where all of them are there, else in the transcript, while its command runs too.

use super::{Follow, OutputView};
use crate::checklist::StepId;
use crate::journal::{FileFault, Folder};
use crate::run::{CommandOutput, FileDigest};
use crate::shell::Line;
use crate::tui::View;
use crate::tui::steps::sift::Wanted;
use crate::tui::steps::transcript_view::TranscriptView;
use crate::wizard::OutputBuffer;

/// Where the lines come from.
#[derive(Debug, Default)]
pub(in crate::tui::steps) enum OutputPlace {
    /// Nothing has run.
    #[default]
    Nowhere,
    /// From the command itself: all of them are in memory, or there is no file to read the others from.
    Live,
    /// From its file, which may still be being written.
    File(Box<TranscriptView>),
    /// The file cannot even be begun to be read.
    Faulty(FileDigest, FileFault),
    /// They were cut off with the process that ran the command.
    Lost,
}

impl OutputView {
    /// Whether the lines are those of [`View::live`].
    pub(in crate::tui::steps) fn is_live(&self, live: &OutputBuffer) -> bool {
        match &self.place {
            OutputPlace::Live => true,
            // Until its file was looked through; and of a file that grows, what is at its end has just come.
            OutputPlace::File(file) => {
                let follows = self.follow == Follow::End && self.only.is_none();
                live.attempt() == self.of.as_ref().map(|(_, attempt)| *attempt)
                    && (file.looking().is_some() || (file.grows() && follows))
            }
            OutputPlace::Nowhere | OutputPlace::Faulty(..) | OutputPlace::Lost => false,
        }
    }

    /// The lines that are at hand to be shown, with their numbers.
    pub(in crate::tui::steps) fn shown<'a>(&'a self, live: &'a OutputBuffer) -> Vec<(u64, &'a Line)> {
        let first = match &self.place {
            OutputPlace::File(file) if !self.is_live(live) => return file.lines().collect(),
            // A file has only the lines of its own command.
            OutputPlace::File(_) => live.dropped().saturating_sub(live.first()),
            OutputPlace::Live => live.dropped(),
            OutputPlace::Nowhere | OutputPlace::Faulty(..) | OutputPlace::Lost => return Vec::new(),
        };
        let numbered = (first..).zip(live.lines());
        numbered.filter(|(_, line)| self.only.is_none_or(|only| line.stream == only)).collect()
    }

    pub(in crate::tui::steps) fn has_lines(&self, live: &OutputBuffer) -> bool {
        match &self.place {
            OutputPlace::File(file) => file.fault().is_none(),
            OutputPlace::Live => !live.lines().is_empty(),
            OutputPlace::Nowhere | OutputPlace::Faulty(..) | OutputPlace::Lost => false,
        }
    }

    /// Whether the first of [`Self::shown`] is the first there is.
    pub(in crate::tui::steps) fn is_at_start(&self, live: &OutputBuffer) -> bool {
        match &self.place {
            OutputPlace::File(file) if !self.is_live(live) => file.is_at_start(),
            OutputPlace::File(file) => !file.grows(),
            OutputPlace::Nowhere | OutputPlace::Live | OutputPlace::Faulty(..) | OutputPlace::Lost => true,
        }
    }

    /// Finds the lines of an output.
    pub(super) fn find(&mut self, view: &View<'_>, step: &StepId, output: &CommandOutput) {
        let CommandOutput { attempt, file, .. } = output;
        let is_running = view.run.running().is_some_and(|running| running.attempt == *attempt);
        let live = view.live;
        let folder = Folder::at(view.folder);
        let begins = Folder::transcripts_begin(step, attempt.0.get());
        let record = file.as_ref().or_else(|| view.outputs.left_behind(&begins));
        let is_own = live.attempt() == Some(*attempt);
        // Its own lines: those of an apply before may be gone.
        let is_whole = live.dropped() == 0 || (live.apply().is_some() && live.dropped() <= live.first());
        if let (Some(record), OutputPlace::File(file)) = (record, &mut self.place) {
            file.vouched_by(record);
        }
        match (record, &mut self.place) {
            _ if is_own && is_whole => self.place = OutputPlace::Live,
            (Some(record), OutputPlace::File(file)) if file.record() == Some(record) => {}
            (Some(record), OutputPlace::Faulty(known, _)) if known == record => {}
            (Some(record), _) => {
                self.place = match TranscriptView::open(&folder, record) {
                    Ok(reader) => OutputPlace::File(Box::new(reader)),
                    Err(fault) => OutputPlace::Faulty(record.clone(), fault),
                };
            }
            (None, OutputPlace::File(_)) if is_running => {}
            (None, _) if is_running => {
                self.follow_file(live, TranscriptView::open_growing(&folder, step, *attempt));
            }
            (None, _) if is_own => self.place = OutputPlace::Live,
            (None, _) => self.place = OutputPlace::Lost,
        }
        // What is only followed is at hand already: a flood is not read a second time.
        let reads = !self.is_live(live) || self.hit.is_some() || self.is_seeking();
        if let OutputPlace::File(file) = &mut self.place
            && reads
        {
            file.look_for_more();
        }
    }

    /// Goes on in the file that is being written, if there is one, where it was read in memory.
    fn follow_file(&mut self, live: &OutputBuffer, file: Option<TranscriptView>) {
        let Some(mut file) = file else {
            self.place = OutputPlace::Live;
            return;
        };
        if let OutputPlace::Live = self.place {
            let first = live.first();
            self.hit = self.hit.and_then(|number| number.checked_sub(first));
            if let Follow::From(number) = self.follow {
                self.follow = Follow::From(number.saturating_sub(first));
            }
        }
        file.show(Wanted::of(self.only));
        self.place = OutputPlace::File(Box::new(file));
    }
}
