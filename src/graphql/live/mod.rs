//! Subscriptions: the log's news as GraphQL. A field's source is driven from outside ([`Subscription`]): its resolver is
//! asked once where to begin, and then once for each event, with a viewer and loaders that are new each time.
mod cursor;
mod deadline;
mod document;
mod drive;
mod mail;
mod network;
mod shared;
mod viewer;

pub use cursor::EventCursor;
pub use drive::{Asked, Delivery, Opened, Pay, Subscriber, Subscription, open};
pub(super) use mail::MailLetter;
pub use shared::Shared;

use super::{Ask, error::bad_argument};
use crate::service::live::{Live, News};
use async_graphql::{Context, Error, Result};
use futures_util::stream::{self, Iter};
use network::NetworkEvent;
use std::sync::{Arc, OnceLock};
use viewer::ViewerEvent;

/// Which news a subscription is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Viewer,
    Network,
}

/// Where a subscription begins.
#[derive(Clone, Copy, Debug)]
struct Place {
    source: Source,
    after: i64,
}

/// What the field's resolver finds in its request.
enum Turn {
    /// To say where to begin; a place that the transport knows goes before the argument.
    Opening { resume: Option<EventCursor>, place: Arc<OnceLock<Place>> },
    /// To tell of this.
    Event(Arc<News>),
}

type Once<T> = Iter<std::option::IntoIter<T>>;

/// What happens, as it happens.
#[derive(Default)]
pub struct LiveSubscription;

/// What happens, as it happens.
#[async_graphql::Subscription(name = "Subscription")]
impl LiveSubscription {
    /// What happens to the viewer's own affairs: messages, steps of requests, practices, practices found for needs, members,
    /// mails that failed.
    /// What the viewer may see is asked again for each event. Needs a signed-in viewer.
    async fn viewer_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what came after the event with this cursor; from now on where it is left out.")]
        after: Option<EventCursor>,
    ) -> Result<Once<ViewerEvent>> {
        let news = turn(ctx, Source::Viewer, after).await?;
        Ok(stream::iter(news.and_then(ViewerEvent::of)))
    }

    /// What happens in the network, for everybody: practices made public, requests between territories, replications,
    /// needs. No persons; answered as for somebody who is not signed in, whoever asks.
    async fn network_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what came after the event with this cursor; from now on where it is left out.")]
        after: Option<EventCursor>,
    ) -> Result<Once<NetworkEvent>> {
        let news = turn(ctx, Source::Network, after).await?;
        Ok(stream::iter(news.and_then(NetworkEvent::of)))
    }
}

async fn turn(ctx: &Context<'_>, source: Source, after: Option<EventCursor>) -> Result<Option<Arc<News>>> {
    let ask = Ask::of(ctx);
    let (resume, place) = match ctx.data_opt::<Turn>() {
        Some(Turn::Event(news)) => return Ok(Some(Arc::clone(news))),
        Some(Turn::Opening { resume, place }) => (resume, place),
        None => return Err(Error::new("Subscriptions are had over text/event-stream or WebSocket.")),
    };
    if source == Source::Viewer {
        ask.read(ask.actor.signed_in().map_err(Into::into))?;
    }
    let last = Live::last(&ask.app).await.map_err(|fault| ask.fault(&fault))?;
    let after = resume.or(after).map_or(last, |cursor| cursor.0);
    if after > last {
        return Err(bad_argument("No event has this cursor yet: it is of another hub. Leave it out to begin now."));
    }
    let _ = place.set(Place { source, after });
    Ok(None)
}
