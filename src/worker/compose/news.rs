//! The letters that say what happened to a request or what is due, whose turn it is, by when, and what comes of nobody
//! acting. One of a time that has come is not sent once somebody has acted.
use super::{
    Written, gone,
    matter::Case,
    reader::Reader,
    request::{alternatives, reason, said},
};
use crate::{
    app::App,
    domain::{
        mail::{LetterKind, Mail},
        request::{DeadlineKind as K, Moment, RequestState, Step, guard, ladder},
        time::{Date, Ts},
        word::Word,
    },
    mail::{Letter, News, Side},
    store::requests,
};

/// The letter about this step, or about the time that the mail names.
pub(super) async fn letter(
    app: &App,
    mail: &Mail,
    kind: LetterKind,
    case: &Case,
    step: &Moment,
    reader: &Reader,
) -> Written<Letter> {
    let request = &case.request;
    let coming = Coming::of(app, mail, kind, case, step).await?;
    let dropped = kind == LetterKind::ExpiredWithAlternatives;
    let about_a_step = !kind.is_of_a_timer();
    let day = match kind {
        LetterKind::AgreementRecorded => request.agreement.as_ref().map(|agreement| agreement.act_date),
        LetterKind::Started => request.started_on,
        LetterKind::StartReminder => request.first_date,
        _ => None,
    };
    Ok(Letter::News(News {
        kind,
        matter: case.matter(app),
        reader: match reader.side {
            Some(side) if side == request.requester => Side::Requester,
            Some(_) => Side::Owner,
            None => Side::Facilitator,
        },
        by: step.party.as_str(),
        unanswered: request.state == RequestState::Sent,
        support_level: request.support_level.and_then(|level| level.as_str().parse().ok()),
        reason_label: if about_a_step { reason(app, step, mail.language).await? } else { None },
        text: if about_a_step { said(&step.text) } else { None },
        day,
        verdict: request.confirmation.as_ref().map(|confirmation| confirmation.verdict.as_str()),
        due: coming.next(|kind| !kind.ends() && kind != K::Escalate),
        escalates: coming.next(|kind| kind == K::Escalate),
        ends: match step.step {
            Step::Interrupt => Some(guard::REOPEN_WITHIN.after(step.at, None).date_in_italy()),
            _ => coming.next(K::ends),
        },
        alternatives: if dropped { alternatives(app, case).await? } else { Vec::new() },
    }))
}

/// What comes after what the letter tells.
struct Coming {
    after: Ts,
    all: Vec<(K, Ts)>,
}

impl Coming {
    async fn of(app: &App, mail: &Mail, kind: LetterKind, case: &Case, step: &Moment) -> Written<Self> {
        if !kind.is_of_a_timer() {
            let all = case.deadlines_after(step).into_iter().map(|deadline| (deadline.kind, deadline.due_at));
            return Ok(Self { after: step.at, all: all.collect() });
        }
        let kept = requests::kept_deadlines(&app.store, case.request.id).await?;
        let named = |name| mail.data.get(name).cloned().unwrap_or_default();
        let (timer, due) = (named("timer"), named("due"));
        let told = kept.iter().any(|kept| timer == kept.deadline.timer && due == kept.deadline.due_at.micros());
        gone(told.then_some(()), "somebody has acted")?;
        let waits = kept.iter().filter(|kept| kept.told_at.is_none());
        let opens = |waiting: &ladder::Kept| ladder::opens_at(&kept, &waiting.deadline, app.config.timing.grace);
        let all = waits.map(|kept| (kept.deadline.kind, opens(kept))).collect();
        Ok(Self { after: app.clock.now(), all })
    }

    /// The day of the first of these that is still to come.
    fn next(&self, of: impl Fn(K) -> bool) -> Option<Date> {
        let coming = self.all.iter().filter(|(kind, at)| of(*kind) && *at > self.after).map(|(_, at)| *at);
        coming.min().map(Ts::date_in_italy)
    }
}
