//! What only Windows has: languages with code pages of their own, policies for scripts, a PowerShell of the system's own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::harness::procedure::SEVENTEEN;
use crate::harness::system::System;
use crate::harness::world::{ADMIN, PASSWORD, World, inputs};

/// The seventeen steps without a person.
fn check(world: &World, output: &str, change: impl FnOnce(&mut Command)) -> Output {
    let mut arguments = vec!["check", SEVENTEEN, "--trust", "--answers", "-", "--output", output];
    arguments.extend(inputs());
    let mut command = world.greenlight(&arguments);
    change(&mut command);
    World::finish(&mut command, &format!("{}\n", json!({ "user": ADMIN, "password": PASSWORD })))
}

fn step<'a>(printed: &'a Value, id: &str) -> &'a Value {
    printed["steps"].as_array().unwrap().iter().find(|step| step["id"] == id).unwrap()
}

on_windows!(the_language_of_the_sentences_is_the_systems in its languages);
fn the_language_of_the_sentences_is_the_systems(world: &World) {
    let titles =
        ["PowerShell es de la versión 3.0 o posterior", "PowerShell est en version 3.0 ou ultérieure"];
    let words = ["directiva de ejecución", "stratégie d’exécution"];
    let printed = String::from_utf8(check(world, "text", |_| ()).stdout).unwrap();
    let language = titles.iter().position(|title| printed.contains(title)).expect(&printed);
    assert!(!printed.contains(titles[1 - language]), "{printed}");
    world.assert_no_secret(&[printed.as_bytes()]);
    let markdown = world.export("markdown");
    assert!(markdown.contains(titles[language]), "{markdown}");
    let doctor = String::from_utf8(world.run(&["doctor"], "").stdout).unwrap();
    assert!(doctor.contains(words[language]), "{doctor}");
}

on_windows!(where_the_policy_is_restricted_the_step_says_so_and_nothing_is_green_that_needs_it);
fn where_the_policy_is_restricted_the_step_says_so_and_nothing_is_green_that_needs_it(world: &World) {
    let output = check(world, "json", |command| {
        command.env_remove("PSExecutionPolicyPreference");
    });
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    for step in printed["steps"].as_array().unwrap() {
        let id = step["id"].as_str().unwrap();
        let is_free = ["powershell-version", "powershell-64-bit", "powershell-elevated"].contains(&id);
        assert_eq!(step["verdict"] == "green", is_free, "{step:#}");
    }
    let policy = step(&printed, "execution-policy");
    assert!(policy["remedy"].as_str().is_some_and(|remedy| remedy.contains("RemoteSigned")), "{policy:#}");
    assert_eq!(output.status.code(), Some(1));
    assert!(!world.is_shared());
}

/// Puts PowerShell where a Windows has its own: all of it, for the fixtures start `pwsh.exe` beside it.
fn install(prefix: &Path, powershell: &Path) {
    let home = prefix.join("drive_c/windows/system32/WindowsPowerShell/v1.0");
    drop(fs::remove_dir_all(&home));
    let folder = powershell.parent().unwrap();
    let copied = Command::new("cp").arg("-rL").args([folder, &home]).status().unwrap();
    assert!(copied.success());
    fs::copy(powershell, home.join("powershell.exe")).unwrap();
}

