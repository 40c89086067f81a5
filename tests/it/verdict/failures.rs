//! What failed, was cut, unread, unbound or warned of is never green.

use super::*;

#[test]
fn what_could_not_be_read_leaves_a_step_undetermined() {
    let with = |test: &Test, rows: Rows, values: &[Value]| {
        let rows_given: Vec<Value> = values.iter().map(|value| row(value.clone())).collect();
        let finding = judge(&step(vec![on_property("p", test.clone(), rows)]), &completed(&rows_given));
        (finding.verdict, finding.reason)
    };
    let unread = (Verdict::Undetermined, VerdictReason::Unread { property: "p".to_owned() });
    let unmet = (Verdict::Red, VerdictReason::Unmet { count: 1 });
    let met = (Verdict::Green, VerdictReason::Met);
    for test in every_test() {
        for rows in [Rows::All, Rows::Any, Rows::None, Rows::Count(0), Rows::Count(1)] {
            assert_eq!(with(&test, rows, &[Unread]), unread, "{test} {rows:?}");
        }
    }
    let is = Test::Is(word("x"));
    // What was read may be enough to tell.
    for (rows, values, told) in [
        (Rows::All, vec![t("x"), Unread], &unread),
        (Rows::All, vec![t("y"), Unread], &unmet),
        (Rows::Any, vec![t("x"), Unread], &met),
        (Rows::Any, vec![t("y"), Unread], &unread),
        (Rows::None, vec![t("y"), Unread], &unread),
        (Rows::None, vec![t("x"), Unread], &unmet),
        (Rows::Count(1), vec![t("x"), Unread], &unread),
        (Rows::Count(2), vec![t("x"), Unread], &unread),
        (Rows::Count(0), vec![t("x"), Unread], &unmet),
        (Rows::Count(3), vec![t("x"), Unread], &unmet),
        (Rows::Count(2), vec![t("x"), Null, Unread], &unmet),
    ] {
        assert_eq!(&with(&is, rows, &values), told, "{rows:?} {values:?}");
    }
    // In a list it may be the element that is asked for.
    for (test, items, told) in [
        (Test::Contains(word("x")), vec![t("x"), Unread], &met),
        (Test::Contains(word("x")), vec![t("y"), Unread], &unread),
        (Test::Contains(word("x")), vec![t("y"), Null], &unmet),
        (Test::SameSetAs(vec![word("x")]), vec![t("x"), Unread], &unread),
        (Test::SameSetAs(vec![word("x")]), vec![t("y"), Unread], &unmet),
        (Test::Matches(Pattern::new("x").unwrap()), vec![t("y"), Unread], &unread),
        (Test::Empty(Emptiness::Filled), vec![Unread], &met),
    ] {
        assert_eq!(&with(&test, Rows::All, &[list(&items)]), told, "{test} {items:?}");
    }
    // Of two expectations one that fails is enough.
    let both = step(vec![on_property("p", is.clone(), Rows::All), on_property("q", is, Rows::All)]);
    let rows = [object(&[("p", Unread), ("q", t("y"))])];
    assert_eq!(judge(&both, &completed(&rows)).reason, VerdictReason::Unmet { count: 1 });
    let fact = judge(&both, &completed(&rows)).facts.remove(0);
    assert_eq!((fact.found.as_str(), fact.met), ("…", false));
}

#[test]
fn what_failed_or_was_cut_off_is_never_green() {
    let green = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::All }]);
    let failing = || vec![Failure { message: "no".to_owned(), ..Failure::default() }];
    let rows: [(OutcomeEnd, Vec<Failure>, Verdict, VerdictReason); 8] = [
        (OutcomeEnd::Completed, vec![], Verdict::Green, VerdictReason::Met),
        (OutcomeEnd::Completed, failing(), Verdict::Undetermined, VerdictReason::Failed),
        (OutcomeEnd::Threw, vec![], Verdict::Undetermined, VerdictReason::Failed),
        (OutcomeEnd::Threw, failing(), Verdict::Undetermined, VerdictReason::Failed),
        (OutcomeEnd::Stopped, vec![], Verdict::Interrupted, VerdictReason::Stopped),
        (OutcomeEnd::Stopped, failing(), Verdict::Interrupted, VerdictReason::Stopped),
        (OutcomeEnd::Lost, vec![], Verdict::Interrupted, VerdictReason::ShellLost),
        (OutcomeEnd::Lost, failing(), Verdict::Interrupted, VerdictReason::ShellLost),
    ];
    for (end, failures, verdict, reason) in rows {
        let outcome = Outcome {
            end,
            rows: vec![t("x")],
            failures: failures.clone(),
            warnings: Vec::new(),
            silent_ms: 0,
            elapsed_ms: 9,
        };
        let finding = judge(&green, &outcome);
        assert_eq!((finding.verdict, &finding.reason), (verdict, &reason), "{end:?}");
        assert_eq!((finding.failures, finding.elapsed_ms), (failures, 9));
        assert_eq!(finding.facts.len(), 1);
        // Nor does it become red where nothing was seen, or because an expectation failed.
        let nothing = judge(&green, &Outcome { rows: Vec::new(), ..outcome });
        assert_eq!(nothing.verdict, if verdict == Verdict::Green { Verdict::Red } else { verdict });
    }
}

