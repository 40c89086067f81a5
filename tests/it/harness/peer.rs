//! A scripted server: it says what it is told to say, and understands what the client sends.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use greenlight::facade::psrp::{Client, ClientConfig, ClientEvent, Pipeline, PipelineId, PsValue, clixml};

pub const NIL: &str = "00000000-0000-0000-0000-000000000000";

pub const SESSION_CAPABILITY: u32 = 0x0001_0002;
pub const PUBLIC_KEY: u32 = 0x0001_0005;
pub const ENCRYPTED_SESSION_KEY: u32 = 0x0001_0006;
pub const PUBLIC_KEY_REQUEST: u32 = 0x0001_0007;
pub const POOL_STATE: u32 = 0x0002_1005;
pub const CREATE_PIPELINE: u32 = 0x0002_1006;
pub const APPLICATION_PRIVATE_DATA: u32 = 0x0002_1009;
pub const POOL_HOST_CALL: u32 = 0x0002_1100;
pub const POOL_HOST_RESPONSE: u32 = 0x0002_1101;
pub const OUTPUT: u32 = 0x0004_1004;
pub const PIPELINE_STATE: u32 = 0x0004_1006;
pub const HOST_CALL: u32 = 0x0004_1100;
pub const HOST_RESPONSE: u32 = 0x0004_1101;

/// What the client sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    Command(String),
    Signal(String),
    Close(String),
    Message {
        stream: String,
        to: String,
        kind: u32,
        value: PsValue,
    },
    /// A fragment that does not complete a message.
    Part,
}

#[derive(Default)]
pub struct Peer {
    /// The pool's identifier as a header holds it.
    pool: [u8; 16],
    object: u64,
    partial: Vec<u8>,
}

impl Peer {
    /// A client that has opened its pool with a peer of that version.
    pub fn open(version: &str) -> (Client, Self) {
        let (mut client, mut peer) = (Client::new(ClientConfig::default()), Self::default());
        client.open();
        peer.exchange(&mut client);
        client.receive(&peer.opening(version));
        assert!(matches!(client.next_event(), Some(ClientEvent::Opened { .. })), "{version}");
        (client, peer)
    }

    /// A client that runs a pipeline, which the peer has taken in.
    pub fn running() -> (Client, Self, PipelineId) {
        let (mut client, mut peer) = Self::open("2.3");
        let id = client.invoke(Pipeline::script("1")).expect("nothing runs");
        peer.exchange(&mut client);
        (client, peer, id)
    }

    pub fn opening(&mut self, version: &str) -> Vec<u8> {
        let capability = format!(
            "<Obj RefId=\"0\"><MS><Version N=\"protocolversion\">{version}</Version><Version N=\"PSVersion\">2.0</Version>\
             <Version N=\"SerializationVersion\">1.1.0.1</Version></MS></Obj>"
        );
        let data = "<Obj RefId=\"0\"><MS><Nil N=\"ApplicationPrivateData\"/></MS></Obj>";
        [
            self.say(SESSION_CAPABILITY, NIL, &capability),
            self.say(APPLICATION_PRIVATE_DATA, NIL, data),
            self.say(POOL_STATE, NIL, "<Obj RefId=\"0\"><MS><I32 N=\"RunspaceState\">2</I32></MS></Obj>"),
        ]
        .concat()
    }

    /// The line of a message.
    pub fn say(&mut self, kind: u32, pipeline: &str, data: &str) -> Vec<u8> {
        self.misdirected(kind, pipeline, pipeline, data)
    }

    /// The line of a message that is sent to one pipeline and says that it is for another.
    pub fn misdirected(&mut self, kind: u32, to: &str, pipeline: &str, data: &str) -> Vec<u8> {
        let message = self.message(kind, pipeline, data);
        self.object += 1;
        line(to, &fragment(self.object, 0, 3, &message))
    }

    pub fn message(&self, kind: u32, pipeline: &str, data: &str) -> Vec<u8> {
        let pipeline = to_header(pipeline);
        [
            &1_u32.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &self.pool,
            &pipeline,
            "\u{feff}".as_bytes(),
            data.as_bytes(),
        ]
        .concat()
    }

