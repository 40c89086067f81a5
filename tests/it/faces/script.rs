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
use crate::harness::terminal::Terminal;
use crate::harness::world::World;

/// What a face told of one act.
#[derive(Debug, PartialEq)]
pub struct Told {
    /// The words that stand in what was asked, stated or confirmed.
    pub asked: BTreeSet<String>,
    /// What ran, in order: whether it checks or applies, and which step.
    pub ran: Vec<String>,
    /// How far that was, and how long it may take.
    pub progress: BTreeSet<String>,
    pub printed: BTreeSet<String>,
    pub refused: Option<String>,
    /// Where a run is held that goes on by itself, and by what.
    pub held: Option<String>,
    /// How steps stand afterwards, by their titles.
    pub steps: BTreeMap<String, Standing>,
}

/// The word, the words that tell why, and the first remedy.
pub type Standing = (String, BTreeSet<String>, Option<String>);

/// What tells why a step stands as it does.
const WHY: &str = "FOUND|EXPECTED|ERROR|WARNING";

fn each(words: &str, text: &str) -> BTreeSet<String> {
    Regex::new(words).unwrap().find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// The words of these kinds, each of which stands in one place of the checklist or the scenario.
fn of_kinds(kinds: &str, text: &str) -> BTreeSet<String> {
    each(&format!("({kinds})-[a-z]+"), text)
}

/// The steps that are named in a sentence.
fn quoted(text: &str) -> BTreeSet<String> {
    each("“TITLE-[a-z]+”", text)
}

fn held(text: &str) -> Option<String> {
    let held = Regex::new("held at “TITLE-[a-z]+”: [a-z ]+").unwrap();
    held.find_iter(text).last().map(|found| found.as_str().trim_end().to_owned())
}

/// How far an activity is said to be, and which of several commands runs.
fn progress(act: Act, text: &str) -> BTreeSet<String> {
    let of_activity = "[0-9]+ %|[0-9:]+ left|(ACTIVITY|STATUS|OPERATION)-[a-z]+";
    match act {
        Act::CheckAll => each(&format!("{of_activity}|[0-9] of [0-9]"), text),
        Act::MoreTime => each("9:0", text),
        _ => each(of_activity, text),
    }
}

/// What stands in what an act has to be asked, stated or confirmed.
fn asked(act: Act, text: &str) -> BTreeSet<String> {
    let words = match act {
        Act::Choose(_, input, _) | Act::Give(_, input, _) => {
            format!("(ASK|HELP)-{input}|{}-[a-z]+", input.to_uppercase())
        }
        Act::CheckAll | Act::Check(_) | Act::MoreTime | Act::Stop | Act::Go => return BTreeSet::new(),
        Act::Apply(_) | Act::Decline(_) => "(MESSAGE|CHOICE)-[a-z]+".to_owned(),
        Act::SignIn(..) => "MESSAGE-[a-z]+|USER-ana".to_owned(),
        Act::Change(..) | Act::Begin(..) => r"(NOTE|APPLYING|VALUE)-[a-z]+|\bAPPLY\b".to_owned(),
        Act::State(..) => "STATEMENT-[a-z]+".to_owned(),
        Act::HandOff(_) => {
            r"HANDOFF-[a-z]+|TITLE-said|go\.ps1|SAY-[a-z]+|\bSEALIT\b|Advisory, not green|TITLE-broken: [a-z]+".to_owned()
        }
    };
    each(&words, text)
}

#[test]
fn screens_and_lines_tell_the_same_of_each_act_of_an_operator() {
    if !Terminal::is_there("screens_and_lines_tell_the_same_of_each_act_of_an_operator") {
        return;
    }
    let world = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    fs::write(world.path("acts.toml"), CHECKLIST).unwrap();
    fs::write(world.path("played.toml"), SCENARIO).unwrap();
    let screens = on_screens::play(&world, SCRIPT);
    let lines = in_lines::play(&world, SCRIPT);
    let (mut compared, mut differ) = ([0; 7], Vec::new());
    for ((act, mut screens), lines) in SCRIPT.iter().zip(screens).zip(lines) {
        // The screens show all steps; lines tell of those that the act was about.
        screens.steps.retain(|title, _| lines.steps.contains_key(title));
        if screens != lines {
            differ.push(format!("{act:?}\nscreens: {screens:?}\nlines:   {lines:?}"));
        }
        let told = [
            !lines.asked.is_empty(),
            !lines.ran.is_empty(),
            !lines.progress.is_empty(),
            !lines.printed.is_empty(),
            lines.refused.is_some(),
            lines.held.is_some(),
            !lines.steps.is_empty(),
        ];
        compared.iter_mut().zip(told).for_each(|(count, told)| *count += usize::from(told));
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
    assert!(compared.iter().all(|count| *count > 0), "of something nothing was compared: {compared:?}");
}
