//! Every break that the fixtures know by name: what it changes, in what a command gives.

use super::computer::COMPUTER;
use super::*;

/// Runs each command with and without its break, in one process, and says what came: rows, warnings, error ids.
const COMPARE: &str = "
    function Say($Command) {
        $seen = foreach ($item in & ([scriptblock]::Create(\"try { $Command } catch { `$_ }\")) 2>&1 3>&1) {
            if ($null -eq $item) { continue }
            if ($item -is [Management.Automation.ErrorRecord]) { \"error $($item.FullyQualifiedErrorId)\" }
            elseif ($item -is [Management.Automation.WarningRecord]) { \"warning $($item.Message)\" }
            else { \"$item\" }
        }
        $seen -join '; '
    }
    foreach ($case in ConvertFrom-Json $env:FIXTURE_CASES) {
        [IO.File]::WriteAllText($file, $healthy)
        $well = Say $case[1]
        [IO.File]::WriteAllText($file, $healthy.Substring(0, $healthy.Length - 1) + \"$comma`\"break`\": [`\"$($case[0])`\"]}\")
        $ill = Say $case[1]
        if ($ill -eq $well) { $ill = \"as if healthy: $ill\" }
        \"$($case[0]) -> $ill\"
    }";

/// A break, a command, and what the command gives then.
pub type Case = (&'static str, &'static str, &'static str);

const REPLICAS: &str = "Get-CsManagementStoreReplicationStatus | ForEach-Object { \"$($_.ReplicaFqdn -replace '\\..*') \
     $($_.UpToDate) $(if ($_.LastStatusReport) { $_.LastStatusReport -ge $_.LastUpdateCreation } else { 'never' })\" }";
const PROVIDER: &str = "Get-CsHostingProvider | ForEach-Object { \"$($_.Enabled) $($_.EnabledSharedAddressSpace) \
     $($_.HostsOCSUsers) $($_.VerificationLevel) $($_.IsLocal) $([bool]$_.AutodiscoverUrl)\" }";
const MEND: &str = "Invoke-CsManagementStoreReplication; Get-CsManagementStoreReplicationStatus | Out-Null; \
     Get-CsManagementStoreReplicationStatus | Where-Object { -not $_.UpToDate } | ForEach-Object { 'still behind' }; \
     Get-CsManagementStoreReplicationStatus | ForEach-Object { \"$($_.UpToDate)\" }";

const ON_PREMISES: &[Case] = &[
    ("topology-unreadable", "Get-CsTopology", "error System.Data.SqlClient.SqlException,Get-CsTopology"),
    (
        "pool-missing",
        "(Get-CsPool).Fqdn; (Get-CsService -PoolFqdn pool01.contoso.com).Role",
        "edge01.contoso.com; sql01.contoso.com",
    ),
    (
        "pool-without-user-server",
        "(Get-CsPool pool01.contoso.com).Services; (Get-CsService -UserServer).PoolFqdn",
        "Registrar:pool01.contoso.com",
    ),
    ("pool-2010", "(Get-CsService -UserServer -PoolFqdn pool01.contoso.com).Version", "5"),
    ("sip-domain-missing", "(Get-CsSipDomain).Name", "fabrikam.com"),
    (
        "edge-missing",
        "(Get-CsService -EdgeServer).PoolFqdn; (Get-CsManagementStoreReplicationStatus).ReplicaFqdn",
        "fe01.contoso.com; fe02.contoso.com",
    ),
    ("edge-replica-dead", REPLICAS, "fe01 True True; fe02 True True; edge01 False never"),
    ("replica-behind", MEND, "still behind; True; True; True"),
    ("replica-stuck", MEND, "still behind; True; False; True"),
    ("replica-report-stale", REPLICAS, "fe01 True True; fe02 True True; edge01 True False"),
    ("replica-report-missing", REPLICAS, "fe01 True True; fe02 True True; edge01 True never"),
    (
        "quiet-deployment",
        "Get-CsManagementStoreReplicationStatus | ForEach-Object { \"$($_.UpToDate) $(([DateTime]::Now - $_.LastStatusReport).Days)\" }",
        "True 399; True 399; True 399",
    ),
    (
        "many-replicas",
        "(Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus).ActiveReplicas.Length",
        "128",
    ),
    ("branch-off", REPLICAS, "fe01 True True; fe02 True True; edge01 True True; sba01 False never"),
    (
        "master-missing",
        "\"[$((Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus).ActiveMasterFQDN)]\"",
        "[]",
    ),
    (
        "file-transfer-agent-missing",
        "\"[$((Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus).ActiveFileTransferAgents)]\"",
        "[]",
    ),
    (
        "service-stopped",
        "foreach ($c in (Get-CsPool pool01.contoso.com).Computers) { Get-CsWindowsService -ComputerName $c -ExcludeActivityLevel | Where-Object { $_.Status -ne 'Running' } | ForEach-Object { \"$c $($_.Name) $($_.Status)\" } }",
        "fe02.contoso.com RTCSRV Stopped",
    ),
    (
        "computer-unreachable",
        "(Get-CsWindowsService -ComputerName fe02.contoso.com).Name",
        "error System.InvalidOperationException,Get-CsWindowsService",
    ),
    (
        "ad-unreachable",
        "Get-CsWindowsService -ComputerName fe01.contoso.com | ForEach-Object { 'row' }",
        "error ADOperationException,Get-CsWindowsService",
    ),
    (
        "database-failed",
        "Test-CsDatabase -ConfiguredDatabases -SqlServerFqdn sql01.contoso.com | Where-Object { -not $_.Succeed } | ForEach-Object DatabaseName",
        "rtcxds; warning Test-CsDatabase encountered errors. Consult the log file for a detailed analysis, and ensure all errors (1) and warnings (0) are addressed before continuing.",
    ),
    (
        "store-database-failed",
        "Test-CsDatabase -CentralManagementDatabase | ForEach-Object { \"$($_.DatabaseName) $($_.Succeed) [$($_.InstalledVersion)]\" }",
        "xds False []; lis True []; warning Test-CsDatabase encountered errors. Consult the log file for a detailed analysis, and ensure all errors (1) and warnings (0) are addressed before continuing.",
    ),
    ("replica-test-fails", "Test-CsReplica", "warning Test-CsReplica failed."),
    ("computer-test-fails", "Test-CsComputer", "warning Test-CsComputer failed."),
    ("topology-test-fails", "Test-CsTopology", "warning Test-CsTopology failed."),
    ("registry-denied", "Test-CsReplica", "error System.Security.SecurityException,Test-CsReplica"),
    ("schema-not-ready", "Get-CsAdServerSchema", "SCHEMA_VERSION_STATE_NOT_READY"),
    ("forest-not-ready", "Get-CsAdForest", "LC_FORESTSETTINGS_STATE_NOT_READY"),
    ("domain-not-ready", "Get-CsAdDomain", "LC_DOMAINSETTINGS_STATE_NOT_READY"),
    ("ou-locked", "Test-CsOUPermission -OU 'ou=Users,dc=contoso,dc=com' -ObjectType 'user'", "False"),
    (
        "certificate-expiring",
        "Get-CsCertificate | Where-Object { $_.NotAfter -lt [DateTime]::Now.AddDays(30) } | ForEach-Object Use",
        "Default",
    ),
    (
        "certificate-expired",
        "Get-CsCertificate | Where-Object { $_.NotAfter -lt [DateTime]::Now } | ForEach-Object Use",
        "Default",
    ),
    ("oauth-certificate-missing", "@(Get-CsCertificate -Type OAuthTokenIssuer).Count", "0"),
    (
        "oauth-certificate-expiring",
        "(Get-CsCertificate -Type OAuthTokenIssuer).NotAfter -gt [DateTime]::Now.AddDays(30)",
        "False",
    ),
    (
        "test-users-missing",
        "(Test-CsRegistration -TargetFqdn pool01.contoso.com).Result",
        "error NoTestUser,Test-CsRegistration",
    ),
    ("registration-fails", "(Test-CsRegistration -TargetFqdn pool01.contoso.com).Result", "Failure"),
    (
        "federation-504",
        "(Test-CsFederatedPartner -TargetFqdn edge01.contoso.com -Domain fabrikam.com).Error",
        "504, Server time-out",
    ),
    (
        "federation-404",
        "(Test-CsFederatedPartner -TargetFqdn edge01.contoso.com -Domain fabrikam.com).Error",
        "404, Not Found",
    ),
    (
        "access-edge-closed",
        "Get-CsAccessEdgeConfiguration | ForEach-Object { \"$($_.AllowOutsideUsers) $($_.AllowFederatedUsers) $($_.EnablePartnerDiscovery) $($_.RoutingMethod)\" }",
        "False False False UseDefaultRouting",
    ),
    ("partner-discovery-off", "(Get-CsAccessEdgeConfiguration).EnablePartnerDiscovery", "False"),
    ("provider-missing", PROVIDER, ""),
    ("provider-disabled", PROVIDER, "False True True UseSourceVerification False True"),
    ("provider-not-shared", PROVIDER, "True False False AlwaysVerifiable False False"),
    ("provider-local", PROVIDER, "True True True UseSourceVerification True True"),
    (
        "provider-name-taken",
        "(Get-CsPublicProvider).Identity; New-CsHostingProvider -Identity LyncOnline -ProxyFqdn sipfed.online.lync.com -Enabled $true",
        "LyncOnline; error DuplicateKey,New-CsHostingProvider",
    ),
    ("allowed-domains-set", "(Get-CsAllowedDomain).Domain", "fabrikam.com"),
    ("blocked-domain-onprem-only", "(Get-CsBlockedDomain).Identity", "northwindtraders.com"),
    (
        "pilot-not-enabled",
        "(Get-CsUser ana@contoso.com).DisplayName",
        "error ManagementObjectNotFound,Get-CsUser",
    ),
    ("pilot-disabled", "(Get-CsUser ana@contoso.com).Enabled", "False"),
    ("pilot-on-premises", "(Get-CsUser ana@contoso.com).HostingProvider", "SRV:"),
    ("pilot-endpoint", "(Get-CsUser ana@contoso.com).OwnerUrn", "urn:application:caa"),
    (
        "export-denied",
        "Export-CsConfiguration -FileName \"$file.zip\"",
        "error System.UnauthorizedAccessException,Export-CsConfiguration",
    ),
    (
        "export-empty",
        "Export-CsUserData -PoolFqdn pool01.contoso.com -FileName \"$file.zip\"; [IO.File]::ReadAllBytes(\"$file.zip\").Length",
        "0",
    ),
];

const SIGN_IN: &str = "(New-CsOnlineSession -Credential $cred).State";

/// Those that let no session open, of which some are for `WinRM`, or the engine, to say.
const SIGN_INS: &[Case] = &[
    ("live-id-unreachable", SIGN_IN, "error LiveIdUnreachable,Get-CsWebTicket"),
    ("live-id-missing", SIGN_IN, "error LiveIdMissing,Get-CsWebTicket"),
    ("role-missing", SIGN_IN, "error AccessDenied,New-CsOnlineSession"),
    ("remote-powershell-off", SIGN_IN, "error RemotePowerShellDisabled,New-CsOnlineSession"),
    ("session-limit", SIGN_IN, "error -2144108123,PSSessionOpenFailed,New-PSSession"),
    ("session-limit-older", SIGN_IN, "error -2144108123,PSSessionOpenFailed,New-PSSession"),
    ("tenant-session-limit", SIGN_IN, "error PSSessionOpenFailed,New-PSSession"),
    ("autodiscover-fails", SIGN_IN, "error AutoDiscoverFailed,Get-CsPowerShellEndpoint"),
    ("basic-disabled", SIGN_IN, "error -2144108321,PSSessionOpenFailed,New-PSSession"),
    ("name-not-resolved", SIGN_IN, "error ComputerNotFound,PSSessionOpenFailed,New-PSSession"),
    ("cannot-connect", SIGN_IN, "error CannotConnect,PSSessionOpenFailed,New-PSSession"),
    ("http-403", SIGN_IN, "error -2144108273,PSSessionOpenFailed,New-PSSession"),
    ("http-500", SIGN_IN, "error WinRMHttpError,PSSessionOpenFailed,New-PSSession"),
    ("http-html", SIGN_IN, "error -2144108173,PSSessionOpenFailed,New-PSSession"),
    ("admin-domain", SIGN_IN, "error JobFailure,New-PSSession"),
    (
        "tenant-domain-empty",
        SIGN_IN,
        "error ArgumentException,Microsoft.Teams.ConfigApi.Cmdlets.GetCsOnlineSession,New-CsOnlineSession",
    ),
    ("mfa-required", SIGN_IN, "error interaction_required,Get-CsWebTicket"),
    ("federated-account", SIGN_IN, "error federated_service_returned_error,Get-CsWebTicket"),
    ("connection-closed", SIGN_IN, "error System.Net.WebException,Get-CsPowerShellEndpoint"),
    ("tls-channel", SIGN_IN, "error System.Net.WebException,Get-CsPowerShellEndpoint"),
    ("service-retired", SIGN_IN, "error System.Net.WebException,Get-CsPowerShellEndpoint"),
    (
        "connector-not-elevated",
        "Import-Module LyncOnlineConnector -Force",
        "error System.InvalidOperationException,Microsoft.PowerShell.Commands.SetItemCommand,Microsoft.PowerShell.Commands.ImportModuleCommand",
    ),
];

/// Those of a tenant whose session is open.
const TENANT: &[Case] = &[
    ("no-commands", "@((Import-PSSession $CSSession -AllowClobber).ExportedCommands.Keys).Count", "0"),
    (
        "set-command-missing",
        "@((Import-PSSession $CSSession -AllowClobber).ExportedCommands.Keys) -like 'Set-*'",
        "",
    ),
    // The engine gives no warning of an imported command to anybody.
    (
        "throttled",
        "$null = Invoke-Command -Session $CSSession { Get-CsTenant } -WarningVariable w; \"$w\"",
        "Micro delay applied. Actual delayed: 21956 msecs, Enforced: True",
    ),
    (
        "restricted-parameter",
        "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True",
        "error RestrictedParameter,Set-CsTenantFederationConfiguration",
    ),
    (
        "wrong-tenant",
        "Get-CsTenant | ForEach-Object { \"$($_.DisplayName) $($_.TenantId) $($_.Domains)\" }",
        "Fabrikam 33333333-3333-3333-3333-333333333333 fabrikam.com fabrikam.onmicrosoft.com",
    ),
    ("domain-missing", "(Get-CsTenant).Domains", "contoso.onmicrosoft.com"),
    ("not-shared", "(Get-CsTenantFederationConfiguration).SharedSipAddressSpace", "False"),
    ("federation-off", "(Get-CsTenantFederationConfiguration).AllowFederatedUsers", "False"),
    (
        "federation-closed",
        "Get-CsTenantFederationConfiguration | ForEach-Object { \"$($_.AllowedDomains) $($_.AllowedDomains.AllowedDomain)\" }",
        "Domain=fabrikam.com Domain=fabrikam.com",
    ),
    (
        "blocked-domain-online-only",
        "Get-CsTenantFederationConfiguration | ForEach-Object { \"$($_.BlockedDomains) $($_.BlockedDomains.Domain)\" }",
        "Domain=litwareinc.com litwareinc.com",
    ),
    ("pilot-not-synchronised", "(Get-CsOnlineUser ana@contoso.com).HostingProvider", "SRV:"),
    (
        "pilot-not-in-tenant",
        "(Get-CsOnlineUser ana@contoso.com).DisplayName",
        "error ManagementObjectNotFound,Get-CsOnlineUser",
    ),
    ("pilot-unlicensed", "\"$((Get-CsOnlineUser ana@contoso.com).AssignedPlan)\" -match 'MCO'", "False"),
    (
        "pilot-invalid",
        "\"[$((Get-CsOnlineUser ana@contoso.com).MCOValidationError)]\"",
        "[User's SIP address is not valid.]",
    ),
    // The last one: there is no session afterwards.
    ("session-expires", "(Get-CsTenant).DisplayName", "error JobFailure"),
];

/// What each case gives, by its name.
pub fn compare(fixture: &Fixture, before: &str, file: &str, healthy: &Value, cases: &[Case]) -> Outcome {
    let comma = if healthy == &json!({}) { "" } else { "," };
    let script = format!(
        "{before}\n$file = $env:{file}; $comma = '{comma}'; $healthy = $env:FIXTURE_HEALTHY\n{COMPARE}"
    );
    let listed: Vec<[&str; 2]> = cases.iter().map(|(name, command, _)| [*name, *command]).collect();
    let output = fixture.run_with(
        &script,
        &[("FIXTURE_CASES", &json!(listed).to_string()), ("FIXTURE_HEALTHY", &healthy.to_string())],
    )?;
    let expected: Vec<String> =
        cases.iter().map(|(name, _, gives)| format!("{name} -> {gives}").trim().to_owned()).collect();
    assert_eq!(lines(&output), expected);
    Ok(())
}

#[test]
fn each_break_of_the_deployment_is_seen() -> Outcome {
    let Some(fixture) = Fixture::new("each_break_of_the_deployment_is_seen")? else { return Ok(()) };
    compare(&fixture, "Import-Module Lync", "GREENLIGHT_FIXTURE_ONPREM", &json!({}), ON_PREMISES)
}

#[test]
fn each_break_of_signing_in_is_seen() -> Outcome {
    let Some(fixture) = Fixture::new("each_break_of_signing_in_is_seen")? else { return Ok(()) };
    // Where nothing is broken no session opens either: it would cost a process each time.
    let healthy = json!({
        "users": [{ "user": ADMIN, "password": PASSWORD }],
        "fail": { "New-PSSession": { "message": "not opened", "id": "Healthy", "terminating": false } },
    });
    compare(
        &fixture,
        &format!("{CREDENTIAL}Import-Module LyncOnlineConnector"),
        "GREENLIGHT_FIXTURE_TENANT",
        &healthy,
        SIGN_INS,
    )
}

#[test]
fn each_break_of_the_tenant_is_seen() -> Outcome {
    let Some(fixture) = Fixture::new("each_break_of_the_tenant_is_seen")? else { return Ok(()) };
    let healthy = json!({
        "users": [{ "user": ADMIN, "password": PASSWORD }],
        "federation": { "SharedSipAddressSpace": true },
    });
    compare(&fixture, &format!("{CREDENTIAL}{CONNECT}"), "GREENLIGHT_FIXTURE_TENANT", &healthy, TENANT)
}

#[test]
fn every_break_is_listed_and_tried() -> Outcome {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let breaks: Value = serde_json::from_slice(&fs::read(fixtures.join("support/breaks.json"))?)?;
    let readme = fs::read_to_string(fixtures.join("README.md"))?;
    for (file, tried) in [
        ("GREENLIGHT_FIXTURE_ONPREM", [ON_PREMISES, COMPUTER].concat()),
        ("GREENLIGHT_FIXTURE_TENANT", [SIGN_INS, TENANT].concat()),
    ] {
        let mut tried: Vec<&str> = tried.iter().map(|(name, ..)| *name).collect();
        tried.sort_unstable();
        let known = breaks[file].as_object().ok_or("no breaks")?;
        let mut names: Vec<&str> = known.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, tried, "{file}");
        for (name, entry) in known {
            let what = entry["what"].as_str().ok_or("it says nothing")?;
            assert!(readme.contains(&format!("| `{name}` | {what} |")), "the README does not list {name}");
        }
    }
    Ok(())
}
