//! Lists of needs, the newest first.
use super::{Count, Need, Row, SELECT};
use crate::{
    domain::{
        id::TerritoryId,
        need::NeedState,
        page::{Cursor, Key, Page, PageRequest},
        term::Scheme,
    },
    store::{Conn, Result, sql::*},
};

/// What a list of needs is narrowed to; every given part must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states; open where empty.
    pub states: Vec<NeedState>,
    /// Of this territory.
    pub territory: Option<TerritoryId>,
    /// Of a territory in this province.
    pub province: Option<String>,
    /// In one of these fields.
    pub fields: Vec<String>,
    /// For one of these target groups.
    pub targets: Vec<String>,
}

impl Filter {
    fn narrow(&self, mut sql: Sql) -> Sql {
        // One state is a stretch of the index that sorts; a list of one would not be.
        sql = match &self.states[..] {
            [] => sql.text(" WHERE n.state = ").value(word(NeedState::Open)),
            [state] => sql.text(" WHERE n.state = ").value(word(*state)),
            several => sql.text(" WHERE n.state").any(words(several)),
        };
        if let Some(territory) = self.territory {
            sql = sql.text(" AND n.territory = ").value(territory);
        }
        if let Some(province) = &self.province {
            sql = sql.text(" AND n.territory IN (SELECT id FROM territory WHERE province = ").value(province).text(")");
        }
        for (scheme, codes) in [(Scheme::Field, &self.fields), (Scheme::Target, &self.targets)] {
            if !codes.is_empty() {
                sql = sql.text(" AND n.id IN (SELECT need FROM need_term WHERE scheme = ").value(word(scheme));
                sql = sql.text(" AND code").any(&codes[..]).text(")");
            }
        }
        sql
    }
}

/// One page, the newest first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, filter: &Filter, page: &PageRequest) -> Result<Page<Need>> {
    let order = Order { column: "n.created_at", id: "n.id", descending: true };
    let key = |row: &Row| Cursor { key: Key::Time(row.created_at), id: row.id.uuid() };
    Ok(filter.narrow(sql(SELECT)).page(on, order, page, key).await?.map(Need::from))
}

/// How many there are.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, filter: &Filter) -> Result<i64> {
    Ok(filter.narrow(sql("SELECT COUNT(*) AS n FROM need n")).one::<Count>(on).await?.n)
}
