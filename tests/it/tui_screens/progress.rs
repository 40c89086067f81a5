//! What a running command says it is about: bars below bars, what is being done, the time that is left.

use greenlight::facade::shell::{Progress, ProgressRecordType};

use super::fixture::{Bench, drawn};
use super::{running, text_of};

fn of(activity_id: i32, parent_id: Option<i32>, activity: &str, percent: u8) -> Progress {
    Progress {
        activity_id,
        parent_id,
        activity: activity.into(),
        percent: Some(percent),
        ..Progress::default()
    }
}

/// The rows of the frame in which one of these stands.
fn rows_with(bench: &Bench, columns: u16, rows: u16, words: &[&str]) -> Vec<String> {
    let frame = text_of(&drawn(bench, &mut bench.ui(columns, rows), columns, rows));
    frame
        .lines()
        .filter(|row| words.iter().any(|word| row.contains(word)))
        .map(|row| row.trim_matches('"').trim_end().to_owned())
        .collect()
}

#[test]
fn a_part_stands_below_the_whole_with_its_operation_and_its_time() {
    let mut bench = running();
    bench.live.progress(of(0, None, "Setting the configuration", 60), bench.now);
    let part = Progress {
        status: "2 of 5".into(),
        current_operation: Some("Inbox".into()),
        seconds_remaining: Some(95),
        ..of(2, Some(0), "Folder", 40)
    };
    bench.live.progress(part, bench.now);
    for (columns, rows, told) in
        [(80, 24, "40 %  1:35 left · Folder"), (120, 40, "40 %  1:35 left · Folder: 2 of 5 · Inbox")]
    {
        let rows = rows_with(&bench, columns, rows, &["60 %", "40 %"]);
        let [whole, part] = rows.as_slice() else { panic!("{rows:?}") };
        assert!(whole.contains("60 %  Setting the conf"), "{whole}");
        assert!(part.contains(told), "{part}");
        assert!(part.find('█') > whole.find('█'), "{whole}\n{part}");
    }

    let over = Progress { record_type: ProgressRecordType::Completed, ..of(2, Some(0), "Folder", 100) };
    bench.live.progress(over, bench.now);
    assert_eq!(rows_with(&bench, 80, 24, &["Folder", "60 %"]).len(), 1, "what has ended is gone");
}

#[test]
fn of_many_the_whole_and_what_is_being_done_last_are_in_sight() {
    let mut bench = running();
    for id in 0..9 {
        bench.live.progress(of(id, id.checked_sub(1), &format!("level {id}"), 10), bench.now);
    }
    let rows = rows_with(&bench, 60, 20, &["level "]);
    let shown: Vec<_> = rows.iter().map(|row| row.split("level ").nth(1).unwrap().trim()).collect();
    assert_eq!(shown, ["0", "7", "8"]);
}
