//! What a practice's state allows: what this viewer may do now, what is missing for a review, what the guard reads.
use super::{KitItem, Practice};
use crate::domain::{
    permission::{Action, Actor, PracticeStatus},
    privacy,
    refusal::{Code, Refusal, Refusals},
};

words! {
    /// What a viewer may do with a practice now: the buttons to show.
    enum PracticeAction {
        /// Change its text, kit and contacts.
        UpdatePractice = "UPDATE_PRACTICE",
        /// Hand it in for review.
        SubmitPractice = "SUBMIT_PRACTICE",
        /// Send it back with remarks.
        ReturnPractice = "RETURN_PRACTICE",
        /// Make it public.
        PublishPractice = "PUBLISH_PRACTICE",
        /// Put it away.
        ArchivePractice = "ARCHIVE_PRACTICE",
        /// Throw the draft away.
        DeletePractice = "DELETE_PRACTICE",
        /// Say which practice it comes from.
        DeclareLineage = "DECLARE_LINEAGE",
        /// Ask its owner for help to copy it.
        DraftReplicationRequest = "DRAFT_REPLICATION_REQUEST",
    }
}

impl Practice {
    /// What `actor` may do with it now, in the order of the buttons.
    #[must_use]
    pub fn actions(&self, actor: &Actor) -> Vec<PracticeAction> {
        use {PracticeAction as P, PracticeStatus as S};
        let may = |action| actor.may(action, &self.subject()).is_ok();
        let offers = [
            (P::UpdatePractice, self.status != S::Archived && may(Action::EditPractice)),
            (P::SubmitPractice, self.status == S::Draft && may(Action::SubmitPractice)),
            (P::ReturnPractice, self.status == S::UnderReview && may(Action::ReturnPractice)),
            (P::PublishPractice, self.status == S::UnderReview && may(Action::PublishPractice)),
            (P::ArchivePractice, self.status == S::Published && may(Action::ArchivePractice)),
            (P::DeletePractice, self.status == S::Draft && may(Action::EditPractice)),
            (P::DeclareLineage, self.status != S::Archived && may(Action::DeclareLineage)),
            (
                P::DraftReplicationRequest,
                self.takes_requests().is_ok() && actor.territories().iter().any(|t| *t != self.owner),
            ),
        ];
        offers.into_iter().filter(|(_, offered)| *offered).map(|(action, _)| action).collect()
    }

    /// Whether it stands at `status`, where a step begins.
    ///
    /// # Errors
    /// `WRONG_STATE`, naming where it stands.
    pub fn stands_at(&self, wanted: &[PracticeStatus]) -> Result<(), Refusal> {
        if wanted.contains(&self.status) {
            return Ok(());
        }
        let (it, en) = match self.status {
            PracticeStatus::Draft => ("una bozza", "a draft"),
            PracticeStatus::UnderReview => ("in revisione", "under review"),
            PracticeStatus::Published => ("già pubblicata", "published already"),
            PracticeStatus::Archived => ("archiviata", "archived"),
        };
        Err(Refusal::new(Code::WrongState).say(
            format!("La pratica è {it}: questo passo non è possibile. Ricaricate la pagina."),
            format!("The practice is {en}: this step is not possible. Reload the page."),
        ))
    }

    /// What must be there before a review, every missing field at once.
    pub fn require_for_review(&self, contacts: usize, refusals: &mut Refusals) {
        let missing = [
            ("title", self.title.is_empty()),
            ("abstract", self.summary.is_empty()),
            ("field", self.field.is_none()),
            ("targets", self.targets.is_empty()),
            ("objectives", self.objectives.is_empty() && self.method.is_empty()),
            ("results", self.results.is_empty()),
            ("contacts", contacts == 0),
        ];
        for (field, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            refusals.push(match field {
                "objectives" => Refusal::required(field).say(
                    "Prima della revisione scrivete gli obiettivi o il metodo.",
                    "Before the review, write the objectives or the method.",
                ),
                "contacts" => Refusal::required(field).say(
                    "Prima della revisione indicate almeno un referente.",
                    "Before the review, name at least one contact.",
                ),
                _ => Refusal::required(field).say(
                    "Questo campo serve per la revisione: compilatelo.",
                    "This field is needed for the review: fill it in.",
                ),
            });
        }
    }

    /// Refuses what looks like personal data in any text that would be public.
    pub fn guard(&self, kit: &[KitItem], refusals: &mut Refusals) {
        let mut check = |field: &str, text: &str| {
            refusals.take(privacy::check(field, text));
        };
        for (field, text) in [
            ("title", &self.title),
            ("abstract", &self.summary),
            ("context", &self.context),
            ("objectives", &self.objectives),
            ("method", &self.method),
            ("results", &self.results),
            ("obstacles", &self.obstacles),
            ("improvements", &self.improvements),
            ("replicability", &self.replicability),
            ("provenanceNote", &self.provenance_note),
        ] {
            check(field, text);
        }
        for (field, texts) in [
            ("places", &self.places),
            ("coreElements", &self.core_elements),
            ("adaptableElements", &self.adaptable_elements),
            ("sources", &self.sources),
        ] {
            for (i, text) in texts.iter().enumerate() {
                check(&format!("{field}.{i}"), text);
            }
        }
        for (i, partner) in self.partners.iter().enumerate() {
            check(&format!("partners.{i}.name"), &partner.name);
        }
        for (i, indicator) in self.indicators.iter().enumerate() {
            check(&format!("indicators.{i}.name"), &indicator.name);
            check(&format!("indicators.{i}.unit"), &indicator.unit);
            check(&format!("indicators.{i}.source"), &indicator.source);
        }
        for (i, item) in kit.iter().enumerate() {
            check(&format!("kit.{i}.title"), &item.title);
            check(&format!("kit.{i}.text"), item.text.as_deref().unwrap_or_default());
        }
    }
}
