//! What is allowed in a checklist, and still likely to be a mistake.
//!
//! Reads commands as text and never runs them; a warning is a hint to the author and to whoever is asked to trust a
//! file, not a proof.

mod inputs;
mod names;
mod powershell;
mod traps;

use std::collections::HashSet;
use std::fmt;

use self::inputs::DeclaredInputs;
use self::names::{is_of_session, is_read_only, plain, reads, reads_of_type, verb};
pub use self::powershell::{Part, parts};
use super::explain::{CommandPurpose, commands_of};
use super::{Apply, Changes, Check, Checklist, Lang, Localized, Rows, Step, StepId, StepKind, Test};

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WarningKind {
    /// A check runs something that may change what it looks at.
    HiddenApply,
    /// An apply that claims to change only the session runs something that looks like more.
    UnderstatedChange,
    /// A check hides errors, and nothing is what it expects.
    HiddenError,
    /// A check would not see a warning that it should.
    UnseenWarning,
    /// A command sets a variable that changes how commands behave.
    Preference,
    /// A check asks only for a row, and always gets one.
    AlwaysMet,
    /// A command reads a variable of a step that it does not rest on.
    BorrowedVariable,
    /// An input becomes a part of a text instead of being an argument of its own.
    PastedInput,
    /// A variable is nearly, but not quite, the name of an input.
    MisspeltInput,
    /// Nothing uses an input.
    UnusedInput,
    /// A text is missing in a language.
    MissingTranslation,
    /// A step names no page that it comes from.
    NoDocs,
}

