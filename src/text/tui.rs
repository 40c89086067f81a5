//! Sentences of the screens: around them, the briefing, the steps and their output.

mod dialogs;
mod gate;
mod keys;
mod list;

use super::Text;
use crate::run::{Count, Heading, MoreErrors, ShellEnd, VerdictReason};
use crate::sanitize::escape_controls;

sentences! {
    // Around every screen.
    tagline() {
        en "prerequisites, checked one by one",
        es "requisitos previos, comprobados uno a uno",
        fr "prérequis, vérifiés un par un",
    }
    rehearsal_banner(scenario) {
        en "REHEARSAL “{scenario}”: nothing here is real, not even the gate",
        es "ENSAYO «{scenario}»: nada de esto es real, tampoco la puerta",
        fr "RÉPÉTITION « {scenario} » : rien ici n’est réel, pas même la porte",
    }
    rehearsal_try(what) { en "Try: {what}", es "Pruebe: {what}", fr "Essayez : {what}" }
    too_small(columns, rows, has_columns, has_rows) {
        en "The window is too small: {has_columns}x{has_rows}. Make it at least {columns}x{rows}. Nothing is lost.",
        es "La ventana es demasiado pequeña: {has_columns}x{has_rows}. Hágala de al menos {columns}x{rows}. No se pierde nada.",
        fr "La fenêtre est trop petite : {has_columns}x{has_rows}. Agrandissez-la à {columns}x{rows} au moins. Rien n’est perdu.",
    }
    /// The terminal can only print.
    dumb_terminal(term) {
        en "As far as is known the terminal can only print lines (TERM={term}), so the wizard asks in lines, as with --plain.",
        es "Que se sepa, el terminal solo puede mostrar líneas (TERM={term}); el asistente pregunta en líneas, como con --plain.",
        fr "Autant qu’on sache, le terminal ne peut afficher que des lignes (TERM={term}) : l’assistant interroge en lignes, comme avec --plain.",
    }
    /// A command runs behind a window that is too small.
    small_at_work(key) {
        en "A command is running. {key} twice ends it and leaves.",
        es "Hay un comando en curso. {key} dos veces lo termina y sale.",
        fr "Une commande est en cours. {key} deux fois y met fin et quitte.",
    }
    small_once_more(key) {
        en "A command is running. {key} once more ends it and leaves.",
        es "Hay un comando en curso. {key} una vez más lo termina y sale.",
        fr "Une commande est en cours. {key} encore une fois y met fin et quitte.",
    }
    count_green(green, all) { en "{green} of {all} green", es "{green} de {all} verdes", fr "{green} sur {all} verts" }
    /// Above steps of no group that follow one.
    no_group() { en "No group", es "Sin grupo", fr "Sans groupe" }
    count_of(done, all) { en "{done} of {all}", es "{done} de {all}", fr "{done} sur {all}" }
    gate_word_open() { en "gate open", es "puerta abierta", fr "porte ouverte" }
    gate_word_locked() { en "gate locked", es "puerta cerrada", fr "porte verrouillée" }
    gate_word_sealed() { en "sealed", es "sellada", fr "scellée" }
    refused(why) { en "Not now: {why}.", es "Ahora no: {why}.", fr "Pas maintenant : {why}." }
    shell_closed(key) {
        en "PowerShell was closed. {key} starts it again; what lived in its session must be done again.",
        es "PowerShell se cerró. {key} lo inicia de nuevo; lo que vivía en su sesión debe repetirse.",
        fr "PowerShell a été fermé. {key} le relance ; ce qui vivait dans sa session est à refaire.",
    }
    shell_killed(key) {
        en "PowerShell did not stop in time and was ended. {key} starts it again; what lived in its session must be done again.",
        es "PowerShell no se detuvo a tiempo y se terminó. {key} lo inicia de nuevo; lo que vivía en su sesión debe repetirse.",
        fr "PowerShell ne s’est pas arrêté à temps et a été tué. {key} le relance ; ce qui vivait dans sa session est à refaire.",
    }
    shell_died(detail, key) {
        en "PowerShell is gone ({detail}). {key} starts it again; what lived in its session must be done again.",
        es "PowerShell ya no está ({detail}). {key} lo inicia de nuevo; lo que vivía en su sesión debe repetirse.",
        fr "PowerShell a disparu ({detail}). {key} le relance ; ce qui vivait dans sa session est à refaire.",
    }
    /// The shell never came.
    shell_never_came(detail, key) {
        en "PowerShell could not be started: {detail}. {key} tries again.",
        es "No se pudo iniciar PowerShell: {detail}. {key} lo intenta de nuevo.",
        fr "PowerShell n’a pas pu être démarré : {detail}. {key} réessaie.",
    }

    session_broken(steps, key) {
        en "The session has broken or expired: {steps}. {key} connects again.",
        es "La sesión se ha roto o ha caducado: {steps}. {key} vuelve a conectar.",
        fr "La session est rompue ou a expiré : {steps}. {key} reconnecte.",
    }

    /// A session went with the greenlight that had it.
    session_of_earlier_greenlight(steps, key) {
        en "The earlier greenlight is gone, and its PowerShell with it: {steps}. {key} connects again.",
        es "El greenlight anterior ya no está, ni su PowerShell: {steps}. {key} vuelve a conectar.",
        fr "Le greenlight précédent n’est plus là, et son PowerShell non plus : {steps}. {key} reconnecte.",
    }
    /// A session went with the PowerShell that held it.
    session_of_earlier_shell(steps, key) {
        en "The PowerShell that held it is gone: {steps}. {key} connects again.",
        es "El PowerShell que la tenía ya no está: {steps}. {key} vuelve a conectar.",
        fr "Le PowerShell qui la portait n’est plus là : {steps}. {key} reconnecte.",
    }

    // Choosing.
    choose_resume() { en "GO ON WITH", es "CONTINUAR", fr "REPRENDRE" }
    choose_new() { en "BEGIN", es "EMPEZAR", fr "COMMENCER" }
    choose_rehearse() { en "REHEARSE: NOTHING IS CHANGED", es "ENSAYAR: NO SE CAMBIA NADA", fr "RÉPÉTER : RIEN N’EST MODIFIÉ" }
    choose_sealed() { en "HANDED OFF", es "ENTREGADAS", fr "REMISES" }
    choose_nothing() { en "There is nothing to open.", es "No hay nada que abrir.", fr "Il n’y a rien à ouvrir." }
    no_powershell() {
        en "No PowerShell was found on this computer, so no step can run here. Install Windows PowerShell 3.0 or later, or name one with --powershell PATH. Until then you can rehearse: the same wizard on scripted answers.",
        es "No se encontró PowerShell en este equipo, así que aquí no puede ejecutarse ningún paso. Instale Windows PowerShell 3.0 o posterior, o indique uno con --powershell RUTA. Mientras tanto puede ensayar: el mismo asistente con respuestas preparadas.",
        fr "Aucun PowerShell n’a été trouvé sur cet ordinateur : aucune étape ne peut s’exécuter ici. Installez Windows PowerShell 3.0 ou ultérieur, ou indiquez-en un avec --powershell CHEMIN. En attendant, vous pouvez répéter : le même assistant avec des réponses préparées.",
    }

    // The briefing.
    label_source() { en "Source", es "Fuente", fr "Source" }
    label_folder() { en "Folder", es "Carpeta", fr "Dossier" }
    label_operator() { en "Operator", es "Operador", fr "Opérateur" }
    label_mode() { en "Mode", es "Modo", fr "Mode" }
    label_powershell() { en "PowerShell", es "PowerShell", fr "PowerShell" }
    label_steps() { en "Steps", es "Pasos", fr "Étapes" }
    label_file() { en "File", es "Archivo", fr "Fichier" }
    label_head() { en "Head code", es "Código", fr "Code" }
    user_on_host(user, host) { en "{user} on {host}", es "{user} en {host}", fr "{user} sur {host}" }
    mode_live() { en "live: commands run in PowerShell", es "real: los comandos se ejecutan en PowerShell", fr "réel : les commandes s’exécutent dans PowerShell" }
    mode_rehearsal(scenario) {
        en "rehearsal of “{scenario}”: answers are scripted",
        es "ensayo de «{scenario}»: las respuestas están preparadas",
        fr "répétition de « {scenario} » : les réponses sont préparées",
    }
    shell_opening() { en "PowerShell is starting", es "PowerShell se está iniciando", fr "PowerShell démarre" }
    shell_none_yet() { en "not started yet", es "aún no iniciado", fr "pas encore démarré" }
    shell_will_be(program) { en "{program}, not started yet", es "{program}, aún no iniciado", fr "{program}, pas encore démarré" }
    steps_required(all, required) {
        en "{all} in all, {required} required",
        es "{all} en total, {required} obligatorios",
        fr "{all} en tout, {required} obligatoires",
    }
    steps_stated(count) { en "{count} stated by a person", es "{count} declarados por una persona", fr "{count} déclarées par une personne" }
    steps_changing(count) {
        en "{count} can change more than the session",
        es "{count} pueden cambiar más que la sesión",
        fr "{count} peuvent modifier plus que la session",
    }
    several_values() { en "(several, with commas)", es "(varios, con comas)", fr "(plusieurs, avec des virgules)" }
    may_stay_empty() { en "(may stay empty)", es "(puede quedar vacío)", fr "(peut rester vide)" }
    choices_are(back, on, choices) {
        en "{back} and {on} choose: {choices}",
        es "{back} y {on} eligen: {choices}",
        fr "{back} et {on} choisissent : {choices}",
    }
    button_begin() { en "Start PowerShell and begin", es "Iniciar PowerShell y empezar", fr "Démarrer PowerShell et commencer" }
    button_continue() { en "Continue to the steps", es "Continuar a los pasos", fr "Continuer vers les étapes" }

    // Steps.
    pane_steps() { en "STEPS", es "PASOS", fr "ÉTAPES" }
    /// The key that leads to the end of the step's page.
    key_page_end() { en "end of the page", es "final de la página", fr "fin de la page" }
    pane_output() { en "OUTPUT", es "SALIDA", fr "SORTIE" }
    /// Until when a green lasts.
    until(clock) { en "until {clock}", es "hasta {clock}", fr "jusqu’à {clock}" }
    /// A minute of the day after today, behind the word for until.
    tomorrow_at(clock) { en "tomorrow {clock}", es "mañana {clock}", fr "demain {clock}" }
    checked_at(clock) { en "checked {clock}", es "comprobado {clock}", fr "vérifié {clock}" }
    a_statement() { en "a statement", es "una declaración", fr "une déclaration" }
    advisory() { en "advisory", es "orientativo", fr "indicatif" }
    /// A step that will be checked after what runs now.
    queued() { en "queued", es "en cola", fr "en file" }
    heading_check() { en "Check (should only read)", es "Comprobación (solo debería leer)", fr "Vérification (ne devrait que lire)" }
    heading_apply(changes) { en "Apply (changes {changes})", es "Aplicación (cambia {changes})", fr "Application (modifie {changes})" }
    /// A command by one word, where it stands apart from its page.
    label_check() { en "Check", es "Comprobación", fr "Vérification" }
    label_apply() { en "Apply", es "Aplicación", fr "Application" }
    heading_statement() { en "Stated by a named person, not measured", es "Lo declara una persona, no se mide", fr "Déclaré par une personne, non mesuré" }
    heading_remedy() { en "What to do", es "Qué hacer", fr "Que faire" }
    /// Above remedies beside the one that comes first.
    heading_otherwise() { en "Otherwise", es "Si no", fr "Sinon" }
    heading_why() { en "Why it matters", es "Por qué importa", fr "Pourquoi c’est important" }
    /// Above a command.
    heading_enter_runs(command, key) { en "{command} · {key} runs it", es "{command} · {key} lo ejecuta", fr "{command} · {key} l’exécute" }
    heading_errors() { en "Errors", es "Errores", fr "Erreurs" }
    heading_warnings() { en "Warnings", es "Avisos", fr "Avertissements" }
    more_warnings(count) { en "more warnings: {count}", es "más avisos: {count}", fr "autres avertissements : {count}" }
    heading_docs() { en "Read more", es "Más información", fr "En savoir plus" }
    apply_failed() { en "The last apply failed", es "La última aplicación falló", fr "La dernière application a échoué" }
    stated_by(name, clock) { en "Stated by {name}, {clock}", es "Declarado por {name}, {clock}", fr "Déclaré par {name}, {clock}" }
    with_note(note) { en "Note: {note}", es "Nota: {note}", fr "Note : {note}" }
    /// The heading of a table's column.
    column_property() { en "Property", es "Propiedad", fr "Propriété" }
    /// The heading of a table's column.
    column_expected() { en "Expected", es "Esperado", fr "Attendu" }
    /// The heading of a table's column.
    column_found() { en "Found", es "Encontrado", fr "Trouvé" }
    /// A fact about the object and not about a property.
    the_object() { en "(the object)", es "(el objeto)", fr "(l’objet)" }
    /// An empty value.
    found_nothing() { en "(nothing)", es "(nada)", fr "(rien)" }
    reason_met() { en "everything is as expected", es "todo es como se espera", fr "tout est comme attendu" }
    reason_unmet_one() { en "1 expectation not met", es "1 expectativa sin cumplir", fr "1 attente non remplie" }
    reason_unmet_many(count) {
        en "{count} expectations not met",
        es "{count} expectativas sin cumplir",
        fr "{count} attentes non remplies",
    }
    /// No rows.
    reason_no_rows() { en "the command returned nothing", es "el comando no devolvió nada", fr "la commande n’a rien renvoyé" }
    reason_failed() { en "the command reported an error", es "el comando informó de un error", fr "la commande a signalé une erreur" }
    more_errors_counted(count) { en "more errors: {count}", es "más errores: {count}", fr "autres erreurs : {count}" }
    /// Errors that are not shown, and what they were done to.
    more_errors_of(count, targets) { en "more errors: {count} ({targets})", es "más errores: {count} ({targets})", fr "autres erreurs : {count} ({targets})" }
    /// What an expectation hangs on could not be read.
    reason_unread() {
        en "the object could not be read whole, so nothing is known of it; let the command select what is to be checked",
        es "el objeto no se pudo leer entero y no se sabe nada de él; haga que el comando seleccione lo que se comprueba",
        fr "l’objet n’a pas pu être lu en entier et on n’en sait rien ; faites sélectionner par la commande ce qui est à vérifier",
    }
    /// The property that an expectation hangs on could not be read.
    reason_unread_property(property) {
        en "{property} did not come through whole, so nothing is known of it; let the command select it, as in: | Select-Object @{{ n = 'Name'; e = {{ $_.{property} }} }}",
        es "{property} no llegó entero y no se sabe nada de él; haga que el comando lo seleccione, como en: | Select-Object @{{ n = 'Name'; e = {{ $_.{property} }} }}",
        fr "{property} n’est pas arrivé en entier et on n’en sait rien ; faites-le sélectionner par la commande, comme dans : | Select-Object @{{ n = 'Name'; e = {{ $_.{property} }} }}",
    }
    /// Other steps take what stands in its rows, and there is too much of it.
    reason_too_much_kept() {
        en "it gave more values for other steps than are kept (100,000, or 8 MiB of text); let the command select fewer rows",
        es "dio más valores para otros pasos de los que se guardan (100 000, u 8 MiB de texto); haga que el comando seleccione menos filas",
        fr "elle a donné plus de valeurs pour d’autres étapes qu’il n’en est gardé (100 000, ou 8 Mio de texte) ; faites sélectionner moins de lignes par la commande",
    }
    /// A warning where none may be.
    reason_warned(warning) { en "the command warned: {warning}", es "el comando avisó: {warning}", fr "la commande a averti : {warning}" }
    reason_unbound(variable) {
        en "the session does not let ${variable} be set, so the command was not run; start PowerShell again",
        es "la sesión no permite fijar ${variable}, así que el comando no se ejecutó; inicie PowerShell de nuevo",
        fr "la session ne permet pas de définir ${variable} : la commande n’a pas été exécutée ; relancez PowerShell",
    }
    reason_cut() {
        en "the output was larger than is kept",
        es "la salida era mayor de lo que se guarda",
        fr "la sortie dépassait ce qui est conservé",
    }
    reason_unanswered(asked) {
        en "the command asked “{asked}” and got no answer",
        es "el comando preguntó «{asked}» y no obtuvo respuesta",
        fr "la commande a demandé « {asked} » et n’a pas eu de réponse",
    }
    /// A question to sign in from a session that had been there.
    reason_session_expired(asked) {
        en "the session has expired: the command asked for a new sign-in (“{asked}”)",
        es "la sesión ha caducado: el comando pidió iniciar sesión de nuevo («{asked}»)",
        fr "la session a expiré : la commande a demandé une nouvelle connexion (« {asked} »)",
    }
    reason_stopped() { en "you stopped it", es "usted lo detuvo", fr "vous l’avez arrêtée" }
    reason_shell_lost() { en "PowerShell ended while the command ran", es "PowerShell terminó durante el comando", fr "PowerShell s’est terminé pendant la commande" }

    // What the next key does.
    hint_reconnect() { en "start PowerShell", es "iniciar PowerShell", fr "démarrer PowerShell" }
    hint_needs(step) { en "go to what is needed first: {step}", es "ir a lo que falta antes: {step}", fr "aller à ce qu’il faut d’abord : {step}" }
    hint_input() { en "give the inputs it needs", es "dar las entradas que necesita", fr "donner les entrées nécessaires" }
    hint_check() { en "check whether it holds", es "comprobar si se cumple", fr "vérifier si c’est le cas" }
    hint_apply_session() {
        en "apply it; only this session changes",
        es "aplicarlo; solo cambia esta sesión",
        fr "l’appliquer ; seule cette session change",
    }
    hint_apply() { en "apply it (asks first)", es "aplicarlo (pregunta antes)", fr "l’appliquer (avec question)" }
    hint_attest() { en "state that it holds", es "declarar que se cumple", fr "déclarer que c’est le cas" }
    hint_onward() { en "go on to the next step", es "seguir con el paso siguiente", fr "passer à l’étape suivante" }

    // Output.
    no_output_yet() { en "this step has run nothing yet", es "este paso aún no ha ejecutado nada", fr "cette étape n’a encore rien exécuté" }
    /// Nothing vouches for what a command printed: its process went meanwhile.
    output_lost_with_process() {
        en "No record says what it printed.",
        es "Ningún registro dice qué mostró.",
        fr "Aucun enregistrement ne dit ce qui a été affiché.",
    }
    /// A transcript is not what was written.
    output_faulty(file, fault) {
        en "Not shown, for it is not what was recorded: {file}: {fault}",
        es "No se muestra, porque no es lo que se registró: {file}: {fault}",
        fr "Non affichée, car ce n’est pas ce qui a été enregistré : {file} : {fault}",
    }
    /// A transcript is held against its record before it is shown.
    output_looked_at(percent) { en "held against its record, {percent} %", es "comparándola con su registro, {percent} %", fr "comparée à son enregistrement, {percent} %" }
    output_searched(percent) { en "searching, {percent} %", es "buscando, {percent} %", fr "recherche, {percent} %" }
    attempt_of(place, all) { en "attempt {place} of {all}", es "intento {place} de {all}", fr "tentative {place} sur {all}" }
    printed_nothing() { en "It printed nothing.", es "No mostró nada.", fr "Rien n’a été affiché." }
    output_of_check() { en "check", es "comprobación", fr "vérification" }
    output_of_apply() { en "apply", es "aplicación", fr "application" }
    /// The output is an apply's, and that of its own check.
    output_of_both() { en "apply, check", es "aplicación, comprobación", fr "application, vérification" }
    running_check() { en "checking", es "comprobando", fr "vérification" }
    running_apply() { en "applying", es "aplicando", fr "application" }
    looking_after() { en "looking after the session", es "cuidando la sesión", fr "surveillance de la session" }
    elapsed_of(elapsed, limit) { en "{elapsed} / {limit}", es "{elapsed} / {limit}", fr "{elapsed} / {limit}" }
    silent_for(seconds) { en "no output for {seconds} s", es "sin salida {seconds} s", fr "sans sortie {seconds} s" }
    /// Nothing came for so long that a program may be waiting.
    waits_in_vain() {
        en "A program that waits for keys waits in vain: no screen, no keyboard.",
        es "Un programa que espere teclas espera en vano: sin pantalla ni teclado.",
        fr "Un programme qui attend une touche attend en vain : ni écran ni clavier.",
    }
    stopping() { en "stopping", es "deteniendo", fr "arrêt en cours" }
    timed_out_stopping() { en "out of time, stopping", es "tiempo agotado, deteniendo", fr "temps écoulé, arrêt en cours" }
    scrolled_back(key) { en "scrolled back, {key} follows", es "desplazado, {key} sigue", fr "défilé, {key} suit" }
    /// Older lines are only in a file.
    older_lines(count, path) { en "{count} older lines are in {path}", es "{count} líneas anteriores en {path}", fr "{count} lignes plus anciennes dans {path}" }
    kept_in(path) { en "kept in {path}", es "guardado en {path}", fr "conservé dans {path}" }
    /// Only one stream is shown.
    only_stream(stream) { en "only {stream}", es "solo {stream}", fr "{stream} seulement" }
    found_of(place, all) { en "found {place} of {all}", es "encontrada {place} de {all}", fr "trouvée {place} sur {all}" }
    found_none(words) { en "no line has “{words}”", es "ninguna línea tiene «{words}»", fr "aucune ligne ne contient « {words} »" }
}

