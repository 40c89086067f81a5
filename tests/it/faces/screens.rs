//! The faces that are screens: the list of steps, the selected step, the gate.

use greenlight::facade::run::{Assessment, Mode, Moment, Run, StepStatus};
use greenlight::facade::text::Text;
use ratatui::backend::TestBackend;

use super::shown::{Shown, ShownFact, ShownGate, ShownHeading, Words, is_of_covers};
use crate::tui_screens::fixture::{Bench, drawn, press};

/// So large that nothing is below the fold.
const SIZE: (u16, u16) = (200, 120);

/// A step in the list: its title, the word, and what it waits for.
pub type Listed = (String, String, Option<String>);

/// What the screens of a state show.
pub struct Screens {
    /// Each step as the page of the selected one.
    pub pages: Vec<Shown>,
    /// What Enter does first in another step, on each page.
    pub first: Vec<Option<String>>,
    pub list: Vec<Listed>,
    pub headings: Vec<ShownHeading>,
    pub gate: ShownGate,
    /// The lines of the gate's screen.
    pub gate_lines: Vec<String>,
    /// The words beside the titles of the gate.
    pub gate_words: Vec<String>,
    /// What does not keep the gate locked, and its word.
    pub advisory: Vec<String>,
}

pub fn screens(run: &Run, now: Moment, words: &Words) -> Screens {
    let mut bench = Bench::of(run.checklist().clone(), Mode::Live);
    bench.run = run.clone();
    bench.now = now;
    let (columns, rows) = SIZE;
    let mut ui = bench.ui(columns, rows);
    // What runs is selected where it is first seen.
    drawn(&bench, &mut ui, columns, rows);
    press(&mut ui, &bench, &["up"; 4].join(" "));
    let (mut pages, mut first, mut list, mut headings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for position in 0..run.checklist().steps.len() {
        if position > 0 {
            press(&mut ui, &bench, "down");
        }
        let frame = lines(&drawn(&bench, &mut ui, columns, rows));
        let sides = frame.iter().filter_map(|line| line.split_once(bench.glyphs.vertical));
        let (left, right): (Vec<String>, Vec<String>) =
            sides.map(|(left, right)| (left.to_owned(), right.to_owned())).unzip();
        pages.push(page(&right, position, &bench, words));
        first.push(words.first(&right.join("\n")));
        let listed = self::list(&left, &bench, words);
        assert!(position == 0 || list == listed, "what is selected changes the list: {list:?} {listed:?}");
        list = listed;
        headings = words.headings(left.iter().map(String::as_str));
    }
    press(&mut ui, &bench, "g");
    let gate_lines = lines(&drawn(&bench, &mut ui, columns, rows));
    let (gate, gate_words, advisory) = gate(&gate_lines, words, bench.text);
    Screens { pages, first, list, headings, gate, gate_lines, gate_words, advisory }
}

fn lines(frame: &TestBackend) -> Vec<String> {
    let buffer = frame.buffer();
    let row = |y| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
    (0..buffer.area.height).map(row).collect()
}

/// The selected step: its title, the sign and the word, and what follows.
fn page(rows: &[String], position: usize, bench: &Bench, words: &Words) -> Shown {
    let title = &bench.run.checklist().steps[position].title.en;
    assert_eq!(rows[0].trim(), title, "another step is shown");
    // How many sign-ins have failed stands above it.
    let state = rows[1..].iter().find(|row| words.failed(row).is_none()).unwrap();
    let status = behind_the_sign(state.split(bench.glyphs.dot).next().unwrap());
    words.shown(status, &rows[1..], |row| row.trim_start().starts_with(bench.glyphs.green))
}

/// A word behind the sign that repeats it.
fn behind_the_sign(text: &str) -> String {
    text.split_whitespace().filter(|word| word.chars().count() > 1).collect::<Vec<_>>().join(" ")
}

fn list(rows: &[String], bench: &Bench, words: &Words) -> Vec<Listed> {
    let titles = rows.iter().zip(rows.iter().skip(1)).filter_map(|(row, below)| {
        let (title, _) = words.title(row)?;
        let (word, extra) = below.split_once(bench.glyphs.dot).unwrap_or((below, ""));
        assert!(!below.contains(bench.glyphs.ellipsis), "the list is too narrow: {below}");
        // What only waits says for what in place of its word.
        let waits = words.reason(word).filter(|reason| reason.starts_with("waits for"));
        Some(match waits {
            Some(waits) => (title.to_owned(), bench.text.status(&StepStatus::Waiting), Some(waits)),
            None => (title.to_owned(), word.trim().to_owned(), words.reason(extra)),
        })
    });
    titles.collect()
}

/// Why it is locked, the words of these steps, and what else is not green.
fn gate(rows: &[String], words: &Words, text: Text) -> (ShownGate, Vec<String>, Vec<String>) {
    let place = |heading: &str| rows.iter().position(|row| row.trim() == heading).unwrap_or(rows.len());
    let (locked, advisory) = rows.split_at(place(&text.gate_advisory()));
    // What does not apply stands before it.
    let locked = &locked[..place(&text.not_applying()).min(locked.len())];
    let titles = locked.iter().filter_map(|row| words.title(row));
    let gate_words = titles.map(|(_, before)| behind_the_sign(before)).collect();
    let advisory = advisory.iter().filter(|row| words.title(row).is_some());
    let advisory = advisory.map(|row| row.rsplit(": ").next().unwrap().trim().to_owned());
    (words.gate(&locked.join("\n")), gate_words, advisory.collect())
}

/// The reason on the page of a step: that it runs, that it was not checked and that it waits, the word says; what is to be stated stands
/// below a heading of its own.
pub fn reason_of(status: &StepStatus, reason: Option<String>, waits: Option<String>) -> Option<String> {
    match status {
        // But for that it is not known whether it applies.
        StepStatus::NotRun if reason.as_ref().is_some_and(|reason| reason.starts_with("whether it")) => {
            reason
        }
        StepStatus::NotRun | StepStatus::Running(_) | StepStatus::Polling => waits,
        _ => reason,
    }
}

/// Where the rows that fail stand beside a fact, it only says how many there are.
pub fn facts_of(step: &Assessment<'_>, mut facts: Vec<ShownFact>) -> Vec<ShownFact> {
    if let Some(rows) = step.rows.filter(|rows| rows.of > 1) {
        let failing = |fact: &ShownFact| rows.shown.iter().any(|row| row.property == fact.property);
        facts.iter_mut().filter(|fact| failing(fact)).for_each(|fact| fact.found.clear());
    }
    facts
}

/// On the page those that are not met stand first, and of these last what the reason says.
pub fn unmet_first(step: &Assessment<'_>, mut facts: Vec<ShownFact>) -> Vec<ShownFact> {
    facts.sort_by_key(|fact| (fact.met, step.covered.is_some() && is_of_covers(&fact.property)));
    facts
}
