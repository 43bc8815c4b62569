//! What the index is given: public practices with the words that belong to them, and the lists beside it.
use crate::{
    app::App,
    domain::{
        id::PracticeId,
        matching::Site,
        permission::PracticeStatus,
        practice::Practice,
        refusal::Fault,
        term::Scheme,
        territory::{Territory, province_name},
    },
    search::{Entry, Gazetteer, Land, Lists, Synonyms},
    store::{atlas::Atlas, practices, searchable, synonyms},
};
use std::sync::Arc;

/// Synonyms and territories as they are now.
pub(in crate::service) async fn lists(app: &App) -> Result<Arc<Lists>, Fault> {
    lists_of(app, app.store.atlas().await?.as_ref()).await
}

/// The same, as they were at the moment of this picture or later.
pub(in crate::service) async fn lists_of(app: &App, atlas: &Atlas) -> Result<Arc<Lists>, Fault> {
    if let Some(kept) = app.search.lists(atlas.version()) {
        return Ok(kept);
    }
    let land = |t: &Arc<Territory>| (t.id, Land { province: t.province.clone(), site: Site::of(t), ambito: t.ambito });
    let lists = Arc::new(Lists {
        synonyms: Synonyms::of(&synonyms::all(&app.store).await?),
        lands: Arc::new(atlas.territories().map(land).collect()),
        gazetteer: Gazetteer::of(atlas.territories().map(AsRef::as_ref)),
    });
    app.search.use_lists(atlas.version(), &lists);
    Ok(lists)
}

/// Of these practices, those that are public, ready for the index.
pub(super) async fn entries(app: &App, ids: &[PracticeId]) -> Result<Vec<Entry>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = practices::find_many(&app.store, ids).await?;
    found.retain(|practice| practice.status == PracticeStatus::Published);
    let mut kits = searchable::kit_titles(&app.store, ids).await?;
    let atlas = app.store.atlas().await?;
    let entry = |practice: Practice| Entry {
        kit: kits.remove(&practice.id).unwrap_or_default(),
        labels: labels(&atlas, &practice),
        places: places(&atlas, &practice),
        practice,
    };
    Ok(found.into_iter().map(entry).collect())
}

/// The labels of a practice's terms, today's and earlier ones, in both languages.
fn labels(atlas: &Atlas, p: &Practice) -> Vec<String> {
    let fields = p.field.iter().chain(&p.other_fields);
    let codes = (fields.map(|code| (Scheme::Field, code)))
        .chain(p.targets.iter().map(|code| (Scheme::Target, code)))
        .chain(p.tools.iter().map(|code| (Scheme::Tool, code)))
        .chain(p.funds.iter().map(|code| (Scheme::Fund, code)));
    let terms = codes.flat_map(|(scheme, code)| atlas.terms(scheme).iter().filter(move |term| term.code == *code));
    terms.flat_map(|term| [term.label_it.clone(), term.label_en.clone()]).collect()
}

/// The names of a practice's owner, of the Ambito around it and of its province.
fn places(atlas: &Atlas, p: &Practice) -> Vec<String> {
    let owner = atlas.territory(p.owner);
    let around = owner.and_then(|owner| atlas.territory(owner.ambito?));
    let mut names = Vec::new();
    for territory in owner.into_iter().chain(around) {
        names.push(territory.full_name());
        names.extend(territory.aliases.iter().cloned());
    }
    names.extend(owner.and_then(|owner| province_name(&owner.province)).map(str::to_owned));
    names
}
