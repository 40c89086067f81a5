//! What a peer must not do, and what comes of it: told, survived, never hung on.

use greenlight::facade::psrp::{
    Client, ClientConfig, ClientEvent, Pipeline, PipelineState, ProtocolFault, PsValue,
};
use proptest::prelude::*;

use crate::harness::peer::{
    HOST_CALL, NIL, OUTPUT, PIPELINE_STATE, POOL_STATE, Peer, events, fragment, line,
};

const OTHER: &str = "11111111-2222-4333-8444-555555555555";

/// Whether the pipeline still runs to its end.
fn still_works(client: &mut Client, peer: &mut Peer, id: greenlight::facade::psrp::PipelineId) {
    let bytes =
        [peer.say(OUTPUT, &id.to_string(), "<I32>1</I32>"), peer.finished(&id.to_string(), 4)].concat();
    client.receive(&bytes);
    let told = events(client);
    assert!(
        matches!(
            &told[told.len() - 2..],
            [
                ClientEvent::Output { value: PsValue::I32(1), .. },
                ClientEvent::Finished { state: PipelineState::Completed, .. }
            ]
        ),
        "{told:?}"
    );
}

#[test]
fn what_cannot_be_understood_is_told_and_the_session_goes_on() {
    for (kind, data, expected) in [
        (0x0004_1999, "<Nil/>", "UnknownMessage"),
        (0x0001_0004, "<Nil/>", "UnknownMessage"),
        (OUTPUT, "<Obj>", "Unreadable"),
        (OUTPUT, "<<<", "Unreadable"),
        (OUTPUT, "\u{fffe}", "Unreadable"),
        (PIPELINE_STATE, "<Nil/>", "Incomplete"),
        (HOST_CALL, "<Nil/>", "Incomplete"),
    ] {
        let (mut client, mut peer, id) = Peer::running();
        let bytes = peer.say(kind, &id.to_string(), data);
        client.receive(&bytes);
        let told = events(&mut client);
        assert!(
            matches!(&told[..], [ClientEvent::Fault(fault)] if format!("{fault:?}").contains(expected)),
            "{data}: {told:?}"
        );
        still_works(&mut client, &mut peer, id);
    }
    let (mut client, mut peer, id) = Peer::running();
    let bytes = line(&id.to_string(), &fragment(90, 0, 3, b"short"));
    client.receive(&bytes);
    assert_eq!(events(&mut client), [ClientEvent::Fault(ProtocolFault::Header)]);
    still_works(&mut client, &mut peer, id);
}

#[test]
fn wrong_identifiers_are_noise_or_told() {
    let (mut client, mut peer, id) = Peer::running();
    // A packet for a pipeline that nobody knows, and a pool state of another pool.
    let stranger = Peer::default().say(OUTPUT, OTHER, "<I32>1</I32>");
    let broken = Peer::default().say(POOL_STATE, NIL, "<Obj><MS><I32 N=\"RunspaceState\">5</I32></MS></Obj>");
    for bytes in [stranger, broken] {
        client.receive(&bytes);
        assert_eq!(
            events(&mut client),
            [ClientEvent::Noise(bytes.strip_suffix(b"\n").expect("a line").to_vec())]
        );
    }
    // The right packet with the wrong pipeline in its header.
    let misdirected = peer.misdirected(OUTPUT, &id.to_string(), OTHER, "<I32>1</I32>");
    client.receive(&misdirected);
    assert!(matches!(&events(&mut client)[..], [ClientEvent::Fault(ProtocolFault::WrongPipeline(_))]));
    still_works(&mut client, &mut peer, id);
}

#[test]
fn acknowledgements_of_nothing_are_noise() {
    let (mut client, mut peer, id) = Peer::running();
    for name in ["DataAck", "CommandAck", "CloseAck", "SignalAck"] {
        for guid in [NIL, OTHER, &id.to_string()] {
            client.receive(format!("<{name} PSGuid='{guid}' />\n").as_bytes());
            assert!(matches!(&events(&mut client)[..], [ClientEvent::Noise(_)]), "{name} {guid}");
        }
    }
    still_works(&mut client, &mut peer, id);
}

