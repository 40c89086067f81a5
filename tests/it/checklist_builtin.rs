//! The built-in checklist: what it says, what it runs, letter for letter, and that PowerShell reads it.

use std::path::PathBuf;
use std::process::Command;

use greenlight::facade::checklist::explain::{CommandPurpose, all_commands, explain, farthest_change};
use greenlight::facade::checklist::{
    Arity, Changes, Checklist, InputKind, Lang, Lasts, Need, StepKind, builtin, lint, read,
};
use greenlight::facade::text::Text;

fn built_in() -> Checklist {
    let bytes = builtin::find("lync-online-to-lync-2013").expect("it is built in");
    read(bytes).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

#[test]
fn every_built_in_checklist_reads_without_a_mistake_under_its_own_id() {
    for builtin in builtin::all() {
        let checklist = read(builtin.bytes).map_err(|mistakes| format!("{mistakes:#?}"));
        assert_eq!(checklist.map(|checklist| checklist.id.to_string()).as_deref(), Ok(builtin.id));
    }
    assert_eq!(builtin::find("no-such-checklist"), None);
}

#[test]
fn it_has_no_warnings() {
    let warnings: Vec<String> =
        lint(&built_in()).iter().map(|warning| Text::default().warning(warning)).collect();
    assert_eq!(warnings, Vec::<String>::new());
}

/// The commands of the documentation are those of the page, letter for letter.
#[test]
fn its_commands_are_these_in_this_order() {
    let checklist = built_in();
    let listing: Vec<String> = all_commands(&checklist)
        .iter()
        .map(|runnable| {
            let purpose = match runnable.purpose {
                CommandPurpose::Check => "check".to_owned(),
                CommandPurpose::Apply(changes) => format!("apply {changes:?}"),
            };
            format!("{} | {purpose} | {}", runnable.step.id, runnable.command)
        })
        .collect();
    let expected = [
        "powershell-version | check | $PSVersionTable",
        "powershell-64-bit | check | [Environment]::Is64BitProcess",
        "powershell-elevated | check | if ([Environment]::OSVersion.Platform -eq 'Win32NT') { ([Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator) } else { $true }",
        "execution-policy | check | Get-ExecutionPolicy",
        "execution-policy | apply Computer | Set-ExecutionPolicy RemoteSigned -Force",
        "onprem-shell | check | Get-Module -Name Lync | Select-Object Name, Version, Path",
        "onprem-shell | apply Session | Import-Module Lync",
        "onprem-topology | check | Get-CsTopology",
        "onprem-pool | check | Get-CsPool -Identity $target_pool",
        "onprem-sip-domain | check | $sip_domain | Where-Object { @(Get-CsSipDomain | Select-Object -ExpandProperty Name) -notcontains $_ }",
        "onprem-replication | check | Get-CsManagementStoreReplicationStatus",
        "onprem-services | check | Get-CsWindowsService -ExcludeActivityLevel",
        "online-module-installed | check | Get-Module -ListAvailable -Name LyncOnlineConnector | Select-Object Name, Version, Path",
        "online-module-loaded | check | Get-Module -Name LyncOnlineConnector | Select-Object Name, Version, Path",
        "online-module-loaded | apply Session | Import-Module LyncOnlineConnector",
        "credential | check | $cred | Select-Object UserName",
        "credential | apply Session | $cred = Get-Credential",
        "online-session | check | $CSSession | Select-Object State, Availability, ComputerName",
        "online-session | apply Session | $CSSession = New-CsOnlineSession -Credential $cred",
        "tenant-commands | check | if (Get-Command -Name Get-CsTenant -CommandType Function -ErrorAction SilentlyContinue) { Get-CsTenant | Select-Object TenantId, DisplayName }",
        "tenant-commands | apply Session | Import-PSSession $CSSession -AllowClobber",
        "shared-sip-address-space | check | Get-CsTenantFederationConfiguration",
        "shared-sip-address-space | apply Tenant | Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True",
    ];
    assert_eq!(listing, expected);
    assert_eq!(farthest_change(&checklist), Some(Changes::Tenant));
}

#[test]
fn the_deployment_is_measured_before_a_person_states_that_it_was_validated() {
    let checklist = built_in();
    let listed = explain(&checklist);
    let place = |id: &str| listed.iter().position(|listed| listed.step.id.as_str() == id);
    let attested: Vec<&str> = listed
        .iter()
        .filter(|listed| matches!(listed.step.kind, StepKind::Attested { .. }))
        .map(|listed| listed.step.id.as_str())
        .collect();
    assert_eq!(attested, ["onprem-validated"]);
    assert!(place("onprem-services") < place("onprem-validated"));
    assert!(place("onprem-shell") < place("onprem-topology"));
    assert!(place("onprem-shell") < place("online-module-loaded"));
}

#[test]
fn what_lives_in_the_shell_lasts_only_as_long_as_the_session() {
    let checklist = built_in();
    let of_session: Vec<&str> = checklist
        .steps
        .iter()
        .filter(|step| step.lasts == Lasts::Session)
        .map(|step| step.id.as_str())
        .collect();
    let expected = [
        "powershell-elevated",
        "onprem-shell",
        "online-module-loaded",
        "credential",
        "online-session",
        "tenant-commands",
    ];
    assert_eq!(of_session, expected);
}

#[test]
fn its_inputs_are_typed_and_all_are_used() {
    let checklist = built_in();
    let inputs: Vec<(&str, Arity, Need)> =
        checklist.inputs.iter().map(|input| (input.id.as_str(), input.arity, input.need)).collect();
    let expected = [
        ("sip_domain", Arity::Many, Need::Required),
        ("target_pool", Arity::One, Need::Required),
        ("pilot_users", Arity::Many, Need::Required),
        ("hosted_migration_override_url", Arity::One, Need::Optional),
    ];
    assert_eq!(inputs, expected);
    let url = checklist.inputs.last().expect("there are four");
    assert!(matches!(&url.kind, InputKind::Url { matches: Some(_) }));
    let good = "https://admin0a.online.lync.com/HostedMigration/hostedmigrationservice.svc";
    assert!(url.accept(&[good]).is_ok());
    // The machine-translated address of the Spanish page, and the address before "webdir" was replaced.
    for wrong in [
        "https://admin0a.online.lync.com/MigraciónHospedada/ServicioDeMigraciónHospedada.svc",
        "https://webdir0a.online.lync.com/HostedMigration/hostedmigrationservice.svc",
        "https://admin0a.online.lync.com.example.org/HostedMigration/hostedmigrationservice.svc",
    ] {
        assert!(url.accept(&[wrong]).is_err(), "{wrong}");
    }
    let handoff = checklist.handoff.as_ref().expect("it has a handoff");
    assert_eq!(checklist.inputs_of_handoff(handoff).count(), 4);
}

#[test]
fn it_speaks_three_languages() {
    let checklist = built_in();
    for step in &checklist.steps {
        for lang in [Lang::Es, Lang::Fr] {
            assert_ne!(step.title.get(lang), step.title.get(Lang::En), "{}", step.id);
            assert_ne!(step.why.get(lang), step.why.get(Lang::En), "{}", step.id);
        }
    }
}

/// Windows PowerShell 3.0 has none of these, and the engine of the tests has them all.
#[test]
fn nothing_in_it_is_newer_than_powershell_3() {
    let checklist = built_in();
    let script = checklist.handoff.as_ref().map(|handoff| handoff.script.as_str());
    let commands = all_commands(&checklist);
    for text in commands.iter().map(|runnable| runnable.command).chain(script) {
        for newer in
            ["&&", "||", "??", "?.", "?[", "::new(", "-Parallel", "-Information", "using ", "class ", "enum "]
        {
            assert!(!text.contains(newer), "{newer} in {text}");
        }
    }
}

/// The engine, or a line that says which test was skipped.
fn powershell(test: &str) -> Option<PathBuf> {
    let path = std::env::var_os("GREENLIGHT_POWERSHELL").map(PathBuf::from);
    if path.is_none() {
        eprintln!("SKIPPED {test}: GREENLIGHT_POWERSHELL is not set");
    }
    path
}

fn run(powershell: &PathBuf, script: &str, arguments: &[&str]) -> (bool, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("test.ps1");
    std::fs::write(&file, script).expect("the script is written");
    let output = Command::new(powershell)
        .args(["-NoLogo", "-NoProfile", "-NonInteractive", "-File"])
        .arg(&file)
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .expect("PowerShell starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn powershell_reads_the_handoff_script_and_every_command() {
    let Some(powershell) = powershell("powershell_reads_the_handoff_script_and_every_command") else {
        return;
    };
    let checklist = built_in();
    let folder = tempfile::tempdir().expect("a folder");
    let handoff = checklist.handoff.as_ref().expect("it has a handoff");
    let commands = all_commands(&checklist);
    let texts = commands.iter().map(|runnable| runnable.command).chain([handoff.script.as_str()]);
    let mut count = 0;
    for (number, text) in texts.enumerate() {
        std::fs::write(folder.path().join(format!("{number}.txt")), text).expect("the text is written");
        count += 1;
    }
    let script = "foreach ($file in [IO.Directory]::GetFiles($args[0])) {
        $null = [scriptblock]::Create([IO.File]::ReadAllText($file))
        'read'
    }";
    let path = folder.path().to_str().expect("a plain path");
    let (success, out, errors) = run(&powershell, script, &[path]);
    assert!(success, "{errors}");
    assert_eq!(out.lines().count(), count, "{errors}");
}

/// On any system: a fit PowerShell is found fit, and what was not done yet is missing, not an error.
#[test]
fn before_anything_was_done_the_checks_find_a_fit_shell_and_no_session() {
    let Some(powershell) = powershell("before_anything_was_done_the_checks_find_a_fit_shell_and_no_session")
    else {
        return;
    };
    let checklist = built_in();
    let command = |id: &str| {
        let of_step = |runnable: &&greenlight::facade::checklist::explain::Runnable<'_>| {
            runnable.step.id.as_str() == id
        };
        all_commands(&checklist)
            .iter()
            .find(of_step)
            .map(|runnable| runnable.command.to_owned())
            .expect("a check")
    };
    let script = format!(
        "$ErrorActionPreference = 'Stop'
        \"64-bit: $({})\"
        \"policy: $({})\"
        \"elevated: $(({}).GetType().Name)\"
        \"version: $(({}).PSVersion.Major -ge 3)\"
        \"lync: $(@({}).Count)\"
        \"connector: $(@({}).Count)\"
        \"credential: $(@({}).UserName)\"
        \"session: $(@({}).State)\"
        \"tenant: $(@({}).Count)\"",
        command("powershell-64-bit"),
        command("execution-policy"),
        command("powershell-elevated").replacen("if (", "$(if (", 1) + ")",
        command("powershell-version"),
        command("onprem-shell"),
        command("online-module-loaded"),
        command("credential"),
        command("online-session"),
        command("tenant-commands"),
    );
    let (success, out, errors) = run(&powershell, &script, &[]);
    assert!(success, "{errors}");
    let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
    assert_eq!(lines.first().copied(), Some("64-bit: True"), "{errors}");
    let policy = lines.get(1).and_then(|line| line.strip_prefix("policy: "));
    assert!(
        policy.is_some_and(|policy| ["RemoteSigned", "Unrestricted", "Bypass"].contains(&policy)),
        "{out}"
    );
    let rest = [
        "elevated: Boolean",
        "version: True",
        "lync: 0",
        "connector: 0",
        "credential:",
        "session:",
        "tenant: 0",
    ];
    assert_eq!(lines.get(2..), Some(rest.as_slice()), "{errors}");
}
