//! An event with what it takes to judge who may hear of it, read once for all subscribers.
use crate::{
    app::App,
    domain::{
        event::{Event, EventKind},
        id::{ConversationId, Id, NeedId, PersonId, PracticeId, TerritoryId},
        permission::{Action, Actor, PracticeStatus, StaffRole, Subject},
        refusal::Fault,
        request::{self, RequestState, Step},
        word::Word,
    },
    store::{
        bearings::{self, PracticeBearing},
        events, needs,
    },
};
use std::{collections::HashMap, sync::Arc};

/// An event, and whose it is.
#[derive(Clone, Debug)]
pub struct News {
    /// What happened.
    pub event: Event,
    /// The practice it is about, as it stands now.
    practice: Option<PracticeBearing>,
    /// Of a lineage, the other practice.
    parent: Option<PracticeBearing>,
    /// Between whom the conversation is that it is about.
    parties: Option<[TerritoryId; 2]>,
    /// Who watches the need that a practice was found for.
    watchers: Vec<PersonId>,
}

/// The news after number `seq`: one statement for the events, and one each for the practices, the conversations and the
/// needs they are about.
pub(super) async fn read(app: &App, seq: i64, limit: i64) -> Result<Vec<Arc<News>>, Fault> {
    let events = events::after(&app.store, seq, limit).await?;
    let mut asked: Vec<PracticeId> = events.iter().flat_map(|e| [practice(e), e.id("parent")]).flatten().collect();
    asked.sort_unstable();
    asked.dedup();
    let mut talks: Vec<ConversationId> = events.iter().filter_map(conversation).collect();
    talks.sort_unstable();
    talks.dedup();
    let practices = if asked.is_empty() { vec![] } else { bearings::of_practices(&app.store, &asked).await? };
    let practices: HashMap<PracticeId, PracticeBearing> = practices.into_iter().map(|p| (p.id, p)).collect();
    let talks = if talks.is_empty() { vec![] } else { bearings::of_conversations(&app.store, &talks).await? };
    let talks: HashMap<ConversationId, _> = talks.into_iter().map(|c| (c.id, [c.opened_by, c.opened_to])).collect();
    let mut matched: Vec<NeedId> = events.iter().filter_map(matched).collect();
    matched.sort_unstable();
    matched.dedup();
    let watchers = if matched.is_empty() { vec![] } else { needs::watchers(&app.store, &matched).await? };
    let of_need = |need: NeedId| watchers.iter().filter(|w| w.need == need).map(|w| w.person).collect();
    let news = |event: Event| News {
        watchers: self::matched(&event).map(of_need).unwrap_or_default(),
        practice: practice(&event).and_then(|id| practices.get(&id).cloned()),
        parent: event.id("parent").and_then(|id| practices.get(&id).cloned()),
        parties: conversation(&event).and_then(|id| talks.get(&id).copied()),
        event,
    };
    Ok(events.into_iter().map(|event| Arc::new(news(event))).collect())
}

/// The practice an event is about.
fn practice(event: &Event) -> Option<PracticeId> {
    match event.kind.as_str().split_once('.') {
        Some(("practice" | "lineage", _)) => Some(Id::of(event.subject)),
        Some(("request" | "need", _)) => event.id("practice"),
        _ => None,
    }
}

fn conversation(event: &Event) -> Option<ConversationId> {
    matches!(event.kind, EventKind::MessagePosted | EventKind::MessageRetracted).then(|| Id::of(event.subject))
}

/// The need that a practice was found for.
fn matched(event: &Event) -> Option<NeedId> {
    (event.kind == EventKind::NeedMatched).then(|| Id::of(event.subject))
}

fn is_public(practice: &PracticeBearing) -> bool {
    let subject = Subject::Practice { owner: practice.owner, status: practice.status };
    Actor::Nobody.may(Action::SeePractice, &subject).is_ok()
}

impl News {
    /// The practice it is about.
    #[must_use]
    pub fn practice(&self) -> Option<PracticeId> {
        practice(&self.event)
    }

