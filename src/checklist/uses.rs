//! Which inputs a command, a script or a step uses, and which steps a step rests on.

use super::{Checklist, Expectation, Handoff, Input, InputId, Operand, Step, StepId, StepKind, Test};

/// The words before the colon that leave a name a variable's; `$env:name` is none.
/// Source: `about_Scopes`, "Scope modifiers"; `using` and `variable` are read the same way.
const SCOPES: [&str; 6] = ["global", "local", "private", "script", "using", "variable"];

/// Whether a variable stands in `script`, without regard to case, as PowerShell reads names: `$name`, `${name}`, with a
/// scope before it (`$script:name`), splatted (`@name`), or as a bare word where variables are reached by their names.
pub fn mentions(script: &str, name: &str) -> bool {
    /// `Get-Variable`, its alias, the provider's drive, and `$ExecutionContext.SessionState.PSVariable`.
    const BY_NAME: [&str; 4] = ["get-variable", "gv", "variable:", "psvariable"];
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if names(script, name) && BY_NAME.iter().any(|way| names(script, way)) {
        return true;
    }
    script.split(['$', '@']).skip(1).any(|rest| {
        let (braced, rest) = rest.strip_prefix('{').map_or((false, rest), |rest| (true, rest));
        let rest = unscoped(rest);
        let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let (found, after) = rest.split_at(end);
        found.eq_ignore_ascii_case(name) && (!braced || after.starts_with('}'))
    })
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
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    script.match_indices(&word).any(|(at, found)| {
        let (before, rest) = script.split_at(at);
        let after = rest.strip_prefix(found).unwrap_or_default();
        !inside(before.chars().next_back()) && (word.ends_with(':') || !inside(after.chars().next()))
    })
}

impl Checklist {
    /// The steps that a step needs, directly or through others.
    pub fn below(&self, step: &StepId) -> Vec<&StepId> {
        let mut below: Vec<&StepId> = Vec::new();
        let mut left: Vec<&StepId> = self.step(step).into_iter().flat_map(|step| &step.needs).collect();
        while let Some(id) = left.pop() {
            if !below.contains(&id) {
                below.push(id);
                left.extend(self.step(id).into_iter().flat_map(|step| &step.needs));
            }
        }
        below
    }

    /// The inputs that a step uses: in its commands as variables, in its expectations as operands.
    pub fn inputs_of<'a>(&'a self, step: &'a Step) -> impl Iterator<Item = &'a Input> {
        self.inputs.iter().filter(|input| step.uses(&input.id))
    }

    /// The inputs that the handoff's script uses.
    pub fn inputs_of_handoff<'a>(&'a self, handoff: &'a Handoff) -> impl Iterator<Item = &'a Input> {
        self.inputs.iter().filter(|input| mentions(&handoff.script, input.id.as_str()))
    }
}

impl Step {
    /// Whether the step uses an input.
    pub fn uses(&self, input: &InputId) -> bool {
        match &self.kind {
            StepKind::Attested { .. } => false,
            StepKind::Measured { check, apply } => {
                mentions(&check.command, input.as_str())
                    || apply.as_ref().is_some_and(|apply| mentions(&apply.command, input.as_str()))
                    || check.expect.iter().any(|expectation| expectation.uses(input))
            }
        }
    }
}

impl Expectation {
    /// Whether the expectation compares with an input.
    pub fn uses(&self, input: &InputId) -> bool {
        let is_input = |operand: &Operand| matches!(operand, Operand::Input(id) if id == input);
        match &self.test {
            Test::Is(operand) | Test::IsNot(operand) | Test::Contains(operand) => is_input(operand),
            Test::OneOf(operands) | Test::SameSetAs(operands) => operands.iter().any(is_input),
            Test::Present
            | Test::Matches(_)
            | Test::AtLeast(_)
            | Test::AtMost(_)
            | Test::VersionAtLeast(_)
            | Test::LaterThan(_)
            | Test::Empty(_) => false,
        }
    }
}
