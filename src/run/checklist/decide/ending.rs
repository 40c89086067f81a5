//! A command that has ended: what it means, and what comes next.

use super::super::running::{Running, Unanswered};
use super::super::state::HandoffStage;
use super::Draft;
use crate::checklist::{Step, Weight};
use crate::run::{
    AbandonCause, ApplyEnd, Attempt, Event, FileDigest, FoundSubject, Judged, OutcomeEnd, Purpose, StopCause,
    Trigger, Verdict, VerdictReason, verdict,
};

impl Draft<'_> {
    pub(super) fn ended(&mut self, attempt: Attempt, judged: Judged, transcript: Option<FileDigest>) {
        let Some(running) = self.run.running.clone().filter(|running| running.attempt == attempt) else {
            return;
        };
        let Some(step) = self.run.step(&running.step).cloned() else { return };
        let shell_lives = judged.end != OutcomeEnd::Lost;
        match running.purpose {
            Purpose::Check => self.checked(&step, &running, judged, transcript),
            Purpose::Apply => self.applied(&step, running, judged, transcript),
        }
        // Where it does not, that comes next.
        if shell_lives {
            self.release();
        }
    }

    fn applied(&mut self, step: &Step, running: Running, judged: Judged, transcript: Option<FileDigest>) {
        let cut = cut_reason(&running, &judged).is_some();
        let Judged { end, failures, remedies, elapsed_ms, .. } = judged;
        let (end, remedies) = if cut {
            (ApplyEnd::Interrupted, remedies)
        } else if failures.is_empty() && end == OutcomeEnd::Completed && running.unanswered.is_none() {
            (ApplyEnd::Done, Vec::new())
        } else {
            (ApplyEnd::Failed, remedies)
        };
        let attempt = running.attempt;
        let unanswered = running.unanswered.filter(|_| !cut).map(Unanswered::asked);
        let check_again = !cut && unanswered.is_none();
        self.event(Event::Applied { attempt, end, failures, remedies, unanswered, elapsed_ms, transcript });
        if !check_again {
            self.drop_queue();
        } else if self.start(&step.id, Purpose::Check, running.trigger).is_err() {
            tracing::debug!(step = %step.id, "the check after the apply may not run now");
        }
    }

    pub(super) fn checked(
        &mut self,
        step: &Step,
        running: &Running,
        judged: Judged,
        transcript: Option<FileDigest>,
    ) {
        let end = judged.end;
        let cut = cut_reason(running, &judged).map(|reason| (Verdict::Interrupted, reason));
        let unanswered = running.unanswered.clone().map(|asked| (Verdict::Undetermined, asked.reason()));
        let mut finding = match (cut.or(unanswered), judged.finding) {
            (None, Some(finding)) => finding,
            // Nothing was expected of it, so it says nothing.
            (None, None) => verdict::cut_off(
                Verdict::Undetermined,
                VerdictReason::Failed,
                judged.failures,
                judged.elapsed_ms,
            ),
            (Some((verdict, reason)), _) => {
                verdict::cut_off(verdict, reason, judged.failures, judged.elapsed_ms)
            }
        };
        finding.rows_file = judged.rows_file.map(Box::new);
        let green = finding.verdict == Verdict::Green;
        let had_expired = self.run.has_expired(&step.id);
        let had_been = self.run.found_subjects();
        let is_another = |found: &FoundSubject| {
            had_been.iter().any(|known| known.scope == found.scope && !known.is(found))
        };
        let another = finding.subject.as_deref().filter(|found| is_another(found)).cloned();
        self.event(Event::Checked { attempt: running.attempt, finding, transcript });
        self.note_applicability();
        if let (HandoffStage::Rechecking { .. } | HandoffStage::Confirming, Some(subject)) =
            (&self.run.handoff, another)
        {
            self.abandon(AbandonCause::SubjectChanged { subject });
        }
        self.still_may_open();
        match (&self.run.handoff, step.weight) {
            (HandoffStage::Rechecking { .. } | HandoffStage::Confirming, Weight::Required) if !green => {
                self.abandon(AbandonCause::NotGreen);
            }
            (HandoffStage::Confirming, _) => self.still_open(),
            (
                HandoffStage::Idle
                | HandoffStage::Rechecking { .. }
                | HandoffStage::Writing
                | HandoffStage::Sealed { .. },
                _,
            ) => {
                if end != OutcomeEnd::Lost {
                    // A session that has expired, or is of before, may still call itself open.
                    let to_apply =
                        self.run.state(&step.id).and_then(|state| self.run.apply_again(state)).is_some();
                    let holds = green && !had_expired && !to_apply;
                    self.go_on(step, running, holds);
                }
            }
        }
    }

    /// What follows a check outside a handoff.
    pub(super) fn go_on(&mut self, step: &Step, running: &Running, holds: bool) {
        let failed = !holds && running.stopping.is_none();
        match running.trigger {
            Trigger::BeforeApply => return self.before_apply(step, running),
            Trigger::Reconnect if failed && self.run.may_apply_by_itself(step) => {
                if self.start(&step.id, Purpose::Apply, Trigger::Reconnect).is_ok() {
                    return;
                }
            }
            // What it rests on may be what broke.
            Trigger::KeepAlive if failed => {
                let mut steps = self.run.kept_alive_below(&step.id);
                steps.retain(|below| !self.run.keep_alives.contains(below));
                steps.extend_from_slice(&self.run.keep_alives);
                if steps.as_slice() != &*self.run.keep_alives {
                    self.event(Event::Queued { steps, trigger: Trigger::KeepAlive });
                }
            }
            // What waited for this one comes first, however often one is due.
            Trigger::Poll => {
                self.end_waits();
                if !self.look_after() {
                    self.work_off();
                }
                return;
            }
            Trigger::Asked | Trigger::KeepAlive | Trigger::Reconnect | Trigger::Go => {}
        }
        self.advance();
    }
}

/// Why a command counts as cut off, if it does: a stop that was asked for counts even where the command came first.
fn cut_reason(running: &Running, judged: &Judged) -> Option<VerdictReason> {
    match (running.stopping, judged.end) {
        (Some(StopCause::Timeout), _) => {
            // What never says anything is silent whatever its limit is.
            let silent = judged.silent_ms >= verdict::SILENCE_MS.min(judged.elapsed_ms);
            Some(VerdictReason::TimedOut { silent })
        }
        (_, OutcomeEnd::Lost) => Some(VerdictReason::ShellLost),
        (Some(StopCause::Operator), _) | (None, OutcomeEnd::Stopped) => Some(VerdictReason::Stopped),
        (None, OutcomeEnd::Completed | OutcomeEnd::Threw | OutcomeEnd::Unbound) => None,
    }
}
