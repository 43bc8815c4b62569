//! The letter about a practice that was found for needs.
use super::{Unwritten, Written, gone, reader::Reader};
use crate::{
    app::App,
    domain::{
        id::{Id, PersonId},
        mail::Mail,
        need::Need,
        permission::PracticeStatus,
        practice::Provenance,
        term::Scheme,
        text::Language,
    },
    mail::Letter,
    store::{atlas::Atlas, needs, practices},
};

/// Characters of a need that a letter quotes, at most.
const QUOTED: usize = 160;

/// To who watches needs of a territory: what one event of a practice has brought to them, as far as it still fits and
/// the reader still watches them.
pub(super) async fn matched(app: &App, mail: &Mail, reader: &Reader) -> Written<Letter> {
    let practice = gone(mail.id("practice"), "it names no practice")?;
    let event = gone(mail.data.get("event").and_then(serde_json::Value::as_i64), "it names no event")?;
    let side = gone(reader.side, "it names no territory")?;
    let watcher = mail.recipient.strip_prefix("person:").and_then(|id| id.parse().ok());
    let watcher: PersonId = Id::of(gone(watcher, "it is for nobody who could watch")?);
    let practice = gone(practices::find(&app.store, practice).await?, "the practice is gone")?;
    if practice.status != PracticeStatus::Published {
        return Err(Unwritten::Suppressed("the practice was put away"));
    }
    let found = needs::brought_to(&app.store, (practice.id, event), side, watcher).await?;
    if found.is_empty() {
        return Err(Unwritten::Suppressed("nobody looks for it any more"));
    }
    let atlas = app.store.atlas().await?;
    let owner = gone(atlas.territory(practice.owner), "the owner is gone")?;
    let territory = gone(atlas.territory(side), "the territory is gone")?;
    Ok(Letter::NeedMatched {
        owner: owner.full_name(),
        territory: territory.full_name(),
        needs: found.iter().map(|need| said(&atlas, need, mail.language)).collect(),
        url: app.config.link(&format!("/practices/{}", practice.slug)),
        illustrative: practice.provenance == Provenance::Illustrative,
        practice: practice.title,
    })
}

/// What a need says, in one line: its own words, or else for whom and in which field.
fn said(atlas: &Atlas, need: &Need, language: Language) -> String {
    let words = need.wanted.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > QUOTED {
        return words.chars().take(QUOTED).chain(['…']).collect();
    }
    if !words.is_empty() {
        return words;
    }
    let targets = need.wanted.targets.iter().map(|code| (Scheme::Target, code));
    let terms = targets.chain(need.wanted.field.iter().map(|code| (Scheme::Field, code)));
    let label = |(scheme, code): (Scheme, &String)| {
        let term = atlas.with_code(scheme, code).last();
        term.map_or_else(|| code.clone(), |term| language.pick(&term.label_it, &term.label_en).clone())
    };
    terms.map(label).collect::<Vec<_>>().join(", ")
}
