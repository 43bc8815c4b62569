//! The mails of a test: sent at once, read from memory. A test that sends any must leave none in the queue.
use super::Hub;
use innesto::{
    domain::mail::MailState,
    mail::{Outgoing, Transport},
    store::{Store, outbox},
    worker,
};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

const WAITING: [MailState; 3] = [MailState::Queued, MailState::Sending, MailState::Unsure];

/// Fails the test when it ends with mails in the queue, if it ever had any sent.
pub struct Watch {
    url: String,
    on: AtomicBool,
}

impl Watch {
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned(), on: AtomicBool::new(false) }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if !self.on.load(Relaxed) || std::thread::panicking() {
            return;
        }
        let url = self.url.clone();
        // Its own thread and connection: those of the test hang on a runtime that waits for us.
        let count = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let store = Store::open(&url).await.unwrap();
                let waiting = outbox::count(&store, &WAITING).await.unwrap();
                store.close().await;
                waiting
            })
        });
        assert_eq!(count.join().unwrap(), 0, "mails were left undelivered");
    }
}

impl Hub {
    /// Plans and sends all mails that are due.
    pub async fn deliver(&self) {
        self.mails.on.store(true, Relaxed);
        worker::deliver_due(&self.app).await.unwrap();
    }

    /// What was sent since it was last asked, oldest first.
    pub fn mailbox(&self) -> Vec<Outgoing> {
        let Transport::Memory(memory) = &self.app.mail else { panic!("mails do not stay here") };
        memory.take()
    }

    /// Sends what is due and says what went where: `address: subject`, sorted.
    pub async fn mailed(&self) -> Vec<String> {
        self.deliver().await;
        let mut mails: Vec<_> =
            self.mailbox().iter().map(|mail| format!("{}: {}", mail.to.email, mail.subject)).collect();
        mails.sort();
        mails
    }
}
