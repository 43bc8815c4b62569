//! Writes a mail of the queue from the ids it holds, at the moment it is sent: whether its reader may still read it is
//! asked again, and what is gone by then is not sent.
mod answer;
mod back;
mod digest;
mod matter;
mod need;
mod news;
mod reader;
mod request;
mod talk;

use crate::{
    app::App,
    domain::{
        delivery::Withheld,
        mail::{LetterKind, Mail},
        permission::Role,
        person::{INVITATION_DAYS, InvitationState},
        refusal::Fault,
        sign_in::CODE_SECONDS,
        text::Language,
        word::Word,
    },
    mail::{Address, Letter, Outgoing},
    service::{notifications, suppressions},
    store::{invitations, people},
};

/// Why a mail is not written.
#[derive(Debug)]
pub(super) enum Unwritten {
    /// It is not to be sent any more.
    Suppressed(&'static str),
    /// It should be, but not to this address.
    Withheld(Withheld, String),
    /// It can never be.
    Wrong(String),
    /// Not now.
    Fault(Fault),
}

impl From<Fault> for Unwritten {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

use reader::Reader;

type Written<T> = Result<T, Unwritten>;

fn gone<T>(found: Option<T>, reason: &'static str) -> Written<T> {
    found.ok_or(Unwritten::Suppressed(reason))
}

/// The mail, ready to leave. The same row gives the same Message-ID, date and thread whenever it is written.
pub(super) async fn outgoing(app: &App, mail: &Mail) -> Written<Outgoing> {
    // A letter of a newer program waits for an instance that knows it.
    let kind = LetterKind::parse(&mail.letter).ok_or_else(|| Fault::new(format!("no letter {:?}", mail.letter)))?;
    let reader = reader::of(app, mail, kind).await?;
    if let Some((why, reason)) = suppressions::withheld(app, kind, &reader.address).await? {
        return Err(Unwritten::Withheld(why, reason));
    }
    let letter = match kind {
        LetterKind::Digest => digest::gathered(app, mail, &reader).await?,
        _ => written(app, mail, kind, &reader).await?,
    };
    let unsubscribe = notifications::link(app, mail).await?;
    let times = app.config.timing.said(mail.language);
    let rendered = app
        .texts
        .render(&letter, &times, mail.language, unsubscribe.as_deref())
        .map_err(|error| Unwritten::Wrong(super::chain(&error)))?;
    let to = Address::new(reader.name.as_deref(), &reader.address);
    let back = back::of(app, mail, kind).await?;
    Ok(Outgoing {
        message_id: mail.message_id.clone(),
        // A setting is mended sooner or later, so the mail waits for that.
        from: Address::parse(&app.config.mail_from).map_err(Fault::new)?,
        to: to.map_err(|error| Unwritten::Wrong(error.to_string()))?,
        bounces_to: back.bounces_to,
        reply_to: back.reply_to,
        in_reply_to: mail.thread.clone(),
        references: mail.thread.iter().cloned().collect(),
        unsubscribe,
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        date: mail.created_at.timestamp(),
        language: mail.language,
    })
}

/// What one mail says, and to whom, as of now.
async fn letter(app: &App, mail: &Mail, kind: LetterKind) -> Written<(Reader, Letter)> {
    let reader = reader::of(app, mail, kind).await?;
    let letter = written(app, mail, kind, &reader).await?;
    Ok((reader, letter))
}

/// What one mail says to this reader.
async fn written(app: &App, mail: &Mail, kind: LetterKind, reader: &Reader) -> Written<Letter> {
    match kind {
        LetterKind::SignInCode => sign_in_code(app, mail),
        LetterKind::Invitation => invitation(app, mail).await,
        LetterKind::NeedMatched => need::matched(app, mail, reader).await,
        LetterKind::NewMessage => talk::new_message(app, mail, reader).await,
        LetterKind::ReplyNotTaken => answer::not_taken(app, mail),
        LetterKind::Undelivered => answer::undelivered(app, mail).await,
        _ => request::letter(app, mail, kind, reader).await,
    }
}

fn sign_in_code(app: &App, mail: &Mail) -> Written<Letter> {
    if mail.created_at.plus_seconds(CODE_SECONDS) <= app.clock.now() {
        return Err(Unwritten::Suppressed("the code has expired"));
    }
    let code = gone(mail.secret.clone(), "the code is gone")?;
    let minutes = u32::try_from(CODE_SECONDS / 60).unwrap_or_default();
    Ok(Letter::SignInCode { code, minutes, public_url: app.config.link("/") })
}

async fn invitation(app: &App, mail: &Mail) -> Written<Letter> {
    let id = gone(mail.id("subject"), "it names no invitation")?;
    let found = invitations::find_many(&app.store, &[id]).await?.into_iter().next();
    let invitation = gone(found, "the invitation is gone")?;
    if invitation.state(app.clock.now()) != InvitationState::Pending {
        return Err(Unwritten::Suppressed("the invitation no longer waits for anybody"));
    }
    let atlas = app.store.atlas().await?;
    let territory = gone(atlas.territory(invitation.territory), "the territory is gone")?;
    let inviter = match invitation.invited_by {
        Some(person) => people::membership(&app.store, person, territory.id).await?.map(|membership| membership.role),
        None => None,
    };
    Ok(Letter::Invitation {
        territory: territory.full_name(),
        inviter_role: role(inviter, mail.language),
        role: role(Some(invitation.role), mail.language),
        sign_in_url: app.config.link("/sign-in"),
        days: u32::try_from(INVITATION_DAYS).unwrap_or_default(),
    })
}

/// What somebody is, in the reader's language.
fn role(role: Option<Role>, language: Language) -> String {
    let (it, en) = match role {
        Some(Role::Coordinator) => ("Responsabile dell'Ufficio di Piano", "Coordinator of the Ufficio di Piano"),
        Some(Role::Member) => ("Operatore", "Member of staff"),
        None => ("Gestione di Innesto", "Administration of Innesto"),
    };
    language.pick(it, en).to_owned()
}
