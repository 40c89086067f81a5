//! Mutation of valid input, fast enough for millions of cases: `GREENLIGHT_FUZZ_CASES=10000000 cargo test --release
//! --test it psrp_fuzz::`. Every case follows from its number, so that one that fails can be run again.

use greenlight::facade::psrp::clixml::{self, Limits};
use greenlight::facade::psrp::{AnswerError, Client, ClientEvent, HostReply, Pipeline};

use crate::harness::peer::{HOST_CALL, OUTPUT, Peer};

/// What mutations put in: all that means something to one layer or another.
const WORDS: [&str; 26] = [
    "<Obj RefId=\"0\">",
    "</Obj>",
    "<Ref RefId=\"0\"/>",
    "<LST>",
    "</LST>",
    "<DCT><En>",
    "</En></DCT>",
    "<MS>",
    "</MS>",
    "<S N=\"x\">",
    "</S>",
    "<SS>AAAA</SS>",
    "<Nil/>",
    "_xD800_",
    "_x",
    "&#x41;",
    "&",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "\n",
    "<Data Stream='Default' PSGuid='",
    "</Data>",
    "<DataAck PSGuid='",
    "=",
];

struct Dice(u64);

impl Dice {
    /// splitmix64, which needs no warming up.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut n = self.0;
        n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((n ^ (n >> 31)) >> 33).expect("31 bits") % sides.max(1)
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(4) {
            let at = self.roll(bytes.len() + 1);
            let end = (at + self.roll(24)).min(bytes.len());
            match self.roll(6) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let copy = bytes[at..end].to_vec();
                    let to = self.roll(bytes.len() + 1);
                    bytes.splice(to..to, copy);
                }
                3 => drop(bytes.splice(at..at, WORDS[self.roll(WORDS.len())].bytes())),
                _ => {
                    let with = u8::try_from(self.roll(256)).expect("a byte");
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = with;
                    }
                }
            }
        }
    }
}

fn cases() -> u64 {
    std::env::var("GREENLIGHT_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000)
}

#[test]
fn clixml_survives_any_mutation() {
    let seed = "<Obj RefId=\"0\"><TN RefId=\"0\"><T>A</T></TN><ToString>a_x000A_&amp;</ToString><Props><S N=\"a\">b</S>\
                <I32 N=\"n\">1</I32></Props><MS><Obj N=\"o\" RefId=\"1\"><TNRef RefId=\"0\"/><LST><Nil/><BA>AAAA</BA>\
                <Ref RefId=\"1\"/></LST></Obj><Obj N=\"d\" RefId=\"2\"><DCT><En><S N=\"Key\">k</S><C N=\"Value\">65</C></En>\
                </DCT></Obj><PR N=\"p\"><AV>a</AV><AI>1</AI></PR></MS></Obj>";
    let limits = Limits { depth: 20, values: 1000 };
    for case in 0..cases() {
        let mut bytes = seed.as_bytes().to_vec();
        Dice(case).mutate(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        for value in clixml::parse_all(&text, limits).unwrap_or_default() {
            let written = clixml::to_string(&value).expect("a secret is never read without a key");
            let again =
                clixml::parse(&written).unwrap_or_else(|error| panic!("case {case}: {error}: {written}"));
            assert_eq!(again.display(), value.display(), "case {case}");
        }
    }
}

#[test]
fn the_client_survives_any_mutation() {
    let (mut client, mut peer) = start();
    for case in 0..cases() {
        let mut dice = Dice(case);
        // The one before goes on if its end was lost.
        let id = client
            .invoke(Pipeline::script("1"))
            .ok()
            .or(client.running())
            .expect("one of the two")
            .to_string();
        peer.exchange(&mut client);
        let mut bytes = peer.say(OUTPUT, &id, "<Obj RefId=\"0\"><MS><S N=\"a\">b</S></MS></Obj>");
        bytes.extend(b"noise\n");
        bytes.extend(peer.host_call(HOST_CALL, &id, 5, 11, ""));
        bytes.extend(peer.finished(&id, 4));
        let most = 4 * bytes.len();
        dice.mutate(&mut bytes);
        for piece in bytes.chunks(1 + dice.roll(400)) {
            client.receive(piece);
        }
        let mut told = 0;
        let mut over = false;
        while let Some(event) = client.next_event() {
            match event {
                ClientEvent::Noise(noise) => told += noise.len(),
                ClientEvent::HostCall { call, call_kind, .. } if call_kind.wants_answer() => {
                    // Its pipeline may have ended already.
                    let answered = client.answer(call, HostReply::Cancelled);
                    assert!(matches!(answered, Ok(()) | Err(AnswerError::NotWaiting)), "case {case}");
                }
                ClientEvent::Closed => over = true,
                _ => {}
            }
        }
        assert!(told <= 4 * most, "case {case}: noise comes from nowhere");
        // What a mutation cut off must not hold up the next case.
        client.receive(b"\n");
        if over || case % 64 == 63 {
            (client, peer) = start();
        }
    }
}

fn start() -> (Client, Peer) {
    Peer::open("2.3")
}
