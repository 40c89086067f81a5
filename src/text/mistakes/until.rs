//! What is the matter with `until`.

use super::super::Text;
use crate::checklist::mistake::UntilFault;

sentences! {
    until_without_apply() {
        en "\"until\" on a step without an apply, which it follows; expected [step.apply] on the same step",
        es "«until» en un paso sin aplicación, a la que sigue; se esperaba [step.apply] en el mismo paso",
        fr "« until » sur une étape sans application, qu’il suit ; [step.apply] est attendu sur la même étape",
    }
    until_too_often() {
        en "\"every\" is too short: each check asks a server and is recorded; expected \"1s\" or longer",
        es "«every» es demasiado corto: cada comprobación consulta a un servidor y se registra; se esperaba \"1s\" o más",
        fr "« every » est trop court : chaque vérification interroge un serveur et est enregistrée ; \"1s\" ou plus est attendu",
    }
    until_too_short() {
        en "\"for\" is shorter than \"every\": no check would follow; expected at least as long",
        es "«for» es más corto que «every»: no seguiría ninguna comprobación; se esperaba al menos lo mismo",
        fr "« for » est plus court que « every » : aucune vérification ne suivrait ; une durée au moins égale est attendue",
    }
}

impl Text {
    pub(super) fn until_fault(self, fault: UntilFault) -> String {
        match fault {
            UntilFault::WithoutApply => self.until_without_apply(),
            UntilFault::TooOften => self.until_too_often(),
            UntilFault::TooShort => self.until_too_short(),
        }
    }
}
