//! One conversation with a mail server, step by step, so that the step a failure belongs to is known.

use std::error::Error as _;
use std::io;
use std::iter;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use tokio::net::TcpStream;

use super::turn::Turns;
use super::{Receipt, Security, SendError, SmtpUrl};

/// Nothing depends on the farewell, so it must not hold a worker.
const FAREWELL: Duration = Duration::from_secs(2);

/// An open connection that has greeted.
pub(super) struct Dialogue {
    connection: AsyncSmtpConnection,
}

/// How far a mail came: kept outside the conversation, so that it outlives one that is given up.
#[derive(Debug, Default)]
pub(super) struct Progress {
    recipient_named: AtomicBool,
    dot_sent: AtomicBool,
}

impl Progress {
    pub(super) fn recipient_named(&self) -> bool {
        self.recipient_named.load(Ordering::Relaxed)
    }

    /// On another line, as if nothing had been said.
    pub(super) fn begin_again(&self) {
        self.recipient_named.store(false, Ordering::Relaxed);
        self.dot_sent.store(false, Ordering::Relaxed);
    }

    pub(super) fn dot_sent(&self) -> bool {
        self.dot_sent.load(Ordering::Relaxed)
    }
}

/// What went wrong on the line, not yet weighed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// The server cannot be reached.
    #[error("no connection: {0}")]
    Connect(#[from] io::Error),
    /// The server refused, or the line broke.
    #[error("{0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// It answers something else than what was said last.
    #[error("the server answers out of step: {0}")]
    OutOfStep(String),
}

impl Dialogue {
    /// Connects to the first address that answers and greets.
    pub(super) async fn open(url: &SmtpUrl, hello: &ClientId, tls: Option<TlsParameters>) -> Result<Self, Trouble> {
        let stream = TcpStream::connect((url.host.as_str(), url.port)).await?;
        // Without it the final dot waits for the acknowledgement of the body: 44 ms a mail.
        stream.set_nodelay(true)?;
        let connection = match (url.security, tls) {
            (Security::StartTls, Some(tls)) => {
                let mut connection = AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello).await?;
                connection.starttls(tls, hello).await?;
                connection
            }
            (_, Some(tls)) => super::smtp_tls::connect(stream, tls, hello).await?,
            (_, None) => AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello).await?,
        };
        Ok(Self { connection })
    }

    pub(super) async fn sign_in(&mut self, user: &str, password: &str) -> Result<(), Trouble> {
        let credentials = Credentials::new(user.to_owned(), password.to_owned());
        self.connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
        Ok(())
    }

    /// Sender, recipient, body, dot; the last two when it is the mail's turn. `progress` says how far it came: once the
    /// dot is written only the server's own words tell whether it has the mail.
    pub(super) async fn hand_over(
        &mut self,
        envelope: &Envelope,
        body: &[u8],
        progress: &Progress,
        turns: &Turns,
    ) -> Result<Receipt, Trouble> {
        self.connection.command(Mail::new(envelope.from().cloned(), Vec::new())).await?;
        progress.recipient_named.store(true, Ordering::Relaxed);
        for recipient in envelope.to() {
            self.connection.command(Rcpt::new(recipient.clone(), Vec::new())).await?;
        }
        // On a line that had an answer too many, every later one would be of the command before, and be taken for a yes.
        let go_on = self.connection.command(Data).await?;
        if !go_on.has_code(354) {
            return Err(Trouble::OutOfStep(said(&go_on)));
        }
        // lettre asks for the next piece only when the last is written, and writes the dot after the end:
        // the end of this iterator is the one place where the two can be told apart.
        let end = iter::from_fn(|| {
            progress.dot_sent.store(true, Ordering::Relaxed);
            None
        });
        let (reply, turn) = turns.during(self.connection.message_iter(iter::once(body).chain(end))).await;
        Ok(Receipt { reference: said(&reply?), turn })
    }

    /// Says goodbye, briefly.
    pub(super) async fn leave(mut self) {
        let farewell = tokio::time::timeout(FAREWELL, self.connection.quit()).await;
        if !matches!(farewell, Ok(Ok(_))) {
            tracing::debug!("the mail server did not answer the farewell");
        }
    }
}

impl Trouble {
    /// Before a word was said about the mail nothing can be the mail's fault: a wrong password or a
    /// server that turns us away must not bury the whole queue.
    pub(super) fn before_the_mail(self) -> SendError {
        SendError::Transient { code: self.code(), reason: self.to_string(), of_recipient: false }
    }

    /// Once the mail is being discussed a 5xx is its end, a 4xx a delay, and a lost line depends on the dot.
    pub(super) fn with_the_mail(self, progress: &Progress) -> SendError {
        let (code, reason) = (self.code(), self.to_string());
        match code {
            // Said of us, not of the mail (RFC 4954): the password is missing, wrong or too weak.
            Some(530 | 534 | 535 | 538) => SendError::Transient { code, reason, of_recipient: false },
            Some(500..) => SendError::Permanent { code, reason },
            None if progress.dot_sent() && !self.failed_while_writing() => SendError::Unsure { reason },
            // A line that breaks is the relay's; what it says once it knows the recipient is of the recipient.
            _ => SendError::Transient { code, reason, of_recipient: code.is_some() && progress.recipient_named() },
        }
    }

    /// Whether, on a line that has taken mails before, it need not have to do with this one: the line was closed meanwhile,
    /// or takes no more mails. Only before the dot, and before the server has said anything of the recipient.
    pub(super) fn is_of_the_line(&self, progress: &Progress) -> bool {
        let closed = matches!(self.code(), None | Some(421));
        !progress.dot_sent() && (closed || !progress.recipient_named())
    }

    fn code(&self) -> Option<u16> {
        match self {
            Self::Smtp(error) => error.status().map(u16::from),
            Self::Connect(_) | Self::OutOfStep(_) => None,
        }
    }

    /// A broken pipe comes from writing only, and after the body the dot is all that is written: it did not leave.
    fn failed_while_writing(&self) -> bool {
        let Self::Smtp(error) = self else { return false };
        let io = error.source().and_then(|source| source.downcast_ref::<io::Error>());
        io.is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    }
}

fn said(reply: &Response) -> String {
    let words = reply.message().collect::<Vec<_>>().join(" ");
    super::address::one_line(&format!("{} {words}", reply.code()))
}
