//! Sentences about the run: verdicts, why a green ended, why the gate is locked, why a command was refused.

use super::Text;
use crate::checklist::StepId;
use crate::run::{Assessment, Lost, Moment, Refusal, Run, StaleCause, StepStatus, Verdict};

sentences! {
    word_green() { en "green", es "verde", fr "vert" }
    /// The word for a green that a person stated, and no command measured.
    word_stated() { en "stated", es "declarado", fr "déclaré" }
    /// The word for a step whose state does not hold.
    word_red() { en "red", es "rojo", fr "rouge" }
    /// The word for a step that could not be found out.
    word_undetermined() { en "undetermined", es "indeterminado", fr "indéterminé" }
    /// The word for a step that we stopped watching.
    word_interrupted() { en "interrupted", es "interrumpido", fr "interrompu" }
    /// The word for a step that never ran.
    word_not_run() { en "not run", es "sin ejecutar", fr "non exécuté" }
    /// The word for a step that needs one that is not green.
    word_waiting() { en "waits", es "espera", fr "attend" }
    /// The word for a step whose command, which changes only the session, is still to be run.
    word_to_do() { en "to do", es "por hacer", fr "à faire" }
    word_running() { en "running", es "en curso", fr "en cours" }
    /// The word for a step whose condition is not met.
    word_does_not_apply() { en "does not apply", es "no se aplica", fr "ne s’applique pas" }
    /// The word for a green that no longer counts.
    word_stale() { en "stale", es "caducado", fr "périmé" }

    stale_expired(limit) {
        en "its green is older than {limit}; check it again",
        es "su verde tiene más de {limit}; compruébelo de nuevo",
        fr "son vert a plus de {limit} ; vérifiez à nouveau",
    }
    stale_session() {
        en "the PowerShell session in which it was green has ended",
        es "la sesión de PowerShell en la que estaba verde ha terminado",
        fr "la session PowerShell dans laquelle il était vert s’est terminée",
    }
    /// A green whose session with the other side has expired.
    stale_expired_session() {
        en "its session has expired: a command asked to sign in anew",
        es "su sesión ha caducado: un comando pidió iniciar sesión de nuevo",
        fr "sa session a expiré : une commande a demandé une nouvelle connexion",
    }
    lost_with_it(what) {
        en "Lost with it: {what}.",
        es "Se perdió con él: {what}.",
        fr "Perdu avec lui : {what}.",
    }
    /// A question to sign in that comes from a session.
    session_has_expired(steps, key) {
        en "This command has a session to use, and yet it asks to sign in: the session has expired ({steps}). Decline, then connect again: {key}.",
        es "Este comando tiene una sesión que usar y aun así pide iniciar sesión: la sesión ha caducado ({steps}). Rechace y vuelva a conectar: {key}.",
        fr "Cette commande dispose d’une session et demande pourtant une connexion : la session a expiré ({steps}). Refusez, puis reconnectez-vous : {key}.",
    }
    stale_resumed() {
        en "it was green before the run was resumed; check it again",
        es "estaba verde antes de reanudar; compruébelo de nuevo",
        fr "il était vert avant la reprise ; vérifiez à nouveau",
    }
    /// An input on which the green depended has changed.
    stale_input(input) {
        en "the input “{input}” has changed since",
        es "la entrada «{input}» ha cambiado desde entonces",
        fr "l’entrée « {input} » a changé depuis",
    }
    stale_need_changed(step) {
        en "“{step}” was changed after this was checked",
        es "«{step}» cambió después de esta comprobación",
        fr "« {step} » a été modifié après cette vérification",
    }
    /// A step that it needs was found red since.
    stale_need_was_red(step) {
        en "“{step}” was found not to hold after this was checked",
        es "se comprobó que «{step}» no se cumple después de esta comprobación",
        fr "« {step} » s’est avéré non rempli après cette vérification",
    }
    /// A step whose names it covers has found others since.
    stale_names(step) {
        en "“{step}” found other names after this was checked",
        es "«{step}» encontró otros nombres después de esta comprobación",
        fr "« {step} » a trouvé d’autres noms après cette vérification",
    }
    /// A step that it needs lived in a session that has ended since.
    stale_need_session(step) {
        en "the session in which “{step}” was green has ended since",
        es "la sesión en la que «{step}» estaba verde ha terminado desde entonces",
        fr "la session dans laquelle « {step} » était vert s’est terminée depuis",
    }
    /// Its own apply has run since.
    stale_applied() {
        en "it was applied since; check it again",
        es "se aplicó después; compruébelo de nuevo",
        fr "elle a été appliquée depuis ; vérifiez à nouveau",
    }
    stale_clock() {
        en "the clock was set back since; check it again",
        es "el reloj se atrasó desde entonces; compruébelo de nuevo",
        fr "l’horloge a reculé depuis ; vérifiez à nouveau",
    }

    /// A step that was never checked.
    why_not_run() { en "has not been checked", es "no se ha comprobado", fr "n’a pas été vérifié" }
    why_running() { en "is running now", es "está en curso", fr "est en cours" }
    /// Its command, which changes only the session, was not run in this one.
    why_to_do() {
        en "it has not been applied in this PowerShell yet",
        es "aún no se ha aplicado en este PowerShell",
        fr "elle n’a pas encore été appliquée dans ce PowerShell",
    }
    /// A step that it needs was applied since its own command was run.
    why_apply_again(step) {
        en "“{step}” was applied after it; apply this step again too, because what it left in the session is from before that",
        es "«{step}» se aplicó después; vuelva a aplicar también este paso, porque lo que dejó en la sesión es anterior a eso",
        fr "« {step} » a été appliqué ensuite ; appliquez cette étape de nouveau elle aussi, car ce qu’elle a laissé dans la session est plus ancien",
    }
    /// Its command failed where an earlier one had not.
    why_apply_failed_again() {
        en "its last apply failed, and what answers now may be left from an earlier one: apply it again",
        es "su última aplicación falló, y lo que responde ahora puede ser lo que dejó una anterior: aplíquelo de nuevo",
        fr "sa dernière application a échoué, et ce qui répond peut venir d’une application antérieure : appliquez-la de nouveau",
    }
    apply_cut() {
        en "the apply was cut off, and what it did is not known: check it",
        es "la aplicación se cortó y no se sabe qué hizo: compruébelo",
        fr "l’application a été coupée, et son effet est inconnu : vérifiez",
    }
    /// Steps that must be green first.
    waits_for(steps) { en "waits for {steps}", es "espera a {steps}", fr "attend {steps}" }
    clauses(first, second) { en "{first}; {second}", es "{first}; {second}", fr "{first} ; {second}" }
    quoted_step(step) { en "“{step}”", es "«{step}»", fr "« {step} »" }

    refused_sealed() {
        en "this run is sealed: nothing can be added to it",
        es "esta ejecución está sellada: no se le puede añadir nada",
        fr "cette exécution est scellée : rien ne peut y être ajouté",
    }
    refused_busy() {
        en "a command is running; wait for it, or stop it first",
        es "hay un comando en curso; espere o deténgalo primero",
        fr "une commande est en cours ; attendez-la ou arrêtez-la d’abord",
    }
    /// A step that this one needs is not green.
    refused_needs(step) {
        en "“{step}” must be green first",
        es "antes debe estar verde «{step}»",
        fr "« {step} » doit d’abord être vert",
    }
    refused_input_missing(input) {
        en "the input “{input}” has no value yet",
        es "la entrada «{input}» aún no tiene valor",
        fr "l’entrée « {input} » n’a pas encore de valeur",
    }
    refused_input_invalid(input, why) {
        en "“{input}”: {why}",
        es "«{input}»: {why}",
        fr "« {input} » : {why}",
    }
    refused_unknown(name) {
        en "this checklist has no “{name}”",
        es "esta lista no contiene «{name}»",
        fr "cette liste ne contient pas « {name} »",
    }
    refused_no_apply() {
        en "this step has no command that changes anything",
        es "este paso no tiene ningún comando que cambie algo",
        fr "cette étape n’a aucune commande qui modifie quelque chose",
    }
    refused_unconfirmed() {
        en "this changes something and was not confirmed",
        es "esto cambia algo y no se ha confirmado",
        fr "ceci modifie quelque chose et n’a pas été confirmé",
    }
    /// The step is a statement by a person, not a command; or the other way round.
    refused_wrong_kind() {
        en "this step cannot be done that way",
        es "este paso no se puede hacer así",
        fr "cette étape ne peut pas se faire ainsi",
    }
    /// An attestation without a name.
    refused_nameless() {
        en "a statement needs the name of the person who makes it",
        es "una declaración necesita el nombre de quien la hace",
        fr "une déclaration demande le nom de la personne qui la fait",
    }
    refused_locked(count) {
        en "the gate is locked: {count} step(s) are not green",
        es "la puerta está cerrada: {count} paso(s) sin verde",
        fr "la porte est verrouillée : {count} étape(s) sans vert",
    }
    /// Nothing is running, asked or begun that this command could speak to.
    refused_nothing() {
        en "nothing is running or waiting that this could be done to",
        es "no hay nada en curso ni en espera a lo que aplicar eso",
        fr "rien n’est en cours ni en attente à quoi appliquer cela",
    }
    refused_confirmation(word) {
        en "type {word} exactly to confirm",
        es "escriba exactamente {word} para confirmar",
        fr "tapez exactement {word} pour confirmer",
    }
    refused_no_shell() {
        en "PowerShell is not running; start it again first",
        es "PowerShell no está en marcha; inícielo de nuevo primero",
        fr "PowerShell n’est pas démarré ; relancez-le d’abord",
    }
    refused_holds() {
        en "it is green: there is nothing to change",
        es "está verde: no hay nada que cambiar",
        fr "c’est vert : il n’y a rien à modifier",
    }
    gate_open() {
        en "every required step is green",
        es "todos los pasos obligatorios están verdes",
        fr "toutes les étapes obligatoires sont vertes",
    }
}

