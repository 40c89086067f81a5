//! What the objects of a check must say, as the format has it.

use super::{Form, InputId};

/// What the check's objects must say about one property, or about themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// `property`: a path of names joined by dots; without it the object itself.
    pub property: Option<String>,
    /// The test: exactly one of the words of the format; [`Test::Present`] where only `rows` is given.
    pub test: Test,
    /// `rows`.
    pub rows: Rows,
}

/// How many of the rows must meet the test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// `"all"`: each, and there must be at least one.
    #[default]
    All,
    /// `"any"`: at least one.
    Any,
    /// `"none"`: not a single one; no rows are fine.
    None,
    /// A number: exactly that many.
    Count(u32),
}

/// One test on one value.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The row exists; nothing is asked of it.
    Present,
    /// `is`: equal as PowerShell's `-eq` has it: text without regard to case, numbers by value.
    Is(Operand),
    /// `is_not`.
    IsNot(Operand),
    /// `one_of`: each value of what holds many is one of them.
    OneOf(Vec<Operand>),
    /// `matches`: a regular expression found in the text, without regard to case.
    Matches(Pattern),
    /// `contains`: an element of a list; anything else is compared whole.
    Contains(Operand),
    /// `at_least`: a number, a version or a time.
    AtLeast(Operand),
    /// `at_most`.
    AtMost(Operand),
    /// `version_at_least`: two to four whole numbers joined by dots.
    VersionAtLeast(Operand),
    /// `later_than`: a time later than now plus this span (`"30d"`, `"-2h"`).
    LaterThan(Operand),
    /// `empty = true`, or with `false` the opposite: null, an empty text or an empty list.
    Empty(Emptiness),
    /// `same_set_as`: the same elements in any order, each compared as by `is`.
    SameSetAs(Vec<Operand>),
}

/// What `empty` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emptiness {
    /// `empty = true`.
    Empty,
    /// `empty = false`.
    Filled,
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// `true` or `false`.
    Bool(bool),
    Number(f64),
    Text(String),
    /// `{ input = "id" }`: what the operator gave; an input that holds many stands for each of its values.
    Input(InputId),
    /// `{ property = "A.B" }`: what stands at that path of the same row.
    Property(String),
}

impl Test {
    /// What it compares with.
    pub fn operands(&self) -> &[Operand] {
        match self {
            Self::Is(operand)
            | Self::IsNot(operand)
            | Self::Contains(operand)
            | Self::AtLeast(operand)
            | Self::AtMost(operand)
            | Self::VersionAtLeast(operand)
            | Self::LaterThan(operand) => std::slice::from_ref(operand),
            Self::OneOf(operands) | Self::SameSetAs(operands) => operands,
            Self::Present | Self::Matches(_) | Self::Empty(_) => &[],
        }
    }

    /// What a text must be that it compares with.
    pub(crate) const fn form(&self) -> Option<Form> {
        match self {
            Self::AtLeast(_) | Self::AtMost(_) => Some(Form::Bound),
            Self::VersionAtLeast(_) => Some(Form::Version),
            Self::LaterThan(_) => Some(Form::Lead),
            Self::Present
            | Self::Is(_)
            | Self::IsNot(_)
            | Self::OneOf(_)
            | Self::Matches(_)
            | Self::Contains(_)
            | Self::Empty(_)
            | Self::SameSetAs(_) => None,
        }
    }
}

/// A regular expression, kept with its source.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    regex: regex_lite::Regex,
}

impl Pattern {
    /// Compiles `source`; it is matched without regard to case.
    ///
    /// # Errors
    /// What is wrong with the expression.
    pub fn new(source: &str) -> Result<Self, String> {
        let regex = regex_lite::RegexBuilder::new(source)
            .case_insensitive(true)
            .build()
            .map_err(|e| e.to_string())?;
        Ok(Self { source: source.to_owned(), regex })
    }

    /// Whether it is found in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// The expression as written.
    pub fn as_str(&self) -> &str {
        &self.source
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}
