//! Practices from a file, published at once: found again by their key, compared, and written as the hub itself. What
//! staff wrote or changed in the hub is not touched, unless asked for.
mod check;
mod file;

use super::{ImportError, Mistake, Problem, Progress, Report};
use crate::{
    app::App,
    domain::{
        contact::ContactPerson,
        event::{EventKind, NewEvent},
        id::{ContactId, TerritoryId},
        lineage::Edge,
        page::PageRequest,
        practice::{KitItem, Practice},
        refusal::Fault,
    },
    service::{lineage::write as write_edge, vocabulary::Vocabulary},
    store::{Tx, contacts, events, kit, lineage, practices},
};
use check::Ready;
use file::{Contact, Link};

/// How to import.
#[derive(Clone, Copy, Debug, Default)]
pub struct How {
    /// Only say what would change.
    pub dry_run: bool,
    /// Replace also what people have changed in the hub since an earlier import.
    pub overwrite: bool,
}

/// Reads, checks, and unless it is a dry run writes. Practices that the file does not have stay as they are, and those
/// that people have changed in the hub stay as these left them.
///
/// # Errors
/// Every mistake with its place and the key of its practice; then nothing was written.
pub async fn run(app: &App, text: &[u8], how: How, progress: Progress<'_>) -> Result<Report, ImportError> {
    let (file, entries) = check::read(text)?;
    let all = entries.len() + file.lineage.len();
    let (mut report, mut mistakes, mut ready) = (Report::default(), Vec::new(), Vec::new());
    let mut tx = app.store.begin().await?;
    let vocabulary = Vocabulary::read(app, &mut tx).await?;
    for entry in entries.into_iter().enumerate() {
        ready.extend(check::check(app, &mut tx, &vocabulary, entry, &mut mistakes).await?);
    }
    if !mistakes.is_empty() {
        return Err(ImportError::Wrong(mistakes));
    }
    let mut done = 0;
    for one in ready {
        write(app, &mut tx, one, how.overwrite, &mut report).await?;
        done += 1;
        progress(done, all);
    }
    lineage::lock(&mut tx).await?;
    for (i, link) in file.lineage.iter().enumerate() {
        connect(app, &mut tx, (i, link), &mut report, &mut mistakes).await?;
        done += 1;
        progress(done, all);
    }
    if !mistakes.is_empty() {
        return Err(ImportError::Wrong(mistakes));
    }
    // A dry run has written too, and forgets it: so it finds what only writing finds.
    if !how.dry_run && !report.changes.is_empty() {
        tx.commit(app.clock.now()).await?;
    }
    Ok(report)
}

async fn write(app: &App, tx: &mut Tx, ready: Ready, overwrite: bool, report: &mut Report) -> Result<(), Fault> {
    let Ready { before, mut after, kit: items, contacts: wanted } = ready;
    if before.is_some() && !overwrite && events::changed_by_people(&mut *tx, after.id, after.owner).await? {
        report.kept.push(format!("= {}: changed in the hub, left as it is", after.slug));
        return Ok(());
    }
    let mut different = Vec::new();
    match &before {
        None => {
            practices::insert(tx, &after).await?;
            practices::update_owner_counter(tx, after.owner, 1).await?;
        }
        Some(before) if *before != after => {
            (after.version, after.updated_at) = (before.version + 1, app.clock.now());
            practices::update(tx, &after).await?;
            different.push("text");
        }
        Some(_) => {}
    }
    if write_kit(tx, &after, &items).await? {
        different.push("kit");
    }
    if write_contacts(app, tx, &after, &wanted).await? {
        different.push("contacts");
    }
    let (id, owner) = (after.id, after.owner);
    if before.is_none() {
        report.changes.push(format!("+ {}", after.slug));
        tx.emit(NewEvent::new(EventKind::PracticePublished, id).id("owner", owner));
    } else if different.is_empty() {
        report.unchanged += 1;
    } else {
        report.changes.push(format!("~ {}: {}", after.slug, different.join(", ")));
        tx.emit(NewEvent::new(EventKind::PracticeUpdated, id).note("version", after.version));
    }
    Ok(())
}

