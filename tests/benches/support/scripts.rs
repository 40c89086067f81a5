//! PowerShell texts made by chance: composed of statements that are right, or written ones damaged in a place or two.
//! Not all of them are taken by an engine; the ones that are not count nowhere.

#[path = "statements.rs"]
mod statements;

use std::fmt::Write as _;

use crate::random::Random;

#[rustfmt::skip]
const COMMANDS: [&str; 28] = [
    "Get-X", "Set-X", "Remove-Item", "Get-ADUser", "Lync\\Get-CsUser", "iex", "reg", "sc.exe", "7z", "a\\b.exe",
    ".\\c.ps1", "Get-X@b", "Get-'X'", "Get-`X", "G\"et\"-X", "Get-X+b", "Get–X", "[x", "a=b", "a.b", "a:b", "~\\x",
    "%PATH%", "Where-Object", "Sort-Object", "Select-Object", "Measure-Command", "ForEach-Object",
];
#[rustfmt::skip]
const VARIABLES: [&str; 18] = [
    "$x", "$y", "$_", "${a b}", "$global:x", "$script:y", "$env:PATH", "${env:A B}", "$$", "$?", "$^", "$true",
    "$null", "$x_1", "${a`}b}", "${function:f}", "$variable:z", "$été",
];
#[rustfmt::skip]
const TARGETS: [&str; 16] = [
    "$x", "$y", "$global:x", "${a b}", "$env:PATH", "[int]$n", "$x, $y", "$x.A", "$x['a']", "$x[0].B", "[X]::Y",
    "$_.A.B", "[string]$s, $t", "$x.'a b'", "${env:A B}", "($x)",
];
#[rustfmt::skip]
const NUMBERS: [&str; 16] = [
    "0", "1", "7.5", ".5", "1e3", "1e+3", "0x1F", "1kb", "2MB", "1l", "1.5d", "1u", "0b11", "5.", "1..3", "-7",
];
#[rustfmt::skip]
const WORDS: [&str; 26] = [
    "a", "A.B", "a=b", "a:b", "a#b", "1a", "*.txt", "C:\\a\\b", "http://a/b", "a'b c'd", "a\"b $x\"c", "a$x",
    "a$($y)b", "a.b$x.c", "--", "-", "a`nb", "a`;b", "a@b", "/x", "+", "=", "!", "a[1]", "%", "if",
];
#[rustfmt::skip]
const PARAMETERS: [&str; 16] = [
    "-Name", "-A:", "-Filter", "-eq", "-First", "–Name", "—A", "-ea 0", "-Force", "-Process", "-FilterScript",
    "-Property", "-not", "-f", "-InputObject", "-A.b",
];
#[rustfmt::skip]
const OPERATORS: [&str; 24] = [
    "+", "-", "*", "/", "%", "-eq", "-like", "-match", "-and", "-or", "-f", "-join", "-split", "-is", "-as", "-band",
    "-replace", "..", "-contains", "-in", "–eq", "-notmatch", "-xor", "-shl",
];
#[rustfmt::skip]
const TYPES: [&str; 10] = [
    "[int]", "[string]", "[IO.File]", "[Collections.Generic.List[int]]", "[int[]]", "[void]", "[pscustomobject]",
    "[ref]", "[Collections.Generic.Dictionary[string, int]]", "[ X ]",
];
#[rustfmt::skip]
const MEMBERS: [&str; 9] = [
    "Delete", "Count", "ToString", "A", "Replace", "ForEach", "Where", "new", "ScriptBlock",
];
#[rustfmt::skip]
const BLANKS: [&str; 12] = [
    " ", " ", " ", " ", " ", " ", " ", "  ", "\t", " `\n", " <# ' #> ", " <#\n\"}\n#> ",
];
#[rustfmt::skip]
const SEPARATORS: [&str; 9] = [
    "; ", "\n", "\r\n", "\r", ";", " # it's \"\n", "\n\n", " ;\n", "#}\n",
];
#[rustfmt::skip]
const DAMAGE: [&str; 58] = [
    " ", "\n", "\r", "`", "`\n", "'", "\"", "‘", "’", "“", "„", "‚", "#", "<#", "#>", "$", "@", "(", ")", "{", "}",
    "[", "]", "$(", "@(", "@{", ";", "|", "&", "&&", "||", ",", ".", "..", "::", ":", "=", "+=", "++", "--", "--%",
    "–", "-", "!", ">", "2>&1", ">>", "%", "?", "$x", "Set-Evil", " -f ", "-join ", "1", "return ", "if", "in",
    "\u{a0}",
];

pub struct Maker<'a> {
    pub random: &'a mut Random,
}

