//! The letters about the steps of a request.
use super::{Unwritten, Written, gone, matter::Case, news, reader::Reader};
use crate::{
    app::App,
    domain::{
        mail::{LetterKind, Mail},
        refusal::Fault,
        request::{DeadlineKind, Moment, Party, RequestState, guard, lifecycle},
        text::Language,
        word::Word,
    },
    mail::{Alternative, Letter, ReplicationResult, SupportLevel},
    service::requests,
    store::{contacts, practices, requests as stored},
};

/// The letter of this kind about the step the mail names.
pub(super) async fn letter(app: &App, mail: &Mail, kind: LetterKind, reader: &Reader) -> Written<Letter> {
    let id = gone(mail.id("subject"), "it names no request")?;
    let case = Case::find(app, id).await?;
    if reader.side.is_some_and(|side| side != case.request.requester && side != case.request.owner) {
        return Err(Unwritten::Suppressed("the request is no longer the reader's"));
    }
    let version = mail.data.get("version").and_then(serde_json::Value::as_i64);
    let story = stored::story_of(&app.store, &[id]).await?;
    let step = gone(story.into_iter().find(|step| Some(step.version) == version), "the step is gone")?;
    match kind {
        LetterKind::RequestReceived | LetterKind::RequestCopy => sent(app, &case, &step, kind),
        LetterKind::Acknowledged => Ok(Letter::Acknowledged {
            matter: case.matter(app),
            by_facilitator: step.party == Party::Facilitator,
            due: case.day_after(&step, DeadlineKind::Remind),
        }),
        LetterKind::Accepted => accepted(app, &case, &step).await,
        LetterKind::Declined => declined(app, &case, &step, mail.language).await,
        LetterKind::OutcomeForConfirmation | LetterKind::Completed => completed(app, &case, &step, kind),
        LetterKind::SignInCode
        | LetterKind::Invitation
        | LetterKind::NeedMatched
        | LetterKind::NewMessage
        | LetterKind::Digest
        | LetterKind::ReplyNotTaken
        | LetterKind::Undelivered => Err(Unwritten::Wrong("it is about no request".to_owned())),
        _ => news::letter(app, mail, kind, &case, &step, reader).await,
    }
}

fn sent(app: &App, case: &Case, step: &Moment, kind: LetterKind) -> Written<Letter> {
    let request = &case.request;
    if request.state == RequestState::Withdrawn {
        return Err(Unwritten::Suppressed("the request was taken back"));
    }
    // What is given may differ later; what was asked is what both read here.
    let support_level = level(request.support_level.map(Word::as_str))?;
    let (matter, need, wished_start) = (case.matter(app), request.need.clone(), request.wished_start);
    let due = case.day_after(step, DeadlineKind::Remind);
    let expires = case.day_after(step, DeadlineKind::Expire);
    Ok(match kind {
        LetterKind::RequestCopy => Letter::RequestCopy { matter, support_level, need, wished_start, due, expires },
        _ => Letter::RequestReceived { matter, support_level, need, wished_start, due, expires },
    })
}

fn level(word: Option<&str>) -> Written<SupportLevel> {
    let word = word.ok_or_else(|| Unwritten::Wrong("the request has no support level".to_owned()))?;
    word.parse().map_err(|error| Unwritten::Fault(Fault::new(error)))
}

pub(super) fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

async fn accepted(app: &App, case: &Case, step: &Moment) -> Written<Letter> {
    let mentor = gone(case.request.mentor, "the request has no mentor any more")?;
    let mentor = contacts::find_many(&app.store, &[mentor]).await?.into_iter().next();
    Ok(Letter::Accepted {
        matter: case.matter(app),
        support_level: level(case.request.support_level.map(Word::as_str))?,
        mentor: gone(mentor, "the mentor is gone")?.name,
        first_date: gone(case.request.first_date, "the request has no first date any more")?,
        note: said(&step.text),
    })
}

async fn declined(app: &App, case: &Case, step: &Moment, language: Language) -> Written<Letter> {
    let reason_label = reason(app, step, language).await?.unwrap_or_default();
    let alternatives = alternatives(app, case).await?;
    Ok(Letter::Declined { matter: case.matter(app), reason_label, text: said(&step.text), alternatives })
}

/// The reason of a step, in the reader's language.
pub(super) async fn reason(app: &App, step: &Moment, language: Language) -> Written<Option<String>> {
    let line = lifecycle::transition(step.step, step.from_state);
    let Some((scheme, code)) = line.and_then(guard::reason_due).zip(step.reason.clone()) else { return Ok(None) };
    let atlas = app.store.atlas().await?;
    let label = atlas.with_code(scheme, &code).last().map(|term| language.pick(&term.label_it, &term.label_en).clone());
    Ok(Some(label.unwrap_or(code)))
}

/// Practices to ask for instead.
pub(super) async fn alternatives(app: &App, case: &Case) -> Written<Vec<Alternative>> {
    let (atlas, mut alternatives) = (app.store.atlas().await?, Vec::new());
    for (_, practice) in requests::alternatives(app, &[case.request.id]).await? {
        let Some(practice) = practices::find(&app.store, practice).await? else { continue };
        let Some(owner) = atlas.territory(practice.owner) else { continue };
        let url = app.config.link(&format!("/practices/{}", practice.slug));
        alternatives.push(Alternative { title: practice.title, territory: owner.full_name(), url });
    }
    Ok(alternatives)
}

fn completed(app: &App, case: &Case, step: &Moment, kind: LetterKind) -> Written<Letter> {
    let outcome = gone(case.request.outcome.as_ref(), "the request has no outcome any more")?;
    let result: ReplicationResult =
        outcome.result.as_str().parse().map_err(|error| Unwritten::Fault(Fault::new(error)))?;
    let due = case.day_after(step, DeadlineKind::Confirm);
    let days = step.at.date_in_italy().until(due).map_or(0, |span| span.get_days());
    let days = u32::try_from(days).unwrap_or_default();
    let (matter, outcome_url) = (case.matter(app), format!("{}/outcome", case.link(app)));
    Ok(match kind {
        LetterKind::Completed => Letter::CompletedCopy { matter, result, outcome_url, days, due },
        _ if case.request.confirmation.is_some() => return gone(None, "the outcome was confirmed already"),
        _ => Letter::Completed { matter, result, outcome_url, days, due },
    })
}
