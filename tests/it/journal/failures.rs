//! A disk that fails at every write, flush and moment of a recovery.

use super::faulty_disk::{FAULTS, Fault, FaultyDisk};
use super::*;

/// What a life of a journal on a failing disk came to.
#[derive(Debug, Default)]
struct Life {
    acknowledged: Vec<Note>,
    tried: Option<Note>,
}

/// Writes 4 events, repairing as long as there is any hope.
fn live(folder: Folder, disk: &FaultyDisk) -> Life {
    let mut life = Life::default();
    let Ok(mut journal) = Journal::create(folder, CHECKLIST, me()) else { return life };
    for event in notes(4) {
        life.tried = Some(event.clone());
        while let Err(error) = journal.append(&event) {
            assert!(matches!(error, JournalError::Io { .. }), "{error:?}");
            assert!(
                matches!(journal.append(&event), Err(JournalError::Broken)),
                "nothing follows a half record"
            );
            while let Err(error) = journal.repair() {
                if disk.plan().killed {
                    return life;
                }
                assert!(matches!(error, JournalError::Io { .. }), "{error:?}");
                assert!(journal.is_broken());
            }
        }
        life.acknowledged.push(event);
        life.tried = None;
    }
    life
}

#[test]
fn a_failure_at_every_write_and_flush_loses_nothing_that_was_acknowledged() {
    let dry = FaultyDisk::default();
    let dir = tempfile::tempdir().unwrap();
    live(Folder::on(Arc::new(dry.clone()), dir.path()), &dry);
    let actions = dry.plan().actions;
    assert!(actions >= 8 + 8, "{actions}");
    for at in 0..actions {
        for fault in FAULTS {
            for length in [1, 3] {
                let disk = FaultyDisk::with(at..at + length, fault);
                let dir = tempfile::tempdir().unwrap();
                let life = live(Folder::on(Arc::new(disk.clone()), dir.path()), &disk);
                let case = format!("action {at}, {length} times {fault:?}: {life:?}");
                if !disk.plan().killed && !life.acknowledged.is_empty() {
                    assert_eq!(life.acknowledged, notes(4), "{case}");
                }
                match reopen(&Folder::at(dir.path())) {
                    Ok((_, events, _)) => {
                        let mut with_tried = life.acknowledged.clone();
                        with_tried.extend(life.tried.clone());
                        assert!(events == life.acknowledged || events == with_tried, "{case}: {events:?}");
                        let whole = read::<Note>(&Folder::at(dir.path())).unwrap();
                        assert_eq!(whole.condition, Condition::Whole, "{case}");
                    }
                    Err(JournalError::NeverBegan { .. }) => assert!(life.acknowledged.is_empty(), "{case}"),
                    Err(other) => panic!("{case}: {other:?}"),
                }
            }
        }
    }
}

#[test]
fn a_failure_at_every_moment_of_a_recovery_can_be_recovered_from() {
    let (_dir, source) = written(2);
    let mut torn = fs::read(source.journal()).unwrap();
    torn.truncate(torn.len() - 20);
    let attempt = |disk: &FaultyDisk| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("journal.jsonl"), &torn).unwrap();
        let first = Journal::open::<Note>(Folder::on(Arc::new(disk.clone()), dir.path()), me()).map(|_| ());
        let (_, events, _) = reopen(&Folder::at(dir.path())).unwrap();
        assert_eq!(events, notes(1));
        first
    };
    let dry = FaultyDisk::default();
    attempt(&dry).unwrap();
    let actions = dry.plan().actions;
    for at in 0..actions {
        for fault in FAULTS {
            let _any = attempt(&FaultyDisk::with([at], fault));
        }
    }
}

#[test]
fn a_repair_refuses_to_cut_away_what_somebody_else_wrote() {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::default();
    let mut journal =
        Journal::create(Folder::on(Arc::new(disk.clone()), dir.path()), CHECKLIST, me()).unwrap();
    journal.append(&note(1)).unwrap();
    let next = disk.plan().actions;
    disk.plan().faults = Some(([next].into(), Fault::Error));
    journal.append(&note(2)).unwrap_err();
    let path = journal.folder().journal();
    let mine = fs::read(&path).unwrap();
    fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .unwrap()
        .write_all(b"{\"seq\":2,\"prev\":\"other")
        .unwrap();
    assert!(matches!(journal.repair(), Err(JournalError::Changed { .. })));
    fs::write(&path, &mine[..mine.len() - 1]).unwrap();
    assert!(matches!(journal.repair(), Err(JournalError::Changed { .. })), "a record is gone");
    fs::write(&path, &mine).unwrap();
    journal.repair().unwrap();
    journal.append(&note(2)).unwrap();
    assert_eq!(read::<Note>(journal.folder()).unwrap().events, notes(2));
}
