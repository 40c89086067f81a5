//! Bounds on numbers.

use super::*;

#[test]
fn bounds_hold_numbers_and_numbers_as_text() {
    table(
        &Test::AtLeast(Operand::Number(5.0)),
        &[
            Int(5),
            Int(6),
            Float(5.0),
            Float(1e300),
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
        &Test::AtMost(Operand::Number(5.0)),
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
