//! No test is on one system only without a reason: `one_system.toml` names each, and this holds the tests to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex_lite::Regex;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    exempt: Vec<Exempt>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exempt {
    why: String,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    tests: Vec<String>,
}

/// The tests below a folder as `file::name`: those on one system, and those on both.
fn collect(root: &Path, folder: &Path, one: &mut BTreeSet<String>, both: &mut BTreeSet<String>) {
    // The macros are made in `harness`.
    if folder.ends_with("harness") {
        return;
    }
    let plain = Regex::new(r"#\[(?:tokio::)?test[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:async )?fn (\w+)").unwrap();
    let made = Regex::new(r"on_(both|native|windows)!\(\s*(\w+)").unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, one, both);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let (text, file) =
                (fs::read_to_string(&path).unwrap(), path.strip_prefix(root).unwrap().display());
            one.extend(plain.captures_iter(&text).map(|found| format!("{file}::{}", &found[1])));
            for found in made.captures_iter(&text) {
                let tests = if &found[1] == "both" { &mut *both } else { &mut *one };
                tests.insert(format!("{file}::{}", &found[2]));
            }
        }
    }
}

#[test]
fn what_is_on_one_system_only_is_named_with_its_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let (mut one, mut both) = (BTreeSet::new(), BTreeSet::new());
    collect(&root, &root, &mut one, &mut both);
    one.retain(|test| !test.starts_with("one_system.rs::"));
    assert!(!one.is_empty() && !both.is_empty());
    let list: List = toml::from_str(&fs::read_to_string(root.join("one_system.toml")).unwrap()).unwrap();
    for Exempt { why, files, tests } in list.exempt {
        println!("ON ONE SYSTEM: {why}");
        for file in files {
            let is_in = |test: &&String| {
                if file.ends_with('/') {
                    test.starts_with(&file)
                } else {
                    test.starts_with(&format!("{file}::"))
                }
            };
            assert!(!both.iter().any(|test| is_in(&test)), "{file} is on both as well: name its tests");
            let exempt: Vec<String> = one.iter().filter(is_in).cloned().collect();
            assert!(!exempt.is_empty(), "{file} has no test, or is exempt twice");
            println!("  {file}: {} tests", exempt.len());
            one.retain(|test| !exempt.contains(test));
        }
        for test in tests {
            assert!(one.remove(&test), "{test} is not there, is on both, or is exempt twice");
            println!("  {test}");
        }
    }
    assert!(one.is_empty(), "on one system only, and nothing says why: {one:#?}");
}
