//! Sentences of the plain mode, and words that lines and screens share.

use super::Text;
use crate::shell::Stream;

sentences! {
    plain_retry_question() {
        en "1 = try again, 0 = leave: ",
        es "1 = reintentar, 0 = salir: ",
        fr "1 = réessayer, 0 = quitter : ",
    }
    ask_user(user) { en "User name [{user}]: ", es "Usuario [{user}]: ", fr "Utilisateur [{user}] : " }
    ask_password() { en "Password: ", es "Contraseña: ", fr "Mot de passe : " }
    ask_number(default) { en "Number [{default}]: ", es "Número [{default}]: ", fr "Numéro [{default}] : " }
    plain_keys() {
        en "Enter = next step · number = that step · a = check all · l = list · g = gate · i = inputs · r = reconnect · q = quit",
        es "Intro = paso siguiente · número = ese paso · a = comprobar todo · l = lista · g = puerta · i = entradas · r = reconectar · q = salir",
        fr "Entrée = étape suivante · numéro = cette étape · a = tout vérifier · l = liste · g = porte · i = entrées · r = reconnecter · q = quitter",
    }
    plain_input_question() {
        en "Number of the input to change (empty = none): ",
        es "Número de la entrada que desea cambiar (vacío = ninguna): ",
        fr "Numéro de l’entrée à changer (vide = aucune) : ",
    }
    /// There are none.
    plain_no_inputs() { en "this checklist asks for nothing", es "esta lista no pide nada", fr "cette liste ne demande rien" }
    plain_next(number, title) {
        en "Next (Enter): {number}. {title}",
        es "Siguiente (Intro): {number}. {title}",
        fr "Suivante (Entrée) : {number}. {title}",
    }
    plain_menu_open() {
        en "The gate is OPEN: s = start migration",
        es "La puerta está ABIERTA: s = iniciar la migración",
        fr "La porte est OUVERTE : s = démarrer la migration",
    }
    plain_unknown(typed) {
        en "“{typed}” is none of these",
        es "«{typed}» no es ninguna de estas opciones",
        fr "« {typed} » n’en fait pas partie",
    }
    plain_no_shell() {
        en "PowerShell is not running (r starts it again)",
        es "PowerShell no está en marcha (r lo reinicia)",
        fr "PowerShell n’est pas démarré (r le relance)",
    }
    plain_reconnect() { en "r connects again", es "r vuelve a conectar", fr "r reconnecte" }
    plain_runs(command) { en "runs: {command}", es "ejecuta: {command}", fr "exécute : {command}" }
    plain_would_run(command) { en "would run: {command}", es "ejecutaría: {command}", fr "exécuterait : {command}" }
    plain_changes(changes) { en "changes: {changes}", es "cambia: {changes}", fr "modifie : {changes}" }
    plain_apply_question() {
        en "1 = run it, 2 = only check again, 0 = leave it: ",
        es "1 = ejecutarlo, 2 = solo comprobar de nuevo, 0 = dejarlo: ",
        fr "1 = l’exécuter, 2 = seulement revérifier, 0 = laisser : ",
    }
    plain_attest_name() {
        en "Your name, if you state this (empty = not): ",
        es "Su nombre, si lo declara (vacío = no): ",
        fr "Votre nom, si vous le déclarez (vide = non) : ",
    }
    plain_attest_note() { en "Note: ", es "Nota: ", fr "Note : " }
    plain_confirm(word) {
        en "Every step was checked again and is green. Type {word} to hand off: ",
        es "Todos los pasos se comprobaron de nuevo y están verdes. Escriba {word} para entregar: ",
        fr "Toutes les étapes ont été revérifiées et sont vertes. Tapez {word} pour remettre : ",
    }
    plain_sealed(head) {
        en "SEALED. Head code: {head}",
        es "SELLADA. Código de cabeza: {head}",
        fr "SCELLÉE. Code de tête : {head}",
    }
    plain_stated(name, statement) {
        en "stated by {name}: {statement}",
        es "declarado por {name}: {statement}",
        fr "déclaré par {name} : {statement}",
    }
    remedy_line(say) { en "remedy: {say}", es "remedio: {say}", fr "remède : {say}" }
    apply_failed_line(message) {
        en "its command failed: {message}",
        es "su comando falló: {message}",
        fr "sa commande a échoué : {message}",
    }
    attestation_missing(statement) {
        en "to be stated by a person: {statement}",
        es "lo debe declarar una persona: {statement}",
        fr "à déclarer par une personne : {statement}",
    }
    fact_line(property, expected, found) {
        en "{property} expected: {expected}; found: {found}",
        es "{property} esperado: {expected}; hallado: {found}",
        fr "{property} attendu : {expected} ; trouvé : {found}",
    }
    stream_output() { en "out", es "salida", fr "sortie" }
    stream_error() { en "error", es "error", fr "erreur" }
    stream_warning() { en "warning", es "aviso", fr "avert." }
    stream_verbose() { en "verbose", es "detalle", fr "détail" }
    stream_debug() { en "debug", es "depur.", fr "débog." }
    stream_information() { en "info", es "info", fr "info" }
    stream_progress() { en "progress", es "progreso", fr "progrès" }
    stream_noise() { en "noise", es "ruido", fr "bruit" }
}

impl Text {
    pub fn stream(self, stream: Stream) -> String {
        match stream {
            Stream::Output => self.stream_output(),
            Stream::Error => self.stream_error(),
            Stream::Warning => self.stream_warning(),
            Stream::Verbose => self.stream_verbose(),
            Stream::Debug => self.stream_debug(),
            Stream::Information => self.stream_information(),
            Stream::Progress => self.stream_progress(),
            Stream::Noise => self.stream_noise(),
        }
    }
}
