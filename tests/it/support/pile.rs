//! A pile of mails in the queue, written straight into it: invitations, since these are true for a month.
use innesto::{
    app::App,
    domain::{
        mail::{LetterKind, NewMail},
        permission::Role,
        person::{INVITATION_DAYS, Invitation},
        text::Language,
    },
    store::{invitations, outbox, territories},
};
use std::ops::Range;

/// To so many domains they go.
const DOMAINS: usize = 100;

/// Puts the mails with these numbers into the queue, each to an address of its own: `address(n)`.
pub async fn pile(app: &App, numbers: Range<usize>) {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await.unwrap());
    let territory = territories::find_by_slug(&mut tx, "bitonto").await.unwrap().unwrap().id;
    let invitation = Invitation {
        id: app.clock.id(),
        territory,
        email: address(numbers.start),
        name: "Chi è invitato".into(),
        role: Role::Member,
        invited_by: None,
        created_at: now,
        expires_at: now.plus_days(INVITATION_DAYS),
        accepted_at: None,
        revoked_at: None,
    };
    assert!(invitations::insert(&mut tx, &invitation).await.unwrap());
    for n in numbers {
        let mail = NewMail {
            id: app.clock.id(),
            cause: format!("pile:{n}"),
            recipient: format!("address:{}", address(n)),
            letter: LetterKind::Invitation,
            address: address(n),
            name: Some(format!("Persona {n}")),
            language: if n % 2 == 0 { Language::It } else { Language::En },
            data: [("subject".to_owned(), invitation.id.to_string().into())].into_iter().collect(),
            secret: None,
            thread: None,
            due_at: now,
            host: "hub.invalid".into(),
            created_at: now,
        };
        assert!(outbox::enqueue(&mut tx, &mail).await.unwrap());
    }
    tx.commit(now).await.unwrap();
}

/// The address of the mail with this number.
pub fn address(n: usize) -> String {
    format!("persona.{n}@ufficio-{}.invalid", n % DOMAINS)
}
