//! What a stand-in gives that is nowhere documented says so in the stand-in, and no check of ours rests on it.

use std::collections::{BTreeMap, BTreeSet};

use greenlight::facade::checklist::{StepKind, builtin, read};
use regex_lite::Regex;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Documented {
    functions: BTreeMap<String, BTreeSet<String>>,
}

/// The stand-ins, each function with the comments before it.
fn functions() -> Vec<(String, String)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let begin = Regex::new(r"(?m)^(?:function ([\w-]+)|\$script:(federationDefaults))").unwrap();
    let mut found = Vec::new();
    for folder in ["modules/Lync", "support", "modules-teams-2/MicrosoftTeams"] {
        for entry in fs::read_dir(fixtures.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if !path.extension().is_some_and(|extension| extension == "ps1" || extension == "psm1") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let starts: Vec<_> = begin.captures_iter(&text).collect();
            for (place, start) in starts.iter().enumerate() {
                let name = start.get(1).or_else(|| start.get(2)).unwrap().as_str();
                let end = starts.get(place + 1).map_or(text.len(), |next| next.get(0).unwrap().start());
                found.push((name.to_owned(), text[start.get(0).unwrap().start()..end].to_owned()));
            }
        }
    }
    found
}

/// The properties of the objects that a function makes.
fn properties(function: &str) -> BTreeSet<String> {
    let made = Regex::new(
        r"(?s)(?:New-FixtureRow [^\n]*?|New-EdgeObject [^\n]*?|\$defaults = |\$properties = |federationDefaults = )\(?\[ordered\]@\{(.*?)\}\)?(?: '| \x22|\n|$)",
    )
    .unwrap();
    let key = Regex::new(r"(?m)(?:^|;)\s*'?([A-Za-z][\w.]*)'?\s*=(?:[^=]|$)").unwrap();
    made.captures_iter(function)
        .flat_map(|made| key.captures_iter(&made[1]).map(|key| key[1].to_owned()).collect::<Vec<_>>())
        .collect()
}

/// What its comments say has no source, up to the end of that sentence.
fn marked(function: &str) -> BTreeSet<String> {
    let comments: Vec<_> =
        function.lines().filter_map(|line| line.trim().strip_prefix('#')).map(str::trim).collect();
    let comments = comments.join(" ");
    let sentence = Regex::new(r"No source: ([^.]*)\.").unwrap();
    let word = Regex::new(r"[A-Za-z]\w*").unwrap();
    sentence
        .captures_iter(&comments)
        .flat_map(|said| word.find_iter(&said[1]).map(|word| word.as_str().to_owned()).collect::<Vec<_>>())
        .collect()
}

#[test]
fn what_has_no_source_is_marked_and_nothing_else_is() {
    let file = include_str!("documented_properties.toml");
    let documented: Documented = toml::from_str(file).expect("it is right");
    let mut made = BTreeSet::new();
    for (name, text) in functions() {
        let properties = properties(&text);
        if properties.is_empty() {
            continue;
        }
        let sourced = documented.functions.get(&name).cloned().unwrap_or_default();
        let marked = marked(&text);
        for property in &properties {
            assert_ne!(sourced.contains(property), marked.contains(property), "{name}: {property}");
        }
        assert!(sourced.is_subset(&properties), "{name} does not give all of {sourced:?}");
        made.insert(name);
    }
    let unmade: Vec<_> = documented.functions.keys().filter(|name| !made.contains(*name)).collect();
    assert!(unmade.is_empty(), "no stand-in gives anything of {unmade:?}");
}

#[test]
fn no_check_rests_on_what_has_no_source() {
    let checklist = read(builtin::find("lync-online-to-lync-2013").unwrap()).unwrap();
    let made: Vec<_> =
        functions().into_iter().map(|(name, text)| (name, &properties(&text) & &marked(&text))).collect();
    assert!(made.iter().any(|(name, unsourced)| name == "Get-CsPool" && unsourced.contains("Fqdn")));
    for step in &checklist.steps {
        let StepKind::Measured { check, .. } = &step.kind else { continue };
        for (name, unsourced) in made.iter().filter(|(name, _)| check.command.contains(name.as_str())) {
            for property in unsourced {
                let used = Regex::new(&format!(r"\b{property}\b")).unwrap();
                assert!(!used.is_match(&check.command), "{} rests on {property} of {name}", step.id);
            }
        }
    }
}
