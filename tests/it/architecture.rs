//! What docs/architecture.md says of the rooms, held against every path in `src`: which room uses which, that no siblings use
//! each other in a circle, and what is written in one place only. The document is the rule; here is only how it is read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of `src` as a module: `run/decide.rs` is `run`, `decide`.
struct Module {
    path: Vec<String>,
    file: String,
    code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document() -> String {
    fs::read_to_string(root().join("docs/architecture.md")).unwrap()
}

/// The lines of a section of the document.
fn section<'a>(document: &'a str, heading: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let (_, behind) = document
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("docs/architecture.md has no section \"{heading}\""));
    behind.lines().take_while(|line| !line.starts_with("## "))
}

/// The cells of a table's row, but for its head.
fn cells(line: &str) -> Option<Vec<&str>> {
    let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
    cells.first().is_some_and(|cell| cell.starts_with('`')).then_some(cells)
}

/// What stands in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The rooms, the lowest first.
fn rooms(document: &str) -> Vec<String> {
    let rows = section(document, "Rooms").filter_map(cells);
    rows.flat_map(|row| quoted(row.first().unwrap())).map(str::to_owned).collect()
}

/// The exceptions of a section: `- ARROW: why`, with what is in backticks before the colon.
fn exceptions(document: &str, heading: &str) -> BTreeSet<Vec<String>> {
    let lines = section(document, heading).filter_map(|line| line.strip_prefix("- `"));
    lines
        .map(|line| {
            let (names, why) = line.split_once("`: ").unwrap_or_else(|| panic!("no reason: {line}"));
            assert!(!why.trim().is_empty(), "no reason: {line}");
            quoted(&format!("`{names}`")).into_iter().map(str::to_owned).collect()
        })
        .collect()
}

/// Every file of `src` but those that wire the crate, without its tests.
fn modules() -> Vec<Module> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.extend(module(&path));
            }
        }
    }
    assert!(found.len() > 100, "where is src?");
    found.sort_by(|a, b| a.file.cmp(&b.file));
    found
}

fn module(file: &PathBuf) -> Option<Module> {
    let inside = file.strip_prefix(root().join("src")).unwrap().with_extension("");
    let path: Vec<String> = inside.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    let wires = matches!(path.first().unwrap().as_str(), "lib" | "main" | "facade");
    if wires || path.last().unwrap() == "tests" {
        return None;
    }
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    // Kept as an empty line, so that the numbers stay.
    let code: Vec<&str> =
        code.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect();
    Some(Module { path, file: inside.with_extension("rs").display().to_string(), code: code.join("\n") })
}

/// A word or a sign of Rust, with its line. What stands in quotes is left out.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut rest = code;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(length) = literal(rest, word).filter(|_| word == 0 || is_prefix(rest, word)) {
            length
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\") {
            3 + rest.get(3..).and_then(|rest| rest.find('\'')).unwrap_or(0) + 1
        } else if word > 0 {
            found.push((line, rest.get(..word).unwrap()));
            word
        } else if rest.starts_with("::") {
            found.push((line, "::"));
            2
        } else {
            if !first.is_whitespace() {
                found.push((line, rest.get(..first.len_utf8()).unwrap()));
            }
            first.len_utf8()
        };
        line += rest.get(..length).unwrap().matches('\n').count();
        rest = rest.get(length..).unwrap();
    }
    found
}

fn is_prefix(rest: &str, word: usize) -> bool {
    matches!(rest.get(..word), Some("b" | "r" | "br" | "c" | "cr"))
}

/// The length of the string literal that `rest` begins with, behind its prefix, if it begins with one.
fn literal(rest: &str, prefix: usize) -> Option<usize> {
    let raw = rest.get(..prefix)?.contains('r');
    let hashes = if raw { rest.get(prefix..)?.bytes().take_while(|byte| *byte == b'#').count() } else { 0 };
    let inside = rest.get(prefix + hashes..)?.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.char_indices().find(|(at, c)| {
        let behind = inside.get(at + 1..).unwrap_or_default();
        let ends = *c == '"' && !escaped && behind.starts_with(&"#".repeat(hashes));
        escaped = *c == '\\' && !escaped && !raw;
        ends
    });
    Some(prefix + hashes + 1 + end?.0 + 1 + hashes)
}

/// A path as it is written, with its line: `super`, `ui`, `Ui`.
type Written<'a> = (usize, Vec<&'a str>);

