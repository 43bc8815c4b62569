//! Settings: each has a name, a default that works, and an example. From the environment (`INNESTO_LISTEN`) or a TOML
//! file (`listen = "…"`), the environment first. A wrong one is refused by name.
mod publisher;
mod settings;

pub use publisher::Publisher;
pub use settings::{SETTINGS, Setting, variable};

use crate::domain::{
    notification::{DigestTimes, read_time, weekday},
    reply_address::ReplyMailbox,
    request::Timing,
};
use std::{collections::BTreeMap, env, fmt, fs, net::SocketAddr, path::PathBuf};
use url::Url;

/// A value that must not appear in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value itself, for the one who needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a sysadmin needs to recognise a URL, without the password.
        let shown = Url::parse(&self.0).ok().map(|mut url| {
            let _ = url.set_password(url.password().map(|_| "redacted"));
            url.set_query(None);
            url.to_string()
        });
        f.write_str(shown.as_deref().unwrap_or("redacted"))
    }
}

/// All settings, read and checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to serve.
    pub listen: SocketAddr,
    /// How the hub is reached from outside, without a slash at the end.
    pub public_url: Url,
    /// Folder for the embedded database and undelivered mail.
    pub data_dir: PathBuf,
    /// `sqlite:` or `postgres:` URL.
    pub database_url: Secret,
    /// Mail server; none writes mails to a folder.
    pub smtp_url: Option<Secret>,
    /// Sender of all mails.
    pub mail_from: String,
    /// File of the key that mails are signed with (DKIM); none signs none.
    pub dkim_key: Option<PathBuf>,
    /// Under which name the key's public half stands in the DNS.
    pub dkim_selector: String,
    /// Address of the mailbox that takes answers and bounces, without a tag.
    pub inbound_address: Option<ReplyMailbox>,
    /// Where that mailbox is read.
    pub imap_url: Option<Secret>,
    /// The name under which our own relay writes `Authentication-Results`; none believes nobody's.
    pub inbound_authserv: Option<String>,
    /// Bucket for documents; none keeps them in the data folder.
    pub documents_url: Option<String>,
    /// Mebibytes that one document may have.
    pub document_mb: u64,
    /// Mebibytes that all documents of one territory may have.
    pub territory_documents_mb: u64,
    /// Virus scanner and its arguments; none looks at nothing.
    pub scan_command: Option<String>,
    /// How many reverse proxies stand before the hub: so many addresses at the end of `X-Forwarded-For` are believed.
    pub trusted_proxies: usize,
    /// Days after which an unused session ends.
    pub session_days: i64,
    /// The score, 1 to 100, from which a practice is noted for a need.
    pub need_score: i64,
    /// When reminders go, the facilitator is called, and the hub acts by itself.
    pub timing: Timing,
    /// When digests of mails go.
    pub digests: DigestTimes,
    /// Points that each person and each network address may spend a minute; 0 for no limit.
    pub rate_points: i64,
    /// Mebibytes of public answers kept in memory; 0 for none.
    pub answer_cache_mb: u64,
    /// Folder of wordings that letters have in the place of those built in.
    pub mail_texts: Option<PathBuf>,
    /// File of documents that are trusted; read at the start of the server.
    pub trusted_documents: Option<PathBuf>,
    /// Whether who is not signed in may ask by trusted documents only.
    pub trusted_only: bool,
    /// Filter of the log.
    pub log: String,
    /// Log as JSON lines.
    pub log_json: bool,
    /// What a scraper of `/metrics` must show; none lets only this machine in.
    pub metrics_token: Option<Secret>,
    /// Where traces go, without `/v1/traces`; none makes none.
    pub otlp_endpoint: Option<Url>,
    /// How long the hub still takes requests once it was told to stop.
    pub drain_seconds: u64,
    /// Who publishes the open data.
    pub publisher: Publisher,
    /// Demo: data loaded at the start, mails kept in the hub and shown at `/dev/mailbox`. Only by `serve --demo`.
    pub demo: bool,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("setting {name} (environment {variable}): {problem}\n  example: {variable}={example}")]
pub struct WrongSetting {
    name: String,
    variable: String,
    problem: String,
    example: &'static str,
}

/// Why the settings could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// One of them is wrong.
    #[error(transparent)]
    Wrong(#[from] WrongSetting),
    /// The file cannot be used.
    #[error("settings file {file}: {problem}")]
    File {
        /// Its path.
        file: String,
        /// Why.
        problem: String,
    },
}

struct Values(BTreeMap<String, String>);

