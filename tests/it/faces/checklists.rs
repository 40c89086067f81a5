//! Small checklists in whose runs every word of a finding, an error or a remedy is its own, and so is the way in which each of
//! their commands can end.

use std::time::Duration;

use greenlight::facade::checklist::{
    Act, Arity, Checklist, Covers, Expectation, Go, Leaves, Pattern, Remedy, RemedyWhen, Rows, Step,
    StepKind, Test, ValueSource, When,
};
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::{Failure, OutcomeEnd, Purpose};

use crate::harness::decided::Outcome;
use crate::harness::steps::{
    advisory, attested, check_only, checklist, for_the_session, kept_alive, measured, of_the_session, text,
    until, using_domain, when_domain,
};
use crate::run_model::{Detail, Reach};

/// A unit of the search's time, as long as the shortest limit.
const SHORT: Duration = Duration::from_secs(600);
const LONG: Duration = Duration::from_secs(1200);

/// A checklist, and what may happen in its runs.
pub struct Walk {
    pub name: &'static str,
    pub checklist: Checklist,
    pub reach: Reach,
    /// The step whose commands end in every way, and whose past is told apart; with all there would be too many states.
    pub much: &'static str,
}

/// A step that changes the tenant, and one that needs what lives in a session.
pub fn pair() -> Walk {
    let steps = vec![
        telling(of_the_session(for_the_session(measured("a", &[], SHORT)))),
        telling(measured("b", &["a"], SHORT)),
    ];
    Walk {
        name: "pair",
        checklist: wide(checklist(steps)),
        reach: Reach { detail: Detail::Coarse, ..Reach::default() },
        much: "a",
    }
}

/// A step with an input.
pub fn alone() -> Walk {
    let steps = vec![telling(using_domain(measured("a", &[], SHORT)))];
    Walk { name: "alone", checklist: wide(checklist(steps)), reach: Reach::default(), much: "a" }
}

/// A step that is checked again after its apply, and one that needs it.
pub fn checked_again() -> Walk {
    let steps =
        vec![telling(until(measured("a", &[], LONG))), telling(check_only(measured("b", &["a"], LONG)))];
    let reach = Reach { waits: true, detail: Detail::Coarse, ..Reach::default() };
    Walk { name: "checked again", checklist: wide(checklist(steps)), reach, much: "b" }
}

/// A step whose check gives rows that have names.
pub fn rows() -> Walk {
    let mut step = telling(measured("a", &[], SHORT));
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.key = Some("Name".to_owned());
    }
    Walk { name: "rows", checklist: wide(checklist(vec![step])), reach: Reach::default(), much: "a" }
}

/// A step whose rows must speak of three names, and an input that leaves names out.
pub fn covering() -> Walk {
    let mut step = telling(using_domain(measured("a", &[], SHORT)));
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.key = Some("PROPERTY-a-0".to_owned());
        let names = [1, 2, 3].map(|name| format!("KEY-a-{name}"));
        check.covers = Some(Covers::List(names.to_vec()).into());
    }
    let mut checklist = wide(checklist(vec![step]));
    (checklist.inputs[0].arity, checklist.inputs[0].leaves) = (Arity::Many, Leaves::Out);
    Walk { name: "covering", checklist, reach: Reach::default(), much: "a" }
}

/// Steps whose commands ask, in one group.
pub fn asking() -> Walk {
    let steps = vec![telling(measured("a", &[], LONG)), telling(check_only(measured("b", &["a"], LONG)))];
    let steps = steps.into_iter().map(|step| grouped("GROUP-one", step)).collect();
    Walk {
        name: "asking",
        checklist: wide(checklist(steps)),
        reach: Reach { questions: true, detail: Detail::Coarse, ..Reach::default() },
        much: "b",
    }
}

/// A statement and advice, both of which rest on a check. The statement is in no group, the others in one each.
pub fn stated() -> Walk {
    let steps = vec![
        grouped("GROUP-one", telling(check_only(measured("a", &[], LONG)))),
        telling(attested(measured("b", &["a"], SHORT))),
        grouped("GROUP-two", telling(advisory(check_only(measured("c", &["b"], LONG))))),
    ];
    Walk { name: "stated", checklist: wide(checklist(steps)), reach: Reach::default(), much: "c" }
}

