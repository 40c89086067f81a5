//! The rehearsal: a shell that answers from a scenario.

use greenlight::facade::checklist::Lang;
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::{OutcomeEnd, Prompt};
use greenlight::facade::shell::rehearsal::{self, Rehearsal, ScenarioError};
use greenlight::facade::shell::{Answer, Progress, Request, ShellExit, Stream};
use greenlight::facade::text::Text;

use crate::harness::shells::{Driver, credential};

mod checklist;
mod told;

const SMALL: &str = r#"
format = 1
id = "small"
title = { en = "Small" }
[state]
tenant = false
[session]
tries = 0

[[reply]]
command = "Get-Thing"
when = { tenant = false }
after = "30ms"
stream = [
    { verbose = "looking for {who}" },
    { warning = "slow\nvery slow" },
    { progress = { activity = "Looking", status = "half", percent = 50 } },
    { noise = "child" },
]
rows = [
    { Name = "one", Ok = true, Version = { version = "5.1.2" }, Since = { time = "2026-01-31T08:00:00Z" }, Nested = { Deep = [1, 2.5] } },
    "text",
    { variable = "many" },
]

[[reply]]
command = "Get-Thing"
when = { tenant = true }
rows = [{ "@type" = "Thing", "@text" = "the thing", Found = { variable = "answer" } }]

[[reply]]
command = "Set-Thing"
set = { tenant = true }

[[reply]]
command = "Try-Thing"
when = { tries = { at_least = 2 } }
rows = [true]

[[reply]]
command = "Try-Thing"
count = ["tries"]
error = { error_id = "NotYet", exception = "System.Exception", category = "NotSpecified", message = "not yet, {who}", throw = true }

[[reply]]
command = "Sleep"
after = "1h"
set = { tenant = true }

[[reply]]
command = "Pick"
into = "answer"
prompt = { choice = { caption = "Sure?", message = "Really?", choices = [{ label = "&Yes", help = "" }, { label = "&No", help = "" }] } }
rows = [{ variable = "answer" }]

[[reply]]
command = "$cred = Get-Credential"
into = "answer"
prompt = { credential = { caption = "Caption", message = "Message" } }
"#;

fn small() -> Rehearsal {
    Rehearsal::read(SMALL.as_bytes()).unwrap()
}

#[tokio::test]
async fn a_command_streams_and_returns_what_the_scenario_says() {
    let (mut shell, about) = Driver::open(&small()).await;
    assert_eq!((about.program.as_str(), about.version.as_str()), ("rehearsal", "small"));

    let variables = vec![
        ("who".to_owned(), Value::text("Ana")),
        ("many".to_owned(), Value::List(vec![Value::text("a"), Value::text("b")])),
    ];
    let given = shell.run_with("Get-Thing", variables).await.well();
    assert_eq!(given.stream(Stream::Verbose), ["looking for Ana"]);
    assert_eq!(given.stream(Stream::Warning), ["slow", "very slow"]);
    assert_eq!(given.stream(Stream::Noise), ["child"]);
    let half = Progress {
        activity: "Looking".to_owned(),
        status: "half".to_owned(),
        percent: Some(50),
        ..Progress::default()
    };
    assert_eq!(given.progress, [half]);
    let [row, rest @ ..] = given.rows.as_slice() else { panic!("{given:?}") };
    assert_eq!(rest, [Value::text("text"), Value::text("a"), Value::text("b")]);
    assert_eq!(row.property("Version"), Some(&Value::Version(vec![5, 1, 2])));
    assert_eq!(row.property("Since"), Some(&Value::Time(1_769_846_400_000)));
    assert_eq!(row.property("nested.deep"), Some(&Value::List(vec![Value::Int(1), Value::Float(2.5)])));
    assert!(given.stream(Stream::Output).ends_with(&["text", "a", "b"]));
}

