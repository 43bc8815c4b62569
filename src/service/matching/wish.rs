//! What somebody looks for, checked: codes against the vocabularies, the territory against the list.
use crate::{
    domain::{
        id::TerritoryId,
        matching::{Site, Wish},
        refusal::{Outcome, Refusal, Refusals},
        term::code,
    },
    service::vocabulary::unknown,
    store::atlas::Atlas,
};

/// Checks a wish: its lengths, its numbers, and its codes, of which an ended one will do, since practices keep theirs.
/// `inside` names the input object, where there is one.
pub fn check(atlas: &Atlas, wish: &mut Wish, inside: &str, refusals: &mut Refusals) {
    wish.check(inside, refusals);
    for (scheme, field, codes) in wish.codes() {
        for (i, given) in codes.iter().enumerate() {
            let place = if field == "field" { field.to_owned() } else { format!("{field}.{i}") };
            let place = if inside.is_empty() { place } else { format!("{inside}.{place}") };
            if let Some(given) = refusals.take(code(&place, given))
                && atlas.with_code(scheme, &given).is_empty()
            {
                let known = atlas.terms(scheme).iter().filter(|term| term.valid_to.is_none());
                refusals.push(unknown(&place, &given, known.map(|term| term.code.as_str())));
            }
        }
    }
}

/// The wish as it is to be looked for: checked, and with what is known of the territory it is for.
///
/// # Errors
/// What is wrong with it, all at once; `NOT_FOUND` on its `territory`.
pub fn wish_for(atlas: &Atlas, mut wish: Wish, territory: Option<TerritoryId>, inside: &str) -> Outcome<Wish> {
    let mut refusals = Refusals::default();
    check(atlas, &mut wish, inside, &mut refusals);
    if let Some(id) = territory {
        match atlas.territory(id) {
            Some(territory) => wish.site = Some(Site::of(territory)),
            None if inside.is_empty() => refusals.push(Refusal::not_found("territory")),
            None => refusals.push(Refusal::not_found(&format!("{inside}.territory"))),
        }
    }
    refusals.none()?;
    Ok(wish)
}
