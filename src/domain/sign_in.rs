//! Signing in: a six-digit code by e-mail, good only in the browser that asked for it, then a session. The database
//! keeps hashes only, and a code's hash cannot be guessed from the database alone: the browser's secret is part of it.
use super::{
    id::{ChallengeId, PersonId, SessionId},
    time::Ts,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Seconds for which a code is good.
pub const CODE_SECONDS: i64 = 600;
/// Tries each code allows, right or wrong.
pub const TRIES: i64 = 5;
/// Seconds over which asking for codes is counted.
pub const WINDOW_SECONDS: i64 = 3_600;
/// Codes for one address asked for from one network address within the window: who asks too often locks out nobody but
/// the own network.
pub const CODES_PER_ADDRESS_AND_NETWORK: i64 = 5;
/// Codes asked for from one network address within the window, for whatever addresses.
pub const CODES_PER_NETWORK: i64 = 30;
/// Seconds after which a code that was asked for is forgotten, and over which the next limit counts.
pub const KEPT_SECONDS: i64 = 86_400;
/// Codes for one address within a day, from wherever. It bounds what somebody with many networks can guess: 100 codes of
/// five tries are 500 of a million guesses a day. Only they can use it up, and a browser in which the owner was signed
/// in before is let past it, so that it does not lock the owner out.
pub const CODES_PER_ADDRESS_A_DAY: i64 = 100;
/// Days after which a session ends, however much it is used.
pub const SESSION_DAYS_AT_MOST: i64 = 90;
/// Seconds between two notes of a session's or token's last use.
pub const SEEN_EVERY_SECONDS: i64 = 3_600;

/// A code that was asked for and is being tried.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// Key.
    pub id: ChallengeId,
    /// For which address.
    pub email: String,
    /// What [`code_hash`] gave.
    pub code_hash: Vec<u8>,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Key.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// What the browser calls itself.
    pub browser: String,
    /// When it was signed in.
    pub created_at: Ts,
    /// When it was last used, to the hour.
    pub seen_at: Ts,
    /// When it ends at the latest.
    pub expires_at: Ts,
}

/// A secret for a cookie: 256 bits in URL-safe base64.
#[must_use]
pub fn secret(bytes: [u8; 32]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// What is kept of a secret: its SHA-256. No salt and no slowness are needed, because nobody guesses 256 bits.
#[must_use]
pub fn secret_hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// What is kept of a code: SHA-256 of the browser's secret, the challenge's id and the code.
#[must_use]
pub fn code_hash(secret: &str, challenge: ChallengeId, code: &str) -> Vec<u8> {
    let challenge = challenge.uuid();
    let parts = [secret.as_bytes(), challenge.as_bytes(), code.as_bytes()];
    parts.into_iter().fold(Sha256::new(), Digest::chain_update).finalize().to_vec()
}

/// Whether two hashes are the same, in a time that does not depend on where they differ.
#[must_use]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

/// A code as people type it, with spaces or a dash in the middle: its six digits, or nothing.
#[must_use]
pub fn code(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(7).collect();
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_codes_hash_depends_on_browser_challenge_and_code() {
        let (one, two) = (ChallengeId::of(Uuid::from_u128(1)), ChallengeId::of(Uuid::from_u128(2)));
        let hash = code_hash("a", one, "123456");
        assert!(same(&hash, &code_hash("a", one, "123456")));
        for other in [code_hash("b", one, "123456"), code_hash("a", two, "123456"), code_hash("a", one, "123457")] {
            assert!(!same(&hash, &other));
        }
        assert!(!same(&hash, &hash[..31]));
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["123456", " 123 456 ", "123-456"] {
            assert_eq!(code(typed).as_deref(), Some("123456"), "{typed}");
        }
        for typed in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "123456 7"] {
            assert_eq!(code(typed), None, "{typed}");
        }
    }
}
