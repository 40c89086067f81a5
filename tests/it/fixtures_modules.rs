//! The fixture modules under `tests/fixtures`, proved on a real PowerShell: each test runs one `-Command` text, in
//! one process, and reads its output and the state files. They need `GREENLIGHT_POWERSHELL`.

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
        let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/modules");
        let child = Command::new(&self.engine)
            .args(["-NoLogo", "-NoProfile", "-Command", script])
            .env("PSModulePath", modules)
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
        let output = self.spawn(script)?.wait_with_output()?;
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
            "Get-CsOnlineUser Get-CsTenant Get-CsTenantFederationConfiguration Set-CsTenantFederationConfiguration",
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

#[test]
fn sign_in_fails_with_the_documented_texts() -> Outcome {
    let Some(mut fixture) = Fixture::new("sign_in_fails_with_the_documented_texts")? else { return Ok(()) };
    let attempt = |options: &str| {
        format!(
            "{CREDENTIAL}
            Import-Module LyncOnlineConnector
            try {{ $null = New-CsOnlineSession -Credential $cred {options}; 'connected' }}
            catch {{ \"$($_.FullyQualifiedErrorId) | $_\" }}"
        )
    };
    fixture.password = "Wrong-7f3a-fixture";
    assert_eq!(
        lines(&fixture.run(&attempt(""))?),
        [format!(
            "LogonFailed,Get-CsWebTicket | Logon failed for the user '{ADMIN}'. Please create a new PSCredential \
             object, making sure that you have used the correct user name and password."
        )]
    );
    fixture.password = PASSWORD;
    fixture.change_tenant("autodiscover", json!(false))?;
    assert_eq!(
        lines(&fixture.run(&attempt(""))?),
        ["AutoDiscoverFailed,Get-CsPowerShellEndpoint | Unable to query AutoDiscover URL at: \
          http://lyncdiscover.contoso.onmicrosoft.com?Domain=contoso.onmicrosoft.com"]
    );
    assert_eq!(lines(&fixture.run(&attempt("-OverrideAdminDomain contoso.onmicrosoft.com"))?), ["connected"]);

    fixture
        .set_tenant(&json!({ "users": [{ "user": ADMIN, "password": PASSWORD, "may_manage": false }] }))?;
    assert_eq!(
        lines(&fixture.run(&attempt(""))?),
        [format!(
            "AccessDenied,New-CsOnlineSession | The user '{ADMIN}' does not have permission to manage this tenant. \
             Permissions can be granted by assigning the user to the appropriate RBAC role."
        )]
    );
    assert_eq!(fixture.tenant()?["log"], Value::Null, "no session was opened");
    Ok(())
}

#[test]
fn sessions_are_limited_and_a_closed_one_makes_room() -> Outcome {
    let Some(fixture) = Fixture::new("sessions_are_limited_and_a_closed_one_makes_room")? else {
        return Ok(());
    };
    fixture.change_tenant("sessions_max", json!(3))?;
    fixture.change_tenant("open_sessions", json!(2))?;
    let output = fixture.run(&format!(
        "{CREDENTIAL}{CONNECT}
        function Connect {{ try {{ New-CsOnlineSession -Credential $cred }} catch {{ $_.FullyQualifiedErrorId }} }}
        Connect
        $CSSession | Remove-PSSession
        # The shell ends when its process has ended.
        $clock = [Diagnostics.Stopwatch]::StartNew()
        do {{ $next = Connect }} while ($next -is [string] -and $clock.Elapsed.TotalSeconds -lt 5)
        $next.State"
    ))?;
    assert_eq!(lines(&output), ["MaxShellsExceeded,New-CsOnlineSession", "Opened"]);
    Ok(())
}

#[test]
fn a_session_that_expires_is_broken_and_can_be_opened_again() -> Outcome {
    let Some(fixture) = Fixture::new("a_session_that_expires_is_broken_and_can_be_opened_again")? else {
        return Ok(());
    };
    fixture.change_tenant("sessions_max", json!(1))?;
    let output = fixture.run(&format!(
        "{CREDENTIAL}{CONNECT}
        $path = $env:GREENLIGHT_FIXTURE_TENANT
        [IO.File]::WriteAllText($path, [IO.File]::ReadAllText($path).TrimEnd().TrimEnd('}}') + ', \"expire\": true }}')
        Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True 2>&1 | ForEach-Object {{ $_.FullyQualifiedErrorId }}
        $clock = [Diagnostics.Stopwatch]::StartNew()
        while ($CSSession.State -eq 'Opened' -and $clock.Elapsed.TotalSeconds -lt 30) {{ Start-Sleep -Milliseconds 20 }}
        \"$($CSSession.State) $($CSSession.Availability)\"
        (ConvertFrom-Json ([IO.File]::ReadAllText($path))).federation.SharedSipAddressSpace
        $clock = [Diagnostics.Stopwatch]::StartNew()
        do {{ $CSSession = $null; try {{ $CSSession = New-CsOnlineSession -Credential $cred }} catch {{ }} }}
        while (-not $CSSession -and $clock.Elapsed.TotalSeconds -lt 5)
        $null = Import-PSSession $CSSession -AllowClobber
        Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True
        (Get-CsTenantFederationConfiguration).SharedSipAddressSpace"
    ))?;
    assert_eq!(lines(&output), ["JobFailure", "Broken None", "False", "True"]);
    assert_eq!(fixture.tenant()?["expire"], json!(false), "it expires once");
    Ok(())
}

/// Whether a process still runs; one that only waits to be collected does not.
#[cfg(target_os = "linux")]
fn is_running(process: u32) -> bool {
    fs::read_to_string(format!("/proc/{process}/stat"))
        .is_ok_and(|stat| stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z')))
}

#[cfg(target_os = "linux")]
#[test]
fn killed_during_a_slow_import_it_leaves_no_shell_behind() -> Outcome {
    let Some(fixture) = Fixture::new("killed_during_a_slow_import_it_leaves_no_shell_behind")? else {
        return Ok(());
    };
    fixture.change_tenant("sessions_max", json!(1))?;
    fixture.change_tenant("import_delay_ms", json!(600_000))?;
    let script = format!("{CREDENTIAL}{CONNECT}'imported'");
    let mut child = fixture.spawn(&script)?;
    let endpoint = fixture.marker("Import-PSSession")?;
    assert_ne!(endpoint, child.id(), "the session is a process of its own");
    assert!(is_running(endpoint));
    child.kill()?;
    child.wait()?;
    wait_until(Duration::from_secs(30), || !is_running(endpoint))?;

    // The shell of the killed process does not count any more.
    fixture.change_tenant("import_delay_ms", json!(0))?;
    assert_eq!(lines(&fixture.run(&script)?), ["imported"]);
    Ok(())
}

/// What the checks of the built-in checklist look at, one line each.
const LOOK: &str = "
    Import-Module Lync
    \"sites $(@(Get-CsTopology).Count) $((Get-CsTopology).Sites)\"
    Get-CsPool | ForEach-Object { \"pool $($_.Identity) $($_.Services)\" }
    Get-CsManagementStoreReplicationStatus | ForEach-Object { \"replica $($_.ReplicaFqdn) $($_.UpToDate) $($_.LastStatusReport.GetType().Name)\" }
    Get-CsWindowsService | ForEach-Object { \"service $($_.Name) $($_.Status) $($_.Status.GetType().FullName)\" }
    Get-CsSipDomain | ForEach-Object { \"domain $($_.Identity) $($_.IsDefault)\" }
    Get-CsHostingProvider | ForEach-Object { \"provider $($_.ProxyFqdn) $($_.Enabled) $($_.EnabledSharedAddressSpace) $($_.HostsOCSUsers) $($_.VerificationLevel) $($_.IsLocal)\" }
    Get-CsAccessEdgeConfiguration | ForEach-Object { \"edge $($_.AllowOutsideUsers) $($_.AllowFederatedUsers) $($_.EnablePartnerDiscovery) $($_.RoutingMethod)\" }
    Get-CsServerVersion
    \"databases $(@(Test-CsDatabase -CentralManagementDatabase | Where-Object { -not $_.Succeed }).Count) bad\"";

#[test]
fn without_a_file_the_deployment_is_healthy() -> Outcome {
    let Some(fixture) = Fixture::new("without_a_file_the_deployment_is_healthy")? else { return Ok(()) };
    assert_eq!(
        lines(&fixture.run(LOOK)?),
        [
            "sites 1 Site:Redmond",
            "pool pool01.contoso.com UserServer:pool01.contoso.com Registrar:pool01.contoso.com",
            "pool edge01.contoso.com EdgeServer:edge01.contoso.com",
            "pool sql01.contoso.com UserDatabase:sql01.contoso.com",
            "replica fe01.contoso.com True DateTime",
            "replica fe02.contoso.com True DateTime",
            "replica edge01.contoso.com True DateTime",
            "service REPLICA Running System.ServiceProcess.ServiceControllerStatus",
            "service RTCSRV Running System.ServiceProcess.ServiceControllerStatus",
            "service RTCIMMCU Running System.ServiceProcess.ServiceControllerStatus",
            "service RTCMEDSRV Running System.ServiceProcess.ServiceControllerStatus",
            "domain contoso.com True",
            "provider sipfed.online.lync.com True True True UseSourceVerification False",
            "edge True True True UseDnsSrvRouting",
            "Microsoft Lync Server 2013 (5.0.8308.0): Volume license key installed.",
            "databases 0 bad",
        ]
    );
    Ok(())
}

#[test]
fn a_broken_deployment_shows_and_the_documented_commands_mend_it() -> Outcome {
    let Some(fixture) = Fixture::new("a_broken_deployment_shows_and_the_documented_commands_mend_it")? else {
        return Ok(());
    };
    fixture.set_on_premises(&json!({
        "pools": [],
        "replication": [
            { "ReplicaFqdn": "fe01.contoso.com", "UpToDate": false },
            { "ReplicaFqdn": "fe02.contoso.com", "UpToDate": false, "stuck": true },
        ],
        "windows_services": [{ "Name": "RTCSRV", "Status": "Stopped" }],
        "sip_domains": ["contoso.com", "fabrikam.com"],
        "hosting_providers": [],
        "access_edge": { "EnablePartnerDiscovery": false, "RoutingMethod": "UseDefaultRouting" },
        "fail": { "Get-CsTopology": { "message": "The store is not available.", "id": "StoreError", "terminating": false } },
    }))?;
    let look =
        LOOK.replace("\"sites", "Get-CsTopology 2>&1 | ForEach-Object { $_.FullyQualifiedErrorId }\n#");
    let broken = fixture.run(&look)?;
    assert_eq!(
        lines(&broken)[..8],
        [
            "StoreError,Get-CsTopology",
            "replica fe01.contoso.com False DateTime",
            "replica fe02.contoso.com False DateTime",
            "service RTCSRV Stopped System.ServiceProcess.ServiceControllerStatus",
            "domain contoso.com True",
            "domain fabrikam.com False",
            "edge True True False UseDefaultRouting",
            "Microsoft Lync Server 2013 (5.0.8308.0): Volume license key installed.",
        ]
    );
    let mended = fixture.run(&format!(
        "Invoke-CsManagementStoreReplication
        Set-CsAccessEdgeConfiguration -AllowOutsideUsers 1 -AllowFederatedUsers 1 -UseDnsSrvRouting -EnablePartnerDiscovery $true
        $null = New-CsHostingProvider -Identity LyncOnline -ProxyFqdn 'sipfed.online.lync.com' -Enabled $true -EnabledSharedAddressSpace $false -HostsOCSUsers $true -VerificationLevel UseSourceVerification -IsLocal $false -AutodiscoverUrl https://webdir.online.lync.com/Autodiscover/AutodiscoverService.svc/root
        Get-CsHostingProvider | Set-CsHostingProvider -EnabledSharedAddressSpace $true
        {look}"
    ))?;
    let mended = lines(&mended);
    for line in [
        "replica fe01.contoso.com True DateTime",
        "replica fe02.contoso.com False DateTime",
        "provider sipfed.online.lync.com True True True UseSourceVerification False",
        "edge True True True UseDnsSrvRouting",
    ] {
        assert!(mended.contains(&line), "{line} is missing from {mended:#?}");
    }
    Ok(())
}

#[test]
fn users_move_only_when_the_tenant_shares_its_address_space() -> Outcome {
    let Some(fixture) = Fixture::new("users_move_only_when_the_tenant_shares_its_address_space")? else {
        return Ok(());
    };
    let script = format!(
        "{CREDENTIAL}Import-Module Lync
        function Online {{ @(Get-CsUser -Filter {{HostingProvider -eq \"sipfed.online.lync.com\"}}).Count }}
        $null = Get-CsUser -Filter {{HostingProvider -eq \"sipfed.online.lync.com\"}} | Move-CsUser -Target pool01.contoso.com -Credential $cred -WhatIf
        Online
        try {{ Move-CsUser -Identity ana@contoso.com -Target pool01.contoso.com -Credential $cred -Confirm:$false }} catch {{ \"$_\" }}
        Online
        (Get-CsUser ana@contoso.com).HostingProvider"
    );
    let refused = fixture.run(&script)?;
    let refused: Vec<_> = lines(&refused).into_iter().filter(|line| !line.starts_with("What if:")).collect();
    assert_eq!(
        refused,
        [
            "2",
            "HostedMigration fault: Error=(510), Description=(This user's tenant is not enabled for shared sip \
             address space.)",
            "2",
            "sipfed.online.lync.com",
        ]
    );
    fixture.change_tenant("federation", json!({ "SharedSipAddressSpace": true }))?;
    let moved = fixture.run(&script)?;
    let moved: Vec<_> = lines(&moved).into_iter().filter(|line| !line.starts_with("What if:")).collect();
    assert_eq!(moved, ["2", "1", "SRV:"]);
    let state: Value = serde_json::from_slice(&fs::read(fixture.path("onprem.json"))?)?;
    assert_eq!(
        state["moves"],
        json!([{ "user": "sip:ana@contoso.com", "target": "pool01.contoso.com", "force": false }])
    );
    Ok(())
}

#[test]
fn a_slow_command_says_when_it_has_begun() -> Outcome {
    let Some(fixture) = Fixture::new("a_slow_command_says_when_it_has_begun")? else { return Ok(()) };
    fixture.set_on_premises(&json!({ "delay_ms": { "Get-CsTopology": 600_000 } }))?;
    let mut child = fixture.spawn("Import-Module Lync; Get-CsTopology; 'ended'")?;
    assert_eq!(fixture.marker("Get-CsTopology")?, child.id());
    assert!(child.try_wait()?.is_none(), "it is still under way");
    child.kill()?;
    child.wait()?;
    Ok(())
}
