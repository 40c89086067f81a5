//! Sentences of the dialogs and the help.

sentences! {
    halted_title() { en "The run stands still", es "La ejecución está detenida", fr "L’exécution est arrêtée" }
    halted_meaning() {
        en "What cannot be recorded does not count, so nothing goes on. Everything before it is kept; a command that was running is interrupted. Do away with the reason, then try again; or leave and resume the run later.",
        es "Lo que no se puede registrar no cuenta, así que nada continúa. Todo lo anterior se conserva; un comando en curso queda interrumpido. Resuelva la causa e inténtelo de nuevo; o salga y reanude la ejecución más tarde.",
        fr "Ce qui ne peut être enregistré ne compte pas : rien ne continue. Tout ce qui précède est conservé ; une commande en cours est interrompue. Remédiez à la cause, puis réessayez ; ou quittez et reprenez l’exécution plus tard.",
    }
    quit_title() { en "Leave while a command runs?", es "¿Salir con un comando en curso?", fr "Quitter pendant une commande ?" }
    quit_running() {
        en "Leaving ends this command. Its step is then interrupted: unknown until it is checked again.",
        es "Salir termina este comando. Su paso queda interrumpido: desconocido hasta comprobarlo de nuevo.",
        fr "Quitter met fin à cette commande. Son étape est alors interrompue : inconnue jusqu’à une nouvelle vérification.",
    }
    quit_nothing_lost() {
        en "Everything so far is in the journal; you can go on later.",
        es "Todo lo hecho está en el diario; puede continuar después.",
        fr "Tout est dans le journal ; vous pourrez reprendre plus tard.",
    }
    confirm_title(step) { en "Apply: {step}", es "Aplicar: {step}", fr "Appliquer : {step}" }
    confirm_changes(changes) { en "This changes {changes}.", es "Esto cambia {changes}.", fr "Ceci modifie {changes}." }
    confirm_command() { en "This command runs, letter for letter:", es "Se ejecuta este comando, letra por letra:", fr "Cette commande s’exécute, à la lettre :" }
    confirm_values() { en "with these values:", es "con estos valores:", fr "avec ces valeurs :" }
    /// The word that confirms a change beyond the session.
    confirm_word() { en "APPLY", es "APLICAR", fr "APPLIQUER" }
    confirm_checked_after() {
        en "Afterwards the check runs by itself.",
        es "Después la comprobación se ejecuta sola.",
        fr "Ensuite la vérification s’exécute d’elle-même.",
    }
    /// Of what is to be confirmed, more stands below.
    read_first(key) {
        en "read it to its end first, with {key}",
        es "léalo antes hasta el final, con {key}",
        fr "lisez d’abord jusqu’au bout, avec {key}",
    }
    /// Enter at a choice that nobody has made.
    not_chosen(enter, up, down, space) {
        en "{enter} alone does not answer; choose first, with {up}, {down}, a letter or {space}",
        es "{enter} por sí sola no responde; elija antes con {up}, {down}, una letra o {space}",
        fr "{enter} seule ne répond pas ; choisissez d’abord, avec {up}, {down}, une lettre ou {space}",
    }
    no_such_letter(letter) {
        en "no choice has the letter “{letter}”",
        es "ninguna opción tiene la letra «{letter}»",
        fr "aucun choix n’a la lettre « {letter} »",
    }
    /// Enter at a field in which nothing was typed.
    nothing_typed(backspace, enter) {
        en "nothing was typed; to leave it empty, press {backspace} and then {enter}",
        es "no se ha escrito nada; para dejarlo vacío, pulse {backspace} y después {enter}",
        fr "rien n’a été saisi ; pour laisser vide, appuyez sur {backspace}, puis sur {enter}",
    }
    user_name_missing() { en "the user name is missing", es "falta el usuario", fr "il manque le nom d’utilisateur" }
    paste_too_long(bytes, room) {
        en "what was pasted has {bytes} bytes, and a field takes {room}: nothing of it was taken",
        es "lo pegado tiene {bytes} bytes y un campo admite {room}: no se ha tomado nada",
        fr "le texte collé a {bytes} octets et un champ en prend {room} : rien n’en a été pris",
    }
    user_name_as_password() {
        en "that is the user name; here the password belongs",
        es "eso es el usuario; aquí va la contraseña",
        fr "c’est le nom d’utilisateur ; ici se saisit le mot de passe",
    }
    attest_name_missing() {
        en "your name is missing: a statement is somebody’s",
        es "falta su nombre: una declaración es de alguien",
        fr "il manque votre nom : une déclaration est celle de quelqu’un",
    }
    letters_do_not_choose(back, on) {
        en "letters choose nothing here; {back} and {on} do",
        es "aquí las letras no eligen; sí {back} y {on}",
        fr "ici les lettres ne choisissent pas ; {back} et {on}, si",
    }
    /// What was typed in the inputs would be lost.
    inputs_not_given(give, leave) {
        en "what was typed is not given yet: {give} on the button gives it, {leave} once more drops it",
        es "lo escrito aún no se ha dado: {give} en el botón lo da, {leave} otra vez lo descarta",
        fr "ce qui est saisi n’est pas encore donné : {give} sur le bouton le donne, {leave} encore une fois l’abandonne",
    }
    nowhere_to_type() {
        en "there is no field to type in here",
        es "aquí no hay ningún campo en el que escribir",
        fr "il n’y a ici aucun champ à remplir",
    }
    attest_title(step) { en "Your statement: {step}", es "Su declaración: {step}", fr "Votre déclaration : {step}" }
    attest_meaning() {
        en "It is kept under your name, word for word, and exported as a statement, not as a measurement.",
        es "Se guarda con su nombre, palabra por palabra, y se exporta como declaración, no como medida.",
        fr "Elle est conservée sous votre nom, mot pour mot, et exportée comme déclaration, non comme mesure.",
    }
    attest_name() { en "Your name", es "Su nombre", fr "Votre nom" }
    attest_note() { en "Note (may stay empty)", es "Nota (puede quedar vacía)", fr "Note (peut rester vide)" }
    attest_button() { en "I state this", es "Lo declaro", fr "Je le déclare" }
    /// The title of a question without one.
    prompt_title() { en "PowerShell asks", es "PowerShell pregunta", fr "PowerShell demande" }
    user_name() { en "User name", es "Usuario", fr "Nom d’utilisateur" }
    password() { en "Password", es "Contraseña", fr "Mot de passe" }
    a_line() { en "A line of text", es "Una línea de texto", fr "Une ligne de texte" }
    a_secret() { en "A line that is not shown", es "Una línea que no se muestra", fr "Une ligne qui n’est pas affichée" }
    asked_by() { en "asked by", es "lo pregunta", fr "demandé par" }

    help_title() { en "Keys", es "Teclas", fr "Touches" }
    help_signs() { en "Signs", es "Signos", fr "Signes" }
    sign_green() { en "it is as it should be, and that counts", es "está como debe, y cuenta", fr "tout est comme il faut, et cela compte" }
    sign_red() { en "it is not as it should be", es "no está como debe", fr "ce n’est pas comme il faut" }
    sign_undetermined() { en "it could not be found out", es "no se pudo averiguar", fr "il n’a pas pu être établi" }
    sign_interrupted() { en "its command was stopped or cut off", es "su comando se detuvo o se cortó", fr "sa commande a été arrêtée ou coupée" }
    sign_stale() { en "it was green; that no longer counts", es "estuvo verde; ya no cuenta", fr "il a été vert ; cela ne compte plus" }
    sign_running() { en "its command runs now", es "su comando está en curso", fr "sa commande s’exécute" }
    sign_not_run() { en "nobody has looked yet", es "nadie lo ha mirado aún", fr "personne n’a encore regardé" }
    sign_waiting() {
        en "a step that it needs is not green yet",
        es "un paso que necesita aún no está verde",
        fr "une étape dont elle dépend n’est pas encore verte",
    }
    sign_to_do() {
        en "it is still to be applied in this PowerShell",
        es "aún hay que aplicarlo en este PowerShell",
        fr "elle est encore à appliquer dans ce PowerShell",
    }
    sign_does_not_apply() {
        en "its condition is not met: the gate does not ask for it",
        es "su condición no se cumple: la puerta no lo exige",
        fr "sa condition n’est pas remplie : la porte ne l’exige pas",
    }
}
