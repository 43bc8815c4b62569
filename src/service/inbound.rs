//! Mails that came: answers become messages, bounces are noted, everything else is told why it is not taken.
use crate::{app::App, domain::refusal::Fault, store::inbound};

/// The key that signs addresses to answer to.
///
/// # Errors
/// A fault from the database.
pub async fn key(app: &App) -> Result<Vec<u8>, Fault> {
    inbound::key(&app.store, || app.clock.secret(), app.clock.now()).await
}
