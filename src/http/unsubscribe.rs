//! The page behind the link that every notification carries (RFC 8058): asked for, it says what it would do and does
//! nothing, since mail scanners follow links; by POST it does it, from its own button or from a mail program's, which
//! neither sign in nor wait for a script. What is posted is not read: the link says it all.
use super::{
    Hub,
    graphql::{Media, Rejected},
    visitor,
};
use crate::{
    domain::{
        notification::{Category, Topic},
        permission::Actor,
        refusal::Fault,
        text::Language,
        word::Word,
    },
    service::notifications::{self, Standing},
};
use axum::{
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};
use std::{net::SocketAddr, sync::LazyLock};

/// What looking costs, and what changing does, of the points of a network address.
const LOOKING: i64 = 20;
const CHANGING: i64 = 500;

const STYLE: &str = "body{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;\
    color:#1a1f24;background:#fff}h1{font-size:1.5rem;line-height:1.3}strong{color:#1e5c45}button{font:inherit;\
    font-weight:bold;min-height:2.75rem;padding:.5rem 1.5rem;border:0;border-radius:.4rem;background:#1e5c45;color:#fff;\
    cursor:pointer}button:focus-visible,a:focus-visible{outline:3px solid #0b5fff;outline-offset:3px}a{color:#1e5c45}\
    @media(prefers-color-scheme:dark){body{color:#f0f3f5;background:#12171b}strong,a{color:#8fd3b6}}";

/// One style, known by its hash; a form to this hub; nothing else.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = BASE64_STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
});

type Peer = ConnectInfo<SocketAddr>;

/// What the link is about. Changes nothing.
pub(super) async fn look(hub: State<Hub>, peer: Peer, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let found = notifications::look(&hub.app, &token);
    answer(&hub, peer, headers, &token, LOOKING, found).await
}

/// Sends no more of it.
pub(super) async fn stop(hub: State<Hub>, peer: Peer, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let done = notifications::stop(&hub.app, &token);
    answer(&hub, peer, headers, &token, CHANGING, done).await
}

/// Sends it again.
pub(super) async fn resume(hub: State<Hub>, peer: Peer, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let done = notifications::resume(&hub.app, &token);
    answer(&hub, peer, headers, &token, CHANGING, done).await
}

async fn answer(
    hub: &Hub,
    ConnectInfo(peer): Peer,
    headers: HeaderMap,
    token: &str,
    cost: i64,
    work: impl Future<Output = Result<Option<Standing>, Fault>>,
) -> Response {
    let request_id = hub.app.clock.id::<crate::domain::id::kind::Request>().to_string();
    let paid = paid(hub, headers, peer, cost, &request_id).await;
    let language = match paid {
        Ok(language) => language,
        Err(rejected) => return rejected.answer(Media::Plain, &request_id),
    };
    match work.await {
        Ok(Some(standing)) => {
            let language = standing.language.unwrap_or(language);
            shown(StatusCode::OK, language, &about(token, standing, language))
        }
        Ok(None) => shown(StatusCode::NOT_FOUND, language, &nothing(language)),
        Err(fault) => {
            tracing::error!(request_id, %fault, "a link to unsubscribe could not be followed");
            Rejected::ours().answer(Media::Plain, &request_id)
        }
    }
}

/// Takes the points; the language the browser asks for.
async fn paid(
    hub: &Hub,
    mut headers: HeaderMap,
    peer: SocketAddr,
    cost: i64,
    request_id: &str,
) -> Result<Language, Rejected> {
    // The link alone says for whom: whose browser it is makes no difference.
    headers.remove(header::COOKIE);
    headers.remove(header::AUTHORIZATION);
    let visitor = visitor::of(hub, &headers, peer.ip(), request_id).await?;
    let spent = hub.points.spend(&Actor::Nobody, visitor.address, cost, hub.app.clock.now());
    let told = |seconds: i64| {
        visitor.language.pick(
            format!("Troppe richieste: riprovate tra {seconds} secondi."),
            format!("Too many requests: try again in {seconds} seconds."),
        )
    };
    spent.map_err(|spent| Rejected::too_many(spent, told(spent.seconds)))?;
    Ok(visitor.language)
}

