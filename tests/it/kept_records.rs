//! Records that are kept for ever: each kind of format 2 has an example, which reads, is written as it stands, and passes over nothing.
//!
//! A record of a new kind, or a new variant of an old one, needs its example:
//! `GREENLIGHT_EXAMPLE='{"type":"stop-asked","attempt":2,"cause":"operator"}' cargo test --test it kept_records::` adds it to the
//! journal of examples, rightly chained. What it names as a file has to lie there already.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use greenlight::facade::checklist::Sha;
use greenlight::facade::journal::{Folder, Header, verify};
use greenlight::facade::run::prompt::{Echo, Pick};
use greenlight::facade::run::{
    AbandonCause, Applies, ApplyEnd, ApplyGivenUp, Confirmed, Event, Expiry, GoEnd, KeptValue, Mode, Prompt,
    PromptReply, Purpose, ShellEnd, Stamped, StepApplies, StopCause, Trigger, Verdict, VerdictReason,
    WaitEnd, WhyNot, Wish,
};
use serde_json::{Map, Value, json};

use crate::harness::kept;

/// The enums of the journal: a variant that stands here and in no example fails, one that does not stand here does not compile.
macro_rules! variants {
    ($($enum:ident { $($variant:ident),+ })+) => {
        const VARIANTS: &[(&str, &[&str])] = &[$((stringify!($enum), &[$(stringify!($variant)),+])),+];
        $(impl Variant for $enum {
            fn name(&self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$variant { .. } => (stringify!($enum), stringify!($variant)),)+
                }
            }
        })+
    };
}

trait Variant {
    fn name(&self) -> (&'static str, &'static str);
}

variants! {
    Event {
        Begun, Resumed, Quarantined, OrphanFile, WriteFailed, InputGiven, ShellStarting, ShellOpened, ShellEnded, Queued,
        Started, ApplyPlanned, ApplyGivenUp, Asked, Answered, StopAsked, TimeoutExtended, KillAsked, Held, Released, Checked, Applied, Attested, ApplicabilityKnown, Expired, WaitEnded, GoBegun, GoEnded, HandoffBegun, HandoffAbandoned,
        HandoffConfirmed, Sealed
    }
    Mode { Live, Rehearsal }
    ShellEnd { Closed, Killed, Died, StartFailed }
    Trigger { Asked, KeepAlive, Poll, Reconnect, BeforeApply, Go }
    Wish { Check, CheckAll, Apply, Attest, Give, Reconnect, Go, BeginHandoff }
    Confirmed { Yes, NotAsked, Named }
    Purpose { Check, Apply }
    Prompt { Credential, Choice, Line, SecureLine, Fields }
    Pick { One, Many }
    Echo { Shown, Masked }
    PromptReply { Answered, Declined, Unattended }
    StopCause { Operator, Timeout }
    Verdict { Green, Red, Undetermined, Interrupted }
    KeptValue { Null, Bool, Int, Decimal, Float, Text, Time, Version, List, Object, Absent, Unread }
    VerdictReason {
        Met, Unmet, NotCovered, NothingToCover, CoversUnread, NoRows, Failed, Warned, Unbound, Cut, Unread, TooMuchKept, Unanswered, SessionExpired, SubjectUnclear, Stopped, TimedOut, ShellLost
    }
    ApplyGivenUp { SubjectChanged, SubjectUnknown, Holds, NotChecked, Needs }
    ApplyEnd { Done, Failed, Interrupted }
    Expiry { Age, Clock }
    Applies { Yes, No, Unknown }
    WhyNot { Input, Found, Source }
    GoEnd { Done, Stopped, Declined }
    WaitEnd { TimeUp, Stopped, NeedNotGreen }
    AbandonCause { Operator, NotGreen, SubjectChanged, TooLate, WriteFailed }
}

