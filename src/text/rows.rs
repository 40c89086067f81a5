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

    /// Of how many rows it is told, and what then follows.
    fn counted(self, fact: &Fact) -> Option<(String, &str)> {
        let of = fact.rows.filter(|rows| *rows > 1)?;
        let (count, rest) = fact.found.split_once(&format!(" of {of} rows"))?;
        Some((self.rows_of(count.parse::<u64>().ok()?, of), rest))
    }
}
