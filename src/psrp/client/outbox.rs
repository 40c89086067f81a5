//! What is to be sent, one request at a time.
//!
//! The server handles what it reads on threads of a pool, so that two requests in flight may overtake each other: a
//! pipeline's data that comes before its command is done with is acknowledged and lost. Each request therefore waits
//! for the acknowledgement of the one before.

use std::collections::VecDeque;

use crate::psrp::line::{Packet, Request};

#[derive(Debug, Default)]
pub(super) struct Outbox {
    queue: VecDeque<Request>,
    unacknowledged: Option<Packet>,
    bytes: Vec<u8>,
}

impl Outbox {
    pub(super) fn push(&mut self, request: Request) {
        self.queue.push_back(request);
        self.next();
    }

    /// Takes an acknowledgement in; `false` if it is not the one awaited.
    pub(super) fn acknowledged(&mut self, packet: &Packet) -> bool {
        let awaited = self.unacknowledged.as_ref() == Some(packet);
        if awaited {
            self.unacknowledged = None;
            self.next();
        }
        awaited
    }

    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    pub(super) fn clear(&mut self) {
        self.queue.clear();
        self.bytes.clear();
    }

    fn next(&mut self) {
        if self.unacknowledged.is_some() {
            return;
        }
        if let Some(request) = self.queue.pop_front() {
            self.bytes.extend_from_slice(request.to_line().as_bytes());
            self.unacknowledged = Some(request.acknowledgement());
        }
    }
}
