//! The demonstration's accounts, each named by its function: those that are told on the console, and one for each
//! territory that takes part in the history.
use crate::{
    app::App,
    domain::{
        id::PersonId,
        permission::{Actor, Role, StaffRole},
        refusal::{Fault, Outcome},
        territory::{Territory, TerritoryKind},
    },
    service::{
        members, people as accounts,
        territories::{TerritoryKey, atlas},
    },
    store::people,
};

/// Where somebody works.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// In a territory of that name.
    Territory(&'static str, Role),
    /// For the whole hub.
    Staff(StaffRole),
}

/// The address of ANCI's account.
pub const FACILITATOR: &str = "facilitazione.anci@example.invalid";
/// The address of the Region's account.
pub const STEWARD: &str = "regia.regione@example.invalid";

/// Who can sign in: address, name by function, territory or nothing, role.
pub const PEOPLE: &[(&str, &str, Place)] = &[
    (
        "coordinamento.nardo@example.invalid",
        "Coordinamento di Nardò",
        Place::Territory("Ambito di Nardò", Role::Coordinator),
    ),
    (
        "coordinamento.bitonto@example.invalid",
        "Coordinamento di Bitonto",
        Place::Territory("Comune di Bitonto", Role::Coordinator),
    ),
    (
        "operatrice.bitonto@example.invalid",
        "Servizio sociale di Bitonto",
        Place::Territory("Comune di Bitonto", Role::Member),
    ),
    (FACILITATOR, "Facilitazione ANCI", Place::Staff(StaffRole::Facilitator)),
    (STEWARD, "Regia regionale", Place::Staff(StaffRole::Steward)),
];

/// Makes the accounts of [`PEOPLE`], where they are missing.
///
/// # Errors
/// A fault from the database, or where a territory is missing.
pub async fn add(app: &App) -> Outcome<()> {
    for (email, name, place) in PEOPLE {
        match place {
            Place::Territory(territory, role) => {
                let atlas = atlas(app).await?;
                let found = atlas.find(&TerritoryKey::Name((*territory).into()));
                let found = found.ok_or_else(|| Fault::new(format!("the demo's data has no {territory}")))?;
                members::add_member(app, &Actor::System, email, name, found.id, *role).await?;
            }
            Place::Staff(role) => drop(accounts::add_staff(app, &Actor::System, email, name, *role).await?),
        }
    }
    Ok(())
}

/// The person with that address.
pub(super) async fn known(app: &App, email: &str) -> Result<PersonId, Fault> {
    let found = people::find_by_email(&app.store, email).await?;
    found.map(|person| person.id).ok_or_else(|| Fault::new(format!("nobody has the address {email}")))
}

/// Who works in a territory: those of [`PEOPLE`], or a coordination made for it.
pub(super) async fn of_territory(app: &App, territory: &Territory) -> Outcome<Vec<PersonId>> {
    let full = territory.full_name();
    let mut found = Vec::new();
    for (email, _, place) in PEOPLE {
        if matches!(place, Place::Territory(name, _) if *name == full) {
            found.push(known(app, email).await?);
        }
    }
    if found.is_empty() {
        let of = if territory.kind == TerritoryKind::Ambito { "dell'" } else { "del " };
        let (email, name) =
            (format!("coordinamento.{}@example.invalid", territory.slug), format!("Coordinamento {of}{full}"));
        found.push(members::add_member(app, &Actor::System, &email, &name, territory.id, Role::Coordinator).await?);
    }
    Ok(found)
}
