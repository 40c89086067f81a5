//! What greenlight says of a value by a test, held against PowerShell's own operators over values and operands of every kind, made
//! by chance from a fixed seed, and of the values over each other: where greenlight judges at all, both say the same. A `$null` is left out, which meets neither a
//! test nor its opposite; a text against a bound is what `bound -le text` says, where the text is read as a number.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::harness::world::World;

/// How many values are made by chance, beside those that are written below.
const MADE: usize = 60;
/// How many values one checklist holds: a file has 1 MiB at the most.
const TOGETHER: usize = 16;

/// What values a checklist is tried on, in PowerShell's words.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "5", "0", "1", "-3", "[byte]5", "[sbyte]-3", "[int16]5", "[uint32]1500", "[int64]9007199254740993",
    "[int64]::MaxValue", "[uint64]::MaxValue", "9007199254740992", "1.5", "0.1", "[single]0.1",
    "[single]123456.789", "[single]1.5", "-0.0", "1e15", "1e16", "1e300", "0.00001", "(0.1 + 0.2)", "[double]::NaN",
    "[double]::PositiveInfinity", "[decimal]1.5", "[decimal]5",
    "[decimal]::Parse('9.99999999999999999999', [cultureinfo]::InvariantCulture)",
    "[decimal]::Parse('1.50', [cultureinfo]::InvariantCulture)", "[decimal]0.3", "[decimal]::MaxValue", "[bigint]5",
    "[bigint]::Parse('99999999999999999999')", "$true", "$false", "[switch]$true", "''", "' '", "'5'", "' 5 '",
    "'5.0'", "'05'", "'+5'", "'0x5'", "'5kb'", "'1,500'", "'1.500'", "'1.5'", "'1e3'", "'5.'", "'.5'", "'1_500'",
    "'true'", "'False'", "'enabled'", "'Enabled '", "'notcontoso.com'", "'CONTOSO.com'", "'k'",
    "[string][char]0x212A", "'é'", "'É'", "\"e$([char]0x301)\"", "'e'", "'ß'", "'SS'", "'ss'",
    "\"a$([char]0xAD)b\"", "\"a$([char]0)b\"", "'ab'", "'σ'", "'ς'", "'Σ'", "'µ'", "'μ'", "'ı'", "'i'", "'I'",
    "'ſ'", "'s'", "'co-op'", "'coop'", "\"5`n\"", "\"a b`nc\"", "'7.6'", "'7.6.0'", "'monday'", "[version]'7.6'",
    "[version]'7.6.0'", "[version]'1.2'", "[DayOfWeek]'Monday'", "[IO.FileAttributes]'Hidden, System'",
    "[ConsoleColor]'Black'", "[char]'5'", "[char]'k'", "[char]'a'", "[guid]'0a000000-0000-0000-0000-000000000001'",
    "[timespan]'1.00:00:00'", "[timespan]'00:00:05'", "[datetime]'2024-01-01T00:00:00Z'", "[datetime]'2024-01-01'",
    "[datetimeoffset]'2024-01-01T00:00:00Z'", "[uri]'http://contoso.com'", "[ipaddress]'10.0.0.1'", "{1}",
    "[xml]'<a/>'", "[Exception]::new('5')", "[Security.SecureString]::new()", "[pscustomobject]@{ Id = 5 }",
    "@{ a = 1 }", "[Text.StringBuilder]::new('5')", "@()", "@(5)", "@(0)", "@('5')", "@('05')", "@('')",
    "@('', 'x')", "@('a', 'b')", "@('k', 'ab')", "@(1, 'x')", "@(,@(5))", "@(,@('k'))", "@($true)",
    "@($false, 'x')", "@('False')", "@('enabled')", "@(1.5, '1.5')", "@([version]'7.6', 5)",
    "@([DayOfWeek]'Monday')", "[byte[]](5, 6)", "[Collections.ArrayList]@('a')",
    "[Collections.Generic.HashSet[string]]@('k')", "@('notcontoso.com')", "@([char]'k')", "@(@{ a = 1 }, 5)",
];

