//! A practice: what a territory did well and others may copy, with all that is said of it.
mod actions;
mod changes;
pub mod kit;
mod parts;

pub use actions::PracticeAction;
pub use changes::{Change, Changes};
pub(in crate::domain) use changes::{at_most, lines, most, number, set, text, within};
pub use kit::KitItem;
pub use parts::{Indicator, Partner, PartnerKind, Provenance, SupportLevel};

use super::{
    id::{PersonId, PracticeId, TerritoryId},
    permission::{PracticeStatus, Subject},
    refusal::{Code, Refusal},
    time::{Month, Ts},
};

/// A practice as it stands. Texts are Markdown unless said otherwise; what is unknown is `None` or empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// Key.
    pub id: PracticeId,
    /// The end of its address, unique, made from the first title.
    pub slug: String,
    /// The territory that did it.
    pub owner: TerritoryId,
    /// Where it stands on its way to the public.
    pub status: PracticeStatus,
    /// Rises with every change of its text.
    pub version: i64,
    /// One line of plain text, at most 100 characters.
    pub title: String,
    /// Plain text, at most 600 characters.
    pub summary: String,
    /// Where and why it began.
    pub context: String,
    /// What it wanted to reach.
    pub objectives: String,
    /// How it was done.
    pub method: String,
    /// What came of it.
    pub results: String,
    /// What stood in the way.
    pub obstacles: String,
    /// What its people would change.
    pub improvements: String,
    /// Why and how others can copy it.
    pub replicability: String,
    /// Code of its primary field; none in early drafts.
    pub field: Option<String>,
    /// Codes of its other fields.
    pub other_fields: Vec<String>,
    /// Codes of its target groups.
    pub targets: Vec<String>,
    /// Codes of its tools.
    pub tools: Vec<String>,
    /// Codes of the funds that paid for it.
    pub funds: Vec<String>,
    /// Places inside the territory.
    pub places: Vec<String>,
    /// Who did it with the territory.
    pub partners: Vec<Partner>,
    /// What was measured.
    pub indicators: Vec<Indicator>,
    /// What a copy must keep, each one line.
    pub core_elements: Vec<String>,
    /// What a copy may change, each one line.
    pub adaptable_elements: Vec<String>,
    /// First month.
    pub started_on: Option<Month>,
    /// Last month; none while it runs, or where unknown.
    pub ended_on: Option<Month>,
    /// Euro for the whole period told.
    pub budget_eur: Option<i64>,
    /// Euro before the start.
    pub setup_cost_eur: Option<i64>,
    /// Euro for each year.
    pub yearly_cost_eur: Option<i64>,
    /// Staff in full-time equivalents.
    pub staff_fte: Option<f64>,
    /// Months from the decision to the start.
    pub months_to_start: Option<i64>,
    /// People it reached.
    pub people_reached: Option<i64>,
    /// What help the owner offers, from least to most.
    pub support_levels: Vec<SupportLevel>,
    /// How many requests the owner can carry at once.
    pub support_capacity: i64,
    /// Whether the owner takes requests at all.
    pub support_open: bool,
    /// 0 no data, 1 results declared, 2 counted with a source, 3 before and after compared, 4 evaluated from outside.
    pub evidence_level: i64,
    /// Real, or made up to show how the hub works.
    pub provenance: Provenance,
    /// Where what is said comes from.
    pub sources: Vec<String>,
    /// What was deduced, and other remarks on the sources.
    pub provenance_note: String,
    /// Code of the edition of the call it was handed in to.
    pub edition: Option<String>,
    /// What the reviewer asked to change when it last came back.
    pub review_note: String,
    /// 0 to 100: how much of a copy's way its kit covers.
    pub kit_completeness: i64,
    /// Requests ever sent to it.
    pub requests_count: i64,
    /// Requests its owner carries now: sent, acknowledged, accepted, in progress.
    pub active_requests: i64,
    /// Practices of others known to come from it.
    pub replications_count: i64,
    /// Who wrote it first, if a person.
    pub created_by: Option<PersonId>,
    /// When it was first written.
    pub created_at: Ts,
    /// When it last changed.
    pub updated_at: Ts,
    /// When it first became public; kept when it changes or is put away.
    pub published_at: Option<Ts>,
}

impl Practice {
    /// An empty draft.
    #[must_use]
    pub fn draft(id: PracticeId, owner: TerritoryId, by: Option<PersonId>, at: Ts) -> Self {
        Self {
            id,
            slug: String::new(),
            owner,
            status: PracticeStatus::Draft,
            version: 1,
            title: String::new(),
            summary: String::new(),
            context: String::new(),
            objectives: String::new(),
            method: String::new(),
            results: String::new(),
            obstacles: String::new(),
            improvements: String::new(),
            replicability: String::new(),
            field: None,
            other_fields: Vec::new(),
            targets: Vec::new(),
            tools: Vec::new(),
            funds: Vec::new(),
            places: Vec::new(),
            partners: Vec::new(),
            indicators: Vec::new(),
            core_elements: Vec::new(),
            adaptable_elements: Vec::new(),
            started_on: None,
            ended_on: None,
            budget_eur: None,
            setup_cost_eur: None,
            yearly_cost_eur: None,
            staff_fte: None,
            months_to_start: None,
            people_reached: None,
            support_levels: Vec::new(),
            support_capacity: 1,
            support_open: false,
            evidence_level: 0,
            provenance: Provenance::Real,
            sources: Vec::new(),
            provenance_note: String::new(),
            edition: None,
            review_note: String::new(),
            kit_completeness: 0,
            requests_count: 0,
            active_requests: 0,
            replications_count: 0,
            created_by: by,
            created_at: at,
            updated_at: at,
            published_at: None,
        }
    }

    /// What it costs in euro: its budget, or else what it takes to set it up and to run it for a year, as far as known.
    #[must_use]
    pub fn cost_eur(&self) -> Option<i64> {
        let parts = [self.setup_cost_eur, self.yearly_cost_eur];
        self.budget_eur.or_else(|| parts.into_iter().flatten().reduce(i64::saturating_add))
    }

    /// What [`Actor::may`](super::permission::Actor::may) needs to know of it.
    #[must_use]
    pub const fn subject(&self) -> Subject<'static> {
        Subject::Practice { owner: self.owner, status: self.status }
    }

    /// Whether its owner can take one more request now.
    ///
    /// # Errors
    /// `OWNER_CLOSED` where the owner takes none, `OWNER_FULL` where it carries as many as it can.
    pub fn takes_requests(&self) -> Result<(), Refusal> {
        if self.status != PracticeStatus::Published || !self.support_open {
            return Err(Refusal::new(Code::OwnerClosed).on("practice").say(
                "L'ente che ha realizzato la pratica non riceve richieste di replica: consultate il kit o scrivetegli.",
                "The owner takes no replication requests for this practice: read its kit or write to it.",
            ));
        }
        if self.active_requests >= self.support_capacity {
            let capacity = self.support_capacity;
            return Err(Refusal::new(Code::OwnerFull).on("practice").say(
                format!("L'ente segue già {capacity} richieste, il massimo che si è dato: riprovate più avanti."),
                format!("The owner carries {capacity} requests already, as many as it can: try again later."),
            ));
        }
        Ok(())
    }
}
