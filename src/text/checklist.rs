//! Sentences about checklists and inputs.

use super::Text;
use crate::checklist::{Changes, InputProblem};

sentences! {
    input_missing() { en "a value is needed", es "se necesita un valor", fr "une valeur est nécessaire" }
    /// Several values were given for an input that takes one.
    input_too_many() { en "only one value is allowed", es "solo se admite un valor", fr "une seule valeur est admise" }
    /// A control character stands in a value.
    input_control() {
        en "it contains a control character",
        es "contiene un carácter de control",
        fr "elle contient un caractère de contrôle",
    }
    input_not_like(value, example) {
        en "“{value}” does not look like {example}",
        es "«{value}» no se parece a {example}",
        fr "« {value} » ne ressemble pas à {example}",
    }
    input_out_of_range(value, min, max) {
        en "{value} is not between {min} and {max}",
        es "{value} no está entre {min} y {max}",
        fr "{value} n’est pas entre {min} et {max}",
    }
    /// None of the choices.
    input_not_a_choice(value, choices) {
        en "“{value}” is not one of {choices}",
        es "«{value}» no es uno de {choices}",
        fr "« {value} » ne fait pas partie de {choices}",
    }
    input_not_matching(value, pattern) {
        en "“{value}” does not match {pattern}",
        es "«{value}» no cumple {pattern}",
        fr "« {value} » ne correspond pas à {pattern}",
    }
    changes_session() {
        en "only this PowerShell session",
        es "solo esta sesión de PowerShell",
        fr "seulement cette session PowerShell",
    }
    changes_computer() { en "this computer", es "este equipo", fr "cet ordinateur" }
    changes_forest() {
        en "the on-premises deployment (forest-wide)",
        es "la implementación local (todo el bosque)",
        fr "le déploiement local (toute la forêt)",
    }
    changes_tenant() {
        en "the online tenant, for all its users",
        es "el inquilino en línea, para todos sus usuarios",
        fr "le locataire en ligne, pour tous ses utilisateurs",
    }
}

impl Text {
    pub fn input_problem(self, problem: &InputProblem) -> String {
        match problem {
            InputProblem::Missing => self.input_missing(),
            InputProblem::TooMany => self.input_too_many(),
            InputProblem::Control => self.input_control(),
            InputProblem::NotLike { value, example } => self.input_not_like(value, example),
            InputProblem::OutOfRange { value, min, max } => self.input_out_of_range(value, min, max),
            InputProblem::NotAChoice { value, choices } => self.input_not_a_choice(value, choices),
            InputProblem::IsNot { value, form } => self.is_not_of_form(value, *form),
            InputProblem::NotMatching { value, pattern } => self.input_not_matching(value, pattern),
        }
    }

    pub fn changes(self, changes: Changes) -> String {
        match changes {
            Changes::Session => self.changes_session(),
            Changes::Computer => self.changes_computer(),
            Changes::Forest => self.changes_forest(),
            Changes::Tenant => self.changes_tenant(),
        }
    }
}
