//! `watch`: follows a run that is open elsewhere, as lines; takes no lock and writes nothing.

use std::fs;
use std::time::Duration;

use super::args::Output;
use super::context::Context;
use super::exit::{Done, Exit, Failed};
use crate::journal::{self, Condition, Folder, holder_of};
use crate::plain::{Out, gate_lines, step_lines};
use crate::run::{Moment, Run, Stamped, Standing};
use crate::text::visible;

/// How often the journal's length is looked at.
const PAUSE: Duration = Duration::from_millis(300);

/// Follows a run until it is sealed or the operator has seen enough.
pub async fn watch(context: &Context, run: &str) -> Done {
    let folder = context.run_folder(run).map(Folder::at)?;
    let source = context.kept_checklist(&folder)?;
    let mut watched =
        Watched { context, run: Run::new(source.checklist), events: 0, last: None, shown: None };
    watched.heading(&folder);
    let mut length = None;
    loop {
        let now = fs::metadata(folder.journal()).ok().map(|found| found.len());
        if now != length {
            length = now;
            watched.read(&folder)?;
        }
        watched.show(watched.now());
        if watched.run.is_sealed() {
            return Ok(Exit::Open);
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            signal = tokio::signal::ctrl_c() => if signal.is_ok() { return Ok(Exit::Interrupted) },
        }
    }
}

/// The run as far as its journal was read.
struct Watched<'a> {
    context: &'a Context,
    run: Run,
    events: usize,
    last: Option<Moment>,
    /// How the steps stood when they were printed.
    shown: Option<Vec<Standing>>,
}

impl Watched<'_> {
    fn heading(&self, folder: &Folder) {
        if self.context.output == Output::Json {
            return;
        }
        let text = self.context.text;
        let mut out = Out::stdout();
        out.line(&visible(self.run.checklist().title.get(text.lang())));
        out.line(&text.run_folder(folder.path().display()));
        out.line(&holder_of(folder).map_or_else(|| text.watch_free(), |by| text.watch_held(by)));
    }

    /// Takes in what was added to the journal.
    fn read(&mut self, folder: &Folder) -> Result<(), Failed> {
        let contents =
            journal::read::<Stamped>(folder).map_err(|error| self.context.journal_failed(&error))?;
        for stamped in contents.events.iter().skip(self.events) {
            self.run.evolve(stamped.at, &stamped.event);
            self.last = Some(stamped.at);
            // What came and went between two looks is told too.
            if self.shown.is_some() {
                self.show(stamped.at);
            }
            if self.context.output == Output::Json {
                let line = serde_json::to_string(stamped);
                Out::stdout().line(&line.map_err(|error| Failed::new(Exit::Fault, error.to_string()))?);
            }
        }
        self.events = contents.events.len();
        match contents.condition {
            // The last record is being written, as a rule.
            Condition::Whole | Condition::Torn { .. } => Ok(()),
            Condition::Damaged { record, what } => {
                let text = self.context.text;
                Err(Failed::new(Exit::Damaged, text.journal_damaged(record, text.damage(&what))))
            }
        }
    }

    /// Prints the steps that stand differently than when they were last printed; the gate where all are printed.
    fn show(&mut self, now: Moment) {
        if self.context.output == Output::Json {
            return;
        }
        let text = self.context.text;
        let mut out = Out::stdout();
        let standings = self.run.standings(now);
        for (position, (step, standing)) in self.run.checklist().steps.iter().zip(&standings).enumerate() {
            let before = self.shown.as_ref().and_then(|shown| shown.get(position));
            if before != Some(standing) {
                for line in &step_lines(&self.run, step, now, text) {
                    out.line(line);
                }
            }
        }
        if self.shown.is_none() || self.run.is_sealed() {
            for line in &gate_lines(&self.run, now, text) {
                out.line(line);
            }
        }
        if self.run.is_sealed() {
            out.line(&text.run_sealed());
        }
        self.shown = Some(standings);
    }

    /// This moment by the clocks of the process that has the run open.
    fn now(&self) -> Moment {
        let wall = jiff::Timestamp::now().as_millisecond();
        let last = self.last.unwrap_or_default();
        let since = u64::try_from(wall.saturating_sub(last.wall)).unwrap_or(0);
        Moment { wall, mono: last.mono.saturating_add(since) }
    }
}
