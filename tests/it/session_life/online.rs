//! A small checklist with the tenant's fixtures in it, and the way through it.

use greenlight::facade::run::{Command, StepStatus};

use crate::harness::engine_session::{EngineSession, OnlineChecks};
use crate::harness::world::{ADMIN, World};

/// The steps that live in the session, and the one that rests on it.
pub const ALL: [&str; 5] = ["world", "credential", "online-session", "tenant-commands", "shared"];
const CHECKLIST: &str = r#"
format = 1
id = "life"
version = "1.0.0"
title.en = "Life"

[[step]]
id = "pid"
title.en = "PowerShell has a number"
why.en = "It is killed by it."
[step.check]
command = "$PID"
expect = [{ at_least = 1 }]

[[step]]
id = "slow"
title.en = "Something slow"
why.en = "It is stopped."
[step.check]
command = "'begun'; Start-Sleep -Seconds 600"
expect = [{ is = true }]

[[step]]
id = "stubborn"
title.en = "Something that does not stop"
why.en = "It is ended."
[step.check]
command = "'begun'; [Threading.Thread]::Sleep(600000)"
expect = [{ is = true }]

[[step]]
id = "asks"
title.en = "Something that asks"
why.en = "It is killed while it waits."
[step.check]
command = "'begun'; Read-Host"
expect = [{ is = true }]

[[step]]
id = "half-way"
title.en = "Something is done"
why.en = "Its apply is stopped half-way."
[step.check]
command = "$done -eq 'half'"
expect = [{ is = true }]
[step.apply]
command = "$done = 'half'; $done; Start-Sleep -Seconds 600"
changes = "session"

[[step]]
id = "world"
title.en = "The fixtures are loaded"
why.en = "They stand in for the tenant."
lasts = "session"
[step.check]
command = "Get-Module -Name LyncOnlineConnector | Select-Object Name"
expect = [{ property = "Name", is = "LyncOnlineConnector", rows = "any" }]
[step.apply]
command = "$env:PSModulePath = '@modules@'; $env:GREENLIGHT_FIXTURE_TENANT = '@tenant@'; Import-Module LyncOnlineConnector"
changes = "session"

[[step]]
id = "credential"
title.en = "There is a credential"
why.en = "To sign in."
needs = ["world"]
lasts = "session"
[step.check]
command = "$cred | Select-Object UserName"
expect = [{ property = "UserName", empty = false }]
[step.apply]
command = "$cred = Get-Credential"
changes = "session"

[[step]]
id = "online-session"
title.en = "There is a session"
why.en = "To reach the tenant."
needs = ["credential"]
lasts = "session"
keep_alive = "45s"
[step.check]
command = "$CSSession | Select-Object State"
expect = [{ property = "State", is = "Opened" }]
[step.apply]
command = "$CSSession = New-CsOnlineSession -Credential $cred"
changes = "session"

[[step]]
id = "tenant-commands"
title.en = "The tenant's commands are imported"
why.en = "To ask the tenant."
needs = ["online-session"]
lasts = "session"
keep_alive = "45s"
[step.check]
command = "if (Get-Command -Name Get-CsTenant -CommandType Function -ErrorAction SilentlyContinue) { Get-CsTenant | Select-Object TenantId }"
expect = [{ property = "TenantId", empty = false }]
[step.apply]
command = "Import-PSSession $CSSession -AllowClobber"
changes = "session"

[[step]]
id = "shared"
title.en = "The tenant answers"
why.en = "It rests on the session."
needs = ["tenant-commands"]
[step.check]
command = "Get-CsTenantFederationConfiguration"
expect = [{ property = "AllowFederatedUsers", is = true }]

[[step]]
id = "asks-anew"
title.en = "The tenant asks to sign in anew"
why.en = "Its session has expired."
needs = ["tenant-commands"]
[step.check]
command = "if ($asked) { $true } else { $asked = $true; & (Get-Command -Name 'Get-Cred*tial') -UserName oauth -Message 'Enter your password.' }"
expect = [{ is = true }]
"#;

impl EngineSession {
    /// A wizard whose PowerShell is open.
    pub async fn open(world: &World, often: OnlineChecks) -> Self {
        let mut desk = Self::begin_with(world, CHECKLIST, often).await;
        desk.learn_pid().await;
        desk
    }

    /// A wizard in whose session everything is green.
    pub async fn all_green(world: &World) -> Self {
        let mut desk = Self::open(world, OnlineChecks::Seldom).await;
        desk.make_green().await;
        desk
    }

    pub async fn make_green(&mut self) {
        for step in ALL {
            if step != "shared" {
                self.apply(step);
                self.until_idle().await;
            }
            self.check(step).await;
            let finding = self.wizard.run().state(&step.into());
            assert_eq!(self.status(step), StepStatus::Green, "{step}: {finding:?}");
        }
    }

    /// One command, and all is as it was; only the password is asked for.
    pub async fn comes_back(&mut self) {
        self.command(Command::Reconnect);
        self.until_asked().await;
        assert_eq!(self.wizard.last_user(), Some(ADMIN));
        self.until_idle().await;
        for step in ALL {
            assert_eq!(self.status(step), StepStatus::Green, "{step}");
        }
        self.learn_pid().await;
    }
}
