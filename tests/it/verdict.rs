//! What a check's objects say of its step, word by word of the file format.

use std::collections::BTreeMap;
use std::time::Duration;

use greenlight::facade::checklist::{
    Check, Emptiness, Expectation, InputId, InputValue, Localized, Operand, Pattern, Remedy, RemedyWhen,
    Rows, Step, StepKind, Test, Warnings,
};
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::verdict::{self, FAILURES_KEPT, NOT_BOUND};
use greenlight::facade::run::{
    Failure, Finding, Moment, MoreErrors, Outcome, OutcomeEnd, Verdict, VerdictReason,
};

use crate::harness::steps;

/// 2024-01-01T00:00:00Z.
const NOW: i64 = 1_704_067_200_000;
const DAY: i64 = 86_400_000;
const DAYS_30: Duration = Duration::from_secs(30 * 86_400);

fn values(texts: &[&str]) -> InputValue {
    serde_json::from_value(serde_json::json!(texts)).unwrap()
}

/// `one` has a value, `many` two, `none` an empty list; `unset` was never given.
fn inputs() -> BTreeMap<InputId, InputValue> {
    [("one", values(&["Contoso.com"])), ("many", values(&["a", "B"])), ("none", values(&[]))]
        .into_iter()
        .map(|(id, value)| (id.into(), value))
        .collect()
}

fn step(expect: Vec<Expectation>) -> Step {
    let mut step = steps::measured("step", &[], Duration::from_secs(60));
    step.kind = StepKind::Measured {
        check: Check {
            command: "Get-It".to_owned(),
            expect,
            warnings: Warnings::Keep,
            timeout: Duration::from_secs(60),
        },
        apply: None,
    };
    step
}

fn judge(step: &Step, outcome: &Outcome) -> Finding {
    let StepKind::Measured { check, .. } = &step.kind else { panic!("measured") };
    verdict::judge(step, check, outcome, &inputs(), Moment { wall: NOW, mono: 0 })
}

fn completed(rows: &[Value]) -> Outcome {
    Outcome {
        end: OutcomeEnd::Completed,
        rows: rows.to_vec(),
        rows_dropped: 0,
        warnings: Vec::new(),
        silent_ms: 0,
        failures: Vec::new(),
        elapsed_ms: 7,
    }
}

fn on_property(name: &str, test: Test, rows: Rows) -> Expectation {
    Expectation { property: Some(name.to_owned()), test, rows }
}

fn object(properties: &[(&str, Value)]) -> Value {
    let properties = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Value::Object(Object { properties, ..Object::default() })
}

/// An object that prints as `text`.
fn printed(text: &str) -> Value {
    Value::Object(Object { text: text.to_owned(), ..Object::default() })
}

/// A scalar of that type, which is nothing but its text.
fn of_type(name: &str, text: &str) -> Value {
    let type_names = vec!["System.Example".to_owned(), name.to_owned()];
    Value::Object(Object { type_names, text: text.to_owned(), properties: Vec::new() })
}

fn decimal(text: &str) -> Value {
    Value::Decimal(text.parse().unwrap())
}

fn row(value: Value) -> Value {
    object(&[("p", value)])
}

/// Whether one object whose property `p` is `value` makes a step green.
fn passes(test: &Test, value: &Value) -> bool {
    let finding =
        judge(&step(vec![on_property("p", test.clone(), Rows::All)]), &completed(&[row(value.clone())]));
    let green = finding.verdict == Verdict::Green;
    let reason = if green { VerdictReason::Met } else { VerdictReason::Unmet { count: 1 } };
    assert_eq!(finding.reason, reason);
    assert_eq!(finding.verdict, if green { Verdict::Green } else { Verdict::Red });
    green
}

/// Each of `good` passes and each of `bad` fails.
#[track_caller]
fn table(test: &Test, good: &[Value], bad: &[Value]) {
    for value in good {
        assert!(passes(test, value), "{test} should pass on {value:?}");
    }
    for value in bad {
        assert!(!passes(test, value), "{test} should fail on {value:?}");
    }
}

fn t(text: &str) -> Value {
    Value::text(text)
}

fn word(text: &str) -> Operand {
    Operand::Text(text.to_owned())
}

fn input(id: &str) -> Operand {
    Operand::Input(id.into())
}

fn list(items: &[Value]) -> Value {
    Value::List(items.to_vec())
}

