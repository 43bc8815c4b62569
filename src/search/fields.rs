//! What the index holds of a practice, and how much each part weighs. Nothing is stored: whoever finds a practice reads
//! it in the database, so what is shown is never older than what is there.
use super::italian::Italian;
use crate::domain::{
    id::PracticeId,
    practice::{Practice, Provenance},
};
use std::collections::BTreeSet;
use tantivy::{
    Index, Term,
    schema::{Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions},
};

/// Raised with every change of the fields or of [`super::italian`]: an index of another version is built anew.
pub(super) const VERSION: u32 = 2;

/// A word in the title says most of what a practice is.
const TITLE: f32 = 5.0;
/// The abstract is written to be found.
const ABSTRACT: f32 = 3.0;
/// Labels of fields, target groups, tools and funds: chosen, not written, so they are true and coarse.
const LABELS: f32 = 2.5;
/// Titles of the kit's documents.
const KIT: f32 = 2.0;
/// The owner's names and the places inside the territory.
const PLACES: f32 = 2.0;
/// What came of it.
const RESULTS: f32 = 1.3;
/// All other texts.
const BODY: f32 = 1.0;

/// The fields that words are looked for in, each with its weight.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub id: Field,
    pub texts: [(Field, f32); 7],
    /// Every word as written, for what is completed and corrected.
    pub words: Field,
    /// `target:MINORS` and so on, for what is alike and what matches; `target:` of what has none.
    pub codes: Field,
}

/// Names of the columns that filters and facets read.
pub(super) mod column {
    pub const ID_HIGH: &str = "id_high";
    pub const ID_LOW: &str = "id_low";
    pub const PUBLISHED: &str = "published";
    pub const OWNER: &str = "owner";
    pub const FIELD: &str = "field";
    pub const TARGET: &str = "target";
    pub const TOOL: &str = "tool";
    pub const FUND: &str = "fund";
    pub const BUDGET: &str = "budget";
    pub const TRAITS: &str = "traits";
    pub const COST: &str = "cost";
    pub const STAFF: &str = "staff";
    pub const MONTHS: &str = "months";
    pub const REQUESTS: &str = "requests";
    pub const CAPACITY: &str = "capacity";
    pub const COMPLETENESS: &str = "completeness";
}

/// What of a practice fits into a few bits.
pub(super) mod traits {
    pub const EVIDENCE: u64 = 0b111;
    pub const KIT: u64 = 1 << 3;
    pub const OPEN: u64 = 1 << 4;
    pub const REAL: u64 = 1 << 5;
    /// The first of its fields is the primary one.
    pub const PRIMARY: u64 = 1 << 6;
    /// Its owner takes requests, be it full or not.
    pub const TAKES: u64 = 1 << 7;
}

/// A public practice with what the index needs beside its row.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The practice, with its long texts.
    pub practice: Practice,
    /// Titles of its kit.
    pub kit: Vec<String>,
    /// Labels of its terms, in every language.
    pub labels: Vec<String>,
    /// Names of its owner and of the Ambito around it.
    pub places: Vec<String>,
}

/// The schema, and the fields by name.
pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |tokenizer, record| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let stems = || text("stems", IndexRecordOption::WithFreqsAndPositions);
    let id = schema.add_text_field("id", text("raw", IndexRecordOption::Basic));
    let texts = [
        (schema.add_text_field("title", stems()), TITLE),
        (schema.add_text_field("abstract", stems()), ABSTRACT),
        (schema.add_text_field("labels", stems()), LABELS),
        (schema.add_text_field("kit", stems()), KIT),
        (schema.add_text_field("places", stems()), PLACES),
        (schema.add_text_field("results", stems()), RESULTS),
        (schema.add_text_field("body", stems()), BODY),
    ];
    let words = schema.add_text_field("words", text("words", IndexRecordOption::Basic));
    let codes = schema.add_text_field("codes", text("raw", IndexRecordOption::Basic));
    let number = || NumericOptions::default().set_fast();
    for name in [column::ID_HIGH, column::ID_LOW, column::TRAITS] {
        schema.add_u64_field(name, number());
    }
    let numbers = [column::PUBLISHED, column::BUDGET, column::COST, column::MONTHS];
    for name in numbers.into_iter().chain([column::REQUESTS, column::CAPACITY, column::COMPLETENESS]) {
        schema.add_i64_field(name, number());
    }
    schema.add_f64_field(column::STAFF, number());
    for name in [column::OWNER, column::FIELD, column::TARGET, column::TOOL, column::FUND] {
        schema.add_text_field(name, TextOptions::default().set_fast("raw"));
    }
    (schema.build(), Fields { id, texts, words, codes })
}

