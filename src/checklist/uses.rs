//! Which inputs a command, a script or a step uses.

use std::collections::HashSet;

use super::explain::commands_of;
use super::{
    Checklist, Covers, Expectation, Handoff, Input, InputId, Leaves, Operand, Step, StepId, StepKind, Test,
    ValueSource, When,
};

/// The words before the colon that leave a name a variable's; `$env:name` is none.
/// Source: `about_Scopes`, "Scope modifiers"; `using` and `variable` are read the same way.
const SCOPES: [&str; 6] = ["global", "local", "private", "script", "using", "variable"];

/// Whether a variable stands in `script`, without regard to case, as PowerShell reads names: `$name`, `${name}`, with a
/// scope before it (`$script:name`), splatted (`@name`), or as a bare word where variables are reached by their names.
pub fn mentions(script: &str, name: &str) -> bool {
    Script::read(script).mentions(name)
}

/// A script, read once for all names that may be looked for in it.
pub(super) struct Script {
    /// What follows a `$` or a `@`, in ASCII's lower case.
    marked: HashSet<String>,
    /// Every word, in lower case, where variables are reached by their names.
    by_name: Option<(String, HashSet<String>)>,
}

impl Script {
    pub(super) fn read(script: &str) -> Self {
        /// `Get-Variable`, its alias, the provider's drive, and `$ExecutionContext.SessionState.PSVariable`.
        const BY_NAME: [&str; 4] = ["get-variable", "gv", "variable:", "psvariable"];
        let marked = script.split(['$', '@']).skip(1).filter_map(|rest| {
            let (braced, rest) = rest.strip_prefix('{').map_or((false, rest), |rest| (true, rest));
            let rest = unscoped(rest);
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (found, after) = rest.split_at(end);
            (!braced || after.starts_with('}')).then(|| found.to_ascii_lowercase())
        });
        let by_name = BY_NAME.iter().any(|way| names(script, way)).then(|| {
            let lower = script.to_lowercase();
            let words = lower.split(|c| !is_word(c)).map(str::to_owned).collect();
            (lower, words)
        });
        Self { marked: marked.collect(), by_name }
    }

    /// See [`mentions`].
    pub(super) fn mentions(&self, name: &str) -> bool {
        let bare = |(lower, words): &(String, HashSet<String>)| {
            // A name that is no word cannot be found as one.
            let word = name.chars().all(is_word);
            if word { words.contains(&name.to_lowercase()) } else { names(lower, name) }
        };
        self.marked.contains(&name.to_ascii_lowercase()) || self.by_name.as_ref().is_some_and(bare)
    }

    /// Every word that it may mean a variable by; names that are no words it may mean besides where there is no end of them.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let bare = self.by_name.iter().flat_map(|(_, words)| words);
        self.marked.iter().chain(bare).map(String::as_str)
    }
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What begins with the name of a variable, without the scope before it.
pub(super) fn unscoped(name: &str) -> &str {
    match name.split_once(':') {
        Some((scope, rest)) if SCOPES.iter().any(|known| known.eq_ignore_ascii_case(scope)) => rest,
        Some(_) | None => name,
    }
}

/// Whether `word` stands in `script` as a whole word, without regard to case.
pub(super) fn names(script: &str, word: &str) -> bool {
    let (script, word) = (script.to_lowercase(), word.to_lowercase());
    let inside = |c: Option<char>| c.is_some_and(is_word);
    script.match_indices(&word).any(|(at, found)| {
        let (before, rest) = script.split_at(at);
        let after = rest.strip_prefix(found).unwrap_or_default();
        !inside(before.chars().next_back()) && (word.ends_with(':') || !inside(after.chars().next()))
    })
}

impl Checklist {
    /// The inputs that a step uses: in its commands as variables, in its expectations as operands, in its condition.
    pub fn inputs_of<'a>(&'a self, step: &'a Step) -> impl Iterator<Item = &'a Input> {
        let uses = Uses::of(step);
        let covers = step.covers().is_some();
        self.inputs
            .iter()
            .filter(move |input| uses.input(&input.id) || (covers && input.leaves == Leaves::Out))
    }

    /// Whether what a step finds hangs on an input.
    pub(crate) fn rests_on_input(&self, step: &Step, input: &InputId) -> bool {
        self.inputs_of(step).any(|own| own.id == *input)
    }

    /// Those that its commands find as variables: all but what only `when` takes.
    pub(crate) fn variables_of<'a>(&'a self, step: &'a Step) -> impl Iterator<Item = &'a Input> {
        let uses = Uses { when: None, ..Uses::of(step) };
        self.inputs.iter().filter(move |input| uses.input(&input.id))
    }

