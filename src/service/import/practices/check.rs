//! Reading a file of practices and finding everything that is wrong with it, before anything is written.
use super::file::{Contact, Entry, File, Item, Owner};
use crate::{
    app::App,
    domain::{
        contact::phone,
        id::TerritoryId,
        permission::PracticeStatus,
        practice::{KitItem, Practice, kit},
        refusal::{Fault, Refusals},
        term::Scheme,
        territory::TerritoryKind,
        text::{body, email, line, slug},
    },
    service::{
        import::{ImportError, Mistake, Problem},
        vocabulary::Vocabulary,
    },
    store::{Tx, practices, territories},
};

/// A practice that may be written.
pub(super) struct Ready {
    /// As it is in the hub, if it is.
    pub before: Option<Practice>,
    /// As the file wants it.
    pub after: Practice,
    pub kit: Vec<KitItem>,
    pub contacts: Vec<Contact>,
}

/// Reads the file as a whole.
pub(super) fn read(text: &[u8]) -> Result<(File, Vec<Entry>), ImportError> {
    let whole = |error: serde_json::Error| {
        ImportError::Wrong(vec![Mistake { place: format!("line {}", error.line()), problem: unreadable(&error) }])
    };
    let mut file: File = serde_json::from_slice(text).map_err(whole)?;
    let (mut entries, mut mistakes) = (Vec::new(), Vec::new());
    for (i, value) in std::mem::take(&mut file.practices).into_iter().enumerate() {
        let key = value.get("key").and_then(serde_json::Value::as_str).unwrap_or("without key").to_owned();
        match serde_json::from_value::<Entry>(value) {
            Ok(entry) => entries.push(entry),
            Err(error) => mistakes.push(Mistake { place: place(i, &key, ""), problem: unreadable(&error) }),
        }
    }
    for (i, entry) in entries.iter().enumerate() {
        if entries[..i].iter().any(|other| other.key == entry.key) {
            let problem = Problem::say("compare due volte", "appears twice");
            mistakes.push(Mistake { place: place(i, &entry.key, "key"), problem });
        }
    }
    if mistakes.is_empty() { Ok((file, entries)) } else { Err(ImportError::Wrong(mistakes)) }
}

fn unreadable(error: &serde_json::Error) -> Problem {
    Problem::say(format!("non si legge: {error}"), error.to_string())
}

/// `practices[3].targets.0 (in-con-tra)`.
pub(super) fn place(i: usize, key: &str, path: &str) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    format!("practices[{i}]{dot}{path} ({key})")
}

/// Checks one practice against what the hub knows.
pub(super) async fn check(
    app: &App,
    tx: &mut Tx,
    vocabulary: &Vocabulary,
    (i, entry): (usize, Entry),
    mistakes: &mut Vec<Mistake>,
) -> Result<Option<Ready>, Fault> {
    let mut wrong = |path: &str, problem: Problem| {
        mistakes.push(Mistake { place: place(i, &entry.key, path), problem });
    };
    if slug(&entry.key) != entry.key {
        let en = "must have small letters, digits and hyphens only";
        wrong("key", Problem::say("deve avere solo lettere minuscole, cifre e trattini", en));
    }
    let before = practices::find_by_slug(&mut *tx, &entry.key).await?;
    if before.as_ref().is_some_and(|before| before.created_by.is_some()) {
        let it = "è l'indirizzo di una pratica che qualcuno ha scritto nell'hub";
        wrong("key", Problem::say(it, "is the address of a practice that somebody wrote in the hub"));
    }
    let Some(owner) = owner(tx, &entry.owner).await? else {
        let it = "non è un territorio di questo hub: importate prima i territori";
        wrong("owner", Problem::say(it, "is no territory of this hub: import the territories first"));
        return Ok(None);
    };
    if before.as_ref().is_some_and(|before| before.owner != owner) {
        let en = "is not the one this practice has in the hub";
        wrong("owner", Problem::say("non è quello che la pratica ha nell'hub", en));
    }
    if entry.contacts.is_empty() || entry.contacts.len() > crate::domain::contact::MOST_OF_A_PRACTICE {
        wrong("contacts", Problem::say("devono essere da 1 a 5", "must be 1 to 5"));
    }
    if entry.kit.len() > kit::MOST {
        wrong("kit", Problem::say("ha più di 50 voci", "has more than 50 items"));
    }
    let mut refusals = Refusals::default();
    let empty = Practice::draft(app.clock.id(), owner, None, app.clock.now());
    let mut after = before.clone().unwrap_or_else(|| Practice {
        slug: entry.key.clone(),
        status: PracticeStatus::Published,
        published_at: Some(app.clock.now()),
        ..empty.clone()
    });
    entry.changes().apply(&mut after, &mut refusals);
    after.provenance = entry.provenance.kind;
    vocabulary.check_practice(&empty, &after, &mut refusals);
    let items: Vec<KitItem> =
        entry.kit.iter().zip(0..).map(|(item, n)| kit_item(app, &after, item, n, vocabulary, &mut refusals)).collect();
    after.kit_completeness = kit::completeness(items.iter().map(|item| item.phase.as_str()));
    after.guard(&items, &mut refusals);
    for (n, contact) in entry.contacts.iter().enumerate() {
        check_contact(n, contact, &mut refusals);
    }
    for refusal in &refusals {
        wrong(&refusal.field.join("."), refusal.into());
    }
    Ok(Some(Ready { before, after, kit: items, contacts: entry.contacts }))
}

async fn owner(tx: &mut Tx, owner: &Owner) -> Result<Option<TerritoryId>, Fault> {
    let found = match owner {
        Owner::Comune(code) => territories::find_by_istat_code(tx, code).await?,
        Owner::Ambito(name) => {
            territories::find_by_name(tx, name).await?.into_iter().find(|t| t.kind == TerritoryKind::Ambito)
        }
    };
    Ok(found.map(|territory| territory.id))
}

fn kit_item(app: &App, p: &Practice, item: &Item, n: i64, vocabulary: &Vocabulary, r: &mut Refusals) -> KitItem {
    let path = |name: &str| format!("kit.{n}.{name}");
    r.take(vocabulary.check(Scheme::KitKind, &path("kind"), &item.kind));
    r.take(vocabulary.check(Scheme::KitPhase, &path("phase"), &item.phase));
    let title = r.take(line(&path("title"), &item.title, 160)).unwrap_or_default();
    let link = item.link.as_deref().and_then(|link| r.take(kit::link(&path("link"), link)));
    let text = item.text.as_deref().and_then(|text| r.take(body(&path("text"), text, 20_000)));
    if item.link.is_some() == item.text.is_some() {
        use crate::domain::refusal::{Code, Refusal};
        r.push(Refusal::new(Code::Invalid).on(&path("link")).say(
            "Serve un collegamento oppure un testo, uno solo dei due.",
            "A link or a text is needed, exactly one of the two.",
        ));
    }
    let (kind, phase) = (item.kind.clone(), item.phase.clone());
    let (id, created_at) = (app.clock.id(), app.clock.now());
    KitItem { id, practice: p.id, version: 1, position: n, kind, phase, title, link, text, document: None, created_at }
}

fn check_contact(n: usize, contact: &Contact, r: &mut Refusals) {
    let path = |name: &str| format!("contacts.{n}.{name}");
    r.take(line(&path("name"), &contact.name, 120));
    r.take(line(&path("role"), &contact.role, 160));
    // Requests are sent to it, so it needs an address.
    r.take(email(&path("email"), contact.email.as_deref().unwrap_or_default()));
    if let Some(number) = &contact.phone {
        r.take(phone(&path("phone"), number));
    }
}