/// A step that applies as an input says, and one that applies as its rows say, with one that needs both.
pub fn conditional() -> Walk {
    let mut steps = vec![
        grouped("GROUP-one", telling(when_domain(check_only(measured("a", &[], LONG)), "contoso.com"))),
        grouped("GROUP-one", telling(when_domain(check_only(measured("b", &["a"], LONG)), "contoso.com"))),
        grouped("GROUP-two", telling(check_only(measured("c", &["b"], LONG)))),
    ];
    if let StepKind::Measured { check, .. } = &mut steps[1].kind {
        check.keeps = vec!["PROPERTY-b-1".to_owned()];
    }
    let test = Test::Matches(Pattern::new("good").unwrap());
    let source = ValueSource::Step { step: "b".into(), property: "PROPERTY-b-1".to_owned() };
    steps[2].when = Some(When { source, test });
    Walk {
        name: "conditional",
        checklist: wide(checklist(steps)),
        reach: Reach { detail: Detail::Coarse, ..Reach::default() },
        much: "",
    }
}

/// A step that applies as an input says, beside one that always does.
pub fn partly() -> Walk {
    let steps = vec![
        telling(when_domain(check_only(measured("a", &[], LONG)), "contoso.com")),
        telling(check_only(measured("b", &[], LONG))),
    ];
    let reach = Reach { detail: Detail::Coarse, ..Reach::default() };
    Walk { name: "partly", checklist: wide(checklist(steps)), reach, much: "" }
}

/// A step that asks for a credential, and one that signs in with it, whose remedies lead to the first.
pub fn signing_in() -> Checklist {
    let for_session =
        |id, needs: &[&str]| telling(of_the_session(for_the_session(measured(id, needs, LONG))));
    let mut steps = vec![for_session("a", &[]), for_session("b", &["a"])];
    for (remedy, act) in steps[1].remedies.iter_mut().skip(1).zip([Act::Apply, Act::Check]) {
        remedy.go = Some(Go { step: "a".into(), act });
    }
    wide(checklist(steps))
}

/// A session that is looked after, expires and comes back.
pub fn kept() -> Walk {
    let steps = vec![telling(kept_alive(for_the_session(measured("a", &[], LONG)), SHORT))];
    Walk {
        name: "kept",
        checklist: wide(checklist(steps)),
        reach: Reach { sessions: true, detail: Detail::Coarse, ..Reach::default() },
        much: "",
    }
}

/// The last step's title is so long that the list has room for what the others say.
fn wide(mut checklist: Checklist) -> Checklist {
    let last = checklist.steps.last_mut().unwrap();
    last.title = text(&format!("{} {}", last.title.en, "in a long title ".repeat(3).trim_end()));
    checklist
}

fn grouped(group: &str, step: Step) -> Step {
    Step { group: Some(text(group)), ..step }
}

/// The same step, with words of its own.
fn telling(mut step: Step) -> Step {
    let id = step.id.to_string();
    step.title = text(&format!("TITLE-{id}"));
    if let StepKind::Measured { check, .. } = &mut step.kind {
        let expects = |number: u8| Expectation {
            property: Some(format!("PROPERTY-{id}-{number}")),
            test: Test::Matches(Pattern::new(&format!("(EXPECTED-{id}-{number})?-good$")).unwrap()),
            rows: Rows::All,
        };
        check.expect = vec![expects(1), expects(2)];
    }
    let property = |number: u8| RemedyWhen {
        property: Some(format!("PROPERTY-{id}-{number}")),
        ..RemedyWhen::default()
    };
    let error = |error: &str| RemedyWhen { error_id: Some(error.to_owned()), ..RemedyWhen::default() };
    let whens = [RemedyWhen::default(), property(1), property(2), error("CheckFault"), error("ApplyFault")];
    let remedy = |(number, when)| Remedy {
        when: vec![when],
        say: text(&format!("REMEDY-{id}-{number}")),
        docs: None,
        go: None,
    };
    step.remedies = (0..).zip(whens).map(|(number, when): (u8, _)| remedy((number, when))).collect();
    step
}

