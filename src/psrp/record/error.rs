//! Error records ([MS-PSRP] 2.2.3.15).

use super::{int, optional, string};
use crate::psrp::names;
use crate::psrp::value::PsValue;

/// What went wrong, as PowerShell tells it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ErrorRecord {
    /// The message: that of the error's details where it has some, else the exception's.
    pub message: String,
    /// Names the error independently of language, e.g. `CommandNotFoundException`.
    pub fully_qualified_error_id: String,
    /// The category's name, e.g. `ObjectNotFound`.
    pub category: &'static str,
    /// What was being done.
    pub category_activity: String,
    /// Usually the type of the exception, without its namespace.
    pub category_reason: String,
    /// What it was done to.
    pub category_target_name: String,
    pub category_target_type: String,
    /// The full name of the exception's type.
    pub exception_type: String,
    /// What PowerShell recommends, if anything.
    pub recommended_action: Option<String>,
    /// Where in the script, as a stack.
    pub script_stack_trace: Option<String>,
    /// Where in the script, with the line. It holds script text.
    pub invocation: Option<Invocation>,
    /// The exception with all its properties.
    pub exception: PsValue,
    /// The object that was being worked on.
    pub target_object: PsValue,
}

/// Which command wrote a record, and where it stands in the script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Invocation {
    /// The command, as it was called.
    pub name: String,
    /// The script's file, if it was one.
    pub script_name: Option<String>,
    /// The line, from 1.
    pub line_number: i32,
    /// The column, from 1.
    pub column: i32,
    /// The text of the line.
    pub line: String,
    /// What PowerShell prints below an error: `At line:1 char:1 …`.
    pub position_message: String,
}

/// The names of [MS-PSRP] 2.2.3.9, by number.
const CATEGORIES: [&str; 32] = [
    "NotSpecified",
    "OpenError",
    "CloseError",
    "DeviceError",
    "DeadlockDetected",
    "InvalidArgument",
    "InvalidData",
    "InvalidOperation",
    "InvalidResult",
    "InvalidType",
    "MetadataError",
    "NotImplemented",
    "NotInstalled",
    "ObjectNotFound",
    "OperationStopped",
    "OperationTimeout",
    "SyntaxError",
    "ParserError",
    "PermissionDenied",
    "ResourceBusy",
    "ResourceExists",
    "ResourceUnavailable",
    "ReadError",
    "WriteError",
    "FromStdErr",
    "SecurityError",
    "ProtocolError",
    "ConnectionError",
    "AuthenticationError",
    "LimitsExceeded",
    "QuotaExceeded",
    "NotEnabled",
];

impl ErrorRecord {
    pub(in crate::psrp) fn from_value(value: &PsValue) -> Self {
        let exception = value.property("Exception").cloned().unwrap_or_default();
        let message = optional(value, "ErrorDetails_Message")
            .or_else(|| optional(&exception, "Message"))
            .unwrap_or_else(|| value.display());
        let category = int(value, "ErrorCategory_Category").and_then(|number| usize::try_from(number).ok());
        Self {
            message,
            fully_qualified_error_id: string(value, "FullyQualifiedErrorId"),
            category: category.and_then(|number| CATEGORIES.get(number)).copied().unwrap_or("NotSpecified"),
            category_activity: string(value, "ErrorCategory_Activity"),
            category_reason: string(value, "ErrorCategory_Reason"),
            category_target_name: string(value, "ErrorCategory_TargetName"),
            category_target_type: string(value, "ErrorCategory_TargetType"),
            exception_type: exception.type_name().to_owned(),
            recommended_action: optional(value, "ErrorDetails_RecommendedAction"),
            script_stack_trace: optional(value, "ErrorDetails_ScriptStackTrace"),
            invocation: Invocation::from_value(value),
            exception,
            target_object: value.property("TargetObject").cloned().unwrap_or_default(),
        }
    }

    /// What names that which it was done to: of a session its computer; where there is but the name of a type, nothing.
    pub fn target(&self) -> String {
        match names::plain(self.target_object.type_name()) {
            names::PS_SESSION => string(&self.target_object, "ComputerName"),
            // Of one that was never opened only the message says it: `[computer] …`.
            names::REMOTE_RUNSPACE => {
                let led = self.message.strip_prefix('[').and_then(|rest| rest.split_once(']'));
                led.map(|(computer, _)| computer.to_owned()).unwrap_or_default()
            }
            of_type if of_type == self.category_target_name => String::new(),
            _ => self.category_target_name.clone(),
        }
    }

    /// The error record that an object of the output stream is, if it is one: a script may redirect errors there.
    pub fn in_output(value: &PsValue) -> Option<Self> {
        let PsValue::Object(object) = value else { return None };
        let is_record = |name: &String| name.ends_with(names::ERROR_RECORD);
        object.type_names.iter().any(is_record).then(|| Self::from_value(value))
    }

    /// An error record that says that the host could not do what was asked of it.
    pub(in crate::psrp) fn host_failure(message: &str, id: &str) -> PsValue {
        let exception =
            PsValue::bag([("Message", message.into()), ("HResult", PsValue::I32(-2_146_233_087))]);
        PsValue::bag([
            ("Exception", exception),
            ("TargetObject", PsValue::Null),
            ("FullyQualifiedErrorId", id.into()),
            ("InvocationInfo", PsValue::Null),
            ("ErrorCategory_Category", PsValue::I32(7)),
            ("ErrorCategory_Activity", "".into()),
            ("ErrorCategory_Reason", "".into()),
            ("ErrorCategory_TargetName", "".into()),
            ("ErrorCategory_TargetType", "".into()),
            ("ErrorCategory_Message", message.into()),
            ("SerializeExtendedInfo", false.into()),
        ])
    }
}

impl Invocation {
    pub(super) fn from_value(value: &PsValue) -> Option<Self> {
        let line = optional(value, "InvocationInfo_Line");
        let position_message = optional(value, "InvocationInfo_PositionMessage");
        let name = optional(value, "InvocationInfo_InvocationName");
        if line.is_none() && position_message.is_none() && name.is_none() {
            return None;
        }
        Some(Self {
            name: name.unwrap_or_default(),
            script_name: optional(value, "InvocationInfo_ScriptName").filter(|name| !name.is_empty()),
            line_number: int(value, "InvocationInfo_ScriptLineNumber").unwrap_or(0),
            column: int(value, "InvocationInfo_OffsetInLine").unwrap_or(0),
            line: line.unwrap_or_default(),
            position_message: position_message.unwrap_or_default(),
        })
    }
}
