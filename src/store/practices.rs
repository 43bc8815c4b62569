//! Practices and the terms they are filtered by. Counters have functions of their own: an edit never touches them.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{PracticeId, TerritoryId},
    page::{Cursor, Key, Page, PageRequest},
    permission::PracticeStatus,
    practice::{Practice, Provenance},
    term::Scheme,
    text::folded,
};

record!(Practice {
    id,
    slug,
    owner,
    status: word,
    version,
    title,
    summary,
    context,
    objectives,
    method,
    results,
    obstacles,
    improvements,
    replicability,
    field,
    other_fields: json,
    targets: json,
    tools: json,
    funds: json,
    places: json,
    partners: json,
    indicators: json,
    core_elements: json,
    adaptable_elements: json,
    started_on: maybe_parse,
    ended_on: maybe_parse,
    budget_eur,
    setup_cost_eur,
    yearly_cost_eur,
    staff_fte,
    months_to_start,
    people_reached,
    support_levels: json,
    support_capacity,
    support_open,
    evidence_level,
    provenance: word,
    sources: json,
    provenance_note,
    edition,
    review_note,
    kit_completeness,
    requests_count,
    active_requests,
    replications_count,
    created_by,
    created_at,
    updated_at,
    published_at
});

const SELECT: &str = "SELECT p.id, p.slug, p.owner, p.status, p.version, p.title, p.abstract AS summary, p.context, \
    p.objectives, p.method, p.results, p.obstacles, p.improvements, p.replicability, p.field, p.other_fields, \
    p.targets, p.tools, p.funds, p.places, p.partners, p.indicators, p.core_elements, p.adaptable_elements, \
    p.started_on, p.ended_on, p.budget_eur, p.setup_cost_eur, p.yearly_cost_eur, p.staff_fte, p.months_to_start, \
    p.people_reached, p.support_levels, p.support_capacity, p.support_open, p.evidence_level, p.provenance, \
    p.sources, p.provenance_note, p.edition, p.review_note, p.kit_completeness, p.requests_count, \
    p.active_requests, p.replications_count, p.created_by, p.created_at, p.updated_at, p.published_at \
    FROM practice p";

/// How a list of practices is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Latest publication first; what was never published, by its last change.
    #[default]
    Newest,
    /// By title.
    Title,
    /// Latest change first.
    Updated,
}

/// Whose unpublished practices are seen.
#[derive(Clone, Debug, Default)]
pub struct Sees {
    /// Every practice: the hub itself.
    pub all: bool,
    /// Also those under review and put away: facilitator and steward.
    pub staff: bool,
    /// Also everything of these territories.
    pub own: Vec<TerritoryId>,
}

/// What a list of practices is narrowed to; every given part must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Who looks.
    pub sees: Sees,
    /// Where it stands; published when left out.
    pub status: Option<PracticeStatus>,
    /// Of this owner.
    pub owner: Option<TerritoryId>,
    /// Its fields, primary or other, have one of these codes.
    pub fields: Vec<String>,
    /// Its target groups have one of these codes.
    pub targets: Vec<String>,
    /// Its tools have one of these codes.
    pub tools: Vec<String>,
    /// Its funds have one of these codes.
    pub funds: Vec<String>,
    /// Its owner lies in this province.
    pub province: Option<String>,
    /// Its owner is this Ambito or one of its Comuni.
    pub ambito: Option<TerritoryId>,
    /// Its owner is of this class of area.
    pub area_class: Option<String>,
    /// Real or illustrative.
    pub provenance: Option<Provenance>,
    /// With or without a kit.
    pub has_kit: Option<bool>,
    /// Whether its owner can take one more request now.
    pub open_to_requests: Option<bool>,
    /// Its budget is known and at most this, in euro.
    pub cost_at_most: Option<i64>,
    /// Its evidence level is at least this.
    pub evidence_at_least: Option<i64>,
}

impl Filter {
    fn status(&self) -> PracticeStatus {
        self.status.unwrap_or(PracticeStatus::Published)
    }

    fn narrow(&self, mut sql: Sql) -> Sql {
        sql = sql.text(" WHERE p.status = ").value(word(self.status()));
        let open = match self.status() {
            PracticeStatus::Published => true,
            PracticeStatus::UnderReview | PracticeStatus::Archived => self.sees.all || self.sees.staff,
            PracticeStatus::Draft => self.sees.all,
        };
        if !open {
            sql = sql.text(" AND p.owner").any(&self.sees.own[..]);
        }
        if let Some(owner) = self.owner {
            sql = sql.text(" AND p.owner = ").value(owner);
        }
        let terms = [
            (Scheme::Field, &self.fields),
            (Scheme::Target, &self.targets),
            (Scheme::Tool, &self.tools),
            (Scheme::Fund, &self.funds),
        ];
        for (scheme, codes) in terms.into_iter().filter(|(_, codes)| !codes.is_empty()) {
            sql = sql.text(" AND p.id IN (SELECT practice FROM practice_term WHERE scheme = ").value(word(scheme));
            sql = sql.text(" AND code").any(&codes[..]).text(")");
        }
        self.narrow_by_owner(self.narrow_by_numbers(sql))
    }

