//! The full names of the .NET types that the protocol and its readers know. They stand here only.

use std::sync::Arc;

// What a command works with.
pub(crate) const BIG_INTEGER: &str = "System.Numerics.BigInteger";
pub(crate) const CREDENTIAL: &str = "System.Management.Automation.PSCredential";
pub(crate) const CUSTOM_OBJECT: &str = "System.Management.Automation.PSCustomObject";
pub(crate) const DATA_ROW: &str = "System.Data.DataRow";
pub(crate) const DATE_TIME_OFFSET: &str = "System.DateTimeOffset";
pub(crate) const DB_NULL: &str = "System.DBNull";
pub(crate) const INT_128: &str = "System.Int128";
pub(crate) const SECURE_STRING: &str = "System.Security.SecureString";
pub(crate) const UINT_128: &str = "System.UInt128";
pub(super) const ENUM: &str = "System.Enum";
pub(super) const ARRAY_LIST: &str = "System.Collections.ArrayList";
pub(crate) const HASHTABLE: &str = "System.Collections.Hashtable";
pub(crate) const ORDERED_DICTIONARY: &str = "System.Collections.Specialized.OrderedDictionary";
const OBJECT: &str = "System.Object";
pub(super) const VALUE_TYPE: &str = "System.ValueType";

// What has an element of its own in CLIXML ([MS-PSRP] 2.2.5.1).
pub(super) const BOOLEAN: &str = "System.Boolean";
pub(super) const BYTE: &str = "System.Byte";
pub(super) const BYTE_ARRAY: &str = "System.Byte[]";
pub(super) const CHAR: &str = "System.Char";
pub(super) const DATE_TIME: &str = "System.DateTime";
pub(super) const DECIMAL: &str = "System.Decimal";
pub(super) const DOUBLE: &str = "System.Double";
pub(super) const GUID: &str = "System.Guid";
pub(super) const INT_16: &str = "System.Int16";
pub(super) const INT_32: &str = "System.Int32";
pub(super) const INT_64: &str = "System.Int64";
pub(super) const PROGRESS_RECORD: &str = "System.Management.Automation.ProgressRecord";
pub(super) const SBYTE: &str = "System.SByte";
pub(super) const SCRIPT_BLOCK: &str = "System.Management.Automation.ScriptBlock";
pub(super) const SINGLE: &str = "System.Single";
pub(super) const STRING: &str = "System.String";
pub(super) const TIME_SPAN: &str = "System.TimeSpan";
pub(super) const UINT_16: &str = "System.UInt16";
pub(super) const UINT_32: &str = "System.UInt32";
pub(super) const UINT_64: &str = "System.UInt64";
pub(super) const URI: &str = "System.Uri";
pub(super) const VERSION: &str = "System.Version";
pub(super) const XML_DOCUMENT: &str = "System.Xml.XmlDocument";

// What the protocol's own messages name.
pub(super) const APARTMENT_STATE: &str = "System.Threading.ApartmentState";
pub(super) const CONSOLE_COLOR: &str = "System.ConsoleColor";
pub(super) const ERROR_RECORD: &str = "System.Management.Automation.ErrorRecord";
pub(super) const HOST_COORDINATES: &str = "System.Management.Automation.Host.Coordinates";
pub(super) const HOST_SIZE: &str = "System.Management.Automation.Host.Size";
pub(super) const PIPELINE_RESULT_TYPES: &str = "System.Management.Automation.Runspaces.PipelineResultTypes";
pub(super) const PRIMITIVE_DICTIONARY: &str = "System.Management.Automation.PSPrimitiveDictionary";
pub(super) const PS_SESSION: &str = "System.Management.Automation.Runspaces.PSSession";
pub(super) const REMOTE_HOST_METHOD_ID: &str = "System.Management.Automation.Remoting.RemoteHostMethodId";
pub(super) const REMOTE_RUNSPACE: &str = "System.Management.Automation.RemoteRunspace";
pub(super) const REMOTE_STREAM_OPTIONS: &str = "System.Management.Automation.RemoteStreamOptions";
pub(super) const THREAD_OPTIONS: &str = "System.Management.Automation.Runspaces.PSThreadOptions";
pub(super) const WARNING_RECORD: &str = "System.Management.Automation.WarningRecord";

/// The names that an object of a class carries: its own, those of the classes that it derives from, and `System.Object`.
pub(super) fn class(own: &[&str]) -> Arc<[String]> {
    own.iter().chain(&[OBJECT]).map(|&name| name.to_owned()).collect()
}

/// A name without what a receiver puts before it.
pub(crate) fn plain(type_name: &str) -> &str {
    type_name.strip_prefix("Deserialized.").unwrap_or(type_name)
}
