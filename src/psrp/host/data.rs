//! What the host is: its name, and the screen that scripts may ask about ([MS-PSRP] 2.2.3.14).

use super::method::Method;
use crate::psrp::guid::Guid;
use crate::psrp::names;
use crate::psrp::record::ErrorRecord;
use crate::psrp::value::PsValue;

/// A width and a height, in characters ([MS-PSRP] 2.2.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: i32,
    /// Rows.
    pub height: i32,
}

/// A position, in characters ([MS-PSRP] 2.2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coordinates {
    /// Column.
    pub x: i32,
    /// Row.
    pub y: i32,
}

/// What the host says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostData {
    /// `$Host.Name`.
    pub name: String,
    /// `$Host.Version`.
    pub version: String,
    /// `$Host.CurrentCulture`, e.g. `es-ES`.
    pub culture: String,
    /// `$Host.CurrentUICulture`.
    pub ui_culture: String,
    /// A `ConsoleColor`.
    pub foreground: i32,
    /// A `ConsoleColor`.
    pub background: i32,
    /// The buffer; formatted output is as wide as this.
    pub buffer: Size,
    pub window: Size,
    pub cursor: Coordinates,
    pub title: String,
    pub(in crate::psrp) instance: Guid,
}

impl Default for HostData {
    fn default() -> Self {
        Self {
            name: "greenlight".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            culture: "en-US".to_owned(),
            ui_culture: "en-US".to_owned(),
            foreground: 7,
            background: 0,
            buffer: Size { width: 120, height: 3000 },
            window: Size { width: 120, height: 40 },
            cursor: Coordinates::default(),
            title: "greenlight".to_owned(),
            instance: Guid::random(),
        }
    }
}

/// How a call is settled without anybody else.
pub(in crate::psrp) enum ImmediateResponse {
    Result(PsValue),
    Thrown(PsValue),
    /// It shows or sets something, and that was done or has no meaning here.
    Done,
}

impl HostData {
    /// `HostInfo` of `INIT_RUNSPACEPOOL` and `CREATE_PIPELINE` ([MS-PSRP] 2.2.3.14).
    pub(in crate::psrp) fn to_value(&self) -> PsValue {
        let defaults = [
            (names::CONSOLE_COLOR, self.foreground.into()),
            (names::CONSOLE_COLOR, self.background.into()),
            (names::HOST_COORDINATES, self.cursor.to_value()),
            (names::HOST_COORDINATES, Coordinates::default().to_value()),
            (names::INT_32, CURSOR_SIZE.into()),
            (names::HOST_SIZE, self.buffer.to_value()),
            (names::HOST_SIZE, self.window.to_value()),
            (names::HOST_SIZE, self.window.to_value()),
            (names::HOST_SIZE, self.window.to_value()),
            (names::STRING, self.title.as_str().into()),
        ];
        let entries = (0..)
            .zip(defaults)
            .map(|(key, (type_name, value))| {
                (PsValue::I32(key), PsValue::bag([("T", type_name.into()), ("V", value)]))
            })
            .collect();
        PsValue::bag([
            ("_hostDefaultData", PsValue::bag([("data", PsValue::dictionary(entries))])),
            ("_isHostNull", false.into()),
            ("_isHostUINull", false.into()),
            ("_isHostRawUINull", false.into()),
            ("_useRunspaceHost", false.into()),
        ])
    }

    /// Settles a call that needs no person.
    pub(in crate::psrp) fn settle(&mut self, method: Method, parameters: &[PsValue]) -> ImmediateResponse {
        let first = parameters.first().unwrap_or(&PsValue::Null);
        let number = || first.as_i64().and_then(|n| i32::try_from(n).ok());
        ImmediateResponse::Result(match method {
            Method::GetName => self.name.as_str().into(),
            Method::GetVersion => PsValue::Version(self.version.clone()),
            Method::GetInstanceId => PsValue::Guid(self.instance.to_string()),
            Method::GetCurrentCulture => self.culture.as_str().into(),
            Method::GetCurrentUICulture => self.ui_culture.as_str().into(),
            Method::GetForegroundColor => self.foreground.into(),
            Method::GetBackgroundColor => self.background.into(),
            Method::GetCursorPosition => self.cursor.to_value(),
            Method::GetWindowPosition => Coordinates::default().to_value(),
            Method::GetCursorSize => CURSOR_SIZE.into(),
            Method::GetBufferSize => self.buffer.to_value(),
            Method::GetWindowSize | Method::GetMaxWindowSize | Method::GetMaxPhysicalWindowSize => {
                self.window.to_value()
            }
            Method::GetWindowTitle => self.title.as_str().into(),
            Method::GetKeyAvailable | Method::GetIsRunspacePushed => false.into(),
            Method::GetRunspace => PsValue::Null,
            Method::SetForegroundColor => {
                self.foreground = number().unwrap_or(self.foreground);
                return ImmediateResponse::Done;
            }
            Method::SetBackgroundColor => {
                self.background = number().unwrap_or(self.background);
                return ImmediateResponse::Done;
            }
            Method::SetWindowTitle => {
                self.title = first.display();
                return ImmediateResponse::Done;
            }
            Method::GetBufferContents => {
                let message = format!("{} has no screen buffer to read.", self.name);
                return ImmediateResponse::Thrown(ErrorRecord::host_failure(&message, "NoScreenBuffer"));
            }
            _ => return ImmediateResponse::Done,
        })
    }
}

const CURSOR_SIZE: i32 = 25;

impl Size {
    fn to_value(self) -> PsValue {
        PsValue::bag([("width", self.width.into()), ("height", self.height.into())])
    }
}

impl Coordinates {
    fn to_value(self) -> PsValue {
        PsValue::bag([("x", self.x.into()), ("y", self.y.into())])
    }
}
