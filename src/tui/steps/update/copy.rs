//! Copy: the line that was found in the output, where that has the keys; else the step's commands and addresses, one after
//! another.

use super::super::pane::Pane;
use super::super::state::StepsState;
use crate::checklist::explain::commands_of;
use crate::run::Assessment;
use crate::tui::View;
use crate::tui::steps::commands::enter_runs;
use crate::tui::turn::Turn;

impl StepsState {
    pub(super) fn copy(&mut self, view: &View<'_>) -> Turn {
        if let Some(line) = self.found_line(view).filter(|_| self.pane == Pane::Output) {
            return Turn::copies(&line, view.text.copied(&line));
        }
        let step = view.step(self.selected());
        let Some(assessment) = step.and_then(|step| view.run.assess(&step.id, view.now)) else {
            return Turn::default();
        };
        let all = all(view, &assessment);
        let step = &assessment.step.id;
        let next = self.copied.take().filter(|(of, _)| of == step).map_or(0, |(_, last)| last + 1);
        let place = next.checked_rem(all.len()).unwrap_or_default();
        let Some(text) = all.get(place) else { return Turn::says(view.text.copied_nothing()) };
        self.copied = Some((step.clone(), place));
        Turn::copies(text, view.text.copied_of(place + 1, all.len(), text.lines().next().unwrap_or_default()))
    }

    fn found_line(&self, view: &View<'_>) -> Option<String> {
        let hit = self.output_view.hit()?;
        let shown = self.output_view.shown(view.live);
        shown.iter().find(|(number, _)| *number == hit).map(|(_, line)| line.text.clone())
    }
}

/// What can be copied of a step: first the command that Enter runs.
fn all<'a>(view: &'a View<'_>, assessment: &Assessment<'a>) -> Vec<&'a str> {
    let step = assessment.step;
    let runs = enter_runs(view, step, &assessment.next).map(|runs| runs.command);
    let commands = commands_of(step).into_iter().map(|runnable| runnable.command);
    let remedies = assessment.remedies.iter().filter_map(|remedy| remedy.docs.as_deref());
    let mut all: Vec<&str> = Vec::new();
    for text in runs.into_iter().chain(commands).chain(remedies).chain(step.docs.iter().map(String::as_str)) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}
