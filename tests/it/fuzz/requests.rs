//! Requests as bytes: well-formed ones with bent bodies, addresses and headers, and what is no HTTP at all.
use super::{
    documents::{hostile, question, value},
    random::Random,
};
use std::{
    fmt::{self, Write as _},
    sync::Arc,
};

/// What must come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// An answer with a body, or one that needs none.
    Answer,
    /// It need not reach the hub: the server library may answer with a status alone, or close.
    Anything,
}

/// What is sent.
pub struct Request {
    pub bytes: Vec<u8>,
    pub expected: Expected,
    /// Whether it asks `/graphql`, whose every answer is JSON.
    pub is_graphql: bool,
    /// Sent in so many pieces.
    pub pieces: usize,
    /// Whether it needs a connection of its own, with nothing sent after it.
    pub alone: bool,
}

impl Request {
    /// Its beginning, for people.
    pub fn shown(&self) -> String {
        format!("{} bytes: {}", self.bytes.len(), self.bytes[..self.bytes.len().min(3000)].escape_ascii())
    }
}

/// Makes requests.
pub struct Generator {
    random: Random,
    ids: Arc<Vec<String>>,
    token: String,
}

impl fmt::Debug for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.random)
    }
}

const MEDIA: &[&str] = &[
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=\"utf-16\"",
    "application/graphql-response+json",
    "application/graphql",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain",
    "text/html",
    "*/*",
    "application/*;q=0.5, */*;q=0",
    ";;;,,,=",
    "a/b/c/d; q=1; q=2",
    "application/json; q=NaN",
    "application/json, application/graphql-response+json;q=0.1",
];

const NAMES: &[&str] = &[
    "accept-language",
    "authorization",
    "cookie",
    "origin",
    "sec-fetch-site",
    "if-none-match",
    "if-modified-since",
    "range",
    "accept-encoding",
    "content-encoding",
    "x-forwarded-for",
    "x-request-id",
    "user-agent",
    "traceparent",
    "expect",
    "upgrade-insecure-requests",
    "x-http-method-override",
    "te",
    "priority",
    "x-nonsense",
];

const VALUES: &[&str] = &[
    "",
    "*",
    "it, en;q=0.5",
    "Bearer inn_x",
    "Bearer ",
    "Basic eA==",
    "innesto-session=x; innesto-sign-in=y",
    "null",
    "cross-site",
    "same-origin",
    "\"x\"",
    "W/\"x\", \"y\"",
    "bytes=0-1",
    "gzip",
    "br;q=1.0",
    "::1",
    "999.1.1.1",
    "00-0-0-0",
    "100-continue",
    "\t",
    "\u{e9}",
    "DELETE",
];

const PATHS: &[&str] = &[
    "/",
    "/graphiql/",
    "/graphiql",
    "/graphiql/assets/%2e%2e/%2e%2e/etc/passwd",
    "/graphiql/../graphql",
    "/healthz",
    "/readyz",
    "/dev/mailbox",
    "/dev/mailbox.json?x=1",
    "/nope",
    "//graphql",
    "/graphql/",
    "/%00",
    "/%ff%fe",
    "/graphql;x",
];

impl Generator {
    pub const fn new(random: Random, ids: Arc<Vec<String>>, token: String) -> Self {
        Self { random, ids, token }
    }

    /// The next one.
    pub fn request(&mut self) -> Request {
        match self.random.below(40) {
            0..=17 => {
                let body = self.body();
                self.post(body)
            }
            18..=23 => self.get(),
            24..=26 => self.bytes_changed(),
            27 | 28 => {
                let body = hostile(&mut self.random).into_bytes();
                self.post(body)
            }
            29..=31 => self.headers_changed(),
            32 => self.another_path(),
            33 => self.another_method(),
            34 => self.cut_short(),
            35 => self.framed_wrong(),
            36 => self.no_http(),
            37 => self.upgraded(),
            38 => self.nearly_post(),
            _ if self.random.one_in(50) => self.large(),
            _ => self.get(),
        }
    }

    fn body(&mut self) -> Vec<u8> {
        match self.random.below(12) {
            0 => value(&mut self.random, 4).to_string().into_bytes(),
            1 => format!("[{}]", question(&mut self.random, &self.ids)).into_bytes(),
            _ => question(&mut self.random, &self.ids).to_string().into_bytes(),
        }
    }

    /// Whoever asks, mostly from another address each time: nobody's points are spent by others.
    fn whence(&mut self) -> String {
        let mut lines = String::new();
        if !self.random.one_in(20) {
            let (near, far) = (self.random.below(1 << 16), self.random.below(1 << 16));
            let _ = write!(lines, "x-forwarded-for: 2001:db8:{far:x}:{near:x}::1\r\n");
        }
        match self.random.below(60) {
            0 => lines += "authorization: Bearer inn_nonsense\r\n",
            1..=15 => drop(write!(lines, "authorization: Bearer {}\r\n", self.token)),
            _ => {}
        }
        lines
    }

