//! Sentences about `when`.

use crate::checklist::mistake::WhenFault;
use crate::text::Text;

sentences! {
    mistake_not_one_when_source() {
        en "\"when\" is about one input or one step; expected {{ input = \"…\", … }} or {{ step = \"…\", property = \"…\", … }}",
        es "«when» trata de una entrada o de un paso; se esperaba {{ input = \"…\", … }} o {{ step = \"…\", property = \"…\", … }}",
        fr "« when » porte sur une entrée ou sur une étape ; attendu : {{ input = \"…\", … }} ou {{ step = \"…\", property = \"…\", … }}",
    }
    mistake_when_of_row() {
        en "\"when\" has no row whose property it could compare with; expected a value or {{ input = \"…\" }}",
        es "«when» no tiene ninguna fila con cuya propiedad comparar; se esperaba un valor o {{ input = \"…\" }}",
        fr "« when » n’a aucune ligne dont comparer une propriété ; attendu : une valeur ou {{ input = \"…\" }}",
    }
    mistake_when_of_several_tests(tests) {
        en "\"when\" has more than one test: {tests}; expected one",
        es "«when» tiene más de una prueba: {tests}; se esperaba una sola",
        fr "« when » a plus d’un test : {tests} ; un seul est attendu",
    }
    mistake_when_without_test(known) {
        en "\"when\" has no test; expected one of {known}",
        es "«when» no tiene ninguna prueba; se esperaba una de estas: {known}",
        fr "« when » n’a pas de test ; attendu, l’un de : {known}",
    }
}

impl Text {
    pub(super) fn when_fault(self, fault: &WhenFault) -> String {
        match fault {
            WhenFault::NotOneSource => self.mistake_not_one_when_source(),
            WhenFault::OfRow => self.mistake_when_of_row(),
            WhenFault::SeveralTests(tests) => self.mistake_when_of_several_tests(tests.join(", ")),
            WhenFault::NoTest { known } => self.mistake_when_without_test(known.join(", ")),
        }
    }
}
