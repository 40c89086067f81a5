//! Lines out of the bytes that native programs write past PowerShell.

/// A line without an end is told in pieces of this many bytes.
const LONGEST: usize = 16 << 10;

/// Cuts bytes into lines.
#[derive(Default)]
pub(super) struct LineSplitter {
    open: Vec<u8>,
}

impl LineSplitter {
    /// Takes bytes in and gives each line that has ended.
    pub(super) fn feed(&mut self, bytes: &[u8], mut line: impl FnMut(String)) {
        let mut pieces = bytes.split(|byte| *byte == b'\n').peekable();
        while let Some(piece) = pieces.next() {
            for part in piece.chunks(LONGEST) {
                self.open.extend_from_slice(part);
                if self.open.len() >= LONGEST {
                    // A character that has not come whole waits for its rest: half of one would hide a secret.
                    let begun = self.open.split_off(self.open.len() - begun(&self.open));
                    line(self.take());
                    self.open = begun;
                }
            }
            if pieces.peek().is_some() {
                line(self.take());
            }
        }
    }

    /// Gives the last line, although it has not ended.
    pub(super) fn finish(&mut self) -> Option<String> {
        (!self.open.is_empty()).then(|| self.take())
    }

    fn take(&mut self) -> String {
        if self.open.last() == Some(&b'\r') {
            self.open.pop();
        }
        let text = String::from_utf8_lossy(&self.open).into_owned();
        self.open.clear();
        text
    }
}

/// How many bytes at the end are the beginning of a character of UTF-8 (RFC 3629, section 3).
fn begun(bytes: &[u8]) -> usize {
    let length = |lead: u8| match lead {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => 0,
    };
    let cut = |(back, byte): (usize, &u8)| (length(*byte) > back + 1).then_some(back + 1);
    bytes.iter().rev().take(3).enumerate().find_map(cut).unwrap_or(0)
}

#[cfg(test)]
mod tests;
