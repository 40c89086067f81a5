use super::*;

fn lines(chunks: &[&[u8]]) -> Vec<String> {
    let mut lines = LineSplitter::default();
    let mut told = Vec::new();
    for chunk in chunks {
        lines.feed(chunk, |line| told.push(line));
    }
    told.extend(lines.finish());
    told
}

#[test]
fn lines_are_found_across_chunks() {
    assert_eq!(lines(&[b"on", b"e\r", b"\ntwo\n\nfo", b"ur"]), ["one", "two", "", "four"]);
    assert_eq!(lines(&[b"", b"\n"]), [""]);
    assert_eq!(lines(&[b"caf\xc3", b"\xa9 \xff\n"]), ["caf\u{e9} \u{fffd}"]);
}

#[test]
fn a_line_without_an_end_is_not_kept_for_ever() {
    let told = lines(&[&vec![b'x'; LONGEST * 3 + 1]]);
    assert_eq!(told.iter().map(String::len).collect::<Vec<_>>(), [LONGEST, LONGEST, LONGEST, 1]);
}

#[test]
fn a_piece_ends_between_characters() {
    for character in ["é", "€", "𝄞"] {
        for before in 0..4 {
            let text = format!("{}{}", "x".repeat(LONGEST - before), character.repeat(3));
            let told = lines(&[text.as_bytes()]);
            assert_eq!(told.concat(), text);
        }
    }
    let broken = [vec![b'x'; LONGEST - 1], vec![0xC3, 0xC3]].concat();
    assert_eq!(lines(&[&broken]).concat(), format!("{}\u{fffd}\u{fffd}", "x".repeat(LONGEST - 1)));
}
