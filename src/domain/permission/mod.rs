//! Who may do what: one total function, [`Actor::may`]. The matrix of all its answers is a snapshot in the tests.
mod subject;
mod words;

pub use subject::Subject;
pub use words::{PracticeStatus, Role, Scope, StaffRole, Visibility};

use super::{
    id::{PersonId, TerritoryId},
    refusal::{Code, Refusal},
    request::{Party, RequestState, Step, lifecycle},
    word::Word,
};

/// A signed-in person, with all that `may` needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// In which territories, as what.
    pub memberships: Vec<(TerritoryId, Role)>,
    /// For the whole hub.
    pub staff: Vec<StaffRole>,
    /// What the token in use is limited to; `None` in a browser session.
    pub scopes: Option<Vec<Scope>>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Not signed in.
    Nobody,
    /// A person.
    Person(Member),
    /// The hub itself: importer, deadlines.
    System,
}

/// What is asked for. Every use case names exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read a practice.
    SeePractice,
    /// Write a new practice of a territory.
    CreatePractice,
    /// Change a practice, its kit or its contacts.
    EditPractice,
    /// Hand a practice in.
    SubmitPractice,
    /// Send a practice back with remarks.
    ReturnPractice,
    /// Make a practice public.
    PublishPractice,
    /// Put a practice away.
    ArchivePractice,
    /// Change the contact people and the mailbox of a territory.
    ManageContacts,
    /// Read the role mailbox of a territory, to which the hub sends what concerns it.
    SeeMailbox,
    /// Read a contact's e-mail and telephone.
    SeeContactAddress,
    /// Read a request and its timeline.
    SeeRequest,
    /// Take a step of a request's life cycle.
    Request(Step),
    /// Read how satisfied the requester was.
    SeeSatisfaction,
    /// Read the list of a territory's requests.
    SeeTerritoryRequests,
    /// Begin a conversation on behalf of a territory.
    StartConversation,
    /// Read a conversation.
    SeeConversation,
    /// Write in a conversation.
    PostMessage,
    /// Take a message back.
    RetractMessage,
    /// Say that a territory's practice comes from another.
    DeclareLineage,
    /// Confirm that another's practice comes from one's own.
    ConfirmLineage,
    /// Say what a territory looks for.
    PostNeed,
    /// Change what a territory looks for, or say that it looks no longer.
    EditNeed,
    /// Be told of practices that answer a need of a territory, or no longer.
    WatchNeed,
    /// Read which practices were found for a territory's needs, and whether one is told of them.
    SeeNeedMatches,
    /// Read which needs of others a territory's practices answer.
    SeeNeedsToHelp,
    /// Read who is a member of a territory.
    SeeMembers,
    /// Invite, change or remove members.
    ManageMembers,
    /// Read or change one's own profile, sessions and tokens.
    ManageOwnAccount,
    /// Read what one was notified of, and how one wants to be.
    SeeNotifications,
    /// Make an API token, which a token itself may not.
    CreateToken,
    /// Read a person's name.
    SeePersonName,
    /// Read a person's, or an invited person's, e-mail address.
    SeePersonEmail,
    /// Pass what a contact person of a territory answers for to another.
    HandOverDuties,
    /// Note which matches a territory was shown and opened.
    NoteMatches,
    /// Read who did what in the whole hub.
    SeeAuditLog,
    /// Read what became of the letters that a territory caused, or the hub itself.
    SeeDelivery,
    /// Read what became of all mails.
    SeeMailLog,
    /// Read to which addresses the hub does not write any more, and let it write to them again.
    ManageSuppressions,
    /// Add, rename and end terms of the vocabularies.
    ManageVocabularies,
    /// Import the list of territories.
    ImportTerritories,
    /// Give a role for the whole hub, or erase a person: the command line's.
    ManagePeople,
}

impl Action {
    /// Every action, for the matrix.
    #[must_use]
    pub fn all() -> Vec<Self> {
        use Action as A;
        let mut all = vec![A::SeePractice, A::CreatePractice, A::EditPractice, A::SubmitPractice, A::ReturnPractice];
        all.extend([A::PublishPractice, A::ArchivePractice, A::ManageContacts, A::SeeMailbox, A::SeeContactAddress]);
        all.push(A::SeeRequest);
        all.extend(Step::ALL.iter().map(|step| A::Request(*step)));
        all.extend([A::SeeSatisfaction, A::SeeTerritoryRequests, A::StartConversation, A::SeeConversation]);
        all.extend([A::PostMessage, A::RetractMessage, A::DeclareLineage, A::ConfirmLineage, A::SeeMembers]);
        all.extend([A::PostNeed, A::EditNeed, A::WatchNeed, A::SeeNeedMatches, A::SeeNeedsToHelp]);
        all.extend([A::ManageMembers, A::ManageOwnAccount, A::SeeNotifications, A::CreateToken]);
        all.extend([A::SeePersonName, A::SeePersonEmail]);
        all.extend([A::HandOverDuties, A::NoteMatches, A::SeeAuditLog, A::ManageVocabularies]);
        all.extend([A::SeeDelivery, A::SeeMailLog, A::ManageSuppressions]);
        all.extend([A::ImportTerritories, A::ManagePeople]);
        all
    }

