//! The fixture modules under `tests/fixtures`, proved on a real PowerShell: each test runs one `-Command` text, in
//! one process, and reads its output and the state files. They need `GREENLIGHT_POWERSHELL`.

mod breaks;
mod computer;
mod connectors;
mod deployment;
mod sign_in;
mod sources;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use serde_json::{Value, json};
use tempfile::TempDir;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const ADMIN: &str = "admin@contoso.onmicrosoft.com";
const PASSWORD: &str = "Canary-7f3a-fixture";

/// Makes `$cred` without a password on the command line.
const CREDENTIAL: &str = "$cred = New-Object System.Management.Automation.PSCredential $env:FIXTURE_USER, \
     (ConvertTo-SecureString $env:FIXTURE_PASSWORD -AsPlainText -Force)\n";
const CONNECT: &str = "Import-Module LyncOnlineConnector\n\
     $CSSession = New-CsOnlineSession -Credential $cred\n\
     $null = Import-PSSession $CSSession -AllowClobber\n";

/// A tenant, a deployment and a folder for markers, each in files of its own.
struct Fixture {
    engine: PathBuf,
    folder: TempDir,
    password: &'static str,
}

impl Fixture {
    /// Nothing where no PowerShell is named.
    #[expect(clippy::print_stderr, reason = "a skipped test says so by name")]
    fn new(test: &str) -> Outcome<Option<Self>> {
        let Some(engine) = env::var_os("GREENLIGHT_POWERSHELL") else {
            eprintln!("SKIPPED {test}: GREENLIGHT_POWERSHELL is not set");
            return Ok(None);
        };
        let fixture = Self { engine: engine.into(), folder: TempDir::new()?, password: PASSWORD };
        fixture.set_tenant(&json!({
            "users": [
                { "user": ADMIN, "password": PASSWORD },
                { "user": "reader@contoso.onmicrosoft.com", "password": PASSWORD, "may_manage": false },
            ],
            "federation": { "SharedSipAddressSpace": false, "AllowFederatedUsers": true },
        }))?;
        Ok(Some(fixture))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn tenant(&self) -> Outcome<Value> {
        Ok(serde_json::from_slice(&fs::read(self.path("tenant.json"))?)?)
    }

    fn set_tenant(&self, state: &Value) -> Outcome {
        Ok(fs::write(self.path("tenant.json"), state.to_string())?)
    }

    /// Breaks or mends one thing of the tenant.
    fn change_tenant(&self, key: &str, value: Value) -> Outcome {
        let mut state = self.tenant()?;
        state.as_object_mut().ok_or("the tenant file holds no object")?.insert(key.to_owned(), value);
        self.set_tenant(&state)
    }

    fn set_on_premises(&self, state: &Value) -> Outcome {
        Ok(fs::write(self.path("onprem.json"), state.to_string())?)
    }

    fn spawn(&self, script: &str) -> Outcome<Child> {
        self.spawn_with(script, &[])
    }

    /// The environment may name other folders of modules.
    fn spawn_with(&self, script: &str, environment: &[(&str, &str)]) -> Outcome<Child> {
        let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/modules");
        let child = Command::new(&self.engine)
            .args(["-NoLogo", "-NoProfile", "-Command", script])
            .env("PSModulePath", modules)
            .envs(environment.iter().copied())
            .env("NO_COLOR", "1")
            .env("GREENLIGHT_FIXTURE_TENANT", self.path("tenant.json"))
            .env("GREENLIGHT_FIXTURE_ONPREM", self.path("onprem.json"))
            .env("GREENLIGHT_FIXTURE_MARKERS", self.folder.path())
            .env("FIXTURE_USER", ADMIN)
            .env("FIXTURE_PASSWORD", self.password)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        Ok(child)
    }

    /// The lines that a script printed on either stream; the password is never among them.
    fn run(&self, script: &str) -> Outcome<String> {
        self.run_with(script, &[])
    }

    fn run_with(&self, script: &str, environment: &[(&str, &str)]) -> Outcome<String> {
        let output = self.spawn_with(script, environment)?.wait_with_output()?;
        let text =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if text.contains(self.password) {
            return Err("a fixture printed the password".into());
        }
        Ok(text)
    }

    /// Waits for the file that a slow command writes when it begins; gives the process that runs it.
    fn marker(&self, name: &str) -> Outcome<u32> {
        let path = self.path(&format!("{name}.started"));
        wait_until(Duration::from_secs(30), || fs::read_to_string(&path).is_ok_and(|text| !text.is_empty()))?;
        Ok(fs::read_to_string(&path)?.trim().parse()?)
    }
}

fn wait_until(limit: Duration, mut condition: impl FnMut() -> bool) -> Outcome {
    let start = Instant::now();
    while !condition() {
        if start.elapsed() > limit {
            return Err(format!("still waiting after {limit:?}").into());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// The lines of a text, trimmed, without the empty ones.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_documented_procedure_changes_the_tenant() -> Outcome {
    let Some(fixture) = Fixture::new("the_documented_procedure_changes_the_tenant")? else { return Ok(()) };
    let output = fixture.run(&format!(
        "{CREDENTIAL}
        Import-Module Lync
        Import-Module LyncOnlineConnector
        $CSSession = New-CsOnlineSession -Credential $cred
        \"$($CSSession.State) $($CSSession.Availability) $($CSSession.ComputerName) $(@(Get-PSSession).Count)\"
        (Import-PSSession $CSSession -AllowClobber).ExportedCommands.Keys -join ' '
        (Get-CsTenant).DisplayName
        \"before $((Get-CsTenantFederationConfiguration).SharedSipAddressSpace)\"
        Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True
        \"after $((Get-CsTenantFederationConfiguration).SharedSipAddressSpace)\""
    ))?;
    assert_eq!(
        lines(&output),
        [
            "Opened Available webdir0a.online.lync.com 1",
            "Get-CsHostingProvider Get-CsOnlineUser Get-CsTenant Get-CsTenantFederationConfiguration \
             New-CsEdgeAllowAllKnownDomains New-CsEdgeAllowList New-CsEdgeDomainPattern \
             Set-CsTenantFederationConfiguration",
            "Contoso",
            "before False",
            "after True",
        ]
    );
    let tenant = fixture.tenant()?;
    assert_eq!(
        tenant["federation"],
        json!({ "SharedSipAddressSpace": true, "AllowFederatedUsers": true }),
        "only what was asked for changed"
    );
    assert_eq!(
        tenant["log"],
        json!([
            format!("New-CsOnlineSession {ADMIN}"),
            "Set-CsTenantFederationConfiguration SharedSipAddressSpace True"
        ])
    );
    Ok(())
}

#[test]
fn the_remote_session_offers_the_tenants_commands_only() -> Outcome {
    let Some(fixture) = Fixture::new("the_remote_session_offers_the_tenants_commands_only")? else {
        return Ok(());
    };
    let output = fixture.run(&format!(
        "try {{ Get-CsTenant }} catch {{ \"before: $($_.FullyQualifiedErrorId)\" }}
        {CREDENTIAL}{CONNECT}
        try {{ Invoke-Command -Session $CSSession -ErrorAction Stop {{ Get-ChildItem }} }} catch {{ $_.FullyQualifiedErrorId }}
        try {{ Invoke-Command -Session $CSSession -ErrorAction Stop {{ Import-Module Lync }} }} catch {{ $_.FullyQualifiedErrorId }}
        (Get-Command Get-Command).CommandType"
    ))?;
    assert_eq!(
        lines(&output),
        [
            "before: CommandNotFoundException",
            "CommandNotFoundException",
            "CommandNotFoundException",
            "Cmdlet"
        ]
    );
    Ok(())
}