/// How a command of such a step can end; only the first is a good end.
pub fn outcomes(step: &Step, purpose: Purpose, much: &str) -> Vec<Outcome> {
    let id = &step.id;
    let row = |first: &str, second: &str| {
        let found = [(1, first), (2, second)].map(|(number, word)| {
            (format!("PROPERTY-{id}-{number}"), Value::text(format!("FOUND-{id}-{number}-{word}")))
        });
        Value::Object(Object { properties: found.to_vec(), ..Object::default() })
    };
    let (key, covers) = match &step.kind {
        StepKind::Measured { check, .. } => (check.key.clone(), check.covers.is_some()),
        StepKind::Attested { .. } => (None, false),
    };
    let called = |name: &str, row: Value| match row {
        Value::Object(mut object) => {
            object.properties.push((key.clone().unwrap(), Value::text(format!("KEY-{id}-{name}"))));
            Value::Object(object)
        }
        other => other,
    };
    let named = |name: u8, row: Value| called(&name.to_string(), row);
    let has_names = key.is_some();
    let (command, fault) = match purpose {
        Purpose::Check => ("check", "CheckFault"),
        Purpose::Apply => ("apply", "ApplyFault"),
    };
    let error = |number: u8| Failure {
        message: format!("ERROR-{id}-{command}-{number}"),
        error_id: fault.to_owned(),
        ..Failure::default()
    };
    let warned = |outcome: Outcome, kept: usize| Outcome {
        warnings: (1..=kept).map(|number| format!("WARNING-{id}-{command}-{number}")).collect(),
        ..outcome
    };
    let good = warned(outcome(OutcomeEnd::Completed, vec![row("good", "good")], Vec::new()), 1);
    let failed = outcome(OutcomeEnd::Completed, vec![row("bad", "good")], vec![error(1), error(2)]);
    let threw = outcome(OutcomeEnd::Threw, Vec::new(), vec![error(3)]);
    let stopped = outcome(OutcomeEnd::Stopped, Vec::new(), vec![error(4)]);
    let lost = outcome(OutcomeEnd::Lost, Vec::new(), Vec::new());
    let red = warned(outcome(OutcomeEnd::Completed, vec![row("good", "bad")], Vec::new()), 2);
    match (purpose, much == id.as_str()) {
        (Purpose::Check, _) if covers => {
            let of = |rows: &[(&str, &str)]| {
                let rows = rows.iter().map(|(name, first)| called(name, row(first, "good")));
                outcome(OutcomeEnd::Completed, rows.collect(), Vec::new())
            };
            let all = of(&[("1", "good"), ("2", "good"), ("3", "good")]);
            let but_one = of(&[("1", "good"), ("3", "good")]);
            let nearly = of(&[("1", "good"), ("3.near", "good"), ("2.", "good")]);
            let bad = of(&[("1", "bad"), ("2", "good")]);
            let failed = Outcome { failures: vec![error(1)], ..but_one.clone() };
            vec![all, but_one, nearly, bad, of(&[]), failed]
        }
        (Purpose::Check, _) if has_names => {
            let of = |rows: [(&str, &str); 3]| {
                let rows = (1..).zip(rows).map(|(number, (first, second))| named(number, row(first, second)));
                outcome(OutcomeEnd::Completed, rows.collect(), Vec::new())
            };
            let all = of([("good", "good"); 3]);
            let one = of([("good", "good"), ("bad", "good"), ("good", "good")]);
            let two = of([("good", "good"), ("bad", "bad"), ("good", "good")]);
            let apart = of([("bad", "good"), ("good", "good"), ("good", "bad")]);
            let only = outcome(OutcomeEnd::Completed, vec![named(1, row("bad", "good"))], Vec::new());
            let failed = Outcome { failures: vec![error(1)], ..one.clone() };
            vec![all, one, two, apart, only, failed]
        }
        (Purpose::Check, true) => {
            let both = outcome(OutcomeEnd::Completed, vec![row("bad", "bad")], Vec::new());
            let nothing = outcome(OutcomeEnd::Completed, Vec::new(), Vec::new());
            vec![good, red, both, nothing, failed, threw, stopped, lost]
        }
        (Purpose::Check, false) => vec![good, red, failed],
        (Purpose::Apply, true) => vec![good, failed, threw, stopped, lost],
        (Purpose::Apply, false) => vec![good, failed],
    }
}

fn outcome(end: OutcomeEnd, rows: Vec<Value>, failures: Vec<Failure>) -> Outcome {
    Outcome { end, rows, warnings: Vec::new(), silent_ms: 0, failures, elapsed_ms: 0 }
}
