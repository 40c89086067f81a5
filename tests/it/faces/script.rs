//! One operator at both faces of the wizard, by one script: on the screens and in lines, over the same machine and scenario. What
//! each told of each act is compared by content: what was asked and confirmed, what ran and how far it was, what was refused,
//! how each step stands that lines told of.

mod acts;
mod in_lines;
mod on_screens;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use acts::{Act, CHECKLIST, SCENARIO, SCRIPT};
use greenlight::facade::text::Text;
use regex_lite::Regex;

use crate::harness::system::{Needs, On, System};
use crate::harness::world::World;

/// What a face told of one act.
#[derive(Debug, Default, PartialEq)]
pub struct Told {
    /// The words that stand in what was asked, stated or confirmed.
    pub asked: BTreeSet<String>,
    /// What ran, in order: whether it checks or applies, and which step.
    pub ran: Vec<String>,
    /// What it said of itself while it ran.
    pub progress: BTreeSet<String>,
    pub printed: BTreeSet<String>,
    pub refused: Option<String>,
    /// How steps stand afterwards: the word, why, and the first remedy.
    pub steps: BTreeMap<String, Standing>,
}

/// The word, the words of the reason and of what was found, and the first remedy.
pub type Standing = (String, BTreeSet<String>, Option<String>);

/// The words of these kinds, each of which stands in one place of the checklist or the scenario.
pub fn of_kinds(kinds: &str, text: &str) -> BTreeSet<String> {
    let words = Regex::new(&format!("\\b({kinds})-[a-z]+")).unwrap();
    words.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// What is asked, stated or confirmed.
pub const ASKED: &str = "NOTE|APPLYING|VALUE|STATEMENT|MESSAGE|HELP|SUBJECT|HANDOFF|CHOICE";
/// What tells why a step stands as it does.
pub const WHY: &str = "FOUND|EXPECTED|ERROR|WARNING|TITLE";

#[test]
fn screens_and_lines_tell_the_same_of_each_act_of_an_operator() {
    let world = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    fs::write(world.path("acts.toml"), CHECKLIST).unwrap();
    fs::write(world.path("played.toml"), SCENARIO).unwrap();
    let screens = on_screens::play(&world, SCRIPT);
    let lines = in_lines::play(&world, SCRIPT);
    let mut seen = [0; 6];
    for ((act, screens), lines) in SCRIPT.iter().zip(&screens).zip(&lines) {
        let mut screens = Told { steps: screens.steps.clone(), asked: screens.asked.clone(), ran: screens.ran.clone(),
            progress: screens.progress.clone(), printed: screens.printed.clone(), refused: screens.refused.clone() };
        // The screens show all steps; lines tell of those that the act was about.
        screens.steps.retain(|title, _| lines.steps.contains_key(title));
        assert_eq!(screens, *lines, "screens on the left, lines on the right, of {act:?}");
        for (count, told) in seen.iter_mut().zip([
            !lines.asked.is_empty(),
            !lines.ran.is_empty(),
            !lines.progress.is_empty(),
            !lines.printed.is_empty(),
            lines.refused.is_some(),
            !lines.steps.is_empty(),
        ]) {
            *count += usize::from(told);
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "of something nothing was compared: {seen:?}");
    let _ = (Text::default(), Act::CheckAll);
}
