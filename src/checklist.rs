//! The types of a checklist: what a team writes down as the prerequisites of one job.
//!
//! Owns the types, reading (`read`), linting (`lint`) and explaining ([`explain`]) of checklists, and those built in. Never runs anything and never touches a
//! file: it is given bytes. Every name here is a word of the file format.

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub(crate) mod builtin;
pub(crate) mod concern;
mod display;
pub(crate) mod explain;
mod graph;
mod id;
mod input;
mod lang;
mod lint;
pub(crate) mod mistake;
pub(crate) mod place;
mod read;
mod span;
mod uses;

pub use concern::Warning;
pub(crate) use graph::Graph;
pub use id::{ChecklistId, InputId, Sha, StepId};
pub(crate) use input::InputProblem;
pub use input::InputValue;
pub use lang::Lang;
pub(crate) use lang::UnknownLang;
pub use lint::lint;
pub use mistake::Mistake;
pub(crate) use read::nearest;
pub use read::{SIZE_MAX, read, read_kept};
pub use span::Span;
pub use uses::mentions;

/// A text of the checklist's author in up to three languages; English is always there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Localized {
    pub en: String,
    pub es: Option<String>,
    pub fr: Option<String>,
}

impl Localized {
    /// The text in `lang`, or in English where the author gave no other.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Es => self.es.as_deref().unwrap_or(&self.en),
            Lang::Fr => self.fr.as_deref().unwrap_or(&self.en),
        }
    }
}

/// One checklist: inputs, steps in the order of the file, and what an open gate unlocks.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// `id`.
    pub id: ChecklistId,
    /// `version`, the author's own.
    pub version: String,
    /// `title`.
    pub title: Localized,
    /// `about`: a paragraph for the briefing screen.
    pub about: Option<Localized>,
    /// `[[input]]`.
    pub inputs: Vec<Input>,
    /// `[[step]]`.
    pub steps: Vec<Step>,
    /// `[handoff]`.
    pub handoff: Option<Handoff>,
    /// SHA-256 of the very bytes of the file.
    pub sha256: Sha,
}

impl Checklist {
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// The title of the step, or the label of the input, of that id; the id itself where there is neither.
    pub fn name_of(&self, id: &str, lang: Lang) -> String {
        let step = self.steps.iter().find(|step| step.id.as_str() == id).map(|step| &step.title);
        let input = self.inputs.iter().find(|input| input.id.as_str() == id).map(|input| &input.ask);
        step.or(input).map_or_else(|| id.to_owned(), |name| name.get(lang).to_owned())
    }

    pub fn input(&self, id: &InputId) -> Option<&Input> {
        self.inputs.iter().find(|input| input.id == *id)
    }
}

/// A value asked of the operator and bound as a PowerShell variable of the same name.
#[derive(Clone, Debug)]
pub struct Input {
    /// `id`, which is also the variable's name.
    pub id: InputId,
    /// `kind`.
    pub kind: InputKind,
    /// `many`: one value or a list.
    pub arity: Arity,
    /// `optional`: whether it may stay without a value (it is then bound as `$null`, or an empty list).
    pub need: Need,
    /// `ask`: the label of the field.
    pub ask: Localized,
    /// `help`: a line below the field.
    pub help: Option<Localized>,
    /// `default`: the text that the field starts with.
    pub default: Option<String>,
}

/// Whether an input holds one value or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    One,
    /// A list of values.
    Many,
}

/// Whether an input must have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    /// It may stay empty.
    Optional,
}

/// What the text of an input must look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// Any text that is not empty.
    Text,
    /// A DNS domain: two labels or more.
    Domain,
    /// The full name of a host: two labels or more.
    Fqdn,
    /// `user@domain`.
    Upn,
    /// An absolute `http` or `https` address; `matches` may narrow it.
    Url {
        /// `matches`: a pattern that the whole address must meet.
        matches: Option<Pattern>,
    },
    /// A path of a file or folder; not checked for existence.
    Path,
    /// A whole number between `min` and `max`.
    Integer {
        /// `min`.
        min: i64,
        /// `max`.
        max: i64,
    },
    /// One of `choices`.
    Choice(Vec<String>),
}

