//! The address of a mail server, as written in the configuration.
//!
//! - `smtps://user:password@mail.example.it` — TLS from the first byte, port 465
//! - `smtp+starttls://user:password@mail.example.it` — STARTTLS or nothing, port 587
//! - `smtp://mail.example.it` — as `smtp+starttls`; plain on port 25 when the host is this machine
//! - `smtp://relay.example.it:25?tls=none` — plain on purpose; `?hello=hub.example.it` names us in EHLO

use std::fmt;
use std::net::IpAddr;

/// How the line to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS before the first word.
    Tls,
    /// Plain greeting, then TLS; without it nothing is sent.
    StartTls,
    /// No protection: this machine, or asked for with `?tls=none`.
    Plain,
}

/// A parsed server address. `Debug` and `Display` never show the password.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    /// Name or IP address (IPv6 without brackets).
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Protection of the line.
    pub security: Security,
    /// Name given in EHLO; the machine's own when absent.
    pub hello: Option<String>,
    pub(super) credentials: Option<(String, String)>,
}

/// Why an address was not understood; never repeats the password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "mail server address: {0}. Write `smtps://user:password@host[:465]`, `smtp+starttls://user:password@host[:587]`, \
     `smtp://localhost[:25]`, or `smtp://host:25?tls=none` for a trusted network; \
     in user and password write `@ : / ? # %` as `%40 %3A %2F %3F %23 %25`"
)]
pub struct SmtpUrlError(pub(super) String);

impl SmtpUrl {
    /// Reads one of the forms above.
    ///
    /// # Errors
    /// [`SmtpUrlError`], which says the right forms.
    pub fn parse(url: &str) -> Result<Self, SmtpUrlError> {
        let wrong = |what: &str| Err(SmtpUrlError(what.to_owned()));
        let Some((scheme, rest)) = url.trim().split_once("://") else { return wrong("it has no scheme") };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        // The last `@`: a password with an `@` left as it is does no harm.
        let (login, place) = rest.rsplit_once('@').map_or((None, rest), |(login, place)| (Some(login), place));
        let (host, port) = split_port(place)?;
        let (mut tls, mut hello) = (None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            match key {
                "tls" => tls = Some(value),
                "hello" if is_host(value) => hello = Some(value.to_owned()),
                _ => return wrong("only `tls` and `hello` may follow the `?`"),
            }
        }
        let security = match (scheme, tls) {
            ("smtps", None) => Security::Tls,
            ("smtp", None) if is_this_machine(&host) => Security::Plain,
            ("smtp", Some("none")) => Security::Plain,
            ("smtp" | "smtp+starttls", None | Some("starttls")) => Security::StartTls,
            ("smtps" | "smtp+starttls", _) => return wrong("`?tls=` goes with `smtp://` only"),
            ("smtp", _) => return wrong("`?tls=` is `none` or `starttls`"),
            _ => return wrong("the scheme is none of smtps, smtp+starttls, smtp"),
        };
        let credentials = login.map(read_login).transpose()?;
        let usual = match security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::Plain => 25,
        };
        Ok(Self { host, port: port.unwrap_or(usual), security, hello, credentials })
    }
}

fn split_port(place: &str) -> Result<(String, Option<u16>), SmtpUrlError> {
    let wrong = |what: &str| SmtpUrlError(what.to_owned());
    let (host, port) = match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => place.rsplit_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    if !is_host(host) {
        return Err(wrong("the host is missing or malformed"));
    }
    let port = port.map(str::parse).transpose().map_err(|_| wrong("the port is not a number up to 65535"))?;
    Ok((host.to_owned(), port))
}

fn is_host(host: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    host.parse::<IpAddr>().is_ok() || (!host.is_empty() && host.bytes().all(plain))
}

pub(super) fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn read_login(login: &str) -> Result<(String, String), SmtpUrlError> {
    let wrong = |what: &str| SmtpUrlError(what.to_owned());
    let (user, password) = login.split_once(':').ok_or_else(|| wrong("the user has no password"))?;
    let both = percent_decode(user).zip(percent_decode(password));
    both.ok_or_else(|| wrong("user or password have a `%` that is not followed by two hexadecimal digits"))
}

pub(super) fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let plain = if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            byte
        };
        decoded.push(plain);
    }
    String::from_utf8(decoded).ok()
}

impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.security {
            Security::Tls => "smtps",
            Security::StartTls => "smtp+starttls",
            Security::Plain => "smtp",
        };
        let login = self.credentials.as_ref().map(|(user, _)| format!("{user}:***@")).unwrap_or_default();
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        write!(f, "{scheme}://{login}{host}:{}", self.port)
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({self})")
    }
}
