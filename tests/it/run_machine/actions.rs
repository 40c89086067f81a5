//! Long random histories: the gate is open only while the history shows that everything is earned.

use super::*;

/// One thing that happens to a run.
#[derive(Clone, Debug)]
enum Action {
    Check(usize),
    CheckAll,
    Apply(usize),
    End(OutcomeEnd, Vec<bool>, usize),
    StaleEnd,
    Attest,
    Give(bool),
    OpenShell,
    ShellOpened,
    ShellEnded,
    Ask(bool),
    Answer(bool),
    Stop,
    Extend,
    FireTimeout,
    FireKeepAlive,
    Reconnect,
    Pass(u64),
    JumpWall(i64),
    Restart(u64),
    BeginHandoff,
    Confirm(bool),
    Abandon,
    Written(bool),
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let end = prop_oneof![
        6 => Just(Action::End(OutcomeEnd::Completed, vec![true], 0)),
        1 => Just(Action::End(OutcomeEnd::Completed, vec![false], 0)),
        1 => Just(Action::End(OutcomeEnd::Completed, vec![], 0)),
        1 => Just(Action::End(OutcomeEnd::Completed, vec![true], 1)),
        1 => Just(Action::End(OutcomeEnd::Threw, vec![true], 1)),
        1 => Just(Action::End(OutcomeEnd::Stopped, vec![true], 0)),
        1 => Just(Action::End(OutcomeEnd::Lost, vec![true], 0)),
    ];
    let action = prop_oneof![
        8 => (0..5_usize).prop_map(Action::Check),
        3 => Just(Action::CheckAll),
        3 => (0..5_usize).prop_map(Action::Apply),
        16 => end,
        1 => Just(Action::StaleEnd),
        4 => Just(Action::Attest),
        3 => any::<bool>().prop_map(Action::Give),
        3 => Just(Action::OpenShell),
        3 => Just(Action::ShellOpened),
        1 => Just(Action::ShellEnded),
        2 => any::<bool>().prop_map(Action::Ask),
        1 => any::<bool>().prop_map(Action::Answer),
        1 => Just(Action::Stop),
        1 => Just(Action::Extend),
        1 => Just(Action::FireTimeout),
        4 => Just(Action::FireKeepAlive),
        2 => Just(Action::Reconnect),
        2 => (1..400_000_u64).prop_map(Action::Pass),
        1 => (-700_000..700_000_i64).prop_map(Action::JumpWall),
        1 => (0..700_000_u64).prop_map(Action::Restart),
        2 => Just(Action::BeginHandoff),
        2 => any::<bool>().prop_map(Action::Confirm),
        1 => Just(Action::Abandon),
        1 => any::<bool>().prop_map(Action::Written),
    ];
    proptest::collection::vec(action, 0..80)
}

fn step_id(position: usize) -> StepId {
    checklist().steps[position].id.clone()
}

