//! What runs there are, and in what condition: from both ends of each journal, and from nothing between them.

use std::fs;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;

use greenlight::facade::archive::{ListedSubject, RunCondition, RunListing, list, newest_unfinished};
use greenlight::facade::checklist::{Changes, ChecklistId, Sha};
use greenlight::facade::journal::disk::RealDisk;
use greenlight::facade::journal::{Folder, Holder, Journal, RunId, verify};
use greenlight::facade::run::verdict::cut_off;
use greenlight::facade::run::{
    ApplyGivenUp, Attempt, Event, Finding, FoundSubject, Mode, Moment, Purpose, Session, ShellEnd, Stamped,
    Trigger, Verdict, VerdictReason, Who,
};

const CHECKLIST: &[u8] = b"format = 1\n";
/// A journal of this many bytes is long beside what a list may read of it.
const MUCH: usize = 8 << 20;
/// What a list may read of one run: the two ends, and some notes of the system's own.
const LITTLE: u64 = 256 << 10;

fn who() -> Who {
    Who { user: "CONTOSO\\ana".into(), host: "SRV01".into(), ..Who::default() }
}

fn stamped(event: Event) -> Stamped {
    Stamped { at: Moment { wall: 1_795_400_100_000, mono: 1 }, event }
}

fn begun() -> Event {
    Event::Begun {
        checklist: "own".into(),
        version: "1".into(),
        sha256: Sha::of(CHECKLIST),
        mode: Mode::Rehearsal("default".into()),
        by: who(),
        greenlight: "0.1.0".into(),
    }
}

fn long(bytes: usize) -> Event {
    Event::WriteFailed { why: "x".repeat(bytes) }
}

fn new_folder(data: &Path, wall: i64) -> Folder {
    Folder::create(data, &RunId::new(wall, &ChecklistId::from("own")), Arc::new(RealDisk)).unwrap()
}

/// A run of these events, closed.
fn run(data: &Path, wall: i64, events: impl IntoIterator<Item = Event>) -> Folder {
    let folder = new_folder(data, wall);
    let mut journal = Journal::create(folder.clone(), CHECKLIST, Holder::this_process(who(), 0)).unwrap();
    for event in events {
        journal.append(&stamped(event)).unwrap();
    }
    folder
}

/// A long run: its beginning, much between, and its end.
fn long_run(data: &Path, wall: i64, end: impl IntoIterator<Item = Event>) -> Folder {
    const RECORD: usize = 30_000;
    let between = (0..MUCH / RECORD).map(|_| long(RECORD));
    run(data, wall, std::iter::once(begun()).chain(between).chain(end))
}

fn only(data: &Path) -> RunCondition {
    let runs = list(data).unwrap();
    assert_eq!(runs.len(), 1);
    assert_eq!((runs[0].checklist.as_str(), runs[0].scenario.as_deref()), ("own", Some("default")));
    runs[0].condition
}

/// How many bytes this thread has read of files, where the system counts them.
fn read_by_this_thread() -> Option<u64> {
    let counters = fs::read_to_string("/proc/thread-self/io").ok()?;
    counters.lines().find_map(|line| line.strip_prefix("rchar: ")?.parse().ok())
}

#[test]
fn runs_are_listed_newest_first_each_with_its_condition() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path().join("not/there/yet");
    assert!(list(&data).unwrap().is_empty(), "no data folder is no runs");
    let first = run(&data, 1_795_400_100_000, [begun()]);
    assert_eq!(first.run().as_str(), "20261123T021500Z-own");
    let second = run(&data, 1_795_400_100_000, [begun(), long(9)]);
    assert_eq!(second.run().as_str(), "20261123T021500Z-own-2");
    let bytes = fs::read(second.journal()).unwrap();
    fs::write(second.journal(), &bytes[..bytes.len() - 3]).unwrap();
    let third = new_folder(&data, 1_795_400_160_000);
    fs::write(third.journal(), "nonsense\n").unwrap();
    let fourth =
        run(&data, 1_795_400_170_000, [begun(), Event::Sealed { files: Vec::new(), subjects: Vec::new() }]);
    let fifth = run(&data, 1_795_400_180_000, []);
    fs::create_dir(data.join("something else")).unwrap();
    fs::write(data.join("config.toml"), "").unwrap();
    let found: Vec<_> = list(&data).unwrap().into_iter().map(|run| (run.id, run.condition)).collect();
    let expected = [
        (&fifth, RunCondition::NeverBegan),
        (&fourth, RunCondition::Sealed),
        (&third, RunCondition::Damaged),
        (&second, RunCondition::Unfinished),
        (&first, RunCondition::Unfinished),
    ];
    assert_eq!(found, expected.map(|(folder, condition)| (folder.run(), condition)));
    assert_eq!(newest_unfinished(&data).unwrap().unwrap().run(), second.run());
}

