//! Every face says the same of a step: the same status, reason, facts, errors and remedies in the same order, in every state that
//! the search of `run_model` arrives at. What is compared is what is rendered.

mod checklists;
mod lines;
mod programs;
mod reports;
mod screens;
mod shown;
mod tables;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use greenlight::facade::checklist::Weight;
use greenlight::facade::cli::{PrintedSteps, check_lines};
use greenlight::facade::journal::Folder;
use greenlight::facade::plain::{gate_lines, step_lines};
use greenlight::facade::report;
use greenlight::facade::run::{Assessment, HandoffStage, Moment, Run, StepStatus};
use greenlight::facade::text::Text;

use checklists::Walk;
use screens::Listed;
use shown::{Shown, ShownFact, ShownGate, Words, status_words};
use walk::{State, Walked, walked};

/// Compares all faces in all states of a walk; gives the words of the statuses that were seen.
fn faces_agree(walk: Walk) -> BTreeSet<String> {
    let name = walk.name;
    let Walked { states, assessments, kept } = walked(walk);
    println!("{name}: {states} states, {assessments} assessments in {} of them", kept.len());
    assert!(states > 0 && assessments > 0 && !kept.is_empty());
    let text = Text::default();
    let words = Words::new(kept.iter().flat_map(|state| sentences(state, text)).collect());
    let folder = tempfile::tempdir().unwrap();
    let mut watching = Watching::default();
    let mut seen = BTreeSet::new();
    for state in &kept {
        let shows = Shows::of(&state.run, state.now, &words, text);
        seen.extend(shows.plain.iter().map(|step| step.status.clone()));
        shows.what_was_assessed();
        // While a run is handed off, that has the screen.
        if *state.run.handoff() == HandoffStage::Idle {
            shows.on_screens();
        }
        shows.in_check();
        watching.look(&shows);
        // A report is as of the last record.
        let last = Shows::of(&state.run, state.written.last().unwrap().at, &words, text);
        last.in_reports(state, &Folder::at(folder.path().to_owned()));
    }
    seen
}

/// Every reason that a state has, and what its steps wait for.
fn sentences(state: &State, text: Text) -> Vec<String> {
    let name = |id: &str| state.run.name_of(id, text.lang());
    let mut sentences = Vec::new();
    for now in [state.now, state.written.last().unwrap().at] {
        for step in state.run.assess_all(now) {
            sentences.extend(text.why_not_green(&step, &name));
            sentences.extend(text.waits(&step, &name));
        }
    }
    sentences
}

fn title(step: &Assessment<'_>) -> String {
    format!("TITLE-{}", step.step.id)
}

/// A run at a moment, and what plain lines say of it, to which all else is held.
struct Shows<'a> {
    run: &'a Run,
    now: Moment,
    words: &'a Words,
    text: Text,
    plain: Vec<Shown>,
}

impl<'a> Shows<'a> {
    fn of(run: &'a Run, now: Moment, words: &'a Words, text: Text) -> Self {
        let lines: Vec<String> =
            run.assess_all(now).iter().flat_map(|step| step_lines(run, step, text)).collect();
        let plain = lines::steps(&lines, words, text).into_iter().map(|(_, shown)| shown).collect();
        Self { run, now, words, text, plain }
    }

    fn steps(&self) -> impl Iterator<Item = (Assessment<'a>, &Shown)> {
        self.run.assess_all(self.now).into_iter().zip(&self.plain)
    }

    fn waits(&self, step: &Assessment<'_>) -> Option<String> {
        self.text.waits(step, &|id| self.run.name_of(id, self.text.lang()))
    }

    fn facts(&self, step: &Assessment<'_>) -> Vec<ShownFact> {
        let facts = step.found.iter().flat_map(|found| &found.finding.facts);
        let facts = facts.map(|fact| ShownFact {
            property: fact.property.clone(),
            expected: self.words.of_kind("EXPECTED", &fact.expected).pop().unwrap(),
            // Where there are several rows, what stands in it of them.
            found: self.words.of_kind("FOUND", &fact.found).pop().unwrap_or_default(),
            met: fact.met,
        });
        facts.collect()
    }

    fn rows(step: &Assessment<'_>) -> Vec<[String; 3]> {
        let rows = step.rows.iter().flat_map(|rows| rows.shown);
        rows.map(|row| [row.key.clone().unwrap(), row.property.clone(), row.found.clone()]).collect()
    }

    /// Plain lines say what the machine does.
    fn what_was_assessed(&self) {
        assert_eq!(self.plain.len(), self.run.checklist().steps.len());
        for (step, plain) in self.steps() {
            let name = |id: &str| self.run.name_of(id, self.text.lang());
            let assessed = Shown {
                status: self.text.status(&step.status),
                reason: self.text.why_not_green(&step, &name),
                // In lines a step that holds is one line.
                facts: if step.status == StepStatus::Green { Vec::new() } else { self.facts(&step) },
                rows: Self::rows(&step),
                errors: step.failures.iter().map(|(_, failure)| failure.message.clone()).collect(),
                remedies: step.remedies.iter().map(|remedy| remedy.say.en.clone()).collect(),
            };
            assert_eq!(*plain, assessed, "plain, of {step:#?}");
        }
    }

    /// What all other faces show: what lines do, and of a step that holds its facts.
    fn whole(&self) -> Vec<Shown> {
        let whole = self.steps().map(|(step, plain)| match step.status {
            StepStatus::Green => Shown { facts: self.facts(&step), ..plain.clone() },
            _ => plain.clone(),
        });
        whole.collect()
    }

