//! What would be changed and how, above the field of its word.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::super::{AROUND, framed, keys};
use super::state::ConfirmForm;
use crate::checklist::{Apply, Check, StepKind};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::{Focus, Page};
use crate::tui::theme::Meaning;
use crate::tui::viewport::{FieldPlace, Viewport};

/// What would be changed and how, of which all must have been in sight before it can be confirmed.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    form: &ConfirmForm,
    offers: &dyn Fn(Action) -> bool,
) -> Option<Viewport> {
    let text = view.text;
    let step = view.run.checklist().step(&form.step)?;
    let StepKind::Measured { check, apply: Some(apply) } = &step.kind else { return None };
    let page = change(view, area, form, check, apply);
    let mut typed = super::super::page(view, area);
    let key = view.keys.name_of(KeyContext::Changing, Action::Go, text);
    typed.heading_at(2, &text.type_to_confirm(form.word(text), key), Meaning::Title);
    typed.field(&form.confirmation.typed, Focus::Here);
    let (body, field) = form.confirmation.laid_out(page, typed, area.height.saturating_sub(AROUND));
    let context = match field {
        FieldPlace::InSight | FieldPlace::Nowhere => KeyContext::Changing,
        FieldPlace::BelowTheEnd => KeyContext::Reading,
    };
    let keys = keys(view, context, body.page.columns(), offers);
    let title = text.confirm_title(view.numbered(&form.step));
    Some(Viewport { field, ..framed(frame, area, view, &title, body, keys) })
}

/// The rows of what would be changed, and by which command.
fn change<'a>(view: &'a View<'a>, area: Rect, form: &ConfirmForm, check: &Check, apply: &Apply) -> Page<'a> {
    let text = view.text;
    let mut page = super::super::page(view, area);
    page.text(&text.confirm_changes(text.changes(apply.changes)), Meaning::Doubt);
    if let Some(subject) = &form.subject {
        page.text(&text.subject_named(text.scope(subject.scope), text.subject(subject)), Meaning::Title);
    }
    if let Some(note) = &apply.note {
        page.gap();
        page.text(note.get(text.lang()), Meaning::Base);
    }
    let found = view.run.assess(&form.step, view.now).and_then(|step| step.would_change());
    if let Some(found) = found {
        page.gap();
        page.heading(&text.found_to_change(), Meaning::Muted);
        for value in text.old_values(&found) {
            page.indented(1, &value, Meaning::Base);
        }
    }
    page.gap();
    page.heading(&text.confirm_command(), Meaning::Muted);
    page.command(&apply.command);
    let values = view.run.values_of(&apply.command);
    if !values.is_empty() {
        page.gap();
        page.heading(&text.confirm_values(), Meaning::Muted);
        for value in values {
            page.indented(1, &value, Meaning::Base);
        }
    }
    page.gap();
    page.text(&text.confirm_checked_after(), Meaning::Muted);
    if let Some(until) = check.until.as_deref() {
        page.text(&text.until_of(*until, view.run.pace()), Meaning::Muted);
    }
    page
}