#[test]
fn a_finding_keeps_the_first_failures() {
    let failures: Vec<Failure> =
        (0..FAILURES_KEPT + 2).map(|n| Failure { message: n.to_string(), ..Failure::default() }).collect();
    let outcome = Outcome { failures: failures.clone(), ..completed(&[]) };
    let finding = judge(&step(Vec::new()), &outcome);
    assert_eq!(finding.failures, failures[..FAILURES_KEPT]);
    assert_eq!(finding.more_errors, MoreErrors { count: 2, targets: Vec::new() });
    let at = |target: &str| Failure { target: target.to_owned(), ..Failure::default() };
    let more = ["b", "a", "", "b"].map(at);
    let outcome = Outcome { failures: [&failures[..FAILURES_KEPT], &more].concat(), ..completed(&[]) };
    let targets = vec!["b".to_owned(), "a".to_owned()];
    assert_eq!(judge(&step(Vec::new()), &outcome).more_errors, MoreErrors { count: 4, targets });
    let outcome = Outcome { failures: failures[..FAILURES_KEPT].to_vec(), ..completed(&[]) };
    let finding = judge(&step(Vec::new()), &outcome);
    assert!(finding.more_errors.is_none());
    assert!(!serde_json::to_string(&finding).unwrap().contains("more_errors"));
}

#[test]
fn of_many_errors_all_targets_are_known_in_bounded_memory() {
    let more_of = |count: usize| {
        let at = |number: usize| Failure { target: format!("fe{number}"), ..Failure::default() };
        let outcome = Outcome { failures: (0..count).map(at).collect(), ..completed(&[]) };
        judge(&step(Vec::new()), &outcome).more_errors
    };
    let targets = |to: usize| (FAILURES_KEPT..to).map(|number| format!("fe{number}")).collect::<Vec<_>>();
    assert_eq!(more_of(90), MoreErrors { count: 85, targets: targets(90) });
    // The last one, which is what was thrown where something was, is kept beside a hundred thousand.
    let most = [targets(100_000), vec!["fe100009".to_owned()]].concat();
    assert_eq!(more_of(100_010).targets, most);
}

#[test]
fn a_row_that_holds_a_secret_is_a_row_and_one_error_for_all() {
    let step = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::All }]);
    let mut judge = Judge::new(step, Purpose::Check, Arc::default(), ToCover::Nothing, Moment::default());
    let masked = |id: &str| Failure { error_id: id.to_owned(), ..Failure::default() };
    judge.row(&t("x"));
    for id in ["Masked", "Masked", "Cut"] {
        judge.masked_row(&t("x"), masked(id));
    }
    let finding = judge.finish(OutcomeEnd::Completed, Moment::default()).finding.unwrap();
    assert_eq!((finding.verdict, finding.facts[0].rows), (Verdict::Undetermined, Some(4)));
    assert_eq!(finding.failures, [masked("Masked"), masked("Cut")]);
}

#[test]
fn an_error_is_told_with_what_it_was_done_to() {
    let told = |target: &str, message: &str| {
        let failure =
            Failure { target: target.to_owned(), message: message.to_owned(), ..Failure::default() };
        failure.told().into_owned()
    };
    assert_eq!(told("fe03", "The session has ended."), "[fe03] The session has ended.");
    for (target, message) in [
        ("", "no"),
        ("fe03", "[FE03] no"),
        ("fe03", "fe03.contoso.com: no"),
        ("a\nb", "no"),
        (&"x".repeat(256), "no"),
    ] {
        assert_eq!(told(target, message), message);
    }
    assert_eq!(told(&"x".repeat(255), "no").len(), 260);
}

