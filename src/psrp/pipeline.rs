//! What to run: commands with parameters ([MS-PSRP] 2.2.2.10, 2.2.3.11 to 2.2.3.13).

use super::host::HostData;
use super::names;
use super::value::{PsObject, PsValue};

/// A pipeline to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// Its commands, each fed by the one before.
    pub commands: Vec<PipelineCommand>,
}

/// A command or a piece of script in a pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct PipelineCommand {
    /// The name of the command, or the script.
    pub text: String,
    /// Which of the two.
    pub kind: CommandKind,
    /// Parameters with their names, and arguments without.
    pub parameters: Vec<(Option<String>, PsValue)>,
    /// Whether its variables vanish with it.
    pub scope: Scope,
}

/// What the text of a command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandKind {
    /// The name of a cmdlet, function or program.
    Name,
    Script,
}

/// Where a script's variables go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Into the session, where the next pipeline finds them.
    #[default]
    Session,
    /// Into a scope of its own.
    Local,
}

impl Pipeline {
    /// A piece of script, run as if typed into the session.
    pub fn script(text: impl Into<String>) -> Self {
        Self::of(text.into(), CommandKind::Script)
    }

    pub fn command(name: impl Into<String>) -> Self {
        Self::of(name.into(), CommandKind::Name)
    }

    fn of(text: String, kind: CommandKind) -> Self {
        Self { commands: vec![PipelineCommand { text, kind, parameters: Vec::new(), scope: Scope::Session }] }
    }

    /// Adds a parameter to the last command.
    #[must_use]
    pub fn parameter(self, name: impl Into<String>, value: impl Into<PsValue>) -> Self {
        self.with(Some(name.into()), value.into())
    }

    /// Adds an argument without a name to the last command.
    #[must_use]
    pub fn argument(self, value: impl Into<PsValue>) -> Self {
        self.with(None, value.into())
    }

    /// Adds a command that takes the output of the last.
    #[must_use]
    pub fn pipe(mut self, next: Self) -> Self {
        self.commands.extend(next.commands);
        self
    }

    /// Gives the last command a scope of its own.
    #[must_use]
    pub fn in_local_scope(mut self) -> Self {
        if let Some(last) = self.commands.last_mut() {
            last.scope = Scope::Local;
        }
        self
    }

    fn with(mut self, name: Option<String>, value: PsValue) -> Self {
        if let Some(last) = self.commands.last_mut() {
            last.parameters.push((name, value));
        }
        self
    }

    /// The data of `CREATE_PIPELINE` for a peer of that minor version of the protocol.
    pub(super) fn into_value(self, host: &HostData, minor: u16) -> PsValue {
        let commands = self.commands.into_iter().map(|command| command.into_value(minor)).collect();
        let powershell = PsValue::bag([
            ("IsNested", false.into()),
            ("ExtraCmds", PsValue::Null),
            ("Cmds", PsValue::list(commands)),
            ("History", PsValue::Null),
            ("RedirectShellErrorOutputPipe", false.into()),
        ]);
        // Every record with the place in the script that it comes from.
        let options =
            PsValue::enumeration(names::REMOTE_STREAM_OPTIONS, "AddInvocationInfo", ALL_INVOCATION_INFO);
        PsValue::bag([
            ("NoInput", true.into()),
            ("ApartmentState", PsValue::any_apartment()),
            ("RemoteStreamOptions", options),
            ("AddToHistory", false.into()),
            ("HostInfo", host.to_value()),
            ("PowerShell", powershell),
            ("IsNested", false.into()),
        ])
    }
}

/// `RemoteStreamOptions.AddInvocationInfo` ([MS-PSRP] 2.2.3.8).
const ALL_INVOCATION_INFO: i32 = 15;

impl PipelineCommand {
    fn into_value(self, minor: u16) -> PsValue {
        let parameters = self.parameters.into_iter().map(|(name, value)| {
            let name = name.map_or(PsValue::Null, PsValue::from);
            PsValue::bag([("N", name), ("V", value)])
        });
        let local_scope = match (self.kind, self.scope) {
            (_, Scope::Local) => true.into(),
            (CommandKind::Script, Scope::Session) => false.into(),
            // A function that is called keeps its own scope; `false` would dot-source it.
            (CommandKind::Name, Scope::Session) => PsValue::Null,
        };
        let merge = || PsValue::enumeration(names::PIPELINE_RESULT_TYPES, "None", 0);
        let mut extended = vec![
            ("Cmd", self.text.into()),
            ("IsScript", (self.kind == CommandKind::Script).into()),
            ("UseLocalScope", local_scope),
            ("MergeMyResult", merge()),
            ("MergeToResult", merge()),
            ("MergePreviousResults", merge()),
            ("MergeError", merge()),
            ("MergeWarning", merge()),
            ("MergeVerbose", merge()),
            ("MergeDebug", merge()),
        ];
        if minor >= 3 {
            extended.push(("MergeInformation", merge()));
        }
        extended.push(("Args", PsValue::list(parameters.collect())));
        let extended = extended.into_iter().map(|(name, value)| (name.into(), value)).collect();
        PsObject { extended, ..PsObject::default() }.into()
    }
}