fn act(world: &mut World, action: Action) {
    match action {
        Action::Check(position) => world.tell(Command::Check(step_id(position))),
        Action::CheckAll => world.tell(Command::CheckAll((0..5).map(step_id).collect())),
        Action::Apply(position) => {
            world.tell(Command::Apply { step: step_id(position), confirmed: Confirmed::Yes })
        }
        Action::End(end, rows, failures) => world.end(outcome(end, &rows, failures)),
        Action::StaleEnd => end_of_an_old_attempt(world),
        Action::Attest => world.tell(attest("ada")),
        Action::Give(one) => {
            let typed = vec![if one { "contoso.com" } else { "fabrikam.com" }.to_owned()];
            world.tell(Command::Give { input: "domain".into(), typed })
        }
        Action::OpenShell => world.tell(Command::OpenShell),
        Action::ShellOpened => world.tell(Command::ShellOpened(About::default())),
        Action::ShellEnded => world.tell(Command::ShellEnded(ShellGone::AsAsked)),
        Action::Ask(sign_in) => match world.run.running().map(|running| running.attempt) {
            Some(attempt) => {
                let prompt = if sign_in { sign_in_prompt() } else { Prompt::Line };
                world.tell(Command::Asked { attempt, call: Call(1), prompt })
            }
            None => false,
        },
        Action::Answer(yes) => {
            world.tell(Command::Answer(if yes { PromptReply::Answered } else { PromptReply::Declined }))
        }
        Action::Stop => world.tell(Command::Stop),
        Action::Extend => world.tell(Command::ExtendTimeout),
        Action::FireTimeout => match world.run.running().map(|running| running.attempt) {
            Some(attempt) => world.tell(Command::Fired(Timer::Timeout(attempt))),
            None => false,
        },
        Action::FireKeepAlive => world.tell(Command::Fired(Timer::KeepAlive)),
        Action::Reconnect => world.tell(Command::Reconnect),
        Action::Pass(millis) => {
            world.pass(millis);
            true
        }
        Action::JumpWall(millis) => {
            world.now.wall += millis;
            true
        }
        Action::Restart(away) => restart(world, away),
        Action::BeginHandoff => world.tell(Command::BeginHandoff),
        Action::Confirm(right) => {
            let typed = if right { "GO" } else { "go" }.to_owned();
            world.tell(Command::ConfirmHandoff { typed, by: who("ada") })
        }
        Action::Abandon => world.tell(Command::AbandonHandoff),
        Action::Written(well) => {
            let fault = HandoffFault { detail: "full".into(), left: Unvouched::default() };
            world.tell(Command::HandoffWritten(if well { Ok(Vec::new()) } else { Err(fault) }))
        }
    };
}

fn end_of_an_old_attempt(world: &mut World) -> bool {
    let old = serde_json::from_str("1").unwrap();
    let late = world.run.running().is_none_or(|running| running.attempt != old);
    late && world.tell(outcome(OutcomeEnd::Completed, &[true], 0).ends(&world.run, old, None))
}

/// A new process reads the history and goes on from there.
fn restart(world: &mut World, away: u64) -> bool {
    if world.run.is_sealed() {
        return true;
    }
    world.pass(away);
    world.now.mono = 0;
    let mut run = Run::new(Arc::new(checklist()));
    world.history.iter().for_each(|stamped| run.evolve(stamped.at, &stamped.event));
    world.run = run;
    world.tell(Command::Resume {
        by: who("bob"),
        greenlight: Build { version: "test".to_owned(), sha256: None },
        left: Unvouched::default(),
    });
    true
}

/// As many as `PROPTEST_CASES` asks for, and many by default.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn the_gate_opens_only_while_every_required_step_has_earned_its_green(begun in any::<bool>(), actions in actions()) {
        // Half of the runs begin where the gate is open, so that most of what happens could wrongly leave it so.
        let mut world = if begun { World::all_green() } else { World::new() };
        for action in actions {
            let sealed_before = world.run.is_sealed();
            let length = world.history.len();
            let confirmed = world.history.iter().filter(|s| matches!(s.event, Event::HandoffConfirmed { .. })).count();
            act(&mut world, action.clone());
            let earned = ["base", "session", "tenant", "stated"].iter().all(|step| world.earned(step));
            prop_assert_eq!(world.is_open(), earned, "after {:?}", action);
            if sealed_before {
                prop_assert_eq!(world.history.len(), length, "a sealed run changed by {:?}", action);
            }
            let confirmed_now = world.history.iter().filter(|s| matches!(s.event, Event::HandoffConfirmed { .. })).count();
            prop_assert!(confirmed_now == confirmed || earned, "confirmed although not everything is green");
            // The fold of the history is the run, live or resumed.
            let mut folded = Run::new(Arc::new(checklist()));
            world.history.iter().for_each(|stamped| folded.evolve(stamped.at, &stamped.event));
            prop_assert_eq!(folded.statuses(world.now), world.run.statuses(world.now));
            prop_assert_eq!(folded.handoff(), world.run.handoff());
            let steps = &world.run.checklist().steps;
            let each: Vec<StepStatus> = steps.iter().map(|step| world.run.status(&step.id, world.now)).collect();
            prop_assert_eq!(each, world.run.statuses(world.now), "a step stands as it does among all");
        }
    }
}
