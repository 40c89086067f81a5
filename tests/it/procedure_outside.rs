//! What the procedure asks of what lies around a deployment: this computer, DNS, the Edge's ports, the servers by remoting. Each
//! step is seen green, and not green for each way in which it is broken, on the engine.
//!
//! | step | on Linux | on Windows |
//! | --- | --- | --- |
//! | `edge-ports` | sockets | sockets |
//! | `pool-computers-by-remoting`, `pool-replicas-by-remoting` | a second PowerShell a server; its build and events are played: WinRM is on neither | the same |
//! | `installer-genuine` | its signature is played: there is no such command | its signature is played: wine checks none |
//! | `dns` | does not apply | `nslookup` and `[Net.Dns]` are played: no server of the test's own can be asked |
//! | `winrm-basic` | does not apply | played: wine has no WinRM |
//! | `winrm-running`, `signin-assistant` | do not apply | services of wine, with another program |
//! | `winrm-basic-policy`, `dotnet-4-5`, `vcpp-2012`, `onprem-build` | do not apply | the registry |
//! | `tls-1-2` | does not apply | the registry, and this PowerShell's protocols |
//! | `proxy` | does not apply | the environment: the settings of a person wine does not hand out |
//! | `powershell-elevated` | does not apply | green; red is never seen: every process of wine is an administrator's |
//! | `powershell-64-bit`, `powershell-version` | green; red is never seen: no such engine is at hand | the same |

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use greenlight::facade::run::StepStatus;
use serde_json::json;

use crate::harness::desk::{Desk, Seen};
use crate::harness::system::System;
use crate::harness::world::World;

/// What stands before commands of the engine.
fn played(world: &World) -> String {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/support/Computer.psm1");
    format!("Import-Module -DisableNameChecking '{}'", world.system.written(&module))
}

/// The breaks of a step: the name, the rows that fail or are missing, how the first remedy begins.
type Breaks<'a> = &'a [(&'a str, &'a [&'a str], &'a str)];

const ALL: &[&str] = &["en", "es", "fr"];

/// Green, then not green as each break has it, whatever language it speaks, then green again.
async fn is_seen(desk: &mut Desk<'_>, step: &str, breaks: Breaks<'_>, languages: &[&str]) {
    desk.breaks(&[], &[], "en");
    desk.check(step).await;
    assert_eq!(desk.status(step), StepStatus::Green, "{step}");
    for (broken, rows, says) in breaks {
        for language in languages {
            desk.breaks(&[], &[broken], language);
            desk.check(step).await;
            desk.not_green(broken, step, &Seen { rows, says, leads: "" });
        }
    }
    desk.breaks(&[], &[], "en");
    desk.check(step).await;
    assert_eq!(desk.status(step), StepStatus::Green, "{step} again");
}

on_both!(a_port_of_the_edge_that_is_closed_is_named in this process);
async fn a_port_of_the_edge_that_is_closed_is_named(world: &World) {
    // An address of this computer that nobody else listens at.
    let own = u8::try_from(std::process::id() % 250).unwrap() + 1;
    let edge = match &world.system {
        System::Native(_) => Ipv4Addr::new(127, 17, 1, own),
        System::Windows(_) => Ipv4Addr::new(127, 17, 2, own),
    };
    let mut open: Vec<_> = [443, 4443, 5061, 5062, 8057]
        .into_iter()
        .map(|port| (port, TcpListener::bind((edge, port))))
        .collect();
    let mut desk = Desk::begin(world, "password").await;
    desk.reach_the_session().await;
    world.set_on_premises(
        &json!({ "services": { "EdgeServer:edge01.contoso.com": { "PoolFqdn": edge.to_string() } } }),
    );
    let refused: Vec<_> =
        open.iter().filter(|(_, bound)| bound.is_err()).map(|(port, _)| format!("{edge}:{port}")).collect();
    desk.check("edge-ports").await;
    if refused.is_empty() {
        assert_eq!(desk.status("edge-ports"), StepStatus::Green);
    } else {
        eprintln!("SKIPPED that all ports are open: this person may not listen at {refused:?}");
    }
    let mut closed = refused;
    for port in [5062, 8057] {
        open.retain(|(open, _)| *open != port);
        closed.push(format!("{edge}:{port}"));
        desk.check("edge-ports").await;
        let rows: Vec<_> = closed.iter().map(String::as_str).collect();
        let seen = Seen { rows: &rows, says: "No answer within three seconds", leads: "" };
        desk.not_green("closed ports", "edge-ports", &seen);
    }
}

on_both!(what_a_server_says_by_remoting_is_named_by_server in this process);
async fn what_a_server_says_by_remoting_is_named_by_server(world: &World) {
    let mut desk = Desk::begin_with(world, "password", &played(world)).await;
    desk.reach_the_session().await;
    desk.check("onprem-computers").await;
    let fe02: &[&str] = &["fe02.contoso.com"];
    let both: &[&str] = &["fe01.contoso.com", "fe02.contoso.com"];
    let not_asked: Breaks<'_> = &[
        ("remoting-denied", fe02, "The computer refuses remote PowerShell"),
        ("remoting-off", fe02, "Remote PowerShell does not reach this computer"),
    ];
    let computers: Breaks<'_> = &[
        ("remote-build-old", fe02, "Update Lync Server 2013 on this computer"),
        ("certificate-expiring", both, "A certificate of this computer expires"),
        ("remote-replicator-silent", fe02, "No event 30024"),
    ];
    let replicas: Breaks<'_> = &[
        ("replica-test-fails", &[], "Run Test-CsReplica -Verbose on the computer"),
        ("registry-denied", &[], "Test-CsReplica needs an elevated session"),
    ];
    is_seen(&mut desk, "pool-computers-by-remoting", &[not_asked, computers].concat(), &["es"]).await;
    is_seen(&mut desk, "pool-replicas-by-remoting", not_asked, &["fr"]).await;
    is_seen(&mut desk, "pool-replicas-by-remoting", replicas, ALL).await;
}

