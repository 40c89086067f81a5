//! The witness beside a run: what has happened.

use greenlight::facade::run::FoundSubject;

use super::moves::waits;
use super::outcomes::{TENANTS, says};
use super::*;

impl Search {
    /// Writes down what an event says has happened, and whether it may have.
    #[expect(clippy::too_many_lines, reason = "one match over every event reads as a table")]
    pub(super) fn witness(&mut self, node: &mut Node, event: &Event, said: &Command) {
        if let Event::Quarantined { .. } | Event::OrphanFile { .. } = event {
            return;
        }
        let before = node.clone();
        let witness = &mut node.witness;
        let set_back = witness.wall < 0;
        if let Event::Resumed { .. } = event {
            // What the last process's own clock would say is gone with it.
            witness.mono = 0;
        }
        (witness.lived, witness.wall, witness.mono) = (witness.now(), 0, 0);
        self.wait_of(&before, witness, event, said);
        self.goes(&before, witness, event, said);
        match event {
            Event::Resumed { .. } => self.resumed(witness, set_back),
            Event::InputGiven { input, value } => {
                witness.domain = moves::DOMAINS.iter().position(|domain| value.joined() == *domain);
                self.input_given(witness, input);
            }
            Event::ShellEnded { end, .. } => {
                self.lose(witness);
                self.end_sessions(witness);
                witness.shell_ended(end, said);
            }
            Event::ApplyPlanned { step, checks, subject, .. } => {
                self.confirmed_apply(witness, step, subject.as_ref(), said);
                witness.planned = Some((self.position(step), checks.len()));
            }
            Event::ApplyGivenUp { .. } => {
                self.seen.not_applied += 1;
                witness.planned = None;
            }
            Event::Started { .. } => self.started(witness, &before, event),
            Event::Answered { given, .. } => self.answered(witness, &before, *given),
            Event::StopAsked { cause, .. } => {
                witness.task.as_mut().expect("something runs").stopped = true;
                if *cause == StopCause::Operator {
                    witness.held.clear();
                    witness.planned = None;
                }
            }
            Event::TimeoutExtended { attempt, .. } => {
                assert!(matches!(said, Command::ExtendTimeout), "{said:?} gives more time");
                let task = witness.task.as_mut().expect("something runs");
                assert_eq!(task.attempt, *attempt);
                assert!(!task.stopped && !is_unattended(task.trigger), "it is given more time in vain");
                assert!(!std::mem::replace(&mut task.extended, true), "it is given more time twice");
                self.seen.extended += 1;
            }
            Event::KillAsked { .. } => {
                let is_stopped = witness.task.as_ref().is_some_and(|task| task.stopped);
                assert!(is_stopped, "killed before it was stopped");
                witness.kill_asked = true;
            }
            Event::Held { wish } => {
                self.seen.held += 1;
                witness.waits(wish, said);
            }
            Event::Released {} => {
                self.seen.released += 1;
                assert!(witness.task.is_none(), "what waits is decided while something runs");
                witness.released = Some(witness.held.remove(0));
            }
            Event::Checked { attempt, finding, .. } => self.checked(witness, *attempt, finding),
            Event::Applied { attempt, end: applied, .. } => {
                let task = witness.task.take().expect("something runs");
                assert_eq!((task.attempt, task.purpose), (*attempt, Purpose::Apply));
                witness.just_checked = None;
                let end = self.ends(&task)[witness.outcome.take().expect("something ended")].end;
                let own_end = matches!(end, OutcomeEnd::Completed | OutcomeEnd::Threw);
                let past = &mut witness.pasts[task.step];
                past.cut = task.stopped || !own_end;
                past.applied = true;
                if *applied == ApplyEnd::Done {
                    (past.was_there, past.again) = (true, false);
                } else {
                    past.again |= past.was_there && self.checklist.steps[task.step].applies_to_session();
                }
            }
            Event::Attested { step, .. } => self.attested(witness, &before, step),
            Event::Expired { steps, why } => self.expired(witness, steps, *why),
            Event::HandoffBegun { .. } => {
                assert!(self.is_open(&before), "a handoff begins behind a locked gate");
                witness.pasts.iter_mut().for_each(|past| past.checked_again = false);
                witness.abandoned = None;
                witness.checked_at = witness.lived;
            }
            Event::HandoffConfirmed { .. } => {
                self.seen.confirmed += 1;
                self.confirmed(witness, &before);
            }
            Event::HandoffAbandoned { why } => {
                self.seen.given_up += 1;
                assert_eq!(*why, self.why_given_up(&before, said));
                witness.abandoned = Some(why.clone());
            }
            Event::Sealed { .. } => {
                assert_eq!(*before.run.handoff(), HandoffStage::Writing);
                witness.held.clear();
            }
            Event::WriteFailed { .. } => {
                witness.held.clear();
                witness.planned = None;
            }
            Event::ShellOpened { .. } => witness.shell_end = None,
            Event::Queued { trigger: trigger @ (Trigger::Asked | Trigger::Reconnect), .. } => {
                witness.trigger = *trigger;
            }
            Event::Begun { .. }
            | Event::ApplicabilityKnown { .. }
            | Event::Queued { .. }
            | Event::WaitEnded { .. }
            | Event::GoBegun { .. }
            | Event::GoEnded { .. }
            | Event::ShellStarting { .. }
            | Event::Quarantined { .. }
            | Event::OrphanFile { .. }
            | Event::Asked { .. } => {}
        }
        if let Event::ApplicabilityKnown { steps } = event {
            self.applicability_known(node, steps);
        }
        self.learns(node);
    }

