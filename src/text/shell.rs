//! Sentences about what runs commands: why it is not there, or not any more.

use super::Text;
use crate::shell::fault::{FragmentFault, PoolFailure, ProtocolFault, ReadReason};
use crate::shell::powershell::NoPowerShell;
use crate::shell::rehearsal::{self, ScenarioError};
use crate::shell::{ProgramEnd, ShellFault};

sentences! {
    no_program(path) {
        en "there is no program `{path}`; name an existing powershell.exe or pwsh, or name none",
        es "no existe el programa `{path}`; indique un powershell.exe o pwsh existente, o no indique ninguno",
        fr "le programme `{path}` n’existe pas ; indiquez un powershell.exe ou pwsh existant, ou n’en indiquez aucun",
    }
    no_powershell_found() {
        en "no PowerShell was found: neither Windows PowerShell nor `pwsh` on the PATH",
        es "no se encontró ningún PowerShell: ni Windows PowerShell ni `pwsh` en el PATH",
        fr "aucun PowerShell trouvé : ni Windows PowerShell ni `pwsh` dans le PATH",
    }
    channel_closed() { en "its channel closed", es "su canal se cerró", fr "son canal s’est fermé" }
    powershell_gone() { en "PowerShell is gone", es "PowerShell ya no está", fr "PowerShell a disparu" }
    program_not_started(program, why) {
        en "`{program}` could not be started: {why}",
        es "no se pudo iniciar `{program}`: {why}",
        fr "`{program}` n’a pas pu être démarré : {why}",
    }
    program_went(program, how) { en "`{program}` {how}", es "`{program}` {how}", fr "`{program}` {how}" }
    program_wrote(text) {
        en "; it wrote, which is not PowerShell's protocol: {text}",
        es "; escribió, y eso no es el protocolo de PowerShell: {text}",
        fr " ; il a écrit, ce qui n’est pas le protocole de PowerShell : {text}",
    }
    program_error_line(line) {
        en "; its last line on standard error: {line}",
        es "; su última línea en la salida de error estándar: {line}",
        fr " ; sa dernière ligne sur la sortie d’erreur standard : {line}",
    }
    end_no_answer() { en "did not answer in time", es "no respondió a tiempo", fr "n’a pas répondu à temps" }
    end_output_closed() { en "closed its output", es "cerró su salida", fr "a fermé sa sortie" }
    end_unknown() { en "ended", es "terminó", fr "s’est terminé" }
    end_exited(status) { en "ended ({status})", es "terminó ({status})", fr "s’est terminé ({status})" }
    end_not_the_protocol() {
        en "does not speak PowerShell's protocol",
        es "no habla el protocolo de PowerShell",
        fr "ne parle pas le protocole de PowerShell",
    }
    end_bad_opening(fault) {
        en "does not speak PowerShell's protocol: {fault}",
        es "no habla el protocolo de PowerShell: {fault}",
        fr "ne parle pas le protocole de PowerShell : {fault}",
    }
    end_broke(why) { en "broke: {why}", es "falló: {why}", fr "a échoué : {why}" }

    pool_version(version) {
        en "PowerShell answered with version {version} of the remoting protocol; 2.2 or later is needed (PowerShell 3.0)",
        es "PowerShell respondió con la versión {version} del protocolo de comunicación remota; se necesita la 2.2 o posterior (PowerShell 3.0)",
        fr "PowerShell a répondu avec la version {version} du protocole de communication à distance ; la 2.2 ou ultérieure est nécessaire (PowerShell 3.0)",
    }
    pool_broken() {
        en "PowerShell could not open or keep its runspace: no reason given",
        es "PowerShell no pudo abrir o mantener su espacio de ejecución: sin motivo indicado",
        fr "PowerShell n’a pas pu ouvrir ou garder son espace d’exécution : aucune raison donnée",
    }
    message_lost(why) {
        en "a message from PowerShell was lost: {why}",
        es "se perdió un mensaje de PowerShell: {why}",
        fr "un message de PowerShell a été perdu : {why}",
    }
    message_without_header() {
        en "a message from PowerShell has no whole header",
        es "un mensaje de PowerShell no tiene una cabecera completa",
        fr "un message de PowerShell n’a pas d’en-tête complet",
    }
    message_unknown(number) {
        en "a message from PowerShell is of the unknown type {number}",
        es "un mensaje de PowerShell es del tipo desconocido {number}",
        fr "un message de PowerShell est du type inconnu {number}",
    }
    message_unreadable(message, offset, why) {
        en "a {message} message from PowerShell: CLIXML cannot be read at byte {offset}: {why}",
        es "un mensaje {message} de PowerShell: no se puede leer CLIXML en el byte {offset}: {why}",
        fr "un message {message} de PowerShell : CLIXML illisible à l’octet {offset} : {why}",
    }
    message_incomplete(message) {
        en "a {message} message from PowerShell lacks a part that it must have",
        es "a un mensaje {message} de PowerShell le falta una parte obligatoria",
        fr "il manque à un message {message} de PowerShell une partie obligatoire",
    }
    message_of_no_pipeline(message) {
        en "a {message} message from PowerShell is for a pipeline that does not run",
        es "un mensaje {message} de PowerShell es para una canalización que no está en curso",
        fr "un message {message} de PowerShell concerne un pipeline qui n’est pas en cours",
    }
    ran_after_stop() {
        en "PowerShell ran a command on after it had said that it was stopped",
        es "PowerShell siguió ejecutando un comando después de decir que estaba detenido",
        fr "PowerShell a continué une commande après avoir dit qu’elle était arrêtée",
    }
    messages_torn(count) {
        en "a program wrote into the middle of what PowerShell was saying; {count} of its messages are lost",
        es "un programa escribió en medio de lo que decía PowerShell; se perdieron {count} de sus mensajes",
        fr "un programme a écrit au milieu de ce que disait PowerShell ; {count} de ses messages sont perdus",
    }
    no_key_exchange() {
        en "the exchange of keys with PowerShell failed: secrets cannot be sent to it",
        es "falló el intercambio de claves con PowerShell: no se le pueden enviar secretos",
        fr "l’échange de clés avec PowerShell a échoué : aucun secret ne peut lui être envoyé",
    }
    fragment_malformed() {
        en "the bytes are not whole fragments",
        es "los bytes no son fragmentos completos",
        fr "les octets ne sont pas des fragments complets",
    }
    fragment_out_of_order() {
        en "a piece of a message is missing or out of order",
        es "falta una parte de un mensaje o está fuera de orden",
        fr "une partie d’un message manque ou n’est pas à sa place",
    }
    fragment_too_large() {
        en "a message is larger than the limit",
        es "un mensaje supera el límite",
        fr "un message dépasse la limite",
    }
    fragment_too_many() {
        en "too many messages are incomplete at once",
        es "hay demasiados mensajes incompletos a la vez",
        fr "trop de messages sont incomplets à la fois",
    }
    xml_malformed() { en "it is not well-formed", es "no está bien formado", fr "il n’est pas bien formé" }
    xml_truncated() { en "it ends inside an element", es "termina dentro de un elemento", fr "il s’arrête dans un élément" }
    xml_empty() { en "it holds no value", es "no contiene ningún valor", fr "il ne contient aucune valeur" }
    xml_too_deep() { en "it is nested too deeply", es "está anidado a demasiada profundidad", fr "il est imbriqué trop profondément" }
    xml_too_many() { en "it holds too many values", es "contiene demasiados valores", fr "il contient trop de valeurs" }

    no_scenario(name, known) {
        en "there is no rehearsal scenario “{name}”; known: {known}.",
        es "no existe el escenario de ensayo «{name}»; conocidos: {known}.",
        fr "aucun scénario de répétition « {name} » ; connus : {known}.",
    }
    scenario_not_text(byte) {
        en "the scenario is not UTF-8 text (byte {byte})",
        es "el escenario no es texto UTF-8 (byte {byte})",
        fr "le scénario n’est pas du texte UTF-8 (octet {byte})",
    }
    scenario_syntax(why) {
        en "the scenario cannot be read: {why}",
        es "no se puede leer el escenario: {why}",
        fr "impossible de lire le scénario : {why}",
    }
    scenario_format(format) {
        en "the scenario has `format = {format}`; this greenlight reads format 1",
        es "el escenario tiene `format = {format}`; este greenlight lee el formato 1",
        fr "le scénario a `format = {format}` ; ce greenlight lit le format 1",
    }
    scenario_flag(command, flag) {
        en "the reply to `{command}` names the flag `{flag}`, which `[state]` and `[session]` do not have",
        es "la respuesta a `{command}` nombra el indicador `{flag}`, que no está en `[state]` ni en `[session]`",
        fr "la réponse à `{command}` nomme l’indicateur `{flag}`, absent de `[state]` et de `[session]`",
    }
    scenario_addressed() {
        en "a reply answers one command: `command`, or `check` or `apply` of a step",
        es "una respuesta contesta a un comando: `command`, o `check` o `apply` de un paso",
        fr "une réponse répond à une commande : `command`, ou `check` ou `apply` d’une étape",
    }
    scenario_step(name) {
        en "the checklist has no step `{name}` with such a command.",
        es "la lista no tiene ningún paso `{name}` con un comando así.",
        fr "la liste n’a pas d’étape `{name}` dotée d’une telle commande.",
    }
    scenario_unbound(command, name) {
        en "the reply to `{command}` puts in `{name}`, which that command is not given",
        es "la respuesta a `{command}` pone `{name}`, que ese comando no recibe",
        fr "la réponse à `{command}` insère `{name}`, que cette commande ne reçoit pas",
    }
    scenario_circle(id) {
        en "the scenario `{id}` is built on too many others",
        es "el escenario `{id}` se basa en demasiados otros",
        fr "le scénario `{id}` repose sur trop d’autres",
    }
}

