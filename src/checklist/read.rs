//! Reads a checklist file: bytes in, a checklist or every mistake out.
//!
//! Owns the words of the file format and the rules between them. Whatever is unknown or wrong is a mistake with its
//! place; nothing is guessed, skipped or left out in silence. Never touches a file and never panics.

mod expectation;
mod group;
mod input;
mod item;
mod source;
mod step;
mod subject;
mod until;
mod when;

use toml::de::DeTable;

pub(in crate::checklist) use input::is_automatic;
pub(crate) use source::nearest;

pub(crate) use self::item::Fields;
use self::item::Item;
use self::source::SourceText;
use super::mistake::{Fault, Mistake, TablePlace, TextForm, Word};
use super::{Checklist, ChecklistId, Handoff, Sha, Source, Weight};

/// The format that this program reads.
pub(crate) const FORMAT: i64 = 1;
/// The largest file that is read: a checklist is a text for people.
pub const SIZE_MAX: usize = 1024 * 1024;

/// Reads a checklist.
///
/// A byte order mark and line ends of Windows are accepted.
///
/// # Errors
/// Every mistake that was found, in the order of the file.
pub fn read(bytes: &[u8]) -> Result<Checklist, Vec<Mistake>> {
    read_as(bytes, ReadMode::New)
}

/// Reads the checklist of a run that has begun: what has become a mistake since is none there.
///
/// # Errors
/// As [`read`].
pub fn read_kept(bytes: &[u8]) -> Result<Checklist, Vec<Mistake>> {
    read_as(bytes, ReadMode::Kept)
}

/// What a checklist is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReadMode {
    New,
    Kept,
}

fn read_as(bytes: &[u8], reading: ReadMode) -> Result<Checklist, Vec<Mistake>> {
    if bytes.len() > SIZE_MAX {
        return Err(vec![Mistake::of_file(Fault::TooLarge)]);
    }
    let text = std::str::from_utf8(bytes).map_err(|e| vec![Mistake::not_utf8(bytes, e.valid_up_to())])?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(vec![Mistake::of_file(Fault::Empty)]);
    }
    let source = SourceText::new(text);
    let root = source.root()?;
    let known = ["format", "id", "version", "title", "about", "source", "input", "step", "remedy", "handoff"];
    // A newer format may have words that this program does not know: its number is all there is to say.
    format(&source, root.get_ref());
    source.finish()?;
    let fields = Fields::new(&source, root.get_ref(), TablePlace::Checklist, None, &known);
    let checklist = checklist(&fields, Sha::of(bytes), reading);
    source.finish()?;
    checklist.ok_or_else(|| vec![Mistake::of_file(Fault::Unread)])
}

/// Reads another file of ours in the same way: a text of TOML, and the keys that may stand at its top.
///
/// # Errors
/// Every mistake that was found, in the order of the file.
pub(crate) fn read_other<T>(
    text: &str,
    place: TablePlace,
    known: &[Word],
    read: impl FnOnce(&Fields<'_>) -> T,
) -> Result<T, Vec<Mistake>> {
    let source = SourceText::new(text.strip_prefix('\u{feff}').unwrap_or(text));
    let root = source.root()?;
    let found = read(&Fields::new(&source, root.get_ref(), place, None, known));
    source.finish()?;
    Ok(found)
}

fn format(source: &SourceText<'_>, root: &DeTable<'_>) {
    let Some(format) = root.get("format") else {
        source.report(None, Fault::FormatMissing);
        return;
    };
    let item = Item::new(source, "format", TablePlace::Checklist, format);
    match item.integer() {
        Some(FORMAT) | None => {}
        Some(newer) if newer > FORMAT => {
            item.report(Fault::FormatTooNew { format: newer, known: FORMAT });
        }
        Some(other) => {
            item.report(Fault::NoSuchFormat(other));
        }
    }
}

fn checklist(fields: &Fields<'_>, sha256: Sha, reading: ReadMode) -> Option<Checklist> {
    let id = fields.required("id").and_then(|item| item.id('-'));
    let version = fields.required("version").and_then(|item| item.line());
    let title = fields.required("title").and_then(|item| item.localized());
    let about = fields.optional("about").and_then(|item| item.localized());
    let origin = fields.optional("source").map(|item| origin(&item));
    let inputs = input::read_all(fields, reading);
    let steps = step::read_all(fields, &inputs);
    let handoff = fields.optional("handoff").and_then(|item| handoff(&item));
    let required = |step: &super::Step| step.weight == Weight::Required;
    if steps.as_ref().is_some_and(|steps| !steps.iter().any(required)) {
        fields.source.report(fields.bytes.clone(), Fault::NothingRequired);
    }
    let steps = steps?;
    Some(Checklist {
        id: ChecklistId::from(id?),
        version: version?.to_owned(),
        title: title?,
        about,
        // One that cannot be read is a mistake, not none.
        source: origin.map_or(Some(None), |origin| origin.map(Some))?,
        inputs: inputs.used_by(&steps)?,
        steps,
        handoff,
        sha256,
    })
}

fn origin(item: &Item<'_>) -> Option<Source> {
    let fields = item.table(TablePlace::Under("[source]"), &["title", "page", "id", "revision", "note"])?;
    let title = fields.required("title").and_then(|item| item.localized());
    let page = fields.required("page").and_then(|item| item.address());
    let line = |key| fields.optional(key).and_then(|item: Item<'_>| item.line()).map(str::to_owned);
    let (id, revision) = (line("id"), line("revision"));
    let note = fields.optional("note").and_then(|item| item.localized());
    Some(Source { title: title?, page: page?, id, revision, note })
}

fn handoff(item: &Item<'_>) -> Option<Handoff> {
    let fields =
        item.table(TablePlace::Under("[handoff]"), &["title", "say", "confirm", "file", "script", "docs"])?;
    let title = fields.required("title").and_then(|item| item.localized());
    let say = fields.required("say").and_then(|item| item.localized());
    let confirm = fields.required("confirm").and_then(|item| item.line());
    let file = fields.required("file").and_then(|item| file_name(&item));
    let script = fields.required("script").and_then(|item| item.command());
    let docs = fields.addresses("docs");
    Some(Handoff {
        title: title?,
        say: say?,
        confirm: confirm?.to_owned(),
        file: file?.to_owned(),
        script: script?.to_owned(),
        docs,
    })
}

/// The script is written into the run's folder, so its name may lead nowhere else, on any system.
fn file_name<'a>(item: &Item<'a>) -> Option<&'a str> {
    let name = item.line()?;
    let stem = name.strip_suffix(".ps1");
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let device = |stem: &str| {
        let stem = stem.to_ascii_lowercase();
        let numbered = |kind: &str| {
            stem.strip_prefix(kind)
                .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
        };
        matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
    };
    if stem.is_some_and(|stem| (1..=64).contains(&stem.len()) && stem.chars().all(plain) && !device(stem)) {
        return Some(name);
    }
    item.is_not(name, TextForm::Script);
    None
}
