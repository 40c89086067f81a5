//! What may be wrong with a checklist file: data, which `text` puts into words.

use std::ops::Range;

use super::{Form, InputProblem, Lang};

/// One mistake in a checklist file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// Which bytes it is about, a byte order mark not counted; none where it is the file as a whole.
    pub bytes: Option<Range<usize>>,
    pub what: Fault,
    /// The known word nearest to what was written.
    pub nearest: Option<String>,
}

/// A word of the file format.
pub(crate) type Word = &'static str;

/// What is wrong; names and values are as they stand in the file, and not safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    TooLarge,
    Empty,
    NotUtf8,
    /// As the TOML parser has it, in English.
    NotToml {
        what: String,
        expected: Option<String>,
    },
    FormatMissing,
    /// The file is for a later greenlight.
    FormatTooNew {
        format: i64,
        known: i64,
    },
    NoSuchFormat(i64),
    /// No mistake was found, and no checklist either.
    Unread,
    NoSteps,
    NothingRequired,
    UnknownKey {
        key: String,
        place: TablePlace,
        known: Vec<Word>,
    },
    UnknownWord {
        word: String,
        key: Word,
        place: TablePlace,
        known: Vec<Word>,
    },
    UnknownLanguage {
        code: String,
        key: Word,
        place: TablePlace,
        known: Vec<Word>,
    },
    Unknown {
        what: ReferenceKind,
        name: String,
    },
    Missing {
        key: Word,
        place: TablePlace,
    },
    NoEnglish {
        key: Word,
        place: TablePlace,
    },
    WrongType {
        key: Word,
        place: TablePlace,
        found: ValueType,
        wanted: ExpectedForm,
    },
    /// A value of the right type that does not do.
    Unfit {
        key: Word,
        place: TablePlace,
        how: Unfit,
    },
    /// A key that has no sense where it stands.
    Senseless {
        key: Word,
        place: TablePlace,
        why: Senseless,
    },
    /// A text that is not what it should be.
    IsNot {
        text: String,
        what: TextForm,
    },
    /// Why, as the parser of regular expressions has it, in English.
    NotAPattern {
        text: String,
        why: String,
    },
    /// A variable of PowerShell itself.
    Automatic(String),
    /// Two of the same id.
    Twice {
        what: ReferenceKind,
        name: String,
    },
    /// The same step twice in `needs`, or in `steps` of a remedy.
    NamedTwice(String),
    DefaultUnfit(InputProblem),
    MaxBelowMin {
        min: i64,
        max: i64,
    },
    NegativeRows,
    /// A property held against itself.
    OfItself(String),
    /// An operand that is not one input or one property.
    NotOneSource,
    /// An input that a test cannot compare with.
    InputUnsuited {
        input: String,
        key: Word,
        why: Unsuited,
    },
    SeveralTests(Vec<Word>),
    NoTest {
        known: Vec<Word>,
    },
    /// A subject of no scope, or of several; these are known.
    NotOneScope(Vec<Word>),
    /// Another step says already what the subject of that scope is.
    SubjectTwice {
        first: String,
    },
    /// What is the matter with what is covered, and with what is taken of a step.
    Source(SourceFault),
    KeepAliveWithoutSession,
    KeepAliveTooShort,
    Until(UntilFault),
    /// A group has another translation than where it had its first one.
    GroupTranslatedTwice {
        /// Its English text.
        group: String,
        lang: Lang,
        first: String,
        at: FilePlace,
    },
    /// Something else stands between a step and the one before it of its group.
    GroupApart {
        /// Its English text.
        group: String,
        /// Where the one before says that it is of the group.
        last: FilePlace,
    },
    When(WhenFault),
    NeedsItself,
    NeedsLater(String),
    /// A remedy that leads nowhere.
    Go(GoFault),
    /// A step with neither a check nor an attestation.
    NeitherCheckNorAttest,
    BothCheckAndAttest,
    ApplyWithoutCheck,
}

/// What is the matter with `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UntilFault {
    /// There is no apply that it could follow.
    WithoutApply,
    TooOften,
    /// The time is up before the first of its checks.
    TooShort,
}

/// What is the matter with a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhenFault {
    /// It is not of one input, or of one step.
    NotOneSource,
    /// It holds against a property: it has no row.
    OfRow,
    SeveralTests(Vec<Word>),
    NoTest {
        known: Vec<Word>,
    },
}

/// What is the matter with values that are known only in the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceFault {
    /// `covers` without `key`.
    CoversWithoutKey,
    /// What is to be covered is not one input, or one property of one step.
    NotOne,
    /// Something is taken of a step that is not needed.
    NotNeeded(String),
    /// Something is taken of a step that has no rows.
    Stated(String),
    /// An input of one value that leaves something out.
    LeavesOutOne,
}

/// A line and a column, from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePlace {
    pub line: usize,
    pub column: usize,
}

impl FilePlace {
    /// Where a byte of `text` stands; one past the end is the end.
    pub(crate) fn of(text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { line, column }
    }
}

/// Where in the file something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TablePlace {
    /// The top of the file.
    Checklist,
    /// What stands under a header, as it is written: `[[step]]`.
    Under(Word),
    /// `when` of `[[step.remedy]]` or `[[remedy]]`.
    RemedyWhen,
    /// `go` of `[[step.remedy]]` or `[[remedy]]`.
    RemedyGo,
    Subject,
    /// `when` of `[[step]]`.
    StepWhen,
    /// `until` of `[step.check]`.
    Until,
    Expectation,
    Operand,
    /// `covers` of `[step.check]`.
    Covers,
}

/// Why a remedy cannot lead to a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoFault {
    /// It comes later.
    Later(String),
    NoApply(String),
    NoCheck(String),
}

/// What has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    Input,
    Step,
}

/// The type of a value of TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    Text,
    WholeNumber,
    Number,
    Boolean,
    Time,
    List,
    Table,
}

/// What would have been right where the type is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedForm {
    Text,
    Boolean,
    WholeNumber,
    Number,
    Span,
    /// A text, or one for each language.
    Localized,
    List,
    Table(TablePlace),
    /// An array of tables, each under that header.
    Tables(TablePlace),
    Rows,
    Operand,
    /// A list of names, or where they come from.
    Names,
    /// What a value may be at least or at most.
    Bound,
}

/// What is the matter with a value of the right type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    Blank,
    EmptyList,
    /// Control characters or outer spaces stand in it.
    NotOnePlainLine,
    Invisible(char),
    TooLarge,
    /// A command that no screen could show to its end.
    TooLong,
    NoTime,
}

/// Why a key has no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Senseless {
    /// Only inputs of that kind have it.
    OnlyKind(Word),
    Attested,
}

/// Why a test cannot compare with an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsuited {
    HoldsMany,
    HoldsOne,
    /// None of its kind has that form.
    Kind(Form),
    /// Its default, or one of its choices.
    Value {
        text: String,
        form: Form,
    },
}

/// What a text should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// Words joined by hyphens.
    HyphenName,
    /// Words joined by underscores.
    UnderscoreName,
    Span,
    Address,
    /// What a test compares with.
    Compared(Form),
    /// Names joined by dots.
    Property,
    /// The file name of a script.
    Script,
}
