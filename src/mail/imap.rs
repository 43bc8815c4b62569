//! The mailbox of answers, over IMAP: what waits, each mail by itself, and where it goes when it was dealt with. Every
//! word with the server has a time limit. It knows nothing of what is in a mail.

use std::io;
use std::time::Duration;

use async_imap::error::Error;
use async_imap::types::UnsolicitedResponse;
use async_imap::{Client, Session};
use futures_util::TryStreamExt;
use tokio::time::timeout;

use super::ImapUrl;
use super::imap_line::{self, Line};

/// How long the server may take for one answer.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often it is looked where the server cannot say by itself that something came.
const POLL: Duration = Duration::from_secs(30);
/// How long to listen before asking anew: servers hang up after half an hour (RFC 2177).
const LISTEN: Duration = Duration::from_mins(25);
/// Marks what was dealt with where it cannot be moved away.
const DONE: &str = "$InnestoDone";
/// The most bytes of a header that are read of a mail that is too large.
const MOST_HEADER: u32 = 1 << 16;

/// What went wrong with the mailbox; all of it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    /// The server cannot be reached, or the line broke.
    #[error("no connection: {0}")]
    Line(#[from] io::Error),
    /// The server refused, or said what nobody understands.
    #[error("{0}")]
    Server(#[from] Error),
    /// The server does not answer.
    #[error("the server did not answer within {PATIENCE:?}")]
    Silent,
}

/// A mail in the mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number there.
    pub uid: u32,
    /// Its size in bytes, as the server says.
    pub size: u32,
}

/// The open mailbox.
#[derive(Debug)]
pub struct Inbox {
    session: Session<Box<dyn Line>>,
    validity: u32,
    listens: bool,
    moves: bool,
    expunges: bool,
    away: Option<String>,
}

async fn within<T, E: Into<ImapError>>(work: impl Future<Output = Result<T, E>>) -> Result<T, ImapError> {
    timeout(PATIENCE, work).await.map_err(|_| ImapError::Silent)?.map_err(Into::into)
}

