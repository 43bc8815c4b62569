//! One operation of a WebSocket: a task of its own, which answers, ends, and takes nothing else with it.
use super::{Hub, message, open, request_id};
use crate::{
    graphql::live::{Opened, Subscriber},
    http::graphql::Question,
};
use axum::extract::ws::Message;
use futures_util::FutureExt;
use serde_json::json;
use std::{
    collections::HashMap,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{sync::mpsc, task::AbortHandle};

const OUR_SIDE: &str = "Something went wrong on our side. Please try again.";

/// The operations that run, by id; ended when the connection is.
#[derive(Clone, Default)]
pub(super) struct Running(Arc<Mutex<HashMap<String, (u64, AbortHandle)>>>);

/// Why an operation cannot begin.
pub(super) enum Unbegun {
    /// One with that id runs.
    Taken,
    /// As many run as may.
    Full,
}

impl Running {
    /// Begins an operation, where its id is free and there is room.
    pub(super) fn begin(&self, operation: Operation, question: Question, most: usize) -> Result<(), Unbegun> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains_key(&operation.id) {
            return Err(Unbegun::Taken);
        }
        if running.len() >= most {
            return Err(Unbegun::Full);
        }
        let (id, number) = (operation.id.clone(), operation.number);
        // Under the lock, so that it is noted before it can end.
        let task = tokio::spawn(operation.run(question));
        running.insert(id, (number, task.abort_handle()));
        Ok(())
    }

    /// Takes an operation out, where it is still the one with this number. False where somebody did so before.
    fn end(&self, id: &str, number: u64) -> bool {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_there = running.get(id).is_some_and(|(there, _)| *there == number);
        is_there && running.remove(id).is_some()
    }

    /// Ends an operation that nobody wants any more.
    pub(super) fn abort(&self, id: &str) {
        if let Some((_, task)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id) {
            task.abort();
        }
    }

    /// Ends all.
    pub(super) fn abort_all(&self) {
        for (_, (_, task)) in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain() {
            task.abort();
        }
    }
}

/// One operation of a connection.
pub(super) struct Operation {
    pub hub: Hub,
    pub subscriber: Subscriber,
    /// As the client calls it.
    pub id: String,
    /// Which of the connection's operations: ids come again.
    pub number: u64,
    pub out: mpsc::Sender<Message>,
    pub running: Running,
}

impl Operation {
    async fn run(self, question: Question) {
        let last = AssertUnwindSafe(self.answer(question))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Some(self.failed("INTERNAL", OUR_SIDE)));
        // Taken out before the end is told, so that the id may be used again as soon as it is heard.
        if self.running.end(&self.id, self.number)
            && let Some(last) = last
        {
            say(&self.out, last).await;
        }
    }

    /// The error that says why it was not begun.
    pub(super) fn failed(&self, code: &str, told: &str) -> String {
        message::error(
            &self.id,
            &[json!({ "message": told, "extensions": { "code": code, "requestId": self.subscriber.request_id } })],
        )
    }

    /// Sends the answers; gives back the last message. None where nobody listens any more.
    async fn answer(&self, question: Question) -> Option<String> {
        let mut subscriber = self.subscriber.clone();
        subscriber.request_id = request_id(&self.hub);
        let id = subscriber.request_id.clone();
        // The connection may be days old.
        match subscriber.credential.actor(&self.hub.app).await {
            Ok(Some(actor)) => subscriber.actor = actor,
            Ok(None) => {
                let told = "Your session or token has ended: sign in again and open a new connection.";
                return Some(self.failed("SIGN_IN_NEEDED", told));
            }
            Err(fault) => {
                tracing::error!(request_id = subscriber.request_id, %fault, "a subscriber could not be recognised");
                return Some(self.failed("INTERNAL", OUR_SIDE));
            }
        }
        match open(&self.hub, subscriber, question, None, None).await {
            Err(rejected) => return Some(message::error(&self.id, &rejected.errors(&id))),
            Ok((Opened::Once(answer, _), _)) => {
                self.out.send(Message::text(message::next(&self.id, &answer))).await.ok()?;
            }
            Ok((Opened::Stream(mut subscription), _)) => {
                while let Some(delivery) = subscription.next().await {
                    self.out.send(Message::text(message::next(&self.id, &delivery.json))).await.ok()?;
                }
            }
        }
        Some(message::complete(&self.id))
    }
}

/// Puts a message into the queue.
pub(super) async fn say(out: &mpsc::Sender<Message>, text: String) {
    // Where the writer is gone the reader hears of it by itself.
    let _ = out.send(Message::text(text)).await;
}
