//! Tests against another property of the same row, and bounds, versions and spans of the operator's.

use super::*;

fn other(path: &str) -> Operand {
    Operand::Property(path.to_owned())
}

fn pair(value: &Value, beside: &Value) -> Value {
    object(&[("p", value.clone()), ("q", beside.clone())])
}

/// What a test that compares `p` with `q` tells of one row: met, its opposite met, or nothing told.
fn told(test: &Test, row: &Value) -> Option<bool> {
    let green = |rows| {
        let finding =
            judge(&step(vec![on_property("p", test.clone(), rows)]), &completed(std::slice::from_ref(row)));
        finding.verdict == Verdict::Green
    };
    let (all, none) = (green(Rows::All), green(Rows::None));
    // Every count says the same.
    assert_eq!((green(Rows::Any), green(Rows::Count(1))), (all, all), "{test} on {row:?}");
    assert_eq!(green(Rows::Count(0)), none, "{test} on {row:?}");
    match (all, none) {
        (true, true) => panic!("{test} holds and does not on {row:?}"),
        (true, false) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}

/// Every test that compares with a property.
fn tests() -> [Test; 9] {
    [
        Test::Is(other("q")),
        Test::IsNot(other("q")),
        Test::OneOf(vec![other("q")]),
        Test::Contains(other("q")),
        Test::AtLeast(other("q")),
        Test::AtMost(other("q")),
        Test::VersionAtLeast(other("q")),
        Test::LaterThan(other("q")),
        Test::SameSetAs(vec![other("q")]),
    ]
}

/// A value of each kind.
fn values() -> Vec<Value> {
    vec![
        t("x"),
        t(""),
        t("5"),
        t("5.1"),
        t("2024-01-01T00:00:00Z"),
        t("30d"),
        Int(5),
        Float(5.0),
        decimal("5"),
        Bool(true),
        Time(NOW),
        Version(vec![5, 1]),
        list(&[]),
        list(&[t("x")]),
        printed("x"),
        of_type("System.TimeSpan", "P30D"),
        object(&[("a", Int(1))]),
    ]
}

#[test]
fn a_property_that_is_not_there_or_is_null_meets_nothing() {
    for test in tests() {
        for value in values().iter().chain(&[Null]) {
            for row in [
                pair(value, &Null),
                object(&[("p", value.clone())]),
                object(&[("p", value.clone()), ("Q2", t("x"))]),
            ] {
                assert_eq!(told(&test, &row), None, "{test} on {row:?}");
            }
        }
        // Nor does a null, whatever it is held against; of a set without elements it is one.
        for beside in values() {
            let of_set = matches!(test, Test::SameSetAs(_)).then_some(beside == list(&[]));
            assert_eq!(told(&test, &pair(&Null, &beside)), of_set, "{test} on a null beside {beside:?}");
        }
    }
}

#[test]
fn a_property_that_could_not_be_read_leaves_the_step_undetermined() {
    let finding = |test: &Test, row: &Value, rows| {
        judge(&step(vec![on_property("p", test.clone(), rows)]), &completed(std::slice::from_ref(row)))
            .verdict
    };
    for test in tests() {
        for rows in [Rows::All, Rows::Any, Rows::None, Rows::Count(1)] {
            for row in [pair(&t("x"), &Unread), pair(&Int(5), &list(&[Unread])), pair(&Unread, &t("x"))] {
                assert_eq!(finding(&test, &row, rows), Verdict::Undetermined, "{test} {rows:?} on {row:?}");
            }
        }
    }
    // It is the one that is named.
    for (row, named) in
        [(pair(&t("x"), &Unread), "q"), (pair(&Unread, &Unread), "p"), (pair(&list(&[Unread]), &t("x")), "p")]
    {
        let finding =
            judge(&step(vec![on_property("p", Test::Is(other("q")), Rows::All)]), &completed(&[row]));
        assert_eq!(finding.reason, VerdictReason::Unread { property: named.to_owned() });
    }
    // Of several rows the first.
    let rows = [pair(&t("x"), &t("x")), pair(&t("x"), &Unread), pair(&Unread, &t("x"))];
    let first = judge(&step(vec![on_property("p", Test::Is(other("q")), Rows::All)]), &completed(&rows));
    assert_eq!(first.reason, VerdictReason::Unread { property: "q".to_owned() });
    // Of what is no object the properties stayed behind; whatever it is itself.
    for row in [t("x"), Int(5), list(&[t("x")]), printed("x")] {
        for test in tests() {
            let itself = Expectation { property: None, test: test.clone(), rows: Rows::All };
            assert_eq!(
                judge(&step(vec![itself]), &completed(std::slice::from_ref(&row))).verdict,
                Verdict::Undetermined
            );
        }
    }
    // What settles it besides is enough.
    let one_of = Test::OneOf(vec![word("x"), other("q")]);
    assert_eq!(finding(&one_of, &pair(&t("x"), &Unread), Rows::All), Verdict::Green);
    assert_eq!(finding(&one_of, &pair(&t("y"), &Unread), Rows::All), Verdict::Undetermined);
    assert_eq!(
        finding(&Test::OneOf(vec![other("q")]), &pair(&t("x"), &list(&[t("x"), Unread])), Rows::All),
        Verdict::Green
    );
}

#[test]
fn a_list_is_one_value_to_no_test_but_those_of_sets() {
    for test in tests() {
        let of_many = match test {
            Test::OneOf(_) | Test::SameSetAs(_) => continue,
            _ => [list(&[t("x")]), list(&[t("5.1"), t("x")]), list(&[]), list(&[Int(5)]), list(&[Time(NOW)])],
        };
        for beside in of_many {
            for value in values() {
                assert_eq!(
                    told(&test, &pair(&value, &beside)),
                    None,
                    "{test} on {value:?} beside {beside:?}"
                );
            }
        }
    }
}

#[test]
fn two_properties_are_equal_as_eq_has_it_or_nothing_is_told() {
    let day = |text: &str| of_type("System.Enum", text);
    for (value, beside, equal) in [
        (t("Contoso.com"), t("CONTOSO.com"), Some(true)),
        (t("a"), t("b"), Some(false)),
        (t("ß"), t("ss"), None),
        (t("5"), Int(5), Some(true)),
        (Int(5), t("5"), Some(true)),
        (Int(5), t("5.0"), None),
        (t("5.0"), Float(5.0), None),
        (t("4"), Int(5), Some(false)),
        (t("4"), Float(5.0), Some(false)),
        (Int(5), Float(9_007_199_254_740_992.0), Some(false)),
        (t("0.1"), Float(f64::from(0.1_f32)), None),
        (t("0.3"), Float(0.1 + 0.2), None),
        (t("0.5"), Float(0.5), Some(true)),
        (t("x"), Int(5), None),
        (Int(5), Float(5.0), Some(true)),
        (Int(5), decimal("5.00"), Some(true)),
        (Int(9_007_199_254_740_993), Int(9_007_199_254_740_992), Some(false)),
        (Int(9_007_199_254_740_993), Float(9_007_199_254_740_992.0), None),
        (Float(9_007_199_254_740_992.0), Int(9_007_199_254_740_993), None),
        (decimal("9.99999999999999999999"), Int(10), Some(false)),
        (Float(0.1), decimal("0.1"), Some(true)),
        (Float(f64::from(0.1_f32)), decimal("0.1"), None),
        (Float(0.1), Float(f64::from(0.1_f32)), Some(false)),
        (Float(f64::NAN), Float(f64::NAN), None),
        (Float(f64::INFINITY), Float(f64::INFINITY), None),
        (Bool(true), Bool(true), Some(true)),
        (Bool(true), Bool(false), Some(false)),
        (Bool(true), Int(1), None),
        (Int(1), Bool(true), Some(true)),
        (Bool(true), t("False"), None),
        (t("False"), Bool(false), Some(true)),
        (Time(NOW), Time(NOW), Some(true)),
        (Time(NOW), Time(NOW + 1), Some(false)),
        (Time(NOW), t("2024-01-01T00:00:00Z"), None),
        (t("2024-01-01T00:00:00Z"), Time(NOW), None),
        (Version(vec![7, 6]), Version(vec![7, 6]), Some(true)),
        (Version(vec![7, 6]), Version(vec![7, 6, 0]), Some(false)),
        (t("7.6"), Version(vec![7, 6]), Some(true)),
        (t("7.6.0"), Version(vec![7, 6]), Some(false)),
        (Version(vec![7, 6]), t("7.6"), Some(true)),
        (Float(7.6), Version(vec![7, 6]), None),
        (day("Monday"), day("Monday"), Some(true)),
        (day("Monday"), day("Friday"), Some(false)),
        (day("Monday"), of_type("System.Guid", "Monday"), None),
        (t("monday"), day("Monday"), Some(true)),
        (t("mon"), day("Monday"), Some(false)),
        (of_type("System.Uri", "http://x/a"), of_type("System.Uri", "http://x/A"), None),
        (of_type("System.Uri", "http://x/a"), of_type("System.Uri", "http://x/a"), Some(true)),
        (t("http://x/b"), of_type("System.Uri", "http://x/a"), None),
        // Two objects are equal where they are one, which nobody sees.
        (printed("x"), printed("x"), None),
        (object(&[("a", Int(1))]), object(&[("a", Int(1))]), None),
        (t("x"), printed("x"), None),
        (of_type("System.TimeSpan", "P1D"), of_type("System.TimeSpan", "P1D"), None),
        (list(&[t("x")]), t("x"), Some(true)),
        (list(&[t("x"), t("y")]), t("x"), None),
    ] {
        let row = pair(&value, &beside);
        assert_eq!(told(&Test::Is(other("q")), &row), equal, "{row:?}");
        assert_eq!(told(&Test::IsNot(other("Q")), &row), equal.map(|equal| !equal), "{row:?}");
    }
}

#[test]
fn bounds_are_of_one_kind_or_nothing_is_told() {
    use std::cmp::Ordering::{self, Equal, Greater, Less};
    let semantic = |text: &str| of_type("System.Management.Automation.SemanticVersion", text);
    let rows: Vec<(Value, Value, Option<Ordering>)> = vec![
        (Int(5), Int(5), Some(Equal)),
        (Int(6), Float(5.5), Some(Greater)),
        (t("10"), Int(9), Some(Greater)),
        (Int(10), t("9"), Some(Greater)),
        (t("10"), t("9"), Some(Greater)),
        (t("1.500"), Int(2), None),
        (t("1.500"), t("1.6"), None),
        (decimal("9.99999999999999999999"), Int(10), Some(Less)),
        (Int(i64::MAX), decimal("9223372036854775808"), Some(Less)),
        (Int(9_007_199_254_740_993), Float(9_007_199_254_740_992.0), None),
        (Float(1e300), Int(1000), Some(Greater)),
        (Bool(true), Int(0), None),
        (Int(5), Bool(false), None),
        (Time(NOW), Time(NOW - 1), Some(Greater)),
        (Time(NOW), t("2024-01-01T02:00:00+02:00"), Some(Equal)),
        (t("2024-01-01T01:00:00Z"), t("2024-01-01T02:00:00+02:00"), Some(Greater)),
        (Time(NOW), t("2024-01-01"), None),
        (Time(NOW), t("01/02/2024 10:00"), None),
        (Time(NOW), Int(5), None),
        (t("2024-01-01T01:00:00Z"), t("5"), None),
        (Version(vec![7, 6]), Version(vec![7, 6, 0]), Some(Equal)),
        (Version(vec![7, 10]), t("7.9"), Some(Greater)),
        (t("7.10"), Version(vec![7, 9]), Some(Greater)),
        (Version(vec![7, 10]), Float(7.9), None),
        (Int(8), Version(vec![7, 9]), None),
        (t("8"), Version(vec![7, 9]), None),
        (t("8"), t("7.9.1"), None),
        (semantic("7.6.0-preview.1"), t("7.6.0"), Some(Less)),
        (semantic("7.6.1"), Version(vec![7, 6, 0]), Some(Greater)),
        (of_type("System.Net.IPAddress", "10.0.0.1"), t("9.0.0.0"), None),
        // By their numbers one is later, by their parts the other: what they are nobody can tell.
        (t("5.9"), t("5.10"), None),
        (t("5.9"), t("5.8"), Some(Greater)),
        (t("5.9.0"), t("5.10.0"), Some(Less)),
        (t("5.9"), t("5.10.0"), Some(Less)),
        (t("x"), t("a"), None),
        (t(""), t(""), None),
        (t("2013-07-02"), t("5.0"), None),
    ];
    for (value, beside, order) in rows {
        let row = pair(&value, &beside);
        let told = |test: &Test| told(test, &row);
        assert_eq!(told(&Test::AtLeast(other("q"))), order.map(Ordering::is_ge), "{row:?}");
        assert_eq!(told(&Test::AtMost(other("q"))), order.map(Ordering::is_le), "{row:?}");
    }
}

#[test]
fn a_text_of_the_file_is_a_version_or_a_time() {
    table(
        &Test::AtLeast(word("5.9")),
        &[t("5.10"), Version(vec![5, 9]), t("5.9.1")],
        &[t("5.8"), Float(6.0), Int(6), Bool(true), Time(NOW), Null, list(&[t("6.0")])],
    );
    table(
        &Test::AtMost(word("2024-01-01T00:00:00Z")),
        &[Time(NOW), t("2024-01-01T01:00:00+02:00")],
        &[Time(NOW + 1), t("2023-12-31"), t("5.1"), Int(5), Null],
    );
}

#[test]
fn what_the_operator_gave_is_read_as_what_it_is() {
    let with = |test: Test, given: &[&str], value: &Value| {
        let inputs = [(InputId::from("n"), super::values(given))].into_iter().collect();
        let row = pair(value, &Null);
        let step = step(vec![on_property("p", test, Rows::All)]);
        completed(&[row]).found(&step, &inputs, Moment { wall: NOW, mono: 0 }).verdict == Verdict::Green
    };
    let at_least = || Test::AtLeast(input("n"));
    for (given, value, met) in [
        ("5", Int(5), true),
        ("5", Int(4), false),
        ("5", t("10"), true),
        ("5", t("6.0.0"), false),
        ("9007199254740993", Int(9_007_199_254_740_992), false),
        ("9007199254740993", Int(9_007_199_254_740_993), true),
        ("5.5", Float(5.5), true),
        ("5.9", Version(vec![5, 10]), true),
        ("5.9", t("5.10"), false),
        ("5.9", t("6.0"), true),
        ("2024-01-01T00:00:00Z", Time(NOW), true),
        ("2024-01-01T00:00:00Z", Time(NOW - 1), false),
        ("x", t("x"), false),
    ] {
        assert_eq!(with(at_least(), &[given], &value), met, "{value:?} at least {given}");
    }
    let version = || Test::VersionAtLeast(input("n"));
    assert!(with(version(), &["5.9"], &t("5.10")) && !with(version(), &["5.9"], &t("5.8")));
    let later = || Test::LaterThan(input("n"));
    assert!(
        with(later(), &["-2h"], &Time(NOW - 7_199_000)) && !with(later(), &["-2h"], &Time(NOW - 7_200_000))
    );
    assert!(!with(later(), &["tomorrow"], &Time(i64::MAX)));
    // Several are no bound, and none is nothing.
    for test in [at_least(), version(), later(), Test::AtMost(input("n"))] {
        for given in [&["5.1", "5.2"][..], &[]] {
            for value in [Int(5), t("5.1"), Time(NOW), Version(vec![9, 9])] {
                assert!(!with(test.clone(), given, &value), "{test} of {given:?}");
            }
        }
    }
}

#[test]
fn sets_take_each_element_of_a_property_that_holds_many() {
    for (value, beside, among, same) in [
        (t("A"), list(&[t("a"), t("b")]), Some(true), Some(false)),
        (t("c"), list(&[t("a"), t("b")]), Some(false), Some(false)),
        (t("a"), t("A"), Some(true), Some(true)),
        (t("a"), list(&[]), Some(false), Some(false)),
        (list(&[]), list(&[]), Some(false), Some(true)),
        (list(&[t("b"), t("a")]), list(&[t("A"), t("B"), t("a")]), None, Some(true)),
        (list(&[t("a"), Null]), list(&[t("a")]), None, None),
        (list(&[t("a")]), list(&[t("a"), Null]), Some(true), None),
        (list(&[Int(1), Int(2)]), list(&[Int(2), Float(1.0)]), None, Some(true)),
        (list(&[Int(1)]), list(&[list(&[Int(1)])]), None, None),
        (Int(5), list(&[t("5"), t("x")]), Some(true), Some(false)),
        (Bool(true), list(&[Bool(false), Bool(true)]), Some(true), Some(false)),
    ] {
        let row = pair(&value, &beside);
        assert_eq!(told(&Test::OneOf(vec![other("q")]), &row), among, "one of: {row:?}");
        assert_eq!(told(&Test::SameSetAs(vec![other("q")]), &row), same, "same set: {row:?}");
    }
    let both = Test::SameSetAs(vec![word("x"), other("q")]);
    assert_eq!(told(&both, &pair(&list(&[t("a"), t("x")]), &list(&[t("a")]))), Some(true));
}

#[test]
fn later_than_takes_a_span_back_from_now_and_one_of_the_row() {
    table(
        &Test::LaterThan(word("-2h")),
        &[Time(NOW), Time(NOW - 7_199_999)],
        &[Time(NOW - 7_200_000), t("x"), Null],
    );
    for (beside, met) in [
        (t("1h"), Some(false)),
        (t("-1h"), Some(true)),
        (of_type("System.TimeSpan", "PT1H"), Some(false)),
        (of_type("System.TimeSpan", "-P1DT2H3M4.5S"), Some(true)),
        (of_type("System.TimeSpan", "PT0S"), Some(false)),
        (printed("PT0S"), None),
        (t("PT1H"), None),
        (Int(5), None),
        (Time(NOW), None),
    ] {
        assert_eq!(told(&Test::LaterThan(other("q")), &pair(&Time(NOW), &beside)), met, "{beside:?}");
    }
}

#[test]
fn a_fact_shows_both_of_what_was_compared() {
    let row = object(&[("p", Int(4)), ("Limits", object(&[("Least", Int(5))]))]);
    let test = Test::AtLeast(other("Limits.Least"));
    let fact = judge(&step(vec![on_property("p", test, Rows::All)]), &completed(&[row])).facts.remove(0);
    assert_eq!(
        (fact.expected.as_str(), fact.found.as_str()),
        ("at least the row's Limits.Least", "4 (Limits.Least: 5)")
    );
}
