//! `innesto token`: API tokens for programs of people who do not use the portal.
use super::Failed;
use crate::{
    app::App,
    domain::{
        permission::{Actor, Scope},
        word::Word,
    },
    service::tokens::{self, NewToken},
};
use clap::Subcommand;

/// What is to be done.
#[derive(Subcommand)]
pub(super) enum Token {
    /// Make a token; it is shown once.
    Create {
        /// Whose it is, by work address.
        email: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// What it allows: read:public, read:network, read:own, write:own; several with commas.
        #[arg(long, value_delimiter = ',', default_value = "read:public,read:network")]
        scopes: Vec<String>,
        /// For how many days.
        #[arg(long, default_value_t = 365)]
        days: i64,
    },
}

impl Token {
    pub(super) async fn run(self, app: &App) -> Result<(), Failed> {
        let Self::Create { email, name, scopes, days } = self;
        let scope = |text: &String| {
            let known: Vec<_> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
            Scope::parse(text).ok_or_else(|| Failed(format!("{text:?} is no scope; there are {}", known.join(", "))))
        };
        let scopes = scopes.iter().map(scope).collect::<Result<Vec<_>, _>>()?;
        let (made, token) =
            tokens::create_for_email(app, &Actor::System, &email, &NewToken { name, scopes, days }).await?;
        eprintln!("Valid until {}. It is shown only now:", made.expires_at);
        println!("{token}");
        app.store.close().await;
        Ok(())
    }
}