/// Tells the index how its texts become words.
pub(super) fn register(index: &Index) {
    for (name, stems) in [("stems", true), ("words", false)] {
        index.tokenizers().register(name, Italian { stems });
    }
}

impl Fields {
    /// The term by which a practice is found to be replaced.
    pub fn key(&self, id: PracticeId) -> Term {
        Term::from_field_text(self.id, &id.uuid().simple().to_string())
    }

    /// The document of a practice.
    pub fn document(&self, schema: &Schema, entry: &Entry) -> tantivy::Result<tantivy::TantivyDocument> {
        let p = &entry.practice;
        let mut doc = tantivy::TantivyDocument::default();
        doc.add_text(self.id, p.id.uuid().simple().to_string());
        let (body, labels) = (body(p), entry.labels.join("\n"));
        let (kit, places) = (entry.kit.join("\n"), [entry.places.join("\n"), p.places.join("\n")].join("\n"));
        let said = [&p.title, &p.summary, &labels, &kit, &places, &p.results, &body];
        for ((field, _), text) in self.texts.iter().zip(said) {
            doc.add_text(*field, text);
            doc.add_text(self.words, text);
        }
        let (high, low) = p.id.uuid().as_u64_pair();
        let field = |name| schema.get_field(name);
        doc.add_u64(field(column::ID_HIGH)?, high);
        doc.add_u64(field(column::ID_LOW)?, low);
        doc.add_i64(field(column::PUBLISHED)?, p.published_at.unwrap_or(p.updated_at).micros());
        doc.add_text(field(column::OWNER)?, p.owner.uuid().simple().to_string());
        for (name, number) in [
            (column::BUDGET, p.budget_eur),
            (column::COST, p.cost_eur()),
            (column::MONTHS, p.months_to_start),
            (column::REQUESTS, Some(p.active_requests)),
            (column::CAPACITY, Some(p.support_capacity)),
            (column::COMPLETENESS, Some(p.kit_completeness)),
        ] {
            if let Some(number) = number {
                doc.add_i64(field(name)?, number);
            }
        }
        if let Some(fte) = p.staff_fte {
            doc.add_f64(field(column::STAFF)?, fte);
        }
        doc.add_u64(field(column::TRAITS)?, bits(p));
        for (name, codes) in codes(p) {
            if codes.is_empty() {
                doc.add_text(self.codes, format!("{name}:"));
            }
            for code in codes {
                doc.add_text(field(name)?, code);
                doc.add_text(self.codes, format!("{name}:{code}"));
            }
        }
        Ok(doc)
    }

    /// The term by which practices with a code are found; with an empty code, those that have none.
    pub fn code(&self, column: &str, code: &str) -> Term {
        Term::from_field_text(self.codes, &format!("{column}:{code}"))
    }
}

/// The codes of a practice, each once, by the column they stand in; the primary field before the others.
pub(super) fn codes(p: &Practice) -> [(&'static str, Vec<&str>); 4] {
    fn once<'a>(codes: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
        let mut seen = BTreeSet::new();
        codes.map(String::as_str).filter(|code| seen.insert(*code)).collect()
    }
    [
        (column::FIELD, once(p.field.iter().chain(&p.other_fields))),
        (column::TARGET, once(p.targets.iter())),
        (column::TOOL, once(p.tools.iter())),
        (column::FUND, once(p.funds.iter())),
    ]
}

fn body(p: &Practice) -> String {
    let mut body = [&p.context, &p.objectives, &p.method, &p.obstacles, &p.improvements, &p.replicability]
        .map(String::as_str)
        .join("\n");
    let partners = p.partners.iter().map(|partner| partner.name.as_str());
    let indicators = p.indicators.iter().map(|indicator| indicator.name.as_str());
    let elements = p.core_elements.iter().chain(&p.adaptable_elements).map(String::as_str);
    for line in partners.chain(indicators).chain(elements) {
        body.push('\n');
        body.push_str(line);
    }
    body
}

fn bits(p: &Practice) -> u64 {
    let mut bits = u64::try_from(p.evidence_level).unwrap_or_default().min(traits::EVIDENCE);
    for (holds, bit) in [
        (p.kit_completeness > 0, traits::KIT),
        (p.support_open && p.active_requests < p.support_capacity, traits::OPEN),
        (p.provenance == Provenance::Real, traits::REAL),
        (p.field.is_some(), traits::PRIMARY),
        (p.support_open, traits::TAKES),
    ] {
        bits |= if holds { bit } else { 0 };
    }
    bits
}
