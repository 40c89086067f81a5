//! Times, counted from now.

use super::*;

#[test]
fn later_than_counts_from_now() {
    let test = Test::LaterThan(word("30d"));
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
    table(&Test::LaterThan(word("0s")), &[Time(NOW + 1)], &[Time(NOW)]);
    table(&Test::LaterThan(word("3650d")), &[Time(i64::MAX)], &[Time(NOW + 3650 * DAY)]);
}
