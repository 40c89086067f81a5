//! What the frames of an act tell.

use std::collections::BTreeMap;

use greenlight::facade::run::Attempt;
use greenlight::facade::text::Text;
use greenlight::facade::tui::{Glyphs, Layer};
use regex_lite::Regex;

use super::super::acts::Act;
use super::super::{Standing, Told, WHY, asked, held, of_kinds, progress, quoted};

/// A frame, and what ran when it was drawn.
pub struct Frame {
    pub rows: Vec<String>,
    pub layer: Layer,
    pub selected: usize,
    pub running: Option<Attempt>,
}

/// What the frames tell of an act, before which this ran.
pub fn told(
    act: Act,
    frames: &[Frame],
    titles: &[&str],
    ran_before: Option<Attempt>,
    refused: Option<String>,
) -> Told {
    let new = frames.iter().filter(|frame| frame.running.is_none() || frame.running != ran_before);
    let mut ran: Vec<String> = new.filter_map(|frame| runs(frame, titles)).collect();
    ran.dedup();
    let began = frames.iter().position(|frame| frame.running.is_some()).unwrap_or(frames.len());
    let text =
        |frames: &[Frame]| frames.iter().flat_map(|frame| frame.rows.clone()).collect::<Vec<_>>().join("\n");
    let dialogs = frames.iter().filter(|frame| match frame.layer {
        Layer::Briefing
        | Layer::Attest
        | Layer::Confirm
        | Layer::Question
        | Layer::Confirming
        | Layer::Sealed => true,
        Layer::Steps
        | Layer::Looking
        | Layer::Rows
        | Layer::Gate
        | Layer::Rechecking
        | Layer::Quit
        | Layer::Halted
        | Layer::Help
        | Layer::TooSmall => false,
    });
    let dialogs: Vec<String> = dialogs.flat_map(|frame| frame.rows.clone()).collect();
    let in_progress: Vec<String> = frames
        .iter()
        .flat_map(|frame| frame.rows.iter())
        .filter(|row| ["ACTIVITY-", "checking · ", "applying · "].iter().any(|words| row.contains(words)))
        // What was refused changed nothing that was told before.
        .filter(|_| refused.is_none())
        .cloned()
        .collect();
    Told {
        asked: asked(act, &dialogs.join("\n")),
        ran,
        progress: progress(act, &in_progress.join("\n")),
        printed: of_kinds("OUTPUT", &text(&frames[began..])),
        refused,
        held: held(&frames.last().unwrap().rows.join("\n")),
        steps: BTreeMap::new(),
    }
}

/// What a frame says to run: in the title of the output, or in the handoff's list.
fn runs(frame: &Frame, titles: &[&str]) -> Option<String> {
    let text = Text::default();
    let what = [text.checking_before(), text.running_check(), text.running_apply()].join("|");
    let output = Regex::new(&format!("OUTPUT +({what}) · (?:TITLE-([a-z]+))?")).unwrap();
    let again = Regex::new(&format!("{} [0-9:]+ · TITLE-([a-z]+)", text.word_running())).unwrap();
    frame.rows.iter().find_map(|row| {
        if let Some(found) = again.captures(row) {
            return Some(format!("checks {}", &found[1]));
        }
        let found = output.captures(row)?;
        let what = if found[1].starts_with("check") { "checks" } else { "applies" };
        Some(format!("{what} {}", found.get(2).map_or(titles[frame.selected], |title| title.as_str())))
    })
}

/// How the selected step stands, as its page has it.
pub fn standing(rows: &[String], glyphs: &Glyphs) -> (String, Standing) {
    let page = rows.iter().filter_map(|row| row.split_once(glyphs.vertical)).map(|(_, right)| right.trim());
    // Lines show what there was before an apply where one goes into the step.
    let mut is_of_before = false;
    let now = page.filter(|row| {
        is_of_before = *row == Text::default().found_before() || is_of_before && !row.is_empty();
        !is_of_before && !row.is_empty()
    });
    let page: Vec<&str> = now.collect();
    let [title, state, ..] = page.as_slice() else { panic!("{rows:#?}") };
    let word = state.split(glyphs.dot).next().unwrap();
    let word: Vec<&str> = word.split_whitespace().filter(|word| word.chars().count() > 1).collect();
    // What was printed stands below the page.
    let page: Vec<&str> = page.iter().take_while(|row| !row.starts_with("OUTPUT ")).copied().collect();
    let below = page[1..].join("\n");
    let mut why = of_kinds(WHY, &below);
    why.extend(quoted(&below));
    if word == [Text::default().word_green()] {
        // In lines a step that holds is one line.
        why.clear();
    }
    let remedy = Regex::new("REMEDY-[a-z]+").unwrap().find(&below).map(|found| found.as_str().to_owned());
    ((*title).to_owned(), (word.join(" "), why, remedy))
}
