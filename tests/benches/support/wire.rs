//! The server's side of the wire, as far as a scripted peer needs it: lines, fragments, messages ([MS-PSRP] 2.2.1, 2.2.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// A message from either side.
#[derive(Clone)]
pub struct Message {
    pub kind: u32,
    pub pool: [u8; 16],
    pub pipeline: [u8; 16],
    pub data: Vec<u8>,
}

impl Message {
    /// As the server sends it.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = 1_u32.to_le_bytes().to_vec();
        bytes.extend(self.kind.to_le_bytes());
        bytes.extend(self.pool);
        bytes.extend(self.pipeline);
        bytes.extend(&self.data);
        bytes
    }

    fn parse(bytes: &[u8]) -> Self {
        let kind = u32::from_le_bytes(bytes[4..8].try_into().unwrap());
        let (pool, pipeline) = (bytes[8..24].try_into().unwrap(), bytes[24..40].try_into().unwrap());
        Self { kind, pool, pipeline, data: bytes[40..].to_vec() }
    }
}

/// A message as fragments of at most `size` bytes of it.
pub fn fragments(object: u64, message: &[u8], size: usize) -> Vec<Vec<u8>> {
    let pieces: Vec<&[u8]> = message.chunks(size.max(1)).collect();
    let last = pieces.len() - 1;
    let fragment = |(at, piece): (usize, &&[u8])| {
        let mut bytes = object.to_be_bytes().to_vec();
        bytes.extend((at as u64).to_be_bytes());
        bytes.push(u8::from(at == 0) | u8::from(at == last) << 1);
        bytes.extend((piece.len() as u32).to_be_bytes());
        bytes.extend(*piece);
        bytes
    };
    pieces.iter().enumerate().map(fragment).collect()
}

/// A line that carries fragments.
pub fn line(to: &str, fragments: &[u8]) -> Vec<u8> {
    format!("<Data Stream='Default' PSGuid='{to}'>{}</Data>\n", STANDARD.encode(fragments)).into_bytes()
}

/// The whole messages in what one side has said, each with whom it is for.
pub fn messages(said: &[u8]) -> Vec<(String, Message)> {
    let mut found = Vec::new();
    let mut open: Vec<(u64, Vec<u8>)> = Vec::new();
    for line in said.split(|byte| *byte == b'\n') {
        let text = String::from_utf8_lossy(line);
        let Some((tag, rest)) = text.strip_prefix("<Data ").and_then(|rest| rest.split_once('>')) else {
            continue;
        };
        let to = tag.split("PSGuid='").nth(1).unwrap().trim_end_matches('\'').to_owned();
        let bytes = STANDARD.decode(rest.trim_end().strip_suffix("</Data>").unwrap()).unwrap();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let object = u64::from_be_bytes(rest[..8].try_into().unwrap());
            let length = u32::from_be_bytes(rest[17..21].try_into().unwrap()) as usize;
            let mut message = open.extract_if(.., |(known, _)| *known == object).next().unwrap_or_default().1;
            message.extend(&rest[21..21 + length]);
            if rest[16] & 2 == 0 {
                open.push((object, message));
            } else {
                found.push((to.clone(), Message::parse(&message)));
            }
            rest = &rest[21 + length..];
        }
    }
    found
}

/// The recorded messages: a kind and its CLIXML on each line.
pub fn corpus() -> Vec<(u32, Vec<u8>)> {
    let lines = include_str!("../corpus.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (kind, data) = line.split_once(' ').unwrap();
            (u32::from_str_radix(kind, 16).unwrap(), data.as_bytes().to_vec())
        })
        .collect()
}
