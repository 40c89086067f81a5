//! The built-in checklist on the built-in scenarios: every command has its answer, and the operator reaches the end.

use std::collections::BTreeMap;

use greenlight::facade::checklist::{
    Apply, Check, Checklist, Covers, InputId, InputValue, Step, StepKind, builtin, read,
};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::verdict::{Finding, Verdict};
use greenlight::facade::run::{Moment, OutcomeEnd};
use greenlight::facade::shell::rehearsal::{self, Rehearsal};
use greenlight::facade::shell::{Answer, Shell, Stream};

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
    async fn open(name: &str) -> Self {
        Self::go_on(&Self::scenario(name)).await
    }

    fn scenario(name: &str) -> Rehearsal {
        let checklist = read(builtin::all()[0].bytes).expect("the built-in checklist is right");
        rehearsal::find(name).unwrap().of_checklist(&checklist).unwrap()
    }

    async fn go_on(scenario: &Rehearsal) -> Self {
        let checklist = read(builtin::all()[0].bytes).expect("the built-in checklist is right");
        let typed = [
            ("sip_domain", "fabrikam.com, contoso.com"),
            ("target_pool", "pool7.fabrikam.com"),
            ("pilot_users", "ana@fabrikam.com"),
            ("backup_folder", "C:\\Backup"),
            ("installer", "C:\\LyncOnlinePowershell.exe"),
            ("admin_domain", "fabrikam.onmicrosoft.com"),
        ];
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
        let mut step = self.checklist.step(&id.into()).unwrap().clone();
        // The computers that another step would have found.
        if let StepKind::Measured { check, .. } = &mut step.kind
            && let Some(covers @ Covers::Step { .. }) = check.covers.as_deref_mut()
        {
            *covers = Covers::List(vec!["fe01.contoso.com".into(), "fe02.contoso.com".into()]);
        }
        let now = Moment { wall: jiff::Timestamp::now().as_millisecond(), mono: 0 };
        outcome.found(&step, &self.inputs, now)
    }

    async fn apply(&mut self, id: &str) -> CommandOutput {
        let command = self.kind(id).1.expect("an apply").command;
        self.run(&command).await
    }

    /// The ids of the measured steps of one way to sign in.
    fn measured(&self) -> Vec<String> {
        let others = ["skype-", "teams-", "online-session-"];
        let measured = |step: &&Step| {
            matches!(step.kind, StepKind::Measured { .. })
                && !others.iter().any(|other| step.id.as_str().starts_with(other))
        };
        self.checklist.steps.iter().filter(measured).map(|step| step.id.to_string()).collect()
    }

    /// Where the remedies of a finding lead, in their order.
    fn remedies(&self, id: &str, finding: &Finding) -> Vec<String> {
        let step = self.checklist.step(&id.into()).expect("a step");
        let remedies = finding.remedies.iter().filter_map(|position| step.remedies.get(*position));
        remedies.filter_map(|remedy| remedy.go.as_ref()).map(|go| go.step.to_string()).collect()
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

const TO_BE_MADE: [&str; 9] = [
    "onprem-shell",
    "backup-configuration",
    "backup-lis",
    "backup-users",
    "online-module-loaded",
    "credential",
    "online-session",
    "tenant-commands",
    "shared-sip-address-space",
];

/// What lives in the session.
const OF_SESSION: [&str; 5] =
    ["onprem-shell", "online-module-loaded", "credential", "online-session", "tenant-commands"];

#[tokio::test]
async fn every_command_of_the_checklist_is_answered_in_every_scenario() {
    for name in rehearsal::names() {
        let mut rehearsed = Rehearsed::open(name).await;
        for id in ["onprem-shell", "winrm-basic", "online-module-loaded", "credential", "credential"] {
            rehearsed.apply(id).await.well();
        }
        for id in ["online-session", "tenant-commands"] {
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
    let scenario = Rehearsed::scenario(rehearsal::DEFAULT);
    let mut rehearsed = Rehearsed::go_on(&scenario).await;
    assert_eq!(rehearsed.go_through().await, TO_BE_MADE);
    assert!(rehearsed.go_through().await.is_empty(), "all is green now, and stays");

    let mut rehearsed = Rehearsed::go_on(&scenario).await;
    assert_eq!(rehearsed.go_through().await, OF_SESSION, "the tenant's setting outlives the session");
}

#[tokio::test]
async fn a_wrong_password_needs_a_new_credential() {
    let mut rehearsed = Rehearsed::open("wrong-password").await;
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
    let mut rehearsed = Rehearsed::open("session-expires").await;
    assert_eq!(rehearsed.go_through().await, TO_BE_MADE);

    let finding = rehearsed.check("shared-sip-address-space").await;
    assert_eq!(finding.verdict, Verdict::Undetermined);
    assert!(finding.failures[0].message.contains("WSMan-InvalidShellID"), "{finding:?}");
    let remedies = rehearsed.remedies("shared-sip-address-space", &finding);
    assert_eq!(remedies.first().map(String::as_str), Some("online-session"), "{finding:?}");
    assert_eq!(rehearsed.check("online-session").await.verdict, Verdict::Red);
    assert_ne!(rehearsed.check("tenant-commands").await.verdict, Verdict::Green);

    assert_eq!(rehearsed.go_through().await, ["online-session", "tenant-commands"]);
    for _ in 0..3 {
        assert_eq!(rehearsed.check("shared-sip-address-space").await.verdict, Verdict::Green, "it stays");
    }
}

#[tokio::test]
async fn declining_the_credential_leaves_it_red() {
    let mut rehearsed = Rehearsed::open(rehearsal::DEFAULT).await;
    let command = rehearsed.kind("credential").1.unwrap().command;
    let given = rehearsed.shell.ask(&command, |_| Answer::Declined).await;
    assert_eq!(given.end, Some(OutcomeEnd::Threw));
    assert_eq!(rehearsed.check("credential").await.verdict, Verdict::Red);
}

/// The five failures that people meet most: each is red where it should be, leads where it is cured, and is cured there.
#[tokio::test]
async fn each_failure_that_is_rehearsed_is_found_and_cured_where_it_says() {
    for (scenario, first, red, cure) in [
        ("basic-off", &[][..], "winrm-basic", "winrm-basic"),
        ("replication-stuck", &[], "onprem-replication", "onprem-replication"),
        ("provider-wrong", &[], "hosting-provider", "hosting-provider"),
        ("wrong-tenant", &["online-session", "tenant-commands"], "tenant-domains", "credential"),
    ] {
        let mut rehearsed = Rehearsed::open(scenario).await;
        for id in ["onprem-shell", "online-module-loaded", "credential"].iter().chain(first) {
            rehearsed.apply(id).await.well();
        }
        let finding = rehearsed.check(red).await;
        assert_eq!(finding.verdict, Verdict::Red, "{scenario}: {finding:?}");
        assert_eq!(rehearsed.remedies(red, &finding).first().map(String::as_str), Some(cure), "{scenario}");
        for id in [cure].iter().chain(first) {
            rehearsed.apply(id).await.well();
        }
        // What is copied to every server is there at the second look.
        if scenario == "replication-stuck" {
            assert_eq!(rehearsed.check(red).await.verdict, Verdict::Red);
        }
        assert_eq!(rehearsed.check(red).await.verdict, Verdict::Green, "{scenario}");
    }
}

#[tokio::test]
async fn basic_that_is_off_fails_the_session_and_says_where_it_is_turned_on() {
    let mut rehearsed = Rehearsed::open("basic-off").await;
    for id in ["onprem-shell", "online-module-loaded", "credential"] {
        rehearsed.apply(id).await.well();
    }
    let given = rehearsed.apply("online-session").await;
    assert!(given.failure().message.contains("Basic authentication"), "{given:?}");
    rehearsed.apply("winrm-basic").await.well();
    rehearsed.apply("online-session").await.well();
    assert_eq!(rehearsed.check("online-session").await.verdict, Verdict::Green);
}

/// Nothing that stands in for a value is left in what is said, and each scenario says what to try.
#[test]
fn a_scenario_says_what_to_try_and_puts_in_no_variable_that_a_command_has_not() {
    let checklist = read(builtin::all()[0].bytes).expect("the built-in checklist is right");
    for name in rehearsal::names() {
        let scenario = rehearsal::find(name).unwrap().of_checklist(&checklist).unwrap();
        assert!(!scenario.advice().is_empty(), "{name}");
        for advice in scenario.advice() {
            let known = advice.step.as_ref().is_none_or(|step| checklist.step(step).is_some());
            assert!(known && advice.say.es.is_some() && advice.say.fr.is_some(), "{name}: {advice:?}");
        }
    }
}
