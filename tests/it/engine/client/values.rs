//! What the engine can emit, compared with what the engine says of it.

use greenlight::facade::psrp::{Content, Pipeline, PsValue};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::server::Server;
use crate::engine::powershell;

#[test]
fn every_primitive_arrives_as_what_it_is() {
    let Some(path) = powershell("every_primitive_arrives_as_what_it_is") else { return };
    let mut server = Server::start(&path);
    for (script, expected) in [
        ("$null", PsValue::Null),
        ("$true", PsValue::Bool(true)),
        ("[char]0xD800", PsValue::Char(0xD800)),
        ("[sbyte]-128", PsValue::I8(-128)),
        ("[byte]255", PsValue::U8(255)),
        ("[int16]::MinValue", PsValue::I16(i16::MIN)),
        ("[uint16]::MaxValue", PsValue::U16(u16::MAX)),
        ("[int]::MinValue", PsValue::I32(i32::MIN)),
        ("[uint32]::MaxValue", PsValue::U32(u32::MAX)),
        ("[long]::MinValue", PsValue::I64(i64::MIN)),
        ("[uint64]::MaxValue", PsValue::U64(u64::MAX)),
        ("[single]1.1", PsValue::Float(1.1)),
        ("[double]::MaxValue", PsValue::Double(f64::MAX)),
        ("[double]::NegativeInfinity", PsValue::Double(f64::NEG_INFINITY)),
        ("[double]::PositiveInfinity", PsValue::Double(f64::INFINITY)),
        ("5e-324", PsValue::Double(5e-324)),
        ("1234567890.0987654321d", PsValue::Decimal("1234567890.0987654321".to_owned())),
        (
            "[datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc)",
            PsValue::DateTime("2026-01-02T03:04:05Z".to_owned()),
        ),
        ("[timespan]::new(1, 2, 3, 4, 5)", PsValue::Duration("P1DT2H3M4.005S".to_owned())),
        ("[guid]::Empty", PsValue::Guid("00000000-0000-0000-0000-000000000000".to_owned())),
        ("[uri]'http://a/b?c'", PsValue::Uri("http://a/b?c".to_owned())),
        ("[version]'1.2.3.4'", PsValue::Version("1.2.3.4".to_owned())),
        ("[xml]'<a b=\"1\">x &amp; y</a>'", PsValue::Xml("<a b=\"1\">x &amp; y</a>".into())),
        ("{ 1 + 1 }", PsValue::ScriptBlock(" 1 + 1 ".into())),
        (",[byte[]](0, 127, 255)", PsValue::Bytes(vec![0, 127, 255])),
        ("'_x0041_ _X0042_ _x _'", PsValue::from("_x0041_ _X0042_ _x _")),
        ("''", PsValue::from("")),
        ("'  '", PsValue::from("  ")),
        ("\"`r`n`t`0`e\"", PsValue::from("\r\n\t\0\u{1b}")),
    ] {
        let output = server.script(script).completed().output();
        assert_eq!(output, [expected], "{script}");
    }
    let nan = server.script("[double]::NaN").completed().output();
    assert!(matches!(nan[..], [PsValue::Double(n)] if n.is_nan()));
    server.close();
}

#[test]
fn every_code_unit_goes_through_both_ways() {
    let Some(path) = powershell("every_code_unit_goes_through_both_ways") else { return };
    let mut server = Server::start(&path);
    let units: Vec<u16> = (0..=u16::MAX).collect();
    let ran = server.script("-join [char[]](0..65535)");
    let [PsValue::String(text)] = &ran.completed().output()[..] else { panic!("one string") };
    assert!(text.to_utf16() == units, "what the engine sends arrives");
    let set = Pipeline::command("Set-Variable").parameter("Name", "t").parameter("Value", text.clone());
    server.run(set).completed();
    let ran = server.script(
        "$n = 0; for ($i = 0; $i -lt 65536; $i++) { if ([int]$t[$i] -ne $i) { $n++ } }; $n; $t.Length",
    );
    assert_eq!(ran.completed().output(), [PsValue::I32(0), PsValue::I32(65536)], "what we send arrives");
    server.close();
}

