//! Sentences about a run's files: what could not be read or written, and what is damaged.

use std::io::{self, ErrorKind};

use super::Text;
use crate::journal::disk::DiskFault;
use crate::journal::{
    Damage, EncodeFault, FileAction, FileFault, FolderNote, HeadFault, Holder, JournalError, Newer, Problem,
};
use crate::run::LeftOut;
use crate::sanitize::escape_controls;

sentences! {
    left_out_of(lines, bytes) {
        en "{lines} more lines, {bytes} bytes, had no room in the transcript: they were counted and not kept",
        es "{lines} líneas más, {bytes} bytes, no cabían en la transcripción: se contaron y no se guardaron",
        fr "{lines} lignes de plus, {bytes} octets, n’avaient plus de place dans la transcription : comptées, non conservées",
    }
    note_left_out(file, what) { en "{file}: {what}", es "{file}: {what}", fr "{file} : {what}" }
    io_create(path, why) { en "cannot create {path}: {why}", es "no se puede crear {path}: {why}", fr "impossible de créer {path} : {why}" }
    io_write(path, why) { en "cannot write {path}: {why}", es "no se puede escribir {path}: {why}", fr "impossible d’écrire {path} : {why}" }
    advice_write() {
        en "; nothing that is not written counts: try again when that is mended, or resume the run",
        es "; lo que no está escrito no cuenta: reintente cuando esté resuelto o reanude la ejecución",
        fr " ; ce qui n’est pas écrit ne compte pas : réessayez quand ce sera réparé, ou reprenez",
    }
    /// The disk, or somebody's share of it, is full.
    advice_write_full() {
        en "; nothing that is not written counts: make room, then try again or resume the run",
        es "; lo que no está escrito no cuenta: libere espacio y reintente o reanude la ejecución",
        fr " ; ce qui n’est pas écrit ne compte pas : libérez de la place, puis réessayez ou reprenez",
    }
    io_lock(path, why) { en "cannot lock {path}: {why}", es "no se puede bloquear {path}: {why}", fr "impossible de verrouiller {path} : {why}" }
    io_remove(path, why) { en "cannot remove {path}: {why}", es "no se puede eliminar {path}: {why}", fr "impossible de supprimer {path} : {why}" }
    io_quarantine(path, why) {
        en "cannot set aside the torn end of {path}: {why}",
        es "no se puede apartar el final incompleto de {path}: {why}",
        fr "impossible de mettre de côté la fin incomplète de {path} : {why}",
    }
    run_held(by) {
        en "the run is open in another greenlight ({by})",
        es "la ejecución está abierta en otro greenlight ({by})",
        fr "cette exécution est ouverte dans un autre greenlight ({by})",
    }
    advice_held(run) {
        en "; close it there first, or follow it with `greenlight watch {run}`",
        es "; ciérrela allí primero, o sígala con `greenlight watch {run}`",
        fr " ; fermez-la d’abord là-bas, ou suivez-la avec `greenlight watch {run}`",
    }
    damaged_at(record, what) {
        en "the journal is damaged at record {record}: {what}",
        es "el diario está dañado en el registro {record}: {what}",
        fr "le journal est endommagé à l’enregistrement {record} : {what}",
    }
    advice_damaged() {
        en "; the run can only be read, up to there (greenlight export)",
        es "; la ejecución solo se puede leer, hasta ahí (greenlight export)",
        fr " ; l’exécution ne peut qu’être lue, jusque-là (greenlight export)",
    }
    never_began(folder) {
        en "there is no journal in {folder}, or nothing in it: no run ever began there, or its records are gone",
        es "en {folder} no hay diario, o está vacío: nunca comenzó ninguna ejecución, o sus registros han desaparecido",
        fr "aucun journal dans {folder}, ou rien dedans : aucune exécution n’y a commencé, ou ses enregistrements ont disparu",
    }
    newer_format(format, known) {
        en "written by a later greenlight: its journal has format {format}, this one reads up to {known}; use the later one",
        es "escrita por un greenlight posterior: su diario tiene el formato {format}, este lee hasta el {known}; use el posterior",
        fr "écrite par un greenlight plus récent : son journal est au format {format}, celui-ci lit jusqu’au {known} ; utilisez le plus récent",
    }
    newer_kind(kind) {
        en "written by a later greenlight: it is a run of another kind (“{kind}”), which is not known here; use the later one",
        es "escrita por un greenlight posterior: es una ejecución de otra clase («{kind}») que aquí no se conoce; use el posterior",
        fr "écrite par un greenlight plus récent : c’est une exécution d’un autre genre (« {kind} ») qui n’est pas connu ici ; utilisez le plus récent",
    }
    newer_record(record, detail) {
        en "written by a later greenlight: record {record} says what is not known here ({detail}), and nothing from there on counts; use the later one",
        es "escrita por un greenlight posterior: el registro {record} dice algo que aquí no se conoce ({detail}) y nada desde ahí cuenta; use el posterior",
        fr "écrite par un greenlight plus récent : l’enregistrement {record} dit ce qui n’est pas connu ici ({detail}) et rien à partir de là ne compte ; utilisez le plus récent",
    }
    newer_checklist(detail) {
        en "written by a later greenlight: its checklist says what is not known here ({detail}); use the later one",
        es "escrita por un greenlight posterior: su lista de comprobación dice algo que aquí no se conoce ({detail}); use el posterior",
        fr "écrite par un greenlight plus récent : sa liste de contrôle dit ce qui n’est pas connu ici ({detail}) ; utilisez le plus récent",
    }
    journal_broken() {
        en "the last record could not be written; nothing is added before the run is resumed",
        es "no se pudo escribir el último registro; no se añade nada hasta reanudar la ejecución",
        fr "le dernier enregistrement n’a pas pu être écrit ; rien n’est ajouté avant la reprise",
    }
    journal_changed(path) {
        en "{path} was changed, replaced or removed by somebody else; nothing is added to it",
        es "{path} fue modificado, reemplazado o eliminado por otro; no se le añade nada",
        fr "{path} a été modifié, remplacé ou supprimé par quelqu’un d’autre ; rien n’y est ajouté",
    }
    advice_changed() {
        en ": put it back as it was and try again, or leave and resume the run",
        es ": déjelo como estaba y reintente, o salga y reanude la ejecución",
        fr " : remettez-le comme il était et réessayez, ou quittez et reprenez l’exécution",
    }
    not_allowed(folder) {
        en "this account may not write to the run in {folder}, which nobody has open now",
        es "esta cuenta no puede escribir en la ejecución de {folder}, que nadie tiene abierta ahora",
        fr "ce compte ne peut pas écrire dans l’exécution de {folder}, que personne n’a ouverte",
    }
    advice_not_allowed() {
        en "; ask its owner for the right to write to the folder and its files",
        es "; pida a su propietario permiso de escritura en la carpeta y sus archivos",
        fr " ; demandez à son propriétaire le droit d’écrire dans le dossier et ses fichiers",
    }
    journal_encode(why) {
        en "an event cannot be written as JSON: {why}",
        es "un evento no se puede escribir como JSON: {why}",
        fr "un événement ne peut être écrit en JSON : {why}",
    }
    record_too_long() {
        en "it is longer than a record may be",
        es "es más largo de lo que puede ser un registro",
        fr "il est plus long que ne peut l’être un enregistrement",
    }
    disk_not_a_file() { en "it is not a plain file", es "no es un archivo normal", fr "ce n’est pas un fichier ordinaire" }
    disk_not_a_folder() {
        en "it is not a folder of the run's own, but a link or a file",
        es "no es una carpeta propia de la ejecución, sino un enlace o un archivo",
        fr "ce n’est pas un dossier de l’exécution, mais un lien ou un fichier",
    }
    disk_deleted() { en "it was deleted", es "se eliminó", fr "il a été supprimé" }
    disk_partly(taken, all) {
        en "only {taken} of {all} bytes could be written",
        es "solo se pudieron escribir {taken} de {all} bytes",
        fr "seuls {taken} octets sur {all} ont pu être écrits",
    }
    damage_form() { en "it does not have the form of a record", es "no tiene la forma de un registro", fr "il n’a pas la forme d’un enregistrement" }
    damage_hash() { en "its digest does not fit its content", es "su resumen no corresponde a su contenido", fr "son empreinte ne correspond pas à son contenu" }
    damage_sequence(found) { en "record {found} stands in its place", es "en su lugar está el registro {found}", fr "l’enregistrement {found} est à sa place" }
    damage_link() { en "it does not follow the record before it", es "no sigue al registro anterior", fr "il ne suit pas l’enregistrement précédent" }
    damage_json(detail) { en "it cannot be understood ({detail})", es "no se entiende ({detail})", fr "il est incompréhensible ({detail})" }
    problem_record(record, what) { en "record {record}: {what}", es "registro {record}: {what}", fr "enregistrement {record} : {what}" }
    problem_torn(record) {
        en "record {record}, the last, is cut off; resuming the run sets it aside",
        es "el registro {record}, el último, está cortado; al reanudar la ejecución se aparta",
        fr "l’enregistrement {record}, le dernier, est coupé ; la reprise le met de côté",
    }
    problem_file(record, file, what) {
        en "{file}, named by record {record}: {what}",
        es "{file}, nombrado por el registro {record}: {what}",
        fr "{file}, cité par l’enregistrement {record} : {what}",
    }
    fault_unreadable(why) { en "it cannot be read: {why}", es "no se puede leer: {why}", fr "illisible : {why}" }
    fault_outside() { en "its name leads out of the run's folder", es "su nombre sale de la carpeta de la ejecución", fr "son nom sort du dossier de l’exécution" }
    fault_length(found) { en "its length is now {found} bytes", es "ahora mide {found} bytes", fr "sa taille est maintenant de {found} octets" }
    fault_content() { en "its content has changed", es "su contenido ha cambiado", fr "son contenu a changé" }
    /// A journal that is shorter than its head code says.
    head_shorter(code, last) {
        en "head code {code}: the journal ends at record {last}; records are missing",
        es "código de cabeza {code}: el diario termina en el registro {last}; faltan registros",
        fr "code de tête {code} : le journal s’arrête à l’enregistrement {last} ; il en manque",
    }
    head_differs(code) {
        en "head code {code}: this is another journal, or it was rewritten",
        es "código de cabeza {code}: es otro diario, o fue reescrito",
        fr "code de tête {code} : c’est un autre journal, ou il a été réécrit",
    }
    not_a_head_code(code) {
        en "`{code}` is not a head code such as 41-7ZJ4-9MQX-C0TB-HW2E",
        es "`{code}` no es un código de cabeza como 41-7ZJ4-9MQX-C0TB-HW2E",
        fr "`{code}` n’est pas un code de tête comme 41-7ZJ4-9MQX-C0TB-HW2E",
    }
    holder_is(user, host, pid) {
        en "{user} on {host}, process {pid}",
        es "{user} en {host}, proceso {pid}",
        fr "{user} sur {host}, processus {pid}",
    }
    holder_since(time) { en ", since {time}", es ", desde {time}", fr ", depuis {time}" }
    holder_unknown() { en "it does not say whose", es "no dice de quién", fr "sans dire à qui" }
}

