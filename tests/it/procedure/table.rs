//! Each way in which the deployment is broken, and what of it is seen: step, verdict, the row, what to do and what leads there.
//! Those that do not touch each other are broken together, so that one PowerShell is enough for many.

use serde_json::{Value, json};

use super::{back_up, checked, step};
use crate::harness::system;
use crate::harness::world::World;

/// The break by its name in the stand-ins, the step that sees it, its verdict, the rows that fail or are missing, the first words
/// of what to do, and what Enter would do about it.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static [Row],
    &'static str,
    Option<(&'static str, &'static str)>,
);

/// A row of that key whose property is wrong, or a name without a row.
enum Row {
    Wrong(&'static str, &'static str),
    Missing(&'static str),
}

use Row::{Missing, Wrong};

const TOGETHER: [&[Case]; 9] = [
    &[("topology-unreadable", "onprem-topology", "undetermined", &[], "The Central Management store", None)],
    &[("pool-missing", "onprem-pool", "red", &[], "Compare the name", None)],
    &[(
        "pool-without-user-server",
        "onprem-pool",
        "red",
        &[Wrong("pool01.contoso.com", "Services"), Wrong("pool01.contoso.com", "UserServerVersion")],
        "This pool is of another kind",
        None,
    )],
    &[
        (
            "pool-2010",
            "onprem-pool",
            "red",
            &[Wrong("pool01.contoso.com", "UserServerVersion")],
            "The pool is of Lync Server 2010",
            None,
        ),
        (
            "sip-domain-missing",
            "onprem-sip-domain",
            "red",
            &[Missing("contoso.com")],
            "Check the spelling",
            None,
        ),
        ("edge-missing", "edge-ports", "red", &[], "If nothing is listed, the topology has no Edge", None),
        ("edge-missing", "test-federation", "red", &[], "Nothing was tested", None),
        ("federation-404", "databases", "green", &[], "", None),
    ],
    &[
        ("master-missing", "cms-master", "red", &[], "No server is the master", None),
        (
            "service-stopped",
            "onprem-services",
            "red",
            &[Wrong("fe02.contoso.com", "Service")],
            "Start what is stopped",
            None,
        ),
        (
            "database-failed",
            "databases",
            "red",
            &[Wrong("rtcxds", "Succeed")],
            "This database did not answer",
            None,
        ),
        ("schema-not-ready", "ad-schema", "red", &[], "Extend the schema", None),
        ("forest-not-ready", "ad-forest", "red", &[], "Prepare it: Enable-CsAdForest", None),
        ("domain-not-ready", "ad-domain", "red", &[], "Prepare it: Enable-CsAdDomain", None),
        (
            "ou-locked",
            "ou-rights",
            "red",
            &[Wrong("ana@contoso.com", "Granted"), Wrong("ben@contoso.com", "Granted")],
            "Grant the rights",
            None,
        ),
        (
            "certificate-expiring",
            "certificates",
            "red",
            &[Wrong("Default", "NotAfter")],
            "Renew this certificate",
            None,
        ),
        ("test-users-missing", "test-registration", "undetermined", &[], "The pool has no test users", None),
        (
            "federation-504",
            "test-federation",
            "red",
            &[Wrong("edge01.contoso.com", "Answer")],
            "The answer says",
            None,
        ),
    ],
    &[
        (
            "edge-replica-dead",
            "onprem-replication",
            "red",
            &[Wrong("edge01.contoso.com", "UpToDate"), Wrong("edge01.contoso.com", "LastStatusReport")],
            "Apply this step: it asks the servers again",
            Some(("onprem-replication", "apply")),
        ),
        (
            "computer-unreachable",
            "onprem-services",
            "red",
            &[Missing("fe02.contoso.com")],
            "A computer that is named",
            None,
        ),
        (
            "store-database-failed",
            "databases",
            "red",
            &[Wrong("xds", "Succeed")],
            "This database did not answer",
            None,
        ),
        (
            "certificate-expired",
            "certificates",
            "red",
            &[Wrong("Default", "NotAfter")],
            "Renew this certificate",
            None,
        ),
        (
            "registration-fails",
            "test-registration",
            "red",
            &[Wrong("pool01.contoso.com", "Answer")],
            "The answer says",
            None,
        ),
        ("federation-404", "test-federation", "green", &[], "", None),
    ],
    &[
        (
            "ad-unreachable",
            "onprem-services",
            "red",
            &[Missing("fe01.contoso.com")],
            "Active Directory did not answer",
            None,
        ),
        (
            "ad-unreachable",
            "ou-rights",
            "red",
            &[Missing("ana@contoso.com")],
            "Active Directory did not answer",
            None,
        ),
        (
            "oauth-certificate-missing",
            "certificates",
            "red",
            &[Missing("OAuthTokenIssuer")],
            "No certificate is assigned",
            None,
        ),
        (
            "replica-stuck",
            "onprem-replication",
            "red",
            &[Wrong("fe02.contoso.com", "UpToDate")],
            "Apply this step: it asks the servers again",
            Some(("onprem-replication", "apply")),
        ),
    ],
    &[
        (
            "replica-report-stale",
            "onprem-replication",
            "red",
            &[Wrong("edge01.contoso.com", "LastStatusReport")],
            "This server has not reported",
            Some(("onprem-replication", "apply")),
        ),
        (
            "oauth-certificate-expiring",
            "certificates",
            "red",
            &[Wrong("OAuthTokenIssuer", "NotAfter")],
            "Renew this certificate",
            None,
        ),
        (
            "pilot-not-enabled",
            "ou-rights",
            "red",
            &[Missing("ana@contoso.com")],
            "A pilot user that is named",
            None,
        ),
        ("many-replicas", "cms-master", "green", &[], "", None),
    ],
    &[
        ("file-transfer-agent-missing", "cms-master", "red", &[], "No file transfer agent is active", None),
        ("pilot-not-enabled", "onprem-services", "green", &[], "", None),
    ],
];

fn assert_seen(found: &Value, (broken, id, verdict, rows, remedy, go): &Case) {
    let step = step(found, id);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    system::count();
    ::std::assert_eq!(step["verdict"], json!(verdict), "{broken}: {step:#}");
    for row in *rows {
        let is_there = match row {
            Wrong(key, property) => {
                list(&step["failing"]).iter().any(|row| row["key"] == *key && row["property"] == *property)
            }
            Missing(name) => list(&step["covered"]["missing"]).iter().any(|missing| missing["name"] == *name),
        };
        ::std::assert!(is_there, "{broken}: {step:#}");
    }
    let said = step["remedy"].as_str().unwrap_or_default();
    ::std::assert!(said.starts_with(remedy) && (said.is_empty() || !remedy.is_empty()), "{broken}: {step:#}");
    let leads = go.map_or(Value::Null, |(step, act)| json!({ "step": step, "act": act }));
    ::std::assert_eq!(
        step["go"].as_array().and_then(|go| go.first()).cloned().unwrap_or_default(),
        leads,
        "{broken}: {step:#}"
    );
}

on_both!(each_way_in_which_the_deployment_is_broken_is_seen_where_it_is);
fn each_way_in_which_the_deployment_is_broken_is_seen_where_it_is(world: &World) {
    back_up(world);
    for cases in TOGETHER {
        let breaks: Vec<&str> = cases.iter().map(|(broken, ..)| *broken).collect();
        world.set_on_premises(&json!({ "break": breaks }));
        let found = checked(world, &[]);
        for case in cases {
            assert_seen(&found, case);
        }
    }
}

on_both!(a_server_that_is_known_to_be_off_locks_nothing_and_is_named);
fn a_server_that_is_known_to_be_off_locks_nothing_and_is_named(world: &World) {
    world.set_on_premises(&json!({ "break": ["branch-off", "computer-unreachable"] }));
    let found = checked(world, &[]);
    assert_eq!(step(&found, "onprem-replication")["failing"][0]["key"], json!("sba01.contoso.com"));
    let off = checked(world, &["--input", "left_out_servers=sba01.contoso.com,fe02.contoso.com"]);
    for id in ["onprem-replication", "onprem-services"] {
        assert_eq!(step(&off, id)["verdict"], json!("green"), "{off:#}");
    }
    assert!(off["gate"].to_string().contains("sba01.contoso.com"), "{}", off["gate"]);
}

on_both!(a_backup_that_is_missing_empty_or_old_is_red);
fn a_backup_that_is_missing_empty_or_old_is_red(world: &World) {
    let found = checked(world, &[]);
    assert!(step(&found, "backup-lis")["remedy"].as_str().unwrap().starts_with("The folder for the backup"));
    back_up(world);
    std::fs::write(world.path("backup/CsConfiguration-1.zip"), "").unwrap();
    std::fs::remove_file(world.path("backup/CsLisConfiguration-1.zip")).unwrap();
    let old = std::fs::File::options().write(true).open(world.path("backup/CsUserData-1.zip")).unwrap();
    let day = std::time::Duration::from_secs(86_400);
    old.set_modified(std::time::SystemTime::now() - 8 * day).unwrap();
    drop(old);
    let found = checked(world, &[]);
    for (id, remedy) in [
        ("backup-configuration", "The file is empty"),
        ("backup-lis", "No copy is in the folder yet"),
        ("backup-users", "The last copy is older"),
    ] {
        let step = step(&found, id);
        assert_eq!(step["verdict"], json!("red"), "{step:#}");
        assert!(step["remedy"].as_str().unwrap().starts_with(remedy), "{step:#}");
        assert_eq!(step["go"][0], json!({ "step": id, "act": "apply" }), "{step:#}");
    }
}
