//! The state machine against a model that reads the history instead of folding it: whatever happens, in whatever order,
//! the gate opens only while every required step has earned its green.

mod actions;
mod earned;
mod sessions;

use std::sync::Arc;
use std::time::Duration;

use greenlight::facade::checklist::{
    Apply, Arity, Changes, Check, Checklist, Expectation, Handoff, Input, InputKind, Lasts, Leaves,
    Localized, Need, Operand, Rows, Sha, Step, StepId, StepKind, Test, Weight,
};
use greenlight::facade::run::gate::{self, Gate};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{
    About, Build, Call, Command, Confirmed, Effect, Event, Failure, HandoffFault, HandoffStage, Mode, Moment,
    OutcomeEnd, Prompt, PromptReply, Purpose, Run, Session, ShellEnd, ShellGone, StaleCause, Stamped,
    StepStatus, Timer, Trigger, Unvouched, Verdict, VerdictReason, Who,
};
use proptest::prelude::*;

use crate::harness::decided::{Outcome, decided};

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
        group: None,
        subject: None,
        fresh_for: FRESH,
        keep_alive: (lasts == Lasts::Session).then_some(Duration::from_secs(45)),
        when: None,
        weight: Weight::Required,
        kind: StepKind::Measured {
            check: Check {
                command: command.to_owned(),
                expect: vec![is_true],
                key: None,
                covers: None,
                keeps: Vec::new(),
                warnings: greenlight::facade::checklist::Warnings::Keep,
                until: None,
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
        source: None,
        inputs: vec![Input {
            id: "domain".into(),
            kind: InputKind::Text,
            arity: Arity::One,
            leaves: Leaves::Nothing,
            need: Need::Required,
            ask: text("domain"),
            help: None,
            default: None,
            forms: Vec::new(),
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
        let decided = decided(&self.run, self.now, command);
        decided.events.into_iter().for_each(|event| self.fold(event));
        assert_eq!(self.run, decided.run, "a run is the fold of its events");
        decided.refused.is_none()
    }

    fn pass(&mut self, millis: u64) {
        self.now.mono += millis;
        self.now.wall += i64::try_from(millis).unwrap();
    }

    fn end(&mut self, answer: Outcome) -> bool {
        match self.run.running().map(|running| running.attempt) {
            Some(attempt) => self.tell(answer.ends(&self.run, attempt, None)),
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
}

fn outcome(end: OutcomeEnd, rows: &[bool], failures: usize) -> Outcome {
    Outcome {
        end,
        rows: rows.iter().map(|row| Value::Bool(*row)).collect(),
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
        seen: Vec::new(),
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
    world.tell(Command::HandoffWritten(Err(HandoffFault {
        detail: "disk full".to_owned(),
        left: Unvouched::default(),
    })));
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
    world.tell(Command::Check("tenant".into()));
    world.end(outcome(OutcomeEnd::Completed, &[false], 0));
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
    world.tell(Command::ShellEnded(ShellGone::Died { detail: String::new() }));
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
