//! Which rows fail, and by what name.

use greenlight::facade::run::FailingRow;
use greenlight::facade::run::verdict::FAILING_KEPT;

use super::*;

fn keyed(key: Option<&str>, expect: Vec<Expectation>) -> Step {
    let mut step = step(expect);
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.key = key.map(str::to_owned);
    }
    step
}

fn server(name: &str, up: bool) -> Value {
    object(&[("Name", t(name)), ("Up", Bool(up))])
}

fn up(rows: Rows) -> Expectation {
    on_property("Up", Test::Is(Operand::Bool(true)), rows)
}

/// The numbers of the rows that fail, and how many there are.
fn failing(rows: Rows, values: &[Value]) -> (Vec<u64>, u64) {
    let expectation = on_property("p", Test::Is(word("ok")), rows);
    let values: Vec<Value> = values.iter().map(|value| row(value.clone())).collect();
    let finding = judge(&step(vec![expectation]), &completed(&values));
    assert_eq!(finding.more_failing, 0);
    (finding.failing.iter().map(|row| row.row).collect(), finding.failing_rows)
}

#[test]
fn a_row_that_fails_is_kept_with_its_name_and_what_is_wrong_with_it() {
    let rows = [server("fe01", true), server(" edge01 ", false), Null, server("fe02", true)];
    let finding = judge(&keyed(Some("name"), vec![up(Rows::All)]), &completed(&rows));
    let edge = FailingRow {
        row: 2,
        key: Some("edge01".to_owned()),
        property: "Up".to_owned(),
        expected: "is True".to_owned(),
        found: "False".to_owned(),
    };
    assert_eq!((finding.failing, finding.failing_rows), (vec![edge], 1));
    assert_eq!(finding.facts[0].found, "1 of 3 rows: edge01: False");
    assert_eq!((finding.facts[0].rows, finding.facts[0].rows_met), (Some(3), Some(2)));
    // Of a single row that names itself too.
    let one = judge(&keyed(Some("Name"), vec![up(Rows::All)]), &completed(&rows[1..2]));
    assert_eq!(one.failing[0].key.as_deref(), Some("edge01"));
    assert_eq!(one.facts[0].found, "edge01: False");
    // One without a name says nothing that its fact does not.
    let one = judge(&keyed(None, vec![up(Rows::All)]), &completed(&rows[1..2]));
    assert_eq!((one.failing, one.failing_rows, one.facts[0].found.as_str()), (vec![], 0, "False"));
}

#[test]
fn a_row_is_named_by_a_text_alone() {
    let named = |key: Value| {
        let row = object(&[("Name", key), ("Up", Bool(false))]);
        judge(&keyed(Some("Name"), vec![up(Rows::All)]), &completed(&[row])).failing[0].key.clone()
    };
    for nobody in [Null, t(""), t(" \t"), list(&[t("a")]), list(&[]), Unread, object(&[("a", Int(1))])] {
        assert_eq!(named(nobody.clone()), None, "{nobody:?}");
    }
    for (key, name) in [
        (t(" Edge01 "), "Edge01"),
        (Int(7), "7"),
        (of_type("System.Guid", "c0ffee"), "c0ffee"),
        (t(&"é".repeat(301)), &format!("{}…", "é".repeat(300))),
    ] {
        assert_eq!(named(key).as_deref(), Some(name));
    }
    let without = judge(&keyed(Some("No"), vec![up(Rows::All)]), &completed(&[server("a", false)]));
    assert_eq!((without.failing[0].row, without.failing[0].key.as_deref()), (1, None));
}

#[test]
fn rows_that_share_a_name_are_all_judged() {
    let rows = [server("a", true), server("A", false), server("a", false)];
    let finding = judge(&keyed(Some("Name"), vec![up(Rows::All)]), &completed(&rows));
    let names: Vec<_> = finding.failing.iter().map(|row| (row.row, row.key.as_deref())).collect();
    assert_eq!(names, [(2, Some("A")), (3, Some("a"))]);
}

#[test]
fn which_rows_fail_hangs_on_how_many_were_wanted() {
    let mixed = [t("ok"), t("bad"), Null, Unread, t("ok")];
    assert_eq!(failing(Rows::All, &mixed), (vec![2, 3, 4], 3));
    assert_eq!(failing(Rows::None, &mixed), (vec![1, 3, 4, 5], 4));
    assert_eq!(failing(Rows::Count(0), &mixed), (vec![1, 3, 4, 5], 4));
    // More than were wanted: those that pass, and those of which nobody can tell.
    assert_eq!(failing(Rows::Count(1), &mixed), (vec![1, 3, 4, 5], 4));
    // As many, and some more may be.
    assert_eq!(failing(Rows::Count(2), &mixed), (vec![3, 4], 2));
    assert_eq!(failing(Rows::Count(3), &mixed), (vec![3, 4], 2));
    // Too few, whatever those are: it fails as a whole.
    assert_eq!(failing(Rows::Count(4), &mixed), (vec![], 0));
    assert_eq!(failing(Rows::Count(5), &mixed), (vec![], 0));
    assert_eq!(failing(Rows::Any, &[t("bad"), Null, Unread]), (vec![], 0));
    assert_eq!(failing(Rows::Count(2), &[t("ok"), t("bad"), t("ok")]), (vec![], 0));
    assert_eq!(failing(Rows::Count(2), &[t("ok"), t("bad"), t("ok"), t("ok")]), (vec![1, 3, 4], 3));
}

