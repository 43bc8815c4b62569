//! Feeds of new practices: what RFC 4287 asks for, read by a parser; only what is public; kept by whoever has it already.
use crate::{requests::practice_with, support::Hub};
use axum::{
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode},
};
use innesto::{
    domain::{
        event::{EventKind, NewEvent},
        permission::PracticeStatus,
        practice::{Practice, Provenance},
    },
    graphql::build_behind_guard,
    http,
    store::practices,
};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
};
use tokio::sync::watch;
use tower::ServiceExt;

/// An element as it was read.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
        let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
            (key, quick_xml::escape::unescape(std::str::from_utf8(&attribute.value).unwrap()).unwrap().into_owned())
        };
        let attributes = start.attributes().map(|one| attribute(one.unwrap())).collect();
        Self { name, attributes, ..Self::default() }
    }

    fn read(document: &str) -> Self {
        let mut reader = Reader::from_str(document);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(Self::of(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(Self::of(&start)),
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(done);
                }
                Event::Text(text) => open.last_mut().unwrap().text += &text.decode().unwrap(),
                Event::GeneralRef(name) => {
                    let name = format!("&{};", name.decode().unwrap());
                    open.last_mut().unwrap().text += &quick_xml::escape::unescape(&name).unwrap();
                }
                Event::Decl(_) => assert!(document.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>")),
                Event::Eof => break,
                other => panic!("a feed has no {other:?}"),
            }
        }
        assert_eq!((open.len(), open[0].children.len()), (1, 1), "one element is open to the end");
        open.pop().unwrap().children.pop().unwrap()
    }

    fn all(&self, name: &str) -> Vec<&Self> {
        self.children.iter().filter(|child| child.name == name).collect()
    }

    /// The text of the one child of this name.
    fn one(&self, name: &str) -> &str {
        let found = self.all(name);
        assert_eq!(found.len(), 1, "{name} stands once in {self:?}");
        &found[0].text
    }

    fn link(&self, rel: &str) -> &str {
        let links: Vec<_> = self.all("link").into_iter().filter(|link| link.attributes["rel"] == rel).collect();
        assert_eq!(links.len(), 1, "one link is {rel} in {self:?}");
        &links[0].attributes["href"]
    }

    fn entries(&self) -> Vec<&Self> {
        self.all("entry")
    }

    fn titles(&self) -> Vec<&str> {
        self.entries().iter().map(|entry| entry.one("title")).collect()
    }
}

/// What RFC 4287 asks of the parts that feeds and entries share (sections 4.1.1, 4.1.2, 4.2.6, 4.2.7, 3.3).
fn check_common(of: &Element, home: &str) {
    let id = of.one("id");
    assert!(id.starts_with("tag:") || id.starts_with(home), "{id}");
    assert!(!of.one("title").trim().is_empty());
    let dates = [of.all("updated"), of.all("published")].concat();
    assert_eq!(of.all("updated").len(), 1);
    for date in dates {
        let text = &date.text;
        assert!(text.parse::<jiff::Timestamp>().is_ok() && text.contains('T') && text.ends_with('Z'), "{text}");
    }
    for link in of.all("link") {
        assert!(link.attributes["href"].starts_with(home), "{link:?}");
        assert!(!link.attributes["type"].is_empty());
    }
    for category in of.all("category") {
        assert!(!category.attributes["term"].is_empty() && category.attributes["scheme"].contains(':'));
    }
}

