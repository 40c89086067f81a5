//! Failures that PowerShell did not have: they are of ours.

use crate::run::Failure;

pub(super) fn failure_of_ours(error_id: &str, message: String) -> Failure {
    Failure {
        error_id: error_id.to_owned(),
        category: "NotSpecified".to_owned(),
        message,
        ..Failure::default()
    }
}
