use std::num::NonZeroU32;

use super::TranscriptView;
use crate::checklist::StepId;
use crate::journal::{Folder, Transcript};
use crate::run::Attempt;
use crate::shell::{Line, Stream};
use crate::tui::steps::sift::Wanted;
use crate::tui::viewport::Direction;

fn text_of(view: &TranscriptView, number: u64) -> Option<&str> {
    view.lines().find(|(own, _)| *own == number).map(|(_, line)| line.text.as_str())
}

/// All that is to be done, and in how many parts.
fn work(view: &mut TranscriptView) -> usize {
    std::iter::from_fn(|| view.has_work().then(|| view.work())).count()
}

#[test]
fn of_a_million_lines_an_index_and_a_window_are_held() {
    const LINES: u64 = 1_000_000;
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::at(place.path());
    let mut transcript =
        Transcript::create(&folder, &StepId::from("step"), Attempt(NonZeroU32::MIN)).unwrap();
    for number in 0..LINES {
        let stream = if number % 100_000 == 7 { Stream::Warning } else { Stream::Output };
        transcript.push(0, &Line { stream, text: format!("line {number}") }).unwrap();
    }
    let digest = transcript.finish().unwrap();
    assert!(digest.left_out.is_none());
    let mut view = TranscriptView::open(&folder, &digest).unwrap();
    view.sync(None, 40);
    assert_eq!(view.lines().count(), 0, "nothing is shown that was not held against its record");
    assert!(work(&mut view) > 100);
    view.sync(None, 40);
    assert_eq!(text_of(&view, LINES - 1), Some("line 999999"));
    view.sync(Some(500_000), 40);
    assert_eq!(text_of(&view, 500_000), Some("line 500000"));
    assert_eq!(text_of(&view, LINES - 1), None);
    // Both ways, and around its ends.
    view.search(Wanted { stream: None, words: "line 77777".into() });
    assert_eq!(view.next_hit(Direction::On, 0), None, "it was not found yet");
    assert!(work(&mut view) > 100);
    let hits: Vec<_> = [0, 77_778, 777_775, 777_780].map(|from| view.next_hit(Direction::On, from)).into();
    assert_eq!(hits, [Some(77_777), Some(777_770), Some(777_775), Some(77_777)]);
    let hits: Vec<_> = [0, 77_778, 777_775, LINES].map(|from| view.next_hit(Direction::Back, from)).into();
    assert_eq!(hits, [Some(777_779), Some(77_777), Some(777_774), Some(777_779)]);
    assert_eq!(view.place(777_775), Some((7, 11)));
    // One stream, from its first line to its last.
    view.show(Wanted { stream: Some(Stream::Warning), words: String::new() });
    work(&mut view);
    view.sync(None, 40);
    let warnings: Vec<_> = view.lines().map(|(number, _)| number).collect();
    assert_eq!(warnings, (0..10).map(|hundred| hundred * 100_000 + 7).collect::<Vec<_>>());
    assert!(digest.bytes > 35_000_000);
    assert!(view.held() < 300_000, "{} bytes", view.held());
}
