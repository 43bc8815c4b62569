//! The best by score alone, for what is kept beside a need: who reads it later asks for the order again.
use super::read;
use crate::{
    app::App,
    domain::{
        id::{PracticeId, TerritoryId},
        matching::Wish,
        refusal::Fault,
    },
    search::{Candidate, Sought},
    service::search::lists_of,
};
use std::{collections::HashSet, sync::Arc};
use tokio::task::spawn_blocking;

/// The practices that answer a wish best, at most so many, each with its score, in no order; those of `own` are left
/// out. What the index has is asked as it stands, and each is judged as the database has it: one statement.
///
/// # Errors
/// A fault from the database or the index, or where the index is being built.
pub async fn best(app: &App, wish: &Arc<Wish>, own: TerritoryId, most: usize) -> Result<Vec<(PracticeId, f64)>, Fault> {
    let atlas = app.store.atlas().await?;
    let lists = lists_of(app, &atlas).await?;
    let sought = Sought {
        wish: Wish::clone(wish),
        weights: atlas.weights().clone(),
        own: vec![own],
        without: HashSet::new(),
        most,
    };
    let search = app.search.clone();
    let found = spawn_blocking(move || search.matching(&sought, &lists)).await.map_err(Fault::new)??;
    let found: Vec<Candidate> = found.ok_or_else(|| Fault::new("the search index is being built"))?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let chosen: Vec<PracticeId> = found.iter().map(|one| one.placed.practice).collect();
    let read = read(app, &atlas, wish, &found, &chosen).await?;
    Ok(read.into_iter().map(|found| (found.practice.id, found.judged.score)).collect())
}