    fn resumed(&self, witness: &mut Witness, set_back: bool) {
        witness.opening += 1;
        (witness.shell_end, witness.abandoned, witness.kill_asked) = (None, None, false);
        witness.held.clear();
        witness.says = None;
        self.lose(witness);
        self.end_sessions(witness);
        for (past, step) in witness.pasts.iter_mut().zip(&self.checklist.steps) {
            match step.kind {
                StepKind::Measured { .. } => past.earned = None,
                StepKind::Attested { .. } if set_back => past.earned = None,
                StepKind::Attested { .. } => {}
            }
        }
    }

    fn input_given(&self, witness: &mut Witness, input: &InputId) {
        for (position, step) in self.checklist.steps.iter().enumerate() {
            if step.uses(input) {
                self.shake(witness, position);
            }
        }
        witness.given = true;
    }

    fn started(&self, witness: &mut Witness, before: &Node, event: &Event) {
        let Event::Started { attempt, step, purpose, session, trigger, .. } = event else {
            unreachable!("a start")
        };
        let position = self.position(step);
        assert!(witness.task.is_none(), "two commands at once");
        assert!(attempt.0.get() > witness.last_attempt, "a number is used twice");
        assert!(matches!(before.run.shell(), ShellState::Open(open, _) if open == session));
        assert!(self.has_its_input(witness, position));
        assert!(
            self.applies(before, position) == Applies::Yes && self.needs_hold(before, position),
            "{step} starts too early"
        );
        witness.last_attempt = attempt.0.get();
        witness.task = Some(Task {
            attempt: *attempt,
            step: position,
            purpose: *purpose,
            trigger: *trigger,
            covers: self.gave(witness, position),
            began: witness.lived,
            stopped: false,
            extended: false,
            declined: false,
        });
        if let (Trigger::BeforeApply, Some((_, left))) = (trigger, &mut witness.planned) {
            *left -= 1;
        }
        if *purpose == Purpose::Apply {
            let StepKind::Measured { apply: Some(apply), .. } = &self.checklist.steps[position].kind else {
                panic!("{step} has no apply")
            };
            let is_planned = witness.planned.take() == Some((position, 0));
            assert!(is_planned || apply.changes == Changes::Session, "{step} is applied without a yes");
            assert!(!is_planned || witness.pasts[position].looked_at, "nobody knows what was before {step}");
            witness.pasts[position].looked_at = false;
            assert_eq!(*before.run.handoff(), HandoffStage::Idle);
            assert!(!is_unattended(*trigger), "nobody asked for an apply");
            self.shake(witness, position);
            witness.pasts[position].dirty = true;
            for above in self.rests[position].iter().filter(|above| **above != position) {
                let past = &mut witness.pasts[*above];
                past.again |= past.applied && self.checklist.steps[*above].applies_to_session();
            }
        }
    }

    fn answered(&self, witness: &mut Witness, before: &Node, given: PromptReply) {
        let task = witness.task.as_mut().expect("something asks");
        task.declined |= given != PromptReply::Answered;
        let asking = before.run.running().and_then(|running| running.asking.as_ref());
        if given != PromptReply::Answered && asking.is_some_and(|asking| asking.prompt == sign_in()) {
            let (step, purpose) = (task.step, task.purpose);
            for (root, rests) in self.rests.iter().enumerate() {
                let own = root == step && purpose == Purpose::Apply;
                if self.checklist.steps[root].keep_alive.is_some() && rests.contains(&step) && !own {
                    self.shake(witness, root);
                }
            }
        }
    }