    /// The step of a request's life cycle that it tells of.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        Step::ALL.iter().copied().find(|step| request::event(*step) == self.event.kind)
    }

    /// The need it is about.
    #[must_use]
    pub fn need(&self) -> Option<NeedId> {
        self.event.kind.as_str().starts_with("need.").then(|| Id::of(self.event.subject))
    }

    /// The territory it comes from, where everybody may know of the event: the practice's owner, who asks, or who looks.
    /// With it the territory it goes to, if there are two. None where not everybody may.
    #[must_use]
    pub fn network(&self) -> Option<(TerritoryId, Option<TerritoryId>)> {
        use EventKind as K;
        if matches!(self.event.kind, K::NeedPosted | K::NeedClosed) {
            return Some((self.event.id("territory")?, None));
        }
        let practice = self.practice.as_ref().filter(|practice| is_public(practice))?;
        match self.event.kind {
            K::PracticePublished | K::PracticeArchived => Some((practice.owner, None)),
            // What was changed before it became public was changed in a draft.
            K::PracticeUpdated if practice.published_at.is_some_and(|at| at <= self.event.at) => {
                Some((practice.owner, None))
            }
            K::LineageDeclared | K::LineageConfirmed => {
                let parent = self.parent.as_ref().filter(|parent| is_public(parent))?;
                Some((parent.owner, Some(practice.owner)))
            }
            K::RequestSent | K::RequestAccepted | K::RequestStarted | K::RequestCompleted => {
                Some((self.event.id("requester")?, self.event.id("owner")))
            }
            _ => None,
        }
    }

    /// Whether `actor` is to hear of it as its own affair. Asks [`Actor::may`] of what the event is about.
    #[must_use]
    pub fn concerns(&self, actor: &Actor) -> bool {
        use EventKind as K;
        let may = |action, subject: &Subject<'_>| actor.may(action, subject).is_ok();
        match self.event.kind {
            K::MessagePosted | K::MessageRetracted => {
                self.parties.is_some_and(|parties| may(Action::SeeConversation, &Subject::Conversation(&parties)))
            }
            K::PracticeCreated
            | K::PracticeUpdated
            | K::PracticeSubmitted
            | K::PracticeReturned
            | K::PracticePublished
            | K::PracticeArchived => self.practice.as_ref().is_some_and(|practice| {
                let owner = practice.owner;
                // That it was drafted and reviewed stays the affair of those who did so, however public it is by now.
                let status = match self.event.kind {
                    K::PracticeCreated | K::PracticeSubmitted | K::PracticeReturned => {
                        practice.status.min(PracticeStatus::UnderReview)
                    }
                    _ => practice.status,
                };
                self.is_followed(actor, owner) && may(Action::SeePractice, &Subject::Practice { owner, status })
            }),
            // Who left watches no longer, and what is not public was not found.
            K::NeedMatched => self.event.id("territory").is_some_and(|at| {
                self.practice.as_ref().is_some_and(is_public)
                    && actor.person().is_some_and(|person| self.watchers.contains(&person))
                    && may(Action::SeeNeedMatches, &Subject::Territory(at))
            }),
            K::MemberInvited | K::MemberJoined | K::MemberRemoved => self
                .event
                .id("territory")
                .is_some_and(|at| actor.belongs_to(at) && may(Action::SeeMembers, &Subject::Territory(at))),
            K::MailFailed => self.event.id("territory").is_some_and(|from| {
                actor.belongs_to(from) && may(Action::SeeTerritoryRequests, &Subject::Territory(from))
            }),
            K::DeadlineReached => {
                self.event.id("requester").zip(self.event.id("owner")).is_some_and(|(requester, owner)| {
                    let state = self.event.data.get("state").and_then(|state| RequestState::parse(state.as_str()?));
                    let state = state.unwrap_or(RequestState::Draft);
                    may(Action::SeeRequest, &Subject::Request { requester, owner, state })
                })
            }
            _ => self.step().is_some_and(|step| {
                let (Some(requester), Some(owner)) = (self.event.id("requester"), self.event.id("owner")) else {
                    return false;
                };
                // Only these happen while nobody but the requester knows of the request.
                let state = match step {
                    Step::Create | Step::Edit | Step::Discard => RequestState::Draft,
                    _ => RequestState::Sent,
                };
                may(Action::SeeRequest, &Subject::Request { requester, owner, state })
            }),
        }
    }

    /// Whose work a practice's event is: its own people's, and of staff's where it is about the review.
    fn is_followed(&self, actor: &Actor, owner: TerritoryId) -> bool {
        let review = !matches!(self.event.kind, EventKind::PracticeCreated | EventKind::PracticeUpdated);
        let staff = actor.is(StaffRole::Facilitator) || actor.is(StaffRole::Steward);
        actor.belongs_to(owner) || (review && staff)
    }

    /// Whether it may have changed what `actor` may do, so that what was known of it is stale.
    #[must_use]
    pub fn changes(&self, actor: &Actor) -> bool {
        use EventKind as K;
        let about_a_person =
            matches!(self.event.kind, K::MemberJoined | K::MemberRemoved | K::SignedOut | K::TokenRevoked);
        about_a_person && actor.person().is_some_and(|person| person.uuid() == self.event.subject)
    }
}
