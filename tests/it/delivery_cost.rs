//! What a mail costs the database: counted, since a statement more for each is felt by everybody who waits in the queue.
use crate::support::{
    pile::pile,
    smtp::{Script, SmtpServer},
};
use innesto::{
    app::App,
    domain::mail::MailState,
    mail::{Smtp, Transport},
    store::outbox,
    worker,
};

const MAILS: usize = 300;

on_both! {
    async fn a_mail_costs_what_it_reads_and_the_note_that_it_left(hub: Hub) {
        // As in the hub that runs: what imports alone change is read again when there was one.
        let hearing = hub.listen().await;
        hub.deliver().await;
        let server = SmtpServer::start(Script::Accept).await;
        let app = App { mail: Transport::Smtp(Smtp::from_url(&server.url()).unwrap()), ..hub.app.clone() };
        pile(&app, 0..MAILS).await;
        let before = app.store.statements();
        worker::deliver_due(&app).await.unwrap();
        let spent = app.store.statements() - before;
        assert_eq!(outbox::count(&app.store, &[MailState::Sent]).await.unwrap(), i64::try_from(MAILS).unwrap());
        // Whether its address is written to, the invitation, the note; and where every lot is the smallest, two statements
        // for each ten mails. What is left over is for looking whether there is anything to do.
        let most = 3 * MAILS + 2 * MAILS.div_ceil(10) + 20;
        assert!(usize::try_from(spent).unwrap() <= most, "{spent} statements for {MAILS} mails");
        // Ten at once, twenty over each line.
        assert!(server.heard().connections <= MAILS / 20 + 20, "{} connections", server.heard().connections);
        hearing.abort();
    }
}
