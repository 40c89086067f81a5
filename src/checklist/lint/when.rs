//! Conditions that no value of their input can ever meet, as far as that is certain.

use super::Checklist;
use crate::checklist::concern::Concern;
use crate::checklist::{Emptiness, Form, Input, InputKind, Need, Operand, Step, Test, ValueSource};

/// The warning of a step that can never apply.
pub(super) fn never_applies(checklist: &Checklist, step: &Step) -> Option<Concern> {
    let when = step.when.as_ref()?;
    let ValueSource::Input(id) = &when.source else { return None };
    let input = checklist.input(id)?;
    cannot_meet(input, &when.test).then(|| Concern::NeverApplies(id.clone()))
}

fn cannot_meet(input: &Input, test: &Test) -> bool {
    let has_no_form = test.form().is_some_and(|form| !may_have(&input.kind, form));
    has_no_form
        || match test {
            Test::Empty(Emptiness::Empty) => input.need == Need::Required,
            Test::Is(operand) => !may_be(&input.kind, operand),
            Test::OneOf(operands) => !operands.iter().any(|operand| may_be(&input.kind, operand)),
            Test::Matches(pattern) => {
                let choices = input.kind.choices();
                choices.is_some_and(|choices| !choices.iter().any(|choice| pattern.is_match(choice)))
            }
            Test::AtLeast(Operand::Number(bound)) => bounds(&input.kind).is_some_and(|(_, max)| max < *bound),
            Test::AtMost(Operand::Number(bound)) => bounds(&input.kind).is_some_and(|(min, _)| min > *bound),
            Test::Present
            | Test::IsNot(_)
            | Test::Contains(_)
            | Test::AtLeast(_)
            | Test::AtMost(_)
            | Test::VersionAtLeast(_)
            | Test::LaterThan(_)
            | Test::Empty(Emptiness::Filled)
            | Test::SameSetAs(_) => false,
        }
}

/// Whether a value of that kind may be what it is compared with: only of choices and whole numbers that is known.
fn may_be(kind: &InputKind, operand: &Operand) -> bool {
    match (kind, operand) {
        (InputKind::Choice(choices), Operand::Text(text)) => {
            choices.iter().any(|choice| choice.to_lowercase() == text.to_lowercase())
        }
        (InputKind::Choice(choices), Operand::Number(number)) => {
            choices.iter().any(|choice| choice.trim().parse() == Ok(*number))
        }
        (InputKind::Integer { .. }, Operand::Number(number)) => {
            number.fract() == 0.0 && bounds(kind).is_some_and(|(min, max)| (min..=max).contains(number))
        }
        _ => true,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a bound that a double cannot hold is beyond all that is compared with it"
)]
fn bounds(kind: &InputKind) -> Option<(f64, f64)> {
    match kind {
        InputKind::Integer { min, max } => Some((*min as f64, *max as f64)),
        InputKind::Text
        | InputKind::Domain
        | InputKind::Fqdn
        | InputKind::Upn
        | InputKind::Url { .. }
        | InputKind::Path
        | InputKind::Choice(_) => None,
    }
}

/// Whether a value of that kind may be a number, a version or a time, as a test needs it.
fn may_have(kind: &InputKind, form: Form) -> bool {
    match (kind, form) {
        // For a span the value is a time.
        (InputKind::Choice(choices), Form::Lead) => {
            choices.iter().any(|choice| crate::checklist::time(choice).is_some())
        }
        (InputKind::Choice(choices), Form::Bound | Form::Version) => {
            choices.iter().any(|choice| form.fits(choice))
        }
        (InputKind::Integer { .. } | InputKind::Domain | InputKind::Fqdn, Form::Lead)
        | (InputKind::Integer { .. }, Form::Version)
        | (InputKind::Upn | InputKind::Url { .. }, _) => false,
        (InputKind::Text | InputKind::Path, _)
        | (InputKind::Integer { .. }, Form::Bound)
        | (InputKind::Domain | InputKind::Fqdn, Form::Bound | Form::Version) => true,
    }
}
