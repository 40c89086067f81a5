//! The operator in lines: the program itself, told what to do by typed lines.

use std::collections::{BTreeMap, BTreeSet};

use greenlight::facade::text::Text;
use regex_lite::Regex;

use super::acts::Act;
use super::{Standing, Told, of_kinds, quoted};
use crate::harness::dialogue::Dialogue;
use crate::harness::world::World;

/// What is told of each act.
pub fn play(world: &World, script: &[Act]) -> Vec<Told> {
    let arguments =
        ["run", "acts.toml", "--trust", "--plain", "--rehearse=played.toml", "--input", "limit=VALUE-first"];
    let mut run = Dialogue::start(&mut world.greenlight(&arguments));
    run.wait_for("\n> ");
    let mut told = Vec::new();
    for act in script {
        let typed = typed(*act);
        run.say(&typed.iter().map(String::as_str).collect::<Vec<_>>());
        let end = if let Act::HandOff(_) = act { "SEALED" } else { "\n> " };
        let said = run.wait_for(end);
        told.push(of(*act, &said));
    }
    run.end();
    told
}

fn typed(act: Act) -> Vec<String> {
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    match act {
        Act::Input(value) => lines(&["i", "1", value]),
        Act::CheckAll => lines(&["a"]),
        Act::Check(number) => lines(&[&number.to_string()]),
        Act::Apply(number) => lines(&[&number.to_string(), "1", "1"]),
        Act::Change(number, word) => lines(&[&number.to_string(), "1", word]),
        Act::State(number, name) => lines(&[&number.to_string(), name, ""]),
        Act::Go => lines(&["go"]),
        Act::HandOff(word) => lines(&["s", word]),
    }
}

fn of(act: Act, said: &str) -> Told {
    let text = Text::default();
    let what = [text.checking_before(), text.running_check(), text.running_apply()].join("|");
    let runs =
        Regex::new(&format!("runs: (CHECKING|APPLYING)-([a-z]+)|({what}): [0-9]+. TITLE-([a-z]+)")).unwrap();
    let ran = runs.captures_iter(said).map(|found| {
        let part = |first, second| found.get(first).or_else(|| found.get(second)).unwrap().as_str();
        let what = if part(1, 3).to_lowercase().starts_with("check") { "checks" } else { "applies" };
        format!("{what} {}", part(2, 4))
    });
    let mut ran: Vec<String> = ran.collect();
    ran.dedup();
    let lines: Vec<&str> = said.lines().collect();
    let progress: Vec<&str> = lines.iter().copied().filter(|line| line.contains("  progress | ")).collect();
    let refused = lines.iter().find_map(|line| line.split_once("! ")).map(|(_, refused)| refused.to_owned());
    Told {
        asked: super::asked(act, said),
        ran,
        progress: super::progress(&progress.join("\n")),
        printed: of_kinds("OUTPUT", said),
        refused,
        steps: standing(&lines),
    }
}

/// The last that was said of each step: a line with a sign, and those that are indented below it.
fn standing(lines: &[&str]) -> BTreeMap<String, Standing> {
    let first = Regex::new(r"^(?:> )?\s*(?:[0-9]+\. )?\[.{4}\] ([a-z ]+): (TITLE-[a-z]+)$").unwrap();
    let mut steps = BTreeMap::new();
    let mut at = lines.iter().peekable();
    while let Some(line) = at.next() {
        let Some(found) = first.captures(line) else { continue };
        let mut below = Vec::new();
        while let Some(line) = at.next_if(|line| line.starts_with("       ")) {
            below.push(*line);
        }
        let below = below.join("\n");
        let mut why: BTreeSet<String> = of_kinds(super::WHY, &below);
        why.extend(quoted(&below));
        let remedy = Regex::new("REMEDY-[a-z]+").unwrap().find(&below).map(|found| found.as_str().to_owned());
        steps.insert(found[2].to_owned(), (found[1].to_owned(), why, remedy));
    }
    steps
}
