//! `--redact`: no spelling of a name that the run knows is left, and what is no name stays readable.

use std::sync::Arc;

use greenlight::facade::checklist::{self, Act, Changes, Go, Sha};
use greenlight::facade::journal::{Condition, Contents, Folder, Head, Header};
use greenlight::facade::report::{self, Report};
use greenlight::facade::run::{
    Event, Fact, FailingRow, Failure, FoundSubject, Mode, Moment, RunKind, Stamped, Who,
};
use greenlight::facade::text::Text;

const CHECKLIST: &str = r#"
format = 1
id = "demo"
version = "1"
title = "Move users of the Exchange to Contoso"
[[input]]
id = "sip_domain"
kind = "domain"
many = true
ask = "SIP domains"
[[input]]
id = "pool"
kind = "fqdn"
optional = true
ask = "Pool"
[[input]]
id = "contact"
kind = "text"
optional = true
ask = "Contact"
[[input]]
id = "site"
kind = "choice"
choices = ["small", "Madrid"]
optional = true
ask = "Site"
[[step]]
id = "contoso-pool"
title = "The archives of the users are online"
why = "Because of Fabrikam, see https://contoso.com/x."
[step.check]
command = "Get-Archive $sip_domain $pool $contact $site"
expect = [{ property = "Contoso.com", is = true }]
"#;

/// The report of a run with these inputs, and with these lines of text from elsewhere.
fn reported(inputs: &[(&str, &[&str])], lines: &[&str]) -> Report {
    let checklist = Arc::new(checklist::read(CHECKLIST.as_bytes()).unwrap());
    let at = Moment { wall: 1_795_400_100_000, mono: 0 };
    let mut events = vec![Event::Begun {
        checklist: checklist.id.clone(),
        version: "1".into(),
        sha256: checklist.sha256,
        mode: Mode::Live,
        by: Who { user: "CONTOSO\\ana".into(), host: "SRV01".into(), ..Who::default() },
        greenlight: "0.1.0".into(),
    }];
    for (input, values) in inputs {
        let value = serde_json::from_value(serde_json::json!(values)).unwrap();
        events.push(Event::InputGiven { input: (*input).into(), value });
    }
    let events: Vec<Stamped> = events.into_iter().map(|event| Stamped { at, event }).collect();
    let folder = Folder::at("20261123T021500Z-demo");
    let contents = Contents {
        header: Header {
            format: 1,
            kind: RunKind::Checklist,
            run: "20261123T021500Z-demo".into(),
            checklist: checklist.sha256,
            greenlight: None,
        },
        events,
        head: Head { seq: 1, hash: Sha::of(b"head") },
        condition: Condition::Whole,
    };
    let mut report = report::build(&checklist, &contents, &folder, Text::default());
    report.steps[0].checked.remedies = lines.iter().map(|line| (*line).to_owned()).collect();
    report
}

fn redacted(report: Report) -> Report {
    report::pseudonymize(report, &checklist::read(CHECKLIST.as_bytes()).unwrap())
}

fn hidden(inputs: &[(&str, &[&str])], lines: &[&str]) -> Vec<String> {
    redacted(reported(inputs, lines)).steps.remove(0).checked.remedies
}

const CONTOSO: &[(&str, &[&str])] = &[("sip_domain", &["contoso.com"])];

#[test]
fn what_was_thrown_is_hidden_in_the_id_of_the_error_too() {
    let mut report = reported(CONTOSO, &[]);
    let thrown = "no mailbox for ana.garcia@contoso.com on SRV01";
    let failure = Failure {
        error_id: thrown.into(),
        exception: thrown.into(),
        category: thrown.into(),
        message: thrown.into(),
        target: thrown.into(),
    };
    report.steps[0].checked.failures = vec![failure];
    let fact = Fact {
        property: "Contoso.com".into(),
        expected: "is contoso.com".into(),
        found: "SRV01".into(),
        met: false,
        rows: None,
        rows_met: None,
    };
    report.steps[0].checked.facts = vec![fact];
    let report = redacted(report);
    for text in [
        report::json(&report),
        report::markdown(&report, Text::default()),
        report::csv(&report, Text::default()),
    ] {
        let lower = text.to_lowercase();
        for name in ["garcia", "contoso", "srv01"] {
            assert!(!lower.contains(name), "{name} in {text}");
        }
    }
    assert_eq!(report.steps[0].checked.failures[0].error_id, "no mailbox for user-2@domain-1 on host-1");
}

#[test]
fn a_step_has_one_id_wherever_it_is_named() {
    let mut report = reported(CONTOSO, &["sign in first"]);
    let step = &mut report.steps[0].checked;
    let (id, act) = (step.id.clone(), Act::Apply);
    step.waits_for = vec![id.clone()];
    step.go = vec![Go { step: id, act }];
    step.leads = vec![Some("leads to: apply “The pool of Contoso”".to_owned())];
    let report = redacted(report);
    let step = &report.steps[0].checked;
    assert_eq!(step.id.as_str(), "domain-1-pool");
    assert_eq!((&step.waits_for[0], &step.go[0].step), (&step.id, &step.id));
    assert_eq!(step.leads, [Some("leads to: apply “The pool of domain-1”".to_owned())]);
}

