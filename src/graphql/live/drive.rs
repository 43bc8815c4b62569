//! Drives a subscription: takes news from its feed, asks again who the subscriber is, and executes the selection once
//! for each event, as the specification's `MapSourceToResponseEvent` has it.
use super::{EventCursor, Place, Shared, Source, Turn, document, shared::Channel};
use crate::{
    domain::{permission::Actor, refusal::Fault, text::Language},
    graphql::{Ask, HubSchema, RateLimit, context::Browser, error, guard::OperationKind},
    service::live::{Credential, Feed, Live, News},
};
use async_graphql::{
    Error, ErrorExtensions, Request, Response, ServerError, Variables, parser::types::ExecutableDocument,
};
use futures_util::{FutureExt, StreamExt};
use std::{
    net::IpAddr,
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::time::{Interval, interval};

/// The longest that one answer may take.
const SLOWEST: Duration = Duration::from_secs(30);
/// How often it is asked whether the subscriber is still signed in, though nothing happens.
const ASKED_AGAIN: Duration = Duration::from_mins(1);

/// What is asked, judged by the guard.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The hash of the document's text.
    pub hash: String,
    /// The document, read.
    pub document: ExecutableDocument,
    /// Which of its operations.
    pub operation: Option<String>,
    /// The values of its variables, as the guard made them fit their types.
    pub variables: Variables,
    /// What the operation does.
    pub kind: OperationKind,
    /// What it cost, and what is left.
    pub rate_limit: RateLimit,
}

/// Who subscribes.
#[derive(Clone)]
pub struct Subscriber {
    /// Who it is at the beginning.
    pub actor: Actor,
    /// What it proved that with.
    pub credential: Credential,
    /// The language of the answers' sentences.
    pub language: Language,
    /// The network address asked from.
    pub address: IpAddr,
    /// What the browser sent along.
    pub browser: Browser,
    /// Named in errors and in the log.
    pub request_id: String,
}

/// What came of opening an operation.
pub enum Opened {
    /// A query's or a mutation's one answer, as JSON.
    Once(Arc<str>),
    /// A subscription.
    Stream(Box<Subscription>),
}

/// One answer of a subscription.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The place of its event; none for the error that ends the subscription.
    pub cursor: Option<String>,
    /// The answer, as JSON.
    pub json: Arc<str>,
}

/// A running subscription.
pub struct Subscription {
    parts: Parts,
    actor: Actor,
    source: Source,
    feed: Feed,
    shared: Option<Arc<Channel>>,
    again: Interval,
    ended: bool,
}

struct Parts {
    live: Live,
    schema: HubSchema,
    subscriber: Subscriber,
    asked: Asked,
}

/// Opens an operation: answers a query or a mutation, begins a subscription. A place in the log that the transport knows
/// (`resume`) goes before the argument `after`.
///
/// # Errors
/// What is wrong with its one field or its arguments; then nothing was executed.
pub async fn open(
    (live, schema, shared): (&Live, &HubSchema, &Shared),
    subscriber: Subscriber,
    mut asked: Asked,
    resume: Option<EventCursor>,
) -> Result<Opened, Vec<ServerError>> {
    let is_subscription = asked.kind == OperationKind::Subscription;
    if is_subscription {
        document::flatten(&mut asked.document);
    }
    let actor = subscriber.actor.clone();
    let parts = Parts { live: live.clone(), schema: schema.clone(), subscriber, asked };
    if !is_subscription {
        return parts.once().await.map(Opened::Once);
    }
    let operation = document::chosen(&parts.asked.document, parts.asked.operation.as_deref());
    let apart = operation.and_then(document::only_field).map_err(|error| vec![error])?;
    let place = Arc::new(OnceLock::new());
    let opening = Turn::Opening { resume, place: Arc::clone(&place) };
    if let Some(refused) = parts.executed(actor.clone(), opening).await {
        return Err(refused.errors);
    }
    let Some(Place { source, after }) = place.get().copied() else {
        return Err(vec![ServerError::new("The subscription could not be opened.", None)]);
    };
    let shared =
        (source == Source::Network).then(|| shared.channel(&parts.asked, apart.as_deref(), parts.subscriber.language));
    let mut again = interval(ASKED_AGAIN);
    again.reset();
    let feed = live.feed(after);
    Ok(Opened::Stream(Box::new(Subscription { parts, actor, source, feed, shared, again, ended: false })))
}

impl Parts {
    fn request(&self, actor: Actor) -> Request {
        let Subscriber { language, address, browser, request_id, .. } = &self.subscriber;
        let mut ask = Ask::new(self.live.app(), actor, *language, request_id.clone());
        (ask.network, ask.browser, ask.rate_limit) = (address.to_string(), browser.clone(), self.asked.rate_limit);
        let mut request = Request::new("").variables(self.asked.variables.clone()).data(ask);
        request.operation_name.clone_from(&self.asked.operation);
        request.set_parsed_query(self.asked.document.clone());
        request
    }

