//! Sentences about mistakes in a checklist file: what is wrong, where, and what was expected.

mod operands;
mod remedy;
mod sources;
mod steps;
mod until;
mod when;
mod words;

use super::Text;
use crate::checklist::Mistake;
use crate::checklist::mistake::{Fault, ReferenceKind, Senseless, TextForm, Unfit};

sentences! {
    mistake_at(line, column, what) {
        en "line {line}, column {column}: {what}",
        es "línea {line}, columna {column}: {what}",
        fr "ligne {line}, colonne {column} : {what}",
    }
    mistake_nearest(word) {
        en "; did you mean \"{word}\"?",
        es "; ¿quiso decir «{word}»?",
        fr " ; vouliez-vous dire « {word} » ?",
    }
    mistake_too_large() {
        en "the file is larger than 1 MiB; expected a checklist",
        es "el archivo ocupa más de 1 MiB; se esperaba una lista",
        fr "le fichier dépasse 1 Mio ; une liste est attendue",
    }
    mistake_empty() {
        en "the file is empty; expected a checklist that begins with format = 1",
        es "el archivo está vacío; se esperaba una lista que empiece por format = 1",
        fr "le fichier est vide ; une liste qui commence par format = 1 est attendue",
    }
    mistake_not_utf8() {
        en "the file is not UTF-8; expected a text saved as UTF-8",
        es "el archivo no está en UTF-8; se esperaba un texto guardado como UTF-8",
        fr "le fichier n’est pas en UTF-8 ; un texte enregistré en UTF-8 est attendu",
    }
    mistake_not_toml(what) { en "not TOML: {what}", es "no es TOML: {what}", fr "ce n’est pas du TOML : {what}" }
    /// The same where the parser says what it expected.
    mistake_not_toml_but(what, expected) {
        en "not TOML: {what}; expected {expected}",
        es "no es TOML: {what}; se esperaba: {expected}",
        fr "ce n’est pas du TOML : {what} ; attendu : {expected}",
    }
    mistake_format_missing() {
        en "\"format\" is missing in the checklist; expected format = 1",
        es "falta «format» en la lista; se esperaba format = 1",
        fr "« format » manque dans la liste ; format = 1 est attendu",
    }
    mistake_format_new(format, known) {
        en "this greenlight is too old for format {format}: it reads format {known}; expected a newer greenlight",
        es "este greenlight es demasiado antiguo para el formato {format}: lee el formato {known}; se necesita un greenlight más reciente",
        fr "ce greenlight est trop ancien pour le format {format} : il lit le format {known} ; un greenlight plus récent est nécessaire",
    }
    mistake_no_format(format) {
        en "there is no format {format}; expected format = 1",
        es "no existe el formato {format}; se esperaba format = 1",
        fr "le format {format} n’existe pas ; format = 1 est attendu",
    }
    mistake_unread() {
        en "the checklist could not be read",
        es "no se pudo leer la lista",
        fr "la liste n’a pas pu être lue",
    }
    mistake_no_steps() {
        en "the checklist has no step; expected at least one [[step]]",
        es "la lista no tiene ningún paso; se esperaba al menos un [[step]]",
        fr "la liste n’a aucune étape ; au moins un [[step]] est attendu",
    }
    mistake_none_required() {
        en "no step is required, so nothing would ever lock the gate; expected at least one [[step]] without required = false",
        es "ningún paso es obligatorio, así que nada cerraría nunca la puerta; se esperaba al menos un [[step]] sin required = false",
        fr "aucune étape n’est obligatoire : rien ne verrouillerait jamais la porte ; au moins un [[step]] sans required = false est attendu",
    }
    mistake_unknown_key(key, place, known) {
        en "unknown key \"{key}\" in {place}; expected one of {known}",
        es "clave desconocida «{key}» en {place}; se esperaba una de estas: {known}",
        fr "clé inconnue « {key} » dans {place} ; attendu, l’une de : {known}",
    }
    mistake_unknown_word(word, key, place, known) {
        en "unknown word \"{word}\" for \"{key}\" in {place}; expected one of {known}",
        es "palabra desconocida «{word}» para «{key}» en {place}; se esperaba una de estas: {known}",
        fr "mot inconnu « {word} » pour « {key} » dans {place} ; attendu, l’un de : {known}",
    }
    mistake_unknown_language(code, key, place, known) {
        en "unknown language \"{code}\" in \"{key}\" of {place}; expected one of {known}",
        es "idioma desconocido «{code}» en «{key}» de {place}; se esperaba uno de estos: {known}",
        fr "langue inconnue « {code} » pour « {key} » dans {place} ; attendu, l’une de : {known}",
    }
    mistake_no_such_input(name) {
        en "there is no input \"{name}\"",
        es "no existe la entrada «{name}»",
        fr "l’entrée « {name} » n’existe pas",
    }
    mistake_no_such_step(name) {
        en "there is no step \"{name}\"",
        es "no existe el paso «{name}»",
        fr "l’étape « {name} » n’existe pas",
    }
    mistake_missing(key, place) {
        en "\"{key}\" is missing in {place}",
        es "falta «{key}» en {place}",
        fr "« {key} » manque dans {place}",
    }
    mistake_no_english(key, place) {
        en "the English text (en) of \"{key}\" in {place} is missing",
        es "falta el texto en inglés (en) de «{key}» en {place}",
        fr "le texte anglais (en) de « {key} » manque dans {place}",
    }
    mistake_type(key, place, found, wanted) {
        en "\"{key}\" in {place} is {found}; expected {wanted}",
        es "«{key}» en {place} es {found}; se esperaba {wanted}",
        fr "« {key} » dans {place} est {found} ; attendu : {wanted}",
    }
    mistake_blank(key, place) {
        en "\"{key}\" in {place} is empty; expected a text",
        es "«{key}» en {place} está vacío; se esperaba un texto",
        fr "« {key} » dans {place} est vide ; un texte est attendu",
    }
    mistake_empty_list(key, place) {
        en "\"{key}\" in {place} is an empty list; expected at least one",
        es "«{key}» en {place} es una lista vacía; se esperaba al menos un elemento",
        fr "« {key} » dans {place} est une liste vide ; au moins un élément est attendu",
    }
    mistake_not_one_line(key, place) {
        en "\"{key}\" in {place} is more than one plain line; expected one line without control characters or outer spaces",
        es "«{key}» en {place} no es una sola línea simple; se esperaba una línea sin caracteres de control ni espacios en los extremos",
        fr "« {key} » dans {place} n’est pas une simple ligne ; une ligne sans caractères de contrôle ni espaces aux extrémités est attendue",
    }
    mistake_invisible(key, place, code) {
        en "\"{key}\" in {place} holds the invisible character U+{code}; expected visible text: a command runs as it is seen",
        es "«{key}» en {place} contiene el carácter invisible U+{code}; se esperaba texto visible: un comando se ejecuta tal como se ve",
        fr "« {key} » dans {place} contient le caractère invisible U+{code} ; un texte visible est attendu : une commande s’exécute telle qu’on la voit",
    }
    mistake_too_long(key, place) {
        en "\"{key}\" in {place} is too long to be read before it is confirmed; expected 60,000 bytes at the most",
        es "«{key}» en {place} es demasiado largo para leerlo antes de confirmarlo; se esperaban como mucho 60 000 bytes",
        fr "« {key} » dans {place} est trop long pour être lu avant d’être confirmé ; 60 000 octets au plus sont attendus",
    }
    mistake_too_large_number(key, place) {
        en "\"{key}\" in {place} is too large; expected a whole number of 64 bits",
        es "«{key}» en {place} es demasiado grande; se esperaba un número entero de 64 bits",
        fr "« {key} » dans {place} est trop grand ; un nombre entier de 64 bits est attendu",
    }
    mistake_no_time(key, place) {
        en "\"{key}\" in {place} is no time at all; expected \"1s\" or more",
        es "«{key}» en {place} no dura nada; se esperaba \"1s\" o más",
        fr "« {key} » dans {place} est une durée nulle ; \"1s\" ou plus est attendu",
    }
    mistake_only_kind(key, place, kind) {
        en "\"{key}\" in {place} has no sense: only an input of kind \"{kind}\" has it",
        es "«{key}» en {place} no tiene sentido: solo lo tiene una entrada de tipo «{kind}»",
        fr "« {key} » dans {place} n’a pas de sens : seule une entrée de type « {kind} » en a",
    }
    /// A key of a step that a person attests.
    mistake_attested(key, place) {
        en "\"{key}\" in {place} has no sense: an attestation runs no command and lives in no session",
        es "«{key}» en {place} no tiene sentido: una declaración no ejecuta ningún comando ni vive en ninguna sesión",
        fr "« {key} » dans {place} n’a pas de sens : une déclaration n’exécute aucune commande et ne vit dans aucune session",
    }
    mistake_not_hyphens(text) {
        en "\"{text}\" is not a name; expected lower-case words (a-z, 0-9) joined by hyphens, a letter first, 64 characters at the most",
        es "«{text}» no es un nombre; se esperaban palabras en minúsculas (a-z, 0-9) unidas por guiones, con una letra al principio y 64 caracteres como máximo",
        fr "« {text} » n’est pas un nom ; attendu : des mots en minuscules (a-z, 0-9) joints par des traits d’union, une lettre d’abord, 64 caractères au plus",
    }
    mistake_not_underscores(text) {
        en "\"{text}\" is not a name; expected lower-case words (a-z, 0-9) joined by underscores, a letter first, 64 characters at the most",
        es "«{text}» no es un nombre; se esperaban palabras en minúsculas (a-z, 0-9) unidas por guiones bajos, con una letra al principio y 64 caracteres como máximo",
        fr "« {text} » n’est pas un nom ; attendu : des mots en minuscules (a-z, 0-9) joints par des tirets bas, une lettre d’abord, 64 caractères au plus",
    }
    mistake_not_a_span(text) {
        en "\"{text}\" is not a length of time; expected whole numbers with d, h, m or s, the longest first, such as \"30m\" or \"1h 30m\", ten years at the most",
        es "«{text}» no es una duración; se esperaban números enteros con d, h, m o s, de mayor a menor, como \"30m\" o \"1h 30m\", diez años como máximo",
        fr "« {text} » n’est pas une durée ; attendu : des nombres entiers suivis de d, h, m ou s, du plus long au plus court, comme \"30m\" ou \"1h 30m\", dix ans au plus",
    }
    mistake_not_an_address(text) {
        en "\"{text}\" is not an address; expected https://…",
        es "«{text}» no es una dirección; se esperaba https://…",
        fr "« {text} » n’est pas une adresse ; attendu : https://…",
    }
    mistake_not_a_property(text) {
        en "\"{text}\" is not a property; expected names joined by dots",
        es "«{text}» no es una propiedad; se esperaban nombres unidos por puntos",
        fr "« {text} » n’est pas une propriété ; attendu : des noms joints par des points",
    }
    mistake_not_a_script(text) {
        en "\"{text}\" is not the name of a script; expected letters, digits, hyphens and underscores, then .ps1",
        es "«{text}» no es el nombre de un script; se esperaban letras, dígitos, guiones y guiones bajos, y luego .ps1",
        fr "« {text} » n’est pas le nom d’un script ; attendu : lettres, chiffres, traits d’union et tirets bas, puis .ps1",
    }
    /// Why, as the parser of regular expressions has it.
    mistake_not_a_pattern(text, why) {
        en "\"{text}\" is not a regular expression: {why}",
        es "«{text}» no es una expresión regular: {why}",
        fr "« {text} » n’est pas une expression régulière : {why}",
    }
    mistake_automatic(name) {
        en "\"{name}\" is, or may become, a variable of PowerShell itself; expected another name, such as one of two words",
        es "«{name}» es, o puede llegar a ser, una variable del propio PowerShell; se esperaba otro nombre, por ejemplo uno de dos palabras",
        fr "« {name} » est, ou peut devenir, une variable de PowerShell lui-même ; un autre nom est attendu, de deux mots par exemple",
    }
    mistake_input_twice(name) {
        en "the input \"{name}\" is there twice; expected another id",
        es "la entrada «{name}» está dos veces; se esperaba otro id",
        fr "l’entrée « {name} » figure deux fois ; un autre id est attendu",
    }
    mistake_step_twice(name) {
        en "the step \"{name}\" is there twice; expected another id",
        es "el paso «{name}» está dos veces; se esperaba otro id",
        fr "l’étape « {name} » figure deux fois ; un autre id est attendu",
    }
    mistake_named_twice(name) {
        en "\"{name}\" is named twice",
        es "«{name}» se nombra dos veces",
        fr "« {name} » est nommé deux fois",
    }
    mistake_default(why) {
        en "the default does not fit the input: {why}",
        es "el valor predeterminado no sirve para la entrada: {why}",
        fr "la valeur par défaut ne convient pas à l’entrée : {why}",
    }
    mistake_bounds(min, max) {
        en "\"max\" is {max}, less than \"min\", {min}",
        es "«max» es {max}, menor que «min», {min}",
        fr "« max » vaut {max}, moins que « min », {min}",
    }
    mistake_negative_rows() {
        en "\"rows\" is not a number of rows; expected 0 or more",
        es "«rows» no es un número de filas; se esperaba 0 o más",
        fr "« rows » n’est pas un nombre de lignes ; 0 ou plus est attendu",
    }
    mistake_several_tests(tests) {
        en "an expectation has more than one test: {tests}; expected one test in an expectation; write several expectations",
        es "una expectativa tiene más de una prueba: {tests}; se esperaba una sola por expectativa; escriba varias expectativas",
        fr "une attente a plus d’un test : {tests} ; un seul test par attente est admis ; écrivez plusieurs attentes",
    }
    mistake_no_test(known) {
        en "an expectation has no test; expected one of {known}, or rows alone",
        es "una expectativa no tiene ninguna prueba; se esperaba una de estas: {known}, o solo rows",
        fr "une attente n’a pas de test ; attendu, l’un de : {known}, ou rows seul",
    }
}

