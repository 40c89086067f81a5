//! The outputs of a step, as its transcripts have them: the last one, an older one, all of one in a file.

use std::path::Path;

use super::super::keys::{self, ApplyKey};
use super::super::lines::numbered;
use super::Menu;
use crate::checklist::StepId;
use crate::journal::{self, Look, OutputCopy};
use crate::run::{CommandOutput, FileDigest, Purpose};
use crate::sanitize::escape_controls;
use crate::wizard::Trouble;

/// How many lines of each command are shown, from the end.
const SHOWN: usize = 200;

/// Which of a step's commands are meant.
enum Chosen {
    /// The last check and the last apply.
    Last,
    /// One by its place.
    One(usize),
}

impl Menu<'_> {
    /// Prints the end of what the last commands of a step printed, or of one before.
    pub(super) async fn output(&mut self) -> Result<(), Trouble> {
        let Some((step, chosen)) = self.choose_output().await? else { return Ok(()) };
        let text = self.text;
        self.out.row(&numbered(self.wizard.run(), &step, text));
        let all = self.wizard.outputs().of(&step);
        let last = |purpose| all.iter().rposition(|output| output.purpose == purpose);
        let mut places: Vec<usize> = match chosen {
            Chosen::Last => [Purpose::Check, Purpose::Apply].into_iter().filter_map(last).collect(),
            Chosen::One(place) => vec![place],
        };
        places.sort_unstable();
        let named = |place: usize| {
            Some((self.named(all.get(place)?, place, all.len()), all.get(place)?.file.clone()?))
        };
        let outputs: Vec<(String, FileDigest)> = places.into_iter().filter_map(named).collect();
        if outputs.is_empty() {
            self.out.row(&text.no_output_yet());
        }
        for (what, file) in outputs {
            self.print_output(&what, &file);
        }
        Ok(())
    }

    /// Writes all that a command printed into a file.
    pub(super) async fn write_output(&mut self) -> Result<(), Trouble> {
        let Some((step, chosen)) = self.choose_output().await? else { return Ok(()) };
        let text = self.text;
        let all = self.wizard.outputs().of(&step);
        let output = match chosen {
            Chosen::Last => all.last(),
            Chosen::One(place) => all.get(place),
        };
        let Some((attempt, file)) = output.and_then(|output| Some((output.attempt, output.file.clone()?)))
        else {
            self.out.row(&text.write_nothing());
            return Ok(());
        };
        let own = format!("{step}-{}.txt", attempt.0);
        let offers =
            [text.key_does(text.name_enter(), &own), keys::offer_of(keys::APPLY, ApplyKey::Leave, text)];
        let question = text.plain_write_into(offers.join(", "));
        while let Some(typed) = self.question(&question).await? {
            let name = match typed.trim() {
                "" => own.as_str(),
                typed if keys::meant(keys::APPLY, typed) == Some(ApplyKey::Leave) => break,
                typed => typed,
            };
            match self.copy(&file, Path::new(name)) {
                Ok(done) => {
                    self.out.row(&escape_controls(&done));
                    break;
                }
                Err(why) => self.out.row(&format!("! {}", escape_controls(&why))),
            }
        }
        Ok(())
    }

    /// The step, and which of its commands where there are several.
    async fn choose_output(&mut self) -> Result<Option<(StepId, Chosen)>, Trouble> {
        let typed = self.question(&self.text.plain_rows_question()).await?.unwrap_or_default();
        let steps = &self.wizard.run().checklist().steps;
        let Some(step) = keys::by_number(&typed, steps).map(|step| step.id.clone()) else { return Ok(None) };
        let all = self.wizard.outputs().of(&step).len();
        if all < 2 {
            return Ok(Some((step, Chosen::Last)));
        }
        let question = self.text.plain_attempt_question(all, self.text.name_enter());
        let typed = self.question(&question).await?.unwrap_or_default();
        let place = typed.trim().parse().ok().and_then(|number: usize| number.checked_sub(1));
        Ok(Some((step, place.filter(|place| *place < all).map_or(Chosen::Last, Chosen::One))))
    }

    /// A command, as which of how many, and where its output is.
    fn named(&self, output: &CommandOutput, place: usize, all: usize) -> String {
        let text = self.text;
        let what = match output.purpose {
            Purpose::Check => text.output_of_check(),
            Purpose::Apply => text.output_of_apply(),
        };
        let attempt = (all > 1).then(|| text.attempt_of(place + 1, all));
        let file =
            output.file.as_ref().map(|file| text.kept_in(self.wizard.path().join(&file.file).display()));
        std::iter::once(what).chain(attempt).chain(file).collect::<Vec<_>>().join(", ")
    }

    fn print_output(&mut self, what: &str, file: &FileDigest) {
        let text = self.text;
        self.out.row(&escape_controls(what));
        match journal::tail(self.wizard.folder(), file, SHOWN) {
            Ok(lines) if lines.is_empty() => self.out.row(&text.printed_nothing()),
            Ok(lines) => {
                for line in lines {
                    self.out.row(&format!("  {} | {}", text.stream(line.stream), line.text));
                }
            }
            Err(fault) => self.out.row(&format!("! {}", escape_controls(&text.file_fault(&fault)))),
        }
    }

    /// What became of a copy, or why there is none.
    fn copy(&self, file: &FileDigest, path: &Path) -> Result<String, String> {
        let failed = |why| self.text.no_copy(path, &why);
        let mut copy = OutputCopy::begin(self.wizard.folder(), file, None, path).map_err(failed)?;
        while copy.work().map_err(failed)? == Look::Part {}
        Ok(self.text.write_done(copy.lines(), copy.path().display()))
    }
}
