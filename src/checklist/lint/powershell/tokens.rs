//! The tokens of PowerShell: blanks, comments, quotes, variables and words (`about_Parsing`, `about_Quoting_Rules`).

use super::{Block, Part, Scanner};
use crate::checklist::uses::unscoped;

/// How far the types of a generic method are looked through.
const TYPES_MAX: usize = 256;

/// A dash, as PowerShell reads it: also the en dash, the em dash and the horizontal bar.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

pub(super) fn is_quote(c: char) -> bool {
    is_single(c) || is_double(c)
}

fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‛')
}

fn is_double(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Whether `c` may stand in the plain name of a variable, a property or a key.
pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a bare word ends before `c`.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, ';' | '&' | '|' | '(' | ')' | '{' | '}' | ',')
}

impl Scanner {
    pub(super) fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    pub(super) fn before(&self) -> Option<char> {
        self.at.checked_sub(1).and_then(|at| self.chars.get(at)).copied()
    }

    pub(super) fn between(&self, start: usize, end: usize) -> String {
        self.chars.iter().skip(start).take(end.saturating_sub(start)).collect()
    }

    pub(super) fn skip_while(&mut self, inside: impl Fn(char) -> bool) -> String {
        let start = self.at;
        while self.peek(0).is_some_and(&inside) {
            self.at += 1;
        }
        self.between(start, self.at)
    }

    /// The letters from `ahead` on, in lower case.
    pub(super) fn letters(&self, ahead: usize) -> String {
        let rest = self.chars.iter().skip(self.at + ahead);
        rest.take_while(|c| c.is_ascii_alphabetic()).map(char::to_ascii_lowercase).collect()
    }

    pub(super) fn step(&mut self, over: usize) -> usize {
        self.at += over;
        1
    }

    /// Whether `++` or `--` stands here.
    pub(super) fn increments(&self, c: char) -> bool {
        matches!((c, self.peek(1)), ('+', Some('+')) | ('-', Some('-')))
    }

    pub(super) fn is_static(&self) -> bool {
        self.peek(0) == Some(':') && self.peek(1) == Some(':')
    }

    /// Spaces, comments and lines that are continued; false if something else stands here. Wherever a token may begin, a `#`
    /// begins a comment: in a word it never comes here.
    pub(super) fn skip_blank(&mut self) -> bool {
        match (self.peek(0), self.peek(1)) {
            (Some('\n' | '\r'), _) => return false,
            (Some('`'), Some('\r')) if self.peek(2) == Some('\n') => self.at += 3,
            (Some('`'), Some('\n' | '\r')) => self.at += 2,
            (Some('#'), _) => drop(self.skip_while(|c| !matches!(c, '\n' | '\r'))),
            (Some('<'), Some('#')) => {
                self.at += 2;
                while self.peek(0).is_some() && !(self.peek(0) == Some('#') && self.peek(1) == Some('>')) {
                    self.at += 1;
                }
                self.at += 2;
            }
            (Some(c), _) if c.is_whitespace() => self.at += 1,
            _ => return false,
        }
        true
    }

    pub(super) fn skip_line_end(&mut self) -> bool {
        let here = matches!(self.peek(0), Some('\n' | '\r'));
        self.at += usize::from(here);
        here
    }

    /// A number that no letter makes a word: `7` and `1kb`, but not `7z`.
    pub(super) fn skip_number(&mut self) -> bool {
        let start = self.at;
        if self.peek(0) == Some('0') && matches!(self.peek(1), Some('x' | 'X' | 'b' | 'B')) {
            self.at += 2;
            self.skip_while(|c| c.is_ascii_hexdigit());
        } else {
            self.skip_while(|c| c.is_ascii_digit());
            if self.peek(0) == Some('.') && self.peek(1) != Some('.') {
                self.at += 1;
                self.skip_while(|c| c.is_ascii_digit());
            }
        }
        let suffix = self.letters(0);
        let unit = ["kb", "mb", "gb", "tb", "pb"].into_iter().find(|unit| suffix.ends_with(unit));
        let kind = suffix.strip_suffix(unit.unwrap_or_default()).unwrap_or_default();
        if ["", "d", "l", "u", "n", "y", "s", "ul", "us", "uy"].contains(&kind) {
            self.at += suffix.len();
        } else if suffix == "e" {
            let sign = usize::from(self.peek(1).is_some_and(|c| c == '+' || is_dash(c)));
            if self.peek(1 + sign).is_some_and(|c| c.is_ascii_digit()) {
                self.at += 1 + sign;
                self.skip_while(|c| c.is_ascii_digit());
            }
        }
        let digits = self.between(start, self.at).contains(|c: char| c.is_ascii_digit());
        let glued = |c| !ends_word(c) && !is_dash(c) && !"+*/%.=!<>]#".contains(c);
        if !digits || self.peek(0).is_some_and(glued) {
            self.at = start;
            return false;
        }
        true
    }

