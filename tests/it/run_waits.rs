//! Steps that are checked again after their apply, and sessions that are looked after while a queue is worked off.

use std::time::Duration;

use greenlight::facade::checklist::{Remedy, Step};
use greenlight::facade::run::{
    Call, Command, Event, NextAction, OutcomeEnd, Pace, Prompt, PromptReply, Purpose, StatusReason,
    StepStatus, StopCause, Timer, Trigger, WaitEnd, WaitProgress,
};

use crate::harness::decided::{Outcome, decided};
use crate::harness::run_driver::{RunDriver, completed};
use crate::harness::steps::{check_only, checklist, for_the_session, kept_alive, measured, text, until};

const HOUR: Duration = Duration::from_secs(3600);

impl RunDriver {
    /// The step of a poll that runs.
    fn polls(&self) -> Option<&str> {
        let running = self.run.running().filter(|running| running.trigger == Trigger::Poll);
        running.map(|running| running.step.as_str())
    }

    fn fire(&mut self) {
        self.tell(Command::Fired(Timer::Poll)).unwrap();
    }

    /// Applies a step, whose check then finds nothing yet.
    fn wait_for(&mut self, step: &str) {
        self.apply(step);
        self.end(&[]);
        self.end(&[false]);
        assert_eq!(self.status(step), StepStatus::Polling);
    }

    fn ended(&self) -> Option<WaitEnd> {
        self.history.iter().rev().find_map(|stamped| match &stamped.event {
            Event::WaitEnded { why, .. } => Some(*why),
            _ => None,
        })
    }

    fn progress(&self, step: &str) -> Option<WaitProgress> {
        match self.run.assess(&step.into(), self.now)?.reason {
            Some(StatusReason::Polling(progress)) => Some(progress),
            _ => None,
        }
    }
}

fn waits(id: &str, needs: &[&str]) -> Step {
    let mut step = until(measured(id, needs, HOUR));
    step.remedies = vec![Remedy { when: Vec::new(), say: text("mend it"), docs: None, go: None }];
    step
}

fn one() -> RunDriver {
    RunDriver::new(checklist(vec![check_only(measured("need", &[], HOUR)), waits("far", &["need"])]))
}

/// With its need green, and applied.
fn waiting() -> RunDriver {
    let mut desk = one();
    desk.check("need", true);
    desk.wait_for("far");
    desk
}

#[test]
fn a_step_is_checked_again_until_it_is_green() {
    let mut desk = waiting();
    assert_eq!(
        desk.progress("far"),
        Some(WaitProgress { elapsed: 0, limit: 1_200_000, next: Some(600_000), pace: Pace::AsTheStepSays })
    );
    desk.pass(599);
    desk.fire();
    assert_eq!(desk.polls(), None, "too early");
    desk.pass(1);
    desk.fire();
    assert_eq!(desk.polls(), Some("far"));
    assert_eq!(desk.status("far"), StepStatus::Polling, "nobody waits for what looks again");
    assert_eq!(desk.progress("far").unwrap().next, None);
    desk.end(&[true]);
    assert!(desk.is_green("far") && !desk.run.has_waits());
    assert_eq!(desk.ended(), None, "a green says enough");
    desk.pass(1200);
    desk.fire();
    assert_eq!(desk.polls(), None);
}

#[test]
fn when_the_time_is_up_the_last_verdict_stands() {
    let mut desk = waiting();
    let assessed = desk.run.assess(&"far".into(), desk.now).unwrap();
    assert!(assessed.remedies.is_empty(), "what may yet come needs no remedy");
    assert!(assessed.found.is_some() && assessed.next == NextAction::Check && assessed.may_apply());
    desk.pass(600);
    desk.fire();
    desk.end_with(Outcome { end: OutcomeEnd::Threw, ..completed(&[]) });
    assert_eq!(desk.status("far"), StepStatus::Polling, "an error ends nothing");
    desk.pass(599);
    desk.fire();
    assert_eq!(desk.status("far"), StepStatus::Polling);
    desk.pass(1);
    desk.fire();
    assert_eq!((desk.status("far"), desk.ended()), (StepStatus::Undetermined, Some(WaitEnd::TimeUp)));
    let assessed = desk.run.assess(&"far".into(), desk.now).unwrap();
    assert_eq!(assessed.remedies.len(), 1);
}

