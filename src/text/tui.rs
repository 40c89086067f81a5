//! Sentences of the screens.

mod keys;

use super::Text;
use crate::run::VerdictReason;

sentences! {
    // Around every screen.
    /// What greenlight is, in a few words.
    tagline() {
        en "prerequisites, checked one by one",
        es "requisitos previos, comprobados uno a uno",
        fr "prérequis, vérifiés un par un",
    }
    /// The strip of a rehearsal.
    rehearsal_banner(scenario) {
        en "REHEARSAL “{scenario}”: nothing here is real, and it opens no live gate",
        es "ENSAYO «{scenario}»: nada de esto es real y no abre ninguna puerta de verdad",
        fr "RÉPÉTITION « {scenario} » : rien ici n’est réel, aucune vraie porte ne s’ouvre",
    }
    /// The terminal is too small.
    too_small(columns, rows, has_columns, has_rows) {
        en "The window is too small: {has_columns}x{has_rows}. Make it at least {columns}x{rows}. Nothing is lost.",
        es "La ventana es demasiado pequeña: {has_columns}x{has_rows}. Hágala de al menos {columns}x{rows}. No se pierde nada.",
        fr "La fenêtre est trop petite : {has_columns}x{has_rows}. Agrandissez-la à {columns}x{rows} au moins. Rien n’est perdu.",
    }
    /// How many required steps are green.
    count_green(green, all) { en "{green} of {all} green", es "{green} de {all} verdes", fr "{green} sur {all} verts" }
    /// A count of so many.
    count_of(done, all) { en "{done} of {all}", es "{done} de {all}", fr "{done} sur {all}" }
    /// The gate in the header: open.
    gate_word_open() { en "gate open", es "puerta abierta", fr "porte ouverte" }
    /// The gate in the header: locked.
    gate_word_locked() { en "gate locked", es "puerta cerrada", fr "porte verrouillée" }
    /// The gate in the header: handed off.
    gate_word_sealed() { en "sealed", es "sellada", fr "scellée" }
    /// A refusal, as a notice.
    refused(why) { en "Not now: {why}.", es "Ahora no: {why}.", fr "Pas maintenant : {why}." }
    /// The shell was closed.
    shell_closed() {
        en "PowerShell was closed. R starts it again; what lived in its session must be done again.",
        es "PowerShell se cerró. R lo inicia de nuevo; lo que vivía en su sesión debe repetirse.",
        fr "PowerShell a été fermé. R le relance ; ce qui vivait dans sa session est à refaire.",
    }
    /// The shell was ended by us.
    shell_killed() {
        en "PowerShell did not stop in time and was ended. R starts it again; what lived in its session must be done again.",
        es "PowerShell no se detuvo a tiempo y se terminó. R lo inicia de nuevo; lo que vivía en su sesión debe repetirse.",
        fr "PowerShell ne s’est pas arrêté à temps et a été tué. R le relance ; ce qui vivait dans sa session est à refaire.",
    }
    /// The shell died.
    shell_died(detail) {
        en "PowerShell is gone ({detail}). R starts it again; what lived in its session must be done again.",
        es "PowerShell ya no está ({detail}). R lo inicia de nuevo; lo que vivía en su sesión debe repetirse.",
        fr "PowerShell a disparu ({detail}). R le relance ; ce qui vivait dans sa session est à refaire.",
    }
    /// The shell never came.
    shell_never_came(detail) {
        en "PowerShell could not be started: {detail}. R tries again.",
        es "No se pudo iniciar PowerShell: {detail}. R lo intenta de nuevo.",
        fr "PowerShell n’a pas pu être démarré : {detail}. R réessaie.",
    }

    // Choosing.
    /// The heading over runs to go on with.
    choose_resume() { en "GO ON WITH", es "CONTINUAR", fr "REPRENDRE" }
    /// The heading over checklists.
    choose_new() { en "BEGIN", es "EMPEZAR", fr "COMMENCER" }
    /// The heading over rehearsals.
    choose_rehearse() { en "REHEARSE: NOTHING IS CHANGED", es "ENSAYAR: NO SE CAMBIA NADA", fr "RÉPÉTER : RIEN N’EST MODIFIÉ" }
    /// The heading over sealed runs.
    choose_sealed() { en "HANDED OFF", es "ENTREGADAS", fr "REMISES" }
    /// Nothing can be opened.
    choose_nothing() { en "There is nothing to open.", es "No hay nada que abrir.", fr "Il n’y a rien à ouvrir." }
    /// No PowerShell was found.
    no_powershell() {
        en "No PowerShell was found on this computer, so no step can run here. Install Windows PowerShell 3.0 or later, or name one with --powershell PATH. Until then you can rehearse: the same wizard on scripted answers.",
        es "No se encontró PowerShell en este equipo, así que aquí no puede ejecutarse ningún paso. Instale Windows PowerShell 3.0 o posterior, o indique uno con --powershell RUTA. Mientras tanto puede ensayar: el mismo asistente con respuestas preparadas.",
        fr "Aucun PowerShell n’a été trouvé sur cet ordinateur : aucune étape ne peut s’exécuter ici. Installez Windows PowerShell 3.0 ou ultérieur, ou indiquez-en un avec --powershell CHEMIN. En attendant, vous pouvez répéter : le même assistant avec des réponses préparées.",
    }

    // The briefing.
    /// The label of the run's folder.
    label_folder() { en "Folder", es "Carpeta", fr "Dossier" }
    /// The label of the operator.
    label_operator() { en "Operator", es "Operador", fr "Opérateur" }
    /// The label of the mode.
    label_mode() { en "Mode", es "Modo", fr "Mode" }
    /// The label of the PowerShell.
    label_powershell() { en "PowerShell", es "PowerShell", fr "PowerShell" }
    /// The label of the steps' overview.
    label_steps() { en "Steps", es "Pasos", fr "Étapes" }
    /// The label of a file.
    label_file() { en "File", es "Archivo", fr "Fichier" }
    /// The label of the head code.
    label_head() { en "Head code", es "Código", fr "Code" }
    /// A person at a computer.
    user_on_host(user, host) { en "{user} on {host}", es "{user} en {host}", fr "{user} sur {host}" }
    /// The live mode.
    mode_live() { en "live: commands run in PowerShell", es "real: los comandos se ejecutan en PowerShell", fr "réel : les commandes s’exécutent dans PowerShell" }
    /// The rehearsal.
    mode_rehearsal(scenario) {
        en "rehearsal of “{scenario}”: answers are scripted",
        es "ensayo de «{scenario}»: las respuestas están preparadas",
        fr "répétition de « {scenario} » : les réponses sont préparées",
    }
    /// The shell is being started.
    shell_opening() { en "PowerShell is starting", es "PowerShell se está iniciando", fr "PowerShell démarre" }
    /// No shell was started yet.
    shell_none_yet() { en "not started yet", es "aún no iniciado", fr "pas encore démarré" }
    /// The program that will be started.
    shell_will_be(program) { en "{program}, not started yet", es "{program}, aún no iniciado", fr "{program}, pas encore démarré" }
    /// How many steps there are.
    steps_required(all, required) {
        en "{all} in all, {required} required",
        es "{all} en total, {required} obligatorios",
        fr "{all} en tout, {required} obligatoires",
    }
    /// How many are statements.
    steps_stated(count) { en "{count} stated by a person", es "{count} declarados por una persona", fr "{count} déclarées par une personne" }
    /// How many can change more than the session.
    steps_changing(count) {
        en "{count} can change more than the session",
        es "{count} pueden cambiar más que la sesión",
        fr "{count} peuvent modifier plus que la session",
    }
    /// Behind the label of a list.
    several_values() { en "(several, with commas)", es "(varios, con comas)", fr "(plusieurs, avec des virgules)" }
    /// Behind the label of an optional input.
    may_stay_empty() { en "(may stay empty)", es "(puede quedar vacío)", fr "(peut rester vide)" }
    /// What can be chosen.
    choices_are(choices) {
        en "Left and Right choose: {choices}",
        es "Izquierda y Derecha eligen: {choices}",
        fr "Gauche et Droite choisissent : {choices}",
    }
    /// The button that begins.
    button_begin() { en "Start PowerShell and begin", es "Iniciar PowerShell y empezar", fr "Démarrer PowerShell et commencer" }
    /// The button that goes on.
    button_continue() { en "Continue to the steps", es "Continuar a los pasos", fr "Continuer vers les étapes" }

    // Steps.
    /// The heading of the list.
    pane_steps() { en "STEPS", es "PASOS", fr "ÉTAPES" }
    /// The heading of the output.
    pane_output() { en "OUTPUT", es "SALIDA", fr "SORTIE" }
    /// Until when a green lasts.
    until(clock) { en "until {clock}", es "hasta {clock}", fr "jusqu’à {clock}" }
    /// When the check started.
    checked_at(clock) { en "checked {clock}", es "comprobado {clock}", fr "vérifié {clock}" }
    /// A step that is stated by a person.
    a_statement() { en "a statement", es "una declaración", fr "une déclaration" }
    /// A step that does not count.
    advisory() { en "advisory", es "orientativo", fr "indicatif" }
    /// A step that waits for its check.
    waiting() { en "waiting", es "en espera", fr "en attente" }
    /// Above the check's command.
    heading_check() { en "Check (only reads)", es "Comprobación (solo lee)", fr "Vérification (ne fait que lire)" }
    /// Above the apply's command.
    heading_apply(changes) { en "Apply (changes {changes})", es "Aplicación (cambia {changes})", fr "Application (modifie {changes})" }
    /// Above a statement.
    heading_statement() { en "Stated by a named person, not measured", es "Lo declara una persona, no se mide", fr "Déclaré par une personne, non mesuré" }
    /// Above remedies.
    heading_remedy() { en "What to do", es "Qué hacer", fr "Que faire" }
    /// Above errors.
    heading_errors() { en "Errors", es "Errores", fr "Erreurs" }
    /// Above addresses.
    heading_docs() { en "Read more", es "Más información", fr "En savoir plus" }
    /// The apply failed.
    apply_failed() { en "The last apply failed", es "La última aplicación falló", fr "La dernière application a échoué" }
    /// The apply was cut off.
    apply_cut() {
        en "the apply was cut off: what it did is unknown until a check",
        es "la aplicación se cortó: no se sabe qué hizo hasta comprobarlo",
        fr "l’application a été coupée : son effet est inconnu jusqu’à une vérification",
    }
    /// Who stated it, when.
    stated_by(name, clock) { en "Stated by {name}, {clock}", es "Declarado por {name}, {clock}", fr "Déclaré par {name}, {clock}" }
    /// The note of a statement.
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
    /// Every expectation was met.
    reason_met() { en "everything is as expected", es "todo es como se espera", fr "tout est comme attendu" }
    /// One expectation was not met.
    reason_unmet_one() { en "1 expectation not met", es "1 expectativa sin cumplir", fr "1 attente non remplie" }
    /// Some expectations were not met.
    reason_unmet_many(count) {
        en "{count} expectations not met",
        es "{count} expectativas sin cumplir",
        fr "{count} attentes non remplies",
    }
    /// No rows.
    reason_no_rows() { en "the command returned nothing", es "el comando no devolvió nada", fr "la commande n’a rien renvoyé" }
    /// Errors.
    reason_failed() { en "the command reported an error", es "el comando informó de un error", fr "la commande a signalé une erreur" }
    /// Too much output.
    reason_cut() {
        en "the output was larger than is kept",
        es "la salida era mayor de lo que se guarda",
        fr "la sortie dépassait ce qui est conservé",
    }
    /// An unanswered question.
    reason_unanswered(asked) {
        en "it asked “{asked}” and got no answer",
        es "preguntó «{asked}» y no obtuvo respuesta",
        fr "elle a demandé « {asked} » sans réponse",
    }
    /// Stopped.
    reason_stopped() { en "you stopped it", es "usted lo detuvo", fr "vous l’avez arrêtée" }
    /// Timed out.
    reason_timed_out() { en "it took longer than allowed", es "tardó más de lo permitido", fr "elle a dépassé le temps permis" }
    /// The shell ended.
    reason_shell_lost() { en "PowerShell ended under it", es "PowerShell terminó mientras tanto", fr "PowerShell s’est terminé pendant ce temps" }

    // What Enter does.
    /// Enter starts PowerShell.
    hint_reconnect() { en "start PowerShell", es "iniciar PowerShell", fr "démarrer PowerShell" }
    /// Enter goes to the step that is needed.
    hint_needs(step) { en "go to what is needed first: {step}", es "ir a lo que falta antes: {step}", fr "aller à ce qu’il faut d’abord : {step}" }
    /// Enter asks for the input.
    hint_input() { en "give the inputs it needs", es "dar las entradas que necesita", fr "donner les entrées nécessaires" }
    /// Enter checks.
    hint_check() { en "check whether it holds", es "comprobar si se cumple", fr "vérifier si c’est le cas" }
    /// Enter applies.
    hint_apply_session() {
        en "apply it; only this session changes",
        es "aplicarlo; solo cambia esta sesión",
        fr "l’appliquer ; seule cette session change",
    }
    /// Enter asks whether to apply.
    hint_apply() { en "apply it (asks first)", es "aplicarlo (pregunta antes)", fr "l’appliquer (avec question)" }
    /// Enter opens the statement.
    hint_attest() { en "state that it holds", es "declarar que se cumple", fr "déclarer que c’est le cas" }
    /// Enter goes to the gate.
    hint_gate() { en "every step is green: go to the gate", es "todo está verde: ir a la puerta", fr "tout est vert : aller à la porte" }
    /// Enter goes on.
    hint_onward() { en "go on to the next step", es "seguir con el paso siguiente", fr "passer à l’étape suivante" }

    // Output.
    /// Nothing ran.
    no_output_yet() { en "nothing has run yet", es "aún no se ha ejecutado nada", fr "rien n’a encore été exécuté" }
    /// A check runs.
    running_check() { en "checking", es "comprobando", fr "vérification" }
    /// An apply runs.
    running_apply() { en "applying", es "aplicando", fr "application" }
    /// Time against its limit.
    elapsed_of(elapsed, limit) { en "{elapsed} / {limit}", es "{elapsed} / {limit}", fr "{elapsed} / {limit}" }
    /// Nothing came.
    silent_for(seconds) { en "no output for {seconds} s", es "sin salida {seconds} s", fr "sans sortie {seconds} s" }
    /// A stop was asked for.
    stopping() { en "stopping", es "deteniendo", fr "arrêt en cours" }
    /// The timeout passed.
    timed_out_stopping() { en "out of time, stopping", es "tiempo agotado, deteniendo", fr "temps écoulé, arrêt en cours" }
    /// The output is not followed.
    scrolled_back() { en "scrolled back, f follows", es "desplazado, f sigue", fr "défilé, f suit" }
    /// Older lines are only in the transcript.
    older_lines(count) { en "{count} older lines are in the transcript", es "{count} líneas anteriores en la transcripción", fr "{count} lignes plus anciennes dans la transcription" }

    // The gate and the handoff.
    /// The button where the checklist names none.
    start_migration() { en "Start migration", es "Iniciar la migración", fr "Démarrer la migration" }
    /// The button while the gate is locked.
    button_locked(title) { en "{title}: LOCKED", es "{title}: BLOQUEADO", fr "{title} : VERROUILLÉ" }
    /// The button while the gate is open.
    button_unlocked(title) { en "{title}: UNLOCKED, press Enter", es "{title}: DESBLOQUEADO, pulse Intro", fr "{title} : DÉVERROUILLÉ, appuyez sur Entrée" }
    /// The gate is open.
    gate_open_long() {
        en "Every required step is green at this moment.",
        es "Todos los pasos obligatorios están verdes en este momento.",
        fr "Toutes les étapes obligatoires sont vertes en ce moment.",
    }
    /// What the open gate leads to.
    gate_open_next() {
        en "Enter checks every step once more; only if all are still green will you be asked to confirm.",
        es "Intro comprueba cada paso una vez más; solo si todos siguen verdes se le pedirá confirmar.",
        fr "Entrée vérifie chaque étape une fois encore ; la confirmation n’est demandée que si toutes restent vertes.",
    }
    /// A rehearsal opens no live gate.
    gate_rehearsal(scenario) {
        en "This is a rehearsal of “{scenario}”: its handoff is for practice and starts nothing.",
        es "Esto es un ensayo de «{scenario}»: su entrega es de práctica y no inicia nada.",
        fr "Ceci est une répétition de « {scenario} » : sa remise est un exercice et ne démarre rien.",
    }
    /// Why the gate is locked: one step.
    gate_locked_by_one() {
        en "One required step is not green. Enter goes to it.",
        es "Un paso obligatorio no está verde. Intro lleva a él.",
        fr "Une étape obligatoire n’est pas verte. Entrée y mène.",
    }
    /// Why the gate is locked: several steps.
    gate_locked_by_many(count) {
        en "{count} required steps are not green. Enter goes to the selected one.",
        es "{count} pasos obligatorios no están verdes. Intro lleva al seleccionado.",
        fr "{count} étapes obligatoires ne sont pas vertes. Entrée mène à celle choisie.",
    }
    /// Steps that do not lock the gate.
    gate_advisory() {
        en "Advisory, not green, not counted:",
        es "Orientativos, sin verde, no cuentan:",
        fr "Indicatives, sans vert, non comptées :",
    }
    /// Steps are checked again.
    handoff_rechecking() {
        en "Every step is checked again before the handoff",
        es "Cada paso se comprueba de nuevo antes de la entrega",
        fr "Chaque étape est vérifiée à nouveau avant la remise",
    }
    /// All are green.
    handoff_all_green() {
        en "Every step was checked just now and is green.",
        es "Todos los pasos se acaban de comprobar y están verdes.",
        fr "Chaque étape vient d’être vérifiée et elle est verte.",
    }
    /// What confirming does.
    handoff_will_write(file) {
        en "Confirming writes {file} and a manifest into the run’s folder, and seals the run: nothing can be added to it afterwards. It does not start the migration itself.",
        es "Al confirmar se escriben {file} y un manifiesto en la carpeta de la ejecución, y esta queda sellada: después no se le puede añadir nada. No inicia la migración por sí mismo.",
        fr "La confirmation écrit {file} et un manifeste dans le dossier de l’exécution et la scelle : rien ne peut y être ajouté ensuite. Elle ne démarre pas elle-même la migration.",
    }
    /// The word to type.
    type_to_confirm(word) {
        en "Type {word} and press Enter",
        es "Escriba {word} y pulse Intro",
        fr "Tapez {word} puis Entrée",
    }
    /// The files are being written.
    handoff_writing() { en "Writing the handoff", es "Escribiendo la entrega", fr "Écriture de la remise" }
    /// The files could not be written.
    handoff_not_written(detail) {
        en "The handoff could not be written: {detail}. Mend that, and start the handoff again.",
        es "No se pudo escribir la entrega: {detail}. Corríjalo y empiece la entrega de nuevo.",
        fr "La remise n’a pas pu être écrite : {detail}. Corrigez cela, puis recommencez la remise.",
    }
    /// A step was not green any more.
    handoff_not_green() {
        en "The handoff was given up: a step was no longer green when it was checked again.",
        es "La entrega se abandonó: un paso ya no estaba verde al comprobarlo de nuevo.",
        fr "La remise a été abandonnée : une étape n’était plus verte à la nouvelle vérification.",
    }
    /// The run is sealed.
    sealed_at(clock) { en "Handed off and sealed, {clock}", es "Entregada y sellada, {clock}", fr "Remise et scellée, {clock}" }
    /// What the seal means.
    sealed_meaning() {
        en "Nothing can be added to this run any more. Note the head code: it proves the journal.",
        es "Ya no se puede añadir nada a esta ejecución. Anote el código: prueba el diario.",
        fr "Rien ne peut plus être ajouté à cette exécution. Notez le code : il prouve le journal.",
    }
    /// Above what to do next.
    heading_next() { en "What to do next", es "Qué hacer ahora", fr "La suite" }

    // Dialogs.
    /// The title over leaving while something runs.
    quit_title() { en "Leave while a command runs?", es "¿Salir con un comando en curso?", fr "Quitter pendant une commande ?" }
    /// What leaving does.
    quit_running() {
        en "Leaving ends this command. Its step is then interrupted: unknown until it is checked again.",
        es "Salir termina este comando. Su paso queda interrumpido: desconocido hasta comprobarlo de nuevo.",
        fr "Quitter met fin à cette commande. Son étape est alors interrompue : inconnue jusqu’à une nouvelle vérification.",
    }
    /// The journal stays.
    quit_nothing_lost() {
        en "Everything so far is in the journal; you can go on later.",
        es "Todo lo hecho está en el diario; puede continuar después.",
        fr "Tout est dans le journal ; vous pourrez reprendre plus tard.",
    }
    /// The title over a change.
    confirm_title(step) { en "Apply: {step}", es "Aplicar: {step}", fr "Appliquer : {step}" }
    /// What it changes.
    confirm_changes(changes) { en "This changes {changes}.", es "Esto cambia {changes}.", fr "Ceci modifie {changes}." }
    /// Above the command.
    confirm_command() { en "This command runs, letter for letter:", es "Se ejecuta este comando, letra por letra:", fr "Cette commande s’exécute, à la lettre :" }
    /// Above the values.
    confirm_values() { en "with these values:", es "con estos valores:", fr "avec ces valeurs :" }
    /// What follows.
    confirm_checked_after() {
        en "Afterwards the check runs by itself.",
        es "Después la comprobación se ejecuta sola.",
        fr "Ensuite la vérification s’exécute d’elle-même.",
    }
    /// The title over a statement.
    attest_title() { en "Your statement", es "Su declaración", fr "Votre déclaration" }
    /// What a statement means.
    attest_meaning() {
        en "It is kept under your name, word for word, and exported as a statement, not as a measurement.",
        es "Se guarda con su nombre, palabra por palabra, y se exporta como declaración, no como medida.",
        fr "Elle est conservée sous votre nom, mot pour mot, et exportée comme déclaration, non comme mesure.",
    }
    /// The label of the name.
    attest_name() { en "Your name", es "Su nombre", fr "Votre nom" }
    /// The label of the note.
    attest_note() { en "Note (may stay empty)", es "Nota (puede quedar vacía)", fr "Note (peut rester vide)" }
    /// The button that states it.
    attest_button() { en "I state this", es "Lo declaro", fr "Je le déclare" }
    /// The title of a question without one.
    prompt_title() { en "PowerShell asks", es "PowerShell pregunta", fr "PowerShell demande" }
    /// The label of a user name.
    user_name() { en "User name", es "Usuario", fr "Nom d’utilisateur" }
    /// The label of a password.
    password() { en "Password", es "Contraseña", fr "Mot de passe" }
    /// The label of a line.
    a_line() { en "A line of text", es "Una línea de texto", fr "Une ligne de texte" }
    /// The label of a hidden line.
    a_secret() { en "A line that is not shown", es "Una línea que no se muestra", fr "Une ligne qui n’est pas affichée" }
    /// Above the command that asks.
    asked_by() { en "asked by", es "lo pregunta", fr "demandé par" }

    // Help.
    /// The title of the help.
    help_title() { en "Keys", es "Teclas", fr "Touches" }
    /// Above the signs.
    help_signs() { en "Signs", es "Signos", fr "Signes" }
    /// Green.
    sign_green() { en "the state holds, and counts", es "el estado se cumple y cuenta", fr "l’état est rempli, et compte" }
    /// Red.
    sign_red() { en "it does not hold", es "no se cumple", fr "il n’est pas rempli" }
    /// Undetermined.
    sign_undetermined() { en "it could not be found out", es "no se pudo averiguar", fr "il n’a pas pu être établi" }
    /// Interrupted.
    sign_interrupted() { en "we stopped watching", es "se dejó de observar", fr "l’observation a été coupée" }
    /// Stale.
    sign_stale() { en "it was green; that no longer counts", es "estuvo verde; ya no cuenta", fr "il a été vert ; cela ne compte plus" }
    /// Running.
    sign_running() { en "its command runs now", es "su comando está en curso", fr "sa commande s’exécute" }
    /// Not run.
    sign_not_run() { en "nobody has looked yet", es "nadie lo ha mirado aún", fr "personne n’a encore regardé" }
}

impl Text {
    /// Why the gate is locked, and what Enter does about it.
    pub fn gate_locked_because(self, count: usize) -> String {
        match count {
            1 => self.gate_locked_by_one(),
            _ => self.gate_locked_by_many(count),
        }
    }

    /// Why a verdict is what it is.
    pub fn verdict_reason(self, reason: &VerdictReason) -> String {
        match reason {
            VerdictReason::Met => self.reason_met(),
            VerdictReason::Unmet { count: 1 } => self.reason_unmet_one(),
            VerdictReason::Unmet { count } => self.reason_unmet_many(count),
            VerdictReason::NoRows => self.reason_no_rows(),
            VerdictReason::Failed => self.reason_failed(),
            VerdictReason::Cut => self.reason_cut(),
            VerdictReason::Unanswered { asked } => self.reason_unanswered(asked),
            VerdictReason::Stopped => self.reason_stopped(),
            VerdictReason::TimedOut => self.reason_timed_out(),
            VerdictReason::ShellLost => self.reason_shell_lost(),
        }
    }
}
