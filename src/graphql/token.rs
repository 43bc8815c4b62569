//! Tokens for programs, as their owner sees them.
use super::{
    Ask,
    error::UserError,
    id::{expect, opaque},
    scalar::DateTime,
};
use crate::{
    domain::{
        id::{ApiTokenId, kind},
        permission::Scope,
        token::ApiToken,
    },
    service::tokens,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Scope")]
pub enum TokenScope {
    /// Read what everybody may read (`read:public`).
    ReadPublic,
    /// Read the network and its statistics (`read:network`).
    ReadNetwork,
    /// Read what the token's owner may read (`read:own`).
    ReadOwn,
    /// Change what the token's owner may change (`write:own`).
    WriteOwn,
}

/// What may be done with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ApiTokenAction {
    /// `revokeApiToken`.
    Revoke,
}

/// A token for programs. The token itself is shown only once, when it is made.
pub struct ApiTokenObject(pub ApiToken);

/// A token for programs. The token itself is shown only once, when it is made.
#[Object(name = "ApiToken")]
impl ApiTokenObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// What its owner calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Its first ten characters, to know it again by.
    async fn prefix(&self) -> &str {
        &self.0.prefix
    }
    /// What it may be used for.
    async fn scopes(&self) -> Vec<TokenScope> {
        self.0.scopes.iter().map(|scope| (*scope).into()).collect()
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// When it stops working.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }
    /// When it was last used, to the hour; null where it never was.
    async fn used_at(&self) -> Option<DateTime> {
        self.0.used_at.map(DateTime)
    }
    /// When it was revoked; null where it was not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }
    /// Whether it works now.
    async fn is_live(&self, ctx: &Context<'_>) -> bool {
        self.is_live_now(Ask::of(ctx))
    }
    /// What the viewer may do with it now.
    async fn viewer_actions(&self, ctx: &Context<'_>) -> Vec<ApiTokenAction> {
        if self.is_live_now(Ask::of(ctx)) { vec![ApiTokenAction::Revoke] } else { Vec::new() }
    }
}

impl ApiTokenObject {
    fn is_live_now(&self, ask: &Ask) -> bool {
        self.0.revoked_at.is_none() && self.0.expires_at > ask.app.clock.now()
    }
}

impl Ask {
    /// One of the viewer's own tokens.
    pub(super) async fn api_token(&self, id: ApiTokenId) -> Result<Option<ApiTokenObject>> {
        let found = tokens::find(&self.app, &self.actor, id).await.map_err(|fault| self.fault(&fault))?;
        Ok(found.map(ApiTokenObject))
    }
}

/// A token to make.
#[derive(InputObject)]
pub struct CreateApiTokenInput {
    /// What you call it, at most 100 characters.
    name: String,
    /// What it may be used for: at least one.
    scopes: Vec<TokenScope>,
    /// For how many days it works, 1 to 365.
    expires_in_days: i32,
}

/// What came of making a token.
#[derive(SimpleObject)]
pub struct CreateApiTokenPayload {
    /// The token itself: keep it now, nobody can show it again.
    token: Option<String>,
    /// The token as it stands in the list.
    api_token: Option<ApiTokenObject>,
    /// What must be mended; nothing was made then.
    user_errors: Vec<UserError>,
}

/// A token to revoke.
#[derive(InputObject)]
pub struct RevokeApiTokenInput {
    /// One of your own.
    api_token: ID,
}

/// What came of revoking a token.
#[derive(SimpleObject)]
pub struct RevokeApiTokenPayload {
    /// The token, revoked.
    api_token: Option<ApiTokenObject>,
    /// What must be mended; nothing was changed then.
    user_errors: Vec<UserError>,
}

/// What one does with one's tokens.
#[derive(Default)]
pub struct TokenMutation;

/// What one does with one's tokens.
#[Object]
impl TokenMutation {
    /// Makes a token for a program of yours; only from a browser session, never by another token. At most 20 work at
    /// a time.
    async fn create_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token to make.")] input: CreateApiTokenInput,
    ) -> Result<CreateApiTokenPayload> {
        let ask = Ask::of(ctx);
        let scopes = input.scopes.into_iter().map(Into::into).collect();
        let new = tokens::NewToken { name: input.name, scopes, days: i64::from(input.expires_in_days) };
        let (made, user_errors) = ask.settle(tokens::create(&ask.app, &ask.actor, &new).await)?;
        let (api_token, token) = made.map(|(made, token)| (ApiTokenObject(made), token)).unzip();
        Ok(CreateApiTokenPayload { token, api_token, user_errors })
    }

    /// Revokes one of your tokens: it stops working at once. Revoking it again changes nothing.
    async fn revoke_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token to revoke.")] input: RevokeApiTokenInput,
    ) -> Result<RevokeApiTokenPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::ApiToken>(&input.api_token)?;
        let (token, user_errors) = ask.settle(tokens::revoke(&ask.app, &ask.actor, id).await)?;
        Ok(RevokeApiTokenPayload { api_token: token.map(ApiTokenObject), user_errors })
    }
}
