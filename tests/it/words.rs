//! Sentences for people stand in `src/text` alone: what looks like one elsewhere is named here with the reason, or is a fault.

use std::fs;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;

/// Files that may hold what looks like a sentence, and why. One that needs it no more must go from here.
const ALLOWED: [(&str, &str); 5] = [
    ("checklist/display.rs", "the words that a journal keeps of an expectation: records are English"),
    ("cli/args.rs", "a part of a message of clap, which knows English alone"),
    ("psrp/host/data.rs", "what .NET itself says to a script"),
    ("shell/recorded.rs", RECORDED),
    ("wizard/recorded.rs", RECORDED),
];
const RECORDED: &str = "what is said in place of PowerShell, and stands in the journal: records are English";

/// Words of small letters in a row that make a sentence.
const WORDS: usize = 3;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// The literals of a source file that people may come to read: not those of tests, attributes and the log.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut rest = source.chars().peekable();
    let mut before = String::new();
    while let Some(c) = rest.next() {
        match c {
            '/' if rest.peek() == Some(&'/') => drop(rest.by_ref().find(|c| *c == '\n')),
            '#' if matches!(rest.peek(), Some('[' | '!')) => bracketed(&mut rest, '[', ']'),
            '!' if is_log(&before) => bracketed(&mut rest, '(', ')'),
            '"' => found.push(text(&mut rest, hashes(&before))),
            '\'' => character(&mut rest),
            _ => {}
        }
        before.push(c);
    }
    found
}

fn is_log(before: &str) -> bool {
    ["trace", "debug", "info", "warn", "error"]
        .iter()
        .any(|level| before.ends_with(&format!("tracing::{level}")))
}

/// How many signs close a raw literal; none where it is a plain one.
fn hashes(before: &str) -> Option<usize> {
    let signs = before.chars().rev().take_while(|c| *c == '#').count();
    before.trim_end_matches('#').ends_with('r').then_some(signs)
}

/// What stands up to the end of a literal, whose beginning was read.
fn text(rest: &mut Peekable<Chars<'_>>, raw: Option<usize>) -> String {
    let mut text = String::new();
    let close = raw.map(|signs| format!("\"{}", "#".repeat(signs)));
    while let Some(c) = rest.next() {
        match (&close, c) {
            (None, '"') => return text,
            (None, '\\') => match rest.next() {
                // A line that goes on: its indentation is no part of the literal.
                Some('\n') => while rest.next_if(|c| c.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            (_, c) => text.push(c),
        }
        if let Some(whole) = close.as_ref().and_then(|close| text.strip_suffix(close.as_str())) {
            return whole.to_owned();
        }
    }
    text
}

/// Passes over brackets with all that stands in them.
fn bracketed(rest: &mut Peekable<Chars<'_>>, open: char, close: char) {
    let mut depth = 0;
    while let Some(c) = rest.next() {
        match c {
            '"' => drop(text(rest, None)),
            c if c == open => depth += 1,
            c if c == close => depth -= 1,
            _ => {}
        }
        if depth <= 0 && c == close {
            return;
        }
    }
}

/// Passes over a character; a lifetime has no second quote.
fn character(rest: &mut Peekable<Chars<'_>>) {
    let mut ahead = rest.clone();
    let length = match (ahead.next(), ahead.next(), ahead.next()) {
        (Some('\\'), Some('u'), _) => rest.clone().take_while(|c| *c != '\'').count() + 1,
        (Some('\\'), _, Some('\'')) => 3,
        (_, Some('\''), _) => 2,
        _ => 0,
    };
    if length > 0 {
        let _last = rest.nth(length - 1);
    }
}

fn is_sentence(literal: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| ",;:.()?!".contains(c));
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())
    };
    let mut in_a_row = 0;
    literal.split([' ', '\n']).any(|word| {
        in_a_row = if is_word(word) { in_a_row + 1 } else { 0 };
        in_a_row >= WORDS
    })
}

#[test]
fn sentences_for_people_stand_in_text_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let (mut faults, mut needed) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        if name.starts_with("text") {
            continue;
        }
        let said: Vec<String> = literals(&fs::read_to_string(&file).unwrap())
            .into_iter()
            .filter(|text| is_sentence(text))
            .collect();
        if said.is_empty() {
            continue;
        }
        if ALLOWED.iter().any(|(allowed, _)| *allowed == name) {
            needed.push(name);
        } else {
            faults.push(format!("src/{name}: {said:#?}"));
        }
    }
    assert!(faults.is_empty(), "a sentence belongs in src/text, in three languages:\n{}", faults.join("\n"));
    let needless: Vec<&str> = ALLOWED
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !needed.iter().any(|file| file == name))
        .collect();
    assert!(needless.is_empty(), "no longer needed: {needless:?}");
}

#[test]
fn what_is_a_sentence_is_told_from_what_is_none() {
    let source = r##"
        /// never a comment
        #[expect(dead_code, reason = "nor an attribute for anybody")]
        fn a<'a>(c: char) -> &'a str { tracing::debug!(%error, "nor what is logged"); if c == '"' { "of two" } else { "this is one" } }
        const B: &str = r#"and this "is" one too now"#;
        const C: &str = "so is \
            this one";
        #[cfg(test)]
mod tests { const D: &str = "but not in tests"; }
    "##;
    let sentences: Vec<String> = literals(source).into_iter().filter(|text| is_sentence(text)).collect();
    assert_eq!(sentences, ["this is one", "and this \"is\" one too now", "so is this one"]);
}
