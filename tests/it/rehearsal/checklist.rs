//! The built-in checklist on the built-in scenarios: every command has its answer, and the operator reaches the end.

use std::collections::BTreeMap;

use greenlight::facade::checklist::{Apply, Check, Checklist, InputId, InputValue, StepKind, builtin, read};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::verdict::{Finding, Verdict};
use greenlight::facade::run::{Moment, OutcomeEnd};
use greenlight::facade::shell::rehearsal::{self, Rehearsal};
use greenlight::facade::shell::{Answer, Stream};

use crate::harness::decided::Outcome;
use crate::harness::shells::{CommandOutput, Driver, credential};

const PASSWORD: &str = "canary-7";

struct Rehearsed {
    checklist: Checklist,
    inputs: BTreeMap<InputId, InputValue>,
    variables: Vec<(String, Value)>,
    shell: Driver,
}

impl Rehearsed {
    async fn open(scenario: &Rehearsal) -> Self {
        let checklist = read(builtin::all()[0].bytes).expect("the built-in checklist is right");
        let typed = [("sip_domain", "fabrikam.com, contoso.com"), ("target_pool", "pool7.fabrikam.com")];
        let mut inputs = BTreeMap::new();
        let mut variables = Vec::new();
        for (id, text) in typed {
            let id = InputId::from(id);
            let value = checklist.input(&id).unwrap().accept(&[text]).unwrap();
            let bound = match value.values() {
                [one] => Value::text(one),
                many => Value::List(many.iter().map(Value::text).collect()),
            };
            variables.push((id.to_string(), bound));
            inputs.insert(id, value);
        }
        Self { checklist, inputs, variables, shell: Driver::open(scenario).await.0 }
    }

    fn kind(&self, id: &str) -> (Check, Option<Apply>) {
        let step = self.checklist.steps.iter().find(|step| step.id.as_str() == id).expect(id);
        match step.kind.clone() {
            StepKind::Measured { check, apply } => (check, apply),
            StepKind::Attested { .. } => panic!("{id} is attested"),
        }
    }

    async fn run(&mut self, command: &str) -> CommandOutput {
        let attempt = self.shell.begin(command, self.variables.clone()).await;
        let given = self.shell.finish(attempt, |_| credential("ana@fabrikam.com", PASSWORD)).await;
        assert!(!format!("{given:?}").contains(PASSWORD));
        given
    }

    async fn check(&mut self, id: &str) -> Finding {
        let (check, _) = self.kind(id);
        let given = self.run(&check.command).await;
        let outcome = Outcome {
            end: given.end.unwrap(),
            rows: given.rows,
            warnings: Vec::new(),
            silent_ms: 0,
            failures: given.failures,
            elapsed_ms: 0,
        };
        let step = self.checklist.steps.iter().find(|step| step.id.as_str() == id).unwrap();
        let now = Moment { wall: jiff::Timestamp::now().as_millisecond(), mono: 0 };
        outcome.found(step, &self.inputs, now)
    }

    async fn apply(&mut self, id: &str) -> CommandOutput {
        let command = self.kind(id).1.expect("an apply").command;
        self.run(&command).await
    }

    /// The ids of the measured steps.
    fn measured(&self) -> Vec<String> {
        let measured = |kind: &StepKind| matches!(kind, StepKind::Measured { .. });
        self.checklist
            .steps
            .iter()
            .filter(|step| measured(&step.kind))
            .map(|step| step.id.to_string())
            .collect()
    }

    /// Goes through the steps in their order, applying what is not green; gives those that were not.
    async fn go_through(&mut self) -> Vec<String> {
        let mut not_green = Vec::new();
        for id in self.measured() {
            if self.check(&id).await.verdict == Verdict::Green {
                continue;
            }
            let given = self.apply(&id).await.well();
            assert!(given.stream(Stream::Error).is_empty());
            let finding = self.check(&id).await;
            assert_eq!(finding.verdict, Verdict::Green, "{id}: {finding:?}");
            not_green.push(id);
        }
        not_green
    }
}

