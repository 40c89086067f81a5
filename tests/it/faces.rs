//! Every face says the same of a step: the same status, reason, facts, errors and remedies in the same order, in every state that
//! the search of `run_model` arrives at. What is compared is what is rendered.

mod checklists;
mod lines;
mod programs;
mod reports;
mod said;
mod screens;
mod script;
mod shown;
mod sign_ins;
mod tables;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use greenlight::facade::checklist::{Step, Weight};
use greenlight::facade::cli::{PrintedSteps, check_lines, is_looked_at_again};
use greenlight::facade::journal::Folder;
use greenlight::facade::plain::{gate_lines, step_lines};
use greenlight::facade::report;
use greenlight::facade::run::{Assessment, HandoffStage, Moment, Run, StepStatus};
use greenlight::facade::text::Text;

use checklists::Walk;
use said::{first, leads_of};
use screens::Listed;
use shown::{Shown, ShownFact, ShownGate, ShownHeading, Words, status_words};
use walk::{State, Walked, walked};

/// Compares all faces in all states of a walk; gives the words of the statuses that were seen.
fn faces_agree(walk: Walk) -> BTreeSet<String> {
    let name = walk.name;
    let Walked { states, assessments, kept } = walked(walk);
    println!("{name}: {states} states, {assessments} assessments in {} of them", kept.len());
    assert!(states > 0 && assessments > 0 && !kept.is_empty());
    all_agree(&kept)
}

