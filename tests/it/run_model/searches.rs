//! The checklists that are searched, and what happens in each search.

use super::*;

#[test]
fn a_pair_with_questions_queues_and_a_session() {
    let steps = vec![using_domain(measured("a", &[], SHORT)), of_the_session(measured("b", &["a"], LONG))];
    proven("pair", steps, Reach { questions: true, queues: true, ..Reach::default() });
}

#[test]
fn a_measurement_and_a_statement_under_wandering_clocks() {
    let steps = vec![check_only(measured("a", &[], LONG)), attested(measured("b", &["a"], LONG))];
    proven("clocks", steps, Reach { clocks: true, ..Reach::default() });
}

#[test]
fn sessions_that_are_looked_after_and_come_back() {
    let steps = vec![
        kept_alive(for_the_session(measured("a", &[], LONG)), SHORT),
        of_the_session(for_the_session(measured("b", &["a"], LONG))),
        check_only(measured("c", &["b"], LONG)),
    ];
    let coarse = Detail::Coarse;
    proven("sessions", steps, Reach { sessions: true, detail: coarse, ..Reach::default() });
}

#[test]
fn what_waits_behind_a_session_that_is_looked_after() {
    let steps = vec![
        using_domain(kept_alive(for_the_session(measured("a", &[], LONG)), SHORT)),
        attested(measured("b", &["a"], LONG)),
    ];
    let reach = Reach { sessions: true, queues: true, detail: Detail::Coarse, ..Reach::default() };
    proven("waiting", steps, reach);
}

#[test]
fn a_step_that_is_checked_again_after_its_apply() {
    let steps = vec![check_only(measured("a", &[], LONG)), until(measured("b", &["a"], LONG))];
    proven("until", steps, Reach { waits: true, detail: Detail::Coarse, ..Reach::default() });
}

#[test]
fn a_step_that_is_checked_again_while_a_session_is_looked_after() {
    let steps = vec![kept_alive(until(for_the_session(measured("a", &[], LONG))), SHORT)];
    let reach = Reach { waits: true, sessions: true, detail: Detail::Coarse, ..Reach::default() };
    proven("until in a session", steps, reach);
}

#[test]
fn two_steps_that_wait_at_once() {
    let steps = vec![until(measured("a", &[], SHORT)), until(advisory(measured("b", &[], SHORT)))];
    let reach = Reach { waits: true, detail: Detail::Coarse, ..Reach::default() };
    proven("two that wait", steps, reach);
}

#[test]
fn a_run_that_goes_on_by_itself() {
    let going = Reach { going: true, detail: Detail::Coarse, ..Reach::default() };
    let made = of_the_session(for_the_session(measured("a", &[], LONG)));
    let steps = vec![using_domain(made.clone()), attested(measured("b", &["a"], LONG))];
    proven("going, with questions", steps, Reach { questions: true, queues: true, ..going });
    let steps = vec![advisory(made.clone()), measured("b", &["a"], SHORT)];
    proven("going, with advice", steps, going);
    let steps = vec![until(made), attested(measured("b", &["a"], LONG))];
    proven("going, with a wait", steps, Reach { waits: true, ..going });
}

#[test]
fn a_run_that_goes_on_by_itself_while_a_session_is_looked_after() {
    let going = Reach { going: true, detail: Detail::Coarse, ..Reach::default() };
    let steps = vec![kept_alive(for_the_session(measured("a", &[], LONG)), SHORT)];
    proven("going, with a session", steps, Reach { sessions: true, ..going });
}

#[test]
fn a_run_that_goes_on_by_itself_where_steps_may_not_apply() {
    let going = Reach { going: true, detail: Detail::Coarse, ..Reach::default() };
    let steps = vec![
        naming(of_the_session(for_the_session(measured("a", &[], LONG)))),
        when_name(attested(measured("b", &["a"], SHORT)), "a", "x"),
    ];
    proven("going under conditions", steps, going);
}

