//! Sentences about what is allowed in a checklist and likely to be a mistake.

use super::Text;
use crate::checklist::Warning;
use crate::checklist::concern::{Concern, ConcernedPart, RowSource, SideEffect};
use crate::checklist::explain::CommandPurpose;

sentences! {
    concern_of_input(id, what) {
        en "input \"{id}\": {what}",
        es "entrada «{id}»: {what}",
        fr "entrée « {id} » : {what}",
    }
    concern_of_step(id, what) {
        en "step \"{id}\": {what}",
        es "paso «{id}»: {what}",
        fr "étape « {id} » : {what}",
    }
    concern_of_handoff(what) { en "[handoff]: {what}", es "[handoff]: {what}", fr "[handoff] : {what}" }
    concern_check() { en "the check", es "la comprobación", fr "la vérification" }
    concern_apply() { en "the apply", es "el comando de [step.apply]", fr "la commande de [step.apply]" }
    concern_hidden_apply(side_effect) {
        en "the check {side_effect}, which may change something",
        es "la comprobación {side_effect}, lo que puede cambiar algo",
        fr "la vérification {side_effect}, ce qui peut modifier quelque chose",
    }
    concern_understated(side_effect) {
        en "the apply {side_effect}, which looks like more than changes = \"session\"",
        es "el comando de [step.apply] {side_effect}, lo que parece más que changes = \"session\"",
        fr "la commande de [step.apply] {side_effect}, ce qui semble dépasser changes = \"session\"",
    }
    concern_hidden_error() {
        en "the check hides errors, and no rows are what it expects: a failure would look like the good state",
        es "la comprobación oculta los errores y espera que no haya filas: un fallo parecería el buen estado",
        fr "la vérification cache les erreurs et n’attend aucune ligne : un échec ressemblerait au bon état",
    }
    concern_unseen_warning(command) {
        en "the check runs {command}, which tells what is wrong only by warnings; say warnings = \"fail\"",
        es "la comprobación ejecuta {command}, que solo dice lo que está mal mediante avisos; escriba warnings = \"fail\"",
        fr "la vérification exécute {command}, qui ne dit ce qui ne va pas que par des avertissements ; écrivez warnings = \"fail\"",
    }
    concern_hidden_warning() {
        en "the check hides warnings, and warnings = \"fail\" is what it says",
        es "la comprobación oculta los avisos, y dice warnings = \"fail\"",
        fr "la vérification cache les avertissements, et dit warnings = \"fail\"",
    }
    concern_preference(its, name) {
        en "{its} sets ${name}, which no other command sees: each begins with the usual one",
        es "{its} establece ${name}, que ningún otro comando ve: cada uno empieza con el valor habitual",
        fr "{its} définit ${name}, qu’aucune autre commande ne voit : chacune commence avec la valeur habituelle",
    }
    concern_always_met(what) {
        en "the check ends with {what}, which always gives a row; expect {{ is = true }}, or the value",
        es "la comprobación termina con {what}, que siempre da una fila; espere {{ is = true }}, o el valor",
        fr "la vérification se termine par {what}, qui donne toujours une ligne ; attendez {{ is = true }}, ou la valeur",
    }
    concern_comparison() { en "a comparison", es "una comparación", fr "une comparaison" }
    concern_borrowed(its, name, step) {
        en "{its} reads ${name}, which the step \"{step}\" sets; name that step in needs",
        es "{its} lee ${name}, que establece el paso «{step}»; nombre ese paso en needs",
        fr "{its} lit ${name}, que l’étape « {step} » définit ; nommez cette étape dans needs",
    }
    concern_pasted(input) {
        en "the input ${input} is pasted into a text; give it as an argument of its own",
        es "la entrada ${input} se pega dentro de un texto; pásela como un argumento propio",
        fr "l’entrée ${input} est collée dans un texte ; donnez-la comme un argument à part",
    }
    concern_placeholder(written, input) {
        en "nothing replaces {written} in a command; write ${input}",
        es "nada sustituye {written} en un comando; escriba ${input}",
        fr "rien ne remplace {written} dans une commande ; écrivez ${input}",
    }
    concern_misspelt(name, near) {
        en "${name} is no input and nothing sets it; is ${near} meant?",
        es "${name} no es ninguna entrada y nada lo establece; ¿quiso decir ${near}?",
        fr "${name} n’est pas une entrée et rien ne le définit ; s’agit-il de ${near} ?",
    }
    concern_never_applies(input) {
        en "no value of the input \"{input}\" can ever meet \"when\": the step never applies",
        es "ningún valor de la entrada «{input}» puede cumplir «when»: el paso no se aplica nunca",
        fr "aucune valeur de l’entrée « {input} » ne peut remplir « when » : l’étape ne s’applique jamais",
    }
    concern_uncovered(input) {
        en "the check works on ${input}, and a value without a row would not be missed; name the rows by key, and say covers = {{ input = \"{input}\" }}",
        es "la comprobación trabaja con ${input} y no se echaría en falta un valor sin fila; nombre las filas con key y escriba covers = {{ input = \"{input}\" }}",
        fr "la vérification porte sur ${input}, et une valeur sans ligne ne manquerait à personne ; nommez les lignes par key et écrivez covers = {{ input = \"{input}\" }}",
    }
    concern_unused(input) {
        en "nothing uses the input \"{input}\"",
        es "nada usa la entrada «{input}»",
        fr "rien n’utilise l’entrée « {input} »",
    }
    concern_translation(lang, texts) {
        en "no text in \"{lang}\" for {texts}",
        es "no hay texto en «{lang}» para {texts}",
        fr "aucun texte en « {lang} » pour {texts}",
    }
    concern_no_docs() {
        en "it names no page that it comes from (docs)",
        es "no nombra ninguna página de la que proceda (docs)",
        fr "elle ne nomme aucune page dont elle provient (docs)",
    }
    side_effect_runs(name) { en "runs {name}", es "ejecuta {name}", fr "exécute {name}" }
    side_effect_computed() {
        en "runs a command that is known only then",
        es "ejecuta un comando que solo se conoce en ese momento",
        fr "exécute une commande connue seulement à ce moment-là",
    }
    side_effect_method(name) {
        en "calls the method {name}",
        es "llama al método {name}",
        fr "appelle la méthode {name}",
    }
    side_effect_method_computed() { en "(computed)", es "(calculado)", fr "(calculée)" }
    side_effect_member() {
        en "sets a property, an element or an environment variable",
        es "establece una propiedad, un elemento o una variable de entorno",
        fr "définit une propriété, un élément ou une variable d’environnement",
    }
    side_effect_file() { en "writes into a file", es "escribe en un archivo", fr "écrit dans un fichier" }
    side_effect_unreadable() {
        en "is nested too deeply to be read",
        es "está anidado a demasiada profundidad para leerlo",
        fr "est trop profondément imbriqué pour être lu",
    }
}

