use std::num::NonZeroU32;

use super::TranscriptView;
use crate::checklist::{Sha, StepId};
use crate::journal::{Folder, Transcript};
use crate::run::{Attempt, FileDigest};
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

#[test]
fn a_transcript_that_is_being_written_is_read_as_far_as_it_goes_and_held_against_its_record_at_the_end() {
    const STEP: &str = "step";
    let place = tempfile::tempdir().unwrap();
    let (folder, step, attempt) = (Folder::at(place.path()), StepId::from(STEP), Attempt(NonZeroU32::MIN));
    assert!(TranscriptView::open_growing(&folder, &step, attempt).is_none(), "nothing was written yet");
    let mut transcript = Transcript::create(&folder, &step, attempt).unwrap();
    let mut number = 0;
    let mut print = |transcript: &mut Transcript, count: u64| {
        for _ in 0..count {
            let stream = if number % 1_000 == 7 { Stream::Warning } else { Stream::Output };
            transcript.push(0, &Line { stream, text: format!("line {number}") }).unwrap();
            number += 1;
        }
        transcript.flush().unwrap();
    };
    print(&mut transcript, 5_000);
    let mut view = TranscriptView::open_growing(&folder, &step, attempt).unwrap();
    assert!(!view.has_work(), "nobody wants it");
    // What was not read yet is not missing.
    view.search(Wanted { stream: None, words: "nowhere".into() });
    assert!(!view.is_settled());
    work(&mut view);
    assert!(view.is_settled());
    view.sync(Some(2_500), 40);
    assert_eq!(text_of(&view, 2_500), Some("line 2500"));
    view.search(Wanted { stream: None, words: "line 4999".into() });
    view.show(Wanted::of(Some(Stream::Warning)));
    work(&mut view);
    assert_eq!(view.next_hit(Direction::On, 0), Some(4_999));
    // More comes: it is shown, filtered and searched as well.
    print(&mut transcript, 45_000);
    assert!(!view.has_work(), "nobody has looked");
    view.look_for_more();
    assert!(work(&mut view) > 1);
    view.sync(None, 40);
    let warnings: Vec<_> = view.lines().map(|(number, _)| number).collect();
    assert_eq!(warnings, (0..50).map(|thousand| thousand * 1_000 + 7).collect::<Vec<_>>());
    assert_eq!(view.next_hit(Direction::On, 5_000), Some(49_990));
    view.show(Wanted::default());
    view.sync(None, 40);
    assert_eq!(text_of(&view, 49_999), Some("line 49999"));
    assert!(view.held() < 300_000, "{} bytes", view.held());
    // Its command ends: what was read stays, and is held against the record.
    print(&mut transcript, 1);
    let record = transcript.finish().unwrap();
    view.vouched_by(&record);
    assert!(view.grows() && view.has_work());
    work(&mut view);
    view.sync(None, 40);
    assert!(!view.grows() && view.fault().is_none());
    assert_eq!(text_of(&view, 50_000), Some("line 50000"));
    let mut other = TranscriptView::open_growing(&folder, &step, attempt).unwrap();
    other.look_for_more();
    work(&mut other);
    other.vouched_by(&FileDigest { sha256: Sha::of(b"another"), ..record });
    work(&mut other);
    assert!(other.fault().is_some());
}
