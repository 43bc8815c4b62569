//! Drives a subscription: takes news from its feed, asks again who the subscriber is, and executes the selection once
//! for each event, as the specification's `MapSourceToResponseEvent` has it.
use super::{EventCursor, Place, Shared, Source, Turn, document, shared::Channel};
use crate::{
    domain::{permission::Actor, refusal::Fault, text::Language},
    graphql::{Ask, HubSchema, RateLimit, context::Browser, error, guard::OperationKind, is_fault},
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
/// The longest answer to one event, in bytes.
const LONGEST: usize = 1 << 20;
/// How often it is asked whether the subscriber is still signed in, though nothing happens.
const ASKED_AGAIN: Duration = Duration::from_mins(1);

/// Takes the points of one more answer; where they do not suffice, how long to wait before asking again.
pub type Pay = Arc<dyn Fn(&Actor) -> Result<(), Duration> + Send + Sync>;

/// What is asked, judged by the guard.
#[derive(Clone)]
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
    /// What each further answer costs.
    pub pay: Pay,
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
    /// A query's or a mutation's one answer, as JSON, and whether something in it failed.
    Once(Arc<str>, bool),
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

/// An answer, or the one that ends the subscription because it failed by our fault.
type Told = Result<Arc<str>, Arc<str>>;

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
    if asked.kind == OperationKind::Mutation
        && document::chosen(&asked.document, asked.operation.as_deref())
            .is_ok_and(|operation| document::needs_cookies(&asked.document, operation))
    {
        let told = "Sign in and out by a plain POST: a stream or a socket cannot give or take a cookie.";
        return Err(vec![ServerError::new(told, None)]);
    }
    let is_subscription = asked.kind == OperationKind::Subscription;
    if is_subscription {
        document::flatten(&mut asked.document);
    }
    let actor = subscriber.actor.clone();
    let parts = Parts { live: live.clone(), schema: schema.clone(), subscriber, asked };
    if !is_subscription {
        return parts.once().await.map(|(json, failed)| Opened::Once(json, failed));
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

    async fn once(self) -> Result<(Arc<str>, bool), Vec<ServerError>> {
        let request = self.request(self.subscriber.actor.clone());
        let answer = self.guarded(self.schema.execute(request).map(Some)).await.unwrap_or_default();
        // The engine's own refusals have no path, and nothing was executed; a fault of ours says nothing of that.
        if !answer.errors.is_empty() && answer.errors.iter().all(|error| error.path.is_empty() && !is_fault(error)) {
            return Err(answer.errors);
        }
        let failed = !answer.errors.is_empty();
        Ok((self.written(answer), failed))
    }

    /// What the field answers on its turn: nothing where it only was to say where to begin.
    async fn executed(&self, actor: Actor, turn: Turn) -> Option<Response> {
        let mut answers = self.schema.execute_stream(self.request(actor).data(turn));
        self.guarded(answers.next()).await
    }

    /// A panic or an endless wait becomes the error of this answer; nothing else notices.
    async fn guarded(&self, answer: impl Future<Output = Option<Response>>) -> Option<Response> {
        let request_id = &self.subscriber.request_id;
        let run = Box::pin(AssertUnwindSafe(answer).catch_unwind());
        let error = match tokio::time::timeout(SLOWEST, run).await {
            Ok(Ok(answer)) => return answer,
            // Its words are in the log, by the hook of `command`.
            Ok(Err(_)) => error::unexplained(request_id),
            Err(_) => error::internal(&Fault::new("an answer took too long"), request_id),
        };
        Some(failed(error))
    }

    /// The answer as JSON.
    fn written(&self, mut answer: Response) -> Arc<str> {
        error::complete(&mut answer, &self.subscriber.request_id);
        serde_json::to_string(&answer)
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
            let told = match self.source {
                Source::Network => self.public(&news).await,
                Source::Viewer => match self.own(&news).await {
                    Ok(told) => told,
                    Err(last) => return Some(last),
                },
            };
            match told {
                None => {}
                Some(Ok(json)) => return Some(Delivery { cursor: Some(EventCursor(news.event.seq).opaque()), json }),
                // Without its cursor: who comes again is told of this event again.
                Some(Err(json)) => {
                    self.ended = true;
                    return Some(Delivery { cursor: None, json });
                }
            }
        }
        None
    }

    /// The answer that is the same for everybody.
    async fn public(&self, news: &Arc<News>) -> Option<Told> {
        news.network()?;
        let Some(channel) = &self.shared else { return Some(self.answer(Actor::Nobody, news).await) };
        if let Some(written) = channel.written(news.event.seq) {
            return Some(Ok(written));
        }
        // Outside of what is shared, so that nobody waits for another's points.
        self.pay().await;
        Some(channel.answer(news.event.seq, self.answer(Actor::Nobody, news)).await)
    }

    /// The answer for the subscriber alone, whose rights are read anew first.
    async fn own(&mut self, news: &Arc<News>) -> Result<Option<Told>, Delivery> {
        if news.changes(&self.actor) || news.concerns(&self.actor) {
            self.ask_again().await?;
        }
        if !news.concerns(&self.actor) {
            return Ok(None);
        }
        self.pay().await;
        Ok(Some(self.answer(self.actor.clone(), news).await))
    }

    /// Waits until there are points for one more answer: nothing is lost meanwhile.
    async fn pay(&self) {
        while let Err(wait) = (self.parts.asked.pay)(&self.actor) {
            tokio::time::sleep(wait).await;
        }
    }

    async fn answer(&self, actor: Actor, news: &Arc<News>) -> Told {
        let answer = self.parts.executed(actor, Turn::Event(Arc::clone(news))).await.unwrap_or_default();
        let is_faulty = answer.errors.iter().any(is_fault);
        let json = self.parts.written(answer);
        if json.len() > LONGEST {
            let told = "The answer to one event would have more than 1 MiB: ask for less about each.";
            let error = Error::new(told).extend_with(|_, extensions| extensions.set("code", "COST_LIMIT"));
            return Err(self.parts.written(failed(error)));
        }
        if is_faulty { Err(json) } else { Ok(json) }
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
        Delivery { cursor: None, json: self.parts.written(failed(error)) }
    }
}
