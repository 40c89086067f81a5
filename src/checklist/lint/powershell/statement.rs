//! What is known of a statement while it is read, and the words that have a meaning in one.

use super::Part;
use super::tokens::is_dash;

/// Deeper nesting than any command for people has.
pub(super) const DEPTH_MAX: usize = 48;

/// What a block follows.
pub(super) const KEYWORDS: [&str; 13] = [
    "if", "elseif", "else", "while", "until", "do", "for", "foreach", "try", "catch", "finally", "trap",
    "data",
];
/// The blocks that a script block may be made of, if nothing else stands before them.
pub(super) const NAMED_BLOCKS: [&str; 4] = ["begin", "process", "end", "dynamicparam"];
pub(super) const UNARY: [&str; 6] = ["not", "bnot", "join", "split", "isplit", "csplit"];
/// Commands that run a block that they are given.
pub(super) const TAKE_BLOCK: [&str; 12] = [
    "where-object",
    "where",
    "?",
    "measure-object",
    "measure",
    "measure-command",
    "sort-object",
    "sort",
    "select-object",
    "select",
    "group-object",
    "group",
];
/// Their parameters that take a value, not a block.
const TAKE_VALUE: [&str; 31] = [
    "eq",
    "ne",
    "gt",
    "ge",
    "lt",
    "le",
    "like",
    "notlike",
    "match",
    "notmatch",
    "contains",
    "notcontains",
    "in",
    "notin",
    "is",
    "isnot",
    "ceq",
    "cne",
    "clike",
    "cmatch",
    "cin",
    "value",
    "first",
    "last",
    "skip",
    "index",
    "inputobject",
    "expandproperty",
    "excludeproperty",
    "culture",
    "erroraction",
];

/// What a block ends with, and how a bare word in it is read.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Block {
    File,
    /// `(…)`: one command or value, where no keyword has a meaning.
    Parenthesis,
    /// `$(…)` and `@(…)`: statements.
    Statements,
    /// A script block.
    Brace,
    /// The block of a keyword.
    Body,
    /// The clauses of `switch`: what stands before a block is compared, not run.
    Clauses,
    /// `-Filter { A -eq 1 }`: a text in braces for another computer, in which words are properties.
    Filter,
    Table,
    /// `[…]` behind a value: an element of it.
    Bracket,
    /// `[…]` elsewhere: a type or an attribute.
    Type,
    /// The arguments of an attribute, whose names nothing is assigned to.
    Attribute,
    /// The parameters of a function or a script block.
    Parameters,
}

/// Parameters of Invoke-Command that say where, as whom and with what a block is run.
const ELSEWHERE: [&str; 6] =
    ["session", "computername", "credential", "argumentlist", "sessionoption", "throttlelimit"];

/// Where in a statement we are.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum StatementMode {
    /// A command may stand here.
    #[default]
    Start,
    /// A value: words are operators.
    Expression,
    /// After a command: words are arguments.
    Arguments,
    /// The same, of a command that runs a block.
    Block,
    /// After ForEach-Object: a bare word is the name of a method.
    Each,
    /// After Invoke-Command: a block is read as any other, a file is not known.
    Elsewhere,
}

/// What is known of the statement that is being read.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about what stands before")]
#[derive(Default)]
pub(super) struct Statement {
    pub(super) mode: StatementMode,
    /// What the block is of the keyword that was read, until it was read too.
    pub(super) body: Option<Block>,
    /// Whether `param` or the name of a function stands before.
    pub(super) declares: bool,
    /// Whether it stands after `return`, `throw` or `exit`, where no keyword has a meaning.
    pub(super) plain: bool,
    /// Whether nothing but such blocks stands before, so that `begin`, `process` and `end` are keywords.
    pub(super) head: bool,
    /// Whether it stands behind a pipe.
    pub(super) piped: bool,
    /// Whether the block of a keyword stands before: it may go on, or another statement may follow.
    pub(super) over: bool,
    /// Whether the key of an entry in a table is behind us.
    pub(super) keyed: bool,
    /// What is assigned to, if an equals sign follows.
    pub(super) targets: Vec<Part>,
    /// The last parameter, in lower case, until its value was read.
    pub(super) parameter: String,
    /// How many `++` and `--`, texts, and operators that join texts it holds.
    pub(super) increments: usize,
    pub(super) texts: usize,
    pub(super) joins: usize,
    /// Where the variables that are read in it begin.
    pub(super) reads: usize,
}

impl Statement {
    /// A property or an element of what stands before is meant, not the variable.
    pub(super) fn target_is_part(&mut self) {
        self.targets.pop();
        self.targets.push(Part::Member);
    }

    pub(super) fn after_value(&mut self) {
        if self.mode == StatementMode::Start {
            self.mode = StatementMode::Expression;
        }
    }

    pub(super) fn runs_block(&self) -> bool {
        let named = self.parameter.trim_matches(|c| is_dash(c) || c == ':');
        let runs = matches!(self.mode, StatementMode::Block | StatementMode::Each | StatementMode::Elsewhere);
        let of_where = self.mode == StatementMode::Elsewhere && ELSEWHERE.contains(&named);
        runs && !of_where && !TAKE_VALUE.contains(&named)
    }
}
