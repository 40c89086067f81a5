//! Words for keys: what they do, and their names on the keyboard.

sentences! {
    /// Opens what is selected.
    key_open() { en "open", es "abrir", fr "ouvrir" }
    /// The next row.
    key_next() { en "next row", es "fila siguiente", fr "ligne suivante" }
    /// The previous row.
    key_previous() { en "previous row", es "fila anterior", fr "ligne précédente" }
    /// The first row.
    key_first() { en "to the first", es "al primero", fr "au premier" }
    /// The last row.
    key_last() { en "to the last", es "al último", fr "au dernier" }
    /// The help.
    key_help() { en "help", es "ayuda", fr "aide" }
    /// Leaves.
    key_quit() { en "quit", es "salir", fr "quitter" }
    /// Try to go on.
    key_retry() { en "try again", es "reintentar", fr "réessayer" }
    /// The next sensible thing.
    key_go() { en "do what is next", es "hacer lo siguiente", fr "faire la suite" }
    /// Checks.
    key_check() { en "check", es "comprobar", fr "vérifier" }
    /// Applies.
    key_apply() { en "apply", es "aplicar", fr "appliquer" }
    /// Checks all.
    key_check_all() { en "check all", es "comprobar todo", fr "tout vérifier" }
    /// The gate.
    key_gate() { en "gate", es "puerta", fr "porte" }
    /// Starts PowerShell.
    key_reconnect() { en "reconnect", es "reconectar", fr "reconnecter" }
    /// The inputs.
    key_inputs() { en "inputs", es "entradas", fr "entrées" }
    /// The next pane.
    key_pane() { en "next pane", es "panel siguiente", fr "volet suivant" }
    /// The previous pane.
    key_pane_back() { en "previous pane", es "panel anterior", fr "volet précédent" }
    /// Scrolls back.
    key_page_up() { en "page back", es "página atrás", fr "page précédente" }
    /// Scrolls on.
    key_page_down() { en "page on", es "página adelante", fr "page suivante" }
    /// Follows the output.
    key_follow() { en "follow", es "seguir", fr "suivre" }
    /// The first line of the output.
    key_first_line() { en "first line", es "primera línea", fr "première ligne" }
    /// Searches the output.
    key_search() { en "search", es "buscar", fr "chercher" }
    /// The next line found.
    key_search_on() { en "next found", es "siguiente encontrada", fr "trouvée suivante" }
    /// The previous line found.
    key_search_back() { en "previous found", es "anterior encontrada", fr "trouvée précédente" }
    /// One stream, or all.
    key_stream() { en "errors only, warnings only … all", es "solo errores, solo avisos … todo", fr "erreurs seules, avertissements seuls … tout" }
    /// Wraps or cuts.
    key_wrap() { en "wrap or cut long lines", es "partir o cortar líneas largas", fr "replier ou couper les longues lignes" }
    /// Stops.
    key_stop() { en "stop the command", es "detener el comando", fr "arrêter la commande" }
    /// Back to the steps.
    key_steps() { en "steps", es "pasos", fr "étapes" }
    /// Gives the handoff up.
    key_abandon() { en "give up the handoff", es "abandonar la entrega", fr "abandonner la remise" }
    /// Confirms.
    key_confirm() { en "confirm", es "confirmar", fr "confirmer" }
    /// In a form: on to the next field, at last done.
    key_enter_field() { en "next, then done", es "siguiente y fin", fr "suivant puis fin" }
    /// The next field.
    key_next_field() { en "next field", es "campo siguiente", fr "champ suivant" }
    /// The previous field.
    key_previous_field() { en "previous field", es "campo anterior", fr "champ précédent" }
    /// Leaves a form or declines.
    key_cancel() { en "cancel", es "cancelar", fr "annuler" }
    /// Takes a choice.
    key_choose() { en "choose", es "elegir", fr "choisir" }
    /// Marks a choice.
    key_toggle() { en "mark", es "marcar", fr "marquer" }
    /// Yes.
    key_yes() { en "yes", es "sí", fr "oui" }
    /// No.
    key_no() { en "no", es "no", fr "non" }
    /// Closes.
    key_close() { en "close", es "cerrar", fr "fermer" }

    /// The name of a key.
    name_enter() { en "Enter", es "Intro", fr "Entrée" }
    /// The name of a key.
    name_escape() { en "Esc", es "Esc", fr "Échap" }
    /// The name of a key.
    name_tab() { en "Tab", es "Tab", fr "Tab" }
    /// The name of a key.
    name_back_tab() { en "Shift+Tab", es "Mayús+Tab", fr "Maj+Tab" }
    /// The name of a key.
    name_up() { en "Up", es "Arriba", fr "Haut" }
    /// The name of a key.
    name_down() { en "Down", es "Abajo", fr "Bas" }
    /// The name of a key.
    name_left() { en "Left", es "Izquierda", fr "Gauche" }
    /// The name of a key.
    name_right() { en "Right", es "Derecha", fr "Droite" }
    /// The name of a key.
    name_page_up() { en "PgUp", es "RePág", fr "PgPréc" }
    /// The name of a key.
    name_page_down() { en "PgDn", es "AvPág", fr "PgSuiv" }
    /// The name of a key.
    name_home() { en "Home", es "Inicio", fr "Début" }
    /// The name of a key.
    name_end() { en "End", es "Fin", fr "Fin" }
    /// The name of a key.
    name_space() { en "Space", es "Espacio", fr "Espace" }
}
