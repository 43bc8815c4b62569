//! Signing in and out. The two secrets go to the browser as cookies, in the headers of the answer.
use super::{
    Ask,
    cookie::Cookie,
    error::UserError,
    id::expect,
    scalar::DateTime,
    viewer::{SessionObject, ViewerObject},
};
use crate::{
    domain::id::kind,
    service::{sessions, sign_in},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

/// Whom to send a code.
#[derive(InputObject)]
pub struct RequestSignInCodeInput {
    /// Your work address.
    email: String,
}

/// The same for every address, known or not.
#[derive(SimpleObject)]
pub struct RequestSignInCodePayload {
    /// Until when the code is good, if the address is known and one was sent.
    expires_at: Option<DateTime>,
    /// What must be mended; no code was sent then.
    user_errors: Vec<UserError>,
}

/// The code as it came by mail.
#[derive(InputObject)]
pub struct SignInInput {
    /// Six digits; spaces do not matter.
    code: String,
}

/// What came of signing in.
#[derive(SimpleObject)]
pub struct SignInPayload {
    /// Who is signed in now.
    viewer: Option<ViewerObject>,
    /// What must be mended; nobody was signed in then.
    user_errors: Vec<UserError>,
}

/// What came of signing out.
#[derive(SimpleObject)]
pub struct SignOutPayload {
    /// Whether this browser was signed in until now.
    signed_out: bool,
    /// What must be mended.
    user_errors: Vec<UserError>,
}

/// A session to end.
#[derive(InputObject)]
pub struct RevokeSessionInput {
    /// One of your own.
    session: ID,
}

/// What came of ending a session.
#[derive(SimpleObject)]
pub struct RevokeSessionPayload {
    /// The session that has ended.
    session: Option<SessionObject>,
    /// What must be mended; nothing was changed then.
    user_errors: Vec<UserError>,
}

fn give(ctx: &Context<'_>, cookie: Cookie, value: &str) {
    ctx.append_http_header("Set-Cookie", cookie.set(Ask::of(ctx).app.config.is_https(), value));
}

fn take(ctx: &Context<'_>, cookie: Cookie) {
    ctx.append_http_header("Set-Cookie", cookie.clear(Ask::of(ctx).app.config.is_https()));
}

/// Signing in and out.
#[derive(Default)]
pub struct SignInMutation;

/// Signing in and out.
#[Object]
impl SignInMutation {
    /// Sends a six-digit code to a known or invited address; it is good for ten minutes, five tries, and only in the
    /// browser that asked. The answer is the same for an unknown address.
    async fn request_sign_in_code(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to send it.")] input: RequestSignInCodeInput,
    ) -> Result<RequestSignInCodePayload> {
        let ask = Ask::of(ctx);
        let asking = sign_in::Asking {
            email: &input.email,
            network: &ask.network,
            session: ask.browser.session_secret.as_deref(),
            language: ask.language,
        };
        let asked = sign_in::request_code(&ask.app, &asking).await;
        let (asked, user_errors) = ask.settle(asked)?;
        if let Some(asked) = &asked {
            give(ctx, Cookie::SignIn, &asked.browser_secret);
        }
        Ok(RequestSignInCodePayload { expires_at: asked.map(|asked| DateTime(asked.expires_at)), user_errors })
    }

    /// Signs this browser in with the code, and accepts the invitations of that address.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code.")] input: SignInInput,
    ) -> Result<SignInPayload> {
        let ask = Ask::of(ctx);
        let attempt = sign_in::Attempt {
            code: &input.code,
            browser_secret: ask.browser.sign_in_secret.as_deref(),
            old_session: ask.browser.session_secret.as_deref(),
            browser: &ask.browser.name,
            language: ask.language,
        };
        let (signed, user_errors) = ask.settle(sign_in::sign_in(&ask.app, &attempt).await)?;
        let Some(signed) = signed else { return Ok(SignInPayload { viewer: None, user_errors }) };
        give(ctx, Cookie::Session, &signed.secret);
        take(ctx, Cookie::SignIn);
        Ok(SignInPayload { viewer: ViewerObject::of(signed.actor, Some(signed.session.id)), user_errors })
    }

    /// Signs this browser out. Doing it again changes nothing.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutPayload> {
        let ask = Ask::of(ctx);
        let ended = match ask.browser.session_secret.as_deref() {
            Some(secret) => sessions::sign_out(&ask.app, secret).await,
            None => Ok(false),
        };
        let (ended, user_errors) = ask.settle(ended)?;
        take(ctx, Cookie::Session);
        Ok(SignOutPayload { signed_out: ended.unwrap_or(false), user_errors })
    }

    /// Ends one of your sessions, in whichever browser it is.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session to end.")] input: RevokeSessionInput,
    ) -> Result<RevokeSessionPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Session>(&input.session)?;
        let (session, user_errors) = ask.settle(sessions::revoke(&ask.app, &ask.actor, id).await)?;
        let session = session.map(|session| SessionObject::new(session, ask.browser.session));
        Ok(RevokeSessionPayload { session, user_errors })
    }
}
