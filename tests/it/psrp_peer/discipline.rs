//! One request at a time, and what each version is told.

use greenlight::facade::psrp::{
    Busy, Client, ClientConfig, ClientEvent, Pipeline, PipelineState, PoolFailure, PsValue,
};

use crate::harness::peer::{CREATE_PIPELINE, Heard, NIL, POOL_STATE, Peer, events};

#[test]
fn versions_2_2_and_later_are_taken_and_others_refused() {
    for version in ["2.2", "2.3", "2.4", "2.5", "2.99", "2.3.1"] {
        Peer::open(version);
    }
    for version in ["2.1", "2.0", "1.0", "3.0", "0.2"] {
        let (mut client, mut peer) = (Client::new(ClientConfig::default()), Peer::default());
        client.open();
        peer.exchange(&mut client);
        client.receive(&peer.opening(version));
        let told = events(&mut client);
        assert!(
            matches!(&told[..], [ClientEvent::PoolFailed(PoolFailure::Version(told)), ClientEvent::Closed] if told.to_string() == version),
            "{version}: {told:?}"
        );
        assert_eq!(client.invoke(Pipeline::script("1")), Err(Busy::NotOpen));
    }
}

#[test]
fn each_request_waits_for_the_acknowledgement_of_the_one_before() {
    let (mut client, mut peer) = Peer::open("2.3");
    let id = client.invoke(Pipeline::script("x".repeat(100_000))).expect("nothing runs").to_string();
    let mut seen = Vec::new();
    loop {
        let bytes = client.take_output();
        if bytes.is_empty() {
            break;
        }
        let mut heard = peer.hear(&bytes);
        assert_eq!(heard.len(), 1, "one request: {heard:?}");
        assert!(client.take_output().is_empty(), "nothing more before it is acknowledged");
        let (what, acknowledgement) = heard.remove(0);
        client.receive(acknowledgement.as_bytes());
        seen.push(what);
    }
    assert_eq!(seen[0], Heard::Command(id.clone()));
    assert!(seen[1..seen.len() - 1].iter().all(|heard| *heard == Heard::Part) && seen.len() > 4, "{seen:?}");
    assert!(matches!(seen.last(), Some(Heard::Message { kind: CREATE_PIPELINE, to, .. }) if *to == id));
}

#[test]
fn a_finished_pipeline_is_closed_before_the_next_begins() {
    let (mut client, mut peer, id) = Peer::running();
    let id = id.to_string();
    let finished = peer.finished(&id, 4);
    client.receive(&finished);
    let next = client.invoke(Pipeline::script("2")).expect("it has finished").to_string();
    let heard = peer.exchange(&mut client);
    assert_eq!(heard[..2], [Heard::Close(id), Heard::Command(next)]);
}

#[test]
fn a_2_2_peer_is_not_told_of_streams_that_it_does_not_have() {
    for (version, has) in [("2.2", false), ("2.3", true)] {
        let (mut client, mut peer) = Peer::open(version);
        client.invoke(Pipeline::script("1")).expect("nothing runs");
        let heard = peer.exchange(&mut client);
        let Some(Heard::Message { value, .. }) = heard.last() else { panic!("{heard:?}") };
        let commands =
            value.property("PowerShell").and_then(|it| it.property("Cmds")).and_then(PsValue::items);
        assert_eq!(commands.expect("commands")[0].property("MergeInformation").is_some(), has, "{version}");
    }
}

#[test]
fn closing_ends_the_conversation() {
    let (mut client, mut peer) = Peer::open("2.3");
    client.close();
    assert_eq!(peer.exchange(&mut client), [Heard::Close(NIL.to_owned())]);
    assert_eq!(events(&mut client), [ClientEvent::Closed]);
    client.end_of_input();
    assert!(events(&mut client).is_empty(), "told once");
}

#[test]
fn a_pool_that_breaks_or_a_peer_that_dies_is_told_at_once() {
    let (mut client, mut peer, _) = Peer::running();
    let broken = "<Obj RefId=\"0\"><MS><I32 N=\"RunspaceState\">5</I32><Obj N=\"ExceptionAsErrorRecord\" RefId=\"1\"><MS>\
                  <Obj N=\"Exception\" RefId=\"2\"><Props><S N=\"Message\">out of handles</S></Props></Obj></MS></Obj></MS></Obj>";
    let broken = peer.say(POOL_STATE, NIL, broken);
    client.receive(&broken);
    let told = events(&mut client);
    assert!(
        matches!(&told[..], [ClientEvent::PoolFailed(failure), ClientEvent::Closed] if failure.to_string().contains("out of handles")),
        "{told:?}"
    );

    let (mut client, _, _) = Peer::running();
    client.end_of_input();
    assert_eq!(events(&mut client), [ClientEvent::Closed]);
}

#[test]
fn a_stop_is_signalled_once_and_believed_only_when_told() {
    let (mut client, mut peer, id) = Peer::running();
    client.stop();
    client.stop();
    assert_eq!(peer.exchange(&mut client), [Heard::Signal(id.to_string())]);
    assert!(events(&mut client).is_empty());
    let stopped = peer.finished(&id.to_string(), 3);
    client.receive(&stopped);
    assert_eq!(events(&mut client), [ClientEvent::Finished { pipeline: id, state: PipelineState::Stopped }]);
    client.stop();
    assert_eq!(peer.exchange(&mut client), [Heard::Close(id.to_string())]);
}
