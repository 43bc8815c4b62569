//! A router that stays, so that what it keeps is seen; and other tools' opinion of what it gives.
use crate::support::Hub;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode},
};
use innesto::{app::App, config::Config, graphql::build_behind_guard, http};
use serde_json::Value;
use std::{
    io::Write,
    net::SocketAddr,
    process::{Command, Stdio},
    sync::Arc,
};
use tokio::sync::watch;
use tower::ServiceExt;

pub struct Site {
    router: Router,
    _stop: watch::Sender<bool>,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Site {
    pub fn of(hub: &Hub) -> Self {
        Self::with(hub, &[])
    }

    /// With these settings besides.
    pub fn with(hub: &Hub, settings: &[(&str, &str)]) -> Self {
        let all = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let url = hub.app.config.database_url.expose().to_owned();
        let config = Config::of(all.chain([("database_url".to_owned(), url)]).collect()).unwrap();
        let app = App { config: Arc::new(config), ..hub.app.clone() };
        let (stop, stopped) = watch::channel(false);
        let router = http::router(http::Hub::new(app, build_behind_guard(), stopped).unwrap());
        Self { router, _stop: stop }
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap();
        Reply { status: head.status, headers: head.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// What is there at this path.
    pub async fn get(&self, path: &str) -> Reply {
        let reply = self.ask("GET", path, &[]).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        reply
    }

    /// A sheet, its header and its rows.
    pub async fn sheet(&self, path: &str) -> (Vec<String>, Vec<csv::StringRecord>) {
        let reply = self.get(path).await;
        assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8; header=present");
        let mut reader = csv::Reader::from_reader(reply.body.as_bytes());
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        (header, reader.records().map(Result::unwrap).collect())
    }
}

/// What a script of tests/open-data says of a document that it reads from its standard input: JSON. Debian's Python has
/// the libraries.
pub fn judged(script: &str, arguments: &[&str], document: &str) -> Value {
    let script = format!("{}/tests/open-data/{script}", env!("CARGO_MANIFEST_DIR"));
    let mut python = Command::new("/usr/bin/python3");
    let mut python = python
        .arg(script)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    let done = python.wait_with_output().unwrap();
    assert!(done.status.success(), "{}\n{document:.4000}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}
