//! Sentences of the plain mode, and words that lines and screens share.

use super::Text;
use crate::run::{Purpose, Trigger};
use crate::shell::Stream;

sentences! {
    key_back() { en "back", es "volver", fr "retour" }
    key_check_all() { en "check all", es "comprobar todo", fr "tout vérifier" }
    key_gate() { en "gate", es "puerta", fr "porte" }
    key_inputs() { en "inputs", es "entradas", fr "entrées" }
    key_page_down() { en "page on", es "página adelante", fr "page suivante" }
    key_quit() { en "quit", es "salir", fr "quitter" }
    key_reconnect() { en "reconnect", es "reconectar", fr "reconnecter" }
    key_retry() { en "try again", es "reintentar", fr "réessayer" }
    key_rows() { en "failing rows", es "filas que fallan", fr "lignes en échec" }

    /// One key of several that are offered.
    key_does(key, does) { en "{key} = {does}", es "{key} = {does}", fr "{key} = {does}" }
    /// What is offered, and a place to type it.
    plain_choose(offers) { en "{offers}: ", es "{offers}: ", fr "{offers} : " }
    plain_name_number() { en "number", es "número", fr "numéro" }
    plain_key_next() { en "next step", es "paso siguiente", fr "étape suivante" }
    plain_key_step() { en "that step", es "ese paso", fr "cette étape" }
    plain_key_list() { en "list", es "lista", fr "liste" }
    plain_key_start() { en "start migration", es "iniciar la migración", fr "démarrer la migration" }
    plain_key_leave() { en "leave", es "salir", fr "quitter" }
    plain_key_apply() { en "run it", es "ejecutarlo", fr "l’exécuter" }
    plain_key_check() { en "only check again", es "solo comprobar de nuevo", fr "seulement revérifier" }
    plain_key_not() { en "leave it", es "dejarlo", fr "laisser" }
    plain_key_no_answer() { en "no answer", es "sin respuesta", fr "sans réponse" }
    ask_user(none) { en "User name ({none}): ", es "Usuario ({none}): ", fr "Utilisateur ({none}) : " }
    /// The name that was given last.
    ask_user_suggested(user, none) {
        en "User name [{user}] ({none}): ",
        es "Usuario [{user}] ({none}): ",
        fr "Utilisateur [{user}] ({none}) : ",
    }
    ask_password() { en "Password: ", es "Contraseña: ", fr "Mot de passe : " }
    ask_number(none) { en "Number ({none}): ", es "Número ({none}): ", fr "Numéro ({none}) : " }
    /// The command has a choice of its own, which nobody has made.
    ask_number_suggested(default, none) {
        en "Number ({default} is suggested, {none}): ",
        es "Número (se sugiere {default}, {none}): ",
        fr "Numéro (suggéré : {default}, {none}) : ",
    }
    plain_number_missing(enter) {
        en "{enter} alone chooses nothing; type the number",
        es "{enter} por sí sola no elige nada; escriba el número",
        fr "{enter} seule ne choisit rien ; tapez le numéro",
    }
    plain_nothing_typed(enter, none) {
        en "nothing was typed; {enter} once more leaves it empty ({none})",
        es "no se ha escrito nada; {enter} otra vez lo deja vacío ({none})",
        fr "rien n’a été saisi ; {enter} encore une fois laisse vide ({none})",
    }
    plain_key_all_pages() { en "all the rest", es "todo lo demás", fr "tout le reste" }
    plain_rows_question() { en "Which step (number)? ", es "¿Qué paso (número)? ", fr "Quelle étape (numéro) ? " }
    plain_input_question() {
        en "Number of the input to change (empty = none): ",
        es "Número de la entrada que desea cambiar (vacío = ninguna): ",
        fr "Numéro de l’entrée à changer (vide = aucune) : ",
    }
    /// There are none.
    plain_no_inputs() { en "this checklist asks for nothing", es "esta lista no pide nada", fr "cette liste ne demande rien" }
    plain_group(name, count) {
        en "Group “{name}”: {count}",
        es "Grupo «{name}»: {count}",
        fr "Groupe « {name} » : {count}",
    }
    plain_no_group(count) { en "No group: {count}", es "Sin grupo: {count}", fr "Sans groupe : {count}" }
    /// A group in a listing of a checklist.
    plain_group_of(name) { en "Group “{name}”", es "Grupo «{name}»", fr "Groupe « {name} »" }
    plain_next(key, number, title) {
        en "Next ({key}): {number}. {title}",
        es "Siguiente ({key}): {number}. {title}",
        fr "Suivante ({key}) : {number}. {title}",
    }
    plain_menu_open(offer) {
        en "The gate is OPEN: {offer}",
        es "La puerta está ABIERTA: {offer}",
        fr "La porte est OUVERTE : {offer}",
    }
    plain_unknown(typed) {
        en "“{typed}” is none of these",
        es "«{typed}» no es ninguna de estas opciones",
        fr "« {typed} » n’en fait pas partie",
    }
    plain_no_shell(key) {
        en "PowerShell is not running ({key} starts it again)",
        es "PowerShell no está en marcha ({key} lo reinicia)",
        fr "PowerShell n’est pas démarré ({key} le relance)",
    }
    plain_reconnect(key) { en "{key} connects again", es "{key} vuelve a conectar", fr "{key} reconnecte" }
    /// The page that the checklist comes from.
    plain_source(page) { en "source: {page}", es "fuente: {page}", fr "source : {page}" }
    plain_runs(command) { en "runs: {command}", es "ejecuta: {command}", fr "exécute : {command}" }
    /// Behind a command that only looks after a session.
    plain_runs_later(command) {
        en "runs when the check that looks after a session has ended: {command}",
        es "ejecuta cuando termine la comprobación que cuida una sesión: {command}",
        fr "exécute quand la vérification qui entretient une session sera finie : {command}",
    }
    plain_would_run(command) { en "would run: {command}", es "ejecutaría: {command}", fr "exécuterait : {command}" }
    plain_changes(changes) { en "changes: {changes}", es "cambia: {changes}", fr "modifie : {changes}" }
    plain_attest_name() {
        en "Your name, if you state this (empty = not): ",
        es "Su nombre, si lo declara (vacío = no): ",
        fr "Votre nom, si vous le déclarez (vide = non) : ",
    }
    plain_attest_note() { en "Note: ", es "Nota: ", fr "Note : " }
    plain_type_to_apply(word) {
        en "Type {word} to run it (anything else = not): ",
        es "Escriba {word} para ejecutarlo (otra cosa = no): ",
        fr "Tapez {word} pour l’exécuter (autre chose = non) : ",
    }
    plain_key_there() { en "do that first", es "hacer eso antes", fr "faire cela d’abord" }
    plain_key_here() { en "go on with this step", es "seguir con este paso", fr "continuer avec cette étape" }
    plain_confirm(word) {
        en "Type {word} to hand off: ",
        es "Escriba {word} para entregar: ",
        fr "Tapez {word} pour remettre : ",
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
    warning_line(warning) { en "warning: {warning}", es "aviso: {warning}", fr "avertissement : {warning}" }
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
        es "{property} esperado: {expected}; encontrado: {found}",
        fr "{property} attendu : {expected} ; trouvé : {found}",
    }
    fact_met_line(property, expected, found) {
        en "{property} as expected: {expected}; found: {found}",
        es "{property} como se esperaba: {expected}; encontrado: {found}",
        fr "{property} comme attendu : {expected} ; trouvé : {found}",
    }
    plain_key_output() { en "output", es "salida", fr "sortie" }
    plain_key_write() { en "write output to a file", es "escribir la salida en un archivo", fr "écrire la sortie dans un fichier" }
    plain_key_help() { en "help", es "ayuda", fr "aide" }
    plain_attempt_question(all, enter) {
        en "Which attempt (1 to {all}, {enter} = the last)? ",
        es "¿Qué intento (1 a {all}, {enter} = el último)? ",
        fr "Quelle tentative (1 à {all}, {enter} = la dernière) ? ",
    }
    plain_write_into(offers) {
        en "Write all of it into [{offers}]: ",
        es "Escribir todo en [{offers}]: ",
        fr "Tout écrire dans [{offers}] : ",
    }
    plain_export(run) {
        en "greenlight export {run} --format html --out FILE writes the log of it",
        es "greenlight export {run} --format html --out ARCHIVO escribe su registro",
        fr "greenlight export {run} --format html --out FICHIER en écrit le journal",
    }
    plain_key_more_time() { en "more time, once", es "más tiempo, una vez", fr "plus de temps, une fois" }
    plain_key_stop() { en "stop the command", es "detener el comando", fr "arrêter la commande" }
    plain_key_empty() { en "empty", es "vacío", fr "vide" }
    /// Before the question of a command.
    step_asks(step) { en "{step} asks:", es "{step} pregunta:", fr "{step} demande :" }
    /// A command of a step begins.
    plain_begins(what, step) { en "{what}: {step}", es "{what}: {step}", fr "{what} : {step}" }
    /// The same, one of so many.
    plain_begins_of(count, what, step) {
        en "{count}, {what}: {step}",
        es "{count}, {what}: {step}",
        fr "{count}, {what} : {step}",
    }
    plain_still_running(progress, keys) {
        en "still running, {progress} ({keys})",
        es "sigue en ejecución, {progress} ({keys})",
        fr "toujours en cours, {progress} ({keys})",
    }
    plain_still_stopping(progress, why) {
        en "still running, {progress}: {why}",
        es "sigue en ejecución, {progress}: {why}",
        fr "toujours en cours, {progress} : {why}",
    }
    plain_stopping(key) {
        en "the command is being stopped; {key} once more leaves greenlight",
        es "se está deteniendo el comando; {key} otra vez sale de greenlight",
        fr "la commande est en cours d’arrêt ; {key} encore une fois quitte greenlight",
    }
    plain_more_time(limit) {
        en "it may take {limit} in all now",
        es "ahora puede tardar {limit} en total",
        fr "elle peut maintenant durer {limit} en tout",
    }
    plain_enter_first(enter) {
        en "Press {enter} first; what you type then is not shown.",
        es "Pulse primero {enter}; lo que escriba después no se muestra.",
        fr "Appuyez d’abord sur {enter} ; ce que vous saisirez ensuite ne s’affiche pas.",
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
    /// What runs.
    pub fn what_runs(self, purpose: Purpose, trigger: Trigger) -> String {
        match (purpose, trigger) {
            (Purpose::Check, Trigger::KeepAlive) => self.looking_after(),
            (Purpose::Check, Trigger::Poll) => self.checking_again(),
            (Purpose::Check, Trigger::BeforeApply) => self.checking_before(),
            (Purpose::Check, Trigger::Asked | Trigger::Reconnect | Trigger::Go) => self.running_check(),
            (Purpose::Apply, _) => self.running_apply(),
        }
    }

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