on_both!(an_installer_is_checked_before_anybody_runs_it in this process);
async fn an_installer_is_checked_before_anybody_runs_it(world: &World) {
    let mut desk = Desk::begin_with(world, "password", &played(world)).await;
    desk.check("powershell-64-bit").await;
    desk.breaks(&[], &[], "en");
    // Some program that has a version.
    let powershell = match &world.system {
        System::Native(powershell) => powershell.as_deref().unwrap(),
        System::Windows(windows) => windows.powershell(),
    };
    fs::copy(powershell.with_file_name("pwsh.dll"), world.path("LyncOnlinePowershell.exe")).unwrap();
    let installer = world.written("LyncOnlinePowershell.exe");
    desk.give("installer", &[&installer]);
    let file: &[&str] = &[&installer];
    let breaks: Breaks<'_> = &[
        ("installer-unsigned", file, "Do not run this file: its signature is not valid."),
        ("installer-changed", file, "Do not run this file: its signature is not valid."),
        ("installer-foreign", file, "Do not run this file: somebody other than Microsoft"),
    ];
    is_seen(&mut desk, "installer-genuine", breaks, &["es"]).await;
    fs::remove_file(world.path("LyncOnlinePowershell.exe")).unwrap();
    desk.check("installer-genuine").await;
    let says = "The file could not be read";
    desk.not_green("no installer", "installer-genuine", &Seen { rows: &[], says, leads: "" });
}

/// All that is real here, as the procedure wants it. The services are spoolers under other names.
const READY: &str = r#"
    $un = 'HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'
    [Microsoft.Win32.Registry]::SetValue("$un\vc", 'DisplayName', 'Microsoft Visual C++ 2012 x64 Minimum Runtime - 11.0.61030')
    [Microsoft.Win32.Registry]::SetValue("$un\vc", 'DisplayVersion', '11.0.61030')
    [Microsoft.Win32.Registry]::SetValue("$un\lync", 'DisplayName', 'Microsoft Lync Server 2013, Core Components')
    [Microsoft.Win32.Registry]::SetValue("$un\lync", 'DisplayVersion', '5.0.8308.1182')
    [Microsoft.Win32.Registry]::SetValue('HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full', 'Release', 378389)
    foreach ($name in 'winrm', 'msoidsvc') {
        $null = sc.exe create $name binPath= C:\windows\system32\spoolsv.exe
        Start-Service $name
    }
