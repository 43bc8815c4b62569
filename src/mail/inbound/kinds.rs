//! What a mail is. Reports come first, since they are automatic too; what is left somebody wrote.
use super::{Reading, automatic, bounce, own, says, texts};
use crate::domain::inbound::Kind;
use mail_parser::Message;

pub(super) fn of(mail: &Message<'_>, reading: Reading<'_>) -> Kind {
    if let Some(kind) = certified(mail, reading) {
        return kind;
    }
    if let Some(kind) = bounce::report(mail, reading) {
        return kind;
    }
    if is_one_of_ours(mail, reading.host) {
        return Kind::Loop;
    }
    if says(mail, "Content-Type", &["disposition-notification"]) {
        return Kind::Receipt;
    }
    if let Some(kind) = bounce::told(mail, reading) {
        return kind;
    }
    if automatic::is(mail) { Kind::Automatic } else { Kind::Answer(own::words(mail)) }
}

/// The receipts of Italian certified mail (DPR 68/2005, D.M. 2/11/2005): of acceptance, of delivery, and of its failure.
fn certified(mail: &Message<'_>, reading: Reading<'_>) -> Option<Kind> {
    let receipt = texts(mail, "X-Ricevuta").next().map(str::to_lowercase);
    let subject = mail.subject().unwrap_or_default().trim().to_lowercase();
    let of_certified = mail.from().and_then(|from| from.first()).and_then(|from| from.address());
    let of_certified = of_certified.is_some_and(|address| address.to_lowercase().starts_with("posta-certificata@"));
    let failed = ["errore-consegna", "non-accettazione", "rilevazione-virus"];
    let failed_subjects = ["avviso di mancata consegna", "avviso di non accettazione"];
    let well = ["accettazione:", "consegna:", "presa in carico:"];
    match receipt.as_deref() {
        Some(receipt) if failed.contains(&receipt) => Some(Kind::Bounce(bounce::quoted(mail, reading))),
        Some(receipt) if receipt.starts_with("preavviso") => Some(Kind::Delayed),
        Some(_) => Some(Kind::Receipt),
        None if of_certified && failed_subjects.iter().any(|words| subject.starts_with(words)) => {
            Some(Kind::Bounce(bounce::quoted(mail, reading)))
        }
        None if of_certified && well.iter().any(|words| subject.starts_with(words)) => Some(Kind::Receipt),
        None => None,
    }
}

/// Our own Message-ID on a mail that comes in: an alias or a forwarding points back at us.
fn is_one_of_ours(mail: &Message<'_>, host: &str) -> bool {
    mail.message_id().is_some_and(|id| !bounce::ids_in(id, host).is_empty())
}
