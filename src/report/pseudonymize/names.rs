//! The names that were met, and their tokens.

use std::collections::{BTreeMap, HashMap};

use super::super::Report;
use super::look::{self, Look, Ordinary, is_word, is_word_sign};
use crate::checklist::{Changes, Checklist, InputKind};
use crate::run::{FoundSubject, Who};

mod text;

/// What is done with a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// It is read for names.
    Learn,
    Hide,
}

/// What a token stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum NameKind {
    User,
    Host,
    Domain,
    Address,
    Value,
}

impl NameKind {
    const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Host => "host",
            Self::Domain => "domain",
            Self::Address => "address",
            Self::Value => "value",
        }
    }
}

/// The names that were met, and their tokens.
pub(super) struct Names {
    pub(super) pass: Pass,
    ordinary: Ordinary,
    /// How many tokens there are of a kind.
    counts: BTreeMap<NameKind, u32>,
    /// By kind and name in lower case.
    tokens: HashMap<(NameKind, String), String>,
    /// What is hidden wherever it stands as a word or a part of one, in lower case, with its token.
    words: BTreeMap<String, String>,
    /// The first part of each of these, and of how many parts the longest is.
    starts: HashMap<String, usize>,
    /// What holds other signs, by its first part, the longest first.
    phrases: HashMap<String, Vec<(String, String)>>,
}

impl Names {
    /// The names that `report` knows for certain.
    pub(super) fn of(report: &Report, checklist: &Checklist) -> Self {
        let mut names = Self {
            pass: Pass::Learn,
            ordinary: Ordinary::of(checklist),
            counts: BTreeMap::new(),
            tokens: HashMap::new(),
            words: BTreeMap::new(),
            starts: HashMap::new(),
            phrases: HashMap::new(),
        };
        for operator in &report.operators {
            names.learn_who(&operator.who);
        }
        for input in &report.inputs {
            let known = checklist.inputs.iter().find(|known| known.id.as_str() == input.id);
            let Some(known) = known else { continue };
            input.values.iter().for_each(|value| names.learn_input(&known.kind, value));
        }
        for step in &report.steps {
            if let Some(made) = step.statement.as_ref().and_then(|statement| statement.made.as_ref()) {
                names.learn_who(&made.by);
                names.learn_person(&made.name);
            }
        }
        report.subjects.iter().for_each(|found| names.learn_subject(found));
        let found = report.steps.iter().flat_map(|step| &step.applies);
        let found = found.flat_map(|apply| apply.before.iter().chain(&apply.after));
        let failing = report.steps.iter().map(|step| &step.checked.failing);
        for row in failing.chain(found.map(|found| &found.failing)).flatten() {
            row.key.iter().for_each(|key| names.learn_key(key));
        }
        let covered = report.steps.iter().filter_map(|step| step.checked.covered.as_ref());
        for missing in covered.flat_map(|covered| &covered.missing) {
            [Some(&missing.name), missing.near.as_ref()]
                .into_iter()
                .flatten()
                .for_each(|name| names.learn_key(name));
        }
        names
    }

    /// What the work is or was done to: a word that is known already keeps its token.
    fn learn_subject(&mut self, found: &FoundSubject) {
        for text in [&found.name, &found.id] {
            match found.scope {
                Changes::Tenant | Changes::Forest => self.learn_input(&InputKind::Domain, text),
                Changes::Computer | Changes::Session if text.contains('.') => self.learn_key(text),
                Changes::Computer | Changes::Session => {}
            }
            if !self.words.contains_key(&text.to_lowercase()) {
                self.learn_input(&InputKind::Text, text);
            }
        }
    }

    /// What names a row: a computer as a rule, or a person, or a thing.
    fn learn_key(&mut self, key: &str) {
        match key {
            address if address.contains('@') => self.learn_input(&InputKind::Upn, key),
            name if name.contains('.') && !name.contains(char::is_whitespace) => self.learn_fqdn(key),
            _ => self.learn_input(&InputKind::Text, key),
        }
    }

    fn learn_input(&mut self, kind: &InputKind, value: &str) {
        match kind {
            InputKind::Domain => self.learn_domain(value),
            InputKind::Fqdn => self.learn_fqdn(value),
            InputKind::Upn => {
                if let Some((_, domain)) = value.rsplit_once('@') {
                    self.learn_domain(domain);
                }
            }
            InputKind::Url { .. } => {
                let host = value.split_once("//").map_or(value, |(_, rest)| rest);
                self.learn_fqdn(host.split(['/', ':', '?', '#']).next().unwrap_or_default());
            }
            InputKind::Path => {
                if let Some(share) = value.strip_prefix(r"\\") {
                    self.learn_host(share.split('\\').next().unwrap_or_default());
                }
            }
            InputKind::Text => {
                if look::is_value(value) {
                    let token = self.token(NameKind::Value, value);
                    self.learn(value, &token);
                    if look::is_full_name(value) {
                        self.learn_parts(value, &token);
                    }
                }
            }
            InputKind::Choice(_) => {
                let is_ordinary = self.ordinary.is_word(&value.to_lowercase());
                if look::is_named_choice(value) && !is_ordinary {
                    let token = self.token(NameKind::Value, value);
                    self.learn(value, &token);
                }
            }
            InputKind::Integer { .. } => {}
        }
    }

    fn learn_who(&mut self, who: &Who) {
        let user = match who.user.split_once('\\') {
            Some((domain, user)) => {
                let token = self.known(NameKind::Domain, domain);
                if !self.ordinary.is_label(&domain.to_lowercase()) {
                    self.learn(domain, &token);
                }
                user
            }
            None => who.user.as_str(),
        };
        let token = self.token(NameKind::User, user);
        self.learn_unusual(user, &token);
        self.learn_host(&who.host);
    }

