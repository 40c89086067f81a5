//! The operator's inputs on the real engine: whatever they hold, a command sees them as typed variables, bit for bit.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use greenlight::facade::checklist;
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{About, Command, Effect, Moment, Run};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sha2::{Digest as _, Sha256};

use crate::engine::engine;
use crate::harness::decided::tell;
use crate::harness::shells::Driver;

/// What breaks whoever pastes text into a script.
const NASTY: [&str; 26] = [
    "'",
    "''",
    "\"",
    "`",
    "$",
    "$(",
    ")",
    "@'",
    "\n'@\n",
    "\n\"@\n",
    "\r\n",
    "\u{2018}",
    "\u{2019}",
    "\u{201a}",
    "\u{201b}",
    "\u{201c}",
    "\u{201d}",
    "\u{201e}",
    "; throw 1 #",
    "$(throw 2)",
    "&{throw 3}",
    "\0",
    "\u{1b}[2J",
    "_x000A_",
    "\u{10ffff}",
    "<Data Stream='Default'>",
];

/// Tells of each value its type, its length and what it holds.
const SHOW: &str = "function Show($Value) {
    $bytes = [Text.Encoding]::Unicode.GetBytes([string]$Value)
    $hash = [Security.Cryptography.SHA256]::Create().ComputeHash($bytes)
    \"$($Value.GetType().FullName) $($Value.Length) $([Convert]::ToBase64String($hash))\"
}";

/// What the engine must say of a text.
fn told(text: &str) -> Value {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hash = STANDARD.encode(Sha256::digest(&units));
    Value::Text(format!("System.String {} {hash}", units.len() / 2))
}

fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => proptest::sample::select(&NASTY[..]).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        1 => "[ -~]{0,8}".prop_map(String::from),
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

#[tokio::test]
async fn texts_of_every_kind_arrive_as_they_are() {
    let Some(engine) = engine("texts_of_every_kind_arrive_as_they_are") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    shell.run(SHOW).await.well();
    let mut runner = TestRunner::deterministic();
    let strategy = (texts(), proptest::collection::vec(texts(), 1..6));
    for _ in 0..300 {
        let (one, many) = strategy.new_tree(&mut runner).unwrap().current();
        let variables = vec![
            ("one".to_owned(), Value::text(&one)),
            ("many".to_owned(), Value::List(many.iter().map(Value::text).collect())),
        ];
        let given =
            shell.run_with("Show $one; foreach ($item in $many) { Show $item }", variables).await.well();
        let expected: Vec<Value> = std::iter::once(&one).chain(&many).map(|text| told(text)).collect();
        assert_eq!(given.rows, expected, "{one:?} {many:?}");
    }
}

#[tokio::test]
async fn a_megabyte_arrives_whole() {
    let Some(engine) = engine("a_megabyte_arrives_whole") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    shell.run(SHOW).await.well();
    for part in ["x", "'\"`$(\u{2019}\n", "\u{1F600}"] {
        let text = part.repeat((1 << 20) / part.len());
        let given = shell.run_with("Show $text", vec![("text".to_owned(), Value::text(&text))]).await.well();
        assert_eq!(given.row(), &told(&text), "{part:?}");
    }
}

const INPUTS: &str = r#"
format = 1
id = "inputs"
version = "1.0.0"
title.en = "Inputs"

[[input]]
id = "a_text"
kind = "text"
ask.en = "a"
[[input]]
id = "a_path"
kind = "path"
ask.en = "a"
[[input]]
id = "a_domain"
kind = "domain"
ask.en = "a"
[[input]]
id = "an_fqdn"
kind = "fqdn"
ask.en = "a"
[[input]]
id = "a_upn"
kind = "upn"
ask.en = "a"
[[input]]
id = "a_url"
kind = "url"
ask.en = "a"
[[input]]
id = "a_choice"
kind = "choice"
choices = ["$(throw 1)", "b"]
ask.en = "a"
[[input]]
id = "an_integer"
kind = "integer"
ask.en = "a"
[[input]]
id = "a_big_integer"
kind = "integer"
ask.en = "a"
[[input]]
id = "a_list"
kind = "text"
many = true
ask.en = "a"
[[input]]
id = "a_list_of_one"
kind = "integer"
many = true
ask.en = "a"
[[input]]
id = "nothing"
kind = "text"
optional = true
ask.en = "a"
[[input]]
id = "an_empty_list"
kind = "text"
many = true
optional = true
ask.en = "a"

[[step]]
id = "types"
title.en = "Inputs are typed"
why.en = "So that nothing is pasted."
[step.check]
command = '''
foreach ($value in $a_text, $a_path, $a_domain, $an_fqdn, $a_upn, $a_url, $a_choice, $an_integer, $a_big_integer) {
    "$($value.GetType().Name) $value"
}
"list $(@($a_list).Count) $($a_list -contains "it's")"
"one $(@($a_list_of_one).Count) $($a_list_of_one[0].GetType().Name) $($a_list_of_one[0] + 1)"
"nothing $($null -eq $nothing)"
"empty $(@($an_empty_list).Count)"
$a_text = 'changed by the command'
'''
expect = [{ is = true }]
"#;

#[tokio::test]
async fn every_kind_of_input_is_a_variable_of_its_type() {
    let Some(engine) = engine("every_kind_of_input_is_a_variable_of_its_type") else { return };
    let mut run = Run::new(Arc::new(checklist::read(INPUTS.as_bytes()).unwrap()));
    let now = Moment::default();
    let given = [
        ("a_text", vec!["O'Brien `$(throw 1)\" \u{2019} 'x'"]),
        ("a_path", vec![r"C:\a b\$(throw 2)'"]),
        ("a_domain", vec!["contoso.com"]),
        ("an_fqdn", vec!["pool01.contoso.com"]),
        ("a_upn", vec!["ada$(throw)@contoso.com"]),
        ("a_url", vec!["https://contoso.com/$(throw)';x"]),
        ("a_choice", vec!["$(throw 1)"]),
        ("an_integer", vec!["-3"]),
        ("a_big_integer", vec!["5000000000"]),
        ("a_list", vec!["it's", "b", "c"]),
        ("a_list_of_one", vec!["41"]),
    ];
    let mut told = |command: Command| tell(&mut run, now, command).unwrap().1;
    for (input, typed) in &given {
        told(Command::Give {
            input: (*input).into(),
            typed: typed.iter().map(ToString::to_string).collect(),
        });
    }
    told(Command::OpenShell);
    told(Command::ShellOpened(About::default()));
    let effects = told(Command::Check("types".into()));
    let Some(Effect::Run { command, variables, .. }) = effects.into_iter().next() else { panic!("it runs") };
    let (mut shell, _) = Driver::open(&engine).await;
    let expected = [
        format!("String {}", given[0].1[0]),
        format!("String {}", given[1].1[0]),
        "String contoso.com".to_owned(),
        "String pool01.contoso.com".to_owned(),
        format!("String {}", given[4].1[0]),
        format!("String {}", given[5].1[0]),
        "String $(throw 1)".to_owned(),
        "Int32 -3".to_owned(),
        "Int64 5000000000".to_owned(),
        "list 3 True".to_owned(),
        "one 1 Int32 42".to_owned(),
        "nothing True".to_owned(),
        "empty 0".to_owned(),
    ];
    // What a command does to its variable does not outlive it.
    for _ in 0..2 {
        let shown = shell.run_with(&command, variables.clone()).await.well();
        assert_eq!(shown.rows, expected.clone().map(Value::Text));
    }
}