"#;

/// Measured on Windows only, without anything that is played.
const MEASURED: [&str; 9] = [
    "execution-policy",
    "winrm-running",
    "winrm-basic-policy",
    "proxy",
    "tls-1-2",
    "dotnet-4-5",
    "vcpp-2012",
    "signin-assistant",
    "onprem-build",
];

/// What breaks this computer.
struct Fault {
    /// The PowerShell that does.
    by: &'static str,
    step: &'static str,
    seen: Seen<'static>,
    /// What makes it good again; nothing where the step's own apply does.
    mend: Option<&'static str>,
}

const fn fault(
    by: &'static str,
    step: &'static str,
    seen: Seen<'static>,
    mend: Option<&'static str>,
) -> Fault {
    Fault { by, step, seen, mend }
}

const fn seen(rows: &'static [&'static str], says: &'static str, leads: &'static str) -> Seen<'static> {
    Seen { rows, says, leads }
}

const FAULTS: [Fault; 12] = [
    fault(
        "Stop-Service winrm",
        "winrm-running",
        seen(&["winrm"], "Apply this step: it runs Start-Service winrm.", "apply winrm-running"),
        None,
    ),
    fault(
        "$null = sc.exe stop winrm; $null = sc.exe delete winrm",
        "winrm-running",
        seen(&[], "If nothing is listed, there is no service named WinRM", ""),
        Some(r"$null = sc.exe create winrm binPath= C:\windows\system32\spoolsv.exe; Start-Service winrm"),
    ),
    fault(
        "Stop-Service msoidsvc",
        "signin-assistant",
        seen(&["msoidsvc"], "Apply this step: it runs Start-Service msoidsvc.", "apply signin-assistant"),
        None,
    ),
    fault(
        "$null = sc.exe stop msoidsvc; $null = sc.exe delete msoidsvc",
        "signin-assistant",
        seen(&[], "If nothing is listed, the Sign-in Assistant is not installed", ""),
        Some(
            r"$null = sc.exe create msoidsvc binPath= C:\windows\system32\spoolsv.exe; Start-Service msoidsvc",
        ),
    ),
    fault(
        r"[Microsoft.Win32.Registry]::SetValue('HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows\WinRM\Client', 'AllowBasic', 0)",
        "winrm-basic-policy",
        seen(&[], "Group Policy sets AllowBasic to 0", ""),
        Some(
            r"[Microsoft.Win32.Registry]::SetValue('HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows\WinRM\Client', 'AllowBasic', 1)",
        ),
    ),
    fault(
        r"[Microsoft.Win32.Registry]::SetValue('HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client', 'Enabled', 0)",
        "tls-1-2",
        seen(&[], "TLS 1.2 is turned off for the clients of this Windows", ""),
        Some(
            r"[Microsoft.Win32.Registry]::SetValue('HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client', 'Enabled', 1)",
        ),
    ),
    fault(
        "[Net.ServicePointManager]::SecurityProtocol = 'Tls'",
        "tls-1-2",
        seen(&[], "Apply this step: it holds for this PowerShell.", "apply tls-1-2"),
        None,
    ),
    fault(
        r"[Microsoft.Win32.Registry]::SetValue('HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full', 'Release', 378388)",
        "dotnet-4-5",
        seen(&[], "Install .NET Framework 4.5", ""),
        Some(
            r"[Microsoft.Win32.Registry]::SetValue('HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full', 'Release', 378389)",
        ),
    ),
    fault(
        r"Set-ItemProperty HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\vc DisplayVersion 11.0.50726",
        "vcpp-2012",
        seen(&[], "Install the Visual C++ Redistributable", ""),
        Some(
            r"Set-ItemProperty HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\vc DisplayVersion 11.0.61030",
        ),
    ),
    fault(
        r"Set-ItemProperty HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\lync DisplayVersion 5.0.8308.0",
        "onprem-build",
        seen(&["Microsoft Lync Server 2013, Core Components"], "Install the last cumulative update", ""),
        Some(
            r"Set-ItemProperty HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\lync DisplayVersion 5.0.8308.1182",
        ),
    ),
    fault(
        r"Set-ItemProperty HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\lync DisplayName Else",
        "onprem-build",
        seen(&[], "Lync Server 2013 is not among the installed programs", ""),
        Some(
            r"Set-ItemProperty HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\lync DisplayName 'Microsoft Lync Server 2013, Core Components'",
        ),
    ),
    fault(
        "Set-ExecutionPolicy Restricted -Scope Process",
        "execution-policy",
        seen(&[], "Apply this step. If the policy stays as it is", "apply execution-policy"),
        Some("Set-ExecutionPolicy Bypass -Scope Process"),
    ),
];