    fn learn_person(&mut self, name: &str) {
        let token = self.token(NameKind::User, name);
        self.learn(name, &token);
        self.learn_parts(name, &token);
    }

    /// The parts of a person's name, which may come in another order.
    fn learn_parts(&mut self, name: &str, token: &str) {
        for part in name.split_whitespace().filter(|part| part.starts_with(char::is_uppercase)) {
            if !self.words.contains_key(&part.to_lowercase()) {
                self.learn_unusual(part, token);
            }
        }
    }

    /// A computer by its short name, and its domain.
    fn learn_fqdn(&mut self, name: &str) {
        if look::is_public(&name.to_lowercase()) || name.parse::<std::net::IpAddr>().is_ok() {
            return;
        }
        match name.split_once('.') {
            Some((host, domain)) if domain.contains('.') => {
                self.learn_domain(domain);
                self.learn_host(host);
            }
            Some(_) => self.learn_domain(name),
            None => self.learn_host(name),
        }
    }

    fn learn_host(&mut self, name: &str) {
        if !name.is_empty() {
            let token = self.token(NameKind::Host, name);
            self.learn_unusual(name, &token);
        }
    }

    /// What is registered of a domain, and the label that as a rule is the name of whose it is.
    fn learn_domain(&mut self, domain: &str) {
        let lower = domain.trim_end_matches('.').to_lowercase();
        let Some(own) = look::registrable(&lower, &lower, Look::Sure).filter(|own| !look::is_public(own))
        else {
            return;
        };
        let label = own.split('.').next().unwrap_or_default();
        let token = match self.words.get(label) {
            Some(token) if is_domain(token) => token.clone(),
            Some(_) | None => self.token(NameKind::Domain, own),
        };
        self.tokens.insert((NameKind::Domain, own.to_owned()), token.clone());
        self.learn(own, &token);
        if look::is_telling(label) && !self.ordinary.is_label(label) && !self.words.contains_key(label) {
            self.learn(label, &token);
        }
    }

    /// As [`learn`](Self::learn), but for words of the language.
    fn learn_unusual(&mut self, name: &str, token: &str) {
        if !self.ordinary.is_word(&name.to_lowercase()) {
            self.learn(name, token);
        }
    }

    /// `name` is hidden from now on wherever it stands.
    fn learn(&mut self, name: &str, token: &str) {
        let name = name.trim_matches(|c| !is_word(c)).to_lowercase();
        if !look::is_long(&name) {
            return;
        }
        let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
        if name.chars().all(is_word) {
            let parts = name.split(is_word_sign).count();
            let longest = self.starts.entry(first).or_default();
            *longest = parts.max(*longest);
            self.words.insert(name, token.to_owned());
        } else {
            let known = self.phrases.entry(first).or_default();
            if !known.iter().any(|(phrase, _)| *phrase == name) {
                known.push((name, token.to_owned()));
                known.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
            }
        }
    }

    fn token(&mut self, kind: NameKind, name: &str) -> String {
        let counts = &mut self.counts;
        let new = || {
            let count = counts.entry(kind).or_default();
            *count += 1;
            format!("{}-{count}", kind.word())
        };
        self.tokens.entry((kind, name.to_lowercase())).or_insert_with(new).clone()
    }

    /// The token of a name that may be known as a word.
    fn known(&mut self, kind: NameKind, name: &str) -> String {
        match self.words.get(&name.to_lowercase()) {
            Some(token) => token.clone(),
            None => self.token(kind, name),
        }
    }

    /// Replaces a user and a computer.
    pub(super) fn who(&mut self, who: &mut Who) {
        let user = match who.user.split_once('\\') {
            Some((domain, user)) => {
                format!("{}\\{}", self.known(NameKind::Domain, domain), self.token(NameKind::User, user))
            }
            None => self.token(NameKind::User, &who.user),
        };
        self.put(&mut who.user, user);
        if !who.host.is_empty() {
            let host = self.known(NameKind::Host, &who.host);
            self.put(&mut who.host, host);
        }
        // It names the account and the domain to whoever can ask either.
        who.sid = None;
    }

    /// Replaces the name of a person.
    pub(super) fn person(&mut self, name: &mut String) {
        let token = self.token(NameKind::User, name);
        self.put(name, token);
    }

    /// Replaces a text that the operator gave.
    pub(super) fn value(&mut self, value: &mut String) {
        if look::is_value(value) {
            let token = self.token(NameKind::Value, value);
            self.put(value, token);
        }
    }

    /// Replaces what the work is done to.
    pub(super) fn subject(&mut self, found: &mut FoundSubject) {
        for text in [&mut found.name, &mut found.id] {
            if look::is_value(text) {
                let token = self.known(NameKind::Value, text);
                self.put(text, token);
            }
        }
    }

    /// Replaces every name in `text`.
    pub(super) fn hide(&mut self, text: &mut String) {
        let hidden = self.hidden(text);
        self.put(text, hidden);
    }

    /// An id without names.
    pub(super) fn hidden_id(&mut self, id: &str) -> String {
        match self.pass {
            Pass::Learn => id.to_owned(),
            Pass::Hide => self.hidden(id),
        }
    }

    fn put(&self, text: &mut String, hidden: String) {
        match self.pass {
            Pass::Learn => {}
            Pass::Hide => *text = hidden,
        }
    }
}

fn is_domain(token: &str) -> bool {
    token.starts_with(NameKind::Domain.word())
}
