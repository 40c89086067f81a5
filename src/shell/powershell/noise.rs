//! Lines out of the bytes that native programs write past PowerShell.

/// A line without an end is told in pieces of this many bytes.
const LONGEST: usize = 16 << 10;

/// Cuts bytes into lines.
#[derive(Default)]
pub(super) struct Lines {
    open: Vec<u8>,
}

impl Lines {
    /// Takes bytes in and gives each line that has ended.
    pub(super) fn feed(&mut self, bytes: &[u8], mut line: impl FnMut(String)) {
        let mut pieces = bytes.split(|byte| *byte == b'\n').peekable();
        while let Some(piece) = pieces.next() {
            for part in piece.chunks(LONGEST) {
                self.open.extend_from_slice(part);
                if self.open.len() >= LONGEST {
                    line(self.take());
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

#[cfg(test)]
mod tests;
