//! The rows of a check by which a step is not green.

use super::Text;
use crate::checklist::Step;
use crate::run::{Fact, FailedRows, FailingRow};
use crate::sanitize::escape_controls;

/// How many rows a sentence names.
const NAMED: usize = 5;

sentences! {
    /// A row that has no name.
    row_number(number) { en "row {number}", es "fila {number}", fr "ligne {number}" }
    rows_of(count, of) { en "{count} of {of} rows", es "{count} de {of} filas", fr "{count} lignes sur {of}" }
    rows_named(rows, names) { en "{rows}: {names}", es "{rows}: {names}", fr "{rows} : {names}" }
    /// What is wrong, and in which rows.
    reason_in_rows(reason, rows) { en "{reason}, in {rows}", es "{reason}, en {rows}", fr "{reason}, dans {rows}" }
    more_rows(count) { en "and {count} more", es "y {count} más", fr "et {count} de plus" }
    /// Some of them stand in no record.
    more_rows_in(count, kept, file) {
        en "and {count} more, {kept} of them in {file}",
        es "y {count} más, {kept} de ellos en {file}",
        fr "et {count} de plus, dont {kept} dans {file}",
    }
    heading_rows(rows) { en "Not as expected: {rows}", es "No como se esperaba: {rows}", fr "Non conforme : {rows}" }
    /// What a checklist says of its rows.
    rows_named_by(property) {
        en "rows are named by {property}",
        es "las filas se nombran por {property}",
        fr "les lignes sont nommées par {property}",
    }
    /// Beside how many more there are.
    rows_by_key(more, key) { en "{more}; {key} shows all", es "{more}; {key} las muestra todas", fr "{more} ; {key} les affiche toutes" }
    /// Which of all that rows fail by is seen: a row may fail by several properties.
    rows_seen(first, last, of) {
        en "deviations {first} to {last} of {of}",
        es "desviaciones {first} a {last} de {of}",
        fr "écarts {first} à {last} sur {of}",
    }
    /// How many of them have the words that they are filtered by.
    rows_filtered(count, of, words) {
        en "{count} of {of} have “{words}”",
        es "{count} de {of} contienen «{words}»",
        fr "{count} sur {of} contiennent « {words} »",
    }
    /// The same while not all were looked at.
    rows_filtering(count, looked, of, words) {
        en "{count} of {looked} have “{words}”, {of} to look at",
        es "{count} de {looked} contienen «{words}», {of} por mirar",
        fr "{count} sur {looked} contiennent « {words} », {of} à examiner",
    }
    /// A file with rows is looked through before any of it is shown.
    rows_file_looked_at(file, percent) {
        en "{file} is being checked: {percent} %",
        es "se está comprobando {file}: {percent} %",
        fr "{file} est en cours de vérification : {percent} %",
    }
    rows_file_faulty(count, file, why) {
        en "{count} more cannot be shown: {file} is not what the journal vouches for ({why})",
        es "{count} más no se pueden mostrar: {file} no es lo que el diario acredita ({why})",
        fr "{count} de plus ne peuvent être affichées : {file} n’est pas ce que le journal atteste ({why})",
    }
    rows_nowhere(count) {
        en "{count} more were counted and not kept",
        es "{count} más se contaron y no se guardaron",
        fr "{count} de plus ont été comptées, non conservées",
    }
    /// Nothing that a screen of failing rows could show.
    rows_none() { en "No failing row is known now.", es "Ahora no se conoce ninguna fila que falle.", fr "Aucune ligne en échec n’est connue à présent." }
    rows_none_here() { en "no failing row is known of this step", es "de este paso no se conoce ninguna fila que falle", fr "aucune ligne en échec n’est connue pour cette étape" }
    rows_filter_label() { en "Filter", es "Filtro", fr "Filtre" }
    column_row() { en "Row", es "Fila", fr "Ligne" }
}

impl Text {
    /// What a row is called.
    pub fn row_name(self, row: &FailingRow) -> String {
        row.key.clone().unwrap_or_else(|| self.row_number(row.row))
    }

    /// How many rows fail, and the first of their names.
    pub fn failed_rows(self, rows: &FailedRows<'_>) -> String {
        let mut names: Vec<String> = Vec::new();
        let mut last = None;
        for row in rows.shown.iter().filter(|row| last.replace(row.row) != Some(row.row)) {
            if names.len() == NAMED {
                break;
            }
            names.push(escape_controls(&self.row_name(row)).into_owned());
        }
        if rows.count > names.len() as u64 {
            names.push("…".to_owned());
        }
        self.rows_named(self.rows_of(rows.count, rows.of), names.join(", "))
    }

    /// What stands in no list of failing rows of which the first `shown` are shown, if anything does.
    pub fn more_failing(self, rows: &FailedRows<'_>, shown: usize) -> Option<String> {
        let more = rows.more + rows.shown.len().saturating_sub(shown) as u64;
        match rows.file {
            _ if more == 0 => None,
            Some(file) => {
                let kept = rows.more.saturating_sub(file.left_out.map_or(0, |left_out| left_out.lines));
                Some(self.more_rows_in(more, kept, escape_controls(&file.file)))
            }
            None => Some(self.more_rows(more)),
        }
    }

    /// What was expected of a row.
    pub fn row_expected(self, step: &Step, row: &FailingRow) -> String {
        self.expected_of(step, &row.property, &row.expected)
    }

    /// What was found, which of several rows begins with how many: a journal keeps that in English.
    pub fn found(self, fact: &Fact) -> String {
        let counted = self.counted(fact).map(|(count, rest)| format!("{count}{rest}"));
        counted.or_else(|| self.found_covered(fact)).unwrap_or_else(|| fact.found.clone())
    }

    /// The same where the rows that fail stand beside it.
    pub fn found_beside_rows(self, fact: &Fact) -> String {
        match self.counted(fact) {
            Some((count, rest)) if !fact.met && rest.starts_with(':') => count,
            Some(_) | None => self.found(fact),
        }
    }

    /// Of how many rows it is told, in English or already in this language, and what then follows.
    fn counted(self, fact: &Fact) -> Option<(String, &str)> {
        let of = fact.rows.filter(|rows| *rows > 1)?;
        [Self::default(), self].into_iter().find_map(|words| {
            let told = words.rows_of('#', of);
            let (before, after) = told.split_once('#')?;
            let (count, rest) = fact.found.strip_prefix(before)?.split_once(after)?;
            Some((self.rows_of(count.parse::<u64>().ok()?, of), rest))
        })
    }
}
