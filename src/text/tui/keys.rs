//! Words for keys: what they do, and their names on the keyboard.

sentences! {
    key_open() { en "open", es "abrir", fr "ouvrir" }
    /// The next row.
    key_next() { en "next row", es "fila siguiente", fr "ligne suivante" }
    /// The previous row.
    key_previous() { en "previous row", es "fila anterior", fr "ligne précédente" }
    /// The first row.
    key_first() { en "to the first", es "al primero", fr "au premier" }
    /// The last row.
    key_last() { en "to the last", es "al último", fr "au dernier" }
    key_help() { en "help", es "ayuda", fr "aide" }
    key_quit() { en "quit", es "salir", fr "quitter" }
    key_retry() { en "try again", es "reintentar", fr "réessayer" }
    key_go() { en "do what is next", es "hacer lo siguiente", fr "faire la suite" }
    key_check() { en "check", es "comprobar", fr "vérifier" }
    key_apply() { en "apply", es "aplicar", fr "appliquer" }
    key_check_all() { en "check all", es "comprobar todo", fr "tout vérifier" }
    key_gate() { en "gate", es "puerta", fr "porte" }
    key_reconnect() { en "reconnect", es "reconectar", fr "reconnecter" }
    key_inputs() { en "inputs", es "entradas", fr "entrées" }
    key_pane() { en "next pane", es "panel siguiente", fr "volet suivant" }
    key_pane_back() { en "previous pane", es "panel anterior", fr "volet précédent" }
    key_page_up() { en "page back", es "página atrás", fr "page précédente" }
    key_page_down() { en "page on", es "página adelante", fr "page suivante" }
    key_follow() { en "follow", es "seguir", fr "suivre" }
    key_first_line() { en "first line", es "primera línea", fr "première ligne" }
    key_search() { en "search", es "buscar", fr "chercher" }
    key_search_on() { en "next found", es "siguiente encontrada", fr "trouvée suivante" }
    key_search_back() { en "previous found", es "anterior encontrada", fr "trouvée précédente" }
    key_pane_or_right() { en "next pane; in cut output to the right", es "panel siguiente; en la salida cortada, a la derecha", fr "volet suivant ; dans la sortie coupée, à droite" }
    key_pane_or_left() { en "previous pane; in cut output to the left", es "panel anterior; en la salida cortada, a la izquierda", fr "volet précédent ; dans la sortie coupée, à gauche" }
    key_older() { en "output of the attempt before", es "salida del intento anterior", fr "sortie de la tentative précédente" }
    key_newer() { en "output of the attempt after", es "salida del intento siguiente", fr "sortie de la tentative suivante" }
    key_stream() { en "errors only, warnings only … all", es "solo errores, solo avisos … todo", fr "erreurs seules, avertissements seuls … tout" }
    key_wrap() { en "wrap or cut long lines", es "partir o cortar líneas largas", fr "replier ou couper les longues lignes" }
    /// All rows by which a step is not green.
    key_rows() { en "failing rows", es "filas que fallan", fr "lignes en échec" }
    /// From the table of failing rows to that of the next step that has some.
    key_next_rows() {
        en "next step with failing rows",
        es "siguiente paso con filas que fallan",
        fr "étape suivante avec des lignes en échec",
    }
    /// Out of the table of failing rows; where a filter is set, out of that first.
    key_back() { en "back", es "volver", fr "retour" }
    key_filter() { en "filter", es "filtrar", fr "filtrer" }
    key_clear() { en "no filter", es "sin filtro", fr "sans filtre" }
    key_left() { en "to the left", es "a la izquierda", fr "à gauche" }
    /// Of rows that are wider than the screen.
    key_right() { en "more", es "más", fr "suite" }
    key_stop() { en "stop the command", es "detener el comando", fr "arrêter la commande" }
    key_steps() { en "steps", es "pasos", fr "étapes" }
    key_abandon() { en "give up the handoff", es "abandonar la entrega", fr "abandonner la remise" }
    /// On in what is to be confirmed, to its end.
    key_read_on() { en "read on", es "seguir leyendo", fr "lire la suite" }
    key_confirm() { en "confirm", es "confirmar", fr "confirmer" }
    /// In a form: on to the next field, at last done.
    key_enter_field() { en "next, then done", es "siguiente y fin", fr "suivant puis fin" }
    key_next_field() { en "next field", es "campo siguiente", fr "champ suivant" }
    key_previous_field() { en "previous field", es "campo anterior", fr "champ précédent" }
    key_cancel() { en "cancel", es "cancelar", fr "annuler" }
    key_choose() { en "choose", es "elegir", fr "choisir" }
    key_toggle() { en "mark", es "marcar", fr "marquer" }
    key_yes() { en "yes", es "sí", fr "oui" }
    key_no() { en "no", es "no", fr "non" }
    key_close() { en "close", es "cerrar", fr "fermer" }

    name_enter() { en "Enter", es "Intro", fr "Entrée" }
    name_escape() { en "Esc", es "Esc", fr "Échap" }
    name_tab() { en "Tab", es "Tab", fr "Tab" }
    name_back_tab() { en "Shift+Tab", es "Mayús+Tab", fr "Maj+Tab" }
    name_up() { en "Up", es "Arriba", fr "Haut" }
    name_down() { en "Down", es "Abajo", fr "Bas" }
    name_left() { en "Left", es "Izquierda", fr "Gauche" }
    name_right() { en "Right", es "Derecha", fr "Droite" }
    name_page_up() { en "PgUp", es "RePág", fr "PgPréc" }
    name_page_down() { en "PgDn", es "AvPág", fr "PgSuiv" }
    name_home() { en "Home", es "Inicio", fr "Début" }
    name_end() { en "End", es "Fin", fr "Fin" }
    name_backspace() { en "Backspace", es "Retroceso", fr "Retour arrière" }
    name_space() { en "Space", es "Espacio", fr "Espace" }
}