/// Something that is likely to be a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// The step in which it was found, if it was in one.
    pub step: Option<StepId>,
    /// The command of the step that it is about, if it is about one.
    pub purpose: Option<CommandPurpose>,
    /// The warning in words, without the step.
    pub text: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.step {
            Some(step) => write!(f, "step \"{step}\": {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

/// Everything in a checklist that deserves a second look, in the order of the file.
pub fn lint(checklist: &Checklist) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut push = |kind, step: Option<&Step>, purpose, text: String| {
        found.push(Warning { kind, step: step.map(|step| step.id.clone()), purpose, text });
    };
    let mut warn = |kind, step: Option<&Step>, text| push(kind, step, None, text);
    let unused = inputs::unused(checklist);
    let head = [("title", Some(&checklist.title)), ("about", checklist.about.as_ref())];
    translations(&head, |text| warn(WarningKind::MissingTranslation, None, text));
    for input in &checklist.inputs {
        let texts = [("ask", Some(&input.ask)), ("help", input.help.as_ref())];
        translations(&texts, |text| {
            warn(WarningKind::MissingTranslation, None, format!("input \"{}\": {text}", input.id));
        });
        if unused.contains(&input.id) {
            warn(WarningKind::UnusedInput, None, format!("nothing uses the input \"{}\"", input.id));
        }
    }
    let set_by: Vec<Vec<String>> = checklist
        .steps
        .iter()
        .map(|step| commands_of(step).iter().flat_map(|runnable| set_in(runnable.command)).collect())
        .collect();
    let by_script = checklist.handoff.iter().flat_map(|handoff| set_in(&handoff.script));
    let assigned = set_by.iter().flatten().cloned().chain(by_script).collect();
    let inputs = DeclaredInputs::new(&checklist.inputs, assigned);
    let setters = traps::Setters::new(checklist, &set_by);
    for (place, step) in checklist.steps.iter().enumerate() {
        let mut push = |kind, purpose, text| push(kind, Some(step), purpose, text);
        if step.docs.is_empty() {
            push(WarningKind::NoDocs, None, "it names no page that it comes from (docs)".to_owned());
        }
        translations(&texts(step), |text| push(WarningKind::MissingTranslation, None, text));
        let StepKind::Measured { check, apply } = &step.kind else { continue };
        for runnable in commands_of(step) {
            let mut warn = |kind, text| push(kind, Some(runnable.purpose), text);
            match (runnable.purpose, apply) {
                (CommandPurpose::Apply(_), Some(apply)) => {
                    for what in understated(apply) {
                        let text =
                            format!("the apply {what}, which looks like more than changes = \"session\"");
                        warn(WarningKind::UnderstatedChange, text);
                    }
                }
                (CommandPurpose::Check, _) | (CommandPurpose::Apply(_), None) => {
                    for what in changing(check) {
                        warn(
                            WarningKind::HiddenApply,
                            format!("the check {what}, which may change something"),
                        );
                    }
                    if let Some(text) = traps::hidden_error(check) {
                        warn(WarningKind::HiddenError, text);
                    }
                    if let Some(text) = traps::unseen_warning(check) {
                        warn(WarningKind::UnseenWarning, text);
                    }
                    if let Some(text) = traps::always_met(check) {
                        warn(WarningKind::AlwaysMet, text);
                    }
                }
            }
            let its = match runnable.purpose {
                CommandPurpose::Check => "the check",
                CommandPurpose::Apply(_) => "the apply",
            };
            if let Some(name) = traps::sets_preference(runnable.command) {
                warn(
                    WarningKind::Preference,
                    format!(
                        "{its} sets ${name}, which no other command sees: each begins with the usual one"
                    ),
                );
            }
            for what in setters.borrowed(&inputs, place, runnable.command) {
                warn(WarningKind::BorrowedVariable, format!("{its} {what}"));
            }
            for text in inputs.pasted(runnable.command) {
                warn(WarningKind::PastedInput, text);
            }
            for text in inputs.misspelt(runnable.command) {
                warn(WarningKind::MisspeltInput, text);
            }
        }
    }
    let mut warn = |kind, text| push(kind, None, None, text);
    if let Some(handoff) = &checklist.handoff {
        let texts = [("title", Some(&handoff.title)), ("say", Some(&handoff.say))];
        translations(&texts, |text| {
            warn(WarningKind::MissingTranslation, format!("[handoff]: {text}"));
        });
        for text in inputs.pasted(&handoff.script) {
            warn(WarningKind::PastedInput, format!("[handoff]: {text}"));
        }
        for text in inputs.misspelt(&handoff.script) {
            warn(WarningKind::MisspeltInput, format!("[handoff]: {text}"));
        }
    }
    found
}

fn texts(step: &Step) -> Vec<(&'static str, Option<&Localized>)> {
    let mut texts = vec![("title", Some(&step.title)), ("why", Some(&step.why))];
    match &step.kind {
        StepKind::Measured { apply, .. } => {
            texts.push(("note", apply.as_ref().and_then(|apply| apply.note.as_ref())));
        }
        StepKind::Attested { statement } => texts.push(("statement", Some(statement))),
    }
    texts.extend(step.remedies.iter().map(|remedy| ("say", Some(&remedy.say))));
    texts
}

fn translations(texts: &[(&'static str, Option<&Localized>)], mut warn: impl FnMut(String)) {
    for lang in Lang::ALL {
        let has = |text: &Localized| match lang {
            Lang::En => true,
            Lang::Es => text.es.is_some(),
            Lang::Fr => text.fr.is_some(),
        };
        let mut missing: Vec<&str> = texts
            .iter()
            .filter(|(_, text)| text.is_some_and(|text| !has(text)))
            .map(|(name, _)| *name)
            .collect();
        missing.dedup();
        if !missing.is_empty() {
            warn(format!("no text in \"{lang}\" for {}", missing.join(", ")));
        }
    }
}

/// What a check does beyond reading.
fn changing(check: &Check) -> Vec<String> {
    changes(&check.command, is_read_only)
}

/// What an apply does beyond the session, if it says that it changes nothing else.
fn understated(apply: &Apply) -> Vec<String> {
    match apply.changes {
        Changes::Session => changes(&apply.command, |name| is_read_only(name) || is_of_session(name)),
        Changes::Computer | Changes::Forest | Changes::Tenant => Vec::new(),
    }
}

/// Each change once, in the order of the command.
fn changes(command: &str, harmless: impl Fn(&str) -> bool) -> Vec<String> {
    let mut seen = HashSet::new();
    let found = parts(command).into_iter().filter_map(|part| change(&part, &harmless));
    found.filter(|what| seen.insert(what.clone())).collect()
}

/// How much of a name a warning shows.
const NAME_SHOWN: usize = 80;

fn change(part: &Part, harmless: impl Fn(&str) -> bool) -> Option<String> {
    // What was glued to a name may be long, and of several lines.
    let shown = |name: &str| -> String {
        name.chars().take(NAME_SHOWN).map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
    };
    match part {
        Part::Command(name) => (!harmless(name)).then(|| format!("runs {}", shown(name))),
        Part::Method(name) => (!reads(name)).then(|| format!("calls the method {}", shown(name))),
        Part::Static(name) => (!reads_of_type(name)).then(|| format!("calls the method {}", shown(name))),
        Part::Computed => Some("runs a command that is known only then".to_owned()),
        Part::Member => Some("sets a property, an element or an environment variable".to_owned()),
        Part::Redirection => Some("writes into a file".to_owned()),
        Part::Unreadable => Some("is nested too deeply to be read".to_owned()),
        Part::Variable(_) | Part::Quoted(_) => None,
    }
}

/// The variables that a text sets, in lower case.
fn set_in(text: &str) -> Vec<String> {
    let set = |part: Part| match part {
        Part::Variable(name) => Some(name.to_lowercase()),
        Part::Command(_)
        | Part::Computed
        | Part::Method(_)
        | Part::Static(_)
        | Part::Member
        | Part::Redirection
        | Part::Quoted(_)
        | Part::Unreadable => None,
    };
    parts(text).into_iter().filter_map(set).collect()
}
