//! Bounds on versions.

use super::*;

#[test]
fn versions_compare_part_by_part() {
    let at_least = |bound: &str| Test::VersionAtLeast(word(bound));
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