impl Values {
    fn read<T>(&self, name: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<T>, WrongSetting> {
        let Some(text) = self.0.get(name) else { return Ok(None) };
        parse(text.trim()).map(Some).map_err(|problem| WrongSetting {
            name: name.to_owned(),
            variable: variable(name),
            problem,
            example: SETTINGS.iter().find(|s| s.name == name).map_or("", |s| s.example),
        })
    }
}

impl Config {
    /// Reads the environment and the file, if one is named. A demonstration has a folder of its own unless another is
    /// named.
    ///
    /// # Errors
    /// The first wrong setting, by name, with an example.
    pub fn load(file: Option<&str>, demo: bool) -> Result<Self, ConfigError> {
        let mut values = match file {
            Some(path) => from_file(path)?,
            None => BTreeMap::new(),
        };
        for setting in SETTINGS {
            if let Ok(value) = env::var(variable(setting.name))
                && !value.trim().is_empty()
            {
                values.insert(setting.name.to_owned(), value);
            }
        }
        if demo {
            values.entry("data_dir".to_owned()).or_insert_with(|| ".innesto-demo".to_owned());
        }
        Ok(Self { demo, ..Self::of(values)? })
    }

    /// Checks values that were read from somewhere.
    ///
    /// # Errors
    /// The first wrong setting.
    pub fn of(values: BTreeMap<String, String>) -> Result<Self, WrongSetting> {
        let values = Values(values);
        let listen = values
            .read("listen", |text| text.parse().map_err(|_| format!("{text:?} is not an address with a port")))?
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let mail_texts = values.read("mail_texts", |text| Ok(PathBuf::from(text)))?;
        let trusted_documents = values.read("trusted_documents", |text| Ok(PathBuf::from(text)))?;
        let trusted_only = values.read("trusted_only", yes_or_no)?.unwrap_or(false);
        let data_dir = values.read("data_dir", |text| Ok(PathBuf::from(text)))?.unwrap_or_else(|| ".innesto".into());
        let beside = format!("sqlite:{}", data_dir.join("innesto.db").display());
        Ok(Self {
            public_url: values.read("public_url", web_address)?.map_or_else(
                || {
                    web_address(&format!("http://{listen}")).map_err(|problem| WrongSetting {
                        name: "listen".into(),
                        variable: variable("listen"),
                        problem,
                        example: "127.0.0.1:8080",
                    })
                },
                Ok,
            )?,
            database_url: values.read("database_url", database_address)?.unwrap_or(Secret(beside)),
            smtp_url: values.read("smtp_url", smtp_address)?,
            mail_from: values
                .read("mail_from", sender)?
                .unwrap_or_else(|| "Innesto <innesto@localhost.invalid>".to_owned()),
            dkim_key: values.read("dkim_key", |text| Ok(PathBuf::from(text)))?,
            dkim_selector: values.read("dkim_selector", host_name)?.unwrap_or_else(|| "innesto".to_owned()),
            inbound_address: values.read("inbound_address", ReplyMailbox::parse)?,
            imap_url: values.read("imap_url", imap_address)?,
            inbound_authserv: values.read("inbound_authserv", host_name)?,
            documents_url: values.read("documents_url", bucket_address)?,
            document_mb: values.read("document_mb", |text| number(text, 1, 1024))?.unwrap_or(25),
            territory_documents_mb: values
                .read("territory_documents_mb", |text| number(text, 1, 1 << 20))?
                .unwrap_or(2048),
            scan_command: values.read("scan_command", |text| Ok(text.to_owned()))?.filter(|text| !text.is_empty()),
            trusted_proxies: values.read("trusted_proxies", |text| number(text, 0, 10))?.unwrap_or(0),
            session_days: values.read("session_days", |text| number(text, 1, 365))?.unwrap_or(30),
            need_score: values.read("need_score", |text| number(text, 1, 100))?.unwrap_or(50),
            timing: timing(&values)?,
            digests: digests(&values)?,
            rate_points: values.read("rate_points", |text| number(text, 0, 1_000_000_000))?.unwrap_or(200_000),
            answer_cache_mb: values.read("answer_cache_mb", |text| number(text, 0, 65_536))?.unwrap_or(64),
            mail_texts,
            trusted_documents,
            trusted_only,
            log: values.read("log", |text| Ok(text.to_owned()))?.unwrap_or_else(|| "info".to_owned()),
            log_json: values.read("log_format", json_or_text)?.unwrap_or(false),
            metrics_token: values.read("metrics_token", bearer)?,
            otlp_endpoint: values.read("otlp_endpoint", collector)?,
            drain_seconds: values.read("drain_seconds", |text| number(text, 0, 300))?.unwrap_or(0),
            publisher: Publisher::read(&values)?,
            demo: false,
            listen,
            data_dir,
        })
    }

