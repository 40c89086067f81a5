//! The format of a scenario file.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::values::{Scripted, ValueFault, fill, placeholders};
use crate::checklist::mistake::FilePlace;
use crate::checklist::{Apply, Checklist, Localized, Step, StepId, StepKind, nearest};
use crate::run::Failure;
use crate::run::prompt::{Choice, Field, Pick, Prompt};
use crate::run::value::Value;
use crate::shell::{Advice, Progress, Stream};

/// Named flags and counters.
pub(super) type Flags = BTreeMap<String, Flag>;

/// How often one scenario may build on another.
const DEPTH: usize = 4;

/// A flag, or a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a flag is `true` or `false`, a counter a whole number")]
pub(super) enum Flag {
    Is(bool),
    Count(u32),
}

/// What a flag must be for a reply to fit.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged, expecting = "`true`, `false`, a whole number, or `{ at_least = number }`")]
pub(super) enum OutputCondition {
    Equal(Flag),
    AtLeast { at_least: u32 },
}

impl OutputCondition {
    fn holds(self, flag: Flag) -> bool {
        match (self, flag) {
            (Self::Equal(wanted), flag) => wanted == flag,
            (Self::AtLeast { at_least }, Flag::Count(count)) => count >= at_least,
            (Self::AtLeast { .. }, Flag::Is(_)) => false,
        }
    }
}

/// A scenario: what is true at the beginning, and what is answered to which command.
#[derive(Clone, Debug)]
pub(super) struct Scenario {
    pub(super) id: String,
    pub(super) title: Localized,
    /// What it teaches, and what to try; what is of no step first.
    pub(super) advice: Vec<Advice>,
    /// What outlives a shell.
    pub(super) state: Flags,
    /// What begins anew with each shell.
    pub(super) session: Flags,
    /// The first that fits is played.
    pub(super) replies: Vec<Reply>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: Spanned<u32>,
    id: String,
    title: Words,
    /// A built-in scenario whose replies follow this one's, and whose flags this one's replace.
    base: Option<Spanned<String>>,
    #[serde(default)]
    state: Flags,
    #[serde(default)]
    session: Flags,
    #[serde(default, rename = "try")]
    advice: Vec<Try>,
    #[serde(default)]
    reply: Vec<Reply>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    en: String,
    es: Option<String>,
    fr: Option<String>,
}

impl From<Words> for Localized {
    fn from(Words { en, es, fr }: Words) -> Self {
        Self { en, es, fr }
    }
}

/// [`Advice`] as a file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Try {
    step: Option<StepId>,
    say: Words,
}

/// What is answered to one command.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reply {
    /// The command, letter for letter; a line break at its end is not looked at.
    command: Option<Spanned<String>>,
    /// The step whose check it answers: its command, letter for letter.
    check: Option<Spanned<StepId>>,
    /// The step whose apply it answers.
    apply: Option<Spanned<StepId>>,
    /// What it answers, once that is known.
    #[serde(skip)]
    to: Option<String>,
    /// Where a step of a file that was read is named.
    #[serde(skip)]
    place: Option<FilePlace>,
    /// Every flag named must be as said.
    #[serde(default)]
    when: BTreeMap<String, OutputCondition>,
    /// Flags that change when the command has ended by itself.
    #[serde(default)]
    set: Flags,
    /// Counters that grow by one when the command has ended by itself.
    #[serde(default)]
    count: Vec<String>,
    /// How long the command takes.
    #[serde(default, deserialize_with = "short_time")]
    pub(super) after: Duration,
    /// A question before anything else.
    pub(super) prompt: Option<Ask>,
    /// Where the answer is kept, unless it is secret: the name of a variable.
    pub(super) into: Option<String>,
    /// What the command says while it runs.
    #[serde(default)]
    pub(super) stream: Vec<ScriptedOutput>,
    #[serde(default)]
    pub(super) rows: Vec<Scripted>,
    /// How it fails, after that.
    pub(super) error: Option<ScriptedError>,
}

