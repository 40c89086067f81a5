//! Signing in to the tenant, and the sessions that come of it.

use super::*;

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
fn what_winrm_and_the_system_say_is_in_the_language_asked_for_and_its_id_in_none() -> Outcome {
    let Some(fixture) =
        Fixture::new("what_winrm_and_the_system_say_is_in_the_language_asked_for_and_its_id_in_none")?
    else {
        return Ok(());
    };
    let sign_in = |name: &str, language: &str| {
        format!(
            "[IO.File]::WriteAllText($env:GREENLIGHT_FIXTURE_TENANT, $env:FIXTURE_HEALTHY.Substring(0, $env:FIXTURE_HEALTHY.Length - 1) + \
             ', \"language\": \"{language}\", \"break\": [\"{name}\"]}}')
            try {{ New-CsOnlineSession -Credential $cred -ErrorAction Stop 2>&1 | ForEach-Object {{ \"$_\" }} }} catch {{ \"$_\" }}\n"
        )
    };
    let script = format!(
        "{CREDENTIAL}Import-Module LyncOnlineConnector\n{}{}{}{}",
        sign_in("basic-disabled", "es"),
        sign_in("basic-disabled", "fr"),
        sign_in("connection-closed", "es"),
        sign_in("live-id-missing", "es"),
    );
    let healthy = json!({ "users": [{ "user": ADMIN, "password": PASSWORD }] }).to_string();
    let said = fixture.run_with(&script, &[("FIXTURE_HEALTHY", &healthy)])?;
    let said = lines(&said);
    for (line, text) in said.iter().zip([
        "La autenticación básica está actualmente deshabilitada en la configuración del cliente.",
        "L’authentification de base est actuellement désactivée dans la configuration du client.",
        "Se ha terminado la conexión: Error inesperado de envío.",
        "Can not load Live Id module.",
    ]) {
        assert!(line.contains(text), "{text} is missing in {line}");
    }
    assert_eq!(said.len(), 4, "{said:#?}");
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
        function Connect {{ New-CsOnlineSession -Credential $cred 2>&1 | ForEach-Object {{ if ($_.State) {{ $_ }} else {{ $_.FullyQualifiedErrorId }} }} }}
        Connect
        $CSSession | Remove-PSSession
        # The shell ends when its process has ended.
        $clock = [Diagnostics.Stopwatch]::StartNew()
        do {{ $next = Connect }} while ($next -is [string] -and $clock.Elapsed.TotalSeconds -lt 5)
        $next.State"
    ))?;
    assert_eq!(lines(&output), ["-2144108123,PSSessionOpenFailed,New-PSSession", "Opened"]);
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
        do {{ $CSSession = New-CsOnlineSession -Credential $cred 2>$null }}
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
