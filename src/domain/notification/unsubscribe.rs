//! The link by which whoever reads a mail asks for no more of its kind (RFC 8058). What it holds is signed by the hub, so
//! nobody asks for somebody else; it is good for ever, as old mails are.
use super::Category;
use crate::domain::id::{ContactId, Id, PersonId, TerritoryId};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// Bytes of the signature that are kept: 128 bits.
const SIGNED: usize = 16;
/// Bytes before it: what is reached, what about, and whom.
const SAID: usize = 18;

/// Who reads a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Somebody with an account.
    Person(PersonId),
    /// A contact person or role mailbox.
    Contact(ContactId),
    /// The mailbox of a territory.
    Territory(TerritoryId),
}

/// What is no longer wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Mails of one category.
    Category(Category),
    /// Digests, whatever they tell.
    Digests,
}

/// What a link asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsubscribe {
    /// For whom.
    pub reached: Reached,
    /// Of what.
    pub topic: Topic,
}

impl Reached {
    /// Reads a recipient's key; none for a bare address.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let (what, id) = key.split_once(':')?;
        let id: Uuid = id.parse().ok()?;
        match what {
            "person" => Some(Self::Person(Id::of(id))),
            "contact" => Some(Self::Contact(Id::of(id))),
            "territory" => Some(Self::Territory(Id::of(id))),
            _ => None,
        }
    }

    /// The recipient's key in the queue of mails.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Person(id) => format!("person:{id}"),
            Self::Contact(id) => format!("contact:{id}"),
            Self::Territory(id) => format!("territory:{id}"),
        }
    }
}

/// What stands for each topic in a link, for ever.
const TOPICS: [(u8, Topic); 8] = [
    (b't', Topic::Category(Category::YourTurn)),
    (b'e', Topic::Category(Category::Essential)),
    (b'p', Topic::Category(Category::Progress)),
    (b'm', Topic::Category(Category::Messages)),
    (b'r', Topic::Category(Category::Reminders)),
    (b'n', Topic::Category(Category::Needs)),
    (b'f', Topic::Category(Category::Facilitation)),
    (b'd', Topic::Digests),
];

impl Unsubscribe {
    /// The link's token: 46 characters.
    #[must_use]
    pub fn token(self, key: &[u8]) -> String {
        let (what, id) = match self.reached {
            Reached::Person(id) => (b'p', id.uuid()),
            Reached::Contact(id) => (b'c', id.uuid()),
            Reached::Territory(id) => (b't', id.uuid()),
        };
        let topic = TOPICS.iter().find(|(_, topic)| *topic == self.topic).map_or(0, |(letter, _)| *letter);
        let mut token = vec![what, topic];
        token.extend_from_slice(id.as_bytes());
        if let Some(mac) = signed(key, &token) {
            let signature = mac.finalize().into_bytes();
            token.extend(signature.iter().take(SIGNED));
        }
        BASE64_URL_SAFE_NO_PAD.encode(token)
    }

    /// What a token asks for; none where the hub has not signed it.
    #[must_use]
    pub fn read(token: &str, key: &[u8]) -> Option<Self> {
        if token.len() > 100 {
            return None;
        }
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == SAID + SIGNED)?;
        let (said, signature) = bytes.split_at(SAID);
        signed(key, said)?.verify_truncated_left(signature).ok()?;
        let (kinds, id) = said.split_at(2);
        let id = Uuid::from_slice(id).ok()?;
        let reached = match kinds.first()? {
            b'p' => Reached::Person(Id::of(id)),
            b'c' => Reached::Contact(Id::of(id)),
            b't' => Reached::Territory(Id::of(id)),
            _ => return None,
        };
        let (_, topic) = TOPICS.iter().find(|(letter, _)| Some(letter) == kinds.get(1))?;
        Some(Self { reached, topic: *topic })
    }
}

/// The purpose is part of what is signed: a key that signs something else too would lend this link nothing.
fn signed(key: &[u8], said: &[u8]) -> Option<Hmac<Sha256>> {
    let mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    Some(mac.chain_update(b"unsubscribe:").chain_update(said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::word::Word;

    #[test]
    fn a_link_says_what_was_signed_and_nothing_else_is_taken() {
        let topics = Category::ALL.iter().map(|category| Topic::Category(*category)).chain([Topic::Digests]);
        for topic in topics {
            for key in ["person", "contact", "territory"] {
                let recipient = format!("{key}:{}", Uuid::from_u128(7));
                let asked = Unsubscribe { reached: Reached::parse(&recipient).unwrap(), topic };
                assert_eq!(asked.reached.key(), recipient);
                let token = asked.token(b"key");
                assert_eq!(token.len(), 46);
                assert_eq!(Unsubscribe::read(&token, b"key"), Some(asked));
                assert_eq!(Unsubscribe::read(&token, b"another"), None);
            }
        }
        let asked = Unsubscribe { reached: Reached::Person(Id::of(Uuid::nil())), topic: Topic::Digests };
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(asked.token(b"key")).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert_eq!(Unsubscribe::read(&BASE64_URL_SAFE_NO_PAD.encode(&bytes), b"key"), None, "{at}");
            bytes[at] ^= 1;
        }
        for wrong in ["", "x", "💥", &"A".repeat(46), &"A".repeat(10_000)] {
            assert_eq!(Unsubscribe::read(wrong, b"key"), None, "{wrong:.50}");
        }
        assert_eq!(Reached::parse("address:a@b.invalid"), None);
    }
}