    /// Whether the name of a parameter stands here.
    pub(super) fn is_parameter(&self) -> bool {
        self.peek(0).is_some_and(is_dash)
            && self.peek(1).is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | '?'))
    }

    /// The name of a parameter, with the colon behind it. In it neither a dollar sign nor a backtick has a meaning; a quote
    /// makes all of it a word.
    pub(super) fn parameter(&mut self, depth: usize) -> String {
        let start = self.at;
        self.skip_while(|c| !ends_word(c) && !is_quote(c) && !matches!(c, ':' | '.' | '['));
        if self.peek(0) == Some(':') {
            self.at += 1;
        } else if self.peek(0).is_some_and(is_quote) {
            self.word(depth);
        }
        self.between(start, self.at)
    }

    /// A bare word with all that is glued to it; at least one character.
    pub(super) fn word(&mut self, depth: usize) -> String {
        let start = self.at;
        while let Some(c) = self.peek(0).filter(|c| !ends_word(*c)) {
            match c {
                c if self.expands(c, depth) => {}
                c if is_quote(c) => self.quoted(depth),
                _ => self.at += 1,
            }
        }
        if self.at == start {
            self.at += 1;
        }
        self.between(start, self.at)
    }

    /// After `--%`, to the end of the line or of the command.
    pub(super) fn verbatim(&mut self) {
        let mut within = false;
        while let Some(c) = self.peek(0).filter(|c| !matches!(c, '\n' | '\r')) {
            let ends = c == '|' || (c == '&' && self.peek(1) == Some('&'));
            if ends && !within {
                break;
            }
            within ^= is_double(c);
            self.at += 1;
        }
    }

    /// A quoted text, from its opening to after its closing quote.
    pub(super) fn quoted(&mut self, depth: usize) {
        let double = self.peek(0).is_some_and(is_double);
        self.at += 1;
        while let Some(c) = self.peek(0) {
            if double && self.expands(c, depth) {
                continue;
            }
            self.at += 1;
            if if double { is_double(c) } else { is_single(c) } {
                if !self.peek(0).is_some_and(if double { is_double } else { is_single }) {
                    return;
                }
                self.at += 1;
            }
        }
    }

    /// A here-string, from its `@`.
    pub(super) fn here_string(&mut self, depth: usize) {
        let double = self.peek(1).is_some_and(is_double);
        let quote = if double { is_double } else { is_single };
        self.at += 2;
        while let Some(c) = self.peek(0) {
            let ends =
                matches!(c, '\n' | '\r') && self.peek(1).is_some_and(quote) && self.peek(2) == Some('@');
            if ends {
                self.at += 3;
                return;
            }
            if !(double && self.expands(c, depth)) {
                self.at += 1;
            }
        }
    }

    /// What a double quoted text or a bare word does not take as it stands; false if it is something else.
    fn expands(&mut self, c: char, depth: usize) -> bool {
        match c {
            '`' => self.at += 2,
            '$' if self.peek(1) == Some('(') => self.open_text_block(depth),
            '$' => {
                let name = self.variable();
                self.pasted(&name);
            }
            _ => return false,
        }
        true
    }

    fn open_text_block(&mut self, depth: usize) {
        self.at += 2;
        self.texts += 1;
        self.nested(Block::Statements, depth);
        self.texts -= 1;
    }

    /// A variable becomes a part of a text.
    pub(super) fn pasted(&mut self, name: &str) {
        if !name.is_empty() {
            self.parts.push(Part::Quoted(unscoped(name).to_owned()));
        }
    }

    /// From the `$` to the end of the name. What is read from the functions or the aliases can be run.
    pub(super) fn variable(&mut self) -> String {
        self.at += 1;
        let name = if self.peek(0) == Some('{') {
            self.at += 1;
            let mut name = String::new();
            while let Some(c) = self.peek(0).filter(|c| *c != '}') {
                self.at += usize::from(c == '`');
                name.extend(self.peek(0));
                self.at += 1;
            }
            self.at += 1;
            name
        } else if matches!(self.peek(0), Some('$' | '^')) {
            self.at += 1;
            String::new()
        } else {
            let mut name = self.skip_while(|c| is_name(c) || c == '?');
            // A scope or a drive, but not the colons of a static member.
            if !name.is_empty() && self.peek(0) == Some(':') && self.peek(1).is_some_and(is_name) {
                self.at += 1;
                name.push(':');
                name.push_str(&self.skip_while(|c| is_name(c) || c == '?'));
            }
            name
        };
        let lower = name.to_lowercase();
        if lower.starts_with("function:") || lower.starts_with("alias:") {
            self.parts.push(Part::Computed);
        }
        name
    }

    /// Whether `>` stands here, perhaps behind the number of a stream.
    pub(super) fn redirects(&self, c: char) -> bool {
        c == '>' || ((c.is_ascii_digit() || c == '*') && self.peek(1) == Some('>'))
    }

    /// From the `>`, or what stands before it, to after its target.
    pub(super) fn redirection(&mut self, depth: usize) {
        self.at += usize::from(self.peek(0) != Some('>'));
        self.skip_while(|c| c == '>');
        if self.peek(0) == Some('&') {
            self.at += 2;
            return;
        }
        while self.skip_blank() {}
        let start = self.at;
        if self.peek(0) == Some('$') && self.peek(1) != Some('(') {
            let name = self.variable();
            let whole = self.peek(0).is_none_or(ends_word);
            if whole && self.between(start, self.at).eq_ignore_ascii_case("$null") {
                return;
            }
            if !whole && !matches!(self.peek(0), Some('.' | '[')) {
                self.pasted(&name);
            }
        }
        self.parts.push(Part::Redirection);
        if self.peek(0).is_some_and(|c| !ends_word(c)) {
            self.word(depth);
        }
    }

    /// Whether a member that was named is called: `(…)`, `{…}` or `[type](…)` follows.
    pub(super) fn is_called(&self) -> bool {
        if self.peek(0) != Some('[') {
            return matches!(self.peek(0), Some('(' | '{'));
        }
        let mut open = 0_usize;
        for ahead in 0..TYPES_MAX {
            match self.peek(ahead) {
                Some('[') => open += 1,
                Some(']') => open = open.saturating_sub(1),
                Some(_) => {}
                None => return false,
            }
            if open == 0 {
                return self.peek(ahead + 1) == Some('(');
            }
        }
        true
    }

    /// Whether a loop stands behind the label that was read.
    pub(super) fn is_loop(&self) -> bool {
        let blanks = self.chars.iter().skip(self.at).take_while(|c| c.is_whitespace()).count();
        ["foreach", "for", "while", "do", "switch"].contains(&self.letters(blanks).as_str())
    }

    /// Whether the name that stands here is the key of a table.
    pub(super) fn is_followed_by_equals(&self) -> bool {
        let rest = self.chars.iter().skip(self.at);
        rest.skip_while(|c| is_name(**c)).find(|c| !matches!(c, ' ' | '\t')) == Some(&'=')
    }

    /// Whether the name that stands here is compared with something: a property, as filters write it.
    pub(super) fn is_compared(&self) -> bool {
        let mut rest = self.chars.iter().skip(self.at).skip_while(|c| is_name(**c));
        let blank = rest.next() == Some(&' ');
        let operator: String = rest.take(16).collect();
        let operator = operator.split_whitespace().next().unwrap_or_default().to_lowercase();
        let known = ["-eq", "-ne", "-gt", "-ge", "-lt", "-le", "-like", "-notlike", "-match"];
        blank && known.contains(&operator.as_str())
    }
}
