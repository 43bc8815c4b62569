//! The published practices, a page at a time.
use super::{
    dataset::{Cell, Kind, Said},
    edition::Edition,
};
use crate::{
    domain::{
        page::{MOST, PageRequest},
        permission::Actor,
        practice::{Indicator, Partner, Practice, Provenance},
        refusal::{Failure, Fault},
        term::Scheme,
        territory::{Territory, TerritoryKind},
        text::Language,
        time::{Month, Ts},
        word::Word,
    },
    service::practices::{self, Filter, Sort},
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use std::{collections::HashMap, sync::Arc};

/// A practice with its owner, and what is looked up for it.
pub(in crate::http) struct Row {
    practice: Practice,
    owner: Option<Arc<Territory>>,
    ambito: Option<Arc<Territory>>,
    uri: String,
    field_label: Option<String>,
}

impl Row {
    /// The row of a practice of which all was read.
    pub(in crate::http) fn of(edition: &Edition, practice: Practice) -> Self {
        let (atlas, today) = (&edition.atlas, edition.facts.as_of.date_in_italy());
        let owner = atlas.territory(practice.owner).cloned();
        let ambito = owner.as_ref().and_then(|owner| match owner.kind {
            TerritoryKind::Ambito => Some(Arc::clone(owner)),
            TerritoryKind::Comune => atlas.territory(owner.ambito?).cloned(),
        });
        let label = |code: &String| {
            let terms = atlas.with_code(Scheme::Field, code);
            let term = terms.iter().find(|term| term.is_valid_on(today)).or_else(|| terms.last());
            term.map(|term| term.label_it.clone())
        };
        let field_label = practice.field.as_ref().and_then(label);
        let uri = edition.link(&format!("/practices/{}", practice.slug));
        Self { practice, owner, ambito, uri, field_label }
    }
}

fn month(month: Option<Month>) -> Cell {
    month.map(|month| month.to_string()).into()
}

fn instant(at: Ts) -> Cell {
    at.to_string().into()
}

fn partner(p: &Partner) -> Vec<Cell> {
    vec![p.name.as_str().into(), p.kind.as_str().into()]
}

fn indicator(i: &Indicator) -> Vec<Cell> {
    let (code, name, unit) = (i.code.as_str().into(), i.name.as_str().into(), i.unit.as_str().into());
    vec![code, name, unit, i.baseline.into(), i.value.into(), month(i.measured_on), i.source.as_str().into()]
}

const PARTNER: &[Said] = &[
    Said { name: "name", kind: Kind::Text, about: ("Nome dell'organizzazione", "Name of the organisation") },
    Said { name: "kind", kind: Kind::Code, about: ("Tipo di organizzazione", "Kind of organisation") },
];

const INDICATOR: &[Said] = &[
    Said {
        name: "code",
        kind: Kind::Text,
        about: ("Codice: lo stesso misura la stessa cosa", "The same code measures the same thing"),
    },
    Said { name: "name", kind: Kind::Text, about: ("Che cosa è misurato", "What is measured") },
    Said { name: "unit", kind: Kind::Text, about: ("Unità di misura", "Unit") },
    Said { name: "baseline", kind: Kind::Decimal, about: ("Valore di partenza", "Value before") },
    Said { name: "value", kind: Kind::Decimal, about: ("Valore misurato", "Measured value") },
    Said { name: "measured_on", kind: Kind::Month, about: ("Mese della misura", "Month of the measure") },
    Said { name: "source", kind: Kind::Text, about: ("Fonte della misura", "Source of the measure") },
];

columns! {
    /// What a row holds.
    pub(in crate::http) COLUMNS of Row as r {
        slug: Kind::Text, "Nome stabile nell'indirizzo: la chiave", "Stable name in the address: the key"
            => r.practice.slug.as_str();
        uri: Kind::Url, "Indirizzo della pratica", "Address of the practice"
            => r.uri.as_str();
        title: Kind::Text, "Titolo", "Title"
            => r.practice.title.as_str();
        abstract: Kind::Text, "Sintesi", "Abstract"
            => r.practice.summary.as_str();
        illustrative: Kind::Boolean, "Inventata per mostrare come funziona Innesto", "Made up to show how the hub works"
            => r.practice.provenance == Provenance::Illustrative;
        badge: Kind::Text, "Avviso da mostrare dove la pratica è inventata", "What to show on a practice that is made up"
            => r.practice.provenance.badge(Language::It);
        owner_slug: Kind::Text, "Territorio che l'ha realizzata", "Territory that did it"
            => r.owner.as_ref().map(|t| t.slug.clone());
        owner_name: Kind::Text, "Nome del territorio", "Name of the territory"
            => r.owner.as_ref().map(|t| t.full_name());
        owner_kind: Kind::Code, "AMBITO o COMUNE", "AMBITO or COMUNE"
            => r.owner.as_ref().map(|t| t.kind.as_str());
        province: Kind::Code, "Sigla della provincia", "Two letters of the province"
            => r.owner.as_ref().map(|t| t.province.clone());
        ambito_slug: Kind::Text, "Ambito del territorio", "Ambito of the territory"
            => r.ambito.as_ref().map(|t| t.slug.clone());
        field: Kind::Code, "Tema principale (vocabolario FIELD)", "Primary field (vocabulary FIELD)"
            => r.practice.field.clone();
        field_label: Kind::Text, "Tema principale, in italiano", "Primary field, in Italian"
            => r.field_label.clone();
        other_fields: Kind::Texts, "Altri temi", "Other fields"
            => &r.practice.other_fields;
        targets: Kind::Texts, "Destinatari (vocabolario TARGET)", "Target groups (vocabulary TARGET)"
            => &r.practice.targets;
        tools: Kind::Texts, "Strumenti (vocabolario TOOL)", "Tools (vocabulary TOOL)"
            => &r.practice.tools;
        funds: Kind::Texts, "Fondi (vocabolario FUND)", "Funds (vocabulary FUND)"
            => &r.practice.funds;
        places: Kind::Texts, "Luoghi nel territorio", "Places inside the territory"
            => &r.practice.places;
        started_on: Kind::Month, "Primo mese", "First month"
            => month(r.practice.started_on);
        ended_on: Kind::Month, "Ultimo mese; vuoto se in corso o non noto", "Last month; empty while it runs or where unknown"
            => month(r.practice.ended_on);
        budget_eur: Kind::Integer, "Euro per l'intero periodo", "Euro for the whole period"
            => r.practice.budget_eur;
        setup_cost_eur: Kind::Integer, "Euro prima dell'avvio", "Euro before the start"
            => r.practice.setup_cost_eur;
        yearly_cost_eur: Kind::Integer, "Euro per ogni anno", "Euro for each year"
            => r.practice.yearly_cost_eur;
        staff_fte: Kind::Decimal, "Personale, in equivalenti a tempo pieno", "Staff, in full-time equivalents"
            => r.practice.staff_fte;
        months_to_start: Kind::Integer, "Mesi dalla decisione all'avvio", "Months from the decision to the start"
            => r.practice.months_to_start;
        people_reached: Kind::Integer, "Persone raggiunte", "People reached"
            => r.practice.people_reached;
        evidence_level: Kind::Integer, "Prove di efficacia, da 0 (nessun dato) a 4 (valutazione esterna)", "Evidence, from 0 (no data) to 4 (evaluated from outside)"
            => r.practice.evidence_level;
        kit_completeness: Kind::Integer, "Quanto il kit copre del percorso di chi copia, da 0 a 100", "How much of a copy's way the kit covers, 0 to 100"
            => r.practice.kit_completeness;
        support_levels: Kind::Texts, "Aiuto offerto a chi copia", "Help offered to whoever copies it"
            => Cell::Texts(r.practice.support_levels.iter().map(|level| level.as_str().to_owned()).collect());
        support_capacity: Kind::Integer, "Richieste che il territorio può seguire insieme", "Requests that its owner can carry at once"
            => r.practice.support_capacity;
        takes_requests: Kind::Boolean, "Se ora può seguirne un'altra", "Whether it can take one more now"
            => r.practice.takes_requests().is_ok();
        requests_count: Kind::Integer, "Richieste di replica ricevute", "Replication requests ever sent to it"
            => r.practice.requests_count;
        replications_count: Kind::Integer, "Repliche riconosciute", "Recognised replications"
            => r.practice.replications_count;
        edition: Kind::Code, "Edizione dell'avviso a cui ha partecipato", "Edition of the call it was handed in to"
            => r.practice.edition.clone();
        sources: Kind::Texts, "Fonti", "Sources"
            => &r.practice.sources;
        published_at: Kind::Instant, "Prima pubblicazione", "First publication"
            => r.practice.published_at.map(|at| at.to_string());
        updated_at: Kind::Instant, "Ultima modifica", "Last change"
            => instant(r.practice.updated_at);
        context: Kind::Long, "Contesto (Markdown)", "Context (Markdown)"
            => r.practice.context.as_str();
        objectives: Kind::Long, "Obiettivi (Markdown)", "Objectives (Markdown)"
            => r.practice.objectives.as_str();
        method: Kind::Long, "Come è stata realizzata (Markdown)", "How it was done (Markdown)"
            => r.practice.method.as_str();
        results: Kind::Long, "Risultati (Markdown)", "Results (Markdown)"
            => r.practice.results.as_str();
        obstacles: Kind::Long, "Ostacoli (Markdown)", "Obstacles (Markdown)"
            => r.practice.obstacles.as_str();
        improvements: Kind::Long, "Che cosa cambierebbero (Markdown)", "What they would change (Markdown)"
            => r.practice.improvements.as_str();
        replicability: Kind::Long, "Perché e come copiarla (Markdown)", "Why and how to copy it (Markdown)"
            => r.practice.replicability.as_str();
        core_elements: Kind::Texts, "Che cosa una copia deve conservare", "What a copy must keep"
            => &r.practice.core_elements;
        adaptable_elements: Kind::Texts, "Che cosa una copia può cambiare", "What a copy may change"
            => &r.practice.adaptable_elements;
        partners: Kind::Objects(PARTNER), "Chi l'ha realizzata con il territorio", "Who did it with the territory"
            => Cell::Objects(r.practice.partners.iter().map(partner).collect());
        indicators: Kind::Objects(INDICATOR), "Che cosa è stato misurato", "What was measured"
            => Cell::Objects(r.practice.indicators.iter().map(indicator).collect());
        provenance_note: Kind::Long, "Osservazioni sulle fonti", "Remarks on the sources"
            => r.practice.provenance_note.as_str();
    }
}

/// All published practices, the newest first. New ones that appear meanwhile are not in it; the order of the others does
/// not change.
pub(super) fn rows(edition: Edition) -> BoxStream<'static, Result<Vec<Row>, Fault>> {
    let begin = (edition, Some(PageRequest::first(MOST)));
    stream::try_unfold(begin, |(edition, page)| async move {
        let Some(page) = page else { return Ok(None) };
        let found = practices::list(&edition.app, &Actor::Nobody, Filter::default(), Sort::Newest, &page).await;
        let found = found.map_err(|failure| match failure {
            Failure::Fault(fault) => fault,
            refused @ Failure::Refused(_) => Fault::new(refused),
        })?;
        let last = found.items.last().filter(|_| found.has_next);
        let next = last.map(|(at, _)| PageRequest { after: Some(at.clone()), ..PageRequest::first(MOST) });
        let rows = whole(&edition, found.items.into_iter().map(|(_, practice)| practice).collect()).await?;
        Ok(Some((rows, (edition, next))))
    })
    .boxed()
}

/// The rows of practices that were read in brief, in the same order, without those that are no longer for everybody.
///
/// # Errors
/// A fault from the database.
pub(in crate::http) async fn whole(edition: &Edition, brief: Vec<Practice>) -> Result<Vec<Row>, Fault> {
    let ids: Vec<_> = brief.iter().map(|practice| practice.id).collect();
    let whole = practices::find_many(&edition.app, &Actor::Nobody, &ids).await?;
    let mut by_id: HashMap<_, _> = whole.into_iter().map(|practice| (practice.id.uuid(), practice)).collect();
    let found = ids.into_iter().filter_map(|id| by_id.remove(&id.uuid()));
    Ok(found.map(|practice| Row::of(edition, practice)).collect())
}

/// The cells of a row, in the order of the columns.
pub(in crate::http) fn cells(row: &Row) -> Vec<Cell> {
    COLUMNS.iter().map(|column| (column.of)(row)).collect()
}