#[test]
fn collections_arrive_as_what_they_are() {
    let Some(path) = powershell("collections_arrive_as_what_they_are") else { return };
    let mut server = Server::start(&path);
    let content = |server: &mut Server, script: &str| {
        let output = server.script(script).completed().output();
        output[0].as_object().expect("an object").content.clone()
    };
    let items = || vec![PsValue::I32(1), PsValue::Null, PsValue::from("x")];
    assert_eq!(content(&mut server, ",@(1, $null, 'x')"), Content::List(items()));
    assert_eq!(
        content(&mut server, ",[System.Collections.ArrayList]@(1, $null, 'x')"),
        Content::List(items())
    );
    assert_eq!(content(&mut server, ",[System.Collections.Queue]@(1, $null, 'x')"), Content::Queue(items()));
    let stack = "$s = [System.Collections.Stack]::new(); $s.Push('x'); $s.Push($null); $s.Push(1); ,$s";
    assert_eq!(content(&mut server, stack), Content::Stack(items()));
    assert_eq!(
        content(&mut server, "[ordered]@{ b = 1; a = @{} }"),
        Content::Dictionary(vec![("b".into(), PsValue::I32(1)), ("a".into(), PsValue::dictionary(vec![])),])
    );
    assert_eq!(content(&mut server, "[DayOfWeek]::Friday"), Content::Primitive(PsValue::I32(5)));
    server.close();
}

#[test]
fn properties_type_names_and_references_arrive() {
    let Some(path) = powershell("properties_type_names_and_references_arrive") else { return };
    let mut server = Server::start(&path);
    let ran = server.script(
        "$a = [pscustomobject]@{ Name = 'n'; 'odd name <&>' = 1 }; $a.PSObject.TypeNames.Insert(0, 'My.Type'); \
         [pscustomobject]@{ One = $a; Two = $a }; \
         Add-Member -InputObject 5 -MemberType NoteProperty -Name Unit -Value cm -PassThru; \
         [System.Diagnostics.Process]::GetCurrentProcess() | Select-Object -First 1 Id",
    );
    let output = ran.completed().output();
    let one = output[0].property("one").expect("found without regard to case");
    assert_eq!(one.type_name(), "My.Type");
    assert_eq!(one.property("odd name <&>"), Some(&PsValue::I32(1)));
    assert_eq!(output[0].property("Two"), Some(one));
    assert_eq!(output[1].as_i64(), Some(5));
    assert_eq!(output[1].property("Unit"), Some(&PsValue::from("cm")));
    assert!(output[2].property("id").and_then(PsValue::as_i64).is_some_and(|id| id > 0));
    server.close();
}

/// Everything that ends a string, starts an expression or a comment, or is special to XML or to CLIXML.
const HOSTILE: &[&str] = &[
    "'",
    "\"",
    "'@",
    "\"@",
    "@'\n",
    "$(",
    ")",
    "$x",
    "`",
    "\n",
    "\r\n",
    "\u{2018}",
    "\u{2019}",
    "\u{201c}",
    "\u{201d}",
    "\u{201e}",
    "#",
    "<#",
    ";",
    "|",
    "&",
    "{",
    "}",
    "<",
    ">",
    "]]>",
    "_x0041_",
    "_",
    "x",
    "\0",
    "\u{1b}",
    "\u{feff}",
    "%",
    " ",
    "\u{1f600}",
    "-",
    "--%",
    "\u{2013}",
    "\u{2028}",
];

#[test]
fn no_text_is_hostile() {
    let Some(path) = powershell("no_text_is_hostile") else { return };
    let mut server = Server::start(&path);
    let piece = proptest::sample::select(HOSTILE.to_vec());
    let text = proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat());
    let mut runner = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
    let server = std::cell::RefCell::new(&mut server);
    runner
        .run(&text, |text| {
            let mut server = server.borrow_mut();
            let set =
                Pipeline::command("Set-Variable").parameter("Name", "it").parameter("Value", text.as_str());
            server.run(set).completed();
            let ran = server.script("$it; $it.Length");
            let length = i32::try_from(text.encode_utf16().count()).expect("short");
            prop_assert_eq!(ran.completed().output(), vec![text.into(), PsValue::I32(length)]);
            Ok(())
        })
        .expect("every text comes back");
    server.into_inner().script("1").completed();
}