use Value::{Bool, Float, Int, Null, Time, Unread, Version};

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn is_and_is_not_compare_as_powershell_does() {
    // What equals, what does not, and what can be said to do neither.
    type Row = (Operand, Vec<Value>, Vec<Value>, Vec<Value>);
    let rows: Vec<Row> = vec![
        (
            Operand::Bool(true),
            vec![Bool(true), t("True"), t("true"), Int(1), Float(1.0), decimal("1.0")],
            vec![Bool(false), Int(0), Float(0.0), Float(-0.0)],
            vec![t("1"), t(""), Int(2), Float(0.5), Time(1), list(&[]), list(&[Bool(true)]), printed("True")],
        ),
        (
            Operand::Bool(false),
            vec![Bool(false), Int(0), Float(0.0), Float(-0.0)],
            vec![Bool(true), Int(1)],
            vec![t("0"), t("no"), Version(vec![0, 0]), printed("False"), list(&[])],
        ),
        (
            Operand::Number(5.0),
            vec![Int(5), Float(5.0), decimal("5.00"), t("5")],
            vec![Int(4), Int(6), Float(5.5), decimal("5.00000000000000000001"), t("-5"), t("4.9")],
            vec![
                t("five"),
                t("5 errors"),
                t(""),
                t(" 5 "),
                t("5.0"),
                t("05"),
                t("+5"),
                t("0x5"),
                t("4kb"),
                t("4e1"),
                t("1_0"),
                t("4,0"),
                t("4."),
                t(".4"),
                t("4.000"),
                t("-"),
                t("4.5.6"),
                t("12345678901234567"),
                Bool(true),
                Time(5),
                Version(vec![5]),
                list(&[Int(5)]),
                of_type("System.Char", "5"),
            ],
        ),
        (
            Operand::Number(0.0),
            vec![Int(0), Float(-0.0), t("0")],
            vec![Int(1)],
            vec![t("-0"), t("0.0"), t("NaN"), t("inf"), Float(f64::NAN), Float(f64::INFINITY)],
        ),
        (
            // 2^53, beyond which a double leaves out every other whole number.
            Operand::Number(9_007_199_254_740_992.0),
            vec![Int(9_007_199_254_740_992), Float(9_007_199_254_740_992.0)],
            vec![
                Int(9_007_199_254_740_993),
                Int(9_007_199_254_740_991),
                Int(i64::MAX),
                decimal("18446744073709551615"),
            ],
            vec![t("9007199254740992"), t("x")],
        ),
        (
            Operand::Number(1e300),
            vec![Float(1e300)],
            vec![Float(1e299)],
            vec![Int(5), Int(i64::MAX), decimal("5"), t("5")],
        ),
        (
            Operand::Number(1e15),
            vec![Int(1_000_000_000_000_000)],
            vec![Int(1), t("5")],
            vec![t("1000000000000000"), t("1E+15")],
        ),
        (
            Operand::Number(0.00001),
            vec![Float(0.00001)],
            vec![Int(0), t("0")],
            vec![t("0.00001"), t("1E-05")],
        ),
        (
            // As a `decimal` PowerShell makes it 0.3.
            Operand::Number(0.300_000_000_000_000_04),
            vec![Float(0.300_000_000_000_000_04)],
            vec![Float(0.3), decimal("0.2")],
            vec![decimal("0.3"), decimal("0.30000000000000004"), t("0.30000000000000004")],
        ),
        (
            Operand::Number(1e16),
            vec![Float(1e16)],
            vec![Float(1.0)],
            vec![Int(10_000_000_000_000_000), Int(1), decimal("1")],
        ),
        (
            Operand::Number(0.123_456_789_012_345_6),
            vec![Float(0.123_456_789_012_345_6)],
            vec![decimal("0.1234567890123")],
            vec![decimal("0.123456789012346"), decimal("0.1234567890123456")],
        ),
        (word("0.1234567"), vec![decimal("0.1234567")], vec![Float(0.5)], vec![Float(0.123_456_7)]),
        (word("0.123456"), vec![Float(0.123_456)], vec![], vec![]),
        (
            Operand::Number(0.123_456_789_012_345),
            vec![t("0.123456789012345"), decimal("0.123456789012345")],
            vec![],
            vec![],
        ),
        (Operand::Number(7.0), vec![t("7")], vec![t("123456789012345")], vec![t("1234567890123456")]),
        (word("Ά"), vec![t("ά")], vec![], vec![t("α")]),
        (
            word("Enabled"),
            vec![t("Enabled"), t("eNABLED"), list(&[t("Enabled")])],
            vec![
                t("Enable"),
                t("Enabled "),
                t(""),
                list(&[t("x")]),
                Int(5),
                Float(0.1),
                decimal("5"),
                Version(vec![1, 0]),
            ],
            vec![
                Bool(true),
                Bool(false),
                list(&[]),
                list(&[t("")]),
                list(&[Int(5)]),
                list(&[t("Enabled"), t("Failed")]),
                printed("enabled"),
                printed("x"),
                printed(""),
                Time(1),
            ],
        ),
        (
            word("ÉTÉ"),
            vec![t("été")],
            vec![t("tea"), t("fin")],
            vec![t("ete"), t("e\u{301}te\u{301}"), t("éte")],
        ),
        (word("k"), vec![t("K")], vec![t("q"), t("kk"), t("")], vec![t("\u{212A}"), t("k\0"), t("k\u{AD}")]),
        (word("Straße"), vec![t("STRAßE")], vec![t("Strom")], vec![t("Strasse")]),
        (word("Работает"), vec![t("РАБОТАЕТ")], vec![t("Разное"), t("Работаеt")], vec![]),
        (word("ς"), vec![t("ς")], vec![], vec![t("σ"), t("x"), t("")]),
        (word("μ"), vec![t("Μ")], vec![t("x")], vec![t("\u{B5}"), t("ß")]),
        (word("True"), vec![t("true")], vec![t("False")], vec![Bool(true), Bool(false)]),
        (
            word("7.6"),
            vec![Version(vec![7, 6]), Float(7.6), decimal("7.6")],
            vec![Version(vec![7, 6, 0]), Float(7.5), Int(7), t("7.60")],
            vec![decimal("7.60")],
        ),
        (word("07.6"), vec![], vec![Version(vec![7, 5])], vec![Version(vec![7, 6]), Float(7.6)]),
        (word("5"), vec![Int(5), Float(5.0)], vec![Int(6)], vec![Version(vec![5, 0]), decimal("5.0")]),
        (word("1.2.3.4"), vec![Version(vec![1, 2, 3, 4])], vec![Version(vec![1, 2])], vec![]),
        (word("1.2.3.4.5"), vec![], vec![], vec![Version(vec![1, 2])]),
        (word("-0"), vec![], vec![Int(5)], vec![Float(-0.0), Float(0.0)]),
        (word("1 .2"), vec![], vec![], vec![Version(vec![1, 2]), Version(vec![3, 4])]),
        (word("0x5"), vec![], vec![t("5")], vec![Int(5), Int(6), Float(5.0)]),
        (word("5kb"), vec![], vec![], vec![Int(5120), Int(5)]),
        (word("1,500"), vec![], vec![], vec![Int(1500), Float(1.5)]),
        (word("1.500"), vec![t("1.500")], vec![t("1.5")], vec![Int(1500), Float(1.5), Int(7)]),
        (word("1.125"), vec![Float(1.125)], vec![], vec![Float(1.5)]),
        // What a single is as a double is not what PowerShell shows.
        (
            word("0.1"),
            vec![Float(0.1)],
            vec![Float(0.2)],
            vec![Float(0.100_000_001_490_116_12), Float(f64::NAN)],
        ),
        (word("NaN"), vec![], vec![Int(5)], vec![Float(f64::NAN), Float(f64::INFINITY)]),
        (word(""), vec![t("")], vec![t(" ")], vec![Int(0), printed(""), of_type("System.Char", "a")]),
        (word(" "), vec![t(" ")], vec![], vec![Int(0), Int(5)]),
        (
            word("Stopped"),
            vec![of_type("System.Enum", "Stopped")],
            vec![
                of_type("System.Enum", "Running"),
                of_type("System.Char", "S"),
                of_type("System.Guid", "7f"),
            ],
            vec![
                of_type("System.Uri", "http://x"),
                of_type("System.Security.SecureString", "Stopped"),
                of_type("System.TimeSpan", "Stopped"),
            ],
        ),
        (
            word("stop"),
            vec![],
            vec![of_type("System.Enum", "Running")],
            vec![of_type("System.Enum", "Stopped"), of_type("System.Enum", "Hidden, StopIt")],
        ),
        (word(" Stopped"), vec![], vec![], vec![of_type("System.Enum", "Stopped")]),
        (word("1"), vec![], vec![], vec![of_type("System.Enum", "Stopped")]),
        (
            word("Hidden, System"),
            vec![of_type("System.Enum", "Hidden, System")],
            vec![],
            vec![of_type("System.Enum", "System")],
        ),
        (
            word("{0A000000-0000-0000-0000-000000000001}"),
            vec![],
            vec![of_type("System.Guid", "0a000000-0000-0000-0000-000000000002")],
            vec![of_type("System.Guid", "0a000000-0000-0000-0000-000000000001")],
        ),
        (word("{0x1}"), vec![], vec![], vec![of_type("System.Guid", "0a000000-0000-0000-0000-000000000001")]),
        (word("a"), vec![of_type("System.Char", "A")], vec![of_type("System.Char", "b")], vec![]),
        (input("one"), vec![t("contoso.COM")], vec![t("fabrikam.com"), t("")], vec![]),
        (
            input("many"),
            vec![t("a"), t("b"), t("A"), list(&[t("B")])],
            vec![t("c"), t("a, B"), t(""), list(&[t("c")])],
            vec![],
        ),
    ];
    for (operand, equal, unequal, mut unclear) in rows {
        // A null equals nothing, and differs from nothing either: nobody knows what it would have been.
        unclear.push(Null);
        for (test, good, bad) in [
            (Test::Is(operand.clone()), &equal, &unequal),
            (Test::IsNot(operand.clone()), &unequal, &equal),
            (Test::OneOf(vec![operand.clone()]), &equal, &unequal),
        ] {
            table(&test, good, bad);
            table(&test, &[], &unclear);
            none_of(&test, bad, good);
            none_of(&test, &[], &unclear);
        }
    }
}

