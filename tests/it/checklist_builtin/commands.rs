//! What the engine's own parser makes of every command of the built-in checklists, of their scripts and of their rehearsals: it
//! reads them, they use nothing newer than PowerShell 3.0, and each cmdlet and parameter is documented.

use std::collections::{BTreeMap, BTreeSet};

use greenlight::facade::checklist::explain::{CommandPurpose, all_commands};
use serde::Deserialize;

use super::*;

/// A command or a script, and where it stands.
struct Source {
    place: String,
    /// The step that it is a command of; a script is of none.
    step: Option<(String, CommandPurpose)>,
    text: String,
}

/// All of them.
fn sources() -> Vec<Source> {
    let read = builtin::all().iter().map(|builtin| read(builtin.bytes).expect("it is right"));
    read.flat_map(|checklist| {
        let script = checklist.handoff.as_ref().map(|handoff| Source {
            place: handoff.file.clone(),
            step: None,
            text: handoff.script.clone(),
        });
        let commands = all_commands(&checklist).into_iter().map(|runnable| {
            let word = match runnable.purpose {
                CommandPurpose::Check => "check",
                CommandPurpose::Apply(_) => "apply",
            };
            Source {
                place: format!("{}, {word}", runnable.step.id),
                step: Some((runnable.step.id.to_string(), runnable.purpose)),
                text: runnable.command.to_owned(),
            }
        });
        commands.chain(script).collect::<Vec<_>>()
    })
    .collect()
}

/// What the parser makes of one.
#[derive(Deserialize)]
struct Parsed {
    errors: Vec<String>,
    /// What it has that PowerShell 3.0 does not know.
    newer: Vec<String>,
    commands: Vec<Called>,
}

/// A command that is called by its name.
#[derive(Deserialize)]
struct Called {
    name: String,
    parameters: Vec<String>,
    /// The session that its block is given to, if it is.
    session: Option<String>,
    text: String,
}

impl Called {
    /// The module, where it is named, and the name alone.
    fn parts(&self) -> (Option<&str>, &str) {
        match self.name.split_once('\\') {
            Some((module, name)) => (Some(module), name),
            None => (None, &self.name),
        }
    }
}

/// What the engine's parser makes of each text, in one start of it; nothing, said by name, where there is no engine.
fn parsed(test: &str, texts: &[&str]) -> Option<Vec<Parsed>> {
    let powershell = powershell(test)?;
    let folder = tempfile::tempdir().expect("a folder");
    for (number, text) in texts.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number:04}.txt")), text).expect("the text is written");
    }
    let path = folder.path().to_str().expect("a plain path");
    let (success, out, errors) = run(&powershell, include_str!("commands.ps1"), &[path]);
    assert!(success, "{errors}");
    let parsed: Vec<Parsed> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}")))
        .collect();
    assert_eq!(parsed.len(), texts.len(), "{errors}");
    Some(parsed)
}

/// What is documented; see the file.
#[derive(Deserialize)]
struct Documented {
    common: Vec<String>,
    both_sides: BTreeSet<String>,
    cmdlet: Vec<Cmdlet>,
    program: Vec<Program>,
}

#[derive(Deserialize)]
struct Cmdlet {
    name: String,
    module: String,
    page: String,
    parameters: Vec<String>,
}

/// One that is no cmdlet.
#[derive(Deserialize)]
struct Program {
    name: String,
    page: String,
}

/// The modules that a Windows Server 2008 R2 with PowerShell 3.0 and Lync Server 2013 has, and what a sign-in brings.
const MODULES: [&str; 8] = [
    "Microsoft.PowerShell.Core",
    "Microsoft.PowerShell.Management",
    "Microsoft.PowerShell.Utility",
    "Microsoft.PowerShell.Security",
    "Microsoft.PowerShell.Diagnostics",
    "Microsoft.WSMan.Management",
    "CimCmdlets",
    "Lync",
];

fn documented() -> Documented {
    toml::from_str(include_str!("../documented_cmdlets.toml")).expect("it is right")
}

/// What is wrong with a call, if anything is.
fn undocumented(called: &Called, documented: &Documented) -> Option<String> {
    let (_, name) = called.parts();
    if documented.program.iter().any(|program| program.name.eq_ignore_ascii_case(name)) {
        return None;
    }
    let Some(cmdlet) = documented.cmdlet.iter().find(|cmdlet| cmdlet.name == name) else {
        return Some(format!("{name} is not documented: {}", called.text));
    };
    let known = |parameter: &String| {
        let mut all = cmdlet.parameters.iter().chain(&documented.common);
        all.any(|known| known.eq_ignore_ascii_case(parameter))
    };
    let unknown: Vec<&str> =
        called.parameters.iter().filter(|parameter| !known(parameter)).map(String::as_str).collect();
    (!unknown.is_empty()).then(|| format!("{name} has no -{}: {}", unknown.join(", -"), called.text))
}

#[test]
fn the_documented_set_is_of_modules_that_are_there_and_each_has_its_page_once() {
    let documented = documented();
    let mut names = BTreeSet::new();
    for cmdlet in &documented.cmdlet {
        assert!(names.insert(cmdlet.name.to_lowercase()), "{} stands twice", cmdlet.name);
        let there = MODULES.contains(&cmdlet.module.as_str()) || cmdlet.module == "online";
        assert!(there, "{} is of {}, which is not everywhere", cmdlet.name, cmdlet.module);
        assert!(cmdlet.page.starts_with("https://learn.microsoft.com/"), "{}", cmdlet.page);
    }
    for program in &documented.program {
        assert!(names.insert(program.name.to_lowercase()), "{} stands twice", program.name);
        assert!(program.page.starts_with("https://learn.microsoft.com/"), "{}", program.page);
    }
}