impl Text {
    /// How PowerShell ended, and the key that starts it again.
    pub fn shell_ended(self, end: &ShellEnd, key: &str) -> String {
        match end {
            ShellEnd::Closed => self.shell_closed(key),
            ShellEnd::Killed => self.shell_killed(key),
            ShellEnd::Died { detail } => self.shell_died(detail, key),
            ShellEnd::StartFailed { detail } => self.shell_never_came(detail, key),
        }
    }

    /// What stands above the steps of a group: its name, and how many of them are green.
    pub fn heading(self, heading: &Heading<'_>) -> (String, String) {
        let name = heading.group.map_or_else(|| self.no_group(), |group| group.get(self.lang()).to_owned());
        let count = match heading.count {
            Count { required: 0, not_applying: 0, .. } => self.advisory(),
            count => self.count(&count),
        };
        (name, count)
    }

    /// The errors that are not shown, with what the first of them were done to.
    pub fn more_errors(self, more: &MoreErrors) -> String {
        const SHOWN: usize = 20;
        let mut targets: Vec<_> =
            more.targets.iter().take(SHOWN).map(|target| escape_controls(target)).collect();
        if more.targets.len() > SHOWN {
            targets.push("…".into());
        }
        match targets.as_slice() {
            [] => self.more_errors_counted(more.count),
            targets => self.more_errors_of(more.count, targets.join(", ")),
        }
    }