#[test]
fn a_row_that_fails_twice_is_one_row() {
    let both = object(&[("p", t("bad")), ("q", t("bad"))]);
    let one = object(&[("p", t("bad")), ("q", t("ok"))]);
    let is = |name| on_property(name, Test::Is(word("ok")), Rows::All);
    let finding = judge(&step(vec![is("p"), is("q")]), &completed(&[both.clone(), one, both.clone()]));
    let places: Vec<_> = finding.failing.iter().map(|row| (row.row, row.property.as_str())).collect();
    assert_eq!(places, [(1, "p"), (1, "q"), (2, "p"), (3, "p"), (3, "q")]);
    assert_eq!(finding.failing_rows, 3);
    // Also where one of the two becomes known only with a later row.
    let one_bad = on_property("q", Test::Is(word("bad")), Rows::Count(1));
    let none_bad = on_property("p", Test::Is(word("bad")), Rows::Count(1));
    let finding = judge(&step(vec![is("p"), one_bad, none_bad]), &completed(&[both.clone(), both]));
    assert_eq!((finding.failing.len(), finding.failing_rows), (6, 2));
}

#[test]
fn what_a_finding_has_no_room_for_is_counted_and_handed_out() {
    let step = keyed(Some("Name"), vec![up(Rows::All), up(Rows::Count(1)), up(Rows::None)]);
    let mut judge = Judge::new(step, Purpose::Check, Arc::default(), ToCover::Nothing, Moment::default());
    let (mut handed, mut most) = (Vec::new(), 0);
    for number in 0..3_000 {
        judge.row(&server(&format!("s{number}"), number % 3 == 0));
        let taken = judge.take_failing();
        most = most.max(taken.len());
        handed.extend(taken);
    }
    judge.end_rows();
    handed.extend(judge.take_failing());
    let finding = judge.finish(OutcomeEnd::Completed, Moment::default()).finding.unwrap();
    assert_eq!(finding.failing.len(), FAILING_KEPT);
    assert_eq!(finding.failing_rows, 3_000);
    // 2,000 are not up, 1,000 are one too many twice.
    assert_eq!((finding.more_failing, handed.len()), (3_000, 3_000));
    assert!(most <= 3, "{most}");
    assert_eq!(handed.last().unwrap().key.as_deref(), Some("s2999"));
}

#[test]
fn what_was_in_doubt_to_the_end_is_handed_out_then() {
    let step = keyed(Some("Name"), vec![up(Rows::Count(1)), up(Rows::Count(1))]);
    let mut judge = Judge::new(step, Purpose::Check, Arc::default(), ToCover::Nothing, Moment::default());
    // No more of them are waited for than a finding has room for.
    for number in 0..2 * FAILING_KEPT {
        judge.row(&object(&[("Name", t(&format!("s{number}")))]));
    }
    assert!(judge.take_failing().is_empty());
    judge.end_rows();
    assert_eq!(judge.take_failing().len(), FAILING_KEPT);
}

#[test]
fn how_long_nothing_was_heard_is_known_at_the_end() {
    let at = |mono| Moment { wall: NOW, mono };
    let mut judge = Judge::new(step(Vec::new()), Purpose::Check, Arc::default(), ToCover::Nothing, at(10));
    judge.heard(at(30));
    let judged = judge.finish(OutcomeEnd::Completed, at(75));
    assert_eq!((judged.silent_ms, judged.elapsed_ms), (45, 65));
}

#[test]
fn an_apply_has_no_rows() {
    let mut judge = Judge::new(
        step(vec![up(Rows::All)]),
        Purpose::Apply,
        Arc::default(),
        ToCover::Nothing,
        Moment::default(),
    );
    judge.row(&server("a", false));
    assert!(judge.take_failing().is_empty());
    assert_eq!(judge.finish(OutcomeEnd::Completed, Moment::default()).finding, None);
}

/// A thousand of them stand in one record, whatever a checklist and its rows are like.
#[test]
fn nothing_of_a_row_is_kept_without_end() {
    let words = (0..1_000).map(|number| word(&format!("word-{number}"))).collect();
    let property = "p".repeat(1_000);
    let expectation = on_property(&property, Test::OneOf(words), Rows::All);
    let row = object(&[(&property, t(&"x".repeat(5_000))), ("Name", t(&"n".repeat(5_000)))]);
    let finding = judge(&keyed(Some("Name"), vec![expectation]), &completed(&[row.clone(), row]));
    let FailingRow { row: 1, key: Some(key), property, expected, found } = &finding.failing[0] else {
        panic!("{finding:?}")
    };
    for text in [key, property, expected, found] {
        assert_eq!(text.chars().count(), 301, "{text}");
    }
}