impl Text {
    /// A warning with what of the checklist it is about.
    pub fn warning(self, warning: &Warning) -> String {
        let what = self.concern(warning);
        match &warning.about {
            ConcernedPart::Checklist => what,
            ConcernedPart::Input(id) => self.concern_of_input(id, what),
            ConcernedPart::Step(id) | ConcernedPart::Command(id, _) => self.concern_of_step(id, what),
            ConcernedPart::Handoff => self.concern_of_handoff(what),
        }
    }

    /// A warning without that, for where it stands under what it is about.
    pub fn concern(self, warning: &Warning) -> String {
        let its = || match warning.about {
            ConcernedPart::Command(_, CommandPurpose::Apply(_)) => self.concern_apply(),
            _ => self.concern_check(),
        };
        match &warning.what {
            Concern::HiddenApply(side_effect) => self.concern_hidden_apply(self.side_effect(side_effect)),
            Concern::UnderstatedChange(side_effect) => {
                self.concern_understated(self.side_effect(side_effect))
            }
            Concern::HiddenError => self.concern_hidden_error(),
            Concern::UnseenWarning(command) => self.concern_unseen_warning(command),
            Concern::HiddenWarning => self.concern_hidden_warning(),
            Concern::Preference(name) => self.concern_preference(its(), name),
            Concern::AlwaysMet(RowSource::Comparison) => self.concern_always_met(self.concern_comparison()),
            Concern::AlwaysMet(RowSource::Command(name)) => self.concern_always_met(name),
            Concern::BorrowedVariable { name, step } => self.concern_borrowed(its(), name, step),
            Concern::PastedInput(input) => self.concern_pasted(input),
            Concern::Placeholder { written, input } => self.concern_placeholder(written, input),
            Concern::MisspeltInput { name, near } => self.concern_misspelt(name, near),
            Concern::NeverApplies(input) => self.concern_never_applies(input),
            Concern::Uncovered(input) => self.concern_uncovered(input),
            Concern::UnusedInput(input) => self.concern_unused(input),
            Concern::MissingTranslation { lang, texts } => self.concern_translation(lang, texts.join(", ")),
            Concern::NoDocs => self.concern_no_docs(),
        }
    }

    fn side_effect(self, side_effect: &SideEffect) -> String {
        match side_effect {
            SideEffect::Runs(name) => self.side_effect_runs(name),
            SideEffect::RunsComputed => self.side_effect_computed(),
            SideEffect::CallsMethod(name) => self.side_effect_method(name),
            SideEffect::CallsComputed => self.side_effect_method(self.side_effect_method_computed()),
            SideEffect::SetsMember => self.side_effect_member(),
            SideEffect::WritesFile => self.side_effect_file(),
            SideEffect::Unreadable => self.side_effect_unreadable(),
        }
    }
}
