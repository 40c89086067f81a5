//! What a command leads to. Refuses with a reason, or has events written and folded, and gives the effects that follow.

use std::num::NonZeroU32;

use super::state::{HandoffStage, Run, ShellState};
use super::wish::Wish;
use crate::checklist::{InputId, Step, StepId, StepKind};
use crate::run::clock::Between;
use crate::run::{
    Build, Command, Decision, Event, Expiry, Format, Mode, Moment, OutcomeEnd, Refusal, Stamped, StopCause,
    Unvouched, Who,
};

mod apply;
mod attempt;
mod disk;
mod draft;
mod ending;
mod going;
mod handoff;
mod polling;
mod session;
mod waiting;

use draft::Draft;

/// How long a stopped command has before its process is ended, milliseconds.
pub(super) const GRACE_MS: u64 = 10_000;
/// How long after the last of a handoff's checks its confirmation counts, milliseconds.
pub const CONFIRM_WITHIN_MS: u64 = 600_000;

impl Run {
    /// The first event of a run.
    pub fn begin(&self, mode: Mode, by: Who, greenlight: &str) -> Event {
        Event::Begun {
            checklist: self.checklist.id.clone(),
            version: self.checklist.version.clone(),
            sha256: self.checklist.sha256,
            mode,
            by,
            greenlight: greenlight.to_owned(),
        }
    }

    /// What `command` leads to at `at`. Each event is given to `write` and folded once that has said that it is written, so the
    /// run is never more than what is written.
    ///
    /// # Errors
    /// That of `write`. Nothing was written, folded or decided after it.
    pub fn decide<E>(
        &mut self,
        at: Moment,
        command: Command,
        write: &mut dyn FnMut(&Stamped) -> Result<(), E>,
    ) -> Result<Decision, E> {
        let mut error = None;
        let mut write = |stamped: &Stamped| write(stamped).map_err(|why| error = Some(why)).is_ok();
        let decision = Draft::new(self, at, &mut write).made(command);
        error.map_or(Ok(decision), Err)
    }
}