impl Maker<'_> {
    pub fn text(&mut self) -> String {
        let count = 1 + self.random.below(3);
        self.statements(count, 3)
    }

    /// `written` with a piece taken out, put in, or brought from `other`.
    pub fn damaged(&mut self, written: &str, other: &str) -> String {
        let mut text: Vec<char> = written.chars().collect();
        for _ in 0..=self.random.below(3) {
            let at = self.random.below(text.len() + 1);
            match self.random.below(6) {
                0 | 1 => {
                    let end = (at + 1 + self.random.below(3)).min(text.len());
                    drop(text.drain(at..end));
                }
                5 => {
                    let from = self.random.below(other.chars().count());
                    let piece: Vec<char> = other.chars().skip(from).take(2 + self.random.below(20)).collect();
                    drop(text.splice(at..at, piece));
                }
                _ => {
                    let piece = *self.random.pick(&DAMAGE);
                    drop(text.splice(at..at, piece.chars()));
                }
            }
        }
        text.into_iter().collect()
    }

    pub(super) fn one(&mut self, items: &[&str]) -> String {
        (*self.random.pick(items)).to_owned()
    }

    pub(super) fn blank(&mut self) -> String {
        self.one(&BLANKS)
    }

    pub(super) fn statements(&mut self, count: usize, depth: usize) -> String {
        let mut all = String::new();
        for place in 0..count {
            if place > 0 {
                all += &self.one(&SEPARATORS);
            }
            all += &self.statement(depth);
        }
        if self.random.once_in(20) {
            all += " # 'last";
        }
        all
    }

    pub(super) fn block(&mut self, depth: usize) -> String {
        let count = self.random.below(3);
        let inside = self.statements(count, depth.saturating_sub(1));
        let end = if inside.contains('#') { "\n" } else { " " };
        format!("{{{}{inside}{end}}}", self.one(&["", " ", "\n"]))
    }

    pub(super) fn pipeline(&mut self, depth: usize) -> String {
        let mut all = if self.random.once_in(3) { self.expression(depth) } else { self.command(depth) };
        while self.random.once_in(3) {
            all += &self.one(&[" | ", "|", " |\n", " | # it's\n", "\n| "]);
            all += &self.command(depth);
        }
        all
    }

    pub(super) fn command(&mut self, depth: usize) -> String {
        let mut all = match self.random.below(10) {
            0 => {
                let called = self.one(&[
                    "$x",
                    "'Set-X'",
                    "\"a b\"",
                    "(Get-X)",
                    "Set-X",
                    "$x.A",
                    "$x[0]",
                    "{ Set-X }",
                    "a$x",
                ]);
                format!("{}{called}", self.one(&["& ", "&", ". ", "&`\n"]))
            }
            1 => self.one(&["Where-Object", "? ", "% ", "ForEach-Object", "foreach ", "select", "sort "]),
            _ => self.one(&COMMANDS),
        };
        for _ in 0..self.random.below(4) {
            all += &self.blank();
            all += &self.argument(depth);
        }
        all
    }

    pub(super) fn argument(&mut self, depth: usize) -> String {
        match self.random.below(16) {
            0..=2 => self.one(&WORDS),
            3 | 4 => {
                let parameter = self.one(&PARAMETERS);
                let blank = self.one(&["", " ", " "]);
                let value = self.argument_value(depth);
                format!("{parameter}{blank}{value}")
            }
            5 => self.one(&[
                "> a.txt",
                "2>$null",
                "2>&1",
                "*> $x",
                ">> 'a b'",
                "3>\"$x\"",
                "> (Get-Y)",
                ">$null",
                "2> a$x",
                "1>&2",
            ]),
            6 => self.one(&["@x", "@args", "@global:y"]),
            7 => self.block(depth),
            8 if depth > 0 => {
                format!("{}, {}", self.argument_value(depth - 1), self.argument_value(depth - 1))
            }
            9 if self.random.once_in(4) => "--% ' | \" $x\n".to_owned(),
            _ => self.argument_value(depth),
        }
    }

    pub(super) fn argument_value(&mut self, depth: usize) -> String {
        match self.random.below(5) {
            0 => self.one(&WORDS),
            _ => self.postfixed(depth, false),
        }
    }

    pub(super) fn expression(&mut self, depth: usize) -> String {
        let mut all = String::new();
        if self.random.once_in(6) {
            all += &self.one(&["-not ", "!", "-", "+", ",", "-join ", "-split ", "–not ", "-bnot ", "! "]);
        }
        if self.random.once_in(5) {
            all += &self.one(&TYPES);
        }
        all += &self.postfixed(depth, true);
        while depth > 0 && self.random.once_in(3) {
            let gap = self.one(&[" ", " ", ""]);
            let (operator, value) = (self.one(&OPERATORS), self.postfixed(depth - 1, true));
            let _ = write!(all, "{gap}{operator} {value}");
        }
        if depth > 0 && self.random.once_in(8) {
            all += &self.one(&[", ", ",", ",\n"]);
            all += &self.postfixed(depth - 1, true);
        }
        if self.random.once_in(30) {
            all += &self.one(&[" > a.txt", " 2>$null", ">b"]);
        }
        all
    }

    /// A value with members, indexes and calls behind it.
    pub(super) fn postfixed(&mut self, depth: usize, expression: bool) -> String {
        let mut all = self.value(depth);
        if expression && self.random.once_in(8) {
            all = format!("{}{}{}", self.one(&TYPES), self.one(&["::", ":: "]), self.one(&MEMBERS));
            if self.random.once_in(2) {
                all += &self.arguments(depth);
            }
        }
        while depth > 0 && self.random.once_in(4) {
            let more = match self.random.below(8) {
                0 => format!("[{}]", self.expression(depth - 1)),
                1 => format!(".{}", self.one(&MEMBERS)),
                2 => self.one(&["::A", ".$x", ".'a b'", ".(Get-Y)", ".\"$x\"", "?.A", "?[0]"]),
                3 => format!(".{}{}", self.one(&["$x", "'Delete'", "(Get-Y)"]), self.arguments(depth)),
                4 => format!(".{}{}", self.one(&["ForEach", "Where"]), self.block(depth)),
                5 if expression => format!(
                    "{}.{}{}",
                    self.one(&["", "\n"]),
                    self.one(&["Delete", " A", "<# #>B"]),
                    self.arguments(depth)
                ),
                _ => format!(".{}{}", self.one(&MEMBERS), self.arguments(depth)),
            };
            all += &more;
        }
        all
    }

    pub(super) fn arguments(&mut self, depth: usize) -> String {
        match self.random.below(3) {
            0 => "()".to_owned(),
            1 => format!("({})", self.value(depth.saturating_sub(1))),
            _ => format!(
                "({}, {})",
                self.value(depth.saturating_sub(1)),
                self.expression(depth.saturating_sub(1))
            ),
        }
    }

    pub(super) fn value(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 8 } else { 15 }) {
            0..=2 => self.one(&VARIABLES),
            3 => self.one(&NUMBERS),
            4 => self.one(&["'a'", "'it''s #'", "‘a’", "'a\nb'", "'}'", "'$(Set-X)'", "‚a'", "''"]),
            5 | 6 => self.double(depth),
            7 => self.one(&["@()", "@{}", "{}", "$()", "$x", "[int]", "[IO.File]"]),
            8 => self.here(depth),
            9 | 10 => format!("({})", self.pipeline(depth - 1)),
            11 => format!("{}{})", self.one(&["$(", "@(", "$( ", "@(\n"]), self.lines(depth)),
            12 => {
                let key = self.one(&["a", "'b'", "\"c\"", "$x", "A-B", "1", "if", "(Get-X)", "a.b"]);
                let equals = self.one(&[" = ", "=", " =\n"]);
                let next = self.one(&["; ", "\n", ";\n"]);
                format!(
                    "@{{ {key}{equals}{}{next}z = {} }}",
                    self.statement_value(depth),
                    self.value(depth - 1)
                )
            }
            13 => self.block(depth),
            _ => format!("{}{}", self.one(&TYPES), self.value(depth - 1)),
        }
    }

    pub(super) fn lines(&mut self, depth: usize) -> String {
        let count = 1 + self.random.below(2);
        let inside = self.statements(count, depth - 1);
        if inside.contains('#') { inside + "\n" } else { inside }
    }

    pub(super) fn statement_value(&mut self, depth: usize) -> String {
        if self.random.once_in(4) { self.statement(depth - 1) } else { self.pipeline(depth - 1) }
    }

    pub(super) fn double(&mut self, depth: usize) -> String {
        let open = self.one(&["\"", "\"", "\"", "“", "„"]);
        let close = self.one(&["\"", "\"", "\"", "”"]);
        format!("{open}{}{close}", self.inside(depth))
    }

    pub(super) fn inside(&mut self, depth: usize) -> String {
        let mut all = String::new();
        for _ in 0..self.random.below(4) {
            let more = match self.random.below(8) {
                0 | 1 => self.one(&VARIABLES),
                2 if depth > 0 => format!("$({})", self.lines(depth)),
                3 => self.one(&[
                    "`\"", "\"\"", "`$x", "``", "'", "$", "#", "$x.A", "$x[0]", "`n", "${x}y", "$x:", "$x::a",
                ]),
                _ => self.one(&["a ", "b", " ", "it's ", "{0}", "}", ")"]),
            };
            all += &more;
        }
        all
    }

    pub(super) fn here(&mut self, depth: usize) -> String {
        let end = self.one(&["\n", "\r\n"]);
        if self.random.once_in(2) {
            format!("@'{end}it's $(Set-X) \"{end}'@")
        } else {
            let inside = self.inside(depth).replace("\"\"", "\"");
            format!("@\"{end}{inside} '\" {end}\"@")
        }
    }
}
