//! The Lync deployment: healthy, broken and mended.

use super::*;

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
fn a_hosting_provider_shows_by_default_what_the_product_shows() -> Outcome {
    let Some(fixture) = Fixture::new("a_hosting_provider_shows_by_default_what_the_product_shows")? else {
        return Ok(());
    };
    let output = fixture
        .run("Import-Module Lync; Get-CsHostingProvider; 'all:'; Get-CsHostingProvider | Select-Object *")?;
    let (shown, all) = output.split_once("all:").ok_or("two parts")?;
    for hidden in ["EnabledSharedAddressSpace", "HostsOCSUsers"] {
        assert!(!shown.contains(hidden) && all.contains(hidden), "{hidden}: {output}");
    }
    assert!(shown.contains("IsLocal"), "{shown}");
    Ok(())
}

#[test]
fn exports_are_files_and_one_never_writes_over_another() -> Outcome {
    let Some(fixture) = Fixture::new("exports_are_files_and_one_never_writes_over_another")? else {
        return Ok(());
    };
    let output = fixture.run(
        "Import-Module Lync
        $folder = $env:GREENLIGHT_FIXTURE_MARKERS
        1..2 | ForEach-Object { Export-CsConfiguration -FileName \"$folder/config.zip\" }
        1..2 | ForEach-Object { try { Export-CsLisConfiguration -FileName \"$folder/lis.bak\" } catch { $_.FullyQualifiedErrorId } }
        Export-CsUserData -PoolFqdn pool01.contoso.com -FileName \"$folder/users.zip\"
        try { Export-CsUserData -PoolFqdn nowhere.contoso.com -FileName \"$folder/none.zip\" } catch { $_.FullyQualifiedErrorId }
        Get-ChildItem $folder -Include *.zip, *.bak -Recurse | ForEach-Object { \"$($_.Name) $($_.Length)\" }",
    )?;
    assert_eq!(
        lines(&output),
        [
            "System.IO.IOException,Export-CsLisConfiguration",
            "ItemNotFound,Export-CsUserData",
            "config.zip 22",
            "lis.bak 22",
            "users.zip 22",
        ]
    );
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

#[test]
fn what_a_break_means_is_written_once_and_then_mended() -> Outcome {
    let Some(fixture) = Fixture::new("what_a_break_means_is_written_once_and_then_mended")? else {
        return Ok(());
    };
    fixture.set_on_premises(&json!({ "break": ["provider-not-shared", "partner-discovery-off"] }))?;
    let output = fixture.run(
        "Import-Module Lync
        Get-CsHostingProvider | Set-CsHostingProvider -EnabledSharedAddressSpace $true
        (Get-CsHostingProvider).EnabledSharedAddressSpace
        (Get-CsHostingProvider).HostsOCSUsers
        (Get-CsAccessEdgeConfiguration).EnablePartnerDiscovery",
    )?;
    assert_eq!(lines(&output), ["True", "False", "False"], "one is mended, and nothing else");
    fixture.set_on_premises(&json!({ "break": ["no-such-break"] }))?;
    let output = fixture.run("Import-Module Lync; try { Get-CsPool } catch { \"$_\" }")?;
    assert!(output.contains("There is no break 'no-such-break'"), "{output}");
    Ok(())
}