    /// A link into the portal.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}/{}", self.public_url.as_str().trim_end_matches('/'), path.trim_start_matches('/'))
    }

    /// The mailbox that takes answers and bounces, where there is one and it is read.
    #[must_use]
    pub fn replies(&self) -> Option<&ReplyMailbox> {
        self.inbound_address.as_ref().filter(|_| self.imap_url.is_some())
    }

    /// Whether browsers reach the hub over TLS, so that cookies can be bound to it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

/// When digests go.
fn digests(values: &Values) -> Result<DigestTimes, WrongSetting> {
    let usual = DigestTimes::default();
    let wrong = |text: &str| format!("{text:?} is not a time of day like 07:30");
    let minute = values.read("digest_time", |text| read_time(text).ok_or_else(|| wrong(text)))?;
    let weekday = values.read("digest_weekday", weekday)?;
    Ok(DigestTimes { minute: minute.unwrap_or(usual.minute), weekday: weekday.unwrap_or(usual.weekday) })
}

/// The timers' times.
fn timing(values: &Values) -> Result<Timing, WrongSetting> {
    let mut timing = Timing::default();
    for name in Timing::names() {
        values.read(name, |text| timing.set(name, text))?;
    }
    timing.grace = values.read("deadline_grace", Timing::grace)?.unwrap_or(timing.grace);
    timing.patrons = values.read("patron_days", Timing::patrons)?.unwrap_or_default();
    timing.in_order().map_err(|(name, before)| WrongSetting {
        name: name.to_owned(),
        variable: variable(name),
        problem: format!("it must be later than {before}"),
        example: SETTINGS.iter().find(|s| s.name == name).map_or("", |s| s.example),
    })?;
    Ok(timing)
}

fn from_file(path: &str) -> Result<BTreeMap<String, String>, ConfigError> {
    let wrong = |problem: String| ConfigError::File { file: path.to_owned(), problem };
    let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| wrong(error.to_string()))?;
    table
        .into_iter()
        .map(|(name, value)| {
            if !SETTINGS.iter().any(|setting| setting.name == name) {
                let known: Vec<_> = SETTINGS.iter().map(|setting| setting.name).collect();
                return Err(wrong(format!("there is no setting {name:?}; known are {}", known.join(", "))));
            }
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(yes) => yes.to_string(),
                _ => return Err(wrong(format!("{name} must be text or a number"))),
            };
            Ok((name, text))
        })
        .collect()
}

fn web_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{text:?} is not a web address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() || url.path() != "/" || url.query().is_some() {
        return Err(format!("{text:?} must be http:// or https:// and a host, without a path"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it must not hold a name or a password: it is shown to everybody".into());
    }
    Ok(url)
}

fn database_address(text: &str) -> Result<Secret, String> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    if !known.iter().any(|scheme| text.starts_with(scheme)) {
        return Err("it must begin with sqlite: or postgres://".into());
    }
    Ok(Secret(text.to_owned()))
}

fn bucket_address(text: &str) -> Result<String, String> {
    let named = text.strip_prefix("s3://").map(|rest| rest.split('/').next().unwrap_or_default());
    match named {
        Some(bucket) if !bucket.is_empty() && !text.contains(['@', '?']) => Ok(text.to_owned()),
        _ => Err("it must be s3:// and the bucket's name; who may, stands in AWS_ACCESS_KEY_ID and the like".into()),
    }
}

fn smtp_address(text: &str) -> Result<Secret, String> {
    let url = Url::parse(text).map_err(|error| format!("it is not a URL: {error}"))?;
    if !matches!(url.scheme(), "smtp" | "smtps" | "smtp+starttls") || url.host().is_none() {
        return Err("it must begin with smtp://, smtp+starttls:// or smtps:// and name a host".into());
    }
    Ok(Secret(text.to_owned()))
}

fn imap_address(text: &str) -> Result<Secret, String> {
    let url = Url::parse(text).map_err(|error| format!("it is not a URL: {error}"))?;
    if !matches!(url.scheme(), "imap" | "imaps" | "imap+starttls") || url.host().is_none() {
        return Err("it must begin with imaps://, imap+starttls:// or imap:// and name a host".into());
    }
    Ok(Secret(text.to_owned()))
}

fn host_name(text: &str) -> Result<String, String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    if text.is_empty() || text.len() > 255 || !text.bytes().all(plain) {
        return Err(format!("{text:?} is not a name like mx.example.org"));
    }
    Ok(text.to_lowercase())
}