#[test]
fn a_check_that_runs_when_the_time_is_up_may_still_make_it_green() {
    let mut desk = waiting();
    desk.pass(1199);
    desk.fire();
    desk.pass(30);
    desk.fire();
    assert_eq!((desk.status("far"), desk.polls()), (StepStatus::Polling, Some("far")));
    desk.end(&[true]);
    assert!(desk.is_green("far"));
}

#[test]
fn what_a_computer_sleeps_is_no_time_that_was_waited() {
    let mut desk = waiting();
    desk.jump(7200);
    desk.fire();
    assert_eq!(desk.polls(), None);
    assert_eq!(desk.ended(), Some(WaitEnd::NeedNotGreen), "its need is too old, though");
    let mut desk = waiting();
    desk.jump(1800);
    desk.fire();
    assert_eq!((desk.status("far"), desk.polls()), (StepStatus::Polling, None));
}

#[test]
fn a_check_that_the_operator_asks_for_is_the_next_one() {
    let mut desk = waiting();
    desk.pass(300);
    desk.tell(Command::Check("far".into())).unwrap();
    assert_eq!(desk.status("far"), StepStatus::Running(Purpose::Check));
    desk.end(&[false]);
    desk.pass(300);
    desk.fire();
    assert_eq!(desk.polls(), None, "it counts from the last one");
    desk.pass(300);
    desk.fire();
    assert_eq!(desk.polls(), Some("far"));
}

#[test]
fn a_stop_ends_a_wait_and_what_its_check_found_stands() {
    let mut desk = waiting();
    desk.tell(Command::Stop).unwrap();
    assert_eq!((desk.status("far"), desk.ended()), (StepStatus::Red, Some(WaitEnd::Stopped)));
    assert!(desk.tell(Command::Stop).is_err());
    let mut desk = waiting();
    desk.pass(600);
    desk.fire();
    desk.tell(Command::Stop).unwrap();
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    assert_eq!((desk.status("far"), desk.ended()), (StepStatus::Interrupted, None));
    assert!(!desk.run.has_waits());
}

#[test]
fn a_check_that_takes_too_long_ends_no_wait_but_a_stop_meanwhile_does() {
    let timed_out = |stop: bool| {
        let mut desk = waiting();
        desk.pass(600);
        desk.fire();
        let (attempt, _) = desk.running().unwrap();
        desk.tell(Command::Fired(Timer::Timeout(attempt))).unwrap();
        if stop {
            desk.tell(Command::Stop).unwrap();
        }
        desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
        desk.status("far")
    };
    assert_eq!([false, true].map(timed_out), [StepStatus::Polling, StepStatus::Interrupted]);
}

#[test]
fn a_need_that_falls_ends_a_wait_once_it_has_been_found_out() {
    let mut desk = waiting();
    desk.tell(Command::Check("need".into())).unwrap();
    assert_eq!(desk.status("far"), StepStatus::Polling, "it is only being looked at");
    desk.end(&[true]);
    assert_eq!(desk.status("far"), StepStatus::Polling);
    desk.check("need", false);
    assert_eq!((desk.status("far"), desk.ended()), (StepStatus::Red, Some(WaitEnd::NeedNotGreen)));
}

#[test]
fn another_apply_begins_anew_and_one_that_fails_waits_for_nothing() {
    let mut desk = waiting();
    desk.pass(900);
    desk.wait_for("far");
    assert_eq!(desk.progress("far").unwrap().elapsed, 0);
    desk.apply("far");
    desk.end_with(Outcome { end: OutcomeEnd::Threw, ..completed(&[]) });
    desk.end(&[false]);
    assert_eq!((desk.status("far"), desk.run.has_waits()), (StepStatus::Red, false));
}

#[test]
fn a_resume_and_the_end_of_the_shell_go_on_with_no_wait() {
    let mut desk = waiting();
    desk.reopen();
    desk.open_shell();
    desk.check("need", true);
    desk.pass(1000);
    desk.fire();
    assert_eq!((desk.status("far"), desk.polls()), (StepStatus::Red, None));
}

