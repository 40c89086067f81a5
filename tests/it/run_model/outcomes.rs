//! How commands can end, and what they ask.

use greenlight::facade::run::value::Object;
use greenlight::facade::run::verdict::Inputs;

use super::*;

pub(super) fn outcome(end: OutcomeEnd, row: bool, failures: usize) -> Outcome {
    Outcome {
        end,
        rows: vec![Value::Bool(row)],
        warnings: Vec::new(),
        silent_ms: 0,
        failures: vec![Failure::default(); failures],
        elapsed_ms: 0,
    }
}

/// Every way in which a command can end; only the first is a good one.
pub(super) fn outcomes() -> [Outcome; 6] {
    [
        outcome(OutcomeEnd::Completed, true, 0),
        outcome(OutcomeEnd::Completed, false, 0),
        outcome(OutcomeEnd::Completed, true, 1),
        outcome(OutcomeEnd::Threw, true, 1),
        outcome(OutcomeEnd::Stopped, true, 0),
        outcome(OutcomeEnd::Lost, true, 0),
    ]
}

/// The names of the tenants that may be found; each is its id too.
pub(super) const TENANTS: [&str; 2] = ["A", "B"];

/// Every way in which a check can end that finds a tenant: [`FINDS`] says which.
fn finding_tenants() -> Vec<Outcome> {
    let mut all = outcomes().to_vec();
    let property = |name: &str| ("Name".to_owned(), Value::text(name));
    let row = |name: &str| Value::Object(Object { properties: vec![property(name)], ..Object::default() });
    all.push(all[0].clone());
    for (outcome, tenant) in all.iter_mut().zip(FINDS) {
        outcome.rows = vec![row(tenant.map_or("", |tenant: Tenant| TENANTS[tenant]))];
    }
    all
}

/// Which tenant each of these finds: one of none and one of the other are among them.
pub(super) const FINDS: [Option<Tenant>; 7] = [Some(0), None, Some(0), Some(1), Some(0), Some(0), Some(1)];

/// The same of those that came to their own end.
pub(super) fn says(outcome: usize) -> Option<Tenant> {
    FINDS.get(outcome).copied().flatten().filter(|_| !matches!(outcome, 4 | 5))
}

/// Where among them the good ends with another name stand.
pub(super) const OTHER: usize = 6;
pub(super) const UNREAD: usize = 7;

/// The same of a check whose rows have names; the last two are good ends too, with another name, and with one that cannot be read.
fn outcomes_of_names() -> Vec<Outcome> {
    let mut each = outcomes().to_vec();
    for outcome in &mut each {
        let ok = outcome.rows == [Value::Bool(true)];
        outcome.rows = if ok { found_names(&["x"]).rows } else { Vec::new() };
    }
    each.extend([found_names(&["y"]), found_names(&["?"])]);
    each
}

/// What the judge makes of each of them, of a check and of an apply of this step.
pub(super) fn judged(step: &Step, onlooker: Option<&dyn Onlooker>) -> [Vec<Judged>; 2] {
    [Purpose::Check, Purpose::Apply].map(|purpose| {
        let has_names = match &step.kind {
            StepKind::Measured { check, .. } => purpose == Purpose::Check && !check.keeps.is_empty(),
            StepKind::Attested { .. } => false,
        };
        let finds = purpose == Purpose::Check && step.subject.is_some();
        let own = || match (finds, has_names) {
            (true, _) => finding_tenants(),
            (false, true) => outcomes_of_names(),
            (false, false) => outcomes().to_vec(),
        };
        let each = onlooker.map_or_else(own, |onlooker| onlooker.outcomes(step, purpose));
        let each = each.into_iter();
        each.map(|outcome| outcome.judged(step, purpose, &Inputs::new(), Moment::default())).collect()
    })
}
