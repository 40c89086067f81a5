//! Whether the terminal that `TERM` names can do more than print lines.
//!
//! Asked of the system's descriptions of terminals (term(5)), of which one number is read: where a cursor can be addressed,
//! there can be screens. A terminal that this system does not describe is known by its family, as one that a
//! newer computer brings along.

use std::path::PathBuf;

/// Families of terminals that have taken escape sequences for as long as they exist.
const FAMILIES: [&str; 24] = [
    "alacritty",
    "ansi",
    "contour",
    "cygwin",
    "eterm",
    "foot",
    "ghostty",
    "gnome",
    "iterm",
    "kitty",
    "konsole",
    "linux",
    "mlterm",
    "putty",
    "rio",
    "rxvt",
    "screen",
    "st-",
    "tmux",
    "vt1",
    "vt2",
    "vte",
    "wezterm",
    "xterm",
];

/// Whether a terminal of that name can show screens. On Windows the console is asked itself, and only `dumb` says something.
pub(super) fn has_screens(term: &str) -> bool {
    if cfg!(windows) {
        return term != "dumb";
    }
    match described(term) {
        Some(entry) => addresses_cursor(&entry),
        None => FAMILIES.iter().any(|family| term.starts_with(family)),
    }
}

/// The description of a terminal, from the first folder that has one.
fn described(term: &str) -> Option<Vec<u8>> {
    /// Longer ones are not written.
    const LIMIT: usize = 32 * 1024;
    let first = term.chars().next()?;
    if term.contains('/') || term.starts_with('.') {
        return None;
    }
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let named = std::env::var_os("TERMINFO_DIRS").unwrap_or_default();
    let folders = variable("TERMINFO").into_iter();
    let folders = folders.chain(variable("HOME").map(|home| home.join(".terminfo")));
    let folders =
        folders.chain(std::env::split_paths(&named).filter(|folder| !folder.as_os_str().is_empty()));
    let usual = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/share/lib/terminfo"];
    folders.chain(usual.map(PathBuf::from)).find_map(|folder| {
        // By the first letter, or by its number where letters have no case.
        let places = [first.to_string(), format!("{:x}", u32::from(first))];
        places.into_iter().find_map(|place| {
            let path = folder.join(place).join(term);
            crate::journal::disk::read_plain(&path, LIMIT).ok()
        })
    })
}

/// Whether a compiled description has the capability `cup`: the eleventh of its strings.
fn addresses_cursor(entry: &[u8]) -> bool {
    const CUP: usize = 10;
    let number = |at: usize| {
        let bytes = entry.get(at..)?.first_chunk::<2>()?;
        Some(i16::from_le_bytes(*bytes))
    };
    let size = |at: usize| usize::try_from(number(at)?).ok();
    let found = || {
        // Numbers take four bytes in the newer form.
        let wide = match number(0)? {
            0o432 => 2,
            0o1036 => 4,
            _ => return None,
        };
        let (names, flags, numbers, strings) = (size(2)?, size(4)?, size(6)?, size(8)?);
        let table = 12 + (names + flags).next_multiple_of(2) + numbers * wide;
        (CUP < strings).then(|| number(table + 2 * CUP)).flatten()
    };
    found().is_some_and(|at| at >= 0)
}

#[cfg(all(test, unix))]
mod tests {
    use super::{addresses_cursor, has_screens};

    #[test]
    fn a_terminal_that_is_not_known_to_move_a_cursor_prints_lines() {
        for term in ["", "dumb", "unknown", "nonsense", "../../etc/passwd", ".", "é"] {
            assert!(!has_screens(term), "{term:?}");
        }
        for term in
            ["xterm-256color", "xterm-kitty", "linux", "screen", "tmux-256color", "vt100", "foot-extra"]
        {
            assert!(has_screens(term), "{term:?}");
        }
    }

    /// Names `x`, no flags, no numbers, eleven strings of which the last is at `cup`.
    fn entry(cup: i16) -> Vec<u8> {
        let header: [i16; 6] = [0o432, 2, 0, 0, 11, 8];
        let mut entry: Vec<u8> = header.iter().flat_map(|number| number.to_le_bytes()).collect();
        entry.extend(b"x\0");
        entry.extend([-1_i16; 10].iter().flat_map(|number| number.to_le_bytes()));
        entry.extend(cup.to_le_bytes());
        entry.extend(b"\x1b[H\0");
        entry
    }

    #[test]
    fn a_description_says_whether_it_does() {
        assert!(addresses_cursor(&entry(0)));
        assert!(!addresses_cursor(&entry(-1)));
        for length in 0..entry(0).len() - 7 {
            assert!(!addresses_cursor(&entry(0)[..length]), "{length}");
        }
        assert!(!addresses_cursor(b"no description"));
    }
}