on_windows!(this_computer_is_measured_step_by_step apart in this process);
async fn this_computer_is_measured_step_by_step(world: &World) {
    let mut desk = Desk::begin_with(world, "password", &played(world)).await;
    desk.say(READY).await;
    desk.reach_the_session().await;
    for step in MEASURED {
        desk.check(step).await;
        assert_eq!(desk.status(step), StepStatus::Green, "{step}: {:?}", desk.reason(step));
    }
    for Fault { by, step, seen, mend } in FAULTS {
        desk.say(by).await;
        desk.check(step).await;
        desk.not_green(by, step, &seen);
        if let Some(command) = mend {
            desk.say(command).await;
            desk.check(step).await;
        } else {
            desk.apply_named(step).await;
        }
        assert_eq!(desk.status(step), StepStatus::Green, "{step} after {by}: {:?}", desk.reason(step));
    }
    for (service, step) in [("winrm", "winrm-running"), ("msoidsvc", "signin-assistant")] {
        let nowhere = "$null = sc.exe stop NAME; $null = sc.exe delete NAME; $null = sc.exe create NAME binPath= C:\\nowhere.exe";
        desk.say(&nowhere.replace("NAME", service)).await;
        desk.check(step).await;
        desk.apply_named(step).await;
        desk.not_green(
            service,
            step,
            &Seen { rows: &[service], says: "The service did not start", leads: "" },
        );
    }
}

on_windows!(dns_and_the_settings_of_winrm_are_asked apart in this process);
async fn dns_and_the_settings_of_winrm_are_asked(world: &World) {
    let mut desk = Desk::begin_with(world, "password", &played(world)).await;
    desk.say(&format!("$env:HTTPS_PROXY = 'http://proxy.contoso.com:8080'\n{READY}")).await;
    desk.reach_the_session().await;
    desk.check("proxy").await;
    desk.not_green("a proxy", "proxy", &Seen { rows: &[], says: "The proxy that is shown", leads: "" });
    desk.give("sip_domain", &["contoso.com", "fabrikam.com"]);
    let domain: &[&str] = &["contoso.com"];
    let dns: Breaks<'_> = &[
        ("dns-internal-missing", domain, "Add the SRV record _sipinternaltls._tcp"),
        ("dns-federation-missing", domain, "Add the SRV record _sipfederationtls._tcp"),
        ("dns-external-other-port", domain, "What is not there from inside"),
        ("dns-discover-missing", domain, "What is not there from inside"),
    ];
    is_seen(&mut desk, "dns", dns, ALL).await;
    desk.check("winrm-running").await;
    is_seen(&mut desk, "winrm-basic", &[], ALL).await;
    desk.breaks(&[], &["winrm-basic-off"], "en");
    desk.check("winrm-basic").await;
    desk.not_green(
        "winrm-basic-off",
        "winrm-basic",
        &Seen { rows: &["Basic"], says: "Apply this step.", leads: "apply winrm-basic" },
    );
    desk.apply_named("winrm-basic").await;
    assert_eq!(desk.status("winrm-basic"), StepStatus::Green);
}
