//! Random damage to recorded messages, fed to the client and to the reader of CLIXML: `cargo bench --bench fuzz`.
//!
//! Needs nothing but a stable compiler. The same seed gives the same cases, so a failure names the one case that
//! repeats it. No case may panic, hang or take memory without bound.
//!
//! `GREENLIGHT_FUZZ_CASES` (200,000), `GREENLIGHT_FUZZ_SEED` (1), `GREENLIGHT_FUZZ_FROM` (0: the first case).

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::string_slice,
    reason = "a test"
)]

#[expect(dead_code, reason = "each benchmark takes its part")]
#[path = "support/figures.rs"]
mod figures;
#[path = "support/random.rs"]
mod random;
#[path = "support/wire.rs"]
mod wire;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use greenlight::facade::psrp::clixml::{self, Limits};
use greenlight::facade::psrp::{CallId, Client, ClientConfig, ClientEvent, HostReply, Pipeline};
use random::Random;
use wire::{Message, NOBODY};

/// The case that is being tried.
static CASE: AtomicU64 = AtomicU64::new(0);
/// A case that takes longer hangs: the slowest, with a key exchange, takes a second on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than this at any time, of the whole process, and memory is not bounded.
const MEMORY: u64 = 256 << 10;
/// What is said in one message of a case at the most; what is damaged may grow.
const LARGEST: usize = 64 << 10;

fn main() {
    let cases = figures::count("GREENLIGHT_FUZZ_CASES", 200_000);
    let seed = figures::count("GREENLIGHT_FUZZ_SEED", 1);
    let from = figures::count("GREENLIGHT_FUZZ_FROM", 0);
    let corpus = wire::corpus();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        before(info);
        eprintln!(
            "repeat it: GREENLIGHT_FUZZ_SEED={seed} GREENLIGHT_FUZZ_FROM={} GREENLIGHT_FUZZ_CASES=1",
            CASE.load(Ordering::Relaxed)
        );
    }));
    std::thread::spawn(watch);
    let begin = Instant::now();
    let mut told = Counts::default();
    for case in from..from + cases {
        CASE.store(case, Ordering::Relaxed);
        let mut random = Random::new(seed, case);
        match case % 2 {
            0 => to_value(&mut random, &corpus, &mut told),
            _ => to_client(&mut random, &corpus, &mut told),
        }
        if case % 10_000 == 0 {
            let peak = peak();
            assert!(peak < MEMORY, "{peak} KiB of memory");
        }
    }
    println!(
        "{cases} cases from {from} with seed {seed} in {:.0} s: no panic, no hang",
        begin.elapsed().as_secs_f64()
    );
    println!("memory at its most: {:.1} MiB", peak() as f64 / 1024.0);
    println!("{told:?}");
}

/// What came of the cases: that all of it is reached shows that the damage is not too great.
#[derive(Debug, Default)]
struct Counts {
    values: u64,
    refused: u64,
    objects: u64,
    records: u64,
    calls: u64,
    finished: u64,
    faults: u64,
    noise: u64,
    closed: u64,
}

/// Ends the process when one case takes too long.
fn watch() {
    let mut last = (u64::MAX, Instant::now());
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let case = CASE.load(Ordering::Relaxed);
        if case != last.0 {
            last = (case, Instant::now());
        } else if last.1.elapsed() > PATIENCE {
            eprintln!("case {case} hangs");
            std::process::abort();
        }
    }
}

/// The most memory that this process has held, in KiB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn to_value(random: &mut Random, corpus: &[(u32, Vec<u8>)], told: &mut Counts) {
    let mut data = random.pick(corpus).1.clone();
    for _ in 0..random.below(8) {
        damage(random, &mut data, corpus);
    }
    let text = String::from_utf8_lossy(&data);
    match clixml::parse(&text) {
        Ok(value) => {
            told.values += 1;
            assert!(value.display().len() <= (1 << 20) + text.len() + 64);
            if let Ok(written) = clixml::to_string(&value) {
                assert!(clixml::parse(&written).is_ok(), "what was written cannot be read: {written}");
            }
        }
        Err(_) => told.refused += 1,
    }
    let limits = Limits { depth: random.below(20), values: random.below(200) };
    let _ = clixml::parse_all(&text, limits);
}

