//! The addresses under which mails come back: `risposte+<tag>@innesto.example.org`. A tag names one mail of the queue and
//! is signed, so that nobody can make one: an answer by it is an answer to that mail's conversation by its reader, and a
//! bounce to it says which mail did not arrive.
//!
//! A tag is a letter, and in base 32 the mail's id (16 bytes) and ten bytes of an HMAC-SHA-256: 43 characters in lower
//! case, since servers may change the case. It never expires: people answer after a year.
use super::{
    id::{Id, OutboxId},
    sign_in::same,
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use uuid::Uuid;

/// The longest a local part may be (RFC 5321, 4.5.3.1.1).
const LOCAL_PART: usize = 64;
/// How long a tag is.
const TAG: usize = 43;
/// The letters of base 32 (RFC 4648), in lower case.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The mailbox that takes what comes back, without a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyMailbox {
    local: String,
    domain: String,
}

/// What an address with a tag is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// People answer to it: `Reply-To`.
    Reply,
    /// Mail servers send back to it what they cannot deliver: the envelope's sender.
    Bounce,
}

impl Purpose {
    const fn letter(self) -> u8 {
        match self {
            Self::Reply => b'r',
            Self::Bounce => b'b',
        }
    }
}

impl ReplyMailbox {
    /// Reads `risposte@innesto.example.org`.
    ///
    /// # Errors
    /// What is wrong with it: no place for a tag, or no plain address.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
        let sound = |part: &str| !part.is_empty() && plain(part) && !part.starts_with('.') && !part.ends_with('.');
        match text.split_once('@') {
            Some((local, domain)) if sound(local) && sound(domain) => {
                if local.len() + 1 + TAG > LOCAL_PART {
                    return Err(format!("before the @ it must have at most {} letters", LOCAL_PART - TAG - 1));
                }
                Ok(Self { local: local.to_owned(), domain: domain.to_owned() })
            }
            _ => Err(format!("{text:?} is not a plain address like risposte@innesto.example.org")),
        }
    }

    /// The address for this purpose and mail.
    #[must_use]
    pub fn address(&self, key: &[u8], purpose: Purpose, mail: OutboxId) -> String {
        format!("{}+{}@{}", self.local, tag(key, purpose, mail), self.domain)
    }

    /// The tag of an address of this mailbox, in lower case; empty where it has none. `None` for any other address.
    #[must_use]
    pub fn tag_of(&self, address: &str) -> Option<String> {
        let address = address.trim().to_lowercase();
        let (local, domain) = address.rsplit_once('@')?;
        if domain != self.domain {
            return None;
        }
        let rest = local.strip_prefix(&self.local)?;
        if rest.is_empty() { Some(String::new()) } else { rest.strip_prefix('+').map(str::to_owned) }
    }
}

impl fmt::Display for ReplyMailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

fn signature(key: &[u8], purpose: Purpose, mail: OutboxId) -> Option<[u8; 10]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(b"innesto mail ");
    mac.update(&[purpose.letter()]);
    mac.update(mail.uuid().as_bytes());
    mac.finalize().into_bytes().first_chunk().copied()
}

fn tag(key: &[u8], purpose: Purpose, mail: OutboxId) -> String {
    let signature = signature(key, purpose, mail).unwrap_or_default();
    let mut tag = String::with_capacity(TAG);
    tag.push(char::from(purpose.letter()));
    let (mut held, mut bits) = (0_u32, 0);
    for byte in mail.uuid().as_bytes().iter().chain(&signature) {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            tag.push(char::from(LETTERS[(held >> bits) as usize & 31]));
        }
    }
    // 26 bytes are 208 bits: three are left, and stand in the last letter.
    tag.push(char::from(LETTERS[(held << (5 - bits)) as usize & 31]));
    tag
}

/// What a tag was made for and of which mail; `None` where this key did not make it.
#[must_use]
pub fn opened(key: &[u8], tag: &str) -> Option<(Purpose, OutboxId)> {
    let purpose = match tag.chars().next()? {
        'r' => Purpose::Reply,
        'b' => Purpose::Bounce,
        _ => return None,
    };
    if tag.len() != TAG {
        return None;
    }
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(26), 0_u32, 0);
    for letter in tag.bytes().skip(1) {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 255).ok()?);
        }
    }
    let mail: OutboxId = Id::of(Uuid::from_bytes(*bytes.first_chunk()?));
    same(&signature(key, purpose, mail)?, bytes.get(16..)?).then_some((purpose, mail))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"a key of thirty-two bytes or so.";

    fn mailbox() -> ReplyMailbox {
        ReplyMailbox::parse("Risposte@innesto.example.org").unwrap()
    }

    #[test]
    fn an_address_names_its_mail_and_fits_a_local_part() {
        let longest = ReplyMailbox::parse("a.mailbox-of-20-char@x.example").unwrap();
        for n in [0, 1, u128::MAX, 0x0193_5a7c_1234_7abc_8def_0123_4567_89ab] {
            let id = OutboxId::of(Uuid::from_u128(n));
            for purpose in [Purpose::Reply, Purpose::Bounce] {
                let address = mailbox().address(KEY, purpose, id);
                // As a server that shouts would give it back.
                let tag = mailbox().tag_of(&address.to_uppercase()).unwrap();
                assert_eq!(opened(KEY, &tag), Some((purpose, id)), "{address}");
                assert_eq!(longest.address(KEY, purpose, id).split('@').next().unwrap().len(), LOCAL_PART);
            }
        }
    }

    #[test]
    fn nobody_makes_one_up() {
        let id = OutboxId::of(Uuid::from_u128(7));
        let tag = mailbox().tag_of(&mailbox().address(KEY, Purpose::Reply, id)).unwrap();
        assert_eq!(opened(b"another key", &tag), None);
        assert_eq!(opened(KEY, &tag.replacen('r', "b", 1)), None, "for another purpose");
        for at in 1..tag.len() - 1 {
            let mut other = tag.clone().into_bytes();
            other[at] = if other[at] == b'a' { b'b' } else { b'a' };
            assert_eq!(opened(KEY, std::str::from_utf8(&other).unwrap()), None, "letter {at}");
        }
        for wrong in ["", "r", "x", &tag[1..], &format!("{tag}a"), "r1890", "rè"] {
            assert_eq!(opened(KEY, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_its_own_addresses_are_the_mailboxs() {
        assert_eq!(mailbox().tag_of("risposte@innesto.example.org").as_deref(), Some(""));
        for other in ["risposte@altrove.example", "risposteplus+x@innesto.example.org", "ada@innesto.example.org", "x"]
        {
            assert_eq!(mailbox().tag_of(other), None, "{other}");
        }
        for wrong in
            ["risposte", "a@b@c", "risposte+x@y.example", "R <r@x.example>", "a-mailbox-of-21-chars@x.example", "@x"]
        {
            assert!(ReplyMailbox::parse(wrong).is_err(), "{wrong}");
        }
    }
}
