//! Finding the right peer.
mod asks;
mod corpus;
mod log;
mod suggested;

use crate::support::Hub;
use innesto::{
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, PracticeId, TerritoryId, kind},
        permission::PracticeStatus,
        practice::{Practice, SupportLevel},
    },
    store::{practices, sql::sql},
};

pub const OWNERS: [&str; 6] = ["bitonto", "ambito-bitonto", "troia", "ambito-troia", "nardo", "ambito-nardo"];

impl Hub {
    /// The six territories with sizes, classes of area and places of their own.
    pub async fn places(&self) {
        let mut tx = self.app.store.begin().await.unwrap();
        for (slug, population, area, latitude, longitude) in [
            ("bitonto", 53_000, Some("INTERMUNICIPAL_POLE"), 41.108, 16.691),
            ("ambito-bitonto", 74_000, None, 41.12, 16.65),
            ("troia", 6_600, Some("PERIPHERAL"), 41.360, 15.309),
            ("ambito-troia", 41_000, None, 41.35, 15.20),
            ("nardo", 30_500, Some("BELT"), 40.179, 18.031),
            ("ambito-nardo", 95_000, Some("BELT"), 40.17, 18.03),
        ] {
            let set = sql("UPDATE territory SET population = ").value(i64::from(population)).text(", area_class = ");
            let set = set.value(area).text(", latitude = ").value(latitude).text(", longitude = ").value(longitude);
            set.text(" WHERE slug = ").value(slug).run(&mut tx).await.unwrap();
        }
        tx.emit(NewEvent::new(EventKind::TerritoriesImported, self.territory("bitonto").await));
        tx.commit(self.app.clock.now()).await.unwrap();
    }

    /// Writes a practice straight into the store, new or over the one that is there.
    pub async fn write(&self, owner: &str, mut p: Practice, over: Option<PracticeId>) -> PracticeId {
        p.owner = self.territory(owner).await;
        p.id = over.unwrap_or_else(|| self.app.clock.id());
        p.slug = p.id.uuid().simple().to_string();
        let mut tx = self.app.store.begin().await.unwrap();
        if over.is_some() {
            practices::update(&mut tx, &p).await.unwrap();
        } else {
            assert!(practices::insert(&mut tx, &p).await.unwrap());
        }
        let before: i64 = practices::find_for_update(&mut tx, p.id).await.unwrap().unwrap().active_requests;
        practices::update_counters(&mut tx, p.id, 0, p.active_requests - before, 0).await.unwrap();
        tx.emit(NewEvent::new(EventKind::PracticeUpdated, Id::<kind::Practice>::of(p.id.uuid())));
        tx.commit(self.app.clock.now()).await.unwrap();
        p.id
    }

    /// A public practice that is worth copying, as a beginning for others.
    pub fn sample(&self, title: &str) -> Practice {
        let (nobody, now): (TerritoryId, _) = (Id::of(uuid::Uuid::nil()), self.app.clock.now());
        let mut p = Practice::draft(Id::of(uuid::Uuid::nil()), nobody, None, now);
        (p.status, p.published_at) = (PracticeStatus::Published, Some(now));
        (p.title, p.summary) = (title.into(), "Doposcuola con il Terzo settore.".into());
        p.field = Some("SOCIO_EDU".into());
        p.targets = vec!["MINORS".into(), "FAMILIES".into()];
        p.tools = vec!["CO_DESIGN".into()];
        p.funds = vec!["FNPS".into()];
        (p.budget_eur, p.staff_fte, p.months_to_start) = (Some(62_000), Some(2.5), Some(6));
        (p.evidence_level, p.kit_completeness) = (2, 60);
        (p.support_open, p.support_capacity, p.support_levels) = (true, 3, vec![SupportLevel::Documents]);
        p
    }
}