/// Every path of a file: those of its `use`s, each name of a group for itself, and those within its code.
fn paths<'a>(tokens: &[(usize, &'a str)]) -> Vec<Written<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((line, token)) = tokens.get(at) {
        let is_path = tokens.get(at + 1).is_some_and(|next| next.1 == "::");
        if *token == "use" {
            at = tree(tokens, at + 1, &[], &mut found);
        } else if is_path && token.starts_with(|c: char| c.is_alphabetic()) {
            let mut path = vec![*token];
            at += 1;
            while let (Some((_, "::")), Some((_, name))) = (tokens.get(at), tokens.get(at + 1)) {
                path.push(name);
                at += 2;
            }
            found.push((*line, path));
        } else {
            at += 1;
        }
    }
    found
}

/// Reads one branch of a `use` from `at` on, and gives where it ends.
fn tree<'a>(
    tokens: &[(usize, &'a str)],
    mut at: usize,
    before: &[&'a str],
    found: &mut Vec<Written<'a>>,
) -> usize {
    let mut path = before.to_vec();
    let mut line = 0;
    while let Some((here, token)) = tokens.get(at) {
        line = if line == 0 { *here } else { line };
        match *token {
            "{" => loop {
                at = tree(tokens, at + 1, &path, found);
                if tokens.get(at).is_none_or(|(_, token)| *token != ",") {
                    return at + 1;
                }
            },
            "," | "}" | ";" => break,
            "::" => {}
            "as" => at += 1,
            name => path.push(name),
        }
        at += 1;
    }
    if path.len() > before.len() {
        found.push((line, path));
    }
    at
}

/// The modules of the crate, and which names each takes from others.
struct Crate {
    modules: Vec<Module>,
    /// By module: where a name that it uses comes from.
    taken: BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>>,
}

impl Crate {
    fn read() -> Self {
        let mut read = Self { modules: modules(), taken: BTreeMap::new() };
        for module in &read.modules {
            let uses = read.absolute(module).into_iter().filter(|(_, path)| path.len() > 1);
            let names = uses.map(|(_, path)| (path.last().unwrap().clone(), path)).collect();
            read.taken.insert(module.path.clone(), names);
        }
        read
    }

    fn is_module(&self, path: &[String]) -> bool {
        self.modules.iter().any(|module| module.path == path)
    }

    /// The paths of a file that lead to modules of this crate, from its root.
    fn absolute(&self, module: &Module) -> Vec<(usize, Vec<String>)> {
        let tokens = tokens(&module.code);
        let mut found = Vec::new();
        for (line, path) in paths(&tokens) {
            let mut base = module.path.clone();
            let mut names = path.as_slice();
            match names.first() {
                Some(&"crate") => {
                    base.clear();
                    names = names.get(1..).unwrap();
                }
                Some(&"super") => {
                    while let Some((&"super", rest)) = names.split_first() {
                        base.pop();
                        names = rest;
                    }
                }
                Some(&"self") => names = names.get(1..).unwrap(),
                // A child that is named as such.
                Some(name) if self.is_module(&[base.as_slice(), &[(*name).to_owned()]].concat()) => {}
                _ => continue,
            }
            base.extend(names.iter().map(|name| (*name).to_owned()));
            found.push((line, base));
        }
        found
    }

    /// The module that a path leads to, through what modules on its way take from others.
    fn target(&self, path: &[String]) -> Option<Vec<String>> {
        let mut path = path.to_vec();
        for _ in 0..8 {
            let length =
                (1..=path.len()).rev().find(|length| self.is_module(path.get(..*length).unwrap()))?;
            let module = path.get(..length).unwrap().to_vec();
            let next = path.get(length).and_then(|name| self.taken.get(&module)?.get(name));
            match next {
                Some(from) if !path.starts_with(from) => {
                    path = [from.as_slice(), path.get(length + 1..).unwrap()].concat();
                }
                _ => return Some(module),
            }
        }
        None
    }
}

#[test]
fn no_room_uses_one_below_it_in_the_table() {
    let document = document();
    let rooms = rooms(&document);
    let allowed = exceptions(&document, "Rooms");
    let place = |room: &str| rooms.iter().position(|known| known == room);
    let read = Crate::read();
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for module in &read.modules {
        let own = module.path.first().unwrap();
        let from =
            place(own).unwrap_or_else(|| panic!("src/{}: the room `{own}` is not in the table", module.file));
        for (line, path) in read.absolute(module) {
            let room = path.first().filter(|room| *room != own);
            if let Some((room, to)) = room.and_then(|room| Some((room, place(room)?)))
                && to > from
            {
                let arrow = vec![own.clone(), room.clone()];
                if !allowed.contains(&arrow) {
                    wrong.push(format!(
                        "src/{}:{line}: `{own}` uses `{room}` ({})",
                        module.file,
                        path.join("::")
                    ));
                }
                used.insert(arrow);
            }
        }
    }
    for room in &rooms {
        assert!(
            read.is_module(std::slice::from_ref(room)),
            "the table has a room `{room}`, and src has none"
        );
    }
    assert!(wrong.is_empty(), "arrows upwards:\n{}", wrong.join("\n"));
    assert_eq!(used, allowed, "an exception that nothing needs any more goes");
}

#[test]
fn no_siblings_use_each_other_in_a_circle() {
    let read = Crate::read();
    // By parent: which child, with all below it, uses which, and where it does.
    let mut arrows: BTreeMap<Vec<String>, BTreeMap<String, BTreeMap<String, String>>> = BTreeMap::new();
    for module in &read.modules {
        for (line, path) in read.absolute(module) {
            let Some(to) = read.target(&path) else { continue };
            let common = module.path.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if let (Some(from), Some(to)) = (module.path.get(common), to.get(common)) {
                let children = arrows.entry(module.path.get(..common).unwrap().to_vec()).or_default();
                let place = format!("src/{}:{line} uses {}", module.file, path.join("::"));
                children.entry(from.clone()).or_default().entry(to.clone()).or_insert(place);
            }
        }
    }
    let allowed = exceptions(&document(), "Circles");
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for (parent, children) in arrows.iter().filter(|(parent, _)| !parent.is_empty()) {
        let circles: BTreeSet<BTreeSet<&String>> =
            children.keys().map(|child| circle(children, child)).filter(|circle| circle.len() > 1).collect();
        for circle in circles {
            let names: Vec<String> =
                std::iter::once(parent.join("::")).chain(circle.iter().map(|name| (*name).clone())).collect();
            if !allowed.contains(&names) {
                let inside = children.iter().filter(|(child, _)| circle.contains(child));
                let places = inside.flat_map(|(_, uses)| uses.iter().filter(|(to, _)| circle.contains(to)));
                let places: Vec<&str> = places.map(|(_, place)| place.as_str()).collect();
                wrong.push(format!("in {names:?}:\n  {}", places.join("\n  ")));
            }
            used.insert(names);
        }
    }
    assert!(wrong.is_empty(), "circles:\n{}", wrong.join("\n"));
    assert_eq!(used, allowed, "an exception that nothing needs any more goes");
}

/// All that `child` leads to and that leads back to it.
fn circle<'a>(
    arrows: &'a BTreeMap<String, BTreeMap<String, String>>,
    child: &'a String,
) -> BTreeSet<&'a String> {
    let reached = |from: &'a String| {
        let mut seen = BTreeSet::new();
        let mut left = vec![from];
        while let Some(next) = left.pop() {
            left.extend(arrows.get(next).into_iter().flat_map(BTreeMap::keys).filter(|to| seen.insert(*to)));
        }
        seen
    };
    reached(child).into_iter().filter(|other| reached(other).contains(child)).collect()
}

#[test]
fn what_the_document_gives_one_place_is_written_nowhere_else() {
    let document = document();
    let modules = modules();
    let rows: Vec<_> = section(&document, "What is written in one place").filter_map(cells).collect();
    assert!(rows.len() > 5, "where is the table?");
    for row in rows {
        let [what, places, ..] = row.as_slice() else { panic!("a row of two cells at least: {row:?}") };
        let (words, places) = (quoted(what), quoted(places));
        let mut left: BTreeSet<&str> = places.iter().copied().collect();
        for module in &modules {
            let name = module.path.join("/");
            let place = places.iter().find(|place| {
                name.strip_prefix(**place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            for (line, text) in (1..).zip(module.code.lines()) {
                let Some(word) = words.iter().find(|word| text.contains(**word)) else { continue };
                match place {
                    Some(place) => drop(left.remove(place)),
                    None => panic!("src/{}:{line}: {word} belongs into {places:?}:\n{text}", module.file),
                }
            }
        }
        assert!(left.is_empty(), "{words:?} is not written in {left:?}: the document is too wide");
    }
}
