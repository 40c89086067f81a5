//! The faces for who was not there: JSON, Markdown, HTML.

use std::sync::Arc;

use greenlight::facade::checklist::Sha;
use greenlight::facade::journal::{Condition, Contents, Folder, Head, Header};
use greenlight::facade::report::{Folding, Report};
use greenlight::facade::run::{RunKind, Stamped};
use greenlight::facade::text::Text;
use regex_lite::Regex;
use serde_json::Value;

use super::shown::{Shown, ShownFact, ShownGate, ShownHeading, Words, status_words};
use super::walk::State;

/// The report of what was written.
pub fn report(state: &State, folder: &Folder, text: Text) -> Report {
    let checklist = Arc::new(state.run.checklist().clone());
    let mut folding = Folding::new(Arc::clone(&checklist));
    state.written.iter().for_each(|stamped| folding.add(stamped));
    let header = Header {
        format: 1,
        run: "run".into(),
        checklist: checklist.sha256,
        greenlight: None,
        kind: RunKind::Checklist,
    };
    let head = Head { seq: state.written.len() as u64, hash: Sha::of(b"head") };
    let read = Contents { header, events: Vec::<Stamped>::new(), head, condition: Condition::Whole };
    folding.finish(folder, &read, text)
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

/// The steps of a JSON, and the gate.
pub fn json(json: &str, words: &Words, text: Text) -> (Vec<Shown>, ShownGate) {
    let json: Value = serde_json::from_str(json).unwrap();
    let title = |id: &Value| format!("TITLE-{}", id.as_str().unwrap());
    let reasons = json["gate"]["reasons"].as_array().unwrap().iter();
    // With what was found behind it, where that is known.
    let reason = |why: &Value| words.reason(why["reason"].as_str().unwrap()).unwrap_or_default();
    let gate = reasons.map(|why| (title(&why["step"]), reason(why)));
    let steps = json["steps"].as_array().unwrap().iter().map(|step| of_json(step, words, text));
    (steps.collect(), gate.collect())
}

/// What is left out, as the gate of a JSON has it.
pub fn left_out(json: &str) -> Vec<String> {
    let json: Value = serde_json::from_str(json).unwrap();
    json["gate"].get("left_out").map(strings).unwrap_or_default()
}

fn of_json(step: &Value, words: &Words, text: Text) -> Shown {
    let word = step["status"].as_str().unwrap();
    let (_, status) = status_words(text).into_iter().find(|(own, _)| *own == word).expect(word);
    let stated = word == "green" && step["basis"] == "statement";
    let status = if stated { text.word_stated() } else { status };
    let word = |value: &Value, kind| words.of_kind(kind, value.as_str().unwrap()).pop().unwrap_or_default();
    let facts = step["facts"].as_array().unwrap().iter().map(|fact| ShownFact {
        names: words.covered(
            &word(&fact["property"], "PROPERTY"),
            &format!("{} {}", fact["expected"], fact["found"]),
        ),
        property: word(&fact["property"], "PROPERTY"),
        expected: word(&fact["expected"], "EXPECTED"),
        found: word(&fact["found"], "FOUND"),
        met: fact["met"].as_bool().unwrap(),
    });
    let rows = step["failing"].as_array().unwrap().iter().map(|row| {
        [("key", "KEY"), ("property", "PROPERTY"), ("found", "FOUND")]
            .map(|(field, kind)| word(&row[field], kind))
    });
    let leads = step.get("go").and_then(Value::as_array).into_iter().flatten();
    let leads = leads.map(|go| {
        let act = go["act"].as_str().unwrap();
        if go["step"] == step["id"] {
            format!("{act} this step")
        } else {
            format!("{act} TITLE-{}", go["step"].as_str().unwrap())
        }
    });
    let failures = step["failures"].as_array().unwrap().iter();
    let shown = Shown {
        status,
        reason: step["reason"].as_str().map(str::to_owned),
        facts: facts.collect(),
        rows: rows.collect(),
        warnings: step.get("warnings").map(strings).unwrap_or_default(),
        errors: failures.map(|failure| word(&failure["message"], "ERROR")).collect(),
        remedies: strings(&step["remedies"]),
        leads: leads.collect(),
        failed: step.get("failed_sign_ins").map(|failed| u32::try_from(failed.as_u64().unwrap()).unwrap()),
    };
    nothing_else(step, &shown, words);
    shown
}

/// The nearest remedy stands for itself as well; else nothing stands outside the lists of its kind.
fn nothing_else(step: &Value, shown: &Shown, words: &Words) {
    let mut rest = step.clone();
    let rest = rest.as_object_mut().unwrap();
    let remedy = rest.remove("remedy");
    // What the commands of a step came to is history: what counts of it stands above.
    rest.remove("last_attempts");
    // It may tell the first of the errors.
    rest.remove("reason");
    rest.remove("applies");
    let nearest = remedy.as_ref().and_then(Value::as_str).map(|remedy| words.of_kind("REMEDY", remedy));
    assert_eq!(nearest.unwrap_or_default(), shown.remedies.first().cloned().into_iter().collect::<Vec<_>>());
    let rest = serde_json::to_string(rest).unwrap();
    let count = |kind| words.of_kind(kind, &rest).len();
    let properties = shown.facts.len() + shown.rows.len();
    let listed = [shown.errors.len(), shown.remedies.len(), properties, shown.warnings.len()];
    let counts = ["ERROR", "REMEDY", "PROPERTY", "WARNING"].map(count);
    assert_eq!(counts, listed, "{rest}");
    let in_facts = words.of_kind("FOUND", &step["facts"].to_string()).len();
    assert_eq!(count("FOUND"), in_facts + shown.rows.len(), "{rest}");
}

/// The group of each step of a JSON.
pub fn groups(json: &str) -> Vec<Option<String>> {
    let json: Value = serde_json::from_str(json).unwrap();
    let group = |step: &Value| step.get("group").map(|group| group.as_str().unwrap().to_owned());
    json["steps"].as_array().unwrap().iter().map(group).collect()
}

/// The headings of the overview of a page.
pub fn headings(page: &str, words: &Words) -> Vec<ShownHeading> {
    // What a reader sees, each cell apart.
    let page = Regex::new("<[^>]*>").unwrap().replace_all(page, " ");
    words.headings(page.lines())
}

/// What stands on a page before its steps, but for their table.
pub fn before_steps(page: &str) -> &str {
    let page = page.split("<section").next().unwrap();
    page.split("\n### ").next().unwrap()
}

/// What keeps the gate locked; what does not apply is listed below it.
fn gate(overview: &str, words: &Words, text: Text) -> ShownGate {
    let below = format!("{}:", text.not_applying());
    let above = overview.lines().take_while(|line| *line != below);
    words.gate(&above.filter(|line| line.starts_with("- ")).collect::<Vec<_>>().join("\n"))
}

/// A page of Markdown: the steps, and the gate.
pub fn markdown(page: &str, words: &Words, text: Text) -> (Vec<Shown>, ShownGate) {
    let (overview, steps) = page.split_once("\n### ").unwrap();
    let steps: Vec<Shown> =
        steps.split("\n### ").map(|step| of_page(step.trim_start_matches("### "), words, text)).collect();
    the_table_has_the_same_words(overview, &steps, words, |line| {
        line.rsplit('|').nth(2).unwrap().trim().to_owned()
    });
    (steps, gate(overview, words, text))
}

/// A page of HTML: the steps, and the gate.
pub fn html(page: &str, words: &Words, text: Text) -> (Vec<Shown>, ShownGate) {
    let page = page.split_once("</style>").unwrap().1;
    // What a reader sees, each cell apart.
    let page = page.replace("</td>", " | ").replace("<li>", "\n- ");
    let page = Regex::new("<h3>").unwrap().replace_all(&page, "### ");
    let page = Regex::new(r#" <span class="word[^"]*">"#).unwrap().replace_all(&page, ": ");
    let page = Regex::new("<[^>]*>").unwrap().replace_all(&page, "");
    let page = page.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let (overview, steps) = page.split_once("\n### ").unwrap();
    let steps: Vec<Shown> = steps.split("\n### ").map(|step| of_page(step, words, text)).collect();
    the_table_has_the_same_words(overview, &steps, words, |line| {
        line.rsplit('|').nth(2).unwrap().trim().trim_start_matches(": ").to_owned()
    });
    (steps, gate(overview, words, text))
}

/// A step on a page: `1. TITLE-a: red`, and what follows.
fn of_page(step: &str, words: &Words, text: Text) -> Shown {
    // What its commands came to, with their first errors, is history: what counts of it stands above.
    let history = text.report_attempts("");
    let step = step.split(history.trim()).next().unwrap();
    let (heading, rest) = step.split_once('\n').unwrap();
    words.title(heading).expect("the title stands in the heading");
    let status = heading.rsplit(": ").next().unwrap().trim().to_owned();
    let lines: Vec<String> = rest.lines().map(str::to_owned).collect();
    let yes = format!(" {} |", text.report_yes());
    words.shown(status, &lines, |line| line.contains(&yes))
}

fn the_table_has_the_same_words(
    overview: &str,
    steps: &[Shown],
    words: &Words,
    word: impl Fn(&str) -> String,
) {
    let rows = overview.lines().filter(|line| line.contains('|') && words.title(line).is_some());
    let rows: Vec<String> = rows.map(word).collect();
    let each: Vec<&str> = steps.iter().map(|step| step.status.as_str()).collect();
    assert_eq!(rows, each, "{overview}");
}
