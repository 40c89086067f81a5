//! The faces that are lines: plain, `check`, `watch`.

use greenlight::facade::text::Text;

use super::shown::{Shown, Words};

/// What is said of each step that these lines are about, with its title.
pub fn steps(lines: &[String], words: &Words, text: Text) -> Vec<(String, Shown)> {
    let met = text.fact_met_line("", "", "");
    let met = met.split(':').next().unwrap().trim().to_owned();
    let mut steps: Vec<(String, String, Vec<String>)> = Vec::new();
    for line in lines.iter().filter(|line| !words.is_heading(line)) {
        if line.starts_with('[') {
            let (title, before) = words.title(line).expect("a step is named where it begins");
            let (_, status) = before.split_once(']').unwrap();
            let status = status.trim().trim_end_matches(':').to_owned();
            steps.push((title.to_owned(), status, Vec::new()));
        } else {
            steps.last_mut().unwrap().2.push(line.clone());
        }
    }
    let shown = |(title, status, lines): (String, String, Vec<String>)| {
        (title, words.shown(status, &lines, |line| line.contains(&met)))
    };
    steps.into_iter().map(shown).collect()
}
