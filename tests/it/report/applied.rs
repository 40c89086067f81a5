//! What was found before an apply beyond the session stands beside what was found after it, in every format.

use std::fs;
use std::path::Path;

use greenlight::facade::checklist::{Changes, Lang};
use greenlight::facade::report::{self, Format, Report, pseudonymize};
use greenlight::facade::run::verdict::cut_off;
use greenlight::facade::run::{
    ApplyEnd, ApplyGivenUp, Attempt, Event, Fact, FailingRow, Finding, FoundSubject, Mode, Purpose, Session,
    Trigger, Verdict, VerdictReason,
};
use greenlight::facade::text::Text;
use serde_json::{Value, json};

use super::{Story, demo, fact, number};
use crate::harness::schema;

const CONTOSO: &str = "Contoso Ltd";

fn subject() -> FoundSubject {
    FoundSubject { scope: Changes::Tenant, name: CONTOSO.into(), id: "id-of-contoso".into() }
}

fn plan(story: &mut Story, before: Option<u32>) {
    story.add(Event::ApplyPlanned {
        step: "shared".into(),
        subject: Some(subject()),
        checks: if before.is_none() { vec!["shared".into()] } else { Vec::new() },
        before: before.map(|before| Attempt(number(before))),
    });
}

fn begin(story: &mut Story, attempt: u32, purpose: Purpose, trigger: Trigger, before: Option<u32>) {
    story.add(Event::Started {
        trigger,
        attempt: Attempt(number(attempt)),
        step: "shared".into(),
        purpose,
        command: "as in the checklist".into(),
        session: Session(number(1)),
        before: before.map(|before| Attempt(number(before))),
    });
}

fn check(
    story: &mut Story,
    attempt: u32,
    trigger: Trigger,
    verdict: Verdict,
    facts: &[Fact],
    failing: &[&str],
) {
    begin(story, attempt, Purpose::Check, trigger, None);
    let reason = match verdict {
        Verdict::Green => VerdictReason::Met,
        Verdict::Red => VerdictReason::Unmet { count: 1 },
        Verdict::Undetermined | Verdict::Interrupted => VerdictReason::Failed,
    };
    let failing: Vec<FailingRow> = (1..)
        .zip(failing)
        .map(|(row, key)| FailingRow {
            row,
            key: Some((*key).into()),
            property: "Pool".into(),
            expected: "is pool".into(),
            found: format!("{key} is elsewhere"),
        })
        .collect();
    let finding = Finding {
        facts: facts.to_vec(),
        failing_rows: failing.len() as u64,
        failing,
        ..cut_off(verdict, reason, Vec::new(), 7)
    };
    story.add(Event::Checked { attempt: Attempt(number(attempt)), finding, transcript: None });
}

fn apply(story: &mut Story, attempt: u32, before: Option<u32>, end: ApplyEnd) {
    begin(story, attempt, Purpose::Apply, Trigger::Asked, before);
    story.add(Event::Applied {
        attempt: Attempt(number(attempt)),
        end,
        failures: Vec::new(),
        remedies: Vec::new(),
        unanswered: None,
        elapsed_ms: 5,
        transcript: None,
    });
}

fn shares(found: &str) -> Vec<Fact> {
    vec![fact("SharedSipAddressSpace", found, found == "True"), fact("Identity", "Global", true)]
}

/// An apply that is read back twice, one that was not needed, and one that nothing reads back.
fn applied() -> Story {
    let mut story = Story::new(Mode::Live);
    story.check(1, "tenant-session", Verdict::Green, vec![fact("State", "Opened", true)], &[]);
    check(&mut story, 2, Trigger::Asked, Verdict::Red, &shares("False"), &["fe01", "fe02"]);
    plan(&mut story, Some(2));
    apply(&mut story, 3, Some(2), ApplyEnd::Done);
    check(&mut story, 4, Trigger::Asked, Verdict::Red, &shares("Pending"), &["fe02"]);
    check(&mut story, 5, Trigger::Poll, Verdict::Green, &shares("True"), &[]);
    // What is found on another day is not what came of it.
    check(&mut story, 6, Trigger::Asked, Verdict::Red, &shares("Lost"), &[]);
    plan(&mut story, None);
    check(&mut story, 7, Trigger::BeforeApply, Verdict::Green, &shares("True"), &[]);
    story.add(Event::ApplyGivenUp { step: "shared".into(), why: ApplyGivenUp::Holds });
    check(&mut story, 8, Trigger::Asked, Verdict::Undetermined, &[], &[]);
    plan(&mut story, Some(8));
    apply(&mut story, 9, Some(8), ApplyEnd::Failed);
    story
}

