//! Names that a check must speak of.

use super::*;

/// What is covered, the rows and the errors; what comes of it.
type Case<'a> = (Covers, Vec<Value>, &'a [Failure], Verdict, VerdictReason);

fn covering(covers: Covers, expect: Vec<Expectation>) -> Step {
    let mut step = step(expect);
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.key = Some("Server".to_owned());
        check.covers = Some(Box::new(covers));
    }
    step
}

fn names(names: &[&str]) -> Covers {
    Covers::List(names.iter().map(|name| (*name).to_owned()).collect())
}

fn server(name: Value, ok: bool) -> Value {
    object(&[("Server", name), ("Ok", Bool(ok))])
}

fn ok(rows: Rows) -> Expectation {
    on_property("Ok", Test::Is(Operand::Bool(true)), rows)
}

fn error(target: &str, message: &str) -> Failure {
    Failure { target: target.to_owned(), message: message.to_owned(), ..Failure::default() }
}

fn found(step: &Step, rows: &[Value], failures: &[Failure]) -> Finding {
    judge(step, &Outcome { failures: failures.to_vec(), ..completed(rows) })
}

/// What came of rows of these names, all of them good.
fn of_rows(covered: &[&str], rows: &[&str]) -> Coverage {
    let rows: Vec<Value> = rows.iter().map(|name| server(t(name), true)).collect();
    *found(&covering(names(covered), vec![ok(Rows::All)]), &rows, &[]).covered.unwrap()
}

fn missing(coverage: &Coverage) -> Vec<&str> {
    coverage.missing.iter().map(|missing| missing.name.as_str()).collect()
}

#[test]
fn the_verdict_by_names_rows_and_errors() {
    use Verdict::{Green, Red, Undetermined};
    use VerdictReason::{CoversUnread, Failed, Met, NoRows, NotCovered, NothingToCover, Unmet};
    let (a, b) = (server(t("a"), true), server(t("b"), true));
    let bad = server(t("b"), false);
    let wrong = [error("b", "refused")];
    let both = names(&["a", "b"]);
    // `many` has a and B, `none` no value, `unset` none either; a step's names are not known here.
    let of_step = Covers::Step { step: "pool".into(), property: "Computers".to_owned() };
    let unread = CoversUnread { property: "Computers".to_owned() };
    let table: [Case<'_>; 15] = [
        (both.clone(), vec![a.clone(), b.clone()], &[], Green, Met),
        (both.clone(), vec![a.clone(), bad.clone()], &[], Red, Unmet { count: 1 }),
        (both.clone(), vec![a.clone()], &[], Red, NotCovered),
        (both.clone(), vec![], &[], Red, NotCovered),
        (both.clone(), vec![bad.clone()], &[], Red, NotCovered),
        (both.clone(), vec![a.clone(), b.clone()], &wrong, Undetermined, Failed),
        (both, vec![a.clone()], &wrong, Red, NotCovered),
        (Covers::Input("many".into()), vec![a.clone(), b.clone()], &[], Green, Met),
        (Covers::Input("many".into()), vec![b.clone()], &[], Red, NotCovered),
        (Covers::Input("none".into()), vec![a.clone()], &[], Red, NothingToCover),
        (Covers::Input("unset".into()), vec![a.clone()], &wrong, Undetermined, Failed),
        (of_step.clone(), vec![a.clone()], &[], Undetermined, unread.clone()),
        (of_step.clone(), vec![a, bad], &[], Red, Unmet { count: 1 }),
        (of_step.clone(), vec![], &[], Red, NoRows),
        (of_step, vec![b], &wrong, Undetermined, Failed),
    ];
    for (covers, rows, failures, verdict, reason) in table {
        let finding = found(&covering(covers.clone(), vec![ok(Rows::All)]), &rows, failures);
        assert_eq!((finding.verdict, finding.reason), (verdict, reason), "{covers:?} {rows:?}");
        assert_eq!(finding.failures, failures);
    }
}

#[test]
fn a_command_that_did_not_come_to_its_end_is_what_it_is() {
    let step = covering(names(&["a", "b"]), vec![ok(Rows::All)]);
    for (end, verdict) in [
        (OutcomeEnd::Threw, Verdict::Undetermined),
        (OutcomeEnd::Unbound, Verdict::Undetermined),
        (OutcomeEnd::Stopped, Verdict::Interrupted),
        (OutcomeEnd::Lost, Verdict::Interrupted),
    ] {
        let outcome = Outcome { end, failures: vec![error("", "no")], ..completed(&[server(t("a"), true)]) };
        let finding = judge(&step, &outcome);
        assert_eq!(finding.verdict, verdict, "{end:?}");
        // It is told how far it came, but for one that was not run.
        assert_eq!(finding.covered.is_some(), end != OutcomeEnd::Unbound);
    }
}

#[test]
fn a_name_is_a_name_without_regard_to_case_and_to_nothing_else() {
    for (name, row) in [("fe01", "FE01"), (" fe01 ", "fe01\t"), ("MÜNCHEN", "münchen"), ("7", "7")] {
        assert_eq!(
            (of_rows(&[name], &[row]).spoken, missing(&of_rows(&[name], &[row]))),
            (1, vec![]),
            "{name} {row}"
        );
    }
    for (name, row) in [
        ("fe01", "fe01.contoso.com"),
        ("fe01", "fe01."),
        ("straße", "STRASSE"),
        ("file", "fıle"),
        ("k", "\u{212a}"),
    ] {
        assert_eq!(missing(&of_rows(&[name], &[row])), [name], "{name} {row}");
    }
    // A double is one name, and is told.
    let doubles = of_rows(&["a", "A", "b", "a "], &["b"]);
    assert_eq!((doubles.names, doubles.spoken, doubles.doubles), (2, 1, 2));
}

