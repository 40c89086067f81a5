//! The life of a session on the real engine, through the wizard: stopped, killed, expired, kept alive, had back.

mod lines;
mod online;

use std::time::Duration;

use greenlight::facade::checklist::StepId;
use greenlight::facade::run::{
    Command, PromptReply, Purpose, ShellEnd, ShellState, StaleCause, StepStatus, Trigger, VerdictReason,
};
use lines::Lines;
use online::ALL;
use serde_json::json;

use crate::harness::dialogue::Dialogue;
use crate::harness::engine_session::{EngineSession, OnlineChecks};
use crate::harness::procedure::SEVENTEEN;
use crate::harness::processes::is_alive;
use crate::harness::system::kill;
use crate::harness::world::{ADMIN, PASSWORD, World, inputs, wait_until};

#[tokio::test]
async fn a_clean_stop_keeps_the_credential_and_the_session() {
    let Some(world) = World::new("a_clean_stop_keeps_the_credential_and_the_session") else { return };
    let mut desk = EngineSession::all_green(&world).await;
    desk.begin("slow").await;
    desk.command(Command::Stop);
    desk.until_idle().await;
    assert_eq!(desk.status("slow"), StepStatus::Interrupted);
    assert_eq!(desk.reason("slow"), VerdictReason::Stopped);
    for step in ALL {
        desk.check(step).await;
        assert_eq!(desk.status(step), StepStatus::Green, "{step}");
    }
    assert_eq!(desk.session("online-session"), desk.session("slow"), "it is the same PowerShell");
}

#[tokio::test]
async fn an_apply_that_was_stopped_is_interrupted_until_it_is_read_back() {
    let Some(world) = World::new("an_apply_that_was_stopped_is_interrupted_until_it_is_read_back") else {
        return;
    };
    let mut desk = EngineSession::open(&world, OnlineChecks::Seldom).await;
    desk.command(Command::Check("half-way".into()));
    desk.until_idle().await;
    desk.apply("half-way");
    desk.until_output("half").await;
    desk.command(Command::Stop);
    desk.until_idle().await;
    assert_eq!(desk.status("half-way"), StepStatus::Interrupted, "what it did is not known");
    desk.check("half-way").await;
    assert_eq!(desk.status("half-way"), StepStatus::Green, "it had done it");
}

#[tokio::test]
async fn what_does_not_stop_is_ended_with_its_children_and_what_was_lost_is_known() {
    let Some(world) = World::new("what_does_not_stop_is_ended_with_its_children_and_what_was_lost_is_known")
    else {
        return;
    };
    let mut desk = EngineSession::all_green(&world).await;
    let children = desk.children();
    assert!(!children.is_empty(), "the tenant's end of the session is a process of its own");
    desk.begin("stubborn").await;
    desk.command(Command::Stop);
    desk.until_idle().await;
    assert_eq!(desk.wizard.last_shell_end(), Some(&ShellEnd::Killed));
    assert_eq!(desk.status("stubborn"), StepStatus::Interrupted);
    wait_until("the end of PowerShell and its children", || {
        !is_alive(desk.pid) && !children.iter().any(|child| is_alive(*child))
    });
    let lost = desk.wizard.run().lost(desk.wizard.now());
    let steps: Vec<&str> = lost.steps.iter().map(StepId::as_str).collect();
    assert_eq!(steps, ["world", "credential", "online-session", "tenant-commands"]);
    assert_eq!(lost.variables, ["$cred", "$CSSession"]);
    desk.comes_back().await;
}

#[tokio::test]
async fn a_powershell_that_dies_at_any_moment_is_noticed_and_comes_back() {
    let Some(world) = World::new("a_powershell_that_dies_at_any_moment_is_noticed_and_comes_back") else {
        return;
    };
    let mut desk = EngineSession::all_green(&world).await;
    for moment in ["idle", "slow", "asks"] {
        if moment != "idle" {
            desk.begin(moment).await;
        }
        if moment == "asks" {
            desk.until_asked().await;
        }
        kill(desk.pid);
        desk.until("there is no shell", |run| *run.shell() == ShellState::Absent).await;
        let Some(ShellEnd::Died { detail }) = desk.wizard.last_shell_end() else { panic!("{moment}") };
        assert!(detail.contains("signal: 9"), "{detail}");
        assert!(desk.wizard.run().running().is_none());
        assert_eq!(desk.status("credential"), StepStatus::Stale(StaleCause::SessionEnded));
        if moment != "idle" {
            assert_eq!(desk.status(moment), StepStatus::Interrupted, "{moment}");
            assert_eq!(desk.reason(moment), VerdictReason::ShellLost);
        }
        desk.comes_back().await;
    }
}

#[tokio::test]
async fn a_session_that_expires_is_found_and_comes_back_without_another_question() {
    let Some(world) = World::new("a_session_that_expires_is_found_and_comes_back_without_another_question")
    else {
        return;
    };
    let mut desk = EngineSession::open(&world, OnlineChecks::Often).await;
    desk.make_green().await;
    world.change_tenant("expire", json!(true));
    desk.until("the session is lost", |run| {
        run.running().is_none()
            && run.state(&"online-session".into()).is_some_and(|state| {
                state.found.as_ref().is_some_and(|found| found.finding.reason != VerdictReason::Met)
            })
    })
    .await;
    assert_eq!(desk.status("online-session"), StepStatus::Red, "its State is Broken");
    assert_ne!(desk.status("tenant-commands"), StepStatus::Green);
    assert_eq!(
        desk.status("shared"),
        StepStatus::Stale(StaleCause::NeedWasRed { step: "online-session".into() })
    );
    assert_eq!(desk.status("credential"), StepStatus::Green);
    desk.command(Command::Reconnect);
    desk.until_idle_asked(|prompt| panic!("the credential is still there: {prompt:?}")).await;
    for step in ALL {
        assert_eq!(desk.status(step), StepStatus::Green, "{step}");
    }
}

