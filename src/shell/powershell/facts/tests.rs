use std::sync::Arc;

use super::*;

fn object(adapted: &[(&str, psrp::Value)], extended: &[(&str, psrp::Value)]) -> psrp::Object {
    let own = |pairs: &[(&str, psrp::Value)]| {
        pairs.iter().map(|(name, value)| ((*name).into(), value.clone())).collect()
    };
    psrp::Object { adapted: own(adapted), extended: own(extended), ..psrp::Object::default() }
}

#[test]
fn an_added_property_replaces_the_one_of_the_same_name_and_the_order_stays() {
    let object = object(
        &[("Name", "a".into()), ("State", 1.into())],
        &[("state", "Opened".into()), ("Extra", true.into())],
    );
    let Value::Object(read) = from_psrp(&object.into()).value else { panic!("an object") };
    let expected = [
        ("Name".to_owned(), Value::text("a")),
        ("State".to_owned(), Value::text("Opened")),
        ("Extra".to_owned(), Value::Bool(true)),
    ];
    assert_eq!(read.properties, expected);
}

#[test]
fn a_password_never_comes_through() {
    let secret = psrp::Value::SecureString(Arc::new("canary".into()));
    let read = from_psrp(&object(&[("UserName", "ana".into()), ("Password", secret)], &[]).into()).value;
    assert_eq!(read.property("Password"), Some(&Value::text("System.Security.SecureString")));
    assert!(!format!("{read:?}").contains("canary"));
}

#[test]
fn times_are_read_with_and_without_an_offset_and_to_the_last_day() {
    let read = |text: &str| from_psrp(&psrp::Value::DateTime(text.to_owned())).value;
    assert_eq!(read("2026-01-31T08:00:00.1234567Z"), Value::Time(1_769_846_400_123));
    assert_eq!(read("2026-01-31T09:00:00+01:00"), Value::Time(1_769_846_400_000));
    assert!(matches!(read("2026-01-31T08:00:00"), Value::Time(_)));
    assert_eq!(read("9999-12-31T23:59:59.9999999"), Value::Time(Timestamp::MAX.as_millisecond()));
    assert_eq!(read("soon"), Value::text("soon"));
}

#[test]
fn a_small_message_that_means_a_huge_tree_is_cut() {
    let mut value = psrp::Value::list(vec![1.into(); 8]);
    for _ in 0..12 {
        value = psrp::Value::list(vec![value; 8]);
    }
    let row = from_psrp(&value);
    assert_eq!(row.extent, Extent::Cut);
    let text = format!("{:?}", row.value);
    assert!(text.len() < 4 << 20, "{} bytes", text.len());
}

#[test]
fn whatever_is_cut_off_is_told() {
    let nested = |depth: usize| {
        (0..depth).fold(psrp::Value::from("core"), |inner, _| object(&[("Inner", inner)], &[]).into())
    };
    let list = |length: usize| psrp::Value::list(vec![1.into(); length]);
    let text = |length: usize| psrp::Value::from("x".repeat(length));
    for (whole, cut) in
        [(nested(DEPTH), nested(DEPTH + 1)), (list(PARTS - 1), list(PARTS)), (text(BYTES), text(BYTES + 1))]
    {
        assert_eq!(from_psrp(&whole).extent, Extent::Whole);
        assert_eq!(from_psrp(&cut).extent, Extent::Cut);
    }
}
