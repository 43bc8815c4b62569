//! Bytes over sockets: one connection kept open as long as it goes, or one for a request alone.
use super::requests::{Expected, Request};
use std::{io, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// After this an answer is taken as lost: the hub's own limit is half of it.
const PATIENCE: Duration = Duration::from_mins(1);
/// The most of an answer that is read.
const LARGEST: usize = 16 << 20;

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    pub media: String,
    pub body: Vec<u8>,
    closes: bool,
}

impl Answer {
    /// The beginning of its body, for people.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body[..self.body.len().min(1000)]).into_owned()
    }
}

/// The way to the hub.
pub struct Wire {
    address: String,
    open: Option<TcpStream>,
}

impl Wire {
    pub const fn new(address: String) -> Self {
        Self { address, open: None }
    }

    /// Sends a request; its answer, if one came.
    pub async fn exchange(&mut self, request: &Request) -> Option<Answer> {
        let answer = timeout(PATIENCE, async {
            if request.alone {
                return self.alone(request).await;
            }
            // A connection that was kept may have been closed in between: one more try with a new one.
            let kept = self.open.is_some();
            match self.kept(request).await {
                Some(answer) => Some(answer),
                None if kept => self.kept(request).await,
                None => None,
            }
        });
        answer.await.unwrap_or_else(|_| panic!("no answer within {PATIENCE:?}\n{}", request.shown()))
    }

    async fn kept(&mut self, request: &Request) -> Option<Answer> {
        let mut stream = match self.open.take() {
            Some(stream) => stream,
            None => TcpStream::connect(&self.address).await.unwrap(),
        };
        write(&mut stream, request).await.ok()?;
        let answer = read(&mut stream).await?;
        if !answer.closes {
            self.open = Some(stream);
        }
        Some(answer)
    }

    async fn alone(&self, request: &Request) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        // The hub may have enough before all is sent; what it said is still to be read. Who says that no more will come
        // need not be answered: only what would never end otherwise is ended so.
        if write(&mut stream, request).await.is_ok() && request.expected == Expected::Anything {
            let _ = stream.shutdown().await;
        }
        read(&mut stream).await
    }
}

async fn write(stream: &mut TcpStream, request: &Request) -> io::Result<()> {
    for piece in request.bytes.chunks(request.bytes.len().div_ceil(request.pieces).max(1)) {
        stream.write_all(piece).await?;
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// Reads a head, and a body of the length that the head says.
async fn read(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::with_capacity(4096);
    let end = loop {
        match bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            // "Continue" is no answer yet.
            Some(at) if bytes.starts_with(b"HTTP/1.1 100") => drop(bytes.drain(..at + 4)),
            Some(at) => break at,
            None => more(stream, &mut bytes).await?,
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let mut body = bytes.split_off(end + 4);
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(key, _)| *key == name).map(|(_, value)| value.trim().to_owned())
    };
    let status: u16 = head.split(' ').nth(1)?.parse().ok()?;
    if matches!(status, 100..200 | 204 | 304) {
        body.clear();
    } else if header("transfer-encoding").is_some_and(|coding| coding == "chunked") {
        while !body.ends_with(b"0\r\n\r\n") {
            more(stream, &mut body).await?;
        }
    } else {
        let length: usize = header("content-length").map_or(Some(0), |length| length.parse().ok())?;
        while body.len() < length && length < LARGEST {
            more(stream, &mut body).await?;
        }
        // What follows answers bytes that came after the request.
        body.truncate(length);
    }
    let media = header("content-type").unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().to_owned();
    Some(Answer { status, media, body, closes: header("connection").is_some_and(|c| c == "close") })
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(bytes).await {
        Ok(read) if read > 0 && bytes.len() < LARGEST => Some(()),
        _ => None,
    }
}

/// Connections that have begun a request and do not go on.
pub async fn idle(address: &str, many: usize) -> Vec<TcpStream> {
    const BEGINNINGS: &[&str] = &[
        "",
        "POST /gra",
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-le",
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n{\"query\":",
    ];
    let mut streams = Vec::new();
    for begun in BEGINNINGS.iter().cycle().take(many) {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(begun.as_bytes()).await.unwrap();
        streams.push(stream);
    }
    streams
}