    fn media(&mut self, name: &str) -> String {
        let usual = if name == "accept" { "application/graphql-response+json" } else { "application/json" };
        match self.random.below(8) {
            0 => format!("{name}: {}\r\n", self.random.pick(MEDIA)),
            1 if name == "accept" => String::new(),
            2 if name == "accept" => format!("{name}: application/json\r\n"),
            _ => format!("{name}: {usual}\r\n"),
        }
    }

    fn post(&mut self, body: Vec<u8>) -> Request {
        let head = format!("{}{}{}", self.whence(), self.media("content-type"), self.media("accept"));
        self.whole("POST /graphql", &head, body)
    }

    fn whole(&mut self, line: &str, head: &str, body: Vec<u8>) -> Request {
        let head = format!("{line} HTTP/1.1\r\nhost: hub.invalid\r\n{head}content-length: {}\r\n\r\n", body.len());
        let path = line.split_once(' ').unwrap().1;
        // Beyond its limits the server library answers by itself, or the hub before all was sent.
        let within = head.len() < 50_000 && head.lines().count() < 90 && body.len() <= 1 << 20;
        Request {
            expected: if within { Expected::Answer } else { Expected::Anything },
            alone: !within,
            bytes: [head.into_bytes(), body].concat(),
            is_graphql: path == "/graphql" || path.starts_with("/graphql?"),
            pieces: if self.random.one_in(16) { 2 + self.random.below(8) } else { 1 },
        }
    }

