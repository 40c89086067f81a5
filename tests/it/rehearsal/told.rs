//! Where somebody looks for the rehearsals that there are, and for the one that a run was.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::harness::world::World;
use crate::harness::{kept, squeezed};

fn titles() -> impl Iterator<Item = (&'static str, String)> {
    rehearsal::names().map(|name| (name, rehearsal::find(name).unwrap().title().en.clone()))
}

on_native!(help_lists_the_rehearsals_with_what_each_teaches without PowerShell);
fn help_lists_the_rehearsals_with_what_each_teaches(world: &World) {
    for flag in ["--help", "-h"] {
        let help = squeezed(&String::from_utf8(world.run(&[flag], "").stdout).unwrap());
        for (name, title) in titles() {
            assert!(help.contains(&format!("--rehearse {name} {title}")), "{name} in {flag}:\n{help}");
        }
    }
}

#[test]
fn the_pages_list_the_same() {
    let listed = |page: &str| -> BTreeSet<String> {
        let (_, rest) = page.split_once("| rehearsal | what it teaches |\n| --- | --- |\n").unwrap();
        rest.lines().take_while(|line| line.starts_with('|')).map(str::to_owned).collect()
    };
    let rows: BTreeSet<String> = titles().map(|(name, title)| format!("| `{name}` | {title} |")).collect();
    assert_eq!(listed(include_str!("../../../docs/operator.md")), rows);
    let readme = include_str!("../../../README.md");
    for (name, _) in titles() {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn a_name_that_is_none_is_told_all_of_them_and_the_nearest_in_a_sentence_of_its_own() {
    let names: Vec<&str> = rehearsal::names().collect();
    for text in Lang::ALL.map(Text::new) {
        let [near, far] = ["wrong-pasword", "something-else"]
            .map(|name| text.scenario_error(&rehearsal::find(name).unwrap_err()));
        let known = format!("{}.", names.join(", "));
        assert!(far.ends_with(&known), "{far}");
        assert!(near.contains(&format!("{known}{}", text.did_you_mean("wrong-password"))), "{near}");
    }
}

on_native!(the_list_of_runs_says_which_rehearsal_each_was without PowerShell);
fn the_list_of_runs_says_which_rehearsal_each_was(world: &World) {
    kept::copy(&kept::run("format-1/rehearsal"), &world.data().join("rehearsed"));
    kept::copy(&kept::run("format-1/engine"), &world.data().join("live"));
    let listed = String::from_utf8(world.run(&["runs"], "").stdout).unwrap();
    assert!(listed.contains("  rehearsal “default”  ") && listed.contains("  live  "), "{listed}");
    let listed: Value = serde_json::from_slice(&world.run(&["runs", "--output", "json"], "").stdout).unwrap();
    let scenarios = listed["runs"].as_array().unwrap().iter();
    let scenarios: Vec<_> = scenarios.map(|run| (&run["id"], &run["rehearsal"], &run["scenario"])).collect();
    assert_eq!(
        scenarios,
        [
            (&"rehearsed".into(), &true.into(), &"default".into()),
            (&"live".into(), &false.into(), &Value::Null)
        ]
    );
}