    async fn once(self) -> Result<Arc<str>, Vec<ServerError>> {
        let request = self.request(self.subscriber.actor.clone());
        let answer = self.guarded(self.schema.execute(request).map(Some)).await.unwrap_or_default();
        // Errors without a path come from reading the document: nothing was executed.
        if !answer.errors.is_empty() && answer.errors.iter().all(|error| error.path.is_empty()) {
            return Err(answer.errors);
        }
        Ok(self.written(&answer))
    }

    /// What the field answers on its turn: nothing where it only was to say where to begin.
    async fn executed(&self, actor: Actor, turn: Turn) -> Option<Response> {
        let mut answers = self.schema.execute_stream(self.request(actor).data(turn));
        self.guarded(answers.next()).await
    }

    /// A panic or an endless wait becomes the error of this answer; nothing else notices.
    async fn guarded(&self, answer: impl Future<Output = Option<Response>>) -> Option<Response> {
        let run = AssertUnwindSafe(answer).catch_unwind();
        let fault = match tokio::time::timeout(SLOWEST, run).await {
            Ok(Ok(answer)) => return answer,
            Ok(Err(panic)) => {
                let said = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
                Fault::new(said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default())
            }
            Err(_) => Fault::new("an answer took too long"),
        };
        Some(failed(error::internal(&fault, &self.subscriber.request_id)))
    }

    fn written(&self, answer: &Response) -> Arc<str> {
        serde_json::to_string(answer)
            .unwrap_or_else(|error| {
                tracing::error!(request_id = self.subscriber.request_id, %error, "an answer could not be written");
                r#"{"data":null,"errors":[{"message":"Something went wrong on our side."}]}"#.to_owned()
            })
            .into()
    }
}

/// An answer that is only an error.
fn failed(error: Error) -> Response {
    // The place in the document says nothing here: the whole subscription is meant.
    let mut error = error.into_server_error(async_graphql::Pos::default());
    error.locations.clear();
    Response::from_errors(vec![error])
}

impl Subscription {
    /// The next answer; `None` at the end. An error that ends the subscription is its last answer.
    pub async fn next(&mut self) -> Option<Delivery> {
        while !self.ended {
            let news = tokio::select! {
                news = self.feed.next() => news,
                _ = self.again.tick(), if self.source == Source::Viewer => {
                    match self.ask_again().await {
                        Ok(()) => continue,
                        Err(last) => return Some(last),
                    }
                }
            };
            let news = match news {
                Ok(news) => news,
                Err(fault) => return Some(self.end(error::internal(&fault, &self.parts.subscriber.request_id))),
            };
            let json = match self.source {
                Source::Network => self.public(&news).await,
                Source::Viewer => match self.own(&news).await {
                    Ok(json) => json,
                    Err(last) => return Some(last),
                },
            };
            if let Some(json) = json {
                return Some(Delivery { cursor: Some(EventCursor(news.event.seq).opaque()), json });
            }
        }
        None
    }

    /// The answer that is the same for everybody.
    async fn public(&self, news: &Arc<News>) -> Option<Arc<str>> {
        news.network()?;
        let write = self.answer(Actor::Nobody, news);
        match &self.shared {
            Some(channel) => Some(channel.answer(news.event.seq, write).await),
            None => Some(write.await),
        }
    }

    /// The answer for the subscriber alone, whose rights are read anew first.
    async fn own(&mut self, news: &Arc<News>) -> Result<Option<Arc<str>>, Delivery> {
        if news.changes(&self.actor) || news.concerns(&self.actor) {
            self.ask_again().await?;
        }
        if !news.concerns(&self.actor) {
            return Ok(None);
        }
        Ok(Some(self.answer(self.actor.clone(), news).await))
    }

    async fn answer(&self, actor: Actor, news: &Arc<News>) -> Arc<str> {
        let answer = self.parts.executed(actor, Turn::Event(Arc::clone(news))).await.unwrap_or_default();
        self.parts.written(&answer)
    }

    /// Reads who the subscriber is by now.
    async fn ask_again(&mut self) -> Result<(), Delivery> {
        self.again.reset();
        match self.parts.subscriber.credential.actor(self.parts.live.app()).await {
            Ok(Some(actor)) => {
                self.actor = actor;
                Ok(())
            }
            Ok(None) => {
                let told = match self.parts.subscriber.language {
                    Language::It => "La sessione è terminata: accedete di nuovo, poi riprendete dall'ultimo cursore.",
                    Language::En => "Your session has ended: sign in again, then resume after the last cursor.",
                };
                let error = Error::new(told).extend_with(|_, extensions| extensions.set("code", "SIGN_IN_NEEDED"));
                Err(self.end(error))
            }
            Err(fault) => Err(self.end(error::internal(&fault, &self.parts.subscriber.request_id))),
        }
    }

    fn end(&mut self, error: Error) -> Delivery {
        self.ended = true;
        Delivery { cursor: None, json: self.parts.written(&failed(error)) }
    }
}
