//! Sentences of the dialogs and the help.

sentences! {
    /// The run stands still.
    halted_title() { en "The run stands still", es "La ejecución está detenida", fr "L’exécution est arrêtée" }
    /// What that means.
    halted_meaning() {
        en "What cannot be recorded does not count, so nothing goes on. Everything before it is kept; a command that was running is interrupted. Do away with the reason, then try again; or leave and resume the run later.",
        es "Lo que no se puede registrar no cuenta, así que nada continúa. Todo lo anterior se conserva; un comando en curso queda interrumpido. Resuelva la causa e inténtelo de nuevo; o salga y reanude la ejecución más tarde.",
        fr "Ce qui ne peut être enregistré ne compte pas : rien ne continue. Tout ce qui précède est conservé ; une commande en cours est interrompue. Remédiez à la cause, puis réessayez ; ou quittez et reprenez l’exécution plus tard.",
    }
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
    /// The word that confirms a change beyond the session.
    confirm_word() { en "APPLY", es "APLICAR", fr "APPLIQUER" }
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