on_windows!(the_powershell_of_the_system_is_found_first_and_looks_where_it_may apart);
fn the_powershell_of_the_system_is_found_first_and_looks_where_it_may(world: &World) {
    let System::Windows(windows) = &world.system else { panic!("only Windows has one") };
    install(windows.prefix(), windows.powershell());
    world.change_tenant("federation", json!({ "SharedSipAddressSpace": true }));
    // As below PowerShell 7.
    let core = r"C:\Program Files\PowerShell\7\Modules";
    let environment = world.environment();
    let (_, modules) = environment.iter().find(|(name, _)| name == "PSModulePath").unwrap();
    let below_core = |command: &mut Command| {
        command.env("GREENLIGHT_POWERSHELL", "").env("PSModulePath", format!("{core};{modules}"));
    };
    let output = check(world, "json", below_core);
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    for step in printed["steps"].as_array().unwrap() {
        let expected = if step["id"] == "onprem-validated" { "not-run" } else { "green" };
        assert_eq!(step["verdict"], expected, "{step:#}");
    }
    let opened = world.events().into_iter().find(|event| event["type"] == "shell-opened").unwrap();
    let program = opened["about"]["program"].as_str().unwrap().to_lowercase();
    assert!(program.ends_with(r"\system32\windowspowershell\v1.0\powershell.exe"), "{opened:#}");

    let mut doctor = world.greenlight(&["doctor", "--output", "json"]);
    below_core(&mut doctor);
    let doctor: Value = serde_json::from_slice(&doctor.output().unwrap().stdout).unwrap();
    let findings = doctor["findings"].as_array().unwrap();
    let path = findings.iter().find(|finding| finding["id"] == "module-path").unwrap();
    let found = path["found"].as_str().unwrap();
    assert!(found.contains("fixtures"), "{path:#}");
    assert!(!found.split(';').any(|folder| folder.eq_ignore_ascii_case(core)), "{path:#}");
}

/// Makes a computer on which what the connector's installer needs is old, off or forbidden.
const WORN: &str = r"
function Set-Key($path, $values) {
    [void](New-Item -Path $path -Force)
    foreach ($name in $values.Keys) { Set-ItemProperty -Path $path -Name $name -Value $values[$name] }
}
$uninstall = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'
Set-Key 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WinRM\Client' @{ AllowBasic = 0 }
Set-Key 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client' @{ Enabled = 0 }
Set-Key 'HKLM:\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full' @{ Release = 378381 }
Set-Key (Join-Path $uninstall 'vc') @{ DisplayName = 'Microsoft Visual C++ 2012 x64 Minimum Runtime - 11.0.50522'; DisplayVersion = '11.0.50522' }
Set-Key (Join-Path $uninstall 'lync') @{ DisplayName = 'Microsoft Lync Server 2013, Core Components'; DisplayVersion = '5.0.8308.872' }
foreach ($name in 'winrm', 'msoidsvc') { New-Service -Name $name -BinaryPathName 'C:\windows\system32\svchost.exe -k netsvcs' }
";

on_windows!(this_computer_is_asked_by_its_registry_and_its_services apart);
fn this_computer_is_asked_by_its_registry_and_its_services(world: &World) {
    let head = "format = 1\nid = \"worn\"\nversion = \"1\"\ntitle = \"Worn\"\n[[step]]\nid = \"worn\"\ntitle = \"Worn\"\nwhy = \"x\"\n";
    let wears = format!("[step.check]\ncommand = '''{WORN}'''\nexpect = [{{ rows = \"any\" }}]\n");
    fs::write(world.path("worn.toml"), head.to_owned() + &wears).unwrap();
    let worn = world.run(&["check", &world.written("worn.toml"), "--trust"], "");
    assert!(worn.status.success(), "{}", String::from_utf8_lossy(&worn.stdout));
    let installer = "installer=C:\\windows\\notepad.exe";
    let output = world.run(&["check", "--output", "json", "--input", installer], "");
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    for (id, property, found, remedy) in [
        ("winrm-running", "Status", "Stopped", "Apply this step"),
        ("winrm-basic-policy", "AllowedByPolicy", "False", "Group Policy sets AllowBasic to 0"),
        ("tls-1-2", "WindowsAllows", "False", "TLS 1.2 is turned off"),
        ("dotnet-4-5", "Release", "378381", "Install .NET Framework 4.5"),
        ("vcpp-2012", "DisplayVersion", "11.0.50522", "Install the Visual C++"),
        ("signin-assistant", "Status", "Stopped", "Apply this step"),
        ("installer-genuine", "Status", "NotSigned", "Do not run this file"),
    ] {
        let step = step(&printed, id);
        assert_eq!(step["verdict"], "red", "{step:#}");
        let facts = step["facts"].as_array().unwrap();
        let wrong = facts.iter().find(|fact| fact["property"] == property).unwrap();
        assert!(wrong["found"].as_str().unwrap().contains(found), "{step:#}");
        assert!(step["remedy"].as_str().unwrap().starts_with(remedy), "{step:#}");
    }
}