#[tokio::test]
async fn looking_after_a_session_is_journalled_keeps_the_output_and_lets_the_operator_in() {
    let Some(world) =
        World::new("looking_after_a_session_is_journalled_keeps_the_output_and_lets_the_operator_in")
    else {
        return;
    };
    let mut desk = EngineSession::open(&world, OnlineChecks::Often).await;
    desk.make_green().await;
    world.change_tenant("delay_ms", json!({ "Get-CsTenant": 1500 }));
    let shown = desk.wizard.live().attempt();
    desk.until("the session is looked after", |run| run.running().is_some()).await;
    let running = desk.wizard.run().running().cloned().unwrap();
    assert_eq!(
        (running.step.as_str(), running.purpose, running.trigger),
        ("tenant-commands", Purpose::Check, Trigger::KeepAlive)
    );
    assert_eq!(desk.wizard.live().attempt(), shown, "the last output stays");
    assert_eq!(desk.status("tenant-commands"), StepStatus::Green);
    // What the operator wants meanwhile is next.
    desk.command(Command::Check("shared".into()));
    desk.until("the operator's check runs", |run| {
        run.running()
            .is_some_and(|running| running.step.as_str() == "shared" && running.trigger == Trigger::Asked)
    })
    .await;
    desk.until_idle().await;
    assert!(desk.journal().contains("\"errand\":\"keep-alive\""));
    // Nothing is left to look after once there is no session.
    desk.command(Command::Check("pid".into()));
    desk.until_idle().await;
    kill(desk.pid);
    desk.until("there is no shell", |run| *run.shell() == ShellState::Absent).await;
    let quiet = tokio::time::timeout(Duration::from_secs(4), desk.wizard.next()).await;
    assert!(desk.wizard.run().running().is_none() && (quiet.is_err() || quiet.unwrap().is_ok()));
}

#[tokio::test]
async fn a_tenant_that_asks_to_sign_in_again_has_forgotten_the_session() {
    let Some(world) = World::new("a_tenant_that_asks_to_sign_in_again_has_forgotten_the_session") else {
        return;
    };
    let mut desk = EngineSession::all_green(&world).await;
    desk.command(Command::Check("asks-anew".into()));
    desk.until_asked().await;
    let expired = desk.wizard.run().expired_session();
    assert_eq!(expired.iter().map(StepId::as_str).collect::<Vec<_>>(), ["online-session", "tenant-commands"]);
    desk.command(Command::Answer(PromptReply::Declined));
    desk.until_idle().await;
    assert_eq!(desk.status("asks-anew"), StepStatus::Undetermined);
    assert!(matches!(desk.reason("asks-anew"), VerdictReason::SessionExpired { .. }));
    assert_eq!(desk.status("online-session"), StepStatus::Stale(StaleCause::SessionExpired));
    assert_ne!(desk.status("shared"), StepStatus::Green);
    desk.command(Command::Reconnect);
    desk.until_idle_asked(|prompt| panic!("the credential is still there: {prompt:?}")).await;
    for step in ALL {
        assert_eq!(desk.status(step), StepStatus::Green, "{step}");
    }
    let log = world.tenant()["log"].to_string();
    assert_eq!(log.matches(&format!("New-CsOnlineSession {ADMIN}")).count(), 2, "it was made anew: {log}");
}

on_both!(a_killed_greenlight_leaves_no_powershell_behind);
fn a_killed_greenlight_leaves_no_powershell_behind(world: &World) {
    world.change_tenant("delay_ms", json!({ "Get-CsTenantFederationConfiguration": 600_000 }));
    let mut arguments = vec!["check", SEVENTEEN, "--trust", "--output", "json", "--answers", "-"];
    arguments.extend(inputs());
    let mut check = Dialogue::start(&mut world.mortal(&arguments));
    check.say(&[&json!({ "user": ADMIN, "password": PASSWORD }).to_string()]);
    world.wait_for_marker("Get-CsTenantFederationConfiguration");
    let family = world.system.started_by(check.id());
    assert!(family.len() >= 2, "PowerShell and the tenant's end of its session: {family:?}");
    check.kill();
    wait_until("the end of every PowerShell", || !family.iter().any(|pid| is_alive(*pid)));
}

on_both!(in_lines_a_powershell_that_dies_is_told_while_nothing_runs_and_comes_back_with_one_letter);
fn in_lines_a_powershell_that_dies_is_told_while_nothing_runs_and_comes_back_with_one_letter(world: &World) {
    let mut lines = Lines::start(world);
    // Each round brings the session a step further: check all, then have what lives in it.
    let signed_in = |session: u64| {
        let events = world.events();
        let attempts: Vec<&serde_json::Value> = events
            .iter()
            .filter(|event| {
                event["type"] == "started"
                    && event["step"] == "tenant-commands"
                    && event["session"] == session
            })
            .map(|event| &event["attempt"])
            .collect();
        events
            .iter()
            .any(|event| event["finding"]["verdict"] == "green" && attempts.contains(&&event["attempt"]))
    };
    for round in 0.. {
        assert!(round < 10, "the tenant is not reached: {}", lines.printed());
        if signed_in(1) {
            break;
        }
        lines.say("a");
        lines.say("r");
    }
    let powershell = world.system.started_by(lines.pid())[0];
    kill(powershell);
    lines.until("! PowerShell is gone");
    lines.until("Lost with it: $cred, $CSSession, \u{201c}");
    lines.say("r");
    assert!(signed_in(2), "{}", lines.printed());
    lines.say("q");
    world.assert_no_secret(&[lines.printed().as_bytes()]);
}
