//! Wrong checklist files and the exact messages that they give.

mod covers;
mod expectations;
mod generated;
mod groups;
mod inputs;
mod remedies;
mod source;
mod steps;
mod when;

use std::time::Duration;

use greenlight::facade::checklist::{
    Act, Arity, Changes, Emptiness, InputId, Lasts, Mistake, Need, Operand, Rows, SIZE_MAX, Span, StepKind,
    Test, Weight, builtin, read,
};
use greenlight::facade::text::Text;
use proptest::prelude::*;

const HEAD: &str = "format = 1\nid = \"a-b\"\nversion = \"1\"\ntitle = \"T\"\n";
const STEP: &str = "[[step]]\nid = \"one\"\ntitle = \"T\"\nwhy = \"W\"\n";
const CHECK: &str = "[step.check]\ncommand = \"Get-X\"\nexpect = [{ rows = \"any\" }]\n";

fn said(mistake: &Mistake) -> String {
    Text::default().mistake(mistake)
}

fn messages(text: &str) -> Vec<String> {
    match read(text.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(said).collect(),
    }
}

/// The messages of a file that is right but for the lines that come after a good head.
fn after_head(rest: &str) -> Vec<String> {
    messages(&format!("{HEAD}{rest}"))
}

/// Of a file that is right but for the lines added to its only step, which begin in line 9.
fn in_step(lines: &str) -> Vec<String> {
    after_head(&format!("{STEP}{lines}{CHECK}"))
}

/// Of a file whose only expectation, in line 11 from column 11 on, is this.
fn in_expectation(expectation: &str) -> Vec<String> {
    let check = format!("[step.check]\ncommand = \"Get-X\"\nexpect = [{expectation}]\n");
    after_head(&format!("{STEP}{check}\n[[input]]\nid = \"pool\"\nkind = \"fqdn\"\nask = \"Pool\"\n"))
}

/// Of a file whose first input, from line 5 on, has these lines.
fn in_input(lines: &str) -> Vec<String> {
    after_head(&format!("[[input]]\n{lines}{STEP}{CHECK}"))
}

#[test]
fn the_smallest_file_has_the_documented_defaults() {
    let checklist = read(format!("{HEAD}[[input]]\nid = \"pool\"\nkind = \"fqdn\"\nask = \"Pool\"\n{STEP}{CHECK}[[step]]\nid = \"two\"\ntitle = \"T\"\nwhy = \"W\"\n[step.attest]\nstatement = \"S\"\n").as_bytes()).expect("it is right");
    let input = checklist.inputs.first().expect("an input");
    assert_eq!((input.arity, input.need), (Arity::One, Need::Required));
    let [one, two] = checklist.steps.as_slice() else { panic!("two steps") };
    assert_eq!(
        (one.lasts, one.weight, one.fresh_for),
        (Lasts::Run, Weight::Required, Duration::from_secs(3600))
    );
    assert_eq!(two.fresh_for, Duration::from_secs(86_400));
    let StepKind::Measured { check, apply: None } = &one.kind else { panic!("a measured step") };
    assert_eq!(check.timeout, Duration::from_secs(120));
}

/// A file that says every word.
const EVERY_WORD: &str = r#"
format = 1
id = "a-b"
version = "1.2"
about.en = "About"
about.es = "Sobre"
[title]
en = "T"
fr = "Té"
[[input]]
id = "pool"
kind = "choice"
choices = ["a", "b"]
default = "b"
many = true
optional = true
ask = "Pool"
help = "Help"
[[step]]
id = "zero"
title = "T"
why = "W"
[step.attest]
statement = "S"
[[step]]
id = "one"
title = "T"
why = "W"
docs = ["https://example.org/a"]
needs = ["zero"]
lasts = "session"
fresh_for = "1h 30m"
timeout = "30s"
required = false
[step.check]
command = "Get-X $pool"
timeout = "1m"
expect = [
  { property = "A.B", is = true },
  { is_not = 4 },
  { one_of = ["x", { input = "pool" }], rows = "any" },
  { matches = "^a$", rows = "none" },
  { contains = "x", rows = 3 },
  { at_least = 1.5 },
  { at_most = -2 },
  { version_at_least = "5.1" },
  { later_than = "30d" },
  { empty = false },
  { same_set_as = [1, "x"] },
  { property = "A", at_least = { property = "B.C" } },
  { property = "A", one_of = { property = "B" } },
  { at_most = "2024-01-31T00:00:00Z" },
  { later_than = "-1h30m" },
  { same_set_as = { input = "pool" } },
  { rows = 0 },
]
[step.apply]
command = "Set-X"
changes = "forest"
note = "N"
[[step.remedy]]
when = { error_id = "E", text = "t", property = "A.B" }
say = "S"
docs = "https://example.org/b"
[handoff]
title = "H"
say = "S"
confirm = "GO"
file = "go.ps1"
script = "Go"
docs = []
"#;

