//! What is allowed in a checklist, and still likely to be a mistake.
//!
//! Reads commands as text and never runs them; a warning is a hint to the author and to whoever is asked to trust a
//! file, not a proof.

mod inputs;
mod names;
mod powershell;
mod traps;
mod when;

use std::collections::HashSet;

use self::inputs::DeclaredInputs;
use self::names::{is_of_session, is_read_only, plain, reads, reads_of_type, verb};
pub use self::powershell::{Part, parts};
use super::concern::{Concern, ConcernedPart, SideEffect, Warning};
use super::explain::{CommandPurpose, Runnable, commands_of};
use super::mistake::Word;
use super::{Apply, Changes, Check, Checklist, Lang, Localized, Rows, Step, StepKind, Test};

/// Everything in a checklist that deserves a second look, in the order of the file.
pub fn lint(checklist: &Checklist) -> Vec<Warning> {
    let mut found = Found(Vec::new());
    let unused = inputs::unused(checklist);
    let note = checklist.source.as_ref().and_then(|source| source.note.as_ref());
    let head = [("title", Some(&checklist.title)), ("about", checklist.about.as_ref()), ("note", note)];
    found.warn(&ConcernedPart::Checklist, translations(&head));
    for input in &checklist.inputs {
        let texts = [("ask", Some(&input.ask)), ("help", input.help.as_ref())];
        found.warn(&ConcernedPart::Input(input.id.clone()), translations(&texts));
        if unused.contains(&input.id) {
            found.warn(&ConcernedPart::Checklist, [Concern::UnusedInput(input.id.clone())]);
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
        let about = ConcernedPart::Step(step.id.clone());
        found.warn(&about, step.docs.is_empty().then_some(Concern::NoDocs));
        found.warn(&about, translations(&texts(step)));
        found.warn(&about, when::never_applies(checklist, step));
        let check = ConcernedPart::Command(step.id.clone(), CommandPurpose::Check);
        found.warn(&check, inputs::uncovered(checklist, step));
        for runnable in commands_of(step) {
            let about = ConcernedPart::Command(step.id.clone(), runnable.purpose);
            found.warn(&about, of_kind(&runnable));
            found.warn(&about, traps::sets_preference(runnable.command).map(Concern::Preference));
            found.warn(&about, setters.borrowed(&inputs, place, runnable.command));
            found.warn(&about, inputs.pasted(runnable.command));
            found.warn(&about, inputs.misspelt(runnable.command));
        }
    }
    if let Some(handoff) = &checklist.handoff {
        let texts = [("title", Some(&handoff.title)), ("say", Some(&handoff.say))];
        found.warn(&ConcernedPart::Handoff, translations(&texts));
        found.warn(&ConcernedPart::Handoff, inputs.pasted(&handoff.script));
        found.warn(&ConcernedPart::Handoff, inputs.misspelt(&handoff.script));
    }
    found.0
}

/// What was found so far.
struct Found(Vec<Warning>);

impl Found {
    fn warn(&mut self, about: &ConcernedPart, concerns: impl IntoIterator<Item = Concern>) {
        self.0.extend(concerns.into_iter().map(|what| Warning { about: about.clone(), what }));
    }
}

/// What a check, or an apply, should not do.
fn of_kind(runnable: &Runnable<'_>) -> Vec<Concern> {
    let StepKind::Measured { check, apply } = &runnable.step.kind else { return Vec::new() };
    match (runnable.purpose, apply) {
        (CommandPurpose::Apply(_), Some(apply)) => {
            understated(apply).into_iter().map(Concern::UnderstatedChange).collect()
        }
        (CommandPurpose::Check, _) | (CommandPurpose::Apply(_), None) => {
            let changes = changing(check).into_iter().map(Concern::HiddenApply);
            let traps = [traps::hidden_error(check), traps::unseen_warning(check), traps::always_met(check)];
            changes.chain(traps.into_iter().flatten()).collect()
        }
    }
}

fn texts(step: &Step) -> Vec<(Word, Option<&Localized>)> {
    let mut texts =
        vec![("title", Some(&step.title)), ("group", step.group.as_ref()), ("why", Some(&step.why))];
    match &step.kind {
        StepKind::Measured { apply, .. } => {
            texts.push(("note", apply.as_ref().and_then(|apply| apply.note.as_ref())));
        }
        StepKind::Attested { statement } => texts.push(("statement", Some(statement))),
    }
    texts.extend(step.remedies.iter().map(|remedy| ("say", Some(&remedy.say))));
    texts
}

/// The languages in which texts are missing, and which those are.
fn translations(texts: &[(Word, Option<&Localized>)]) -> Vec<Concern> {
    let missing = |lang: Lang| {
        let has = |text: &Localized| match lang {
            Lang::En => true,
            Lang::Es => text.es.is_some(),
            Lang::Fr => text.fr.is_some(),
        };
        let missing = texts.iter().filter(|(_, text)| text.is_some_and(|text| !has(text)));
        let mut texts: Vec<Word> = missing.map(|(name, _)| *name).collect();
        texts.dedup();
        (!texts.is_empty()).then_some(Concern::MissingTranslation { lang, texts })
    };
    Lang::ALL.into_iter().filter_map(missing).collect()
}

/// What a check does beyond reading.
fn changing(check: &Check) -> Vec<SideEffect> {
    changes(&check.command, is_read_only)
}

/// What an apply does beyond the session, if it says that it changes nothing else.
fn understated(apply: &Apply) -> Vec<SideEffect> {
    match apply.changes {
        Changes::Session => changes(&apply.command, |name| is_read_only(name) || is_of_session(name)),
        Changes::Computer | Changes::Forest | Changes::Tenant => Vec::new(),
    }
}

/// Each change once, in the order of the command.
fn changes(command: &str, harmless: impl Fn(&str) -> bool) -> Vec<SideEffect> {
    let mut seen = HashSet::new();
    let found = parts(command).into_iter().filter_map(|part| change(&part, &harmless));
    found.filter(|what| seen.insert(what.clone())).collect()
}

/// How much of a name a warning shows.
const NAME_SHOWN: usize = 80;

fn change(part: &Part, harmless: impl Fn(&str) -> bool) -> Option<SideEffect> {
    // What was glued to a name may be long, and of several lines.
    let shown = |name: &str| -> String {
        name.chars().take(NAME_SHOWN).map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
    };
    match part {
        Part::Command(name) => (!harmless(name)).then(|| SideEffect::Runs(shown(name))),
        Part::Method(name) => (!reads(name)).then(|| SideEffect::CallsMethod(shown(name))),
        Part::Static(name) => (!reads_of_type(name)).then(|| SideEffect::CallsMethod(shown(name))),
        Part::ComputedMethod => Some(SideEffect::CallsComputed),
        Part::Computed => Some(SideEffect::RunsComputed),
        Part::Member => Some(SideEffect::SetsMember),
        Part::Redirection => Some(SideEffect::WritesFile),
        Part::Unreadable => Some(SideEffect::Unreadable),
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
        | Part::ComputedMethod
        | Part::Member
        | Part::Redirection
        | Part::Quoted(_)
        | Part::Unreadable => None,
    };
    parts(text).into_iter().filter_map(set).collect()
}