/// A feed, checked against the standard's rules.
fn valid(document: &str, home: &str) -> Element {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(document.chars().all(legal), "XML cannot hold it, in whatever form");
    let feed = Element::read(document);
    assert_eq!((feed.name.as_str(), feed.attributes["xmlns"].as_str()), ("feed", "http://www.w3.org/2005/Atom"));
    check_common(&feed, home);
    let itself = feed.link("self");
    assert_eq!(feed.one("id"), itself);
    assert!(feed.link("alternate").starts_with(home));
    let (mut ids, mut last) = (BTreeSet::new(), None);
    for entry in feed.entries() {
        check_common(entry, home);
        assert!(ids.insert(entry.one("id")), "{entry:?}");
        // There is no atom:content, so there is an alternate; and no author of the feed, so each entry has its own.
        assert!(entry.link("alternate").starts_with(&format!("{home}practices/")));
        assert_eq!(entry.all("author").len(), 1);
        assert!(!entry.all("author")[0].one("name").is_empty());
        assert!(
            entry.all("published").len() == 1 && entry.all("summary").len() == 1 && entry.all("content").is_empty()
        );
        let published: jiff::Timestamp = entry.one("published").parse().unwrap();
        assert!(last.is_none_or(|last| last >= published), "the newest first");
        last = Some(published);
    }
    let newest = feed.entries().iter().map(|entry| entry.one("updated")).max();
    assert!(newest.is_none_or(|newest| newest == feed.one("updated")));
    feed
}

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

async fn ask(hub: &Hub, method: &str, query: &str, headers: &[(&str, &str)]) -> Reply {
    let (_stop, stopped) = watch::channel(false);
    let router = http::router(http::Hub::new(hub.app.clone(), build_behind_guard(), stopped).unwrap());
    let mut request = Request::builder().method(method).uri(format!("/feeds/practices.atom{query}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
    let response = router.oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    Reply { status: head.status, headers: head.headers, body: String::from_utf8(body.to_vec()).unwrap() }
}

async fn feed(hub: &Hub, query: &str) -> Element {
    let reply = ask(hub, "GET", query, &[]).await;
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "application/atom+xml; charset=utf-8"));
    valid(&reply.body, &hub.app.config.link("/"))
}

/// A published practice of this owner, a second after the one before.
async fn published(hub: &Hub, owner: &str, title: &str, change: impl FnOnce(&mut Practice)) -> Practice {
    hub.app.clock.advance_seconds(1);
    let owner = hub.territory(owner).await;
    practice_with(hub, |p| {
        (p.owner, p.title) = (owner, title.to_owned());
        change(p);
    })
    .await
}

async fn changed(hub: &Hub, practice: &Practice) {
    let mut tx = hub.app.store.begin().await.unwrap();
    practices::update(&mut tx, practice).await.unwrap();
    tx.emit(NewEvent::new(EventKind::PracticeUpdated, practice.id));
    tx.commit(hub.app.clock.now()).await.unwrap();
}

