//! What was found before an apply beyond the session stands beside what was found after it, in every format.

use std::fs;
use std::path::Path;

use greenlight::facade::checklist::{Changes, Lang};
use greenlight::facade::report::{self, Format, Report, pseudonymize};
use greenlight::facade::run::verdict::cut_off;
use greenlight::facade::run::{
    ApplyEnd, ApplyGivenUp, Attempt, Event, Fact, FailingRow, Finding, FoundSubject, Mode, Purpose, Session,
    ShellEnd, Trigger, Verdict, VerdictReason,
};
use greenlight::facade::text::Text;
use serde_json::{Value, json};

use super::{Story, demo, fact, number};
use crate::harness::schema;

const CONTOSO: &str = "Contoso Ltd";

fn subject() -> FoundSubject {
    FoundSubject { scope: Changes::Tenant, name: CONTOSO.into(), id: "id-of-contoso".into() }
}

fn give_up(story: &mut Story, why: ApplyGivenUp) {
    story.add(Event::ApplyGivenUp { step: "shared".into(), why });
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
    give_up(&mut story, ApplyGivenUp::Holds);
    check(&mut story, 8, Trigger::Asked, Verdict::Undetermined, &[], &[]);
    plan(&mut story, Some(8));
    apply(&mut story, 9, Some(8), ApplyEnd::Failed);
    story
}

fn applies(report: &Report) -> Value {
    let json: Value = serde_json::from_str(&report::json(report)).unwrap();
    json["steps"][1]["applies"].clone()
}

/// Of each apply the check before it, its own command, and the check that read it back.
fn numbers(applies: &Value) -> Vec<[Option<u64>; 3]> {
    let numbers = |apply: &Value| {
        [&apply["before"]["number"], &apply["number"], &apply["after"]["number"]].map(Value::as_u64)
    };
    applies.as_array().unwrap().iter().map(numbers).collect()
}

