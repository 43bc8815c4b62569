//! What happened to each request, one row a step.
use crate::{
    domain::{id::RequestId, request::Moment},
    store::{Conn, Result, Tx, sql::*},
};

record!(Moment {
    request,
    version,
    step: word,
    from_state: maybe_word,
    to_state: word,
    party: word,
    person,
    at,
    reason,
    text,
    data: json
});

/// The stories of these requests, each in order.
///
/// # Errors
/// A fault from the database.
pub async fn story_of(on: impl Into<Conn<'_>>, requests: &[RequestId]) -> Result<Vec<Moment>> {
    sql("SELECT request, version, step, from_state, to_state, party, person, at, reason, text, data \
         FROM request_event WHERE request")
    .any(requests)
    .text(" ORDER BY request, version")
    .all(on)
    .await
}

/// Adds one step to a story.
///
/// # Errors
/// A fault from the database.
pub async fn insert_moment(tx: &mut Tx, m: &Moment) -> Result<()> {
    sql("INSERT INTO request_event (request, version, step, from_state, to_state, party, person, at, reason, text, data) \
         VALUES (")
    .values([
        m.request.into(),
        m.version.into(),
        word(m.step),
        m.from_state.map_or(Arg::Text(None), word),
        word(m.to_state),
        word(m.party),
        m.person.into(),
        m.at.into(),
        m.reason.clone().into(),
        (&m.text).into(),
        json(&m.data)?,
    ])
    .text(")")
    .run(tx)
    .await
    .map(drop)
}
