//! The last output of a step, as its transcripts have it.

use super::super::keys;
use super::super::lines::numbered;
use super::Menu;
use crate::checklist::StepId;
use crate::journal;
use crate::run::Purpose;
use crate::sanitize::escape_controls;
use crate::wizard::Trouble;

/// How many lines of each command are shown, from the end.
const SHOWN: usize = 200;

impl Menu<'_> {
    pub(super) async fn output(&mut self) -> Result<(), Trouble> {
        let typed = self.question(&self.text.plain_rows_question()).await?.unwrap_or_default();
        let steps = &self.wizard.run().checklist().steps;
        let Some(step) = keys::by_number(&typed, steps).map(|step| step.id.clone()) else { return Ok(()) };
        self.print_output(&step);
        Ok(())
    }

    fn print_output(&mut self, step: &StepId) {
        let text = self.text;
        self.out.row(&numbered(self.wizard.run(), step, text));
        let all = self.wizard.outputs().of(step);
        let last = |purpose| all.iter().rfind(|output| output.purpose == purpose);
        let mut last: Vec<_> = [Purpose::Check, Purpose::Apply].into_iter().filter_map(last).collect();
        last.sort_by_key(|output| output.attempt);
        let outputs: Vec<_> =
            last.into_iter().filter_map(|output| Some((output.purpose, output.file.clone()?))).collect();
        if outputs.is_empty() {
            self.out.row(&text.no_output_yet());
        }
        for (purpose, file) in outputs {
            let what = match purpose {
                Purpose::Check => text.output_of_check(),
                Purpose::Apply => text.output_of_apply(),
            };
            let path = self.wizard.path().join(&file.file);
            self.out.row(&escape_controls(&format!("{what}, {}", text.kept_in(path.display()))));
            match journal::tail(self.wizard.folder(), &file, SHOWN) {
                Ok(lines) if lines.is_empty() => self.out.row(&text.printed_nothing()),
                Ok(lines) => {
                    for line in lines {
                        self.out.row(&format!("  {} | {}", text.stream(line.stream), line.text));
                    }
                }
                Err(fault) => self.out.row(&format!("! {}", escape_controls(&text.file_fault(&fault)))),
            }
        }
    }
}
