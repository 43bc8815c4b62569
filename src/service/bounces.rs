//! Mails that came back: the mail has failed, its address may not be written to any more, and somebody else is told.
use super::undelivered;
use crate::{
    app::App,
    domain::{
        bounce::{BounceCause, Suppression},
        id::OutboxId,
        inbound::Bounce,
        mail::Mail,
        refusal::Fault,
        text::Language,
    },
    store::{Tx, outbox, suppressions},
};

/// A report came in. Which mail it is about says the address it came to; where that is lost, the Message-ID that it
/// quotes, if it names the mail's own address or none. Gives back the mail, if there is such a one.
///
/// # Errors
/// A fault from the database.
pub async fn came_back(
    tx: &mut Tx,
    app: &App,
    named: Option<OutboxId>,
    bounce: &Bounce,
) -> Result<Option<OutboxId>, Fault> {
    let Some(mail) = find(tx, named, bounce).await? else { return Ok(None) };
    let cause = BounceCause::of(bounce);
    let reason = format!("respinta: {} ({})", cause.words(Language::It), bounce.said);
    if outbox::came_back(tx, mail.id, cause, &reason).await? {
        note(tx, app, &mail, cause, &bounce.said).await?;
        undelivered::tell(tx, app, mail.id).await?;
    }
    Ok(Some(mail.id))
}

async fn find(tx: &mut Tx, named: Option<OutboxId>, bounce: &Bounce) -> Result<Option<Mail>, Fault> {
    if let Some(id) = named {
        return outbox::find(&mut *tx, id).await;
    }
    for id in &bounce.message_ids {
        if let Some(mail) = outbox::find_by_message_id(&mut *tx, id).await? {
            let same = bounce.recipient.as_ref().is_none_or(|to| to.eq_ignore_ascii_case(&mail.address));
            return Ok(same.then_some(mail));
        }
    }
    Ok(None)
}

/// A server refused a mail while it was handed over, for good.
///
/// # Errors
/// A fault from the database.
pub async fn refused(tx: &mut Tx, app: &App, id: OutboxId, said: &str) -> Result<(), Fault> {
    let Some(mail) = outbox::find(&mut *tx, id).await? else { return Ok(()) };
    let code = said.split(|c: char| !c.is_ascii_digit() && c != '.').find(|word| {
        let mut parts = word.split('.');
        parts.next() == Some("5") && parts.clone().count() == 2 && parts.all(|part| (1..=3).contains(&part.len()))
    });
    let bounce = Bounce { status: code.map(str::to_owned), said: said.to_owned(), ..Bounce::default() };
    let cause = BounceCause::of(&bounce);
    outbox::note_bounce(tx, id, cause).await?;
    // Only what is surely said of the address: our own relay refuses for reasons of its own.
    if cause.is_of_the_address() {
        note(tx, app, &mail, cause, said).await?;
    }
    undelivered::tell(tx, app, id).await
}

async fn note(tx: &mut Tx, app: &App, mail: &Mail, cause: BounceCause, said: &str) -> Result<(), Fault> {
    if mail.address.is_empty() || !cause.counts() {
        return Ok(());
    }
    let suppression = Suppression {
        id: app.clock.id(),
        address: mail.address.to_lowercase(),
        cause,
        said: said.chars().filter(|c| !c.is_control()).take(300).collect(),
        mail: mail.id,
        failures: 1,
        last_at: app.clock.now(),
        since: None,
    };
    suppressions::note(tx, &suppression, cause.is_of_the_address()).await
}
