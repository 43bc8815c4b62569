//! The address of the mailbox that is read, as written in the configuration.
//!
//! - `imaps://user:password@mail.example.it/INBOX` — TLS from the first byte, port 993
//! - `imap+starttls://user:password@mail.example.it` — STARTTLS or nothing, port 143
//! - `imap://user:password@localhost:1143` — plain, where the host is this machine; else as `imap+starttls`
//! - `imap://user:password@10.0.0.9?tls=none` — plain on purpose

use std::fmt;

use url::Url;

use super::Security;
use super::smtp_url::{is_this_machine, percent_decode};

/// A parsed mailbox address. `Debug` and `Display` never show the password.
#[derive(Clone, PartialEq, Eq)]
pub struct ImapUrl {
    /// Name or IP address (IPv6 without brackets).
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Protection of the line.
    pub security: Security,
    /// The folder, `INBOX` unless another is named.
    pub folder: String,
    pub(super) user: String,
    pub(super) password: String,
}

/// Why an address was not understood; never repeats the password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "mailbox address: {0}. Write `imaps://user:password@host[:993]/INBOX`, `imap+starttls://user:password@host[:143]`, \
     `imap://user:password@localhost[:143]`, or `imap://user:password@host?tls=none` for a trusted network; \
     in user and password write `@ : / ? # %` as `%40 %3A %2F %3F %23 %25`"
)]
pub struct ImapUrlError(&'static str);

impl ImapUrl {
    /// Reads one of the forms above.
    ///
    /// # Errors
    /// [`ImapUrlError`], which says the right forms.
    pub fn parse(text: &str) -> Result<Self, ImapUrlError> {
        let url = Url::parse(text.trim()).map_err(|_| ImapUrlError("it is no URL"))?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(ImapUrlError("it names no host"))?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let tls = match url.query() {
            None | Some("") => None,
            Some("tls=none") => Some(Security::Plain),
            Some(_) => return Err(ImapUrlError("only `tls=none` may follow the `?`")),
        };
        let security = match (url.scheme(), tls) {
            ("imaps", None) => Security::Tls,
            ("imap", Some(security)) => security,
            ("imap", None) if is_this_machine(&host) => Security::Plain,
            ("imap" | "imap+starttls", None) => Security::StartTls,
            ("imaps" | "imap+starttls", Some(_)) => return Err(ImapUrlError("it wants TLS and none at once")),
            _ => return Err(ImapUrlError("it begins with no scheme of IMAP")),
        };
        let decoded = |text: &str| percent_decode(text).filter(|text| !text.chars().any(char::is_control));
        let user = decoded(url.username()).filter(|user| !user.is_empty()).ok_or(ImapUrlError("it names no user"))?;
        let password = url.password().and_then(decoded).ok_or(ImapUrlError("the user has no password"))?;
        let folder = decoded(url.path().trim_matches('/')).ok_or(ImapUrlError("the folder is malformed"))?;
        let folder = if folder.is_empty() { "INBOX".to_owned() } else { folder };
        let port = url.port().unwrap_or(if security == Security::Tls { 993 } else { 143 });
        Ok(Self { host, port, security, folder, user, password })
    }
}

impl fmt::Display for ImapUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.security {
            Security::Tls => "imaps",
            Security::StartTls => "imap+starttls",
            Security::Plain => "imap",
        };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        write!(f, "{scheme}://{}:***@{host}:{}/{}", self.user, self.port, self.folder)
    }
}

impl fmt::Debug for ImapUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImapUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_security_port_and_folder() {
        for (url, security, shown) in [
            ("imaps://u:p@mail.example.it/", Security::Tls, "imaps://u:***@mail.example.it:993/INBOX"),
            (
                "imaps://u%40x.it:p%2Fq@mail.example.it:1993/Risposte",
                Security::Tls,
                "imaps://u@x.it:***@mail.example.it:1993/Risposte",
            ),
            (
                "imap+starttls://u:p@mail.example.it",
                Security::StartTls,
                "imap+starttls://u:***@mail.example.it:143/INBOX",
            ),
            ("imap://u:p@mail.example.it", Security::StartTls, "imap+starttls://u:***@mail.example.it:143/INBOX"),
            ("imap://u:p@localhost:1143", Security::Plain, "imap://u:***@localhost:1143/INBOX"),
            ("imap://u:p@[::1]/a%2Fb", Security::Plain, "imap://u:***@[::1]:143/a/b"),
            ("imap://u:p@10.0.0.9?tls=none", Security::Plain, "imap://u:***@10.0.0.9:143/INBOX"),
        ] {
            let parsed = ImapUrl::parse(url).unwrap();
            assert_eq!((parsed.security, parsed.to_string().as_str()), (security, shown), "{url}");
        }
        assert_eq!(ImapUrl::parse("imaps://u%40x.it:s3%2Fcret@m.it").unwrap().password, "s3/cret");
    }

    #[test]
    fn a_wrong_one_is_answered_with_the_right_forms_and_without_the_password() {
        for url in [
            "mail.example.it",
            "pop3://u:secret@mail.example.it",
            "imaps://mail.example.it",
            "imaps://u@mail.example.it",
            "imaps://:secret@mail.example.it",
            "imaps://u:secret@mail.example.it?tls=none",
            "imap://u:secret@mail.example.it?tls=maybe",
            "imaps://u:secret%0d@mail.example.it",
        ] {
            let error = ImapUrl::parse(url).unwrap_err().to_string();
            assert!(error.contains("imaps://user:password@host") && !error.contains("secret"), "{url}: {error}");
        }
    }
}