#[tokio::test]
async fn what_a_command_changes_lasts_and_what_a_session_knows_ends_with_it() {
    let small = small();
    let (mut shell, _) = Driver::open(&small).await;
    shell.run("Set-Thing").await.well();
    for _ in 0..2 {
        let given = shell.run("Try-Thing").await;
        assert_eq!(given.end, Some(OutcomeEnd::Threw));
    }
    shell.run("Try-Thing").await.well();
    shell.send(Request::Close).await;
    assert_eq!(shell.gone().await, ShellExit::Requested);

    let (mut shell, _) = Driver::open(&small).await;
    assert_eq!(shell.run("Get-Thing").await.well().row().display(), "the thing", "the tenant stays changed");
    let given = shell.run_with("Try-Thing", vec![("who".to_owned(), Value::text("Ana"))]).await;
    assert_eq!(given.failure().message, "not yet, Ana", "the tries begin anew");
    assert_eq!(given.stream(Stream::Error), ["not yet, Ana"]);
}

#[tokio::test]
async fn an_unknown_command_fails_in_the_words_of_powershell() {
    let (mut shell, _) = Driver::open(&small()).await;
    for (command, name) in [("get-thing", "get-thing"), ("$x = Get-Stuff -All | Out-Null", "Get-Stuff")] {
        let given = shell.run(command).await;
        assert_eq!(given.end, Some(OutcomeEnd::Completed));
        assert_eq!(given.failure().error_id, "CommandNotFoundException");
        assert!(
            given
                .failure()
                .message
                .starts_with(&format!("The term '{name}' is not recognized as the name of a cmdlet"))
        );
        assert!(given.failure().message.ends_with("The scenario has no answer to this command."));
    }
}

#[tokio::test]
async fn stop_ends_a_long_command_and_a_question_and_changes_nothing() {
    let (mut shell, _) = Driver::open(&small()).await;
    let attempt = shell.begin("Sleep", Vec::new()).await;
    shell.send(Request::Stop).await;
    assert_eq!(shell.finish(attempt, |_| Answer::Declined).await.end, Some(OutcomeEnd::Stopped));

    let attempt = shell.begin("Pick", Vec::new()).await;
    let question = shell.report().await.unwrap();
    assert!(matches!(question, greenlight::facade::shell::ShellEvent::Asks(..)), "{question:?}");
    shell.send(Request::Stop).await;
    assert_eq!(shell.finish(attempt, |_| Answer::Declined).await.end, Some(OutcomeEnd::Stopped));

    shell.send(Request::Stop).await;
    let variables = vec![("many".to_owned(), Value::List(Vec::new()))];
    let rows = shell.run_with("Get-Thing", variables).await.well().rows;
    assert_eq!(rows.len(), 2, "`Sleep` would have changed the tenant at its end");
}

#[tokio::test]
async fn answers_are_kept_but_never_passwords() {
    let (mut shell, _) = Driver::open(&small()).await;
    let given = shell.ask("Pick", |_| Answer::Choice(vec![1])).await.well();
    assert_eq!(given.row(), &Value::text("No"));

    let given =
        shell.ask("$cred = Get-Credential", |_| credential("ana@contoso.com", "canary-7")).await.well();
    let asked =
        Prompt::Credential { caption: "Caption".into(), message: "Message".into(), user: String::new() };
    assert_eq!(given.asked, [asked]);
    shell.run("Set-Thing").await.well();
    let given = shell.run("Get-Thing").await.well();
    let found = ("Found".to_owned(), Value::text("ana@contoso.com"));
    let thing =
        Object { type_names: vec!["Thing".into()], text: "the thing".into(), properties: vec![found] };
    assert_eq!(given.row(), &Value::Object(thing));
}

