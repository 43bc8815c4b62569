//! What an event says to people, in one sentence: for the log that stewards read.
use super::{event::EventKind, text::Language};

/// What happened, in one sentence without a subject: who and what about stand beside it.
#[must_use]
pub fn told(kind: EventKind, language: Language) -> &'static str {
    let (it, en) = both(kind);
    language.pick(it, en)
}

fn both(kind: EventKind) -> (&'static str, &'static str) {
    use EventKind as K;
    match kind {
        K::TerritoriesImported => ("Elenco dei territori importato.", "The list of territories was imported."),
        K::VocabularyImported => ("Vocabolario modificato.", "A vocabulary was changed."),
        K::PracticeCreated => ("Bozza di pratica creata.", "A draft practice was made."),
        K::PracticeUpdated => ("Testo della pratica modificato.", "The text of a practice was changed."),
        K::PracticeSubmitted => ("Pratica inviata in revisione.", "A practice was handed in for review."),
        K::PracticeReturned => ("Pratica restituita con osservazioni.", "A practice was sent back with remarks."),
        K::PracticePublished => ("Pratica pubblicata.", "A practice was published."),
        K::PracticeDeleted => ("Bozza di pratica eliminata.", "A draft practice was thrown away."),
        K::PracticeArchived => ("Pratica archiviata.", "A practice was put away."),
        K::KitChanged => ("Kit di riuso modificato.", "The kit of a practice was changed."),
        K::DocumentUploaded => ("Documento caricato.", "A document was uploaded."),
        K::ContactsChanged => ("Referenti modificati.", "Contact people were changed."),
        K::DutiesHandedOver => ("Incarichi passati a un altro referente.", "Duties passed to another contact person."),
        K::LineageDeclared => ("Discendenza dichiarata.", "A lineage was declared."),
        K::LineageConfirmed => ("Discendenza confermata.", "A lineage was confirmed."),
        K::ConversationStarted => ("Conversazione iniziata.", "A conversation began."),
        K::MessagePosted => ("Messaggio scritto.", "A message was written."),
        K::MessageRetracted => ("Messaggio ritirato.", "A message was taken back."),
        K::NeedPosted => ("«Cerco» pubblicato.", "A need was posted."),
        K::NeedChanged => ("«Cerco» modificato.", "A need was changed."),
        K::NeedClosed => ("«Cerco» chiuso.", "A need was closed."),
        K::NeedMatched => ("Trovata una pratica per un «cerco».", "A practice was found for a need."),
        K::MemberInvited => ("Persona invitata in un territorio.", "Somebody was invited to a territory."),
        K::MemberJoined => ("Persona entrata in un territorio.", "Somebody joined a territory, or got another role."),
        K::MemberRemoved => ("Persona uscita da un territorio.", "Somebody left a territory."),
        K::SignedIn => ("Accesso effettuato.", "Somebody signed in."),
        K::SignedOut => ("Sessione chiusa.", "A session ended."),
        K::PersonErased => ("Dati di una persona cancellati.", "A person's data were erased."),
        K::TokenCreated => ("Chiave API creata.", "An API token was made."),
        K::TokenRevoked => ("Chiave API revocata.", "An API token was revoked."),
        K::SuppressionLifted => {
            ("Indirizzo di posta riammesso.", "An address that mails came back from is written to again.")
        }
        K::MailFailed => ("Posta non recapitata.", "A mail could not be delivered."),
        of_a_request => request(of_a_request),
    }
}

fn request(kind: EventKind) -> (&'static str, &'static str) {
    use EventKind as K;
    match kind {
        K::RequestCreated => ("Bozza di richiesta creata.", "A draft request was made."),
        K::RequestEdited => ("Bozza di richiesta modificata.", "A draft request was changed."),
        K::RequestDiscarded => ("Bozza di richiesta eliminata.", "A draft request was thrown away."),
        K::RequestSent => ("Richiesta inviata.", "A request was sent."),
        K::RequestAcknowledged => ("Richiesta presa in carico.", "A request was taken up."),
        K::RequestAccepted => ("Richiesta accettata.", "A request was accepted."),
        K::RequestDeclined => ("Richiesta rifiutata.", "A request was declined."),
        K::RequestExtended => ("Termine della richiesta prorogato.", "The owner got more time for a request."),
        K::RequestExpired => ("Richiesta scaduta.", "A request expired."),
        K::RequestSentAgain => ("Richiesta inviata di nuovo.", "A request was sent again."),
        K::AgreementRecorded => ("Accordo registrato.", "An agreement was recorded."),
        K::RequestStarted => ("Replica avviata.", "A replication began."),
        K::RequestCheckedIn => ("Avanzamento della replica riferito.", "It was told how a replication goes."),
        K::RequestCompleted => ("Replica completata.", "A replication was completed."),
        K::RequestInterrupted => ("Replica interrotta.", "A replication was interrupted."),
        K::RequestReopened => ("Replica ripresa.", "A replication was taken up again."),
        K::OutcomeConfirmed => ("Esito confermato.", "An outcome was confirmed."),
        K::RequestFollowedUp => {
            ("Riferito se la replica funziona ancora.", "It was told whether a replication still runs.")
        }
        K::RequestWithdrawn => ("Richiesta ritirata.", "A request was withdrawn."),
        K::DeadlineReached => ("Termine di una richiesta raggiunto.", "A deadline of a request was reached."),
        K::RequestAnnulled => ("Richiesta annullata.", "A request was annulled."),
        _ => ("Evento.", "An event."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::word::Word;

    #[test]
    fn every_event_has_a_sentence_of_its_own() {
        for language in Language::ALL {
            let mut told: Vec<_> = EventKind::ALL.iter().map(|kind| super::told(*kind, *language)).collect();
            told.sort_unstable();
            told.dedup();
            assert_eq!(told.len(), EventKind::ALL.len());
            assert!(!told.contains(&"Evento.") && !told.contains(&"An event."));
        }
    }
}