impl Text {
    /// Why there is no PowerShell to run.
    pub fn powershell_missing(self, why: &NoPowerShell) -> String {
        match why {
            NoPowerShell::NotThere(path) => self.no_program(path.display()),
            NoPowerShell::NotFound => self.no_powershell_found(),
        }
    }

    /// Why a shell is gone, with what its program said last.
    pub fn shell_fault(self, fault: &ShellFault) -> String {
        match fault {
            ShellFault::ChannelClosed => self.channel_closed(),
            ShellFault::NotStarted { program, why } => self.program_not_started(program, why),
            ShellFault::Ended(last) => {
                let mut words = self.program_went(&last.program, self.program_end(&last.how));
                if let Some(garbage) = &last.garbage {
                    words += &self.program_wrote(garbage.escape_debug());
                }
                if let Some(line) = &last.error_line {
                    words += &self.program_error_line(line);
                }
                words
            }
        }
    }

    fn program_end(self, how: &ProgramEnd) -> String {
        match how {
            ProgramEnd::NoAnswer => self.end_no_answer(),
            ProgramEnd::OutputClosed => self.end_output_closed(),
            ProgramEnd::Unknown => self.end_unknown(),
            ProgramEnd::Exited(status) => self.end_exited(status),
            ProgramEnd::NotTheProtocol => self.end_not_the_protocol(),
            ProgramEnd::BadOpening(fault) => self.end_bad_opening(self.protocol_fault(fault)),
            ProgramEnd::Broke(fault) => self.protocol_fault(fault),
            ProgramEnd::NoRunspace(PoolFailure::Version(version)) => self.pool_version(version),
            ProgramEnd::NoRunspace(PoolFailure::Broken(None)) => self.pool_broken(),
            ProgramEnd::NoRunspace(PoolFailure::Broken(Some(error))) => self.end_broke(&error.message),
        }
    }

