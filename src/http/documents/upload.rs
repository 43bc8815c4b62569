//! `POST /documents?practice={id}&name={file name}`: a file as the bare body. Only with a content type that a form of
//! another site's page cannot send, and a length, so that what is too much is refused before it comes.
use super::{accounted, rejected};
use crate::{
    domain::{
        document,
        id::{Kind, PracticeId, kind},
        permission::Actor,
        text::Language,
    },
    graphql::opened,
    http::{
        Hub,
        graphql::{Rejected, too_many},
        visitor,
    },
    service::documents::{self, Upload},
};
use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, RawQuery, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::{Stream, StreamExt, stream};
use serde_json::json;
use std::{net::SocketAddr, pin::Pin, time::Duration};

/// Points of one upload.
const COST: i64 = 1_000;
/// How long a client may send nothing.
const SILENCE: Duration = Duration::from_secs(document::SILENCE);

/// Takes a file in. In a task of its own: whoever goes away in the middle leaves nothing behind.
pub(super) async fn post(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RawQuery(address): RawQuery,
    request: Request,
) -> Response {
    let work = async move {
        accounted(&hub, "upload", async |request_id| {
            uploaded(&hub, peer, address.as_deref().unwrap_or_default(), request, request_id).await
        })
        .await
    };
    tokio::spawn(work).await.unwrap_or_else(|_| Rejected::ours().answer(super::Media::Plain, ""))
}

async fn uploaded(
    hub: &Hub,
    peer: SocketAddr,
    address: &str,
    request: Request,
    request_id: &str,
) -> Result<Response, Rejected> {
    let (parts, body) = request.into_parts();
    let size = length(&parts.headers)?;
    let (practice, name) = addressed(address)?;
    let visitor = visitor::of(hub, &parts.headers, peer.ip(), request_id).await?;
    let (actor, language) = (visitor.actor, visitor.language);
    let spent = hub.points.spend(&actor, visitor.address, COST, hub.app.clock.now());
    spent.map_err(|spent| Rejected::too_many(spent, too_many(language, spent)))?;
    let _place = place(hub, &actor, language)?;
    let upload = Upload { practice, name, size };
    let taken = documents::upload(&hub.app, &actor, upload, paced(body, size)).await;
    let document = taken.map_err(|failure| rejected(failure, language, request_id))?;
    let told = json!({ "document": {
        "id": document.id.opaque(),
        "name": document.name,
        "mediaType": document.media_type,
        "size": document.size,
        "sha256": document.sha256,
    } });
    let mut response = Response::new(Body::from(told.to_string()));
    *response.status_mut() = StatusCode::CREATED;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The announced length of a body of the one type that is taken.
fn length(headers: &HeaderMap) -> Result<u64, Rejected> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !text(header::CONTENT_TYPE).eq_ignore_ascii_case("application/octet-stream")
        || headers.contains_key(header::CONTENT_ENCODING)
    {
        let told = "Send the file as the bare body, with the header Content-Type: application/octet-stream.";
        return Err(Rejected::malformed(StatusCode::UNSUPPORTED_MEDIA_TYPE, "CONTENT_TYPE", told));
    }
    text(header::CONTENT_LENGTH).parse().map_err(|_| {
        Rejected::malformed(StatusCode::LENGTH_REQUIRED, "LENGTH", "Say how long the file is: Content-Length.")
    })
}

/// The practice and the file's name in the address.
fn addressed(address: &str) -> Result<(PracticeId, String), Rejected> {
    let (mut practice, mut file) = (None, None);
    for (name, value) in url::form_urlencoded::parse(address.as_bytes()) {
        match &*name {
            "practice" => practice = opened(&value).filter(|(of, _)| of == kind::Practice::NAME),
            "name" => file = Some(value.into_owned()),
            _ => {}
        }
    }
    let told = "The address is /documents?practice={id of the practice}&name={name of the file}.";
    let both = practice.zip(file).map(|((_, id), file)| (PracticeId::of(id), file));
    both.ok_or_else(|| Rejected::malformed(StatusCode::BAD_REQUEST, "ADDRESS", told))
}

/// A place among those who upload at once.
fn place(hub: &Hub, actor: &Actor, language: Language) -> Result<impl Sized + use<>, Rejected> {
    let whose = actor.person().map(|person| person.to_string()).unwrap_or_default();
    hub.uploads.take(whose).ok_or_else(|| {
        let told = language.pick(
            "Troppi caricamenti insieme: aspettate che ne finisca uno e riprovate.",
            "Too many uploads at once: wait until one ends and try again.",
        );
        let rejected = Rejected::malformed(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY", told);
        rejected.with(header::RETRY_AFTER, HeaderValue::from_static("10"))
    })
}

/// The body, as long as it keeps coming: an error where it stands still, or is too slow on the whole.
fn paced(body: Body, size: u64) -> Pin<Box<impl Stream<Item = Result<Bytes, ()>>>> {
    let most = Duration::from_secs(document::arrives_within(size));
    let begun = (body.into_data_stream(), Box::pin(tokio::time::sleep(most)));
    Box::pin(stream::unfold(begun, |(mut body, mut end)| async {
        let piece = tokio::select! {
            piece = tokio::time::timeout(SILENCE, body.next()) => match piece {
                Ok(Some(piece)) => piece.map_err(drop),
                Ok(None) => return None,
                Err(_) => Err(()),
            },
            () = &mut end => Err(()),
        };
        Some((piece, (body, end)))
    }))
}
