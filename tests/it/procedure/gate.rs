//! From nothing to the seal in the plain wizard: every required step, what is to be applied applied, both sides changed.

use std::fs;

use greenlight::facade::checklist::{builtin, read};
use serde_json::{Value, json};

use super::inputs;
use crate::harness::procedure::TENANT;
use crate::harness::world::{ADMIN, PASSWORD, World};

/// What is typed for a step, by its number.
enum Does {
    Check,
    /// It is red, or to do: its command is run, and confirmed by that word.
    Apply(&'static [&'static str]),
    State,
}

use Does::{Apply, Check, State};

const WAY: [(&str, Does); 31] = [
    ("powershell-version", Check),
    ("powershell-64-bit", Check),
    ("powershell-elevated", Check),
    ("execution-policy", Check),
    ("onprem-shell", Apply(&[])),
    ("onprem-topology", Check),
    ("onprem-pool", Check),
    ("onprem-sip-domain", Check),
    ("onprem-computers", Check),
    ("cms-master", Check),
    ("onprem-replication", Check),
    ("onprem-services", Check),
    ("users-signed-in", State),
    ("calls-tried", State),
    ("backup-configuration", Apply(&["APPLY"])),
    ("backup-lis", Apply(&["APPLY"])),
    ("backup-users", Apply(&["APPLY"])),
    ("online-module-installed", Check),
    ("online-module-loaded", Apply(&[])),
    ("no-other-session", Check),
    ("credential", Apply(&[ADMIN, PASSWORD])),
    ("online-session", Apply(&[])),
    ("tenant-commands", Apply(&[])),
    ("tenant-domains", Check),
    ("access-edge", Apply(&["APPLY"])),
    ("hosting-provider", Apply(&["APPLY"])),
    ("tenant-federation", Check),
    ("shared-sip-address-space", Apply(&[TENANT])),
    ("pilots-enabled", Check),
    ("pilots-synchronised", Check),
    ("pilots-licensed", Check),
];

/// Stated at the end: who moves the users, and what they were told.
const LAST: [&str; 2] = ["mover-without-mfa", "contacts-and-meetings"];

fn lines() -> Vec<String> {
    let checklist = read(builtin::find("lync-online-to-lync-2013").unwrap()).unwrap();
    let number = |id: &str| checklist.steps.iter().position(|step| step.id.as_str() == id).unwrap() + 1;
    let mut lines = Vec::new();
    for (id, does) in WAY.into_iter().chain(LAST.map(|id| (id, State))) {
        lines.push(number(id).to_string());
        match does {
            Check => {}
            Apply(words) => {
                lines.extend([number(id).to_string(), "1".to_owned()]);
                lines.extend(words.iter().map(|word| (*word).to_owned()));
            }
            State => lines.extend(["Ana".to_owned(), "CHG-1142".to_owned()]),
        }
    }
    lines.extend(["s".to_owned(), TENANT.to_owned()]);
    lines
}

on_both!(what_is_to_be_applied_is_applied_and_the_gate_opens_to_the_seal);
fn what_is_to_be_applied_is_applied_and_the_gate_opens_to_the_seal(world: &World) {
    fs::create_dir_all(world.path("backup")).unwrap();
    world.set_on_premises(&json!({ "break": ["access-edge-closed", "provider-missing"] }));
    let given = inputs(world);
    let mut arguments = vec!["run", "--plain"];
    arguments.extend(given.iter().map(String::as_str));
    for input in [
        "connector=LyncOnlineConnector",
        "sign_in=password",
        "left_out_servers=",
        "hosted_migration_override_url=",
    ] {
        arguments.extend(["--input", input]);
    }
    let output = world.run(&arguments, &format!("{}\n", lines().join("\n")));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}\n{}", String::from_utf8_lossy(&output.stderr));
    let events = world.events();
    assert_eq!(events.last().unwrap()["type"], json!("sealed"), "{printed}");
    assert!(world.is_shared());
    let left: Value = serde_json::from_slice(&fs::read(world.path("onprem.json")).unwrap()).unwrap();
    assert_eq!(left["access_edge"]["EnablePartnerDiscovery"], json!(true), "{left:#}");
    assert_eq!(left["hosting_providers"][0]["ProxyFqdn"], json!("sipfed.online.lync.com"), "{left:#}");
    let saved: Vec<_> =
        fs::read_dir(world.path("backup")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(saved.len(), 3, "{saved:?}");
    world.assert_no_secret(&[&output.stdout, &output.stderr]);
}
