//! What other steps take from a step's rows is kept with its finding.

use std::num::NonZeroU32;

use greenlight::facade::journal::{Folder, Holder, Journal, read};
use greenlight::facade::run::verdict::KEPT_MAX;
use greenlight::facade::run::{Attempt, Event, KeptValue, Stamped};

use super::*;

fn keeping(properties: &[&str], expect: Vec<Expectation>) -> Step {
    let mut step = step(expect);
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.keeps = properties.iter().map(|property| (*property).to_owned()).collect();
    }
    step
}

fn any_row() -> Expectation {
    Expectation { property: None, test: Test::Present, rows: Rows::Any }
}

/// What is kept of a property `p` that is `value`, as it comes back from a journal.
fn kept(value: Value) -> Option<Value> {
    let finding = judge(&keeping(&["p"], vec![any_row()]), &completed(&[row(value)]));
    let written = serde_json::to_string(&finding).unwrap();
    let back: Finding = serde_json::from_str(&written).unwrap();
    assert_eq!(back, finding);
    let [one] = back.kept_of("P").unwrap() else { panic!("{back:?}") };
    one.value()
}

#[test]
fn a_value_comes_back_as_it_was() {
    let values = [
        Null,
        Bool(true),
        Int(i64::MIN),
        decimal("79228162514264337593543950335"),
        decimal("1.10"),
        Float(0.1),
        Float(f64::INFINITY),
        t(" ñ\n\u{1} "),
        t(""),
        Time(NOW),
        Version(vec![5, 0, 8308, 0]),
        list(&[]),
        list(&[t("a"), Null, list(&[Int(1)]), Unread]),
        Unread,
    ];
    for value in values {
        assert_eq!(kept(value.clone()), Some(value));
    }
    assert!(matches!(kept(Float(f64::NAN)), Some(Float(number)) if number.is_nan()));
    // Of its types those by which it is compared; its properties stay behind.
    let guid = of_type("System.Guid", "c0ffee");
    let Some(Value::Object(back)) = kept(guid) else { panic!() };
    assert_eq!((back.text.as_str(), back.type_names), ("c0ffee", vec!["System.Guid".to_owned()]));
    assert_eq!(kept(object(&[("a", Int(1))])), Some(Unread));
    let without = judge(&keeping(&["q"], vec![any_row()]), &completed(&[row(Int(1))]));
    assert_eq!(without.kept_of("q"), Some([KeptValue::Absent].as_slice()));
    assert_eq!(KeptValue::Absent.value(), None);
}

#[test]
fn it_is_kept_of_rows_that_pass_and_of_rows_that_fail() {
    let passes = on_property("p", Test::Is(word("ok")), Rows::All);
    let rows = [row(t("ok")), Null, row(t("bad")), row(t("ok"))];
    let finding = judge(&keeping(&["P", "p.q"], vec![passes]), &completed(&rows));
    assert_eq!(finding.verdict, Verdict::Red);
    let texts = ["ok", "bad", "ok"].map(|text| KeptValue::Text(text.to_owned()));
    assert_eq!(finding.kept_of("p"), Some(texts.as_slice()));
    assert_eq!(
        finding.kept_of("P.Q"),
        Some([KeptValue::Unread, KeptValue::Unread, KeptValue::Unread].as_slice())
    );
    assert_eq!(finding.kept_of("r"), None);
    // Nothing is kept of what nobody takes.
    let green = judge(&step(vec![any_row()]), &completed(&rows));
    assert_eq!((green.verdict, green.kept.len()), (Verdict::Green, 0));
    assert!(!serde_json::to_string(&green).unwrap().contains("kept"));
}

/// Rows of which the last holds `in_last` values, the longest that are kept, and `all` together.
fn many(all: usize, in_last: usize) -> Finding {
    let one = row(t("server0001.lab.contoso.com"));
    let mut rows = vec![one; all - in_last];
    rows.push(row(list(&vec![t("\u{1}"); in_last])));
    judge(&keeping(&["p"], vec![any_row()]), &completed(&rows))
}

#[test]
fn a_hundred_thousand_values_are_kept_and_no_more() {
    for in_last in [1, 50_000] {
        let full = many(KEPT_MAX, in_last);
        assert_eq!((full.verdict, &full.reason), (Verdict::Green, &VerdictReason::Met));
        assert_eq!(full.kept_of("p").map(<[KeptValue]>::len), Some(KEPT_MAX - in_last + 1));
        let over = many(KEPT_MAX + 1, in_last);
        assert_eq!((over.verdict, over.reason), (Verdict::Undetermined, VerdictReason::TooMuchKept));
        assert!(over.kept.is_empty());
    }
    // An empty list is a value of a row too, and two properties are counted together.
    let empty = vec![row(list(&[])); KEPT_MAX + 1];
    assert_eq!(
        judge(&keeping(&["p"], vec![any_row()]), &completed(&empty)).reason,
        VerdictReason::TooMuchKept
    );
    let half = vec![row(Int(1)); KEPT_MAX / 2 + 1];
    assert_eq!(
        judge(&keeping(&["p", "q"], vec![any_row()]), &completed(&half)).reason,
        VerdictReason::TooMuchKept
    );
    // Nor more text than a record has room for; what is red is red for what it is red for.
    let long = [row(t(&"x".repeat((8 << 20) + 1)))];
    assert_eq!(
        judge(&keeping(&["p"], vec![any_row()]), &completed(&long)).reason,
        VerdictReason::TooMuchKept
    );
    let unmet = on_property("p", Test::Is(word("ok")), Rows::All);
    assert_eq!(
        judge(&keeping(&["p"], vec![unmet]), &completed(&long)).reason,
        VerdictReason::Unmet { count: 1 }
    );
}

#[test]
fn what_is_kept_at_the_most_is_a_record() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    let holder = Holder::this_process(steps::who("ana"), 0);
    let mut journal = Journal::create(folder.clone(), b"format = 1\n", holder).unwrap();
    // The longest text there is, of what is written longest, and as many values as there may be.
    let mut rows = vec![row(t(&"\u{1}".repeat((8 << 20) - KEPT_MAX + 1)))];
    rows.extend(vec![row(of_type("System.Guid", "\u{1}")); KEPT_MAX - 1]);
    let finding = judge(&keeping(&["p"], vec![any_row()]), &completed(&rows));
    assert_eq!(finding.verdict, Verdict::Green);
    let attempt = Attempt(NonZeroU32::MIN);
    let stamped =
        Stamped { at: Moment::default(), event: Event::Checked { attempt, finding, transcript: None } };
    journal.append(&stamped).unwrap();
    assert_eq!(read::<Stamped>(&folder).unwrap().events, [stamped]);
}
