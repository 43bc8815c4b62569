//! What became of mails: whoever wrote sees it of each letter to the other side, stewards of all, and nobody an address.
use crate::{
    letters::{Case, write},
    support::{
        Hub,
        smtp::{Script, SmtpServer, Step},
    },
};
use innesto::{
    app::App,
    domain::{id::RequestId, permission::Actor},
    mail::{Smtp, Transport},
    worker,
};
use serde_json::{Value, json};

const STORY: &str = "query($id: ID!) { node(id: $id) { ... on ReplicationRequest { timeline { step
    letters { letter state sentence recipientKind recipient territory { slug } sentAt nextAttemptAt } } } } }";
const MESSAGE: &str = "query($id: ID!) { node(id: $id) { ... on Message { letters { letter state sentence } } } }";
const LOG: &str = "query($filter: MailLogFilter, $first: Int, $after: String) {
    mailLog(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes {
        messageId letter state sentence reason bounceCause attempts recipientKind territory { slug } maskedAddress
        queuedAt sentAt nextAttemptAt } } }";

async fn by(hub: &Hub, script: Script) {
    let server = SmtpServer::start(script).await;
    let mail = Transport::Smtp(Smtp::from_url(&server.url()).unwrap());
    worker::deliver_due(&App { mail, ..hub.app.clone() }).await.unwrap();
}

/// The letters of the step SEND.
async fn letters(hub: &Hub, who: &Actor, request: RequestId) -> Value {
    let seen = hub.data(who, STORY, json!({ "id": request.opaque() })).await;
    let steps = seen["node"]["timeline"].as_array().unwrap().clone();
    steps.into_iter().find(|step| step["step"] == "SEND").unwrap()["letters"].take()
}

fn all(letters: &Value, field: &str) -> Vec<Value> {
    letters.as_array().unwrap().iter().map(|letter| letter[field].clone()).collect()
}

