use std::sync::Arc;

use super::*;
use crate::run::value::Member;

fn object(adapted: &[(&str, psrp::PsValue)], extended: &[(&str, psrp::PsValue)]) -> psrp::PsObject {
    let own = |pairs: &[(&str, psrp::PsValue)]| {
        pairs.iter().map(|(name, value)| ((*name).into(), value.clone())).collect()
    };
    psrp::PsObject { adapted: own(adapted), extended: own(extended), ..psrp::PsObject::default() }
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
    let secret = psrp::PsValue::SecureString(Arc::new("canary".into()));
    let read = from_psrp(&object(&[("UserName", "ana".into()), ("Password", secret)], &[]).into()).value;
    assert_eq!(
        read.property("Password").map(Value::display).as_deref(),
        Some("System.Security.SecureString")
    );
    assert!(!format!("{read:?}").contains("canary"));
}

/// What the engine's text of one object says.
fn told(clixml: &str) -> Value {
    from_psrp(&psrp::clixml::parse(clixml).unwrap()).value
}

/// The property `p` of an object, as the engine's text of it says.
fn property(clixml: &str) -> Value {
    let Value::Object(object) = told(&format!("<Obj><MS>{clixml}</MS></Obj>")) else { panic!("an object") };
    object.properties.into_iter().next().unwrap().1
}

#[test]
fn nothing_is_nothing_but_as_a_row() {
    let empty = "<TN RefId='0'><T>System.Management.Automation.PSCustomObject</T><T>System.Object</T></TN>";
    let null = "<TN RefId='1'><T>System.DBNull</T><T>System.Object</T></TN><ToString />";
    for nothing in [empty, null] {
        assert_eq!(property(&format!("<Obj N='p' RefId='1'>{nothing}</Obj>")), Value::Null);
        let Value::List(items) = told(&format!("<Obj><LST><Obj RefId='1'>{nothing}</Obj></LST></Obj>"))
        else {
            panic!("a list")
        };
        assert_eq!(items, [Value::Null]);
        assert_eq!(told(&format!("<Obj RefId='0'>{nothing}</Obj>")), Value::Object(Object::default()));
    }
    assert_eq!(told("<Nil />"), Value::Null);
    let something = ["<MS><Nil N='q' /></MS>", "<Props><Nil N='q' /></Props>", "<DCT />"];
    for part in something {
        assert!(
            matches!(property(&format!("<Obj N='p' RefId='1'>{empty}{part}</Obj>")), Value::Object(_)),
            "{part}"
        );
    }
    let other = "<TN RefId='0'><T>System.Object</T></TN><ToString>System.Object</ToString>";
    assert!(matches!(property(&format!("<Obj N='p' RefId='1'>{other}</Obj>")), Value::Object(_)));
}

#[test]
fn what_cannot_be_read_is_no_text() {
    for (clixml, value) in [
        ("<Ref N='p' RefId='9'/>", Value::Unread),
        ("<Future N='p'>x</Future>", Value::Unread),
        ("<I32 N='p'>twelve</I32>", Value::Unread),
        ("<SS N='p'>730065</SS>", Value::Unread),
        ("<D N='p'>12345678901234567890123456789012345</D>", Value::Unread),
        ("<DT N='p'>soon</DT>", Value::Unread),
        ("<Version N='p'>1.x</Version>", Value::Unread),
        ("<Version N='p'>1</Version>", Value::Unread),
        ("<Version N='p'>1.2</Version>", Value::Version(vec![1, 2])),
        ("<Version N='p'>1.2.3.4</Version>", Value::Version(vec![1, 2, 3, 4])),
        ("<Version N='p'>1.2.3.4.5</Version>", Value::Unread),
        ("<Obj N='p'><TN RefId='0'><T>A</T><T>System.Enum</T></TN><I32>1</I32></Obj>", Value::Unread),
        ("<Obj N='p'><I32>1</I32></Obj>", Value::Int(1)),
        (
            "<S N='p'>12345678901234567890123456789012345</S>",
            Value::text("12345678901234567890123456789012345"),
        ),
    ] {
        assert_eq!(property(clixml), value, "{clixml}");
    }
    let cycle = told("<Obj RefId='0'><MS><S N='Name'>x</S><Ref N='Conflict' RefId='0'/></MS></Obj>");
    assert_eq!(cycle.member("Conflict"), Member::Unread);
}

