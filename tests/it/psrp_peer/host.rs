//! Every method of the host ([MS-PSRP] 2.2.3.17) is answered by the client or asked of somebody.

use greenlight::facade::psrp::{AnswerError, ClientEvent, HostCall, HostReply, PsValue, Secret};

use crate::harness::peer::{
    HOST_CALL, HOST_RESPONSE, Heard, NIL, POOL_HOST_CALL, POOL_HOST_RESPONSE, Peer, events,
};

/// Methods that ask a person.
const ASKING: [i32; 8] = [11, 12, 23, 24, 25, 26, 46, 56];
/// Methods that show something, or tell that the script wants to exit.
const SHOWING: [i32; 7] = [6, 13, 14, 15, 16, 17, 18];

#[test]
fn nothing_hangs_whatever_is_called() {
    for method in 0..=60 {
        let (mut client, mut peer, id) = Peer::running();
        let call = peer.host_call(HOST_CALL, &id.to_string(), 7, method, "");
        client.receive(&call);
        let told = events(&mut client);
        let heard = peer.exchange(&mut client);
        let asks = ASKING.contains(&method) || method == 0 || method > 56;
        if asks || SHOWING.contains(&method) {
            let [ClientEvent::HostCall { call, call_kind, .. }] = &told[..] else {
                panic!("{method}: {told:?}")
            };
            assert_eq!(call_kind.wants_answer(), asks, "{method}");
            assert!(heard.is_empty(), "{method}");
            // Whatever it is, it can be cancelled, once.
            assert_eq!(client.answer(*call, HostReply::Cancelled), Ok(()), "{method}");
            assert_eq!(client.answer(*call, HostReply::Cancelled), Err(AnswerError::NotWaiting));
            let heard = peer.exchange(&mut client);
            let (number, response) = response(&heard);
            assert_eq!(number, 7, "{method}");
            let error = response.property("me").expect("an error");
            assert!(error.property("Exception").and_then(|it| it.property("Message")).is_some());
        } else {
            assert!(told.is_empty(), "{method}: {told:?}");
            if !(19..=22).contains(&method) {
                assert_eq!(response(&heard).0, 7, "{method}: {heard:?}");
            }
        }
    }
}

#[test]
fn what_wants_no_answer_gets_none() {
    for method in 0..=60 {
        let (mut client, mut peer, id) = Peer::running();
        let call = peer.host_call(HOST_CALL, &id.to_string(), -100, method, "<I32>7</I32>");
        client.receive(&call);
        assert!(peer.exchange(&mut client).is_empty(), "{method}");
        for event in events(&mut client) {
            let ClientEvent::HostCall { call, .. } = event else { panic!("{method}: {event:?}") };
            assert_eq!(client.answer(call, HostReply::Cancelled), Err(AnswerError::NotWaiting), "{method}");
        }
    }
}

#[test]
fn an_answer_of_the_wrong_kind_is_refused_and_the_right_one_still_taken() {
    let (mut client, mut peer, id) = Peer::running();
    let call = peer.host_call(HOST_CALL, &id.to_string(), 3, 11, "");
    client.receive(&call);
    let told = events(&mut client);
    let [ClientEvent::HostCall { call, call_kind: HostCall::ReadLine, .. }] = told[..] else {
        panic!("{told:?}")
    };
    for wrong in [
        HostReply::Choice(1),
        HostReply::Choices(vec![]),
        HostReply::SecureLine(Secret::from("x")),
        HostReply::Fields(vec![]),
        HostReply::NoCredential,
        HostReply::Value(PsValue::Null),
        HostReply::Credential { user: String::new(), password: Secret::from("") },
    ] {
        assert_eq!(client.answer(call, wrong), Err(AnswerError::WrongKind));
    }
    assert_eq!(client.answer(call, HostReply::Line("x".to_owned())), Ok(()));
    assert_eq!(response(&peer.exchange(&mut client)).1.property("mr"), Some(&"x".into()));
}

#[test]
fn the_pool_may_call_too() {
    let (mut client, mut peer) = Peer::open("2.3");
    let call = peer.host_call(POOL_HOST_CALL, NIL, 1, 11, "");
    client.receive(&call);
    let told = events(&mut client);
    let [ClientEvent::HostCall { pipeline: None, call, .. }] = told[..] else { panic!("{told:?}") };
    client.answer(call, HostReply::Line("x".to_owned())).expect("it fits");
    let heard = peer.exchange(&mut client);
    assert!(
        matches!(&heard[..], [Heard::Message { stream, to, kind: POOL_HOST_RESPONSE, .. }] if stream == "PromptResponse" && to == NIL),
        "{heard:?}"
    );
}

/// The number and the content of the one response.
fn response(heard: &[Heard]) -> (i64, &PsValue) {
    let [Heard::Message { stream, kind: HOST_RESPONSE, value, .. }] = heard else { panic!("{heard:?}") };
    assert_eq!(stream, "PromptResponse");
    (value.property("ci").and_then(PsValue::as_i64).expect("a number"), value)
}