/// What they are compared with: as the checklist has it, and as PowerShell does.
#[rustfmt::skip]
const OPERANDS: &[(&str, &str)] = &[
    ("0", "0"), ("1", "1"), ("5", "5"), ("-3", "-3"), ("1.5", "1.5"), ("0.1", "0.1"), ("1500", "1500"),
    ("5.0", "5.0"), ("9007199254740992", "9007199254740992"), ("1e15", "1e15"),
    ("0.30000000000000004", "0.30000000000000004"), ("1e-5", "1e-5"), ("true", "$true"), ("false", "$false"),
    ("'5'", "'5'"), ("'5.0'", "'5.0'"), ("'1.500'", "'1.500'"), ("'true'", "'true'"), ("'False'", "'False'"),
    ("'Enabled'", "'Enabled'"), ("'k'", "'k'"), ("'É'", "'É'"), ("'ss'", "'ss'"), ("'ab'", "'ab'"), ("'i'", "'i'"),
    ("'σ'", "'σ'"), ("'contoso.com'", "'contoso.com'"), ("'7.6'", "'7.6'"), ("'01.2'", "'01.2'"),
    ("'mon'", "'mon'"), ("'Hidden'", "'Hidden'"), ("'1'", "'1'"),
    ("'{0A000000-0000-0000-0000-000000000001}'", "'{0A000000-0000-0000-0000-000000000001}'"),
    ("'1.00:00:00'", "'1.00:00:00'"), ("'2024-01-01'", "'2024-01-01'"), ("'0x5'", "'0x5'"),
];

/// What stands beside each of the values, some of every kind; a fact has room for the answers about no more.
#[rustfmt::skip]
const BESIDE: [&str; 32] = [
    "5", "0", "-3", "[uint32]1500", "[int64]9007199254740993", "9007199254740992", "[uint64]::MaxValue", "0.1",
    "[single]0.1", "(0.1 + 0.2)", "[double]::NaN", "[decimal]1.5", "[decimal]0.3", "[bigint]5", "$true", "$false", "''",
    "'5'", "'5.0'", "'1.500'", "'False'", "'k'", "'ss'", "'7.6'", "[version]'7.6'", "[DayOfWeek]'Monday'", "[char]'k'",
    "[guid]'0a000000-0000-0000-0000-000000000001'", "[datetime]'2024-01-01T00:00:00Z'", "[uri]'http://contoso.com'",
    "@('a', 'b')", "@(5)",
];

#[rustfmt::skip]
const PATTERNS: &[&str] = &[
    "5", "^5$", "^5", "k", "É", "^.$", r"^\w+$", r"\d", r"\bk", r"\s", "[^a]", r"1\.5", "E", "a|b", "^$", "σ",
    "contoso", "True", "Monday",
];

/// Numbers by chance, the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        // Marsaglia's xorshift.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }

    fn of<'a>(&mut self, some: &[&'a str]) -> &'a str {
        some[self.below(some.len())]
    }

    fn digits(&mut self) -> String {
        let length = 1 + self.below(4);
        (0..length).map(|_| self.of(&["0", "1", "5", "9"])).collect()
    }

    /// A value in PowerShell's words.
    fn value(&mut self) -> String {
        match self.below(7) {
            0 => format!(
                "{}{}",
                self.of(&["", "-", "[int64]", "[decimal]", "[double]", "[uint16]"]),
                self.digits()
            ),
            1 => {
                format!("{}{}.{}", self.of(&["", "-", "[decimal]", "[single]"]), self.digits(), self.digits())
            }
            2 => format!(
                "'{}{}{}'",
                self.of(&["", "-", "+", " "]),
                self.digits(),
                self.of(&["", ".5", ".0", ".500", ",5", "kb", "e1", " "])
            ),
            3 => format!("[version]'{}.{}'", self.below(8), self.below(8)),
            4 => {
                let items: Vec<String> = (0..self.below(4)).map(|_| self.value()).collect();
                format!("@({})", items.join(", "))
            }
            _ => {
                let parts = ["k", "K", "e", "é", "É", "ß", "s", "S", "i", "I", "5", "a", "b", ".", "-", " "];
                let text: String = (0..self.below(4)).map(|_| self.of(&parts)).collect();
                match self.below(4) {
                    0 => format!(
                        "('{text}' + [char]0x{})",
                        self.of(&["301", "AD", "212A", "0A", "131", "2460"])
                    ),
                    _ => format!("'{text}'"),
                }
            }
        }
    }
}

