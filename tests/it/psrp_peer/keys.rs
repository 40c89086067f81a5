//! The key exchange, with the other half of it played here.

use aes::Aes256;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockEncryptMut as _, KeyIvInit as _};
use greenlight::facade::psrp::{
    ClientEvent, HostReply, KeyPair, Pipeline, PipelineState, ProtocolFault, PsValue, Secret,
};
use rsa::{BigUint, Pkcs1v15Encrypt, RsaPublicKey};

use crate::harness::peer::{
    CREATE_PIPELINE, ENCRYPTED_SESSION_KEY, HOST_CALL, Heard, NIL, OUTPUT, PUBLIC_KEY, PUBLIC_KEY_REQUEST,
    Peer, events,
};

const KEY: [u8; 32] = [7; 32];

/// The `ENCRYPTED_SESSION_KEY` for the public key that the client sent.
fn session_key(peer: &mut Peer, heard: &[Heard]) -> Vec<u8> {
    let Some(Heard::Message { kind: PUBLIC_KEY, value, .. }) = heard.last() else { panic!("{heard:?}") };
    let blob = STANDARD
        .decode(value.property("PublicKey").and_then(PsValue::as_str).expect("a key"))
        .expect("base64");
    // PUBLICKEYBLOB: twelve bytes of head, the length in bits, the exponent, the modulus, all little-endian.
    assert_eq!(blob[..16], [6, 2, 0, 0, 0, 0xA4, 0, 0, b'R', b'S', b'A', b'1', 0, 8, 0, 0]);
    let exponent = BigUint::from_bytes_le(&blob[16..20]);
    let modulus = BigUint::from_bytes_le(&blob[20..]);
    let public = RsaPublicKey::new(modulus, exponent).expect("a public key");
    let mut cipher = public.encrypt(&mut rand::thread_rng(), Pkcs1v15Encrypt, &KEY).expect("it fits");
    cipher.reverse();
    let blob = [&[1, 2, 0, 0, 0x10, 0x66, 0, 0, 0, 0xA4, 0, 0][..], &cipher].concat();
    let data =
        format!("<Obj RefId=\"0\"><MS><S N=\"EncryptedSessionKey\">{}</S></MS></Obj>", STANDARD.encode(blob));
    peer.say(ENCRYPTED_SESSION_KEY, NIL, &data)
}

fn sealed(text: &str) -> String {
    let plain: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut buffer = vec![0; plain.len() + 16];
    let cipher = cbc::Encryptor::<Aes256>::new(&KEY.into(), &[0; 16].into());
    STANDARD.encode(cipher.encrypt_padded_b2b_mut::<Pkcs7>(&plain, &mut buffer).expect("it fits"))
}

fn with_secret() -> Pipeline {
    Pipeline::command("Use-It").parameter("Secret", Secret::from("hidden"))
}

#[test]
fn no_key_is_asked_for_until_a_secret_is_there_and_then_once() {
    let (mut client, mut peer) = Peer::open("2.3");
    let id = client.invoke(with_secret()).expect("nothing runs").to_string();
    let heard = peer.exchange(&mut client);
    assert_eq!(heard.len(), 1, "only the key: {heard:?}");
    let key = session_key(&mut peer, &heard);
    client.receive(&key);
    let heard = peer.exchange(&mut client);
    assert!(
        matches!(&heard[..], [Heard::Command(command), Heard::Message { kind: CREATE_PIPELINE, .. }] if *command == id),
        "{heard:?}"
    );
    assert!(format!("{heard:?}").contains(&sealed("hidden")), "{heard:?}");
    let finished = peer.finished(&id, 4);
    client.receive(&finished);
    client.invoke(with_secret()).expect("nothing runs");
    let heard = peer.exchange(&mut client);
    assert!(matches!(
        &heard[..],
        [Heard::Close(_), Heard::Command(_), Heard::Message { kind: CREATE_PIPELINE, .. }]
    ));
}

