//! What a name looks like, and which words are no names.

use std::borrow::Cow;
use std::collections::HashSet;

use public_suffix::{DEFAULT_PROVIDER, EffectiveTLDProvider as _};

use crate::checklist::explain::all_commands;
use crate::checklist::{self, Checklist, Lang, StepKind, builtin};

/// Domains that say nothing about who uses them.
const PUBLIC: [&str; 8] = [
    "microsoft.com",
    "lync.com",
    "microsoftonline.com",
    "office.com",
    "office365.com",
    "outlook.com",
    "windows.net",
    "aka.ms",
];
/// A customer's domain stands below it, and it is not in the list of public suffixes.
const SHARED: &str = ".onmicrosoft.com";
/// What domain names end with; two letters besides, but for [`SUFFIXES`] and [`MEMBERS`]. Not all that is registered: there are
/// `.name`, `.zip` and `.run`, and what is `.local` or `.corp` is registered nowhere.
const TOP: [&str; 21] = [
    "com",
    "net",
    "org",
    "info",
    "biz",
    "edu",
    "gov",
    "mil",
    "int",
    "local",
    "localdomain",
    "lan",
    "corp",
    "internal",
    "intern",
    "intra",
    "intranet",
    "home",
    "test",
    "example",
    "cloud",
];
/// What files end with.
const SUFFIXES: [&str; 9] = ["cs", "js", "md", "ps", "py", "rs", "sh", "so", "db"];
/// What members of objects are called.
const MEMBERS: [&str; 5] = ["am", "as", "do", "id", "to"];
/// Folders of profiles that are nobody's.
const NOBODY: [&str; 4] = ["public", "default", "default user", "all users"];
/// A profile's folder is no longer.
const PROFILE: usize = 40;
/// Values that are no names, wherever they come from.
const VALUES: [&str; 6] = ["true", "false", "null", "none", "yes", "no"];
/// A shorter text was not shortened: what facts and excerpts keep is longer.
const SHORTENED: usize = 300;
/// A shorter name would hide every other word.
const SHORTEST: usize = 3;

/// Words that are no names although an input may begin with them.
pub(super) struct Ordinary {
    /// Words of a checklist that comes with the program, and what stands in this one in small letters.
    words: HashSet<String>,
    /// What else stands in this one: with a capital it may be a name.
    capital: HashSet<String>,
}

impl Ordinary {
    /// Those of `checklist`.
    pub(super) fn of(checklist: &Checklist) -> Self {
        let mut ordinary = Self { words: HashSet::new(), capital: HashSet::new() };
        for known in builtin::all().iter().filter_map(|builtin| checklist::read(builtin.bytes).ok()) {
            let of_commands = all_commands(&known).into_iter().map(|runnable| runnable.command.to_owned());
            for text in prose(&known).into_iter().chain(of_commands) {
                ordinary.words.extend(words(&text).map(str::to_lowercase));
            }
        }
        for text in prose(checklist) {
            for word in words_alone(&text) {
                let is_capital = word.starts_with(char::is_uppercase);
                let set = if is_capital { &mut ordinary.capital } else { &mut ordinary.words };
                set.insert(word.to_lowercase());
            }
        }
        ordinary
    }

    /// Whether the label of a domain (in lower case) is an ordinary word. A name that the checklist itself spells with a
    /// capital is none: it may be its author's company.
    pub(super) fn is_label(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether the name of a computer or an account (in lower case) is one.
    pub(super) fn is_word(&self, word: &str) -> bool {
        !word.contains(|c: char| c.is_ascii_digit())
            && (self.words.contains(word) || self.capital.contains(word))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words but for those within addresses and names of domains.
fn words_alone(text: &str) -> impl Iterator<Item = &str> {
    let runs = text.split(|c| !is_word(c)).map(|run| run.trim_matches(['.', '-']));
    runs.filter(|run| !run.contains(['.', '@'])).flat_map(words)
}

/// What a checklist says in sentences.
fn prose(checklist: &Checklist) -> Vec<String> {
    let steps = checklist.steps.iter().flat_map(|step| {
        let statement = match &step.kind {
            StepKind::Attested { statement } => Some(statement),
            StepKind::Measured { .. } => None,
        };
        [&step.title, &step.why]
            .into_iter()
            .chain(statement)
            .chain(&step.group)
            .chain(step.remedies.iter().map(|known| &known.say))
    });
    let texts = std::iter::once(&checklist.title).chain(checklist.inputs.iter().map(|input| &input.ask));
    let source = checklist.source.iter().flat_map(|source| source.note.iter().chain([&source.title]));
    let texts = texts.chain(steps).chain(source);
    texts.flat_map(|text| [Lang::En, Lang::Es, Lang::Fr].map(|lang| text.get(lang).to_owned())).collect()
}

/// How sure it is that a dotted name is a domain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// It only looks like one.
    Shape,
    /// It stands where only a domain can stand.
    Sure,
}

/// The part of a dotted name that somebody registers, if it is the name of a domain and not of a file, a type or a member.
pub(super) fn registrable<'a>(word: &str, lower: &'a str, look: Look) -> Option<&'a str> {
    let sound = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    if !lower.contains('.')
        || !lower.split('.').all(sound)
        || (look == Look::Shape && !is_shaped(word, lower))
    {
        return None;
    }
    match lower.strip_suffix(SHARED) {
        Some(customer) => lower.get(customer.rfind('.').map_or(0, |dot| dot + 1)..),
        None => match DEFAULT_PROVIDER.effective_tld_plus_one(lower) {
            Ok(own) => Some(own),
            // Others register below it; by itself it names somebody only where nothing but a domain can stand.
            Err(_) => (look == Look::Sure).then_some(lower),
        },
    }
}

