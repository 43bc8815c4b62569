//! Each deed of the plan as the call of a service.
use super::{
    file::{Deed, Planned, Wait},
    outcome::{self, Told},
    play::Player,
};
use crate::{
    domain::{
        calendar::{add_working_days, days_after},
        permission::Actor,
        practice::Change,
        refusal::{Fault, Outcome},
        request::{Agreement, AgreementKind, OutcomeResult, Progress, Request, Step, Verdict, Vitality, outcome::Form},
        word::Word,
    },
    service::{
        contacts::{self, ContactChanges},
        practices,
        requests::{self, Accept, CheckIn, Complete, Confirm, Draft, Extend, Follow, On, RecordAgreement, Start, Wish},
    },
};

/// Days that the facilitator gives on top.
const EXTENSION: i64 = 20;
/// Days for which the work pauses.
const PAUSE: i32 = 90;

fn word<T: Word>(planned: &Planned) -> Result<T, Fault> {
    T::parse(&planned.word).ok_or_else(|| Fault::new(format!("nobody knows what {planned:?} means")))
}

impl Player<'_> {
    /// Does it; gives back the request where it took a step.
    pub(super) async fn act(&mut self, story: usize, planned: &Planned) -> Outcome<Option<Request>> {
        if matches!(planned.wait, Wait::Hub(_)) {
            return Ok(None);
        }
        let step = match planned.deed {
            Deed::Step(step) => return self.step(story, step, planned).await.map(Some),
            other => other,
        };
        match step {
            Deed::Asks => {
                let asked = self.words.next(self.topic(story), "asks")?;
                self.states[story].asked = asked;
                let body = self.words.nth(self.topic(story), "asks", asked)?;
                self.write(story, true, body).await?;
            }
            Deed::Answers => {
                let body = self.words.nth(self.topic(story), "answers", self.states[story].asked)?;
                self.write(story, false, body).await?;
            }
            Deed::OwnerWrites => {
                let body = self.say(story, "owner_writes")?;
                self.write(story, true, body).await?;
            }
            Deed::RequesterWrites => {
                let body = self.say(story, "requester_writes")?;
                self.write(story, false, body).await?;
            }
            Deed::Publish => self.publish(story).await?,
            Deed::Step(_) => {}
        }
        Ok(None)
    }

    async fn step(&mut self, story: usize, step: Step, planned: &Planned) -> Outcome<Request> {
        use Step as S;
        match step {
            S::Create | S::Edit => self.create(story).await,
            S::Accept | S::Extend | S::RecordAgreement | S::Start | S::CheckIn | S::Complete => {
                self.with_more(story, step, planned).await
            }
            S::ConfirmOutcome | S::FollowUp => self.afterwards(story, step, planned).await,
            _ => self.plain(story, step, planned).await,
        }
    }

    /// Who takes a step, and what is said with it.
    fn who(&mut self, story: usize, step: Step, planned: &Planned) -> Result<(&Actor, On), Fault> {
        use Step as S;
        let mut on = On::request(self.id(story)?);
        on.reason = Self::reason(planned);
        let said = match step {
            S::Decline | S::Withdraw | S::Interrupt | S::Annul => format!("{}_{}", step.as_str(), planned.word),
            S::CheckIn | S::Accept | S::Extend | S::Reopen | S::ConfirmOutcome | S::FollowUp => {
                let word = if planned.word.is_empty() { step.as_str() } else { &planned.word };
                if step == S::CheckIn { word.to_lowercase() } else { word.to_owned() }
            }
            S::Acknowledge if !planned.word.is_empty() => "facilitator_acknowledge".to_owned(),
            _ => String::new(),
        };
        if !said.is_empty() {
            on.note = self.say(story, &said)?;
        }
        let actor = match step {
            S::Acknowledge if !planned.word.is_empty() => &self.cast.facilitator,
            S::Extend => &self.cast.facilitator,
            S::Annul => &self.cast.steward,
            S::Acknowledge | S::Accept | S::Decline | S::ConfirmOutcome => self.somebody(self.owner(story))?,
            _ => self.somebody(&self.plan.stories[story].requester)?,
        };
        Ok((actor, on))
    }

    async fn create(&mut self, story: usize) -> Outcome<Request> {
        let requester = &self.plan.stories[story].requester;
        let seat = self.seat(requester)?;
        let need = self.words.need(self.topic(story), seat)?;
        let practice = self.practice(story).await?;
        let offer = self.cast.offers.values().find(|offer| offer.practice.id == practice.id);
        let level = match offer {
            Some(offer) => offer.level(self.arc(story).level),
            None => practice.support_levels.last().copied(),
        };
        let kit = offer.map(|offer| offer.kit.as_slice()).unwrap_or_default();
        let wanted = kit.iter().take(self.dice.below(4)).copied().collect();
        let start = days_after(self.today(), i32::try_from(self.dice.between((45, 150))).unwrap_or(90));
        let wish = Wish {
            need: Some(need.clone()),
            support_level: Some(level),
            kit_wanted: Some(wanted),
            wished_start: Some(Some(start)),
        };
        self.states[story].need = need;
        let actor = self.somebody(requester)?;
        let draft = Draft { practice: practice.id, requester: Some(seat.id), wish, illustrative: true, key: None };
        requests::create(self.app, actor, draft).await
    }

    /// Steps of which nothing more is said than a reason and a note.
    async fn plain(&mut self, story: usize, step: Step, planned: &Planned) -> Outcome<Request> {
        let app = self.app;
        let (actor, on) = self.who(story, step, planned)?;
        match step {
            Step::Send => requests::send(app, actor, on).await,
            Step::SendAgain => requests::send_again(app, actor, on).await,
            Step::Acknowledge => requests::acknowledge(app, actor, on).await,
            Step::Decline => requests::decline(app, actor, on).await,
            Step::Withdraw => requests::withdraw(app, actor, on).await,
            Step::Discard => requests::discard(app, actor, on).await,
            Step::Annul => requests::annul(app, actor, on).await,
            Step::Interrupt => requests::interrupt(app, actor, on).await,
            Step::Reopen => requests::reopen(app, actor, on).await,
            _ => Err(Fault::new(format!("nobody takes the step {planned:?}")).into()),
        }
    }

    async fn with_more(&mut self, story: usize, step: Step, planned: &Planned) -> Outcome<Request> {
        let (app, today) = (self.app, self.today());
        let some = self.dice.between((4, 14));
        let practice = self.practice(story).await?;
        match step {
            Step::Accept => {
                let found = contacts::of_practices(app, &[practice.id]).await?;
                let mentor = found.first().ok_or_else(|| Fault::new("a practice without contacts"))?.contact.id;
                let level = self.request(story)?.support_level;
                let support_level = level.ok_or_else(|| Fault::new("a request without a level"))?;
                let first_date = add_working_days(today, some, None);
                let (actor, on) = self.who(story, step, planned)?;
                requests::accept(app, actor, Accept { on, support_level, mentor, first_date }).await
            }
            Step::Extend => {
                let (actor, on) = self.who(story, step, planned)?;
                requests::extend(app, actor, Extend { on, days: EXTENSION }).await
            }
            Step::RecordAgreement => {
                let agreement = Agreement {
                    kind: if some % 2 == 0 { AgreementKind::Agreement } else { AgreementKind::Convention },
                    act_number: format!("{}/{}", some * 7, today.year()),
                    act_date: today,
                    protocol_number: format!("{}/{}", some * 613, today.year()),
                };
                let (actor, on) = self.who(story, step, planned)?;
                requests::record_agreement(app, actor, RecordAgreement { on, agreement }).await
            }
            Step::Start => {
                self.states[story].started = Some(today);
                let (actor, on) = self.who(story, step, planned)?;
                requests::start(app, actor, Start { on, started_on: today }).await
            }
            Step::CheckIn => {
                let stuck = planned.word == Progress::Stuck.as_str();
                let progress = if stuck { Progress::Stuck } else { Progress::OnTrack };
                let pause_until = (planned.word == "PAUSED").then(|| days_after(today, PAUSE));
                let (actor, on) = self.who(story, step, planned)?;
                requests::check_in(app, actor, CheckIn { on, progress, pause_until }).await
            }
            _ => {
                let result: OutcomeResult = word(planned)?;
                self.tell(story, result)?;
                let started = self.states[story].started;
                let form = if started.is_some() { Form::Full } else { Form::Short };
                let told = self.states[story].told.clone();
                let outcome = outcome::outcome((result, form), &practice, (started, today), &told, &mut self.dice);
                let (actor, on) = self.who(story, step, planned)?;
                requests::complete(app, actor, Complete { on, outcome }).await
            }
        }
    }

    /// Finds words for what came of it.
    fn tell(&mut self, story: usize, result: OutcomeResult) -> Result<(), Fault> {
        let obstacles = self.say(story, "obstacles")?;
        let told = match result {
            OutcomeResult::Abandoned => Told {
                changes: self.words.say("all", "abandoned")?,
                lessons: self.words.say("all", "abandoned_lessons")?,
                obstacles,
            },
            OutcomeResult::Partial => Told {
                changes: [self.words.say("all", "partial")?, self.say(story, "changes")?].join(" "),
                lessons: self.say(story, "lessons")?,
                obstacles,
            },
            _ => Told { changes: self.say(story, "changes")?, lessons: self.say(story, "lessons")?, obstacles },
        };
        self.states[story].told = told;
        Ok(())
    }

    async fn afterwards(&mut self, story: usize, step: Step, planned: &Planned) -> Outcome<Request> {
        let app = self.app;
        let (actor, on) = self.who(story, step, planned)?;
        if step == Step::ConfirmOutcome {
            let verdict: Verdict = word(planned)?;
            return requests::confirm_outcome(app, actor, Confirm { on, verdict }).await;
        }
        let vitality: Vitality = word(planned)?;
        requests::follow_up(app, actor, Follow { on, vitality }).await
    }

    /// The requester writes up its copy and hands it in; the Region publishes it.
    async fn publish(&mut self, story: usize) -> Outcome<()> {
        let (app, today, original) = (self.app, self.today(), self.practice(story).await?);
        let requester = &self.plan.stories[story].requester;
        let (actor, seat) = (self.somebody(requester)?, self.seat(requester)?);
        let replicability = self.words.say("all", "replicability")?;
        let request = self.request(story)?;
        let copy = request.copy.ok_or_else(|| Fault::new("nothing to publish"))?;
        let outcome = request.outcome.as_ref().ok_or_else(|| Fault::new("nothing to tell"))?;
        let draft = practices::find_many(app, &Actor::System, &[copy]).await?.pop();
        let draft = draft.ok_or_else(|| Fault::new("a copy that is not there"))?;
        let original = (&original, self.owner(story));
        let says = outcome::copy(original, &draft, outcome, (&self.states[story].need, replicability), today);
        practices::edit(app, actor, copy, draft.version, says, false).await?;
        let office = ContactChanges {
            name: Some("Ufficio di Piano".into()),
            role: Some("Referente della replica".into()),
            email: Change::Set(format!("referente.{}@example.invalid", draft.id.uuid().simple())),
            ..ContactChanges::default()
        };
        let contact = contacts::add(app, actor, seat.id, office).await?;
        contacts::set_of_practice(app, actor, copy, vec![contact.id]).await?;
        practices::submit(app, actor, copy).await?;
        practices::publish(app, &self.cast.steward, copy, None, true).await?;
        Ok(())
    }
}
