//! What is said to whoever only looks at a run, and of a copy of an output.

use std::path::Path;

use super::Text;
use crate::journal::{CopyFault, NoCopy};

sentences! {
    open_needs_screens() {
        en "`open` shows a run on the screens, and here are only lines: `greenlight watch RUN` follows it in lines, and `greenlight export RUN` prints all of it",
        es "`open` muestra una ejecución en pantallas y aquí solo hay líneas: `greenlight watch EJECUCIÓN` la sigue en líneas y `greenlight export EJECUCIÓN` la imprime entera",
        fr "`open` montre une exécution sur des écrans, or ici il n’y a que des lignes : `greenlight watch EXÉCUTION` la suit en lignes et `greenlight export EXÉCUTION` l’imprime en entier",
    }
    looking_held(by) {
        en "LOOKING ONLY: nothing is touched. It is open at {by}",
        es "SOLO SE MIRA: no se toca nada. Está abierta en {by}",
        fr "CONSULTATION SEULE : rien n’est modifié. Elle est ouverte chez {by}",
    }
    looking_free() {
        en "LOOKING ONLY: nothing is touched. Nobody has it open",
        es "SOLO SE MIRA: no se toca nada. Nadie la tiene abierta",
        fr "CONSULTATION SEULE : rien n’est modifié. Personne ne l’a ouverte",
    }
    looking_sealed() {
        en "LOOKING ONLY: nothing is touched. It is sealed",
        es "SOLO SE MIRA: no se toca nada. Está sellada",
        fr "CONSULTATION SEULE : rien n’est modifié. Elle est scellée",
    }
    /// The run cannot be followed any more.
    looking_no_longer(why) {
        en "LOOKING ONLY, and not followed any more: {why}",
        es "SOLO SE MIRA, y ya no se sigue: {why}",
        fr "CONSULTATION SEULE, et elle n’est plus suivie : {why}",
    }
    /// A key that acts was pressed.
    only_looked_at() {
        en "this run is only looked at; `greenlight resume` goes on with one that is not sealed",
        es "esta ejecución solo se mira; `greenlight resume` continúa una que no esté sellada",
        fr "cette exécution est seulement consultée ; `greenlight resume` reprend celle qui n’est pas scellée",
    }
    window_looks() { en "looking", es "mirando", fr "consultation" }
    write_into() { en "Write all of it into:", es "Escribir todo en:", fr "Tout écrire dans :" }
    write_not_ended() {
        en "what it prints can be written when it has ended",
        es "lo que muestra se puede escribir cuando haya terminado",
        fr "ce qu’elle affiche peut être écrit quand elle sera terminée",
    }
    write_nothing() {
        en "there is nothing to be written",
        es "no hay nada que escribir",
        fr "il n’y a rien à écrire",
    }
    write_going_on(lines) { en "{lines} lines written", es "{lines} líneas escritas", fr "{lines} lignes écrites" }
    write_done(lines, path) { en "{lines} lines written into {path}", es "{lines} líneas escritas en {path}", fr "{lines} lignes écrites dans {path}" }
    write_exists(path) {
        en "{path} is there already, and nothing is overwritten",
        es "{path} ya existe, y no se sobrescribe nada",
        fr "{path} existe déjà, et rien n’est écrasé",
    }
    write_in_a_run(path) {
        en "{path} is in the folder of a run, which is to stay as it was recorded",
        es "{path} está en la carpeta de una ejecución, que debe quedar como se registró",
        fr "{path} est dans le dossier d’une exécution, qui doit rester tel qu’enregistré",
    }
    write_failed(path, why) {
        en "{path} could not be written: {why}",
        es "no se pudo escribir {path}: {why}",
        fr "{path} n’a pas pu être écrit : {why}",
    }
}

impl Text {
    /// Why there is no copy at that path.
    pub(crate) fn no_copy(self, path: &Path, why: &NoCopy) -> String {
        let path = path.display();
        match why {
            NoCopy::Copy(CopyFault::Exists) => self.write_exists(path),
            NoCopy::Copy(CopyFault::InARun) => self.write_in_a_run(path),
            NoCopy::Copy(CopyFault::Io(error)) => self.write_failed(path, self.io(error)),
            NoCopy::Output(fault) => self.write_failed(path, self.file_fault(fault)),
        }
    }
}