#[test]
fn a_column_that_is_empty_may_be_one_without_a_value() {
    let of = |type_name: &str| {
        told(&format!(
            "<Obj><TN RefId='0'><T>{type_name}</T></TN><Props><S N='Note'></S><S N='Name'>x</S></Props></Obj>"
        ))
    };
    for row in ["System.Data.DataRow", "Deserialized.System.Data.DataRow"] {
        assert_eq!(of(row).member("Note"), Member::Unread);
        assert_eq!(of(row).member("Name"), Member::Here(&Value::text("x")));
    }
    assert_eq!(of("System.Data.DataTable").member("Note"), Member::Here(&Value::text("")));
}

#[test]
fn numbers_are_exact() {
    let decimal = |text: &str| Value::Decimal(text.parse().unwrap());
    for (clixml, value) in [
        ("<D N='p'>9.99999999999999999999</D>", decimal("9.99999999999999999999")),
        ("<U64 N='p'>18446744073709551615</U64>", decimal("18446744073709551615")),
        ("<U64 N='p'>5</U64>", Value::Int(5)),
        ("<I64 N='p'>9007199254740993</I64>", Value::Int(9_007_199_254_740_993)),
        ("<Sg N='p'>1.5</Sg>", Value::Float(1.5)),
        (
            "<Obj N='p'><TN RefId='0'><T>System.Numerics.BigInteger</T></TN><ToString>99999999999999999999</ToString></Obj>",
            decimal("99999999999999999999"),
        ),
        (
            "<Obj N='p'><TN RefId='0'><T>Deserialized.System.Int128</T></TN><ToString>-7</ToString></Obj>",
            decimal("-7"),
        ),
        ("<Obj N='p'><TN RefId='0'><T>System.UInt128</T></TN><ToString>7</ToString></Obj>", decimal("7")),
    ] {
        assert_eq!(property(clixml), value, "{clixml}");
    }
}

#[test]
fn a_scalar_without_a_kind_of_its_own_is_its_text_and_its_type() {
    for (clixml, type_name, text) in [
        ("<C N='p'>97</C>", "System.Char", "a"),
        ("<G N='p'>0a</G>", "System.Guid", "0a"),
        ("<URI N='p'>http://x/</URI>", "System.Uri", "http://x/"),
        ("<TS N='p'>P1D</TS>", "System.TimeSpan", "P1D"),
        ("<XD N='p'>&lt;a /&gt;</XD>", "System.Xml.XmlDocument", "<a />"),
        ("<SBK N='p'>1</SBK>", "System.Management.Automation.ScriptBlock", "1"),
        (
            "<Obj N='p'><TN RefId='0'><T>Deserialized.System.Enum</T></TN><ToString>Monday</ToString><I32>1</I32></Obj>",
            "System.Enum",
            "Monday",
        ),
    ] {
        let Value::Object(object) = property(clixml) else { panic!("{clixml}") };
        assert_eq!((object.type_names, object.text.as_str()), (vec![type_name.to_owned()], text), "{clixml}");
        assert_eq!(object.properties, []);
        let read = Value::Object(Object { text: text.to_owned(), ..Object::default() });
        assert_eq!(read.member("Days"), Member::Unread);
    }
}

#[test]
fn a_time_with_an_offset_is_a_time() {
    let offset = |members: &str| {
        property(&format!(
            "<Obj N='p'><TN RefId='0'><T>System.DateTimeOffset</T></TN><ToString>01/31/2026 09:00:00 +01:00</ToString><Props>{members}</Props></Obj>"
        ))
    };
    assert_eq!(offset("<I64 N='UtcTicks'>639054432001234567</I64>"), Value::Time(1_769_846_400_123));
    assert_eq!(offset("<I64 N='UtcTicks'>621355967999990000</I64>"), Value::Time(-1));
    assert!(matches!(offset("<I32 N='Day'>31</I32>"), Value::Object(_)));
}

