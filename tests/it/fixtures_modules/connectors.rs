//! The names under which the connector was sold, the shell of 2010 that has the name of 2013's, and what an import shadows.

use super::*;

/// A folder of modules beside the usual one.
fn folder(name: &str) -> Outcome<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    Ok(path.to_str().ok_or("not UTF-8")?.to_owned())
}

#[test]
fn each_connector_stands_alone_and_opens_a_session() -> Outcome {
    let Some(fixture) = Fixture::new("each_connector_stands_alone_and_opens_a_session")? else {
        return Ok(());
    };
    for (modules, module, version) in [
        ("modules-skype", "SkypeOnlineConnector", "7.0.2374.2"),
        ("modules-teams-1", "MicrosoftTeams", "1.1.6"),
    ] {
        let output = fixture.run_with(
            &format!(
                "{CREDENTIAL}
                (Get-Module -ListAvailable *Online*, *Teams*).Name
                Import-Module {module}
                (Get-Module {module}).Version.ToString()
                $CSSession = New-CsOnlineSession -Credential $cred
                $null = Import-PSSession $CSSession -AllowClobber
                (Get-CsTenant).DisplayName"
            ),
            &[("PSModulePath", &folder(modules)?)],
        )?;
        assert_eq!(lines(&output), [module, version, "Contoso"], "{modules}");
    }
    Ok(())
}

#[test]
fn a_later_teams_module_signs_in_and_has_no_new_csonlinesession() -> Outcome {
    let Some(fixture) = Fixture::new("a_later_teams_module_signs_in_and_has_no_new_csonlinesession")? else {
        return Ok(());
    };
    let output = fixture.run_with(
        &format!(
            "{CREDENTIAL}Import-Module MicrosoftTeams
            (Get-Module MicrosoftTeams).Version.Major
            try {{ New-CsOnlineSession -Credential $cred }} catch {{ $_.FullyQualifiedErrorId }}
            (Connect-MicrosoftTeams -Credential $cred).Account"
        ),
        &[("PSModulePath", &folder("modules-teams-2")?)],
    )?;
    assert_eq!(lines(&output), ["2", "CommandNotFoundException", ADMIN]);
    Ok(())
}

#[test]
fn the_shell_of_2010_has_the_name_of_2013s_and_another_version() -> Outcome {
    let Some(fixture) = Fixture::new("the_shell_of_2010_has_the_name_of_2013s_and_another_version")? else {
        return Ok(());
    };
    for (modules, version) in [("modules-lync-2010", "4"), ("modules-lync", "5")] {
        let output = fixture.run_with(
            "(Get-Module -ListAvailable Lync, *Online*).Name; Import-Module Lync; (Get-Module Lync).Version.Major
            @(Get-CsPool).Count",
            &[("PSModulePath", &folder(modules)?)],
        )?;
        assert_eq!(lines(&output), ["Lync", version, "3"], "{modules}");
    }
    Ok(())
}

#[test]
fn an_account_with_a_second_factor_signs_in_by_a_prompt_alone() -> Outcome {
    let Some(fixture) = Fixture::new("an_account_with_a_second_factor_signs_in_by_a_prompt_alone")? else {
        return Ok(());
    };
    fixture.change_tenant("break", json!(["mfa-required"]))?;
    let output = fixture.run(&format!(
        "{CREDENTIAL}Import-Module LyncOnlineConnector
        try {{ New-CsOnlineSession -Credential $cred }} catch {{ $_.FullyQualifiedErrorId }}
        # What the person types.
        function global:Get-Credential {{ param($UserName, $Message) $cred }}
        (New-CsOnlineSession).State
        (New-CsOnlineSession -UserName {ADMIN}).State"
    ))?;
    assert_eq!(lines(&output), ["interaction_required,Get-CsWebTicket", "Opened", "Opened"]);
    Ok(())
}

#[test]
fn after_the_import_an_unqualified_name_asks_the_tenant() -> Outcome {
    let Some(fixture) = Fixture::new("after_the_import_an_unqualified_name_asks_the_tenant")? else {
        return Ok(());
    };
    fixture.set_on_premises(&json!({ "break": ["provider-missing"] }))?;
    let output = fixture.run(&format!(
        "{CREDENTIAL}Import-Module Lync
        \"before $(@(Get-CsHostingProvider).Count)\"
        {CONNECT}
        \"after $(@(Get-CsHostingProvider).Count)\"
        \"qualified $(@(Lync\\Get-CsHostingProvider).Count)\""
    ))?;
    assert_eq!(lines(&output), ["before 0", "after 1", "qualified 0"]);
    Ok(())
}

#[test]
fn domains_are_added_taken_away_and_replaced() -> Outcome {
    let Some(fixture) = Fixture::new("domains_are_added_taken_away_and_replaced")? else { return Ok(()) };
    let output = fixture.run(&format!(
        "{CREDENTIAL}{CONNECT}
        function Show {{ Get-CsTenantFederationConfiguration | ForEach-Object {{ \"$($_.AllowedDomains) / $($_.BlockedDomains)\" }} }}
        Show
        $x = New-CsEdgeDomainPattern -Domain 'fabrikam.com'
        Set-CsTenantFederationConfiguration -BlockedDomains @{{Add=$x}}
        Set-CsTenantFederationConfiguration -AllowedDomainsAsAList @{{Add='litwareinc.com'}}
        Show
        Set-CsTenantFederationConfiguration -BlockedDomains @{{Remove=$x}}
        $x = New-CsEdgeAllowAllKnownDomains
        Set-CsTenantFederationConfiguration -AllowedDomains $x
        Show
        try {{ Set-CsTenantFederationConfiguration -AllowedDomains 'fabrikam.com' -ErrorAction Stop }} catch {{ 'no text' }}"
    ))?;
    assert_eq!(
        lines(&output),
        [
            "AllowAllKnownDomains /",
            "Domain=litwareinc.com / Domain=fabrikam.com",
            "AllowAllKnownDomains /",
            "no text"
        ]
    );
    Ok(())
}