/// Each of `good` lets no row pass and each of `bad` may.
#[track_caller]
fn none_of(test: &Test, good: &[Value], bad: &[Value]) {
    for rows in [Rows::None, Rows::Count(0)] {
        for (value, wanted) in
            good.iter().map(|value| (value, true)).chain(bad.iter().map(|bad| (bad, false)))
        {
            let finding =
                judge(&step(vec![on_property("p", test.clone(), rows)]), &completed(&[row(value.clone())]));
            assert_eq!(finding.verdict == Verdict::Green, wanted, "{test} {rows:?} on {value:?}");
        }
    }
}

#[test]
fn a_text_that_says_true_or_false_is_a_boolean_for_eq_and_not_for_in() {
    let (yes, no) = (Operand::Bool(true), Operand::Bool(false));
    for (operand, equal, unequal) in [(&yes, t("True"), t("FALSE")), (&no, t("false"), t("True"))] {
        let (equal, unequal) = ([equal], [unequal]);
        table(&Test::Is(operand.clone()), &equal, &unequal);
        table(&Test::IsNot(operand.clone()), &unequal, &equal);
        none_of(&Test::Is(operand.clone()), &unequal, &equal);
    }
    // `'False' -in @($true)` is true, and `'False' -in @($false)` is not.
    table(&Test::OneOf(vec![yes.clone()]), &[t("True"), Bool(true)], &[t("False")]);
    none_of(&Test::OneOf(vec![yes.clone()]), &[Bool(false)], &[t("False"), t("True"), list(&[t("x")])]);
    table(&Test::OneOf(vec![no.clone()]), &[Bool(false)], &[t("False"), t("True"), list(&[t("False")])]);
    none_of(&Test::OneOf(vec![no]), &[Bool(true)], &[t("False"), t("True")]);
    none_of(&Test::OneOf(vec![Operand::Number(5.0)]), &[Int(6)], &[list(&[t("5")]), list(&[t("6")])]);
}

#[test]
fn what_a_test_can_tell_nothing_of_is_met_by_neither_it_nor_its_opposite() {
    let pattern = Test::Matches(Pattern::new("x").unwrap());
    none_of(
        &pattern,
        &[t("y"), t(""), list(&[]), list(&[t("y")])],
        &[t("x"), Null, Time(1), list(&[t("")]), list(&[Int(5)])],
    );
    none_of(
        &Test::Contains(word("x")),
        &[t("y"), t("xy"), list(&[]), list(&[t("xy")])],
        &[t("x"), list(&[t("x")]), list(&[Null]), Null],
    );
    // Where no row may hold them, one of many is already too much.
    none_of(
        &Test::Contains(input("many")),
        &[t("c"), t("xb"), list(&[t("c")]), list(&[])],
        &[t("a"), list(&[t("B"), t("c")]), list(&[t("a"), t("b")]), Null],
    );
    for unset in ["none", "unset"] {
        none_of(&Test::Contains(input(unset)), &[], &[t("a"), list(&[])]);
    }
    for test in [Test::Is(input("unset")), Test::IsNot(input("unset")), Test::SameSetAs(vec![input("unset")])]
    {
        none_of(&test, &[], &[t("a"), list(&[])]);
    }
    none_of(
        &Test::AtLeast(5.0),
        &[Int(4), t("4"), decimal("4.99999999999999999999")],
        &[
            Int(5),
            t("60 GB (64,424,509,440 bytes)"),
            t("64,424,509,440"),
            t("4.999"),
            t("inf"),
            t(""),
            Null,
            Bool(true),
        ],
    );
    none_of(&Test::AtMost(5.0), &[Int(6), t("6")], &[Int(5), t("-inf"), t("x"), Null]);
    none_of(
        &Test::VersionAtLeast("4".to_owned()),
        &[t("3.9"), t("4.0-preview.1"), Int(3)],
        &[t("4.0"), t("2013-07-02"), t("+5.0"), t("version 4"), Null, Bool(true), Float(3.5)],
    );
    none_of(&Test::VersionAtLeast("no version".to_owned()), &[], &[t("1"), Null]);
    none_of(
        &Test::LaterThan(DAYS_30),
        &[Time(NOW), t("2024-01-31T00:00:00Z")],
        &[Time(NOW + 31 * DAY), t("11/30/2099 10:00"), Null, Int(1)],
    );
    none_of(&Test::Empty(Emptiness::Empty), &[t("x")], &[Null, t("")]);
    none_of(&Test::SameSetAs(vec![word("a")]), &[t("b"), Null, list(&[])], &[t("a")]);
    // Of several, one that holds is enough; without one, one that nobody can judge is too much.
    let one_of = Test::OneOf(vec![Operand::Number(2.0), word("Full")]);
    none_of(&one_of, &[Int(3)], &[t("full"), Int(2), t("Mini"), Null]);
    table(&one_of, &[t("full"), Int(2)], &[Int(3), t("Mini"), Null]);
}

