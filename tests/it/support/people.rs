//! People for tests: each call makes a new one, in the database too.
use super::Hub;
use innesto::{
    domain::{
        id::{PersonId, TerritoryId},
        permission::{Actor, Member, Role, StaffRole},
        person::Person,
        text::Language,
    },
    store::{
        people::{self, Membership},
        territories,
    },
};

impl Hub {
    /// The territory with this slug: `bitonto`, `ambito-bitonto`, `troia`, `ambito-troia`, `nardo`, `ambito-nardo`.
    pub async fn territory(&self, slug: &str) -> TerritoryId {
        territories::find_by_slug(&self.app.store, slug).await.unwrap().unwrap().id
    }

    /// A new person without any role.
    pub async fn person(&self) -> PersonId {
        let id: PersonId = self.app.clock.id();
        let person = Person {
            id,
            email: Some(format!("{}@example.invalid", id.uuid().simple())),
            name: "Persona di prova".into(),
            language: Language::It,
            created_at: self.app.clock.now(),
        };
        let mut tx = self.app.store.begin().await.unwrap();
        assert!(people::insert(&mut tx, &person).await.unwrap());
        tx.commit(self.app.clock.now()).await.unwrap();
        id
    }

    /// A signed-in stranger.
    pub async fn stranger(&self) -> Actor {
        actor(self.person().await, Vec::new(), Vec::new())
    }

    /// A new member of the territory with this slug.
    pub async fn member(&self, slug: &str) -> Actor {
        self.with_role(slug, Role::Member).await
    }

    /// A new coordinator of the territory with this slug.
    pub async fn coordinator(&self, slug: &str) -> Actor {
        self.with_role(slug, Role::Coordinator).await
    }

    async fn with_role(&self, slug: &str, role: Role) -> Actor {
        let (person, territory) = (self.person().await, self.territory(slug).await);
        let mut tx = self.app.store.begin().await.unwrap();
        let membership = Membership { person, territory, role, since: self.app.clock.now() };
        people::save_membership(&mut tx, membership).await.unwrap();
        tx.commit(self.app.clock.now()).await.unwrap();
        actor(person, vec![(territory, role)], Vec::new())
    }

    /// A new facilitator.
    pub async fn facilitator(&self) -> Actor {
        self.staff(StaffRole::Facilitator).await
    }

    /// A new steward.
    pub async fn steward(&self) -> Actor {
        self.staff(StaffRole::Steward).await
    }

    async fn staff(&self, role: StaffRole) -> Actor {
        let person = self.person().await;
        let mut tx = self.app.store.begin().await.unwrap();
        people::add_staff_role(&mut tx, person, role).await.unwrap();
        tx.commit(self.app.clock.now()).await.unwrap();
        actor(person, Vec::new(), vec![role])
    }
}

fn actor(person: PersonId, memberships: Vec<(TerritoryId, Role)>, staff: Vec<StaffRole>) -> Actor {
    Actor::Person(Member { person, memberships, staff, scopes: None })
}