const TO_BE_MADE: [&str; 6] = [
    "onprem-shell",
    "online-module-loaded",
    "credential",
    "online-session",
    "tenant-commands",
    "shared-sip-address-space",
];

#[tokio::test]
async fn every_command_of_the_checklist_is_answered_in_every_scenario() {
    for name in rehearsal::names() {
        let mut rehearsed = Rehearsed::open(&rehearsal::find(name).unwrap()).await;
        for id in [
            "onprem-shell",
            "online-module-loaded",
            "credential",
            "credential",
            "online-session",
            "tenant-commands",
        ] {
            rehearsed.apply(id).await.well();
        }
        for id in rehearsed.measured() {
            let (check, apply) = rehearsed.kind(&id);
            for command in apply.map(|apply| apply.command).into_iter().chain([check.command]) {
                let given = rehearsed.run(&command).await;
                assert_eq!(
                    (given.end, given.failures.as_slice()),
                    (Some(OutcomeEnd::Completed), &[][..]),
                    "{name}: {command}"
                );
            }
        }
    }
}

#[tokio::test]
async fn the_default_scenario_begins_red_where_the_operator_acts_and_turns_green() {
    let scenario = rehearsal::find(rehearsal::DEFAULT).unwrap();
    let mut rehearsed = Rehearsed::open(&scenario).await;
    assert_eq!(rehearsed.go_through().await, TO_BE_MADE);
    assert!(rehearsed.go_through().await.is_empty(), "all is green now, and stays");

    let mut rehearsed = Rehearsed::open(&scenario).await;
    assert_eq!(rehearsed.go_through().await, TO_BE_MADE[..5], "the tenant's setting outlives the session");
}

#[tokio::test]
async fn a_wrong_password_needs_a_new_credential() {
    let mut rehearsed = Rehearsed::open(&rehearsal::find("wrong-password").unwrap()).await;
    for id in ["onprem-shell", "online-module-loaded", "credential"] {
        rehearsed.apply(id).await.well();
    }
    for _ in 0..2 {
        let given = rehearsed.apply("online-session").await;
        assert_eq!(given.end, Some(OutcomeEnd::Threw));
        assert!(
            given.failure().message.contains("Logon failed for the user 'ana@fabrikam.com'"),
            "{given:?}"
        );
    }
    assert_eq!(rehearsed.check("online-session").await.verdict, Verdict::Red);
    rehearsed.apply("credential").await.well();
    rehearsed.apply("online-session").await.well();
    assert_eq!(rehearsed.check("online-session").await.verdict, Verdict::Green);
}

#[tokio::test]
async fn the_session_expires_once_and_connecting_again_mends_it() {
    let mut rehearsed = Rehearsed::open(&rehearsal::find("session-expires").unwrap()).await;
    assert_eq!(rehearsed.go_through().await, TO_BE_MADE);

    let finding = rehearsed.check("shared-sip-address-space").await;
    assert_eq!(finding.verdict, Verdict::Undetermined);
    assert!(finding.failures[0].message.contains("WSMan-InvalidShellID"), "{finding:?}");
    assert_eq!(finding.remedies.first(), Some(&1), "the remedy for an ended session");
    assert_eq!(rehearsed.check("online-session").await.verdict, Verdict::Red);
    assert_ne!(rehearsed.check("tenant-commands").await.verdict, Verdict::Green);

    assert_eq!(rehearsed.go_through().await, ["online-session", "tenant-commands"]);
    for _ in 0..3 {
        assert_eq!(rehearsed.check("shared-sip-address-space").await.verdict, Verdict::Green, "it stays");
    }
}

#[tokio::test]
async fn declining_the_credential_leaves_it_red() {
    let mut rehearsed = Rehearsed::open(&rehearsal::find(rehearsal::DEFAULT).unwrap()).await;
    let command = rehearsed.kind("credential").1.unwrap().command;
    let given = rehearsed.shell.ask(&command, |_| Answer::Declined).await;
    assert_eq!(given.end, Some(OutcomeEnd::Threw));
    assert_eq!(rehearsed.check("credential").await.verdict, Verdict::Red);
}
