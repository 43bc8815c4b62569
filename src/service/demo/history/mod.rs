//! Two years of a network that never were: requests in every state, with what was said, what came of them and the copies,
//! taken step by step through the services on a clock that is moved on from one to the next. `file` is what is told,
//! `cast` who takes part, `plan` (with `times`, `office` and `dice`) when what happens, `play` (with `act`, `outcome` and
//! `words`) that it does.
mod act;
mod cast;
mod dice;
mod file;
mod office;
mod outcome;
mod plan;
mod play;
mod times;
mod words;

pub use cast::Cast;
pub use file::File;
pub use plan::{Plan, Story, Wanted, plan};

use super::needs::{self, Need};
use crate::{
    app::App,
    domain::{
        calendar::days_after,
        refusal::{Fault, Outcome},
        time::Ts,
    },
    service::letters,
    store::events,
};
use dice::Dice;
use play::Player;

/// Where chance begins. Another number tells another history.
pub const SEED: u64 = 634_2023;
/// Days before the end between which the needs are posted.
const NEEDS: (i32, i32) = (56, 7);

/// Reads the file.
///
/// # Errors
/// A fault that says what is wrong with it.
pub fn read(file: &[u8]) -> Result<File, Fault> {
    serde_json::from_slice(file).map_err(Fault::new)
}

/// Lets the history happen up to `until`, in a hub whose clock stands where it begins and that holds territories,
/// vocabularies, practices and the accounts for the whole hub. No letter is written of it.
///
/// # Errors
/// A fault from the database, or where the file does not fit what the hub holds.
pub async fn fill(app: &App, file: &File, needs: Vec<Need>, until: Ts) -> Outcome<()> {
    let cast = Cast::of(app, file).await?;
    let plan = plan(file, &cast, (app.clock.now().plus_days(1), until), SEED)?;
    let mut player = Player::new(app, file, (&cast, &plan), until, SEED);
    let mut moments = plan.moments.iter().peekable();
    for (at, need) in spread(needs, until) {
        while let Some(moment) = moments.next_if(|moment| moment.0 <= at) {
            player.play(*moment).await?;
        }
        player.until(at).await?;
        needs::post(app, need).await?;
    }
    for moment in moments {
        player.play(*moment).await?;
    }
    player.until(until).await?;
    let head = events::head(&app.store).await?;
    let mut tx = app.store.begin().await?;
    events::position(&mut tx, letters::FOLLOWER).await?;
    events::advance(&mut tx, letters::FOLLOWER, head).await?;
    Ok(tx.commit(until).await?)
}

/// When each need is posted, in order.
fn spread(needs: Vec<Need>, until: Ts) -> Vec<(Ts, Need)> {
    let (mut dice, count) = (Dice::new(SEED), i32::try_from(needs.len()).unwrap_or(1).max(1));
    let (first, last) = NEEDS;
    let day = |nth: i32| days_after(until.date_in_italy(), -first + (first - last) * nth / count);
    let mut spread: Vec<_> = (0..).zip(needs).map(|(nth, need)| (office::opening(day(nth), &mut dice), need)).collect();
    spread.sort_by_key(|(at, _)| *at);
    spread
}