#[test]
fn a_list_reads_both_ends_of_a_long_journal_and_nothing_between() {
    for (end, condition) in [
        (vec![], RunCondition::Unfinished),
        (vec![Event::Sealed { files: Vec::new(), subjects: Vec::new() }], RunCondition::Sealed),
    ] {
        let data = tempfile::tempdir().unwrap();
        let folder = long_run(data.path(), 1_795_400_100_000, end);
        let length = fs::metadata(folder.journal()).unwrap().len();
        assert!(length > LITTLE * 16);
        let before = read_by_this_thread();
        assert_eq!(only(data.path()), condition);
        match before.zip(read_by_this_thread()) {
            Some((before, after)) => assert!(after - before < LITTLE, "{} bytes were read", after - before),
            None => eprintln!("SKIPPED in part: this system does not count what a thread reads"),
        }
        // Whoever reads nothing there sees no damage there; whoever says that a run is whole, or goes on with it, does.
        let mut bytes = fs::read(folder.journal()).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(folder.journal(), &bytes).unwrap();
        assert_eq!(only(data.path()), condition);
        assert!(newest_unfinished(data.path()).unwrap().is_none());
        assert!(verify::<Stamped>(&folder, |_| Vec::new(), None).is_err());
    }
}

fn found(name: &str) -> Vec<FoundSubject> {
    vec![FoundSubject { scope: Changes::Tenant, name: name.into(), id: format!("id-of-{name}") }]
}

fn resumed(name: &str) -> Event {
    Event::Resumed {
        by: who(),
        greenlight: "0.1.0".into(),
        greenlight_sha256: None,
        format: None,
        subjects: found(name),
    }
}

fn ended(name: &str) -> Event {
    let session = Session(NonZeroU32::MIN);
    Event::ShellEnded { session, end: ShellEnd::Closed, subjects: found(name) }
}

#[test]
fn a_list_names_what_each_run_was_done_to_as_its_ends_have_it() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path();
    let mut wall = 1_795_400_100_000;
    let mut add = |events: Vec<Event>| {
        wall += 60_000;
        run(data, wall, std::iter::once(begun()).chain(events))
    };
    let much = || (0..MUCH / 30_000).map(|_| long(30_000));
    add(vec![]);
    add(vec![resumed("Contoso"), ended("Fabrikam")]);
    // A run that crashed has said nothing since.
    add(std::iter::once(resumed("Contoso")).chain(much()).collect());
    add(much().chain([ended("Contoso"), resumed("Fabrikam"), long(9)]).collect());
    add(vec![ended("Contoso"), Event::Sealed { files: Vec::new(), subjects: found("Fabrikam") }]);
    let before = read_by_this_thread();
    let runs = list(data).unwrap();
    if let Some((before, after)) = before.zip(read_by_this_thread()) {
        assert!(after - before < LITTLE * 5, "{} bytes were read", after - before);
    }
    let names: Vec<_> = runs.iter().rev().map(named).collect();
    // Of what lies between the ends nobody knows whom it names.
    assert_eq!(names, ["", "Fabrikam", "", "Fabrikam, once", "Fabrikam"]);
}

/// What a run is listed with: the names, and which of them were only so once.
fn named(run: &RunListing) -> String {
    let once = |known: &ListedSubject| if known.sure { "" } else { ", once" };
    let names = run.subjects.iter().map(|known| format!("{}{}", known.found.name, once(known)));
    names.collect::<Vec<_>>().join(" ")
}

/// A check that begins and ends: of one subject, or of none that it names.
fn checked(number: u32, step: &str, reason: VerdictReason, name: Option<&str>) -> [Event; 2] {
    let attempt = Attempt(NonZeroU32::new(number).unwrap());
    let started = Event::Started {
        attempt,
        step: step.into(),
        purpose: Purpose::Check,
        command: "1".into(),
        session: Session(NonZeroU32::MIN),
        trigger: Trigger::Asked,
        before: None,
    };
    let subject = name.map(|name| Box::new(found(name).remove(0)));
    let finding = Finding { subject, ..cut_off(Verdict::Green, reason, Vec::new(), 1) };
    [started, Event::Checked { attempt, finding, transcript: None }]
}