/// Whether a dotted name looks like a domain.
fn is_shaped(word: &str, lower: &str) -> bool {
    let top = lower.rsplit('.').next().unwrap_or_default();
    let below = DEFAULT_PROVIDER.public_suffix(lower).contains('.');
    let letters = top.len() == 2 && top.chars().all(|c| c.is_ascii_alphabetic());
    let two = letters && !SUFFIXES.contains(&top) && (below || !MEMBERS.contains(&top));
    // `System.Net` is a type, `ASP.NET` a product, `contoso.net` and `CONTOSO.COM` are neither.
    let spelt = word.rsplit('.').next().unwrap_or_default();
    let of_type =
        spelt == "NET" || (spelt.starts_with(char::is_uppercase) && spelt.contains(char::is_lowercase));
    !of_type && (two || TOP.contains(&top))
}

/// How much of what follows an `@` can be a domain: up to the last label that domains end with, so that what a file name
/// puts behind it is left out. Nothing where it is a version.
pub(super) fn of_address(lower: &str) -> Option<&str> {
    let ends = lower.match_indices(['.', '-', '_']).map(|(end, _)| end).chain([lower.len()]);
    let parts = ends.filter_map(|end| lower.get(..end));
    let mut longest_first = parts.rev().filter(|part| registrable(part, part, Look::Shape).is_some());
    let part = longest_first.next().unwrap_or(lower);
    part.rsplit('.').next()?.starts_with(char::is_alphabetic).then_some(part)
}

/// Whether a label can be the name of whose domain it is.
pub(super) fn is_telling(label: &str) -> bool {
    is_long(label) && !TOP.contains(&label)
}

/// Whether a name is long enough to be looked for.
pub(super) fn is_long(name: &str) -> bool {
    name.chars().count() >= SHORTEST
}

/// Whether an input's value may be a name, and not a number or a yes.
pub(super) fn is_value(value: &str) -> bool {
    value.contains(char::is_alphabetic) && !VALUES.contains(&value.to_lowercase().as_str())
}

/// Whether a text may be a person's whole name: two or three words with capitals.
pub(super) fn is_full_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    (2..=3).contains(&words.clone().count())
        && words.all(|word| {
            word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-')
        })
}

/// Whether one of the checklist's own choices may be a name.
pub(super) fn is_named_choice(value: &str) -> bool {
    is_value(value) && value.contains(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '.')
}

/// Whether it says nothing about who uses it.
pub(super) fn is_public(name: &str) -> bool {
    PUBLIC.iter().any(|public| {
        name.strip_suffix(public).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// 10/8, 172.16/12 and 192.168/16 (RFC 1918); others cannot be told from versions.
pub(super) fn is_private(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_private())
}

/// Whether the end of `text` was left out.
pub(super) fn is_shortened(text: &str) -> bool {
    text.ends_with('…') && text.len() > SHORTENED
}

/// The name of the profile's folder at the beginning of `text`, which follows on `Users\`.
pub(super) fn profile(text: &str) -> Option<&str> {
    let end = text.find(|c| {
        matches!(c, '\\' | '/' | '"' | '\'' | '<' | '>' | '|' | ':' | '*' | '?' | ';' | ',' | '\n')
    });
    let whole = end.and_then(|end| Some((text.get(..end)?, text.get(end..)?.chars().next()?)));
    let folder = match whole {
        Some((folder, '\\' | '/' | '"' | '\'')) if folder.chars().count() <= PROFILE => folder,
        // Where nothing shows its end: a word, and those after it that begin with a capital.
        Some(_) | None => {
            let mut end = 0;
            for word in text.split_inclusive(' ') {
                let begins = word.chars().next();
                if end > 0 && !begins.is_some_and(char::is_uppercase) {
                    break;
                }
                let own = word.find(|c| !is_word(c)).unwrap_or(word.len());
                if own == 0 {
                    break;
                }
                end += own;
                if word.get(own..) != Some(" ") {
                    break;
                }
                end += 1;
            }
            text.get(..end)?
        }
    };
    let folder = folder.trim_end_matches([' ', '.', '-']);
    (!folder.is_empty() && !NOBODY.contains(&folder.to_lowercase().as_str())).then_some(folder)
}

/// What stands between the words of a name.
pub(super) const fn is_word_sign(c: char) -> bool {
    matches!(c, '.' | '-' | '_' | '@' | '+')
}

/// What a name is made of.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_word_sign(c)
}

/// The byte that `text` begins with as URIs write it (RFC 3986, section 2.1), however often it was encoded, and its length.
pub(super) fn escape(text: &str) -> Option<(u8, usize)> {
    let all = text.strip_prefix('%')?;
    let mut digits = all;
    while let Some(rest) = digits.strip_prefix("25") {
        digits = rest;
    }
    let two = digits.get(..2).filter(|two| two.chars().all(|c| c.is_ascii_hexdigit()));
    match two.and_then(|two| u8::from_str_radix(two, 16).ok()) {
        Some(byte) => Some((byte, text.len() - digits.len() + 2)),
        None => (digits.len() < all.len()).then_some((b'%', text.len() - digits.len())),
    }
}

/// `text` with the signs that names are told by, where they were written as in a URI.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let sign = escape(rest).map(|(byte, length)| (char::from(byte), length));
        let (c, length) = match sign {
            Some((sign, length)) if is_word_sign(sign) || matches!(sign, ':' | '\\' | '/') => (sign, length),
            Some(_) | None => (c, c.len_utf8()),
        };
        decoded.push(c);
        rest = rest.get(length..).unwrap_or_default();
    }
    Cow::Owned(decoded)
}