/// One test: as the checklist has it, and what PowerShell says where it holds, and where its opposite does, if that is an
/// operator of its own.
struct Try {
    test: String,
    holds: String,
    fails: Option<String>,
}

fn tries() -> Vec<Try> {
    let mut tries = Vec::new();
    let mut push = |test: String, holds: String, fails| tries.push(Try { test, holds, fails });
    for (position, (own, theirs)) in OPERANDS.iter().enumerate() {
        let (other, its) = OPERANDS[(position * 7 + 3) % OPERANDS.len()];
        push(format!("is = {own}"), format!("$v -eq {theirs}"), None);
        push(format!("is_not = {own}"), format!("$v -ne {theirs}"), None);
        push(format!("contains = {own}"), format!("$v -contains {theirs}"), None);
        push(format!("one_of = [{own}, {other}]"), format!("$v -in @({theirs}, {its})"), None);
        if own.parse::<f64>().is_ok() {
            let bound = |of_text: &str, operator: &str| {
                format!(
                    "$(if ($v -is [string]) {{ {theirs} {of_text} $v }} else {{ $v {operator} {theirs} }})"
                )
            };
            push(format!("at_least = {own}"), bound("-le", "-ge"), Some(bound("-gt", "-lt")));
            push(format!("at_most = {own}"), bound("-ge", "-le"), Some(bound("-lt", "-gt")));
        }
    }
    for pattern in PATTERNS {
        push(format!("matches = '{pattern}'"), format!("$v -match '{pattern}'"), None);
    }
    tries
}

/// Tests of one value against others that stand in the same row, each in a variable.
fn tries_of_properties(others: &[String]) -> Vec<Try> {
    let mut tries = Vec::new();
    let mut push = |test: String, holds: String, fails| tries.push(Try { test, holds, fails });
    for place in 0..others.len() {
        let (own, theirs) = (format!("{{ property = 'B{place}' }}"), format!("$b{place}"));
        // Times are points in time, whichever type they came in.
        let ours = format!("($v -is [datetimeoffset]) -ne ({theirs} -is [datetimeoffset])");
        let said = |says: &str| format!("$(if ({ours}) {{ throw 'ours' }} else {{ {says} }})");
        push(format!("is = {own}"), said(&format!("$v -eq {theirs}")), None);
        push(format!("is_not = {own}"), said(&format!("$v -ne {theirs}")), None);
        push(format!("contains = {own}"), said(&format!("$v -contains {theirs}")), None);
        push(format!("one_of = {own}"), said(&format!("$v -in {theirs}")), None);
        push(format!("one_of = ['5', {own}]"), said(&format!("$v -in @('5') + {theirs}")), None);
        let bound = |of_text: &str, operator: &str| {
            // Of two texts PowerShell looks at the letters, a missing part of a version is less than zero to it, and it makes no
            // other number of a large one.
            let ours = format!(
                "($v -is [string] -and {theirs} -is [string]) -or $v -is [version] -or {theirs} -is [version] -or {theirs} -is [bigint]"
            );
            let says =
                format!("if ($v -is [string]) {{ {theirs} {of_text} $v }} else {{ $v {operator} {theirs} }}");
            said(&format!("if ({ours}) {{ throw 'ours' }} else {{ {says} }}"))
        };
        push(format!("at_least = {own}"), bound("-le", "-ge"), Some(bound("-gt", "-lt")));
        push(format!("at_most = {own}"), bound("-ge", "-le"), Some(bound("-lt", "-gt")));
    }
    tries
}

