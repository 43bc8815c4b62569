//! The file of the demonstration's history: who asks, for what, how requests go and what is said.
use crate::domain::{practice::SupportLevel, request::Step, word::Word};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file. Everything is sorted, so that the same chance meets the same things each time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    #[serde(rename = "about")]
    _about: String,
    /// Who asks, by full name, and how often.
    pub requesters: BTreeMap<String, u64>,
    /// Who has only those requests open that are pinned to it.
    pub quiet: Vec<String>,
    /// What is asked for, by key.
    pub practices: BTreeMap<String, Listed>,
    /// How requests go.
    pub arcs: Vec<Arc>,
    /// What is said: by topic and part.
    pub words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// A practice that is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Which words are used of it.
    pub topic: String,
    /// How often it is asked for.
    pub weight: u64,
    /// How many more requests it can take at the end.
    #[serde(default)]
    pub spare: usize,
}

/// How some requests go.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arc {
    /// How many.
    pub count: usize,
    /// With what help; the most that the practice offers below full support, where it is left out.
    pub level: Option<SupportLevel>,
    /// Between how many and how many days ago the last step was taken. Where it is left out, nothing more happens.
    pub since: Option<(i32, i32)>,
    /// Whether a copy is asked for, not one of the listed practices.
    #[serde(default)]
    pub from_copy: bool,
    /// Requester and practice of the first of them.
    #[serde(default)]
    pub pinned: Vec<(String, String)>,
    /// Step by step.
    pub steps: Vec<Planned>,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A step of the life cycle.
    Step(Step),
    /// The owner asks something.
    Asks,
    /// The requester answers that.
    Answers,
    /// The owner writes.
    OwnerWrites,
    /// The requester writes.
    RequesterWrites,
    /// The requester hands its copy in, and it is published.
    Publish,
}

/// How long after what came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Working days, from so many to so many.
    Days(i64, i64),
    /// By the hub itself, so many days after what it counts from.
    Hub(i64),
    /// Months after the completion.
    Months(i64),
}

/// One thing that happens.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Planned {
    /// What.
    pub deed: Deed,
    /// When.
    pub wait: Wait,
    /// Reason, result, verdict and the like.
    pub word: String,
}

impl TryFrom<String> for Planned {
    type Error = String;

    /// Reads `complete 15-40 ADAPTED`: what, when, how.
    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("«{text}» is not what, when and how");
        let mut words = text.split_whitespace();
        let deed = match words.next().ok_or_else(wrong)? {
            "asks" => Deed::Asks,
            "answers" => Deed::Answers,
            "owner_writes" => Deed::OwnerWrites,
            "requester_writes" => Deed::RequesterWrites,
            "publish" => Deed::Publish,
            step => Deed::Step(Step::parse(step).ok_or_else(wrong)?),
        };
        let number = |text: &str| text.parse::<i64>().map_err(|_| wrong());
        let wait = match words.next() {
            None => Wait::Days(0, 0),
            Some(wait) => match (wait.strip_suffix('d'), wait.strip_suffix('m'), wait.split_once('-')) {
                (Some(days), ..) => Wait::Hub(number(days)?),
                (_, Some(months), _) => Wait::Months(number(months)?),
                (.., Some((least, most))) => Wait::Days(number(least)?, number(most)?),
                _ => return Err(wrong()),
            },
        };
        Ok(Self { deed, wait, word: words.next().unwrap_or_default().to_owned() })
    }
}
