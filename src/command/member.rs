//! `innesto member`: who belongs where, for the first coordinators and for those who left.
use super::Failed;
use crate::{
    app::App,
    domain::{
        permission::{Actor, Role, StaffRole},
        word::Word,
    },
    service::{
        members, people,
        territories::{self, TerritoryKey},
    },
};
use clap::Subcommand;

/// What is to be done.
#[derive(Subcommand)]
pub(super) enum Member {
    /// Make somebody a member or coordinator of a territory.
    Add {
        /// Work address.
        email: String,
        /// Name and surname.
        #[arg(long)]
        name: String,
        /// The territory, by any of its names: "Ambito di Bitonto", BR4, 072011.
        #[arg(long)]
        territory: String,
        /// member or coordinator.
        #[arg(long, default_value = "member")]
        role: String,
    },
    /// Make somebody facilitator (ANCI) or steward (Region).
    Staff {
        /// Work address.
        email: String,
        /// Name and surname.
        #[arg(long)]
        name: String,
        /// facilitator or steward.
        #[arg(long)]
        role: String,
    },
    /// Erase somebody's personal data and end all access. What they wrote for their territory stays, without a name.
    Erase {
        /// Work address.
        email: String,
    },
}

fn role<W: Word>(text: &str) -> Result<W, Failed> {
    let known: Vec<_> = W::ALL.iter().map(|role| role.as_str().to_lowercase()).collect();
    W::parse(&text.to_uppercase()).ok_or_else(|| Failed(format!("{text:?} is no role; there are {}", known.join(", "))))
}

impl Member {
    pub(super) async fn run(self, app: &App) -> Result<(), Failed> {
        match self {
            Self::Add { email, name, territory, role: wanted } => {
                let atlas = territories::atlas(app).await?;
                let found = atlas.find(&TerritoryKey::Name(territory.clone()));
                let found = found.ok_or_else(|| Failed(format!("no territory is called {territory:?}")))?;
                let wanted: Role = role(&wanted)?;
                members::add_member(app, &Actor::System, &email, &name, found.id, wanted).await?;
                println!("{email} is {} of {}.", wanted.as_str().to_lowercase(), found.full_name());
            }
            Self::Staff { email, name, role: wanted } => {
                let wanted: StaffRole = role(&wanted)?;
                people::add_staff(app, &Actor::System, &email, &name, wanted).await?;
                println!("{email} is {}.", wanted.as_str().to_lowercase());
            }
            Self::Erase { email } => {
                people::erase_person(app, &Actor::System, &email).await?;
                println!("The personal data of {email} is gone, and so is every session, token and membership.");
            }
        }
        app.store.close().await;
        Ok(())
    }
}
