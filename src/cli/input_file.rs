//! `--input ID=@FILE`: the values of an input from a file, one a line.

use std::path::Path;

use super::context::Context;
use super::exit::{Exit, Failed};
use crate::checklist::{Arity, PARTS};
use crate::journal::disk::read_within;
use crate::sanitize::escape_controls;

/// The largest file of values that is read.
const FILE_MAX: usize = 4 << 20;

impl Context {
    /// What stands for an input on the command line: a text, with `@` before it a file, and with `@@` a text that begins with one.
    pub(super) fn given(&self, typed: &str, arity: Arity) -> Result<Vec<String>, Failed> {
        match typed.strip_prefix('@') {
            None => Ok(vec![typed.to_owned()]),
            Some(text) if text.starts_with('@') => Ok(vec![text.to_owned()]),
            Some(path) => {
                let failed = |why| Failed::new(Exit::Usage, self.text.unreadable(path, why));
                let bytes =
                    read_within(Path::new(path), FILE_MAX).map_err(|error| failed(self.text.io(&error)))?;
                if bytes.len() > FILE_MAX {
                    return Err(failed(self.text.input_file_too_large()));
                }
                let text = decoded(&bytes).ok_or_else(|| failed(self.text.input_file_not_text()))?;
                let text = text.replace("\r\n", "\n");
                let lines = (1..).zip(text.split(['\r', '\n']).map(str::trim));
                let lines: Vec<(usize, &str)> = lines.filter(|(_, line)| !line.is_empty()).collect();
                match lines.iter().find(|(_, line)| arity == Arity::Many && line.contains(PARTS)) {
                    Some((number, line)) => {
                        Err(failed(self.text.input_file_parted(number, escape_controls(line))))
                    }
                    None => Ok(lines.iter().map(|(_, line)| (*line).to_owned()).collect()),
                }
            }
        }
    }
}

/// A text in UTF-8, or in UTF-16 that begins with its byte order mark, as Windows PowerShell writes files.
fn decoded(bytes: &[u8]) -> Option<String> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}