/// A checklist with a step for each value, whose row holds it, the others, and what PowerShell says: a letter a question, `e`
/// for an error, `o` for what is ours alone.
fn checklist(values: &[String], others: &[String], tries: &[Try]) -> String {
    let question = |say: &String| format!("{{ if ({say}) {{ '1' }} else {{ '0' }} }}");
    let said = tries.iter().flat_map(|each| [Some(&each.holds), each.fails.as_ref()]).flatten();
    let questions: Vec<String> = said.map(question).collect();
    let mut text = "format = 1\nid = \"operators\"\nversion = \"1\"\ntitle = \"Operators\"\n".to_owned();
    let mut step = |id: &str, command: &str, expect: &str| {
        let head = format!("[[step]]\nid = \"{id}\"\ntitle = \"{id}\"\nwhy = \"x\"\n");
        writeln!(text, "{head}[step.check]\ncommand = '''\n{command}'''\nexpect = [{expect}]").unwrap();
    };
    let others = others.iter().enumerate();
    let (set, shown): (String, String) = others
        .map(|(place, other)| (format!("$b{place} = {other}\n"), format!("B{place} = $b{place}; ")))
        .unzip();
    step("questions", &format!("{set}$questions = @(\n{}\n); 1", questions.join("\n")), "{ is = 1 }");
    let mut expect = String::from("{ property = 'Told', matches = '^' }");
    for Try { test, .. } in tries {
        write!(expect, ",\n{{ property = 'V', {test} }}, {{ property = 'V', {test}, rows = 'none' }}")
            .unwrap();
    }
    for (position, value) in values.iter().enumerate() {
        let told = "-join @(foreach ($ask in $questions) { try { & $ask } catch { if (\"$_\" -eq 'ours') { 'o' } else { 'e' } } })";
        let command = format!("$v = {value}\n[pscustomobject]@{{ V = $v; {shown}Told = {told} }}");
        step(&format!("value-{position}"), &command, &expect);
    }
    text
}

on_both!(where_greenlight_judges_powershell_says_the_same);
fn where_greenlight_judges_powershell_says_the_same(world: &World) {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut values: Vec<String> = VALUES.iter().map(|value| (*value).to_owned()).collect();
    values.extend((0..MADE).map(|_| chance.value()));
    let (judged, not_judged) = compare(world, &values, &[], &tries());
    // Otherwise there would be nothing to differ.
    assert!(judged > not_judged / 2);
}

on_both!(where_two_properties_are_compared_powershell_says_the_same);
fn where_two_properties_are_compared_powershell_says_the_same(world: &World) {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    let others = owned(&BESIDE);
    let (judged, not_judged) = compare(world, &owned(VALUES), &others, &tries_of_properties(&others));
    // Most are of two kinds.
    assert!(judged > not_judged / 5);
}

/// Tries them all; how many greenlight judged, and how many not.
fn compare(world: &World, values: &[String], others: &[String], tries: &[Try]) -> (usize, usize) {
    let (mut judged, mut not_judged, mut differ) = (0, 0, Vec::new());
    for some in values.chunks(TOGETHER) {
        fs::write(world.path("operators.toml"), checklist(some, others, tries)).unwrap();
        let file = world.written("operators.toml");
        let output = world.run(&["check", &file, "--trust", "--output", "json"], "");
        let printed: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&output.stderr)));
        let steps = printed["steps"].as_array().unwrap();
        assert_eq!(steps[0]["verdict"], "green", "{:#}", steps[0]);
        for (value, step) in some.iter().zip(&steps[1..]) {
            let facts = step["facts"].as_array().unwrap();
            let mut told = facts[0]["found"].as_str().unwrap().chars();
            let met = |position: usize| facts[position]["met"] == true;
            for (position, Try { test, fails, .. }) in tries.iter().enumerate() {
                let holds = told.next().unwrap();
                let fails = match fails {
                    Some(_) => told.next().unwrap(),
                    None if holds == '0' => '1',
                    None => '0',
                };
                let (passes, does_not) = (met(2 * position + 1), met(2 * position + 2));
                if passes || does_not {
                    judged += 1;
                } else {
                    not_judged += 1;
                }
                if holds != 'o' && ((passes && holds != '1') || (does_not && fails != '1')) {
                    differ.push(format!(
                        "{value}: {test}: passes: {passes}, fails: {does_not}; PowerShell: {holds}{fails}"
                    ));
                }
            }
            ::std::assert_eq!((told.next(), facts.len()), (None, 2 * tries.len() + 1), "{value}");
        }
    }
    eprintln!(
        "{} pairs tried: {judged} judged, {not_judged} not judged, {} differ",
        judged + not_judged,
        differ.len()
    );
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    (judged, not_judged)
}
