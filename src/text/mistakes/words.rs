//! The parts of those sentences: places in the file, types of values, and what is wanted of one.

use crate::checklist::mistake::{ExpectedForm, TablePlace, ValueType};
use crate::text::Text;

sentences! {
    place_checklist() { en "the checklist", es "la lista", fr "la liste" }
    place_until() {
        en "\"until\" of [step.check]",
        es "«until» de [step.check]",
        fr "« until » de [step.check]",
    }
    place_remedy_when() {
        en "\"when\" of a remedy",
        es "«when» de un remedio",
        fr "« when » d’un remède",
    }
    place_remedy_go() {
        en "\"go\" of a remedy",
        es "«go» de un remedio",
        fr "« go » d’un remède",
    }
    place_subject() { en "\"subject\"", es "«subject»", fr "« subject »" }
    place_step_when() {
        en "\"when\" of [[step]]",
        es "«when» de [[step]]",
        fr "« when » de [[step]]",
    }
    place_expectation() { en "an expectation", es "una expectativa", fr "une attente" }
    place_operand() { en "an operand", es "un operando", fr "un opérande" }
    place_covers() { en "\"covers\" of [step.check]", es "«covers» de [step.check]", fr "« covers » de [step.check]" }
    type_text() { en "a text", es "un texto", fr "un texte" }
    type_whole() { en "a whole number", es "un número entero", fr "un nombre entier" }
    type_number() { en "a number", es "un número", fr "un nombre" }
    type_boolean() { en "true or false", es "true o false", fr "true ou false" }
    type_time() { en "a date or time", es "una fecha u hora", fr "une date ou une heure" }
    type_list() { en "a list", es "una lista", fr "une liste" }
    type_table() { en "a table", es "una tabla", fr "une table" }
    wanted_text() { en "a text in quotation marks", es "un texto entre comillas", fr "un texte entre guillemets droits" }
    wanted_number() { en "a number, up to 2^53", es "un número, hasta 2^53", fr "un nombre, jusqu’à 2^53" }
    wanted_span() {
        en "a length of time in quotation marks, such as \"30m\"",
        es "una duración entre comillas, como \"30m\"",
        fr "une durée entre guillemets droits, comme \"30m\"",
    }
    wanted_localized() {
        en "a text, or a table of texts such as {{ en = \"…\", es = \"…\", fr = \"…\" }}",
        es "un texto, o una tabla de textos como {{ en = \"…\", es = \"…\", fr = \"…\" }}",
        fr "un texte, ou une table de textes comme {{ en = \"…\", es = \"…\", fr = \"…\" }}",
    }
    wanted_list() { en "a list in square brackets", es "una lista entre corchetes", fr "une liste entre crochets" }
    wanted_table(place) { en "a table, {place}", es "una tabla, {place}", fr "une table, {place}" }
    wanted_tables(place) {
        en "an array of tables, each written {place}",
        es "una matriz de tablas, cada una escrita {place}",
        fr "un tableau de tables, chacune écrite {place}",
    }
    wanted_rows() {
        en "\"all\", \"any\", \"none\" or a number of rows",
        es "\"all\", \"any\", \"none\" o un número de filas",
        fr "\"all\", \"any\", \"none\" ou un nombre de lignes",
    }
    wanted_operand() {
        en "a text, a number, true, false, {{ input = \"…\" }} or {{ property = \"…\" }}",
        es "un texto, un número, true, false, {{ input = \"…\" }} o {{ property = \"…\" }}",
        fr "un texte, un nombre, true, false, {{ input = \"…\" }} ou {{ property = \"…\" }}",
    }
    wanted_names() {
        en "a list of names, {{ input = \"…\" }} or {{ step = \"…\", property = \"…\" }}",
        es "una lista de nombres, {{ input = \"…\" }} o {{ step = \"…\", property = \"…\" }}",
        fr "une liste de noms, {{ input = \"…\" }} ou {{ step = \"…\", property = \"…\" }}",
    }
    wanted_bound() {
        en "a number, a version or a time in quotation marks, {{ input = \"…\" }} or {{ property = \"…\" }}",
        es "un número, una versión o una hora entre comillas, {{ input = \"…\" }} o {{ property = \"…\" }}",
        fr "un nombre, une version ou une heure entre guillemets droits, {{ input = \"…\" }} ou {{ property = \"…\" }}",
    }
}

impl Text {
    pub(super) fn place(self, place: TablePlace) -> String {
        match place {
            TablePlace::Checklist => self.place_checklist(),
            TablePlace::Under(header) => header.to_owned(),
            TablePlace::RemedyWhen => self.place_remedy_when(),
            TablePlace::RemedyGo => self.place_remedy_go(),
            TablePlace::Subject => self.place_subject(),
            TablePlace::StepWhen => self.place_step_when(),
            TablePlace::Until => self.place_until(),
            TablePlace::Expectation => self.place_expectation(),
            TablePlace::Operand => self.place_operand(),
            TablePlace::Covers => self.place_covers(),
        }
    }

    pub(super) fn value_type(self, found: ValueType) -> String {
        match found {
            ValueType::Text => self.type_text(),
            ValueType::WholeNumber => self.type_whole(),
            ValueType::Number => self.type_number(),
            ValueType::Boolean => self.type_boolean(),
            ValueType::Time => self.type_time(),
            ValueType::List => self.type_list(),
            ValueType::Table => self.type_table(),
        }
    }

    pub(super) fn wanted(self, wanted: ExpectedForm) -> String {
        match wanted {
            ExpectedForm::Text => self.wanted_text(),
            ExpectedForm::Boolean => self.type_boolean(),
            ExpectedForm::WholeNumber => self.type_whole(),
            ExpectedForm::Number => self.wanted_number(),
            ExpectedForm::Span => self.wanted_span(),
            ExpectedForm::Localized => self.wanted_localized(),
            ExpectedForm::List => self.wanted_list(),
            ExpectedForm::Table(place) => self.wanted_table(self.place(place)),
            ExpectedForm::Tables(place) => self.wanted_tables(self.place(place)),
            ExpectedForm::Rows => self.wanted_rows(),
            ExpectedForm::Operand => self.wanted_operand(),
            ExpectedForm::Bound => self.wanted_bound(),
            ExpectedForm::Names => self.wanted_names(),
        }
    }
}
