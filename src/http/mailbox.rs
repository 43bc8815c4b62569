//! The demo's mailbox: what was sent, newest first, as a page and as JSON.
use super::Hub;
use crate::mail::KeptMail;
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use std::fmt::Write;

/// How many mails are shown.
const SHOWN: usize = 200;

async fn kept(hub: &Hub) -> Result<Vec<KeptMail>, Response> {
    match hub.app.mail.list(SHOWN).await {
        Ok(mails) => Ok(mails.unwrap_or_default().into_iter().rev().collect()),
        Err(error) => {
            tracing::error!(%error, "the mailbox cannot be read");
            Err((StatusCode::INTERNAL_SERVER_ERROR, "the mailbox cannot be read\n").into_response())
        }
    }
}

/// For programs.
pub(super) async fn list(State(hub): State<Hub>) -> Result<Response, Response> {
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(kept(&hub).await?)).into_response())
}

/// For people.
pub(super) async fn page(State(hub): State<Hub>) -> Result<Response, Response> {
    let mails = kept(&hub).await?;
    let mut page = String::from(
        "<!doctype html><html lang=\"it\"><head><meta charset=\"utf-8\"><title>Posta inviata – Innesto</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;\
         margin:2rem auto;padding:0 1rem}details{border-bottom:1px solid #5c6f82;padding:.5rem 0}summary{cursor:pointer}\
         pre{white-space:pre-wrap;background:#f5f5f5;padding:1rem}</style></head><body><main><h1>Posta inviata</h1>",
    );
    if mails.is_empty() {
        page.push_str("<p>Ancora nessuna lettera. Chiedete un codice di accesso e ricaricate la pagina.</p>");
    }
    for mail in &mails {
        let (to, subject, text) = (escaped(&mail.to), escaped(&mail.subject), escaped(&mail.text));
        let _ = write!(
            page,
            "<details><summary><strong>{subject}</strong> – a {to} – {}</summary><pre>{text}</pre></details>",
            mail.date
        );
    }
    page.push_str("</main></body></html>");
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    Ok(([(header::CACHE_CONTROL, "no-store"), (header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
