//! The variables that a command finds: the operator's inputs, and the preferences that no earlier command may have changed.
//!
//! They are set by assignments, and read back. A session can put a function or an alias before every cmdlet, also by the name
//! of its module (`function Microsoft.PowerShell.Utility\Set-Variable {}`), and `$WhatIfPreference` stops the real one; nothing
//! stands before an assignment, which Constrained Language Mode allows as well. What a session does not let be set (a constant,
//! a type that converts, a breakpoint) is found out by what is read.

use std::collections::VecDeque;

use super::convert::{from_psrp, to_psrp};
use crate::psrp::{self, Pipeline};
use crate::run::Failure;
use crate::run::value::{Value, is_same};
use crate::shell::recorded;

/// Sets what changes how every command behaves, as it is in a new session, and forgets the last exit code. Both the exit code
/// that is read and that it is forgotten are looked at: something that the session does at each reading could forge one.
/// Constrained Language Mode allows no new table of default parameters; without one there are none.
const PREFERENCES: &str = "\
${global:ErrorActionPreference} = 'Continue'
${global:WarningPreference} = 'Continue'
${global:WhatIfPreference} = $false
${global:ConfirmPreference} = 'High'
${global:PSDefaultParameterValues} = $null
${global:LASTEXITCODE} = 7
\"$(& {
    \"$ErrorActionPreference $WarningPreference $WhatIfPreference $ConfirmPreference $($null -eq $PSDefaultParameterValues) $LASTEXITCODE\"
    ${global:LASTEXITCODE} = $null
    if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') { ${global:PSDefaultParameterValues} = @{} }
})$LASTEXITCODE\"";
const PREFERENCES_HOLD: &str = "Continue Continue False High True 7";
/// What the failure names where not all of them could be set.
const OF_ALL_COMMANDS: &str = "ErrorActionPreference";

/// Something to set, and what must be read afterwards.
pub(super) struct Binding {
    name: String,
    script: String,
    value: psrp::PsValue,
    read: Value,
}

impl Binding {
    /// An input. It is read in a scope below, where a private variable is not seen, as a command's own blocks read it.
    fn of_input((name, value): &(String, Value)) -> Self {
        let value = to_psrp(value);
        let read = from_psrp(&value).value;
        let script = format!("${{global:{name}}} = $args[0]\n& {{ , ${{{name}}} }}");
        Self { name: name.clone(), script, value, read }
    }

    fn of_preferences() -> Self {
        Self {
            name: OF_ALL_COMMANDS.to_owned(),
            script: PREFERENCES.to_owned(),
            value: psrp::PsValue::Null,
            read: Value::text(PREFERENCES_HOLD),
        }
    }

    /// What sets it and gives what is there then.
    pub(super) fn pipeline(&self) -> Pipeline {
        Pipeline::script(&*self.script).argument(self.value.clone())
    }

    /// Whether that is what should be there.
    pub(super) fn holds(&self, read_back: &psrp::PsValue) -> bool {
        match (from_psrp(read_back).value, &self.read) {
            // PowerShell gives a preference a type of its own, whose text it was set by.
            (Value::Object(object), Value::Text(text)) if self.is_preference() => is_same(&object.text, text),
            (value, read) => value == *read,
        }
    }

    /// Whether it is one of those that are set before every command, as an input of an older run may be.
    fn is_preference(&self) -> bool {
        PREFERENCES.to_lowercase().contains(&format!("${{global:{}}}", self.name))
    }

    /// What a step says that could not be given it.
    pub(super) fn failure(&self) -> Failure {
        recorded::not_bound(&self.name)
    }
}

/// What is set before a command that needs these inputs.
pub(super) fn before(inputs: &[(String, Value)]) -> VecDeque<Binding> {
    // The preferences come last, for a breakpoint on an input could change them: but for an input that is one of them, as
    // checklists of older runs may have it.
    let (last, first): (Vec<_>, Vec<_>) =
        inputs.iter().map(Binding::of_input).partition(Binding::is_preference);
    first.into_iter().chain([Binding::of_preferences()]).chain(last).collect()
}

/// What reads the exit code of the last native program.
pub(super) fn exit_code() -> Pipeline {
    Pipeline::script("${global:LASTEXITCODE}")
}
