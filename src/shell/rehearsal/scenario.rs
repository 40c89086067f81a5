//! The format of a scenario file.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::checklist::mistake::FilePlace;
use crate::checklist::{Checklist, Localized, StepId, nearest};
use crate::shell::Advice;

mod reply;

pub(super) use reply::{Ask, BoundOutput, Flag, Reply, ScriptedOutput};

/// Named flags and counters.
pub(super) type Flags = BTreeMap<String, Flag>;

/// How often one scenario may build on another.
const DEPTH: usize = 4;

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
        Self::At { place: FilePlace::of(text, bytes.start), what: Box::new(self) }
    }
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
            places.push(FilePlace::of(text, span.start));
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
