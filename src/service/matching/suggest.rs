//! What a territory may want to copy without having said so: what answers its open needs, or else what is like what it
//! does already.
use super::{Except, Matches, find};
use crate::{
    app::App,
    domain::{
        matching::{Site, Wish},
        need::MOST_OPEN,
        page::PageRequest,
        permission::Actor,
        refusal::Fault,
        term::Scheme,
        territory::Territory,
    },
    service::{practices::sees, requests},
    store::{
        needs::{self, Filter},
        suggestions,
    },
};
use std::sync::Arc;

/// The practices to suggest to a territory, with the wish they answer: the terms of all its open needs together, or,
/// where it has none, the fields and target groups of its own public practices; its size, class of area and place.
/// Neither its own practices, nor what it has copied, nor what it has an open request for: as far as `actor` may know of
/// these, so that nothing can be told from what is left out. A territory of which nothing is known gets none.
///
/// # Errors
/// A fault from the database or the index.
pub async fn suggested(
    app: &App,
    actor: &Actor,
    territory: &Territory,
    first: usize,
) -> Result<(Arc<Wish>, Matches), Fault> {
    let mut wish = Wish { site: Some(Site::of(territory)), ..Wish::default() };
    let open = Filter { territory: Some(territory.id), ..Filter::default() };
    let page = PageRequest::first(usize::try_from(MOST_OPEN).unwrap_or_default());
    for (_, need) in needs::list(&app.store, &open, &page).await?.items {
        let need = need.wish(None);
        for (all, more) in [
            (&mut wish.fields, &need.fields),
            (&mut wish.targets, &need.targets),
            (&mut wish.tools, &need.tools),
            (&mut wish.funds, &need.funds),
        ] {
            for code in more {
                if !all.contains(code) {
                    all.push(code.clone());
                }
            }
        }
    }
    if !wish.names_terms() {
        for (scheme, code) in suggestions::own_terms(&app.store, territory.id).await? {
            if scheme == Scheme::Field { wish.fields.push(code) } else { wish.targets.push(code) }
        }
    }
    let wish = Arc::new(wish);
    if !wish.names_terms() {
        return Ok((wish, Matches { is_current: true, ..Matches::default() }));
    }
    // Whose draft it is, only its own people know.
    let with_requests = actor.belongs_to(territory.id) && requests::sees(actor, territory.id);
    let taken = suggestions::taken(&app.store, &sees(actor), territory.id, with_requests).await?;
    let except = Except { own: vec![territory.id], practices: taken.into_iter().collect() };
    let matches = find(app, &wish, except, first).await?;
    Ok((wish, matches))
}
