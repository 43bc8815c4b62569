//! What a subscriber proved who it is with, kept so that it can be asked again before every delivery.
use crate::{
    app::App,
    domain::{permission::Actor, refusal::Fault},
    service::{sessions, tokens},
};

/// What somebody proved who it is with.
#[derive(Clone)]
pub enum Credential {
    /// Nothing.
    Nothing,
    /// The secret of a browser's session.
    Session(String),
    /// A token for programs.
    Token(String),
}

impl Credential {
    /// Who it is by now, with today's roles; `None` once the session or the token has ended.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn actor(&self, app: &App) -> Result<Option<Actor>, Fault> {
        Ok(match self {
            Self::Nothing => Some(Actor::Nobody),
            Self::Session(secret) => sessions::actor_for_session(app, secret).await?.map(|(actor, ..)| actor),
            Self::Token(token) => tokens::actor_for_token(app, token).await?.map(|(actor, ..)| actor),
        })
    }
}