    fn protocol_fault(self, fault: &ProtocolFault) -> String {
        match fault {
            ProtocolFault::Fragment(fault) => self.message_lost(match fault {
                FragmentFault::Malformed => self.fragment_malformed(),
                FragmentFault::OutOfOrder => self.fragment_out_of_order(),
                FragmentFault::TooLarge => self.fragment_too_large(),
                FragmentFault::TooMany => self.fragment_too_many(),
            }),
            ProtocolFault::Header => self.message_without_header(),
            ProtocolFault::UnknownMessage(number) => self.message_unknown(format_args!("{number:#010x}")),
            ProtocolFault::Unreadable { message, error } => {
                let why = match error.reason {
                    ReadReason::Malformed => self.xml_malformed(),
                    ReadReason::Truncated => self.xml_truncated(),
                    ReadReason::Empty => self.xml_empty(),
                    ReadReason::TooDeep => self.xml_too_deep(),
                    ReadReason::TooMany => self.xml_too_many(),
                };
                self.message_unreadable(message, error.offset, why)
            }
            ProtocolFault::Incomplete(message) => self.message_incomplete(message),
            ProtocolFault::WrongPipeline(message) => self.message_of_no_pipeline(message),
            ProtocolFault::RanAfterStop(_) => self.ran_after_stop(),
            ProtocolFault::Torn(count) => self.messages_torn(count),
            ProtocolFault::KeyExchange => self.no_key_exchange(),
        }
    }

    /// Why a scenario cannot be played.
    pub fn scenario_error(self, error: &ScenarioError) -> String {
        match error {
            ScenarioError::Unknown { name, near } => {
                let known = rehearsal::names().collect::<Vec<_>>().join(", ");
                let hint = near.as_ref().map(|near| self.did_you_mean(near)).unwrap_or_default();
                self.no_scenario(name, known) + &hint
            }
            ScenarioError::NotText { byte } => self.scenario_not_text(byte),
            ScenarioError::Syntax(error) => self.scenario_syntax(error.replace('\n', "; ")),
            ScenarioError::Format(format) => self.scenario_format(format),
            ScenarioError::Flag { command, flag } => self.scenario_flag(command, flag),
            ScenarioError::Addressed => self.scenario_addressed(),
            ScenarioError::Step { name, near } => {
                let hint = near.as_ref().map(|near| self.did_you_mean(near)).unwrap_or_default();
                self.scenario_step(name) + &hint
            }
            ScenarioError::Unbound { command, name } => self.scenario_unbound(command, name),
            ScenarioError::Circle(id) => self.scenario_circle(id),
            ScenarioError::At { place, what } => {
                self.mistake_at(place.line, place.column, self.scenario_error(what))
            }
        }
    }
}

#[cfg(test)]
mod tests;
