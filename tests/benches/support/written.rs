//! The PowerShell texts that people wrote into this project: the commands and scripts of checklists, in files or in the
//! sources of tests, the tests' own texts, and whole scripts.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml::Value;

/// Larger files are no texts to try a reader of commands on.
const LARGEST: usize = 64 << 10;

/// All texts below `folder`, each once.
pub fn below(folder: &Path, texts: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            // What a benchmark makes by chance is not written.
            if path.file_name().is_some_and(|name| name != "benches") {
                below(&path, texts);
            }
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("toml") => of_checklist(&text, texts),
            Some("rs") => of_source(&text, texts),
            Some("ps1" | "psm1") if text.len() <= LARGEST => drop(texts.insert(text)),
            _ => {}
        }
    }
}

fn of_checklist(text: &str, texts: &mut BTreeSet<String>) {
    if let Ok(table) = text.parse::<toml::Table>() {
        of_value("", &Value::Table(table), texts);
    }
}

fn of_value(key: &str, value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if matches!(key, "command" | "script") => drop(texts.insert(text.clone())),
        Value::Array(all) => all.iter().for_each(|one| of_value(key, one, texts)),
        Value::Table(all) => all.iter().for_each(|(key, one)| of_value(key, one, texts)),
        _ => {}
    }
}

/// The literals of a test: checklists, lines of checklists, and texts that look like PowerShell.
fn of_source(source: &str, texts: &mut BTreeSet<String>) {
    for literal in literals(source) {
        of_checklist(&literal, texts);
        for line in literal.lines() {
            if line.starts_with("command") || line.starts_with("script") {
                of_checklist(line, texts);
            }
        }
        let mut words = literal.split_whitespace();
        if literal.contains('$') || words.any(is_command) {
            texts.insert(literal);
        }
    }
}

/// A verb, a hyphen and a noun.
fn is_command(word: &str) -> bool {
    let capital = |part: &str| part.starts_with(|c: char| c.is_ascii_uppercase());
    word.split_once('-').is_some_and(|(verb, noun)| capital(verb) && capital(noun))
}

fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let hashes = rest[..at].chars().rev().take_while(|c| *c == '#').count();
        let raw = rest[..at - hashes].ends_with('r');
        let (sign, behind) = rest[at..].split_at(1);
        rest = behind;
        match sign {
            "/" if rest.starts_with('/') => rest = &rest[rest.find('\n').unwrap_or(rest.len())..],
            "/" => {}
            // A character; anything else is a lifetime.
            "'" if rest.starts_with('\\') => rest = &rest[rest[2..].find('\'').map_or(0, |at| at + 3)..],
            "'" => rest = rest.strip_prefix("\"'").unwrap_or(rest),
            _ if raw => {
                let close = format!("\"{}", "#".repeat(hashes));
                let end = rest.find(&close).unwrap_or(rest.len());
                found.push(rest[..end].to_owned());
                rest = rest.get(end + close.len()..).unwrap_or_default();
            }
            _ => {
                let end = end_of(rest);
                found.push(unescaped(&rest[..end]));
                rest = rest.get(end + 1..).unwrap_or_default();
            }
        }
    }
    found
}

fn end_of(literal: &str) -> usize {
    let mut escaped = false;
    let ends = |(_, c): &(usize, char)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    };
    literal.char_indices().find(ends).map_or(literal.len(), |(at, _)| at)
}

fn unescaped(literal: &str) -> String {
    let mut text = String::new();
    let mut rest = literal.chars();
    while let Some(c) = rest.next() {
        match (c, (c == '\\').then(|| rest.next()).flatten()) {
            (_, Some('n')) => text.push('\n'),
            (_, Some('r')) => text.push('\r'),
            (_, Some('t')) => text.push('\t'),
            (_, Some('0')) => text.push('\0'),
            (_, Some('u')) => {
                let digits: String = rest.by_ref().take_while(|c| *c != '}').filter(|c| *c != '{').collect();
                text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            (_, Some('\n')) => {
                let trimmed = rest.as_str().trim_start();
                rest = trimmed.chars();
            }
            (_, Some(c)) | (c, None) => text.push(c),
        }
    }
    text
}