    fn narrow_by_owner(&self, mut sql: Sql) -> Sql {
        if let Some(province) = &self.province {
            sql = sql.text(" AND p.owner IN (SELECT id FROM territory WHERE province = ").value(province).text(")");
        }
        if let Some(ambito) = self.ambito {
            sql = sql.text(" AND p.owner IN (SELECT id FROM territory WHERE id = ").value(ambito);
            sql = sql.text(" OR ambito = ").value(ambito).text(")");
        }
        if let Some(class) = &self.area_class {
            sql = sql.text(" AND p.owner IN (SELECT id FROM territory WHERE area_class = ").value(class).text(")");
        }
        sql
    }

    fn narrow_by_numbers(&self, mut sql: Sql) -> Sql {
        if let Some(provenance) = self.provenance {
            sql = sql.text(" AND p.provenance = ").value(word(provenance));
        }
        match self.has_kit {
            Some(true) => sql = sql.text(" AND p.kit_completeness > 0"),
            Some(false) => sql = sql.text(" AND p.kit_completeness = 0"),
            None => {}
        }
        if let Some(open) = self.open_to_requests {
            sql = sql.text(" AND (p.support_open AND p.active_requests < p.support_capacity) = ").value(open);
        }
        if let Some(most) = self.cost_at_most {
            sql = sql.text(" AND p.budget_eur <= ").value(most);
        }
        if let Some(least) = self.evidence_at_least {
            sql = sql.text(" AND p.evidence_level >= ").value(least);
        }
        sql
    }
}

/// The practice with this id, whoever asks.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, id: PracticeId) -> Result<Option<Practice>> {
    sql(SELECT).text(" WHERE p.id = ").value(id).optional(on).await
}

/// The practices with these ids, in no order, whoever asks.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[PracticeId]) -> Result<Vec<Practice>> {
    sql(SELECT).text(" WHERE p.id").any(ids).all(on).await
}

/// The practice with this slug, whoever asks.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_slug(on: impl Into<Conn<'_>>, slug: &str) -> Result<Option<Practice>> {
    sql(SELECT).text(" WHERE p.slug = ").value(slug).optional(on).await
}

/// The practice with this id, locked until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn find_for_update(tx: &mut Tx, id: PracticeId) -> Result<Option<Practice>> {
    sql(SELECT).text(" WHERE p.id = ").value(id).for_update().optional(tx).await
}

/// One page.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, filter: &Filter, sort: Sort, page: &PageRequest) -> Result<Page<Practice>> {
    // `published_at` is NULL before the first publication and never after it.
    let ever_public = matches!(filter.status(), PracticeStatus::Published | PracticeStatus::Archived);
    let column = match sort {
        Sort::Newest if ever_public => "p.published_at",
        Sort::Newest | Sort::Updated => "p.updated_at",
        Sort::Title => "p.title_key",
    };
    let key = |p: &Practice| {
        let key = match sort {
            Sort::Newest if ever_public => Key::Time(p.published_at.unwrap_or(p.updated_at)),
            Sort::Newest | Sort::Updated => Key::Time(p.updated_at),
            Sort::Title => Key::Text(title_key(&p.title)),
        };
        Cursor { key, id: p.id.uuid() }
    };
    let order = Order { column, id: "p.id", descending: sort != Sort::Title };
    filter.narrow(sql(SELECT)).page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many there are.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, filter: &Filter) -> Result<i64> {
    Ok(filter.narrow(sql("SELECT COUNT(*) AS n FROM practice p")).one::<Count>(on).await?.n)
}

/// What titles are sorted by: folded, so that both engines agree.
fn title_key(title: &str) -> String {
    folded(title)
}

