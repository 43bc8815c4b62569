//! A collector of traces that keeps what it is sent.
use axum::{Router, body::Bytes, extract::State, routing::post};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

pub struct Collector {
    pub url: String,
    bodies: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Collector {
    pub async fn start() -> Self {
        let bodies: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let keep = |State(bodies): State<Arc<Mutex<Vec<Vec<u8>>>>>, body: Bytes| async move {
            bodies.lock().unwrap().push(body.to_vec());
        };
        let routes = Router::new().route("/v1/traces", post(keep)).with_state(Arc::clone(&bodies));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, bodies }
    }

    /// What was sent so far.
    pub fn bodies(&self) -> Vec<Vec<u8>> {
        self.bodies.lock().unwrap().clone()
    }
}
