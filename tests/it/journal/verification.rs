//! What verification finds, and what the handoff leaves for it.

use super::faulty_disk::{FAULTS, FaultyDisk};
use super::*;

/// Records of a transcript and of a file of the handoff, and the code after the second.
fn three_records(folder: &Folder) -> (FileDigest, FileDigest, HeadCode) {
    let (mut journal, _, _) = reopen(folder).unwrap();
    let mut transcript = Transcript::create(folder, &StepId::from("one"), attempt(1)).unwrap();
    transcript.push(0, &line(Stream::Output, "hello")).unwrap();
    let digest = transcript.finish().unwrap();
    journal.append(&note(1)).unwrap();
    journal.append(&Note { file: Some(digest.clone()), ..note(2) }).unwrap();
    let code = journal.head().code();
    let handoff = folder.write_handoff(&[("manifest.json".into(), b"{}".to_vec())]).unwrap();
    journal.append(&Note { file: Some(handoff[0].clone()), ..note(3) }).unwrap();
    (digest, handoff[0].clone(), code)
}

#[test]
fn verification_finds_what_was_done_to_files_and_what_the_head_code_shows() {
    let (dir, folder) = written(0);
    let (digest, handoff, code) = three_records(&folder);

    let check =
        |code: Option<HeadCode>| verify(&folder, |note: &Note| note.file.clone().into_iter().collect(), code);
    let good = check(Some(code)).unwrap();
    assert_eq!((good.head.seq, good.files, good.since_code), (3, 3, Some(1)));
    assert_eq!(check(None).unwrap().since_code, None);

    assert_is_read_as_people_copy_it(code);

    let with = |path: &Path, change: &dyn Fn(&mut Vec<u8>), code: Option<HeadCode>| {
        let good = fs::read(path).unwrap();
        let mut bytes = good.clone();
        change(&mut bytes);
        fs::write(path, &bytes).unwrap();
        let found = check(code);
        fs::write(path, good).unwrap();
        found.unwrap_err()
    };
    let kept = dir.path().join(&digest.file);
    for at in 0..fs::read(&kept).unwrap().len() {
        let problems = with(&kept, &|bytes| bytes[at] ^= 1, None);
        assert!(
            matches!(&problems[..], [Problem::File { record: 2, fault: FileFault::Content, .. }]),
            "{problems:?}"
        );
    }
    let problems = with(&kept, &|bytes| bytes.truncate(3), None);
    assert!(
        matches!(&problems[..], [Problem::File { fault: FileFault::Length { found: 3 }, .. }]),
        "{problems:?}"
    );
    let problems = with(&folder.checklist(), &|bytes| bytes.push(b' '), None);
    assert!(matches!(&problems[..], [Problem::File { record: 0, .. }]), "{problems:?}");
    let problems = with(&dir.path().join(&handoff.file), &|bytes| bytes[0] = b'[', None);
    assert!(matches!(&problems[..], [Problem::File { record: 3, .. }]), "{problems:?}");

    // Cut after a whole record: the chain cannot show it, the code does.
    let ends = line_ends(&fs::read(folder.journal()).unwrap());
    let problems = with(&folder.journal(), &|bytes| bytes.truncate(ends[1]), Some(code));
    assert!(
        matches!(&problems[..], [Problem::Head { fault: HeadFault::Shorter { last: 1 }, .. }]),
        "{problems:?}"
    );
    // Written anew with a chain of its own.
    let (_other_dir, other) = written(3);
    let problems = verify(&other, |_: &Note| vec![], Some(code)).unwrap_err();
    assert!(matches!(&problems[..], [Problem::Head { fault: HeadFault::Differs, .. }]), "{problems:?}");
    // A file that is gone.
    fs::remove_file(&kept).unwrap();
    let problems = check(None).unwrap_err();
    assert!(matches!(&problems[..], [Problem::File { fault: FileFault::Unreadable(_), .. }]), "{problems:?}");
}

fn assert_is_read_as_people_copy_it(code: HeadCode) {
    let typed = code.to_string().to_lowercase().replace('-', " ").replacen(' ', "-", 1);
    assert_eq!(typed.parse::<HeadCode>().unwrap(), code, "{typed}");
    for wrong in
        ["", "2", "2-", "2-ABCD", "x-7ZJ4-9MQX-C0TB-HW2E", "2-7ZJ4-9MQX-C0TB-HW2EE", "2-UZJ4-9MQX-C0TB-HW2E"]
    {
        wrong.parse::<HeadCode>().unwrap_err();
    }
}

#[test]
fn a_journal_cannot_lead_verification_out_of_its_folder() {
    let (_dir, folder) = written(1);
    for name in ["../journal.jsonl", "/etc/passwd", "", "a/../../b", "C:\\x", "a\\..\\b", "."] {
        let file = FileDigest { file: name.into(), sha256: Sha::of(b""), bytes: 0, left_out: None };
        let problems = verify(&folder, |_: &Note| vec![file.clone()], None).unwrap_err();
        assert!(
            matches!(&problems[..], [Problem::File { fault: FileFault::Outside, .. }]),
            "{name}: {problems:?}"
        );
    }
}

#[test]
fn the_handoff_is_written_whole_or_not_at_all() {
    let names =
        [("start.ps1".to_owned(), vec![b'x'; 5_000]), ("manifest.json".to_owned(), vec![b'y'; 5_000])];
    let dry = FaultyDisk::default();
    let dir = tempfile::tempdir().unwrap();
    let digests = Folder::on(Arc::new(dry.clone()), dir.path()).write_handoff(&names).unwrap();
    assert_eq!(digests[1].sha256, Sha::of(&names[1].1));
    let actions = dry.plan().actions;
    for at in 0..actions {
        for fault in FAULTS {
            let dir = tempfile::tempdir().unwrap();
            let disk = FaultyDisk::with([at], fault);
            let _any = Folder::on(Arc::new(disk), dir.path()).write_handoff(&names);
            for (name, bytes) in &names {
                match fs::read(dir.path().join("handoff").join(name)) {
                    Ok(found) => assert_eq!(found, *bytes, "action {at}: {fault:?}"),
                    Err(error) => assert_eq!(error.kind(), io::ErrorKind::NotFound),
                }
            }
            Folder::at(dir.path()).write_handoff(&names).unwrap();
        }
    }
}
