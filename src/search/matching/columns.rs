//! The columns of one file of the index as the judge wants them: codes as the file numbers them, owners by what is known
//! of their territory.
use super::Sought;
use crate::{
    domain::{
        id::{PracticeId, TerritoryId},
        matching::{Near, Offer, Part, Placed, Support, Wish, judge},
        term::Scheme,
    },
    search::{
        fields::{column, traits},
        lists::Lists,
        tally::evidence,
    },
};
use tantivy::{
    DocId, SegmentReader,
    columnar::{Column, StrColumn},
};
use uuid::Uuid;

/// A code that no practice of the file has.
const ABSENT: u64 = u64::MAX;

/// The owners of a file, by their numbers.
pub(super) fn owners(column: &StrColumn) -> tantivy::Result<Vec<TerritoryId>> {
    let mut owners = Vec::new();
    for ord in 0..column.num_terms() as u64 {
        let mut text = String::new();
        column.ord_to_str(ord, &mut text)?;
        owners.push(TerritoryId::of(Uuid::try_parse(&text).unwrap_or_default()));
    }
    Ok(owners)
}

/// Which practice each document is.
pub(super) struct Ids(Column<u64>, Column<u64>);

impl Ids {
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self(columns.u64(column::ID_HIGH)?, columns.u64(column::ID_LOW)?))
    }

    pub fn of(&self, doc: DocId) -> PracticeId {
        let half = |column: &Column<u64>| column.first(doc).unwrap_or_default();
        PracticeId::of(Uuid::from_u64_pair(half(&self.0), half(&self.1)))
    }
}

/// A column of codes, and the codes of the document that is being judged.
struct Codes {
    column: Option<StrColumn>,
    here: Vec<u64>,
}

impl Codes {
    fn read(&mut self, doc: DocId) {
        self.here.clear();
        if let Some(column) = &self.column {
            self.here.extend(column.term_ords(doc));
        }
    }
}

/// What one file of the index says of its documents.
pub(super) struct Columns<'a> {
    sought: &'a Sought,
    /// The wish, its codes as this file numbers them.
    wish: Wish<u64>,
    owner: Option<StrColumn>,
    /// By the owner's number.
    owners: Vec<(TerritoryId, Near)>,
    codes: [Codes; 4],
    traits: Column<u64>,
    requests: Column<i64>,
    capacity: Column<i64>,
    completeness: Column<i64>,
    cost: Option<Column<i64>>,
    months: Option<Column<i64>>,
    staff: Option<Column<f64>>,
    ids: Ids,
}

impl<'a> Columns<'a> {
    pub fn open(reader: &SegmentReader, sought: &'a Sought, lists: &Lists) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let mut codes = Vec::with_capacity(4);
        for name in [column::FIELD, column::TARGET, column::TOOL, column::FUND] {
            codes.push(columns.str(name)?);
        }
        let of = |scheme| match scheme {
            Scheme::Field => 0,
            Scheme::Target => 1,
            Scheme::Tool => 2,
            _ => 3,
        };
        let number = |scheme, code: &str| {
            let column = codes.get::<usize>(of(scheme)).and_then(Option::as_ref)?;
            column.dictionary().term_ord(code).ok().flatten()
        };
        let wish = sought.wish.with_codes(|scheme, code| number(scheme, code).unwrap_or(ABSENT));
        let owner = columns.str(column::OWNER)?;
        let here = owner.as_ref().map(owners).transpose()?.unwrap_or_default();
        let near = |owner: &TerritoryId| {
            let (mine, land) = sought.wish.site.as_ref().zip(lists.lands.get(owner))?;
            Some(mine.near(&land.site))
        };
        let mut codes = codes.into_iter();
        Ok(Self {
            sought,
            wish,
            owners: here.into_iter().map(|owner| (owner, near(&owner).unwrap_or_default())).collect(),
            owner,
            codes: std::array::from_fn(|_| Codes { column: codes.next().flatten(), here: Vec::new() }),
            traits: columns.u64(column::TRAITS)?,
            requests: columns.i64(column::REQUESTS)?,
            capacity: columns.i64(column::CAPACITY)?,
            completeness: columns.i64(column::COMPLETENESS)?,
            cost: columns.column_opt(column::COST)?,
            months: columns.column_opt(column::MONTHS)?,
            staff: columns.column_opt(column::STAFF)?,
            ids: Ids::open(reader)?,
        })
    }

    /// Judges a document; none where a gate is closed, or where its score is below `least`.
    pub fn judge(&mut self, doc: DocId, text: Option<f64>, least: f64) -> Option<Placed> {
        let owner = self.owner.as_ref().and_then(|column| column.term_ords(doc).next())?;
        let (owner, near) = *self.owners.get(usize::try_from(owner).ok()?)?;
        for codes in &mut self.codes {
            codes.read(doc);
        }
        let [fields, targets, tools, funds] = self.codes.each_ref().map(|codes| codes.here.as_slice());
        let bits = self.traits.first(doc).unwrap_or_default();
        let primary = usize::from(bits & traits::PRIMARY != 0).min(fields.len());
        let (field, other_fields) = fields.split_at(primary);
        let number = |column: &Column<i64>| column.first(doc).unwrap_or_default();
        let maybe = |column: &Option<Column<i64>>| column.as_ref().and_then(|column| column.first(doc));
        let offer = Offer {
            field: field.first(),
            other_fields,
            targets,
            tools,
            funds,
            cost_eur: maybe(&self.cost),
            staff_fte: self.staff.as_ref().and_then(|column| column.first(doc)),
            months: maybe(&self.months),
            near,
            text,
            evidence_level: evidence(bits),
            kit_completeness: number(&self.completeness),
            support: Support {
                is_open: bits & traits::TAKES != 0,
                requests: number(&self.requests),
                capacity: number(&self.capacity),
            },
        };
        let judged = judge(&self.wish, &offer, &self.sought.weights)?;
        if judged.score < least {
            return None;
        }
        let size = judged.values[Part::Size as usize];
        Some(Placed { practice: self.ids.of(doc), owner, score: judged.score, size })
    }
}
