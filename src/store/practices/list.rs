//! Lists of practices: what they are narrowed to, who sees what of them, and how they are sorted.
use super::{BRIEF, Brief, title_key};
use crate::{
    domain::{
        id::TerritoryId,
        page::{Cursor, Key, Page, PageRequest},
        permission::PracticeStatus,
        practice::{Practice, Provenance},
        term::Scheme,
    },
    store::{Conn, Result, sql::*},
};

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

impl Sees {
    /// Narrows a statement over `practice p` to what may be seen by id: what is or was public, and what this viewer
    /// sees besides. The same rule as `SEE_PRACTICE` in [`Actor::may`](crate::domain::permission::Actor::may).
    pub(in crate::store) fn narrow(&self, mut sql: Sql) -> Sql {
        if self.all {
            return sql;
        }
        sql = sql.text(" AND (p.status IN ('PUBLISHED', 'ARCHIVED'");
        sql = sql.text(if self.staff { ", 'UNDER_REVIEW')" } else { ")" });
        if !self.own.is_empty() {
            sql = sql.text(" OR p.owner").any(&self.own[..]);
        }
        sql.text(")")
    }
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

/// One page, in brief.
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
    let key = |p: &Brief| {
        let key = match sort {
            Sort::Newest if ever_public => Key::Time(p.published_at.unwrap_or(p.updated_at)),
            Sort::Newest | Sort::Updated => Key::Time(p.updated_at),
            Sort::Title => Key::Text(title_key(&p.title)),
        };
        Cursor { key, id: p.id.uuid() }
    };
    let order = Order { column, id: "p.id", descending: sort != Sort::Title };
    Ok(filter.narrow(sql(BRIEF)).page(on, order, page, key).await?.map(Practice::from))
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