/// The variants in an event.
fn variants_of(event: &Event) -> Vec<(&'static str, &'static str)> {
    let inner = match event {
        Event::Begun { mode, .. } => vec![mode.name()],
        Event::ShellEnded { end, .. } => vec![end.name()],
        Event::Queued { trigger, .. } => vec![trigger.name()],
        Event::Started { purpose, trigger, .. } => vec![purpose.name(), trigger.name()],
        Event::Asked { prompt, .. } => {
            let parts = match prompt {
                Prompt::Choice { pick, .. } => vec![pick.name()],
                Prompt::Fields { fields, .. } => fields.iter().map(|field| field.echo.name()).collect(),
                Prompt::Credential { .. } | Prompt::Line | Prompt::SecureLine => Vec::new(),
            };
            [vec![prompt.name()], parts].concat()
        }
        Event::Answered { given, .. } => vec![given.name()],
        Event::StopAsked { cause, .. } => vec![cause.name()],
        Event::Held { wish } => {
            let confirmed = match wish {
                Wish::Apply { confirmed, .. } => Some(confirmed.name()),
                Wish::Check { .. }
                | Wish::CheckAll { .. }
                | Wish::Attest { .. }
                | Wish::Give { .. }
                | Wish::Reconnect {}
                | Wish::Go { .. }
                | Wish::BeginHandoff {} => None,
            };
            [wish.name()].into_iter().chain(confirmed).collect()
        }
        Event::Checked { finding, .. } => {
            let kept = finding.kept.iter().flat_map(|kept| kept.values.iter().map(Variant::name));
            [finding.verdict.name(), finding.reason.name()].into_iter().chain(kept).collect()
        }
        Event::Applied { end, .. } => vec![end.name()],
        Event::Expired { why, .. } => vec![why.name()],
        Event::ApplicabilityKnown { steps } => {
            let each = |known: &StepApplies| {
                [known.applies.name()].into_iter().chain(known.why.as_ref().map(Variant::name))
            };
            steps.iter().flat_map(|known| each(known).collect::<Vec<_>>()).collect()
        }
        Event::WaitEnded { why, .. } => vec![why.name()],
        Event::GoEnded { why } => vec![why.name()],
        Event::HandoffAbandoned { why } => vec![why.name()],
        Event::ApplyGivenUp { why, .. } => vec![why.name()],
        Event::Resumed { .. }
        | Event::Quarantined { .. }
        | Event::OrphanFile { .. }
        | Event::WriteFailed { .. }
        | Event::InputGiven { .. }
        | Event::TimeoutExtended { .. }
        | Event::KillAsked { .. }
        | Event::ApplyPlanned { .. }
        | Event::Released {}
        | Event::ShellStarting { .. }
        | Event::ShellOpened { .. }
        | Event::Attested { .. }
        | Event::GoBegun { .. }
        | Event::HandoffBegun { .. }
        | Event::HandoffConfirmed { .. }
        | Event::Sealed { .. } => Vec::new(),
    };
    [vec![event.name()], inner].concat()
}

/// The fields that may be left out, by the object that has them: its `type`, or the field that it stands at.
const OPTIONAL: [(&str, &str); 40] = [
    ("resumed", "subjects"),
    ("shell-ended", "subjects"),
    ("sealed", "subjects"),
    ("started", "before"),
    ("apply-planned", "subject"),
    ("apply-planned", "before"),
    ("finding", "subject"),
    ("reason", "names"),
    ("by", "sid"),
    ("by", "elevated"),
    ("resumed", "greenlight_sha256"),
    ("resumed", "format"),
    ("about", "edition"),
    ("about", "engine"),
    ("queued", "errand"),
    ("started", "errand"),
    ("transcript", "left_out"),
    ("finding", "failing"),
    ("finding", "failing_rows"),
    ("finding", "more_failing"),
    ("finding", "rows_file"),
    ("failing", "key"),
    ("facts", "rows"),
    ("facts", "rows_met"),
    ("finding", "more_errors"),
    ("finding", "warnings"),
    ("finding", "more_warnings"),
    ("finding", "kept"),
    ("object", "types"),
    ("finding", "covered"),
    ("covered", "missing"),
    ("covered", "more_missing"),
    ("covered", "doubles"),
    ("missing", "near"),
    ("missing", "error"),
    ("more_errors", "targets"),
    ("failures", "target"),
    ("reason", "silent"),
    ("applied", "unanswered"),
    ("steps", "why"),
];

