//! A server for `fuzz`: it says recorded messages, damaged on one level or another.

use greenlight::facade::psrp::{Client, ClientConfig};

use crate::random::Random;
use crate::wire::{self, Message, NOBODY};

/// What is said in one message of a case at the most; what is damaged may grow.
const LARGEST: usize = 64 << 10;

/// What is put anywhere.
const WORDS: [&str; 30] = [
    "<Obj RefId=\"0\">",
    "</Obj>",
    "<Ref RefId=\"0\" />",
    "<Ref RefId=\"1\" />",
    "<TNRef RefId=\"0\" />",
    "<MS>",
    "</MS>",
    "<Props>",
    "<LST>",
    "</LST>",
    "<DCT><En>",
    "<S N=\"Key\">",
    "<S>",
    "</S>",
    "<Nil />",
    "<I32>",
    "</I32>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<?x",
    "&#xD800;",
    "&amp",
    "_xD83D_",
    "_xDE00_",
    "_x0000_",
    "_x005F_x",
    "99999999999999999999",
    "<SS>",
    "\u{feff}",
];

/// A server that knows what the client calls itself, so that what it says is listened to.
pub struct Peer {
    pub client: Client,
    pool: [u8; 16],
    pipeline: [u8; 16],
    to: String,
    object: u64,
}

impl Peer {
    pub fn new() -> Self {
        let config = ClientConfig { largest_message: 1 << 20, ..ClientConfig::default() };
        Self {
            client: Client::new(config),
            pool: [0; 16],
            pipeline: [0; 16],
            to: NOBODY.to_owned(),
            object: 0,
        }
    }

    /// Takes in what the client says, and acknowledges it until it says no more.
    pub fn listen(&mut self) {
        loop {
            let said = self.client.take_output();
            if said.is_empty() {
                return;
            }
            for (_, message) in wire::messages(&said) {
                self.pool = message.pool;
                if message.pipeline != [0; 16] {
                    self.pipeline = message.pipeline;
                }
            }
            for line in String::from_utf8(said).unwrap().lines() {
                let id = line.split_once("PSGuid='").unwrap().1.split_once('\'').unwrap().0.to_owned();
                let name = &line[1..line.find(' ').unwrap()];
                self.client.receive(format!("<{name}Ack PSGuid='{id}' />\n").as_bytes());
                if name == "Command" {
                    self.to = id;
                }
            }
        }
    }

    fn message(&self, kind: u32, data: &[u8]) -> (String, Message) {
        let of_pipeline = kind >> 16 == 4;
        let to = if of_pipeline { self.to.clone() } else { NOBODY.to_owned() };
        let pipeline = if of_pipeline { self.pipeline } else { [0; 16] };
        (to, Message { kind, pool: self.pool, pipeline, data: data.to_vec() })
    }

    pub fn say(&mut self, kind: u32, data: &[u8]) -> Vec<u8> {
        let (to, message) = self.message(kind, data);
        self.object += 1;
        wire::line(&to, &wire::fragments(self.object, &message.bytes(), 32 << 10).concat())
    }

    /// One to three recorded messages, damaged in their text, their heads, their fragments or their lines.
    pub fn damaged(&mut self, random: &mut Random, corpus: &[(u32, Vec<u8>)]) -> Vec<u8> {
        let mut lines = Vec::new();
        for _ in 0..=random.below(3) {
            let (kind, mut data) = random.pick(corpus).clone();
            if random.once_in(3) {
                damage(random, &mut data, corpus);
            }
            if !random.once_in(2_000_000) {
                spare_keys(&mut data);
            }
            let kind = if random.once_in(30) { random.pick(corpus).0 } else { kind };
            let (to, message) = self.message(kind, &data);
            let mut bytes = message.bytes();
            if random.once_in(10) {
                let at = random.below(40.min(bytes.len()));
                bytes[at] ^= 1 << random.below(8);
            }
            self.object += 1;
            let size = if random.once_in(4) {
                1 + random.below(bytes.len()).max(bytes.len() / 16)
            } else {
                32 << 10
            };
            let mut pieces = wire::fragments(self.object, &bytes, size);
            if random.once_in(10) {
                let piece = random.below(pieces.len());
                let at = random.below(21);
                pieces[piece][at] ^= 1 << random.below(8);
            }
            if random.once_in(10) {
                let (a, b) = (random.below(pieces.len()), random.below(pieces.len()));
                pieces.swap(a, b);
            }
            if random.once_in(15) {
                pieces.push(pieces[random.below(pieces.len())].clone());
            }
            if random.once_in(2) {
                lines.push(wire::line(&to, &pieces.concat()));
            } else {
                lines.extend(pieces.iter().map(|piece| wire::line(&to, piece)));
            }
        }
        if random.once_in(10) {
            let (a, b) = (random.below(lines.len()), random.below(lines.len()));
            lines.swap(a, b);
        }
        let mut said = lines.concat();
        if random.once_in(6) {
            said = self.interrupted(random, said);
        }
        if random.once_in(6) {
            damage(random, &mut said, &[]);
        }
        said
    }

    /// With something that a native program wrote in between.
    fn interrupted(&self, random: &mut Random, mut said: Vec<u8>) -> Vec<u8> {
        let noise = match random.below(6) {
            0 => b"\n".to_vec(),
            1 => b"<Data ".to_vec(),
            2 => format!("<DataAck PSGuid='{}' />\n", self.to).into_bytes(),
            3 => b"<<<<<<>>>>>\r\n".to_vec(),
            4 => format!("<SignalAck PSGuid='{}' />\n<CloseAck PSGuid='{NOBODY}' />\n", self.to).into_bytes(),
            _ => (0..random.below(300)).map(|_| random.next() as u8).collect(),
        };
        let at = random.below(said.len() + 1);
        said.splice(at..at, noise);
        said
    }
}

/// A secret or a request for a key makes the client generate one, which takes a tenth of a second.
fn spare_keys(data: &mut [u8]) {
    while let Some(at) = data.windows(3).position(|window| window == b"<SS") {
        data[at + 2] = b'T';
    }
}

/// One random change.
pub fn damage(random: &mut Random, data: &mut Vec<u8>, corpus: &[(u32, Vec<u8>)]) {
    let at = random.below(data.len() + 1);
    let most = 1 + random.below(200);
    let length = random.below(most).min(data.len() - at);
    match random.below(9) {
        0 | 1 if !data.is_empty() => {
            let at = at.min(data.len() - 1);
            data[at] ^= 1 << random.below(8);
        }
        2 if !data.is_empty() => {
            let at = at.min(data.len() - 1);
            data[at] = random.next() as u8;
        }
        3 => drop(data.drain(at..at + length)),
        4 => data.truncate(at),
        5 => {
            let times = if random.once_in(50) { 500 } else { 1 + random.below(3) };
            let piece = data[at..at + length].repeat(times);
            data.splice(at..at, piece);
        }
        6 if !corpus.is_empty() => {
            let other = &random.pick(corpus).1;
            let begin = random.below(other.len());
            let end = (begin + 1 + random.below(300)).min(other.len());
            data.splice(at..at + length, other[begin..end].iter().copied());
        }
        7 => {
            let word = random.pick(&WORDS).repeat(if random.once_in(100) { 300 } else { 1 });
            data.splice(at..at, word.into_bytes());
        }
        _ => data.insert(at, b"<>&_\"'/=x \0\n"[random.below(12)]),
    }
    data.truncate(LARGEST);
}
