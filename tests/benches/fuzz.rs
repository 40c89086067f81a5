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
#[path = "support/peer.rs"]
mod peer;
#[path = "support/random.rs"]
mod random;
#[path = "support/wire.rs"]
mod wire;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use greenlight::facade::psrp::clixml::{self, Limits};
use greenlight::facade::psrp::{CallId, ClientEvent, HostReply, Pipeline};
use peer::{Peer, damage};
use random::Random;

/// The case that is being tried.
static CASE: AtomicU64 = AtomicU64::new(0);
/// A case that takes longer hangs: the slowest, with a key exchange, takes a second on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than this at any time, of the whole process, and memory is not bounded.
const MEMORY: u64 = 256 << 10;

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

impl Counts {
    fn tell(&mut self, event: ClientEvent, calls: &mut Vec<CallId>) {
        match event {
            ClientEvent::Output { value, .. } => {
                self.objects += 1;
                let _ = value.display();
            }
            ClientEvent::Record { .. } => self.records += 1,
            ClientEvent::HostCall { call, .. } => {
                self.calls += 1;
                calls.push(call);
            }
            ClientEvent::Finished { .. } => self.finished += 1,
            ClientEvent::Fault(_) => self.faults += 1,
            ClientEvent::Noise(_) => self.noise += 1,
            ClientEvent::Closed => self.closed += 1,
            ClientEvent::Opened { .. } | ClientEvent::PoolFailed(_) => {}
        }
    }
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
    let mut peer = Peer::new();
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
                let _ = peer.client.answer(call, reply(random));
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
            told.tell(event, &mut calls);
        }
    }
    assert!(events < 20_000, "{events} events of one short conversation");
}

fn reply(random: &mut Random) -> HostReply {
    match random.below(5) {
        0 => HostReply::Line("a line".to_owned()),
        1 => HostReply::Choice(1),
        2 => HostReply::Failed("no".to_owned()),
        3 => HostReply::Choices(vec![0, 7]),
        _ => HostReply::Cancelled,
    }
}
