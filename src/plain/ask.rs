//! Who answers PowerShell's questions when there are no dialogs.

use zeroize::Zeroizing;

use super::answers::JsonAnswers;
use super::bar::BAR;
use super::input::StandardInput;
use super::keys;
use super::out::Out;
use crate::run::Prompt;
use crate::run::prompt::{Choice, Echo, Field, Pick};
use crate::sanitize::escape_controls;
use crate::shell::{Answer, FieldAnswer, Secret};
use crate::text::Text;

/// Where answers come from.
pub(crate) enum Asker {
    /// A person who reads lines on this output and types lines.
    Person(StandardInput, Out),
    /// JSON lines on standard input.
    Json(StandardInput, JsonAnswers),
    /// Nobody: every question stays unanswered.
    Nobody,
}

/// What came of a question.
pub(crate) enum AskOutcome {
    /// An answer; a refusal to answer is one too.
    Answer(Answer),
    Unattended,
    /// The line that came is no answer; why, for the operator.
    Bad(String),
}

impl Asker {
    /// Before a question that opens by itself: what a person has typed ahead is no answer to it.
    pub(crate) fn forget(&mut self) {
        match self {
            Self::Person(input, _) => input.forget(),
            Self::Json(..) | Self::Nobody => {}
        }
    }

    pub(crate) async fn ask(&mut self, prompt: &Prompt, text: Text) -> AskOutcome {
        self.forget();
        match self {
            Self::Nobody => AskOutcome::Unattended,
            Self::Json(input, answers) => match input.line().await {
                None => AskOutcome::Unattended,
                // It may hold a password.
                Some(line) => match answers.answer(&Zeroizing::new(line), prompt) {
                    Ok(answer) => AskOutcome::Answer(answer),
                    Err(bad) => AskOutcome::Bad(bad.words(text)),
                },
            },
            Self::Person(input, out) => AskOutcome::Answer(person(input, out, prompt, text).await),
        }
    }
}

/// Asks a person; the end of the input declines, and so does [`keys::NO_ANSWER`] where it is offered.
async fn person(input: &mut StandardInput, out: &mut Out, prompt: &Prompt, text: Text) -> Answer {
    let answer = match prompt {
        Prompt::Credential { caption, message, user } => {
            heading(out, caption, message);
            credential(input, out, user, text).await
        }
        Prompt::Choice { caption, message, choices, defaults, pick } => {
            heading(out, caption, message);
            choice(input, out, choices, defaults, *pick, text).await.map(Answer::Choice)
        }
        Prompt::Line => line(input, out, "> ", text).await.map(Answer::Line),
        Prompt::SecureLine => secret(input, out, "> ", text).await.map(Answer::SecureLine),
        Prompt::Fields { caption, message, fields } => {
            heading(out, caption, message);
            of_fields(input, out, fields, text).await.map(Answer::Fields)
        }
    };
    answer.unwrap_or(Answer::Declined)
}

async fn credential(input: &mut StandardInput, out: &mut Out, user: &str, text: Text) -> Option<Answer> {
    let none = keys::no_answer(text);
    let label = match user {
        "" => text.ask_user(none),
        user => text.ask_user_suggested(escape_controls(user), none),
    };
    let name = loop {
        out.text(&label);
        let typed = input.line().await?;
        match typed.trim() {
            keys::NO_ANSWER => return None,
            "" if user.is_empty() => out.row(&format!("! {}", text.user_name_missing())),
            "" => break user.to_owned(),
            name => break name.to_owned(),
        }
    };
    let password = secret(input, out, &text.ask_password(), text).await?;
    Some(Answer::Credential(name, password))
}

async fn choice(
    input: &mut StandardInput,
    out: &mut Out,
    choices: &[Choice],
    defaults: &[usize],
    pick: Pick,
    text: Text,
) -> Option<Vec<usize>> {
    for (number, choice) in (1..).zip(choices) {
        let label = choice.label.replace('&', "");
        out.row(&format!("  {number}. {} {}", escape_controls(&label), escape_controls(&choice.help)));
    }
    let default: Vec<String> = defaults.iter().map(|position| (position + 1).to_string()).collect();
    let none = keys::no_answer(text);
    let label = match default.as_slice() {
        [] => text.ask_number(none),
        default => text.ask_number_suggested(default.join(","), none),
    };
    loop {
        out.text(&label);
        let typed = input.line().await?;
        if typed.trim() == keys::NO_ANSWER {
            return None;
        }
        if typed.trim().is_empty() {
            out.row(&text.plain_number_missing(text.name_enter()));
            continue;
        }
        let numbers: Result<Vec<usize>, _> = typed.split(',').map(|part| part.trim().parse()).collect();
        if let Ok(numbers) = numbers
            && numbers.iter().all(|number| (1..=choices.len()).contains(number))
            && (pick == Pick::Many || numbers.len() == 1)
        {
            return Some(numbers.into_iter().map(|number| number - 1).collect());
        }
    }
}

async fn of_fields(
    input: &mut StandardInput,
    out: &mut Out,
    fields: &[Field],
    text: Text,
) -> Option<Vec<FieldAnswer>> {
    let mut answers = Vec::new();
    for field in fields {
        let name = if field.label.is_empty() { &field.name } else { &field.label };
        out.barred(&field.help);
        let label = format!("{BAR}{} ({}): ", escape_controls(name), escape_controls(&field.type_name));
        answers.push(match field.echo {
            Echo::Masked => FieldAnswer::Secret(secret(input, out, &label, text).await?),
            Echo::Shown => FieldAnswer::Text(line(input, out, &label, text).await?),
        });
    }
    Some(answers)
}

fn heading(out: &mut Out, caption: &str, message: &str) {
    for line in [caption, message].into_iter().filter(|line| !line.is_empty()) {
        out.barred(line);
    }
}

/// A line; an empty one counts when it comes twice, for one Enter may have been meant for the question before. Only then no
/// answer is offered: whatever else is typed may be one.
async fn line(input: &mut StandardInput, out: &mut Out, label: &str, text: Text) -> Option<String> {
    out.text(label);
    let typed = input.line().await?;
    if !typed.is_empty() {
        return Some(typed);
    }
    out.row(&text.plain_nothing_typed(text.name_enter(), keys::no_answer(text)));
    out.text(label);
    input.line().await.filter(|typed| typed.trim() != keys::NO_ANSWER)
}

/// A line that is not shown; an empty one counts when it comes twice, too.
async fn secret(input: &mut StandardInput, out: &mut Out, label: &str, text: Text) -> Option<Secret> {
    if input.is_shown() {
        out.row(&text.plain_enter_first(text.name_enter()));
        input.line().await?;
    }
    let typed = hidden(input, out, label).await?;
    if typed.count() > 0 {
        return Some(typed);
    }
    out.row(&text.plain_nothing_typed(text.name_enter(), keys::no_answer(text)));
    hidden(input, out, label).await.filter(|typed| *typed != Secret::from(keys::NO_ANSWER))
}

async fn hidden(input: &mut StandardInput, out: &mut Out, label: &str) -> Option<Secret> {
    out.text(label);
    let secret = input.secret().await;
    if input.is_terminal() {
        // The line break that was typed was not shown.
        out.row("");
    }
    secret
}
