//! One operator at both faces of the wizard, by one script: on the screens and in lines, over the same machine and scenario. What
//! each told of each act is compared by content: what was asked and confirmed, what ran and how far it was, what was refused,
//! how each step stands that lines told of.

mod acts;
mod in_lines;
mod on_screens;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use acts::{Act, CHECKLIST, SCENARIO, SCRIPT};
use regex_lite::Regex;

use crate::harness::system::{Needs, On, System};
use crate::harness::world::World;

/// What a face told of one act.
#[derive(Debug, PartialEq)]
pub struct Told {
    /// The words that stand in what was asked, stated or confirmed.
    pub asked: BTreeSet<String>,
    /// What ran, in order: whether it checks or applies, and which step.
    pub ran: Vec<String>,
    /// What it said of itself while it ran.
    pub progress: BTreeSet<String>,
    pub printed: BTreeSet<String>,
    pub refused: Option<String>,
    /// How steps stand afterwards, by their titles.
    pub steps: BTreeMap<String, Standing>,
}

/// The word, the words that tell why, and the first remedy.
pub type Standing = (String, BTreeSet<String>, Option<String>);

/// What tells why a step stands as it does.
const WHY: &str = "FOUND|EXPECTED|ERROR|WARNING";

/// The words of these kinds, each of which stands in one place of the checklist or the scenario.
fn of_kinds(kinds: &str, text: &str) -> BTreeSet<String> {
    let words = Regex::new(&format!("({kinds})-[a-z]+")).unwrap();
    words.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// The steps that are named in a sentence.
fn quoted(text: &str) -> BTreeSet<String> {
    let named = Regex::new("“TITLE-[a-z]+”").unwrap();
    named.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// How far an activity is said to be.
fn progress(text: &str) -> BTreeSet<String> {
    let told = Regex::new("[0-9]+ %|[0-9:]+ left|(ACTIVITY|STATUS|OPERATION)-[a-z]+").unwrap();
    told.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// What stands in what an act has to be asked, stated or confirmed.
fn asked(act: Act, text: &str) -> BTreeSet<String> {
    let words = match act {
        Act::Input(_) => "(ASK|HELP)-[a-z]+",
        Act::CheckAll | Act::Check(_) | Act::Go => return BTreeSet::new(),
        Act::Apply(_) => "(MESSAGE|CHOICE)-[a-z]+",
        Act::Change(..) => r"(NOTE|APPLYING|VALUE)-[a-z]+|\bAPPLY\b",
        Act::State(..) => "STATEMENT-[a-z]+",
        Act::HandOff(_) => r"HANDOFF-[a-z]+|TITLE-said|go\.ps1|\bSEALIT\b",
    };
    let words = Regex::new(words).unwrap();
    words.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

#[test]
fn screens_and_lines_tell_the_same_of_each_act_of_an_operator() {
    let world = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    fs::write(world.path("acts.toml"), CHECKLIST).unwrap();
    fs::write(world.path("played.toml"), SCENARIO).unwrap();
    let screens = on_screens::play(&world, SCRIPT);
    let lines = in_lines::play(&world, SCRIPT);
    let mut compared = [0; 6];
    for ((act, mut screens), lines) in SCRIPT.iter().zip(screens).zip(lines) {
        // The screens show all steps; lines tell of those that the act was about.
        screens.steps.retain(|title, _| lines.steps.contains_key(title));
        assert_eq!(screens, lines, "screens on the left, lines on the right, of {act:?}");
        let told = [
            !lines.asked.is_empty(),
            !lines.ran.is_empty(),
            !lines.progress.is_empty(),
            !lines.printed.is_empty(),
            lines.refused.is_some(),
            !lines.steps.is_empty(),
        ];
        compared.iter_mut().zip(told).for_each(|(count, told)| *count += usize::from(told));
    }
    assert!(compared.iter().all(|count| *count > 0), "of something nothing was compared: {compared:?}");
}