impl Text {
    pub fn left_out(self, left_out: LeftOut) -> String {
        self.left_out_of(left_out.lines, left_out.bytes)
    }

    /// Who has a run open, and since when.
    pub fn holder(self, holder: &Holder) -> String {
        let who = &holder.who;
        let (user, host) = (escape_controls(&who.user), escape_controls(&who.host));
        let is = self.holder_is(user, host, holder.pid);
        match jiff::Timestamp::from_millisecond(holder.since) {
            Ok(since) => is + &self.holder_since(since.strftime("%Y-%m-%d %H:%M UTC")),
            Err(_) => is,
        }
    }

    /// The run is open elsewhere, with the name by which it can be followed.
    pub fn held_by(self, by: Option<&Holder>, run: &str) -> String {
        self.held_fact(by) + &self.advice_held(run)
    }

    /// Who has a run open, as far as its lock says.
    pub fn holder_or_unknown(self, by: Option<&Holder>) -> String {
        by.map_or_else(|| self.holder_unknown(), |by| self.holder(by))
    }

    fn held_fact(self, by: Option<&Holder>) -> String {
        self.run_held(self.holder_or_unknown(by))
    }

    /// A record of the journal is not what was written.
    pub fn journal_damaged(self, record: u64, what: &Damage) -> String {
        self.damaged_at(record, self.damage(what)) + &self.advice_damaged()
    }