/// One prerequisite, named by the state that must hold.
#[derive(Clone, Debug)]
pub struct Step {
    /// `id`.
    pub id: StepId,
    /// `title`: the state that must hold.
    pub title: Localized,
    /// `why`: what breaks later if it does not hold.
    pub why: Localized,
    /// `docs`: addresses of the pages that it comes from.
    pub docs: Vec<String>,
    /// `needs`: steps that must be green first.
    pub needs: Vec<StepId>,
    /// `lasts`.
    pub lasts: Lasts,
    /// `fresh_for`: an older green is stale.
    pub fresh_for: Duration,
    /// `keep_alive`: while it is green and nothing runs, it is checked again this often.
    pub keep_alive: Option<Duration>,
    /// `required`.
    pub weight: Weight,
    /// `[step.check]` and `[step.apply]`, or `[step.attest]`.
    pub kind: StepKind,
    /// `[[step.remedy]]`.
    pub remedies: Vec<Remedy>,
}

/// How long a green may last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    Run,
    /// Only as long as the PowerShell process in which it was found.
    Session,
}

/// Whether a step counts for the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It locks the gate until it is green.
    Required,
    /// It is shown, and never counted.
    Advisory,
}

/// How a step is found out.
#[derive(Clone, Debug)]
pub enum StepKind {
    /// By a command whose objects are held against expectations.
    Measured {
        /// `[step.check]`.
        check: Check,
        /// `[step.apply]`.
        apply: Option<Apply>,
    },
    /// By a named person's statement.
    Attested {
        /// `[step.attest] statement`.
        statement: Localized,
    },
}

/// A read-only command and what its objects must say.
#[derive(Clone, Debug)]
pub struct Check {
    /// `command`: shown, logged and run, letter for letter.
    pub command: String,
    /// `expect`: every one must be met.
    pub expect: Vec<Expectation>,
    /// `warnings`.
    pub warnings: Warnings,
    /// `timeout` of the check.
    pub timeout: Duration,
}

/// What a warning means for a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Warnings {
    /// `"keep"`: it is shown, and the verdict does not look at it.
    #[default]
    Keep,
    /// `"fail"`: it makes the step red.
    Fail,
}

/// A command that makes the state hold.
#[derive(Clone, Debug)]
pub struct Apply {
    /// `command`: shown, logged and run, letter for letter.
    pub command: String,
    /// `changes`: what it changes.
    pub changes: Changes,
    /// `note`: what the operator should know before saying yes.
    pub note: Option<Localized>,
    /// `timeout` of the apply.
    pub timeout: Duration,
}

/// What an apply changes, from the nearest to the farthest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Changes {
    /// Only the PowerShell session: variables and imported commands.
    Session,
    Computer,
    /// The Active Directory forest or the on-premises deployment.
    Forest,
    Tenant,
}

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
    /// `one_of`.
    OneOf(Vec<Operand>),
    /// `matches`: a regular expression found in the text, without regard to case.
    Matches(Pattern),
    /// `contains`: an element of a list; anything else is compared whole.
    Contains(Operand),
    /// `at_least`: a number.
    AtLeast(f64),
    /// `at_most`: a number.
    AtMost(f64),
    /// `version_at_least`: two to four whole numbers joined by dots.
    VersionAtLeast(String),
    /// `later_than`: a time later than now plus this span (`"30d"`).
    LaterThan(Duration),
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

/// What to do about a failure that the author knows.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// `when`: every condition given must hold; none given means any outcome that is not green.
    pub when: RemedyWhen,
    /// `say`.
    pub say: Localized,
    /// `docs`: a page about it.
    pub docs: Option<String>,
}

/// When a remedy is the right one.
#[derive(Clone, Debug, Default)]
pub struct RemedyWhen {
    /// `error_id`: the `FullyQualifiedErrorId` up to its first comma, or the exception type's last name.
    pub error_id: Option<String>,
    /// `text`: a pattern found in the error's message.
    pub text: Option<Pattern>,
    /// `property`: a fact about this property was not met.
    pub property: Option<String>,
}

/// What the open gate unlocks.
#[derive(Clone, Debug)]
pub struct Handoff {
    /// `title`.
    pub title: Localized,
    /// `say`: what to do next, shown after the seal.
    pub say: Localized,
    /// `confirm`: the word that the operator types.
    pub confirm: String,
    /// `file`: the name of the script that is written, such as `start-migration.ps1`.
    pub file: String,
    /// `script`: its text; the inputs are bound as variables above it.
    pub script: String,
    /// `docs`.
    pub docs: Vec<String>,
}
