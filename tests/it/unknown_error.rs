//! An error that no remedy knows: all that the record of it says stands on every face, for whoever searches for it or is told of it.

use std::fs;

use crate::harness::world::World;

const CHECKLIST: &str = r#"
format = 1
id = "unknown"
version = "1"
title = "Unknown"
[[step]]
id = "odd"
title = "It is odd"
why = "W"
[step.check]
command = "Write-Error -Message 'The cogs are stuck' -ErrorId 'CogsStuck' -Category ResourceBusy -TargetObject 'gear 7' -Exception ([System.IO.InvalidDataException]::new('The cogs are stuck'))"
expect = [{ rows = "any" }]
[[step.remedy]]
when = { error_id = "SomethingElse" }
say = "Not this."
"#;

const RECORD: [&str; 3] = [
    "The cogs are stuck",
    "CategoryInfo: ResourceBusy: (gear 7), System.IO.InvalidDataException",
    "FullyQualifiedErrorId: CogsStuck",
];

on_both!(an_error_that_nothing_knows_shows_its_whole_record_on_every_face);
fn an_error_that_nothing_knows_shows_its_whole_record_on_every_face(world: &World) {
    fs::write(world.path("unknown.toml"), CHECKLIST).unwrap();
    let file = world.written("unknown.toml");
    let lines = String::from_utf8(world.run(&["check", &file, "--trust"], "").stdout).unwrap();
    for face in [lines, world.export("markdown"), world.export("html"), world.export("junit")] {
        for said in RECORD {
            assert!(face.contains(said), "{said} in:\n{face}");
        }
        assert!(!face.contains("Not this."), "{face}");
    }
    let json = world.export("json");
    for said in ["CogsStuck", "InvalidDataException", "ResourceBusy", "gear 7"] {
        assert!(json.contains(said), "{said} in:\n{json}");
    }
}
