//! The types of a checklist: what a team writes down as the prerequisites of one job.
//!
//! Owns the types, reading (`read`), linting (`lint`) and explaining ([`explain`]) of checklists, and those built in. Never runs anything and never touches a
//! file: it is given bytes. Every name here is a word of the file format.

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub(crate) mod builtin;
pub(crate) mod concern;
mod display;
mod expectation;
pub(crate) mod explain;
mod form;
mod graph;
mod id;
mod input;
mod lang;
mod lint;
pub(crate) mod mistake;
mod origin;
pub(crate) mod place;
mod read;
mod remedy;
mod span;
mod subject;
mod uses;

pub use concern::Warning;
pub use expectation::{Emptiness, Expectation, Operand, Pattern, Rows, Test};
pub(crate) use form::Form;
pub(crate) use form::{is_plain_number, time, version};
pub(crate) use graph::Graph;
pub use id::{ChecklistId, InputId, Sha, StepId};
pub use input::InputValue;
pub(crate) use input::{InputProblem, PARTS};
pub use lang::Lang;
pub(crate) use lang::UnknownLang;
pub use lint::{Part, lint, parts};
pub use mistake::Mistake;
pub use origin::Source;
pub(crate) use read::nearest;
pub(crate) use read::{Fields, read_other};
pub use read::{SIZE_MAX, read, read_kept};
pub use remedy::{Act, Go, Remedy, RemedyWhen};
pub(crate) use span::SignedSpan;
pub use span::Span;
pub use subject::Subject;
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
    pub id: ChecklistId,
    /// `version`, the author's own.
    pub version: String,
    pub title: Localized,
    /// `about`: a paragraph for the briefing screen.
    pub about: Option<Localized>,
    /// `[source]`.
    pub source: Option<Source>,
    /// `[[input]]`.
    pub inputs: Vec<Input>,
    /// `[[step]]`.
    pub steps: Vec<Step>,
    /// `[handoff]`.
    pub handoff: Option<Handoff>,
    /// SHA-256 of the very bytes of the file.
    pub sha256: Sha,
}

/// A checklist is the bytes of its file.
impl PartialEq for Checklist {
    fn eq(&self, other: &Self) -> bool {
        self.sha256 == other.sha256
    }
}

impl Eq for Checklist {}

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

    /// Whether another group than that of the step before, or none, begins with the step at this place.
    pub(crate) fn group_begins(&self, place: usize) -> bool {
        let group = |place: usize| self.steps.get(place).and_then(|step| step.group.as_ref());
        group(place) != place.checked_sub(1).and_then(group)
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
    pub kind: InputKind,
    /// `many`: one value or a list.
    pub arity: Arity,
    /// `leaves_out`: whether its values are taken from all that a check covers.
    pub leaves: Leaves,
    /// `optional`: whether it may stay without a value (it is then bound as `$null`, or an empty list).
    pub need: Need,
    /// `ask`: the label of the field.
    pub ask: Localized,
    /// `help`: a line below the field.
    pub help: Option<Localized>,
    /// `default`: the text that the field starts with.
    pub default: Option<String>,
    /// What its values must be besides, since expectations compare with it.
    pub forms: Vec<Form>,
}

/// Whether an input holds one value or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    One,
    /// A list of values.
    Many,
}

/// Whether an input names what is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    Nothing,
    /// No check has to cover its values.
    Out,
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
    Integer { min: i64, max: i64 },
    /// One of `choices`.
    Choice(Vec<String>),
}

/// One prerequisite, named by the state that must hold.
#[derive(Clone, Debug)]
pub struct Step {
    pub id: StepId,
    /// `title`: the state that must hold.
    pub title: Localized,
    /// `why`: what breaks later if it does not hold.
    pub why: Localized,
    /// `group`: the heading that it stands under. The steps of a group stand together, and have the same texts.
    pub group: Option<Localized>,
    /// `subject`: what its check finds is what later steps act on.
    pub subject: Option<Subject>,
    /// `docs`: addresses of the pages that it comes from.
    pub docs: Vec<String>,
    /// `needs`: steps that must be green first.
    pub needs: Vec<StepId>,
    /// `when`: it applies only then; without it, always.
    pub when: Option<When>,
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

impl Step {
    /// What its apply changes, if it has one.
    pub fn changes(&self) -> Option<Changes> {
        match &self.kind {
            StepKind::Measured { apply, .. } => apply.as_ref().map(|apply| apply.changes),
            StepKind::Attested { .. } => None,
        }
    }

    /// Whether it has a command that changes nothing but the session.
    pub fn applies_to_session(&self) -> bool {
        self.changes() == Some(Changes::Session)
    }
}

/// `when`: a step applies where a value passes the test.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    pub source: ValueSource,
    /// Never [`Test::Present`], and never against another property: there is no row.
    pub test: Test,
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
    /// `key`: the property whose text names a row.
    pub key: Option<String>,
    /// `covers`: each of these must be among the rows.
    pub covers: Option<Box<Covers>>,
    /// The properties that other steps take from it; said by those.
    pub keeps: Vec<String>,
    pub warnings: Warnings,
    /// `until`: how it is checked again after an apply.
    pub until: Option<Box<Until>>,
    /// `timeout` of the check.
    pub timeout: Duration,
}

/// After an apply that ended done, a check is run again until it is green or the time is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until {
    /// `every`: from the end of one check to the start of the next.
    pub every: Duration,
    /// `for`: from the end of the apply.
    pub limit: Duration,
}

/// What is known only in the run, and taken from an input or from the rows of another step's check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueSource {
    Input(InputId),
    Step {
        step: StepId,
        /// Names joined by dots.
        property: String,
    },
}

impl ValueSource {
    pub(crate) const fn step(&self) -> Option<&StepId> {
        match self {
            Self::Input(_) => None,
            Self::Step { step, .. } => Some(step),
        }
    }
}

/// The names that a check must speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covers {
    /// Those of an input of many values.
    Input(InputId),
    List(Vec<String>),
    /// Those that another step found.
    Step {
        step: StepId,
        /// Names joined by dots.
        property: String,
    },
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

/// What the open gate unlocks.
#[derive(Clone, Debug)]
pub struct Handoff {
    pub title: Localized,
    /// `say`: what to do next, shown after the seal.
    pub say: Localized,
    /// `confirm`: the word that the operator types.
    pub confirm: String,
    /// `file`: the name of the script that is written, such as `start-migration.ps1`.
    pub file: String,
    /// `script`: its text; the inputs are bound as variables above it.
    pub script: String,
    pub docs: Vec<String>,
}