#[tokio::test]
async fn a_declined_question_and_a_wrong_answer_end_the_command_with_an_error() {
    let (mut shell, _) = Driver::open(&small()).await;
    let given = shell.ask("$cred = Get-Credential", |_| Answer::Declined).await;
    assert_eq!(
        (given.end, given.failure().error_id.as_str()),
        (Some(OutcomeEnd::Threw), "MissingMandatoryParameter")
    );
    let given = shell.ask("Pick", |_| Answer::Choice(vec![2])).await;
    assert_eq!((given.end, given.failure().error_id.as_str()), (Some(OutcomeEnd::Threw), "PromptDeclined"));
}

#[tokio::test]
async fn kill_close_and_hanging_up_end_the_shell_in_the_middle_of_a_command() {
    for end in [Request::Kill, Request::Close] {
        let (mut shell, _) = Driver::open(&small()).await;
        shell.begin("Sleep", Vec::new()).await;
        shell.send(end).await;
        assert_eq!(shell.gone().await, ShellExit::Requested);
    }
    let (mut shell, _) = Driver::open(&small()).await;
    shell.begin("Sleep", Vec::new()).await;
    shell.hang_up();
    assert!(shell.report().await.is_none());
}

#[tokio::test]
async fn a_second_command_is_refused_while_one_runs() {
    let (mut shell, _) = Driver::open(&small()).await;
    let first = shell.begin("Sleep", Vec::new()).await;
    let second = shell.begin("Set-Thing", Vec::new()).await;
    let given = shell.finish(second, |_| Answer::Declined).await;
    assert_eq!((given.end, given.failure().error_id.as_str()), (Some(OutcomeEnd::Threw), "PipelineBusy"));
    shell.send(Request::Stop).await;
    assert_eq!(shell.finish(first, |_| Answer::Declined).await.end, Some(OutcomeEnd::Stopped));
}

#[test]
fn a_bad_scenario_is_refused_with_its_place_and_reason() {
    let head = "format = 1\nid = \"x\"\ntitle = { en = \"X\" }\n";
    let cases = [
        (format!("{head}colour = 1"), "line 4"),
        (format!("{head}colour = 1"), "unknown field `colour`"),
        (format!("{head}[[reply]]\ncommand = \"a\"\nafter = \"soon\""), "`soon` is not a length of time"),
        (
            format!("{head}[[reply]]\ncommand = \"a\"\nrows = [{{ version = \"5\" }}]"),
            "line 6, column 8: the scenario cannot be read: `5` is not two to four whole numbers",
        ),
        (
            format!("{head}[[reply]]\ncommand = \"a\"\nstream = [{{ loud = \"x\" }}]"),
            "unknown variant `loud`",
        ),
        (
            format!("{head}[[reply]]\ncommand = \"a\"\nwhen = {{ flag = true }}"),
            "line 5, column 11: the reply to `a` names the flag `flag`",
        ),
        (format!("{head}[state]\nflag = \"yes\""), "a flag is `true` or `false`"),
        (format!("{head}base = \"defalt\""), "line 4, column 8: there is no rehearsal scenario “defalt”"),
        (format!("{head}base = \"defalt\""), "Did you mean “default”?"),
        (head.replace('1', "2"), "line 1, column 10: the scenario has `format = 2`"),
        ("format = ".to_owned(), "line 1"),
    ];
    for (text, reason) in cases {
        let error = Rehearsal::read(text.as_bytes()).expect_err(&text);
        let error = Text::default().scenario_error(&error);
        assert!(error.contains(reason), "{text}\n{error}");
    }
    let error = Rehearsal::read(b"format = 1 # \xff").unwrap_err();
    assert!(matches!(error, ScenarioError::NotText { byte: 13 }), "{error:?}");
    let error = Text::default().scenario_error(&rehearsal::find("wrong-pasword").unwrap_err());
    assert!(error.contains("Did you mean “wrong-password”?"), "{error}");
}

