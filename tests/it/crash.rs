//! The real program, killed at random moments and resumed: what was acknowledged is there, and nothing is green besides.
//!
//! `GREENLIGHT_CRASHES` gives the number of rehearsals that are killed, `GREENLIGHT_CRASH_SEED` the seed of the moments.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use greenlight::facade::checklist::{Checklist, Lasts, StepKind};
use greenlight::facade::journal::{self, Condition, Folder};
use greenlight::facade::run::{Event, HandoffStage, Moment, Purpose, Run, Stamped, StepStatus};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tempfile::TempDir;

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{self, REHEARSE, SEVENTEEN};
use crate::harness::processes::is_alive;
use crate::harness::world::{ADMIN, PASSWORD, World, inputs};

/// When the program is killed.
#[derive(Clone, Copy, Debug)]
enum When {
    /// Not at all.
    Never,
    /// So long after it was started.
    After(Duration),
    /// So long after its journal has so many bytes: around a write.
    AtByte(u64, Duration),
}

impl When {
    /// A rehearsal takes about `length` and writes about `bytes`.
    fn any(random: &mut StdRng, length: Duration, bytes: u64) -> Self {
        if random.gen_bool(0.5) {
            Self::After(length.mul_f64(random.gen_range(0.0..1.1)))
        } else {
            let later = Duration::from_micros(random.gen_range(0..3000));
            Self::AtByte(random.gen_range(1..bytes), later)
        }
    }

    /// Waits for it, or for the end of the program.
    fn wait(self, data: &Path, ended: &dyn Fn() -> bool) {
        let start = Instant::now();
        match self {
            Self::Never => {
                while !ended() && start.elapsed() < Duration::from_secs(60) {
                    thread::sleep(Duration::from_millis(1));
                }
            }
            Self::After(length) => {
                while start.elapsed() < length && !ended() {
                    thread::sleep(Duration::from_millis(1));
                }
            }
            Self::AtByte(bytes, later) => {
                let size = || {
                    run_folder(data)
                        .and_then(|folder| fs::metadata(folder.journal()).ok())
                        .map_or(0, |m| m.len())
                };
                while size() < bytes && !ended() && start.elapsed() < Duration::from_secs(60) {
                    thread::sleep(Duration::from_micros(200));
                }
                thread::sleep(later);
            }
        }
    }
}

/// The one run below `data`, if one has been made.
fn run_folder(data: &Path) -> Option<Folder> {
    fs::read_dir(data).ok()?.next()?.ok().map(|entry| Folder::at(entry.path()))
}

/// What stood on disk when the program was gone.
struct Left {
    folder: Folder,
    /// The whole records.
    bytes: Vec<u8>,
    /// What follows them.
    torn: Vec<u8>,
    run: Run,
    at: Moment,
}

fn checklist(folder: &Folder) -> Arc<Checklist> {
    Arc::new(greenlight::facade::checklist::read(&fs::read(folder.checklist()).unwrap()).unwrap())
}

fn fold(folder: &Folder, events: &[Stamped]) -> Run {
    let mut run = Run::new(checklist(folder));
    for stamped in events {
        run.evolve(stamped.at, &stamped.event);
    }
    run
}

/// Nothing where the run had not begun.
fn left(data: &Path, case: &str) -> Option<Left> {
    let folder = run_folder(data)?;
    let mut bytes = fs::read(folder.journal()).ok()?;
    let torn = bytes.split_off(bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1));
    if bytes.is_empty() {
        return None;
    }
    let contents = journal::read::<Stamped>(&folder).unwrap_or_else(|error| panic!("{case}: {error:?}"));
    assert!(!matches!(contents.condition, Condition::Damaged { .. }), "{case}: {:?}", contents.condition);
    let at = contents.events.last()?.at;
    let run = fold(&folder, &contents.events);
    Some(Left { folder, bytes, torn, run, at })
}

/// What the operator was told is in the journal: the program says a thing only after it is on disk.
fn assert_acknowledged(printed: &str, left: Option<&Left>, case: &str) {
    let Some(left) = left else {
        assert!(!printed.contains("Next (Enter)"), "{case}: a step was offered before the run had begun");
        return;
    };
    for step in &left.run.checklist().steps {
        let told = ["green", "stated"].map(|word| format!("{word}: {}\n", step.title.en));
        let known =
            left.run.state(&step.id).is_some_and(|state| state.found.is_some() || state.statement.is_some());
        let is_told = told.iter().any(|told| printed.contains(told));
        assert!(known || !is_told, "{case}: {told:?} was printed and is not in the journal");
    }
    let sealed = matches!(left.run.handoff(), HandoffStage::Sealed { .. });
    assert!(sealed || !printed.contains("SEALED."), "{case}: the seal was printed and is not in the journal");
}

