//! Sentences of the list of steps: what of it is shown, and the way to a step by its number.

sentences! {
    /// The list's title, where only steps that are not green are shown.
    pane_not_green(count) { en "STEPS: {count} not green", es "PASOS: {count} no verdes", fr "ÉTAPES : {count} non vertes" }
    pane_none_not_green() { en "STEPS: all green", es "PASOS: todos verdes", fr "ÉTAPES : toutes vertes" }
    /// Above the field in which the number of a step is typed.
    jump_to(last) { en "To the step with the number (1 to {last})", es "Al paso número (1 a {last})", fr "À l’étape numéro (1 à {last})" }
    no_such_step(number, last) {
        en "there is no step {number}; the last is {last}",
        es "no hay ningún paso {number}; el último es el {last}",
        fr "il n’y a pas d’étape {number} ; la dernière est la {last}",
    }
    /// A command is not begun by a key where it is not in sight.
    shown_with_its_command(key) {
        en "the step is in sight again with its command; press {key} once more",
        es "el paso vuelve a estar a la vista con su comando; pulse {key} otra vez",
        fr "l’étape est de nouveau visible avec sa commande ; appuyez encore sur {key}",
    }
}
