//! Signing in by a code sent to one's work address. Whether an address is known shows neither in the answer nor in
//! the work done for it.
use super::{members, sessions};
use crate::{
    app::App,
    domain::{
        id::PersonId,
        mail::{LetterKind, NewMail},
        permission::Actor,
        refusal::{Code, Fault, Outcome, Refusal},
        sign_in::{
            self, CODE_SECONDS, CODES_PER_ADDRESS_A_DAY, CODES_PER_ADDRESS_AND_NETWORK, CODES_PER_NETWORK, Challenge,
            KEPT_SECONDS, Session, WINDOW_SECONDS,
        },
        text::{self, Language},
        time::Ts,
    },
    store::{
        Tx, invitations, outbox, people,
        sessions::was_signed_in,
        sign_in::{By, NewChallenge, count_try, enter, insert, keep_mail_if, nth_last, use_up},
        suppressions,
    },
};

/// What the asking browser gets, whether or not the address is known.
#[derive(Clone, Debug)]
pub struct Asked {
    /// For its cookie: the code is good only together with it.
    pub browser_secret: String,
    /// Until when the code is good.
    pub expires_at: Ts,
}

/// Who asks for a code, and for which address.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// As it was typed.
    pub email: &'a str,
    /// The network address asked from.
    pub network: &'a str,
    /// The secret of the last session of this browser, whether or not it has ended.
    pub session: Option<&'a str>,
    /// The language of the mail for who has no setting yet.
    pub language: Language,
}

/// Sends a code to an address that is known or invited, and does the same work for any other.
///
/// # Errors
/// `INVALID` on `email`; `TOO_MANY` with the minutes to wait.
pub async fn request_code(app: &App, asking: &Asking<'_>) -> Outcome<Asked> {
    let (network, language) = (asking.network, asking.language);
    let email = text::email("email", asking.email)?;
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    enter(&mut tx).await?;
    let here = By::Both { email: &email, network };
    refuse_haste(&mut tx, here, CODES_PER_ADDRESS_AND_NETWORK, WINDOW_SECONDS, now).await?;
    refuse_haste(&mut tx, By::Network(network), CODES_PER_NETWORK, WINDOW_SECONDS, now).await?;
    let known = match asking.session {
        Some(secret) => was_signed_in(&mut tx, sign_in::secret_hash(secret), &email).await?,
        None => false,
    };
    if !known {
        refuse_haste(&mut tx, By::Email(&email), CODES_PER_ADDRESS_A_DAY, KEPT_SECONDS, now).await?;
    }
    let (id, code) = (app.clock.id(), app.clock.code());
    let browser_secret = sign_in::secret(app.clock.secret());
    let expires_at = now.plus_seconds(CODE_SECONDS);
    let addressee = addressee(&mut tx, &email, language, now).await?;
    let challenge = Challenge { id, email, code_hash: sign_in::code_hash(&browser_secret, id, &code) };
    let mail = mail(app, &challenge, &addressee, code);
    outbox::enqueue(&mut tx, &mail).await?;
    keep_mail_if(&mut tx, mail.id, addressee.known).await?;
    let browser_hash = sign_in::secret_hash(&browser_secret);
    let network = network.to_owned();
    insert(&mut tx, NewChallenge { challenge, network, browser_hash, created_at: now, expires_at }).await?;
    tx.commit(now).await?;
    Ok(Asked { browser_secret, expires_at })
}

async fn refuse_haste(tx: &mut Tx, by: By<'_>, most: i64, seconds: i64, now: Ts) -> Outcome<()> {
    let Some(oldest) = nth_last(tx, by, most, now.plus_seconds(-seconds)).await? else { return Ok(()) };
    let wait = (oldest.plus_seconds(seconds).micros() - now.micros()).max(0);
    let minutes = wait / 60_000_000 + 1;
    Err(Refusal::new(Code::TooMany)
        .say(
            format!("Avete chiesto troppi codici: aspettate {minutes} minuti e riprovate."),
            format!("You asked for too many codes: wait {minutes} minutes and try again."),
        )
        .into())
}

