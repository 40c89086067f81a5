//! The session key of a runspace pool ([MS-PSRP] 2.2.2.3, 2.2.2.4, 2.2.5.1.24, 3.1.5.4.3).
//!
//! The padding (PKCS #1 v1.5) and the fixed initialisation vector are what the protocol prescribes. They protect
//! against a log or a dump that happens upon the bytes, not against someone who sits on the pipe.

use std::fmt;

use aes::Aes256;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockDecryptMut as _, BlockEncryptMut as _, KeyIvInit as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Encrypt, RsaPrivateKey};
use zeroize::Zeroizing;

use super::secret::Secret;

const RSA_BITS: usize = 2048;
const KEY_BYTES: usize = 32;
const BLOCK: usize = 16;
/// `PUBLICKEYBLOB` of `CALG_RSA_KEYX`: type 6, version 2, reserved, algorithm, `RSA1`.
const PUBLIC_BLOB_HEAD: [u8; 12] = [6, 2, 0, 0, 0, 0xA4, 0, 0, b'R', b'S', b'A', b'1'];
/// The head of a `SIMPLEBLOB`: type, version, reserved, two algorithm identifiers.
const SIMPLE_BLOB_HEAD: usize = 12;

/// Our half of the exchange.
pub struct KeyPair(RsaPrivateKey);

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyPair")
    }
}

impl KeyPair {
    /// Makes one, which takes a fifth of a second; none if the system has no randomness to give.
    pub fn generate() -> Option<Self> {
        RsaPrivateKey::new(&mut rand::thread_rng(), RSA_BITS).ok().map(Self)
    }

    /// The public half, as [MS-PSRP] 2.2.2.3 wants it in a `PUBLIC_KEY` message.
    pub(super) fn public_blob(&self) -> String {
        let mut blob = PUBLIC_BLOB_HEAD.to_vec();
        blob.extend_from_slice(&2048_u32.to_le_bytes());
        let mut exponent = self.0.e().to_bytes_le();
        exponent.resize(4, 0);
        blob.extend_from_slice(&exponent);
        let mut modulus = self.0.n().to_bytes_le();
        modulus.resize(RSA_BITS / 8, 0);
        blob.extend_from_slice(&modulus);
        STANDARD.encode(blob)
    }

    /// The session key in an `ENCRYPTED_SESSION_KEY` message ([MS-PSRP] 2.2.2.4).
    pub(super) fn open_session_key(&self, blob: &str) -> Option<SessionKey> {
        let blob = STANDARD.decode(blob.trim_ascii()).ok()?;
        let mut cipher = blob.get(SIMPLE_BLOB_HEAD..)?.to_vec();
        cipher.reverse();
        let key = Zeroizing::new(self.0.decrypt(Pkcs1v15Encrypt, &cipher).ok()?);
        Some(SessionKey(Zeroizing::new(key.as_slice().try_into().ok()?)))
    }
}

/// The AES-256 key that secure strings travel under.
pub(super) struct SessionKey(Zeroizing<[u8; KEY_BYTES]>);

impl SessionKey {
    pub(super) fn encrypt(&self, secret: &Secret) -> String {
        let cipher = cbc::Encryptor::<Aes256>::new((&*self.0).into(), &[0; 16].into());
        let plain = secret.to_utf16le();
        let mut buffer = Zeroizing::new(vec![0; plain.len() + BLOCK]);
        // The buffer always has room for the padding, which is at most one block.
        let sealed = cipher.encrypt_padded_b2b_mut::<Pkcs7>(&plain, &mut buffer).unwrap_or_default();
        STANDARD.encode(sealed)
    }

    pub(super) fn decrypt(&self, text: &str) -> Option<Secret> {
        let mut buffer = Zeroizing::new(STANDARD.decode(text.trim_ascii()).ok()?);
        let cipher = cbc::Decryptor::<Aes256>::new((&*self.0).into(), &[0; 16].into());
        let plain = cipher.decrypt_padded_mut::<Pkcs7>(&mut buffer).ok()?;
        Some(Secret::from_utf16le(plain))
    }
}