    /// What the system said, or we did in its place.
    pub fn io(self, error: &io::Error) -> String {
        match error.get_ref().and_then(|fault| fault.downcast_ref()) {
            Some(DiskFault::NotAFile) => self.disk_not_a_file(),
            Some(DiskFault::NotAFolder) => self.disk_not_a_folder(),
            #[cfg(unix)]
            Some(DiskFault::Deleted) => self.disk_deleted(),
            Some(DiskFault::Partly { taken, of }) => self.disk_partly(taken, of),
            None => error.to_string(),
        }
    }

    /// Why a journal could not be opened, read or written, and what to do about it.
    pub fn journal_error(self, error: &JournalError) -> String {
        let advice = match error {
            JournalError::Io { action: FileAction::Write, source, .. } => match source.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => self.advice_write_full(),
                _ => self.advice_write(),
            },
            JournalError::Held { .. } => self.advice_held("RUN"),
            JournalError::Damaged { .. } => self.advice_damaged(),
            JournalError::Changed { .. } => self.advice_changed(),
            JournalError::NotAllowed { .. } => self.advice_not_allowed(),
            JournalError::Io { .. }
            | JournalError::NeverBegan { .. }
            | JournalError::Newer(_)
            | JournalError::Broken
            | JournalError::Encode(_) => String::new(),
        };
        self.journal_fact(error) + &advice
    }

    /// The same without advice, as a record has it.
    pub fn journal_fact(self, error: &JournalError) -> String {
        match error {
            JournalError::Io { action, path, source } => {
                let (path, source) = (path.display(), self.io(source));
                match action {
                    FileAction::Create => self.io_create(path, source),
                    FileAction::Read => self.unreadable(path, source),
                    FileAction::Write => self.io_write(path, source),
                    FileAction::Lock => self.io_lock(path, source),
                    FileAction::Remove => self.io_remove(path, source),
                    FileAction::Quarantine => self.io_quarantine(path, source),
                }
            }
            JournalError::Held { by } => self.held_fact(by.as_ref()),
            JournalError::Damaged { record, what } => self.damaged_at(record, self.damage(what)),
            JournalError::NeverBegan { folder } => self.never_began(folder.display()),
            JournalError::Newer(newer) => self.newer(newer),
            JournalError::Broken => self.journal_broken(),
            JournalError::Changed { path } => self.journal_changed(path.display()),
            JournalError::NotAllowed { folder } => self.not_allowed(folder.display()),
            JournalError::Encode(EncodeFault::Json(error)) => self.journal_encode(error),
            JournalError::Encode(EncodeFault::TooLong) => self.journal_encode(self.record_too_long()),
        }
    }

    pub fn newer(self, newer: &Newer) -> String {
        match newer {
            Newer::Format(format) => self.newer_format(format, crate::run::FORMAT),
            Newer::Kind(kind) => self.newer_kind(escape_controls(kind)),
            Newer::Record { record, detail } => self.newer_record(record, escape_controls(detail)),
            Newer::Checklist { detail } => self.newer_checklist(escape_controls(detail)),
        }
    }

    pub fn damage(self, damage: &Damage) -> String {
        match damage {
            Damage::Form => self.damage_form(),
            Damage::Hash => self.damage_hash(),
            Damage::Sequence { found } => self.damage_sequence(found),
            Damage::Link => self.damage_link(),
            Damage::Json { detail } => self.damage_json(escape_controls(detail)),
        }
    }

    /// What is no damage, and yet to be known.
    pub fn note(self, note: &FolderNote) -> String {
        match note {
            FolderNote::Renamed { run } => self.note_renamed(escape_controls(run)),
            FolderNote::LeftOut { file, left_out } => {
                self.note_left_out(escape_controls(file), self.left_out(*left_out))
            }
            FolderNote::Stray { file } => self.note_stray(escape_controls(file)),
        }
    }

    /// What is wrong with a file.
    pub(crate) fn file_fault(self, fault: &FileFault) -> String {
        match fault {
            FileFault::Unreadable(error) => self.fault_unreadable(self.io(error)),
            FileFault::Outside => self.fault_outside(),
            FileFault::Length { found } => self.fault_length(found),
            FileFault::Content => self.fault_content(),
        }
    }

    pub fn problem(self, problem: &Problem) -> String {
        match problem {
            Problem::Journal(error) => self.journal_error(error),
            Problem::Record { record, what } => self.problem_record(record, self.damage(what)),
            Problem::Torn { record } => self.problem_torn(record),
            Problem::File { record, file, fault } => {
                self.problem_file(record, escape_controls(file), self.file_fault(fault))
            }
            Problem::Head { code, fault } => match fault {
                HeadFault::Shorter { last } => self.head_shorter(code, last),
                HeadFault::Differs => self.head_differs(code),
            },
        }
    }
}
