//! How many objects must pass, and what a property that is not there does.

use super::*;

#[test]
fn present_asks_only_for_the_property() {
    table(&Test::Present, &[t("x"), t(""), Null, Int(0), Bool(false), list(&[])], &[]);
    let missing = judge(&step(vec![on_property("p", Test::Present, Rows::All)]), &completed(&[object(&[])]));
    assert_eq!(missing.verdict, Verdict::Red);
}

#[test]
fn a_missing_property_passes_no_test() {
    for test in every_test() {
        for rows in [Rows::All, Rows::Any, Rows::None, Rows::Count(0), Rows::Count(1)] {
            let wanted = step(vec![on_property("p", test.clone(), rows)]);
            for value in [object(&[("other", t("x"))]), object(&[]), printed("")] {
                let finding = judge(&wanted, &completed(&[value]));
                assert_eq!(finding.verdict, Verdict::Red, "{test:?} {rows:?}");
                assert_eq!(finding.facts[0].found, "—");
            }
            // What they have in PowerShell stayed there.
            for value in [t("no object"), list(&[row(t("x"))]), printed("P1D"), Time(1), Int(5)] {
                let finding = judge(&wanted, &completed(&[value]));
                assert_eq!(finding.verdict, Verdict::Undetermined, "{test:?} {rows:?}");
                assert_eq!(finding.facts[0].found, "…");
            }
        }
    }
}

#[test]
fn a_property_is_found_down_a_path_without_regard_to_case() {
    let deep = object(&[("Outer", object(&[("Inner", Bool(true)), ("Nothing", Null), ("ı", Bool(true))]))]);
    let wants = |path: &str| step(vec![on_property(path, Test::Is(Operand::Bool(true)), Rows::All)]);
    for (path, verdict) in [
        ("Outer.Inner", Verdict::Green),
        ("outer.INNER", Verdict::Green),
        ("Outer", Verdict::Red),
        ("Inner", Verdict::Red),
        ("Outer.Inner.More", Verdict::Undetermined),
        ("Outer.Nothing.More", Verdict::Red),
        ("Outer.Other.More", Verdict::Red),
        ("Outer.i", Verdict::Red),
    ] {
        assert_eq!(judge(&wants(path), &completed(std::slice::from_ref(&deep))).verdict, verdict, "{path}");
    }
    // What has properties and a text has no others.
    let shown =
        Object { text: "x".to_owned(), properties: vec![("Name".to_owned(), t("x"))], ..Object::default() };
    assert_eq!(judge(&wants("Other"), &completed(&[Value::Object(shown)])).verdict, Verdict::Red);
}

#[test]
fn rows_say_how_many_must_pass() {
    let (yes, no) = (Bool(true), Bool(false));
    let rows =
        |passing: usize, failing: usize| [vec![yes.clone(); passing], vec![no.clone(); failing]].concat();
    // Passing rows, failing rows, and which of all, any, none, 0, 1, 2 is met.
    for (passing, failing, met) in [
        (0, 0, [false, false, true, true, false, false]),
        (1, 0, [true, true, false, false, true, false]),
        (2, 0, [true, true, false, false, false, true]),
        (3, 0, [true, true, false, false, false, false]),
        (0, 1, [false, false, true, true, false, false]),
        (0, 2, [false, false, true, true, false, false]),
        (1, 1, [false, true, false, false, true, false]),
        (2, 1, [false, true, false, false, false, true]),
    ] {
        let wanted = [Rows::All, Rows::Any, Rows::None, Rows::Count(0), Rows::Count(1), Rows::Count(2)];
        for (wanted, met) in wanted.into_iter().zip(met) {
            let expectation =
                Expectation { property: None, test: Test::Is(Operand::Bool(true)), rows: wanted };
            let finding = judge(&step(vec![expectation]), &completed(&rows(passing, failing)));
            assert_eq!(finding.facts[0].met, met, "{passing} passing, {failing} failing, {wanted:?}");
            let (verdict, reason) = match (met, passing + failing) {
                (true, _) => (Verdict::Green, VerdictReason::Met),
                (false, 0) => (Verdict::Red, VerdictReason::NoRows),
                (false, _) => (Verdict::Red, VerdictReason::Unmet { count: 1 }),
            };
            assert_eq!((finding.verdict, finding.reason), (verdict, reason));
        }
    }
}

#[test]
fn a_row_that_is_null_is_no_row() {
    let present = |rows| step(vec![Expectation { property: None, test: Test::Present, rows }]);
    assert_eq!(judge(&present(Rows::All), &completed(&[Null])).reason, VerdictReason::NoRows);
    assert_eq!(judge(&present(Rows::None), &completed(&[Null])).verdict, Verdict::Green);
    assert_eq!(judge(&present(Rows::Count(1)), &completed(&[Null, t("")])).verdict, Verdict::Green);
}

#[test]
fn every_expectation_must_be_met_and_one_must_be_there() {
    let is = |value| Expectation { property: None, test: Test::Is(Operand::Number(value)), rows: Rows::Any };
    let numbers = [Int(1), Int(2)];
    assert_eq!(judge(&step(vec![is(1.0), is(2.0)]), &completed(&numbers)).verdict, Verdict::Green);
    let one_short = judge(&step(vec![is(1.0), is(3.0), is(2.0)]), &completed(&numbers));
    assert_eq!((one_short.verdict, one_short.reason), (Verdict::Red, VerdictReason::Unmet { count: 1 }));
    assert_eq!(one_short.facts.iter().map(|fact| fact.met).collect::<Vec<_>>(), [true, false, true]);
    let both = judge(&step(vec![is(3.0), is(4.0)]), &completed(&numbers));
    assert_eq!(both.reason, VerdictReason::Unmet { count: 2 });
    let nothing_asked = judge(&step(Vec::new()), &completed(&numbers));
    assert_eq!(
        (nothing_asked.verdict, nothing_asked.reason),
        (Verdict::Red, VerdictReason::Unmet { count: 0 })
    );
    assert_eq!(judge(&step(Vec::new()), &completed(&[])).reason, VerdictReason::NoRows);
}