#[test]
fn what_a_finding_says_is_kept_whole() {
    let timed_out = |silent| {
        let failures = vec![Failure::default(); FAILURES_KEPT + 2];
        Finding {
            more_errors: MoreErrors { count: 2, targets: vec!["fe01".to_owned()] },
            ..verdict::cut_off(
                Verdict::Undetermined,
                VerdictReason::TimedOut { silent, limit_ms: None },
                failures,
                3,
            )
        }
    };
    // What there is none of does not stand there, and what there is does.
    for (count, stands) in [(0, false), (7, true)] {
        let finding =
            Finding { failing_rows: count, more_failing: count, more_warnings: count, ..timed_out(false) };
        let written = serde_json::to_string(&finding).unwrap();
        assert_eq!(serde_json::from_str::<Finding>(&written).unwrap(), finding);
        for name in ["failing_rows", "more_failing", "more_warnings"] {
            assert_eq!(written.contains(name), stands, "{written}");
        }
    }
    for silent in [false, true] {
        let written = serde_json::to_string(&timed_out(silent)).unwrap();
        assert_eq!(serde_json::from_str::<Finding>(&written).unwrap(), timed_out(silent));
        // As a run of format 1 has it, where there was no such word.
        assert_eq!(written.contains("silent"), silent);
    }
}

#[test]
fn a_check_that_was_cut_off_holds_no_facts() {
    let failures = vec![Failure::default()];
    let finding = verdict::cut_off(
        Verdict::Interrupted,
        VerdictReason::TimedOut { silent: false, limit_ms: Some(1) },
        failures.clone(),
        3,
    );
    assert_eq!(
        (finding.verdict, &finding.reason),
        (Verdict::Interrupted, &VerdictReason::TimedOut { silent: false, limit_ms: Some(1) })
    );
    assert_eq!((finding.failures, finding.elapsed_ms), (failures, 3));
    assert!(finding.facts.is_empty() && finding.remedies.is_empty());
}

#[test]
fn a_finding_keeps_the_first_warnings_whatever_they_mean() {
    let warned = |count: usize| Outcome {
        warnings: (0..count).map(|number| number.to_string()).collect(),
        ..completed(&[t("x")])
    };
    let mut checked = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::All }]);
    for (warnings, verdict) in [(Warnings::Keep, Verdict::Green), (Warnings::Fail, Verdict::Red)] {
        let StepKind::Measured { check, .. } = &mut checked.kind else { panic!("measured") };
        check.warnings = warnings;
        let found = judge(&checked, &warned(7));
        assert_eq!((found.verdict, found.more_warnings), (verdict, 2));
        assert_eq!(found.warnings, ["0", "1", "2", "3", "4"]);
        assert_eq!(judge(&checked, &warned(5)).more_warnings, 0);
    }
    let failed = judge(&checked, &Outcome { end: OutcomeEnd::Threw, ..warned(1) });
    assert_eq!(failed.warnings, ["0"], "what it warned of is evidence whatever came of it");
    let written = serde_json::to_string(&judge(&checked, &completed(&[t("x")]))).unwrap();
    assert!(!written.contains("warnings"), "{written}");
}

#[test]
fn a_warning_keeps_a_step_from_green_where_its_check_says_so() {
    let mut checked = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::All }]);
    checked.remedies = vec![Remedy {
        when: vec![RemedyWhen { text: Some(Pattern::new("replica").unwrap()), ..RemedyWhen::default() }],
        say: Localized::default(),
        docs: None,
        go: None,
    }];
    let warned = || Outcome {
        warnings: vec!["the replica is behind".to_owned(), "and so is another".to_owned()],
        ..completed(&[t("x")])
    };
    assert_eq!(judge(&checked, &warned()).reason, VerdictReason::Met);
    let StepKind::Measured { check, .. } = &mut checked.kind else { panic!("measured") };
    check.warnings = Warnings::Fail;
    let found = judge(&checked, &warned());
    let reason = VerdictReason::Warned { warning: "the replica is behind".to_owned() };
    assert_eq!((found.verdict, &found.reason), (Verdict::Red, &reason));
    assert_eq!((found.remedies, found.facts.len()), (vec![0], 1), "what it warns of has its remedy");
    // It says more than that there are no rows, and less than an error.
    let nothing = judge(&checked, &Outcome { rows: Vec::new(), ..warned() });
    assert_eq!((nothing.verdict, &nothing.reason), (Verdict::Red, &reason));
    let failed = judge(&checked, &Outcome { failures: vec![Failure::default()], ..warned() });
    assert_eq!((failed.verdict, failed.reason), (Verdict::Undetermined, VerdictReason::Failed));
    assert_eq!(judge(&checked, &completed(&[t("x")])).verdict, Verdict::Green);
}

#[test]
fn what_could_not_be_bound_is_named() {
    let green = step(vec![Expectation { property: None, test: Test::Present, rows: Rows::None }]);
    let said = |error_id: &str| Failure { error_id: error_id.to_owned(), ..Failure::default() };
    let failures = vec![said("VariableNotWritable,x"), said(&format!("{NOT_BOUND},target_pool"))];
    let found = judge(&green, &Outcome { end: OutcomeEnd::Unbound, failures, ..completed(&[]) });
    let reason = VerdictReason::Unbound { variable: "target_pool".to_owned() };
    assert_eq!((found.verdict, found.reason), (Verdict::Undetermined, reason));
}
