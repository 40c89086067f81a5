use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::psrp::text::Utf16Text;
use crate::psrp::value::ProgressRecord;
use crate::psrp::value::{Content, PsObject};

fn read(text: &str) -> PsValue {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn escapes_are_those_of_the_specification() {
    // [MS-PSRP] 2.2.5.3.2
    for (raw, text) in [
        ("a_x000A_b", "a\nb"),
        ("_x005F_x000A_", "_x000A_"),
        ("_xD83D__xDE00_", "\u{1f600}"),
        ("_x00G0_", "_x00G0_"),
        ("_x004", "_x004"),
        ("__x0041__", "_A_"),
        ("&lt;&#65;&#x42;&amp;lt;&nosuch;&", "<AB&lt;&nosuch;&"),
        ("&#95;x0041_", "A"),
        ("", ""),
    ] {
        assert_eq!(read(&format!("<S>{raw}</S>")), PsValue::from(text), "{raw}");
    }
    let lone = Utf16Text::from_utf16(&[0x61, 0xD800, 0x5F, 0x78, 0xDC00, 0xD83D]);
    assert_eq!(read("<S>a_xD800__x005F_x_xDC00__xD83D_</S>"), PsValue::String(lone));
}

#[test]
fn what_is_unknown_or_wrong_is_kept() {
    for (text, element, xml) in [
        ("<Future a='1'>x<y/></Future>", "Future", "x<y/>"),
        ("<I32>twelve</I32>", "I32", "twelve"),
        ("<U8>1</U8>", "U8", "1"),
        ("<BA>***</BA>", "BA", "***"),
        ("<SS>AAAA</SS>", "SS", "AAAA"),
        ("<S><b>bold</b></S>", "S", "<b>bold</b>"),
        ("<By>256</By>", "By", "256"),
    ] {
        let PsValue::Unknown(unknown) = read(text) else { panic!("{text}") };
        assert_eq!((unknown.element.as_str(), unknown.xml.as_str()), (element, xml));
        assert_eq!(read(&to_string(&PsValue::Unknown(unknown)).unwrap()), read(text));
    }
}

#[test]
fn xml_that_no_engine_writes_is_read_all_the_same() {
    let value = read(
        "\u{feff}<?xml version='1.0'?><!-- c --><Objs Version=\"1.1.0.1\" xmlns='x'>\n <Obj  RefId = '0' >\n\
         <TN RefId=\"0\"><T>A&gt;B</T></TN><!-- <S>no</S> --><MS><S N='a>b'>x<![CDATA[<&>]]>y</S ></MS></Obj></Objs>",
    );
    assert_eq!(value.type_name(), "A>B");
    assert_eq!(value.property("A>b"), Some(&"x<&>y".into()));
}

#[test]
fn references_share_and_an_object_that_holds_itself_is_no_trap() {
    let value = read(
        "<Obj RefId='0'><LST><Obj RefId='1'><TN RefId='0'><T>X</T></TN></Obj><Ref RefId='1'/><Ref RefId='0'/>\
         <Obj RefId='2'><TNRef RefId='0'/></Obj></LST></Obj>",
    );
    let items = value.items().expect("a list");
    assert_eq!(items[0], items[1]);
    assert!(matches!(&items[2], PsValue::Unknown(unknown) if unknown.element == "Ref"));
    assert_eq!(items[3].type_name(), "X");
}

#[test]
fn a_member_set_within_another_is_read_so_that_what_it_holds_can_be_referred_to() {
    let value = read(
        "<Obj RefId='0'><MS><MS N='Set'><Obj N='o' RefId='1'><TN RefId='0'><T>X</T></TN><MS><I32 N='q'>5</I32></MS></Obj></MS>\
         <Ref N='later' RefId='1'/><Obj N='like' RefId='2'><TNRef RefId='0'/></Obj>\
         <MS N='PSStandardMembers'><S N='DefaultDisplayProperty'>q</S></MS></MS></Obj>",
    );
    let later = value.property("later").expect("a property");
    assert_eq!(value.property("Set").and_then(|set| set.property("o")), Some(later));
    assert_eq!(later.property("q"), Some(&5.into()));
    assert_eq!(value.property("like").map(PsValue::type_name), Some("X"));
    assert_eq!(value.property("PSStandardMembers"), None);
    assert_eq!(value.display(), "@{Set=@{o=@{q=5}}; later=@{q=5}; like=X}");
    assert_eq!(read(&to_string(&value).expect("no secret")), value);

    let sets = |levels: usize| format!("{}{}", "<MS N='s'>".repeat(levels), "</MS>".repeat(levels));
    let holding = |sets: &str| {
        format!(
            "<Obj><LST><Obj RefId='1'><MS>{sets}</MS></Obj><Obj><LST><Ref RefId='1'/></LST></Obj></LST></Obj>"
        )
    };
    assert!(parse(&holding(&sets(97))).is_ok());
    assert_eq!(parse(&holding(&sets(98))).map_err(|error| error.reason), Err(ReadReason::TooDeep));
    assert_eq!(parse(&holding(&sets(1000))).map_err(|error| error.reason), Err(ReadReason::TooDeep));
    let limits = Limits { depth: 10, values: 3 };
    let reason = |text: &str| parse_all(text, limits).map_err(|error| error.reason).err();
    assert_eq!(reason("<Obj><MS><MS N='a'/><MS N='b'/></MS></Obj>"), None);
    assert_eq!(reason("<Obj><MS><MS N='a'/><MS N='b'/><MS N='c'/></MS></Obj>"), Some(ReadReason::TooMany));
}

#[test]
fn what_leads_nowhere_or_cannot_be_decrypted_says_so() {
    assert_eq!(read("<Ref RefId='7'/>").display(), "…");
    // Hexadecimal digits of UTF-16, as of a secret that was never encrypted.
    assert_eq!(read("<SS>730065006300</SS>").display(), "System.Security.SecureString");
}

#[test]
fn depth_is_bounded_through_references_too() {
    let deep = |levels: usize| format!("{}{}", "<Obj><LST>".repeat(levels), "</LST></Obj>".repeat(levels));
    assert!(parse(&deep(100)).is_ok());
    assert_eq!(parse(&deep(101)).map_err(|e| e.reason), Err(ReadReason::TooDeep));
    assert_eq!(parse(&deep(1_000_000)).map_err(|e| e.reason), Err(ReadReason::TooDeep));

    // Each of these holds the one before.
    let chain = |length: usize| {
        let links: Vec<String> = (1..length)
            .map(|n| format!("<Obj RefId='{n}'><LST><Ref RefId='{}'/></LST></Obj>", n - 1))
            .collect();
        format!("<Obj><LST><Obj RefId='0'/>{}</LST></Obj>", links.concat())
    };
    assert!(parse(&chain(99)).is_ok());
    assert_eq!(parse(&chain(100)).map_err(|e| e.reason), Err(ReadReason::TooDeep));
}

#[test]
fn size_is_bounded() {
    let limits = Limits { depth: 10, values: 3 };
    assert!(parse_all("<I32>1</I32><I32>2</I32><Nil/>", limits).is_ok());
    let reason = parse_all("<I32>1</I32><I32>2</I32><Nil/><Nil/>", limits).map_err(|error| error.reason);
    assert_eq!(reason, Err(ReadReason::TooMany));
}

#[test]
fn shared_objects_neither_print_nor_write_without_end() {
    // Thirty doublings: a thousand million leaves if they were copied.
    let mut value = PsValue::list(vec!["leaf".into()]);
    for _ in 0..30 {
        value = PsValue::list(vec![value.clone(), value]);
    }
    assert!(value.display().len() < 2 << 20);
    let text = to_string(&value).expect("no secret");
    assert!(text.len() < 1 << 14);
    assert!(parse(&text).is_ok());
}

#[test]
fn broken_text_is_refused_where_it_breaks() {
    for (text, reason, offset) in [
        ("", ReadReason::Empty, 0),
        ("  ", ReadReason::Empty, 2),
        ("<S>x", ReadReason::Truncated, 3),
        ("<S", ReadReason::Truncated, 0),
        ("<Obj><MS>", ReadReason::Truncated, 9),
        ("x", ReadReason::Malformed, 1),
        ("<Obj></MS>", ReadReason::Malformed, 10),
    ] {
        assert_eq!(parse(text), Err(ReadError { offset, reason }), "{text}");
    }
}

#[test]
fn a_secret_is_never_written_without_a_key() {
    let value = PsValue::list(vec![crate::psrp::secret::Secret::from("s").into()]);
    assert_eq!(to_string(&value), Err(WriteError::NeedsKey));
}

fn text() -> impl Strategy<Value = Utf16Text> {
    prop_oneof![
        any::<String>().prop_map(Utf16Text::from),
        "[_xX0-9A-F<>&\"' \r\n\t]{0,24}".prop_map(Utf16Text::from),
        proptest::collection::vec(any::<u16>(), 0..8).prop_map(|units| Utf16Text::from_utf16(&units)),
        proptest::collection::vec(0xD7F0..0xE010_u16, 0..8).prop_map(|units| Utf16Text::from_utf16(&units)),
    ]
}

fn primitive() -> impl Strategy<Value = PsValue> {
    prop_oneof![
        Just(PsValue::Null),
        any::<bool>().prop_map(PsValue::Bool),
        any::<u16>().prop_map(PsValue::Char),
        any::<i8>().prop_map(PsValue::I8),
        any::<u8>().prop_map(PsValue::U8),
        any::<i16>().prop_map(PsValue::I16),
        any::<u16>().prop_map(PsValue::U16),
        any::<i32>().prop_map(PsValue::I32),
        any::<u32>().prop_map(PsValue::U32),
        any::<i64>().prop_map(PsValue::I64),
        any::<u64>().prop_map(PsValue::U64),
        any::<f32>().prop_filter("equal to itself", |n| !n.is_nan()).prop_map(PsValue::Float),
        any::<f64>().prop_filter("equal to itself", |n| !n.is_nan()).prop_map(PsValue::Double),
        any::<String>().prop_map(PsValue::Decimal),
        any::<String>().prop_map(PsValue::DateTime),
        any::<String>().prop_map(PsValue::Duration),
        any::<String>().prop_map(PsValue::Guid),
        any::<String>().prop_map(PsValue::Uri),
        any::<String>().prop_map(PsValue::Version),
        text().prop_map(PsValue::String),
        text().prop_map(PsValue::Xml),
        text().prop_map(PsValue::ScriptBlock),
        any::<Vec<u8>>().prop_map(PsValue::Bytes),
        progress().prop_map(|progress| PsValue::Progress(Box::new(progress))),
    ]
}

fn progress() -> impl Strategy<Value = ProgressRecord> {
    let texts = (any::<String>(), any::<String>(), any::<Option<String>>());
    (texts, any::<[i32; 4]>(), any::<bool>()).prop_map(
        |((activity, status, current_operation), numbers, completed)| {
            let [activity_id, parent_activity_id, percent, seconds_remaining] = numbers;
            ProgressRecord {
                activity,
                activity_id,
                parent_activity_id,
                status,
                current_operation,
                percent,
                seconds_remaining,
                completed,
            }
        },
    )
}

fn value() -> impl Strategy<Value = PsValue> {
    primitive().prop_recursive(5, 48, 6, |inner| {
        let many = || proptest::collection::vec(inner.clone(), 0..5);
        let content = prop_oneof![
            Just(Content::None),
            primitive().prop_map(Content::Primitive),
            many().prop_map(Content::List),
            many().prop_map(Content::Enumerable),
            many().prop_map(Content::Stack),
            many().prop_map(Content::Queue),
            proptest::collection::vec((inner.clone(), inner.clone()), 0..4).prop_map(Content::Dictionary),
        ];
        let properties =
            || proptest::collection::vec((any::<String>().prop_map(Arc::from), inner.clone()), 0..4);
        let names = proptest::collection::vec(any::<String>(), 0..3);
        (content, names, proptest::option::of(text()), properties(), properties()).prop_map(
            |(content, names, to_string, adapted, extended)| {
                PsObject { type_names: names.into(), to_string, content, adapted, extended }.into()
            },
        )
    })
}

#[test]
fn siblings_whose_properties_have_other_names_or_another_order_are_told_apart() {
    let read = |xml: &str| {
        let values = parse_all(xml, Limits::default()).expect("well-formed");
        let names = |value: &PsValue| -> Vec<String> {
            value.as_object().expect("an object").properties().map(|(name, _)| name.to_owned()).collect()
        };
        values.iter().map(names).collect::<Vec<_>>()
    };
    let object = |element: &str, names: &[&str]| {
        let properties: Vec<String> = names.iter().map(|name| format!("<I32 N=\"{name}\">1</I32>")).collect();
        format!("<Obj><{element}>{}</{element}></Obj>", properties.concat())
    };
    let documents = [
        ("MS", &["a", "b"][..]),
        ("MS", &["b", "a"]),
        ("MS", &["a"]),
        ("Props", &["b", "c", "d"]),
        ("MS", &["a_x0041_", "c"]),
    ];
    let xml: String = documents.iter().map(|(element, names)| object(element, names)).collect();
    let expected: Vec<Vec<&str>> =
        vec![vec!["a", "b"], vec!["b", "a"], vec!["a"], vec!["b", "c", "d"], vec!["aA", "c"]];
    assert_eq!(read(&xml), expected);
}

#[test]
fn a_reference_finds_what_has_its_very_number() {
    let one = |id: &str| format!("<Obj RefId=\"{id}\"><MS><S N=\"Id\">{id}</S></MS></Obj>");
    let ids = ["0", "1", "3", "01", "18446744073709551616", "4000000000", "x"];
    let objects = ids.map(one).concat();
    let references = ids.map(|id| format!("<Ref RefId=\"{id}\" />")).concat();
    let values = parse_all(&(objects + &references), Limits::default()).expect("well-formed");
    let found: Vec<&str> =
        values.iter().skip(ids.len()).filter_map(|value| value.property("Id")?.as_str()).collect();
    assert_eq!(found, ids);
    assert!(matches!(parse("<Ref RefId=\"2\"/>"), Ok(PsValue::Unknown(_))));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in value()) {
        let text = to_string(&value).expect("no secret");
        prop_assert_eq!(parse(&text).expect("well-formed"), value);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        let _ = parse_all(&text, Limits::default());
    }

    #[test]
    fn any_text_of_our_alphabet_is_read_or_refused(parts in proptest::collection::vec(part(), 0..40)) {
        let text: String = parts.concat();
        if let Ok(values) = parse_all(&text, Limits { depth: 8, values: 64 }) {
            for value in values {
                let _ = (value.display(), to_string(&value));
            }
        }
    }

    #[test]
    fn a_document_cut_or_changed_anywhere_is_read_or_refused(value in value(), at in any::<usize>(), with in any::<u8>()) {
        let text = to_string(&value).expect("no secret");
        let mut bytes = text.into_bytes();
        let at = at % (bytes.len() + 1);
        let _ = parse(&String::from_utf8_lossy(&bytes[..at]));
        if let Some(byte) = bytes.get_mut(at) {
            *byte = with;
        }
        let _ = parse(&String::from_utf8_lossy(&bytes));
    }
}

fn part() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "<Obj RefId=\"0\">",
        "</Obj>",
        "<Ref RefId=\"0\"/>",
        "<MS>",
        "</MS>",
        "<LST>",
        "</LST>",
        "<DCT>",
        "</DCT>",
        "<En>",
        "</En>",
        "<S N=\"Key\">",
        "<S>",
        "</S>",
        "<I32>",
        "</I32>",
        "1",
        "text",
        "<TN RefId='0'>",
        "</TN>",
        "<T>",
        "</T>",
        "<TNRef RefId='0'/>",
        "<Nil/>",
        "<SS>",
        "</SS>",
        "&amp;",
        "&",
        "_x0041_",
        "_xD800_",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<",
        ">",
        "\"",
        "<PR>",
        "</PR>",
        "<BA>",
        "</BA>",
        "AAAA",
        "\u{1f600}",
    ])
}
