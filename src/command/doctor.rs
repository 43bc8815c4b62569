//! `innesto doctor`: database, search index, mail, documents, clock and settings, each with how to mend it.
use crate::{
    app::{App, signer},
    clock::Clock,
    config::Config,
    mail::{Inbox, Texts},
    service::{health, search},
};
use std::{process::ExitCode, time::Duration};
use tokio::net::TcpStream;

enum Finding {
    Well(String),
    Odd(String, &'static str),
    Wrong(String, String),
}
use Finding::{Odd, Well, Wrong};

/// Checks everything and prints what it found; fails where something is wrong.
pub(super) async fn run(config: Config) -> ExitCode {
    let mut findings = settings(&config);
    let (config, texts) = texts(config);
    let (config, signing) = signing(config);
    findings.extend(texts.into_iter().chain(signing));
    let clock = Clock::default();
    findings.push(wall(&clock));
    match std::fs::create_dir_all(&config.data_dir) {
        Ok(()) => match App::start_without_migrating(config.clone(), clock).await {
            Ok(app) => {
                findings.extend(database(&app).await);
                findings.push(index(&app).await);
                findings.push(mail(&app).await);
                findings.push(inbox(&app).await);
                findings.push(documents(&app).await);
                findings.push(traces(&app.config).await);
            }
            Err(fault) => findings.push(Wrong(format!("database: {fault}"), mend_database(&config))),
        },
        Err(error) => findings.push(Wrong(
            format!("data_dir: {} cannot be made: {error}", config.data_dir.display()),
            "Set INNESTO_DATA_DIR to a folder that this user may write.".into(),
        )),
    }
    let mut code = ExitCode::SUCCESS;
    for finding in findings {
        match finding {
            Well(what) => println!("  ok    {what}"),
            Odd(what, mend) => println!("  note  {what}\n        {mend}"),
            Wrong(what, mend) => {
                println!("  WRONG {what}\n        {mend}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

fn settings(config: &Config) -> Vec<Finding> {
    let mut findings = vec![Well(format!("settings: {config:?}"))];
    let local = config.public_url.host_str().is_some_and(|host| host == "localhost" || host.starts_with("127."));
    if !config.is_https() && !local {
        findings.push(Wrong(
            format!("public_url: {} is without TLS, so sessions can be stolen on the way", config.public_url),
            "Put a reverse proxy with TLS in front and set INNESTO_PUBLIC_URL=https://…".into(),
        ));
    }
    if config.is_https() && config.trusted_proxies == 0 {
        findings.push(Odd(
            "trusted_proxies: TLS ends at a proxy, but none is trusted: every visitor seems to come from it".into(),
            "Set INNESTO_TRUSTED_PROXIES=1 where the proxy sets X-Forwarded-For.",
        ));
    }
    let publisher = &config.publisher;
    if config.is_https() && (publisher.name.is_none() || publisher.ipa.is_none() || publisher.contact.is_none()) {
        findings.push(Odd(
            "open data: the catalogue does not say which body publishes it, so the national one cannot take it".into(),
            "Set INNESTO_PUBLISHER, INNESTO_PUBLISHER_IPA and INNESTO_PUBLISHER_CONTACT.",
        ));
    }
    if config.metrics_token.is_none() && config.trusted_proxies > 0 {
        findings.push(Well("metrics: /metrics is shown to this machine only, and never through the proxy".into()));
    }
    findings
}

/// Whether the folder's words can be used; without them everything else is looked at where they cannot.
fn texts(config: Config) -> (Config, Option<Finding>) {
    let Some(folder) = &config.mail_texts else { return (config, None) };
    match Texts::with_folder(folder) {
        Ok(_) => {
            let well = Well(format!("mail_texts: every mail can be written with the words in {}", folder.display()));
            (config, Some(well))
        }
        Err(error) => {
            let wrong =
                Wrong(format!("mail_texts: {error}"), "Mend it, or remove the file: the built-in words do.".into());
            (Config { mail_texts: None, ..config }, Some(wrong))
        }
    }
}

/// Whether mails can be signed, and what the DNS must say for that; without it everything else is looked at where not.
fn signing(config: Config) -> (Config, Option<Finding>) {
    match signer(&config) {
        Ok(None) => (config, None),
        Ok(Some(signer)) => {
            let (name, text) = signer.record();
            let said =
                if config.smtp_url.is_some() { "mails are signed" } else { "mails that are sent will be signed" };
            (config, Some(Well(format!("dkim_key: {said}; the DNS must have {name} TXT \"{text}\""))))
        }
        Err(fault) => {
            let wrong =
                Wrong(fault.to_string(), "Mend INNESTO_DKIM_KEY, or unset it where the mail server signs.".into());
            (Config { dkim_key: None, ..config }, Some(wrong))
        }
    }
}

fn wall(clock: &Clock) -> Finding {
    let now = clock.now();
    if jiff::tz::TimeZone::get("Europe/Rome").is_err() {
        return Wrong("clock: the time zone Europe/Rome is not known".into(), "Install the package tzdata.".into());
    }
    if now.date_in_italy() < jiff::civil::date(2026, 1, 1) {
        return Wrong(format!("clock: it shows {now}"), "Set the machine's clock: timedatectl set-ntp true".into());
    }
    Well(format!("clock: {now}, in Italy {}", now.date_in_italy()))
}

async fn database(app: &App) -> Vec<Finding> {
    match health::database(app).await {
        Ok(found) if found.pending_migrations == 0 => {
            let mut findings =
                vec![Well(format!("database: {:?}, {} events, tables up to date", found.engine, found.head))];
            if let Some(last) = found.last_event_at.filter(|last| *last > app.clock.now().plus_seconds(60)) {
                let mend =
                    "The clock of this machine, or of another instance, is wrong: timedatectl set-ntp true".into();
                findings.push(Wrong(format!("clock: the last event is of {last}, later than now"), mend));
            }
            findings
        }
        Ok(found) => vec![Odd(
            format!("database: {:?}, {} migrations are missing", found.engine, found.pending_migrations),
            "Run `innesto migrate`; `innesto serve` does it too.",
        )],
        Err(fault) => vec![Wrong(format!("database: {fault}"), mend_database(&app.config))],
    }
}

/// The index as it is on disk; a server that runs is a moment ahead of it.
async fn index(app: &App) -> Finding {
    match search::look(app).await {
        Ok(Some((practices, 0))) => Well(format!("search: the index holds {practices} practices and all events")),
        Ok(Some((practices, behind))) => Odd(
            format!("search: the index holds {practices} practices and is {behind} events behind"),
            "A running server catches up within seconds; `innesto search rebuild` builds it anew.",
        ),
        Ok(None) => Odd(
            "search: there is no index for this program and database yet".into(),
            "`innesto serve` builds it by itself when it starts.",
        ),
        // The database's own line says what is wrong with it.
        Err(_) => Odd("search: the index cannot be compared with the database".into(), "Mend the database first."),
    }
}

fn mend_database(config: &Config) -> String {
    format!(
        "Is the server up, does the database exist, may this user in? INNESTO_DATABASE_URL is {:?}",
        config.database_url
    )
}

async fn traces(config: &Config) -> Finding {
    let Some(endpoint) = &config.otlp_endpoint else { return Well("traces: none are made".into()) };
    let host = endpoint.host_str().unwrap_or_default();
    let connect = TcpStream::connect((host, endpoint.port_or_known_default().unwrap_or(80)));
    match tokio::time::timeout(Duration::from_secs(5), connect).await {
        Ok(Ok(_)) => Well(format!("traces: {endpoint} takes connections")),
        _ => Wrong(
            format!("traces: nothing answers at {endpoint}"),
            "Start the OpenTelemetry collector, or unset INNESTO_OTLP_ENDPOINT.".into(),
        ),
    }
}

async fn documents(app: &App) -> Finding {
    match app.files.check().await {
        Ok(said) if app.config.scan_command.is_none() => Odd(
            format!("documents: {said}; no virus scanner looks at them"),
            "Set INNESTO_SCAN_COMMAND, e.g. clamdscan --no-summary -",
        ),
        Ok(said) => Well(format!("documents: {said}")),
        Err(fault) => Wrong(
            format!("documents: {fault}"),
            "Must the folder be writable for this user, or the bucket and AWS_… be set? See INNESTO_DOCUMENTS_URL."
                .into(),
        ),
    }
}

async fn inbox(app: &App) -> Finding {
    let Some(url) = &app.inbox else {
        return match (&app.config.inbound_address, &app.config.imap_url) {
            (None, None) => Odd(
                "answers: nobody can answer by mail, and bounces are not seen".into(),
                "Set INNESTO_INBOUND_ADDRESS and INNESTO_IMAP_URL: see \"Answers by mail\" in docs/operate.md.",
            ),
            _ => Wrong(
                "answers: only one of inbound_address and imap_url is set, so neither is used".into(),
                "Set both INNESTO_INBOUND_ADDRESS and INNESTO_IMAP_URL.".into(),
            ),
        };
    };
    match Inbox::open(url).await {
        Ok(inbox) => {
            let described = inbox.described();
            inbox.close().await;
            let well = format!("answers: {url} opens, {described}");
            match app.config.inbound_authserv {
                Some(_) => Well(well),
                None => Odd(
                    format!("{well}; whether a sender is forged is not looked at"),
                    "Set INNESTO_INBOUND_AUTHSERV to the name that your mail server writes into Authentication-Results.",
                ),
            }
        }
        Err(error) => Wrong(
            format!("answers: {url} does not open: {error}"),
            "Check INNESTO_IMAP_URL, its port, its user and the firewall, and that IMAP is switched on for the mailbox.".into(),
        ),
    }
}

async fn mail(app: &App) -> Finding {
    match app.mail.check().await {
        Ok(said) if app.config.smtp_url.is_none() => Odd(
            format!("mail: nothing is sent, mails are kept in a folder ({said})"),
            "Set INNESTO_SMTP_URL, e.g. smtps://user:secret@mail.example.org:465",
        ),
        Ok(said) => Well(format!("mail: {said}")),
        Err(error) => Wrong(
            format!("mail: {error}"),
            format!("Check INNESTO_SMTP_URL ({:?}), its port, its user and the firewall.", app.config.smtp_url),
        ),
    }
}
