//! `{ input = … }` and `{ property = … }`: what stands for a value that is known only when the check runs.

use super::super::input::DeclaredInputs;
use super::super::item::Item;
use super::path;
use crate::checklist::mistake::{Fault, ReferenceKind, TablePlace, Unsuited};
use crate::checklist::{Arity, Form, Input, InputId, InputKind, Operand};

/// What a test makes of an operand.
#[derive(Clone, Copy)]
pub(super) enum Use {
    /// One value, or each of many.
    Any,
    /// It is a list.
    Many,
    /// One value of that form.
    One(Form),
}

pub(super) fn reference(item: &Item<'_>, inputs: &DeclaredInputs<'_>, meant: Use) -> Option<Operand> {
    let fields = item.table(TablePlace::Operand, &["input", "property"])?;
    match (fields.optional("input"), fields.optional("property")) {
        (Some(name), None) => {
            let name = name.name_of(ReferenceKind::Input, &inputs.ids)?;
            // Of one that could not be read the mistakes are told already.
            if let Some(why) = inputs.get(name).and_then(|input| unsuited(input, meant)) {
                item.report(Fault::InputUnsuited { input: name.to_owned(), key: item.key, why });
                return None;
            }
            Some(Operand::Input(InputId::from(name)))
        }
        (None, Some(property)) => path(&property).map(|path| Operand::Property(path.to_owned())),
        (Some(_), Some(_)) | (None, None) => {
            item.report(Fault::NotOneSource);
            None
        }
    }
}

/// Why no value of an input could be what the test needs, as far as the file tells.
fn unsuited(input: &Input, meant: Use) -> Option<Unsuited> {
    let form = match (meant, input.arity) {
        (Use::Any, _) | (Use::Many, Arity::Many) => return None,
        (Use::Many, Arity::One) => return Some(Unsuited::HoldsOne),
        (Use::One(_), Arity::Many) => return Some(Unsuited::HoldsMany),
        (Use::One(form), Arity::One) => form,
    };
    let choices = match (&input.kind, form) {
        (InputKind::Choice(choices), _) => choices.as_slice(),
        (InputKind::Text, _) | (InputKind::Integer { .. }, Form::Bound) => &[],
        (
            InputKind::Integer { .. }
            | InputKind::Domain
            | InputKind::Fqdn
            | InputKind::Upn
            | InputKind::Url { .. }
            | InputKind::Path,
            _,
        ) => return Some(Unsuited::Kind(form)),
    };
    let mut given = choices.iter().chain(&input.default);
    given.find(|text| !form.fits(text)).map(|text| Unsuited::Value { text: text.clone(), form })
}
