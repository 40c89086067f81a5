//! What a face shows of a step, taken from its text by words that nothing else has.

use crate::harness::squeezed;
use greenlight::facade::text::Text;
use regex_lite::Regex;

/// What stands on a face of one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub status: String,
    pub reason: Option<String>,
    pub facts: Vec<ShownFact>,
    /// Rows that fail: the name, the property, what was found.
    pub rows: Vec<[String; 3]>,
    pub warnings: Vec<String>,
    pub errors: Vec<String>,
    pub remedies: Vec<String>,
    /// Where remedies lead: the act and the title of the step.
    pub leads: Vec<String>,
    /// How many sign-ins have failed.
    pub failed: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ShownFact {
    pub property: String,
    pub expected: String,
    /// Empty where there was nothing.
    pub found: String,
    /// The names that must have a row, and those that have none.
    pub names: Vec<String>,
    pub met: bool,
}

/// What stands on a face above the steps of a group: its name, how many are green, and the title of the first step.
pub type ShownHeading = (String, String, String);

/// What stands on a face of the gate, of each step that keeps it locked: its title and why.
pub type ShownGate = Vec<(String, String)>;

/// Knows the words of a walk wherever they stand.
pub struct Words {
    /// Every reason there is, the longest first.
    reasons: Vec<String>,
    word: Regex,
    title: Regex,
    heading: Regex,
    lead: Regex,
    first: Regex,
    failed: Regex,
}

