//! Where answers to a mail go, and where it comes back to when it cannot be delivered: addresses that name the mail.
use super::Written;
use crate::{
    app::App,
    domain::{
        mail::{LetterKind, Mail},
        refusal::Fault,
        reply_address::Purpose,
    },
    mail::Address,
    service::inbound,
};

/// The ways back; none where no mailbox is read.
#[derive(Default)]
pub(super) struct Back {
    pub bounces_to: Option<Address>,
    pub reply_to: Option<Address>,
}

/// Every mail comes back to an address of its own; only those of conversations are answered to one.
pub(super) async fn of(app: &App, mail: &Mail, kind: LetterKind) -> Written<Back> {
    let Some(mailbox) = app.config.replies() else { return Ok(Back::default()) };
    let key = inbound::key(app).await?;
    let at = |purpose, name: Option<&str>| Address::new(name, &mailbox.address(&key, purpose, mail.id));
    let name = Address::parse(&app.config.mail_from).map_err(Fault::new)?.name;
    Ok(Back {
        bounces_to: Some(at(Purpose::Bounce, None).map_err(Fault::new)?),
        reply_to: match kind {
            LetterKind::NewMessage => Some(at(Purpose::Reply, name.as_deref()).map_err(Fault::new)?),
            _ => None,
        },
    })
}
