//! Which lines of a file are of a kind: how many of each block of it, so that memory does not grow with what is found.

use crate::journal::TranscriptLine;
use crate::shell::Stream;

/// How many lines a block has.
pub(super) const BLOCK: u64 = 64;

/// What a line must be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Of this stream.
    pub stream: Option<Stream>,
    /// With these words, in small letters.
    pub words: String,
}

impl Wanted {
    /// All of one stream, or of all of them.
    pub(super) const fn of(stream: Option<Stream>) -> Self {
        Self { stream, words: String::new() }
    }

    pub(super) fn takes(&self, stream: Stream, text: &str) -> bool {
        self.stream.is_none_or(|own| own == stream)
            && (self.words.is_empty() || text.to_lowercase().contains(&self.words))
    }

    fn is_all(&self) -> bool {
        self.stream.is_none() && self.words.is_empty()
    }
}

/// The lines that are wanted of a file, as far as it was looked at.
#[derive(Debug, Default)]
pub(super) struct Sift {
    pub wanted: Wanted,
    blocks: Vec<u8>,
    looked_at: u64,
    found: u64,
}

impl Sift {
    /// Of so many lines, those that are wanted. Where all are, there is nothing to look for.
    pub(super) fn of(wanted: Wanted, lines: u64) -> Self {
        let known = if wanted.is_all() { lines } else { 0 };
        Self { wanted, blocks: Vec::new(), looked_at: known, found: known }
    }

    /// There are more lines to look at, so many in all; where all are wanted they are found.
    pub(super) fn grow(&mut self, lines: u64) {
        if self.is_all() {
            (self.looked_at, self.found) = (lines, lines);
        }
    }

    pub(super) fn is_all(&self) -> bool {
        self.wanted.is_all()
    }

    pub(super) const fn looked_at(&self) -> u64 {
        self.looked_at
    }

    pub(super) const fn found(&self) -> u64 {
        self.found
    }

    /// Looks at the next line.
    pub(super) fn look_at(&mut self, line: &TranscriptLine) {
        if self.looked_at.is_multiple_of(BLOCK) {
            self.blocks.push(0);
        }
        self.looked_at += 1;
        if self.wanted.takes(line.stream, &line.text) {
            self.found += 1;
            if let Some(block) = self.blocks.last_mut() {
                *block += 1;
            }
        }
    }

    /// How many are found before that block.
    pub(super) fn before(&self, block: u64) -> u64 {
        let blocks = usize::try_from(block).unwrap_or(usize::MAX);
        self.blocks.iter().take(blocks).map(|found| u64::from(*found)).sum()
    }

    /// The blocks with something found, from the one on that has the found line of this rank, counted from 0; and how many of
    /// the first block's stand before that.
    pub(super) fn from(&self, rank: u64) -> (Vec<u64>, u64) {
        let (mut left, mut blocks) = (rank, Vec::new());
        for (block, found) in (0..).zip(&self.blocks) {
            let found = u64::from(*found);
            if blocks.is_empty() && left >= found {
                left -= found;
            } else if found > 0 {
                blocks.push(block);
            }
        }
        (blocks, left)
    }

    /// How many bytes it takes.
    #[cfg(test)]
    pub(super) const fn held(&self) -> usize {
        self.blocks.capacity()
    }
}