#[test]
fn a_key_pair_that_is_made_elsewhere_is_waited_for() {
    let (mut client, mut peer) = Peer::open("2.3");
    client.await_key_pair();
    client.invoke(with_secret()).expect("nothing runs");
    assert!(peer.exchange(&mut client).is_empty(), "nothing is made here");
    client.give_key_pair(KeyPair::generate());
    let heard = peer.exchange(&mut client);
    let key = session_key(&mut peer, &heard);
    client.receive(&key);
    assert!(format!("{:?}", peer.exchange(&mut client)).contains(&sealed("hidden")));

    // One that comes early asks for nothing by itself.
    let (mut client, mut peer) = Peer::open("2.3");
    client.await_key_pair();
    client.give_key_pair(KeyPair::generate());
    assert!(peer.exchange(&mut client).is_empty());

    // One that cannot be made ends what needed it.
    client.await_key_pair();
    let id = client.invoke(with_secret()).expect("nothing runs");
    client.give_key_pair(None);
    assert_eq!(
        events(&mut client),
        [
            ClientEvent::Fault(ProtocolFault::KeyExchange),
            ClientEvent::Finished { pipeline: id, state: PipelineState::Stopped }
        ]
    );
    assert!(peer.exchange(&mut client).is_empty(), "the secret stays here");
}

#[test]
fn a_request_for_the_key_is_answered() {
    let (mut client, mut peer) = Peer::open("2.3");
    let request = peer.say(PUBLIC_KEY_REQUEST, NIL, "<S></S>");
    client.receive(&request);
    let heard = peer.exchange(&mut client);
    let key = session_key(&mut peer, &heard);
    client.receive(&key);
    assert!(events(&mut client).is_empty());
}

#[test]
fn a_secret_that_comes_before_the_key_waits_for_it_and_so_does_what_follows() {
    let (mut client, mut peer, id) = Peer::running();
    let name = id.to_string();
    let bytes = [
        peer.say(OUTPUT, &name, "<I32>1</I32>"),
        peer.say(OUTPUT, &name, &format!("<SS>{}</SS>", sealed("theirs"))),
        peer.say(OUTPUT, &name, "<I32>2</I32>"),
        peer.finished(&name, 4),
    ]
    .concat();
    client.receive(&bytes);
    assert_eq!(events(&mut client).len(), 1, "only what comes before it");
    let heard = peer.exchange(&mut client);
    let key = session_key(&mut peer, &heard);
    client.receive(&key);
    let output = |value: PsValue| ClientEvent::Output { pipeline: id, value };
    assert_eq!(
        events(&mut client),
        [
            output(Secret::from("theirs").into()),
            output(2.into()),
            ClientEvent::Finished { pipeline: id, state: PipelineState::Completed }
        ]
    );
}

#[test]
fn an_exchange_that_fails_ends_what_needed_it() {
    let garbage = "<Obj RefId=\"0\"><MS><S N=\"EncryptedSessionKey\">AAAA</S></MS></Obj>";

    // A pipeline that was never sent.
    let (mut client, mut peer) = Peer::open("2.3");
    let id = client.invoke(with_secret()).expect("nothing runs");
    peer.exchange(&mut client);
    let answer = peer.say(ENCRYPTED_SESSION_KEY, NIL, garbage);
    client.receive(&answer);
    assert_eq!(
        events(&mut client),
        [
            ClientEvent::Fault(ProtocolFault::KeyExchange),
            ClientEvent::Finished { pipeline: id, state: PipelineState::Stopped }
        ]
    );
    assert!(peer.exchange(&mut client).is_empty(), "the secret stays here");

    // An answer to a question: the pipeline is stopped, for it would wait for ever.
    let (mut client, mut peer, id) = Peer::running();
    let call = peer.host_call(HOST_CALL, &id.to_string(), 1, 12, "");
    client.receive(&call);
    let told = events(&mut client);
    let [ClientEvent::HostCall { call, .. }] = told[..] else { panic!("{told:?}") };
    client.answer(call, HostReply::SecureLine(Secret::from("hidden"))).expect("it fits");
    peer.exchange(&mut client);
    let answer = peer.say(ENCRYPTED_SESSION_KEY, NIL, garbage);
    client.receive(&answer);
    assert_eq!(peer.exchange(&mut client), [Heard::Signal(id.to_string())]);
}

#[test]
fn a_stop_takes_back_a_pipeline_that_waits_for_the_key() {
    let (mut client, mut peer) = Peer::open("2.3");
    let id = client.invoke(with_secret()).expect("nothing runs");
    let heard = peer.exchange(&mut client);
    client.stop();
    assert_eq!(events(&mut client), [ClientEvent::Finished { pipeline: id, state: PipelineState::Stopped }]);
    let key = session_key(&mut peer, &heard);
    client.receive(&key);
    assert!(peer.exchange(&mut client).is_empty(), "nothing of it is ever sent");
}
