//! Dialogs: a frame in the middle of the screen, with everything that is needed to answer.
//!
//! ```text
//!  ┌ Apply: The tenant shares its SIP address space ──────────┐
//!  │                                                          │
//!  │  This changes the online tenant, for all its users.      │
//!  │                                                          │
//!  │   Set-CsTenantFederationConfiguration -SharedSip…        │
//!  │                                                          │
//!  │  Type APPLY and press Enter                              │
//!  │  > [APP                                              ]   │
//!  │                                                          │
//!  │  Enter confirm   Esc cancel                              │
//!  └──────────────────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use super::View;
use super::body::Body;
use super::chrome::fitting;
use super::form::{AttestForm, ConfirmForm, Mark, PromptBody, PromptField, PromptForm};
use super::keymap::{self, Action, KeyContext};
use super::page::{Focus, Ground, Page};
use super::theme::Meaning;
use super::ui::{Dialog, Ui};
use super::viewport::{FieldPlace, Viewport};
use super::visible::{escape_controls, truncate_to_width, width};
use crate::checklist::{Apply, StepId, StepKind};
use crate::run::Prompt;
use crate::run::prompt::{Choice, Field, Pick};

const WIDEST: u16 = 84;

/// How many rows of a dialog are its frame, its keys, and the blank ones around what stands in it.
const AROUND: u16 = 5;

/// Draws the dialog that has the keys, if one has; gives how far it can be scrolled.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &Ui) -> Option<Viewport> {
    let unread = ui.unread_ms(view) > 0;
    if let (KeyContext::Halted, Some(why)) = (ui.context(view), ui.halted()) {
        return Some(halted(frame, area, view, why, unread));
    }
    if let (KeyContext::Form | KeyContext::Choice, Some(form)) = (ui.context(view), ui.prompt()) {
        return prompt(frame, area, view, form, unread);
    }
    // A dialog of the steps' screen is not shown while something else has the keys.
    match (ui.dialog()?, ui.context(view)) {
        (Dialog::Quit, KeyContext::Question | KeyContext::Help) => Some(quit(frame, area, view)),
        (Dialog::Confirm(form), KeyContext::Changing | KeyContext::Reading | KeyContext::Help) => {
            confirm(frame, area, view, form)
        }
        (Dialog::Attest(form), KeyContext::Form | KeyContext::Help) => {
            attest(frame, area, view, form, ui.scroll())
        }
        (Dialog::Quit | Dialog::Confirm(_) | Dialog::Attest(_), _) => None,
    }
}

/// A page of the width that a dialog has inside.
fn page<'a>(view: &'a View<'a>, area: Rect) -> Page<'a> {
    let outside = area.width.saturating_sub(4).min(WIDEST);
    Page::new(view, outside.saturating_sub(6), Ground::Dialog)
}

/// Draws the frame, the rows in it and the keys below them; gives how far the rows can be scrolled.
pub(super) fn framed(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    title: &str,
    body: Body<'_>,
    keys: Line<'static>,
) -> Viewport {
    let columns = super::page::cells(body.page.columns()).saturating_add(6).min(area.width);
    let rows = body.height().saturating_add(AROUND).min(area.height);
    let at = Rect {
        x: area.x + (area.width - columns) / 2,
        y: area.y + (area.height - rows) / 2,
        width: columns,
        height: rows,
    };
    let border = view.theme.style(Meaning::DialogBorder);
    let title = truncate_to_width(
        &escape_controls(title),
        usize::from(columns).saturating_sub(6),
        view.glyphs.ellipsis,
    );
    let block = Block::bordered()
        .border_type(BorderType::Plain)
        .border_set(view.glyphs.border)
        .border_style(border)
        .style(view.theme.style(Meaning::Dialog))
        .title(Span::styled(format!(" {title} "), view.theme.on_dialog(Meaning::Title)));
    let inside = block.inner(at);
    // What is behind steps back.
    frame.buffer_mut().set_style(area, view.theme.style(Meaning::Border));
    frame.render_widget(Clear, at);
    frame.render_widget(block, at);
    let inside = Rect { x: inside.x + 2, width: inside.width.saturating_sub(4), ..inside };
    let within = Rect { y: inside.y + 1, height: inside.height.saturating_sub(3), ..inside };
    let foot = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    frame.render_widget(keys, foot.intersection(area));
    body.draw(frame, within.intersection(area))
}

/// The keys of a context as the last row of a dialog, as many as fit; the way out is always among them.
pub(super) fn keys(
    view: &View<'_>,
    context: KeyContext,
    columns: usize,
    offers: &dyn Fn(Action) -> bool,
) -> Line<'static> {
    let (accent, muted) = (view.theme.on_dialog(Meaning::Accent), view.theme.on_dialog(Meaning::Muted));
    let always = |action| matches!(action, Action::Go | Action::Close | Action::PageDown);
    let items = fitting(context, view.text, columns, offers, &always);
    let spans = items
        .into_iter()
        .flat_map(|(key, label)| [Span::styled(key, accent), Span::styled(format!(" {label}   "), muted)]);
    Line::from(spans.collect::<Vec<_>>())
}

