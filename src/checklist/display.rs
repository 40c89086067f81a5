//! Expectations in the words of the file format, for facts and listings.

use std::fmt;

use super::{Covers, Emptiness, Expectation, Operand, Rows, SignedSpan, Span, Test};

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.test, self.rows) {
            (Test::Present, Rows::All | Rows::Any) => f.write_str("at least one row"),
            (Test::Present, Rows::None) => f.write_str("no rows"),
            (Test::Present, Rows::Count(count)) => write!(f, "{count} row(s)"),
            (test, Rows::All) => write!(f, "{test}"),
            (test, Rows::Any) => write!(f, "{test} (any row)"),
            (test, Rows::None) => write!(f, "no row {test}"),
            (test, Rows::Count(count)) => write!(f, "{test} ({count} row(s))"),
        }
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Present => f.write_str("present"),
            Self::Is(operand) => write!(f, "is {operand}"),
            Self::IsNot(operand) => write!(f, "is not {operand}"),
            Self::OneOf(operands) => write!(f, "one of {}", list(operands)),
            Self::Matches(pattern) => write!(f, "matches {}", pattern.as_str()),
            Self::Contains(operand) => write!(f, "contains {operand}"),
            Self::AtLeast(bound) => write!(f, "at least {bound}"),
            Self::AtMost(bound) => write!(f, "at most {bound}"),
            Self::VersionAtLeast(bound) => write!(f, "version at least {bound}"),
            Self::LaterThan(lead) => match lead.back() {
                Some(span) => write!(f, "later than {span} ago"),
                None => write!(f, "later than {lead} from now"),
            },
            Self::Empty(Emptiness::Empty) => f.write_str("empty"),
            Self::Empty(Emptiness::Filled) => f.write_str("not empty"),
            Self::SameSetAs(operands) => write!(f, "same set as {}", list(operands)),
        }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(true) => f.write_str("True"),
            Self::Bool(false) => f.write_str("False"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
            Self::Input(id) => write!(f, "${id}"),
            Self::Property(path) => write!(f, "the row's {path}"),
        }
    }
}

impl fmt::Display for Covers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "covers {}", self.what())
    }
}

impl Covers {
    /// What is covered, in no language.
    pub(crate) fn what(&self) -> String {
        match self {
            Self::Input(id) => format!("${id}"),
            Self::List(names) => names.join(", "),
            Self::Step { step, property } => format!("{step}: {property}"),
        }
    }
}

impl Operand {
    /// The length of a literal span back from now.
    pub(crate) fn back(&self) -> Option<Span> {
        match self {
            Self::Text(text) => {
                text.parse().ok().filter(|lead: &SignedSpan| lead.is_back).map(|lead| lead.span)
            }
            Self::Bool(_) | Self::Number(_) | Self::Input(_) | Self::Property(_) => None,
        }
    }
}

fn list(operands: &[Operand]) -> String {
    operands.iter().map(Operand::to_string).collect::<Vec<_>>().join(", ")
}
