//! The machine asked without a wizard: what a command would lead to, and what an output means.

use std::convert::Infallible;

use greenlight::facade::checklist::{Covers, Step, StepKind};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::verdict::Inputs;
use greenlight::facade::run::{
    Attempt, Command, Effect, Event, Failure, FileDigest, Finding, Judge, Judged, Moment, OutcomeEnd,
    Purpose, Refusal, Run, Stamped, ToCover,
};

/// What a command leads to, and the run after it.
#[derive(Clone, Debug)]
pub struct Decided {
    pub run: Run,
    pub events: Vec<Event>,
    pub effects: Vec<Effect>,
    pub refused: Option<Refusal>,
}

/// What `command` would lead to.
pub fn decided(run: &Run, at: Moment, command: Command) -> Decided {
    let (mut run, mut events) = (run.clone(), Vec::new());
    let mut write = |stamped: &Stamped| {
        assert_eq!(stamped.at, at, "a decision is stamped once");
        events.push(stamped.event.clone());
        Ok::<(), Infallible>(())
    };
    let Ok(decision) = run.decide(at, command, &mut write);
    Decided { run, events, effects: decision.effects, refused: decision.refused }
}

/// Has a command decided; gives its events, already folded.
pub fn tell(run: &mut Run, at: Moment, command: Command) -> Result<(Vec<Event>, Vec<Effect>), Refusal> {
    let decided = decided(run, at, command);
    *run = decided.run;
    decided.refused.map_or(Ok((decided.events, decided.effects)), Err)
}

/// Everything that a command gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub end: OutcomeEnd,
    pub rows: Vec<Value>,
    pub failures: Vec<Failure>,
    pub warnings: Vec<String>,
    pub silent_ms: u64,
    pub elapsed_ms: u64,
}

impl Outcome {
    /// What the judge of a command that began at `at` makes of it.
    pub fn judged(self, step: &Step, purpose: Purpose, inputs: &Inputs, at: Moment) -> Judged {
        let to_cover = match &step.kind {
            StepKind::Measured { check, .. } => match check.covers.as_deref() {
                Some(Covers::Input(id)) => {
                    ToCover::Names(inputs.get(id).map(|given| given.values().to_vec()).unwrap_or_default())
                }
                Some(Covers::List(names)) => ToCover::Names(names.clone()),
                Some(Covers::Step { property, .. }) => ToCover::Unread { property: property.clone() },
                None => ToCover::Nothing,
            },
            StepKind::Attested { .. } => ToCover::Nothing,
        };
        self.judged_of(step, purpose, inputs, to_cover, at)
    }

    /// The same where it is known what is to be covered.
    pub fn judged_of(
        self,
        step: &Step,
        purpose: Purpose,
        inputs: &Inputs,
        to_cover: ToCover,
        at: Moment,
    ) -> Judged {
        let after = |ms: u64| Moment { mono: at.mono + ms, ..at };
        let mut judge = Judge::new(step.clone(), purpose, inputs.clone().into(), to_cover, at);
        self.rows.iter().for_each(|row| judge.row(row));
        self.failures.into_iter().for_each(|failure| judge.failure(failure));
        self.warnings.iter().for_each(|warning| judge.warning(warning));
        judge.heard(after(self.elapsed_ms - self.silent_ms));
        judge.finish(self.end, after(self.elapsed_ms))
    }

    /// What a check that gave it found.
    pub fn found(self, step: &Step, inputs: &Inputs, at: Moment) -> Finding {
        self.judged(step, Purpose::Check, inputs, at).finding.expect("a check finds something")
    }

    /// The end of that attempt, in this run.
    pub fn ends(self, run: &Run, attempt: Attempt, transcript: Option<FileDigest>) -> Command {
        let running = run.running();
        let measured = |step: &&Step| matches!(step.kind, StepKind::Measured { .. });
        // Of one that does not run, whatever it was.
        let any = || run.checklist().steps.iter().find(measured).expect("a measured step");
        let step = running.and_then(|running| run.step(&running.step)).unwrap_or_else(any);
        let purpose = running.map_or(Purpose::Check, |running| running.purpose);
        let at = running.map_or_else(Moment::default, |running| running.at);
        let judged = self.judged_of(step, purpose, run.inputs(), run.to_cover(step), at).into();
        Command::Ended { attempt, judged, transcript }
    }
}