#[test]
fn an_input_without_a_value_lets_nothing_pass() {
    let anything = [t("x"), t(""), Null, list(&[]), list(&[t("x")])];
    table(&Test::Is(input("unset")), &[], &anything);
    table(&Test::IsNot(input("unset")), &[], &anything);
    table(&Test::Contains(input("unset")), &[], &anything);
    table(&Test::OneOf(vec![input("unset")]), &[], &anything);
    table(&Test::SameSetAs(vec![input("unset")]), &[], &anything);
    table(&Test::SameSetAs(vec![word("x"), input("unset")]), &[], &anything);
    // An empty list was given: it equals nothing, and nothing is known to be equal to it.
    table(&Test::Is(input("none")), &[], &anything);
    table(&Test::IsNot(input("none")), &[t("x"), t(""), list(&[t("x")])], &[Null, list(&[])]);
    table(&Test::Contains(input("none")), &[], &anything);
    table(&Test::SameSetAs(vec![input("none")]), &[Null, list(&[])], &[t("x"), list(&[t("x")])]);
}

#[test]
fn one_of_takes_any_of_its_operands() {
    let test = Test::OneOf(vec![word("Full"), Operand::Number(2.0), Operand::Bool(true), input("many")]);
    table(&test, &[t("full"), Int(2), t("2"), Bool(true), t("B")], &[t("Mini"), Int(3), Bool(false), Null]);
    table(&Test::OneOf(Vec::new()), &[], &[t("x"), Null]);
}

#[test]
fn matches_finds_a_pattern_without_regard_to_case() {
    let test = Test::Matches(Pattern::new("^cs.*2013$").unwrap());
    table(&test, &[t("CS Server 2013"), printed("cs2013")], &[t("a cs 2013"), t(""), Null]);
    let anything = Test::Matches(Pattern::new("").unwrap());
    table(&anything, &[t(""), t("x"), Int(5), Bool(true)], &[Null]);
    table(
        &Test::Matches(Pattern::new("^5$").unwrap()),
        &[Int(5), Float(5.0), decimal("5")],
        &[Int(55), Float(1e15)],
    );
    // A list is one of its elements that is found; an empty one is nothing to PowerShell.
    let ends = Test::Matches(Pattern::new("^$|^b").unwrap());
    table(
        &ends,
        &[list(&[t("a"), t("b")]), list(&[t(""), t("bc")])],
        &[list(&[t("a")]), list(&[t("")]), list(&[])],
    );
    for (type_name, text) in
        [("System.TimeSpan", "P1D"), ("System.Xml.XmlDocument", "<a />"), ("System.Uri", "")]
    {
        table(&anything, &[], &[of_type(type_name, text)]);
    }
    table(&anything, &[of_type("System.Uri", "http://x")], &[Time(1), object(&[("a", Int(1))])]);
}

#[test]
fn a_pattern_is_judged_where_every_engine_reads_it_alike() {
    // Found, not found, or not judged.
    for (source, text, found) in [
        ("contoso", "Máquina CONTOSO", Some(true)),
        ("contoso", "Máquina", Some(false)),
        ("en ejecución|detenido", "En ejecución", Some(true)),
        ("en ejecución|detenido", "Detenido", Some(true)),
        ("en ejecución|detenido", "Running", Some(false)),
        ("ejecución", "EJECUCIÓN", None),
        (r"^\w+$", "abc", Some(true)),
        (r"^\w+$", "a b", Some(false)),
        (r"^\w+$", "été", None),
        (r"\d", "5 été", Some(true)),
        (r"\d", "٥", None),
        (r"\s", "a\u{A0}b", None),
        (r"\s", "a á", Some(true)),
        (r"\bt\b", "été", None),
        (r"\bt\b", "a t", Some(true)),
        (r"\B", "é", None),
        (r"\W", "é", None),
        (r"\D", "é", None),
        (r"\S", "é", None),
        ("[^a]", "é", None),
        ("[^a]", "b", Some(true)),
        ("[a^]", "é^", Some(true)),
        ("[]a]", "é]", Some(true)),
        ("^.$", "é", Some(true)),
        ("^.$", "\u{FFFF}", Some(true)),
        ("^.$", "\u{10000}", None),
        ("^.$", "\u{1F600}", None),
        ("k", "\u{212A}", None),
        ("k", "k\u{212A}", Some(true)),
        ("\u{212A}", "k", None),
        ("ı", "i", None),
        ("a$", "a\n", None),
        ("a", "a\n", Some(true)),
        ("a$", "a", Some(true)),
        ("[[:alpha:]]", "a", None),
        ("[a&&b]", "a", None),
        ("[a-c&&b]", "b", None),
        ("[a-c--b]", "a", None),
        ("[a&b]", "a", Some(true)),
        ("[a][b]", "ab", Some(true)),
        ("[^a][b]", "cb", Some(true)),
        (r"\b{start}a", "a", None),
        ("a{,3}", "aa", None),
        ("a&&b", "a&&b", Some(true)),
        (r"\<a", "<a", None),
        (r"a\>", "a>", None),
        (r"\[\[a", "[[a", Some(true)),
        (r"\\d", r"\d", Some(true)),
    ] {
        let Ok(pattern) = Pattern::new(source) else {
            assert_eq!(found, None, "{source} is refused");
            continue;
        };
        let test = Test::Matches(pattern);
        let passes_at = |rows| {
            let finding =
                judge(&step(vec![on_property("p", test.clone(), rows)]), &completed(&[row(t(text))]));
            finding.verdict == Verdict::Green
        };
        let told = (passes_at(Rows::All), passes_at(Rows::None));
        assert_eq!(told, (found == Some(true), found == Some(false)), "{source} in {text:?}");
    }
}