#[test]
fn a_known_domain_is_hidden_in_every_spelling() {
    for (line, wanted) in [
        ("*@contoso.com", "*@domain-1"),
        ("sip:*@contoso.com;gruu", "sip:*@domain-1;gruu"),
        ("@contoso.com", "@domain-1"),
        ("contoso.com@", "domain-1@"),
        ("a@@contoso.com", "user-2@domain-1"),
        ("contoso.com.csv", "domain-1.csv"),
        ("export_contoso.com.csv", "export_domain-1.csv"),
        ("export_contoso.com", "export_domain-1"),
        ("contoso-users.csv", "domain-1-users.csv"),
        ("CONTOSO_users", "domain-1_users"),
        ("contoso.com_log", "domain-1_log"),
        ("contoso.com-cert.pfx", "domain-1-cert.pfx"),
        ("bob@contoso.com.csv bob@contoso.com", "user-2@domain-1.csv user-2@domain-1"),
        ("ana.garcia%40contoso.com", "user-2@domain-1"),
        ("ana.garcia%2540contoso%2ecom", "user-2@domain-1"),
        ("a%20contoso.com%3Aana%2Bx", "a%20domain-1:user-1+x"),
        ("contoso.mail.protection.outlook.com", "domain-1.mail.protection.outlook.com"),
        ("fs7.contoso.com.csv", "host-2.domain-1.csv"),
        (r"CONTOSO\svc-lync", r"domain-1\user-2"),
        ("Contoso.", "domain-1."),
        ("$contoso.com", "$domain-1"),
    ] {
        assert_eq!(hidden(CONTOSO, &[line]), [wanted], "{line}");
    }
}

#[test]
fn a_domain_begins_where_its_registry_says() {
    for domain in [
        "fabrikam.com",
        "fabrikam.local",
        "fabrikam.co.uk",
        "fabrikam.com.mx",
        "fabrikam.gob.es",
        "fabrikam.nom.es",
        "fabrikam.gouv.fr",
        "fabrikam.asso.fr",
        "fabrikam.or.jp",
        "fabrikam.co.id",
        "fabrikam.onmicrosoft.com",
        "fabrikam.azurewebsites.net",
    ] {
        let line = format!("{domain} mail.{domain} ana@{domain}");
        let wanted = "domain-2 host-2.domain-2 user-2@domain-2";
        assert_eq!(hidden(CONTOSO, &[&line]), [wanted], "{domain}");
        let input = format!("mail.{domain}");
        let given: &[(&str, &[&str])] = &[("sip_domain", &[&input])];
        assert_eq!(hidden(given, &["Fabrikam", domain]), ["domain-2", "domain-2"], "{domain}");
    }
    // Below these others register: nobody's by themselves, but for whom they are an input.
    assert_eq!(hidden(CONTOSO, &["github.io co.uk"]), ["github.io co.uk"]);
    assert_eq!(hidden(&[("sip_domain", &["github.io"])], &["github.io"]), ["domain-2"]);
}

