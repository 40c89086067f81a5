//! What comes back of a journal: whole, torn, or changed in any place.

use super::*;

#[test]
fn what_was_appended_comes_back_and_is_continued() {
    let (_dir, folder) = written(3);
    let (mut journal, events, recovery) = reopen(&folder).unwrap();
    assert_eq!((events, recovery), (notes(3), Recovery::Clean));
    assert_eq!(journal.header().checklist, Sha::of(CHECKLIST));
    let head = journal.append(&note(4)).unwrap();
    assert_eq!((head, head.seq), (journal.head(), 4));
    drop(journal);
    let contents = read::<Note>(&folder).unwrap();
    assert_eq!((contents.events, contents.condition, contents.head), (notes(4), Condition::Whole, head));
}

#[test]
fn the_format_is_the_one_documented() {
    let (_dir, folder) = written(1);
    let text = fs::read_to_string(folder.journal()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut prev = "0".repeat(64);
    for (seq, line) in lines.iter().enumerate() {
        let (body, rest) = line.rsplit_once(",\"hash\":\"").unwrap();
        let hash = rest.strip_suffix("\"}").unwrap();
        assert_eq!(hash, Sha::of(body.as_bytes()).to_string(), "the digest covers the bytes before it");
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["seq"], seq);
        assert_eq!(value["prev"], prev.as_str());
        prev = hash.to_owned();
    }
    assert!(lines[0].contains("\"header\":{\"format\":2,\"run\":"), "{}", lines[0]);
    assert_eq!(lines.len(), 2);
}

#[test]
fn every_prefix_gives_the_whole_records_in_it_and_keeps_the_rest_aside() {
    let (dir, folder) = written(4);
    let whole = fs::read(folder.journal()).unwrap();
    let ends = line_ends(&whole);
    for length in 0..=whole.len() {
        fs::write(folder.journal(), &whole[..length]).unwrap();
        let lines = ends.iter().filter(|end| **end <= length).count();
        let opened = reopen(&folder);
        let Some(last) = lines.checked_sub(1) else {
            assert!(matches!(opened, Err(JournalError::NeverBegan { .. })), "{length}: {opened:?}");
            continue;
        };
        let good = ends[last];
        let (journal, events, recovery) = opened.unwrap();
        assert_eq!(events, notes(last as u32), "{length}");
        assert_eq!(fs::read(folder.journal()).unwrap(), &whole[..good]);
        if good == length {
            assert_eq!(recovery, Recovery::Clean);
        } else {
            let Recovery::Quarantined { record, file, bytes } = recovery else {
                panic!("{length}: {recovery:?}")
            };
            assert_eq!((record, bytes), (lines as u64, (length - good) as u64));
            assert_eq!(fs::read(dir.path().join(file)).unwrap(), &whole[good..length]);
        }
        drop(journal);
    }
}

#[test]
fn zeros_that_a_power_cut_left_after_the_last_record_are_a_torn_record() {
    let (_dir, folder) = written(2);
    let mut bytes = fs::read(folder.journal()).unwrap();
    bytes.extend_from_slice(b"{\"seq\":3,");
    bytes.extend_from_slice(&[0; 500]);
    fs::write(folder.journal(), bytes).unwrap();
    let (_, events, recovery) = reopen(&folder).unwrap();
    assert_eq!(events, notes(2));
    assert!(matches!(recovery, Recovery::Quarantined { record: 3, bytes: 509, .. }), "{recovery:?}");
}

