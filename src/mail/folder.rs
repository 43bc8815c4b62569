//! Mail written to a folder, one `.eml` each (any mail program opens it), for development and trials.
//!
//! Beside each stands a `.json` with the same fields, so that a mailbox page need not parse MIME.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{KeptMail, Outgoing, Receipt, SendError, Turn, mime};

/// A folder that receives mail; created when the first one comes.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Mail goes to `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Writes `<time>-<hash of the Message-ID>.eml` and its `.json`; a retry replaces both.
    pub(super) async fn send(&self, mail: &Outgoing) -> Result<Receipt, SendError> {
        let bytes = mime::message(mail)?.formatted();
        let fields = serde_json::to_vec_pretty(&KeptMail::from(mail)).map_err(SendError::transient)?;
        let stem = format!(
            "{}-{:016x}",
            mail.date.strftime("%Y%m%dT%H%M%S.%6fZ"), // sorts by time
            mime::fingerprint(&mail.message_id)
        );
        let folder = self.path.clone();
        let reference = format!("{stem}.eml");
        aside(move || {
            fs::create_dir_all(&folder)?;
            write_whole(&folder, &format!("{stem}.eml"), &bytes)?;
            // Last, because the list goes by these: what it shows is complete.
            write_whole(&folder, &format!("{stem}.json"), &fields)?;
            sync_folder(&folder)
        })
        .await
        .map_err(|error| self.failed(&error))?;
        Ok(Receipt { reference, turn: Turn::default() })
    }

    /// Writes and removes a file.
    pub(super) async fn check(&self) -> Result<String, SendError> {
        let folder = self.path.clone();
        aside(move || {
            fs::create_dir_all(&folder)?;
            write_whole(&folder, "check.tmp", b"innesto")?;
            fs::remove_file(folder.join("check.tmp"))
        })
        .await
        .map_err(|error| self.failed(&error))?;
        Ok(format!("mail is written to the folder {}", self.path.display()))
    }

    /// The last `limit` mails, newest last; an unreadable one is skipped, a folder not yet made is empty.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub async fn list(&self, limit: usize) -> io::Result<Vec<KeptMail>> {
        let folder = self.path.clone();
        aside(move || {
            let entries = match fs::read_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                other => other?,
            };
            let mut names: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
            names.retain(|path| path.extension().is_some_and(|ext| ext == "json"));
            names.sort();
            let newest = names.split_off(names.len().saturating_sub(limit));
            Ok(newest.iter().filter_map(|path| serde_json::from_slice(&fs::read(path).ok()?).ok()).collect())
        })
        .await
    }

    fn failed(&self, error: &io::Error) -> SendError {
        SendError::transient(format!("the mail folder {} cannot be used: {error}", self.path.display()))
    }
}

/// Disk work off the threads that serve requests.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Whole or not at all: temporary file, fsync, rename.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let temporary = folder.join(format!(".{name}.part"));
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, folder.join(name))
}

/// The rename itself is durable only once the folder is on disk; Windows cannot open folders.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
