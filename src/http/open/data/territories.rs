//! The territories, from the picture of them in memory.
use super::{
    dataset::{Cell, Kind},
    edition::Edition,
};
use crate::{
    domain::{
        id::TerritoryId,
        page::MOST,
        refusal::Fault,
        territory::{Territory, province_name},
        word::Word,
    },
    service::practices,
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use std::{collections::HashMap, sync::Arc};

/// A territory with what is looked up for it.
pub(in crate::http) struct Row {
    territory: Arc<Territory>,
    uri: String,
    ambito: Option<Arc<Territory>>,
    seat: Option<Arc<Territory>>,
    practices: i64,
}

columns! {
    /// What a row holds. No mailbox: who may read that is a territory's own affair.
    pub(in crate::http) COLUMNS of Row as r {
        slug: Kind::Text, "Nome stabile nell'indirizzo: la chiave", "Stable name in the address: the key"
            => r.territory.slug.as_str();
        uri: Kind::Url, "Indirizzo del territorio", "Address of the territory"
            => r.uri.as_str();
        kind: Kind::Code, "AMBITO o COMUNE", "AMBITO or COMUNE"
            => r.territory.kind.as_str();
        name: Kind::Text, "Nome", "Name"
            => r.territory.name.as_str();
        full_name: Kind::Text, "Nome con che cos'è", "Name with what it is"
            => r.territory.full_name();
        aliases: Kind::Texts, "Altri nomi", "Other names"
            => &r.territory.aliases;
        province: Kind::Code, "Sigla della provincia", "Two letters of the province"
            => r.territory.province.as_str();
        province_name: Kind::Text, "Provincia", "Province"
            => province_name(&r.territory.province);
        legal_form: Kind::Code, "Ambito: forma di associazione", "Ambito: form of association"
            => r.territory.legal_form.map(Word::as_str);
        seat_slug: Kind::Text, "Ambito: Comune capofila o sede", "Ambito: leading Comune or seat"
            => r.seat.as_ref().map(|t| t.slug.clone());
        ambito_slug: Kind::Text, "Comune: Ambito di appartenenza", "Comune: the Ambito it belongs to"
            => r.ambito.as_ref().map(|t| t.slug.clone());
        istat_code: Kind::Code, "Comune: codice ISTAT, sei cifre", "Comune: ISTAT code, six digits"
            => r.territory.istat_code.clone();
        belfiore_code: Kind::Code, "Comune: codice catastale (Belfiore)", "Comune: cadastral (Belfiore) code"
            => r.territory.belfiore_code.clone();
        ipa_code: Kind::Code, "Codice nell'Indice delle pubbliche amministrazioni", "Code in the index of public administrations"
            => r.territory.ipa_code.clone();
        population: Kind::Integer, "Abitanti", "Inhabitants"
            => r.territory.population;
        area_km2: Kind::Decimal, "Superficie in chilometri quadrati", "Area in square kilometres"
            => r.territory.area_km2;
        latitude: Kind::Decimal, "Latitudine del baricentro (WGS 84)", "Latitude of the centroid (WGS 84)"
            => r.territory.latitude;
        longitude: Kind::Decimal, "Longitudine del baricentro (WGS 84)", "Longitude of the centroid (WGS 84)"
            => r.territory.longitude;
        area_class: Kind::Code, "Classe dell'area (vocabolario AREA_CLASS)", "Class of area (vocabulary AREA_CLASS)"
            => r.territory.area_class.clone();
        practices_count: Kind::Integer, "Pratiche pubblicate", "Published practices"
            => r.practices;
    }
}

/// All territories, by slug.
pub(super) fn rows(edition: Edition) -> BoxStream<'static, Result<Vec<Row>, Fault>> {
    let lots: Vec<Vec<Arc<Territory>>> =
        edition.atlas.territories().cloned().collect::<Vec<_>>().chunks(MOST).map(<[_]>::to_vec).collect();
    stream::iter(lots)
        .then(move |lot| {
            let edition = edition.clone();
            async move { of(&edition, lot).await }
        })
        .boxed()
}

/// The rows of these territories.
///
/// # Errors
/// A fault from the database.
pub(in crate::http) async fn of(edition: &Edition, territories: Vec<Arc<Territory>>) -> Result<Vec<Row>, Fault> {
    let ids: Vec<TerritoryId> = territories.iter().map(|territory| territory.id).collect();
    let counts = practices::owner_counters(&edition.app, &ids).await?;
    let counts: HashMap<_, _> = counts.into_iter().map(|(id, count)| (id.uuid(), count)).collect();
    let named = |id: Option<TerritoryId>| id.and_then(|id| edition.atlas.territory(id).cloned());
    let row = |territory: Arc<Territory>| Row {
        uri: edition.link(&format!("/territories/{}", territory.slug)),
        ambito: named(territory.ambito),
        seat: named(territory.seat),
        practices: counts.get(&territory.id.uuid()).copied().unwrap_or_default(),
        territory,
    };
    Ok(territories.into_iter().map(row).collect())
}

/// The cells of a row, in the order of the columns.
pub(in crate::http) fn cells(row: &Row) -> Vec<Cell> {
    COLUMNS.iter().map(|column| (column.of)(row)).collect()
}