    fn checked(&mut self, witness: &mut Witness, attempt: Attempt, finding: &Finding) {
        let task = witness.task.take().expect("something runs");
        witness.checked_at = witness.lived;
        assert_eq!((task.attempt, task.purpose), (attempt, Purpose::Check));
        let outcome = witness.outcome.take().expect("something ended");
        let told = self.names_told(&task, outcome);
        let good = told.map_or_else(|| self.is_good(outcome), |(verdict, _)| verdict == Verdict::Green);
        let own_end = !task.stopped && !task.declined;
        let well = good && own_end;
        assert_eq!(finding.verdict == Verdict::Green, well, "{finding:?}");
        if let Some((verdict, names)) = told {
            assert!(task.stopped || finding.verdict == verdict, "{verdict:?} is {finding:?}");
            self.speaks(witness, &task, names, well);
        }
        if well {
            witness.names[task.step] = outcome;
        }
        let past = &mut witness.pasts[task.step];
        past.earned = well.then_some(task.began);
        past.was_there |= well;
        past.looked_at |= finding.verdict != Verdict::Interrupted;
        past.stale = false;
        past.checked_again = well;
        past.dirty &= finding.verdict == Verdict::Interrupted;
        past.cut &= finding.verdict == Verdict::Interrupted;
        if finding.verdict == Verdict::Red {
            self.shake(witness, task.step);
        }
        witness.just_checked = Some(task.step);
        self.tenant_found(witness, task.step, says(outcome).filter(|_| own_end));
    }

    fn attested(&self, witness: &mut Witness, before: &Node, step: &StepId) {
        let position = self.position(step);
        assert!(
            self.applies(before, position) == Applies::Yes && self.needs_hold(before, position),
            "{step} is stated too early"
        );
        witness.pasts[position].earned = Some(witness.lived);
        witness.pasts[position].stale = false;
    }

    fn expired(&self, witness: &mut Witness, steps: &[StepId], why: Expiry) {
        for step in steps {
            let position = self.position(step);
            let past = &mut witness.pasts[position];
            if why == Expiry::Age {
                let limit = units(self.checklist.steps[position].fresh_for);
                assert!(past.earned.is_some_and(|began| witness.lived - began >= limit), "{step}");
            }
            past.earned = None;
            past.stale = true;
            if self.checklist.steps[position].subject.is_some() {
                witness.says = None;
            }
        }
    }

    fn confirmed(&self, witness: &Witness, before: &Node) {
        assert!(self.is_open(before), "confirmed behind a locked gate");
        assert!(!self.reach.subjects || witness.says.is_some(), "confirmed for nobody knows whom");
        assert!(witness.lived - witness.checked_at < units(CONFIRM_WITHIN), "confirmed too late");
        for (position, (past, step)) in witness.pasts.iter().zip(&self.checklist.steps).enumerate() {
            let counts = self.applies(before, position) != Applies::No
                && step.weight == Weight::Required
                && matches!(step.kind, StepKind::Measured { .. });
            assert!(past.checked_again || !counts, "confirmed although {} was not checked again", step.id);
        }
    }

    /// Why a handoff is given up, by what was said.
    fn why_given_up(&self, before: &Node, said: &Command) -> AbandonCause {
        match said {
            Command::Ended { .. } if before.witness.another.is_some() => {
                let tenant = before.witness.another.expect("just asked");
                let name = TENANTS[tenant].to_owned();
                let subject = FoundSubject { scope: Changes::Tenant, id: name.clone(), name };
                AbandonCause::SubjectChanged { subject }
            }
            Command::AbandonHandoff => AbandonCause::Operator,
            Command::WriteRecovered { why: detail, .. }
            | Command::HandoffWritten(Err(HandoffFault { detail, .. })) => {
                AbandonCause::WriteFailed { detail: detail.clone() }
            }
            Command::ConfirmHandoff { .. } if self.is_open(before) => AbandonCause::TooLate,
            _ => AbandonCause::NotGreen,
        }
    }

    pub(super) fn position(&self, id: &StepId) -> usize {
        self.checklist.steps.iter().position(|step| step.id == *id).unwrap()
    }
}

impl Witness {
    fn shell_ended(&mut self, end: &ShellEnd, said: &Command) {
        let wanted = match said {
            Command::ShellEnded(ShellGone::Died { detail }) => ShellEnd::Died { detail: detail.clone() },
            _ if self.kill_asked => ShellEnd::Killed,
            _ => ShellEnd::Closed,
        };
        assert_eq!(*end, wanted);
        self.shell_end = Some(wanted);
        self.kill_asked = false;
    }

    fn waits(&mut self, wish: &Wish, said: &Command) {
        let looked_after = self.task.as_ref().is_some_and(|task| is_unattended(task.trigger));
        // Who fills in several values is not stopped by what the first one set going.
        let goes = self.task.as_ref().is_some_and(|task| task.trigger == Trigger::Go);
        let waits_there = looked_after || goes && matches!(wish, Wish::Give { .. });
        assert!(waits_there, "{wish:?} waits for nobody");
        assert_eq!(Some(wish), waits(said).as_ref());
        assert!(!self.held.contains(wish), "{wish:?} is wanted twice");
        self.held.push(wish.clone());
    }

    /// Units of time lived.
    pub(super) fn now(&self) -> u64 {
        self.lived + u64::try_from(self.wall).unwrap_or(0).max(self.mono)
    }
}
