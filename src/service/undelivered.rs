//! A mail that failed for good is told to the territory for which it was written, so that somebody takes the
//! telephone.
use crate::{
    domain::{
        event::{EventKind, NewEvent},
        id::{OutboxId, TerritoryId, kind},
        mail::{LetterKind, Mail},
        refusal::Fault,
        word::Word,
    },
    store::{Tx, events, outbox},
};

/// Notes in the log that this mail failed. Mails that nobody's territory wrote (sign-in codes) are only logged.
///
/// # Errors
/// A fault from the database.
pub async fn tell(tx: &mut Tx, id: OutboxId) -> Result<(), Fault> {
    let Some(mail) = outbox::find(&mut *tx, id).await? else { return Ok(()) };
    let Some(territory) = sender(tx, &mail).await? else { return Ok(()) };
    let Some(subject) = mail.id::<()>("subject") else { return Ok(()) };
    let event = NewEvent::new(EventKind::MailFailed, subject).id("mail", mail.id).id("territory", territory);
    tx.emit(event.note("letter", mail.letter));
    Ok(())
}

/// The territory on whose behalf the mail was written.
async fn sender(tx: &mut Tx, mail: &Mail) -> Result<Option<TerritoryId>, Fault> {
    use LetterKind as L;
    let Some(seq) = mail.cause.strip_prefix("event:").and_then(|seq| seq.parse::<i64>().ok()) else { return Ok(None) };
    let Some(cause) = events::after(tx, seq - 1, 1).await?.into_iter().next().filter(|event| event.seq == seq) else {
        return Ok(None);
    };
    Ok(match L::parse(&mail.letter) {
        Some(L::Invitation | L::NewMessage) => cause.id("territory"),
        Some(L::RequestReceived | L::RequestCopy | L::OutcomeForConfirmation | L::Completed) => cause.id("requester"),
        Some(L::Acknowledged | L::Accepted | L::Declined) => cause.id("owner"),
        // Nobody waits for what a letter tells who watches a need, and a draft is nobody else's business.
        Some(L::SignInCode | L::NeedMatched | L::Digest | L::DraftNudge | L::DraftDiscardNotice) | None => None,
        Some(_) if mail.id("side") == cause.id::<kind::Territory>("requester") => cause.id("owner"),
        Some(_) => cause.id("requester"),
    })
}
