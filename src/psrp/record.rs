//! What a pipeline says besides its output: the records of [MS-PSRP] 2.2.2.20 to 2.2.2.26.

mod error;

pub(crate) use error::{ErrorRecord, Invocation};

use super::names;
use super::value::{ProgressRecord, PsValue};

/// A record of one of the streams.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// An error that did not end the pipeline.
    Error(Box<ErrorRecord>),
    Warning(InformationalRecord),
    Verbose(InformationalRecord),
    Debug(InformationalRecord),
    /// Something for whoever listens; `Write-Host` is a host call as well and is reported as that alone.
    Information(Information),
    /// How far an activity has come.
    Progress(ProgressRecord),
}

/// A warning, verbose or debug message ([MS-PSRP] 2.2.3.16).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InformationalRecord {
    pub message: String,
    /// Which command wrote it, if the peer says so.
    pub invocation: Option<Invocation>,
}

/// An information record ([MS-PSRP] 2.2.2.26).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Information {
    /// What was written, often a string.
    pub data: PsValue,
    /// The script or command that wrote it.
    pub source: String,
    pub tags: Vec<String>,
    /// When, as an XML Schema dateTime.
    pub time: String,
    pub user: String,
    pub computer: String,
}

impl InformationalRecord {
    /// The warning that an object of the output stream is, if it is one: a script may redirect warnings there.
    pub fn in_output(value: &PsValue) -> Option<Self> {
        let PsValue::Object(object) = value else { return None };
        let is_record = |name: &String| name.ends_with(names::WARNING_RECORD);
        object.type_names.iter().any(is_record).then(|| {
            let message = value.property("Message").unwrap_or(value).display();
            Self { message, invocation: None }
        })
    }
}

impl Information {
    /// The text to show.
    pub fn message(&self) -> String {
        self.data.property("Message").unwrap_or(&self.data).display()
    }
}

impl ProgressRecord {
    pub(super) fn from_value(value: &PsValue) -> Self {
        let number = |name, other| int(value, name).unwrap_or(other);
        Self {
            activity: string(value, "Activity"),
            activity_id: number("ActivityId", 0),
            parent_activity_id: number("ParentActivityId", -1),
            status: string(value, "StatusDescription"),
            current_operation: optional(value, "CurrentOperation"),
            percent: number("PercentComplete", -1),
            seconds_remaining: number("SecondsRemaining", -1),
            completed: number("Type", 0) == 1,
        }
    }
}

impl InformationalRecord {
    pub(super) fn from_value(value: &PsValue) -> Self {
        let message = value.property("InformationalRecord_Message").unwrap_or(value).display();
        Self { message, invocation: Invocation::from_value(value) }
    }
}

impl Information {
    pub(super) fn from_value(value: &PsValue) -> Self {
        let tags = value.property("Tags").and_then(PsValue::items).unwrap_or_default();
        Self {
            data: value.property("MessageData").cloned().unwrap_or_default(),
            source: string(value, "Source"),
            tags: tags.iter().map(PsValue::display).collect(),
            time: string(value, "TimeGenerated"),
            user: string(value, "User"),
            computer: string(value, "Computer"),
        }
    }

    /// Whether the engine has shown this record through a host call already, as `Write-Host` does.
    pub(super) fn is_shown_by_host(&self) -> bool {
        self.tags.iter().any(|tag| tag == "PSHOST")
    }
}

/// A property as text; nothing where there is none or it is null.
pub(super) fn string(value: &PsValue, name: &str) -> String {
    optional(value, name).unwrap_or_default()
}

pub(super) fn optional(value: &PsValue, name: &str) -> Option<String> {
    value.property(name).filter(|found| !found.is_null()).map(PsValue::display)
}

pub(super) fn int(value: &PsValue, name: &str) -> Option<i32> {
    value.property(name).and_then(PsValue::as_i64).and_then(|n| i32::try_from(n).ok())
}
