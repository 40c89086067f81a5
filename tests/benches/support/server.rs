//! A real PowerShell in server mode behind the client, with the time that the client itself takes.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use greenlight::facade::psrp::{Client, ClientConfig, ClientEvent, HostReply, Pipeline, PipelineState};

pub struct Server {
    client: Client,
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    read: Vec<u8>,
    /// Spent inside the client.
    pub ours: Duration,
    /// Everything that the server said, where it is wanted.
    pub said: Option<Vec<u8>>,
}

impl Server {
    /// The path of the engine; nothing, said by name, where none is named.
    pub fn engine(bench: &str) -> Option<String> {
        let path = std::env::var("GREENLIGHT_POWERSHELL").ok();
        if path.is_none() {
            eprintln!("SKIPPED {bench}: GREENLIGHT_POWERSHELL is not set");
        }
        path
    }

    pub fn start(path: &str, said: Option<Vec<u8>>) -> Self {
        let mut child = Command::new(path)
            .args(["-NoLogo", "-NoProfile", "-s"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut client = Client::new(ClientConfig::default());
        client.open();
        let read = vec![0; 64 << 10];
        let mut server = Self { client, child, stdin, stdout, read, ours: Duration::ZERO, said };
        let opened = server.event();
        assert!(matches!(opened, ClientEvent::Opened { .. }), "{opened:?}");
        server
    }

    /// Runs a script to its end, which must be a good one; gives how many objects it put out.
    pub fn run(&mut self, script: &str) -> usize {
        let (objects, state) = self.try_run(script);
        assert_eq!(state, PipelineState::Completed);
        objects
    }

    /// Runs a script to its end.
    pub fn try_run(&mut self, script: &str) -> (usize, PipelineState) {
        let begin = Instant::now();
        self.client.invoke(Pipeline::script(script)).unwrap();
        self.ours += begin.elapsed();
        let mut objects = 0;
        loop {
            match self.event() {
                ClientEvent::Output { .. } => objects += 1,
                ClientEvent::Finished { state, .. } => return (objects, state),
                ClientEvent::HostCall { call, call_kind, .. } if call_kind.wants_answer() => {
                    self.client.answer(call, HostReply::Cancelled).unwrap();
                }
                ClientEvent::Fault(fault) => panic!("{fault}"),
                ClientEvent::Closed | ClientEvent::PoolFailed(_) => panic!("the server is gone"),
                _ => {}
            }
        }
    }

    fn event(&mut self) -> ClientEvent {
        loop {
            let begin = Instant::now();
            let (bytes, event) = (self.client.take_output(), self.client.next_event());
            self.ours += begin.elapsed();
            if !bytes.is_empty() {
                self.stdin.write_all(&bytes).unwrap();
            }
            if let Some(event) = event {
                return event;
            }
            let length = self.stdout.read(&mut self.read).unwrap();
            assert!(length > 0, "the server is gone");
            let bytes = &self.read[..length];
            if let Some(said) = &mut self.said {
                said.extend_from_slice(bytes);
            }
            let begin = Instant::now();
            self.client.receive(bytes);
            self.ours += begin.elapsed();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
