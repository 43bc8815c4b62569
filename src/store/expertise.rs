//! The public facts that expertise is told from: real practices that are published, who published copies of them, and
//! when their owners answered requests about them. One statement each, for some territories or for one term.
use super::{Conn, Result, sql::*};
use crate::domain::{expertise::SCHEMES, id::TerritoryId, term::Scheme, time::Ts};

/// Of what facts are wanted.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// Of these territories, all their terms.
    Owners(&'a [TerritoryId]),
    /// Of this term, all territories.
    Term(Scheme, &'a str),
}

impl Of<'_> {
    /// Narrows a statement over `practice p`.
    fn narrow_practices(self, sql: Sql) -> Sql {
        let sql = sql.text(" WHERE p.status = 'PUBLISHED' AND p.provenance = 'REAL'");
        match self {
            Self::Owners(owners) => sql.text(" AND p.owner").any(owners),
            Self::Term(scheme, code) => sql
                .text(" AND p.id IN (SELECT practice FROM practice_term WHERE scheme = ")
                .value(word(scheme))
                .text(" AND code = ")
                .value(code)
                .text(")"),
        }
    }

    /// Narrows a statement over `practice_term t`.
    fn narrow_terms(self, sql: Sql) -> Sql {
        match self {
            Self::Owners(_) => sql.text(" WHERE t.scheme").any(words(&SCHEMES)),
            Self::Term(scheme, code) => {
                sql.text(" WHERE t.scheme = ").value(word(scheme)).text(" AND t.code = ").value(code)
            }
        }
    }
}

/// How many practices a territory has with a term, and how often they were copied.
#[derive(Clone, Debug)]
pub struct Run {
    /// Whose.
    pub owner: TerritoryId,
    /// The term's vocabulary.
    pub scheme: Scheme,
    /// Its code.
    pub code: String,
    /// Practices.
    pub practices: i64,
    /// Of these, those of which it is a secondary field.
    pub secondary: i64,
    /// Other territories with a public copy, once for each practice.
    pub copies: i64,
}
record!(Run { owner, scheme: word, code, practices, secondary, copies });

/// The practices, counted by owner and term.
///
/// # Errors
/// A fault from the database.
pub async fn run(on: impl Into<Conn<'_>>, of: Of<'_>) -> Result<Vec<Run>> {
    // What counts as a copy is `Edge::is_replication`; one that was never public is nobody's business.
    let practices = sql("SELECT f.owner, t.scheme, t.code, COUNT(*) AS practices, \
         SUM(CASE WHEN t.scheme = 'FIELD' AND t.weight < 2 THEN 1 ELSE 0 END) AS secondary, \
         CAST(SUM(f.copies) AS BIGINT) AS copies FROM (SELECT p.id, p.owner, \
         (SELECT COUNT(DISTINCT c.owner) FROM lineage_edge e JOIN practice c ON c.id = e.child \
          WHERE e.parent = p.id AND e.kind IN ('COPIED', 'ADAPTED') \
          AND (e.confirmed_at IS NOT NULL OR e.request IS NOT NULL) AND c.owner <> p.owner \
          AND c.status IN ('PUBLISHED', 'ARCHIVED') AND c.provenance = 'REAL') AS copies FROM practice p");
    let terms = of.narrow_practices(practices).text(") f JOIN practice_term t ON t.practice = f.id");
    of.narrow_terms(terms).text(" GROUP BY f.owner, t.scheme, t.code").all(on).await
}

/// A request that was answered, once for each term of the practice it is about.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Who answered.
    pub owner: TerritoryId,
    /// The term's vocabulary.
    pub scheme: Scheme,
    /// Its code.
    pub code: String,
    /// When the request was first sent.
    pub sent_at: Ts,
    /// When its owner first said yes or no.
    pub answered_at: Ts,
}
record!(Answer { owner, scheme: word, code, sent_at, answered_at });

/// The real requests sent after `after` that were answered.
///
/// # Errors
/// A fault from the database.
pub async fn answers(on: impl Into<Conn<'_>>, of: Of<'_>, after: Ts) -> Result<Vec<Answer>> {
    // The same answers as those of `requests::received`.
    let requests = sql("SELECT a.owner, t.scheme, t.code, a.sent_at, a.answered_at FROM (SELECT r.practice, r.owner, \
         r.sent_at, MIN(e.at) AS answered_at FROM practice p JOIN replication_request r ON r.practice = p.id \
         JOIN request_event e ON e.request = r.id AND e.from_state IN ('SENT', 'ACKNOWLEDGED') \
         AND e.to_state IN ('ACCEPTED', 'DECLINED')");
    let requests = of.narrow_practices(requests).text(" AND r.illustrative = ").value(false);
    let requests = requests.text(" AND r.sent_at > ").value(after);
    let grouped = requests.text(" GROUP BY r.id, r.practice, r.owner, r.sent_at) a");
    of.narrow_terms(grouped.text(" JOIN practice_term t ON t.practice = a.practice")).all(on).await
}
