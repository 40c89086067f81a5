//! What equals an operand and what does not, as PowerShell compares.

use super::*;

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
    for test in [
        Test::Is(input("unset")),
        Test::IsNot(input("unset")),
        Test::SameSetAs(vec![input("unset")]),
        Test::Is(input("none")),
        Test::IsNot(input("none")),
    ] {
        none_of(&test, &[], &[t("a"), list(&[])]);
    }
    none_of(
        &Test::AtLeast(Operand::Number(5.0)),
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
    none_of(&Test::AtMost(Operand::Number(5.0)), &[Int(6), t("6")], &[Int(5), t("-inf"), t("x"), Null]);
    none_of(
        &Test::VersionAtLeast(word("4")),
        &[t("3.9"), t("4.0-preview.1"), Int(3)],
        &[t("4.0"), t("2013-07-02"), t("+5.0"), t("version 4"), Null, Bool(true), Float(3.5)],
    );
    none_of(&Test::VersionAtLeast(word("no version")), &[], &[t("1"), Null]);
    none_of(
        &Test::LaterThan(word("30d")),
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
    // One that was left empty equals nothing, and nothing is known to be another; a set without elements is one.
    table(&Test::Is(input("none")), &[], &anything);
    table(&Test::IsNot(input("none")), &[], &anything);
    table(&Test::Contains(input("none")), &[], &anything);
    table(&Test::SameSetAs(vec![input("none")]), &[Null, list(&[])], &[t("x"), list(&[t("x")])]);
}

#[test]
fn one_of_takes_any_of_its_operands() {
    let test = Test::OneOf(vec![word("Full"), Operand::Number(2.0), Operand::Bool(true), input("many")]);
    table(&test, &[t("full"), Int(2), t("2"), Bool(true), t("B")], &[t("Mini"), Int(3), Bool(false), Null]);
    table(&Test::OneOf(Vec::new()), &[], &[t("x"), Null]);
}
