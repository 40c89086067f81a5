//! Takes names out of a report: people, computers, domains and private addresses, each by the same token wherever it stands.
//!
//! What is known for certain (operators, inputs, who made a statement) is hidden wherever it stands as a word; what looks
//! like an address of a person, a domain name, a private IPv4 address or a home folder is hidden too. A name that stands
//! in an output without looking like one is not recognised: `docs/operator.md` says to read the file before giving it away.

use std::collections::BTreeMap;

use super::{JournalNote, Report, StepReport};
use crate::checklist::{Checklist, InputKind};
use crate::run::Who;

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
/// A customer's domain stands below it.
const SHARED: &str = "onmicrosoft.com";
/// What domain names end with; two letters besides, but for those that files end with.
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
const SUFFIXES: [&str; 9] = ["cs", "js", "md", "ps", "py", "rs", "sh", "so", "db"];
/// Labels below which a country registers domains.
const SECOND: [&str; 6] = ["ac", "co", "com", "gov", "net", "org"];
/// A shorter name would hide every other word.
const SHORTEST: usize = 3;

/// `report` without names.
pub fn redact(mut report: Report, checklist: &Checklist) -> Report {
    let mut names = Names::default();
    names.learn(&report, checklist);
    report.redacted = true;
    for text in [&mut report.title, &mut report.run] {
        names.hide(text);
    }
    for operator in &mut report.operators {
        names.who(&mut operator.who);
    }
    for shell in &mut report.shells {
        names.hide(&mut shell.program);
    }
    for input in &mut report.inputs {
        names.hide(&mut input.label);
        input.values.iter_mut().for_each(|value| names.hide(value));
    }
    for reason in &mut report.gate.reasons {
        names.hide(&mut reason.reason);
    }
    for damage in &mut report.damage {
        names.hide(&mut damage.what);
    }
    for note in &mut report.journal {
        match note {
            JournalNote::StoodStill { why, .. } => names.hide(why),
            JournalNote::SetAside { .. } => {}
        }
    }
    for step in &mut report.steps {
        names.step(step);
    }
    if let Some(by) = report.handoff.as_mut().and_then(|seal| seal.by.as_mut()) {
        names.who(by);
    }
    report
}

/// What a token stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    User,
    Host,
    Domain,
    Address,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Host => "host",
            Self::Domain => "domain",
            Self::Address => "address",
        }
    }
}

/// The names that were met, and their tokens.
#[derive(Default)]
struct Names {
    /// By kind and name in lower case.
    tokens: BTreeMap<(Kind, String), String>,
    /// What is hidden wherever it stands as a word, in lower case, with its token.
    words: BTreeMap<String, String>,
    /// The same for what holds a space.
    phrases: Vec<(String, String)>,
}

impl Names {
    fn learn(&mut self, report: &Report, checklist: &Checklist) {
        for operator in &report.operators {
            self.learn_who(&operator.who);
        }
        for input in &report.inputs {
            let kind = checklist.inputs.iter().find(|known| known.id.as_str() == input.id);
            for value in &input.values {
                match kind.map(|known| &known.kind) {
                    Some(InputKind::Domain) => self.learn_domain(value),
                    Some(InputKind::Fqdn) => {
                        if let Some((_, domain)) = value.split_once('.')
                            && !is_public(&domain.to_lowercase())
                        {
                            self.learn_domain(domain);
                        }
                    }
                    Some(InputKind::Upn) => {
                        if let Some((_, domain)) = value.rsplit_once('@') {
                            self.learn_domain(domain);
                        }
                    }
                    Some(
                        InputKind::Text
                        | InputKind::Url { .. }
                        | InputKind::Path
                        | InputKind::Integer { .. }
                        | InputKind::Choice(_),
                    )
                    | None => {}
                }
            }
        }
        for step in &report.steps {
            if let Some(made) = step.statement.as_ref().and_then(|statement| statement.made.as_ref()) {
                self.learn_who(&made.by);
                let token = self.token(Kind::User, &made.name);
                self.learn_word(&made.name, token);
            }
        }
    }

    fn learn_who(&mut self, who: &Who) {
        let user = match who.user.split_once('\\') {
            Some((domain, user)) => {
                let token = self.token(Kind::Domain, domain);
                self.learn_word(domain, token);
                user
            }
            None => who.user.as_str(),
        };
        let token = self.token(Kind::User, user);
        self.learn_word(user, token);
        let token = self.token(Kind::Host, &who.host);
        self.learn_word(&who.host, token);
    }

