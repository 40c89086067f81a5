//! `[[step]]` with its check, apply, attestation and remedies.

mod covers;
mod remedy;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use toml::de::DeValue;

use super::input::DeclaredInputs;
use super::item::{Fields, Item};
use super::{expectation, group, subject, until, when};
use crate::checklist::mistake::{Fault, ReferenceKind, Senseless, SourceFault, TablePlace, Word};
use crate::checklist::{Apply, Changes, Check, Lasts, Step, StepId, StepKind, Warnings, Weight};

const KEYS: [Word; 17] = [
    "id",
    "title",
    "why",
    "group",
    "subject",
    "docs",
    "needs",
    "when",
    "lasts",
    "fresh_for",
    "keep_alive",
    "timeout",
    "required",
    "check",
    "apply",
    "attest",
    "remedy",
];
/// `timeout` where the file gives none.
const TIMEOUT: Duration = Duration::from_secs(2 * 60);
/// The shortest `keep_alive`: a tenant that is asked more often slows its answers down.
const KEEP_ALIVE_MIN: Duration = Duration::from_secs(45);
/// `fresh_for` of a measured step where the file gives none.
const FRESH_MEASURED: Duration = Duration::from_secs(60 * 60);
/// `fresh_for` of an attested step where the file gives none.
const FRESH_ATTESTED: Duration = Duration::from_secs(24 * 60 * 60);

/// What a step may refer to.
struct KnownNames<'a, 'n> {
    inputs: &'n DeclaredInputs<'a>,
    steps: &'n [&'a str],
    /// The first place of each step.
    places: &'n BTreeMap<&'a str, usize>,
    /// What each step says that it needs.
    needs: Vec<Vec<usize>>,
    /// The places of those without a check.
    stated: BTreeSet<usize>,
    /// The places of those with an apply.
    applied: BTreeSet<usize>,
}