#[test]
fn every_word_of_the_format_is_read() {
    let checklist = read(EVERY_WORD.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let step = checklist.steps.last().expect("two steps");
    assert_eq!((step.lasts, step.weight), (Lasts::Session, Weight::Advisory));
    assert_eq!(step.fresh_for, Duration::from_secs(5400));
    let StepKind::Measured { check, apply: Some(apply) } = &step.kind else { panic!("a measured step") };
    assert_eq!((check.timeout, apply.timeout), (Duration::from_secs(60), Duration::from_secs(30)));
    assert_eq!(apply.changes, Changes::Forest);
    let tests: Vec<Test> = check.expect.iter().map(|expectation| expectation.test.clone()).collect();
    let text = |text: &str| Operand::Text(text.to_owned());
    let pattern = check.expect.iter().find_map(|expectation| match &expectation.test {
        Test::Matches(pattern) => Some(pattern.as_str()),
        _ => None,
    });
    assert_eq!(pattern, Some("^a$"));
    assert_eq!(tests.first(), Some(&Test::Is(Operand::Bool(true))));
    assert_eq!(tests.get(1), Some(&Test::IsNot(Operand::Number(4.0))));
    assert_eq!(tests.get(2), Some(&Test::OneOf(vec![text("x"), Operand::Input(InputId::from("pool"))])));
    assert_eq!(tests.get(4), Some(&Test::Contains(text("x"))));
    assert_eq!(tests.get(5), Some(&Test::AtLeast(Operand::Number(1.5))));
    assert_eq!(tests.get(6), Some(&Test::AtMost(Operand::Number(-2.0))));
    assert_eq!(tests.get(7), Some(&Test::VersionAtLeast(text("5.1"))));
    assert_eq!(tests.get(8), Some(&Test::LaterThan(text("30d"))));
    assert_eq!(tests.get(9), Some(&Test::Empty(Emptiness::Filled)));
    assert_eq!(tests.get(10), Some(&Test::SameSetAs(vec![Operand::Number(1.0), text("x")])));
    let property = |path: &str| Operand::Property(path.to_owned());
    assert_eq!(tests.get(11), Some(&Test::AtLeast(property("B.C"))));
    assert_eq!(tests.get(12), Some(&Test::OneOf(vec![property("B")])));
    assert_eq!(tests.get(13), Some(&Test::AtMost(text("2024-01-31T00:00:00Z"))));
    assert_eq!(tests.get(14), Some(&Test::LaterThan(text("-1h 30m"))));
    assert_eq!(tests.get(15), Some(&Test::SameSetAs(vec![Operand::Input(InputId::from("pool"))])));
    assert_eq!(tests.get(16), Some(&Test::Present));
    let rows: Vec<Rows> = check.expect.iter().map(|expectation| expectation.rows).collect();
    assert_eq!(rows.get(2..5), Some([Rows::Any, Rows::None, Rows::Count(3)].as_slice()));
    // Zero rows means none: a row that lacks the property is not overlooked.
    assert_eq!(rows.last(), Some(&Rows::None));
}

#[test]
fn a_file_that_is_no_checklist_says_so() {
    assert_eq!(
        messages(""),
        ["line 1, column 1: the file is empty; expected a checklist that begins with format = 1"]
    );
    assert_eq!(messages("\u{feff} \r\n"), messages(""));
    let large = "#".repeat(SIZE_MAX + 1);
    assert_eq!(messages(&large), ["line 1, column 1: the file is larger than 1 MiB; expected a checklist"]);
    let latin = b"format = 1\nid = \"a\xf1o\"\n";
    let mistakes = read(latin).expect_err("not UTF-8");
    assert_eq!(
        mistakes.iter().map(said).collect::<Vec<_>>(),
        ["line 2, column 8: the file is not UTF-8; expected a text saved as UTF-8"]
    );
    assert_eq!(
        messages("format = 1\nid = \nversion = \"1\"\n"),
        ["line 2, column 6: not TOML: string values must be quoted; expected literal string"]
    );
    assert_eq!(messages("format = 1\nformat = 1\n"), ["line 2, column 1: not TOML: duplicate key"]);
}

#[test]
fn the_format_number_comes_before_all_else() {
    assert_eq!(
        messages("format = 2\nnew_word = true\n"),
        [
            "line 1, column 10: this greenlight is too old for format 2: it reads format 1; expected a newer greenlight"
        ]
    );
    assert_eq!(messages("format = 0\n"), ["line 1, column 10: there is no format 0; expected format = 1"]);
    assert_eq!(
        messages("id = \"a\"\n"),
        ["line 1, column 1: \"format\" is missing in the checklist; expected format = 1"]
    );
    assert_eq!(
        messages("format = \"1\"\n"),
        ["line 1, column 10: \"format\" in the checklist is a text; expected a whole number"]
    );
}

#[test]
fn unknown_words_come_with_the_nearest_known_one() {
    let keys = "id, title, why, group, subject, docs, needs, when, lasts, fresh_for, keep_alive, timeout, required, check, apply, attest, remedy";
    assert_eq!(
        in_step("need = []\n"),
        [format!(
            "line 9, column 1: unknown key \"need\" in [[step]]; expected one of {keys}; did you mean \"needs\"?"
        )]
    );
    assert_eq!(
        in_step("colour = 1\n"),
        [format!("line 9, column 1: unknown key \"colour\" in [[step]]; expected one of {keys}")]
    );
    assert_eq!(
        after_head(&format!("{STEP}[step.check]\ncommand = \"Get-X\"\nexpcet = []\n")),
        [
            "line 9, column 1: \"expect\" is missing in [step.check]",
            "line 11, column 1: unknown key \"expcet\" in [step.check]; expected one of command, expect, key, covers, warnings, until, timeout; did you mean \"expect\"?",
        ]
    );
    assert_eq!(
        in_step("lasts = \"sesion\"\n"),
        [
            "line 9, column 9: unknown word \"sesion\" for \"lasts\" in [[step]]; expected one of run, session; did you mean \"session\"?"
        ]
    );
    assert_eq!(
        in_step("docs = []\ntitle.de = \"T\"\n").first().map(String::as_str),
        Some("line 10, column 1: not TOML: cannot extend value of type string with a dotted key"),
    );
    assert_eq!(
        messages(&format!("{}{STEP}{CHECK}", HEAD.replace("\"T\"", "{ en = \"T\", ess = \"T\" }"))),
        [
            "line 4, column 21: unknown language \"ess\" in \"title\" of the checklist; expected one of en, es, fr; did you mean \"es\"?"
        ]
    );
    assert_eq!(
        in_input("id = \"pool\"\nkind = \"fqnd\"\nask = \"P\"\n"),
        [
            "line 7, column 8: unknown word \"fqnd\" for \"kind\" in [[input]]; expected one of text, domain, fqdn, upn, url, path, integer, choice; did you mean \"fqdn\"?"
        ]
    );
}

#[test]
fn texts_need_english() {
    assert_eq!(
        messages(&format!("{}{STEP}{CHECK}", HEAD.replace("\"T\"", "{ es = \"T\" }"))),
        ["line 4, column 9: the English text (en) of \"title\" in the checklist is missing"]
    );
    assert_eq!(
        messages(&format!("{}{STEP}{CHECK}", HEAD.replace("\"T\"", "\" \""))),
        ["line 4, column 9: \"title\" in the checklist is empty; expected a text"]
    );
    assert_eq!(
        messages(&format!("{}{STEP}{CHECK}", HEAD.replace("\"T\"", "7"))),
        [
            "line 4, column 9: \"title\" in the checklist is a whole number; expected a text, or a table of texts such as { en = \"…\", es = \"…\", fr = \"…\" }"
        ]
    );
}

#[test]
fn the_handoff_writes_into_its_own_folder() {
    for wrong in ["../go.ps1", "a\\\\go.ps1", "C:go.ps1", "go.exe", ".ps1", "go", "nul.ps1", "COM1.ps1"] {
        let handoff = format!(
            "[handoff]\ntitle = \"H\"\nsay = \"S\"\nconfirm = \"GO\"\nfile = \"{wrong}\"\nscript = \"Go\"\n"
        );
        assert_eq!(
            after_head(&format!("{STEP}{CHECK}{handoff}")),
            [format!(
                "line 16, column 8: \"{wrong}\" is not the name of a script; expected letters, digits, hyphens and underscores, then .ps1"
            )]
        );
    }
}

#[test]
fn addresses_are_addresses() {
    assert_eq!(
        in_step("docs = [\"javascript:alert(1)\", \"https://example.org\"]\n"),
        ["line 9, column 9: \"javascript:alert(1)\" is not an address; expected https://…"]
    );
}

#[test]
fn all_mistakes_come_at_once_and_in_order() {
    let text = "format = 1\nid = \"A\"\ntitle = 1\n[[step]]\nid = \"x\"\nwhy = \"W\"\nlasts = \"ever\"\n[step.check]\ncommand = \"\"\nexpect = [{}]\n";
    let starts: Vec<String> = messages(text)
        .iter()
        .map(|message| message.split(';').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        starts,
        [
            "line 1, column 1: \"version\" is missing in the checklist",
            "line 2, column 6: \"A\" is not a name",
            "line 3, column 9: \"title\" in the checklist is a whole number",
            "line 4, column 1: \"title\" is missing in [[step]]",
            "line 7, column 9: unknown word \"ever\" for \"lasts\" in [[step]]",
            "line 9, column 11: \"command\" in [step.check] is empty",
            "line 10, column 11: an expectation has no test",
        ]
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing_but_the_hash() {
    let plain = format!("{HEAD}{STEP}{CHECK}");
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    let (plain, windows) = (read(plain.as_bytes()).expect("right"), read(windows.as_bytes()).expect("right"));
    assert_ne!(plain.sha256, windows.sha256);
    assert_eq!(format!("{:?}", plain.steps), format!("{:?}", windows.steps));
    // Places are those that an editor shows.
    let wrong = format!("\u{feff}{HEAD}nonsense = 1\n{STEP}{CHECK}").replace('\n', "\r\n");
    assert!(
        messages(&wrong).iter().all(|message| message.starts_with("line 5, column 1: unknown key")),
        "{wrong}"
    );
    assert_eq!(
        messages("\u{feff}formt = 1\n"),
        ["line 1, column 1: \"format\" is missing in the checklist; expected format = 1"]
    );
}

#[test]
fn columns_count_characters() {
    assert_eq!(
        in_step("docs = [\"https://example.org/ñandú\", \"ñ\"]\n"),
        ["line 9, column 38: \"ñ\" is not an address; expected https://…"]
    );
}

#[test]
fn a_hostile_file_is_refused_with_all_its_mistakes() {
    let many = format!("{HEAD}{}", "[[step]]\nneeds = [\"abcdefgh\", \"hgfedcba\"]\n".repeat(20_000));
    assert!(messages(&many).len() > 100_000);
    let deep = format!("format = 1\nid = {}", "[".repeat(100_000));
    assert!(!messages(&deep).is_empty());
}
