//! What is to be sent, one request at a time.
//!
//! The server handles what it reads on threads of a pool, so that two requests in flight may overtake each other: a
//! pipeline's data that comes before its command is done with is acknowledged and lost. Each request therefore waits
//! for the acknowledgement of the one before, with one exception: a signal is acknowledged only when the pipeline has
//! stopped, and until then the pipeline may still want answers.

use std::collections::VecDeque;

use crate::psrp::line::{DataPriority, Packet, PacketRequest};

#[derive(Debug, Default)]
pub(super) struct SendQueue {
    queue: VecDeque<PacketRequest>,
    unacknowledged: Option<Packet>,
    signalled: Option<Packet>,
    bytes: Vec<u8>,
}

impl SendQueue {
    pub(super) fn push(&mut self, request: PacketRequest) {
        self.queue.push_back(request);
        self.next();
    }

    /// Takes an acknowledgement in; `false` if it is not one awaited.
    pub(super) fn acknowledged(&mut self, packet: &Packet) -> bool {
        let slot = [&mut self.unacknowledged, &mut self.signalled]
            .into_iter()
            .find(|slot| slot.as_ref() == Some(packet));
        let awaited = slot.map(Option::take).is_some();
        self.next();
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
        while self.unacknowledged.is_none()
            && self.queue.front().is_some_and(|request| self.signalled.is_none() || may_pass(request))
            && let Some(request) = self.queue.pop_front()
        {
            self.bytes.extend_from_slice(request.to_line().as_bytes());
            let acknowledgement = Some(request.acknowledgement());
            match request {
                PacketRequest::Signal(_) => self.signalled = acknowledgement,
                PacketRequest::Command(_) | PacketRequest::Data { .. } | PacketRequest::Close(_) => {
                    self.unacknowledged = acknowledgement;
                }
            }
        }
    }
}

/// Whether a request may be sent while a signal is not acknowledged yet.
fn may_pass(request: &PacketRequest) -> bool {
    matches!(request, PacketRequest::Data { stream: DataPriority::PromptResponse, .. })
}
