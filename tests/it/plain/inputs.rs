//! Inputs in lines: their help, their choices by number, and what Enter alone takes.

use std::fs;

use crate::harness::dialogue::Dialogue;
use crate::harness::world::World;

const ASKED: &str = r#"
format = 1
id = "asked"
version = "1"
title = "Asked"
[[input]]
id = "region"
kind = "choice"
choices = ["south", "north"]
default = "north"
ask = "The region"
help = "HELP-OF-REGION"
[[input]]
id = "override"
kind = "url"
optional = true
ask = "Another address"
[[input]]
id = "limit"
kind = "integer"
min = 1
max = 9
ask = "The limit"
[[input]]
id = "page"
kind = "url"
optional = true
default = "https://contoso.com"
ask = "The page"
[[step]]
id = "said"
title = "Somebody says so"
why = "Because."
[step.attest]
statement = "I say so."
[handoff]
title = "Start"
say = "Go on."
confirm = "GO"
file = "go.ps1"
script = "Get-X $region $override $limit $page"
"#;

on_both!(an_input_is_asked_with_its_help_its_choices_and_what_enter_takes without PowerShell);
fn an_input_is_asked_with_its_help_its_choices_and_what_enter_takes(world: &World) {
    fs::write(world.path("asked.toml"), ASKED).unwrap();
    let arguments = ["--plain", "run", "asked.toml", "--trust", "--rehearse=default"];
    let mut run = Dialogue::start(&mut world.greenlight(&arguments));
    run.say(&["1", "Ana", "", "s", "west", ""]);
    let asked = "  | HELP-OF-REGION\n  | 1. south\n  | 2. north\n  | The region [Enter = 2. north]: ";
    run.wait_for(asked);
    // What does not fit says why, and the same is asked again.
    assert!(run.wait_for(asked).contains("“west” is not one of"));
    run.say(&["", "many", "99", "5", "-", "NO"]);
    run.wait_for("  | Another address (may stay empty): ");
    run.wait_for("does not look like");
    run.wait_for("not between 1 and 9");
    run.wait_for("  | The page (may stay empty) [Enter = https://contoso.com, - = empty]: ");
    run.say(&["i", "1", "1", "i", "3", "", "i"]);
    run.wait_for("[Enter = 2. north]: ");
    run.wait_for("1. The region: south\n");
    run.wait_for("  | The limit [Enter = 5]: ");
    let listed = run.wait_for("4. The page: ");
    assert!(listed.contains("2. Another address: \n") && listed.contains("3. The limit: 5\n"), "{listed}");
    run.say(&["", "q"]);
    assert!(run.end().1.contains("4. The page: \n"));
}
