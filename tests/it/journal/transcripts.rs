//! Transcripts beside the journal.

use super::faulty_disk::{Fault, FaultyDisk};
use super::*;

#[test]
fn a_transcript_keeps_every_line_in_order_and_its_digest_is_that_of_the_file() {
    let (dir, folder) = written(0);
    let step = StepId::from("tenant-session");
    let mut transcript = Transcript::create(&folder, &step, attempt(7)).unwrap();
    for number in 0..20_000 {
        let stream = if number % 2 == 0 { Stream::Output } else { Stream::Noise };
        transcript.push(number, &line(stream, format!("{number} \u{1b}[31m \u{0} ñ"))).unwrap();
    }
    let digest = transcript.finish().unwrap();
    assert_eq!(digest.file, "transcript/tenant-session-7.jsonl");
    let bytes = fs::read(dir.path().join(&digest.file)).unwrap();
    assert_eq!((digest.bytes, digest.sha256), (bytes.len() as u64, Sha::of(&bytes)));
    let text = String::from_utf8(bytes).unwrap();
    for (number, line) in text.lines().enumerate() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["t"], number);
    }
    assert_eq!(text.lines().count(), 20_000);
    assert_eq!(text.lines().nth(1).unwrap(), r#"{"t":1,"s":"noise","x":"1 \u001b[31m \u0000 ñ"}"#);
    let last = tail(&folder, &digest, 20).unwrap();
    assert_eq!(last.iter().map(|kept| kept.at).collect::<Vec<_>>(), (19_980..20_000).collect::<Vec<_>>());
    let outside = FileDigest { file: "../journal.jsonl".into(), ..digest };
    assert!(matches!(tail(&folder, &outside, 1), Err(FileFault::Outside)));
    let again = Transcript::create(&folder, &step, attempt(7)).unwrap().finish().unwrap();
    assert_eq!(again.file, "transcript/tenant-session-7.2.jsonl", "nothing is overwritten");
}

#[test]
fn a_transcript_goes_on_after_a_write_that_failed() {
    let dir = tempfile::tempdir().unwrap();
    let plain = Folder::at(dir.path());
    for fault in [Fault::Error, Fault::Short(0), Fault::Short(11)] {
        let disk = FaultyDisk::default();
        let folder = Folder::on(Arc::new(disk.clone()), dir.path());
        let mut transcript = Transcript::create(&folder, &StepId::from("step"), attempt(1)).unwrap();
        let next = disk.plan().actions;
        disk.plan().faults = Some(((next..next + 3).collect(), fault));
        let mut failures = 0;
        for number in 0..9_000 {
            failures += u32::from(transcript.push(number, &line(Stream::Output, "x".repeat(40))).is_err());
        }
        let digest = loop {
            match transcript.finish() {
                Ok(digest) => break digest,
                Err(_) => failures += 1,
            }
        };
        assert_eq!(failures > 0, !matches!(fault, Fault::Short(11)), "{fault:?}");
        let bytes = fs::read(plain.path().join(&digest.file)).unwrap();
        assert_eq!((digest.bytes, digest.sha256), (bytes.len() as u64, Sha::of(&bytes)), "{fault:?}");
    }
}

#[test]
fn rows_that_no_record_has_room_for_lie_in_a_file_that_one_vouches_for() {
    let (dir, folder) = written(0);
    let step = StepId::from("replica");
    let row = |number: u64, key: Option<&str>| FailingRow {
        row: number,
        key: key.map(str::to_owned),
        property: "UpToDate".to_owned(),
        expected: "is True".to_owned(),
        found: "False".to_owned(),
    };
    let mut rows = RowsFile::create(&folder, &step, attempt(7)).unwrap();
    rows.push(&row(1001, Some("edge\u{1b}01"))).unwrap();
    rows.push(&row(1002, None)).unwrap();
    let digest = rows.finish().unwrap();
    assert_eq!(digest.file, "rows/replica-7.jsonl");
    let text = fs::read_to_string(dir.path().join(&digest.file)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            r#"{"row":1001,"key":"edge\u001b01","property":"UpToDate","expected":"is True","found":"False"}"#,
            r#"{"row":1002,"property":"UpToDate","expected":"is True","found":"False"}"#,
        ]
    );
    assert_eq!((digest.bytes, digest.sha256), (text.len() as u64, Sha::of(text.as_bytes())));
    let again = RowsFile::create(&folder, &step, attempt(7)).unwrap().finish().unwrap();
    assert_eq!(again.file, "rows/replica-7.2.jsonl", "nothing is overwritten");
}
