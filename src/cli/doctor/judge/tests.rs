use super::*;
use crate::run::About;

fn rows(rows: &[&str]) -> Answer {
    Answer::Rows(rows.iter().map(|row| (*row).to_owned()).collect())
}

fn judged(version: &str, answers: &[(Question, Answer)]) -> Vec<Finding> {
    let about = About { program: "powershell.exe".into(), version: version.into(), ..About::default() };
    judge(&Answers { about: Some(about), given: answers.to_vec(), ..Answers::default() }, Text::default())
}

fn one(question: Question, answer: Answer) -> Finding {
    judged("5.1.14393.0", &[(question, answer)]).pop().unwrap()
}

#[test]
fn a_powershell_before_3_is_not_usable() {
    for (version, fit) in [
        ("2.0", State::Unfit),
        ("3.0", State::Fit),
        ("5.1.14393.2969", State::Fit),
        ("7.6.9", State::Fit),
        ("", State::Fit),
    ] {
        assert_eq!(judged(version, &[])[0].state, fit, "{version}");
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
    assert_eq!((finding.found.as_str(), finding.state), ("RemoteSigned (LocalMachine)", State::Fit));

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
    assert_eq!((group.found.as_str(), group.state), ("AllSigned (MachinePolicy)", State::Unfit));
    assert!(group.remedy.unwrap().contains("Group Policy"));

    let none = with("Restricted", &["MachinePolicy=Undefined", "LocalMachine=Undefined"]);
    assert_eq!((none.found.as_str(), none.state), ("Restricted (default)", State::Unfit));
    assert!(none.remedy.unwrap().contains("Set-ExecutionPolicy"));
}

#[test]
fn what_is_not_fit_has_a_remedy_and_what_is_fit_has_none() {
    let cases = [
        (Question::Bits, rows(&["True"]), State::Fit),
        (Question::Bits, rows(&["AMD64"]), State::Fit),
        (Question::Bits, rows(&["False"]), State::Unfit),
        (Question::Bits, rows(&["x86"]), State::Unfit),
        (Question::LanguageMode, rows(&["FullLanguage"]), State::Fit),
        (Question::LanguageMode, rows(&["ConstrainedLanguage"]), State::Unfit),
        (Question::ScriptBlockLogging, rows(&["1"]), State::Notice),
        (Question::ScriptBlockLogging, rows(&["0"]), State::Fit),
        (Question::ModuleLogging, rows(&[]), State::Fit),
        (Question::Transcription, rows(&["0", "1"]), State::Notice),
        (Question::ModulePath, rows(&[]), State::Unfit),
        (Question::Modules, rows(&["Lync 1.0", "LyncOnlineConnector 7.0.1994.0"]), State::Fit),
        (Question::Modules, rows(&["LyncOnlineConnector 7.0.1994.0"]), State::Notice),
    ];
    for (question, answer, fit) in cases {
        let finding = one(question, answer);
        assert_eq!(finding.state, fit, "{question:?}");
        assert_eq!(finding.remedy.is_some(), fit != State::Fit, "{question:?}");
    }
}

#[test]
fn what_was_done_to_the_module_path_is_told() {
    let modules = ModulePath {
        value: r"P:\Own;D:\a".to_owned(),
        left_out: vec![r"C:\Program Files\PowerShell\7\Modules".to_owned()],
        added: vec![r"P:\Own".to_owned()],
    };
    let about = About { program: "powershell.exe".into(), version: "5.1".into(), ..About::default() };
    let given = vec![(Question::ModulePath, rows(&[r"P:\Own;D:\a"]))];
    let answers = Answers { about: Some(about), given, modules: Some(modules), ..Answers::default() };
    let finding = judge(&answers, Text::default()).pop().unwrap();
    assert_eq!((finding.found.as_str(), finding.state), (r"P:\Own;D:\a", State::Notice));
    assert_eq!(
        finding.remedy.unwrap(),
        "Left out for Windows PowerShell, because they are of PowerShell 6 or later: C:\\Program Files\\PowerShell\\7\\Modules. \
         Added, because they are its own: P:\\Own."
    );
}

#[test]
fn what_could_not_be_asked_is_neither_fit_nor_unfit() {
    assert_eq!(one(Question::Transcription, Answer::NotHere).state, State::NotHere);
    let failed = one(Question::Modules, Answer::Failed("no such command".into()));
    assert_eq!((failed.state, failed.found.as_str()), (State::Unknown, "no such command"));
}