fn quit(frame: &mut Frame<'_>, area: Rect, view: &View<'_>) -> Viewport {
    let mut page = page(view, area);
    page.text(&view.text.quit_running(), Meaning::Base);
    if let Some(running) = view.run.running() {
        page.gap();
        page.command(&running.command);
    }
    page.gap();
    page.text(&view.text.quit_nothing_lost(), Meaning::Muted);
    let keys = keys(view, KeyContext::Question, page.columns(), &|_| true);
    framed(frame, area, view, &view.text.quit_title(), page.into(), keys)
}

fn halted(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, why: &str, unread: bool) -> Viewport {
    let mut page = page(view, area);
    page.text(why, Meaning::Bad);
    page.gap();
    page.text(&view.text.halted_meaning(), Meaning::Base);
    // A key is shown where it works.
    let keys = keys(view, KeyContext::Halted, page.columns(), &|_| !unread);
    framed(frame, area, view, &view.text.halted_title(), page.into(), keys)
}

/// What would be changed and how, of which all must have been in sight before it can be confirmed.
fn confirm(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, form: &ConfirmForm) -> Option<Viewport> {
    let text = view.text;
    let step = view.run.checklist().step(&form.step)?;
    let StepKind::Measured { apply: Some(apply), .. } = &step.kind else { return None };
    let page = change(view, area, form, apply);
    let mut typed = self::page(view, area);
    let key = keymap::name_of(KeyContext::Changing, Action::Go, text);
    typed.indented(2, &text.type_to_confirm(form.word(text), key), Meaning::Title);
    typed.field(&form.confirmation.typed, Focus::Here);
    let (body, field) = form.confirmation.laid_out(page, typed, area.height.saturating_sub(AROUND));
    let context = match field {
        FieldPlace::InSight | FieldPlace::Nowhere => KeyContext::Changing,
        FieldPlace::BelowTheEnd => KeyContext::Reading,
    };
    let keys = keys(view, context, body.page.columns(), &|_| true);
    let title = text.confirm_title(view.title(&form.step));
    Some(Viewport { field, ..framed(frame, area, view, &title, body, keys) })
}

/// The rows of what would be changed, and by which command.
fn change<'a>(view: &'a View<'a>, area: Rect, form: &ConfirmForm, apply: &Apply) -> Page<'a> {
    let text = view.text;
    let mut page = page(view, area);
    page.text(&text.confirm_changes(text.changes(apply.changes)), Meaning::Doubt);
    if let Some(subject) = &form.subject {
        page.text(&text.subject_named(text.scope(subject.scope), text.subject(subject)), Meaning::Title);
    }
    if let Some(note) = &apply.note {
        page.gap();
        page.text(note.get(text.lang()), Meaning::Base);
    }
    page.gap();
    page.text(&text.confirm_command(), Meaning::Muted);
    page.command(&apply.command);
    let values: Vec<String> = view
        .run
        .checklist()
        .inputs
        .iter()
        .filter(|input| crate::checklist::mentions(&apply.command, input.id.as_str()))
        .map(|input| {
            let value = view.run.inputs().get(&input.id).map(crate::checklist::InputValue::joined);
            format!("${} = {}", input.id, value.unwrap_or_default())
        })
        .collect();
    if !values.is_empty() {
        page.gap();
        page.text(&text.confirm_values(), Meaning::Muted);
        for value in values {
            page.indented(1, &value, Meaning::Base);
        }
    }
    page.gap();
    page.text(&text.confirm_checked_after(), Meaning::Muted);
    page
}

/// The statement, of which all must have been in sight before it can be signed, above the fields of the one who signs.
fn attest(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    form: &AttestForm,
    scroll: u16,
) -> Option<Viewport> {
    let text = view.text;
    let StepKind::Attested { statement } = &view.run.checklist().step(&form.step)?.kind else { return None };
    let mut page = page(view, area);
    page.text(statement.get(text.lang()), Meaning::Title);
    page.gap();
    page.text(&text.attest_meaning(), Meaning::Muted);
    let mut signed = self::page(view, area);
    signed.indented(2, &text.attest_name(), Meaning::Base);
    signed.field(&form.name, Focus::of(0, form.focus));
    signed.indented(2, &text.attest_note(), Meaning::Base);
    signed.field(&form.note, Focus::of(1, form.focus));
    signed.gap();
    signed.button(&text.attest_button(), Focus::of(2, form.focus));
    let keys = keys(view, KeyContext::Form, page.columns(), &|_| true);
    let body = Body { page, scroll, form: Some(signed) };
    Some(framed(frame, area, view, &text.attest_title(), body, keys))
}

