//! What is shown as expected and found.

use super::*;

#[test]
fn a_fact_says_what_was_expected_and_found() {
    let expectation = on_property("p", Test::Is(Operand::Bool(true)), Rows::All);
    let fact = judge(&step(vec![expectation]), &completed(&[row(Bool(false))])).facts.remove(0);
    assert_eq!((fact.property.as_str(), fact.expected.as_str()), ("p", "is True"));
    assert_eq!((fact.found.as_str(), fact.met), ("False", false));
    // What is shown as the very text is none, and one sees why.
    let expectation = on_property("p", Test::Is(word("pool01")), Rows::All);
    let fact =
        judge(&step(vec![expectation]), &completed(&[row(of_type("Other", "pool01"))])).facts.remove(0);
    assert_eq!((fact.found.as_str(), fact.met), ("pool01 [System.Example]", false));
    let found = |value: Value| {
        let expectation = on_property("p", Test::Is(word("http://x")), Rows::All);
        judge(&step(vec![expectation]), &completed(&[row(value)])).facts.remove(0).found
    };
    assert_eq!(found(of_type("System.Uri", "http://x")), "http://x");
    assert_eq!(found(object(&[("a", Int(1))])), "@{a=1}");
    let whole = Expectation { property: None, test: Test::Present, rows: Rows::Any };
    let fact = judge(&step(vec![whole]), &completed(&[t("x")])).facts.remove(0);
    assert_eq!((fact.property.as_str(), fact.found.as_str(), fact.met), ("", "x", true));
}

#[test]
fn many_rows_are_told_in_a_line_that_begins_with_what_matters() {
    let found = |rows: Rows, values: &[Value]| {
        let expectation = on_property("p", Test::Is(word("ok")), rows);
        let rows: Vec<Value> = values.iter().map(|value| row(value.clone())).collect();
        judge(&step(vec![expectation]), &completed(&rows)).facts.remove(0).found
    };
    let mixed = [t("ok"), t("bad"), t("ok"), t("worse"), t("bad"), t("bad")];
    assert_eq!(found(Rows::All, &mixed), "4 of 6 rows: bad; worse; bad; bad");
    // Too few of them: behind the semicolon stand the others.
    assert_eq!(found(Rows::Count(6), &mixed), "2 of 6 rows; bad; worse; bad; bad");
    assert_eq!(found(Rows::Any, &mixed[3..]), "0 of 3 rows; worse; bad; bad");
    assert_eq!(found(Rows::Count(1), &mixed), "2 of 6 rows: ok; ok");
    assert_eq!(found(Rows::None, &mixed), "2 of 6 rows: ok; ok");
    // What is met says by what.
    assert_eq!(found(Rows::Any, &mixed), "2 of 6 rows: ok; ok");
    assert_eq!(found(Rows::Count(2), &mixed), "2 of 6 rows: ok; ok");
    assert_eq!(found(Rows::None, &mixed[3..]), "0 of 3 rows");
    assert_eq!(found(Rows::All, &vec![t("ok"); 5]), "5 of 5 rows: ok; ok; ok; ok; ok");
    assert_eq!(found(Rows::All, &vec![t("ok"); 6]), "6 of 6 rows: ok; ok; ok; ok; ok; …");
    assert_eq!(found(Rows::All, &[t("ok")]), "ok");
    assert_eq!(found(Rows::All, &[]), "");
    assert_eq!(found(Rows::All, &[Null, Null]), "2 of 2 rows: ; ");
    let with_missing = Expectation { property: Some("q".to_owned()), test: Test::Present, rows: Rows::All };
    let outcome = completed(&[row(t("x")), object(&[("q", t("y"))]), row(t("x"))]);
    assert_eq!(judge(&step(vec![with_missing]), &outcome).facts[0].found, "2 of 3 rows: —; —");
}

#[test]
fn a_found_value_is_cut_after_three_hundred_characters() {
    let found = |length: usize| {
        let expectation = Expectation { property: None, test: Test::Present, rows: Rows::All };
        judge(&step(vec![expectation]), &completed(&[t(&"é".repeat(length))])).facts.remove(0).found
    };
    assert_eq!(found(300), "é".repeat(300));
    assert_eq!(found(301), format!("{}…", "é".repeat(300)));
}

#[test]
fn values_print_as_powershell_prints_them() {
    for (value, text) in [
        (Null, ""),
        (Bool(true), "True"),
        (Bool(false), "False"),
        (Int(-7), "-7"),
        (Float(1.5), "1.5"),
        (decimal("1.50"), "1.50"),
        (Unread, "…"),
        (t("as it is"), "as it is"),
        (Time(NOW), "2024-01-01T00:00:00Z"),
        (Time(i64::MAX), "9223372036854775807"),
        (Version(vec![5, 0, 8308]), "5.0.8308"),
        (list(&[Int(1), t("b"), Null]), "1, b, "),
        (printed("its text"), "its text"),
        (object(&[("a", Int(1)), ("b", list(&[t("x"), t("y")]))]), "@{a=1; b=x, y}"),
    ] {
        assert_eq!(value.display(), text);
    }
}

#[test]
fn a_fact_says_how_many_rows_meet_it() {
    let counts = |rows: Rows, values: &[Value]| {
        let expectation = on_property("p", Test::Is(word("ok")), rows);
        let rows: Vec<Value> = values.iter().map(|value| row(value.clone())).collect();
        let fact = judge(&step(vec![expectation]), &completed(&rows)).facts.remove(0);
        (fact.rows, fact.rows_met)
    };
    let mixed = [t("ok"), t("bad"), t("ok"), Null];
    for rows in [Rows::All, Rows::Any, Rows::None, Rows::Count(2)] {
        assert_eq!(counts(rows, &mixed), (Some(4), Some(2)), "{rows:?}");
        assert_eq!(counts(rows, &[]), (Some(0), Some(0)), "{rows:?}");
    }
}

/// There is no number from which on rows are not looked at.
#[test]
fn the_last_of_many_rows_counts_as_the_first() {
    let expectation = on_property("p", Test::Is(word("ok")), Rows::All);
    let mut rows = vec![row(t("ok")); 30_000];
    let finding = judge(&step(vec![expectation.clone()]), &completed(&rows));
    assert_eq!((finding.verdict, finding.facts[0].rows_met), (Verdict::Green, Some(30_000)));
    rows.push(row(t("bad")));
    let finding = judge(&step(vec![expectation]), &completed(&rows));
    assert_eq!(finding.reason, VerdictReason::Unmet { count: 1 });
    assert_eq!(finding.facts[0].found, "1 of 30001 rows: bad");
}
