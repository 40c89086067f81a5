//! Text for terminals that have nothing but ASCII: signs become the nearest ones, letters of Latin scripts lose their marks.

/// The nearest in ASCII, where there is one: what our sentences are written with in any of their languages, and their like.
const fn nearest(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ª' => "a",
        'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "A",
        'ç' => "c",
        'Ç' => "C",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'È' | 'É' | 'Ê' | 'Ë' => "E",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'Ì' | 'Í' | 'Î' | 'Ï' => "I",
        'ñ' => "n",
        'Ñ' => "N",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'º' => "o",
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "O",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'Ù' | 'Ú' | 'Û' | 'Ü' => "U",
        'ý' | 'ÿ' => "y",
        'Ý' | 'Ÿ' => "Y",
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        'ß' => "ss",
        '¿' => "?",
        '¡' => "!",
        '“' | '”' | '„' => "\"",
        '«' | '‹' => "<",
        '»' | '›' => ">",
        '‘' | '’' | '‚' => "'",
        '–' | '—' | '‐' | '‑' | '−' | '·' | '•' => "-",
        '…' => "...",
        '→' => "->",
        '←' => "<-",
        '≥' => ">=",
        '≤' => "<=",
        '≠' => "!=",
        '✓' | '√' => "+",
        '✗' | '×' => "x",
        '\u{a0}' | '\u{202f}' | '\u{2009}' => " ",
        _ => return None,
    })
}

/// `text` in ASCII, in which what has no like is written out as its code.
pub(crate) fn ascii(text: &str) -> String {
    replaced(text, nearest)
}

/// The same without a letter for another one, for what must be read as it is: everything but ASCII is written out.
pub(crate) fn ascii_exact(text: &str) -> String {
    replaced(text, |_| None)
}

/// One character of ASCII for one that a screen shows in a cell.
pub(crate) fn ascii_cell(symbol: &str) -> &'static str {
    let near = match symbol.chars().next() {
        Some('…') => "~",
        Some(c) => nearest(c).unwrap_or("?"),
        None => " ",
    };
    near.get(..1).unwrap_or("?")
}

fn replaced(text: &str, near: impl Fn(char) -> Option<&'static str>) -> String {
    let mut ascii = String::with_capacity(text.len());
    for c in text.chars() {
        match near(c) {
            _ if c.is_ascii() => ascii.push(c),
            Some(near) => ascii.push_str(near),
            None => ascii.extend(c.escape_unicode()),
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use super::{ascii, ascii_cell, ascii_exact};

    #[test]
    fn every_sentence_can_be_read_in_ascii() {
        // What stands between quotation marks in the files of sentences, whatever the language.
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text");
        let mut folders = vec![folder];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with("visible.rs") && !path.ends_with("ascii.rs") {
                    let text = ascii(&std::fs::read_to_string(&path).unwrap());
                    assert!(text.is_ascii());
                    assert!(!text.contains("\\u{"), "{}: {:?}", path.display(), text.find("\\u{"));
                    seen += 1;
                }
            }
        }
        assert!(seen > 10, "{seen}");
    }

    #[test]
    fn what_has_no_like_is_written_out_and_a_command_keeps_every_letter_apart() {
        assert_eq!(ascii("Contraseña… «sí» 日"), "Contrasena... <si> \\u{65e5}");
        assert_eq!(ascii_exact("$contraseña = 1"), "$contrase\\u{f1}a = 1");
        assert_eq!(["…", "ñ", "œ", "日", "─"].map(ascii_cell), ["~", "n", "o", "?", "?"]);
    }
}