#[test]
fn rows_that_name_nobody_speak_for_nobody() {
    for nobody in [Null, t(""), t("  "), list(&[t("a")]), Unread, object(&[("a", Int(1))])] {
        let step = covering(names(&["a"]), vec![ok(Rows::All)]);
        let finding = found(&step, &[server(nobody.clone(), true)], &[]);
        assert_eq!(
            (finding.verdict, finding.reason),
            (Verdict::Red, VerdictReason::NotCovered),
            "{nobody:?}"
        );
    }
    let step = covering(names(&["a"]), vec![ok(Rows::All)]);
    assert_eq!(found(&step, &[object(&[("Ok", Bool(true))])], &[]).reason, VerdictReason::NotCovered);
    // A guid is its text.
    let guid = covering(names(&["c0ffee"]), vec![ok(Rows::All)]);
    assert_eq!(found(&guid, &[server(of_type("System.Guid", "c0ffee"), true)], &[]).verdict, Verdict::Green);
}

#[test]
fn a_near_miss_is_told_with_its_name() {
    let near = |name: &str, rows: &[&str]| of_rows(&[name, "other"], rows).missing[0].near.clone();
    assert_eq!(near("fe03", &["fe03.contoso.com", "fe03.b"]).as_deref(), Some("fe03.contoso.com"));
    assert_eq!(near("fe03.contoso.com", &["FE03"]).as_deref(), Some("FE03"));
    assert_eq!(near("fe03.a", &["fe03.b", "fe03.a."]).as_deref(), Some("fe03.a."));
    assert_eq!(near("fe03.a.", &["fe03.a"]).as_deref(), Some("fe03.a"));
    for (name, row) in [("fe03", "fe30"), ("10.0.0.1", "10.0.0.2"), ("a.b@c.d", "a.x@c.d"), ("", "")] {
        assert_eq!(
            of_rows(&[name, "other"], &[row]).missing.first().and_then(|name| name.near.clone()),
            None
        );
    }
    assert_eq!(near("10.0.0.1", &["10.0.0.1."]).as_deref(), Some("10.0.0.1."));
}

#[test]
fn an_error_about_a_missing_name_is_told_with_it() {
    let step = covering(names(&["fe01", "fe02", "fe03"]), vec![ok(Rows::All)]);
    let failures =
        [error("FE03", "refused"), error("", "something"), error("fe03", "later"), error("fe01", "no")];
    let finding = found(&step, &[server(t("fe01"), true)], &failures);
    let without = MissingName { name: "fe02".to_owned(), near: None, error: None };
    let with = MissingName { name: "fe03".to_owned(), near: None, error: Some("refused".to_owned()) };
    assert_eq!(finding.covered.unwrap().missing, [without.clone(), with.clone()]);
    // Of an error of which only the target is kept nothing can be told; spaces around that do not count.
    let mut many = vec![error("fe02", "no"); 60];
    many.splice(..1, [error(" fe03\t", "refused")]);
    many[49].target = "fe04".to_owned();
    many[50].target = "fe05".to_owned();
    let step = covering(names(&["fe01", "fe03", "fe04", "fe05"]), vec![ok(Rows::All)]);
    let finding = found(&step, &[server(t("fe01"), true)], &many);
    let last = MissingName { name: "fe04".to_owned(), error: Some("no".to_owned()), ..with.clone() };
    let without = MissingName { name: "fe05".to_owned(), ..without };
    assert_eq!(finding.covered.unwrap().missing, [with, last, without]);
}

#[test]
fn what_is_missing_is_bounded_and_is_a_fact() {
    let many: Vec<String> = (0..1_500).map(|number| format!("fe{number}")).collect();
    let finding = found(&covering(Covers::List(many), vec![ok(Rows::Any)]), &[server(t("fe1"), true)], &[]);
    let covered = finding.covered.unwrap();
    assert_eq!((covered.missing.len(), covered.more_missing, covered.spoken), (1_000, 499, 1));
    let fact = finding.facts.last().unwrap();
    assert_eq!((fact.property.as_str(), fact.met, finding.facts.len()), ("Server", false, 2));
    assert_eq!(fact.found, "1 of 1500; missing: fe0, fe2, fe3, fe4, fe5, …");
    let nothing = covering(names(&[]), vec![ok(Rows::All)]);
    let fact = found(&nothing, &[server(t("c"), true)], &[]).facts.pop().unwrap();
    assert_eq!((fact.found.as_str(), fact.met), ("0 of 0", false));
    // Five are all named.
    let six = covering(names(&["a", "b", "c", "d", "e", "f"]), vec![ok(Rows::All)]);
    let fact = found(&six, &[server(t("c"), true)], &[]).facts.pop().unwrap();
    assert_eq!(fact.found, "1 of 6; missing: a, b, d, e, f");
    let whole = found(&covering(names(&["a", "A"]), vec![ok(Rows::All)]), &[server(t("a"), true)], &[]);
    let fact = whole.facts.last().unwrap();
    assert_eq!(
        (fact.expected.as_str(), fact.found.as_str(), fact.met),
        ("covers a, A", "1 of 1; given again: 1", true)
    );
}

#[test]
fn a_judge_that_is_told_nothing_of_what_it_covers_finds_nothing_green() {
    let step = covering(names(&["a"]), vec![ok(Rows::All)]);
    let outcome = completed(&[server(t("a"), true)]);
    let judged = outcome.judged_of(&step, Purpose::Check, &inputs(), ToCover::Nothing, Moment::default());
    assert_eq!(judged.finding.unwrap().verdict, Verdict::Undetermined);
}
