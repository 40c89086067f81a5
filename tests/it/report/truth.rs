//! No export says more than the run has shown.

use super::*;

#[test]
fn a_rehearsal_says_so_in_the_first_line_of_every_export() {
    let first = |report: &Report, format: &Format| {
        format.render(report, Text::default()).lines().next().unwrap_or_default().to_lowercase()
    };
    let (rehearsed, live) = (sealed().report(Lang::En), eventful().report(Lang::En));
    for format in Format::value_variants() {
        let begins = first(&rehearsed, format);
        assert!(begins.contains("rehearsal") && !begins.contains("false"), "{format:?}: {begins}");
        let begins = first(&live, format);
        // What a program reads says so either way.
        assert!(
            !begins.contains("rehearsal") || begins.contains(r#""rehearsal": false"#),
            "{format:?}: {begins}"
        );
    }
    assert!(!report::markdown(&live, Text::default()).contains("REHEARSAL"));
    let json = report::json(&rehearsed);
    for json in [json, report::json(&live)] {
        serde_json::from_str::<serde_json::Value>(&json).unwrap();
    }
}

#[test]
fn a_green_that_no_longer_counts_is_never_called_green() {
    let mut story = Story::new(Mode::Live);
    story.check(1, "tenant-session", Verdict::Green, vec![fact("State", "Opened", true)], &[]);
    let verdict = |story: &Story, now: Moment| {
        let value: serde_json::Value =
            serde_json::from_str(&check::json(&story.run(), now, Text::default())).unwrap();
        (
            value["steps"][0]["verdict"].clone(),
            value["steps"][0]["reason"].clone(),
            value["gate"]["open"].clone(),
        )
    };
    assert_eq!(verdict(&story, story.now()).0, "green");
    let late = Moment { wall: story.now().wall + 3_600_000, mono: story.now().mono + 3_600_000 };
    let (stale, reason, open) = verdict(&story, late);
    assert_eq!((stale, open), ("undetermined".into(), false.into()));
    assert!(reason.as_str().unwrap().contains("30m"), "{reason}");
    story.add(Event::ShellEnded { session: Session(number(1)), end: ShellEnd::Closed, subjects: Vec::new() });
    assert_eq!(verdict(&story, story.now()).0, "undetermined");
}

#[test]
fn an_interrupted_apply_hides_what_an_older_check_found() {
    let story = eventful();
    let report = story.report(Lang::En);
    let shared = &report.steps[1];
    assert_eq!(shared.checked.verdict, check::StepVerdict::Interrupted);
    assert!(shared.checked.facts.is_empty() && shared.checked_at.is_none());
    assert_eq!(shared.attempts, 2);
}

#[test]
fn an_excerpt_is_only_ever_what_was_written() {
    let mut story = Story::new(Mode::Live);
    // Longer than what is kept of it, so that its end begins within a line.
    let lines = vec!["a line of output that is neither long nor short"; 9_000];
    story.check(1, "shared", Verdict::Undetermined, vec![], &lines);
    story.check(2, "archive", Verdict::Green, vec![], &["the archive"]);
    let report = story.report(Lang::En);
    let excerpt = report.steps[1].excerpt.as_ref().unwrap();
    assert_eq!((excerpt.lines.len(), excerpt.lines[19].at, &excerpt.damage), (20, 899_900, &None));
    assert!(report.damage.is_empty(), "{:?}", report.damage);

    let path = story.folder().path().join(&excerpt.file);
    let written = std::fs::read(&path).unwrap();
    // Far before what is shown of it.
    let mut forged = written.clone();
    forged[40] ^= 1;
    let cases =
        [(Some(forged), "content has changed"), (Some(written[1..].to_vec()), "length"), (None, "read")];
    for (bytes, what) in cases {
        match bytes {
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        let report = story.report(Lang::En);
        let excerpt = report.steps[1].excerpt.as_ref().unwrap();
        assert!(excerpt.lines.is_empty() && excerpt.damage.as_ref().unwrap().contains(what), "{excerpt:?}");
        assert_eq!((report.damage.len(), report.damage[0].record), (1, Some(6)), "{:?}", report.damage);
        assert_eq!(report.damage[0].file.as_ref(), Some(&excerpt.file));
        assert_eq!(report.steps[3].excerpt.as_ref().unwrap().lines[0].text, "the archive");
    }
}

#[test]
fn a_report_does_not_grow_with_the_attempts() {
    let mut story = Story::new(Mode::Live);
    for attempt in 1..=50 {
        story.check(attempt, "shared", Verdict::Undetermined, vec![], &["one more"]);
    }
    let report = story.report(Lang::En);
    let shared = &report.steps[1];
    assert_eq!((shared.attempts, shared.last_attempts.len()), (50, 10));
    assert_eq!(shared.last_attempts[9].number, 50);
    assert_eq!(shared.excerpt.as_ref().unwrap().file, "transcript/shared-50.jsonl");
}

#[test]
fn what_a_person_stated_is_nowhere_called_green() {
    let report = eventful().report(Lang::En);
    let markdown = report::markdown(&report, Text::default());
    assert!(markdown.contains("| 3 | The deployment was validated | stated |"), "{markdown}");
    assert!(markdown.contains("### 3. The deployment was validated: stated"), "{markdown}");
    let html = report::html(&report, Text::default());
    assert_eq!(html.matches(r#"<span class="word stated">stated</span>"#).count(), 2, "{html}");
    assert!(html.contains(".stated{color:") && !html.contains(r#"class="word green""#), "{html}");
    let csv = report::csv(&report, Text::default());
    let of = |step: &str| csv.lines().find(|line| line.contains(&format!("\"{step}\""))).unwrap().to_owned();
    assert!(of("deployment").trim_end().ends_with("\"statement\""), "{csv}");
    assert!(of("tenant-session").trim_end().ends_with("\"measurement\""), "{csv}");
    let story = eventful();
    let checked = check::json(&story.run(), story.now(), Text::default());
    for json in [report::json(&report), checked] {
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let basis = |step: usize| json["steps"][step]["basis"].clone();
        assert_eq!([basis(0), basis(2)], ["measurement", "statement"].map(serde_json::Value::from));
    }
}
