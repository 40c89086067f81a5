//! The exchange of the session key ([MS-PSRP] 3.1.5.4.3 to 3.1.5.4.5), begun when a secret is first to be sent or
//! when the server asks.

use std::fmt;

use super::{Client, Deferred};
use crate::psrp::crypto::{KeyPair, SessionKey};
use crate::psrp::event::{ClientEvent, PipelineId, ProtocolFault};
use crate::psrp::message::MessageType;
use crate::psrp::value::PsValue;

#[derive(Default)]
pub(super) struct KeyExchange {
    pair: Pair,
    asked: bool,
    failed: bool,
    session: Option<SessionKey>,
}

/// Where our key pair is.
#[derive(Default)]
enum Pair {
    /// It is made here when it is first needed, or could not be made.
    #[default]
    Missing,
    /// It is being made elsewhere.
    Awaited,
    /// It is being made elsewhere, and the exchange waits for it.
    Wanted,
    Made(Box<KeyPair>),
}

impl Pair {
    fn of(pair: Option<KeyPair>) -> Self {
        pair.map_or(Self::Missing, |pair| Self::Made(Box::new(pair)))
    }

    const fn made(&self) -> Option<&KeyPair> {
        match self {
            Self::Made(pair) => Some(pair),
            Self::Missing | Self::Awaited | Self::Wanted => None,
        }
    }
}

impl KeyExchange {
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

impl fmt::Debug for KeyExchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.session.is_some() { "Keys(exchanged)" } else { "Keys(none)" })
    }
}

impl Client {
    /// Tells that the key pair is being made elsewhere, and comes by [`Self::give_key_pair`]. Else it is made here, when it is
    /// first needed, which takes a fifth of a second.
    pub fn await_key_pair(&mut self) {
        self.keys.pair = Pair::Awaited;
    }

    /// Gives the key pair; none where it could not be made.
    pub fn give_key_pair(&mut self, pair: Option<KeyPair>) {
        self.keys.failed |= pair.is_none();
        let before = std::mem::replace(&mut self.keys.pair, Pair::of(pair));
        match before {
            Pair::Wanted => self.exchange_keys(),
            Pair::Missing | Pair::Awaited | Pair::Made(_) => {}
        }
    }

    pub(super) fn exchange_keys(&mut self) {
        if self.keys.asked {
            return;
        }
        if self.keys.failed {
            return self.key_exchange_failed();
        }
        match &self.keys.pair {
            Pair::Awaited | Pair::Wanted => {
                self.keys.pair = Pair::Wanted;
                return;
            }
            Pair::Missing => self.keys.pair = Pair::of(KeyPair::generate()),
            Pair::Made(_) => {}
        }
        let Some(pair) = self.keys.pair.made() else { return self.key_exchange_failed() };
        let message = PsValue::bag([("PublicKey", pair.public_blob().into())]);
        self.keys.asked = true;
        self.send(MessageType::PublicKey, None, message);
    }

    pub(super) fn session_key(&mut self, message: &PsValue) {
        let blob = message.property("EncryptedSessionKey").and_then(PsValue::as_str);
        let key = self.keys.pair.made().zip(blob).and_then(|(pair, blob)| pair.open_session_key(blob));
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
        self.events.push_back(ClientEvent::Fault(ProtocolFault::KeyExchange));
        for Deferred { kind, to, .. } in std::mem::take(&mut self.deferred) {
            self.abandon(kind, to);
        }
        self.release();
    }

    fn abandon(&mut self, kind: MessageType, to: Option<PipelineId>) {
        match kind {
            MessageType::CreatePipeline => self.end_unsent(),
            // A host call that cannot be answered would wait for ever.
            _ if to.is_some() => self.stop(),
            _ => {}
        }
    }
}