fn planned(name: &str) -> Event {
    Event::ApplyPlanned { step: "set".into(), subject: found(name).pop(), checks: Vec::new(), before: None }
}

#[test]
fn a_list_names_the_last_that_was_found_and_says_where_that_may_be_over() {
    let met = || VerdictReason::Met;
    let several =
        || VerdictReason::SubjectUnclear { scope: Changes::Tenant, names: vec!["A".into(), "B".into()] };
    let changed = || ApplyGivenUp::SubjectChanged { subject: found("Fabrikam").remove(0) };
    let contoso = || checked(1, "tenant", met(), Some("Contoso")).to_vec();
    let and = |before: Vec<Event>, more: &[Event]| [before, more.to_vec()].concat();
    let runs = [
        // Another one was found, and changed, since it was resumed; it was cut off.
        (and(vec![resumed("Contoso")], &checked(1, "tenant", met(), Some("Fabrikam"))), "Fabrikam"),
        (vec![resumed("Contoso"), planned("Fabrikam"), long(9)], "Fabrikam, once"),
        // In the first session nothing but the check and the apply names it.
        (and(contoso(), &[planned("Contoso"), long(9)]), "Contoso, once"),
        // The check could not tell: what ends the session names the last again.
        (
            and(contoso(), &and(checked(2, "tenant", several(), None).to_vec(), &[ended("Contoso")])),
            "Contoso, once",
        ),
        (
            and(
                contoso(),
                &and(checked(2, "tenant", VerdictReason::Failed, None).to_vec(), &[ended("Contoso")]),
            ),
            "Contoso, once",
        ),
        // Another step names none, and need not.
        (and(contoso(), &and(checked(2, "other", met(), None).to_vec(), &[ended("Contoso")])), "Contoso"),
        // One that could tell again takes the doubt away.
        (
            and(checked(1, "tenant", several(), None).to_vec(), &and(contoso(), &[ended("Contoso")])),
            "Contoso",
        ),
        (and(contoso(), &[Event::ApplyGivenUp { step: "set".into(), why: changed() }]), "Fabrikam"),
        (
            and(
                contoso(),
                &[
                    Event::ApplyGivenUp {
                        step: "set".into(),
                        why: ApplyGivenUp::SubjectUnknown { scope: Changes::Tenant },
                    },
                    ended("Contoso"),
                ],
            ),
            "Contoso, once",
        ),
    ];
    for (events, wanted) in runs {
        let data = tempfile::tempdir().unwrap();
        run(data.path(), 1_795_400_100_000, std::iter::once(begun()).chain(events.clone()));
        assert_eq!(named(&list(data.path()).unwrap()[0]), wanted, "{events:?}");
    }
}

#[test]
fn what_is_wrong_with_the_end_of_a_long_journal_is_seen() {
    let data = tempfile::tempdir().unwrap();
    let folder = long_run(
        data.path(),
        1_795_400_100_000,
        [long(9), Event::Sealed { files: Vec::new(), subjects: Vec::new() }],
    );
    let whole = fs::read(folder.journal()).unwrap();
    fs::write(folder.journal(), &whole[..whole.len() - 3]).unwrap();
    assert_eq!(only(data.path()), RunCondition::Unfinished, "the seal was cut off");
    for wrong in [1, 20, 100, 40_000] {
        let mut bytes = whole.clone();
        let at = bytes.len() - 1 - wrong;
        bytes[at] ^= 1;
        fs::write(folder.journal(), &bytes).unwrap();
        assert_eq!(only(data.path()), RunCondition::Damaged, "{wrong} bytes before the end");
    }
    // A record taken out leaves a gap in the chain.
    let text = String::from_utf8(whole).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (last, rest) = lines.split_last().unwrap();
    fs::write(folder.journal(), format!("{}{last}", rest[..rest.len() - 1].concat())).unwrap();
    assert_eq!(only(data.path()), RunCondition::Damaged);
}

#[test]
fn where_the_ends_do_not_tell_all_is_read() {
    let data = tempfile::tempdir().unwrap();
    let folder = long_run(data.path(), 1_795_400_100_000, [long(200_000)]);
    assert_eq!(
        only(data.path()),
        RunCondition::Unfinished,
        "the last record is longer than what is looked at"
    );
    let mut bytes = fs::read(folder.journal()).unwrap();
    bytes[MUCH / 2] ^= 1;
    fs::write(folder.journal(), &bytes).unwrap();
    assert_eq!(only(data.path()), RunCondition::Damaged);
}