    pub fn verdict_reason(self, reason: &VerdictReason) -> String {
        match reason {
            VerdictReason::Met => self.reason_met(),
            VerdictReason::Unmet { count: 1 } => self.reason_unmet_one(),
            VerdictReason::Unmet { count } => self.reason_unmet_many(count),
            VerdictReason::NotCovered => self.reason_not_covered(),
            VerdictReason::NothingToCover => self.reason_nothing_to_cover(),
            VerdictReason::CoversUnread { property } => self.reason_covers_unread(escape_controls(property)),
            VerdictReason::NoRows => self.reason_no_rows(),
            VerdictReason::Failed => self.reason_failed(),
            VerdictReason::Cut => self.reason_cut(),
            VerdictReason::Unread { property } if property.is_empty() => self.reason_unread(),
            VerdictReason::Unread { property } => self.reason_unread_property(escape_controls(property)),
            VerdictReason::SubjectUnclear { scope, names } if names.is_empty() => {
                self.why_no_subject(self.scope(*scope))
            }
            VerdictReason::SubjectUnclear { scope, names } => {
                self.why_several_subjects(self.scope(*scope), names.join(", "))
            }
            VerdictReason::TooMuchKept => self.reason_too_much_kept(),
            VerdictReason::Unanswered { asked } => self.reason_unanswered(asked),
            VerdictReason::SessionExpired { asked } => self.reason_session_expired(asked),
            VerdictReason::Stopped => self.reason_stopped(),
            VerdictReason::TimedOut { silent, limit_ms } => self.reason_timed_out(*silent, *limit_ms),
            VerdictReason::Warned { warning } => self.reason_warned(warning),
            VerdictReason::Unbound { variable } => self.reason_unbound(variable),
            VerdictReason::ShellLost => self.reason_shell_lost(),
        }
    }
}