impl Text {
    /// A mistake with its place in the file, and the word that may have been meant.
    pub fn mistake(self, mistake: &Mistake) -> String {
        self.mistake_at(mistake.line, mistake.column, self.mistake_alone(mistake))
    }

    /// The same without its place.
    pub(crate) fn mistake_alone(self, mistake: &Mistake) -> String {
        let nearest = mistake.nearest.as_ref().map(|word| self.mistake_nearest(word)).unwrap_or_default();
        self.fault(&mistake.what) + &nearest
    }

    fn fault(self, fault: &Fault) -> String {
        match fault {
            Fault::TooLarge => self.mistake_too_large(),
            Fault::Empty => self.mistake_empty(),
            Fault::NotUtf8 => self.mistake_not_utf8(),
            Fault::NotToml { what, expected: None } => self.mistake_not_toml(what),
            Fault::NotToml { what, expected: Some(expected) } => self.mistake_not_toml_but(what, expected),
            Fault::FormatMissing => self.mistake_format_missing(),
            Fault::FormatTooNew { format, known } => self.mistake_format_new(format, known),
            Fault::NoSuchFormat(format) => self.mistake_no_format(format),
            Fault::Unread => self.mistake_unread(),
            Fault::NoSteps => self.mistake_no_steps(),
            Fault::NothingRequired => self.mistake_none_required(),
            Fault::UnknownKey { key, place, known } => {
                self.mistake_unknown_key(key.escape_debug(), self.place(*place), known.join(", "))
            }
            Fault::UnknownWord { word, key, place, known } => {
                self.mistake_unknown_word(word.escape_debug(), key, self.place(*place), known.join(", "))
            }
            Fault::UnknownLanguage { code, key, place, known } => {
                self.mistake_unknown_language(code.escape_debug(), key, self.place(*place), known.join(", "))
            }
            Fault::Unknown { what: ReferenceKind::Input, name } => {
                self.mistake_no_such_input(name.escape_debug())
            }
            Fault::Unknown { what: ReferenceKind::Step, name } => {
                self.mistake_no_such_step(name.escape_debug())
            }
            Fault::Missing { key, place } => self.mistake_missing(key, self.place(*place)),
            Fault::NoEnglish { key, place } => self.mistake_no_english(key, self.place(*place)),
            Fault::WrongType { key, place, found, wanted } => {
                self.mistake_type(key, self.place(*place), self.value_type(*found), self.wanted(*wanted))
            }
            Fault::Unfit { key, place, how } => self.unfit(key, &self.place(*place), *how),
            Fault::Senseless { key, place, why: Senseless::OnlyKind(kind) } => {
                self.mistake_only_kind(key, self.place(*place), kind)
            }
            Fault::Senseless { key, place, why: Senseless::Attested } => {
                self.mistake_attested(key, self.place(*place))
            }
            Fault::IsNot { text, what } => self.is_not(text, *what),
            Fault::NotAPattern { text, why } => self.mistake_not_a_pattern(text.escape_debug(), why),
            Fault::Automatic(name) => self.mistake_automatic(name),
            Fault::Twice { what: ReferenceKind::Input, name } => self.mistake_input_twice(name),
            Fault::Twice { what: ReferenceKind::Step, name } => self.mistake_step_twice(name),
            Fault::NamedTwice(name) => self.mistake_named_twice(name),
            Fault::DefaultUnfit(problem) => self.mistake_default(self.input_problem(problem)),
            Fault::MaxBelowMin { min, max } => self.mistake_bounds(min, max),
            Fault::NegativeRows => self.mistake_negative_rows(),
            Fault::OfItself(path) => self.mistake_of_itself(path.escape_debug()),
            Fault::NotOneSource => self.mistake_not_one_source(),
            Fault::InputUnsuited { input, key, why } => self.unsuited(input, key, why),
            Fault::SeveralTests(tests) => self.mistake_several_tests(tests.join(", ")),
            Fault::NoTest { known } => self.mistake_no_test(known.join(", ")),
            Fault::NotOneScope(known) => self.mistake_one_scope(known.join(", ")),
            Fault::SubjectTwice { first } => self.mistake_subject_twice(first),
            Fault::Source(fault) => self.source_fault(fault),
            Fault::KeepAliveWithoutSession => self.mistake_keep_alive_session(),
            Fault::KeepAliveTooShort => self.mistake_keep_alive_short(),
            Fault::Until(fault) => self.until_fault(*fault),
            Fault::GroupTranslatedTwice { group, lang, first, at } => self.mistake_group_translated(
                group.escape_debug(),
                lang,
                first.escape_debug(),
                at.line,
                at.column,
            ),
            Fault::GroupApart { group, last } => {
                self.mistake_group_apart(group.escape_debug(), last.line, last.column)
            }
            Fault::When(fault) => self.when_fault(fault),
            Fault::NeedsItself => self.mistake_needs_itself(),
            Fault::NeedsLater(name) => self.mistake_needs_later(name),
            Fault::Go(why) => self.mistake_go(why),
            Fault::NeitherCheckNorAttest => self.mistake_neither_kind(),
            Fault::BothCheckAndAttest => self.mistake_both_kinds(),
            Fault::ApplyWithoutCheck => self.mistake_apply_alone(),
        }
    }

    fn unfit(self, key: &str, place: &str, how: Unfit) -> String {
        match how {
            Unfit::Blank => self.mistake_blank(key, place),
            Unfit::EmptyList => self.mistake_empty_list(key, place),
            Unfit::NotOnePlainLine => self.mistake_not_one_line(key, place),
            Unfit::Invisible(c) => self.mistake_invisible(key, place, format_args!("{:04X}", u32::from(c))),
            Unfit::TooLarge => self.mistake_too_large_number(key, place),
            Unfit::TooLong => self.mistake_too_long(key, place),
            Unfit::NoTime => self.mistake_no_time(key, place),
        }
    }

    fn is_not(self, text: &str, what: TextForm) -> String {
        let raw = text;
        let text = text.escape_debug();
        match what {
            TextForm::Compared(form) => self.is_not_of_form(raw, form),
            TextForm::HyphenName => self.mistake_not_hyphens(text),
            TextForm::UnderscoreName => self.mistake_not_underscores(text),
            TextForm::Span => self.mistake_not_a_span(text),
            TextForm::Address => self.mistake_not_an_address(text),
            TextForm::Property => self.mistake_not_a_property(text),
            TextForm::Script => self.mistake_not_a_script(text),
        }
    }
}
