//! Where names stand in a text.

use super::super::look::{self, Look, is_word, is_word_sign};
use super::{NameKind, Names, is_domain};

/// What the last word says of the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    /// `$`: what follows is a variable and its members.
    Variable,
    /// `Users\` or `home/`: the folder of somebody's profile.
    Home,
    /// A known domain and a backslash: an account.
    Account,
}

impl Names {
    /// `text` without names.
    pub(super) fn hidden(&mut self, text: &str) -> String {
        let decoded = look::decoded(text);
        let is_shortened = look::is_shortened(&decoded);
        let mut hidden = String::with_capacity(decoded.len());
        let mut rest = decoded.as_ref();
        let (mut before, mut last) = (Before::Nothing, None);
        while let Some(first) = rest.chars().next() {
            if !is_word(first) {
                let length = look::escape(rest).map_or(first.len_utf8(), |(_, length)| length);
                let (sign, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
                hidden.push_str(sign);
                before = match (first, before) {
                    ('\\', before) | ('/', before @ Before::Home) => before,
                    ('$', _) => Before::Variable,
                    _ => Before::Nothing,
                };
                (rest, last) = (after, Some(first));
                continue;
            }
            let folder = look::profile(rest).filter(|_| before == Before::Home);
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let run = rest.get(..end).unwrap_or_default();
            let (length, shown) = if let Some(folder) = folder {
                let token = self.known(NameKind::User, folder);
                self.learn_unusual(folder, &token);
                (folder.len(), token)
            } else if let Some((start, length, token)) = self.phrase(rest, run) {
                let lead = run.get(..start).unwrap_or_default();
                let lead = if lead.is_empty() { String::new() } else { self.run(lead, before) };
                (start + length, format!("{lead}{token}"))
            } else {
                let after = rest.get(end..).unwrap_or_default();
                let is_cut =
                    after.starts_with('…') && ((is_shortened && after == "…") || self.begins_name(run));
                // What is left of a long text may end within a name.
                (end, if is_cut { String::new() } else { self.run(run, before) })
            };
            before = match run.to_lowercase().as_str() {
                _ if folder.is_some() || length != end => Before::Nothing,
                "users" | "home" => Before::Home,
                _ if is_domain(&shown) && !run.contains('.') && !matches!(last, Some('\\' | '/')) => {
                    Before::Account
                }
                _ => Before::Nothing,
            };
            hidden.push_str(&shown);
            last = rest.get(..length).and_then(|taken| taken.chars().next_back());
            rest = rest.get(length..).unwrap_or_default();
        }
        hidden
    }

    /// Where in `run`, which `text` begins with, a name of several words begins, how long it is, and its token.
    fn phrase(&self, text: &str, run: &str) -> Option<(usize, usize, String)> {
        if self.phrases.is_empty() {
            return None;
        }
        parts(run).find_map(|(start, part)| {
            let known = self.phrases.get(&part.to_lowercase())?;
            let text = text.get(start..)?;
            known.iter().find_map(|(name, token)| {
                let length = prefix_length(text, name)?;
                let ends = text.get(length..)?.chars().next().is_none_or(|next| !next.is_alphanumeric());
                ends.then(|| (start, length, token.clone()))
            })
        })
    }

    /// Whether a known name begins with what is left of a word.
    fn begins_name(&self, cut: &str) -> bool {
        let lower = cut.rsplit(['@', '_']).next().unwrap_or_default().to_lowercase();
        let mut known = self.words.range(lower.clone()..);
        look::is_long(&lower) && known.next().is_some_and(|(name, _)| name.starts_with(&lower))
    }

    /// A run of letters, digits and [`is_word_sign`]s, without its names.
    fn run(&mut self, run: &str, before: Before) -> String {
        // A full stop or a hyphen at either end belongs to the sentence.
        let word = run.trim_matches(['.', '-']);
        let Some((lead, tail)) = run.split_once(word).filter(|_| !word.is_empty()) else {
            return run.to_owned();
        };
        let lower = word.to_lowercase();
        let shown = match self.words.get(&lower) {
            Some(token) => token.clone(),
            None if before == Before::Account => {
                let token = self.token(NameKind::User, word);
                self.learn_unusual(word, &token);
                token
            }
            None if look::is_private(&lower) => self.token(NameKind::Address, &lower),
            None => self
                .address(word, &lower)
                .or_else(|| (before != Before::Variable).then(|| self.domain(word, &lower, Look::Shape))?)
                .unwrap_or_else(|| self.pieces(word)),
        };
        format!("{lead}{shown}{tail}")
    }

    /// What stands for somebody's address.
    fn address(&mut self, word: &str, lower: &str) -> Option<String> {
        let (local, domain) = lower.rsplit_once('@')?;
        let own = look::of_address(domain)?;
        let (signs, spelt) = word.rsplit_once('@')?;
        let (spelt, tail) = spelt.split_at_checked(own.len())?;
        let at = if look::is_public(own) || !own.contains('.') {
            self.pieces(spelt)
        } else {
            self.domain(spelt, own, Look::Sure).unwrap_or_else(|| self.pieces(spelt))
        };
        let tail = self.pieces(tail);
        let local = local.trim_matches(is_word_sign);
        if local.is_empty() {
            return Some(format!("{signs}@{at}{tail}"));
        }
        let user = self.token(NameKind::User, &format!("{local}@{own}"));
        // By what stands before the `@` too, where that cannot be a word of the language.
        let is_telling = local.contains(|c: char| c == '.' || c.is_ascii_digit());
        if is_telling && local.contains(char::is_alphabetic) && !self.words.contains_key(local) {
            self.learn_unusual(local, &user);
        }
        Some(format!("{user}@{at}{tail}"))
    }

    /// What stands for the name of a domain, or of a computer in one.
    fn domain(&mut self, word: &str, lower: &str, look: Look) -> Option<String> {
        if !lower.contains('.') || look::is_public(lower) {
            return None;
        }
        // The longest known domain that it lies in, else the one that could be registered.
        let above = lower.match_indices('.').filter_map(|(dot, _)| lower.get(dot + 1..));
        let known = std::iter::once(lower)
            .chain(above)
            .find(|parent| self.tokens.contains_key(&(NameKind::Domain, (*parent).to_owned())));
        let domain = match known {
            Some(known) => known,
            // A name that is known may stand in it.
            None => look::registrable(word, lower, look).filter(|own| self.pieces(own) == *own)?,
        };
        let token = self.token(NameKind::Domain, domain);
        self.learn(domain, &token);
        let Some(host) = lower.strip_suffix(domain).and_then(|host| host.strip_suffix('.')) else {
            return Some(token);
        };
        Some(format!("{}.{token}", self.host(host)))
    }

    /// What stands for the labels before a domain.
    fn host(&mut self, labels: &str) -> String {
        let tokens = labels.split('.').map(|label| {
            let token = self.known(NameKind::Host, label);
            if label.contains(|c: char| c.is_ascii_digit()) && !self.words.contains_key(&label.to_lowercase())
            {
                // By itself too, where that cannot be a word of the language.
                self.learn(label, &token);
            }
            token
        });
        tokens.collect::<Vec<_>>().join(".")
    }

    /// A word with every known name in it replaced that stands between two signs.
    fn pieces(&mut self, word: &str) -> String {
        let mut shown = String::with_capacity(word.len());
        let mut done = 0;
        // Where the labels before a domain begin: in `word`, and in `shown`.
        let mut labels = (0, 0);
        let starts: Vec<(usize, &str)> = parts(word).collect();
        for (position, (start, first)) in starts.iter().enumerate() {
            if *start < done {
                continue;
            }
            let signs = word.get(done..*start).unwrap_or_default();
            shown.push_str(signs);
            if signs.contains(['@', '_', '+']) {
                labels = (*start, shown.len());
            }
            done = *start;
            let longest = self.starts.get(&first.to_lowercase()).copied().unwrap_or_default();
            let ends = starts.iter().skip(position).take(longest).map(|(start, part)| start + part.len());
            let candidates = ends.collect::<Vec<_>>().into_iter().rev();
            let known = candidates.filter_map(|end| {
                let token = self.words.get(&word.get(*start..end)?.to_lowercase())?;
                Some((end, token.clone()))
            });
            let Some((end, token)) = known.into_iter().next() else {
                shown.push_str(first);
                done += first.len();
                continue;
            };
            let host = word.get(labels.0..*start).and_then(|host| host.strip_suffix('.'));
            let in_domain = is_domain(&token) && word.get(*start..end).is_some_and(|name| name.contains('.'));
            if let Some(host) = host.filter(|host| in_domain && !host.is_empty()) {
                let host = self.host(host);
                shown.truncate(labels.1);
                shown.push_str(&host);
                shown.push('.');
            }
            shown.push_str(&token);
            done = end;
        }
        shown.push_str(word.get(done..).unwrap_or_default());
        shown
    }
}

/// The parts of a word between its signs, each with where it begins.
fn parts(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    word.split(is_word_sign).filter_map(move |part| {
        let start = at;
        // Each sign is of one byte.
        at += part.len() + 1;
        (!part.is_empty()).then_some((start, part))
    })
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
