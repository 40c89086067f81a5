//! The beginning of a statement, where a command may stand.

use super::statement::{Block, KEYWORDS, NAMED_BLOCKS, Statement, StatementMode, TAKE_BLOCK, UNARY};
use super::tokens::{ends_word, is_dash, is_name, is_quote};
use super::{Part, Scanner};
use crate::checklist::lint::plain;

impl Scanner {
    /// What may stand where a command may.
    pub(super) fn start(&mut self, c: char, statement: &mut Statement, block: Block, depth: usize) {
        let next = self.peek(1);
        let ends = next.is_none_or(|c| c.is_whitespace() || matches!(c, '{' | '$' | '(') || is_quote(c));
        let property = next == Some('.') && !self.peek(2).is_some_and(|c| c.is_ascii_digit());
        let begins = statement.head;
        statement.head &= c == '[';
        match c {
            '&' => self.called(statement, depth),
            '.' if ends => self.called(statement, depth),
            '[' => self.index(statement, depth),
            // Only behind a command or a value do these mean something else.
            '>' => self.sign(1 + usize::from(next == Some('>')), statement),
            '<' | ']' => self.sign(1, statement),
            c if next == Some('=') && (c == '+' || is_dash(c)) => {
                self.command(statement, block, false, depth);
            }
            c if next == Some('>') && self.redirects(c) && c != '*' => {
                self.first_redirection(statement, depth);
            }
            c if self.increments(c) => statement.increments += self.step(2),
            '+' if property => self.command(statement, block, false, depth),
            '+' | ',' | ')' | '}' => {
                self.at += 1;
                statement.after_value();
            }
            '!' if ends || next.is_some_and(|c| is_dash(c) || matches!(c, '[' | '@' | '!' | '+')) => {
                self.at += 1;
                statement.after_value();
            }
            '!' if self.is_not_of_number() => {
                self.at += 1;
                self.skip_number();
                statement.mode = StatementMode::Expression;
            }
            c if is_dash(c) => {
                let operator = self.letters(1);
                if (operator.is_empty() && !property) || UNARY.contains(&operator.as_str()) {
                    self.at += 1 + operator.chars().count();
                    statement.after_value();
                } else {
                    self.command(statement, block, false, depth);
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
                statement.mode = StatementMode::Expression;
            }
            _ => self.command(statement, block, begins, depth),
        }
    }

    /// `2>&1` where a command may stand is one.
    fn first_redirection(&mut self, statement: &mut Statement, depth: usize) {
        if self.peek(2) == Some('&') {
            self.sign(4, statement);
        } else {
            self.redirection(depth);
            statement.mode = StatementMode::Arguments;
        }
    }

    /// Whether a number stands behind the `!` that stands here.
    fn is_not_of_number(&mut self) -> bool {
        let start = self.at;
        self.at += 1;
        let number = self.skip_number();
        self.at = start;
        number
    }

    /// A command whose name is of signs.
    fn sign(&mut self, length: usize, statement: &mut Statement) {
        let name = self.between(self.at, self.at + length);
        self.at += length;
        self.run(name, statement);
    }

    /// A bare word where a command may stand; `begins` if named blocks may begin there.
    fn command(&mut self, statement: &mut Statement, block: Block, begins: bool, depth: usize) {
        let word = self.word(depth);
        let lower = word.to_lowercase();
        let keyword = lower.as_str();
        let compared = block == Block::Clauses || statement.body == Some(Block::Clauses);
        if statement.piped || statement.plain || block == Block::Parenthesis {
            self.run(word, statement);
        } else if compared {
            // What a clause of `switch` is for, or an option of it.
        } else if matches!(keyword, "function" | "filter") {
            while self.skip_blank() {}
            self.word(depth);
            statement.body = Some(Block::Brace);
            statement.declares = true;
        } else if begins && keyword == "param" {
            statement.body = Some(Block::Body);
            statement.declares = true;
            statement.head = true;
        } else if keyword == "switch" {
            statement.body = Some(Block::Clauses);
        } else if begins && NAMED_BLOCKS.contains(&keyword) {
            statement.body = Some(Block::Body);
            statement.head = true;
        } else if KEYWORDS.contains(&keyword) || (keyword.starts_with(':') && self.is_loop()) {
            statement.body = Some(Block::Body);
        } else if matches!(keyword, "return" | "throw") {
            statement.plain = true;
        } else if matches!(keyword, "break" | "continue") {
            while self.skip_blank() {}
            self.skip_while(is_name);
            statement.over = true;
        } else {
            self.run(word, statement);
            if keyword == "exit" {
                statement.mode = StatementMode::Start;
                statement.plain = true;
            }
        }
    }

    fn run(&mut self, word: String, statement: &mut Statement) {
        let name = plain(&word);
        self.parts.push(Part::Command(word));
        statement.body = None;
        statement.mode = match name.as_str() {
            "foreach-object" | "%" | "foreach" => StatementMode::Each,
            "invoke-command" | "icm" => StatementMode::Elsewhere,
            name if TAKE_BLOCK.contains(&name) => StatementMode::Block,
            _ => StatementMode::Arguments,
        };
    }

    /// After `&` or `.`: a name is a command as any other, all else is computed.
    fn called(&mut self, statement: &mut Statement, depth: usize) {
        self.at += 1;
        while self.skip_blank() {}
        match self.peek(0) {
            Some('{') => {
                self.open_block(1, Block::Brace, depth);
                statement.mode = StatementMode::Arguments;
            }
            Some(c) if c.is_ascii_digit() && self.skip_number() => {
                self.parts.push(Part::Computed);
                statement.mode = StatementMode::Arguments;
            }
            Some(c) if !is_quote(c) && !ends_word(c) && !matches!(c, '$' | '@') => {
                let word = self.word(depth);
                self.run(word, statement);
            }
            Some(_) | None => {
                self.parts.push(Part::Computed);
                statement.mode = StatementMode::Arguments;
            }
        }
    }
}