impl Words {
    pub fn new(mut reasons: Vec<String>) -> Self {
        reasons.sort_unstable();
        reasons.dedup();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.len()));
        let word = Regex::new(r"(KEY|PROPERTY|EXPECTED|FOUND|WARNING|ERROR|REMEDY)-[a-z0-9-]+").unwrap();
        // In quotes it is named by another step.
        let title = Regex::new(r"(^|[^“])(TITLE-[a-z])").unwrap();
        let heading = "(GROUP-[a-z]+|No group)[^a-z0-9]*([0-9]+ of [0-9]+ green(?:, [0-9]+ do(?:es)? not apply)?|advisory)";
        let heading = Regex::new(heading).unwrap();
        let lead =
            Regex::new(r"(?:leads to: )?(check|apply) (?:“(TITLE-[a-z])|(this step)(\s+again)?)").unwrap();
        let first = Regex::new(r"first (check|apply)[^:]*: (?:[0-9]+\. )?(TITLE-[a-z])").unwrap();
        let failed = Regex::new("([0-9]+) sign-ins? ha(?:s|ve) failed").unwrap();
        Self { reasons, word, title, heading, lead, first, failed }
    }

    /// Whether a line is what stands above a group.
    pub fn is_heading(&self, line: &str) -> bool {
        self.heading.is_match(line)
    }

    /// The headings that stand in these lines, each with the step that follows.
    pub fn headings<'a>(&self, lines: impl IntoIterator<Item = &'a str>) -> Vec<ShownHeading> {
        let mut found = Vec::new();
        let mut last = None;
        for line in lines {
            if let Some(heading) = self.heading.captures(line) {
                assert_eq!(last.replace((heading[1].to_owned(), heading[2].to_owned())), None, "{line}");
            } else if let (Some((title, _)), Some((name, count))) = (self.title(line), last.take()) {
                found.push((name, count, title.to_owned()));
            }
        }
        found
    }

    /// The words of a kind, in the order in which they stand.
    pub fn of_kind(&self, kind: &str, text: &str) -> Vec<String> {
        let words = self.word.find_iter(text).map(|found| found.as_str());
        words.filter(|word| word.starts_with(kind)).map(str::to_owned).collect()
    }

    /// Where the remedies of a text lead.
    pub fn leads(&self, text: &str) -> Vec<String> {
        // A reason may ask to apply a step again.
        let leads = self.lead.captures_iter(text).filter(|lead| lead.get(4).is_none());
        leads.map(|lead| format!("{} {}", &lead[1], lead.get(2).or(lead.get(3)).unwrap().as_str())).collect()
    }

    /// What Enter does first in another step, if that stands there.
    pub fn first(&self, text: &str) -> Option<String> {
        let mut first = pairs(&self.first, text);
        assert!(first.len() < 2, "{first:?} in\n{text}");
        first.pop()
    }

    /// How many sign-ins have failed.
    pub fn failed(&self, text: &str) -> Option<u32> {
        let mut counts = self.failed.captures_iter(text).map(|count| count[1].parse().unwrap());
        let count = counts.next();
        assert_eq!(counts.next(), None, "{text}");
        count
    }

    /// The names that stand in the fact of what a check covers, which is that of its key.
    pub fn covered(&self, property: &str, text: &str) -> Vec<String> {
        if is_of_covers(property) { self.of_kind("KEY", text) } else { Vec::new() }
    }

    /// The reasons that stand in a text, one after another.
    pub fn reasons(&self, text: &str) -> Vec<String> {
        let text = squeezed(text);
        let mut found: Vec<(usize, &String)> = Vec::new();
        for reason in &self.reasons {
            for (at, _) in text.match_indices(reason.as_str()) {
                let apart = |(other, known): &(usize, &String)| {
                    at + reason.len() <= *other || other + known.len() <= at
                };
                if found.iter().all(apart) {
                    found.push((at, reason));
                }
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, reason)| reason.clone()).collect()
    }

    /// The only one.
    pub fn reason(&self, text: &str) -> Option<String> {
        let mut reasons = self.reasons(text);
        assert!(reasons.len() < 2, "{reasons:?} in\n{text}");
        reasons.pop()
    }

    /// Whether the title of a step stands in a line, and which, and what stands before it.
    pub fn title<'a>(&self, line: &'a str) -> Option<(&'a str, &'a str)> {
        let title = self.title.captures(line)?.get(2)?;
        Some((title.as_str(), &line[..title.start()]))
    }

    /// The title and the reason of each step in a text in which the one follows the other.
    pub fn gate(&self, text: &str) -> ShownGate {
        let text = squeezed(text);
        let titles: Vec<_> = self.title.captures_iter(&text).map(|found| found.get(2).unwrap()).collect();
        let ends = titles.iter().skip(1).map(regex_lite::Match::start).chain([text.len()]);
        let each = titles.iter().zip(ends).map(|(title, end)| {
            let reason = self.reason(&text[title.end()..end]).unwrap_or_default();
            (title.as_str().to_owned(), reason)
        });
        each.collect()
    }

    /// What the lines of a step say. A fact stands on a line of its own, of which `met` knows whether it was met.
    pub fn shown(&self, status: String, lines: &[String], met: impl Fn(&str) -> bool) -> Shown {
        let text = lines.join("\n");
        // What names a row stands before all else of it; what is found of several names them behind that.
        let is_row = |line: &String| {
            line.find("KEY-").is_some_and(|key| line.find("PROPERTY-").is_some_and(|property| key < property))
        };
        // The fact of what is covered says what the reason does, and does not stand for it.
        let is_cover = |line: &str| self.of_kind("PROPERTY", line).iter().any(|word| is_of_covers(word));
        let row = |line: &String| {
            ["KEY", "PROPERTY", "FOUND"].map(|kind| {
                let words = self.of_kind(kind, line);
                let [word] = words.as_slice() else { panic!("{words:?} in {line}") };
                word.clone()
            })
        };
        let fact = |line: &String| {
            let [property, expected, found] = ["PROPERTY", "EXPECTED", "FOUND"].map(|kind| {
                let mut words = self.of_kind(kind, line);
                words.dedup();
                assert!(words.len() < 2, "{words:?} in {line}");
                words.into_iter().next().unwrap_or_default()
            });
            let names = self.covered(&property, line);
            let fact = ShownFact { met: met(line), property, expected, found, names };
            let is_one = [&fact.property, &fact.expected, &fact.found].iter().any(|word| !word.is_empty());
            is_one.then_some(fact)
        };
        Shown {
            status,
            reason: self
                .reason(&lines.iter().filter(|line| !is_cover(line)).cloned().collect::<Vec<_>>().join("\n")),
            facts: lines.iter().filter(|line| !is_row(line)).filter_map(fact).collect(),
            rows: lines.iter().filter(|line| is_row(line)).map(row).collect(),
            warnings: self.of_kind("WARNING", &text),
            // The reason may tell the first.
            errors: each_once(self.of_kind("ERROR", &text)),
            remedies: self.of_kind("REMEDY", &text),
            leads: self.leads(&text),
            failed: self.failed(&text),
        }
    }
}

/// The act and the title that a text names each time.
fn pairs(of: &Regex, text: &str) -> Vec<String> {
    of.captures_iter(text).map(|found| format!("{} {}", &found[1], &found[2])).collect()
}

fn each_once(words: Vec<String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for word in words {
        if !once.contains(&word) {
            once.push(word);
        }
    }
    once
}

/// Whether a property is that of a fact of what is covered.
pub fn is_of_covers(property: &str) -> bool {
    property.ends_with("-0")
}

/// The words of all statuses, with those for programs.
pub fn status_words(text: Text) -> [(&'static str, String); 11] {
    [
        ("not-run", text.word_not_run()),
        ("waiting", text.word_waiting()),
        ("to-do", text.word_to_do()),
        ("running", text.word_running()),
        ("does-not-apply", text.word_does_not_apply()),
        ("polling", text.word_polling()),
        ("green", text.word_green()),
        ("stale", text.word_stale()),
        ("red", text.word_red()),
        ("undetermined", text.word_undetermined()),
        ("interrupted", text.word_interrupted()),
    ]
}