#[test]
fn the_folder_of_a_profile_is_hidden_to_its_end() {
    for (line, wanted) in [
        (r"C:\Users\Ana Garcia\Desktop", r"C:\Users\user-2\Desktop"),
        (r#""C:\Users\Ana Garcia""#, r#""C:\Users\user-2""#),
        (r"in C:\Users\Ana Garcia", r"in C:\Users\user-2"),
        (r"C:\Users\bob was not found", r"C:\Users\user-2 was not found"),
        (r"C:\Users\bob and C:\Users\luis\x", r"C:\Users\user-2 and C:\Users\user-3\x"),
        (r"C:\\Users\\Ana Garcia\\x", r"C:\\Users\\user-2\\x"),
        ("/home/luis/x", "/home/user-2/x"),
        (r"C:\Users\Public\x", r"C:\Users\Public\x"),
    ] {
        assert_eq!(hidden(CONTOSO, &[line]), [wanted], "{line}");
    }
}

#[test]
fn every_input_that_is_a_name_is_hidden() {
    let inputs: &[(&str, &[&str])] = &[
        ("sip_domain", &["mail.contoso.com", "ibm.com"]),
        ("pool", &["lyncpool.ad.fabrikam.com"]),
        ("contact", &["Maria Lopez"]),
        ("site", &["Madrid"]),
    ];
    let line =
        "Contoso mail IBM lyncpool lyncpool.ad.fabrikam.com Fabrikam Maria Lopez; Lopez, Maria in Madrid";
    let wanted =
        "domain-1 mail domain-2 host-2 host-2.host-4.domain-3 domain-3 value-1; value-1, value-1 in value-2";
    let report = redacted(reported(inputs, &[line]));
    assert_eq!(report.steps[0].checked.remedies[0], wanted);
    assert_eq!(report.inputs[2].values, ["value-1"]);
    assert_eq!(report.inputs[3].values, ["value-2"]);
    // A choice in small letters says nothing.
    assert_eq!(hidden(&[("site", &["small"])], &["a small site"]), ["a small site"]);
}

#[test]
fn what_is_no_name_stays() {
    let inputs: &[(&str, &[&str])] = &[("sip_domain", &["lync.com.mx", "users.org", "contoso.com"])];
    let line = "Lync users ASP.NET VB.NET x.id node.id $a.to $node.com System.Net Loading… done";
    assert_eq!(hidden(inputs, &[line]), [line]);
    assert_eq!(hidden(inputs, &["lync.com.mx users.org"]), ["domain-2 domain-3"]);
    assert_eq!(hidden(inputs, &["package@1.2.3 @Params"]), ["package@1.2.3 @Params"]);
    let report = redacted(reported(inputs, &[]));
    assert_eq!(report.steps[0].checked.title, "The archives of the users are online");
    // A company that the checklist's author wrote with a capital is still a name.
    assert_eq!(report.title, "Move users of the Exchange to domain-1");
    assert_eq!(report.steps[0].checked.id.as_str(), "domain-1-pool");
}

#[test]
fn what_is_left_of_a_name_is_dropped() {
    let long = format!("{} ana.gar…", "word ".repeat(80));
    assert!(hidden(CONTOSO, &[&long])[0].ends_with("word  …"));
    assert_eq!(hidden(CONTOSO, &["the pool of conto… is there"]), ["the pool of … is there"]);
}

#[test]
fn a_name_that_becomes_known_later_is_hidden_before_too() {
    let lines =
        ["pool07 fabrikam.com.csv ana.garcia Luis Soto", "pool07.fabrikam.com ana.garcia@fabrikam.com"];
    let lines = [lines[0], lines[1], r"C:\Users\Luis Soto\x"];
    assert_eq!(
        hidden(CONTOSO, &lines),
        ["host-2 domain-2.csv user-2 user-3", "host-2.domain-2 user-2@domain-2", r"C:\Users\user-3\x"]
    );
}

#[test]
fn each_of_many_names_has_a_token_of_its_own() {
    let count = 20_000;
    let lines: Vec<String> = (0..count).map(|n| format!("user{n}@d{n}.contoso{n}.com")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let last = hidden(CONTOSO, &lines).pop().unwrap();
    assert!(last.ends_with(&format!("domain-{}", count + 1)), "{last}");
}

#[test]
fn the_name_of_a_row_is_hidden_wherever_it_stands() {
    let mut report =
        reported(&[], &["nothing of edge07 here, of fe01.fabrikam.net neither, nor of Equipo Norte"]);
    let row = |row: u64, key: &str| FailingRow {
        row,
        key: Some(key.to_owned()),
        property: "UpToDate".to_owned(),
        expected: "is True".to_owned(),
        found: "False".to_owned(),
    };
    let step = &mut report.steps[0].checked;
    step.failing = vec![row(1, "edge07"), row(2, "fe01.fabrikam.net"), row(3, "Equipo Norte"), row(4, "7")];
    step.reason =
        Some("1 expectation not met, in 4 of 9 rows: edge07, fe01.fabrikam.net, Equipo Norte, 7".into());
    step.facts = vec![Fact {
        property: "UpToDate".into(),
        expected: "is True".into(),
        // One of these rows is not among those that are listed.
        found: "4 of 9 rows: edge07: False; edge99: False".into(),
        met: false,
        rows: Some(9),
        rows_met: Some(5),
    }];
    let report = redacted(report);
    let all = [
        report::json(&report),
        report::markdown(&report, Text::default()),
        report::html(&report, Text::default()),
        report::csv(&report, Text::default()),
        report::junit(&report, Text::default()),
    ];
    for text in all {
        let lower = text.to_lowercase();
        for name in ["edge07", "edge99", "fe01", "fabrikam", "equipo norte"] {
            assert!(!lower.contains(name), "{name} in {text}");
        }
        assert!(text.contains("UpToDate") && text.contains("4 of 9 rows"), "{text}");
    }
}

#[test]
fn a_subject_is_hidden_in_what_was_put_out_and_written_too() {
    let lines = ["Northwind (1B2C-77) answers, CN=northwind.example", "Pied Piper: 4711-XY; Piper"];
    let mut report = reported(&[], &lines);
    let found = |scope, name: &str, id: &str| FoundSubject { scope, name: name.into(), id: id.into() };
    report.subjects = vec![
        found(Changes::Tenant, "Northwind", "1b2c-77"),
        found(Changes::Tenant, "Pied Piper", "4711-xy"),
        found(Changes::Forest, "corp.tailspin.local", "corp.tailspin.local"),
    ];
    report.steps[0].why = "Not in corp.tailspin.local".into();
    let report = redacted(report);
    let text = report::markdown(&report, Text::default()).to_lowercase();
    for name in ["northwind", "1b2c", "piper", "4711", "tailspin"] {
        assert!(!text.contains(name), "{name} in {text}");
    }
    assert_eq!(report.steps[0].checked.remedies[0], "value-1 (value-2) answers, CN=value-1.example");
}
