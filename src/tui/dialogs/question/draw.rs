//! What a command asks, with everything that is needed to answer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::{framed, keys};
use super::state::{Mark, PromptBody, PromptField, PromptForm};
use crate::checklist::StepId;
use crate::run::Prompt;
use crate::run::prompt::{Choice, Field, Pick};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::{Focus, Page};
use crate::tui::theme::Meaning;
use crate::tui::viewport::Viewport;
use crate::tui::visible::{escape_controls, truncate_to_width, width};

pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    form: &PromptForm,
    offers: &dyn Fn(Action) -> bool,
) -> Option<Viewport> {
    let text = view.text;
    let running = view.run.running()?;
    let asking = running.asking.as_ref()?;
    let mut page = super::super::page(view, area);
    page.text(&text.step_asks(view.numbered(&running.step)), Meaning::Title);
    page.gap();
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
    page.heading(&text.asked_by(), Meaning::Muted);
    page.command(&running.command);
    let caption = if caption.trim().is_empty() { text.prompt_title() } else { caption };
    let keys = keys(view, context, page.columns(), offers);
    Some(framed(frame, area, view, &caption, page.into(), keys))
}

/// That a session has expired, if that is why a credential is asked for, and how many sign-ins have failed.
fn before_credential(page: &mut Page<'_>, view: &View<'_>, step: &StepId) {
    let text = view.text;
    let expired = view.run.expired_session();
    if !expired.is_empty() {
        let steps: Vec<String> = expired.iter().map(|step| view.name(step.as_str())).collect();
        let key = view.keys.name_of(KeyContext::Steps, Action::Reconnect, text);
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
        page.heading_at(2, label, Meaning::Base);
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
