use super::*;
use crate::run::About;

fn rows(rows: &[&str]) -> ProbeAnswer {
    ProbeAnswer::Rows(rows.iter().map(|row| (*row).to_owned()).collect())
}

fn judged(version: &str, answers: &[(Question, ProbeAnswer)]) -> Vec<Diagnosis> {
    let about = About { program: "powershell.exe".into(), version: version.into(), ..About::default() };
    judge(&Answers { about: Some(about), given: answers.to_vec(), ..Answers::default() }, Text::default())
}

fn one(question: Question, answer: ProbeAnswer) -> Diagnosis {
    judged("5.1.14393.0", &[(question, answer)]).pop().unwrap()
}

#[test]
fn a_powershell_before_3_is_not_usable() {
    for (version, fit) in [
        ("2.0", Health::Unfit),
        ("3.0", Health::Fit),
        ("5.1.14393.2969", Health::Fit),
        ("7.6.9", Health::Fit),
        ("", Health::Fit),
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
    assert_eq!((finding.found.as_str(), finding.state), ("RemoteSigned (LocalMachine)", Health::Fit));

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
    assert_eq!((group.found.as_str(), group.state), ("AllSigned (MachinePolicy)", Health::Unfit));
    assert!(group.remedy.unwrap().contains("Group Policy"));

    let none = with("Restricted", &["MachinePolicy=Undefined", "LocalMachine=Undefined"]);
    assert_eq!((none.found.as_str(), none.state), ("Restricted (default)", Health::Unfit));
    assert!(none.remedy.unwrap().contains("Set-ExecutionPolicy"));
}

#[test]
fn what_is_not_fit_has_a_remedy_and_what_is_fit_has_none() {
    let cases = [
        (Question::Bits, rows(&["True"]), Health::Fit),
        (Question::Bits, rows(&["AMD64"]), Health::Fit),
        (Question::Bits, rows(&["False"]), Health::Unfit),
        (Question::Bits, rows(&["x86"]), Health::Unfit),
        (Question::LanguageMode, rows(&["FullLanguage"]), Health::Fit),
        (Question::LanguageMode, rows(&["ConstrainedLanguage"]), Health::Unfit),
        (Question::ScriptBlockLogging, rows(&["1"]), Health::Notice),
        (Question::ScriptBlockLogging, rows(&["0"]), Health::Fit),
        (Question::ModuleLogging, rows(&[]), Health::Fit),
        (Question::Transcription, rows(&["0", "1"]), Health::Notice),
        (Question::ModulePath, rows(&[]), Health::Unfit),
        (Question::Modules, rows(&["Lync 1.0", "LyncOnlineConnector 7.0.1994.0"]), Health::Fit),
        (Question::Modules, rows(&["LyncOnlineConnector 7.0.1994.0"]), Health::Notice),
    ];
    for (question, answer, fit) in cases {
        let finding = one(question, answer);
        assert_eq!(finding.state, fit, "{question:?}");
        assert_eq!(finding.remedy.is_some(), fit != Health::Fit, "{question:?}");
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
    assert_eq!((finding.found.as_str(), finding.state), (r"P:\Own;D:\a", Health::Notice));
    assert_eq!(
        finding.remedy.unwrap(),
        "Left out for Windows PowerShell, because they are of PowerShell 6 or later: C:\\Program Files\\PowerShell\\7\\Modules. \
         Added, because they are its own: P:\\Own."
    );
}

#[test]
fn what_could_not_be_asked_is_neither_fit_nor_unfit() {
    assert_eq!(one(Question::Transcription, ProbeAnswer::NotHere).state, Health::NotHere);
    let failed = one(Question::Modules, ProbeAnswer::Failed("no such command".into()));
    assert_eq!((failed.state, failed.found.as_str()), (Health::Unknown, "no such command"));
}
