//! A need: what a territory looks for. It is public and names a territory, never a person.
mod changes;
mod standing;

pub use changes::{Changes, MOST_NOTE};
pub use standing::{MOST_MATCHES, StandingMatch};

use super::{
    id::{NeedId, PersonId, TerritoryId},
    matching::{Site, Wish, nothing_wished},
    permission::{Action, Actor, Subject},
    privacy,
    refusal::{Code, Refusal, Refusals},
    time::Ts,
};
use serde::Serialize;

/// The most open needs that one territory may have: more than that nobody reads.
pub const MOST_OPEN: i64 = 50;

words! {
    /// Whether somebody still looks.
    enum NeedState {
        /// Somebody does.
        Open = "OPEN",
        /// Nobody does any more; it stays readable.
        Closed = "CLOSED",
    }
}

words! {
    /// Why nobody looks any more.
    enum NeedClosing {
        /// Somebody of the hub had what was needed.
        FoundHere = "FOUND_HERE",
        /// It was found somewhere else.
        FoundElsewhere = "FOUND_ELSEWHERE",
        /// It is needed no longer.
        NoLongerNeeded = "NO_LONGER_NEEDED",
        /// As the note says.
        Other = "OTHER",
    }
}

words! {
    /// What a viewer may do with a need now: the buttons to show.
    enum NeedAction {
        /// Change what it says.
        Edit = "EDIT",
        /// Say that nobody looks any more.
        Close = "CLOSE",
        /// Be told of practices that answer it.
        Watch = "WATCH",
        /// Be told no longer.
        Unwatch = "UNWATCH",
        /// See which practices answer it.
        Find = "FIND",
        /// Write to the territory that looks.
        OfferHelp = "OFFER_HELP",
    }
}

/// What is looked for and what one has for it. What is not said is unknown, never a guess.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Wanted {
    /// Plain words, at most [`LONGEST_TEXT`](super::matching::LONGEST_TEXT) characters; may be empty.
    pub text: String,
    /// Code of a field.
    pub field: Option<String>,
    /// Codes of target groups.
    pub targets: Vec<String>,
    /// Codes of tools.
    pub tools: Vec<String>,
    /// Codes of the funds one can use.
    pub funds: Vec<String>,
    /// Euro one has.
    pub budget_eur: Option<i64>,
    /// Staff one has, in full-time equivalents.
    pub staff_fte: Option<f64>,
    /// Months one has until it should run.
    pub months: Option<i64>,
}

/// A need as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Key.
    pub id: NeedId,
    /// Who looks.
    pub territory: TerritoryId,
    /// For what.
    pub wanted: Wanted,
    /// Made up to show how the hub works.
    pub illustrative: bool,
    /// Whether somebody still looks.
    pub state: NeedState,
    /// Why nobody does, once closed.
    pub closed_because: Option<NeedClosing>,
    /// A word on that, at most [`MOST_NOTE`] characters; may be empty.
    pub closing_note: String,
    /// Rises with every change.
    pub version: i64,
    /// Who posted it, if a person.
    pub created_by: Option<PersonId>,
    /// When it was posted.
    pub created_at: Ts,
    /// When it last changed.
    pub updated_at: Ts,
    /// When it was closed.
    pub closed_at: Option<Ts>,
}

impl Need {
    /// An open need that says nothing yet.
    #[must_use]
    pub fn empty(id: NeedId, territory: TerritoryId, by: Option<PersonId>, at: Ts) -> Self {
        Self {
            id,
            territory,
            wanted: Wanted::default(),
            illustrative: false,
            state: NeedState::Open,
            closed_because: None,
            closing_note: String::new(),
            version: 1,
            created_by: by,
            created_at: at,
            updated_at: at,
            closed_at: None,
        }
    }

    /// What [`Actor::may`] needs to know of it.
    #[must_use]
    pub const fn subject(&self) -> Subject<'static> {
        Subject::Territory(self.territory)
    }

    /// As practices are held against it, for a territory of which this is known.
    #[must_use]
    pub fn wish(&self, site: Option<Site>) -> Wish {
        let wanted = &self.wanted;
        Wish {
            text: Some(wanted.text.clone()).filter(|text| !text.is_empty()),
            fields: wanted.field.iter().cloned().collect(),
            targets: wanted.targets.clone(),
            tools: wanted.tools.clone(),
            funds: wanted.funds.clone(),
            budget_eur: wanted.budget_eur,
            staff_fte: wanted.staff_fte,
            months: wanted.months,
            site,
        }
    }

    /// Whether it is still open.
    ///
    /// # Errors
    /// `WRONG_STATE` where it was closed.
    pub fn is_open(&self) -> Result<(), Refusal> {
        if self.state == NeedState::Open {
            return Ok(());
        }
        Err(Refusal::new(Code::WrongState).on("need").say(
            "Questo «cerco» è già chiuso: se cercate ancora, pubblicatene uno nuovo.",
            "This need is closed already: if it is still there, post a new one.",
        ))
    }

    /// What `actor` may do with it now, in the order of the buttons. `watching`: whether this actor watches it.
    #[must_use]
    pub fn actions(&self, actor: &Actor, watching: bool) -> Vec<NeedAction> {
        use NeedAction as N;
        let open = self.state == NeedState::Open;
        let may = |action| actor.may(action, &self.subject()).is_ok();
        let helps = |from: &TerritoryId| {
            *from != self.territory && actor.may(Action::StartConversation, &Subject::Territory(*from)).is_ok()
        };
        let offers = [
            (N::Edit, open && may(Action::EditNeed)),
            (N::Close, open && may(Action::EditNeed)),
            (N::Watch, open && !watching && may(Action::WatchNeed)),
            (N::Unwatch, watching && may(Action::WatchNeed)),
            (N::Find, open),
            (N::OfferHelp, open && actor.territories().iter().any(helps)),
        ];
        offers.into_iter().filter(|(_, offered)| *offered).map(|(action, _)| action).collect()
    }

    /// What a need must say at least: words, a field or a target group.
    pub fn require_something(&self, refusals: &mut Refusals) {
        let wanted = &self.wanted;
        if wanted.text.is_empty() && wanted.field.is_none() && wanted.targets.is_empty() {
            refusals.push(nothing_wished("text"));
        }
    }

    /// Refuses what looks like personal data in the text that everybody would read.
    pub fn guard(&self, refusals: &mut Refusals) {
        refusals.take(privacy::check("text", &self.wanted.text));
    }
}