#[test]
fn contains_looks_for_an_element_and_compares_anything_else_whole() {
    let enterprise = Test::Contains(word("Enterprise"));
    table(
        &enterprise,
        &[list(&[t("x"), t("enterprise")]), t("ENTERPRISE"), of_type("System.Uri", "enterprise")],
        &[
            list(&[t("EnterpriseX")]),
            list(&[list(&[t("Enterprise")])]),
            list(&[]),
            t("My ENTERPRISE pack"),
            object(&[("SkuId", t("enterprise"))]),
            printed("enterprise"),
            Null,
            Bool(true),
            Int(1),
        ],
    );
    table(
        &Test::Contains(Operand::Number(5.0)),
        &[list(&[Int(4), Int(5)]), Int(5), list(&[t("5")])],
        &[list(&[Int(55)]), Int(155), t("a5")],
    );
    table(
        &Test::Contains(Operand::Bool(true)),
        &[list(&[Bool(true)]), t("true")],
        &[list(&[Bool(false)]), t("so true"), t("1")],
    );
    table(&Test::Contains(word("7.6")), &[Version(vec![7, 6])], &[Version(vec![7, 6, 1]), Float(7.61)]);
    table(&Test::Contains(input("one")), &[list(&[t("contoso.com")])], &[t("sip.contoso.com"), t("contoso")]);
    table(
        &Test::Contains(input("many")),
        &[list(&[t("B"), t("x"), t("a")])],
        &[list(&[t("a")]), t("a"), t("xayb"), t("c"), list(&[])],
    );
}

#[test]
fn what_could_not_be_read_leaves_a_step_undetermined() {
    let with = |test: &Test, rows: Rows, values: &[Value]| {
        let rows_given: Vec<Value> = values.iter().map(|value| row(value.clone())).collect();
        let finding = judge(&step(vec![on_property("p", test.clone(), rows)]), &completed(&rows_given));
        (finding.verdict, finding.reason)
    };
    let unread = (Verdict::Undetermined, VerdictReason::Unread { property: "p".to_owned() });
    let unmet = (Verdict::Red, VerdictReason::Unmet { count: 1 });
    let met = (Verdict::Green, VerdictReason::Met);
    for test in every_test() {
        for rows in [Rows::All, Rows::Any, Rows::None, Rows::Count(0), Rows::Count(1)] {
            assert_eq!(with(&test, rows, &[Unread]), unread, "{test} {rows:?}");
        }
    }
    let is = Test::Is(word("x"));
    // What was read may be enough to tell.
    for (rows, values, told) in [
        (Rows::All, vec![t("x"), Unread], &unread),
        (Rows::All, vec![t("y"), Unread], &unmet),
        (Rows::Any, vec![t("x"), Unread], &met),
        (Rows::Any, vec![t("y"), Unread], &unread),
        (Rows::None, vec![t("y"), Unread], &unread),
        (Rows::None, vec![t("x"), Unread], &unmet),
        (Rows::Count(1), vec![t("x"), Unread], &unread),
        (Rows::Count(2), vec![t("x"), Unread], &unread),
        (Rows::Count(0), vec![t("x"), Unread], &unmet),
        (Rows::Count(3), vec![t("x"), Unread], &unmet),
        (Rows::Count(2), vec![t("x"), Null, Unread], &unmet),
    ] {
        assert_eq!(&with(&is, rows, &values), told, "{rows:?} {values:?}");
    }
    // In a list it may be the element that is asked for.
    for (test, items, told) in [
        (Test::Contains(word("x")), vec![t("x"), Unread], &met),
        (Test::Contains(word("x")), vec![t("y"), Unread], &unread),
        (Test::Contains(word("x")), vec![t("y"), Null], &unmet),
        (Test::SameSetAs(vec![word("x")]), vec![t("x"), Unread], &unread),
        (Test::SameSetAs(vec![word("x")]), vec![t("y"), Unread], &unmet),
        (Test::Matches(Pattern::new("x").unwrap()), vec![t("y"), Unread], &unread),
        (Test::Empty(Emptiness::Filled), vec![Unread], &met),
    ] {
        assert_eq!(&with(&test, Rows::All, &[list(&items)]), told, "{test} {items:?}");
    }
    // Of two expectations one that fails is enough.
    let both = step(vec![on_property("p", is.clone(), Rows::All), on_property("q", is, Rows::All)]);
    let rows = [object(&[("p", Unread), ("q", t("y"))])];
    assert_eq!(judge(&both, &completed(&rows)).reason, VerdictReason::Unmet { count: 1 });
    let fact = judge(&both, &completed(&rows)).facts.remove(0);
    assert_eq!((fact.found.as_str(), fact.met), ("…", false));
}

#[test]
fn bounds_hold_numbers_and_numbers_as_text() {
    table(
        &Test::AtLeast(5.0),
        &[
            Int(5),
            Int(6),
            Float(5.0),
            decimal("5"),
            decimal("18446744073709551615"),
            t("5"),
            t(" 7 "),
            t("+7"),
            t("10"),
            t("5.5"),
        ],
        &[
            decimal("4.99999999999999999999"),
            t("5.125"),
            t("1_0"),
            t("5e3"),
            t("0x10"),
            Int(4),
            Float(4.9),
            t("4"),
            t("x"),
            t(""),
            Null,
            Bool(true),
            Time(9),
            Version(vec![9]),
            list(&[Int(9)]),
        ],
    );
    table(
        &Test::AtMost(5.0),
        &[Int(5), Int(-6), Float(5.0), t("5"), t("-1")],
        &[
            decimal("5.00000000000000000001"),
            t("1.500"),
            Int(6),
            Float(5.1),
            t("6"),
            t("x"),
            t(""),
            Null,
            Bool(false),
            Time(1),
            printed("1"),
        ],
    );
}