#[test]
fn of_names_that_differ_in_case_alone_nobody_can_tell_which_is_meant() {
    let entry = |kind: &str, key: &str, value: i32| {
        format!("<En><{kind} N='Key'>{key}</{kind}><I32 N='Value'>{value}</I32></En>")
    };
    let table = |entries: &[String]| {
        told(&format!("<Obj><Props><I32 N='Count'>2</I32></Props><DCT>{}</DCT></Obj>", entries.concat()))
    };
    let twice = table(&[entry("S", "Ok", 0), entry("S", "ok", 1), entry("S", "Other", 2)]);
    assert_eq!((twice.member("Ok"), twice.member("OK")), (Member::Unread, Member::Unread));
    assert_eq!(twice.member("other"), Member::Here(&Value::Int(2)));
    assert_eq!(table(&[entry("S", "1", 0), entry("I32", "1", 1)]).member("1"), Member::Unread);
    assert_eq!(table(&[entry("S", "é", 0), entry("S", "É", 1)]).member("é"), Member::Unread);
    assert_eq!(
        table(&[entry("S", "a", 0), entry("S", "a", 1), entry("S", "A", 2)]).member("a"),
        Member::Unread
    );
    // A key hides a property of the dictionary itself.
    assert_eq!(table(&[entry("S", "count", 7)]).member("Count"), Member::Here(&Value::Int(7)));
    assert_eq!(table(&[entry("S", "count", 7), entry("S", "Count", 8)]).member("Count"), Member::Unread);
    // And what was added to it.
    let added =
        told(&format!("<Obj><DCT>{}</DCT><MS><I32 N='Site'>1</I32></MS></Obj>", entry("S", "site", 7)));
    assert_eq!(added.member("Site"), Member::Here(&Value::Int(7)));
    let members = told(
        "<Obj><Props><I32 N='a'>1</I32><I32 N='b'>2</I32><I32 N='B'>3</I32></Props><MS><I32 N='A'>4</I32></MS></Obj>",
    );
    assert_eq!((members.member("a"), members.member("b")), (Member::Here(&Value::Int(4)), Member::Unread));
    assert_eq!(table(&[entry("S", "ı", 1)]).member("i"), Member::Absent);
}

#[test]
fn times_are_read_with_and_without_an_offset_and_to_the_last_day() {
    let read = |text: &str| from_psrp(&psrp::PsValue::DateTime(text.to_owned())).value;
    assert_eq!(read("2026-01-31T08:00:00.1234567Z"), Value::Time(1_769_846_400_123));
    assert_eq!(read("2026-01-31T09:00:00+01:00"), Value::Time(1_769_846_400_000));
    assert!(matches!(read("2026-01-31T08:00:00"), Value::Time(_)));
    assert_eq!(read("9999-12-31T23:59:59.9999999"), Value::Time(Timestamp::MAX.as_millisecond()));
    assert_eq!(read("soon"), Value::Unread);
}

#[test]
fn a_small_message_that_means_a_huge_tree_is_cut() {
    let mut value = psrp::PsValue::list(vec![1.into(); 8]);
    for _ in 0..12 {
        value = psrp::PsValue::list(vec![value; 8]);
    }
    let row = from_psrp(&value);
    assert_eq!(row.extent, RowExtent::Cut);
    let text = format!("{:?}", row.value);
    assert!(text.len() < 4 << 20, "{} bytes", text.len());
}

#[test]
fn whatever_is_cut_off_is_told() {
    let nested = |depth: usize| {
        (0..depth).fold(psrp::PsValue::from("core"), |inner, _| object(&[("Inner", inner)], &[]).into())
    };
    let list = |length: usize| psrp::PsValue::list(vec![1.into(); length]);
    let text = |length: usize| psrp::PsValue::from("x".repeat(length));
    for (whole, cut) in
        [(nested(DEPTH), nested(DEPTH + 1)), (list(PARTS - 1), list(PARTS)), (text(BYTES), text(BYTES + 1))]
    {
        assert_eq!(from_psrp(&whole).extent, RowExtent::Whole);
        assert_eq!(from_psrp(&cut).extent, RowExtent::Cut);
    }
}
