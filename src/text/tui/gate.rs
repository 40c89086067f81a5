//! Sentences of the gate and the handoff.

use crate::run::{AbandonCause, CONFIRM_WITHIN_MS};
use crate::text::Text;

sentences! {
    /// The button where the checklist names none.
    start_migration() { en "Start migration", es "Iniciar la migración", fr "Démarrer la migration" }
    button_locked(title) { en "LOCKED: {title}", es "BLOQUEADO: {title}", fr "VERROUILLÉ : {title}" }
    button_unlocked(key, title) { en "UNLOCKED, press {key}: {title}", es "DESBLOQUEADO, pulse {key}: {title}", fr "DÉVERROUILLÉ, appuyez sur {key} : {title}" }
    gate_open_long() {
        en "Every required step is green at this moment.",
        es "Todos los pasos obligatorios están verdes en este momento.",
        fr "Toutes les étapes obligatoires sont vertes en ce moment.",
    }
    gate_open_next(key) {
        en "{key} checks every step once more; only if all are still green will you be asked to confirm.",
        es "{key} comprueba cada paso una vez más; solo si todos siguen verdes se le pedirá confirmar.",
        fr "{key} vérifie chaque étape une fois encore ; la confirmation n’est demandée que si toutes restent vertes.",
    }
    gate_rehearsal(scenario) {
        en "This is a rehearsal of “{scenario}”: its handoff is for practice and starts nothing.",
        es "Esto es un ensayo de «{scenario}»: su entrega es de práctica y no inicia nada.",
        fr "Ceci est une répétition de « {scenario} » : sa remise est un exercice et ne démarre rien.",
    }
    gate_locked_by_one(key) {
        en "One required step is not green. {key} goes to it.",
        es "Un paso obligatorio no está verde. {key} lleva a él.",
        fr "Une étape obligatoire n’est pas verte. {key} y mène.",
    }
    gate_locked_by_many(count, key) {
        en "{count} required steps are not green. {key} goes to the selected one.",
        es "{count} pasos obligatorios no están verdes. {key} lleva al seleccionado.",
        fr "{count} étapes obligatoires ne sont pas vertes. {key} mène à celle choisie.",
    }
    hint_all_green() {
        en "every step is green: go to the gate",
        es "todo está verde: ir a la puerta",
        fr "tout est vert : aller à la porte",
    }
    hint_required_green(advisory) {
        en "every required step is green: go to the gate; advisory, not green: {advisory}",
        es "todos los pasos obligatorios están verdes: ir a la puerta; orientativos, sin verde: {advisory}",
        fr "toutes les étapes obligatoires sont vertes : aller à la porte ; indicatives, sans vert : {advisory}",
    }
    gate_advisory() {
        en "Advisory, not green, not counted:",
        es "Orientativos, sin verde, no cuentan:",
        fr "Indicatives, sans vert, non comptées :",
    }
    handoff_rechecking() {
        en "Every step is checked again before the handoff",
        es "Cada paso se comprueba de nuevo antes de la entrega",
        fr "Chaque étape est vérifiée à nouveau avant la remise",
    }
    /// All that a command can find out is green.
    handoff_all_green() {
        en "Every required step that a command can measure was checked just now and is green.",
        es "Todos los pasos obligatorios que un comando puede medir se acaban de comprobar y están verdes.",
        fr "Chaque étape obligatoire qu’une commande peut mesurer vient d’être vérifiée et elle est verte.",
    }
    handoff_stated() {
        en "Not measured, but stated by a person:",
        es "No medido, sino declarado por una persona:",
        fr "Non mesuré, mais déclaré par une personne :",
    }
    handoff_will_write(file) {
        en "Confirming writes {file} and a manifest into the run’s folder, and seals the run: nothing can be added to it afterwards. It does not start the migration itself.",
        es "Al confirmar se escriben {file} y un manifiesto en la carpeta de la ejecución, y esta queda sellada: después no se le puede añadir nada. No inicia la migración por sí mismo.",
        fr "La confirmation écrit {file} et un manifeste dans le dossier de l’exécution et la scelle : rien ne peut y être ajouté ensuite. Elle ne démarre pas elle-même la migration.",
    }
    type_to_confirm(word, key) {
        en "Type {word} and press {key}",
        es "Escriba {word} y pulse {key}",
        fr "Tapez {word} puis {key}",
    }
    handoff_writing() { en "Writing the handoff", es "Escribiendo la entrega", fr "Écriture de la remise" }
    handoff_not_written(detail) {
        en "The handoff could not be written: {detail}. Mend that, and start the handoff again.",
        es "No se pudo escribir la entrega: {detail}. Corríjalo y empiece la entrega de nuevo.",
        fr "La remise n’a pas pu être écrite : {detail}. Corrigez cela, puis recommencez la remise.",
    }
    handoff_not_green() {
        en "The handoff was given up: a step was no longer green when it was checked again.",
        es "La entrega se abandonó: un paso ya no estaba verde al comprobarlo de nuevo.",
        fr "La remise a été abandonnée : une étape n’était plus verte à la nouvelle vérification.",
    }
    handoff_too_late(minutes) {
        en "The confirmation came more than {minutes} minutes after the checks, so it does not count: begin again.",
        es "La confirmación llegó más de {minutes} minutos después de las comprobaciones y no cuenta: empiece de nuevo.",
        fr "La confirmation est venue plus de {minutes} minutes après les vérifications et ne compte pas : recommencez.",
    }
    sealed_at(clock) { en "Handed off and sealed, {clock}", es "Entregada y sellada, {clock}", fr "Remise et scellée, {clock}" }
    sealed_meaning() {
        en "Nothing can be added to this run any more. Note the head code: it proves the journal.",
        es "Ya no se puede añadir nada a esta ejecución. Anote el código: prueba el diario.",
        fr "Rien ne peut plus être ajouté à cette exécution. Notez le code : il prouve le journal.",
    }
    heading_next() { en "What to do next", es "Qué hacer ahora", fr "La suite" }
}

impl Text {
    /// To the gate, where it is open; how many advisory steps are not green.
    pub fn hint_gate(self, advisory: usize) -> String {
        match advisory {
            0 => self.hint_all_green(),
            advisory => self.hint_required_green(advisory),
        }
    }

    /// Why the gate is locked, and the key that leads to the reason.
    pub fn gate_locked_because(self, count: usize, key: &str) -> String {
        match count {
            1 => self.gate_locked_by_one(key),
            _ => self.gate_locked_by_many(count, key),
        }
    }
}

impl Text {
    /// Why a handoff was given up, unless the operator did.
    pub fn abandoned(self, why: &AbandonCause) -> Option<String> {
        match why {
            AbandonCause::WriteFailed { detail } => Some(self.handoff_not_written(detail)),
            AbandonCause::NotGreen => Some(self.handoff_not_green()),
            AbandonCause::SubjectChanged { subject } => {
                Some(self.handoff_subject_changed(self.scope(subject.scope), self.subject(subject)))
            }
            AbandonCause::TooLate => Some(self.handoff_too_late(CONFIRM_WITHIN_MS / 60_000)),
            AbandonCause::Operator => None,
        }
    }
}