impl Inbox {
    /// Connects, signs in, opens the folder, and makes the one for what was dealt with: `Innesto/Elaborati`.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn open(url: &ImapUrl) -> Result<Self, ImapError> {
        let mut client = Client::new(within(imap_line::open(url)).await?);
        if imap_line::wants_starttls(url) {
            within(client.read_response()).await?;
            within(client.run_command_and_check_ok("STARTTLS", None)).await?;
            // Whatever came before the handshake is thrown away with the reader.
            client = Client::new(within(imap_line::encrypt(client.into_inner(), url)).await?);
        } else {
            within(client.read_response()).await?;
        }
        let signing = async { client.login(&url.user, &url.password).await.map_err(|(error, _)| error) };
        let mut session = within(signing).await?;
        let known = within(session.capabilities()).await?;
        let (listens, moves, expunges) = (known.has_str("IDLE"), known.has_str("MOVE"), known.has_str("UIDPLUS"));
        let away = away(&mut session).await?;
        let folder = within(session.select(&url.folder)).await?;
        Ok(Self { session, validity: folder.uid_validity.unwrap_or_default(), listens, moves, expunges, away })
    }

    /// Where a mail stands in this mailbox for good: what a server renumbers has another place.
    #[must_use]
    pub fn place(&self, uid: u32) -> String {
        format!("{}:{uid}", self.validity)
    }

    /// In words for an administrator: how news come, and where mails go.
    #[must_use]
    pub fn described(&self) -> String {
        let news = if self.listens { "news come at once" } else { "looked at every half a minute (no IDLE)" };
        match &self.away {
            Some(folder) => format!("{news}, what was dealt with goes to {folder}"),
            None => format!("{news}, what was dealt with is marked: the folder for it cannot be made"),
        }
    }

    /// The oldest `most` mails after this one that nobody has dealt with.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn waiting(&mut self, after: u32, most: usize) -> Result<Vec<Waiting>, ImapError> {
        // What came until now is about to be seen: it need not wake anybody later.
        while self.session.unsolicited_responses.try_recv().is_ok() {}
        let mut uids: Vec<u32> =
            within(self.session.uid_search(format!("UNDELETED UNKEYWORD {DONE}"))).await?.into_iter().collect();
        uids.retain(|uid| *uid > after);
        uids.sort_unstable();
        uids.truncate(most);
        if uids.is_empty() {
            return Ok(Vec::new());
        }
        let set = uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let fetched = async {
            let fetches = self.session.uid_fetch(&set, "(UID RFC822.SIZE)").await?;
            fetches.try_collect::<Vec<_>>().await
        };
        let found = within(fetched).await?;
        let mut waiting: Vec<Waiting> = found
            .iter()
            .filter_map(|mail| Some(Waiting { uid: mail.uid?, size: mail.size.unwrap_or(u32::MAX) }))
            .collect();
        // The server also tells of mails that nobody asked about.
        waiting.retain(|mail| uids.binary_search(&mail.uid).is_ok());
        waiting.sort_unstable_by_key(|mail| mail.uid);
        waiting.dedup();
        Ok(waiting)
    }

    /// The bytes of a mail, or of its header alone; none where it is gone. It stays unread.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn fetch(&mut self, uid: u32, whole: bool) -> Result<Option<Vec<u8>>, ImapError> {
        let what =
            if whole { "(UID BODY.PEEK[])".to_owned() } else { format!("(UID BODY.PEEK[HEADER]<0.{MOST_HEADER}>)") };
        let fetched = async {
            let fetches = self.session.uid_fetch(uid.to_string(), &what).await?;
            fetches.try_collect::<Vec<_>>().await
        };
        let found = within(fetched).await?;
        let mail = found.into_iter().find(|mail| mail.uid == Some(uid));
        Ok(mail
            .and_then(|mail| if whole { mail.body().map(<[u8]>::to_vec) } else { mail.header().map(<[u8]>::to_vec) }))
    }

    /// Takes a mail that was dealt with out of the way; where no folder can be had for it, it is marked.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn put_away(&mut self, uid: u32) -> Result<(), ImapError> {
        let (set, away) = (uid.to_string(), self.away.clone());
        match away {
            Some(folder) if self.moves => match within(self.session.uid_mv(&set, &folder)).await {
                Err(ImapError::Server(Error::No(_) | Error::Bad(_))) => self.mark(&set, DONE).await,
                moved => moved,
            },
            Some(folder) => match within(self.session.uid_copy(&set, &folder)).await {
                Ok(()) => {
                    self.mark(&set, "\\Deleted").await?;
                    if self.expunges {
                        let expunged = async { self.session.uid_expunge(&set).await?.try_collect::<Vec<_>>().await };
                        within(expunged).await?;
                    }
                    Ok(())
                }
                Err(ImapError::Server(Error::No(_) | Error::Bad(_))) => self.mark(&set, DONE).await,
                Err(error) => Err(error),
            },
            None => self.mark(&set, DONE).await,
        }
    }

    async fn mark(&mut self, set: &str, mark: &str) -> Result<(), ImapError> {
        let flags = format!("+FLAGS.SILENT (\\Seen {mark})");
        let stored = async { self.session.uid_store(set, &flags).await?.try_collect::<Vec<_>>().await };
        match within(stored).await {
            // It was moved, or the server keeps no marks of others: the database remembers it.
            Ok(_) | Err(ImapError::Server(Error::No(_) | Error::Bad(_))) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Comes back when something may have come, at the latest after 25 minutes.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn listen(mut self) -> Result<Self, ImapError> {
        if !self.listens {
            tokio::time::sleep(POLL).await;
            within(self.session.noop()).await?;
            return Ok(self);
        }
        let Self { session, validity, listens, moves, expunges, away } = self;
        let told = session.unsolicited_responses.clone();
        let mut idle = session.idle();
        within(idle.init()).await?;
        // What came between the last look and now was told then.
        let mut news = false;
        while let Ok(response) = told.try_recv() {
            news |= matches!(response, UnsolicitedResponse::Exists(_));
        }
        if !news {
            let (heard, _interrupt) = idle.wait_with_timeout(LISTEN);
            // Servers say that they are still there, which is no news; so the limit over all is ours.
            if let Ok(heard) = timeout(LISTEN, heard).await {
                heard?;
            }
        }
        let session = within(idle.done()).await?;
        Ok(Self { session, validity, listens, moves, expunges, away })
    }

    /// Says goodbye, briefly.
    pub async fn close(mut self) {
        if timeout(Duration::from_secs(2), self.session.logout()).await.is_err() {
            tracing::debug!("the mailbox did not answer the farewell");
        }
    }
}

/// The folder for what was dealt with, made where it is not there yet.
async fn away(session: &mut Session<Box<dyn Line>>) -> Result<Option<String>, ImapError> {
    let listed = async { session.list(Some(""), None).await?.try_collect::<Vec<_>>().await };
    let roots = within(listed).await?;
    let between = roots.first().and_then(|root| root.delimiter()).unwrap_or("/").to_owned();
    // Some servers let folders be made only under the inbox.
    for name in [format!("Innesto{between}Elaborati"), format!("INBOX{between}Innesto{between}Elaborati")] {
        let quoted = format!("\"{name}\"");
        let listed = async { session.list(Some(""), Some(&quoted)).await?.try_collect::<Vec<_>>().await };
        if !within(listed).await?.is_empty() {
            return Ok(Some(name));
        }
        match within(session.create(&name)).await {
            Ok(()) => return Ok(Some(name)),
            Err(ImapError::Server(Error::No(_) | Error::Bad(_))) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}
