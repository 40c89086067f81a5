//! What a step may refer to.

use std::collections::BTreeMap;

use super::input::DeclaredInputs;
use super::item::Fields;

/// What a step may refer to.
pub(super) struct KnownNames<'a, 'n> {
    pub(super) inputs: &'n DeclaredInputs<'a>,
    pub(super) steps: &'n [&'a str],
    /// The first place of each step.
    pub(super) places: &'n BTreeMap<&'a str, usize>,
    /// The tables of the steps.
    pub(super) tables: &'n [Fields<'a>],
}
