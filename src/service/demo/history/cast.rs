//! Who takes part in the demonstration's history: territories as they are, practices as they were published, and one
//! account for each side.
use super::file::File;
use crate::{
    app::App,
    domain::{
        id::{KitItemId, TerritoryId},
        permission::{Actor, Member, PracticeStatus, Role, StaffRole},
        practice::{Practice, SupportLevel},
        refusal::{Fault, Outcome},
        territory::{Territory, TerritoryKind},
    },
    service::{
        demo::people,
        territories::{TerritoryKey, atlas},
    },
    store::{atlas::Atlas, kit, practices},
};
use std::collections::BTreeMap;

/// A territory that takes part.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Which.
    pub id: TerritoryId,
    /// The Ambito, or the Comune's.
    pub ambito: TerritoryId,
    /// How it begins to speak of its size: `6 Comuni`.
    pub comuni: String,
    /// Its inhabitants, as written in a sentence: `47.856`.
    pub population: String,
    /// Who acts for it.
    pub actors: Vec<Actor>,
}

/// A practice that is asked for.
#[derive(Clone, Debug)]
pub struct Offer {
    /// As it was published.
    pub practice: Practice,
    /// The full name of its owner.
    pub owner: String,
    /// Its kit.
    pub kit: Vec<KitItemId>,
}

/// All of them.
#[derive(Clone, Debug)]
pub struct Cast {
    /// By full name.
    pub seats: BTreeMap<String, Seat>,
    /// By key.
    pub offers: BTreeMap<String, Offer>,
    /// ANCI.
    pub facilitator: Actor,
    /// The Region.
    pub steward: Actor,
}

impl Offer {
    /// The most help it offers below full support; full support where that is asked for; none where it offers none.
    #[must_use]
    pub fn level(&self, wanted: Option<SupportLevel>) -> Option<SupportLevel> {
        let offers = |level: &SupportLevel| self.practice.support_levels.contains(level);
        match wanted {
            Some(wanted) => Some(wanted).filter(offers),
            None => [SupportLevel::Mentoring, SupportLevel::Documents].into_iter().find(offers),
        }
    }
}

impl Cast {
    /// Finds all whom the file names, and gives each territory an account where it has none.
    ///
    /// # Errors
    /// A fault where the file names what is not there.
    pub async fn of(app: &App, file: &File) -> Outcome<Self> {
        let atlas = atlas(app).await?;
        let (mut seats, mut offers) = (BTreeMap::new(), BTreeMap::new());
        for key in file.practices.keys() {
            let found = practices::find_by_slug(&app.store, key).await?;
            let practice = found.filter(|found| found.status == PracticeStatus::Published && found.support_open);
            let practice = practice.ok_or_else(|| Fault::new(format!("nobody can ask for the practice {key}")))?;
            let kit = kit::of_practices(&app.store, &[practice.id]).await?.into_iter().map(|item| item.id).collect();
            let owner = atlas.territory(practice.owner).ok_or_else(|| Fault::new("a practice without owner"))?;
            seats.insert(owner.full_name(), seat(app, &atlas, owner).await?);
            offers.insert(key.clone(), Offer { practice, owner: owner.full_name(), kit });
        }
        for name in file.requesters.keys() {
            let found = atlas.find(&TerritoryKey::Name(name.clone()));
            let found = found.ok_or_else(|| Fault::new(format!("there is no territory {name}")))?;
            seats.insert(found.full_name(), seat(app, &atlas, found).await?);
        }
        let (facilitator, steward) = (people::FACILITATOR, people::STEWARD);
        let staff = async |email, role: StaffRole| {
            let person = people::known(app, email).await?;
            Ok::<_, Fault>(Actor::Person(Member { person, memberships: Vec::new(), staff: vec![role], scopes: None }))
        };
        Ok(Self {
            seats,
            offers,
            facilitator: staff(facilitator, StaffRole::Facilitator).await?,
            steward: staff(steward, StaffRole::Steward).await?,
        })
    }
}

async fn seat(app: &App, atlas: &Atlas, territory: &Territory) -> Outcome<Seat> {
    let ambito = territory.ambito.unwrap_or(territory.id);
    let count = if territory.kind == TerritoryKind::Ambito { atlas.comuni_of(ambito).count() } else { 1 };
    let mut actors = Vec::new();
    for person in people::of_territory(app, territory).await? {
        let memberships = vec![(territory.id, Role::Coordinator)];
        actors.push(Actor::Person(Member { person, memberships, staff: Vec::new(), scopes: None }));
    }
    Ok(Seat {
        id: territory.id,
        ambito,
        comuni: if count == 1 { "Un solo Comune".to_owned() } else { format!("{count} Comuni") },
        population: thousands(territory.population.unwrap_or_default()),
        actors,
    })
}

/// `47.856`, as Italian texts write it.
pub fn thousands(n: i64) -> String {
    if n < 1000 { n.to_string() } else { format!("{}.{:03}", thousands(n / 1000), n % 1000) }
}