/// A conversation in which the server says recorded messages, damaged on one level or another.
fn to_client(random: &mut Random, corpus: &[(u32, Vec<u8>)], told: &mut Counts) {
    let config = ClientConfig { largest_message: 1 << 20, ..ClientConfig::default() };
    let mut peer = Peer {
        client: Client::new(config),
        pool: [0; 16],
        pipeline: [0; 16],
        to: NOBODY.to_owned(),
        object: 0,
    };
    peer.client.open();
    peer.listen();
    let steps = [
        (
            0x0001_0002,
            r#"<Obj RefId="0"><MS><Version N="protocolversion">2.3</Version><Version N="PSVersion">2.0</Version><Version N="SerializationVersion">1.1.0.1</Version></MS></Obj>"#,
        ),
        (0x0002_1005, r#"<Obj RefId="0"><MS><I32 N="RunspaceState">2</I32></MS></Obj>"#),
    ];
    for (kind, data) in steps {
        let said =
            if random.once_in(20) { peer.damaged(random, corpus) } else { peer.say(kind, data.as_bytes()) };
        peer.client.receive(&said);
        peer.listen();
    }
    let (mut calls, mut events): (Vec<CallId>, usize) = (Vec::new(), 0);
    for _ in 0..=random.below(4) {
        match random.below(12) {
            0 => drop(peer.client.invoke(Pipeline::script("1"))),
            1 if !calls.is_empty() => {
                let call = calls.swap_remove(random.below(calls.len()));
                let reply = match random.below(5) {
                    0 => HostReply::Line("a line".to_owned()),
                    1 => HostReply::Choice(1),
                    2 => HostReply::Failed("no".to_owned()),
                    3 => HostReply::Choices(vec![0, 7]),
                    _ => HostReply::Cancelled,
                };
                let _ = peer.client.answer(call, reply);
            }
            2 if random.once_in(3) => peer.client.stop(),
            3 if random.once_in(10) => peer.client.close(),
            4 if random.once_in(10) => peer.client.end_of_input(),
            _ => {
                // Most conversations have a pipeline, or there is little to say.
                let _ = peer.client.invoke(Pipeline::script("1"));
                peer.listen();
                let said = peer.damaged(random, corpus);
                let cut = random.below(said.len());
                peer.client.receive(&said[..cut]);
                peer.client.receive(&said[cut..]);
            }
        }
        peer.listen();
        while let Some(event) = peer.client.next_event() {
            events += 1;
            match event {
                ClientEvent::Output { value, .. } => {
                    told.objects += 1;
                    let _ = value.display();
                }
                ClientEvent::Record { .. } => told.records += 1,
                ClientEvent::HostCall { call, .. } => {
                    told.calls += 1;
                    calls.push(call);
                }
                ClientEvent::Finished { .. } => told.finished += 1,
                ClientEvent::Fault(_) => told.faults += 1,
                ClientEvent::Noise(_) => told.noise += 1,
                ClientEvent::Closed => told.closed += 1,
                ClientEvent::Opened { .. } | ClientEvent::PoolFailed(_) => {}
            }
        }
    }
    assert!(events < 20_000, "{events} events of one short conversation");
}

/// A server that knows what the client calls itself, so that what it says is listened to.
struct Peer {
    client: Client,
    pool: [u8; 16],
    pipeline: [u8; 16],
    to: String,
    object: u64,
}

impl Peer {
    /// Takes in what the client says, and acknowledges it until it says no more.
    fn listen(&mut self) {
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

    fn say(&mut self, kind: u32, data: &[u8]) -> Vec<u8> {
        let (to, message) = self.message(kind, data);
        self.object += 1;
        wire::line(&to, &wire::fragments(self.object, &message.bytes(), 32 << 10).concat())
    }

    /// One to three recorded messages, damaged in their text, their heads, their fragments or their lines.
    fn damaged(&mut self, random: &mut Random, corpus: &[(u32, Vec<u8>)]) -> Vec<u8> {
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
fn damage(random: &mut Random, data: &mut Vec<u8>, corpus: &[(u32, Vec<u8>)]) {
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