#[test]
fn versions_compare_part_by_part() {
    let at_least = |bound: &str| Test::VersionAtLeast(bound.to_owned());
    table(
        &at_least("5.0.8308.0"),
        &[
            Version(vec![5, 0, 8308]),
            Version(vec![5, 0, 8308, 1]),
            Version(vec![5, 1]),
            Version(vec![6]),
            Int(6),
            t("5.0.8308"),
            t(" 5.0.9000.1 "),
            t("10.0"),
            t("5.0.8308+build"),
            t("5.1-preview.1"),
            printed("5.0.8308.556"),
        ],
        &[
            t("5.0.8308-preview.1"),
            t("2013-07-02"),
            t("+6.0"),
            Version(vec![5, 0, 8307, 99]),
            Version(vec![4, 9, 9999]),
            Version(Vec::new()),
            Int(5),
            Int(-1),
            t("5"),
            t("5.0.8307"),
            t("5.0.8308.x"),
            t("9.0.0.0.0"),
            t("v9"),
            t(""),
            printed("x"),
            Float(9.0),
            Bool(true),
            Time(NOW),
            Null,
            list(&[Version(vec![9])]),
        ],
    );
    table(
        &at_least("1.2.3.4"),
        &[t("1.2.3.4"), t("1.2.3.5"), t("1.3")],
        &[t("1.2.3.3"), t("1.2.3"), t("1.1.9.9")],
    );
    table(&at_least("7.6.0-preview.1"), &[t("7.6"), t("7.6-preview.1")], &[t("7.5"), t("7.6-preview.2")]);
    table(&at_least("no version"), &[], &[t("9.9"), t("no version")]);
}

#[test]
fn later_than_counts_from_now() {
    let test = Test::LaterThan(DAYS_30);
    table(
        &test,
        &[Time(NOW + 30 * DAY + 1), t("2024-02-01T00:00:00Z"), t(" 2024-01-31T02:00:01+02:00 ")],
        &[
            Time(NOW + 30 * DAY),
            Time(NOW),
            Time(-1),
            t("2024-01-31T00:00:00Z"),
            t("2024-01-31T02:00:00+02:00"),
            t("tomorrow"),
            t(""),
            Null,
            Int(i64::MAX),
            Float(1e300),
            Bool(true),
            Version(vec![9]),
            list(&[Time(i64::MAX)]),
            printed("2099-01-01T00:00:00Z"),
        ],
    );
    table(&Test::LaterThan(Duration::ZERO), &[Time(NOW + 1)], &[Time(NOW)]);
    table(&Test::LaterThan(Duration::MAX), &[], &[Time(i64::MAX)]);
}

#[test]
fn empty_means_null_or_nothing_in_it() {
    let empty = [Null, t(""), list(&[]), Value::Object(Object::default())];
    let filled = [
        t(" "),
        t("x"),
        list(&[Null]),
        printed("x"),
        object(&[("a", Null)]),
        Bool(false),
        Int(0),
        Float(0.0),
        Time(0),
        Version(Vec::new()),
    ];
    table(&Test::Empty(Emptiness::Empty), &empty, &filled);
    table(&Test::Empty(Emptiness::Filled), &filled, &empty);
}

#[test]
fn same_set_as_asks_for_the_same_elements_in_any_order() {
    let test = Test::SameSetAs(vec![word("a"), word("B")]);
    table(
        &test,
        &[list(&[t("A"), t("b")]), list(&[t("b"), t("a")]), list(&[t("a"), t("b"), t("a")])],
        &[
            list(&[t("a")]),
            list(&[t("b")]),
            list(&[t("a"), t("b"), t("c")]),
            list(&[]),
            Null,
            t("a"),
            t("a, B"),
        ],
    );
    table(
        &Test::SameSetAs(vec![word("a")]),
        &[t("A"), list(&[t("a")])],
        &[t("b"), list(&[t("a"), Null]), Null],
    );
    table(&Test::SameSetAs(Vec::new()), &[Null, list(&[])], &[t("x"), t("")]);
    table(&Test::SameSetAs(vec![input("many")]), &[list(&[t("b"), t("a")])], &[list(&[t("a")])]);
    table(
        &Test::SameSetAs(vec![input("many"), input("one")]),
        &[list(&[t("b"), t("a"), t("CONTOSO.com")])],
        &[],
    );
    table(
        &Test::SameSetAs(vec![Operand::Number(5.0), Operand::Bool(true)]),
        &[list(&[Int(5), Bool(true)])],
        &[Int(5)],
    );
    // Thousands are looked up, and what is not equal letter by letter is compared.
    let many: Vec<Value> = (0..20_000).map(|n| t(&format!("USER{n}"))).collect();
    table(&Test::SameSetAs((0..20_000).map(|n| word(&format!("user{n}"))).collect()), &[list(&many)], &[]);
    table(&Test::SameSetAs(vec![word("e\u{301}")]), &[t("e\u{301}")], &[t("é"), t("e")]);
    for value in [Int(5), Float(5.0), Version(vec![1, 2]), of_type("System.Net.IPAddress", "::1")] {
        table(&Test::SameSetAs(vec![word(&value.display())]), &[value], &[]);
    }
}

#[test]
fn present_asks_only_for_the_property() {
    table(&Test::Present, &[t("x"), t(""), Null, Int(0), Bool(false), list(&[])], &[]);
    let missing = judge(&step(vec![on_property("p", Test::Present, Rows::All)]), &completed(&[object(&[])]));
    assert_eq!(missing.verdict, Verdict::Red);
}

