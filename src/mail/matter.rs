//! What the letters about a request have in common, and the closed words their sentences depend on.

use std::str::FromStr;

use serde::Serialize;

/// The request a letter is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Matter {
    /// The readable number, `REQ-2026-0001`: the subject starts with it.
    pub number: String,
    /// Title of the practice.
    pub practice: String,
    /// Name of the territory that asks, e.g. `Ambito territoriale di Troia`.
    pub requester: String,
    /// Name of the territory that owns the practice.
    pub owner: String,
    /// Where the request is read and answered.
    pub request_url: String,
    /// The practice is an invented example; every letter says so.
    pub illustrative: bool,
}

/// How much help is asked or given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SupportLevel {
    /// The kit and one call.
    Documents,
    /// Three to five meetings.
    Mentoring,
    /// Staff time, money or data: an agreement comes first.
    Full,
}

/// How a replication ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReplicationResult {
    /// Copied as it was.
    Full,
    /// Copied and changed.
    Adapted,
    /// Copied in part.
    Partial,
    /// Given up.
    Abandoned,
}

/// A code none of the words above has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a code the letters know")]
pub struct UnknownCode(String);

impl FromStr for SupportLevel {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        match code.to_ascii_uppercase().as_str() {
            "DOCUMENTS" => Ok(Self::Documents),
            "MENTORING" => Ok(Self::Mentoring),
            "FULL" => Ok(Self::Full),
            _ => Err(UnknownCode(code.to_owned())),
        }
    }
}

impl FromStr for ReplicationResult {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        match code.to_ascii_uppercase().as_str() {
            "FULL" => Ok(Self::Full),
            "ADAPTED" => Ok(Self::Adapted),
            "PARTIAL" => Ok(Self::Partial),
            "ABANDONED" => Ok(Self::Abandoned),
            _ => Err(UnknownCode(code.to_owned())),
        }
    }
}
