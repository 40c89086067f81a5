//! The state machine against a model that reads the history instead of folding it: whatever happens, in whatever order,
//! the gate opens only while every required step has earned its green.

use std::sync::Arc;
use std::time::Duration;

use greenlight::facade::checklist::{
    Apply, Arity, Changes, Check, Checklist, Expectation, Handoff, Input, InputKind, Lasts, Localized, Need,
    Operand, Rows, Sha, Step, StepId, StepKind, Test, Weight,
};
use greenlight::facade::run::gate::{self, Gate};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{
    About, Call, Command, Confirmed, Effect, Event, Failure, HandoffStage, Mode, Moment, Outcome, OutcomeEnd,
    Prompt, PromptReply, Purpose, Run, Session, ShellEnd, StaleCause, Stamped, StepStatus, Timer, Trigger,
    Verdict, VerdictReason, Who,
};
use proptest::prelude::*;

const FRESH: Duration = Duration::from_secs(600);

fn text(en: &str) -> Localized {
    Localized { en: en.to_owned(), ..Localized::default() }
}

fn measured(id: &str, needs: &[&str], lasts: Lasts, command: &str, apply: Option<Changes>) -> Step {
    let is_true = Expectation { property: None, test: Test::Is(Operand::Bool(true)), rows: Rows::All };
    Step {
        id: id.into(),
        title: text(id),
        why: text("because"),
        docs: Vec::new(),
        needs: needs.iter().map(|need| StepId::from(*need)).collect(),
        lasts,
        fresh_for: FRESH,
        keep_alive: (lasts == Lasts::Session).then_some(Duration::from_secs(45)),
        weight: Weight::Required,
        kind: StepKind::Measured {
            check: Check {
                command: command.to_owned(),
                expect: vec![is_true],
                warnings: greenlight::facade::checklist::Warnings::Keep,
                timeout: Duration::from_secs(60),
            },
            apply: apply.map(|changes| Apply {
                command: format!("Set-{id}"),
                changes,
                note: None,
                timeout: Duration::from_secs(60),
            }),
        },
        remedies: Vec::new(),
    }
}

fn checklist() -> Checklist {
    let mut advisory = measured("advice", &[], Lasts::Run, "Get-Advice", None);
    advisory.weight = Weight::Advisory;
    let mut stated = measured("stated", &["base"], Lasts::Run, "", None);
    stated.kind = StepKind::Attested { statement: text("I say so") };
    Checklist {
        id: "model".into(),
        version: "1".to_owned(),
        title: text("model"),
        about: None,
        inputs: vec![Input {
            id: "domain".into(),
            kind: InputKind::Text,
            arity: Arity::One,
            need: Need::Required,
            ask: text("domain"),
            help: None,
            default: None,
        }],
        steps: vec![
            measured("base", &[], Lasts::Run, "Get-Base $domain", None),
            measured("session", &["base"], Lasts::Session, "Get-Session", Some(Changes::Session)),
            measured("tenant", &["session"], Lasts::Run, "Get-Tenant", Some(Changes::Tenant)),
            stated,
            advisory,
        ],
        handoff: Some(Handoff {
            title: text("go"),
            say: text("go on"),
            confirm: "GO".to_owned(),
            file: "go.ps1".to_owned(),
            script: "Move-It".to_owned(),
            docs: Vec::new(),
        }),
        sha256: Sha::of(b"model"),
    }
}

fn who(user: &str) -> Who {
    Who { user: user.to_owned(), host: "here".to_owned(), ..Who::default() }
}

/// A run with its history, driven as the wizard drives it.
struct World {
    run: Run,
    history: Vec<Stamped>,
    now: Moment,
}

impl World {
    fn new() -> Self {
        let run = Run::new(Arc::new(checklist()));
        let mut world = Self { run, history: Vec::new(), now: Moment { wall: 1_000_000, mono: 0 } };
        let begun = world.run.begin(Mode::Live, who("ada"), "test");
        world.fold(begun);
        world
    }

    fn fold(&mut self, event: Event) {
        self.run.evolve(self.now, &event);
        self.history.push(Stamped { at: self.now, event });
    }

    fn tell(&mut self, command: Command) -> bool {
        match self.run.decide(self.now, command) {
            Ok(decision) => {
                decision.events.into_iter().for_each(|event| self.fold(event));
                true
            }
            Err(_) => false,
        }
    }

    fn pass(&mut self, millis: u64) {
        self.now.mono += millis;
        self.now.wall += i64::try_from(millis).unwrap();
    }