#[test]
fn nobody_is_interrupted_by_what_a_poll_asks() {
    let mut desk = waiting();
    desk.pass(600);
    desk.fire();
    let (attempt, _) = desk.running().unwrap();
    desk.tell(Command::Asked { attempt, call: Call(1), prompt: Prompt::Line }).unwrap();
    let answered = desk.history.last().map(|stamped| stamped.event.clone());
    assert_eq!(answered, Some(Event::Answered { attempt, call: Call(1), given: PromptReply::Unattended }));
    desk.tell(Command::Check("need".into())).unwrap();
    assert_eq!(desk.run.held().len(), 1, "what is wanted meanwhile waits");
    desk.end(&[true]);
    assert_eq!(desk.running().map(|(_, step)| step), Some("need".to_owned()));
}

#[test]
fn in_a_queue_one_that_is_due_comes_before_the_next_command_and_never_twice_in_a_row() {
    let others = ["one", "two", "three"].map(|id| check_only(measured(id, &[], HOUR)));
    let steps = others.into_iter().chain([waits("far", &[]), waits("away", &[])]);
    let mut desk = RunDriver::new(checklist(steps.collect()));
    desk.wait_for("far");
    desk.wait_for("away");
    desk.tell(Command::CheckAll(["one", "two", "three"].map(Into::into).to_vec())).unwrap();
    desk.pass(700);
    let mut ran = Vec::new();
    while let Some((attempt, step)) = desk.running() {
        ran.push(step);
        if ran.len() == 2 {
            // A poll that takes too long does not drop what waits behind it.
            desk.tell(Command::Fired(Timer::Timeout(attempt))).unwrap();
        }
        desk.end(&[false]);
    }
    assert_eq!(ran, ["one", "far", "two", "away", "three"]);
}

#[test]
fn sessions_are_looked_after_between_the_commands_of_a_long_queue() {
    let session = |id: &str, needs: &[&str]| {
        kept_alive(for_the_session(measured(id, needs, HOUR)), Duration::from_secs(60))
    };
    let others = ["one", "two", "three"].map(|id| check_only(measured(id, &["upper"], HOUR)));
    let steps = [session("lower", &[]), session("upper", &["lower"])].into_iter().chain(others);
    let mut desk = RunDriver::new(checklist(steps.collect()));
    desk.check("lower", true);
    desk.check("upper", true);
    let all = |desk: &mut RunDriver| {
        desk.tell(Command::CheckAll(["one", "two", "three"].map(Into::into).to_vec())).unwrap();
    };
    let work_off = |desk: &mut RunDriver, breaks: bool| {
        let mut ran = Vec::new();
        while let Some((_, step)) = desk.running() {
            let alive = desk.run.running().unwrap().trigger == Trigger::KeepAlive;
            ran.push(format!("{step}{}", if alive { "*" } else { "" }));
            desk.pass(40);
            desk.end(&[!(alive && breaks && step == "upper")]);
        }
        ran
    };
    all(&mut desk);
    assert_eq!(work_off(&mut desk, false), ["one", "two", "upper*", "three"]);
    // What it rests on may be what broke; what needs it is not checked then.
    all(&mut desk);
    assert_eq!(work_off(&mut desk, true), ["upper*", "lower*", "one", "two", "three"][..2]);
    assert!(desk.is_green("lower") && desk.run.queue().is_empty());
}

#[test]
fn in_a_rehearsal_there_are_as_many_checks_in_less_time() {
    let mut desk = RunDriver::rehearsal(checklist(vec![waits("far", &[])]), "default");
    desk.give("contoso.com");
    desk.open_shell();
    desk.wait_for("far");
    assert_eq!(
        desk.progress("far"),
        Some(WaitProgress { elapsed: 0, limit: 4_000, next: Some(2_000), pace: Pace::Shortened })
    );
    let stop = decided(&desk.run, desk.now, Command::Stop);
    assert!(
        !stop.events.iter().any(|event| matches!(event, Event::StopAsked { cause: StopCause::Operator, .. }))
    );
}
