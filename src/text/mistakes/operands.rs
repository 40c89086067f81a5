//! Sentences about what a test compares with.

use crate::checklist::Form;
use crate::checklist::mistake::Unsuited;
use crate::text::Text;

sentences! {
    mistake_not_a_bound(text) {
        en "\"{text}\" is not a bound; expected a number (in a file without quotation marks), a version of two to four whole numbers such as \"5.1\", or a time with its offset such as \"2024-01-31T00:00:00Z\"",
        es "«{text}» no es un límite; se esperaba un número (en un archivo sin comillas), una versión de dos a cuatro números enteros como \"5.1\", o una hora con su desfase como \"2024-01-31T00:00:00Z\"",
        fr "« {text} » n’est pas une borne ; attendu : un nombre (dans un fichier sans guillemets), une version de deux à quatre nombres entiers comme \"5.1\", ou une heure avec son décalage comme \"2024-01-31T00:00:00Z\"",
    }
    mistake_not_a_version(text) {
        en "\"{text}\" is not a version; expected two to four whole numbers joined by dots, such as \"5.1\"",
        es "«{text}» no es una versión; se esperaban de dos a cuatro números enteros unidos por puntos, como \"5.1\"",
        fr "« {text} » n’est pas une version ; attendu : deux à quatre nombres entiers joints par des points, comme \"5.1\"",
    }
    mistake_not_a_lead(text) {
        en "\"{text}\" is not a length of time from now; expected whole numbers with d, h, m or s, the longest first, such as \"30d\", or \"-2h\" for the past, ten years at the most",
        es "«{text}» no es una duración desde ahora; se esperaban números enteros con d, h, m o s, de mayor a menor, como \"30d\", o \"-2h\" para el pasado, diez años como máximo",
        fr "« {text} » n’est pas une durée à partir de maintenant ; attendu : des nombres entiers suivis de d, h, m ou s, du plus long au plus court, comme \"30d\", ou \"-2h\" pour le passé, dix ans au plus",
    }
    mistake_of_itself(property) {
        en "\"{property}\" is held against itself, which whatever it is would meet; expected another property",
        es "«{property}» se compara consigo misma, lo que cumpliría cualquier valor; se esperaba otra propiedad",
        fr "« {property} » est comparée à elle-même, ce que toute valeur remplirait ; une autre propriété est attendue",
    }
    mistake_not_one_source() {
        en "an operand names one input or one property; expected {{ input = \"…\" }} or {{ property = \"…\" }}",
        es "un operando nombra una entrada o una propiedad; se esperaba {{ input = \"…\" }} o {{ property = \"…\" }}",
        fr "un opérande nomme une entrée ou une propriété ; attendu : {{ input = \"…\" }} ou {{ property = \"…\" }}",
    }
    mistake_input_holds_many(input, key) {
        en "the input \"{input}\" holds many values, and \"{key}\" takes one; expected an input without many = true",
        es "la entrada «{input}» contiene varios valores, y «{key}» toma uno; se esperaba una entrada sin many = true",
        fr "l’entrée « {input} » contient plusieurs valeurs, et « {key} » en prend une ; une entrée sans many = true est attendue",
    }
    mistake_input_holds_one(input, key) {
        en "the input \"{input}\" holds one value, and \"{key}\" takes a list; expected an input with many = true, or a list in square brackets",
        es "la entrada «{input}» contiene un solo valor, y «{key}» toma una lista; se esperaba una entrada con many = true, o una lista entre corchetes",
        fr "l’entrée « {input} » contient une seule valeur, et « {key} » prend une liste ; attendu : une entrée avec many = true, ou une liste entre crochets",
    }
    /// Its kind never has such a value.
    mistake_input_kind(input, key, kinds) {
        en "no value of the input \"{input}\" could be compared by \"{key}\"; expected an input of kind {kinds}",
        es "ningún valor de la entrada «{input}» podría compararse con «{key}»; se esperaba una entrada de tipo {kinds}",
        fr "aucune valeur de l’entrée « {input} » ne pourrait être comparée par « {key} » ; attendu : une entrée de type {kinds}",
    }
    /// Its default or one of its choices; then what was expected of it.
    mistake_input_value(input, why) {
        en "the input \"{input}\" may have a value that cannot be compared: {why}",
        es "la entrada «{input}» puede tener un valor que no se puede comparar: {why}",
        fr "l’entrée « {input} » peut avoir une valeur qui ne peut être comparée : {why}",
    }
}

impl Text {
    /// Of a value of the file, or of one that the operator gave.
    pub(in crate::text) fn is_not_of_form(self, text: &str, form: Form) -> String {
        let text = text.escape_debug();
        match form {
            Form::Bound => self.mistake_not_a_bound(text),
            Form::Version => self.mistake_not_a_version(text),
            Form::Lead => self.mistake_not_a_lead(text),
        }
    }

    pub(super) fn unsuited(self, input: &str, key: &str, why: &Unsuited) -> String {
        match why {
            Unsuited::HoldsMany => self.mistake_input_holds_many(input, key),
            Unsuited::HoldsOne => self.mistake_input_holds_one(input, key),
            Unsuited::Kind(Form::Bound) => self.mistake_input_kind(input, key, "text, choice, integer"),
            Unsuited::Kind(Form::Version | Form::Lead) => self.mistake_input_kind(input, key, "text, choice"),
            Unsuited::Value { text, form } => {
                self.mistake_input_value(input, self.is_not_of_form(text, *form))
            }
        }
    }
}