/// Two steps, one of which takes an input and covers it.
const OF_STEPS: &str = r#"
format = 1
id = "of-steps"
version = "1"
title = "Of steps"
[[input]]
id = "servers"
kind = "fqdn"
many = true
ask = "Servers"
[[step]]
id = "every-server"
title = "Every server answers"
why = "W"
[step.check]
command = "Get-Server"
key = "Name"
covers = { input = "servers" }
expect = [{ property = "Up", is = true }]
[step.apply]
command = "Start-Server"
changes = "session"
[[step]]
id = "quiet"
title = "It is quiet"
why = "W"
[step.check]
command = "Get-Noise"
expect = [{ rows = "none" }]
"#;

fn of_steps(replies: &str) -> Result<Rehearsal, String> {
    let checklist = greenlight::facade::checklist::read(OF_STEPS.as_bytes()).unwrap();
    let head = "format = 1\nid = \"x\"\ntitle = { en = \"X\" }\n";
    let scenario = Rehearsal::read(format!("{head}{replies}").as_bytes());
    scenario
        .and_then(|scenario| scenario.of_checklist(&checklist))
        .map_err(|error| Text::default().scenario_error(&error))
}

#[tokio::test]
async fn a_reply_that_names_a_step_answers_its_command_and_gives_a_row_for_each_value() {
    let scenario = of_steps(
        "[[reply]]\ncheck = \"every-server\"\nrows = [{ \"@each\" = \"servers\", Name = \"{each}\", Up = true }]\n\
         [[reply]]\napply = \"every-server\"\nstream = [{ warning = \"{not_an_input} stays\" }]",
    );
    let (mut shell, _) = Driver::open(&scenario.unwrap()).await;
    let servers = Value::List(["fe01.x", "fe02.x"].map(Value::text).to_vec());
    let attempt = shell.begin("Get-Server", vec![("servers".into(), servers)]).await;
    let rows = shell.finish(attempt, |_| Answer::Declined).await.well().rows;
    let names = rows.iter().filter_map(|row| row.property("Name")).map(Value::display);
    let names: Vec<String> = names.collect();
    assert_eq!(names, ["fe01.x", "fe02.x"]);
    let attempt = shell.begin("Start-Server", Vec::new()).await;
    let said = shell.finish(attempt, |_| Answer::Declined).await.well();
    assert_eq!(said.stream(Stream::Warning), ["{not_an_input} stays"]);
}

#[test]
fn what_a_reply_names_is_there_and_given_to_the_command_or_it_is_a_mistake_with_its_place() {
    for (replies, reason) in [
        ("[[reply]]\ncheck = \"every-servr\"", "line 5, column 9: the checklist has no step `every-servr`"),
        ("[[reply]]\ncheck = \"every-servr\"", "Did you mean “every-server”?"),
        (
            "[[reply]]\napply = \"quiet\"",
            "line 5, column 9: the checklist has no step `quiet` with such a command",
        ),
        ("[[reply]]\nafter = \"1s\"", "a reply answers one command"),
        ("[[reply]]\ncommand = \"a\"\ncheck = \"quiet\"", "a reply answers one command"),
        (
            "[[reply]]\ncheck = \"quiet\"\nrows = [{ Name = [\"of {servers}\"] }]",
            "line 5, column 9: the reply to `Get-Noise` puts in `servers`, which that command is not given",
        ),
        (
            "[[reply]]\ncommand = \"Get-Noise\"\nstream = [{ output = \"{servers}\" }]",
            "line 5, column 11: the reply to `Get-Noise` puts in `servers`",
        ),
    ] {
        let error = of_steps(replies).expect_err(replies);
        assert!(error.contains(reason), "{replies}\n{error}");
    }
}

#[test]
fn the_scenario_that_the_page_shows_can_be_played() {
    let page = include_str!("../../docs/scenarios.md");
    let shown = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(Rehearsal::read(shown.as_bytes()).unwrap().id(), "slow-pool");
}

#[test]
fn every_built_in_scenario_is_readable_and_bears_its_name() {
    for name in rehearsal::names() {
        assert_eq!(rehearsal::find(name).unwrap().id(), name);
    }
    assert!(rehearsal::names().any(|name| name == rehearsal::DEFAULT));
}