#[test]
fn an_input_that_may_stay_empty() {
    let steps = vec![using_domain(check_only(measured("a", &[], LONG))), measured("b", &["a"], SHORT)];
    let mut checklist = checklist(steps);
    checklist.inputs[0].need = Need::Optional;
    proven_of("optional input", checklist.clone(), Reach::default());
    checklist.steps.truncate(1);
    let going = Reach { going: true, detail: Detail::Coarse, ..Reach::default() };
    proven_of("optional input, going", checklist, going);
}

#[test]
fn a_chain() {
    let steps = vec![
        using_domain(measured("a", &[], SHORT)),
        of_the_session(measured("b", &["a"], LONG)),
        measured("c", &["b"], SHORT),
    ];
    proven("chain of three", steps.clone(), Reach::default());
    let steps = [steps, vec![measured("d", &["c"], LONG)]].concat();
    proven("chain of four", steps, Reach { detail: Detail::Coarse, queues: true, ..Reach::default() });
}

#[test]
fn a_diamond() {
    let steps = vec![
        of_the_session(measured("a", &[], LONG)),
        using_domain(measured("b", &["a"], SHORT)),
        measured("c", &["a"], LONG),
        measured("d", &["b", "c"], LONG),
    ];
    proven("diamond", steps, Reach { detail: Detail::Coarse, queues: true, ..Reach::default() });
}

#[test]
fn statements_between_measurements() {
    let steps = vec![
        using_domain(measured("a", &[], SHORT)),
        attested(measured("b", &["a"], LONG)),
        measured("c", &["b"], LONG),
        attested(measured("d", &["c"], SHORT)),
    ];
    proven("statements", steps, Reach { queues: true, ..Reach::default() });
}

#[test]
fn advice_between_what_counts() {
    let steps = vec![
        advisory(measured("a", &[], SHORT)),
        measured("b", &[], LONG),
        of_the_session(measured("c", &["a", "b"], LONG)),
        advisory(using_domain(measured("d", &["a"], LONG))),
    ];
    proven("advice", steps, Reach { detail: Detail::Coarse, ..Reach::default() });
}

#[test]
fn a_tenant_that_may_be_another_one_the_next_time() {
    let subjects = Reach { subjects: true, ..Reach::default() };
    let tenant = finds_the_tenant(of_the_session(check_only(measured("a", &[], LONG))));
    let steps = vec![tenant.clone(), changing_the_tenant(measured("b", &["a"], LONG))];
    proven("tenant", steps.clone(), subjects);
    // What changes it need not need it, and more may rest on that.
    let steps =
        vec![tenant, changing_the_tenant(measured("b", &[], LONG)), attested(measured("c", &["b"], LONG))];
    proven("tenant below", steps, Reach { detail: Detail::Coarse, ..subjects });
}

#[test]
fn a_step_that_applies_as_an_input_says() {
    let steps = vec![
        when_domain(measured("a", &[], SHORT), "contoso.com"),
        attested(measured("b", &["a"], LONG)),
        when_domain(check_only(measured("c", &["b"], LONG)), "contoso.com"),
    ];
    proven("condition on an input", steps, Reach { queues: true, ..Reach::default() });
}

#[test]
fn a_step_that_applies_as_another_found() {
    let steps = vec![
        naming(check_only(measured("a", &[], LONG))),
        when_name(attested(measured("b", &["a"], LONG)), "a", "x"),
        check_only(measured("c", &["b"], LONG)),
    ];
    let reach = Reach { queues: true, detail: Detail::Coarse, ..Reach::default() };
    proven("condition on a step", steps, reach);
}

#[test]
fn a_step_whose_source_applies_as_an_input_says() {
    let steps = vec![
        when_domain(naming(of_the_session(measured("a", &[], SHORT))), "contoso.com"),
        when_name(measured("b", &["a"], LONG), "a", "x"),
        when_name(advisory(check_only(measured("c", &["b"], LONG))), "a", "x"),
    ];
    proven("chain of conditions", steps, Reach { detail: Detail::Coarse, ..Reach::default() });
}
