//! A reading of PowerShell text that is good enough to warn: which commands, methods and assignments it holds.
//!
//! Statements are read here, their tokens in [`tokens`]; as in PowerShell, what a character means hangs on where in a
//! statement it stands (`about_Parsing`, `about_Quoting_Rules`, `about_Command_Syntax`). Of a text that PowerShell itself
//! would not take nothing runs; of all others it errs on the side of naming too much. It never runs anything.

mod argument;
mod start;
mod statement;
mod tokens;

use self::statement::{Block, DEPTH_MAX, Statement, StatementMode};
use self::tokens::{ends_word, is_name, is_quote};
use crate::checklist::uses::unscoped;

/// Something that a text would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
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
pub fn parts(text: &str) -> Vec<Part> {
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
    /// What could be assigned to in the block that was read last.
    targets: Vec<Part>,
    /// Where the last type ended.
    type_end: usize,
    /// In how many texts we are.
    texts: usize,
    /// Whether the last token wants another, if need be on the next line.
    open: bool,
}

impl Scanner {
    fn statement(&self, block: Block) -> Statement {
        let expression = matches!(block, Block::Bracket | Block::Type | Block::Attribute | Block::Parameters);
        Statement {
            mode: if expression { StatementMode::Expression } else { StatementMode::Start },
            body: (block == Block::Clauses).then_some(Block::Body),
            head: matches!(block, Block::File | Block::Brace),
            reads: self.reads.len(),
            ..Statement::default()
        }
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
        let mut statement = self.statement(block);
        while let Some(c) = self.peek(0) {
            if block == Block::File && matches!(c, '\n' | '\r' | ';' | '|') {
                self.breaks.push(self.at);
            }
            let closes = match block {
                Block::File => matches!(c, ')' | '}'),
                Block::Parenthesis | Block::Statements | Block::Attribute | Block::Parameters => c == ')',
                Block::Brace | Block::Body | Block::Clauses | Block::Filter | Block::Table => c == '}',
                Block::Bracket | Block::Type => c == ']',
            };
            if closes {
                self.at += 1;
                break;
            }
            if self.blank(c, &mut statement, block) {
                continue;
            }
            self.open = false;
            if !self.value(c, &mut statement, block, depth) {
                match statement.mode {
                    StatementMode::Start => self.start(c, &mut statement, block, depth),
                    StatementMode::Expression => self.expression(c, &mut statement, block, depth),
                    StatementMode::Arguments
                    | StatementMode::Block
                    | StatementMode::Each
                    | StatementMode::Elsewhere => {
                        self.argument(c, &mut statement, depth);
                    }
                }
            }
        }
        self.finish(&statement);
        self.targets = statement.targets;
        if block == Block::File {
            self.reads.clear();
        }
    }

    fn nested(&mut self, block: Block, depth: usize) {
        if depth >= DEPTH_MAX {
            self.parts.push(Part::Unreadable);
            self.targets.clear();
            return;
        }
        self.block(block, depth + 1);
        self.open = false;
    }

    /// Spaces, comments, and what ends a statement or a command; false if it is something else.
    fn blank(&mut self, c: char, statement: &mut Statement, block: Block) -> bool {
        if self.skip_blank() {
            return true;
        }
        match c {
            // The statement goes on.
            '\n' | '\r' if self.open || statement.mode == StatementMode::Start => {
                statement.mode = StatementMode::Start;
                statement.plain &= self.open;
                statement.keyed &= !statement.over;
            }
            '\n' | '\r' | ';' | '|' => {
                self.finish(statement);
                let piped = c == '|';
                let head = statement.head && !piped;
                // Behind a pipe no key of a table stands.
                *statement = Statement { piped, head, keyed: piped, ..self.statement(block) };
            }
            _ => return false,
        }
        self.at += 1;
        true
    }

    /// Quotes, blocks, tables and variables; false if it is something else.
    fn value(&mut self, c: char, statement: &mut Statement, block: Block, depth: usize) -> bool {
        let next = self.peek(1);
        let computes = match c {
            '(' | '$' => statement.runs_block(),
            '@' if next.is_some_and(is_quote) => {
                statement.mode == StatementMode::Each && statement.runs_block()
            }
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
        statement.head &= statement.body.is_some();
        match (c, next) {
            ('(', _) => self.parenthesis(statement, block, depth),
            ('$' | '@', Some('(')) => self.open_block(2, Block::Statements, depth),
            ('@', Some('{')) => self.open_block(2, Block::Table, depth),
            ('{', _) => {
                let filters = statement.parameter == "-filter"
                    && statement.mode == StatementMode::Arguments
                    && !statement.piped;
                let body = statement.body.unwrap_or(if filters { Block::Filter } else { Block::Brace });
                self.open_block(1, body, depth);
                if statement.body.is_some() {
                    self.finish(statement);
                    let (head, keyed) = (statement.head, statement.keyed);
                    *statement = Statement { head, keyed, over: true, ..self.statement(block) };
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

    fn parenthesis(&mut self, statement: &mut Statement, block: Block, depth: usize) {
        let inside = match block {
            Block::Type => Block::Attribute,
            _ if std::mem::take(&mut statement.declares) => Block::Parameters,
            _ => Block::Parenthesis,
        };
        self.open_block(1, inside, depth);
        let targets = std::mem::take(&mut self.targets);
        // `($x) = 1`
        if statement.body.is_none()
            && matches!(statement.mode, StatementMode::Start | StatementMode::Expression)
        {
            statement.targets.extend(targets);
        }
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
}
