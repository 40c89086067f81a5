//! Sessions: looked after, expired, and had back.

use super::*;

impl World {
    fn runs(&self) -> Option<(&str, Purpose, Trigger)> {
        self.run.running().map(|running| (running.step.as_str(), running.purpose, running.trigger))
    }

    /// After how long the machine wants to look after a session, once `command` has been taken.
    fn keep_alive_after(&self, command: Command) -> Option<u64> {
        let decided = decided(&self.run, self.now, command);
        decided.effects.iter().find_map(|effect| match effect {
            Effect::StartTimer(Timer::KeepAlive, after) => Some(*after),
            _ => None,
        })
    }

    fn ask(&mut self, prompt: Prompt) {
        let attempt = self.run.running().unwrap().attempt;
        assert!(self.tell(Command::Asked { attempt, call: Call(1), prompt }));
    }
}

#[test]
fn a_session_is_looked_after_every_45_seconds_while_nothing_else_happens() {
    let mut world = World::all_green();
    assert_eq!(world.keep_alive_after(attest("bob")), Some(45_000));
    world.pass(30_000);
    assert!(world.tell(Command::Fired(Timer::KeepAlive)), "too early, so it waits for the rest");
    assert_eq!(
        (world.runs(), world.keep_alive_after(Command::Fired(Timer::KeepAlive))),
        (None, Some(15_000))
    );
    world.pass(15_000);
    world.tell(Command::Fired(Timer::KeepAlive));
    assert_eq!(world.runs(), Some(("session", Purpose::Check, Trigger::KeepAlive)));
    assert!(world.is_open(), "what is only looked after keeps its green");
    world.end(outcome(OutcomeEnd::Completed, &[true], 0));
    assert!(world.is_open() && world.runs().is_none());
    assert_eq!(world.keep_alive_after(attest("bob")), Some(45_000));
}

#[test]
fn nobody_looks_after_a_session_that_is_not_there_or_while_something_runs() {
    let mut world = World::new();
    assert_eq!(world.keep_alive_after(Command::OpenShell), None);
    world.tell(Command::Give { input: "domain".into(), typed: vec!["contoso.com".to_owned()] });
    world.open_shell();
    world.green("base");
    assert_eq!(world.keep_alive_after(attest("ada")), None, "no step lives in a session yet");
    world.tell(Command::Check("session".into()));
    world.end(outcome(OutcomeEnd::Completed, &[false], 0));
    assert_eq!(world.run.broken_sessions(world.now), [], "it has never been there");
    world.green("session");
    world.pass(60_000);
    world.tell(Command::Check("tenant".into()));
    world.tell(Command::Fired(Timer::KeepAlive));
    assert_eq!(world.runs(), Some(("tenant", Purpose::Check, Trigger::Asked)));
    world.end(outcome(OutcomeEnd::Completed, &[true], 0));
    world.tell(attest("ada"));
    world.tell(Command::BeginHandoff);
    world.pass(60_000);
    world.tell(Command::Fired(Timer::KeepAlive));
    assert_eq!(
        world.runs(),
        Some(("base", Purpose::Check, Trigger::Asked)),
        "the handoff goes on undisturbed"
    );
    world.tell(Command::ShellEnded(ShellGone::AsAsked));
    assert_eq!(world.keep_alive_after(Command::OpenShell), None);
}

#[test]
fn a_session_that_is_found_broken_locks_the_gate_and_comes_back_with_one_command() {
    let mut world = World::all_green();
    world.pass(45_000);
    world.tell(Command::Fired(Timer::KeepAlive));
    world.end(outcome(OutcomeEnd::Completed, &[false], 0));
    assert!(!world.is_open() && !world.earned("tenant") && world.run.session_is_lost(world.now));
    assert_eq!(world.run.broken_sessions(world.now), [StepId::from("session")]);
    assert!(world.tell(Command::Reconnect));
    let mut walked = Vec::new();
    for answer in [false, true, true, true] {
        let (step, purpose, trigger) = world.runs().unwrap();
        assert_eq!(trigger, Trigger::Reconnect);
        walked.push((step.to_owned(), purpose));
        world.end(outcome(OutcomeEnd::Completed, &[answer], 0));
    }
    let expected = [
        ("session", Purpose::Check),
        ("session", Purpose::Apply),
        ("session", Purpose::Check),
        ("tenant", Purpose::Check),
    ];
    assert_eq!(walked, expected.map(|(step, purpose)| (step.to_owned(), purpose)));
    assert!(world.is_open() && world.runs().is_none());
}

