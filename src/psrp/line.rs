//! The lines of an out-of-process server: `<Data …>base64</Data>`, `<DataAck …/>` and their kin.
//!
//! The server shares its standard output with every native program that a pipeline starts, so anything may stand
//! before, between and inside lines. What is not a whole packet is noise, and noise never ends the conversation.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::guid::Guid;

/// A longer line than any server writes; beyond it, bytes are noise.
const LONGEST: usize = 8 << 20;

/// What a packet of the server is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Packet {
    Data { to: Guid, fragments: Vec<u8> },
    DataAck(Guid),
    CommandAck(Guid),
    CloseAck(Guid),
    SignalAck(Guid),
}

/// What a line held, in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Noise(&'a [u8]),
    /// A packet, and how it was written: whoever knows what to expect may still find that it is noise.
    Packet(Packet, &'a [u8]),
}

/// Splits the server's output into lines, and lines into packets and noise.
#[derive(Debug, Default)]
pub(super) struct LineReader {
    partial: Vec<u8>,
}

impl LineReader {
    pub(super) fn feed(&mut self, bytes: &[u8], mut take: impl FnMut(Piece<'_>)) {
        let mut rest = bytes;
        while let Some(at) = find(rest, b'\n') {
            let (line, after) = rest.split_at_checked(at + 1).unwrap_or((rest, &[]));
            rest = after;
            if self.partial.is_empty() {
                split(line, &mut take);
            } else {
                self.partial.extend_from_slice(line);
                split(&self.partial, &mut take);
                self.partial.clear();
                self.partial.shrink_to(LONGEST / 64);
            }
        }
        self.partial.extend_from_slice(rest);
        if self.partial.len() > LONGEST {
            take(Piece::Noise(&self.partial));
            self.partial = Vec::new();
        }
    }

    /// What is left when the server has ended.
    pub(super) fn finish(&mut self, mut take: impl FnMut(Piece<'_>)) {
        split(&std::mem::take(&mut self.partial), &mut take);
    }
}

fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|&byte| byte == wanted)
}

fn split(line: &[u8], take: &mut impl FnMut(Piece<'_>)) {
    // Bytes from `start` on are not yet given out; the search goes on at `from`.
    let (mut start, mut from) = (0, 0);
    while let Some(at) = line.get(from..).and_then(|rest| find(rest, b'<')).map(|at| from + at) {
        let Some((packet, length)) = line.get(at..).and_then(packet) else {
            from = at + 1;
            continue;
        };
        if let Some(noise) = line.get(start..at).filter(|noise| !noise.is_empty()) {
            take(Piece::Noise(noise));
        }
        from = at + length;
        start = from;
        take(Piece::Packet(packet, line.get(at..from).unwrap_or_default()));
    }
    match line.get(start..) {
        // The end of a packet's own line is not noise, but an empty line of a program is.
        Some(rest) if !rest.is_empty() && (start == 0 || !is_blank(rest)) => take(Piece::Noise(rest)),
        _ => {}
    }
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b'\r' | b'\n'))
}

/// The packet at the very start of these bytes, and its length.
fn packet(bytes: &[u8]) -> Option<(Packet, usize)> {
    // No tag is longer than this; without a bound, a line of `<` would be searched again and again.
    let end = find(bytes.get(..bytes.len().min(128))?, b'>')? + 1;
    let tag = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let inside = tag.strip_prefix('<')?.strip_suffix('>')?;
    let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
    let (name, attributes) = inside.split_once(' ').filter(|_| !inside.contains('<'))?;
    if !empty {
        if name != "Data" {
            return None;
        }
        let to = guid(attributes)?;
        let length = find(bytes.get(end..)?, b'<')?;
        let (base64, after) = bytes.get(end..)?.split_at_checked(length)?;
        after.starts_with(b"</Data>").then_some(())?;
        let fragments = STANDARD.decode(base64).ok()?;
        return Some((Packet::Data { to, fragments }, end + length + b"</Data>".len()));
    }
    let id = guid(attributes)?;
    let packet = match name {
        "DataAck" => Packet::DataAck(id),
        "CommandAck" => Packet::CommandAck(id),
        "CloseAck" => Packet::CloseAck(id),
        "SignalAck" => Packet::SignalAck(id),
        _ => return None,
    };
    Some((packet, end))
}

fn guid(attributes: &str) -> Option<Guid> {
    let (_, value) = attributes.split_once("PSGuid=")?;
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    value.strip_prefix(quote)?.split_once(quote)?.0.parse().ok()
}

/// What the client asks of the server in one line.
#[derive(Debug)]
pub(super) enum PacketRequest {
    Command(Guid),
    Data { stream: DataPriority, to: Guid, fragment: Vec<u8> },
    Signal(Guid),
    Close(Guid),
}

/// Which of the two queues of the server a fragment is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum DataPriority {
    Default,
    PromptResponse,
}

impl PacketRequest {
    /// What the server answers when it has taken the request in.
    pub(super) fn acknowledgement(&self) -> Packet {
        match self {
            Self::Command(id) => Packet::CommandAck(*id),
            Self::Data { to, .. } => Packet::DataAck(*to),
            Self::Signal(id) => Packet::SignalAck(*id),
            Self::Close(id) => Packet::CloseAck(*id),
        }
    }

    pub(super) fn to_line(&self) -> String {
        match self {
            Self::Command(id) => format!("<Command PSGuid='{id}' />\n"),
            Self::Signal(id) => format!("<Signal PSGuid='{id}' />\n"),
            Self::Close(id) => format!("<Close PSGuid='{id}' />\n"),
            Self::Data { stream, to, fragment } => {
                let stream = match stream {
                    DataPriority::Default => "Default",
                    DataPriority::PromptResponse => "PromptResponse",
                };
                format!("<Data Stream='{stream}' PSGuid='{to}'>{}</Data>\n", STANDARD.encode(fragment))
            }
        }
    }
}

#[cfg(test)]
mod tests;
