//! The demonstration: data built into the binary, one person a role, a database that is nobody's real one.
use super::Failed;
use crate::{
    app::App,
    clock::Clock,
    config::Config,
    domain::permission::{Role, StaffRole},
    service::demo::{
        self,
        people::{PEOPLE, Place},
    },
};

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
pub(super) async fn fill(app: &App, with_history: bool) -> Result<(), Failed> {
    if demo::is_foreign(app).await? {
        return Err(foreign());
    }
    demo::fill(app, with_history).await?;
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