/// Where a word of ours stands, by the object and its field.
const WORDS: [(&str, &str); 23] = [
    ("begun", "mode"),
    ("queued", "errand"),
    ("started", "errand"),
    ("started", "purpose"),
    ("end", "why"),
    ("prompt", "ask"),
    ("prompt", "pick"),
    ("fields", "echo"),
    ("answered", "given"),
    ("stop-asked", "cause"),
    ("wish", "want"),
    ("wish", "confirmed"),
    ("finding", "verdict"),
    ("reason", "because"),
    ("applied", "end"),
    ("expired", "why"),
    ("steps", "applies"),
    ("wait-ended", "why"),
    ("go-ended", "why"),
    ("why", "because"),
    ("header", "kind"),
    ("header", "format"),
    ("resumed", "format"),
];

/// The run that holds the examples: a chain of records that verifies, and makes no sense.
fn examples() -> PathBuf {
    kept::run("format-2/every-record")
}

/// The contents of a run's records, as they stand in its journal.
fn contents(run: &Path) -> Vec<String> {
    let journal = fs::read_to_string(run.join("journal.jsonl")).unwrap();
    let content = |line: &str| {
        let body = &line[..line.rfind(",\"hash\":\"").unwrap()];
        let key = body.find(",\"header\":").or_else(|| body.find(",\"event\":")).unwrap();
        body[key + 1..].split_once(':').unwrap().1.to_owned()
    };
    journal.lines().map(content).collect()
}

/// Adds an event to the examples, a second after the last.
fn add(event: &str) {
    let path = examples().join("journal.jsonl");
    let mut journal = fs::read_to_string(&path).unwrap();
    let last: Value = serde_json::from_str(journal.lines().last().unwrap()).unwrap();
    let (seq, prev) = (last["seq"].as_u64().unwrap() + 1, last["hash"].as_str().unwrap());
    let (wall, mono) = (1_795_953_599_000 + seq * 1000, seq * 1000 - 1000);
    let event: Value = serde_json::from_str(event).unwrap();
    let stamped = json!({"at": {"wall": wall, "mono": mono}, "event": event});
    let stamped: Stamped = serde_json::from_value(stamped).unwrap();
    let stamped = serde_json::to_string(&stamped).unwrap();
    let body = format!("{{\"seq\":{seq},\"prev\":\"{prev}\",\"event\":{stamped}");
    let hash = Sha::of(body.as_bytes()).to_string();
    journal.extend([&body, ",\"hash\":\"", &hash, "\"}\n"]);
    fs::write(path, journal).unwrap();
}

#[test]
fn every_kind_of_record_has_an_example_that_is_written_as_it_stands() {
    if let Ok(event) = env::var("GREENLIGHT_EXAMPLE") {
        add(&event);
    }
    let run = examples();
    let problems = verify::<Stamped>(&Folder::at(&run), |stamped| stamped.event.files(), None).err();
    assert!(problems.is_none(), "{problems:?}");
    let contents = contents(&run);
    let header: Header = serde_json::from_str(&contents[0]).unwrap();
    assert_eq!(serde_json::to_string(&header).unwrap(), contents[0]);
    let mut seen = BTreeSet::new();
    for content in &contents[1..] {
        let stamped: Stamped =
            serde_json::from_str(content).unwrap_or_else(|error| panic!("{error}: {content}"));
        assert_eq!(&serde_json::to_string(&stamped).unwrap(), content);
        seen.extend(variants_of(&stamped.event));
    }
    for (name, variants) in VARIANTS {
        for variant in *variants {
            assert!(seen.contains(&(*name, *variant)), "no example of {name}::{variant}");
        }
    }
    let fields = fields(&contents);
    for (object, field) in OPTIONAL {
        let of = fields.iter().filter(|(name, _)| name == object);
        let has: BTreeSet<bool> = of.map(|(_, object)| object.contains_key(field)).collect();
        assert_eq!(has.len(), 2, "{object} has examples with and without {field}");
    }
}