    fn same(&self, face: &str, shown: &[Shown], expected: &[Shown]) {
        assert_eq!(shown.len(), expected.len(), "{face}");
        for ((shown, expected), (step, _)) in shown.iter().zip(expected).zip(self.steps()) {
            assert_eq!(shown, expected, "{face} on the left, plain on the right, of {step:#?}");
        }
    }

    /// What keeps the gate locked, as the lines of these steps have it; and the words of what only is advice.
    fn gate(&self) -> (ShownGate, Vec<String>, Vec<String>) {
        let not_green = self.steps().filter(|(step, _)| step.status != StepStatus::Green);
        let (required, advisory): (Vec<_>, Vec<_>) =
            not_green.partition(|(step, _)| step.step.weight == Weight::Required);
        let gate =
            required.iter().map(|(step, shown)| (title(step), shown.reason.clone().unwrap_or_default()));
        let word = |(_, shown): &(Assessment<'_>, &Shown)| shown.status.clone();
        (gate.collect(), required.iter().map(word).collect(), advisory.iter().map(word).collect())
    }

    fn on_screens(&self) {
        let screens = screens::screens(self.run, self.now, self.words);
        let pages: Vec<Shown> = self
            .steps()
            .zip(self.whole())
            .map(|((step, _), whole)| Shown {
                reason: screens::reason_of(&step.status, whole.reason, self.waits(&step)),
                facts: screens::facts_of(&step, whole.facts),
                ..whole
            })
            .collect();
        self.same("the selected step", &screens.pages, &pages);
        let list: Vec<Listed> = self
            .steps()
            .map(|(step, plain)| {
                let waits = self.waits(&step);
                (title(&step), plain.status.clone(), waits)
            })
            .collect();
        assert_eq!(screens.list, list, "the list");
        let (gate, words, advisory) = self.gate();
        assert_eq!(screens.gate, gate, "the gate's screen");
        assert_eq!((screens.gate_words, screens.advisory), (words, advisory), "the gate's screen");
    }

    fn in_check(&self) {
        let lines = check_lines(self.run, self.now, self.text);
        let check: Vec<Shown> =
            lines::steps(&lines, self.words, self.text).into_iter().map(|(_, shown)| shown).collect();
        self.same("check", &check, &self.plain);
        let json = report::check::json(self.run, self.now, self.text);
        let (steps, gate) = reports::json(&json, self.words, self.text);
        self.same("check's JSON", &steps, &self.whole());
        assert_eq!(gate, self.gate().0, "check's JSON");
        let lines = gate_lines(self.run, self.now, self.text);
        assert_eq!(self.words.gate(&lines[1..].join("\n")), gate, "the gate in lines");
    }

    fn in_reports(&self, state: &State, folder: &Folder) {
        let report = reports::report(state, folder, self.text);
        let json = reports::json(&report::json(&report), self.words, self.text);
        let markdown = reports::markdown(&report::markdown(&report, self.text), self.words, self.text);
        let html = reports::html(&report::html(&report, self.text), self.words, self.text);
        for (face, (steps, gate)) in [("JSON", json), ("Markdown", markdown), ("HTML", html)] {
            self.same(face, &steps, &self.whole());
            assert_eq!(gate, self.gate().0, "{face}");
        }
        let of = |part: &dyn Fn(&Assessment<'_>, &Shown) -> Shown| -> Vec<(String, Shown)> {
            let steps = self.steps().zip(self.whole());
            steps.map(|((step, _), whole)| (title(&step), part(&step, &whole))).collect()
        };
        let csv = tables::csv(&report::csv(&report), self.words);
        tables::assert_same("CSV", &csv, &of(&|_, whole| tables::of_csv(whole)));
        let junit = tables::junit(&report::junit(&report, self.text), self.words);
        let counts = |step: &Assessment<'_>| step.step.weight == Weight::Required;
        tables::assert_same("JUnit", &junit, &of(&|step, whole| tables::of_junit(whole, counts(step))));
    }
}

/// One who watches from the first state to the last, and remembers what was said last of each step.
#[derive(Default)]
struct Watching {
    printed: PrintedSteps,
    last: BTreeMap<String, Shown>,
}

impl Watching {
    fn look(&mut self, shows: &Shows<'_>) {
        let news = self.printed.news(shows.run, shows.now, shows.text);
        self.last.extend(lines::steps(&news, shows.words, shows.text));
        let known: Vec<Shown> = self.last.values().cloned().collect();
        shows.same("watch", &known, &shows.plain);
    }
}

#[test]
fn of_a_session_and_what_needs_it() {
    let seen = faces_agree(checklists::pair());
    let all = status_words(Text::default()).map(|(_, word)| word);
    assert_eq!(seen, all.into_iter().collect(), "not every status was reached");
}

#[test]
fn of_a_step_with_an_input() {
    faces_agree(checklists::alone());
}

#[test]
fn of_a_step_whose_rows_have_names() {
    faces_agree(checklists::rows());
}

#[test]
fn of_commands_that_ask() {
    faces_agree(checklists::asking());
}

#[test]
fn of_a_statement_and_of_advice() {
    faces_agree(checklists::stated());
}

#[test]
fn of_a_session_that_is_looked_after() {
    faces_agree(checklists::kept());
}
