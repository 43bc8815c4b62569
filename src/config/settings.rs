//! The settings by name, with what each is for and a value that would be accepted.

/// One setting, as `innesto doctor` and the handbook list it.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Name in the TOML file; in the environment it is `INNESTO_` and this in capitals.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// A value that would be accepted.
    pub example: &'static str,
}

const fn setting(name: &'static str, about: &'static str, example: &'static str) -> Setting {
    Setting { name, about, example }
}

/// All settings, in the order a sysadmin meets them.
pub const SETTINGS: &[Setting] = &[
    setting("listen", "address and port to serve on", "127.0.0.1:8080"),
    setting(
        "public_url",
        "how the hub is reached from outside; links in mails begin with it",
        "https://innesto.example.org",
    ),
    setting("data_dir", "folder of the embedded database and of undelivered mail", "/var/lib/innesto"),
    setting("database_url", "SQLite file or PostgreSQL database", "postgres://innesto:secret@db.example.org/innesto"),
    setting(
        "smtp_url",
        "mail server; without it mails are written to a folder",
        "smtps://user:secret@mail.example.org:465",
    ),
    setting("mail_from", "sender of all mails", "Innesto <innesto@example.org>"),
    setting(
        "dkim_key",
        "RSA key in PEM that mails are signed with (DKIM), where the mail server does not sign them",
        "/etc/innesto/dkim.pem",
    ),
    setting("dkim_selector", "name under which that key's public half stands in the DNS", "innesto"),
    setting(
        "mail_texts",
        "folder of wordings and layouts that mails have in the place of those built in",
        "/etc/innesto/mail",
    ),
    setting(
        "inbound_address",
        "mailbox that takes answers and bounces; its server must take addresses with + and anything",
        "risposte@innesto.example.org",
    ),
    setting(
        "imap_url",
        "where that mailbox is read; without it nobody can answer by mail",
        "imaps://user:secret@mail.example.org/INBOX",
    ),
    setting(
        "inbound_authserv",
        "name under which your own mail server writes Authentication-Results; what it says of a sender is believed",
        "mx.example.org",
    ),
    setting(
        "documents_url",
        "bucket for uploaded documents, with AWS_… in the environment; without it they are in data_dir",
        "s3://innesto/documents",
    ),
    setting("document_mb", "mebibytes that one uploaded document may have", "25"),
    setting("territory_documents_mb", "mebibytes that all documents of one territory may have", "2048"),
    setting(
        "scan_command",
        "virus scanner: reads a document from its standard input, ends with 0 for clean and 1 for infected",
        "clamdscan --no-summary -",
    ),
    setting("trusted_proxies", "how many reverse proxies stand before the hub", "1"),
    setting("session_days", "days after which a session that is not used ends", "30"),
    setting("need_score", "score, 1 to 100, from which a practice is noted for a need and its watchers are told", "50"),
    setting("draft_nudges", "days after which the author is reminded of a draft", "7d 21d"),
    setting(
        "draft_notice",
        "time without a change after which a draft's author is told that it will be thrown away",
        "83d",
    ),
    setting("draft_discard", "time without a change after which a draft is thrown away", "90d"),
    setting("sent_reminder", "time after which the owner is reminded of a request it has not taken up", "5wd"),
    setting("sent_second_reminder", "the same once more, with a copy to the owner's coordinator", "10wd"),
    setting("sent_escalation", "time after which the facilitator is called to a request that nobody took up", "15wd"),
    setting("sent_expiry", "time after which a request that nobody took up expires", "45d"),
    setting("decision_reminder", "time after which the owner is reminded to decide", "10wd"),
    setting("decision_escalation", "time after which the facilitator is called to a decision that is due", "20wd"),
    setting("answer_reminders", "times after which the requester is reminded of a question", "5wd 10wd"),
    setting("answer_warning", "time after which the requester is told that the request will be withdrawn", "25d"),
    setting("answer_withdrawal", "time after which a request whose question nobody answers is withdrawn", "30d"),
    setting("start_reminders", "times after which both are reminded to begin", "10wd 20wd"),
    setting("start_escalation", "time after which the facilitator gets a task where nobody begins", "45d"),
    setting("check_in_every", "how often the requester is asked how it goes", "60d"),
    setting("check_in_escalation", "time after two unanswered check-ins until the facilitator gets a task", "30d"),
    setting("confirmation_reminder", "time after which the owner is asked once more to confirm an outcome", "30d"),
    setting("follow_ups", "months after which the requester is asked whether it still runs", "6m 12m"),
    setting("deadline_grace", "time that everybody gets after a notice that went late, at most", "7d"),
    setting(
        "patron_days",
        "each territory's patron day, no working day there: its slug, = and MM-DD",
        "bari=12-06 troia=07-18",
    ),
    setting("digest_time", "when the digests of mails go, on Italy's clocks", "07:30"),
    setting("digest_weekday", "day on which the weekly digests go, in English", "monday"),
    setting("publisher", "body that publishes the open data: every file and the catalogue name it", "Regione Puglia"),
    setting("publisher_ipa", "that body's code in the index of public administrations (IPA)", "r_puglia"),
    setting("publisher_contact", "its mailbox for questions about the open data", "opendata@example.org"),
    setting("rate_points", "points a minute for each person and network address; 0 does not limit", "200000"),
    setting("answer_cache_mb", "mebibytes of public answers kept in memory; 0 keeps none", "64"),
    setting(
        "trusted_documents",
        "file of documents known by hash: a JSON object of texts by their SHA-256",
        "/etc/innesto/documents.json",
    ),
    setting("trusted_only", "yes lets who is not signed in ask by trusted documents only", "no"),
    setting("log", "what is logged, in tracing's filter language", "info"),
    setting("log_format", "text or json", "json"),
    setting(
        "metrics_token",
        "bearer token for /metrics; without it only this machine sees them",
        "an-own-long-random-word",
    ),
    setting("otlp_endpoint", "OpenTelemetry collector that gets a trace of each request", "http://127.0.0.1:4318"),
    setting("drain_seconds", "how long, once told to stop, the hub still takes requests while /readyz says no", "10"),
];

/// The environment variable of a setting.
#[must_use]
pub fn variable(name: &str) -> String {
    format!("INNESTO_{}", name.to_uppercase())
}
