//! A real PowerShell in server mode, driven through the client.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use greenlight::facade::psrp::{
    CallId, Client, ClientConfig, ClientEvent, HostCall, HostReply, Peer, Pipeline, PipelineState, PsValue,
    Record,
};

/// Nothing in these tests takes this long unless it hangs.
const PATIENCE: Duration = Duration::from_secs(90);

pub struct Server {
    pub client: Client,
    pub peer: Peer,
    pub application_data: PsValue,
    /// When set, every chunk is given to the client in pieces of this many bytes.
    pub chunk: Option<usize>,
    /// When set, everything that is sent is kept here as well.
    pub sent: Option<Vec<u8>>,
    child: Child,
    stdin: ChildStdin,
    output: Receiver<Vec<u8>>,
}

/// What a pipeline did.
#[derive(Debug)]
pub struct Ran {
    pub events: Vec<ClientEvent>,
    pub state: PipelineState,
}

impl Server {
    pub fn start(path: &Path) -> Self {
        Self::with(path, ClientConfig::default())
    }

    pub fn with(path: &Path, config: ClientConfig) -> Self {
        let mut child = Command::new(path)
            .args(["-NoLogo", "-NoProfile", "-s"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the engine starts");
        let stdin = child.stdin.take().expect("stdin is piped");
        let mut stdout = child.stdout.take().expect("stdout is piped");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(length @ 1..) = stdout.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        let mut client = Client::new(config);
        client.open();
        let peer = Peer {
            protocol: "0.0".parse().expect("a version"),
            ps_version: String::new(),
            serialization: String::new(),
        };
        let mut server = Self {
            client,
            peer,
            application_data: PsValue::Null,
            chunk: None,
            sent: None,
            child,
            stdin,
            output,
        };
        match server.event() {
            ClientEvent::Opened { peer, application_data } => {
                server.peer = peer;
                server.application_data = application_data;
            }
            other => panic!("not opened: {other:?}"),
        }
        server
    }

    pub fn event(&mut self) -> ClientEvent {
        loop {
            let bytes = self.client.take_output();
            if !bytes.is_empty() {
                if let Some(sent) = &mut self.sent {
                    sent.extend_from_slice(&bytes);
                }
                self.stdin.write_all(&bytes).expect("the engine reads");
                self.stdin.flush().expect("the engine reads");
            }
            if let Some(event) = self.client.next_event() {
                return event;
            }
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => {
                    let size = self.chunk.unwrap_or(bytes.len());
                    bytes.chunks(size).for_each(|piece| self.client.receive(piece));
                }
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => self.client.end_of_input(),
                Err(timeout) => panic!("the engine says nothing: {timeout}; {:?}", self.client),
            }
        }
    }

    /// Runs a pipeline to its end; no host call may ask anything.
    pub fn run(&mut self, pipeline: Pipeline) -> Ran {
        self.run_with(pipeline, |_, _, call| panic!("unexpected question {call:?}"))
    }

    pub fn script(&mut self, text: &str) -> Ran {
        self.run(Pipeline::script(text))
    }

    /// Runs a pipeline to its end, answering every question with the next of these.
    pub fn answered(&mut self, text: &str, replies: Vec<HostReply>) -> Ran {
        let mut replies = replies.into_iter();
        let ran = self.run_with(Pipeline::script(text), |client, id, call| {
            let reply = replies.next().unwrap_or_else(|| panic!("one question too many: {call:?}"));
            client.answer(id, reply).expect("the reply fits");
        });
        assert_eq!(replies.count(), 0, "not every question was asked: {ran:?}");
        ran
    }

    pub fn run_with(
        &mut self,
        pipeline: Pipeline,
        mut ask: impl FnMut(&mut Client, CallId, &HostCall),
    ) -> Ran {
        let id = self.client.invoke(pipeline).expect("nothing runs");
        let mut events = Vec::new();
        loop {
            let event = self.event();
            match &event {
                ClientEvent::Finished { pipeline, state } => {
                    assert_eq!(*pipeline, id);
                    return Ran { events, state: state.clone() };
                }
                ClientEvent::HostCall { call, call_kind, .. } if call_kind.wants_answer() => {
                    ask(&mut self.client, *call, call_kind);
                }
                ClientEvent::Closed | ClientEvent::PoolFailed(_) => {
                    panic!("the session ended: {event:?} after {events:?}")
                }
                _ => {}
            }
            events.push(event);
        }
    }

    /// Closes the pool and waits for the process to end.
    pub fn close(mut self) {
        self.client.close();
        while self.event() != ClientEvent::Closed {}
        drop(self.stdin);
        self.child.wait().expect("the engine ends");
    }
}

impl Ran {
    pub fn completed(&self) -> &Self {
        assert_eq!(self.state, PipelineState::Completed, "{:?}", self.events);
        self
    }

    pub fn output(&self) -> Vec<PsValue> {
        self.events
            .iter()
            .filter_map(|event| match event {
                ClientEvent::Output { value, .. } => Some(value.clone()),
                _ => None,
            })
            .collect()
    }

    pub fn shown(&self) -> Vec<String> {
        self.output().iter().map(PsValue::display).collect()
    }

    pub fn records(&self) -> Vec<Record> {
        self.events
            .iter()
            .filter_map(|event| match event {
                ClientEvent::Record { record, .. } => Some(record.clone()),
                _ => None,
            })
            .collect()
    }

    pub fn calls(&self) -> Vec<HostCall> {
        self.events
            .iter()
            .filter_map(|event| match event {
                ClientEvent::HostCall { call_kind, .. } => Some(call_kind.clone()),
                _ => None,
            })
            .collect()
    }

    pub fn faults(&self) -> Vec<&ClientEvent> {
        self.events.iter().filter(|event| matches!(event, ClientEvent::Fault(_))).collect()
    }
}
