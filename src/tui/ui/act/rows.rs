//! What an action does in the table of failing rows.

use super::super::{Intent, Screen, Ui};
use crate::checklist::StepId;
use crate::tui::View;
use crate::tui::keymap::Action;
use crate::tui::rows_view::RowsView;

impl Ui {
    /// The step whose failing rows the key shows: the selected one, or of a sealed run, where none is, the first that has some.
    pub(in crate::tui::ui) fn has_rows(&self, view: &View<'_>) -> Option<StepId> {
        if view.run.is_sealed() {
            return steps_with_rows(view).into_iter().next();
        }
        let step = view.step(self.selected)?;
        let failed = view.run.assess(&step.id, view.now)?.rows;
        failed.map(|_| step.id.clone())
    }

    pub(super) fn open_rows(&mut self, view: &View<'_>) {
        match self.has_rows(view) {
            Some(step) => self.screen = Screen::Rows(Box::new(RowsView::new(step))),
            None => self.notice = Some(view.text.rows_none_here()),
        }
    }

    pub(super) fn on_rows(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Screen::Rows(rows) = &mut self.screen else { return None };
        let page = i64::from(self.viewport.table_rows.max(1));
        let half = isize::try_from(self.size.columns / 2).unwrap_or(1);
        match action {
            Action::Next => rows.scroll(&self.viewport, 1),
            Action::Previous => rows.scroll(&self.viewport, -1),
            Action::PageDown => rows.scroll(&self.viewport, page),
            Action::PageUp => rows.scroll(&self.viewport, -page),
            Action::First => rows.scroll(&self.viewport, i64::MIN),
            Action::Last => rows.scroll(&self.viewport, i64::MAX),
            Action::Left => rows.scroll_sideways(&self.viewport, -half),
            Action::Right => rows.scroll_sideways(&self.viewport, half),
            Action::Search => rows.ask(),
            Action::Go => rows.keep_filter(),
            Action::Close if rows.clear_filter() => {}
            Action::Close => self.screen = Screen::Steps,
            Action::Pane => {
                let steps = steps_with_rows(view);
                let at = steps.iter().position(|step| step == rows.step()).map_or(0, |at| at + 1);
                if let Some(next) = steps.into_iter().cycle().nth(at) {
                    self.screen = Screen::Rows(Box::new(RowsView::new(next)));
                }
            }
            _ => {}
        }
        None
    }
}

fn steps_with_rows(view: &View<'_>) -> Vec<StepId> {
    let steps = view.run.assess_all(view.now).into_iter().filter(|step| step.rows.is_some());
    steps.map(|assessment| assessment.step.id.clone()).collect()
}
