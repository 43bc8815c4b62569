//! A hub in the process for one test: on a fresh SQLite file or a fresh PostgreSQL database, with a clock that stands
//! still until it is moved.
pub mod browser;
pub mod certificate;
pub mod collector;
mod database;
pub mod dovecot;
pub mod imap;
pub mod mailbox;
mod people;
pub mod pile;
pub mod postfix;
mod seed;
pub mod server;
pub mod smtp;

use innesto::{
    app::App,
    clock::Clock,
    config::Config,
    domain::{permission::Actor, text::Language, time::Ts},
    graphql::{Ask, HubSchema, build},
    store::Engine,
};
use serde_json::{Value, json};

/// Writes one test for each engine: `on_both! { async fn a_sentence(hub: Hub) { … } }`.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($hub:ident: Hub) $body:block)*) => { $(
        async fn $name($hub: crate::support::Hub) $body
        mod $name {
            #[tokio::test]
            $(#[$meta])*
            async fn sqlite() {
                super::$name(crate::support::Hub::start(innesto::store::Engine::Sqlite).await).await;
            }
            #[tokio::test]
            $(#[$meta])*
            async fn postgres() {
                super::$name(crate::support::Hub::start(innesto::store::Engine::Postgres).await).await;
            }
        }
    )* };
}

/// Monday 2 March 2026, ten in the morning in Italy: when every test begins.
pub const START: &str = "2026-03-02T09:00:00Z";

pub struct Hub {
    pub app: App,
    pub schema: HubSchema,
    mails: mailbox::Watch,
    _database: database::Fresh,
}

impl Hub {
    /// A hub on a fresh copy of the seeded template.
    pub async fn start(engine: Engine) -> Self {
        let fresh = database::Fresh::copy(engine).await;
        let clock = Clock::standing(Ts::new(START.parse().unwrap()));
        let app = App::start(config(&fresh.url), clock).await.unwrap().in_memory();
        Self { app, schema: build(), mails: mailbox::Watch::new(&fresh.url), _database: fresh }
    }

    /// Hears other processes' commits from now on, as a server does, and has territories and vocabularies in memory.
    pub async fn listen(&self) -> tokio::task::JoinHandle<innesto::store::Result<()>> {
        let store = self.app.store.clone();
        let listening = tokio::spawn(async move { store.listen().await });
        while self.app.store.public_version().is_none() {
            assert!(!listening.is_finished(), "it listens");
            tokio::task::yield_now().await;
        }
        self.app.store.atlas().await.unwrap();
        listening
    }

    /// Another instance of the hub on the same database, as another process would be.
    pub async fn another(&self) -> App {
        let another = App::start_without_migrating((*self.app.config).clone(), self.app.clock.clone());
        App { files: self.app.files.clone(), ..another.await.unwrap().in_memory() }
    }

    /// Asks the schema as `actor`; the whole response as JSON.
    pub async fn ask(&self, actor: &Actor, query: &str, variables: Value) -> Value {
        let ask = Ask::new(&self.app, actor.clone(), Language::It, "test".into());
        let request =
            async_graphql::Request::new(query).variables(async_graphql::Variables::from_json(variables)).data(ask);
        serde_json::to_value(self.schema.execute(request).await).unwrap()
    }

    /// Asks and expects no top-level error; gives back `data`.
    pub async fn data(&self, actor: &Actor, query: &str, variables: Value) -> Value {
        let mut answer = self.ask(actor, query, variables).await;
        assert_eq!(answer.get("errors"), None, "{query}");
        answer["data"].take()
    }

    /// As [`Hub::data`] for one mutation field: expects no `userErrors`, gives back the payload.
    pub async fn done(&self, actor: &Actor, mutation: &str, input: Value) -> Value {
        let payload = self.payload(actor, mutation, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{mutation}");
        payload
    }

    /// As [`Hub::data`] for one mutation field: expects `userErrors`, gives back the code of the first.
    pub async fn refused(&self, actor: &Actor, mutation: &str, input: Value) -> String {
        let payload = self.payload(actor, mutation, input).await;
        let error = &payload["userErrors"][0];
        assert!(!error["message"].as_str().unwrap_or_default().is_empty(), "{mutation}: {payload}");
        error["code"].as_str().unwrap().to_owned()
    }

    async fn payload(&self, actor: &Actor, mutation: &str, input: Value) -> Value {
        let mut data = self.data(actor, mutation, json!({ "input": input })).await;
        data.as_object_mut().unwrap().values_mut().next().unwrap().take()
    }

    /// Runs `work` and says how many SQL statements it took.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.app.store.statements();
        let done = work.await;
        (done, self.app.store.statements() - before)
    }
}

fn config(url: &str) -> Config {
    Config::of([("database_url".to_owned(), url.to_owned())].into()).unwrap()
}