#[test]
fn every_flipped_bit_is_damage_of_its_record_and_changes_nothing() {
    let (_dir, folder) = written(3);
    let whole = fs::read(folder.journal()).unwrap();
    let ends = line_ends(&whole);
    for at in 0..whole.len() {
        let expected = ends.iter().position(|end| at < *end).unwrap() as u64;
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << bit;
            fs::write(folder.journal(), &bytes).unwrap();
            match read::<Note>(&folder) {
                Ok(Contents { events, condition: Condition::Damaged { record, .. }, .. }) => {
                    assert_eq!(
                        (record, events),
                        (expected, notes(expected as u32 - 1)),
                        "byte {at} bit {bit}"
                    );
                }
                Err(JournalError::Damaged { record, .. }) => assert_eq!((record, expected), (0, 0)),
                other => panic!("byte {at} bit {bit}: {other:?}"),
            }
            // The rest walks the same way: one bit of each byte will do, and all of those that end a line.
            if bit != at % 8 && whole[at] != b'\n' {
                continue;
            }
            match reopen(&folder) {
                Err(JournalError::Damaged { record, .. }) => {
                    assert_eq!(record, expected, "byte {at} bit {bit}");
                }
                other => panic!("byte {at} bit {bit}: {other:?}"),
            }
            assert_eq!(fs::read(folder.journal()).unwrap(), bytes);
            let problems = verify(&folder, |_: &Note| vec![], None).unwrap_err();
            assert!(
                problems.iter().any(|p| matches!(p, Problem::Record { record, .. } if *record == expected)),
                "{problems:?}"
            );
        }
    }
}

#[test]
fn deleted_swapped_repeated_and_inserted_records_are_found_by_number() {
    let (_dir, folder) = written(5);
    let (_other_dir, other) = written(6);
    let lines = |folder: &Folder| -> Vec<Vec<u8>> {
        let bytes = fs::read(folder.journal()).unwrap();
        bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect()
    };
    let good = lines(&folder);
    let foreign = lines(&other);
    let damaged = |lines: Vec<Vec<u8>>| {
        fs::write(folder.journal(), lines.concat()).unwrap();
        match reopen(&folder) {
            Err(JournalError::Damaged { record, what }) => (record, what),
            other => panic!("{other:?}"),
        }
    };
    for at in 0..good.len() - 1 {
        let number = at as u64;
        let mut deleted = good.clone();
        deleted.remove(at);
        assert_eq!(damaged(deleted), (number, Damage::Sequence { found: number + 1 }));
        let mut swapped = good.clone();
        swapped.swap(at, at + 1);
        assert_eq!(damaged(swapped), (number, Damage::Sequence { found: number + 1 }));
        let mut repeated = good.clone();
        repeated.insert(at, good[at].clone());
        assert_eq!(damaged(repeated), (number + 1, Damage::Sequence { found: number }));
    }
    for (at, stranger) in foreign.iter().enumerate().take(good.len()).skip(1) {
        let mut inserted = good.clone();
        inserted.insert(at, stranger.clone());
        assert_eq!(damaged(inserted), (at as u64, Damage::Link), "a record of another run");
        let mut blank = good.clone();
        blank.insert(at, b"\n".to_vec());
        assert_eq!(damaged(blank), (at as u64, Damage::Form));
    }
}

#[test]
fn a_complete_last_line_is_never_taken_for_a_torn_one() {
    let (_dir, folder) = written(2);
    let mut bytes = fs::read(folder.journal()).unwrap();
    bytes.extend_from_slice(b"{\"seq\":3,\n");
    fs::write(folder.journal(), &bytes).unwrap();
    assert!(matches!(reopen(&folder), Err(JournalError::Damaged { record: 3, what: Damage::Form })));
    let mut junk = fs::read(folder.journal()).unwrap();
    junk.truncate(bytes.len() - 10);
    junk.extend_from_slice(b"what is this");
    fs::write(folder.journal(), &junk).unwrap();
    assert!(
        matches!(reopen(&folder), Err(JournalError::Damaged { record: 3, .. })),
        "no record begins like that"
    );
}

