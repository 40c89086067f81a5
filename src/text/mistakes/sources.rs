//! Sentences about values that are known only in the run, and about what is covered.

use crate::checklist::mistake::SourceFault;
use crate::text::Text;

sentences! {
    mistake_covers_without_key() {
        en "\"covers\" without \"key\": nothing says which row speaks of which name; expected the key of the rows beside it",
        es "«covers» sin «key»: nada dice qué fila habla de qué nombre; se esperaba al lado la clave (key) de las filas",
        fr "« covers » sans « key » : rien ne dit quelle ligne parle de quel nom ; la clé (key) des lignes est attendue à côté",
    }
    mistake_not_one_source_of_names() {
        en "what is covered comes from one place; expected {{ input = \"…\" }}, {{ step = \"…\", property = \"…\" }} or a list of names",
        es "lo que se cubre viene de un solo sitio; se esperaba {{ input = \"…\" }}, {{ step = \"…\", property = \"…\" }} o una lista de nombres",
        fr "ce qui est couvert vient d’un seul endroit ; attendu : {{ input = \"…\" }}, {{ step = \"…\", property = \"…\" }} ou une liste de noms",
    }
    mistake_taken_not_needed(step) {
        en "values of the step \"{step}\" are taken by a step that does not need it; expected \"{step}\" in its needs, directly or through others",
        es "un paso toma valores del paso «{step}» sin necesitarlo; se esperaba «{step}» en su needs, directamente o a través de otros",
        fr "une étape prend des valeurs de l’étape « {step} » sans en dépendre ; « {step} » est attendu dans son needs, directement ou par d’autres étapes",
    }
    mistake_taken_of_statement(step) {
        en "the step \"{step}\" is a statement, which has no rows; expected a step with [step.check]",
        es "el paso «{step}» es una declaración y no tiene filas; se esperaba un paso con [step.check]",
        fr "l’étape « {step} » est une déclaration, qui n’a pas de lignes ; une étape avec [step.check] est attendue",
    }
    mistake_leaves_out_one() {
        en "\"leaves_out\" on an input of one value; expected many = true on the same input",
        es "«leaves_out» en una entrada de un solo valor; se esperaba many = true en la misma entrada",
        fr "« leaves_out » sur une entrée d’une seule valeur ; many = true est attendu sur la même entrée",
    }
}

impl Text {
    pub(super) fn source_fault(self, fault: &SourceFault) -> String {
        match fault {
            SourceFault::CoversWithoutKey => self.mistake_covers_without_key(),
            SourceFault::NotOne => self.mistake_not_one_source_of_names(),
            SourceFault::NotNeeded(step) => self.mistake_taken_not_needed(step.escape_debug()),
            SourceFault::Stated(step) => self.mistake_taken_of_statement(step.escape_debug()),
            SourceFault::LeavesOutOne => self.mistake_leaves_out_one(),
        }
    }
}