    fn end(&mut self, answer: Outcome) -> bool {
        match self.run.running().map(|running| running.attempt) {
            Some(attempt) => self.tell(Command::Ended { attempt, outcome: answer, transcript: None }),
            None => false,
        }
    }

    fn green(&mut self, step: &str) {
        assert!(self.tell(Command::Check(step.into())), "{step} may be checked");
        self.end(outcome(OutcomeEnd::Completed, &[true], 0));
    }

    fn all_green() -> Self {
        let mut world = Self::new();
        world.tell(Command::Give { input: "domain".into(), typed: vec!["contoso.com".to_owned()] });
        world.open_shell();
        for step in ["base", "session", "tenant"] {
            world.green(step);
        }
        world.tell(attest("ada"));
        assert!(world.is_open());
        world
    }

    fn open_shell(&mut self) {
        self.tell(Command::OpenShell);
        self.tell(Command::ShellOpened(About::default()));
    }

    fn is_open(&self) -> bool {
        matches!(gate::evaluate(&self.run, self.now), Gate::Open(_))
    }

    /// Whether the last question of `attempt` was one to sign in although there is a session.
    fn signed_in_anew(&self, attempt: greenlight::facade::run::Attempt, history: &[Stamped]) -> bool {
        let asked = history.iter().rev().find_map(|s| match &s.event {
            Event::Asked { attempt: own, prompt, .. } if *own == attempt => {
                Some(matches!(prompt, Prompt::Credential { .. }))
            }
            _ => None,
        });
        let on_a_session = self.history.iter().any(|s| match &s.event {
            Event::Started { attempt: own, step, purpose, .. } => {
                let of_session = step.as_str() == "session" && *purpose == Purpose::Check;
                *own == attempt && (of_session || step.as_str() == "tenant")
            }
            _ => false,
        });
        asked == Some(true) && on_a_session
    }

    /// Whether the history shows that this step holds now. Reads backwards; shares nothing with `evolve`.
    fn earned(&self, id: &str) -> bool {
        let checklist = checklist();
        let step = checklist.step(&id.into()).unwrap();
        if !step.needs.iter().all(|need| self.earned(need.as_str())) {
            return false;
        }
        // Between two records that time has passed which either clock shows; across processes only the wall clock can.
        let passed = |from: Moment, to: Moment, same_process: bool| {
            let wall = u64::try_from(to.wall - from.wall).unwrap_or(0);
            if same_process { wall.max(to.mono - from.mono) } else { wall }
        };
        let resumed = |stamped: &Stamped| matches!(stamped.event, Event::Resumed { .. });
        let fresh = |position: usize| {
            let since = &self.history[position..];
            let between: u64 =
                since.windows(2).map(|two| passed(two[0].at, two[1].at, !resumed(&two[1]))).sum();
            let age = between + passed(since.last().unwrap().at, self.now, true);
            u128::from(age) < FRESH.as_millis()
        };
        let set_back = |position: usize| {
            self.history[position..].windows(2).any(|two| resumed(&two[1]) && two[1].at.wall < two[0].at.wall)
        };
        // What it rests on, directly or not, itself included.
        let mut roots = vec![id.to_owned()];
        let mut position = 0;
        while let Some(root) = roots.get(position).cloned() {
            roots
                .extend(checklist.step(&root.as_str().into()).unwrap().needs.iter().map(ToString::to_string));
            position += 1;
        }
        let shaken = |from: usize, own_check: bool| {
            self.history[from + 1..].iter().enumerate().any(|(offset, stamped)| match &stamped.event {
                Event::Started { step, purpose: Purpose::Apply, .. } => roots.contains(&step.to_string()),
                Event::InputGiven { .. } => {
                    let earlier = self.history[..=from + offset]
                        .iter()
                        .any(|s| matches!(&s.event, Event::InputGiven { .. }));
                    earlier && roots.contains(&"base".to_owned())
                }
                Event::Resumed { .. } if own_check => true,
                Event::Resumed { .. } | Event::ShellEnded { .. } => roots
                    .iter()
                    .any(|root| checklist.step(&root.as_str().into()).unwrap().lasts == Lasts::Session),
                Event::Checked { attempt, finding, .. } if finding.verdict == Verdict::Red => {
                    self.history.iter().any(|stamped| {
                        matches!(&stamped.event, Event::Started { step, attempt: own, .. }
                            if own == attempt && roots.contains(&step.to_string()))
                    })
                }
                Event::Answered {
                    attempt, given: PromptReply::Declined | PromptReply::Unattended, ..
                } => {
                    roots.contains(&"session".to_owned())
                        && self.signed_in_anew(*attempt, &self.history[..=from + offset])
                }
                _ => false,
            })
        };
        match &step.kind {
            StepKind::Attested { .. } => {
                let said = self.history.iter().rposition(|s| matches!(&s.event, Event::Attested { .. }));
                said.is_some_and(|said| fresh(said) && !set_back(said) && !shaken(said, false))
            }
            StepKind::Measured { .. } => {
                let now = self.run.running().filter(|running| running.step.as_str() == id);
                let running = now.is_some_and(|running| running.trigger != Trigger::KeepAlive);
                // What is only looked after stays as it was found until it is found otherwise.
                let looked_after = now.map(|running| running.attempt);
                let started = |event: &Event| {
                    matches!(event, Event::Started { step, purpose: Purpose::Check, attempt, .. }
                    if step.as_str() == id && Some(*attempt) != looked_after)
                };
                let Some(start) = self.history.iter().rposition(|s| started(&s.event)) else { return false };
                let Event::Started { attempt, session, .. } = &self.history[start].event else {
                    return false;
                };
                let ended = self.history.iter().find_map(|s| match &s.event {
                    Event::Checked { attempt: own, finding, .. } if own == attempt => Some(finding.verdict),
                    _ => None,
                });
                let session_ended = self.history[start..]
                    .iter()
                    .any(|s| matches!(&s.event, Event::ShellEnded { session: own, .. } if own == session));
                let asked_in_vain = self.history[start..]
                    .iter()
                    .any(|s| matches!(&s.event, Event::Applied { unanswered: Some(_), .. }));
                let lives = step.lasts == Lasts::Run || !session_ended;
                !running
                    && ended == Some(Verdict::Green)
                    && lives
                    && !asked_in_vain
                    && fresh(start)
                    && !shaken(start, true)
            }
        }
    }
}