#[test]
fn a_journal_of_a_later_format_is_not_called_damaged() {
    let (_dir, folder) = written(0);
    let body = format!(
        "{{\"seq\":0,\"prev\":\"{}\",\"header\":{{\"format\":3,\"run\":\"r\",\"checklist\":\"{}\",\"more\":1}}",
        "0".repeat(64),
        Sha::of(CHECKLIST)
    );
    fs::write(folder.journal(), format!("{body},\"hash\":\"{}\"}}\n", Sha::of(body.as_bytes()))).unwrap();
    assert!(matches!(reopen(&folder), Err(JournalError::Newer(Newer::Format(3)))));
}

#[test]
fn a_torn_end_is_damage_where_the_handoffs_manifest_names_its_record() {
    let (_dir, folder) = written(4);
    let whole = fs::read(folder.journal()).unwrap();
    let ends = line_ends(&whole);
    let zeroed_from = |record: usize, manifest: u32| {
        let bytes = format!("{{\"head\":{{\"records\":{manifest}}}}}").into_bytes();
        folder.write_handoff(&[("manifest.json".into(), bytes)]).unwrap();
        let mut bytes = whole.clone();
        bytes[ends[record - 1]..].fill(0);
        fs::write(folder.journal(), &bytes).unwrap();
        bytes
    };
    // The manifest was made after record 3: that one was on disk, whatever stands there now.
    let zeroed = zeroed_from(3, 3);
    assert!(matches!(reopen(&folder), Err(JournalError::Damaged { record: 3, .. })));
    assert!(matches!(read::<Note>(&folder).unwrap().condition, Condition::Damaged { record: 3, .. }));
    let problems = verify(&folder, |_: &Note| vec![], None).unwrap_err();
    assert!(matches!(&problems[..], [Problem::Record { record: 3, .. }]), "{problems:?}");
    assert_eq!(fs::read(folder.journal()).unwrap(), zeroed, "nothing is cut away");
    // The seal itself may have been cut off, and so may what came after a handoff that failed.
    for (record, manifest) in [(4, 3), (4, 1)] {
        zeroed_from(record, manifest);
        let (_, events, recovery) = reopen(&folder).unwrap();
        assert_eq!(events, notes(3));
        assert!(matches!(recovery, Recovery::Quarantined { record: 4, .. }), "{recovery:?}");
    }
}

#[test]
fn the_name_of_a_torn_end_never_comes_twice() {
    let (dir, folder) = written(2);
    let mut named = BTreeSet::new();
    for round in 3..8 {
        fs::OpenOptions::new().append(true).open(folder.journal()).unwrap().write_all(&[0; 9]).unwrap();
        let (mut journal, _, recovery) = reopen(&folder).unwrap();
        let Recovery::Quarantined { file, .. } = recovery else { panic!("{recovery:?}") };
        assert!(named.insert(file.clone()), "{file} came twice");
        // The one of this round is not noted, the one of the next is; then both are deleted.
        if round % 2 == 0 {
            journal.append(&note(round)).unwrap();
            journal.append(&note(round)).unwrap();
            for file in &named {
                let _deleted_before = fs::remove_file(dir.path().join(file));
            }
        } else {
            assert!(folder.quarantined().unwrap().iter().any(|kept| kept.file == file));
        }
    }
}

#[test]
fn a_line_that_is_too_long_to_be_ours_is_damage_and_takes_no_memory() {
    let (_dir, folder) = written(2);
    let length = fs::metadata(folder.journal()).unwrap().len();
    let file = fs::OpenOptions::new().write(true).open(folder.journal()).unwrap();
    file.set_len(length + (8 << 30)).unwrap();
    assert!(matches!(read::<Note>(&folder).unwrap().condition, Condition::Damaged { record: 3, .. }));
    file.set_len(length).unwrap();
    let (mut journal, _, _) = reopen(&folder).unwrap();
    let long = Note { text: "x".repeat(65 << 20), ..note(3) };
    assert!(matches!(journal.append(&long), Err(JournalError::Encode(_))));
    journal.append(&note(3)).unwrap();
    assert_eq!(read::<Note>(&folder).unwrap().events, notes(3));
}
