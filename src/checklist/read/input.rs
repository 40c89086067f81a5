//! `[[input]]`.

use std::collections::BTreeSet;

use super::ReadMode;
use super::item::{Fields, Item};
use crate::checklist::mistake::{Fault, ReferenceKind, Senseless, SourceFault, TablePlace, Word};
use crate::checklist::{Arity, Input, InputId, InputKind, Leaves, Need, Step};

const KEYS: [Word; 12] = [
    "id",
    "kind",
    "many",
    "leaves_out",
    "optional",
    "ask",
    "help",
    "default",
    "choices",
    "min",
    "max",
    "matches",
];

/// The kinds without their bounds.
#[derive(Clone, Copy, PartialEq)]
enum KindName {
    Text,
    Domain,
    Fqdn,
    Upn,
    Url,
    Path,
    Integer,
    Choice,
}

const KINDS: [(Word, KindName); 8] = [
    ("text", KindName::Text),
    ("domain", KindName::Domain),
    ("fqdn", KindName::Fqdn),
    ("upn", KindName::Upn),
    ("url", KindName::Url),
    ("path", KindName::Path),
    ("integer", KindName::Integer),
    ("choice", KindName::Choice),
];

/// Variables that PowerShell sets itself, of those that an input's name could be (`about_Automatic_Variables`).
const AUTOMATIC: [&str; 27] = [
    "args",
    "error",
    "event",
    "eventargs",
    "eventsubscriber",
    "executioncontext",
    "false",
    "foreach",
    "home",
    "host",
    "input",
    "lastexitcode",
    "matches",
    "myinvocation",
    "nestedpromptlevel",
    "null",
    "ofs",
    "pid",
    "profile",
    "pwd",
    "sender",
    "shellid",
    "stacktrace",
    "switch",
    "this",
    "true",
    "psitem",
];

/// Variables of some version from 3.0 on that were no mistake once: preferences, and what says something of PowerShell. A run
/// that was begun with one goes on (`about_Automatic_Variables`, `about_Preference_Variables`, and what the engines list).
const RESERVED: [&str; 39] = [
    "confirmpreference",
    "consolefilename",
    "currentlyexecutingcommand",
    "debugpreference",
    "enabledexperimentalfeatures",
    "erroractionpreference",
    "errorview",
    "formatenumerationlimit",
    "informationpreference",
    "iscoreclr",
    "islinux",
    "ismacos",
    "iswindows",
    "logcommandhealthevent",
    "logcommandlifecycleevent",
    "logenginehealthevent",
    "logenginelifecycleevent",
    "logproviderhealthevent",
    "logproviderlifecycleevent",
    "logsettingsevent",
    "maximumaliascount",
    "maximumdrivecount",
    "maximumerrorcount",
    "maximumfunctioncount",
    "maximumhistorycount",
    "maximumvariablecount",
    "outputencoding",
    "progresspreference",
    "reporterrorshowexceptionclass",
    "reporterrorshowinnerexception",
    "reporterrorshowsource",
    "reporterrorshowstacktrace",
    "sourceargs",
    "sourceeventargs",
    "transcript",
    "verbosehelperrors",
    "verbosepreference",
    "warningpreference",
    "whatifpreference",
];

/// Whether PowerShell sets the variable of that name, in lower case, itself.
pub(in crate::checklist) fn is_automatic(name: &str) -> bool {
    never_was_an_id(name) || RESERVED.contains(&name)
}

fn never_was_an_id(name: &str) -> bool {
    name == "_" || AUTOMATIC.contains(&name) || (name.starts_with("ps") && !name.contains('_'))
}

/// What steps may name.
pub(super) struct DeclaredInputs<'a> {
    pub ids: Vec<&'a str>,
    /// Nothing for one that could not be read.
    read: Vec<Option<Input>>,
}

impl DeclaredInputs<'_> {
    pub(super) fn get(&self, id: &str) -> Option<&Input> {
        self.read.iter().flatten().find(|input| input.id.as_str() == id)
    }

    /// All of them, each with what the steps ask of its values; nothing where one could not be read.
    pub(super) fn used_by(self, steps: &[Step]) -> Option<Vec<Input>> {
        let mut inputs = self.read.into_iter().collect::<Option<Vec<Input>>>()?;
        let expectations = steps.iter().flat_map(Step::expectations);
        for (id, form) in expectations.filter_map(|it| Some((it.inputs().next()?, it.test.form()?))) {
            let named = inputs.iter_mut().find(|input| input.id == *id);
            if let Some(input) = named.filter(|input| !input.forms.contains(&form)) {
                input.forms.push(form);
            }
        }
        Some(inputs)
    }
}