#[test]
fn messages_may_interleave_and_a_state_may_come_twice() {
    let (mut client, mut peer, id) = Peer::running();
    let name = id.to_string();
    let one = peer.message(OUTPUT, &name, "<S>one</S>");
    let two = peer.message(OUTPUT, &name, "<S>two</S>");
    let (one_head, one_tail) = one.split_at(50);
    let (two_head, two_tail) = two.split_at(5);
    for piece in [
        fragment(50, 0, 1, one_head),
        fragment(51, 0, 1, two_head),
        fragment(51, 1, 2, two_tail),
        fragment(50, 1, 2, one_tail),
    ] {
        client.receive(&line(&name, &piece));
    }
    let told = events(&mut client);
    assert!(
        matches!(&told[..], [ClientEvent::Output { value: a, .. }, ClientEvent::Output { value: b, .. }] if *a == "two".into() && *b == "one".into()),
        "{told:?}"
    );
    let twice = [peer.finished(&name, 4), peer.finished(&name, 4)].concat();
    client.receive(&twice);
    let told = events(&mut client);
    assert!(matches!(&told[..], [ClientEvent::Finished { .. }, ClientEvent::Noise(_)]), "{told:?}");
}

#[test]
fn a_message_that_noise_has_torn_is_told_before_the_end() {
    let (mut client, mut peer, id) = Peer::running();
    let name = id.to_string();
    let lost = peer.say(OUTPUT, &name, "<S>lost</S>");
    let torn = [&lost[..70], b"noise\n", &lost[70..]].concat();
    let bytes = [peer.say(OUTPUT, &name, "<S>kept</S>"), torn, peer.finished(&name, 4)].concat();
    client.receive(&bytes);
    let told = events(&mut client);
    assert!(
        matches!(
            &told[..],
            [
                ClientEvent::Output { .. },
                ClientEvent::Noise(_),
                ClientEvent::Fault(ProtocolFault::Torn(1)),
                ClientEvent::Finished { .. }
            ]
        ),
        "{told:?}"
    );
}

#[test]
fn a_message_beyond_the_limit_is_told_and_memory_stays_bounded() {
    let config = ClientConfig { largest_message: 10_000, ..ClientConfig::default() };
    let (mut client, mut peer) = (Client::new(config), Peer::default());
    client.open();
    peer.exchange(&mut client);
    client.receive(&peer.opening("2.3"));
    let id = client.invoke(Pipeline::script("1")).expect("open");
    peer.exchange(&mut client);
    events(&mut client);
    let bytes = peer.say(OUTPUT, &id.to_string(), &format!("<S>{}</S>", "x".repeat(20_000)));
    client.receive(&bytes);
    assert!(matches!(&events(&mut client)[..], [ClientEvent::Fault(ProtocolFault::Fragment(_))]));
    still_works(&mut client, &mut peer, id);
}

/// A conversation from the opening to the end of a pipeline, as the peer says it.
fn conversation(peer: &mut Peer, id: &str) -> Vec<u8> {
    let mut bytes = b"noise before ".to_vec();
    bytes.extend(peer.say(OUTPUT, id, "<Obj RefId=\"0\"><MS><S N=\"Name\">\u{e9}_xD800_</S></MS></Obj>"));
    bytes.extend(peer.host_call(HOST_CALL, id, -100, 16, "<S>shown</S>"));
    bytes.extend(b"noise\n");
    bytes.extend(peer.host_call(HOST_CALL, id, 5, 11, ""));
    bytes.extend(peer.finished(id, 4));
    bytes
}

