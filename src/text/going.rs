//! A run that goes on by itself.

use super::Text;
use crate::checklist::StepId;
use crate::run::{Count, GoEnd, Going, HeldBy};

sentences! {
    /// To have it no longer go on by itself.
    key_end_going() { en "stop going on", es "dejar de avanzar", fr "cesser d’avancer" }
    /// To have it go on by itself, in lines.
    plain_key_go_on() {
        en "go on until you are needed",
        es "seguir hasta que haga falta usted",
        fr "continuer tant que possible sans vous",
    }
    /// What Enter does first in a new run.
    hint_go_on() {
        en "check step by step, until you are needed; only this session changes",
        es "comprobar paso a paso hasta que haga falta usted; solo cambia esta sesión",
        fr "vérifier étape par étape, tant que possible sans vous ; seule cette session change",
    }
    going_on(count) {
        en "going on by itself: {count}",
        es "avanza por sí sola: {count}",
        fr "avance d’elle-même : {count}",
    }
    held_at(step, why) {
        en "held at “{step}”: {why}",
        es "detenida en «{step}»: {why}",
        fr "arrêtée à « {step} » : {why}",
    }
    held_by_question() { en "PowerShell asks", es "PowerShell pregunta", fr "PowerShell pose une question" }
    held_by_statement() {
        en "a statement is needed",
        es "hace falta una declaración",
        fr "une déclaration est nécessaire",
    }
    held_by_input() { en "an input is missing", es "falta una entrada", fr "une entrée manque" }
    held_by_change(what) {
        en "to be confirmed, it changes {what}",
        es "hay que confirmarlo, cambia {what}",
        fr "à confirmer, modifie {what}",
    }
    held_by_wait() {
        en "waiting until it is green",
        es "se espera a que esté verde",
        fr "en attente du vert",
    }
    plain_goes(held, key) {
        en "It goes on by itself; {held}. {key}.",
        es "Avanza por sí sola; {held}. {key}.",
        fr "Elle avance d’elle-même ; {held}. {key}.",
    }
    go_done() {
        en "it went on by itself until every required step was green",
        es "avanzó por sí sola hasta que todos los pasos obligatorios estuvieron verdes",
        fr "elle a avancé d’elle-même jusqu’à ce que toutes les étapes obligatoires soient vertes",
    }
    go_done_but(advisory) {
        en "it went on by itself until every required step was green; advisory, not green: {advisory}",
        es "avanzó por sí sola hasta que todos los pasos obligatorios estuvieron verdes; orientativos, sin verde: {advisory}",
        fr "elle a avancé d’elle-même jusqu’à ce que toutes les étapes obligatoires soient vertes ; indicatives, sans vert : {advisory}",
    }
    go_stopped() {
        en "it no longer goes on by itself: it was stopped",
        es "ya no avanza por sí sola: se detuvo",
        fr "elle n’avance plus d’elle-même : elle a été arrêtée",
    }
    go_declined() {
        en "it no longer goes on by itself: a question was not answered",
        es "ya no avanza por sí sola: quedó una pregunta sin respuesta",
        fr "elle n’avance plus d’elle-même : une question est restée sans réponse",
    }
    watch_went(user, host) {
        en "{user} on {host} has it go on by itself",
        es "{user} en {host} hace que avance por sí sola",
        fr "{user} sur {host} la laisse avancer d’elle-même",
    }
    /// A command that the run started by itself, in a table.
    report_by_itself(purpose) {
        en "{purpose}, by itself",
        es "{purpose}, por sí sola",
        fr "{purpose}, d’elle-même",
    }
}

impl Text {
    /// How a run stands that goes on by itself. `title` gives a step's title.
    pub fn going(self, going: &Going<'_>, count: &Count, title: &dyn Fn(&StepId) -> String) -> String {
        match going {
            Going::On => self.going_on(self.count(count)),
            Going::Held { step, by } => self.held_at(title(step), self.go_held_by(by)),
        }
    }

    fn go_held_by(self, by: &HeldBy) -> String {
        match by {
            HeldBy::Question => self.held_by_question(),
            HeldBy::Statement => self.held_by_statement(),
            HeldBy::Input => self.held_by_input(),
            HeldBy::Change(changes) => self.held_by_change(self.changes(*changes)),
            HeldBy::Wait => self.held_by_wait(),
            HeldBy::Status(status) => self.status(status),
        }
    }

    /// Why it does not go on by itself any more, where so many advisory steps are not green.
    pub fn go_ended(self, why: GoEnd, advisory: usize) -> String {
        match why {
            GoEnd::Done if advisory > 0 => self.go_done_but(advisory),
            GoEnd::Done => self.go_done(),
            GoEnd::Stopped => self.go_stopped(),
            GoEnd::Declined => self.go_declined(),
        }
    }
}
