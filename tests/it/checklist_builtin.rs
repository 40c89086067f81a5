//! The built-in checklist: what it says, what it runs, and that PowerShell reads it.

mod commands;
mod languages;

use std::path::PathBuf;
use std::process::Command;

use greenlight::facade::checklist::explain::{all_commands, farthest_change};
use greenlight::facade::checklist::{
    Changes, Checklist, InputKind, Lang, Lasts, StepKind, builtin, lint, read,
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

#[test]
fn it_says_which_page_it_comes_from_and_that_the_service_is_retired() {
    let checklist = built_in();
    let source = checklist.source.as_ref().expect("it names its page");
    assert_eq!(
        source.title.en,
        "First steps before you start migrating users from Lync Online to Lync on-premises"
    );
    assert_eq!((source.id.as_deref(), source.revision.as_deref()), (Some("Dn689118"), Some("2016-12-08")));
    let about = checklist.about.as_ref().expect("it says what it is for");
    for (lang, retired) in [
        (Lang::En, "retired on 31 July 2021"),
        (Lang::Es, "31 de julio de 2021"),
        (Lang::Fr, "31 juillet 2021"),
    ] {
        assert!(about.get(lang).contains(retired), "{}", about.get(lang));
    }
    assert_eq!(farthest_change(&checklist), Some(Changes::Tenant));
}

#[test]
fn what_is_made_in_the_session_lasts_only_as_long_as_it() {
    for step in built_in().steps.iter().filter(|step| step.applies_to_session()) {
        assert_eq!(step.lasts, Lasts::Session, "{}", step.id);
    }
}

#[test]
fn the_address_of_the_migration_service_is_the_one_that_is_meant() {
    let checklist = built_in();
    let url = checklist.input(&"hosted_migration_override_url".into()).expect("it is asked for");
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
}

#[test]
fn the_handoff_previews_each_move_asks_before_it_and_forces_nothing() {
    let handoff = built_in().handoff.expect("it has a handoff");
    assert_eq!(handoff.file, "start-migration.ps1");
    assert_eq!(handoff.confirm, "START MIGRATION");
    let script = &handoff.script;
    let code: Vec<&str> = script.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    let moves: Vec<&str> =
        code.iter().filter(|line| line.contains("| Move-CsUser")).map(|line| line.trim()).collect();
    assert_eq!(
        moves,
        [
            "$users | Move-CsUser -Target $target_pool -Credential $cred @override -WhatIf",
            "$users | Move-CsUser -Target $target_pool -Credential $cred @override -Confirm",
        ]
    );
    let code = code.join("\n");
    assert!(!code.contains("-Force") && !code.contains("Confirm:"));
    assert!(code.contains(r#"Get-CsUser -Filter { HostingProvider -eq "sipfed.online.lync.com" }"#));
    assert!(script.contains("Meetings are NOT migrated"));
    // The guard of the bulk stands before the first move.
    let guard = code.find("if ($waiting) { throw").expect("the bulk waits for the pilot");
    assert!(guard < code.find("| Move-CsUser").expect("there are moves"));
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

/// On any system: what was not done yet is missing, and no error.
#[test]
fn before_anything_was_done_the_checks_of_the_shell_find_nothing_and_do_not_fail() {
    let test = "before_anything_was_done_the_checks_of_the_shell_find_nothing_and_do_not_fail";
    let Some(powershell) = powershell(test) else { return };
    let checklist = built_in();
    let commands = all_commands(&checklist);
    let ids = [
        "powershell-version",
        "powershell-64-bit",
        "powershell-elevated",
        "execution-policy",
        "onprem-shell",
        "online-module-loaded",
        "credential",
        "online-session",
        "tenant-commands",
    ];
    let line = |id: &&str| {
        let check = commands.iter().find(|runnable| runnable.step.id.as_str() == *id).expect(id);
        format!("'{id} ' + @(& {{\n{}\n}} | Where-Object {{ $_ }}).Count\n", check.command)
    };
    let script = "$ErrorActionPreference = 'Stop'\n".to_owned() + &ids.iter().map(line).collect::<String>();
    let (success, out, errors) = run(&powershell, &script, &[]);
    assert!(success, "{errors}");
    for missing in ["onprem-shell 0", "online-module-loaded 0", "tenant-commands 0"] {
        assert!(out.lines().any(|line| line == missing), "{missing}: {out}");
    }
    assert_eq!(out.lines().count(), ids.len(), "{out}");
}
