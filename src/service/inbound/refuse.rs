//! What the sender of a mail is told: why it was not taken, or that its files were not. A few an hour for each
//! sender, never to a program, and through the queue as all mails.
use crate::{
    app::App,
    domain::{
        id::ConversationId,
        inbound::Received,
        mail::{LetterKind, NewMail, NotTaken},
        refusal::Fault,
        text::Language,
        word::Word,
    },
    store::{Tx, inbound::NewInbound, outbox},
};
use serde_json::{Map, Value};

/// What to tell, and in which language.
pub(super) struct Told {
    why: NotTaken,
    subject: String,
    language: Language,
    conversation: Option<ConversationId>,
    said: Option<String>,
}

impl Told {
    pub(super) fn new(why: NotTaken, mail: &Received, language: Language) -> Self {
        Self { why, subject: mail.subject.clone(), language, conversation: None, said: None }
    }

    /// More in an hour than anybody writes. In which language the sender reads is not known.
    pub(super) fn too_many(mail: &Received) -> Self {
        let said = "Too many e-mails within an hour: this one and those after it are not taken. Write in the portal.";
        let it = "Troppe e-mail in un'ora: questa e quelle che seguono non vengono accolte. Scrivete nel portale.";
        Self::new(NotTaken::Refused, mail, Language::It).saying(Some(format!("{it} / {said}")))
    }

    pub(super) fn about(self, conversation: ConversationId) -> Self {
        Self { conversation: Some(conversation), ..self }
    }

    pub(super) fn saying(self, said: Option<String>) -> Self {
        Self { said, ..self }
    }
}

/// Puts it into the queue. Their own subject is wiped when it leaves it: it is nothing for the hub to keep.
pub(super) async fn enqueue(tx: &mut Tx, app: &App, new: &NewInbound, to: &str, told: &Told) -> Result<bool, Fault> {
    let now = app.clock.now();
    let mut data = Map::from_iter([("why".to_owned(), Value::String(told.why.as_str().to_owned()))]);
    data.extend(told.said.as_ref().map(|said| ("said".to_owned(), Value::String(said.clone()))));
    data.extend(told.conversation.map(|id| ("conversation".to_owned(), Value::String(id.to_string()))));
    let mail = NewMail {
        id: app.clock.id(),
        cause: format!("inbound:{}", new.id),
        recipient: format!("address:{to}"),
        letter: LetterKind::ReplyNotTaken,
        address: to.to_owned(),
        name: None,
        language: told.language,
        data,
        secret: Some(told.subject.clone()),
        thread: None,
        due_at: now,
        host: app.config.public_url.host_str().unwrap_or("localhost").to_owned(),
        created_at: now,
    };
    outbox::enqueue(tx, &mail).await
}
