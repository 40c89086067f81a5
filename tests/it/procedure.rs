//! The built-in procedure on the real engine, against the stand-ins: an open gate where all is well and what is to be applied
//! was, and the right red, with the row that fails, for each way in which a deployment is broken.

mod gate;
mod table;

use std::fs;

use serde_json::{Value, json};

use crate::harness::system;
use crate::harness::world::{ADMIN, PASSWORD, World};

/// What is given on the command line; the pilot users are those of the stand-ins.
pub fn inputs(world: &World) -> Vec<String> {
    let folder = format!("backup_folder={}", world.written("backup"));
    [
        "sip_domain=contoso.com",
        "target_pool=pool01.contoso.com",
        "pilot_users=ana@contoso.com,ben@contoso.com",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([folder])
    .flat_map(|input| ["--input".to_owned(), input])
    .collect()
}

/// All steps, as `check` finds them.
pub fn checked(world: &World, more: &[&str]) -> Value {
    let given = inputs(world);
    let mut arguments = vec!["check", "--output", "json", "--answers", "-"];
    arguments.extend(given.iter().map(String::as_str).chain(more.iter().copied()));
    let answer = json!({ "user": ADMIN, "password": PASSWORD });
    let output = world.run(&arguments, &format!("{answer}\n"));
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&output.stderr)))
}

pub fn step<'a>(checked: &'a Value, id: &str) -> &'a Value {
    checked["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["id"] == id)
        .unwrap_or_else(|| panic!("no step {id}"))
}

/// Backups as they are after their steps were applied.
pub fn back_up(world: &World) {
    fs::create_dir_all(world.path("backup")).unwrap();
    for name in ["CsConfiguration-1.zip", "CsLisConfiguration-1.zip", "CsUserData-1.zip"] {
        fs::write(world.path("backup").join(name), "PK").unwrap();
    }
}

/// What is played in `procedure_outside` alone: what is installed, DNS, an Edge that answers, servers asked by remoting.
const OUTSIDE: [&str; 5] =
    ["onprem-build", "edge-ports", "dns", "pool-computers-by-remoting", "pool-replicas-by-remoting"];

on_both!(where_all_is_well_every_measured_step_is_green_before_and_after_the_import);
fn where_all_is_well_every_measured_step_is_green_before_and_after_the_import(world: &World) {
    world.change_tenant("federation", json!({ "SharedSipAddressSpace": true }));
    back_up(world);
    let found = checked(world, &[]);
    for step in found["steps"].as_array().unwrap() {
        let (id, verdict) = (step["id"].as_str().unwrap(), step["verdict"].as_str().unwrap());
        let advisory_here =
            OUTSIDE.contains(&id) || (step["group"] == "This computer" && step["required"] == json!(false));
        system::count();
        ::std::assert!(
            matches!(verdict, "green" | "does-not-apply")
                || advisory_here
                || verdict == "not-run" && step["facts"] == json!([]),
            "{step:#}"
        );
    }
    for id in [
        "shared-sip-address-space",
        "hosting-provider",
        "pilots-licensed",
        "tenant-domains",
        "onprem-services",
    ] {
        assert_eq!(step(&found, id)["verdict"], json!("green"), "{id}");
    }
}