/// One of each.
fn every_test() -> Vec<Test> {
    vec![
        Test::Present,
        Test::Is(word("")),
        Test::IsNot(word("x")),
        Test::OneOf(vec![word("")]),
        Test::Matches(Pattern::new("").unwrap()),
        Test::Contains(word("")),
        Test::AtLeast(f64::NEG_INFINITY),
        Test::AtMost(f64::INFINITY),
        Test::VersionAtLeast("0".to_owned()),
        Test::LaterThan(Duration::ZERO),
        Test::Empty(Emptiness::Empty),
        Test::Empty(Emptiness::Filled),
        Test::SameSetAs(Vec::new()),
    ]
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

#[test]
fn what_failed_or_was_cut_is_never_green() {
    let green = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::All }]);
    let failing = || vec![Failure { message: "no".to_owned(), ..Failure::default() }];
    let rows: [(OutcomeEnd, Vec<Failure>, u64, Verdict, VerdictReason); 10] = [
        (OutcomeEnd::Completed, vec![], 0, Verdict::Green, VerdictReason::Met),
        (OutcomeEnd::Completed, failing(), 0, Verdict::Undetermined, VerdictReason::Failed),
        (OutcomeEnd::Completed, failing(), 1, Verdict::Undetermined, VerdictReason::Failed),
        (OutcomeEnd::Completed, vec![], 1, Verdict::Undetermined, VerdictReason::Cut),
        (OutcomeEnd::Threw, vec![], 0, Verdict::Undetermined, VerdictReason::Failed),
        (OutcomeEnd::Threw, failing(), 0, Verdict::Undetermined, VerdictReason::Failed),
        (OutcomeEnd::Stopped, vec![], 0, Verdict::Interrupted, VerdictReason::Stopped),
        (OutcomeEnd::Stopped, failing(), 1, Verdict::Interrupted, VerdictReason::Stopped),
        (OutcomeEnd::Lost, vec![], 0, Verdict::Interrupted, VerdictReason::ShellLost),
        (OutcomeEnd::Lost, failing(), 1, Verdict::Interrupted, VerdictReason::ShellLost),
    ];
    for (end, failures, rows_dropped, verdict, reason) in rows {
        let outcome = Outcome {
            end,
            rows: vec![t("x")],
            rows_dropped,
            failures: failures.clone(),
            warnings: Vec::new(),
            silent_ms: 0,
            elapsed_ms: 9,
        };
        let finding = judge(&green, &outcome);
        assert_eq!((finding.verdict, &finding.reason), (verdict, &reason), "{end:?} {rows_dropped}");
        assert_eq!((finding.failures, finding.elapsed_ms), (failures, 9));
        assert_eq!(finding.facts.len(), 1);
        // Nor does it become red where nothing was seen, or because an expectation failed.
        let nothing = judge(&green, &Outcome { rows: Vec::new(), ..outcome });
        assert_eq!(nothing.verdict, if verdict == Verdict::Green { Verdict::Red } else { verdict });
    }
}

#[test]
fn a_finding_keeps_the_first_failures() {
    let failures: Vec<Failure> =
        (0..FAILURES_KEPT + 2).map(|n| Failure { message: n.to_string(), ..Failure::default() }).collect();
    let outcome = Outcome { failures: failures.clone(), ..completed(&[]) };
    let finding = judge(&step(Vec::new()), &outcome);
    assert_eq!(finding.failures, failures[..FAILURES_KEPT]);
    assert_eq!(finding.more_errors, MoreErrors { count: 2, targets: Vec::new() });
    let at = |target: &str| Failure { target: target.to_owned(), ..Failure::default() };
    let more = ["b", "a", "", "b"].map(at);
    let outcome = Outcome { failures: [&failures[..FAILURES_KEPT], &more].concat(), ..completed(&[]) };
    let targets = vec!["b".to_owned(), "a".to_owned()];
    assert_eq!(judge(&step(Vec::new()), &outcome).more_errors, MoreErrors { count: 4, targets });
    let outcome = Outcome { failures: failures[..FAILURES_KEPT].to_vec(), ..completed(&[]) };
    let finding = judge(&step(Vec::new()), &outcome);
    assert!(finding.more_errors.is_none());
    assert!(!serde_json::to_string(&finding).unwrap().contains("more_errors"));
}

#[test]
fn what_a_finding_says_is_kept_whole() {
    let timed_out = |silent| {
        let failures = vec![Failure::default(); FAILURES_KEPT + 2];
        Finding {
            more_errors: MoreErrors { count: 2, targets: vec!["fe01".to_owned()] },
            ..verdict::cut_off(Verdict::Undetermined, VerdictReason::TimedOut { silent }, failures, 3)
        }
    };
    for silent in [false, true] {
        let written = serde_json::to_string(&timed_out(silent)).unwrap();
        assert_eq!(serde_json::from_str::<Finding>(&written).unwrap(), timed_out(silent));
        // As a run of format 1 has it, where there was no such word.
        assert_eq!(written.contains("silent"), silent);
    }
}

#[test]
fn a_check_that_was_cut_off_holds_no_facts() {
    let failures = vec![Failure::default()];
    let finding = verdict::cut_off(
        Verdict::Interrupted,
        VerdictReason::TimedOut { silent: false },
        failures.clone(),
        3,
    );
    assert_eq!(
        (finding.verdict, &finding.reason),
        (Verdict::Interrupted, &VerdictReason::TimedOut { silent: false })
    );
    assert_eq!((finding.failures, finding.elapsed_ms), (failures, 3));
    assert!(finding.facts.is_empty() && finding.remedies.is_empty());
}

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

mod remedies {
    use super::*;

    fn when(error_id: Option<&str>, text: Option<&str>, property: Option<&str>) -> Remedy {
        Remedy {
            when: RemedyWhen {
                error_id: error_id.map(str::to_owned),
                text: text.map(|text| Pattern::new(text).unwrap()),
                property: property.map(str::to_owned),
            },
            say: steps::text("do that"),
            docs: None,
        }
    }

    fn failure(error_id: &str, exception: &str, message: &str) -> Failure {
        Failure {
            error_id: error_id.to_owned(),
            exception: exception.to_owned(),
            message: message.to_owned(),
            ..Failure::default()
        }
    }

    /// The remedies for these failures, where `p` was found wrong and `q` right.
    fn chosen(remedies: Vec<Remedy>, failures: Vec<Failure>) -> Vec<usize> {
        let mut step = step(vec![
            on_property("p", Test::Is(word("x")), Rows::All),
            on_property("q", Test::Present, Rows::All),
        ]);
        step.remedies = remedies;
        let rows = vec![object(&[("p", t("y")), ("q", t("z"))])];
        judge(&step, &Outcome { failures, ..completed(&rows) }).remedies
    }

