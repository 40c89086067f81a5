//! The two ends of a long journal, which tell what a list shows of a run. What lies between is not read.

use std::io::{self, Read, Seek, SeekFrom};

use serde::de::DeserializeOwned;

use super::head::Head;
use super::record::{self, End, Walk};

/// How many bytes of each end are read: a header and many events.
const WINDOW: u64 = 64 * 1024;

/// A walk over both, and the events there with the records that they are.
type Ends<T> = (Walk, Vec<(Head, T)>);

/// The events at both ends of a journal of so many bytes, and a walk that says nothing of what lies between.
///
/// Nothing where the ends do not tell: in a short journal, which is its own ends; where a record is longer than that; and where
/// one of them is not good, because only who reads all can name the first that is not.
pub(super) fn walk<T: DeserializeOwned>(
    from: &mut (impl Read + Seek),
    length: u64,
) -> io::Result<Option<Ends<T>>> {
    let Some(last) = length.checked_sub(WINDOW).filter(|last| *last >= WINDOW) else { return Ok(None) };
    let mut events = Vec::new();
    let first = window(from, 0)?;
    // The cut at the end of this window is ours, and no write's.
    let whole = first.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let begin = record::walk(first.get(..whole).unwrap_or_default(), |head, content| {
        events.push((head, record::understand(head.seq, content)?));
        Ok(())
    })?;
    if begin.end != End::Whole || events.is_empty() {
        return Ok(None);
    }
    let last = window(from, last)?;
    let whole = last.iter().position(|byte| *byte == b'\n').map_or(last.len(), |at| at + 1);
    let lines = last.get(whole..).unwrap_or_default();
    let Some(before) =
        record::stated_before(lines).filter(|before| Some(before.seq) > begin.head.map(|head| head.seq))
    else {
        return Ok(None);
    };
    let end = record::walk_on(lines, before, |head, content| {
        events.push((head, record::understand(head.seq, content)?));
        Ok(())
    })?;
    let tail = match &end.end {
        End::Whole => 0,
        End::Torn(tail) => tail.len(),
        End::Damaged(_) | End::Newer(_) => return Ok(None),
    };
    let tail = u64::try_from(tail).unwrap_or(u64::MAX);
    let walk =
        Walk { header: begin.header, start: begin.start, committed_len: length.saturating_sub(tail), ..end };
    Ok(Some((walk, events)))
}

fn window(from: &mut (impl Read + Seek), at: u64) -> io::Result<Vec<u8>> {
    from.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    from.take(WINDOW).read_to_end(&mut bytes)?;
    Ok(bytes)
}
