//! Sentences about subjects: what the work is done to, and what follows from another being found.

use super::Text;
use crate::checklist::Changes;
use crate::run::{ApplyGivenUp, FoundSubject, KnownSubject};

sentences! {
    the_tenant() { en "tenant", es "inquilino", fr "locataire" }
    the_forest() { en "forest", es "bosque", fr "forêt" }
    the_computer() { en "computer", es "equipo", fr "ordinateur" }
    subject_named(scope, name) { en "{scope}: {name}", es "{scope}: {name}", fr "{scope} : {name}" }
    subject_with_id(name, id) { en "{name} ({id})", es "{name} ({id})", fr "{name} ({id})" }
    /// It was found, and nobody knows whether it still is that one.
    subject_in_doubt(name) { en "{name} (to be checked again)", es "{name} (por comprobar de nuevo)", fr "{name} (à vérifier de nouveau)" }
    /// The run has gone on since, or a check could not tell which one it is.
    subject_last_said(name) {
        en "{name}, as last found",
        es "{name}, según la última comprobación",
        fr "{name}, d’après la dernière vérification",
    }
    subject_not_found() { en "not found yet", es "aún sin determinar", fr "pas encore déterminé" }

    stale_subject(scope) {
        en "another {scope} was found since; check it again",
        es "desde entonces se encontró otro {scope}; compruébelo de nuevo",
        fr "un autre objet ({scope}) a été trouvé depuis ; vérifiez à nouveau",
    }
    /// The check names nothing that the work would be done to.
    why_no_subject(scope) {
        en "what it returned does not say which {scope} it is about",
        es "lo que devolvió no dice de qué {scope} se trata",
        fr "ce qu’elle a renvoyé ne dit pas de quel objet il s’agit ({scope})",
    }
    why_several_subjects(scope, names) {
        en "what it returned names more than one {scope}: {names}",
        es "lo que devolvió nombra más de un {scope}: {names}",
        fr "ce qu’elle a renvoyé nomme plusieurs objets ({scope}) : {names}",
    }
    refused_subject_unknown(scope, step) {
        en "which {scope} this would change is not known: “{step}” must be checked first",
        es "no se sabe qué {scope} cambiaría: antes hay que comprobar «{step}»",
        fr "on ne sait pas ce que ceci modifierait ({scope}) : « {step} » doit d’abord être vérifié",
    }
    refused_subject_changed(scope, name) {
        en "the {scope} is now {name}, another one than when this was asked",
        es "el {scope} es ahora {name}, otro que cuando se pidió esto",
        fr "l’objet ({scope}) est maintenant {name}, un autre qu’au moment de la question",
    }
    /// What runs is a check before an apply.
    checking_before() { en "checking before the change", es "comprobando antes del cambio", fr "vérification avant la modification" }
    /// A handoff that is given up.
    handoff_subject_changed(scope, name) {
        en "the {scope} is now {name}, another one than this run was for: nothing was handed off",
        es "el {scope} es ahora {name}, otro que el de esta ejecución: no se entregó nada",
        fr "l’objet ({scope}) est maintenant {name}, et non celui de cette exécution : rien n’a été remis",
    }
    given_up_subject_changed(scope, name) {
        en "not applied: the {scope} that its command would change is {name}, another one than was confirmed",
        es "no se aplicó: el {scope} que su comando cambiaría es {name}, otro que el confirmado",
        fr "non appliqué : ce que sa commande modifierait ({scope}) est {name}, et non ce qui a été confirmé",
    }
    given_up_subject_unknown(scope) {
        en "not applied: which {scope} its command would change could not be found out",
        es "no se aplicó: no se pudo averiguar qué {scope} cambiaría su comando",
        fr "non appliqué : impossible de savoir ce que sa commande modifierait ({scope})",
    }
    given_up_holds() {
        en "not applied: it holds already, there is nothing to change",
        es "no se aplicó: ya se cumple, no hay nada que cambiar",
        fr "non appliqué : c’est déjà rempli, il n’y a rien à modifier",
    }
    given_up_not_checked() {
        en "not applied: the check before it did not come to its end",
        es "no se aplicó: la comprobación previa no llegó a su fin",
        fr "non appliqué : la vérification préalable n’est pas arrivée à son terme",
    }
    given_up_needs() {
        en "not applied: a step that it needs is not green any more",
        es "no se aplicó: un paso que necesita ya no está verde",
        fr "non appliqué : une étape dont il dépend n’est plus verte",
    }
}

impl Text {
    /// The word for what a change of that scope is made to.
    pub fn scope(self, scope: Changes) -> String {
        match scope {
            Changes::Tenant => self.the_tenant(),
            Changes::Forest => self.the_forest(),
            // A session is nobody's subject.
            Changes::Computer | Changes::Session => self.the_computer(),
        }
    }

    /// A subject by its name, and by its id where that is another.
    pub fn subject(self, subject: &FoundSubject) -> String {
        if subject.name == subject.id {
            subject.name.clone()
        } else {
            self.subject_with_id(&subject.name, &subject.id)
        }
    }

    /// A subject with its scope, and whether it still is that one.
    pub fn known_subject(self, known: &KnownSubject<'_>) -> String {
        self.subject_line(known.scope, known.found, known.is_sure)
    }

    /// The same of a subject as it was found.
    pub fn subject_line(self, scope: Changes, found: Option<&FoundSubject>, is_sure: bool) -> String {
        let name = match found {
            Some(found) if is_sure => self.subject(found),
            Some(found) => self.subject_in_doubt(self.subject(found)),
            None => self.subject_not_found(),
        };
        self.subject_named(self.scope(scope), name)
    }

    /// A subject as a list of runs has it, from the ends of a journal.
    pub fn listed_subject(self, found: &FoundSubject, is_sure: bool) -> String {
        let name = self.subject(found);
        let name = if is_sure { name } else { self.subject_last_said(name) };
        self.subject_named(self.scope(found.scope), name)
    }

    /// Its name, as much as a header has room for.
    pub fn short_subject(self, known: &KnownSubject<'_>) -> String {
        match known.found {
            Some(found) if known.is_sure => found.name.clone(),
            Some(found) => format!("{}?", found.name),
            None => format!("{}?", self.scope(known.scope)),
        }
    }

    /// What is typed to confirm: what tells the subject, or the word where nobody says what is changed.
    pub fn word_to_type(self, subject: Option<&FoundSubject>, word: String) -> String {
        subject.map_or(word, |subject| subject.to_type().to_owned())
    }

    /// Why an apply that was confirmed was not run.
    pub fn apply_given_up(self, why: &ApplyGivenUp) -> String {
        match why {
            ApplyGivenUp::SubjectChanged { subject } => {
                self.given_up_subject_changed(self.scope(subject.scope), self.subject(subject))
            }
            ApplyGivenUp::SubjectUnknown { scope } => self.given_up_subject_unknown(self.scope(*scope)),
            ApplyGivenUp::Holds => self.given_up_holds(),
            ApplyGivenUp::NotChecked => self.given_up_not_checked(),
            ApplyGivenUp::Needs => self.given_up_needs(),
        }
    }
}