on_both! {
    async fn who_asks_sees_what_became_of_each_letter_and_never_an_address(hub: Hub) {
        let case = Case::of(&hub).await;
        let id = case.sent(&hub).await;
        assert_eq!(letters(&hub, &case.author, id).await, json!([]), "nothing is planned yet");
        by(&hub, Script::Answer(Step::Recipient, "451 4.7.1 <ada@bitonto.invalid> greylisted")).await;
        let seen = letters(&hub, &case.author, id).await;
        // To the practice's contact and the town's mailbox; the copy to who asks is nobody else's.
        assert_eq!(all(&seen, "recipient"), ["un referente della pratica", "la casella del territorio"]);
        assert_eq!(all(&seen, "recipientKind"), ["CONTACT", "MAILBOX"]);
        assert_eq!(seen[0]["sentence"], "in attesa: nuovo tentativo alle 10:00 del 02/03/2026");
        assert_eq!((&seen[0]["letter"], &seen[0]["territory"]["slug"]), (&json!("REQUEST_RECEIVED"), &json!("bitonto")));
        assert_eq!(seen[0]["nextAttemptAt"], "2026-03-02T09:00:30Z");
        hub.app.clock.advance_seconds(3600);
        by(&hub, Script::Answer(Step::Recipient, "550 5.1.1 <ada@bitonto.invalid>: User unknown")).await;
        let seen = letters(&hub, &case.author, id).await;
        assert_eq!(all(&seen, "sentence")[..2], ["respinta: casella inesistente", "respinta: casella inesistente"]);
        assert_eq!(all(&seen, "state")[..2], ["FAILED", "FAILED"]);
        for who in [&case.author, &hub.facilitator().await, &hub.steward().await] {
            let seen = hub.data(who, STORY, json!({ "id": id.opaque() })).await.to_string();
            assert!(seen.contains("REQUEST_RECEIVED") && !seen.contains('@') && !seen.contains("Ada"), "{seen}");
        }
        assert_eq!(letters(&hub, &case.owner, id).await, Value::Null, "the other side does not see how it is reached");
    }

    async fn who_writes_a_message_sees_whether_it_arrived(hub: Hub) {
        let case = Case::of(&hub).await;
        let request = case.sent(&hub).await;
        hub.deliver().await;
        hub.mailbox();
        let talk = case.talk(&hub, request).await;
        let message = write(&hub, &case.author, talk, "Avete un elenco?").await;
        hub.deliver().await;
        let ask = json!({ "id": message.opaque() });
        let seen = hub.data(&case.author, MESSAGE, ask.clone()).await["node"]["letters"].take();
        assert_eq!(all(&seen, "state"), ["SENT", "SENT"], "{seen}");
        assert_eq!(seen[0], json!({ "letter": "NEW_MESSAGE", "state": "SENT", "sentence": "consegnata al server alle 10:00 del 02/03/2026" }));
        assert_eq!(hub.data(&case.owner, MESSAGE, ask).await["node"]["letters"], Value::Null);
        hub.mailbox();
    }

    async fn a_contact_whose_mailbox_is_certified_gets_no_mail_and_somebody_else_does(hub: Hub) {
        let case = Case::of(&hub).await;
        crate::letters::change(&hub, "UPDATE contact_person SET email = 'ada@pec.bitonto.invalid'").await;
        crate::letters::change(&hub, "UPDATE territory SET mailbox = 'bitonto@legalmail.it' WHERE slug = 'bitonto'").await;
        let coordinator = hub.coordinator("bitonto").await;
        let id = case.sent(&hub).await;
        let mut to = hub.mailed().await;
        to.retain(|mail| mail.contains("chiede aiuto"));
        let address = crate::letters::email(&hub, &coordinator).await;
        assert!(to.len() == 1 && to[0].starts_with(&address), "{to:?}");
        let seen = letters(&hub, &case.author, id).await;
        let pec = "non inviata: la casella è una PEC, che non riceve notifiche";
        assert_eq!(all(&seen, "sentence")[..2], [pec, pec]);
        assert_eq!((&seen[2]["state"], &seen[2]["recipientKind"]), (&json!("SENT"), &json!("PERSON")));
    }

    async fn a_certified_mailbox_is_refused_where_it_is_given(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let bitonto = hub.territory_id("bitonto").await;
        let set = "mutation($input: SetTerritoryMailboxInput!) { setTerritoryMailbox(input: $input) { userErrors { code field message } } }";
        let add = "mutation($input: AddContactPersonInput!) { addContactPerson(input: $input) { userErrors { code field message } } }";
        let invite = "mutation($input: InviteMemberInput!) { inviteMember(input: $input) { userErrors { code field message } } }";
        for (mutation, name, input) in [
            (set, "setTerritoryMailbox", json!({ "territory": bitonto, "mailbox": "udp@pec.bitonto.invalid" })),
            (add, "addContactPerson", json!({ "territory": bitonto, "name": "Ada", "role": "referente", "email": "ada@legalmail.it" })),
            (invite, "inviteMember", json!({ "territory": bitonto, "email": "ada@arubapec.it", "name": "Ada", "role": "MEMBER" })),
        ] {
            let answer = hub.data(&coordinator, mutation, json!({ "input": input })).await;
            let error = &answer[name]["userErrors"][0];
            assert_eq!(error["code"], "INVALID", "{answer}");
            assert!(error["message"].as_str().unwrap().starts_with("È una casella PEC"));
        }
    }

    async fn stewards_read_the_log_of_mails_and_nobody_else_does(hub: Hub) {
        let case = Case::of(&hub).await;
        case.sent(&hub).await;
        by(&hub, Script::Answer(Step::Recipient, "550 5.1.1 <ada@bitonto.invalid>: User unknown")).await;
        for actor in [&case.author, &hub.facilitator().await, &Actor::Nobody] {
            let answer = hub.ask(actor, LOG, json!({})).await;
            assert_eq!(answer["data"]["mailLog"], json!(null));
            let code = if *actor == Actor::Nobody { "SIGN_IN_NEEDED" } else { "FORBIDDEN" };
            assert_eq!(answer["errors"][0]["extensions"]["code"], code);
        }
        let steward = hub.steward().await;
        let log = async |filter: Value| hub.data(&steward, LOG, json!({ "filter": filter })).await["mailLog"].take();
        let failed = log(json!({ "states": ["FAILED"], "letters": ["REQUEST_RECEIVED"], "recipientKind": "CONTACT" })).await;
        assert_eq!(failed["totalCount"], 1);
        let mail = &failed["nodes"][0];
        assert_eq!((&mail["maskedAddress"], &mail["bounceCause"], &mail["attempts"]), (&json!("a…@bitonto.invalid"), &json!("NO_MAILBOX"), &json!(1)));
        assert!(mail["reason"].as_str().unwrap().contains("<a…@bitonto.invalid>: User unknown"), "{mail}");
        assert!(mail["messageId"].as_str().unwrap().ends_with(&format!("@{}>", hub.app.config.public_url.host_str().unwrap())));
        assert_eq!(log(json!({ "states": ["SENT"] })).await["totalCount"], 0);
        assert_eq!(log(json!({ "until": mail["queuedAt"], "states": ["FAILED"] })).await["totalCount"], 0);
        let whole = log(json!({ "since": mail["queuedAt"] })).await;
        assert!(whole["nodes"].as_array().unwrap().len() >= 3 && !whole.to_string().contains("ada@"), "{whole}");
        let (mut after, mut seen) = (Value::Null, Vec::new());
        loop {
            let page = hub.data(&steward, LOG, json!({ "first": 1, "after": after })).await["mailLog"].take();
            seen.push(page["nodes"][0]["messageId"].clone());
            if page["pageInfo"]["hasNextPage"] == false { break; }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen, all(&whole["nodes"], "messageId"));
        hub.deliver().await;
        hub.mailbox();
    }

    async fn letters_cost_one_statement_however_many_steps_and_messages(hub: Hub) {
        let case = Case::of(&hub).await;
        let request = case.sent(&hub).await;
        let talk = case.talk(&hub, request).await;
        for n in 0..5 { write(&hub, &case.author, talk, &format!("Messaggio {n}")).await; }
        hub.deliver().await;
        hub.mailbox();
        let with = "query($id: ID!) { node(id: $id) { ... on Conversation { messages(first: 50) { nodes { position letters { state } } } } } }";
        let without = with.replace("letters { state }", "");
        let ask = json!({ "id": talk.opaque() });
        let (seen, many) = hub.statements(hub.data(&case.author, with, ask.clone())).await;
        assert_eq!(seen["node"]["messages"]["nodes"][4]["letters"].as_array().unwrap().len(), 2, "{seen}");
        let (_, base) = hub.statements(hub.data(&case.author, &without, ask)).await;
        assert_eq!(many, base + 1);
        let steward = hub.steward().await;
        let (_, log) = hub.statements(hub.data(&steward, &LOG.replace("territory { slug }", ""), json!({}))).await;
        assert_eq!(log, 2, "count, list");
    }
}
