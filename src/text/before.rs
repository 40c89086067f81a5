//! Sentences of what was found before an apply changed it.

use super::Text;
use crate::run::{Fact, FoundBefore};

sentences! {
    /// Above the old values, where a change is to be confirmed.
    found_to_change() {
        en "Found before; it is kept, so that it can be put back:",
        es "Encontrado antes; queda guardado para poder restablecerlo:",
        fr "Trouvé avant ; c’est conservé, pour pouvoir le rétablir :",
    }
    /// Above the old values of a step that was applied.
    found_before() {
        en "Before it was applied",
        es "Antes de aplicarlo",
        fr "Avant l’application",
    }
    more_old_values(more) { en "and {more} more", es "y {more} más", fr "et {more} de plus" }
}

impl Text {
    /// What was found, a line each; what was not there says so.
    pub fn old_values(self, before: &FoundBefore) -> Vec<String> {
        let FoundBefore { facts, rows, more, .. } = before;
        let value = |property: &str, found: String| {
            let found = if found.is_empty() { self.found_nothing() } else { found };
            if property.is_empty() { found } else { format!("{property} = {found}") }
        };
        let of_fact = |fact: &Fact| value(&fact.property, self.found(fact));
        let mut lines: Vec<String> = facts.iter().map(of_fact).collect();
        lines.extend(rows.iter().map(|row| {
            let value = value(&row.property, row.found.clone());
            format!("{}: {value}", self.row_name(row))
        }));
        if lines.is_empty() {
            lines.push(self.found_nothing());
        }
        lines.extend((*more > 0).then(|| self.more_old_values(more)));
        lines
    }
}