fn applies(report: &Report) -> Value {
    let json: Value = serde_json::from_str(&report::json(report)).unwrap();
    json["steps"][1]["applies"].clone()
}

#[test]
fn each_apply_has_the_check_that_came_before_it_and_the_one_that_read_it_back() {
    let report = applied().report(Lang::En);
    let applies = applies(&report);
    let numbers = |apply: &Value| {
        [&apply["before"]["number"], &apply["number"], &apply["after"]["number"]].map(Value::as_u64)
    };
    let applies = applies.as_array().unwrap();
    let seen: Vec<_> = applies.iter().map(numbers).collect();
    assert_eq!(seen, [[Some(2), Some(3), Some(5)], [Some(7), None, None], [Some(8), Some(9), None]]);
    let outcomes: Vec<&Value> = applies.iter().map(|apply| &apply["outcome"]).collect();
    assert_eq!(outcomes, [&json!("done"), &Value::Null, &json!("failed")]);
    assert_eq!(applies[1]["not_run"], json!("not applied: it holds already, there is nothing to change"));
    assert_eq!(applies[0]["subject"]["name"], json!(CONTOSO));
    assert_eq!(applies[0]["before"]["facts"][0]["found"], json!("False"));
    assert_eq!(applies[0]["before"]["failing"][1]["key"], json!("fe02"));
    assert_eq!(applies[0]["after"]["facts"][0]["found"], json!("True"));
}

#[test]
fn what_was_found_before_an_apply_stands_beside_what_was_found_after_it_in_every_format() {
    let report = applied().report(Lang::En);
    let text = Text::new(Lang::En);
    let markdown = report::markdown(&report, text);
    for line in [
        "| Property | Expected | Before | After |",
        "| Verdict |  | red: 1 expectation not met | green |",
        "| `SharedSipAddressSpace` | `is True` | `False` | `True` |",
        "| `fe02` | `Pool` | `is pool` | `fe02 is elsewhere` |",
        "no check has read back what it did",
        "not applied: it holds already, there is nothing to change",
        "tenant: Contoso Ltd (id-of-contoso)",
    ] {
        assert!(markdown.contains(line), "{line} in\n{markdown}");
    }
    insta::assert_snapshot!("applied.markdown", section(&markdown, "Applied, with", "## "));
    insta::assert_snapshot!(
        "applied.html",
        section(&report::html(&report, text), "<p>Applied, with", "</section>")
    );
    insta::assert_snapshot!(
        "applied.junit",
        section(&report::junit(&report, text), "<system-out>", "</testcase>")
    );
    let csv = report::csv(&report, text).replace("\r\n", "\n");
    let rows: Vec<&str> = csv.lines().filter(|line| line.contains("applied\",")).collect();
    insta::assert_snapshot!("applied.csv", rows.join("\n"));
    for lang in [Lang::Es, Lang::Fr] {
        let page = report::markdown(&applied().report(lang), Text::new(lang));
        insta::assert_snapshot!(
            format!("applied.markdown_{lang}"),
            section(&page, "Apli", "## ").replace("\n\n", "\n")
        );
    }
}

fn section<'a>(page: &'a str, begin: &str, end: &str) -> &'a str {
    let at =
        page.find(begin).or_else(|| page.find("Appliqué")).unwrap_or_else(|| panic!("{begin} in\n{page}"));
    let rest = &page[at..];
    &rest[..rest.find(end).unwrap_or(rest.len())]
}

#[test]
fn what_stands_beside_an_apply_fits_the_schema_and_is_redacted() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export.schema.json");
    let published: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let report = applied().report(Lang::En);
    schema::assert_fits(&published, &serde_json::from_str(&report::json(&report)).unwrap());
    let hidden = pseudonymize(report, &demo());
    for format in [Format::Markdown, Format::Json, Format::Html, Format::Csv, Format::Junit] {
        let shown = format.render(&hidden, Text::new(Lang::En)).to_lowercase();
        for name in ["contoso ltd", "id-of-contoso", "fe01", "fe02", "ana"] {
            let beside = shown.split_once("before").map_or("", |(_, beside)| beside);
            assert!(!beside.contains(name), "{name} in\n{shown}");
        }
    }
    schema::assert_fits(&published, &serde_json::from_str(&report::json(&hidden)).unwrap());
}