    fn get(&mut self) -> Request {
        let question = question(&mut self.random, &self.ids);
        let mut address = "/graphql?".to_owned();
        for (name, value) in question.as_object().into_iter().flatten() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let encoded: String =
                url::form_urlencoded::byte_serialize(&text.as_bytes()[..text.len().min(20_000)]).collect();
            let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
            let _ = write!(address, "{name}={encoded}&");
        }
        if self.random.one_in(4) {
            let at = address.len() - self.random.below(address.len() - 9);
            address.insert_str(
                at,
                self.random.pick(&["%", "%zz", "%ff%fe", "%00", "&", "=", "&query=%7B__typename%7D", "+", "%c3"]),
            );
        }
        let head = format!("{}{}", self.whence(), self.media("accept"));
        self.whole(&format!("GET {address}"), &head, Vec::new())
    }

    /// A body with bytes changed, put in or taken out; often no UTF-8 any more.
    fn bytes_changed(&mut self) -> Request {
        let mut body = self.body();
        for _ in 0..=self.random.below(8) {
            let (at, byte) = (self.random.below(body.len()), self.random.byte());
            match self.random.below(4) {
                0 => body.insert(at, byte),
                1 if !body.is_empty() => drop(body.remove(at)),
                2 => body.truncate(at),
                _ if !body.is_empty() => body[at] = byte,
                _ => {}
            }
        }
        self.post(body)
    }

    fn headers_changed(&mut self) -> Request {
        let mut head = format!("{}{}", self.whence(), self.media("accept"));
        for _ in 0..=self.random.below(6) {
            let times = if self.random.one_in(8) { self.random.below(120) } else { 1 };
            let value = self.random.pick(VALUES);
            let value = if self.random.one_in(8) { "x".repeat(self.random.below(9000)) } else { value.to_owned() };
            head += &format!("{}: {value}\r\n", self.random.pick(NAMES)).repeat(times);
        }
        let body = self.body();
        let head = format!("{head}{}", self.media("content-type"));
        self.whole("POST /graphql", &head, body)
    }

    fn another_path(&mut self) -> Request {
        let (path, head) = (self.random.pick(PATHS), self.whence());
        let method = self.random.pick(&["GET", "POST", "DELETE"]);
        Request { expected: Expected::Anything, ..self.whole(&format!("{method} {path}"), &head, Vec::new()) }
    }

    fn another_method(&mut self) -> Request {
        let method = self.random.pick(&["PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "PROPFIND", "post"]);
        let (head, body) = (self.whence(), self.body());
        self.whole(&format!("{method} /graphql"), &format!("{head}content-type: application/json\r\n"), body)
    }

    /// The connection ends before the body does.
    fn cut_short(&mut self) -> Request {
        let body = self.body();
        let mut request = self.post(body);
        let cut = 1 + self.random.below(request.bytes.len() - 1);
        request.bytes.truncate(request.bytes.len() - cut);
        Request { expected: Expected::Anything, alone: true, ..request }
    }

    /// Lengths that contradict each other or the body, and chunks that are none.
    fn framed_wrong(&mut self) -> Request {
        let frame = self.random.pick(&[
            "content-length: 5\r\ncontent-length: 6\r\n\r\n{\"a\":1}",
            "content-length: -1\r\n\r\n",
            "content-length: 99999999999999999999\r\n\r\n{}",
            "content-length: 2097152\r\n\r\n{}",
            "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            "transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
            "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
            "transfer-encoding: chunked\r\n\r\n17\r\n{\"query\":\"{__typename}\"}\r\n0\r\n\r\n",
            "transfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "transfer-encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "transfer-encoding: identity\r\n\r\n{}",
            "\r\n{\"query\":\"{__typename}\"}",
        ]);
        let bytes =
            format!("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{frame}").into_bytes();
        Request { bytes, expected: Expected::Anything, is_graphql: true, pieces: 1, alone: true }
    }

    /// Bytes that are no HTTP, or only nearly.
    fn no_http(&mut self) -> Request {
        let nearly = self.random.pick(&[
            "GET /graphql\r\n\r\n",
            "GET /graphql HTTP/9.9\r\nhost: x\r\n\r\n",
            "GET http://[::1 HTTP/1.1\r\nhost: x\r\n\r\n",
            "GET  /graphql HTTP/1.1\nhost: x\n\n",
            "GET /graphql HTTP/1.1\r\nhost : x\r\n\r\n",
            "GET /graphql HTTP/1.1\r\nhost: x\r\n folded: y\r\n\r\n",
            "POST /graphql HTTP/1.0\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "CONNECT hub.invalid:443 HTTP/1.1\r\nhost: x\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
            "\r\n\r\n\r\n",
        ]);
        let bytes = match self.random.below(4) {
            0 => (0..self.random.below(2000)).map(|_| self.random.byte()).collect(),
            1 => format!("GET /graphql HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "y".repeat(600_000)).into_bytes(),
            2 => format!("GET /graphql?{} HTTP/1.1\r\nhost: x\r\n\r\n", "y".repeat(self.random.below(100_000)))
                .into_bytes(),
            _ => nearly.as_bytes().to_vec(),
        };
        Request { bytes, expected: Expected::Anything, is_graphql: false, pieces: 1, alone: true }
    }

    /// The handshake of a WebSocket, and bytes that look like frames after it.
    fn upgraded(&mut self) -> Request {
        let protocol = self.random.pick(&["graphql-transport-ws", "graphql-ws", "", "a, b, graphql-transport-ws"]);
        let head = format!(
            "GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: {protocol}\r\n\r\n"
        );
        let mut bytes = head.into_bytes();
        for _ in 0..self.random.below(6) {
            let text = match self.random.below(4) {
                0 => r#"{"type":"connection_init"}"#.to_owned(),
                1 => format!(r#"{{"id":"1","type":"subscribe","payload":{}}}"#, question(&mut self.random, &self.ids)),
                2 => value(&mut self.random, 3).to_string(),
                _ => r#"{"id":"1","type":"complete"}"#.to_owned(),
            };
            frame(&mut self.random, &mut bytes, text.as_bytes());
        }
        Request { bytes, expected: Expected::Anything, is_graphql: true, pieces: 1, alone: true }
    }

    /// A right request with bytes of its head changed.
    fn nearly_post(&mut self) -> Request {
        let body = self.body();
        let mut request = self.post(body);
        for _ in 0..=self.random.below(3) {
            let at = self.random.below(120.min(request.bytes.len()));
            request.bytes[at] = self.random.byte();
        }
        Request { expected: Expected::Anything, is_graphql: false, alone: true, ..request }
    }

    /// More than may be sent.
    fn large(&mut self) -> Request {
        let body = format!(r#"{{"query":"{}"}}"#, " ".repeat((1 << 20) - 100 + self.random.below(200))).into_bytes();
        self.post(body)
    }
}

/// A frame, masked as clients must: mostly of text, sometimes of another kind, broken or with a wrong length.
fn frame(random: &mut Random, into: &mut Vec<u8>, payload: &[u8]) {
    let first = if random.one_in(4) { random.byte() } else { 0x81 };
    let length = if random.one_in(8) { random.below(1 << 20) } else { payload.len() };
    into.push(first);
    match length {
        0..126 => into.push(0x80 | u8::try_from(length).unwrap_or_default()),
        126..65_536 => {
            into.push(0x80 | 0x7e);
            into.extend(u16::try_from(length).unwrap_or_default().to_be_bytes());
        }
        _ => {
            into.push(0x80 | 0x7f);
            into.extend((length as u64).to_be_bytes());
        }
    }
    let mask = [random.byte(), random.byte(), random.byte(), random.byte()];
    into.extend(mask);
    into.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
}
