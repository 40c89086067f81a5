//! Sentences about the names that a check must speak of.

use super::Text;
use crate::checklist::Covers;
use crate::run::{Coverage, Fact, MissingName};
use crate::sanitize::escape_controls;

/// How many characters of missing names a sentence has room for.
const ROOM: usize = 160;
/// How many of what an error says.
const ERROR_SHOWN: usize = 80;

// In English as a finding has it, which is what a journal keeps.
sentences! {
    expect_covered(names) { en "covers {names}", es "cubre {names}", fr "couvre {names}" }
    covered_of(spoken, names) { en "{spoken} of {names}", es "{spoken} de {names}", fr "{spoken} sur {names}" }
    covered_but(of, missing) {
        en "{of}; missing: {missing}",
        es "{of}; faltan: {missing}",
        fr "{of} ; il manque : {missing}",
    }
    /// How many times a name stood in a list again.
    covered_doubles(found, count) {
        en "{found}; given again: {count}",
        es "{found}; repetidos: {count}",
        fr "{found} ; répétés : {count}",
    }
    /// A name that no row has, though one is nearly of it.
    missing_near(name, row) {
        en "{name} (there is a row {row})",
        es "{name} (hay una fila {row})",
        fr "{name} (il y a une ligne {row})",
    }
    rows_besides(rows) { en "not as expected: {rows}", es "no como se esperaba: {rows}", fr "non conforme : {rows}" }
    reason_not_covered() {
        en "nothing was returned for a name that must be there",
        es "no se devolvió nada para un nombre que debe estar",
        fr "rien n’a été renvoyé pour un nom qui doit y être",
    }
    reason_nothing_to_cover() {
        en "there is nothing to cover: the list of names is empty",
        es "no hay nada que cubrir: la lista de nombres está vacía",
        fr "il n’y a rien à couvrir : la liste des noms est vide",
    }
    /// The property of another step, from which the names come.
    reason_covers_unread(property) {
        en "what is to be covered could not be read: {property} is no text in every row",
        es "no se pudo leer lo que hay que cubrir: {property} no es un texto en todas las filas",
        fr "ce qui est à couvrir n’a pas pu être lu : {property} n’est pas un texte dans chaque ligne",
    }
    /// Values that no check has to cover.
    names_left_out(names) { en "left out: {names}", es "excluidos: {names}", fr "exclus : {names}" }
}

impl Text {
    /// What a check covers.
    pub fn covers(self, covers: &Covers) -> String {
        self.expect_covered(covers.what())
    }

    /// How many names have a row, and which have none, as many as there is room for, and beside them what errors say.
    pub(super) fn missing(self, covered: &Coverage) -> String {
        let (mut shown, mut room) = (Vec::new(), ROOM);
        for missing in &covered.missing {
            let name = self.missing_name(missing);
            let taken = name.chars().count();
            if taken > room && !shown.is_empty() {
                break;
            }
            room = room.saturating_sub(taken + 2);
            shown.push(name);
        }
        for (name, missing) in shown.iter_mut().zip(&covered.missing) {
            let error = error_of(missing).unwrap_or_default();
            let taken = error.chars().count();
            if taken <= room {
                room -= taken;
                name.push_str(&error);
            }
        }
        let more = (covered.names - covered.spoken).saturating_sub(shown.len() as u64);
        shown.extend((more > 0).then(|| self.more_rows(more)));
        self.covered_but(self.covered_of(covered.spoken, covered.names), shown.join(", "))
    }

    fn missing_name(self, missing: &MissingName) -> String {
        let name = escape_controls(&missing.name).into_owned();
        match &missing.near {
            Some(row) => self.missing_near(name, escape_controls(row)),
            None => name,
        }
    }

    /// What no check has to cover, if anything is left out.
    pub fn left_out_names(self, names: &[&str]) -> Option<String> {
        (!names.is_empty()).then(|| self.names_left_out(escape_controls(&names.join(", "))))
    }

    /// What was found of names to be covered: a journal keeps that in English.
    pub(super) fn found_covered(self, fact: &Fact) -> Option<String> {
        if !fact.is_of_covers() {
            return None;
        }
        let (found, doubles) = match fact.found.rsplit_once("; given again: ") {
            Some((found, doubles)) => (found, Some(doubles)),
            None => (fact.found.as_str(), None),
        };
        let (of, missing) = match found.split_once("; missing: ") {
            Some((of, missing)) => (of, Some(missing)),
            None => (found, None),
        };
        let (spoken, names) = of.split_once(" of ")?;
        let of = self.covered_of(spoken, names);
        let found = missing.map_or_else(|| of.clone(), |missing| self.covered_but(&of, missing));
        Some(doubles.map_or_else(|| found.clone(), |count| self.covered_doubles(&found, count)))
    }
}

/// What an error says of a name that is missing, as far as there is room; PowerShell leads it by the name itself.
fn error_of(missing: &MissingName) -> Option<String> {
    let error = missing.error.as_ref()?.lines().next()?;
    let error = error.strip_prefix(&format!("[{}] ", missing.name)).unwrap_or(error);
    let cut: String = error.chars().take(ERROR_SHOWN).collect();
    let more = if cut.len() < error.len() { "…" } else { "" };
    Some(format!(" ({}{more})", escape_controls(&cut)))
}

#[cfg(test)]
mod tests;