/// All columns that an edit writes.
fn written(p: &Practice) -> Result<Vec<(&'static str, Arg)>> {
    Ok(vec![
        ("status", word(p.status)),
        ("version", p.version.into()),
        ("title", (&p.title).into()),
        ("title_key", title_key(&p.title).into()),
        ("abstract", (&p.summary).into()),
        ("context", (&p.context).into()),
        ("objectives", (&p.objectives).into()),
        ("method", (&p.method).into()),
        ("results", (&p.results).into()),
        ("obstacles", (&p.obstacles).into()),
        ("improvements", (&p.improvements).into()),
        ("replicability", (&p.replicability).into()),
        ("field", p.field.clone().into()),
        ("other_fields", json(&p.other_fields)?),
        ("targets", json(&p.targets)?),
        ("tools", json(&p.tools)?),
        ("funds", json(&p.funds)?),
        ("places", json(&p.places)?),
        ("partners", json(&p.partners)?),
        ("indicators", json(&p.indicators)?),
        ("core_elements", json(&p.core_elements)?),
        ("adaptable_elements", json(&p.adaptable_elements)?),
        ("started_on", p.started_on.map(|month| month.to_string()).into()),
        ("ended_on", p.ended_on.map(|month| month.to_string()).into()),
        ("budget_eur", p.budget_eur.into()),
        ("setup_cost_eur", p.setup_cost_eur.into()),
        ("yearly_cost_eur", p.yearly_cost_eur.into()),
        ("staff_fte", p.staff_fte.into()),
        ("months_to_start", p.months_to_start.into()),
        ("people_reached", p.people_reached.into()),
        ("support_levels", json(&p.support_levels)?),
        ("support_capacity", p.support_capacity.into()),
        ("support_open", p.support_open.into()),
        ("evidence_level", p.evidence_level.into()),
        ("provenance", word(p.provenance)),
        ("sources", json(&p.sources)?),
        ("provenance_note", (&p.provenance_note).into()),
        ("edition", p.edition.clone().into()),
        ("review_note", (&p.review_note).into()),
        ("kit_completeness", p.kit_completeness.into()),
        ("updated_at", p.updated_at.into()),
        ("published_at", p.published_at.into()),
    ])
}

/// Adds a practice, without its counters. False where the slug is taken: then nothing was added.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, p: &Practice) -> Result<bool> {
    let mut columns = vec![
        ("id", p.id.into()),
        ("slug", (&p.slug).into()),
        ("owner", p.owner.into()),
        ("created_by", p.created_by.into()),
        ("created_at", p.created_at.into()),
    ];
    columns.extend(written(p)?);
    let mut insert = sql("INSERT INTO practice (");
    for (i, (column, _)) in columns.iter().enumerate() {
        insert = insert.text(if i == 0 { "" } else { ", " }).text(column);
    }
    insert = insert.text(") VALUES (").values(columns.into_iter().map(|(_, value)| value));
    let rows = insert.text(") ON CONFLICT (slug) DO NOTHING").run(tx).await?;
    if rows == 1 {
        insert_terms(tx, p).await?;
    }
    Ok(rows == 1)
}

/// Writes everything that an edit may have changed. The caller holds the row's lock.
///
/// # Errors
/// A fault from the database.
pub async fn update(tx: &mut Tx, p: &Practice) -> Result<()> {
    let mut update = sql("UPDATE practice SET ");
    for (i, (column, value)) in written(p)?.into_iter().enumerate() {
        update = update.text(if i == 0 { "" } else { ", " }).text(column).text(" = ").value(value);
    }
    update.text(" WHERE id = ").value(p.id).run(tx).await?;
    sql("DELETE FROM practice_term WHERE practice = ").value(p.id).run(tx).await?;
    insert_terms(tx, p).await
}

async fn insert_terms(tx: &mut Tx, p: &Practice) -> Result<()> {
    let mut rows: Vec<(Scheme, &String, i64)> = p.field.iter().map(|code| (Scheme::Field, code, 2)).collect();
    for (scheme, codes) in [
        (Scheme::Field, &p.other_fields),
        (Scheme::Target, &p.targets),
        (Scheme::Tool, &p.tools),
        (Scheme::Fund, &p.funds),
    ] {
        rows.extend(codes.iter().map(|code| (scheme, code, 1)));
    }
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = sql("INSERT INTO practice_term (scheme, code, practice, weight) VALUES ");
    for (i, (scheme, code, weight)) in rows.into_iter().enumerate() {
        insert = insert.text(if i == 0 { "(" } else { ", (" });
        insert = insert.values([word(scheme), code.into(), p.id.into(), weight.into()]).text(")");
    }
    insert.text(" ON CONFLICT (scheme, code, practice) DO NOTHING").run(tx).await.map(drop)
}

/// Adds to the counters: requests ever sent, requests carried now, practices that come from it.
///
/// # Errors
/// A fault from the database.
pub async fn update_counters(tx: &mut Tx, id: PracticeId, requests: i64, active: i64, replications: i64) -> Result<()> {
    sql("UPDATE practice SET requests_count = requests_count + ")
        .value(requests)
        .text(", active_requests = active_requests + ")
        .value(active)
        .text(", replications_count = replications_count + ")
        .value(replications)
        .text(" WHERE id = ")
        .value(id)
        .run(tx)
        .await
        .map(drop)
}
