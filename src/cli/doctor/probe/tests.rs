use super::*;
use crate::shell::{CHANNEL, PowerShell, Program, Shell as _};

/// An engine that is open, or a note that the test is skipped.
async fn engine(test: &str) -> Option<(mpsc::Sender<Request>, mpsc::Receiver<ShellEvent>, About)> {
    let Some(path) = std::env::var_os("GREENLIGHT_POWERSHELL") else {
        eprintln!("SKIPPED {test}: GREENLIGHT_POWERSHELL is not set");
        return None;
    };
    let (send, mut reports) = mpsc::channel(CHANNEL);
    let requests = PowerShell::new(Program { path: path.into() }).open(send);
    let Some(ShellEvent::Opened(about)) = reports.recv().await else { panic!("it opens") };
    Some((requests, reports, about))
}

fn attempt() -> Attempt {
    Attempt(NonZeroU32::MIN)
}

/// Every question, Windows' own included; the answers of those say nothing here, but they must not be refused.
async fn all_answers(
    requests: &mpsc::Sender<Request>,
    reports: &mut mpsc::Receiver<ShellEvent>,
    about: &About,
) -> Vec<(Question, Vec<ProbeAnswer>)> {
    let mut answers = Vec::new();
    for question in Question::ALL {
        let mut given = Vec::new();
        for command in question.commands(about) {
            given.push(ask(requests, reports, attempt(), command).await.unwrap());
        }
        answers.push((question, given));
    }
    answers
}

#[tokio::test]
async fn every_question_is_answered_in_constrained_language_mode() {
    let Some((requests, mut reports, about)) =
        engine("every_question_is_answered_in_constrained_language_mode").await
    else {
        return;
    };
    let constrain = "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'".to_owned();
    assert_eq!(ask(&requests, &mut reports, attempt(), constrain).await, Ok(ProbeAnswer::Rows(Vec::new())));
    for edition in ["Desktop", "Core"] {
        let about = About { edition: edition.to_owned(), ..about.clone() };
        for (question, given) in all_answers(&requests, &mut reports, &about).await {
            let answered = given.iter().any(|answer| matches!(answer, ProbeAnswer::Rows(_)));
            // Where there is no registry and no whoami.exe, it must at least not be the language mode that refuses.
            let refused = given.iter().any(|answer| match answer {
                ProbeAnswer::Failed(why) => why.to_lowercase().contains("language mode"),
                ProbeAnswer::Rows(_) | ProbeAnswer::NotHere => false,
            });
            assert!(answered || (!question.is_for_here() && !refused), "{question:?}: {given:?}");
            if question == Question::LanguageMode {
                assert_eq!(given, [ProbeAnswer::Rows(vec!["ConstrainedLanguage".to_owned()])]);
            }
        }
    }
}

#[tokio::test]
async fn every_question_is_written_in_the_grammar_of_3_0() {
    let Some((requests, mut reports, about)) =
        engine("every_question_is_written_in_the_grammar_of_3_0").await
    else {
        return;
    };
    for edition in ["Desktop", "Core"] {
        let about = About { edition: edition.to_owned(), ..about.clone() };
        for question in Question::ALL {
            for command in question.commands(&about) {
                // The token kinds that came after 3.0: ternary, null-coalescing, pipeline chains, classes, cleaning blocks.
                let parse = format!(
                    "$e = $null; $t = $null; $a = [Management.Automation.Language.Parser]::ParseInput('{}', [ref]$t, [ref]$e)
                     if ($e) {{ throw \"$e\" }}
                     $t | Where-Object {{ 'QuestionMark', 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket',
                         'AndAnd', 'OrOr', 'Class', 'Enum', 'Using', 'Clean', 'Parallel' -contains \"$($_.Kind)\" }} | ForEach-Object {{ $_.Text }}",
                    command.replace('\'', "''")
                );
                let parsed = ask(&requests, &mut reports, attempt(), parse).await;
                assert_eq!(parsed, Ok(ProbeAnswer::Rows(Vec::new())), "{command}");
            }
        }
    }
}
