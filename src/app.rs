//! The hub's parts, put together once and the same in the server, the workers and the tests.
use crate::{
    clock::Clock,
    config::Config,
    domain::{delivery::domain_of, refusal::Fault},
    files::Files,
    mail::{Address, Folder, ImapUrl, Memory, Signer, Smtp, Texts, Transport},
    metrics::Metrics,
    search::Search,
    store::Store,
};
use std::{fs, sync::Arc};

/// All that a use case needs. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Settings.
    pub config: Arc<Config>,
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// How mails leave.
    pub mail: Transport,
    /// What mails say.
    pub texts: Texts,
    /// The mailbox of answers, where one is read.
    pub inbox: Option<ImapUrl>,
    /// The search index: opened when it is first used.
    pub search: Search,
    /// Where documents are kept.
    pub files: Files,
    /// What is counted.
    pub metrics: Arc<Metrics>,
}

impl App {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// A fault that says what is not reachable.
    pub async fn start(config: Config, clock: Clock) -> Result<Self, Fault> {
        let app = Self::start_without_migrating(config, clock).await?;
        app.store.migrate().await?;
        Ok(app)
    }

    /// Opens the database as it is, to look at it.
    ///
    /// # Errors
    /// A fault that says what is not reachable.
    pub async fn start_without_migrating(config: Config, clock: Clock) -> Result<Self, Fault> {
        let store = Store::open(config.database_url.expose()).await?;
        let mail = match &config.smtp_url {
            Some(url) => Transport::Smtp(Smtp::from_url(url.expose()).map_err(Fault::new)?.signing(signer(&config)?)),
            None if config.demo => Transport::Folder(Folder::new(config.data_dir.join("mailbox"))),
            None => Transport::Folder(Folder::new(config.data_dir.join("unsent-mail"))),
        };
        let texts = config.mail_texts.as_deref().map(Texts::with_folder).transpose().map_err(Fault::new)?;
        let inbox = match (&config.inbound_address, &config.imap_url) {
            (Some(_), Some(url)) => Some(ImapUrl::parse(url.expose()).map_err(Fault::new)?),
            _ => None,
        };
        let files = match &config.documents_url {
            Some(url) => Files::bucket(url)?,
            None => Files::folder(config.data_dir.join("documents")),
        };
        let metrics = Arc::new(Metrics::new(clock.now().micros()));
        let search = Search::in_folder(config.data_dir.join("search"));
        Ok(Self {
            config: Arc::new(config),
            store,
            clock,
            mail,
            inbox,
            texts: texts.unwrap_or_default(),
            files,
            search,
            metrics,
        })
    }

    /// The same hub with mails, documents and the search index kept in memory, for tests.
    #[must_use]
    pub fn in_memory(self) -> Self {
        let mail = Transport::Memory(Memory::new());
        Self { mail, files: Files::memory(), search: Search::in_memory(), ..self }
    }
}

/// Who signs mails, where there is a key for it.
///
/// # Errors
/// A fault that names the key's file.
pub fn signer(config: &Config) -> Result<Option<Signer>, Fault> {
    let Some(file) = &config.dkim_key else { return Ok(None) };
    let wrong = |problem: String| Fault::new(format!("dkim_key: {}: {problem}", file.display()));
    let pem = fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let from = Address::parse(&config.mail_from).map_err(Fault::new)?;
    let signer = Signer::new(&pem, &config.dkim_selector, &domain_of(&from.email));
    signer.map(Some).map_err(|error| wrong(error.to_string()))
}
