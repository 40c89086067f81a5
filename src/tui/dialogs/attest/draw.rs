//! A statement, above the fields of the one who signs it.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::super::{framed, keys};
use super::state::AttestForm;
use crate::checklist::StepKind;
use crate::tui::View;
use crate::tui::body::Body;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::Focus;
use crate::tui::theme::Meaning;
use crate::tui::viewport::Viewport;

/// The statement, of which all must have been in sight before it can be signed, above the fields of the one who signs.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    form: &AttestForm,
    offers: &dyn Fn(Action) -> bool,
) -> Option<Viewport> {
    let text = view.text;
    let StepKind::Attested { statement } = &view.run.checklist().step(&form.step)?.kind else { return None };
    let mut page = super::super::page(view, area);
    page.text(statement.get(text.lang()), Meaning::Title);
    page.gap();
    page.text(&text.attest_meaning(), Meaning::Muted);
    let mut signed = super::super::page(view, area);
    signed.heading_at(2, &text.attest_name(), Meaning::Base);
    signed.field(&form.name, Focus::of(0, form.focus));
    signed.heading_at(2, &text.attest_note(), Meaning::Base);
    signed.field(&form.note, Focus::of(1, form.focus));
    signed.gap();
    signed.button(&text.attest_button(), Focus::of(2, form.focus));
    let keys = keys(view, KeyContext::Form, page.columns(), offers);
    let body = Body { page, scroll: form.scroll, form: Some(signed) };
    Some(framed(frame, area, view, &text.attest_title(view.numbered(&form.step)), body, keys))
}
