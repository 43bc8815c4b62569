//! E-mail: typed letters, their wording in two languages, and the ways they leave the house.
//!
//! Read `letter` (what is said), `render` (how it looks), then `transport` (how it goes). What comes
//! in: `imap` (how it comes), `inbound` (what it says). The only module that may name `lettre`,
//! `async_imap` and `mail_parser`. It asks neither the clock nor chance: times and ids are given to it.

pub mod address;
pub mod dkim;
pub mod folder;
mod headline;
pub mod imap;
mod imap_line;
pub mod imap_url;
pub mod inbound;
pub mod letter;
mod matter;
pub mod memory;
mod mime;
mod news;
pub mod outgoing;
pub mod preview;
pub mod render;
mod samples;
pub mod smtp;
mod smtp_dialogue;
mod smtp_lines;
mod smtp_tls;
pub mod smtp_url;
pub mod texts;
pub mod transport;
mod trust;
pub mod turn;
mod wording;
mod words;

pub use address::{Address, AddressError};
pub use dkim::{KeyError, Signer};
pub use folder::Folder;
pub use headline::Headline;
pub use imap::{ImapError, Inbox, Waiting};
pub use imap_url::{ImapUrl, ImapUrlError};
pub use letter::{Alternative, Letter, Told};
pub use matter::{Matter, ReplicationResult, SupportLevel, UnknownCode};
pub use memory::Memory;
pub use news::{News, Side};
pub use outgoing::Outgoing;
pub use render::{RenderError, Rendered};
pub use smtp::{Smtp, SmtpError};
pub use smtp_url::{Security, SmtpUrl, SmtpUrlError};
pub use texts::{Texts, TextsError};
pub use transport::{KeptMail, Receipt, SendError, Transport};
pub use turn::Turn;

#[cfg(test)]
mod tests;