/// Replaces the kit where it differs.
async fn write_kit(tx: &mut Tx, practice: &Practice, wanted: &[KitItem]) -> Result<bool, Fault> {
    let there = kit::of_practices(&mut *tx, &[practice.id]).await?;
    let same = |a: &KitItem, b: &KitItem| {
        let told = |k: &KitItem| {
            (k.kind.clone(), k.phase.clone(), k.title.clone(), k.link.clone(), k.text.clone(), k.document)
        };
        told(a) == told(b)
    };
    if there.len() == wanted.len() && there.iter().zip(wanted).all(|(a, b)| same(a, b)) {
        return Ok(false);
    }
    for item in &there {
        kit::delete(tx, item).await?;
    }
    for item in wanted {
        kit::insert(tx, item).await?;
    }
    Ok(true)
}

/// Links the contacts, adding those that the owner does not have yet. One that it has, by its address, stays as its
/// staff left it.
async fn write_contacts(app: &App, tx: &mut Tx, practice: &Practice, wanted: &[Contact]) -> Result<bool, Fault> {
    let known = contacts::list(&mut *tx, practice.owner, &PageRequest::first(1_000)).await?;
    let mut ids: Vec<ContactId> = Vec::with_capacity(wanted.len());
    for contact in wanted {
        let address = contact.email.as_deref().map(str::to_lowercase);
        let found = known.items.iter().find(|(_, known)| known.email == address);
        let id = match found {
            Some((_, known)) => known.id,
            None => add_contact(app, tx, practice.owner, contact, address).await?,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let there = contacts::of_practices(&mut *tx, &[practice.id]).await?;
    if there.iter().map(|link| link.contact.id).eq(ids.iter().copied()) {
        return Ok(false);
    }
    contacts::set_of_practice(tx, practice.id, &ids).await?;
    Ok(true)
}

async fn add_contact(
    app: &App,
    tx: &mut Tx,
    territory: TerritoryId,
    contact: &Contact,
    email: Option<String>,
) -> Result<ContactId, Fault> {
    let new = ContactPerson {
        id: app.clock.id(),
        territory,
        person: None,
        name: contact.name.trim().to_owned(),
        role: contact.role.trim().to_owned(),
        email,
        phone: contact.phone.clone(),
        visibility: contact.visibility,
        accepts_requests: true,
        is_role_mailbox: contact.is_role_mailbox,
        version: 1,
        created_at: app.clock.now(),
        removed_at: None,
    };
    contacts::insert(tx, &new).await?;
    Ok(new.id)
}

async fn connect(
    app: &App,
    tx: &mut Tx,
    (i, link): (usize, &Link),
    report: &mut Report,
    mistakes: &mut Vec<Mistake>,
) -> Result<(), Fault> {
    let mut wrong = |path: &str, problem: Problem| {
        let place = format!("lineage[{i}]{path} ({} → {})", link.child, link.parent);
        mistakes.push(Mistake { place, problem });
    };
    let child = practices::find_by_slug(&mut *tx, &link.child).await?;
    let parent = practices::find_by_slug(&mut *tx, &link.parent).await?;
    let (Some(child), Some(parent)) = (child, parent) else {
        let it = "nomina una pratica che non è né nel file né nell'hub";
        wrong("", Problem::say(it, "names a practice that is neither in the file nor in the hub"));
        return Ok(());
    };
    if let Some(there) = lineage::find_for_update(tx, child.id, parent.id).await? {
        if link.confirmed && there.confirmed_at.is_none() {
            crate::service::lineage::confirm_in(tx, app, child.id, parent.id, None).await?;
            report.changes.push(format!("~ {} → {}: confirmed", link.child, link.parent));
        } else {
            report.unchanged += 1;
        }
        return Ok(());
    }
    if lineage::descends(tx, parent.id, child.id).await? {
        wrong("", Problem::say("chiuderebbe un cerchio", "would close a circle"));
        return Ok(());
    }
    let now = app.clock.now();
    let edge = Edge {
        child: child.id,
        parent: parent.id,
        kind: link.kind,
        request: None,
        note: link.note.trim().to_owned(),
        declared_by: None,
        declared_at: now,
        confirmed_at: link.confirmed.then_some(now),
    };
    write_edge(tx, app, &edge).await?;
    report.changes.push(format!("+ {} → {}", link.child, link.parent));
    Ok(())
}
