//! Words for keys: what is wrong with a map of them, and their names on the keyboard.

sentences! {
    keymap_no_such_row(place) {
        en "{place}: this context has no such action",
        es "{place}: este contexto no tiene esa acción",
        fr "{place} : ce contexte n’a pas cette action",
    }
    keymap_no_such_key(place, key) {
        en "{place}: “{key}” is no key that a row may have; a character, Enter, Esc, Tab, Shift+Tab, Up, Down, Left, Right, PgUp, PgDn, Home, End, Space, F1 to F12 and Ctrl+A to Ctrl+Z are",
        es "{place}: «{key}» no es una tecla admitida; lo son un carácter, Enter, Esc, Tab, Shift+Tab, Up, Down, Left, Right, PgUp, PgDn, Home, End, Space, F1 a F12 y Ctrl+A a Ctrl+Z",
        fr "{place} : « {key} » n’est pas une touche admise ; le sont un caractère, Enter, Esc, Tab, Shift+Tab, Up, Down, Left, Right, PgUp, PgDn, Home, End, Space, F1 à F12 et Ctrl+A à Ctrl+Z",
    }
    /// Of a key with Alt.
    keymap_alt_gr(place, key) {
        en "{place}: “{key}” cannot be told from AltGr, which types characters; leave Alt out",
        es "{place}: «{key}» no se distingue de AltGr, que escribe caracteres; quite Alt",
        fr "{place} : « {key} » ne se distingue pas d’AltGr, qui saisit des caractères ; retirez Alt",
    }
    /// Of a key in a field.
    keymap_typed_there(place, key) {
        en "{place}: “{key}” is needed there to type, and cannot do anything else",
        es "{place}: «{key}» hace falta ahí para escribir y no puede hacer otra cosa",
        fr "{place} : « {key} » y sert à saisir du texte et ne peut rien faire d’autre",
    }
    keymap_no_way_out(place) {
        en "{place}: this action needs a key, or nobody comes out again",
        es "{place}: esta acción necesita una tecla; sin ella no se puede salir",
        fr "{place} : il faut une touche pour cette action, sinon on ne peut plus sortir",
    }
    keymap_twice(first, second) {
        en "{second}: the same action of this context stands at {first} already",
        es "{second}: la misma acción de este contexto ya figura en {first}",
        fr "{second} : la même action de ce contexte figure déjà à {first}",
    }
    /// One key for two actions.
    keymap_clash(first, second, key) {
        en "{key} means two things in one place: {first} and {second}",
        es "{key} significa dos cosas en el mismo lugar: {first} y {second}",
        fr "{key} signifie deux choses au même endroit : {first} et {second}",
    }

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