impl Text {
    /// The advisory steps that are not green, under what is said of them; nothing where there are none.
    pub(crate) fn advisory_not_green(self, run: &Run, now: Moment) -> Option<(String, Vec<String>)> {
        let line = |step: &Assessment<'_>| {
            format!("{}: {}", step.step.title.get(self.lang()), self.status(&step.status))
        };
        let steps: Vec<String> = run.advisory_not_green(now).iter().map(line).collect();
        (!steps.is_empty()).then(|| (self.gate_advisory(), steps))
    }

    /// The title of a step behind its number in the checklist.
    pub fn numbered(self, run: &Run, step: &StepId) -> String {
        let place = run.checklist().steps.iter().position(|known| known.id == *step);
        let title = run.name_of(step.as_str(), self.lang());
        place.map_or_else(|| title.clone(), |place| format!("{}. {title}", place + 1))
    }

    pub fn verdict(self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Green => self.word_green(),
            Verdict::Red => self.word_red(),
            Verdict::Undetermined => self.word_undetermined(),
            Verdict::Interrupted => self.word_interrupted(),
        }
    }

    /// The word for a status; a running step says so.
    pub fn status(self, status: &StepStatus) -> String {
        match status {
            StepStatus::NotRun => self.word_not_run(),
            StepStatus::Waiting => self.word_waiting(),
            StepStatus::ToDo => self.word_to_do(),
            StepStatus::Running(_) => self.word_running(),
            StepStatus::DoesNotApply => self.word_does_not_apply(),
            StepStatus::Polling => self.word_polling(),
            StepStatus::Green => self.word_green(),
            StepStatus::Stale(_) => self.word_stale(),
            StepStatus::Red => self.word_red(),
            StepStatus::Undetermined => self.word_undetermined(),
            StepStatus::Interrupted => self.word_interrupted(),
        }
    }

    /// The word for how a step stands; that somebody stated it is never taken for a measured green.
    pub fn standing(self, assessment: &Assessment<'_>) -> String {
        if assessment.is_stated() { self.word_stated() } else { self.status(&assessment.status) }
    }

    /// Why a green no longer counts. `name` gives the title of a step or input from its id.
    pub fn stale(self, cause: &StaleCause, name: &dyn Fn(&str) -> String) -> String {
        match cause {
            StaleCause::Expired { limit } => self.stale_expired(limit),
            StaleCause::SessionEnded => self.stale_session(),
            StaleCause::SessionExpired => self.stale_expired_session(),
            StaleCause::Resumed => self.stale_resumed(),
            StaleCause::InputChanged { input } => self.stale_input(name(input.as_str())),
            StaleCause::Needs { step } => self.waits_for(self.quoted_step(name(step.as_str()))),
            StaleCause::NeedChanged { step } => self.stale_need_changed(name(step.as_str())),
            StaleCause::SubjectChanged { scope } => self.stale_subject(self.scope(*scope)),
            StaleCause::NeedWasRed { step } => self.stale_need_was_red(name(step.as_str())),
            StaleCause::NamesChanged { step } => self.stale_names(name(step.as_str())),
            StaleCause::NeedSessionEnded { step } => self.stale_need_session(name(step.as_str())),
            StaleCause::AppliesOtherwise { step } => self.stale_applies_otherwise(name(step.as_str())),
            StaleCause::Applied => self.stale_applied(),
            StaleCause::ClockSetBack => self.stale_clock(),
        }
    }

    /// What was lost with a PowerShell process, if anything was. `name` gives the title of a step from its id.
    pub fn lost(self, lost: &Lost, name: &dyn Fn(&str) -> String) -> Option<String> {
        let steps = lost.steps.iter().map(|step| format!("“{}”", name(step.as_str())));
        let what: Vec<String> = lost.variables.iter().cloned().chain(steps).collect();
        (!what.is_empty()).then(|| self.lost_with_it(what.join(", ")))
    }

    /// Why the machine refused a command. `name` gives the title of a step or input from its id.
    pub fn refusal(self, refusal: &Refusal, name: &dyn Fn(&str) -> String) -> String {
        match refusal {
            Refusal::Sealed => self.refused_sealed(),
            Refusal::Busy => self.refused_busy(),
            Refusal::NeedsFirst(step) => self.refused_needs(name(step.as_str())),
            Refusal::InputMissing(input) => self.refused_input_missing(name(input.as_str())),
            Refusal::InputInvalid { input, why } => {
                self.refused_input_invalid(name(input.as_str()), self.input_problem(why))
            }
            Refusal::Unknown(what) => self.refused_unknown(what),
            Refusal::DoesNotApply(why) => self.refused_does_not_apply(self.why_not(why, name)),
            Refusal::NotKnownToApply(why) => self.not_told(self.why_not(why, name)),
            Refusal::NoApply => self.refused_no_apply(),
            Refusal::Unconfirmed => self.refused_unconfirmed(),
            Refusal::WrongKind => self.refused_wrong_kind(),
            Refusal::Nameless => self.refused_nameless(),
            Refusal::Locked(reasons) => self.refused_by_gate(reasons),
            Refusal::Nothing => self.refused_nothing(),
            Refusal::Confirmation { expected } => self.refused_confirmation(expected),
            Refusal::NoShell => self.refused_no_shell(),
            Refusal::SubjectUnknown { scope, step } => {
                self.refused_subject_unknown(self.scope(*scope), name(step.as_str()))
            }
            Refusal::SubjectChanged(subject) => {
                self.refused_subject_changed(self.scope(subject.scope), self.subject(subject))
            }
            Refusal::Holds => self.refused_holds(),
            Refusal::Extended => self.refused_extended(),
        }
    }
}