/// The run that was opened again is the one that was left, with what ran interrupted and nothing green besides.
fn assert_resumed(left: &Left, case: &str) {
    let contents = journal::read::<Stamped>(&left.folder).unwrap();
    assert_eq!(contents.condition, Condition::Whole, "{case}");
    let now = fs::read(left.folder.journal()).unwrap();
    assert!(now.starts_with(&left.bytes), "{case}: a record of before is not there any more");
    let before = journal_events(&left.bytes);
    let added = &contents.events[before..];
    let resumed = fold(&left.folder, &contents.events);
    if left.run.is_sealed() {
        assert!(added.is_empty() && left.torn.is_empty(), "{case}: a sealed run has grown");
        return;
    }
    let set_aside: Vec<_> = added
        .iter()
        .filter_map(|stamped| match &stamped.event {
            Event::Quarantined { torn } => Some(torn),
            _ => None,
        })
        .collect();
    if left.torn.is_empty() {
        assert!(set_aside.is_empty(), "{case}: {set_aside:?}");
    } else {
        assert_eq!(set_aside.len(), 1, "{case}");
        assert_eq!(fs::read(left.folder.path().join(&set_aside[0].file)).unwrap(), left.torn, "{case}");
    }
    assert!(added.iter().any(|stamped| matches!(stamped.event, Event::Resumed { .. })), "{case}: {added:?}");
    assert!(resumed.running().is_none() && *resumed.handoff() == HandoffStage::Idle, "{case}");
    let at = contents.events.last().unwrap().at;
    let steps = left.run.checklist().steps.iter();
    for ((step, old), new) in steps.zip(left.run.statuses(left.at)).zip(resumed.statuses(at)) {
        let id = &step.id;
        if new == StepStatus::Green {
            assert_eq!(old, StepStatus::Green, "{case}: {id} became green by a crash");
            let session = match &step.kind {
                StepKind::Measured { .. } => step.lasts == Lasts::Session,
                StepKind::Attested { .. } => false,
            };
            assert!(!session, "{case}: the session of {id} is gone");
        }
        if let StepStatus::Running(Purpose::Check | Purpose::Apply) = old {
            assert_eq!(new, StepStatus::Interrupted, "{case}: {id}");
        }
    }
}

/// How many events these records hold: all but the header.
fn journal_events(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').count() - 2
}

/// A power cut takes what was written and not flushed: the end of a record of which nobody was told.
fn tear(left: &mut Left, random: &mut StdRng) {
    let Some(last) = left.bytes[..left.bytes.len() - 1].iter().rposition(|byte| *byte == b'\n') else {
        return;
    };
    if left.run.is_sealed() || journal_events(&left.bytes) < 2 {
        return;
    }
    // Before the handoff's files are written the record that they name is flushed.
    if left.folder.path().join("handoff").exists() {
        return;
    }
    let whole = last + 1;
    let cut = random.gen_range(whole + 1..left.bytes.len());
    left.torn = left.bytes[whole..cut].to_vec();
    left.bytes.truncate(whole);
    let torn = [left.bytes.as_slice(), left.torn.as_slice()].concat();
    fs::write(left.folder.journal(), torn).unwrap();
    let events = journal::read::<Stamped>(&left.folder).unwrap().events;
    left.run = fold(&left.folder, &events);
    left.at = events.last().unwrap().at;
}

fn greenlight(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
    command.args(arguments).stdin(Stdio::null()).env("HOME", home);
    command.env("GREENLIGHT_LANG", "en").env("GREENLIGHT_DATA_DIR", home.join("data"));
    command
}

/// How far a life came, for the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    NeverBegan,
    Idle,
    Running,
    HandoffUnderWay,
    Torn,
    Sealed,
}

impl Outcome {
    fn of(left: &Left) -> Self {
        match (left.run.handoff(), left.run.running()) {
            _ if !left.torn.is_empty() => Self::Torn,
            (HandoffStage::Sealed { .. }, _) => Self::Sealed,
            (HandoffStage::Rechecking { .. } | HandoffStage::Confirming | HandoffStage::Writing, _) => {
                Self::HandoffUnderWay
            }
            (HandoffStage::Idle, Some(_)) => Self::Running,
            (HandoffStage::Idle, None) => Self::Idle,
        }
    }
}