fn shown(status: StatusCode, language: Language, body: &str) -> Response {
    let (title, lang) = (language.pick("E-mail di Innesto", "E-mails of Innesto"), language.as_str());
    let choose = language.pick("Scegliete che cosa ricevere", "Choose what to receive");
    let page = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <style>{STYLE}</style></head><body><main>{body}\
         <p><a href=\"/notifications/settings\">{choose}</a></p></main></body></html>"
    );
    // The address is a secret of the reader's: it goes to nobody else.
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
    ];
    (status, headers, Html(page)).into_response()
}

fn nothing(language: Language) -> String {
    language
        .pick(
            "<h1>Collegamento non valido</h1><p>Questo collegamento non è completo, o non viene da un'e-mail di Innesto. \
             Apritelo di nuovo dall'e-mail, oppure scegliete che cosa ricevere nelle preferenze del portale.</p>\
             <p><a href=\"/\">Vai al portale</a></p>",
            "<h1>This link is not valid</h1><p>It is not whole, or not from an e-mail of Innesto. Open it again from the \
             e-mail, or choose what to receive in the preferences of the portal.</p><p><a href=\"/\">To the portal</a></p>",
        )
        .to_owned()
}

/// The token is the hub's own by now: letters, digits, `-` and `_`.
fn about(token: &str, standing: Standing, language: Language) -> String {
    let what = what(standing.topic, language);
    let needed = matches!(standing.topic, Topic::Category(category) if category.calls_for_action());
    if standing.is_off {
        let (title, said, button) = language.pick(
            (
                "Non riceverete più queste e-mail",
                "Non vi scriveremo più per questo. Le novità restano nel centro notifiche del portale. Se è stato uno \
                 sbaglio, potete riattivarle:",
                "Riattiva",
            ),
            (
                "You will no longer receive these e-mails",
                "We will not write to you about this any more. The news stays in the notification centre of the portal. \
                 If this was a mistake, you can switch them on again:",
                "Switch on again",
            ),
        );
        return format!(
            "<h1>{title}</h1><p><strong>{what}</strong></p><p>{said}</p>\
             <form method=\"post\" action=\"/unsubscribe/{token}/resume\"><button type=\"submit\">{button}</button></form>"
        );
    }
    let (title, said, others, button) = language.pick(
        (
            "Non volete più ricevere queste e-mail?",
            "Non è ancora cambiato nulla. Se confermate, non vi scriveremo più per questo; le novità restano nel centro \
             notifiche del portale.",
            "Se nel territorio nessun altro le riceve, le riceverà chi ne risponde: chi chiede aiuto attende una risposta.",
            "Non inviatemele più",
        ),
        (
            "No longer receive these e-mails?",
            "Nothing has changed yet. If you confirm, we will not write to you about this any more; the news stays in the \
             notification centre of the portal.",
            "If nobody else in the territory receives them, whoever answers for it will: who asks for help waits for an \
             answer.",
            "Send me no more",
        ),
    );
    let others = if needed { format!("<p>{others}</p>") } else { String::new() };
    format!(
        "<h1>{title}</h1><p><strong>{what}</strong></p><p>{said}</p>{others}\
         <form method=\"post\" action=\"/unsubscribe/{token}\"><button type=\"submit\">{button}</button></form>"
    )
}

fn what(topic: Topic, language: Language) -> &'static str {
    let (it, en) = match topic {
        Topic::Digests => ("Riepiloghi giornalieri e settimanali", "Daily and weekly digests"),
        Topic::Category(Category::YourTurn) => ("Quando tocca a voi", "When it is your turn"),
        Topic::Category(Category::Essential) => ("Avvisi da non perdere", "Warnings not to be missed"),
        Topic::Category(Category::Progress) => ("Come procedono le richieste", "How requests go on"),
        Topic::Category(Category::Messages) => ("Nuovi messaggi", "New messages"),
        Topic::Category(Category::Reminders) => ("Promemoria", "Reminders"),
        Topic::Category(Category::Needs) => ("Pratiche per ciò che cercate", "Practices for what you look for"),
        Topic::Category(Category::Facilitation) => ("Repliche da accompagnare", "Replications to accompany"),
    };
    language.pick(it, en)
}
