//! Sentences about steps that do not apply, and those of which that is not known.

use super::Text;
use crate::checklist::{ValueSource, When};
use crate::run::{Applicability, Count, Doubt, Reason, WhyNot, gate};

sentences! {
    /// The condition of a step, as [`Text::condition`] has it.
    applies_when(condition) {
        en "applies when {condition}",
        es "se aplica cuando {condition}",
        fr "s’applique quand {condition}",
    }
    /// A property of the rows of a step, and what it must be.
    condition_of_step(step, property, test) {
        en "{property} of \"{step}\" {test}",
        es "{property} de «{step}» {test}",
        fr "{property} de « {step} » {test}",
    }
    /// Why a step does not apply, behind its title or the word for it.
    because(why) { en "because {why}", es "porque {why}", fr "car {why}" }
    /// The label of an input, and what was given.
    value_is(name, found) { en "“{name}” is {found}", es "«{name}» es {found}", fr "« {name} » est {found}" }
    value_is_empty(name) { en "“{name}” is empty", es "«{name}» está vacío", fr "« {name} » est vide" }
    /// A property, what it is, and the title of the step that found it.
    found_is(property, found, step) {
        en "{property} is {found} (“{step}”)",
        es "{property} es {found} («{step}»)",
        fr "{property} est {found} (« {step} »)",
    }
    found_is_nothing(property, step) {
        en "“{step}” found no {property}",
        es "«{step}» no encontró ningún {property}",
        fr "« {step} » n’a trouvé aucun {property}",
    }
    /// The step whose rows say whether this one applies.
    source_does_not_apply(step) {
        en "“{step}” does not apply",
        es "«{step}» no se aplica",
        fr "« {step} » ne s’applique pas",
    }
    not_known_to_apply() {
        en "whether it applies is not known",
        es "no se sabe si se aplica",
        fr "on ne sait pas si elle s’applique",
    }
    /// The input that says whether a step applies has no value.
    not_known_without(input) {
        en "whether it applies is not known: “{input}” has no value",
        es "no se sabe si se aplica: «{input}» no tiene valor",
        fr "on ne sait pas si elle s’applique : « {input} » n’a pas de valeur",
    }
    /// What there is says nothing of whether the step applies.
    not_told(why) {
        en "whether it applies cannot be told: {why}",
        es "no se puede saber si se aplica: {why}",
        fr "impossible de savoir si elle s’applique : {why}",
    }
    refused_does_not_apply(why) {
        en "this step does not apply, because {why}",
        es "este paso no se aplica, porque {why}",
        fr "cette étape ne s’applique pas, car {why}",
    }
    stale_applies_otherwise(step) {
        en "it has changed since whether “{step}” applies",
        es "desde entonces ha cambiado si «{step}» se aplica",
        fr "que « {step} » s’applique ou non a changé depuis",
    }
    /// How many steps do not apply, behind how many are green.
    count_not_applying(count) {
        en ", {count} do not apply",
        es ", {count} no se aplican",
        fr ", {count} ne s’appliquent pas",
    }
    count_not_applying_one() { en ", 1 does not apply", es ", 1 no se aplica", fr ", 1 ne s’applique pas" }
    /// Why a gate is locked behind which no required step applies.
    gate_nothing_applies() {
        en "no required step applies here, so nothing shows that the work may begin",
        es "aquí no se aplica ningún paso obligatorio, así que nada demuestra que se pueda empezar",
        fr "aucune étape obligatoire ne s’applique ici : rien ne montre que l’on peut commencer",
    }
    /// The heading above the steps that do not apply.
    not_applying() { en "Does not apply", es "No se aplican", fr "Ne s’appliquent pas" }
}

impl Text {
    /// The condition of a step, in the words of an expectation.
    pub fn condition(self, when: &When) -> String {
        let test = self.expect_test(&when.test);
        match &when.source {
            ValueSource::Input(input) => format!("${input} {test}"),
            ValueSource::Step { step, property } => self.condition_of_step(step, property, test),
        }
    }

    /// How many are green of those that apply, and how many do not.
    pub fn count(self, count: &Count) -> String {
        let more = match count.not_applying {
            0 => String::new(),
            1 => self.count_not_applying_one(),
            more => self.count_not_applying(more),
        };
        self.count_green(count.green, count.required) + &more
    }

    /// Why the handoff is refused while the gate is locked.
    pub(super) fn refused_by_gate(self, reasons: &[Reason]) -> String {
        if gate::nothing_applies(reasons) {
            self.gate_nothing_applies()
        } else {
            self.refused_locked(reasons.len())
        }
    }

    /// Why a step does not apply, or why that is not known; nothing of one that applies, or waits for a step to say so.
    pub(super) fn applicability(
        self,
        applies: &Applicability,
        name: &dyn Fn(&str) -> String,
    ) -> Option<String> {
        match applies {
            Applicability::DoesNot(why) => Some(self.because(self.why_not(why, name))),
            Applicability::Unknown(Doubt::NoValue(input)) => {
                Some(self.not_known_without(name(input.as_str())))
            }
            Applicability::Unknown(Doubt::NotJudged(why)) => Some(self.not_told(self.why_not(why, name))),
            Applicability::Applies | Applicability::Unknown(Doubt::NotGreen(_)) => None,
        }
    }

    pub(super) fn why_not(self, why: &WhyNot, name: &dyn Fn(&str) -> String) -> String {
        match why {
            WhyNot::Input { input, found } if found.is_empty() => self.value_is_empty(name(input.as_str())),
            WhyNot::Input { input, found } => self.value_is(name(input.as_str()), found),
            WhyNot::Found { step, property, found } if found.is_empty() => {
                self.found_is_nothing(property, name(step.as_str()))
            }
            WhyNot::Found { step, property, found } => self.found_is(property, found, name(step.as_str())),
            WhyNot::Source { step } => self.source_does_not_apply(name(step.as_str())),
        }
    }
}