/// The same in these states.
fn all_agree(kept: &[State]) -> BTreeSet<String> {
    let text = Text::default();
    let words = Words::new(kept.iter().flat_map(|state| sentences(state, text)).collect());
    let folder = tempfile::tempdir().unwrap();
    let mut watching = Watching::default();
    let mut seen = BTreeSet::new();
    for state in kept {
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
            sentences.extend(text.why_beside_rows(&step, &name));
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

    fn reason_beside_rows(&self, step: &Assessment<'_>) -> Option<String> {
        self.text.why_beside_rows(step, &|id| self.run.name_of(id, self.text.lang()))
    }

    fn facts(&self, step: &Assessment<'_>) -> Vec<ShownFact> {
        let facts = step.found.iter().flat_map(|found| &found.finding.facts);
        let facts = facts.map(|fact| ShownFact {
            property: fact.property.clone(),
            expected: self.words.of_kind("EXPECTED", &fact.expected).pop().unwrap_or_default(),
            // Where there are several rows, what stands in it of them.
            found: self.words.of_kind("FOUND", &fact.found).pop().unwrap_or_default(),
            names: self.words.covered(&fact.property, &format!("{} {}", fact.expected, fact.found)),
            met: fact.met,
        });
        facts.collect()
    }

    fn rows(step: &Assessment<'_>) -> Vec<[String; 3]> {
        let rows = step.rows.iter().flat_map(|rows| rows.shown);
        rows.map(|row| [row.key.clone().unwrap(), row.property.clone(), row.found.clone()]).collect()
    }

    fn warnings(step: &Assessment<'_>) -> Vec<String> {
        step.found.iter().flat_map(|found| found.finding.warnings.clone()).collect()
    }

    /// What stands above which step.
    fn headings(&self) -> Vec<ShownHeading> {
        let assessed = self.run.assess_all(self.now);
        let heading = |step: &Assessment<'_>| {
            let (name, count) = self.text.heading(step.heading.as_ref()?);
            Some((name, count, title(step)))
        };
        assessed.iter().filter_map(heading).collect()
    }

    fn groups(&self) -> Vec<Option<String>> {
        let group = |step: &Step| step.group.as_ref().map(|group| group.en.clone());
        self.run.checklist().steps.iter().map(group).collect()
    }

    /// Plain lines say what the machine does.
    fn what_was_assessed(&self) {
        assert_eq!(self.plain.len(), self.run.checklist().steps.len());
        for (step, plain) in self.steps() {
            let name = |id: &str| self.run.name_of(id, self.text.lang());
            let assessed = Shown {
                status: self.text.standing(&step),
                reason: self.text.why_not_green(&step, &name),
                // In lines a step that holds is one line.
                facts: if step.status == StepStatus::Green {
                    Vec::new()
                } else {
                    screens::facts_of(&step, self.facts(&step))
                },
                rows: Self::rows(&step),
                warnings: if step.status == StepStatus::Green { Vec::new() } else { Self::warnings(&step) },
                errors: step.failures.iter().map(|(_, failure)| failure.message.clone()).collect(),
                remedies: step.remedies.iter().map(|remedy| remedy.say.en.clone()).collect(),
                leads: leads_of(&step),
                failed: Some(step.failed_sign_ins).filter(|failed| *failed > 0),
            };
            assert_eq!(*plain, assessed, "plain, of {step:#?}");
        }
    }

    /// What tables and JSON show: what lines do, of a step that holds its facts and warnings as well, and of each fact all.
    fn whole(&self) -> Vec<Shown> {
        let whole = self.steps().map(|(step, plain)| Shown {
            facts: self.facts(&step),
            warnings: Self::warnings(&step),
            ..plain.clone()
        });
        whole.collect()
    }

    /// What is shown to people: the same, but that no fact says what the rows beside it say.
    fn beside(&self) -> Vec<Shown> {
        let beside = self.steps().zip(self.whole());
        let beside = beside.map(|((step, _), whole)| Shown {
            facts: screens::facts_of(&step, whole.facts.clone()),
            ..whole
        });
        beside.collect()
    }

    fn same(&self, face: &str, shown: &[Shown], expected: &[Shown]) {
        assert_eq!(shown.len(), expected.len(), "{face}");
        for ((shown, expected), (step, _)) in shown.iter().zip(expected).zip(self.steps()) {
            assert_eq!(shown, expected, "{face} on the left, plain on the right, of {step:#?}");
        }
    }

    /// What keeps the gate locked, as the lines of these steps have it; and the words of what only is advice.
    fn gate(&self) -> (ShownGate, Vec<String>, Vec<String>) {
        let (required, advisory): (Vec<_>, Vec<_>) =
            self.steps().partition(|(step, _)| step.step.weight == Weight::Required);
        let none_applies = required.iter().all(|(step, _)| step.status == StepStatus::DoesNotApply);
        let is_open = |(step, _): &(Assessment<'_>, &Shown)| !step.status.is_held();
        let required: Vec<_> = required.into_iter().filter(|step| none_applies || is_open(step)).collect();
        let advisory: Vec<_> = advisory.into_iter().filter(is_open).collect();
        let gate =
            required.iter().map(|(step, shown)| (title(step), shown.reason.clone().unwrap_or_default()));
        let word = |(_, shown): &(Assessment<'_>, &Shown)| shown.status.clone();
        (gate.collect(), required.iter().map(word).collect(), advisory.iter().map(word).collect())
    }

    fn on_screens(&self) {
        let screens = screens::screens(self.run, self.now, self.words);
        let pages: Vec<Shown> = self
            .steps()
            .zip(self.beside())
            .map(|((step, _), whole)| Shown {
                reason: screens::reason_of(&step.status, self.reason_beside_rows(&step), self.waits(&step)),
                facts: screens::unmet_first(&step, whole.facts),
                ..whole
            })
            .collect();
        self.same("the selected step", &screens.pages, &pages);
        let first: Vec<Option<String>> = self.steps().map(|(step, _)| first(&step.next)).collect();
        assert_eq!(screens.first, first, "what Enter does on the page of a step");
        self.what_enter_does_in_lines(&first);
        let list: Vec<Listed> = self
            .steps()
            .map(|(step, _)| {
                let waits = self.waits(&step);
                (title(&step), self.text.standing(&step), waits)
            })
            .collect();
        assert_eq!(screens.list, list, "the list");
        assert_eq!(screens.headings, self.headings(), "the list");
        let (gate, words, advisory) = self.gate();
        // They stand below, each once.
        let none = self.nothing_applies();
        let (gate, words) = if none { (Vec::new(), Vec::new()) } else { (gate, words) };
        assert_eq!(screens.gate, gate, "the gate's screen");
        self.says_that_nothing_applies("the gate's screen", &screens.gate_lines.join("\n"));
        self.says_what_is_left_out("the gate's screen", &screens.gate_lines.join("\n"));
        assert_eq!((screens.gate_words, screens.advisory), (words, advisory), "the gate's screen");
    }

    fn in_check(&self) {
        let lines = check_lines(self.run, self.now, self.text);
        let check: Vec<Shown> =
            lines::steps(&lines, self.words, self.text).into_iter().map(|(_, shown)| shown).collect();
        self.same("check", &check, &self.plain);
        let headings = self.words.headings(lines.iter().map(String::as_str));
        assert_eq!(headings, self.headings(), "check");
        let json = report::check::json(self.run, self.now, self.text);
        assert_eq!(reports::groups(&json), self.groups(), "check's JSON");
        let (steps, gate) = reports::json(&json, self.words, self.text);
        self.same("check's JSON", &steps, &self.whole());
        assert_eq!(gate, self.gate().0, "check's JSON");
        assert_eq!(reports::left_out(&json), self.left_out(), "check's JSON");
        let lines = gate_lines(self.run, self.now, self.text);
        self.says_what_is_left_out("the gate in lines", &lines.join("\n"));
        self.says_that_nothing_applies("the gate in lines", &lines.join("\n"));
        assert_eq!(self.words.gate(&lines[1..].join("\n")), gate, "the gate in lines");
    }

    fn in_reports(&self, state: &State, folder: &Folder) {
        let report = reports::report(state, folder, self.text);
        let json = reports::json(&report::json(&report), self.words, self.text);
        assert_eq!(reports::groups(&report::json(&report)), self.groups(), "JSON");
        let pages = [report::markdown(&report, self.text), report::html(&report, self.text)];
        assert_eq!(reports::left_out(&report::json(&report)), self.left_out(), "JSON");
        for page in &pages {
            self.says_what_is_left_out("a page", page);
            self.says_that_nothing_applies("a page", reports::before_steps(page));
            assert_eq!(reports::headings(page, self.words), self.headings(), "{page}");
        }
        let markdown = reports::markdown(&pages[0], self.words, self.text);
        let html = reports::html(&pages[1], self.words, self.text);
        for (face, (steps, gate), expected) in [
            ("JSON", json, self.whole()),
            ("Markdown", markdown, self.beside()),
            ("HTML", html, self.beside()),
        ] {
            self.same(face, &steps, &expected);
            let is_read = face != "JSON";
            let expected = if is_read && self.nothing_applies() { Vec::new() } else { self.gate().0 };
            assert_eq!(gate, expected, "{face}");
        }
        let of =
            |whole: Vec<Shown>, part: &dyn Fn(&Assessment<'_>, &Shown) -> Shown| -> Vec<(String, Shown)> {
                let steps = self.steps().zip(whole);
                steps.map(|((step, _), whole)| (title(&step), part(&step, &whole))).collect()
            };
        let csv = report::csv(&report, self.text);
        let groups = self.steps().map(|(step, _)| title(&step));
        let groups: Vec<(String, String)> =
            groups.zip(self.groups()).map(|(title, group)| (title, group.unwrap_or_default())).collect();
        assert_eq!(tables::groups(&csv, self.words), groups, "CSV");
        assert_eq!(tables::left_out(&csv), self.left_out(), "CSV");
        let csv = tables::csv(&csv, self.words);
        tables::assert_same("CSV", &csv, &of(self.whole(), &|_, whole| tables::of_csv(whole)));
        let junit = report::junit(&report, self.text);
        let left_out = format!("name=\"left-out\" value=\"{}\"", self.left_out().join(", "));
        assert_eq!(junit.contains(&left_out), !self.left_out().is_empty(), "JUnit: {junit}");
        let junit = tables::junit(&junit, self.words);
        let counts = |step: &Assessment<'_>| step.step.weight == Weight::Required;
        tables::assert_same(
            "JUnit",
            &junit,
            &of(self.beside(), &|step, whole| tables::of_junit(whole, counts(step))),
        );
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
        let all = self.last.is_empty();
        let news = self.printed.news(shows.run, shows.now, shows.text);
        let headings = shows.words.headings(news.iter().map(String::as_str));
        assert_eq!(headings, if all { shows.headings() } else { Vec::new() }, "watch");
        self.last.extend(lines::steps(&news, shows.words, shows.text));
        let known: Vec<Shown> = self.last.values().cloned().collect();
        // While a step is checked again, what waits for it is not told anew.
        let is_told =
            |place: &usize| !is_looked_at_again(shows.run, &shows.run.assess_all(shows.now)[*place]);
        let told: Vec<usize> = (0..known.len()).filter(is_told).collect();
        // Nor does a clock that goes on make news.
        let waits = shows.text.word_polling();
        let at_rest = |shown: &Shown| {
            if shown.status == waits { Shown { reason: None, ..shown.clone() } } else { shown.clone() }
        };
        let of = |all: &[Shown]| told.iter().map(|place| at_rest(&all[*place])).collect::<Vec<_>>();
        assert_eq!(of(&known), of(&shows.plain), "watch on the left, plain on the right");
    }
}

#[test]
fn of_a_session_and_what_needs_it() {
    let seen = faces_agree(checklists::pair());
    // These have walks of their own.
    let others = ["polling", "does-not-apply"];
    let all = status_words(Text::default()).into_iter().filter(|(own, _)| !others.contains(own));
    assert_eq!(seen, all.map(|(_, word)| word).collect(), "not every status was reached");
}

#[test]
fn of_steps_that_do_not_apply() {
    let seen = faces_agree(checklists::conditional());
    assert!(seen.contains(&Text::default().word_does_not_apply()), "all apply: {seen:?}");
}

#[test]
fn of_a_step_that_does_not_apply_beside_one_that_does() {
    faces_agree(checklists::partly());
}

#[test]
fn of_a_step_that_is_checked_again_after_its_apply() {
    let seen = faces_agree(checklists::checked_again());
    assert!(seen.contains(&Text::default().word_polling()), "it never waits: {seen:?}");
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
fn of_a_step_whose_rows_must_speak_of_names() {
    faces_agree(checklists::covering());
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
