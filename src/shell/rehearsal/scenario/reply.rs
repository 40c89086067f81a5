//! A reply of a scenario: which command it answers, when, and what is said.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::super::values::{Scripted, ValueFault, fill, placeholders};
use super::{Flags, ScenarioError};
use crate::checklist::mistake::FilePlace;
use crate::checklist::{Apply, Checklist, InputId, Step, StepId, StepKind, nearest};
use crate::run::Failure;
use crate::run::prompt::{Choice, Field, Pick, Prompt};
use crate::run::value::Value;
use crate::shell::{Progress, ProgressRecordType, Stream};

/// A flag, or a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a flag is `true` or `false`, a counter a whole number")]
pub(in crate::shell::rehearsal) enum Flag {
    Is(bool),
    Count(u32),
}

/// What a flag must be for a reply to fit.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged, expecting = "`true`, `false`, a whole number, or `{ at_least = number }`")]
pub(in crate::shell::rehearsal) enum OutputCondition {
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

/// What is answered to one command.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::shell::rehearsal) struct Reply {
    /// The command, letter for letter; a line break at its end is not looked at.
    pub(in crate::shell::rehearsal) command: Option<Spanned<String>>,
    /// The step whose check it answers: its command, letter for letter.
    check: Option<Spanned<StepId>>,
    /// The step whose apply it answers.
    apply: Option<Spanned<StepId>>,
    /// What it answers, once that is known.
    #[serde(skip)]
    pub(in crate::shell::rehearsal) to: Option<String>,
    /// Where a step of a file that was read is named.
    #[serde(skip)]
    pub(in crate::shell::rehearsal) place: Option<FilePlace>,
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
    pub(in crate::shell::rehearsal) after: Duration,
    /// A question before anything else.
    pub(in crate::shell::rehearsal) prompt: Option<Ask>,
    /// Where the answer is kept, unless it is secret: the name of a variable.
    pub(in crate::shell::rehearsal) into: Option<String>,
    /// What the command says while it runs.
    #[serde(default)]
    pub(in crate::shell::rehearsal) stream: Vec<ScriptedOutput>,
    #[serde(default)]
    pub(in crate::shell::rehearsal) rows: Vec<Scripted>,
    /// How it fails, after that.
    pub(in crate::shell::rehearsal) error: Option<ScriptedError>,
}

/// One thing said while a command runs.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::shell::rehearsal) enum ScriptedOutput {
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
pub(in crate::shell::rehearsal) struct ScriptedStep {
    activity: String,
    #[serde(default)]
    status: String,
    percent: Option<u8>,
    #[serde(default)]
    activity_id: i32,
    parent_id: Option<i32>,
    current_operation: Option<String>,
    seconds_remaining: Option<u32>,
    #[serde(default)]
    completed: bool,
}

impl ScriptedStep {
    fn progress(&self) -> Progress {
        Progress {
            activity_id: self.activity_id,
            parent_id: self.parent_id,
            activity: self.activity.clone(),
            status: self.status.clone(),
            current_operation: self.current_operation.clone(),
            percent: self.percent,
            seconds_remaining: self.seconds_remaining,
            record_type: ProgressRecordType::of(self.completed),
        }
    }
}

/// A line or progress, with the variables of the command in it.
pub(in crate::shell::rehearsal) enum BoundOutput {
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