struct Addressee {
    known: bool,
    person: Option<PersonId>,
    name: Option<String>,
    language: Language,
}

/// Both lookups run for every address.
async fn addressee(tx: &mut Tx, email: &str, language: Language, now: Ts) -> Result<Addressee, Fault> {
    let person = people::find_by_email(&mut *tx, email).await?;
    let invited = invitations::pending_for_update(tx, email, now).await?.into_iter().next();
    Ok(match (person, invited) {
        (Some(p), _) => Addressee { known: true, person: Some(p.id), name: Some(p.name), language: p.language },
        (None, Some(i)) => Addressee { known: true, person: None, name: Some(i.name), language },
        (None, None) => Addressee { known: false, person: None, name: None, language },
    })
}

fn mail(app: &App, challenge: &Challenge, to: &Addressee, code: String) -> NewMail {
    let now = app.clock.now();
    let recipient = to.person.map_or_else(|| format!("address:{}", challenge.email), |id| format!("person:{id}"));
    NewMail {
        id: app.clock.id(),
        cause: format!("challenge:{}", challenge.id),
        recipient,
        letter: LetterKind::SignInCode,
        address: challenge.email.clone(),
        name: to.name.clone(),
        language: to.language,
        data: serde_json::Map::new(),
        secret: Some(code),
        thread: None,
        due_at: now,
        host: app.config.public_url.host_str().unwrap_or("localhost").to_owned(),
        created_at: now,
    }
}

/// What a browser sends to sign in.
#[derive(Clone, Debug)]
pub struct Attempt<'a> {
    /// What the person typed.
    pub code: &'a str,
    /// The secret this browser got when it asked for the code.
    pub browser_secret: Option<&'a str>,
    /// The session it had, which ends.
    pub old_session: Option<&'a str>,
    /// What it calls itself.
    pub browser: &'a str,
    /// Its language, for a person who is new.
    pub language: Language,
}

/// A browser that is signed in now.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who it acts for.
    pub actor: Actor,
    /// Its session.
    pub session: Session,
    /// For its cookie.
    pub secret: String,
}

/// Signs a browser in with its code, and accepts the invitations of that address. Each try counts, also a right one.
///
/// # Errors
/// `WRONG_CODE`, whatever is wrong with it.
pub async fn sign_in(app: &App, attempt: &Attempt<'_>) -> Outcome<SignedIn> {
    let (Some(code), Some(secret)) = (sign_in::code(attempt.code), attempt.browser_secret) else {
        return Err(wrong_code().into());
    };
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let challenge = count_try(&mut tx, sign_in::secret_hash(secret), now).await?.ok_or_else(wrong_code)?;
    let hash = sign_in::code_hash(secret, challenge.id, &code);
    if !sign_in::same(&hash, &challenge.code_hash) {
        // The try stays counted.
        tx.commit(now).await?;
        return Err(wrong_code().into());
    }
    if !use_up(&mut tx, challenge.id, now).await? {
        return Err(wrong_code().into());
    }
    let person = members::accept_in(&mut tx, app, &challenge.email, attempt.language).await?;
    // Somebody guessed the code of an address that nobody has, or who was invited no longer is.
    let person = person.ok_or_else(wrong_code)?;
    // The code came by mail: mails arrive there.
    suppressions::forget(&mut tx, &challenge.email).await?;
    let (session, secret) = sessions::begin_in(&mut tx, app, person, attempt.browser, attempt.old_session).await?;
    tx.commit(now).await?;
    let is = people::qualities(&app.store, person).await?;
    Ok(SignedIn { actor: sessions::actor(person, is, None), session, secret })
}

fn wrong_code() -> Refusal {
    Refusal::new(Code::WrongCode).on("code").say(
        "Il codice non è giusto, è scaduto o è stato provato troppe volte. Usate l'ultimo ricevuto, nello stesso browser, \
         oppure chiedetene uno nuovo.",
        "The code is wrong, too old, or was tried too often. Use the newest one, in the same browser, or ask for a new one.",
    )
}
