//! Sentences about `when`, and about what a step takes from another.

sentences! {
    mistake_not_one_when_source() {
        en "\"when\" is about one input or one step; expected {{ input = \"…\", … }} or {{ step = \"…\", property = \"…\", … }}",
        es "«when» trata de una entrada o de un paso; se esperaba {{ input = \"…\", … }} o {{ step = \"…\", property = \"…\", … }}",
        fr "« when » porte sur une entrée ou sur une étape ; attendu : {{ input = \"…\", … }} ou {{ step = \"…\", property = \"…\", … }}",
    }
    mistake_when_of_row() {
        en "\"when\" has no row whose property it could compare with; expected a value or {{ input = \"…\" }}",
        es "«when» no tiene ninguna fila con cuya propiedad comparar; se esperaba un valor o {{ input = \"…\" }}",
        fr "« when » n’a aucune ligne dont comparer une propriété ; attendu : une valeur ou {{ input = \"…\" }}",
    }
    /// Something is taken from what a step found.
    mistake_source_not_needed(step) {
        en "the step does not rest on \"{step}\", from which it takes a value; expected that step in needs, or in those of a step that is needed",
        es "el paso no depende de «{step}», del que toma un valor; se esperaba ese paso en needs, o en los de un paso necesario",
        fr "l’étape ne dépend pas de « {step} », dont elle prend une valeur ; cette étape est attendue dans needs, ou dans ceux d’une étape nécessaire",
    }
    mistake_source_stated(step) {
        en "\"{step}\" is a statement, which finds no rows; expected a step with a [step.check]",
        es "«{step}» es una declaración, que no encuentra filas; se esperaba un paso con [step.check]",
        fr "« {step} » est une déclaration, qui ne trouve aucune ligne ; une étape avec [step.check] est attendue",
    }
}