/// One life of a rehearsal, cut short, and what came after it.
fn one_rehearsal(seed: u64, moment: Option<When>) -> Outcome {
    let mut random = StdRng::seed_from_u64(seed);
    let any = When::any(&mut random, Duration::from_secs(6), 45_000);
    let moment = moment.unwrap_or(any);
    let case = format!("GREENLIGHT_CRASH_SEED={seed} ({moment:?})");
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let mut arguments = vec!["run", SEVENTEEN, "--trust", "--plain", REHEARSE];
    arguments.extend(inputs());
    let mut run = Dialogue::start(&mut greenlight(home.path(), &arguments));
    run.say(&procedure::to_the_seal(ADMIN, PASSWORD));
    let pid = run.id();
    moment.wait(&data, &|| !is_alive(pid));
    run.kill();
    let (_, printed) = run.end();
    let mut found = left(&data, &case);
    assert_acknowledged(&printed, found.as_ref(), &case);
    let Some(left) = &mut found else {
        let nothing = greenlight(home.path(), &["resume", "--plain"]).output().unwrap();
        assert_eq!(nothing.status.code(), Some(2), "{case}: there is nothing to resume");
        return Outcome::NeverBegan;
    };
    if random.gen_bool(0.3) {
        tear(left, &mut random);
    }
    let run_id = left.folder.run().to_string();
    let mut again = Dialogue::start(&mut greenlight(home.path(), &["resume", &run_id, "--plain", REHEARSE]));
    again.say(&["q"]);
    let (status, printed) = again.end();
    let expected = i32::from(!left.run.is_sealed());
    assert_eq!(status.code(), Some(expected), "{case}: {printed}");
    assert_resumed(left, &case);
    let verified = greenlight(home.path(), &["verify", &run_id]).output().unwrap();
    assert!(verified.status.success(), "{case}: {}", String::from_utf8_lossy(&verified.stderr));
    let log = greenlight(home.path(), &["export", &run_id]).output().unwrap();
    let log = String::from_utf8(log.stdout).unwrap();
    assert_eq!(log.contains("was set aside in"), !left.torn.is_empty(), "{case}: {log}");
    Outcome::of(left)
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok()?.parse().ok()
}

#[test]
fn a_rehearsal_killed_at_any_moment_is_resumed_as_it_was_acknowledged() {
    let count = number("GREENLIGHT_CRASHES").unwrap_or(16);
    let first =
        number("GREENLIGHT_CRASH_SEED").unwrap_or_else(|| rand::thread_rng().gen_range(0..1_000_000_000));
    assert_eq!(
        one_rehearsal(first, Some(When::Never)),
        Outcome::Sealed,
        "so it goes where nothing is killed"
    );
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    // They mostly wait for the scenario.
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                loop {
                    let position = next.fetch_add(1, Ordering::Relaxed) as u64;
                    if position >= count {
                        return;
                    }
                    let outcome = one_rehearsal(first + position, None);
                    *outcomes.lock().unwrap().entry(outcome).or_insert(0_u32) += 1;
                }
            });
        }
    });
    eprintln!("{count} rehearsals from seed {first}: {:?}", outcomes.lock().unwrap());
}

on_both!(a_run_on_the_engine_killed_at_any_moment_is_resumed_as_it_was_acknowledged);
fn a_run_on_the_engine_killed_at_any_moment_is_resumed_as_it_was_acknowledged(world: &World) {
    let count = number("GREENLIGHT_ENGINE_CRASHES").unwrap_or(3);
    let first =
        number("GREENLIGHT_CRASH_SEED").unwrap_or_else(|| rand::thread_rng().gen_range(0..1_000_000_000));
    for seed in first..first + count {
        world.begin_anew();
        let mut random = StdRng::seed_from_u64(seed);
        let moment = When::any(&mut random, Duration::from_secs(9), 45_000);
        let case = format!("GREENLIGHT_CRASH_SEED={seed} ({moment:?})");
        let mut arguments = vec!["run", SEVENTEEN, "--trust", "--plain"];
        arguments.extend(inputs());
        let mut run = Dialogue::start(&mut world.mortal(&arguments));
        run.say(&procedure::to_the_seal(ADMIN, PASSWORD));
        let pid = run.id();
        moment.wait(&world.data(), &|| !is_alive(pid));
        run.kill();
        let (_, printed) = run.end();
        let found = left(&world.data(), &case);
        assert_acknowledged(&printed, found.as_ref(), &case);
        let Some(left) = found else { continue };
        // What the tenant was told to do is in the journal, at least as an intent.
        let events = journal::read::<Stamped>(&left.folder).unwrap().events;
        let intended = events.iter().any(|stamped| {
            matches!(&stamped.event, Event::Started { purpose: Purpose::Apply, step, .. } if step.as_str() == "shared-sip-address-space")
        });
        assert!(intended || !world.is_shared(), "{case}: the tenant was changed and nobody knows");
        let run_id = left.folder.run().to_string();
        let mut again = Dialogue::start(&mut world.greenlight(&["resume", &run_id, "--plain"]));
        again.say(&["q"]);
        let (status, printed) = again.end();
        assert_eq!(status.code(), Some(i32::from(!left.run.is_sealed())), "{case}: {printed}");
        assert_resumed(&left, &case);
        let verified = world.greenlight(&["verify", &run_id]).output().unwrap();
        assert!(verified.status.success(), "{case}: {}", String::from_utf8_lossy(&verified.stderr));
        eprintln!("{case}: {:?}", Outcome::of(&left));
        world.assert_no_secret(&[printed.as_bytes()]);
    }
}