    pub(in crate::shell::rehearsal) fn bound(&self, variables: &[(String, Value)]) -> BoundOutput {
        let line = |stream, text: &str| BoundOutput::Line(stream, fill(text, variables));
        match self {
            Self::Output(text) => line(Stream::Output, text),
            Self::Warning(text) => line(Stream::Warning, text),
            Self::Verbose(text) => line(Stream::Verbose, text),
            Self::Debug(text) => line(Stream::Debug, text),
            Self::Information(text) => line(Stream::Information, text),
            Self::Noise(text) => line(Stream::Noise, text),
            Self::Progress(step) => BoundOutput::Progress(step.progress()),
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::shell::rehearsal) enum Ask {
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
    pub(in crate::shell::rehearsal) fn prompt(&self) -> Prompt {
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
pub(in crate::shell::rehearsal) struct ScriptedError {
    error_id: String,
    exception: String,
    #[serde(default)]
    category: String,
    message: String,
    /// Whether it ends the command.
    #[serde(default)]
    pub(in crate::shell::rehearsal) throw: bool,
}

impl ScriptedError {
    pub(in crate::shell::rehearsal) fn failure(&self, variables: &[(String, Value)]) -> Failure {
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
    pub(in crate::shell::rehearsal) fn fits(
        &self,
        command: &str,
        flag: impl Fn(&str) -> Option<Flag>,
    ) -> bool {
        self.is_to(command)
            && self.when.iter().all(|(name, wanted)| flag(name).is_some_and(|flag| wanted.holds(flag)))
    }

    /// Whether it answers `command` at any time.
    pub(in crate::shell::rehearsal) fn is_to(&self, command: &str) -> bool {
        self.to.as_ref().is_some_and(|to| to.trim_end() == command.trim_end())
    }

    /// What it is an answer to, as its file says it, and where.
    pub(in crate::shell::rehearsal) fn named(&self) -> Option<(&str, Range<usize>)> {
        match (&self.command, &self.check, &self.apply) {
            (Some(command), None, None) => Some((command.get_ref(), command.span())),
            (None, Some(step), None) | (None, None, Some(step)) => {
                Some((step.get_ref().as_str(), step.span()))
            }
            _ => None,
        }
    }

    /// Finds the command of the step that it answers.
    pub(in crate::shell::rehearsal) fn bind(&mut self, checklist: &Checklist) -> Result<(), ScenarioError> {
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
        // One that comes along is played with other checklists too, of whose steps it knows nothing.
        if self.to.is_some() || self.place.is_none() {
            return Ok(());
        }
        let ids: Vec<&str> = checklist.steps.iter().map(|step| step.id.as_str()).collect();
        let name = named.to_string();
        let near = nearest(&name, &ids);
        Err(self.at(ScenarioError::Step { name, near }))
    }

    /// What is wrong with it, with its place where that is known.
    fn at(&self, what: ScenarioError) -> ScenarioError {
        match self.place {
            Some(place) => ScenarioError::At { place, what: Box::new(what) },
            None => what,
        }
    }

    /// What its end does to flags; each name is looked up in both sets.
    pub(in crate::shell::rehearsal) fn settle(&self, sets: &mut [&mut Flags]) {
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
    pub(in crate::shell::rehearsal) fn rows(&self, variables: &[(String, Value)]) -> Vec<Value> {
        self.rows.iter().flat_map(|row| row.rows(variables)).collect()
    }

    /// Whether the command is given every input that the reply puts into its texts.
    pub(in crate::shell::rehearsal) fn is_bound(&self, checklist: &Checklist) -> Result<(), ScenarioError> {
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
        let is_input = |name: &str| checklist.input(&InputId::from(name)).is_some();
        let lacks = |name: &&str| !steps.is_empty() && is_input(name) && !given.contains(name);
        let said = self.stream.iter().flat_map(|output| placeholders(output.text()));
        let failed = self.error.iter().flat_map(|error| placeholders(&error.message));
        let names = self.rows.iter().flat_map(Scripted::names).chain(said).chain(failed);
        let Some(name) = names.into_iter().find(lacks) else { return Ok(()) };
        Err(self.at(ScenarioError::Unbound { command: command.clone(), name: name.to_owned() }))
    }

    pub(in crate::shell::rehearsal) fn names(&self) -> impl Iterator<Item = &String> {
        self.when.keys().chain(self.set.keys()).chain(&self.count)
    }
}

fn short_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = || serde::de::Error::custom(ValueFault::NotAShortTime(text.clone()));
    let span: jiff::SignedDuration = text.parse().map_err(|_span| wrong())?;
    Duration::try_from(span).map_err(|_negative| wrong())
}
