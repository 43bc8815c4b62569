//! What territories know how to do, which everybody may know: told from public facts, never from drafts.
use super::requests::counted_since;
use crate::{
    app::App,
    domain::{
        calendar::working_days_between,
        expertise::{Expertise, Facts},
        id::TerritoryId,
        page::{Cursor, Key, Page, PageRequest},
        refusal::{Code, Fault, Outcome, Refusal},
        term::Scheme,
        territory::Territory,
    },
    service::territories::Filter,
    store::expertise::{Of, answers, run},
};
use std::{collections::HashMap, sync::Arc};

/// What a territory knows of one term.
#[derive(Clone, Debug)]
pub struct Known {
    /// The term's vocabulary.
    pub scheme: Scheme,
    /// Its code.
    pub code: String,
    /// How well, and why.
    pub expertise: Expertise,
}

/// What these territories know, the best first; those that know nothing are left out. Two statements.
///
/// # Errors
/// A fault from the database.
pub async fn of(app: &App, ids: &[TerritoryId]) -> Result<HashMap<TerritoryId, Arc<Vec<Known>>>, Fault> {
    let mut all: HashMap<TerritoryId, Vec<Known>> = HashMap::new();
    for ((owner, scheme, code), facts) in facts(app, Of::Owners(ids)).await? {
        all.entry(owner).or_default().push(Known { scheme, code, expertise: Expertise::of(&facts) });
    }
    let order = |known: &Known| (-known.expertise.thousandths, known.scheme, known.code.clone());
    let sorted = |(owner, mut known): (TerritoryId, Vec<Known>)| {
        known.sort_by_cached_key(order);
        (owner, Arc::new(known))
    };
    Ok(all.into_iter().map(sorted).collect())
}

/// Territories that know a term, the best first, and how many there are on all pages. Two statements.
///
/// # Errors
/// `INVALID` where the vocabulary never had that code, or a cursor belongs to another list.
pub async fn rank(
    app: &App,
    (scheme, code): (Scheme, &str),
    filter: &Filter,
    page: &PageRequest,
) -> Outcome<(Page<(Arc<Territory>, Known)>, usize)> {
    page.is_of(|key| matches!(key, Key::Number(_)))?;
    let atlas = app.store.atlas().await?;
    if atlas.with_code(scheme, code).is_empty() {
        return Err(Refusal::new(Code::Invalid)
            .on("expertIn")
            .say(
                format!("Il vocabolario non ha e non ha mai avuto il codice «{code}»: vedete vocabulary(scheme)."),
                format!("The vocabulary has not and never had the code \"{code}\": see vocabulary(scheme)."),
            )
            .into());
    }
    let ranked = |((owner, scheme, code), facts): ((TerritoryId, Scheme, String), Facts)| {
        let territory = atlas.territory(owner).filter(|territory| filter.holds(territory))?;
        let known = Known { scheme, code, expertise: Expertise::of(&facts) };
        let cursor = Cursor { key: Key::Number(known.expertise.thousandths), id: owner.uuid() };
        Some((cursor, (Arc::clone(territory), known)))
    };
    let all: Vec<_> = facts(app, Of::Term(scheme, code)).await?.into_iter().filter_map(ranked).collect();
    let total = all.len();
    Ok((Page::among(all, true, page), total))
}

/// What counts, by territory and term.
async fn facts(app: &App, of: Of<'_>) -> Result<HashMap<(TerritoryId, Scheme, String), Facts>, Fault> {
    let mut all: HashMap<_, Facts> = HashMap::new();
    for row in run(&app.store, of).await? {
        let facts =
            Facts { practices: row.practices, secondary: row.secondary, copies: row.copies, answers: Vec::new() };
        all.insert((row.owner, row.scheme, row.code), facts);
    }
    for answer in answers(&app.store, of, counted_since(app)).await? {
        // Of a practice that was published between the two statements the next answer tells.
        if let Some(facts) = all.get_mut(&(answer.owner, answer.scheme, answer.code)) {
            facts.answers.push(working_days_between(answer.sent_at, answer.answered_at));
        }
    }
    Ok(all)
}