pub(super) fn read_all<'a>(root: &Fields<'a>, reading: ReadMode) -> DeclaredInputs<'a> {
    let mut ids = Vec::new();
    let mut seen = BTreeSet::new();
    let read: Vec<Option<Input>> = root
        .tables("input", TablePlace::Under("[[input]]"), &KEYS)
        .iter()
        .map(|fields| {
            let item = fields.required("id");
            let id = item.as_ref().and_then(|item| id(item, reading));
            if let (Some(item), Some(id)) = (item, id) {
                ids.push(id);
                if !seen.insert(id) {
                    item.report(Fault::Twice { what: ReferenceKind::Input, name: id.to_owned() });
                }
            }
            read(fields, id)
        })
        .collect();
    DeclaredInputs { ids, read }
}

fn id<'a>(item: &Item<'a>, reading: ReadMode) -> Option<&'a str> {
    let id = item.id('_')?;
    let taken = match reading {
        ReadMode::New => is_automatic(id),
        ReadMode::Kept => never_was_an_id(id),
    };
    if taken {
        item.report(Fault::Automatic(id.to_owned()));
        return None;
    }
    Some(id)
}

fn read(fields: &Fields<'_>, id: Option<&str>) -> Option<Input> {
    let many = fields.optional("many").and_then(|item| item.boolean());
    let leaves_out = fields.optional("leaves_out");
    let leaves = match leaves_out.as_ref().and_then(Item::boolean) {
        Some(true) => Leaves::Out,
        Some(false) | None => Leaves::Nothing,
    };
    if let Some(item) = leaves_out.filter(|_| leaves == Leaves::Out && many != Some(true)) {
        item.report(Fault::Source(SourceFault::LeavesOutOne));
    }
    let optional = fields.optional("optional").and_then(|item| item.boolean());
    let ask = fields.required("ask").and_then(|item| item.localized());
    let help = fields.optional("help").and_then(|item| item.localized());
    let kind =
        fields.required("kind").and_then(|item| item.word(&KINDS)).and_then(|kind| bounds(fields, kind));
    let default = fields.optional("default");
    let input = Input {
        id: InputId::from(id?),
        kind: kind?,
        arity: if many == Some(true) { Arity::Many } else { Arity::One },
        leaves,
        need: if optional == Some(true) { Need::Optional } else { Need::Required },
        ask: ask?,
        help,
        default: default.as_ref().and_then(Item::line).map(str::to_owned),
        forms: Vec::new(),
    };
    if let (Some(item), Some(text)) = (default, &input.default)
        && let Err(problem) = input.accept(&[text])
    {
        item.report(Fault::DefaultUnfit(problem));
    }
    Some(input)
}

fn bounds(fields: &Fields<'_>, kind: KindName) -> Option<InputKind> {
    let only = |key: Word, owner: KindName, name: Word| {
        if kind != owner {
            fields.refuse(key, Senseless::OnlyKind(name));
        }
    };
    only("choices", KindName::Choice, "choice");
    only("min", KindName::Integer, "integer");
    only("max", KindName::Integer, "integer");
    only("matches", KindName::Url, "url");
    match kind {
        KindName::Text => Some(InputKind::Text),
        KindName::Domain => Some(InputKind::Domain),
        KindName::Fqdn => Some(InputKind::Fqdn),
        KindName::Upn => Some(InputKind::Upn),
        KindName::Path => Some(InputKind::Path),
        KindName::Url => {
            Some(InputKind::Url { matches: fields.optional("matches").and_then(|item| item.pattern()) })
        }
        KindName::Integer => {
            let (min, max) = (fields.optional("min"), fields.optional("max"));
            let min_value = min.as_ref().and_then(Item::integer).unwrap_or(i64::MIN);
            let max_value = max.as_ref().and_then(Item::integer).unwrap_or(i64::MAX);
            if let Some(item) = max.filter(|_| min_value > max_value) {
                item.report(Fault::MaxBelowMin { min: min_value, max: max_value });
            }
            Some(InputKind::Integer { min: min_value, max: max_value })
        }
        KindName::Choice => {
            let items = fields.required("choices")?.filled_list()?;
            let choices: Vec<Option<&str>> = items.iter().map(Item::line).collect();
            Some(InputKind::Choice(choices.into_iter().flatten().map(str::to_owned).collect()))
        }
    }
}