#[test]
fn an_apply_that_did_not_help_is_not_repeated_by_itself() {
    let mut world = World::all_green();
    world.tell(Command::Reconnect);
    for _ in 0..3 {
        world.end(outcome(OutcomeEnd::Completed, &[false], 0));
    }
    assert_eq!(world.runs(), None, "check, apply, check, and no more");
}

#[test]
fn a_shell_that_died_comes_back_with_what_lived_in_it() {
    let mut world = World::all_green();
    world.tell(Command::ShellEnded(ShellGone::AsAsked));
    assert_eq!(world.run.lost(world.now).steps, [StepId::from("session")]);
    assert!(world.tell(Command::Reconnect));
    assert_eq!(world.runs(), None, "not before it is open");
    world.tell(Command::ShellOpened(About::default()));
    assert_eq!(world.runs(), Some(("session", Purpose::Check, Trigger::Reconnect)));
}

#[test]
fn a_shell_that_is_killed_says_so_and_the_next_one_is_only_closed() {
    let mut world = World::all_green();
    world.tell(Command::Check("tenant".into()));
    let attempt = world.run.running().unwrap().attempt;
    let kills = |world: &World| {
        let decided = decided(&world.run, world.now, Command::Fired(Timer::Grace(attempt)));
        decided.effects.iter().filter(|effect| matches!(effect, Effect::KillShell)).count()
    };
    assert_eq!(kills(&world), 0, "nobody has asked it to stop");
    world.tell(Command::Stop);
    assert_eq!(kills(&world), 1);
    world.tell(Command::Fired(Timer::Grace(attempt)));
    assert_eq!(kills(&world), 0, "once is enough");
    world.tell(Command::ShellEnded(ShellGone::AsAsked));
    assert_eq!(world.run.last_shell_end(), Some(&ShellEnd::Killed));
    world.open_shell();
    assert_eq!(world.run.last_shell_end(), None);
    world.tell(Command::ShellEnded(ShellGone::AsAsked));
    assert_eq!(world.run.last_shell_end(), Some(&ShellEnd::Closed));
}

#[test]
fn a_question_to_sign_in_that_no_command_asks_for_means_that_the_session_has_expired() {
    let mut world = World::all_green();
    world.tell(Command::Check("tenant".into()));
    world.ask(Prompt::Line);
    assert_eq!(world.run.expired_session(), []);
    world.tell(Command::Answer(PromptReply::Answered));
    world.ask(sign_in_prompt());
    assert_eq!(world.run.expired_session(), [StepId::from("session")]);
    world.tell(Command::Answer(PromptReply::Declined));
    world.end(outcome(OutcomeEnd::Threw, &[], 1));
    let found = &world.run.state(&"tenant".into()).unwrap().found.as_ref().unwrap().finding;
    assert!(matches!(found.reason, VerdictReason::SessionExpired { .. }), "{found:?}");
    let status = world.run.status(&"session".into(), world.now);
    assert_eq!(status, StepStatus::Stale(StaleCause::SessionExpired));
    // It may still call itself open, and is made anew nevertheless.
    world.tell(Command::Reconnect);
    world.end(outcome(OutcomeEnd::Completed, &[true], 0));
    assert_eq!(world.runs(), Some(("session", Purpose::Apply, Trigger::Reconnect)));
    world.ask(sign_in_prompt());
    assert_eq!(world.run.expired_session(), [], "this command is there to sign in");
}

#[test]
fn a_session_that_is_looked_after_asks_nobody() {
    let mut world = World::all_green();
    world.pass(45_000);
    world.tell(Command::Fired(Timer::KeepAlive));
    world.ask(sign_in_prompt());
    assert!(world.run.running().unwrap().asking.is_none(), "it is answered at once, by nobody");
    assert_eq!(world.run.status(&"session".into(), world.now), StepStatus::Stale(StaleCause::SessionExpired));
    world.end(outcome(OutcomeEnd::Completed, &[true], 0));
    assert_eq!(world.run.status(&"session".into(), world.now), StepStatus::Undetermined);
}