    #[test]
    fn an_error_is_known_by_the_first_part_of_its_id_or_by_its_exception() {
        let by_id = || vec![when(Some("CommandNotFoundException"), None, None)];
        for (own, fits) in [
            (failure("CommandNotFoundException", "", ""), true),
            (failure("commandnotfoundexception,Microsoft.PowerShell", "", ""), true),
            (failure("Other", "System.Management.Automation.CommandNotFoundException", ""), true),
            (failure("Other", "CommandNotFoundException", ""), true),
            (failure("Other,CommandNotFoundException", "System.CommandNotFoundException.Other", ""), false),
            (failure("", "", "CommandNotFoundException"), false),
        ] {
            assert_eq!(chosen(by_id(), vec![own.clone()]), if fits { vec![0] } else { vec![] }, "{own:?}");
        }
        assert_eq!(chosen(by_id(), Vec::new()), Vec::<usize>::new());
    }

    #[test]
    fn a_text_is_a_pattern_in_the_message() {
        let by_text = || vec![when(None, Some("timed out|refused"), None)];
        assert_eq!(chosen(by_text(), vec![failure("", "", "It was REFUSED.")]), [0]);
        assert!(chosen(by_text(), vec![failure("refused", "refused", "no")]).is_empty());
        assert!(chosen(by_text(), Vec::new()).is_empty());
    }

    #[test]
    fn id_and_text_must_be_of_the_same_error() {
        let both = || vec![when(Some("Login"), Some("password"), None)];
        assert_eq!(chosen(both(), vec![failure("X", "", ""), failure("Login", "", "wrong password")]), [0]);
        let apart = vec![failure("Login", "", "no such user"), failure("X", "", "wrong password")];
        assert!(chosen(both(), apart).is_empty());
    }

    #[test]
    fn a_property_is_one_whose_fact_was_not_met() {
        assert_eq!(chosen(vec![when(None, None, Some("P"))], Vec::new()), [0]);
        assert!(chosen(vec![when(None, None, Some("q"))], Vec::new()).is_empty());
        assert!(chosen(vec![when(None, None, Some("r"))], Vec::new()).is_empty());
        let both = || vec![when(Some("Login"), None, Some("p"))];
        assert!(chosen(both(), Vec::new()).is_empty());
        assert_eq!(chosen(both(), vec![failure("Login", "", "")]), [0]);
        assert!(
            chosen(vec![when(Some("Login"), None, Some("q"))], vec![failure("Login", "", "")]).is_empty()
        );
    }

    #[test]
    fn those_without_a_condition_come_last_and_the_rest_in_the_order_of_the_file() {
        let remedies = vec![
            when(None, None, None),
            when(None, None, Some("p")),
            when(Some("Other"), None, None),
            when(None, None, None),
            when(None, Some("no"), None),
            when(Some("Login"), None, None),
        ];
        assert_eq!(chosen(remedies, vec![failure("Login", "", "no")]), [1, 4, 5, 0, 3]);
    }

    #[test]
    fn a_green_step_needs_none_and_whatever_else_may_have_one() {
        let mut green = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::All }]);
        green.remedies = vec![when(None, None, None)];
        let outcome = completed(&[t("x")]);
        assert!(judge(&green, &outcome).remedies.is_empty());
        assert_eq!(judge(&green, &completed(&[])).remedies, [0]);
        for end in [OutcomeEnd::Threw, OutcomeEnd::Stopped, OutcomeEnd::Lost] {
            assert_eq!(judge(&green, &Outcome { end, ..outcome.clone() }).remedies, [0]);
        }
    }
}

#[test]
fn a_warning_keeps_a_step_from_green_where_its_check_says_so() {
    let mut checked = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::All }]);
    checked.remedies = vec![Remedy {
        when: RemedyWhen { text: Some(Pattern::new("replica").unwrap()), ..RemedyWhen::default() },
        say: Localized::default(),
        docs: None,
    }];
    let warned = || Outcome {
        warnings: vec!["the replica is behind".to_owned(), "and so is another".to_owned()],
        ..completed(&[t("x")])
    };
    assert_eq!(judge(&checked, &warned()).reason, VerdictReason::Met);
    let StepKind::Measured { check, .. } = &mut checked.kind else { panic!("measured") };
    check.warnings = Warnings::Fail;
    let found = judge(&checked, &warned());
    let reason = VerdictReason::Warned { warning: "the replica is behind".to_owned() };
    assert_eq!((found.verdict, &found.reason), (Verdict::Red, &reason));
    assert_eq!((found.remedies, found.facts.len()), (vec![0], 1), "what it warns of has its remedy");
    // It says more than that there are no rows, and less than an error, an end or a cut.
    let nothing = judge(&checked, &Outcome { rows: Vec::new(), ..warned() });
    assert_eq!((nothing.verdict, &nothing.reason), (Verdict::Red, &reason));
    let failed = judge(&checked, &Outcome { failures: vec![Failure::default()], ..warned() });
    assert_eq!((failed.verdict, failed.reason), (Verdict::Undetermined, VerdictReason::Failed));
    let cut = judge(&checked, &Outcome { rows_dropped: 1, ..warned() });
    assert_eq!((cut.verdict, cut.reason), (Verdict::Undetermined, VerdictReason::Cut));
    assert_eq!(judge(&checked, &completed(&[t("x")])).verdict, Verdict::Green);
}

#[test]
fn what_could_not_be_bound_is_named() {
    let green = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::None }]);
    let said = |error_id: &str| Failure { error_id: error_id.to_owned(), ..Failure::default() };
    let failures = vec![said("VariableNotWritable,x"), said(&format!("{NOT_BOUND},target_pool"))];
    let found = judge(&green, &Outcome { end: OutcomeEnd::Unbound, failures, ..completed(&[]) });
    let reason = VerdictReason::Unbound { variable: "target_pool".to_owned() };
    assert_eq!((found.verdict, found.reason), (Verdict::Undetermined, reason));
}