    /// What every member of a territory may do for it, and nobody else.
    const fn is_of_members(self) -> bool {
        use Action as A;
        matches!(
            self,
            A::StartConversation | A::NoteMatches | A::EditNeed | A::WatchNeed | A::SeeNeedMatches | A::SeeNeedsToHelp
        )
    }

    /// What stewards may do for the hub as a whole, and nobody else.
    const fn is_of_stewards(self) -> bool {
        use Action as A;
        matches!(
            self,
            A::SeeAuditLog | A::SeeMailLog | A::ManageSuppressions | A::ManageVocabularies | A::ImportTerritories
        )
    }

    const fn changes(self) -> bool {
        use Action as A;
        !matches!(
            self,
            A::SeePractice
                | A::SeeMailbox
                | A::SeeContactAddress
                | A::SeeRequest
                | A::SeeSatisfaction
                | A::SeeTerritoryRequests
                | A::SeeConversation
                | A::SeeNeedMatches
                | A::SeeNeedsToHelp
                | A::SeeMembers
                | A::SeeNotifications
                | A::SeePersonName
                | A::SeePersonEmail
                | A::SeeAuditLog
                | A::SeeDelivery
                | A::SeeMailLog
        )
    }
}

impl Actor {
    /// The person, if it is one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(member) => Some(member.person),
            Self::Nobody | Self::System => None,
        }
    }

    /// The territories this person works in.
    #[must_use]
    pub fn territories(&self) -> Vec<TerritoryId> {
        match self {
            Self::Person(member) => member.memberships.iter().map(|(territory, _)| *territory).collect(),
            Self::Nobody | Self::System => Vec::new(),
        }
    }

    /// Whether this person works in `territory`.
    #[must_use]
    pub fn belongs_to(&self, territory: TerritoryId) -> bool {
        matches!(self, Self::Person(member) if member.memberships.iter().any(|(id, _)| *id == territory))
    }

    fn coordinates(&self, territory: TerritoryId) -> bool {
        matches!(self, Self::Person(member) if member.memberships.contains(&(territory, Role::Coordinator)))
    }

    /// Whether this person has that role for the whole hub.
    #[must_use]
    pub fn is(&self, role: StaffRole) -> bool {
        matches!(self, Self::Person(member) if member.staff.contains(&role))
    }

    fn is_staff(&self) -> bool {
        self.is(StaffRole::Facilitator) || self.is(StaffRole::Steward)
    }

    /// In which qualities this actor meets a request.
    #[must_use]
    pub fn parties(&self, requester: TerritoryId, owner: TerritoryId) -> Vec<Party> {
        let mut parties = Vec::new();
        if self.belongs_to(requester) {
            parties.push(Party::Requester);
        }
        if self.belongs_to(owner) {
            parties.push(Party::Owner);
        }
        if self.is(StaffRole::Facilitator) {
            parties.push(Party::Facilitator);
        }
        if self.is(StaffRole::Steward) {
            parties.push(Party::Steward);
        }
        if *self == Self::System {
            parties.push(Party::System);
        }
        parties
    }

    fn token_lets(&self, action: Action, subject: &Subject<'_>) -> bool {
        let Self::Person(Member { scopes: Some(scopes), .. }) = self else { return true };
        if matches!(action, Action::CreateToken) {
            return false;
        }
        if action.changes() {
            return scopes.contains(&Scope::WriteOwn);
        }
        Self::Nobody.allows(action, subject) || scopes.contains(&Scope::ReadOwn)
    }

    /// Whether this actor may do `action` to `subject`. The only place that decides.
    ///
    /// # Errors
    /// `SIGN_IN_NEEDED` for nobody, `FORBIDDEN` for somebody else.
    pub fn may(&self, action: Action, subject: &Subject<'_>) -> Result<(), Refusal> {
        if self.token_lets(action, subject) && self.allows(action, subject) {
            return Ok(());
        }
        Err(self.turned_away())
    }

    /// Whose own affairs this actor may ask about: its own.
    ///
    /// # Errors
    /// `SIGN_IN_NEEDED` for nobody, `FORBIDDEN` for the hub itself.
    pub fn signed_in(&self) -> Result<PersonId, Refusal> {
        self.person().ok_or_else(|| self.turned_away())
    }

    fn turned_away(&self) -> Refusal {
        match self {
            Self::Nobody => Refusal::new(Code::SignInNeeded).say(
                "Per farlo occorre accedere: chiedete un codice con la vostra posta di lavoro.",
                "You need to sign in for this: ask for a code with your work e-mail.",
            ),
            Self::Person(_) | Self::System => Refusal::new(Code::Forbidden).say(
                "Il vostro ruolo non lo consente. Rivolgetevi al coordinatore del vostro territorio.",
                "Your role does not allow this. Ask the coordinator of your territory.",
            ),
        }
    }

    /// Whether an address of this visibility is shown, whoever's it is.
    fn is_shown(&self, visibility: Visibility, partners: &[TerritoryId]) -> bool {
        match visibility {
            Visibility::Public => true,
            Visibility::Members => self.person().is_some(),
            Visibility::Parties => partners.iter().any(|partner| self.belongs_to(*partner)),
            Visibility::Relay => false,
        }
    }

    fn allows(&self, action: Action, subject: &Subject<'_>) -> bool {
        use Action as A;
        match (action, subject) {
            (A::SeePractice, Subject::Practice { owner, status }) => match status {
                PracticeStatus::Published | PracticeStatus::Archived => true,
                PracticeStatus::UnderReview => self.belongs_to(*owner) || self.is_staff() || *self == Self::System,
                PracticeStatus::Draft => self.belongs_to(*owner) || *self == Self::System,
            },
            (A::CreatePractice | A::ManageContacts | A::PostNeed, Subject::Territory(territory)) => {
                self.belongs_to(*territory) || *self == Self::System
            }
            // Of a lineage the child's owner declares, the parent's owner confirms.
            (
                A::EditPractice | A::SubmitPractice | A::DeclareLineage | A::ConfirmLineage,
                Subject::Practice { owner, .. },
            ) => self.belongs_to(*owner) || *self == Self::System,
            (A::ReturnPractice, Subject::Practice { .. }) | (A::SeeDelivery, Subject::Hub) => self.is_staff(),
            (A::PublishPractice, Subject::Practice { .. }) => self.is(StaffRole::Steward) || *self == Self::System,
            (A::ArchivePractice, Subject::Practice { owner, .. }) => {
                self.coordinates(*owner) || self.is(StaffRole::Steward)
            }
            (A::SeeContactAddress, Subject::Contact { territory, visibility, partners }) => {
                self.belongs_to(*territory) || *self == Self::System || self.is_shown(*visibility, partners)
            }
            // A draft is the requester's own business until it is sent.
            (A::SeeRequest, Subject::Request { requester, owner, state }) => match state {
                RequestState::Draft => self.belongs_to(*requester) || *self == Self::System,
                _ => !self.parties(*requester, *owner).is_empty(),
            },
            (A::Request(step), Subject::Request { requester, owner, .. }) => {
                self.parties(*requester, *owner).into_iter().any(|party| lifecycle::lets(step, party))
            }
            (A::SeeSatisfaction, Subject::Request { requester, owner, .. }) => {
                self.belongs_to(*requester) || self.belongs_to(*owner) || self.is(StaffRole::Facilitator)
            }
            (
                A::SeeTerritoryRequests | A::SeeMembers | A::SeeMailbox | A::SeeDelivery,
                Subject::Territory(territory),
            ) => self.belongs_to(*territory) || self.is_staff(),
            (_, Subject::Territory(territory)) if action.is_of_members() => self.belongs_to(*territory),
            (A::SeeConversation | A::PostMessage, Subject::Conversation(parties)) => {
                parties.iter().any(|party| self.belongs_to(*party))
            }
            (A::RetractMessage, Subject::Message { author }) => author.is_some() && self.person() == *author,
            (A::ManageMembers, Subject::Territory(territory)) => self.coordinates(*territory) || *self == Self::System,
            (A::ManageOwnAccount | A::CreateToken, Subject::Person(person)) => {
                self.person() == Some(*person) || *self == Self::System
            }
            (A::HandOverDuties, Subject::Territory(territory)) => {
                self.coordinates(*territory) || self.is(StaffRole::Facilitator) || *self == Self::System
            }
            (_, Subject::Hub) if action.is_of_stewards() => self.is(StaffRole::Steward) || *self == Self::System,
            (A::SeeNotifications, Subject::Person(person)) => self.person() == Some(*person),
            (A::ManagePeople, Subject::Person(_)) => *self == Self::System,
            (A::SeePersonName, Subject::Colleague { .. }) => *self != Self::Nobody,
            (A::SeePersonEmail, Subject::Colleague { person, territories }) => {
                (person.is_some() && self.person() == *person)
                    || territories.iter().any(|territory| self.coordinates(*territory))
            }
            _ => false,
        }
    }
}
