//! What one request carries through its resolvers: who asks, in which language, and the loaders.
use super::{RateLimit, error, loaders::Loaders};
use crate::{
    app::App,
    domain::{
        id::SessionId,
        permission::Actor,
        refusal::{Failure, Fault},
        text::Language,
        time::Date,
    },
    meter,
};
use async_graphql::Context;
use error::UserError;
use std::sync::OnceLock;

/// One request's context.
pub struct Ask {
    /// The hub's parts.
    pub app: App,
    /// Who asks.
    pub actor: Actor,
    /// The language of the answers' sentences.
    pub language: Language,
    /// Named in errors and in the log.
    pub request_id: String,
    /// The network address asked from, as far as it can be believed; for limits.
    pub network: String,
    /// What the browser sent along.
    pub browser: Browser,
    /// What the request cost, and what is left.
    pub rate_limit: RateLimit,
    /// Batches reads over the request.
    pub loaders: Loaders,
    today: OnceLock<Date>,
}

/// What a browser sends beside the question.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// Its `User-Agent`, cut to 200 characters.
    pub name: String,
    /// The secret it got when it asked for a sign-in code.
    pub sign_in_secret: Option<String>,
    /// Its session's secret.
    pub session_secret: Option<String>,
    /// Its session, where the secret was good.
    pub session: Option<SessionId>,
}

impl Ask {
    /// A request's context, with loaders of its own.
    #[must_use]
    pub fn new(app: &App, actor: Actor, language: Language, request_id: String) -> Self {
        let loaders = Loaders::new(app.clone(), actor.clone());
        let (network, browser) = (String::new(), Browser::default());
        let rate_limit = RateLimit { limit: None, cost: 0, remaining: None, reset_at: app.clock.now() };
        Self {
            app: app.clone(),
            actor,
            language,
            request_id,
            network,
            browser,
            rate_limit,
            loaders,
            today: OnceLock::new(),
        }
    }

    /// The context of the request that is being answered.
    pub(super) fn of<'a>(ctx: &Context<'a>) -> &'a Self {
        ctx.data_unchecked::<Self>()
    }

    /// The day on which the request began, the same for the whole answer.
    pub(super) fn today(&self) -> Date {
        *self.today.get_or_init(|| self.app.clock.now().date_in_italy())
    }

    /// A fault as an error that says nothing but whom to ask: it is logged here, once.
    pub(super) fn fault(&self, fault: &Fault) -> async_graphql::Error {
        error::internal(fault, &self.request_id)
    }

    /// Splits a use case's outcome for a payload: what it gave, and what a person can mend. A mutation may have
    /// changed anything, so the loaders forget.
    pub(super) fn settle<T>(&self, outcome: Result<T, Failure>) -> async_graphql::Result<(Option<T>, Vec<UserError>)> {
        self.loaders.clear();
        match outcome {
            Ok(value) => Ok((Some(value), Vec::new())),
            Err(Failure::Refused(refusals)) => {
                meter::refusal();
                Ok((None, refusals.iter().map(|refusal| UserError::of(refusal, self.language)).collect()))
            }
            Err(Failure::Fault(fault)) => Err(self.fault(&fault)),
        }
    }

    /// A read's outcome: refusals become the error of the field that was asked for.
    pub(super) fn read<T>(&self, outcome: Result<T, Failure>) -> async_graphql::Result<T> {
        outcome.map_err(|failure| match failure {
            Failure::Refused(refusals) => error::refused(&refusals, self.language, &self.request_id),
            Failure::Fault(fault) => self.fault(&fault),
        })
    }
}
