//! Territories, the names they are found by, and the lists they came from.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::TerritoryId,
    territory::{Dataset, Territory, TerritoryKind},
    text::folded,
};

record!(Territory {
    id,
    kind: word,
    slug,
    name,
    aliases: json,
    province,
    legal_form: maybe_word,
    seat,
    ambito,
    istat_code,
    belfiore_code,
    ipa_code,
    population,
    area_km2,
    latitude,
    longitude,
    area_class,
    mailbox
});
record!(Dataset { name, source, as_of: parse, imported_at });

const SELECT: &str = "SELECT t.id, t.kind, t.slug, t.name, t.aliases, t.province, t.legal_form, t.seat, t.ambito, \
    t.istat_code, t.belfiore_code, t.ipa_code, t.population, t.area_km2, t.latitude, t.longitude, t.area_class, \
    t.mailbox FROM territory t";

/// What a list of territories is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only Ambiti, or only Comuni.
    pub kind: Option<TerritoryKind>,
    /// Only this province.
    pub province: Option<String>,
    /// Only the Comuni of this Ambito.
    pub ambito: Option<TerritoryId>,
}

impl Filter {
    /// Whether a territory is in the list.
    #[must_use]
    pub fn holds(&self, territory: &Territory) -> bool {
        self.kind.is_none_or(|kind| territory.kind == kind)
            && self.province.as_ref().is_none_or(|province| territory.province == *province)
            && self.ambito.is_none_or(|ambito| territory.ambito == Some(ambito))
    }
}

/// The territories with these ids, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[TerritoryId]) -> Result<Vec<Territory>> {
    sql(SELECT).text(" WHERE t.id").any(ids).all(on).await
}

/// The territory with this id.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, id: TerritoryId) -> Result<Option<Territory>> {
    sql(SELECT).text(" WHERE t.id = ").value(id).optional(on).await
}

/// The territory with this slug.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_slug(on: impl Into<Conn<'_>>, slug: &str) -> Result<Option<Territory>> {
    sql(SELECT).text(" WHERE t.slug = ").value(slug).optional(on).await
}

/// The Comune with this ISTAT code, today's or an earlier one.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_istat_code(on: impl Into<Conn<'_>>, code: &str) -> Result<Option<Territory>> {
    named(code).text(" AND t.kind = 'COMUNE' ORDER BY t.id LIMIT 1").optional(on).await
}

/// The territories known by this name, alias or code in any spelling; Ambiti first, since staff speak for these.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_name(on: impl Into<Conn<'_>>, name: &str) -> Result<Vec<Territory>> {
    named(name).text(" ORDER BY t.kind, t.slug LIMIT 20").all(on).await
}

fn named(name: &str) -> Sql {
    sql(SELECT).text(" JOIN territory_name n ON n.territory = t.id WHERE n.folded = ").value(folded(name))
}

/// All of them, for the importer and the copy in memory.
///
/// # Errors
/// A fault from the database.
pub async fn all(on: impl Into<Conn<'_>>) -> Result<Vec<Territory>> {
    sql(SELECT).text(" ORDER BY t.slug").all(on).await
}

/// A spelling that a territory is found by.
pub(super) struct Name {
    pub folded: String,
    pub territory: TerritoryId,
}
record!(Name { folded, territory });

/// All spellings, for the copy in memory.
///
/// # Errors
/// A fault from the database.
pub(super) async fn all_names(on: impl Into<Conn<'_>>) -> Result<Vec<Name>> {
    sql("SELECT folded, territory FROM territory_name ORDER BY folded, territory").all(on).await
}

/// Writes a territory, new or changed, but not its names. A mailbox given by its staff stays.
///
/// # Errors
/// A fault from the database.
pub async fn save(tx: &mut Tx, t: &Territory) -> Result<()> {
    sql("INSERT INTO territory (id, kind, slug, name, aliases, province, legal_form, seat, ambito, istat_code, \
         belfiore_code, ipa_code, population, area_km2, latitude, longitude, area_class, mailbox) VALUES (")
    .values([
        t.id.into(),
        word(t.kind),
        (&t.slug).into(),
        (&t.name).into(),
        json(&t.aliases)?,
        (&t.province).into(),
        t.legal_form.map_or(Arg::Text(None), word),
        t.seat.into(),
        t.ambito.into(),
        t.istat_code.clone().into(),
        t.belfiore_code.clone().into(),
        t.ipa_code.clone().into(),
        t.population.into(),
        t.area_km2.into(),
        t.latitude.into(),
        t.longitude.into(),
        t.area_class.clone().into(),
        t.mailbox.clone().into(),
    ])
    .text(
        ") ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, aliases = excluded.aliases, \
         province = excluded.province, legal_form = excluded.legal_form, seat = excluded.seat, \
         ambito = excluded.ambito, istat_code = excluded.istat_code, belfiore_code = excluded.belfiore_code, \
         ipa_code = excluded.ipa_code, population = excluded.population, area_km2 = excluded.area_km2, \
         latitude = excluded.latitude, longitude = excluded.longitude, area_class = excluded.area_class",
    )
    .run(tx)
    .await
    .map(drop)
}

/// Adds spellings the territory is found by; those it had stay, so an old code still finds it.
///
/// # Errors
/// A fault from the database.
pub async fn add_names(tx: &mut Tx, id: TerritoryId, names: &[String]) -> Result<()> {
    for name in names.iter().map(|name| folded(name)).filter(|name| !name.is_empty()) {
        sql("INSERT INTO territory_name (folded, territory) VALUES (")
            .values([name.into(), id.into()])
            .text(") ON CONFLICT (folded, territory) DO NOTHING")
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Gives the territory a role mailbox, or takes it away.
///
/// # Errors
/// A fault from the database.
pub async fn update_mailbox(tx: &mut Tx, id: TerritoryId, mailbox: Option<String>) -> Result<u64> {
    sql("UPDATE territory SET mailbox = ").value(mailbox).text(" WHERE id = ").value(id).run(tx).await
}

/// Where each imported list comes from.
///
/// # Errors
/// A fault from the database.
pub async fn datasets(on: impl Into<Conn<'_>>) -> Result<Vec<Dataset>> {
    sql("SELECT name, source, as_of, imported_at FROM dataset ORDER BY name").all(on).await
}

/// Notes where a list came from.
///
/// # Errors
/// A fault from the database.
pub async fn save_dataset(tx: &mut Tx, d: &Dataset) -> Result<()> {
    sql("INSERT INTO dataset (name, source, as_of, imported_at) VALUES (")
        .values([(&d.name).into(), (&d.source).into(), d.as_of.to_string().into(), d.imported_at.into()])
        .text(
            ") ON CONFLICT (name) DO UPDATE SET source = excluded.source, as_of = excluded.as_of, \
             imported_at = excluded.imported_at",
        )
        .run(tx)
        .await
        .map(drop)
}
