//! Plays the plan: each step is taken at its moment, by the services that people use, as somebody of the side whose it is.
//! What the hub does by itself in between, it does by itself.
use super::{
    cast::{Cast, Seat},
    dice::Dice,
    file::{Arc, File, Planned},
    outcome::Told,
    plan::{Moment, Plan, Wanted},
    words::Words,
};
use crate::{
    app::App,
    domain::{
        id::RequestId,
        permission::Actor,
        practice::Practice,
        refusal::{Failure, Fault, Outcome},
        request::Request,
        time::{Date, Ts},
    },
    service::{conversations, letters, notifications, requests},
    store::{conversations as talks, events, practices, requests as stored},
};

/// Days of the end of which the notification centres tell.
const RECENT: i64 = 14;
/// How many requests are looked after at once, and events followed.
const LOT: i64 = 100;

/// What is known of a request so far.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub request: Option<Request>,
    pub need: String,
    pub told: Told,
    /// Which question the owner asked.
    pub asked: usize,
    pub started: Option<Date>,
}

/// Who plays.
pub struct Player<'a> {
    /// The hub as it was: its clock stands at the moment that is played.
    pub(super) app: &'a App,
    pub(super) file: &'a File,
    pub(super) cast: &'a Cast,
    pub(super) plan: &'a Plan,
    pub(super) words: Words<'a>,
    pub(super) dice: Dice,
    pub(super) states: Vec<State>,
    recent: Ts,
    /// Up to which event people have been told.
    seen: i64,
}

impl<'a> Player<'a> {
    /// A player before the first step of a history that goes up to `until`.
    pub fn new(app: &'a App, file: &'a File, (cast, plan): (&'a Cast, &'a Plan), until: Ts, seed: u64) -> Self {
        let states = vec![State::default(); plan.stories.len()];
        let (words, dice) = (Words::new(file, seed), Dice::new(seed));
        Self { app, file, cast, plan, words, dice, states, recent: until.plus_days(-RECENT), seen: 0 }
    }

    /// Takes one step at its moment.
    ///
    /// # Errors
    /// What the services refuse: then the plan was wrong. A fault from the database.
    pub async fn play(&mut self, (at, story, step): Moment) -> Outcome<()> {
        self.until(at).await?;
        let arc = self.arc(story);
        let Some(planned) = arc.steps.get(step) else { return Ok(()) };
        let named = |failure| match failure {
            Failure::Refused(refusals) => {
                let told: Vec<_> = refusals.iter().map(|refusal| format!("{refusal:?}")).collect();
                Fault::new(format!("{planned:?} of {:?}: {}", self.plan.stories.get(story), told.join("; ")))
            }
            Failure::Fault(fault) => fault,
        };
        let done = self.act(story, planned).await.map_err(named)?;
        if let Some(request) = done {
            self.states[story].request = Some(request);
        }
        Ok(self.follow().await?)
    }

    /// Lets the hub do what is due up to that moment, each thing when it is due.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn until(&mut self, at: Ts) -> Result<(), Fault> {
        while let Some(due) = stored::next_wake(&self.app.store).await?.filter(|due| *due <= at) {
            self.app.clock.move_to(due);
            for request in requests::waking(self.app, LOT).await? {
                requests::take(self.app, request).await?;
            }
            self.follow().await?;
        }
        self.app.clock.move_to(at);
        Ok(())
    }

    /// Puts what has just happened into the notification centres, where it is recent.
    async fn follow(&mut self) -> Result<(), Fault> {
        let now = self.app.clock.now();
        if now < self.recent {
            return Ok(());
        }
        if self.seen == 0 {
            self.seen = events::head(&self.app.store).await?;
        }
        let mut tx = self.app.store.begin().await?;
        for event in events::after(&mut tx, self.seen, LOT).await? {
            let letters = letters::due(&mut tx, self.app, &event).await?;
            notifications::note(&mut tx, self.app, &event, &letters).await?;
            self.seen = event.seq;
        }
        tx.commit(now).await
    }

    pub(super) fn arc(&self, story: usize) -> &'a Arc {
        &self.file.arcs[self.plan.stories[story].arc]
    }

    pub(super) fn today(&self) -> Date {
        self.app.clock.now().date_in_italy()
    }

    pub(super) fn request(&self, story: usize) -> Result<&Request, Fault> {
        self.states[story].request.as_ref().ok_or_else(|| Fault::new("a step before the first"))
    }

    pub(super) fn id(&self, story: usize) -> Result<RequestId, Fault> {
        self.request(story).map(|request| request.id)
    }

    /// The listed practice from which all comes: of a copy the original.
    fn root(&self, story: usize) -> &'a str {
        match &self.plan.stories[story].wanted {
            Wanted::Listed(key) => key,
            Wanted::Copy(of) => self.root(*of),
        }
    }

    pub(super) fn topic(&self, story: usize) -> &'a str {
        self.file.practices.get(self.root(story)).map_or("all", |listed| &listed.topic)
    }

    pub(super) fn owner(&self, story: usize) -> &'a str {
        match &self.plan.stories[story].wanted {
            Wanted::Listed(key) => self.cast.offers.get(key).map_or("", |offer| &offer.owner),
            Wanted::Copy(of) => &self.plan.stories[*of].requester,
        }
    }

    /// The practice that is asked for, as it stands now.
    pub(super) async fn practice(&self, story: usize) -> Result<Practice, Fault> {
        let id = match &self.plan.stories[story].wanted {
            Wanted::Listed(key) => self.cast.offers.get(key).map(|offer| offer.practice.id),
            Wanted::Copy(of) => self.states[*of].request.as_ref().and_then(|request| request.copy),
        };
        let id = id.ok_or_else(|| Fault::new("a practice that is not there"))?;
        practices::find(&self.app.store, id).await?.ok_or_else(|| Fault::new("a practice that is not there"))
    }

    pub(super) fn seat(&self, name: &str) -> Result<&'a Seat, Fault> {
        self.cast.seats.get(name).ok_or_else(|| Fault::new(format!("{name} takes no part")))
    }

    /// Somebody of a territory.
    pub(super) fn somebody(&mut self, name: &str) -> Result<&'a Actor, Fault> {
        let actors = &self.seat(name)?.actors;
        actors.get(self.dice.below(actors.len())).ok_or_else(|| Fault::new(format!("nobody works for {name}")))
    }

    /// Writes in the request's conversation, having read what was written before.
    pub(super) async fn write(&mut self, story: usize, by_owner: bool, body: String) -> Outcome<()> {
        let name = if by_owner { self.owner(story) } else { &self.plan.stories[story].requester };
        let (actor, on_behalf_of) = (self.somebody(name)?, self.seat(name)?.id);
        let found = talks::find_by_request(&self.app.store, &[self.id(story)?]).await?;
        let conversation = found.first().ok_or_else(|| Fault::new("a request without a conversation"))?;
        let post =
            conversations::Post { conversation: conversation.id, on_behalf_of: Some(on_behalf_of), body, key: None };
        conversations::post(self.app, actor, post).await?;
        for actor in &self.seat(name)?.actors {
            conversations::mark_read(self.app, actor, conversation.id, i64::MAX).await?;
        }
        Ok(())
    }

    /// Words about the request, of its topic.
    pub(super) fn say(&mut self, story: usize, part: &str) -> Result<String, Fault> {
        self.words.say(self.topic(story), part)
    }

    pub(super) fn reason(planned: &Planned) -> Option<String> {
        Some(planned.word.clone()).filter(|word| !word.is_empty())
    }
}
