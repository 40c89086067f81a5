use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone, PartialEq)]
enum Got {
    Noise(Vec<u8>),
    Packet(Packet),
}

fn read(chunks: &[&[u8]]) -> Vec<Got> {
    let mut out: Vec<Got> = Vec::new();
    let mut take = |piece: Piece<'_>| match (piece, out.last_mut()) {
        (Piece::Noise(bytes), Some(Got::Noise(last))) => last.extend_from_slice(bytes),
        (Piece::Noise(bytes), _) => out.push(Got::Noise(bytes.to_vec())),
        (Piece::Packet(packet, raw), _) => {
            assert!(raw.starts_with(b"<") && raw.ends_with(b">"));
            out.push(Got::Packet(packet));
        }
    };
    let mut reader = LineReader::default();
    for chunk in chunks {
        reader.feed(chunk, &mut take);
    }
    reader.finish(&mut take);
    out
}

fn id() -> Guid {
    "2ab32a6e-e0de-4bd8-a577-ee376854c30b".parse().expect("a GUID")
}

const DATA: &str = "<Data Stream='Default' PSGuid='2ab32a6e-e0de-4bd8-a577-ee376854c30b'>aGk=</Data>";

fn data() -> Got {
    Got::Packet(Packet::Data { to: id(), fragments: b"hi".to_vec() })
}

fn noise(text: &str) -> Got {
    Got::Noise(text.as_bytes().to_vec())
}

#[test]
fn packets_of_every_kind_are_read() {
    for (name, packet) in [
        ("DataAck", Packet::DataAck(id())),
        ("CommandAck", Packet::CommandAck(id())),
        ("CloseAck", Packet::CloseAck(id())),
        ("SignalAck", Packet::SignalAck(id())),
    ] {
        for quote in ['\'', '"'] {
            let line = format!("<{name} PSGuid={quote}{}{quote} />\r\n", id());
            assert_eq!(read(&[line.as_bytes()]), [Got::Packet(packet.clone())]);
        }
    }
    assert_eq!(read(&[DATA.as_bytes(), b"\n"]), [data()]);
}

#[test]
fn noise_around_packets_is_told_to_the_byte() {
    for (text, expected) in [
        (format!("abc{DATA}\n"), vec![noise("abc"), data()]),
        (format!("<Data {DATA}\n"), vec![noise("<Data "), data()]),
        (format!("{DATA}{DATA}\n"), vec![data(), data()]),
        (format!("{DATA}abc\n"), vec![data(), noise("abc\n")]),
        (format!("a\n\nb\n{DATA}\n"), vec![noise("a\n\nb\n"), data()]),
        ("\n".to_owned(), vec![noise("\n")]),
        (format!("{DATA}\n\n"), vec![data(), noise("\n")]),
        (
            "<Data Stream='Default' PSGuid='x'>aGk=</Data>\n".to_owned(),
            vec![noise("<Data Stream='Default' PSGuid='x'>aGk=</Data>\n")],
        ),
        (DATA.replace("aGk=", "aG*k="), vec![Got::Noise(DATA.replace("aGk=", "aG*k=").into_bytes())]),
        ("half".to_owned(), vec![noise("half")]),
    ] {
        assert_eq!(read(&[text.as_bytes()]), expected, "{text}");
    }
}

#[test]
fn a_line_without_end_is_noise_in_bounded_memory() {
    let mut reader = LineReader::default();
    let mut noise = 0;
    for _ in 0..200 {
        reader.feed(&vec![b'<'; 1 << 16], |piece| match piece {
            Piece::Noise(bytes) => noise += bytes.len(),
            Piece::Packet(..) => panic!("there is none"),
        });
        assert!(reader.partial.len() <= LONGEST);
    }
    reader.finish(|piece| match piece {
        Piece::Noise(bytes) => noise += bytes.len(),
        Piece::Packet(..) => panic!("there is none"),
    });
    assert_eq!(noise, 200 << 16);
}

proptest! {
    #[test]
    fn chunks_make_no_difference(parts in proptest::collection::vec(part(), 0..12), cuts in any::<[usize; 6]>()) {
        let text = parts.concat();
        let whole = read(&[text.as_bytes()]);
        let mut cuts = cuts.map(|cut| cut % (text.len() + 1));
        cuts.sort_unstable();
        let mut chunks = Vec::new();
        let mut rest = text.as_bytes();
        let mut at = 0;
        for cut in cuts {
            let (head, tail) = rest.split_at(cut - at);
            chunks.push(head);
            rest = tail;
            at = cut;
        }
        chunks.push(rest);
        prop_assert_eq!(read(&chunks), whole);
    }

    #[test]
    fn no_byte_is_lost(parts in proptest::collection::vec(part(), 0..12)) {
        // Every byte is in a packet, in noise, or is the end of a packet's line.
        let text = parts.concat();
        let mut told = 0;
        let mut reader = LineReader::default();
        let mut count = |piece: Piece<'_>| match piece {
            Piece::Noise(bytes) | Piece::Packet(_, bytes) => told += bytes.len(),
        };
        reader.feed(text.as_bytes(), &mut count);
        reader.finish(&mut count);
        let ends = text.matches('\n').count() + text.matches('\r').count();
        prop_assert!(told <= text.len() && told + ends >= text.len());
    }

    #[test]
    fn any_bytes_are_taken(bytes in any::<Vec<u8>>()) {
        read(&[&bytes]);
    }
}

fn part() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        DATA,
        "<DataAck PSGuid='2ab32a6e-e0de-4bd8-a577-ee376854c30b' />",
        "<Data Stream='Default' PSGuid='2ab32a6e-e0de-4bd8-a577-ee376854c30b'>",
        "</Data>",
        "<Data ",
        "<",
        ">",
        "\n",
        "\r\n",
        "aGk=",
        "noise",
        "é",
    ])
}
