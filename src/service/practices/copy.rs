//! The draft that a completed replication leaves its requester: the skeleton of the original, and the lineage edge.
use super::insert_with_free_slug;
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{PersonId, PracticeId, RequestId, TerritoryId},
        lineage::{Edge, LineageKind},
        practice::{Indicator, Practice, Provenance},
        refusal::Fault,
    },
    service::lineage,
    store::{Tx, territories},
};

/// Of which request a copy is born.
#[derive(Clone, Copy, Debug)]
pub struct Birth {
    /// The request.
    pub request: RequestId,
    /// Whose copy it is.
    pub requester: TerritoryId,
    /// Whether the request is made up.
    pub illustrative: bool,
}

/// Makes the requester's draft from `original`, with the edge from it to the original, unconfirmed and born of
/// the request. What the original says of itself is not copied; what a copy starts from is: elements, terms, and the
/// indicators without values, so that both measure the same things. What comes of a made-up request is made up too,
/// whatever the original is.
///
/// # Errors
/// A fault from the database.
pub async fn draft_copy_in(
    tx: &mut Tx,
    app: &App,
    original: &Practice,
    Birth { request, requester, illustrative }: Birth,
    by: Option<PersonId>,
    kind: LineageKind,
) -> Result<PracticeId, Fault> {
    let name = territories::find(&mut *tx, requester).await?.map(|territory| territory.full_name()).unwrap_or_default();
    let now = app.clock.now();
    let unmeasured = |i: &Indicator| Indicator {
        baseline: None,
        value: None,
        measured_on: None,
        source: String::new(),
        ..i.clone()
    };
    let mut draft = Practice {
        title: title_of_copy(&original.title, &name),
        field: original.field.clone(),
        other_fields: original.other_fields.clone(),
        targets: original.targets.clone(),
        tools: original.tools.clone(),
        core_elements: original.core_elements.clone(),
        adaptable_elements: original.adaptable_elements.clone(),
        indicators: original.indicators.iter().map(unmeasured).collect(),
        provenance: if illustrative { Provenance::Illustrative } else { original.provenance },
        ..Practice::draft(app.clock.id(), requester, by, now)
    };
    insert_with_free_slug(tx, &mut draft).await?;
    tx.emit(NewEvent::new(EventKind::PracticeCreated, draft.id).by(by).id("owner", requester).id("request", request));
    let edge = Edge {
        child: draft.id,
        parent: original.id,
        kind,
        request: Some(request),
        note: String::new(),
        declared_by: by,
        declared_at: now,
        confirmed_at: None,
    };
    lineage::add_in(tx, app, &edge).await?;
    Ok(draft.id)
}

/// "Original – replica di Comune di Troia", within the limit of titles: the original's title is cut, not the name. A copy
/// of a copy says whose it is itself.
fn title_of_copy(original: &str, requester: &str) -> String {
    const OF: &str = " – replica di ";
    let original = original.rsplit_once(OF).map_or(original, |(original, _)| original);
    let ending = format!("{OF}{requester}");
    let room = 100_usize.saturating_sub(ending.chars().count()).max(10);
    let mut title: String = original.chars().take(room).collect();
    if title.chars().count() < original.chars().count() {
        title = title.chars().take(room - 1).collect::<String>().trim_end().to_owned() + "…";
    }
    (title + &ending).chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_a_copy_says_whose_it_is_within_a_hundred_characters() {
        assert_eq!(title_of_copy("In.Con.Tra", "Comune di Troia"), "In.Con.Tra – replica di Comune di Troia");
        let again = title_of_copy("In.Con.Tra – replica di Comune di Troia", "Ambito di Nardò");
        assert_eq!(again, "In.Con.Tra – replica di Ambito di Nardò");
        let long = title_of_copy(&"parola ".repeat(20), "Ambito di Francavilla Fontana");
        assert_eq!(long.chars().count(), 99);
        assert!(long.ends_with("parola… – replica di Ambito di Francavilla Fontana"), "{long}");
    }
}
