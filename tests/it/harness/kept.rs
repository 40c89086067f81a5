//! The runs that are kept for ever in `tests/fixtures/runs`, and copies of them to be changed.

use std::fs;
use std::path::{Path, PathBuf};

use greenlight::facade::checklist::Sha;

/// The one run that stands there: `format-2/rehearsal`.
pub fn run(below: &str) -> PathBuf {
    let below = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/runs").join(below);
    fs::read_dir(below).unwrap().next().unwrap().unwrap().path()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { assert!(fs::copy(&path, target).is_ok()) }
    }
}

/// The lines of a journal as somebody writes them who knows the format and computes every digest anew.
pub fn chained(lines: &[String]) -> Vec<String> {
    let mut prev = "0".repeat(64);
    let mut chained = Vec::new();
    for (seq, line) in lines.iter().enumerate() {
        let body = &line[..line.rfind(",\"hash\":\"").unwrap()];
        let content = &body[body.find("\"prev\":\"").unwrap() + 8 + 64..];
        let body = format!("{{\"seq\":{seq},\"prev\":\"{prev}{content}");
        prev = Sha::of(body.as_bytes()).to_string();
        chained.push(format!("{body},\"hash\":\"{prev}\"}}"));
    }
    chained
}
