//! A reading of PowerShell text that is good enough to warn: which commands, methods and assignments it holds.
//!
//! Statements are read here, their tokens in [`tokens`]; as in PowerShell, what a character means hangs on where in a
//! statement it stands (`about_Parsing`, `about_Quoting_Rules`, `about_Command_Syntax`). Of a text that PowerShell itself
//! would not take nothing runs; of all others it errs on the side of naming too much. It never runs anything.

mod statement;
mod tokens;

use self::statement::{Block, DEPTH_MAX, KEYWORDS, Statement, StatementMode, TAKE_BLOCK, UNARY};
use self::tokens::{ends_word, is_dash, is_name, is_quote};
use super::plain;
use crate::checklist::uses::unscoped;

/// Something that a text would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A command by its name.
    Command(String),
    /// A command that is known only when it runs: `& $x`, `. $x`, `Where-Object $x`.
    Computed,
    /// A method of an object by its name.
    Method(String),
    /// A method of a type by its name.
    Static(String),
    /// A method that is known only when it is called: `$x.$name()`.
    ComputedMethod,
    /// An assignment to a plain variable.
    Variable(String),
    /// An assignment to anything else: a property, an element, a drive such as `$env:`.
    Member,
    /// Output sent into a file.
    Redirection,
    /// A variable that becomes a part of a text.
    Quoted(String),
    /// Nested too deeply to be read.
    Unreadable,
}

/// What `text` would do, in the order in which it stands there.
pub(super) fn parts(text: &str) -> Vec<Part> {
    scanned(text).parts
}

/// What the last statement of `text` gives: the end of its pipeline.
pub(super) fn last_element(text: &str) -> String {
    let scanner = scanned(text);
    let ends = scanner.breaks.iter().copied().chain([scanner.chars.len()]);
    let starts = [0].into_iter().chain(scanner.breaks.iter().map(|at| at + 1));
    let elements = starts.zip(ends).map(|(start, end)| scanner.between(start, end));
    let says = |element: &String| !element.trim().is_empty() && !element.trim().starts_with('#');
    elements.filter(says).last().unwrap_or_default().trim().to_owned()
}

fn scanned(text: &str) -> Scanner {
    let mut scanner = Scanner { chars: text.chars().collect(), ..Scanner::default() };
    while scanner.peek(0).is_some() {
        scanner.block(Block::File, 0);
    }
    scanner
}

#[derive(Default)]
struct Scanner {
    chars: Vec<char>,
    at: usize,
    parts: Vec<Part>,
    /// Where a statement or a command ends, outside of all blocks.
    breaks: Vec<usize>,
    /// The variables of expressions.
    reads: Vec<String>,
    /// In how many texts we are.
    texts: usize,
    /// Whether the last token wants another, if need be on the next line.
    open: bool,
}

impl Scanner {
    fn statement(&self) -> Statement {
        Statement { reads: self.reads.len(), ..Statement::default() }
    }

    fn finish(&mut self, statement: &Statement) {
        if statement.increments > 0 {
            let none = if statement.targets.is_empty() { &[Part::Member][..] } else { &[] };
            self.parts.extend(statement.targets.iter().chain(none).cloned());
        }
        if statement.texts > 0 && statement.joins > 0 {
            self.parts.extend(self.reads.iter().skip(statement.reads).cloned().map(Part::Quoted));
        }
    }

    /// Reads up to and over the end of a block.
    fn block(&mut self, block: Block, depth: usize) {
        let mut statement = self.statement();
        if block == Block::Bracket {
            statement.mode = StatementMode::Expression;
        }
        while let Some(c) = self.peek(0) {
            if block == Block::File && matches!(c, '\n' | '\r' | ';' | '|') {
                self.breaks.push(self.at);
            }
            let closes = match block {
                Block::File => matches!(c, ')' | '}'),
                Block::Parenthesis | Block::Statements => c == ')',
                Block::Brace | Block::Filter | Block::Table => c == '}',
                Block::Bracket => c == ']',
            };
            if closes {
                self.at += 1;
                break;
            }
            if self.blank(c, &mut statement) {
                continue;
            }
            self.open = false;
            if !self.value(c, &mut statement, depth) {
                match statement.mode {
                    StatementMode::Start => self.start(c, &mut statement, block, depth),
                    StatementMode::Expression => self.expression(c, &mut statement, block, depth),
                    StatementMode::Arguments | StatementMode::Block | StatementMode::Each => {
                        self.argument(c, &mut statement, depth)
                    }
                }
            }
        }
        self.finish(&statement);
        if block == Block::File {
            self.reads.clear();
        }
    }

    fn nested(&mut self, block: Block, depth: usize) {
        if depth >= DEPTH_MAX {
            self.parts.push(Part::Unreadable);
            return;
        }
        self.block(block, depth + 1);
        self.open = false;
    }

