use std::io::{Seek as _, Write as _};

use super::PipeLines;

fn lines(bytes: &[u8]) -> PipeLines {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    PipeLines { pipe: Some(file), ..PipeLines::new() }
}

#[test]
fn lines_come_without_their_ends_and_whatever_their_length() {
    let long = "é".repeat(10_000);
    let mut lines = lines(format!("one\r\n\n{long}\nlast").as_bytes());
    for wanted in ["one", "", &long, "last"] {
        assert_eq!(lines.next().as_deref(), Some(wanted));
    }
    assert_eq!((lines.next(), lines.next()), (None, None));
}

#[test]
fn a_line_that_is_no_text_ends_nothing_but_itself() {
    let mut lines = lines(b"\xFF\xFE\nnext\n");
    assert_eq!(lines.next(), None);
    assert_eq!(lines.next().as_deref(), Some("next"));
}

#[test]
fn what_was_taken_is_wiped() {
    let mut lines = lines(b"canary-1\ncanary-2\n");
    assert_eq!(lines.next().as_deref(), Some("canary-1"));
    assert!(lines.chunk.starts_with(b"\0\0\0\0\0\0\0\0\0canary-2\n"), "what was not taken is still there");
    assert_eq!(lines.next().as_deref(), Some("canary-2"));
    assert!(lines.chunk.iter().all(|byte| *byte == 0));
}