#[test]
fn powershell_reads_every_command_and_each_is_documented_and_of_powershell_3() {
    let test = "powershell_reads_every_command_and_each_is_documented_and_of_powershell_3";
    let sources = sources();
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    let Some(parsed) = parsed(test, &texts) else { return };
    let documented = documented();
    let mut wrong = Vec::new();
    for (source, parsed) in sources.iter().zip(parsed) {
        let calls = parsed.commands.iter().filter_map(|called| undocumented(called, &documented));
        let all = parsed.errors.iter().chain(&parsed.newer).cloned().chain(calls);
        wrong.extend(all.map(|what| format!("{}: {what}", source.place)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each of these must be seen, or the test above holds nothing.
#[test]
fn what_is_newer_or_unknown_or_wrong_is_seen() {
    let newer = [
        "class A { }",
        "enum B { C }",
        "using namespace System",
        "$a ? 1 : 2",
        "$a ?? 1",
        "$a ??= 1",
        "${a}?.b",
        "Get-Item x && Get-Item y",
        "Get-Item x || Get-Item y",
        "Get-Item x &",
        "@(1).ForEach({ $_ })",
        "@(1).Where({ $_ })",
        "[Uri]::new('x')",
        "Get-Item x\n| Select-Object Name",
        "\"`e[0m\"",
        "\"`u{41}\"",
        "0b101",
    ];
    let unknown = [
        "Resolve-DnsName contoso.com",
        "Test-NetConnection x",
        "Get-FileHash x",
        "Get-Item -Stream x",
        "1 | ForEach-Object -Parallel { $_ }",
        "Lync\\Get-CsNothing",
        "Get-Module -FullyQualifiedName x",
    ];
    let wrong = ["Get-Item (", "if ($a) {", "'a"];
    let right = [
        "Lync\\Get-CsPool -Identity $target_pool | Where-Object { $_.Site -eq 1 } | Select-Object -First 1",
        "function f($x) { Get-Item $x }\nf 1 | # a comment\n  Sort-Object Name",
        "& { 1 } | ForEach-Object { $_.ForEach }\n[Uri]'x'\n\"`t``e\"\n0x1b",
    ];
    let texts: Vec<&str> = newer.iter().chain(&unknown).chain(&wrong).chain(&right).copied().collect();
    let Some(parsed) = parsed("what_is_newer_or_unknown_or_wrong_is_seen", &texts) else { return };
    let documented = documented();
    for (number, (text, parsed)) in texts.iter().zip(&parsed).enumerate() {
        let calls: Vec<String> =
            parsed.commands.iter().filter_map(|called| undocumented(called, &documented)).collect();
        let found = (!parsed.newer.is_empty(), !calls.is_empty(), !parsed.errors.is_empty());
        let is_in = |from: usize, length: usize| (from..from + length).contains(&number);
        let in_unknown = is_in(newer.len(), unknown.len());
        let in_wrong = is_in(newer.len() + unknown.len(), wrong.len());
        if number < newer.len() {
            assert!(found.0, "{text}");
        } else if in_unknown {
            assert!(found.1 && !found.0 && !found.2, "{text}: {found:?}");
        } else if in_wrong {
            assert!(found.2, "{text}");
        } else {
            assert_eq!(found, (false, false, false), "{text}: {:?} {calls:?}", parsed.newer);
        }
    }
}

/// The checks that ask the tenant by the commands that were imported. All others ask through its session.
const BY_IMPORT: [&str; 2] = ["tenant-commands", "shared-sip-address-space"];

/// An import brings commands of the tenant's under names that the deployment has as well.
#[test]
fn an_import_changes_no_answer() {
    let sources = sources();
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    let Some(parsed) = parsed("an_import_changes_no_answer", &texts) else { return };
    let documented = documented();
    let module: BTreeMap<&str, &str> =
        documented.cmdlet.iter().map(|cmdlet| (cmdlet.name.as_str(), cmdlet.module.as_str())).collect();
    for (source, parsed) in sources.iter().zip(&parsed) {
        let Some((step, purpose)) = &source.step else { continue };
        for called in &parsed.commands {
            let (named, name) = called.parts();
            let of = module.get(name).copied().unwrap_or_default();
            let in_tenant = called.session.as_deref() == Some("$CSSession");
            if documented.both_sides.contains(name) && !in_tenant {
                assert_eq!(named, Some("Lync"), "{}: {}", source.place, called.text);
            }
            if of == "online" && !in_tenant && *purpose == CommandPurpose::Check {
                assert!(BY_IMPORT.contains(&step.as_str()), "{}: {}", source.place, called.text);
            }
        }
    }
}

/// The commands of the procedure's page, each a line of its own in the command of this step.
#[test]
fn the_documented_commands_stand_letter_for_letter() {
    let sources = sources();
    for (place, command) in [
        ("online-module-loaded, apply", "Import-Module LyncOnlineConnector"),
        ("credential, apply", "$cred = Get-Credential"),
        ("online-session, apply", "$CSSession = New-CsOnlineSession -Credential $cred"),
        ("tenant-commands, apply", "Import-PSSession $CSSession -AllowClobber"),
        (
            "shared-sip-address-space, apply",
            "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True",
        ),
    ] {
        let source = sources.iter().find(|source| source.place == place).expect(place);
        assert!(source.text.lines().any(|line| line == command), "{place}: {}", source.text);
    }
}
