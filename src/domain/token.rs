//! Tokens for programs: `inn_`, thirty random characters, six of checksum. The checksum lets the hub refuse a mistyped
//! token without asking the database, and lets scanners of published code know one from chance.
use super::{
    id::{ApiTokenId, PersonId},
    permission::Scope,
    refusal::{Code, Refusal},
    time::Ts,
};
use sha2::{Digest, Sha256};

/// How every token begins.
pub const PREFIX: &str = "inn_";
/// How many characters are shown so that its owner knows it again: the prefix and six more.
pub const SHOWN: usize = PREFIX.len() + 6;
/// The longest a token may live, in days.
pub const DAYS_AT_MOST: i64 = 365;
/// How many tokens a person may have that still work.
pub const LIVE_AT_MOST: i64 = 20;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM: usize = 30;
const CHECKSUM: usize = 6;

/// A token as its owner sees it; the token itself is shown only once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Key.
    pub id: ApiTokenId,
    /// Whose.
    pub person: PersonId,
    /// What its owner calls it.
    pub name: String,
    /// Its first [`SHOWN`] characters.
    pub prefix: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Ts,
    /// When it ends.
    pub expires_at: Ts,
    /// When it was last used, to the hour.
    pub used_at: Option<Ts>,
    /// When it was revoked.
    pub revoked_at: Option<Ts>,
}

/// A token of these random bytes: each eight make one of the 62 characters (the bias is 62 in 2^64).
#[must_use]
pub fn token(bytes: [u8; 8 * RANDOM]) -> String {
    let mut token = PREFIX.to_owned();
    let (numbers, _) = bytes.as_chunks::<8>();
    token.extend(numbers.iter().map(|number| digit(u64::from_le_bytes(*number) % 62)));
    let sum = checksum(&token);
    token + &sum
}

/// Whether it has a token's form and its checksum is right: all that can be said without the database.
#[must_use]
pub fn is_sound(token: &str) -> bool {
    token.len() == PREFIX.len() + RANDOM + CHECKSUM
        && token.starts_with(PREFIX)
        && token.is_char_boundary(PREFIX.len() + RANDOM)
        && checksum(&token[..PREFIX.len() + RANDOM]) == token[PREFIX.len() + RANDOM..]
}

/// What is kept of a token: its SHA-256.
#[must_use]
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The first 32 bits of the SHA-256 of what comes before, as six digits of base 62.
fn checksum(text: &str) -> String {
    let sum = Sha256::digest(text.as_bytes());
    let mut number = sum.iter().take(4).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let mut digits = ['0'; CHECKSUM];
    for place in digits.iter_mut().rev() {
        *place = digit(number % 62);
        number /= 62;
    }
    digits.iter().collect()
}

fn digit(number: u64) -> char {
    let digit = usize::try_from(number).ok().and_then(|n| DIGITS.get(n));
    char::from(*digit.unwrap_or(&b'0'))
}

/// The days a token shall live, 1 to [`DAYS_AT_MOST`].
///
/// # Errors
/// `INVALID` on `field`.
pub fn days(field: &str, days: i64) -> Result<i64, Refusal> {
    if (1..=DAYS_AT_MOST).contains(&days) {
        return Ok(days);
    }
    Err(Refusal::new(Code::Invalid).on(field).say(
        format!("La durata va da 1 a {DAYS_AT_MOST} giorni."),
        format!("The duration goes from 1 to {DAYS_AT_MOST} days."),
    ))
}

/// What a token shall be used for: at least one scope, each once, in the order of their declaration.
///
/// # Errors
/// `REQUIRED` on `field`.
pub fn scopes(field: &str, asked: &[Scope]) -> Result<Vec<Scope>, Refusal> {
    let mut scopes = asked.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() { Err(Refusal::required(field)) } else { Ok(scopes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_its_form_and_one_wrong_character_is_noticed() {
        let mut bytes = [0; 240];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::try_from(i * 7 % 256).unwrap();
        }
        let token = token(bytes);
        assert_eq!(token.len(), 40);
        assert!(token.starts_with("inn_") && token[4..].bytes().all(|b| b.is_ascii_alphanumeric()), "{token}");
        assert!(is_sound(&token));
        for at in 4..40 {
            let other = if &token[at..=at] == "x" { "y" } else { "x" };
            assert!(!is_sound(&format!("{}{other}{}", &token[..at], &token[at + 1..])), "{at}");
        }
        for wrong in ["", "inn_", "inn_àààààààààààààààààà", &token[..39], &format!("{token}0")] {
            assert!(!is_sound(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_token_ends_and_may_do_something() {
        assert_eq!(days("d", 0).unwrap_err().code, Code::Invalid);
        assert_eq!(days("d", 366).unwrap_err().code, Code::Invalid);
        assert_eq!(days("d", 365), Ok(365));
        assert_eq!(scopes("s", &[]).unwrap_err().code, Code::Required);
        let given = scopes("s", &[Scope::WriteOwn, Scope::ReadOwn, Scope::WriteOwn]);
        assert_eq!(given, Ok(vec![Scope::ReadOwn, Scope::WriteOwn]));
    }
}
