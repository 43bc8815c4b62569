//! A mailbox that behaves as dovecot never would: no IDLE, no MOVE, no folder may be made, and the line drops in the
//! middle of the first mail that is fetched whole.
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering::SeqCst},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufStream},
    net::{TcpListener, TcpStream},
};

#[derive(Clone)]
pub struct Mailbox {
    mail: Arc<Vec<u8>>,
    dropped: Arc<AtomicBool>,
    /// What was stored as flags, and whether the mail was marked.
    marks: Arc<Mutex<Vec<String>>>,
    port: u16,
}

impl Mailbox {
    /// One mail waits in it, with UID 7 of UIDVALIDITY 42.
    pub async fn start(mail: &[u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let this = Self { mail: Arc::new(mail.to_vec()), dropped: Arc::default(), marks: Arc::default(), port };
        let mailbox = this.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let mailbox = mailbox.clone();
                tokio::spawn(async move { mailbox.serve(line).await });
            }
        });
        this
    }

    pub fn url(&self) -> String {
        format!("imap://risposte:segreto@127.0.0.1:{}/INBOX", self.port)
    }

    pub fn marks(&self) -> Vec<String> {
        self.marks.lock().unwrap().clone()
    }

    async fn serve(&self, line: TcpStream) -> Option<()> {
        let mut line = BufStream::new(line);
        line.write_all(b"* OK ready\r\n").await.ok()?;
        line.flush().await.ok()?;
        let mut said = String::new();
        while line.read_line(&mut said).await.ok()? > 0 {
            let (tag, command) = said.trim().split_once(' ')?;
            let (tag, command) = (tag.to_owned(), command.to_uppercase());
            let end = if command.starts_with("CREATE") { "NO not here" } else { "OK done" };
            if command.starts_with("CAPABILITY") {
                line.write_all(b"* CAPABILITY IMAP4rev1\r\n").await.ok()?;
            } else if command.starts_with("LIST \"\" \"\"") {
                line.write_all(b"* LIST (\\Noselect) \"/\" \"\"\r\n").await.ok()?;
            } else if command.starts_with("SELECT") {
                line.write_all(b"* 1 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 42] ok\r\n")
                    .await
                    .ok()?;
            } else if command.starts_with("UID SEARCH") {
                let found: &[u8] = if self.marks().is_empty() { b"* SEARCH 7\r\n" } else { b"* SEARCH\r\n" };
                line.write_all(found).await.ok()?;
            } else if command.contains("RFC822.SIZE") {
                line.write_all(format!("* 1 FETCH (UID 7 RFC822.SIZE {})\r\n", self.mail.len()).as_bytes())
                    .await
                    .ok()?;
            } else if command.contains("BODY.PEEK[]") {
                line.write_all(format!("* 1 FETCH (UID 7 BODY[] {{{}}}\r\n", self.mail.len()).as_bytes()).await.ok()?;
                if !self.dropped.swap(true, SeqCst) {
                    line.write_all(&self.mail[..self.mail.len() / 2]).await.ok()?;
                    line.flush().await.ok()?;
                    return None;
                }
                line.write_all(&self.mail).await.ok()?;
                line.write_all(b")\r\n").await.ok()?;
            } else if command.starts_with("UID STORE") {
                self.marks.lock().unwrap().push(command);
            }
            line.write_all(format!("{tag} {end}\r\n").as_bytes()).await.ok()?;
            line.flush().await.ok()?;
            said.clear();
        }
        None
    }
}