/// Every object in the records, by its `type` or by the field that it stands at.
fn fields(contents: &[String]) -> Vec<(String, Map<String, Value>)> {
    fn collect(name: &str, value: &Value, found: &mut Vec<(String, Map<String, Value>)>) {
        match value {
            Value::Object(object) => {
                let name = object.get("type").and_then(Value::as_str).unwrap_or(name);
                found.push((name.to_owned(), object.clone()));
                object.iter().for_each(|(key, value)| collect(key, value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(name, item, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    for (seq, content) in contents.iter().enumerate() {
        let name = if seq == 0 { "header" } else { "record" };
        collect(name, &serde_json::from_str(content).unwrap(), &mut found);
    }
    found
}

/// Each object of a record has a row of its own in the page, which names its fields, and each word of ours stands there.
#[test]
fn the_page_of_the_format_names_every_kind_of_record_and_every_field() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/journal-format.md");
    let page = fs::read_to_string(page).unwrap();
    let mut rows: BTreeMap<&str, &str> = BTreeMap::new();
    for row in page.lines().filter_map(|line| line.strip_prefix("| ")) {
        let (names, rest) = row.split_once(" | ").unwrap();
        rows.extend(names.split('`').skip(1).step_by(2).map(|name| (name, rest)));
    }
    for (name, object) in fields(&contents(&examples())) {
        let row = rows.get(name.as_str()).unwrap_or_else(|| panic!("no row of {name}"));
        for (field, value) in &object {
            assert!(field == "type" || row.contains(&format!("`{field}`")), "{name} has no {field}: {row}");
            if WORDS.contains(&(name.as_str(), field.as_str())) && !value.is_object() {
                let word = format!("`{}`", value.to_string().trim_matches('"'));
                assert!(row.contains(&word), "{name} has no {word}: {row}");
            }
        }
    }
}

/// Every object of the records that are kept, with one field more or one field twice, is not understood.
#[test]
fn no_field_of_an_event_is_passed_over() {
    let mut tried = 0;
    let kept = ["format-1/engine", "format-1/rehearsal", "format-2/rehearsal", "format-2/every-record"];
    for run in kept.map(kept::run) {
        for content in &contents(&run)[1..] {
            serde_json::from_str::<Stamped>(content).unwrap_or_else(|error| panic!("{error}: {content}"));
            let event: Value = serde_json::from_str(content).unwrap();
            for pointer in objects(&event, "") {
                let mut marked = event.clone();
                let object = marked.pointer_mut(&pointer).unwrap().as_object_mut().unwrap();
                let first = object.iter().next().map(|(key, value)| format!("\"{key}\":{value}")).unwrap();
                object.insert("weather".to_owned(), json!("fair"));
                let more = marked.to_string();
                // As text, because no value of serde's has a key twice.
                let twice = more.replace("\"weather\":\"fair\"", &first);
                for later in [more, twice] {
                    assert!(serde_json::from_str::<Stamped>(&later).is_err(), "{pointer} of {later}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

/// Where the objects in a value are.
fn objects(value: &Value, at: &str) -> Vec<String> {
    match value {
        Value::Object(object) => {
            let inner = object.iter().flat_map(|(key, value)| objects(value, &format!("{at}/{key}")));
            [at.to_owned()].into_iter().chain(inner).collect()
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(at_item, item)| objects(item, &format!("{at}/{at_item}")))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}