fn outcome(end: OutcomeEnd, rows: &[bool], failures: usize) -> Outcome {
    Outcome {
        end,
        rows: rows.iter().map(|row| Value::Bool(*row)).collect(),
        rows_dropped: 0,
        warnings: Vec::new(),
        silent_ms: 0,
        failures: vec![Failure::default(); failures],
        elapsed_ms: 5,
    }
}

fn sign_in_prompt() -> Prompt {
    Prompt::Credential { caption: String::new(), message: "Sign in".to_owned(), user: "oauth".to_owned() }
}

fn attest(name: &str) -> Command {
    Command::Attest {
        step: "stated".into(),
        statement: "I say so".to_owned(),
        name: name.to_owned(),
        note: String::new(),
        by: who(name),
    }
}

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
        Action::StaleEnd => {
            let old = serde_json::from_str("1").unwrap();
            let late = world.run.running().is_none_or(|running| running.attempt != old);
            late && world.tell(Command::Ended {
                attempt: old,
                outcome: outcome(OutcomeEnd::Completed, &[true], 0),
                transcript: None,
            })
        }
        Action::Attest => world.tell(attest("ada")),
        Action::Give(one) => {
            let typed = vec![if one { "contoso.com" } else { "fabrikam.com" }.to_owned()];
            world.tell(Command::Give { input: "domain".into(), typed })
        }
        Action::OpenShell => world.tell(Command::OpenShell),
        Action::ShellOpened => world.tell(Command::ShellOpened(About::default())),
        Action::ShellEnded => world.tell(Command::ShellEnded(ShellEnd::Closed)),
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
        Action::Restart(away) => {
            if !world.run.is_sealed() {
                // A new process reads the history and goes on from there.
                world.pass(away);
                world.now.mono = 0;
                let mut run = Run::new(Arc::new(checklist()));
                world.history.iter().for_each(|stamped| run.evolve(stamped.at, &stamped.event));
                world.run = run;
                world.tell(Command::Resume {
                    by: who("bob"),
                    greenlight: greenlight::facade::run::Build { version: "test".to_owned(), sha256: None },
                });
            }
            true
        }
        Action::BeginHandoff => world.tell(Command::BeginHandoff),
        Action::Confirm(right) => {
            let typed = if right { "GO" } else { "go" }.to_owned();
            world.tell(Command::ConfirmHandoff { typed, by: who("ada") })
        }
        Action::Abandon => world.tell(Command::AbandonHandoff),
        Action::Written(well) => {
            world.tell(Command::HandoffWritten(if well { Ok(Vec::new()) } else { Err("full".into()) }))
        }
    };
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

