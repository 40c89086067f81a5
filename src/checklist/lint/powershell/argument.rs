//! What stands behind the beginning of a statement: an expression, or the arguments of a command.

use super::statement::{Block, Statement, StatementMode};
use super::tokens::{is_dash, is_name, is_quote};
use super::{Part, Scanner};

impl Scanner {
    pub(super) fn expression(&mut self, c: char, statement: &mut Statement, block: Block, depth: usize) {
        let head = statement.head;
        statement.head &= c == '[';
        match c {
            '&' => self.chain(statement),
            '=' => self.assign(statement, block),
            // A name of a type goes on where another would end.
            c if block == Block::Type && !c.is_whitespace() && !"[](),={".contains(c) => {
                self.skip_while(|c| !c.is_whitespace() && !"[](),={'\"$".contains(c));
            }
            '[' => self.index(statement, depth),
            c if self.redirects(c) => self.redirection(depth),
            c if self.increments(c) => statement.increments += self.step(2),
            '+' | ',' => {
                statement.joins += usize::from(c == '+');
                if c == ',' && block == Block::Parameters {
                    statement.targets.clear();
                }
                self.open = true;
                self.at += 1;
            }
            '.' if self.peek(1) == Some('.') => self.at += 2,
            '.' => self.member(statement, depth),
            ':' if self.is_static() => self.member(statement, depth),
            '`' => self.at += 2,
            c if is_dash(c) => self.operator(statement, depth),
            c if c.is_ascii_digit() && self.skip_number() => {}
            c if is_name(c) => {
                let word = self.skip_while(is_name);
                if word.eq_ignore_ascii_case("in") {
                    // `foreach ($x in Get-Y)`.
                    statement.mode = StatementMode::Start;
                } else if word.eq_ignore_ascii_case("param") && head {
                    // `[CmdletBinding()] param(…)`.
                    statement.head = true;
                    statement.body = Some(Block::Body);
                    statement.declares = true;
                }
            }
            _ => self.at += 1,
        }
    }

    fn assign(&mut self, statement: &mut Statement, block: Block) {
        self.at += 1;
        let targets = std::mem::take(&mut statement.targets);
        if block == Block::Attribute {
            return;
        }
        if block == Block::Table && !statement.keyed {
            // The key of a table is no target.
            statement.keyed = true;
        } else if targets.is_empty() {
            self.parts.push(Part::Member);
        } else {
            self.parts.extend(targets);
        }
        if block != Block::Parameters {
            statement.mode = StatementMode::Start;
        }
    }

    /// From the dash of an operator to after its name, or the type behind it.
    fn operator(&mut self, statement: &mut Statement, depth: usize) {
        let operator = self.letters(1);
        self.at += 1 + operator.chars().count();
        if operator == "f" {
            statement.joins += 1;
            statement.texts += 1;
            self.open = true;
        }
        if self.peek(0) == Some('[') {
            self.open_block(1, Block::Type, depth);
            self.type_end = self.at;
        }
    }

    /// After `&` and `&&` a command may stand.
    fn chain(&mut self, statement: &mut Statement) {
        let chained = self.peek(1) == Some('&');
        self.at += 1 + usize::from(chained);
        self.finish(statement);
        *statement = Statement { plain: chained, keyed: chained, ..self.statement(Block::Statements) };
        self.open = chained;
    }

    /// What stands after a command.
    pub(super) fn argument(&mut self, c: char, statement: &mut Statement, depth: usize) {
        let attached = self.is_attached() && statement.parameter.is_empty();
        match c {
            '&' => self.chain(statement),
            ',' | ')' | '}' | ']' => self.at += 1,
            '?' if attached && matches!(self.peek(1), Some('.' | '[')) => self.at += 1,
            '.' | ':' if attached && (c == '.' || self.is_static()) => {
                self.part_of_value(statement);
                self.member(statement, depth);
            }
            '[' if attached => {
                self.part_of_value(statement);
                self.index(statement, depth);
            }
            c if self.redirects(c) => self.redirection(depth),
            _ => {
                let parameter = self.is_parameter();
                let word = if parameter { self.parameter(depth) } else { self.word(depth) };
                if parameter && !word.contains(is_quote) {
                    statement.parameter = word.to_lowercase();
                    // Of Invoke-Command alone -FilePath begins so.
                    let file = statement.parameter.trim_start_matches(is_dash).starts_with('f');
                    if file && statement.mode == StatementMode::Elsewhere {
                        self.parts.push(Part::Computed);
                    }
                    return;
                }
                if word == "--%" {
                    self.verbatim();
                } else if statement.mode == StatementMode::Each && word != "--" && statement.runs_block() {
                    self.parts.push(Part::Method(word));
                    statement.mode = StatementMode::Arguments;
                }
                statement.parameter.clear();
            }
        }
    }

    /// A command that runs a block may be given one by a part of a value.
    fn part_of_value(&mut self, statement: &Statement) {
        if statement.runs_block() && self.before().is_some_and(|c| is_quote(c) || matches!(c, '}' | '@')) {
            self.parts.push(Part::Computed);
        }
    }

    /// Whether what stands here belongs to the value before it.
    fn is_attached(&self) -> bool {
        self.before().is_some_and(|c| is_name(c) || is_quote(c) || ")}]?$^@".contains(c))
    }

    pub(super) fn index(&mut self, statement: &mut Statement, depth: usize) {
        // A type may be that of the variable that follows.
        let of_value =
            statement.mode != StatementMode::Start && self.is_attached() && self.type_end != self.at;
        self.open_block(1, if of_value { Block::Bracket } else { Block::Type }, depth);
        statement.after_value();
        if of_value {
            statement.target_is_part();
        } else {
            self.type_end = self.at;
        }
    }

    /// From the dot or colons of a member; a method if a parenthesis follows, or a block.
    pub(super) fn member(&mut self, statement: &mut Statement, depth: usize) {
        let kind = if self.peek(0) == Some(':') { Part::Static } else { Part::Method };
        self.skip_while(|c| matches!(c, '.' | ':'));
        statement.target_is_part();
        let dot = self.at;
        while self.skip_blank() || self.skip_line_end() {}
        let on_next_line = self.between(dot, self.at).contains(['\n', '\r']);
        let name = self.skip_while(is_name);
        if name.eq_ignore_ascii_case("scriptblock") {
            self.parts.push(Part::Computed);
        }
        let computed = name.is_empty() && self.member_value(depth);
        if (computed || !name.is_empty()) && self.is_called() {
            self.parts.push(if computed { Part::ComputedMethod } else { kind(name) });
        } else if on_next_line {
            // It may as well be a command.
            self.at = dot;
            statement.mode = StatementMode::Start;
        }
    }

    /// The name of a member that is a value; false if it is something else.
    fn member_value(&mut self, depth: usize) -> bool {
        match (self.peek(0), self.peek(1)) {
            (Some('('), _) => self.open_block(1, Block::Parenthesis, depth),
            (Some('$'), Some('(')) => self.open_block(2, Block::Statements, depth),
            (Some('$'), _) => drop(self.variable()),
            (Some(c), _) if is_quote(c) => self.quoted(depth),
            _ => return false,
        }
        true
    }
}