impl<'a, 'n> KnownNames<'a, 'n> {
    fn new(
        inputs: &'n DeclaredInputs<'a>,
        steps: &'n [&'a str],
        places: &'n BTreeMap<&'a str, usize>,
        tables: &[Fields<'a>],
    ) -> Self {
        let needs = tables.iter().map(|fields| match fields.optional("needs").map(|item| item.value) {
            Some(DeValue::Array(items)) => {
                items.iter().filter_map(|item| places.get(item.get_ref().as_str()?)).copied().collect()
            }
            _ => Vec::new(),
        });
        let has_no_check = |(_, fields): &(usize, &Fields<'a>)| fields.optional("check").is_none();
        let stated = tables.iter().enumerate().filter(has_no_check).map(|(place, _)| place).collect();
        let has_apply = |(_, fields): &(usize, &Fields<'a>)| fields.optional("apply").is_some();
        let applied = tables.iter().enumerate().filter(has_apply).map(|(place, _)| place).collect();
        Self { inputs, steps, places, needs: needs.collect(), stated, applied }
    }

    /// Whether a step needs another, directly or through others.
    fn rests_on(&self, step: usize, other: usize) -> bool {
        let (mut left, mut seen) = (vec![step], BTreeSet::new());
        while let Some(place) = left.pop() {
            let needs = self.needs.get(place).into_iter().flatten();
            left.extend(needs.filter(|need| seen.insert(**need)));
        }
        seen.contains(&other)
    }
}

/// All steps; each may need only those before it, which leaves no room for a circle.
pub(super) fn read_all<'a>(root: &Fields<'a>, inputs: &DeclaredInputs<'a>) -> Option<Vec<Step>> {
    let tables = root.tables("step", TablePlace::Under("[[step]]"), &KEYS);
    if tables.is_empty() {
        // A value of another type was reported where it was read.
        if root
            .optional("step")
            .is_none_or(|item| item.value.as_array().is_some_and(|items| items.is_empty()))
        {
            root.source.report(root.bytes.clone(), Fault::NoSteps);
        }
        return None;
    }
    let ids: Vec<Option<&str>> =
        tables.iter().map(|fields| fields.required("id").and_then(|item| item.id('-'))).collect();
    let steps: Vec<&str> = ids.iter().copied().flatten().collect();
    let mut places = BTreeMap::new();
    for (place, (fields, id)) in tables.iter().zip(&ids).enumerate() {
        let Some(id) = *id else { continue };
        if places.contains_key(id) {
            if let Some(item) = fields.optional("id") {
                item.report(Fault::Twice { what: ReferenceKind::Step, name: id.to_owned() });
            }
        } else {
            places.insert(id, place);
        }
    }
    let names = KnownNames::new(inputs, &steps, &places, &tables);
    let shared = remedy::shared(root, &names);
    let read: Vec<Option<Step>> = tables
        .iter()
        .zip(&ids)
        .enumerate()
        .map(|(place, (fields, id))| read(fields, place, *id, &names))
        .collect();
    let groups = group::read_all(&tables);
    let steps = read.into_iter().zip(groups).map(|(step, group)| Some(Step { group, ..step? }));
    let mut steps: Vec<Step> = steps.collect::<Option<_>>()?;
    remedy::share(&mut steps, &shared);
    when::sources(&tables, &steps);
    keep_what_is_taken(&mut steps);
    subject::once_a_scope(&tables, &steps);
    Some(steps)
}

/// Tells each check what other steps take from its rows.
fn keep_what_is_taken(steps: &mut [Step]) {
    let taken = steps.iter().flat_map(Step::takes);
    let taken: Vec<(StepId, String)> =
        taken.map(|(step, property)| (step.clone(), property.to_owned())).collect();
    for (from, property) in taken {
        let source = steps.iter_mut().find(|step| step.id == from);
        if let Some(Step { kind: StepKind::Measured { check, .. }, .. }) = source
            && !check.keeps.iter().any(|kept| kept.eq_ignore_ascii_case(&property))
        {
            check.keeps.push(property);
        }
    }
}

fn read(fields: &Fields<'_>, place: usize, id: Option<&str>, names: &KnownNames<'_, '_>) -> Option<Step> {
    let title = fields.required("title").and_then(|item| item.localized());
    let why = fields.required("why").and_then(|item| item.localized());
    let docs = fields.addresses("docs");
    let needs = fields.optional("needs").map(|item| needs(&item, place, names)).unwrap_or_default();
    let when = fields.optional("when").map(|item| when::read(&item, names.inputs, names.steps));
    let lasts = fields
        .optional("lasts")
        .and_then(|item| item.word(&[("run", Lasts::Run), ("session", Lasts::Session)]));
    let fresh_for = fields.optional("fresh_for").and_then(|item| item.span());
    let keep_alive = keep_alive(fields, lasts);
    let subject = fields.optional("subject").map(|item| subject::read(&item));
    let required = fields.optional("required").and_then(|item| item.boolean());
    let remedies = remedy::read_all(fields, place, names);
    let kind = kind(fields, place, names);
    let kind = kind?;
    // A condition that cannot be read is a mistake, not none.
    let when = when.map_or(Some(None), |when| when.map(Some))?;
    let fresh_default = match kind {
        StepKind::Measured { .. } => FRESH_MEASURED,
        StepKind::Attested { .. } => FRESH_ATTESTED,
    };
    Some(Step {
        id: StepId::from(id?),
        title: title?,
        why: why?,
        group: None,
        // One that cannot be read is a mistake, not none.
        subject: subject.map_or(Some(None), |subject| subject.map(Some))?,
        docs,
        needs,
        when,
        lasts: lasts.unwrap_or(Lasts::Run),
        fresh_for: fresh_for.unwrap_or(fresh_default),
        keep_alive,
        weight: if required == Some(false) { Weight::Advisory } else { Weight::Required },
        kind,
        remedies,
    })
}

fn keep_alive(fields: &Fields<'_>, lasts: Option<Lasts>) -> Option<Duration> {
    let item = fields.optional("keep_alive")?;
    let span = item.span()?;
    if lasts != Some(Lasts::Session) {
        item.report(Fault::KeepAliveWithoutSession);
    }
    if span < KEEP_ALIVE_MIN {
        item.report(Fault::KeepAliveTooShort);
    }
    Some(span)
}

fn needs(item: &Item<'_>, place: usize, names: &KnownNames<'_, '_>) -> Vec<StepId> {
    let mut needs: Vec<StepId> = Vec::new();
    let mut seen = BTreeSet::new();
    for item in item.list().unwrap_or_default() {
        let Some(text) = item.text() else { continue };
        match names.places.get(text) {
            None => {
                item.name_of(ReferenceKind::Step, names.steps);
            }
            Some(other) if *other == place => {
                item.report(Fault::NeedsItself);
            }
            Some(other) if *other > place => {
                item.report(Fault::NeedsLater(text.to_owned()));
            }
            Some(_) if !seen.insert(text) => {
                item.report(Fault::NamedTwice(text.to_owned()));
            }
            Some(_) => needs.push(StepId::from(text)),
        }
    }
    needs
}

fn kind(fields: &Fields<'_>, place: usize, names: &KnownNames<'_, '_>) -> Option<StepKind> {
    let (check, apply, attest) =
        (fields.optional("check"), fields.optional("apply"), fields.optional("attest"));
    let timeout = fields.optional("timeout").and_then(|item| item.span()).unwrap_or(TIMEOUT);
    match (&check, &attest) {
        (None, None) => {
            fields.source.report(fields.bytes.clone(), Fault::NeitherCheckNorAttest);
        }
        (Some(_), Some(attest)) => {
            attest.report(Fault::BothCheckAndAttest);
        }
        (None, Some(_)) => {
            for key in ["timeout", "lasts", "keep_alive", "subject"] {
                fields.refuse(key, Senseless::Attested);
            }
        }
        (Some(_), None) => {}
    }
    if check.is_none()
        && let Some(apply) = &apply
    {
        apply.report(Fault::ApplyWithoutCheck);
    }
    // Each part is read before any is given up, so that no mistake stays hidden behind another.
    let check_read = check.map(|item| read_check(&item, apply.as_ref(), timeout, place, names));
    let apply_read = apply.map(|item| read_apply(&item, timeout));
    let statement = attest.map(|item| {
        item.table(TablePlace::Under("[step.attest]"), &["statement"])?
            .required("statement")
            .and_then(|item| item.localized())
    });
    match (check_read, statement) {
        (Some(check), None) => Some(StepKind::Measured { check: check?, apply: apply_read.flatten() }),
        (None, Some(statement)) => Some(StepKind::Attested { statement: statement? }),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

fn read_check(
    item: &Item<'_>,
    apply: Option<&Item<'_>>,
    inherited: Duration,
    place: usize,
    names: &KnownNames<'_, '_>,
) -> Option<Check> {
    let fields = item.table(
        TablePlace::Under("[step.check]"),
        &["command", "expect", "key", "covers", "warnings", "until", "timeout"],
    )?;
    let command = fields.required("command").and_then(|item| item.command());
    let timeout = fields.optional("timeout").and_then(|item| item.span());
    let expect: Option<Vec<_>> = fields
        .required("expect")
        .and_then(|item| item.filled_list())
        .map(|items| items.iter().map(|item| expectation::read(item, names.inputs)).collect::<Vec<_>>())
        .and_then(|read| read.into_iter().collect());
    let key = fields.optional("key").map(|item| expectation::path(&item).map(str::to_owned));
    let covers = fields.optional("covers");
    if let Some(item) = covers.as_ref().filter(|_| key.is_none()) {
        item.report(Fault::Source(SourceFault::CoversWithoutKey));
    }
    let covers = covers.map(|item| covers::read(&item, place, names).map(Box::new));
    let warnings = fields
        .optional("warnings")
        .and_then(|item| item.word(&[("keep", Warnings::Keep), ("fail", Warnings::Fail)]))
        .unwrap_or_default();
    let until = fields.optional("until").map(|item| until::read(&item, apply));
    Some(Check {
        command: command?.to_owned(),
        expect: expect?,
        // A key that cannot be read is a mistake, not none.
        key: key.map_or(Some(None), |key| key.map(Some))?,
        covers: covers.map_or(Some(None), |covers| covers.map(Some))?,
        keeps: Vec::new(),
        warnings,
        until: until.map_or(Some(None), |until| until.map(|until| Some(Box::new(until))))?,
        timeout: timeout.unwrap_or(inherited),
    })
}

fn read_apply(item: &Item<'_>, inherited: Duration) -> Option<Apply> {
    let fields = item.table(TablePlace::Under("[step.apply]"), &["command", "changes", "note", "timeout"])?;
    let command = fields.required("command").and_then(|item| item.command_to_read());
    let changes = fields.required("changes").and_then(|item| {
        item.word(&[
            ("session", Changes::Session),
            ("computer", Changes::Computer),
            ("forest", Changes::Forest),
            ("tenant", Changes::Tenant),
        ])
    });
    let note = fields.optional("note").and_then(|item| item.localized());
    let timeout = fields.optional("timeout").and_then(|item| item.span());
    Some(Apply {
        command: command?.to_owned(),
        changes: changes?,
        note,
        timeout: timeout.unwrap_or(inherited),
    })
}
