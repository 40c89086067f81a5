//! The documented commands, letter for letter, on the real engine with the stand-ins for the products.

use std::fs;
use std::path::{Path, PathBuf};

use greenlight::facade::run::value::Value;
use greenlight::facade::run::{OutcomeEnd, Prompt};
use greenlight::facade::shell::Stream;

use crate::engine::engine;
use crate::harness::shells::{CommandOutput, Driver, credential};

const PASSWORD: &str = "C4nary-p\u{e4}ss w0rd";
const TENANT: &str = r#"{ "users": [{ "user": "admin@contoso.com", "password": "PASSWORD" }] }"#;

/// The shell's environment is this process's, so the fixtures are told where they are by commands.
async fn with_fixtures(shell: &mut Driver, folder: &Path) -> PathBuf {
    let tenant = folder.join("tenant.json");
    fs::write(&tenant, TENANT.replace("PASSWORD", PASSWORD)).unwrap();
    // The whole path, with the letter of its drive.
    let modules =
        std::path::absolute(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/modules")).unwrap();
    let variables = vec![
        ("modules".to_owned(), Value::text(modules.display().to_string())),
        ("tenant".to_owned(), Value::text(tenant.display().to_string())),
    ];
    let command = "$env:PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath; $env:GREENLIGHT_FIXTURE_TENANT = $tenant";
    shell.run_with(command, variables).await.well();
    tenant
}

async fn sign_in(shell: &mut Driver, password: &str) -> CommandOutput {
    let given =
        shell.ask("$cred = Get-Credential", |_| credential("admin@contoso.com", password)).await.well();
    assert!(matches!(given.asked[..], [Prompt::Credential { .. }]));
    shell.run("$CSSession = New-CsOnlineSession -Credential $cred").await
}

#[tokio::test]
async fn the_documented_commands_work_from_the_first_to_the_last() {
    let Some(engine) = engine("the_documented_commands_work_from_the_first_to_the_last") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (mut shell, _) = Driver::open(&engine).await;
    let tenant = with_fixtures(&mut shell, folder.path()).await;
    shell.run("Import-Module Lync").await.well();
    shell.run("Import-Module LyncOnlineConnector").await.well();

    let given = sign_in(&mut shell, "wrong").await;
    assert_ne!(given.end, Some(OutcomeEnd::Stopped));
    assert!(given.failure().message.contains("Logon failed for the user 'admin@contoso.com'"), "{given:?}");

    sign_in(&mut shell, PASSWORD).await.well();
    let given = shell.run("$CSSession | Select-Object State, Availability, ComputerName").await.well();
    let shown = |name: &str| given.row().property(name).map(Value::display);
    assert_eq!(shown("State").as_deref(), Some("Opened"));
    assert_eq!(shown("Availability").as_deref(), Some("Available"));

    let given = shell.run("Import-PSSession $CSSession -AllowClobber").await.well();
    assert!(given.row().property("Name").is_some(), "{given:?}");
    let shared = |given: CommandOutput| given.row().property("SharedSipAddressSpace").cloned();
    assert_eq!(
        shared(shell.run("Get-CsTenantFederationConfiguration").await.well()),
        Some(Value::Bool(false))
    );
    shell.run("Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True").await.well();
    assert_eq!(
        shared(shell.run("Get-CsTenantFederationConfiguration").await.well()),
        Some(Value::Bool(true))
    );
    let written: serde_json::Value = serde_json::from_str(&fs::read_to_string(tenant).unwrap()).unwrap();
    assert_eq!(written["federation"]["SharedSipAddressSpace"], true);
}

#[tokio::test]
async fn the_password_is_in_nothing_that_the_shell_says() {
    let Some(engine) = engine("the_password_is_in_nothing_that_the_shell_says") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (mut shell, _) = Driver::open(&engine).await;
    with_fixtures(&mut shell, folder.path()).await;
    shell.run("Import-Module LyncOnlineConnector").await.well();
    let mut said = vec![format!("{:?}", sign_in(&mut shell, PASSWORD).await)];
    for command in [
        "$cred",
        "$cred | Select-Object *",
        "$cred | Out-String",
        "$cred.Password",
        "Get-Variable cred, CSSession",
    ] {
        let given = shell.run(command).await.well();
        said.push(format!("{given:?}"));
        assert!(given.stream(Stream::Error).is_empty());
    }
    let said = said.concat();
    assert!(said.contains("admin@contoso.com"));
    assert!(!said.contains(PASSWORD), "{said}");
}