    /// Spaces, comments, and what ends a statement or a command; false if it is something else.
    fn blank(&mut self, c: char, statement: &mut Statement) -> bool {
        if self.skip_blank() {
            return true;
        }
        match c {
            // The statement goes on.
            '\n' | '\r' if self.open || statement.mode == StatementMode::Start => {
                statement.mode = StatementMode::Start
            }
            '\n' | '\r' | ';' | '|' => {
                self.finish(statement);
                *statement = Statement { piped: c == '|', ..self.statement() };
            }
            _ => return false,
        }
        self.at += 1;
        true
    }

    /// Quotes, blocks, tables and variables; false if it is something else.
    fn value(&mut self, c: char, statement: &mut Statement, depth: usize) -> bool {
        let next = self.peek(1);
        let computes = match c {
            '(' | '$' => statement.runs_block(),
            '@' => statement.runs_block() && next != Some('{'),
            c if is_quote(c) => statement.mode == StatementMode::Each && statement.runs_block(),
            '{' => false,
            _ => return false,
        };
        if c == '$'
            && statement.mode == StatementMode::Start
            && next.is_none_or(|c| !is_name(c) && !"{($^?".contains(c))
        {
            return false;
        }
        if computes {
            self.parts.push(Part::Computed);
        }
        match (c, next) {
            ('(', _) => self.open_block(1, Block::Parenthesis, depth),
            ('$' | '@', Some('(')) => self.open_block(2, Block::Statements, depth),
            ('@', Some('{')) => self.open_block(2, Block::Table, depth),
            ('{', _) => {
                let filters = statement.parameter == "-filter"
                    && statement.mode == StatementMode::Arguments
                    && !statement.piped;
                self.open_block(1, if filters { Block::Filter } else { Block::Brace }, depth);
                if statement.keyword {
                    statement.mode = StatementMode::Start;
                    return true;
                }
            }
            ('$', _) => self.read_variable(statement, depth),
            ('@', Some(c)) if is_quote(c) => {
                statement.texts += 1;
                self.here_string(depth);
            }
            // A splat.
            ('@', _) => drop(self.word(depth)),
            _ => {
                statement.texts += 1;
                self.quoted(depth);
            }
        }
        statement.after_value();
        statement.parameter.clear();
        true
    }

    fn open_block(&mut self, opening: usize, block: Block, depth: usize) {
        self.at += opening;
        self.nested(block, depth);
    }

    fn read_variable(&mut self, statement: &mut Statement, depth: usize) {
        let name = self.variable();
        if !matches!(statement.mode, StatementMode::Start | StatementMode::Expression) {
            let member = self.peek(0).is_some_and(|c| matches!(c, '.' | '[')) || self.is_static();
            if !member && !self.peek(0).is_none_or(ends_word) {
                self.pasted(&name);
                self.word(depth);
            }
            return;
        }
        if self.texts > 0 {
            self.pasted(&name);
        }
        self.reads.push(unscoped(&name).to_owned());
        statement.targets.push(match name.split_once(':') {
            Some(_) if unscoped(&name) == name => Part::Member,
            Some(_) | None => Part::Variable(unscoped(&name).to_owned()),
        });
    }

    /// What may stand where a command may.
    fn start(&mut self, c: char, statement: &mut Statement, block: Block, depth: usize) {
        let next = self.peek(1);
        let ends = next.is_none_or(|c| c.is_whitespace() || matches!(c, '{' | '$' | '(') || is_quote(c));
        let property = next == Some('.') && !self.peek(2).is_some_and(|c| c.is_ascii_digit());
        match c {
            '&' => self.called(statement, depth),
            '.' if ends => self.called(statement, depth),
            '[' => self.index(statement, depth),
            c if self.increments(c) => statement.increments += self.step(2),
            '+' if property => self.command(statement, block, depth),
            '+' | ',' | ')' | '}' => {
                self.at += 1;
                statement.after_value();
            }
            '!' if ends || next.is_some_and(|c| matches!(c, '[' | '@' | '!')) => {
                self.at += 1;
                statement.after_value();
            }
            c if is_dash(c) => {
                let operator = self.letters(1);
                if (operator.is_empty() && !property) || UNARY.contains(&operator.as_str()) {
                    self.at += 1 + operator.chars().count();
                    statement.after_value();
                } else {
                    self.command(statement, block, depth);
                }
            }
            _ if block == Block::Table && !statement.keyed && self.is_followed_by_equals() => {
                self.skip_while(is_name);
                statement.mode = StatementMode::Expression;
            }
            _ if block == Block::Filter && self.is_compared() => {
                self.skip_while(is_name);
                statement.mode = StatementMode::Expression;
            }
            c if (c.is_ascii_digit() || c == '.') && self.skip_number() => {
                statement.mode = StatementMode::Expression
            }
            _ => self.command(statement, block, depth),
        }
    }

    /// A bare word where a command may stand.
    fn command(&mut self, statement: &mut Statement, block: Block, depth: usize) {
        let word = self.word(depth);
        let lower = word.to_lowercase();
        if statement.piped || block == Block::Parenthesis {
            self.run(word, statement);
        } else if matches!(lower.as_str(), "function" | "filter") {
            while self.skip_blank() {}
            self.word(depth);
            statement.keyword = true;
        } else if KEYWORDS.contains(&lower.as_str()) || (lower.starts_with(':') && self.is_loop()) {
            statement.keyword = true;
        } else {
            self.run(word, statement);
        }
    }