#[test]
fn a_conversation_cut_at_any_byte_ends_in_closed() {
    let whole = {
        let (mut client, mut peer, id) = Peer::running();
        let bytes = conversation(&mut peer, &id.to_string());
        client.receive(&bytes);
        client.end_of_input();
        events(&mut client)
    };
    assert!(matches!(whole.last(), Some(ClientEvent::Closed)));
    let (_, mut peer, id) = Peer::running();
    let length = conversation(&mut peer, &id.to_string()).len();
    for cut in 0..length {
        let (mut client, mut peer, id) = Peer::running();
        let bytes = conversation(&mut peer, &id.to_string());
        let (head, tail) = bytes.split_at(cut);
        client.receive(head);
        client.end_of_input();
        let told = events(&mut client);
        assert!(matches!(told.last(), Some(ClientEvent::Closed)), "{cut}: {told:?}");
        assert!(told.iter().all(|event| !matches!(event, ClientEvent::Fault(_))), "{cut}: {told:?}");
        assert_eq!(
            told.iter().any(|event| matches!(event, ClientEvent::Finished { .. })),
            cut + 1 >= length,
            "{cut}"
        );
        // What was cut in two is the same when both halves come.
        let (mut client, mut peer, id) = Peer::running();
        let bytes = conversation(&mut peer, &id.to_string());
        client.receive(&bytes[..cut]);
        client.receive(&bytes[cut..]);
        client.end_of_input();
        assert_eq!(events(&mut client).len(), whole.len(), "{cut}");
        assert_eq!(tail.len(), length - cut);
    }
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces_are_taken(pieces in proptest::collection::vec(any::<Vec<u8>>(), 0..30)) {
        let (mut client, _, _) = Peer::running();
        for piece in &pieces {
            client.receive(piece);
        }
        client.end_of_input();
        let noise: usize = events(&mut client)
            .iter()
            .map(|event| if let ClientEvent::Noise(bytes) = event { bytes.len() } else { 0 })
            .sum();
        prop_assert_eq!(noise, pieces.concat().len(), "what is no packet is noise to the byte");
    }

    #[test]
    fn any_change_to_a_conversation_is_taken(changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..6)) {
        let (mut client, mut peer, id) = Peer::running();
        let mut bytes = conversation(&mut peer, &id.to_string());
        for (at, with) in changes {
            let at = at % bytes.len();
            bytes[at] = with;
        }
        client.receive(&bytes);
        client.stop();
        client.close();
        client.end_of_input();
        prop_assert_eq!(events(&mut client).pop(), Some(ClientEvent::Closed));
    }

}

proptest! {
    // Many of these make the client generate a key pair, which takes its time.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_messages_of_the_right_peer_are_taken(
        messages in proptest::collection::vec((any::<prop::sample::Index>(), 0..14_usize), 0..20),
    ) {
        let kinds = [
            0x0001_0002_u32, 0x0001_0005, 0x0001_0006, 0x0002_1004, 0x0002_1005, 0x0002_1009, 0x0002_1100, 0x0004_1004,
            0x0004_1005, 0x0004_1006, 0x0004_1009, 0x0004_1010, 0x0004_1011, 0x0004_1100,
        ];
        let bodies: [&str; 12] = [
            "", "<Nil/>", "<S>x</S>", "<Obj><MS><I32 N=\"PipelineState\">3</I32></MS></Obj>",
            "<Obj><MS><I32 N=\"RunspaceState\">2</I32></MS></Obj>", "<Obj><MS><I32 N=\"RunspaceState\">3</I32></MS></Obj>",
            "<Obj><MS><Version N=\"protocolversion\">2.1</Version></MS></Obj>",
            "<Obj><MS><I64 N=\"ci\">1</I64><I32 N=\"mi\">24</I32></MS></Obj>",
            "<Obj><MS><I64 N=\"ci\">-100</I64><I32 N=\"mi\">13</I32></MS></Obj>",
            "<Obj><MS><S N=\"EncryptedSessionKey\">AAAA</S></MS></Obj>", "<SS>AAAA</SS>",
            "<Obj><MS><Obj N=\"Exception\"/><I32 N=\"ErrorCategory_Category\">-5</I32></MS></Obj>",
        ];
        let (mut client, mut peer, id) = Peer::running();
        for (body, kind) in messages {
            let pipeline = if kinds[kind] < 0x0004_0000 { NIL.to_owned() } else { id.to_string() };
            let bytes = peer.say(kinds[kind], &pipeline, body.get::<&str>(&bodies));
            client.receive(&bytes);
            client.take_output();
        }
        client.end_of_input();
        prop_assert!(events(&mut client).contains(&ClientEvent::Closed));
    }
}
