//! What waits for somebody, in one statement: requests, territories, conversations and practices, the most urgent first.
use super::{Conn, Result, sql::*, suppressions::ADDRESSES};
use crate::domain::{
    id::{PersonId, TerritoryId},
    page::{Cursor, Key, Page, PageRequest},
    task::{Task, TaskKind},
    time::Ts,
};

record!(Task { kind: word, subject, territory, due_at, since, rank });

/// For whom.
#[derive(Clone, Debug)]
pub struct Whose {
    /// Who has read which messages.
    pub person: PersonId,
    /// In which territories.
    pub own: Vec<TerritoryId>,
    /// Whether practices to review are among it.
    pub reviews: bool,
    /// Whether requests that stand still and territories out of reach are among it.
    pub facilitates: bool,
    /// Only these kinds; all where empty.
    pub kinds: Vec<TaskKind>,
}

/// The day that matters to a side: the earliest deadline that is not the facilitator's.
const DUE: &str = "(SELECT MIN(d.due_at) FROM request_deadline d WHERE d.request = r.id AND d.party <> 'FACILITATOR')";

impl Whose {
    fn wants(&self, kind: TaskKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    fn turns(&self) -> Sql {
        sql("SELECT 'REQUEST_TURN' AS kind, r.id AS subject, \
             CASE WHEN r.awaiting = 'OWNER' THEN r.owner ELSE r.requester END AS territory, ")
        .text(DUE)
        .text(
            " AS due_at, r.awaiting_since AS since FROM replication_request r WHERE (r.awaiting = 'OWNER' AND r.owner",
        )
        .any(&self.own[..])
        .text(") OR (r.awaiting = 'REQUESTER' AND r.requester")
        .any(&self.own[..])
        .text(")")
    }

    fn stuck(now: Ts) -> Sql {
        sql("SELECT 'REQUEST_STUCK' AS kind, r.id AS subject, r.owner AS territory, MIN(d.due_at) AS due_at, \
             r.awaiting_since AS since FROM replication_request r JOIN request_deadline d ON d.request = r.id \
             WHERE r.sent_at IS NOT NULL AND d.party = 'FACILITATOR' AND d.due_at <= ")
        .value(now)
        .text(" GROUP BY r.id, r.owner, r.awaiting_since")
    }

    /// For as long as no address of the territory takes mails.
    fn unreachable() -> Sql {
        sql("SELECT 'TERRITORY_UNREACHABLE' AS kind, n.territory AS subject, n.territory AS territory, ")
            .engine("NULL", "CAST(NULL AS TIMESTAMPTZ)")
            .text(" AS due_at, n.since AS since FROM unreachable_territory n WHERE NOT EXISTS (SELECT 1 FROM ")
            .text(ADDRESSES)
            .text(
                " a WHERE a.territory = n.territory AND a.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \
                 suppressed_address s WHERE s.address = LOWER(a.email) AND s.since IS NOT NULL))",
            )
    }

    fn unread(&self) -> Sql {
        sql("SELECT 'CONVERSATION_UNREAD' AS kind, c.id AS subject, CASE WHEN c.opened_by")
            .any(&self.own[..])
            .text(" THEN c.opened_by ELSE c.opened_to END AS territory, ")
            .engine("NULL", "CAST(NULL AS TIMESTAMPTZ)")
            .text(
                " AS due_at, MIN(m.sent_at) AS since FROM conversation c \
                 JOIN message m ON m.conversation = c.id \
                 LEFT JOIN conversation_read s ON s.conversation = c.id AND s.person = ",
            )
            .value(self.person)
            .text(" WHERE c.id IN (SELECT conversation FROM conversation_party WHERE territory")
            .any(&self.own[..])
            .text(
                ") AND m.position > COALESCE(s.position, 0) AND m.retracted_at IS NULL \
                 AND (m.author IS NULL OR m.author <> ",
            )
            .value(self.person)
            .text(") GROUP BY c.id, c.opened_by, c.opened_to")
    }

    fn practices(kind: &'static str) -> Sql {
        sql("SELECT '")
            .text(kind)
            .text("' AS kind, p.id AS subject, p.owner AS territory, ")
            .engine("NULL", "CAST(NULL AS TIMESTAMPTZ)")
            .text(" AS due_at, p.updated_at AS since FROM practice p WHERE p.status = ")
    }

    fn parts(&self, now: Ts) -> Vec<Sql> {
        let returned = || {
            let drafts = Self::practices("PRACTICE_RETURNED").text("'DRAFT' AND p.review_note <> '' AND p.owner");
            drafts.any(&self.own[..])
        };
        let to_review = || Self::practices("PRACTICE_TO_REVIEW").text("'UNDER_REVIEW'");
        let parts: [(TaskKind, bool, &dyn Fn() -> Sql); 6] = [
            (TaskKind::RequestTurn, true, &|| self.turns()),
            (TaskKind::RequestStuck, self.facilitates, &|| Self::stuck(now)),
            (TaskKind::TerritoryUnreachable, self.facilitates, &Self::unreachable),
            (TaskKind::ConversationUnread, true, &|| self.unread()),
            (TaskKind::PracticeReturned, true, &returned),
            (TaskKind::PracticeToReview, self.reviews, &to_review),
        ];
        let wanted = parts.into_iter().filter(|(kind, may, _)| *may && self.wants(*kind));
        wanted.map(|(_, _, part)| part()).collect()
    }

    /// All of it as a table `t`; none where nothing is wanted that may be had.
    fn table(&self, now: Ts) -> Option<Sql> {
        let all = self.parts(now).into_iter().reduce(|all, part| all.text(" UNION ALL ").append(part))?;
        let table = sql(" FROM (SELECT u.kind, u.subject, u.territory, u.due_at, u.since, COALESCE(u.due_at, u.since");
        // What has no day comes a hundred years after what has.
        let table = table.engine(" + 3155760000000000", " + INTERVAL '36525 days'").text(") AS rank FROM (");
        Some(table.append(all).text(") u) t WHERE 1 = 1"))
    }
}

/// One page of what waits for somebody, the most urgent first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, whose: &Whose, now: Ts, page: &PageRequest) -> Result<Page<Task>> {
    let Some(table) = whose.table(now) else { return Ok(Page::of(Vec::new(), page)) };
    let order = Order { column: "t.rank", id: "t.subject", descending: false };
    let key = |task: &Task| Cursor { key: Key::Time(task.rank), id: task.subject };
    let select = sql("SELECT t.kind, t.subject, t.territory, t.due_at, t.since, t.rank");
    select.append(table).page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many things wait for somebody.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, whose: &Whose, now: Ts) -> Result<i64> {
    let Some(table) = whose.table(now) else { return Ok(0) };
    Ok(sql("SELECT COUNT(*) AS n").append(table).one::<Count>(on).await?.n)
}