/// One thing said while a command runs.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ScriptedOutput {
    Output(String),
    Warning(String),
    Verbose(String),
    Debug(String),
    Information(String),
    Noise(String),
    Progress(ScriptedStep),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScriptedStep {
    activity: String,
    #[serde(default)]
    status: String,
    percent: Option<u8>,
}

/// A line or progress, with the variables of the command in it.
pub(super) enum BoundOutput {
    Line(Stream, String),
    Progress(Progress),
}

impl ScriptedOutput {
    fn text(&self) -> &str {
        match self {
            Self::Output(text)
            | Self::Warning(text)
            | Self::Verbose(text)
            | Self::Debug(text)
            | Self::Information(text)
            | Self::Noise(text) => text,
            Self::Progress(ScriptedStep { status, .. }) => status,
        }
    }

    pub(super) fn bound(&self, variables: &[(String, Value)]) -> BoundOutput {
        let line = |stream, text: &str| BoundOutput::Line(stream, fill(text, variables));
        match self {
            Self::Output(text) => line(Stream::Output, text),
            Self::Warning(text) => line(Stream::Warning, text),
            Self::Verbose(text) => line(Stream::Verbose, text),
            Self::Debug(text) => line(Stream::Debug, text),
            Self::Information(text) => line(Stream::Information, text),
            Self::Noise(text) => line(Stream::Noise, text),
            Self::Progress(ScriptedStep { activity, status, percent }) => BoundOutput::Progress(Progress {
                activity: activity.clone(),
                status: status.clone(),
                percent: *percent,
            }),
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Ask {
    Credential {
        #[serde(default)]
        caption: String,
        #[serde(default)]
        message: String,
        #[serde(default)]
        user: String,
    },
    Choice {
        #[serde(default)]
        caption: String,
        #[serde(default)]
        message: String,
        choices: Vec<Choice>,
        #[serde(default)]
        defaults: Vec<usize>,
    },
    Line,
    SecureLine,
    Fields {
        #[serde(default)]
        caption: String,
        #[serde(default)]
        message: String,
        fields: Vec<Field>,
    },
}

impl Ask {
    pub(super) fn prompt(&self) -> Prompt {
        match self.clone() {
            Self::Credential { caption, message, user } => Prompt::Credential { caption, message, user },
            Self::Choice { caption, message, choices, defaults } => {
                Prompt::Choice { caption, message, choices, defaults, pick: Pick::One }
            }
            Self::Line => Prompt::Line,
            Self::SecureLine => Prompt::SecureLine,
            Self::Fields { caption, message, fields } => Prompt::Fields { caption, message, fields },
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScriptedError {
    error_id: String,
    exception: String,
    #[serde(default)]
    category: String,
    message: String,
    /// Whether it ends the command.
    #[serde(default)]
    pub(super) throw: bool,
}

impl ScriptedError {
    pub(super) fn failure(&self, variables: &[(String, Value)]) -> Failure {
        Failure {
            error_id: self.error_id.clone(),
            exception: self.exception.clone(),
            category: self.category.clone(),
            message: fill(&self.message, variables),
            target: String::new(),
        }
    }
}

impl Reply {
    /// Whether it answers `command` while the flags are so.
    pub(super) fn fits(&self, command: &str, flag: impl Fn(&str) -> Option<Flag>) -> bool {
        self.is_to(command)
            && self.when.iter().all(|(name, wanted)| flag(name).is_some_and(|flag| wanted.holds(flag)))
    }

    /// Whether it answers `command` at any time.
    pub(super) fn is_to(&self, command: &str) -> bool {
        self.to.as_ref().is_some_and(|to| to.trim_end() == command.trim_end())
    }

    /// What it is an answer to, as its file says it, and where.
    fn named(&self) -> Option<(&str, Range<usize>)> {
        match (&self.command, &self.check, &self.apply) {
            (Some(command), None, None) => Some((command.get_ref(), command.span())),
            (None, Some(step), None) | (None, None, Some(step)) => {
                Some((step.get_ref().as_str(), step.span()))
            }
            _ => None,
        }
    }

    /// Finds the command of the step that it answers.
    fn bind(&mut self, checklist: &Checklist) -> Result<(), ScenarioError> {
        let (Some(named), of_check) = (self.check.as_ref().or(self.apply.as_ref()), self.check.is_some())
        else {
            return Ok(());
        };
        let named = named.get_ref();
        let step = checklist.step(named);
        self.to = step.and_then(|step| match &step.kind {
            StepKind::Measured { check, .. } if of_check => Some(check.command.clone()),
            StepKind::Measured { apply, .. } => apply.as_ref().map(|Apply { command, .. }| command.clone()),
            StepKind::Attested { .. } => None,
        });
        match &self.place {
            Some(place) if self.to.is_none() => {
                let name = named.to_string();
                let near =
                    nearest(&name, &checklist.steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>());
                Err(ScenarioError::At { place: *place, what: Box::new(ScenarioError::Step { name, near }) })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// What its end does to flags; each name is looked up in both sets.
    pub(super) fn settle(&self, sets: &mut [&mut Flags]) {
        for flags in sets {
            for (name, value) in &self.set {
                if let Some(flag) = flags.get_mut(name) {
                    *flag = *value;
                }
            }
            for name in &self.count {
                if let Some(Flag::Count(count)) = flags.get_mut(name) {
                    *count = count.saturating_add(1);
                }
            }
        }
    }

    /// What it returns, with the variables put in.
    pub(super) fn rows(&self, variables: &[(String, Value)]) -> Vec<Value> {
        self.rows.iter().flat_map(|row| row.rows(variables)).collect()
    }

    /// Whether the command is given every input that the reply puts into its texts.
    fn is_bound(&self, checklist: &Checklist) -> Result<(), ScenarioError> {
        let Some(command) = &self.to else { return Ok(()) };
        let runs = |step: &&Step| match &step.kind {
            StepKind::Measured { check, apply } => {
                let apply = apply.as_ref().map(|apply| &apply.command);
                [Some(&check.command), apply].into_iter().flatten().any(|own| self.is_to(own))
            }
            StepKind::Attested { .. } => false,
        };
        let steps: Vec<&Step> = checklist.steps.iter().filter(runs).collect();
        let given: Vec<&str> = steps
            .iter()
            .flat_map(|step| checklist.variables_of(step))
            .map(|input| input.id.as_str())
            .collect();
        let is_input = |name: &str| checklist.inputs.iter().any(|input| input.id.as_str() == name);
        let lacks = |name: &&str| !steps.is_empty() && is_input(name) && !given.contains(name);
        let said = self.stream.iter().flat_map(|output| placeholders(output.text()));
        let failed = self.error.iter().flat_map(|error| placeholders(&error.message));
        let names = self.rows.iter().flat_map(Scripted::names).chain(said).chain(failed);
        let Some(name) = names.into_iter().find(lacks) else { return Ok(()) };
        let unbound = ScenarioError::Unbound { command: command.clone(), name: name.to_owned() };
        Err(match self.place {
            Some(place) => ScenarioError::At { place, what: Box::new(unbound) },
            None => unbound,
        })
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        self.when.keys().chain(self.set.keys()).chain(&self.count)
    }
}

/// What is wrong with a scenario.
#[derive(Debug)]
pub enum ScenarioError {
    /// No built-in scenario has that name; one may be meant.
    Unknown { name: String, near: Option<String> },
    /// It is not UTF-8.
    NotText {
        /// The first byte that does not fit.
        byte: usize,
    },
    /// It is not TOML, or has a word or value that the format does not; in the English of the parser.
    Syntax(String),
    /// It is of a format that this greenlight does not know.
    Format(u32),
    /// A reply names a flag that is not declared.
    Flag { command: String, flag: String },
    /// A reply answers to no command, or to several.
    Addressed,
    /// A reply names a step that has no such command.
    Step { name: String, near: Option<String> },
    /// A reply puts a variable into a text that its command does not have.
    Unbound { command: String, name: String },
    /// Scenarios build on each other in a circle.
    Circle(String),
    /// One of these, and where.
    At { place: FilePlace, what: Box<Self> },
}

impl ScenarioError {
    /// The same at the start of these bytes of `text`.
    fn at(self, text: &str, bytes: &Range<usize>) -> Self {
        Self::At { place: place_of(text, bytes), what: Box::new(self) }
    }
}

/// Where these bytes of `text` begin.
fn place_of(text: &str, bytes: &Range<usize>) -> FilePlace {
    let before = text.get(..bytes.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    FilePlace { line, column }
}

/// Where a scenario comes from: one that comes along is played with other checklists too, of whose steps it knows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    BuiltIn,
    File,
}

impl Scenario {
    pub(super) fn built_in(name: &str) -> Result<Self, ScenarioError> {
        Self::found(name, DEPTH)
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, ScenarioError> {
        Self::parse(bytes, DEPTH, Origin::File)
    }

    /// Answers the commands of that checklist where replies name its steps.
    pub(super) fn bind(&mut self, checklist: &Checklist) -> Result<(), ScenarioError> {
        self.replies.iter_mut().try_for_each(|reply| reply.bind(checklist))?;
        self.replies.iter().try_for_each(|reply| reply.is_bound(checklist))
    }

    fn found(name: &str, depth: usize) -> Result<Self, ScenarioError> {
        let Some((_, text)) = super::BUILT_IN.into_iter().find(|(known, _)| *known == name) else {
            let near = nearest(name, &super::names().collect::<Vec<_>>());
            return Err(ScenarioError::Unknown { name: name.to_owned(), near });
        };
        Self::parse(text.as_bytes(), depth, Origin::BuiltIn)
    }

    fn parse(bytes: &[u8], depth: usize, origin: Origin) -> Result<Self, ScenarioError> {
        let text =
            std::str::from_utf8(bytes).map_err(|e| ScenarioError::NotText { byte: e.valid_up_to() })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: File = toml::from_str(text).map_err(|error| {
            let what = ScenarioError::Syntax(error.message().to_owned());
            what.at(text, &error.span().unwrap_or(text.len()..text.len()))
        })?;
        if *file.format.get_ref() != 1 {
            return Err(ScenarioError::Format(*file.format.get_ref()).at(text, &file.format.span()));
        }
        let depth = depth.checked_sub(1).ok_or_else(|| ScenarioError::Circle(file.id.clone()))?;
        let found = |base: &Spanned<String>| {
            Self::found(base.get_ref(), depth).map_err(|error| error.at(text, &base.span()))
        };
        let base = file.base.as_ref().map(found).transpose()?;
        let own = file.reply.len();
        let mut scenario = Self {
            id: file.id,
            title: file.title.into(),
            advice: file
                .advice
                .into_iter()
                .map(|Try { step, say }| Advice { step, say: say.into() })
                .collect(),
            state: file.state,
            session: file.session,
            replies: file.reply,
        };
        if let Some(base) = base {
            scenario.build_on(base);
        }
        let known = |flag: &String| scenario.state.contains_key(flag) || scenario.session.contains_key(flag);
        let mut places = Vec::new();
        for reply in scenario.replies.iter().take(own) {
            let Some((named, span)) = reply.named() else {
                return Err(ScenarioError::Addressed.at(text, &(0..text.len())));
            };
            if let Some(flag) = reply.names().find(|flag| !known(flag)) {
                let command = named.to_owned();
                return Err(ScenarioError::Flag { command, flag: flag.clone() }.at(text, &span));
            }
            places.push(place_of(text, &span));
        }
        for (reply, place) in scenario.replies.iter_mut().zip(places) {
            reply.to = reply.command.as_ref().map(|command| command.get_ref().clone());
            reply.place = Some(place).filter(|_| origin == Origin::File);
        }
        Ok(scenario)
    }

    fn build_on(&mut self, base: Self) {
        for (mine, other) in [(&mut self.state, base.state), (&mut self.session, base.session)] {
            for (name, flag) in other {
                mine.entry(name).or_insert(flag);
            }
        }
        self.replies.extend(base.replies);
        self.advice.extend(base.advice);
    }
}

fn short_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = || serde::de::Error::custom(ValueFault::NotAShortTime(text.clone()));
    let span: jiff::SignedDuration = text.parse().map_err(|_span| wrong())?;
    Duration::try_from(span).map_err(|_negative| wrong())
}
