//! Mistakes of a remedy.

use crate::checklist::mistake::GoFault;
use crate::text::Text;

sentences! {
    mistake_go_later(name) {
        en "the step \"{name}\" comes later in the file; expected this step or one that comes earlier: a remedy leads to what is done before",
        es "el paso «{name}» viene después en el archivo; se esperaba este paso o uno anterior: un remedio lleva a lo que se hace antes",
        fr "l’étape « {name} » vient plus loin dans le fichier ; cette étape ou une étape antérieure est attendue : un remède mène à ce qui est fait avant",
    }
    mistake_go_no_apply(name) {
        en "the step \"{name}\" has no [step.apply]; expected a step that has one, or act = \"check\"",
        es "el paso «{name}» no tiene [step.apply]; se esperaba un paso que lo tenga, o act = \"check\"",
        fr "l’étape « {name} » n’a pas de [step.apply] ; une étape qui en a un est attendue, ou act = \"check\"",
    }
    mistake_go_no_check(name) {
        en "the step \"{name}\" has no [step.check]: a person states it; expected a step that has one",
        es "el paso «{name}» no tiene [step.check]: lo declara una persona; se esperaba un paso que lo tenga",
        fr "l’étape « {name} » n’a pas de [step.check] : une personne la déclare ; une étape qui en a un est attendue",
    }
}

impl Text {
    pub(super) fn mistake_go(self, why: &GoFault) -> String {
        match why {
            GoFault::Later(name) => self.mistake_go_later(name),
            GoFault::NoApply(name) => self.mistake_go_no_apply(name),
            GoFault::NoCheck(name) => self.mistake_go_no_check(name),
        }
    }
}
