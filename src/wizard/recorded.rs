//! What the wizard itself says in a record.
//!
//! Records are evidence, the same whoever was at the keyboard, so they are in English: what operators see of them too is
//! `text`'s English, and what only a record has stands here.

use crate::journal::JournalError;
use crate::run::Failure;
use crate::shell::ShellFault;
use crate::text::Text;

/// The language of records.
pub(super) const WORDS: Text = Text::new(crate::checklist::Lang::En);

/// Why a record or a file could not be written.
pub(super) fn not_written(error: &JournalError) -> String {
    WORDS.journal_fact(error)
}

/// The journal that a seal is to close is not the one that was written.
pub(super) fn other_end(record: u64) -> String {
    format!("the journal ends with record {record}")
}

/// Why a shell is gone.
pub(super) fn gone(fault: &ShellFault) -> String {
    WORDS.shell_fault(fault)
}

/// A command put out an object that held a secret.
pub(super) fn secret_in_output() -> Failure {
    of_secret(
        "SecretInOutput",
        "The command put out a password that was typed here. It is masked, so what the object says cannot be judged.",
    )
}

/// A program below a command wrote a secret that cannot be read.
pub(super) fn secret_garbled() -> Failure {
    of_secret(
        "SecretInUnreadOutput",
        "A program below the command wrote a password that was typed here, in an encoding that cannot be read. It is masked, and what stands beside it cannot be judged.",
    )
}

fn of_secret(error_id: &str, message: &str) -> Failure {
    Failure {
        error_id: error_id.to_owned(),
        category: "SecurityError".to_owned(),
        message: message.to_owned(),
        ..Failure::default()
    }
}
