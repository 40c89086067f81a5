//! Files that nobody wrote: whatever they hold, reading them ends well.

use super::*;

fn built_in() -> &'static [u8] {
    builtin::find("lync-online-to-lync-2013").unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// Whatever happens to the bytes, reading ends with a checklist or with mistakes that have a place in the file.
    #[test]
    fn reading_never_panics(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..12)) {
        let mut bytes = built_in().to_vec();
        for (index, byte, kind) in edits {
            let at = index.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 if bytes.len() > 1 => { bytes.remove(at); }
                _ => bytes.truncate(at.max(1)),
            }
        }
        if let Err(mistakes) = read(&bytes) {
            prop_assert!(!mistakes.is_empty());
            let lines = bytes.split(|byte| *byte == b'\n').count();
            for mistake in mistakes {
                prop_assert!((1..=lines).contains(&mistake.line) && mistake.column >= 1, "{mistake:?}");
            }
        }
    }

    /// A line that is taken out, doubled or swapped gives a checklist or mistakes, and what reads also lints.
    #[test]
    fn whole_lines_may_move(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let text = std::str::from_utf8(built_in()).unwrap_or_default();
        let mut lines: Vec<&str> = text.lines().collect();
        let line = lines.remove(from.index(lines.len()));
        let moved = lines.clone();
        lines.insert(to.index(lines.len()), line);
        for lines in [lines, moved] {
            if let Ok(checklist) = read(lines.join("\n").as_bytes()) {
                greenlight::facade::checklist::lint(&checklist);
            }
        }
    }

    #[test]
    fn a_length_of_time_is_read_back_as_written(seconds in 0_u64..=3650 * 86_400) {
        let span = Span(Duration::from_secs(seconds));
        prop_assert_eq!(span.to_string().parse::<Span>(), Ok(span));
    }
}
