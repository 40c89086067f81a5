//! The exchange of the session key ([MS-PSRP] 3.1.5.4.3 to 3.1.5.4.5), begun when a secret is first to be sent or
//! when the server asks.

use std::fmt;

use super::{Client, Deferred};
use crate::psrp::crypto::{KeyPair, SessionKey};
use crate::psrp::event::{Event, PipelineId, ProtocolFault};
use crate::psrp::message::Kind;
use crate::psrp::value::Value;

#[derive(Default)]
pub(super) struct Keys {
    pair: Option<KeyPair>,
    /// Whether a pair is being made elsewhere.
    awaited: bool,
    /// Whether the exchange waits for it.
    wanted: bool,
    asked: bool,
    failed: bool,
    session: Option<SessionKey>,
}

impl Keys {
    pub(super) fn session(&self) -> Option<&SessionKey> {
        self.session.as_ref()
    }

    /// Whether there is no key yet, and there may be one.
    pub(super) fn can_come(&self) -> bool {
        self.session.is_none() && !self.failed
    }

    pub(super) fn give_up(&mut self) {
        self.failed = true;
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.session.is_some() { "Keys(exchanged)" } else { "Keys(none)" })
    }
}

impl Client {
    /// Tells that the key pair is being made elsewhere, and comes by [`Self::give_key_pair`]. Else it is made here, when it is
    /// first needed, which takes a fifth of a second.
    pub fn await_key_pair(&mut self) {
        self.keys.awaited = true;
    }

    /// Gives the key pair; none where it could not be made.
    pub fn give_key_pair(&mut self, pair: Option<KeyPair>) {
        self.keys.awaited = false;
        self.keys.failed |= pair.is_none();
        self.keys.pair = pair;
        if std::mem::take(&mut self.keys.wanted) {
            self.exchange_keys();
        }
    }

    pub(super) fn exchange_keys(&mut self) {
        if self.keys.asked {
            return;
        }
        if self.keys.failed {
            return self.key_exchange_failed();
        }
        if self.keys.awaited {
            self.keys.wanted = true;
            return;
        }
        if self.keys.pair.is_none() {
            self.keys.pair = KeyPair::generate();
        }
        let Some(pair) = &self.keys.pair else { return self.key_exchange_failed() };
        let message = Value::bag([("PublicKey", pair.public_blob().into())]);
        self.keys.asked = true;
        self.send(Kind::PublicKey, None, message);
    }

    pub(super) fn session_key(&mut self, message: &Value) {
        let blob = message.property("EncryptedSessionKey").and_then(Value::as_str);
        let key = self.keys.pair.as_ref().zip(blob).and_then(|(pair, blob)| pair.open_session_key(blob));
        self.keys.asked = false;
        let Some(key) = key else { return self.key_exchange_failed() };
        self.keys.session = Some(key);
        for Deferred { kind, to, value } in std::mem::take(&mut self.deferred) {
            self.send(kind, to, value);
        }
        self.release();
    }

    /// Goes on without a key: secrets of the server stay unread, and what needed one to be sent is given up.
    pub(super) fn key_exchange_failed(&mut self) {
        self.keys.give_up();
        self.events.push_back(Event::Fault(ProtocolFault::KeyExchange));
        for Deferred { kind, to, .. } in std::mem::take(&mut self.deferred) {
            self.abandon(kind, to);
        }
        self.release();
    }

    fn abandon(&mut self, kind: Kind, to: Option<PipelineId>) {
        match kind {
            Kind::CreatePipeline => self.end_unsent(),
            // A host call that cannot be answered would wait for ever.
            _ if to.is_some() => self.stop(),
            _ => {}
        }
    }
}