#[test]
fn a_run_goes_from_nothing_to_the_seal() {
    let mut world = World::all_green();
    assert!(world.tell(Command::BeginHandoff));
    for _ in 0..4 {
        world.end(outcome(OutcomeEnd::Completed, &[true], 0));
    }
    assert_eq!(*world.run.handoff(), HandoffStage::Confirming);
    assert!(!world.tell(Command::ConfirmHandoff { typed: "go".to_owned(), by: who("ada") }));
    assert!(world.tell(Command::ConfirmHandoff { typed: " GO ".to_owned(), by: who("ada") }));
    assert!(world.tell(Command::HandoffWritten(Ok(Vec::new()))));
    assert!(world.run.is_sealed());
    assert!(!world.tell(Command::Check("base".into())));
}

#[test]
fn a_handoff_in_which_a_step_is_red_is_given_up() {
    let mut world = World::all_green();
    world.tell(Command::BeginHandoff);
    world.end(outcome(OutcomeEnd::Completed, &[false], 0));
    assert_eq!(*world.run.handoff(), HandoffStage::Idle);
    assert!(!world.is_open());
}

#[test]
fn a_handoff_whose_files_cannot_be_written_leaves_the_run_as_it_was() {
    let mut world = World::all_green();
    world.tell(Command::BeginHandoff);
    for _ in 0..4 {
        world.end(outcome(OutcomeEnd::Completed, &[true], 0));
    }
    world.tell(Command::ConfirmHandoff { typed: "GO".to_owned(), by: who("ada") });
    world.tell(Command::HandoffWritten(Err("disk full".to_owned())));
    assert!(!world.run.is_sealed() && world.is_open());
}

#[test]
fn an_apply_is_followed_by_its_check_and_ends_the_greens_that_rest_on_it() {
    let mut world = World::all_green();
    assert!(world.tell(Command::Apply { step: "session".into(), confirmed: Confirmed::NotAsked }));
    world.end(outcome(OutcomeEnd::Completed, &[], 0));
    let running = world.run.running().map(|running| (running.step.to_string(), running.purpose));
    assert_eq!(running, Some(("session".to_owned(), Purpose::Check)));
    world.end(outcome(OutcomeEnd::Completed, &[true], 0));
    assert!(world.earned("session") && !world.earned("tenant") && !world.is_open());
}

#[test]
fn what_changes_the_tenant_is_refused_without_a_yes() {
    let mut world = World::all_green();
    assert!(!world.tell(Command::Apply { step: "tenant".into(), confirmed: Confirmed::NotAsked }));
}

#[test]
fn a_stopped_apply_is_interrupted_until_its_check_has_run() {
    let mut world = World::all_green();
    world.tell(Command::Apply { step: "tenant".into(), confirmed: Confirmed::Yes });
    world.tell(Command::Stop);
    world.end(outcome(OutcomeEnd::Completed, &[true], 0));
    assert_eq!(world.run.status(&"tenant".into(), world.now), StepStatus::Interrupted);
    world.green("tenant");
    assert!(world.is_open());
}

#[test]
fn a_new_shell_ends_what_lived_in_the_old_one() {
    let mut world = World::all_green();
    world.tell(Command::ShellEnded(ShellEnd::Died { detail: String::new() }));
    world.open_shell();
    assert!(world.earned("base") && !world.earned("session"));
    assert!(!world.is_open());
    assert!(
        matches!(world.run.shell(), greenlight::facade::run::ShellState::Open(Session(n), _) if n.get() == 2)
    );
}

#[test]
fn a_clock_set_back_makes_no_green_fresher() {
    let mut world = World::all_green();
    world.now.mono += 601_000;
    world.now.wall -= 3_600_000;
    assert!(!world.is_open());
}

impl World {
    fn runs(&self) -> Option<(&str, Purpose, Trigger)> {
        self.run.running().map(|running| (running.step.as_str(), running.purpose, running.trigger))
    }

    /// After how long the machine wants to look after a session, once `command` has been taken.
    fn keep_alive_after(&self, command: Command) -> Option<u64> {
        let decision = self.run.decide(self.now, command).unwrap();
        decision.effects.iter().find_map(|effect| match effect {
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
    world.tell(Command::ShellEnded(ShellEnd::Closed));
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
    world.tell(Command::ShellEnded(ShellEnd::Killed));
    assert_eq!(world.run.lost(world.now).steps, [StepId::from("session")]);
    assert!(world.tell(Command::Reconnect));
    assert_eq!(world.runs(), None, "not before it is open");
    world.tell(Command::ShellOpened(About::default()));
    assert_eq!(world.runs(), Some(("session", Purpose::Check, Trigger::Reconnect)));
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
