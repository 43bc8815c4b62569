//! What one request has cost so far: a scope around its work, which `store` and `graphql` feed without being handed
//! anything. Work that is spawned as a task of its own is outside the scope, and not counted.
use std::cell::Cell;

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// SQL statements that ran.
    pub statements: u64,
    /// Rows they gave back or changed.
    pub rows: u64,
    /// Use cases that refused, saying what a person can mend.
    pub refusals: u64,
}

struct Scope {
    request_id: String,
    spent: Cell<Spent>,
}

tokio::task_local! { static SCOPE: Scope; }

/// Runs the work of one request, and says what it spent. Within another scope this one counts for itself alone.
pub async fn measured<T>(request_id: String, work: impl Future<Output = T>) -> (T, Spent) {
    let scope = Scope { request_id, spent: Cell::default() };
    SCOPE.scope(scope, async { (work.await, spent()) }).await
}

/// What the running request has spent until now; nothing outside of one.
#[must_use]
pub fn spent() -> Spent {
    SCOPE.try_with(|scope| scope.spent.get()).unwrap_or_default()
}

/// The id of the running request, for a log that is written far from it.
#[must_use]
pub fn request_id() -> Option<String> {
    SCOPE.try_with(|scope| scope.request_id.clone()).ok()
}

/// A statement runs.
pub fn statement() {
    add(|spent| spent.statements += 1);
}

/// A statement gave back or changed so many rows.
pub fn rows(count: u64) {
    add(|spent| spent.rows += count);
}

/// A use case refused.
pub fn refusal() {
    add(|spent| spent.refusals += 1);
}

fn add(what: impl FnOnce(&mut Spent)) {
    // Outside of a request nobody asks what it cost.
    let _ = SCOPE.try_with(|scope| {
        let mut spent = scope.spent.get();
        what(&mut spent);
        scope.spent.set(spent);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_scope_counts_its_own_work_and_nothing_is_counted_outside() {
        statement();
        assert_eq!((spent(), request_id()), (Spent::default(), None));
        let outer = measured("outer".into(), async {
            statement();
            rows(3);
            let ((), inner) = measured("inner".into(), async {
                statement();
                refusal();
                assert_eq!(request_id().as_deref(), Some("inner"));
            })
            .await;
            assert_eq!(inner, Spent { statements: 1, rows: 0, refusals: 1 });
            tokio::spawn(async { statement() }).await.unwrap();
            request_id()
        });
        let (id, spent) = outer.await;
        assert_eq!(id.as_deref(), Some("outer"));
        assert_eq!(spent, Spent { statements: 1, rows: 3, refusals: 0 });
    }
}
