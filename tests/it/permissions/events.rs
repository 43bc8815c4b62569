//! Every kind of event, and who hears of it as its own affair or as everybody's: a snapshot of ticks and crosses.
use super::privacy::World;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use innesto::{
    domain::{
        event::{EventKind, NewEvent},
        id::Id,
        permission::{Actor, Member, Scope},
        word::Word,
    },
    service::live::Live,
};
use std::fmt::Write;
use tokio::sync::watch;
use uuid::Uuid;

fn id(world: &World, name: &str) -> Id<()> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(world.ids[name].as_str().unwrap()).unwrap();
    Id::of(Uuid::from_slice(&bytes[bytes.len() - 16..]).unwrap())
}

/// One event of a kind, about Bitonto, or between Bitonto and Troia; with a practice in each state it can have.
fn of_kind(world: &World, kind: EventKind) -> Vec<(String, NewEvent)> {
    let (bitonto, troia) = (id(world, "territory"), id(world, "requester"));
    let word = kind.as_str();
    let about = |name: &str| NewEvent::new(kind, id(world, name));
    match word.split_once('.').unwrap().0 {
        "practice" | "lineage" => ["practice", "draft practice", "handed in practice"]
            .map(|name| (format!("{word}: {name}"), about(name).id("parent", id(world, "another practice"))))
            .into(),
        "request" => {
            let event = about("id").id("practice", id(world, "practice"));
            vec![(word.to_owned(), event.id("requester", troia).id("owner", bitonto))]
        }
        "conversation" => vec![(word.to_owned(), about("conversation").id("territory", troia))],
        "mail" => vec![(word.to_owned(), about("id").id("territory", bitonto).note("letter", "request_received"))],
        "need" => {
            let event = about("need").id("territory", bitonto);
            let of_troia = event.clone().id("practice", id(world, "draft practice"));
            vec![
                (word.to_owned(), event.id("practice", id(world, "practice"))),
                (format!("{word}: draft practice"), of_troia),
            ]
        }
        "member" | "person" => vec![(word.to_owned(), about("person").id("territory", bitonto))],
        _ => vec![(word.to_owned(), about("territory"))],
    }
}

on_both! {
    async fn an_event_is_heard_of_by_whom_it_concerns(hub: Hub) {
        let world = World::make(&hub).await;
        let token = |scopes: &[Scope]| match &world.member {
            Actor::Person(member) => Actor::Person(Member { scopes: Some(scopes.to_vec()), ..member.clone() }),
            _ => unreachable!(),
        };
        let roles = [
            ("nobody", Actor::Nobody),
            ("stranger", hub.stranger().await),
            ("member own", world.member.clone()),
            ("coordinator own", world.coordinator.clone()),
            ("other side", world.other_side.clone()),
            ("coordinator elsewhere", hub.coordinator("nardo").await),
            ("facilitator", hub.facilitator().await),
            ("steward", hub.steward().await),
            ("token read:public", token(&[Scope::ReadPublic])),
            ("token read:own", token(&[Scope::ReadOwn])),
        ];
        let events: Vec<(String, NewEvent)> = EventKind::ALL.iter().flat_map(|kind| of_kind(&world, *kind)).collect();
        let live = Live::new(hub.app.clone());
        let mut feed = live.feed(Live::last(&hub.app).await.unwrap());
        let mut tx = hub.app.store.begin().await.unwrap();
        for (_, event) in &events { tx.emit(event.clone()); }
        tx.commit(hub.app.clock.now()).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let follower = tokio::spawn({ let live = live.clone(); async move { live.follow(stopped).await } });

        let mut table = String::from("| event | everybody |");
        for (name, _) in &roles { let _ = write!(table, " {name} |"); }
        table.push_str("\n|---|:-:|");
        table.push_str(&":-:|".repeat(roles.len()));
        for (what, _) in &events {
            let news = feed.next().await.unwrap();
            let tick = |yes: bool| if yes { "✓" } else { "✗" };
            let _ = write!(table, "\n| {what} | {} |", tick(news.network().is_some()));
            for (_, actor) in &roles { let _ = write!(table, " {} |", tick(news.concerns(actor))); }
        }
        insta::assert_snapshot!("events", table);
        stop.send_replace(true);
        follower.await.unwrap();
    }
}
