//! Stopping what runs.

use greenlight::facade::psrp::{
    ClientEvent, HostCall, HostReply, Pipeline, PipelineState, ProtocolFault, PsValue,
};

use super::server::Server;
use crate::engine::powershell;

/// Runs a script, stops it when this is seen, and tells how it ended.
fn stop_when(server: &mut Server, script: &str, seen: impl Fn(&ClientEvent) -> bool) -> PipelineState {
    server.client.invoke(Pipeline::script(script)).expect("nothing runs");
    let mut stopped = false;
    loop {
        let event = server.event();
        if let ClientEvent::Finished { state, .. } = event {
            return state;
        }
        if seen(&event) && !stopped {
            server.client.stop();
            stopped = true;
        }
    }
}

#[test]
fn a_loop_and_a_sleep_are_stopped_and_state_is_kept() {
    let Some(path) = powershell("a_loop_and_a_sleep_are_stopped_and_state_is_kept") else { return };
    let mut server = Server::start(&path);
    server.script("$kept = 5").completed();
    for script in
        ["'on'; while ($true) { $n++ }", "'on'; Start-Sleep 100", "'on'; 1..1e9 | ForEach-Object { $_ }"]
    {
        let state = stop_when(&mut server, script, |event| matches!(event, ClientEvent::Output { .. }));
        assert_eq!(state, PipelineState::Stopped, "{script}");
        assert_eq!(server.script("$kept").completed().output(), [PsValue::I32(5)], "{script}");
    }
    server.close();
}

#[test]
fn a_question_that_waits_is_stopped() {
    let Some(path) = powershell("a_question_that_waits_is_stopped") else { return };
    let mut server = Server::start(&path);
    for script in ["Get-Credential", "$Host.UI.ReadLine()", "Read-Host -AsSecureString"] {
        let state = stop_when(
            &mut server,
            script,
            |event| matches!(event, ClientEvent::HostCall { call_kind, .. } if call_kind.wants_answer()),
        );
        assert_eq!(state, PipelineState::Stopped, "{script}");
    }
    assert_eq!(server.script("1").completed().output(), [PsValue::I32(1)]);
    server.close();
}

#[test]
fn a_question_asked_while_stopping_does_not_hang() {
    let Some(path) = powershell("a_question_asked_while_stopping_does_not_hang") else { return };
    let mut server = Server::start(&path);
    let script = "try { 'on'; Start-Sleep 100 } finally { $Host.UI.ReadLine() }";
    let state = stop_when(&mut server, script, |event| matches!(event, ClientEvent::Output { .. }));
    assert!(matches!(state, PipelineState::Stopped | PipelineState::Failed(_)), "{state:?}");
    assert_eq!(server.script("1").completed().output(), [PsValue::I32(1)]);
    server.close();
}

#[test]
fn an_answer_that_comes_too_late_is_refused() {
    let Some(path) = powershell("an_answer_that_comes_too_late_is_refused") else { return };
    let mut server = Server::start(&path);
    server.client.invoke(Pipeline::script("$Host.UI.ReadLine()")).expect("nothing runs");
    let call = loop {
        if let ClientEvent::HostCall { call, call_kind: HostCall::ReadLine, .. } = server.event() {
            break call;
        }
    };
    assert!(server.client.answer(call, HostReply::Choice(1)).is_err(), "a choice is no line");
    server.client.stop();
    assert!(server.client.answer(call, HostReply::Line(String::new())).is_err(), "it was stopped");
    while !matches!(server.event(), ClientEvent::Finished { .. }) {}
    server.close();
}

#[test]
fn stop_races_with_the_end_and_nothing_hangs() {
    let Some(path) = powershell("stop_races_with_the_end_and_nothing_hangs") else { return };
    let mut server = Server::start(&path);
    for round in 0..60 {
        server.client.invoke(Pipeline::script("1")).expect("nothing runs");
        if round % 2 == 0 {
            server.client.stop();
        }
        loop {
            match server.event() {
                ClientEvent::Output { .. } => server.client.stop(),
                ClientEvent::Finished { .. } => break,
                // The engine's own race, which only an early stop on a busy machine meets.
                ClientEvent::Fault(ProtocolFault::RanAfterStop(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(server.script("1").completed().output(), [PsValue::I32(1)]);
    server.close();
}
