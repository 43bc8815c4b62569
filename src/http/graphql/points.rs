//! How much one may ask: every question costs points by what it asks for, and so many may be spent a minute, by each
//! signed-in person and by each network address of the others. Counted by each instance for itself.
use crate::{
    config::Config,
    domain::{id::PersonId, permission::Actor, time::Ts},
    graphql::RateLimit,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use moka::sync::Cache;
use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// How long one purse lasts, in seconds.
const WINDOW: i64 = 60;
/// The most purses kept. Whoever comes beyond them begins with a full one.
const MOST: u64 = 100_000;

/// Whose purse it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Payer {
    Person(PersonId),
    Network(IpAddr),
}

/// What one has spent since a moment.
struct Purse {
    since: Ts,
    spent: i64,
}

/// What a question took, and what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct Spent {
    limits: RateLimit,
    /// For how many seconds the purse lasts still: at least one.
    pub seconds: i64,
}

/// All purses.
pub(in crate::http) struct Points {
    limit: i64,
    purses: Cache<Payer, Arc<Mutex<Purse>>>,
}

impl Points {
    pub(in crate::http) fn new(config: &Config) -> Self {
        let purses = Cache::builder().max_capacity(MOST).time_to_idle(Duration::from_mins(2)).build();
        Self { limit: config.rate_points, purses }
    }

    /// Takes the points of a question.
    ///
    /// # Errors
    /// What is left, where it is not enough. Nothing is taken then.
    pub(in crate::http) fn spend(&self, actor: &Actor, network: IpAddr, cost: i64, now: Ts) -> Result<Spent, Spent> {
        if self.limit == 0 {
            let limits = RateLimit { limit: None, cost, remaining: None, reset_at: now };
            return Ok(Spent { limits, seconds: 1 });
        }
        let payer = actor.person().map_or_else(|| Payer::Network(network), Payer::Person);
        let purse = self.purses.get_with(payer, || Arc::new(Mutex::new(Purse { since: now, spent: 0 })));
        let mut purse = purse.lock().unwrap_or_else(PoisonError::into_inner);
        if now >= purse.since.plus_seconds(WINDOW) {
            *purse = Purse { since: now, spent: 0 };
        }
        let enough = purse.spent.saturating_add(cost) <= self.limit;
        if enough {
            purse.spent += cost;
        }
        let (limit, reset_at) = (self.limit, purse.since.plus_seconds(WINDOW));
        let limits = RateLimit { limit: Some(limit), cost, remaining: Some(limit - purse.spent), reset_at };
        let seconds = (reset_at.micros() - now.micros()).div_euclid(1_000_000).clamp(1, WINDOW);
        let spent = Spent { limits, seconds };
        if enough { Ok(spent) } else { Err(spent) }
    }
}

impl Spent {
    /// As the schema tells it.
    pub(in crate::http) const fn rate_limit(self) -> RateLimit {
        self.limits
    }

    /// Writes the headers that the Italian guidelines on the interoperability of the public administrations ask of REST
    /// interfaces (`ModI`, technical recommendations, "Robustezza").
    pub(in crate::http) fn tell_as_italian_rules_ask(self, headers: &mut HeaderMap) {
        if let (Some(limit), Some(remaining)) = (self.limits.limit, self.limits.remaining) {
            headers.insert("x-ratelimit-limit", HeaderValue::from(limit));
            headers.insert("x-ratelimit-remaining", HeaderValue::from(remaining));
            headers.insert("x-ratelimit-reset", HeaderValue::from(self.seconds));
        }
    }

    /// Writes the headers of draft-ietf-httpapi-ratelimit-headers, and what this question cost.
    pub(in crate::http) fn tell(self, headers: &mut HeaderMap) {
        let mut set = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        set("x-ratelimit-cost", self.limits.cost.to_string());
        if let (Some(limit), Some(remaining)) = (self.limits.limit, self.limits.remaining) {
            set("ratelimit-policy", format!("\"points\";q={limit};w={WINDOW}"));
            set("ratelimit", format!("\"points\";r={remaining};t={}", self.seconds));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(limit: i64) -> Points {
        let settings = [("rate_points".to_owned(), limit.to_string())];
        Points::new(&Config::of(settings.into()).unwrap())
    }

    fn network(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_purse_is_filled_anew_after_a_minute_and_what_does_not_suffice_takes_nothing() {
        let (points, now) = (points(1000), Ts::from_micros(0).unwrap());
        let here = network("192.0.2.1");
        let spend = |cost, at: Ts| points.spend(&Actor::Nobody, here, cost, at).map(|spent| spent.limits.remaining);
        assert_eq!(spend(600, now), Ok(Some(400)));
        let told = spend(401, now.plus_seconds(20)).unwrap_err();
        assert_eq!((told.limits.remaining, told.seconds), (Some(400), 40));
        assert_eq!(spend(400, now.plus_seconds(59)), Ok(Some(0)));
        assert!(spend(1, now.plus_seconds(59)).is_err());
        assert_eq!(spend(1, now.plus_seconds(60)), Ok(Some(999)));
    }

    #[test]
    fn everybody_has_a_purse_of_their_own() {
        let (points, now) = (points(1000), Ts::from_micros(0).unwrap());
        let left = |from: &str| points.spend(&Actor::Nobody, network(from), 100, now).unwrap().limits.remaining;
        assert_eq!((left("192.0.2.1"), left("192.0.2.1"), left("192.0.2.2")), (Some(900), Some(800), Some(900)));
    }

    #[test]
    fn without_a_limit_nothing_is_counted() {
        let now = Ts::from_micros(0).unwrap();
        let spent = points(0).spend(&Actor::Nobody, network("192.0.2.1"), i64::MAX, now).unwrap();
        assert_eq!((spent.limits.limit, spent.limits.remaining), (None, None));
    }
}
