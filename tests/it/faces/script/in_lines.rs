//! The operator in lines: the program itself on a real terminal, told what to do by lines that are typed when it asks.

use std::collections::{BTreeMap, BTreeSet};

use greenlight::facade::text::Text;
use regex_lite::Regex;

use super::acts::Act;
use super::{Standing, Told, of_kinds, quoted};
use crate::harness::terminal::Terminal;
use crate::harness::world::World;

/// So large that nothing is folded and nothing scrolls away.
const SIZE: (u16, u16) = (250, 2_000);
/// The menu asks.
const MENU: &str = "\n>";

/// What is told of each act.
pub fn play(world: &World, script: &[Act]) -> Vec<Told> {
    let [checklist, scenario] = ["acts.toml", "played.toml"].map(|name| world.written(name));
    let rehearse = format!("--rehearse={scenario}");
    let arguments = ["run", &checklist, "--trust", "--plain", &rehearse, "--input", "limit=VALUE-first"];
    let mut lines = Lines { terminal: Terminal::greenlight(SIZE, world, &arguments), heard: 0 };
    lines.wait_for(&[MENU]);
    script.iter().map(|act| of(*act, &lines.act(*act))).collect()
}

struct Lines {
    terminal: Terminal,
    /// How much of what was printed has been read.
    heard: usize,
}

impl Lines {
    /// What was printed since, up to where it ends with one of these.
    fn wait_for(&mut self, ends: &[&str]) -> String {
        let heard = self.heard;
        let new = |screen: &str| screen.trim_end().get(heard..).unwrap_or_default().to_owned();
        let is_there = |screen: &str| ends.iter().any(|end| new(screen).ends_with(end));
        let screen = self.terminal.wait_until(&ends.join(" or "), is_there);
        self.heard = screen.trim_end().len();
        new(&screen)
    }

    fn act(&mut self, act: Act) -> String {
        let (typed, ends) = typed(act);
        let mut said = String::new();
        for (asked, typed) in typed {
            if !asked.is_empty() {
                said.push_str(&self.wait_for(&[asked]));
            }
            self.terminal.type_text(&typed);
            self.terminal.press(&["Enter"]);
        }
        said + &self.wait_for(ends)
    }
}

/// What is typed when what was printed ends with what, and how it ends then.
fn typed(act: Act) -> (Vec<(&'static str, String)>, &'static [&'static str]) {
    const ENDS: &[&str] = &[MENU];
    const APPLY: &str = "0 = leave it:";
    const CHOICE: &str = "Number (0 = no answer):";
    const CONFIRM: &str = "to run it (anything else = not):";
    const INPUT: &str = "(empty = none):";
    let number = |number: usize| ("", number.to_string());
    let lines = |lines: Vec<(&'static str, &str)>| -> Vec<(&'static str, String)> {
        lines.into_iter().map(|(asked, typed)| (asked, typed.to_owned())).collect()
    };
    let of_step = |step: usize, more: Vec<(&'static str, &str)>| [vec![number(step)], lines(more)].concat();
    match act {
        Act::Choose(place, _, choice) => {
            let [place, choice] = [place, choice].map(|number| number.to_string());
            (lines(vec![("", "i"), (INPUT, &place), ("]:", &choice)]), ENDS)
        }
        Act::Give(place, _, value) => {
            (lines(vec![("", "i"), (INPUT, &place.to_string()), ("]:", value)]), ENDS)
        }
        Act::CheckAll => (lines(vec![("", "a")]), ENDS),
        Act::Check(step) => (of_step(step, vec![]), ENDS),
        Act::Decline(step) => (of_step(step, vec![(APPLY, "1"), (CHOICE, "0")]), ENDS),
        Act::Apply(step) => (of_step(step, vec![(APPLY, "1"), (CHOICE, "1")]), ENDS),
        Act::SignIn(step, Some(user)) => {
            let user = [("User name (0 = no answer):", ""), ("User name (0 = no answer):", user)];
            let more = [&[(APPLY, "1")], user.as_slice(), &[("Password:", "pass")]].concat();
            (of_step(step, more), ENDS)
        }
        Act::SignIn(step, None) => {
            let more = vec![(APPLY, "1"), ("USER-ana] (0 = no answer):", ""), ("Password:", "pass")];
            (of_step(step, more), ENDS)
        }
        Act::Change(step, word) => (of_step(step, vec![(APPLY, "1"), (CONFIRM, word)]), ENDS),
        Act::Begin(step, word) => {
            (of_step(step, vec![(APPLY, "1"), (CONFIRM, word)]), &["runs: APPLYING-slow"])
        }
        Act::MoreTime => (lines(vec![("", "m")]), &["in all now", "once."]),
        Act::Stop => (lines(vec![("", "x")]), ENDS),
        Act::State(step, name) => (of_step(step, vec![("(empty = not):", name), ("Note:", "")]), ENDS),
        Act::Go => (lines(vec![("", "go")]), ENDS),
        Act::HandOff(word) => (lines(vec![("", "s"), ("to hand off:", word)]), ENDS),
    }
}

fn of(act: Act, said: &str) -> Told {
    let text = Text::default();
    let what = [text.checking_before(), text.running_check(), text.running_apply()].join("|");
    let runs = format!("runs: (CHECKING|APPLYING)-([a-z]+)|({what}): [0-9]+. TITLE-([a-z]+)");
    let runs = Regex::new(&runs).unwrap();
    let ran = runs.captures_iter(said).map(|found| {
        let part = |first, second| found.get(first).or_else(|| found.get(second)).unwrap().as_str();
        let what = if part(1, 3).to_lowercase().starts_with("check") { "checks" } else { "applies" };
        format!("{what} {}", part(2, 4))
    });
    let mut ran: Vec<String> = ran.collect();
    ran.dedup();
    let lines: Vec<&str> = said.lines().collect();
    let of_progress = ["  progress | ", ", checking: ", "in all now"];
    let progress = lines.iter().filter(|line| of_progress.iter().any(|words| line.contains(words)));
    let progress: Vec<&str> = progress.copied().collect();
    // That it is being stopped is no refusal.
    let refused = lines.iter().filter(|line| !line.contains(&text.plain_stopping("Ctrl+C")));
    let refused = refused.filter_map(|line| line.split_once("! ")).map(|(_, why)| why);
    let refused = refused.map(|why| why.trim_end_matches('.').to_owned()).next();
    Told {
        asked: super::asked(act, said),
        ran,
        progress: super::progress(act, &progress.join("\n")),
        printed: of_kinds("OUTPUT", said),
        refused,
        held: super::held(said),
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