    /// A domain, and its first label, which as a rule is the name of whose it is.
    fn learn_domain(&mut self, domain: &str) {
        let label = domain.split('.').next().unwrap_or_default().to_lowercase();
        let token = match self.words.get(&label) {
            Some(token) if token.starts_with(Kind::Domain.word()) => token.clone(),
            Some(_) | None => self.token(Kind::Domain, domain),
        };
        self.tokens.insert((Kind::Domain, domain.to_lowercase()), token.clone());
        if label.len() > SHORTEST {
            self.words.entry(label).or_insert_with(|| token.clone());
        }
        self.learn_word(domain, token);
    }

    fn learn_word(&mut self, name: &str, token: String) {
        let name = name.trim().to_lowercase();
        if name.chars().count() < SHORTEST {
            return;
        }
        if name.chars().all(is_word) {
            self.words.insert(name, token);
        } else {
            self.phrases.push((name, token));
            self.phrases.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
    }

    fn token(&mut self, kind: Kind, name: &str) -> String {
        let key = (kind, name.to_lowercase());
        if let Some(known) = self.tokens.get(&key) {
            return known.clone();
        }
        let prefix = format!("{}-", kind.word());
        let used = self.tokens.iter().filter(|((own, _), _)| *own == kind);
        let highest = used.filter_map(|(_, token)| token.strip_prefix(&prefix)?.parse::<u32>().ok()).max();
        let token = format!("{prefix}{}", highest.unwrap_or_default() + 1);
        self.tokens.insert(key, token.clone());
        token
    }

    fn step(&mut self, step: &mut StepReport) {
        let checked = &mut step.checked;
        for text in [&mut checked.title, &mut step.why] {
            self.hide(text);
        }
        for text in checked.reason.iter_mut().chain(&mut checked.remedy).chain(&mut step.remedies) {
            self.hide(text);
        }
        for fact in &mut checked.facts {
            self.hide(&mut fact.expected);
            self.hide(&mut fact.found);
        }
        for command in &mut step.commands {
            self.hide(&mut command.command);
        }
        for failure in &mut step.failures {
            self.hide(&mut failure.message);
        }
        if let Some(statement) = &mut step.statement {
            self.hide(&mut statement.statement);
            if let Some(made) = &mut statement.made {
                made.name = self.token(Kind::User, &made.name);
                self.hide(&mut made.note);
                self.who(&mut made.by);
            }
        }
        for attempt in &mut step.last_attempts {
            if let Some(by) = &mut attempt.by {
                self.who(by);
            }
            if let Some(error) = &mut attempt.error {
                self.hide(error);
            }
        }
        if let Some(damage) = step.excerpt.as_mut().and_then(|excerpt| excerpt.damage.as_mut()) {
            self.hide(damage);
        }
        for line in step.excerpt.iter_mut().flat_map(|excerpt| &mut excerpt.lines) {
            self.hide(&mut line.text);
        }
    }

    fn who(&mut self, who: &mut Who) {
        who.user = match who.user.split_once('\\') {
            Some((domain, user)) => {
                format!("{}\\{}", self.known(Kind::Domain, domain), self.token(Kind::User, user))
            }
            None => self.token(Kind::User, &who.user),
        };
        if !who.host.is_empty() {
            who.host = self.known(Kind::Host, &who.host);
        }
    }

    /// The token of a name that may be known as a word.
    fn known(&mut self, kind: Kind, name: &str) -> String {
        match self.words.get(&name.to_lowercase()) {
            Some(token) => token.clone(),
            None => self.token(kind, name),
        }
    }

    /// Replaces every name in `text`.
    fn hide(&mut self, text: &mut String) {
        let mut hidden = String::with_capacity(text.len());
        let mut rest = text.as_str();
        let mut before = String::new();
        while let Some(first) = rest.chars().next() {
            if !is_word(first) {
                hidden.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                if !matches!(first, '\\' | '/') {
                    before.clear();
                }
                continue;
            }
            if let Some((length, token)) = self.phrase(rest) {
                hidden.push_str(&token);
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let run = rest.get(..end).unwrap_or_default();
            // A full stop or a hyphen at either end belongs to the sentence.
            let word = run.trim_matches(['.', '-']);
            let (lead, tail) = run.split_once(word).unwrap_or((run, ""));
            hidden.push_str(lead);
            let home = matches!(before.as_str(), "users" | "home");
            let is_cut = rest.get(end..).is_some_and(|rest| rest.starts_with('…'));
            match self.word(word) {
                // What is left of a long text may end within a name.
                _ if is_cut => {}
                Some(token) => hidden.push_str(&token),
                None if home && !word.is_empty() => hidden.push_str(&self.token(Kind::User, word)),
                None => hidden.push_str(word),
            }
            hidden.push_str(tail);
            before = word.to_lowercase();
            rest = rest.get(end..).unwrap_or_default();
        }
        *text = hidden;
    }

    fn phrase(&self, text: &str) -> Option<(usize, String)> {
        self.phrases.iter().find_map(|(name, token)| {
            let length = prefix_length(text, name)?;
            let ends = text.get(length..)?.chars().next().is_none_or(|next| !is_word(next));
            ends.then(|| (length, token.clone()))
        })
    }

    /// What stands for a word, if it is a name.
    fn word(&mut self, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        if let Some(token) = self.words.get(&lower) {
            return Some(token.clone());
        }
        if let Some((local, domain)) = lower.split_once('@') {
            let named = !local.is_empty() && !domain.is_empty() && !domain.contains('@');
            return named.then(|| {
                let user = self.token(Kind::User, &lower);
                let at = self.domain(domain, domain).unwrap_or_else(|| domain.to_owned());
                format!("{user}@{at}")
            });
        }
        if is_private(&lower) {
            return Some(self.token(Kind::Address, &lower));
        }
        self.domain(word, &lower)
    }

    /// What stands for the name of a domain, or of a computer in one.
    fn domain(&mut self, word: &str, lower: &str) -> Option<String> {
        if !lower.contains('.') || is_public(lower) {
            return None;
        }
        if let Some(token) = self.tokens.get(&(Kind::Domain, lower.to_owned())) {
            return Some(token.clone());
        }
        // The longest known domain that it lies in, else the one that could be registered.
        let parents = lower.match_indices('.').filter_map(|(dot, _)| lower.get(dot + 1..));
        let known =
            parents.clone().find(|parent| self.tokens.contains_key(&(Kind::Domain, (*parent).to_owned())));
        let domain = match known {
            Some(known) => known.to_owned(),
            None => registrable(word, lower)?.to_owned(),
        };
        let token = self.token(Kind::Domain, &domain);
        let Some(host) = lower.strip_suffix(&domain).and_then(|host| host.strip_suffix('.')) else {
            return Some(token);
        };
        let host_token = self.known(Kind::Host, host);
        if host.contains(|c: char| c.is_ascii_digit()) {
            // By its short name too, where that cannot be a word of the language.
            self.learn_word(host, host_token.clone());
        }
        Some(format!("{host_token}.{token}"))
    }
}

const fn is_word_sign(c: char) -> bool {
    matches!(c, '.' | '-' | '_' | '@' | '+')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_word_sign(c)
}

fn is_public(name: &str) -> bool {
    PUBLIC.iter().any(|public| {
        name.strip_suffix(public).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// 10/8, 172.16/12 and 192.168/16 (RFC 1918); others cannot be told from versions.
fn is_private(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_private())
}

/// The part of a dotted name that somebody registers, if it is the name of a domain and not of a file or a type.
fn registrable<'a>(word: &str, lower: &'a str) -> Option<&'a str> {
    let labels: Vec<&str> = lower.split('.').collect();
    let sound = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    if !labels.iter().all(sound) {
        return None;
    }
    let top = *labels.last()?;
    let two = top.len() == 2 && top.chars().all(|c| c.is_ascii_alphabetic()) && !SUFFIXES.contains(&top);
    // `System.Net` is a type, `contoso.net` and `CONTOSO.NET` are not.
    let spelt = word.rsplit('.').next().unwrap_or_default();
    let of_type = spelt.starts_with(|c: char| c.is_uppercase()) && spelt.contains(|c: char| c.is_lowercase());
    if of_type || !(two || TOP.contains(&top)) {
        return None;
    }
    let second = labels.iter().rev().nth(1).copied().unwrap_or_default();
    let own = if lower.ends_with(&format!(".{SHARED}")) || (two && SECOND.contains(&second)) { 3 } else { 2 };
    let skipped = labels.len().saturating_sub(own);
    let before: usize = labels.iter().take(skipped).map(|label| label.len() + 1).sum();
    lower.get(before..)
}

/// How many bytes of `text` are `name` (in lower case), without regard to case.
fn prefix_length(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.chars();
    let mut length = 0;
    for c in text.chars() {
        let Some(first) = wanted.clone().next() else { break };
        let mut lower = c.to_lowercase();
        if lower.next() != Some(first) {
            return None;
        }
        wanted.next();
        for more in lower {
            if wanted.next() != Some(more) {
                return None;
            }
        }
        length += c.len_utf8();
    }
    wanted.next().is_none().then_some(length)
}