on_both! {
    async fn new_practices_are_told_and_nothing_that_is_not_public(hub: Hub) {
        assert_eq!(feed(&hub, "").await.titles(), [""; 0]);
        let odd = "«A & B» <b>&amp;</b> ]]> \u{1}\u{b}\u{ffff}'\" 👩‍🦽 è";
        published(&hub, "bitonto", odd, |p| p.summary = format!("{odd}\nSeconda riga")).await;
        for status in [PracticeStatus::Draft, PracticeStatus::UnderReview, PracticeStatus::Archived] {
            published(&hub, "bitonto", "Segreta", |p| p.status = status).await;
        }
        published(&hub, "troia", "Inventata", |p| p.provenance = Provenance::Illustrative).await;
        let told = feed(&hub, "").await;
        let shown = "«A & B» <b>&amp;</b> ]]> \u{fffd}\u{fffd}\u{fffd}'\" 👩‍🦽 è";
        assert_eq!(told.titles(), ["Inventata (Pratica dimostrativa, contenuti inventati)", shown]);
        let entries = told.entries();
        assert_eq!(entries[1].one("summary"), format!("{shown}\nSeconda riga"));
        assert_eq!(entries[1].all("author")[0].one("name"), "Comune di Bitonto");
        let labels = |entry: &Element| {
            entry.all("category").iter().map(|category| category.attributes["label"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(labels(entries[1]), ["SOCIO_EDU (it)", "MINORS (it)", "FAMILIES (it)"]);
        let english = feed(&hub, "?lang=en").await;
        assert_eq!(english.titles()[0], "Inventata (Demonstration practice, invented content)");
        assert_eq!(labels(english.entries()[0]), ["SOCIO_EDU (en)", "MINORS (en)", "FAMILIES (en)", "Demonstration practice, invented content"]);
        assert_eq!((english.one("title"), english.attributes["xml:lang"].as_str()), ("Innesto: new practices", "en"));
        assert_eq!(english.entries()[0].one("id"), entries[0].one("id"), "a language makes no other entry");
    }

    async fn a_feed_is_of_a_field_a_territory_or_both(hub: Hub) {
        published(&hub, "bitonto", "Uno", |_| ()).await;
        published(&hub, "bitonto", "Due", |p| (p.field, p.other_fields) = (Some("ORG_PROCESS".into()), vec!["SOCIO_EDU".into()])).await;
        published(&hub, "troia", "Tre", |_| ()).await;
        published(&hub, "troia", "Quattro", |p| p.field = Some("ORG_PROCESS".into())).await;
        let home = hub.app.config.link("/");
        let of_field = feed(&hub, "?field=SOCIO_EDU&utm_source=x").await;
        assert_eq!(of_field.titles(), ["Tre", "Due", "Uno"]);
        assert_eq!(of_field.one("title"), "Innesto: nuove pratiche – SOCIO_EDU (it)");
        assert_eq!(of_field.link("self"), format!("{home}feeds/practices.atom?field=SOCIO_EDU&lang=it"));
        assert_eq!(of_field.link("alternate"), format!("{home}practices?field=SOCIO_EDU"));
        let of_territory = feed(&hub, "?territory=bitonto&field=").await;
        assert_eq!(of_territory.titles(), ["Due", "Uno"]);
        assert_eq!(of_territory.link("alternate"), format!("{home}territories/bitonto"));
        let of_both = feed(&hub, "?territory=troia&field=ORG_PROCESS&lang=en").await;
        assert_eq!((of_both.titles(), of_both.one("title")), (vec!["Quattro"], "Innesto: new practices – ORG_PROCESS (en) – Comune di Troia"));
        assert_eq!(of_both.link("alternate"), format!("{home}territories/troia"));
        assert_eq!(feed(&hub, "?territory=nardo").await.titles(), [""; 0]);
        for (query, status, told) in [
            ("?field=NULLA", 404, "Nessun tema si chiama «NULLA»"),
            ("?field=MINORS&lang=en", 404, "There is no field"),
            ("?territory=atlantide", 404, "Nessun territorio si chiama «atlantide»"),
            ("?territory=bitonto&field=NULLA&lang=en", 404, "There is no field"),
            ("?lang=fr", 400, "lang is it or en"),
        ] {
            let reply = ask(&hub, "GET", query, &[]).await;
            assert_eq!(reply.status.as_u16(), status, "{query}");
            assert!(reply.body.contains(told), "{query}: {}", reply.body);
        }
        for method in ["POST", "PUT", "DELETE"] {
            let reply = ask(&hub, method, "", &[]).await;
            assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        }
    }

    async fn an_ambito_s_feed_is_of_its_comuni_too_and_shows_the_page_that_does_so(hub: Hub) {
        published(&hub, "troia", "Del Comune", |_| ()).await;
        published(&hub, "ambito-troia", "Dell'Ambito", |p| p.field = Some("ORG_PROCESS".into())).await;
        published(&hub, "bitonto", "Di altri", |_| ()).await;
        let home = hub.app.config.link("/");
        let of_ambito = feed(&hub, "?territory=ambito-troia").await;
        assert_eq!(of_ambito.titles(), ["Dell'Ambito", "Del Comune"]);
        assert_eq!(of_ambito.link("alternate"), format!("{home}practices?ambito=ambito-troia"));
        let of_both = feed(&hub, "?territory=ambito-troia&field=SOCIO_EDU").await;
        assert_eq!(of_both.titles(), ["Del Comune"]);
        assert_eq!(of_both.link("alternate"), format!("{home}practices?field=SOCIO_EDU&ambito=ambito-troia"));
        assert_eq!(feed(&hub, "?territory=troia").await.titles(), ["Del Comune"]);
        assert_eq!(feed(&hub, "").await.link("alternate"), format!("{home}practices"));
    }

    async fn who_has_it_already_is_told_so_until_it_changes(hub: Hub) {
        let mut practice = published(&hub, "bitonto", "Uno", |_| ()).await;
        let first = ask(&hub, "GET", "", &[]).await;
        let tag = first.header("etag").to_owned();
        assert_eq!((first.header("cache-control"), first.headers.get("last-modified")), ("public, max-age=300", None));
        let head = ask(&hub, "HEAD", "", &[]).await;
        assert_eq!((head.status, head.header("etag"), head.body.as_str()), (StatusCode::OK, tag.as_str(), ""));
        let weak = format!("\"x\", W/{tag}");
        for value in [tag.as_str(), weak.as_str(), "*"] {
            let again = ask(&hub, "GET", "", &[("if-none-match", value)]).await;
            assert_eq!((again.status, again.body.as_str(), again.header("etag")), (StatusCode::NOT_MODIFIED, "", tag.as_str()), "{value}");
        }
        let other = ask(&hub, "GET", "", &[("if-none-match", "\"x\"")]).await;
        assert_eq!(other.status, StatusCode::OK);
        assert_ne!(ask(&hub, "GET", "?lang=en", &[]).await.header("etag"), tag);
        let id = feed(&hub, "").await.entries()[0].one("id").to_owned();
        assert_eq!(id, format!("tag:innesto.invalid,2026:practice/{}", practice.id.uuid()));
        hub.app.clock.advance_seconds(60);
        (practice.title, practice.updated_at) = ("Due".into(), hub.app.clock.now());
        changed(&hub, &practice).await;
        assert_eq!(ask(&hub, "GET", "", &[("if-none-match", &tag)]).await.status, StatusCode::OK);
        let after = feed(&hub, "").await;
        let entry = after.entries()[0];
        assert_eq!((entry.one("title"), entry.one("id")), ("Due", id.as_str()));
        assert_eq!((entry.one("updated"), entry.one("published")), ("2026-03-02T09:01:01Z", "2026-03-02T09:00:01Z"));
        practice.status = PracticeStatus::Archived;
        changed(&hub, &practice).await;
        assert_eq!(feed(&hub, "").await.titles(), [""; 0]);
    }

    async fn what_is_put_away_is_told_to_who_knows_only_a_day(hub: Hub) {
        published(&hub, "bitonto", "Resta", |_| ()).await;
        let mut goes = published(&hub, "bitonto", "Va via", |_| ()).await;
        let before = ask(&hub, "GET", "", &[]).await;
        assert_eq!(valid(&before.body, &hub.app.config.link("/")).titles(), ["Va via", "Resta"]);
        hub.app.clock.advance_seconds(60);
        (goes.status, goes.updated_at) = (PracticeStatus::Archived, hub.app.clock.now());
        changed(&hub, &goes).await;
        // All that is left was there before this day.
        let since = ("if-modified-since", "Mon, 02 Mar 2026 09:00:59 GMT");
        for headers in [vec![since], vec![("if-none-match", before.header("etag"))], vec![("if-none-match", before.header("etag")), since]] {
            let after = ask(&hub, "GET", "", &headers).await;
            assert_eq!(after.status, StatusCode::OK, "{headers:?}");
            assert_eq!(valid(&after.body, &hub.app.config.link("/")).titles(), ["Resta"]);
        }
    }

    async fn a_feed_has_the_fifty_newest(hub: Hub) {
        for n in 0..51 {
            published(&hub, "bitonto", &format!("Pratica {n}"), |_| ()).await;
        }
        let titles = feed(&hub, "").await.titles().iter().map(|title| (*title).to_owned()).collect::<Vec<_>>();
        assert_eq!((titles.len(), titles[0].as_str(), titles[49].as_str()), (50, "Pratica 50", "Pratica 1"));
    }
}
