//! Expectations in words: what a fact was held against.

use super::Text;
use crate::checklist::{Emptiness, Expectation, Operand, Rows, Step, Test};
use crate::run::Fact;

// In English as `Expectation` itself writes them, which is what a journal keeps.
sentences! {
    expect_some_row() { en "at least one row", es "al menos una fila", fr "au moins une ligne" }
    expect_no_rows() { en "no rows", es "ninguna fila", fr "aucune ligne" }
    expect_no_warning() { en "no warning", es "ningún aviso", fr "aucun avertissement" }
    expect_rows(count) { en "{count} row(s)", es "{count} fila(s)", fr "{count} ligne(s)" }
    /// One row must meet it.
    expect_any_row(test) { en "{test} (any row)", es "{test} (alguna fila)", fr "{test} (une ligne au moins)" }
    /// No row may meet it.
    expect_no_row(test) { en "no row {test}", es "ninguna fila: {test}", fr "aucune ligne : {test}" }
    /// So many rows must meet it.
    expect_count(test, count) {
        en "{test} ({count} row(s))",
        es "{test} ({count} fila(s))",
        fr "{test} ({count} ligne(s))",
    }
    expect_present() { en "present", es "presente", fr "présent" }
    /// What another property of the same row has.
    expect_of_row(property) {
        en "the row's {property}",
        es "{property} de la fila",
        fr "{property} de la ligne",
    }
    /// `is`.
    expect_is(value) { en "is {value}", es "es {value}", fr "est {value}" }
    /// `is_not`.
    expect_is_not(value) { en "is not {value}", es "no es {value}", fr "n’est pas {value}" }
    /// `one_of`.
    expect_one_of(values) { en "one of {values}", es "uno de {values}", fr "l’un de {values}" }
    /// `matches`.
    expect_matches(pattern) { en "matches {pattern}", es "coincide con {pattern}", fr "correspond à {pattern}" }
    /// `contains`.
    expect_contains(value) { en "contains {value}", es "contiene {value}", fr "contient {value}" }
    /// `at_least`.
    expect_at_least(bound) { en "at least {bound}", es "al menos {bound}", fr "au moins {bound}" }
    /// `at_most`.
    expect_at_most(bound) { en "at most {bound}", es "como máximo {bound}", fr "au plus {bound}" }
    /// `version_at_least`.
    expect_version(bound) {
        en "version at least {bound}",
        es "versión {bound} o posterior",
        fr "version {bound} ou ultérieure",
    }
    /// `later_than`.
    expect_later(span) {
        en "later than {span} from now",
        es "posterior a {span} desde ahora",
        fr "dans plus de {span} à partir de maintenant",
    }
    /// `later_than` with a span back from now.
    expect_later_than_ago(span) {
        en "later than {span} ago",
        es "posterior a hace {span}",
        fr "datant de moins de {span}",
    }
    /// `empty = true`.
    expect_empty() { en "empty", es "vacío", fr "vide" }
    /// `empty = false`.
    expect_filled() { en "not empty", es "no vacío", fr "non vide" }
    /// `same_set_as`.
    expect_same_set(values) {
        en "same set as {values}",
        es "los mismos elementos que {values}",
        fr "les mêmes éléments que {values}",
    }
}

impl Text {
    /// What the fact of a step was held against. A journal keeps it in English; where no expectation of the step says that,
    /// it stays as it was written.
    pub fn expected(self, step: &Step, fact: &Fact) -> String {
        self.expected_of(step, &fact.property, &fact.expected)
    }

    /// The same of what a journal keeps of an expectation.
    pub(crate) fn expected_of(self, step: &Step, property: &str, expected: &str) -> String {
        let of_fact = step.expectations().iter().find(|expectation| {
            expectation.property.as_deref().unwrap_or_default() == property
                && expectation.to_string() == expected
        });
        let covers = step.covers().filter(|covers| covers.to_string() == expected);
        let own = of_fact.map(|expectation| self.expectation(expectation));
        own.or_else(|| covers.map(|covers| self.covers(covers))).unwrap_or_else(|| expected.to_owned())
    }

    pub fn expectation(self, expectation: &Expectation) -> String {
        let test = &expectation.test;
        match (test, expectation.rows) {
            (Test::Present, Rows::All | Rows::Any) => self.expect_some_row(),
            (Test::Present, Rows::None) => self.expect_no_rows(),
            (Test::Present, Rows::Count(count)) => self.expect_rows(count),
            (_, Rows::All) => self.expect_test(test),
            (_, Rows::Any) => self.expect_any_row(self.expect_test(test)),
            (_, Rows::None) => self.expect_no_row(self.expect_test(test)),
            (_, Rows::Count(count)) => self.expect_count(self.expect_test(test), count),
        }
    }

    pub(super) fn expect_test(self, test: &Test) -> String {
        let one = |value: &Operand| match value {
            Operand::Property(path) => self.expect_of_row(path),
            Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) | Operand::Input(_) => value.to_string(),
        };
        let list = |values: &[Operand]| values.iter().map(one).collect::<Vec<_>>().join(", ");
        match test {
            Test::Present => self.expect_present(),
            Test::Is(value) => self.expect_is(one(value)),
            Test::IsNot(value) => self.expect_is_not(one(value)),
            Test::OneOf(values) => self.expect_one_of(list(values)),
            Test::Matches(pattern) => self.expect_matches(pattern.as_str()),
            Test::Contains(value) => self.expect_contains(one(value)),
            Test::AtLeast(bound) => self.expect_at_least(one(bound)),
            Test::AtMost(bound) => self.expect_at_most(one(bound)),
            Test::VersionAtLeast(bound) => self.expect_version(one(bound)),
            Test::LaterThan(lead) => match lead.back() {
                Some(span) => self.expect_later_than_ago(span),
                None => self.expect_later(one(lead)),
            },
            Test::Empty(Emptiness::Empty) => self.expect_empty(),
            Test::Empty(Emptiness::Filled) => self.expect_filled(),
            Test::SameSetAs(values) => self.expect_same_set(list(values)),
        }
    }
}

#[cfg(test)]
mod tests;
