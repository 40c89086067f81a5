//! Sentences about what leads to another step: a remedy, or a sign-in that failed.

use super::Text;
use crate::checklist::explain::CommandPurpose;
use crate::checklist::{Act, Changes, Go, StepId};

sentences! {
    lead_check(step) { en "first check: {step}", es "comprobar antes: {step}", fr "vérifier d’abord : {step}" }
    lead_apply_session(step) {
        en "first apply, which changes only this session: {step}",
        es "aplicar antes, solo cambia esta sesión: {step}",
        fr "appliquer d’abord, seule cette session change : {step}",
    }
    lead_apply(step) {
        en "first apply (asks first): {step}",
        es "aplicar antes (pregunta primero): {step}",
        fr "appliquer d’abord (avec question) : {step}",
    }
    one_sign_in_failed() {
        en "1 sign-in has failed; accounts are often locked after a few",
        es "ha fallado 1 inicio de sesión; las cuentas suelen bloquearse tras unos pocos",
        fr "1 connexion a échoué ; les comptes sont souvent verrouillés après quelques échecs",
    }
    several_sign_ins_failed(count) {
        en "{count} sign-ins have failed; accounts are often locked after a few",
        es "han fallado {count} inicios de sesión; las cuentas suelen bloquearse tras unos pocos",
        fr "{count} connexions ont échoué ; les comptes sont souvent verrouillés après quelques échecs",
    }
    /// The key for apply, where it would sign in again with what was refused.
    same_password_again(apply, enter) {
        en "that would try the refused password again: press {apply} once more to do so, {enter} to give another",
        es "eso probaría otra vez la contraseña rechazada: pulse {apply} de nuevo para hacerlo, {enter} para dar otra",
        fr "ce serait retenter le mot de passe refusé : appuyez encore sur {apply} pour le faire, sur {enter} pour en donner un autre",
    }
    go_check(step) { en "leads to: check {step}", es "lleva a: comprobar {step}", fr "mène à : vérifier {step}" }
    go_apply(step) { en "leads to: apply {step}", es "lleva a: aplicar {step}", fr "mène à : appliquer {step}" }
    go_check_here() { en "check this step again", es "comprobar de nuevo este paso", fr "vérifier de nouveau cette étape" }
    go_apply_here() { en "apply this step", es "aplicar este paso", fr "appliquer cette étape" }
    /// What the key does that a remedy asks for.
    go_by_key(key, act) { en "{key}: {act}", es "{key}: {act}", fr "{key} : {act}" }
}

impl Text {
    /// What is done first in another step, for the key that does it.
    pub fn lead(self, step: &str, does: CommandPurpose) -> String {
        match does {
            CommandPurpose::Check => self.lead_check(step),
            CommandPurpose::Apply(Changes::Session) => self.lead_apply_session(step),
            CommandPurpose::Apply(Changes::Computer | Changes::Forest | Changes::Tenant) => {
                self.lead_apply(step)
            }
        }
    }

    /// How many sign-ins have failed in a row, if any has.
    pub fn sign_ins_failed(self, count: u32) -> Option<String> {
        match count {
            0 => None,
            1 => Some(self.one_sign_in_failed()),
            2.. => Some(self.several_sign_ins_failed(count)),
        }
    }

    /// Where a remedy of the step `own` leads. `name` gives the title of a step from its id.
    pub fn go(self, go: &Go, own: &StepId, name: &dyn Fn(&str) -> String) -> String {
        if go.step == *own {
            return self.go_here(go.act);
        }
        let step = self.quoted_step(name(go.step.as_str()));
        match go.act {
            Act::Check => self.go_check(step),
            Act::Apply => self.go_apply(step),
        }
    }

    /// What a remedy asks for that leads to its own step.
    pub fn go_here(self, act: Act) -> String {
        match act {
            Act::Check => self.go_check_here(),
            Act::Apply => self.go_apply_here(),
        }
    }
}