fn bearer(text: &str) -> Result<Secret, String> {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !(16..=200).contains(&text.len()) || !text.chars().all(known) {
        return Err("it must have 16 to 200 letters, digits, - or _".into());
    }
    Ok(Secret(text.to_owned()))
}

fn collector(text: &str) -> Result<Url, String> {
    let url = web_address(text)?;
    if url.scheme() != "http" {
        return Err("traces are sent by plain http:// to a collector on this machine, which passes them on".into());
    }
    Ok(url)
}

fn sender(text: &str) -> Result<String, String> {
    if text.matches('@').count() == 1 && !text.contains(',') && !text.chars().any(char::is_control) {
        return Ok(text.to_owned());
    }
    Err(format!("{text:?} is not a name and an address"))
}

fn json_or_text(text: &str) -> Result<bool, String> {
    match text {
        "json" => Ok(true),
        "text" => Ok(false),
        _ => Err(format!("{text:?} is neither text nor json")),
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err(format!("{text:?} is neither yes nor no")),
    }
}

fn number<T: std::str::FromStr + PartialOrd + Copy + fmt::Display>(text: &str, least: T, most: T) -> Result<T, String> {
    text.parse()
        .ok()
        .filter(|n| *n >= least && *n <= most)
        .ok_or_else(|| format!("{text:?} is not a whole number from {least} to {most}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Result<Config, WrongSetting> {
        Config::of(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn every_default_works_and_every_example_is_accepted() {
        let config = of(&[]).unwrap();
        assert_eq!(config.link("/richieste/1"), "http://127.0.0.1:8080/richieste/1");
        assert_eq!(config.database_url.expose(), "sqlite:.innesto/innesto.db");
        for setting in SETTINGS {
            of(&[(setting.name, setting.example)]).unwrap();
        }
    }

    #[test]
    fn a_wrong_setting_is_named_with_an_example() {
        for (name, value) in [
            ("listen", "8080"),
            ("public_url", "innesto.example.org"),
            ("public_url", "https://a.example/x"),
            ("database_url", "mysql://x"),
            ("smtp_url", "mail.example.org"),
            ("public_url", "https://u:secret@a.example"),
            ("mail_from", "nobody"),
            ("mail_from", "a@b.invalid, c@d.invalid"),
            ("inbound_address", "Innesto <risposte@example.org>"),
            ("inbound_address", "risposte+innesto@example.org"),
            ("imap_url", "mail.example.org"),
            ("imap_url", "pop3s://u:secret@mail.example.org"),
            ("inbound_authserv", "mx.example.org; dmarc=pass"),
            ("trusted_proxies", "-1"),
            ("session_days", "0"),
            ("rate_points", "-5"),
            ("trusted_only", "maybe"),
            ("answer_cache_mb", "1.5"),
            ("documents_url", "/var/lib/innesto/documents"),
            ("documents_url", "s3://key:secret@bucket"),
            ("document_mb", "0"),
            ("territory_documents_mb", "much"),
            ("log_format", "xml"),
            ("metrics_token", "short"),
            ("metrics_token", "secret:of-sixteen-or-more"),
            ("otlp_endpoint", "127.0.0.1:4318"),
            ("otlp_endpoint", "https://collector.example.org"),
            ("drain_seconds", "301"),
            ("sent_expiry", "10d"),
            ("answer_reminders", "5wd"),
            ("follow_ups", "6d 12d"),
            ("deadline_grace", "a while"),
            ("patron_days", "bari=13-01"),
            ("digest_time", "7:30"),
            ("digest_weekday", "lunedì"),
            ("publisher_ipa", "Regione Puglia"),
            ("publisher_contact", "opendata"),
        ] {
            let told = of(&[(name, value)]).unwrap_err().to_string();
            assert!(told.contains(&variable(name)) && told.contains("example: "), "{told}");
        }
    }

    #[test]
    fn passwords_do_not_reach_the_log() {
        let config = of(&[
            ("database_url", "postgres://innesto:hunter2@db/innesto?password=hunter2"),
            ("smtp_url", "smtps://u:hunter2@mail.example.org"),
            ("imap_url", "imaps://u:hunter2@mail.example.org/INBOX"),
            ("metrics_token", "hunter2-hunter2-hunter2"),
        ])
        .unwrap();
        let shown = format!("{config:?}");
        assert!(!shown.contains("hunter2") && shown.contains("postgres://innesto:redacted@db/innesto"), "{shown}");
    }
}