    /// The inputs that the handoff's script uses.
    pub fn inputs_of_handoff<'a>(&'a self, handoff: &'a Handoff) -> impl Iterator<Item = &'a Input> {
        self.inputs_in(&handoff.script)
    }

    /// The inputs that a script finds as variables.
    pub(crate) fn inputs_in(&self, script: &str) -> impl Iterator<Item = &Input> {
        let script = Script::read(script);
        self.inputs.iter().filter(move |input| script.mentions(input.id.as_str()))
    }
}

impl Checklist {
    /// Whether the applies of two steps have a variable in common that is neither an input nor PowerShell's own.
    pub(crate) fn share_variable(&self, one: &Step, other: &Step) -> bool {
        const OWN: [&str; 8] = ["true", "false", "null", "_", "psitem", "args", "env", "error"];
        let script = |step: &Step| match &step.kind {
            StepKind::Measured { apply: Some(apply), .. } => Some(Script::read(&apply.command)),
            StepKind::Measured { apply: None, .. } | StepKind::Attested { .. } => None,
        };
        let is_input =
            |name: &str| self.inputs.iter().any(|input| input.id.as_str().eq_ignore_ascii_case(name));
        script(one).zip(script(other)).is_some_and(|(one, other)| {
            let mut common = one.marked.intersection(&other.marked);
            common.any(|name| !name.is_empty() && !OWN.contains(&name.as_str()) && !is_input(name))
        })
    }
}

impl Step {
    /// Whether the step uses an input.
    pub fn uses(&self, input: &InputId) -> bool {
        Uses::of(self).input(input)
    }

    /// The names that its check must speak of.
    pub(crate) fn covers(&self) -> Option<&Covers> {
        match &self.kind {
            StepKind::Measured { check, .. } => check.covers.as_deref(),
            StepKind::Attested { .. } => None,
        }
    }

    /// What it takes from other steps: each with the property of its rows.
    pub(crate) fn takes(&self) -> impl Iterator<Item = (&StepId, &str)> {
        let covered = self.covers().into_iter().filter_map(|covers| match covers {
            Covers::Step { step, property } => Some((step, property.as_str())),
            Covers::Input(_) | Covers::List(_) => None,
        });
        let condition = self.when.iter().filter_map(|when| match &when.source {
            ValueSource::Step { step, property } => Some((step, property.as_str())),
            ValueSource::Input(_) => None,
        });
        covered.chain(condition)
    }

    /// What its check must find; nothing of an attestation.
    pub(crate) fn expectations(&self) -> &[Expectation] {
        match &self.kind {
            StepKind::Measured { check, .. } => &check.expect,
            StepKind::Attested { .. } => &[],
        }
    }
}

/// What a step uses, its commands read once.
struct Uses<'a> {
    scripts: Vec<Script>,
    expect: &'a [Expectation],
    when: Option<&'a When>,
    covers: Option<&'a Covers>,
}

impl<'a> Uses<'a> {
    fn of(step: &'a Step) -> Self {
        let scripts = commands_of(step).iter().map(|runnable| Script::read(runnable.command)).collect();
        let (covers, when) = (step.covers(), step.when.as_ref());
        Self { scripts, expect: step.expectations(), covers, when }
    }

    fn input(&self, input: &InputId) -> bool {
        self.scripts.iter().any(|script| script.mentions(input.as_str()))
            || self.expect.iter().any(|expectation| expectation.uses(input))
            || self.when.is_some_and(|when| when.inputs().any(|id| id == input))
            || self.covers.is_some_and(|covers| covers.input() == Some(input))
    }
}

impl Covers {
    /// The input whose values are covered, where it is one.
    pub(crate) const fn input(&self) -> Option<&InputId> {
        match self {
            Self::Input(id) => Some(id),
            Self::List(_) | Self::Step { .. } => None,
        }
    }
}

impl Expectation {
    /// Whether the expectation compares with an input.
    pub fn uses(&self, input: &InputId) -> bool {
        self.inputs().any(|id| id == input)
    }

    /// The inputs that the expectation compares with.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &InputId> {
        self.test.inputs()
    }
}

impl Test {
    /// The inputs that it compares with.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &InputId> {
        self.operands().iter().filter_map(|operand| match operand {
            Operand::Input(id) => Some(id),
            Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) | Operand::Property(_) => None,
        })
    }
}

impl When {
    /// The inputs that it is judged by.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &InputId> {
        let source = match &self.source {
            ValueSource::Input(input) => Some(input),
            ValueSource::Step { .. } => None,
        };
        source.into_iter().chain(self.test.inputs())
    }
}
