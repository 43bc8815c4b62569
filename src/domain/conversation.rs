//! The talk between two territories: about a request, a practice, a need, or nothing in particular.
use super::{
    id::{ConversationId, MessageId, NeedId, PersonId, PracticeId, RequestId, TerritoryId},
    permission::Subject,
    refusal::{Code, Refusal},
    time::Ts,
};

/// The most characters a subject may have.
pub const MOST_SUBJECT: usize = 150;
/// The most characters a message may have.
pub const MOST_BODY: usize = 10_000;
/// For how many minutes a message can be taken back.
pub const RETRACT_MINUTES: i64 = 15;

/// What a conversation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Nothing in particular.
    Nothing,
    /// A practice.
    Practice(PracticeId),
    /// What one of the two looks for.
    Need(NeedId),
    /// A replication request, which has one conversation only.
    Request(RequestId),
}

/// A conversation between two territories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Key.
    pub id: ConversationId,
    /// One line, at most [`MOST_SUBJECT`] characters.
    pub subject: String,
    /// The two territories: who began it first, the other second.
    pub parties: [TerritoryId; 2],
    /// What it is about.
    pub about: About,
    /// How many messages it has; their positions are 1 to this.
    pub messages_count: i64,
    /// When it began.
    pub created_at: Ts,
    /// When the last message was written; before the first, when it began.
    pub last_message_at: Ts,
}

impl Conversation {
    /// What [`Actor::may`](super::permission::Actor::may) needs to know of it.
    #[must_use]
    pub const fn subject(&self) -> Subject<'_> {
        Subject::Conversation(&self.parties)
    }

    /// The other side of `territory`, if that is a party at all.
    #[must_use]
    pub fn other_side(&self, territory: TerritoryId) -> Option<TerritoryId> {
        let [one, other] = self.parties;
        if territory == one { Some(other) } else { (territory == other).then_some(one) }
    }

    /// On whose behalf somebody of `territories` writes here: as asked, or the only party it can be.
    ///
    /// # Errors
    /// `FORBIDDEN` where the one asked for is no party or not the writer's, `REQUIRED` where it could be both parties.
    pub fn writes_for(&self, territories: &[TerritoryId], asked: Option<TerritoryId>) -> Result<TerritoryId, Refusal> {
        let mine: Vec<_> = self.parties.into_iter().filter(|party| territories.contains(party)).collect();
        match (asked, mine.as_slice()) {
            (Some(asked), mine) if mine.contains(&asked) => Ok(asked),
            (None, [only]) => Ok(*only),
            (None, [_, _]) => Err(Refusal::required("onBehalfOf")),
            _ => Err(Refusal::new(Code::Forbidden).on("onBehalfOf").say(
                "Potete scrivere solo per un territorio che partecipa alla conversazione e di cui fate parte.",
                "You can write only for a territory that takes part in the conversation and that you belong to.",
            )),
        }
    }
}

/// A message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Key.
    pub id: MessageId,
    /// Where it was written.
    pub conversation: ConversationId,
    /// 1, 2, 3 … without gaps.
    pub position: i64,
    /// Who wrote it; none once erased.
    pub author: Option<PersonId>,
    /// For which territory.
    pub on_behalf_of: TerritoryId,
    /// Markdown, at most [`MOST_BODY`] characters; empty once taken back.
    pub body: String,
    /// It came by e-mail.
    pub via_email: bool,
    /// When it was written.
    pub sent_at: Ts,
    /// When it was taken back.
    pub retracted_at: Option<Ts>,
}

impl Message {
    /// Whether it can still be taken back at `now`.
    ///
    /// # Errors
    /// `WRONG_STATE` where it was before, `TOO_LATE` after [`RETRACT_MINUTES`].
    pub fn can_be_retracted(&self, now: Ts) -> Result<(), Refusal> {
        if self.retracted_at.is_some() {
            return Err(Refusal::new(Code::WrongState)
                .on("message")
                .say("Il messaggio è già stato ritirato.", "The message was taken back already."));
        }
        if now > self.sent_at.plus_seconds(RETRACT_MINUTES * 60) {
            return Err(Refusal::new(Code::TooLate).on("message").say(
                format!(
                    "Un messaggio si può ritirare entro {RETRACT_MINUTES} minuti: ora scrivetene un altro che lo corregga."
                ),
                format!("A message can be taken back within {RETRACT_MINUTES} minutes: now write another to correct it."),
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn territory(n: u128) -> TerritoryId {
        TerritoryId::of(Uuid::from_u128(n))
    }

    fn at(second: i64) -> Ts {
        Ts::from_micros(1_763_800_000_000_000).unwrap().plus_seconds(second)
    }

    #[test]
    fn one_writes_for_a_party_one_belongs_to() {
        let (one, other, third) = (territory(1), territory(2), territory(3));
        let talk = Conversation {
            id: ConversationId::of(Uuid::nil()),
            subject: "Prova".into(),
            parties: [one, other],
            about: About::Nothing,
            messages_count: 0,
            created_at: at(0),
            last_message_at: at(0),
        };
        assert_eq!(talk.writes_for(&[other, third], None), Ok(other));
        assert_eq!(talk.writes_for(&[one, other], Some(one)), Ok(one));
        assert_eq!(talk.writes_for(&[one, other], None).unwrap_err().code, Code::Required);
        for (mine, asked) in [(vec![one], Some(other)), (vec![third], Some(third)), (vec![third], None)] {
            assert_eq!(talk.writes_for(&mine, asked).unwrap_err().code, Code::Forbidden);
        }
        assert_eq!([one, other, third].map(|t| talk.other_side(t)), [Some(other), Some(one), None]);
    }

    #[test]
    fn a_message_is_taken_back_once_and_within_a_quarter_of_an_hour() {
        let mut message = Message {
            id: MessageId::of(Uuid::nil()),
            conversation: ConversationId::of(Uuid::nil()),
            position: 1,
            author: None,
            on_behalf_of: territory(1),
            body: "Buongiorno".into(),
            via_email: false,
            sent_at: at(0),
            retracted_at: None,
        };
        assert_eq!(message.can_be_retracted(at(900)), Ok(()));
        assert_eq!(message.can_be_retracted(at(901)).unwrap_err().code, Code::TooLate);
        message.retracted_at = Some(at(5));
        assert_eq!(message.can_be_retracted(at(6)).unwrap_err().code, Code::WrongState);
    }
}
