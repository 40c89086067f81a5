use super::*;
use crate::run::About;

fn rows(rows: &[&str]) -> Answer {
    Answer::Rows(rows.iter().map(|row| (*row).to_owned()).collect())
}

fn judged(version: &str, answers: &[(Question, Answer)]) -> Vec<Finding> {
    let about = About { program: "powershell.exe".into(), version: version.into(), edition: String::new() };
    judge(&Answers { about: Some(about), answers: answers.to_vec(), trouble: None }, Text::default())
}

fn one(question: Question, answer: Answer) -> Finding {
    judged("5.1.14393.0", &[(question, answer)]).pop().unwrap()
}

#[test]
fn a_powershell_before_3_is_not_usable() {
    for (version, fit) in [
        ("2.0", Fit::Unfit),
        ("3.0", Fit::Fit),
        ("5.1.14393.2969", Fit::Fit),
        ("7.6.9", Fit::Fit),
        ("", Fit::Fit),
    ] {
        assert_eq!(judged(version, &[])[0].fit, fit, "{version}");
    }
}

#[test]
fn the_policy_is_told_with_the_scope_that_sets_it() {
    let with = |effective: &str, scopes: &[&str]| {
        judged("5.1", &[(Question::Policy, rows(&[effective])), (Question::PolicyScopes, rows(scopes))])
            .pop()
            .unwrap()
    };
    let scopes = [
        "MachinePolicy=Undefined",
        "UserPolicy=Undefined",
        "Process=Undefined",
        "CurrentUser=Undefined",
        "LocalMachine=RemoteSigned",
    ];
    let finding = with("RemoteSigned", &scopes);
    assert_eq!((finding.found.as_str(), finding.fit), ("RemoteSigned (LocalMachine)", Fit::Fit));

    let group = with(
        "AllSigned",
        &[
            "MachinePolicy=AllSigned",
            "UserPolicy=Undefined",
            "Process=Bypass",
            "CurrentUser=Undefined",
            "LocalMachine=RemoteSigned",
        ],
    );
    assert_eq!((group.found.as_str(), group.fit), ("AllSigned (MachinePolicy)", Fit::Unfit));
    assert!(group.remedy.unwrap().contains("Group Policy"));

    let none = with("Restricted", &["MachinePolicy=Undefined", "LocalMachine=Undefined"]);
    assert_eq!((none.found.as_str(), none.fit), ("Restricted (default)", Fit::Unfit));
    assert!(none.remedy.unwrap().contains("Set-ExecutionPolicy"));
}

#[test]
fn what_is_not_fit_has_a_remedy_and_what_is_fit_has_none() {
    let cases = [
        (Question::Bits, rows(&["True"]), Fit::Fit),
        (Question::Bits, rows(&["AMD64"]), Fit::Fit),
        (Question::Bits, rows(&["False"]), Fit::Unfit),
        (Question::Bits, rows(&["x86"]), Fit::Unfit),
        (
            Question::Elevation,
            rows(&["Mandatory Label\\High Mandatory Level  Label  S-1-16-12288"]),
            Fit::Fit,
        ),
        (Question::Elevation, rows(&[]), Fit::Unfit),
        (Question::LanguageMode, rows(&["FullLanguage"]), Fit::Fit),
        (Question::LanguageMode, rows(&["ConstrainedLanguage"]), Fit::Unfit),
        (Question::ScriptBlockLogging, rows(&["1"]), Fit::Notice),
        (Question::ScriptBlockLogging, rows(&["0"]), Fit::Fit),
        (Question::ModuleLogging, rows(&[]), Fit::Fit),
        (Question::Transcription, rows(&["0", "1"]), Fit::Notice),
        (Question::ModulePath, rows(&[]), Fit::Unfit),
        (Question::Modules, rows(&["Lync 1.0", "LyncOnlineConnector 7.0.1994.0"]), Fit::Fit),
        (Question::Modules, rows(&["LyncOnlineConnector 7.0.1994.0"]), Fit::Notice),
    ];
    for (question, answer, fit) in cases {
        let finding = one(question, answer);
        assert_eq!(finding.fit, fit, "{question:?}");
        assert_eq!(finding.remedy.is_some(), fit != Fit::Fit, "{question:?}");
    }
}

#[test]
fn what_could_not_be_asked_is_neither_fit_nor_unfit() {
    assert_eq!(one(Question::Elevation, Answer::NotHere).fit, Fit::NotHere);
    let failed = one(Question::Modules, Answer::Failed("no such command".into()));
    assert_eq!((failed.fit, failed.found.as_str()), (Fit::Unknown, "no such command"));
}
