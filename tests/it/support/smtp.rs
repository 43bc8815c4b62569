//! A mail server that follows a script, one behaviour for every connection, and remembers what it was told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// Where the server leaves its good manners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Takes every mail.
    Accept,
    /// Answers the step with this line instead of yes, e.g. `(Step::Recipient, "550 5.1.1 No such user")`.
    Answer(Step, &'static str),
    /// Closes the connection instead of answering the step.
    Drop(Step),
    /// Never answers the step, but keeps the line open.
    Silent(Step),
}

/// The steps of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The greeting.
    Greeting,
    /// AUTH.
    Login,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// In the middle of the body, after its first lines.
    Body,
    /// The final dot: the whole body has been read.
    Dot,
    /// QUIT.
    Farewell,
}

/// What the server was told, over all connections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Connections opened.
    pub connections: usize,
    /// Command lines, without line ends.
    pub commands: Vec<String>,
    /// Bodies that reached their dot and were not refused there, dot-stuffing removed, with `\n` line ends.
    pub bodies: Vec<String>,
    /// How many of them got no answer.
    pub unanswered: usize,
    /// Conversations about a mail: one for each connection, and one for each further mail over it.
    pub talks: usize,
}

type Choose = Arc<dyn Fn(usize, Option<&str>) -> Script + Send + Sync>;

/// A running server on a free port of this machine; dropping it closes the door.
pub struct SmtpServer {
    address: SocketAddr,
    heard: Arc<Ears>,
    door: JoinHandle<()>,
}

#[derive(Default)]
struct Ears {
    heard: Mutex<Heard>,
    news: Notify,
}

impl Ears {
    fn note(&self, what: impl FnOnce(&mut Heard)) {
        what(&mut self.heard.lock().expect("no poison"));
        self.news.notify_waiters();
    }

    /// The number of a conversation that begins.
    fn next(&self) -> usize {
        let mut nth = 0;
        self.note(|heard| {
            heard.talks += 1;
            nth = heard.talks;
        });
        nth
    }
}

impl SmtpServer {
    /// Starts listening, with one behaviour.
    pub async fn start(script: Script) -> Self {
        Self::choosing(move |_, _| script).await
    }

    /// Starts listening; the behaviour in each conversation (1, 2, 3 …) is chosen when a connection is opened or brings
    /// another mail, and once more when its recipient is named.
    pub async fn choosing(choose: impl Fn(usize, Option<&str>) -> Script + Send + Sync + 'static) -> Self {
        let choose: Choose = Arc::new(choose);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let heard = Arc::new(Ears::default());
        let ears = Arc::clone(&heard);
        let door = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                ears.note(|heard| heard.connections += 1);
                let nth = ears.next();
                tokio::spawn(converse(stream, nth, Arc::clone(&choose), Arc::clone(&ears)));
            }
        });
        Self { address, heard, door }
    }

    /// `smtp://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The same with a login, or with a query.
    pub fn url_with(&self, login: &str, query: &str) -> String {
        format!("smtp://{login}{}{query}", self.address)
    }

    /// What it was told so far.
    pub fn heard(&self) -> Heard {
        self.heard.heard.lock().expect("no poison").clone()
    }

    /// Waits until what it was told is enough.
    pub async fn until(&self, enough: impl Fn(&Heard) -> bool) {
        loop {
            let news = self.heard.news.notified();
            if enough(&self.heard.heard.lock().expect("no poison")) {
                return;
            }
            news.await;
        }
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.door.abort();
    }
}

/// `None` means the server has hung up.
async fn converse(stream: TcpStream, mut nth: usize, choose: Choose, ears: Arc<Ears>) -> Option<()> {
    let (mut script, mut mails) = (choose(nth, None), 0);
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read);
    answer(&mut write, script, Step::Greeting, "220 scripted.invalid ESMTP").await?;
    while let Some(line) = next(&mut lines).await {
        ears.note(|heard| heard.commands.push(line.clone()));
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => say(&mut write, "250-scripted.invalid\r\n250-AUTH PLAIN\r\n250 8BITMIME").await?,
            "AUTH" => answer(&mut write, script, Step::Login, "235 2.7.0 Welcome").await?,
            "MAIL" => {
                mails += 1;
                if mails > 1 {
                    nth = ears.next();
                    script = choose(nth, None);
                    // Where it would have turned a new connection away, it ends one that is kept.
                    match script {
                        Script::Drop(Step::Greeting) => return None,
                        Script::Answer(Step::Greeting, no) => {
                            say(&mut write, no).await?;
                            return None;
                        }
                        _ => {}
                    }
                }
                answer(&mut write, script, Step::Sender, "250 2.1.0 Ok").await?;
            }
            "RCPT" => {
                script = choose(nth, line.split(['<', '>']).nth(1));
                answer(&mut write, script, Step::Recipient, "250 2.1.5 Ok").await?;
            }
            "DATA" => {
                answer(&mut write, script, Step::Data, "354 End with a dot").await?;
                let refused = matches!(script, Script::Answer(Step::Data, _));
                if !refused {
                    let body = body(&mut lines, script).await?;
                    if !matches!(script, Script::Answer(Step::Dot, no) if no.starts_with(['4', '5'])) {
                        ears.note(|heard| {
                            heard.bodies.push(body);
                            heard.unanswered +=
                                usize::from(matches!(script, Script::Drop(Step::Dot) | Script::Silent(Step::Dot)));
                        });
                    }
                    answer(&mut write, script, Step::Dot, "250 2.0.0 Ok: queued as 4F1").await?;
                }
            }
            "QUIT" => {
                answer(&mut write, script, Step::Farewell, "221 2.0.0 Bye").await?;
                return None;
            }
            _ => say(&mut write, "502 5.5.1 Not in the script").await?,
        }
    }
    None
}

async fn body(lines: &mut (impl AsyncBufReadExt + AsyncRead + Unpin), script: Script) -> Option<String> {
    let mut body = String::new();
    let mut count = 0;
    loop {
        let line = next(lines).await?;
        count += 1;
        match script {
            Script::Drop(Step::Body) if count == 3 => return None,
            Script::Silent(Step::Body) if count == 3 => std::future::pending().await,
            _ if line == "." => return Some(body),
            _ => {
                body.push_str(line.strip_prefix('.').unwrap_or(&line));
                body.push('\n');
            }
        }
    }
}

async fn next(lines: &mut (impl AsyncBufReadExt + Unpin)) -> Option<String> {
    let mut line = String::new();
    let read = lines.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn answer(write: &mut OwnedWriteHalf, script: Script, step: Step, yes: &str) -> Option<()> {
    match script {
        Script::Answer(at, line) if at == step => say(write, line).await,
        Script::Drop(at) if at == step => None,
        Script::Silent(at) if at == step => std::future::pending().await,
        _ => say(write, yes).await,
    }
}

async fn say(write: &mut OwnedWriteHalf, line: &str) -> Option<()> {
    write.write_all(format!("{line}\r\n").as_bytes()).await.ok()
}