    fn run(&mut self, word: String, statement: &mut Statement) {
        let name = plain(&word);
        self.parts.push(Part::Command(word));
        statement.keyword = false;
        statement.mode = match name.as_str() {
            "foreach-object" | "%" | "foreach" => StatementMode::Each,
            name if TAKE_BLOCK.contains(&name) => StatementMode::Block,
            _ => StatementMode::Arguments,
        };
    }

    /// After `&` or `.`: a name is a command as any other, all else is computed.
    fn called(&mut self, statement: &mut Statement, depth: usize) {
        self.at += 1;
        while self.skip_blank() {}
        match self.peek(0) {
            // A block that runs here is read as it stands.
            Some('{') => {}
            Some(c) if !is_quote(c) && !ends_word(c) && !matches!(c, '$' | '@' | '[') => {
                let word = self.word(depth);
                self.run(word, statement);
            }
            Some(_) | None => {
                self.parts.push(Part::Computed);
                statement.mode = StatementMode::Arguments;
            }
        }
    }

    fn expression(&mut self, c: char, statement: &mut Statement, block: Block, depth: usize) {
        match c {
            '&' => {
                self.at += if self.peek(1) == Some('&') { 2 } else { 1 };
                self.finish(statement);
                *statement = self.statement();
            }
            '=' => {
                self.at += 1;
                let targets = std::mem::take(&mut statement.targets);
                if block == Block::Table && !statement.keyed {
                    // The key of a table is no target.
                    statement.keyed = true;
                } else if targets.is_empty() {
                    self.parts.push(Part::Member);
                } else {
                    self.parts.extend(targets);
                }
                statement.mode = StatementMode::Start;
            }
            '[' => self.index(statement, depth),
            c if self.redirects(c) => self.redirection(depth),
            c if self.increments(c) => statement.increments += self.step(2),
            '+' | ',' => {
                statement.joins += usize::from(c == '+');
                self.open = true;
                self.at += 1;
            }
            '.' if self.peek(1) == Some('.') => self.at += 2,
            '.' => self.member(statement),
            ':' if self.is_static() => self.member(statement),
            '`' => self.at += 2,
            c if is_dash(c) => {
                let operator = self.letters(1);
                self.at += 1 + operator.chars().count();
                if operator == "f" {
                    statement.joins += 1;
                    statement.texts += 1;
                    self.open = true;
                }
            }
            c if c.is_ascii_digit() && self.skip_number() => {}
            c if is_name(c) => {
                // `foreach ($x in Get-Y)`.
                if self.skip_while(is_name).eq_ignore_ascii_case("in") {
                    statement.mode = StatementMode::Start;
                }
            }
            _ => self.at += 1,
        }
    }

    /// What stands after a command.
    fn argument(&mut self, c: char, statement: &mut Statement, depth: usize) {
        let attached = self.before().is_some_and(|c| is_name(c) || is_quote(c) || ")}]?$^@".contains(c));
        match c {
            '&' => self.expression(c, statement, Block::File, depth),
            ',' | ')' | '}' => self.at += 1,
            '.' if attached => self.member(statement),
            ':' if attached && self.is_static() => self.member(statement),
            '[' if attached => self.index(statement, depth),
            c if self.redirects(c) => self.redirection(depth),
            _ => {
                let word = self.word(depth);
                if word == "--%" {
                    self.verbatim();
                } else if word.starts_with(is_dash) {
                    statement.parameter = word.to_lowercase();
                } else {
                    statement.parameter.clear();
                    if statement.mode == StatementMode::Each {
                        self.parts.push(Part::Method(word));
                        statement.mode = StatementMode::Arguments;
                    }
                }
            }
        }
    }

    fn index(&mut self, statement: &mut Statement, depth: usize) {
        self.open_block(1, Block::Bracket, depth);
        if statement.mode == StatementMode::Start {
            // A type, perhaps of the variable that follows.
            statement.mode = StatementMode::Expression;
        } else {
            statement.target_is_part();
        }
    }

    /// From the dot or colons of a member; a method if a parenthesis follows, or a block.
    fn member(&mut self, statement: &mut Statement) {
        let kind = if self.peek(0) == Some(':') { Part::Static } else { Part::Method };
        self.skip_while(|c| matches!(c, '.' | ':'));
        statement.target_is_part();
        let dot = self.at;
        while self.skip_blank() || self.skip_line_end() {}
        let on_next_line = self.between(dot, self.at).contains(['\n', '\r']);
        if self.peek(0).is_some_and(|c| matches!(c, '$' | '(') || is_quote(c)) {
            self.parts.push(Part::ComputedMethod);
        }
        let name = self.skip_while(is_name);
        if name.eq_ignore_ascii_case("scriptblock") {
            self.parts.push(Part::Computed);
        }
        if !name.is_empty() && self.is_called() {
            self.parts.push(kind(name));
        } else if on_next_line {
            // It may as well be a command.
            self.at = dot;
            statement.mode = StatementMode::Start;
        }
    }
}