    pub fn finished(&mut self, pipeline: &str, state: i32) -> Vec<u8> {
        let data = format!("<Obj RefId=\"0\"><MS><I32 N=\"PipelineState\">{state}</I32></MS></Obj>");
        self.say(PIPELINE_STATE, pipeline, &data)
    }

    pub fn host_call(
        &mut self,
        kind: u32,
        pipeline: &str,
        number: i64,
        method: i32,
        parameters: &str,
    ) -> Vec<u8> {
        let data = format!(
            "<Obj RefId=\"0\"><MS><I64 N=\"ci\">{number}</I64><Obj N=\"mi\" RefId=\"1\"><ToString>m</ToString>\
             <I32>{method}</I32></Obj><Obj N=\"mp\" RefId=\"2\"><LST>{parameters}</LST></Obj></MS></Obj>"
        );
        self.say(kind, pipeline, &data)
    }

    /// Takes in what the client sends, acknowledges all of it, and tells what it was.
    pub fn exchange(&mut self, client: &mut Client) -> Vec<Heard> {
        let mut heard = Vec::new();
        loop {
            let bytes = client.take_output();
            if bytes.is_empty() {
                return heard;
            }
            for (what, acknowledgement) in self.hear(&bytes) {
                heard.push(what);
                client.receive(acknowledgement.as_bytes());
            }
        }
    }

    /// What lines of the client mean, each with its acknowledgement.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<(Heard, String)> {
        let text = std::str::from_utf8(bytes).expect("ASCII");
        assert!(
            text.is_ascii() && text.ends_with('\n') && !text.contains("\n\n"),
            "never an empty line: {text}"
        );
        text.lines().map(|line| self.hear_line(line)).collect()
    }

    fn hear_line(&mut self, line: &str) -> (Heard, String) {
        let guid = between(line, "PSGuid='", "'").to_owned();
        let name = between(line, "<", " ");
        let acknowledgement = format!("<{name}Ack PSGuid='{guid}' />\n");
        let heard = match name {
            "Command" => Heard::Command(guid),
            "Signal" => Heard::Signal(guid),
            "Close" => Heard::Close(guid),
            "Data" => {
                let stream = between(line, "Stream='", "'").to_owned();
                let bytes = STANDARD.decode(between(line, ">", "<")).expect("base64");
                self.partial.extend_from_slice(&bytes[21..]);
                if bytes[16] & 2 == 0 {
                    return (Heard::Part, acknowledgement);
                }
                let message = std::mem::take(&mut self.partial);
                self.pool.copy_from_slice(&message[8..24]);
                let kind = u32::from_le_bytes(message[4..8].try_into().expect("four bytes"));
                let text = std::str::from_utf8(&message[40..]).expect("UTF-8");
                Heard::Message { stream, to: guid, kind, value: clixml::parse(text).expect("CLIXML") }
            }
            other => panic!("the client does not say {other}"),
        };
        (heard, acknowledgement)
    }
}

/// The events that wait.
pub fn events(client: &mut Client) -> Vec<ClientEvent> {
    std::iter::from_fn(|| client.next_event()).collect()
}

pub fn fragment(object: u64, id: u64, flags: u8, blob: &[u8]) -> Vec<u8> {
    let length = u32::try_from(blob.len()).expect("small").to_be_bytes();
    [&object.to_be_bytes()[..], &id.to_be_bytes(), &[flags], &length, blob].concat()
}

pub fn line(to: &str, fragments: &[u8]) -> Vec<u8> {
    format!("<Data Stream='Default' PSGuid='{to}'>{}</Data>\n", STANDARD.encode(fragments)).into_bytes()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before)
        .and_then(|(_, rest)| rest.split_once(after))
        .map(|(inside, _)| inside)
        .expect("it is there")
}

fn to_header(guid: &str) -> [u8; 16] {
    guid.parse::<greenlight::facade::psrp::Guid>().expect("a GUID").to_bytes()
}