#[test]
fn each_apply_has_the_check_that_came_before_it_and_the_one_that_read_it_back() {
    let report = applied().report(Lang::En);
    let applies = applies(&report);
    assert_eq!(
        numbers(&applies),
        [[Some(2), Some(3), Some(5)], [Some(7), None, None], [Some(8), Some(9), None]]
    );
    let outcomes: Vec<&Value> = applies.as_array().unwrap().iter().map(|apply| &apply["outcome"]).collect();
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

/// An apply, and the checks that come after it.
fn read_back(checks: &[(Trigger, Verdict)]) -> Vec<[Option<u64>; 3]> {
    let mut story = Story::new(Mode::Live);
    story.check(1, "tenant-session", Verdict::Green, Vec::new(), &[]);
    check(&mut story, 2, Trigger::Asked, Verdict::Red, &[], &[]);
    plan(&mut story, Some(2));
    apply(&mut story, 3, Some(2), ApplyEnd::Done);
    for (attempt, (trigger, verdict)) in (4..).zip(checks) {
        check(&mut story, attempt, *trigger, *verdict, &[], &[]);
    }
    numbers(&applies(&story.report(Lang::En)))
}

#[test]
fn an_apply_is_read_back_by_the_first_check_that_came_to_its_end_or_else_by_the_last_poll() {
    use Trigger::{Asked, Poll};
    use Verdict::{Green, Interrupted, Red, Undetermined};
    for (checks, after) in [
        (&[][..], None),
        (&[(Asked, Interrupted)], Some(4)),
        (&[(Asked, Interrupted), (Asked, Red), (Asked, Green)], Some(5)),
        (&[(Asked, Undetermined), (Asked, Green)], Some(4)),
        (&[(Asked, Red), (Poll, Red), (Poll, Interrupted), (Poll, Green), (Asked, Red)], Some(7)),
        (&[(Asked, Red), (Poll, Red), (Asked, Green)], Some(5)),
    ] {
        assert_eq!(read_back(checks), [[Some(2), Some(3), after]], "{checks:?}");
    }
}

#[test]
fn what_another_step_found_before_an_apply_is_not_what_stands_beside_it() {
    let mut story = Story::new(Mode::Live);
    plan(&mut story, None);
    check(&mut story, 1, Trigger::BeforeApply, Verdict::Red, &[], &[]);
    story.check(2, "tenant-session", Verdict::Green, Vec::new(), &[]);
    apply(&mut story, 3, Some(1), ApplyEnd::Done);
    story.check(4, "tenant-session", Verdict::Green, Vec::new(), &[]);
    assert_eq!(numbers(&applies(&story.report(Lang::En))), [[Some(1), Some(3), None]]);
}

#[test]
fn what_was_planned_and_cut_off_is_not_the_plan_of_a_later_apply() {
    let mut story = Story::new(Mode::Live);
    check(&mut story, 1, Trigger::Asked, Verdict::Red, &[], &[]);
    plan(&mut story, Some(1));
    story.add(Event::ShellEnded { session: Session(number(1)), end: ShellEnd::Closed, subjects: Vec::new() });
    story.shell(2);
    apply(&mut story, 2, None, ApplyEnd::Done);
    // An apply that is cut off has an end.
    begin(&mut story, 3, Purpose::Apply, Trigger::Asked, None);
    story.add(Event::ShellEnded { session: Session(number(2)), end: ShellEnd::Closed, subjects: Vec::new() });
    let applies = applies(&story.report(Lang::En));
    assert_eq!(numbers(&applies), [[None, Some(2), None], [None, Some(3), None]]);
    assert_eq!([&applies[0]["subject"], &applies[1]["outcome"]], [&Value::Null, &json!("interrupted")]);
}

#[test]
fn of_many_applies_the_last_ten_are_told() {
    let mut story = Story::new(Mode::Live);
    for attempt in 1..=12 {
        apply(&mut story, attempt, None, ApplyEnd::Done);
    }
    let applies = applies(&story.report(Lang::En));
    let told: Vec<_> = numbers(&applies).into_iter().filter_map(|[_, own, _]| own).collect();
    assert_eq!(told, (3..=12).collect::<Vec<u64>>());
}

#[test]
fn an_apply_that_was_given_up_says_why_in_every_format() {
    let fabrikam = FoundSubject { scope: Changes::Tenant, name: "Fabrikam".into(), id: "FFFF".into() };
    let reasons = [
        (
            ApplyGivenUp::SubjectChanged { subject: fabrikam },
            "is Fabrikam (FFFF), another one than was confirmed",
        ),
        (
            ApplyGivenUp::SubjectUnknown { scope: Changes::Tenant },
            "which tenant its command would change could not",
        ),
        (ApplyGivenUp::Holds, "it holds already"),
        (ApplyGivenUp::NotChecked, "the check before it did not come to its end"),
        (ApplyGivenUp::Needs, "a step that it needs is not green any more"),
    ];
    let mut story = Story::new(Mode::Live);
    for (why, _) in &reasons {
        plan(&mut story, None);
        give_up(&mut story, why.clone());
    }
    let report = story.report(Lang::En);
    for format in [Format::Markdown, Format::Json, Format::Html, Format::Csv, Format::Junit] {
        let shown = format.render(&report, Text::new(Lang::En));
        for (why, said) in &reasons {
            assert_eq!(shown.matches(said).count(), 1, "{why:?} in\n{shown}");
        }
        assert!(!shown.contains("no check has read back"), "nothing was done: {shown}");
    }
    // The other one is named nowhere else.
    let hidden = pseudonymize(report, &demo());
    for format in [Format::Markdown, Format::Json, Format::Html, Format::Csv, Format::Junit] {
        let shown = format.render(&hidden, Text::new(Lang::En));
        for name in ["Fabrikam", "FFFF"] {
            assert!(!shown.contains(name), "{name} in\n{shown}");
        }
    }
}
