//! Mail handed to a real server: several mails over one line, one clock over the whole conversation about each.
//!
//! Sorts every failure by what it means for the mail; the talking itself is in `smtp_dialogue`, the lines that are kept
//! in `smtp_lines`.

use std::time::Duration;

use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters};
use lettre::transport::smtp::extension::ClientId;

use super::smtp_dialogue::{Dialogue, Progress, Trouble};
use super::smtp_lines::{Line, Lines};
use super::turn::Turns;
use super::{Outgoing, Receipt, Security, SendError, Signer, SmtpUrl, SmtpUrlError, mime, trust};

/// Long enough for a relay that greets slowly on purpose, shorter than any sensible delivery lease.
pub const TIMEOUT: Duration = Duration::from_mins(1);

/// Why no mail can be handed to a server at all.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// Its address is not one.
    #[error(transparent)]
    Url(#[from] SmtpUrlError),
    /// The address is well, but no line to it can be encrypted from here.
    #[error("mail server {server}: its line cannot be encrypted, and no other is used")]
    Encryption {
        /// The address, without the password.
        server: String,
        /// What is missing.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// A mail server. `Debug` never shows the password.
#[derive(Clone)]
pub struct Smtp {
    url: SmtpUrl,
    timeout: Duration,
    turns: Turns,
    lines: Lines,
    /// What a line that is encrypted needs.
    tls: Option<TlsParameters>,
    signer: Option<Signer>,
}

impl SmtpError {
    fn encryption(url: &SmtpUrl, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Encryption { server: url.to_string(), source: source.into() }
    }
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Smtp({}, {:?}, {:?})", self.url, self.timeout, self.signer)
    }
}

impl Smtp {
    /// A server by its address (forms: see [`SmtpUrl`]), with 60 seconds for each whole conversation.
    ///
    /// # Errors
    /// [`SmtpError`], which says the right forms where the address is not one.
    pub fn from_url(url: &str) -> Result<Self, SmtpError> {
        Self::with_timeout(url, TIMEOUT)
    }

    /// The same with another limit, from the name look-up to the server's last word.
    ///
    /// # Errors
    /// [`SmtpError`], which says the right forms where the address is not one.
    pub fn with_timeout(url: &str, timeout: Duration) -> Result<Self, SmtpError> {
        let url = SmtpUrl::parse(url)?;
        if url.security == Security::Plain && url.credentials.is_some() {
            tracing::warn!(server = %url, "the password of the mail server travels unprotected");
        }
        let tls = match url.security {
            Security::Plain => None,
            Security::Tls | Security::StartTls => {
                Some(tls(&url.host).map_err(|error| SmtpError::encryption(&url, error))?)
            }
        };
        Ok(Self { url, timeout, turns: Turns::new(), lines: Lines::default(), tls, signer: None })
    }

    /// The same, with all mails signed where there is a signer.
    #[must_use]
    pub fn signing(self, signer: Option<Signer>) -> Self {
        Self { signer, ..self }
    }

    pub(super) async fn send(&self, mail: &Outgoing) -> Result<Receipt, SendError> {
        let message = mime::message(mail)?;
        let bytes = match &self.signer {
            Some(signer) => signer.sign(message.formatted(), mail.date),
            None => message.formatted(),
        };
        let (progress, envelope) = (Progress::default(), message.envelope());
        let work = async {
            if let Some(mut line) = self.lines.take() {
                let told = line.dialogue.hand_over(envelope, &bytes, &progress, &self.turns).await;
                if !told.as_ref().is_err_and(|trouble| trouble.is_of_the_line(&progress)) {
                    return Ok((line, told));
                }
                // It had been closed, or was to take no more: nothing was said about the mail, so it is no attempt.
                line.leave();
                progress.begin_again();
            }
            let mut line = Line::new(self.open().await.map_err(Trouble::before_the_mail)?);
            let told = line.dialogue.hand_over(envelope, &bytes, &progress, &self.turns).await;
            Ok::<_, SendError>((line, told))
        };
        match tokio::time::timeout(self.timeout, work).await {
            Ok(Err(error)) => Err(error),
            Ok(Ok((line, Ok(receipt)))) => {
                self.lines.keep(line);
                Ok(receipt)
            }
            Ok(Ok((line, Err(trouble)))) => {
                // Whatever the farewell brings, the fate of the mail is settled: nobody waits for it.
                line.leave();
                Err(trouble.with_the_mail(&progress))
            }
            Err(_) if progress.dot_sent() => Err(SendError::Unsure { reason: self.silent() }),
            Err(_) => {
                let of_recipient = progress.recipient_named();
                Err(SendError::Transient { code: None, reason: self.silent(), of_recipient })
            }
        }
    }

    /// Says goodbye on the lines that are kept for the next mail: there is none for now.
    pub(super) fn rest(&self) {
        self.lines.close();
    }

    /// Connects, greets, signs in when there is a password, and leaves.
    pub(super) async fn check(&self) -> Result<String, SendError> {
        match tokio::time::timeout(self.timeout, self.open()).await {
            Ok(opened) => {
                let dialogue = opened.map_err(Trouble::before_the_mail)?;
                let line = if self.url.security == Security::Plain { "not encrypted" } else { "encrypted" };
                dialogue.leave().await;
                let signed = if self.url.credentials.is_some() { ", signed in" } else { "" };
                Ok(format!("{} answers, {line}{signed}", self.url))
            }
            Err(_) => Err(SendError::transient(self.silent())),
        }
    }

    async fn open(&self) -> Result<Dialogue, Trouble> {
        let hello = self.url.hello.clone().map_or_else(ClientId::default, ClientId::Domain);
        let mut dialogue = Dialogue::open(&self.url, &hello, self.tls.clone()).await?;
        if let Some((user, password)) = &self.url.credentials {
            dialogue.sign_in(user, password).await?;
        }
        Ok(dialogue)
    }

    fn silent(&self) -> String {
        format!("{} did not finish within {:?}", self.url, self.timeout)
    }
}

fn tls(host: &str) -> Result<TlsParameters, lettre::transport::smtp::Error> {
    let mut tls = TlsParameters::builder(host.to_owned()).certificate_store(CertificateStore::WebpkiRoots);
    for authority in trust::own() {
        tls = tls.add_root_certificate(Certificate::from_der(authority.to_vec())?);
    }
    tls.build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn an_encryption_that_cannot_be_had_is_not_called_a_wrong_address() {
        let url = SmtpUrl::parse("smtps://hub:secret@mail.example.it").unwrap();
        let error = SmtpError::encryption(&url, "no cipher");
        let said = error.to_string();
        assert!(said.contains("hub:***@mail.example.it:465") && !said.contains("Write `smtps://"), "{said}");
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("no cipher"));
        let wrong = Smtp::from_url("smtps://").unwrap_err().to_string();
        assert!(wrong.contains("Write `smtps://"), "{wrong}");
    }
}