impl Draft<'_> {
    fn made(mut self, command: Command) -> Decision {
        let command = match command {
            Command::WriteFailed => {
                self.write_failed();
                return self.decision(Ok(()));
            }
            command => command,
        };
        // Nothing is decided on a green that is too old, and none that a command made so is left unrecorded.
        // Another process knows nothing of this one's clock before it has said that it goes on, and a disk that failed has to
        // take the reason first.
        if !matches!(command, Command::Resume { .. } | Command::WriteRecovered { .. }) {
            self.expire();
            self.note_applicability();
            self.end_waits();
        }
        // Where its shell went with a command, the end of that comes next.
        let shell_lives =
            !matches!(&command, Command::Ended { judged, .. } if judged.end == OutcomeEnd::Lost);
        let decided = self.decide(command);
        if shell_lives {
            self.go_on_by_itself();
        }
        self.expire();
        self.note_applicability();
        self.end_waits();
        self.schedule_keep_alive();
        self.decision(decided)
    }

    fn decide(&mut self, command: Command) -> Result<(), Refusal> {
        if self.run.is_sealed() {
            return match command {
                // What comes late from the shell is of no account any more.
                Command::ShellOpened(_)
                | Command::ShellEnded(_)
                | Command::Asked { .. }
                | Command::Ended { .. }
                | Command::Fired(_)
                | Command::HandoffWritten(_)
                | Command::WriteFailed
                | Command::WriteRecovered { .. } => Ok(()),
                Command::Begin { .. }
                | Command::Resume { .. }
                | Command::OpenShell
                | Command::Reconnect
                | Command::Go { .. }
                | Command::Give { .. }
                | Command::Check(_)
                | Command::CheckAll(_)
                | Command::Apply { .. }
                | Command::Attest { .. }
                | Command::Answer(_)
                | Command::Stop
                | Command::ExtendTimeout
                | Command::BeginHandoff
                | Command::AbandonHandoff
                | Command::ConfirmHandoff { .. } => Err(Refusal::Sealed),
            };
        }
        if (self.looks_after() || self.gives_while_going(&command))
            && let Some(wish) = Wish::of(&command)
        {
            self.hold(wish);
            return Ok(());
        }
        match command {
            Command::Begin { mode, by, greenlight } => {
                let begun = self.run.begin(mode, by, &greenlight);
                self.event(begun);
            }
            Command::Resume { by, greenlight, left } => self.resume(by, greenlight, left),
            Command::WriteFailed => self.write_failed(),
            Command::WriteRecovered { why, left, shell_lost } => self.write_recovered(&why, left, shell_lost),
            Command::OpenShell => self.open_shell()?,
            Command::Reconnect => self.reconnect()?,
            Command::Go { by } => self.begin_going(by)?,
            Command::Give { input, typed } => self.give(&input, &typed)?,
            Command::Check(step) => self.check(&step)?,
            Command::CheckAll(steps) => self.check_all(&steps)?,
            Command::Apply { step, confirmed } => self.apply(&step, confirmed)?,
            Command::Attest { step, statement, name, note, by, seen } => {
                if let Some(found) = self.run.changed_subject(&seen) {
                    return Err(Refusal::SubjectChanged(found));
                }
                self.attest(&step, statement, &name, note, by)?;
            }
            Command::Answer(given) => self.answer(given)?,
            Command::Stop => self.stop(StopCause::Operator)?,
            Command::ExtendTimeout => self.extend_timeout()?,
            Command::BeginHandoff => self.begin_handoff()?,
            Command::AbandonHandoff => self.abandon_handoff()?,
            Command::ConfirmHandoff { typed, by } => self.confirm_handoff(&typed, by)?,
            Command::ShellOpened(about) => {
                if let ShellState::Opening(session) = self.run.shell {
                    self.event(Event::ShellOpened { session, about });
                    self.advance();
                }
            }
            Command::ShellEnded(gone) => self.shell_ended(gone),
            Command::Asked { attempt, call, prompt } => self.asked(attempt, call, prompt),
            Command::Ended { attempt, judged, transcript } => self.ended(attempt, *judged, transcript),
            Command::Fired(timer) => self.fired(timer),
            Command::HandoffWritten(result) => self.handoff_written(result),
        }
        Ok(())
    }

    fn resume(&mut self, by: Who, greenlight: Build, left: Unvouched) {
        self.vouch(left);
        let stated = match self.run.clock.between(self.at) {
            Between::WentOn => Vec::new(),
            Between::SetBack => self.run.stated(),
        };
        let Build { version, sha256 } = greenlight;
        let format = Some(Format::WRITTEN);
        let subjects = self.run.found_subjects();
        self.event(Event::Resumed { by, greenlight: version, greenlight_sha256: sha256, format, subjects });
        if !stated.is_empty() {
            self.event(Event::Expired { steps: stated, why: Expiry::Clock });
        }
    }

    /// Nothing runs, and no handoff is under way.
    fn idle(&self) -> Result<(), Refusal> {
        match (&self.run.running, &self.run.handoff) {
            (None, HandoffStage::Idle) => Ok(()),
            (
                Some(_) | None,
                HandoffStage::Idle
                | HandoffStage::Rechecking { .. }
                | HandoffStage::Confirming
                | HandoffStage::Writing
                | HandoffStage::Sealed { .. },
            ) => Err(Refusal::Busy),
        }
    }

    fn step(&self, id: &StepId) -> Result<Step, Refusal> {
        self.run.step(id).cloned().ok_or_else(|| Refusal::Unknown(id.to_string()))
    }

    fn give(&mut self, id: &InputId, typed: &[String]) -> Result<(), Refusal> {
        self.idle()?;
        let input = self.run.checklist.input(id).ok_or_else(|| Refusal::Unknown(id.to_string()))?;
        let value = input.accept(typed).map_err(|why| Refusal::InputInvalid { input: id.clone(), why })?;
        if self.run.inputs.get(id) != Some(&value) {
            self.event(Event::InputGiven { input: id.clone(), value });
            self.note_applicability();
        }
        Ok(())
    }

    fn attest(
        &mut self,
        id: &StepId,
        said: String,
        name: &str,
        note: String,
        by: Who,
    ) -> Result<(), Refusal> {
        self.idle()?;
        let step = self.step(id)?;
        let StepKind::Attested { statement } = &step.kind else { return Err(Refusal::WrongKind) };
        let shown = [Some(&statement.en), statement.es.as_ref(), statement.fr.as_ref()];
        if !shown.into_iter().flatten().any(|text| *text == said) {
            return Err(Refusal::WrongKind);
        }
        self.may_be_done(&step)?;
        let name = name.trim();
        if name.is_empty() {
            return Err(Refusal::Nameless);
        }
        self.event(Event::Attested { step: id.clone(), statement: said, name: name.to_owned(), note, by });
        Ok(())
    }
}

fn next(count: u32) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(count)
}
