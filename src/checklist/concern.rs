//! What the lint warns of: data, which `text` puts into words.

use super::explain::CommandPurpose;
use super::mistake::Word;
use super::{InputId, Lang, StepId};

/// Something that is allowed in a checklist, and likely to be a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub about: ConcernedPart,
    pub what: Concern,
}

/// What of a checklist a warning is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConcernedPart {
    Checklist,
    Input(InputId),
    Step(StepId),
    /// A command of a step.
    Command(StepId, CommandPurpose),
    Handoff,
}

/// What is likely to be a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// A check runs something that may change what it looks at.
    HiddenApply(SideEffect),
    /// An apply that claims to change only the session runs something that looks like more.
    UnderstatedChange(SideEffect),
    /// A check hides errors, and nothing is what it expects.
    HiddenError,
    /// A check runs a command that tells what is wrong by warnings alone, and does not look at them.
    UnseenWarning(Word),
    /// A check hides the warnings that would make it red.
    HiddenWarning,
    /// A command sets a variable that changes how commands behave.
    Preference(Word),
    /// A check asks only for a row, and always gets one.
    AlwaysMet(RowSource),
    /// A command reads a variable of a step that it does not rest on.
    BorrowedVariable { name: String, step: StepId },
    /// An input becomes a part of a text instead of being an argument of its own.
    PastedInput(InputId),
    /// An input is written as if something replaced it.
    Placeholder { written: String, input: InputId },
    /// A variable is nearly, but not quite, the name of an input.
    MisspeltInput { name: String, near: InputId },
    /// No value that an input may have passes the test of `when`.
    NeverApplies(InputId),
    /// A check works on an input of many values, and none of them has to have a row.
    Uncovered(InputId),
    /// Nothing uses an input.
    UnusedInput(InputId),
    /// Texts are missing in a language.
    MissingTranslation { lang: Lang, texts: Vec<Word> },
    /// A step names no page that it comes from.
    NoDocs,
}

/// What a command does that looks like a change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SideEffect {
    Runs(String),
    /// It runs a command that is known only when it runs.
    RunsComputed,
    CallsMethod(String),
    CallsComputed,
    SetsMember,
    WritesFile,
    /// It is nested too deeply to be read.
    Unreadable,
}

/// What always gives a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowSource {
    Comparison,
    /// A command, by its plain name.
    Command(String),
}
