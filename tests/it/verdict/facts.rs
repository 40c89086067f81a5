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
    assert_eq!(found(Rows::All, &mixed), "bad (3x); worse; ok (2x)");
    assert_eq!(found(Rows::Count(6), &mixed), "bad (3x); worse; ok (2x)");
    assert_eq!(found(Rows::Any, &mixed), "ok (2x); bad (3x); worse");
    assert_eq!(found(Rows::None, &mixed), "ok (2x); bad (3x); worse");
    assert_eq!(found(Rows::All, &[t("ok")]), "ok");
    assert_eq!(found(Rows::All, &[]), "");
    assert_eq!(found(Rows::All, &[Null, Null]), " (2x)");
    let with_missing = Expectation { property: Some("q".to_owned()), test: Test::Present, rows: Rows::All };
    let outcome = completed(&[row(t("x")), object(&[("q", t("y"))]), row(t("x"))]);
    assert_eq!(judge(&step(vec![with_missing]), &outcome).facts[0].found, "— (2x); y");
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