fn prompt(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    form: &PromptForm,
    unread: bool,
) -> Option<Viewport> {
    let text = view.text;
    let running = view.run.running()?;
    let asking = running.asking.as_ref()?;
    let mut page = page(view, area);
    let (caption, context) = match &asking.prompt {
        Prompt::Credential { caption, message, .. } => {
            before_credential(&mut page, view, &running.step);
            message_rows(&mut page, message);
            fields(&mut page, form, &[(text.user_name(), ""), (text.password(), "")]);
            (caption.clone(), KeyContext::Form)
        }
        Prompt::Line => {
            fields(&mut page, form, &[(text.a_line(), "")]);
            (String::new(), KeyContext::Form)
        }
        Prompt::SecureLine => {
            fields(&mut page, form, &[(text.a_secret(), "")]);
            (String::new(), KeyContext::Form)
        }
        Prompt::Fields { caption, message, fields: asked } => {
            message_rows(&mut page, message);
            let label = |field: &Field| {
                let name = if field.label.is_empty() { &field.name } else { &field.label };
                format!("{name} ({})", field.type_name)
            };
            let labels: Vec<(String, &str)> =
                asked.iter().map(|field| (label(field), field.help.as_str())).collect();
            fields(&mut page, form, &labels);
            (caption.clone(), KeyContext::Form)
        }
        Prompt::Choice { caption, message, choices: asked, pick, .. } => {
            message_rows(&mut page, message);
            choices(&mut page, view, form, asked, *pick);
            (caption.clone(), KeyContext::Choice)
        }
    };
    page.gap();
    page.text(&text.asked_by(), Meaning::Muted);
    page.command(&running.command);
    let caption = if caption.trim().is_empty() { text.prompt_title() } else { caption };
    let many = matches!(&form.body, PromptBody::Choices(Pick::Many, _));
    // A key is shown where it works.
    let offers = |action| !unread && (action != Action::Toggle || many);
    let keys = keys(view, context, page.columns(), &offers);
    Some(framed(frame, area, view, &caption, page.into(), keys))
}

/// That a session has expired, if that is why a credential is asked for, and how many sign-ins have failed.
fn before_credential(page: &mut Page<'_>, view: &View<'_>, step: &StepId) {
    let text = view.text;
    let expired = view.run.expired_session();
    if !expired.is_empty() {
        let steps: Vec<String> = expired.iter().map(|step| view.name(step.as_str())).collect();
        let key = keymap::name_of(KeyContext::Steps, Action::Reconnect, text);
        page.text(&text.session_has_expired(steps.join(", "), key), Meaning::Doubt);
        page.gap();
    }
    let failed = view.run.assess(step, view.now).and_then(|step| text.sign_ins_failed(step.failed_sign_ins));
    if let Some(failed) = failed {
        page.text(&failed, Meaning::Doubt);
        page.gap();
    }
}

/// PowerShell's own words, if there are any.
fn message_rows(page: &mut Page<'_>, message: &str) {
    if !message.trim().is_empty() {
        page.text(message.trim(), Meaning::Base);
        page.gap();
    }
}

fn fields(page: &mut Page<'_>, form: &PromptForm, labels: &[(String, &str)]) {
    let PromptBody::Fields(fields) = &form.body else { return };
    for (position, (field, (label, help))) in fields.iter().zip(labels).enumerate() {
        page.indented(2, label, Meaning::Base);
        let focus = Focus::of(position, form.focus);
        match field {
            PromptField::Shown(field) => page.field(field, focus),
            PromptField::Masked(field) => page.secret(field.count(), focus),
        }
        if !help.is_empty() {
            page.indented(2, help, Meaning::Muted);
        }
    }
}

fn choices(page: &mut Page<'_>, view: &View<'_>, form: &PromptForm, asked: &[Choice], pick: Pick) {
    let PromptBody::Choices(_, marks) = &form.body else { return };
    for (position, (choice, mark)) in asked.iter().zip(marks).enumerate() {
        let here = position == form.focus;
        let marker = if here { view.glyphs.marker } else { " " };
        let state = match (pick, mark) {
            (Pick::One, _) => "",
            (Pick::Many, Mark::On) => "[x] ",
            (Pick::Many, Mark::Off) => "[ ] ",
        };
        let label = escape_controls(&labelled(&choice.label));
        let meaning =
            if here { view.theme.style(Meaning::Selected) } else { view.theme.on_dialog(Meaning::Base) };
        if here {
            page.anchor();
        }
        let row = format!("{marker} {state}{label} ");
        let row = truncate_to_width(&row, page.columns(), view.glyphs.ellipsis);
        page.row(Line::from(Span::styled(row, meaning)));
        if here && width(&choice.help) > 0 {
            page.indented(4, &choice.help, Meaning::Muted);
        }
    }
}

/// A label with its letter set apart: `&Yes` as `[Y]es`.
fn labelled(label: &str) -> String {
    match label.split_once('&') {
        Some((before, after)) => {
            let mut rest = after.chars();
            match rest.next() {
                Some(letter) => format!("{before}[{letter}]{}", rest.as_str()),
                None => before.to_owned(),
            }
        }
        None => label.to_owned(),
    }
}
