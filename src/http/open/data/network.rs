//! The network: what passed between two territories, all time, and the territories with their place in it. Few enough to
//! be written at once.
use super::{dataset::Kind, edition::Edition};
use crate::{
    domain::{
        network::{Exchange, Node},
        refusal::{Failure, Fault},
        request::RequestState as S,
        territory::Territory,
        word::Word,
    },
    service::network::{self, Picture, Wanted},
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use std::sync::Arc;

/// What passed between two territories.
#[derive(Clone)]
pub(super) struct Edge {
    pub(super) exchange: Exchange,
    pub(super) from: Arc<Territory>,
    pub(super) to: Arc<Territory>,
}

/// A territory in the network.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) node: Node,
    pub(super) territory: Arc<Territory>,
    uri: String,
}

/// All of the network, in the order it is drawn in.
pub(super) struct Drawn {
    pub(super) places: Vec<Place>,
    pub(super) edges: Vec<Edge>,
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

columns! {
    /// What a row of the exchanges holds.
    pub(super) EDGES of Edge as r {
        from_slug: Kind::Text, "Il territorio che ha chiesto", "The territory that asked"
            => r.from.slug.as_str();
        from_name: Kind::Text, "Il suo nome", "Its name"
            => r.from.full_name();
        to_slug: Kind::Text, "Il territorio a cui è stato chiesto", "The territory that was asked"
            => r.to.slug.as_str();
        to_name: Kind::Text, "Il suo nome", "Its name"
            => r.to.full_name();
        requests: Kind::Integer, "Richieste di replica inviate", "Replication requests sent"
            => r.exchange.counts.requests();
        sent: Kind::Integer, "di cui non ancora prese in carico", "of these, not taken up yet"
            => r.exchange.counts.of(S::Sent);
        acknowledged: Kind::Integer, "di cui in valutazione", "of these, being decided on"
            => r.exchange.counts.of(S::Acknowledged);
        accepted: Kind::Integer, "di cui accettate", "of these, accepted"
            => r.exchange.counts.of(S::Accepted);
        in_progress: Kind::Integer, "di cui in corso", "of these, in progress"
            => r.exchange.counts.of(S::InProgress);
        completed: Kind::Integer, "di cui concluse", "of these, completed"
            => r.exchange.counts.of(S::Completed);
        declined: Kind::Integer, "di cui rifiutate", "of these, declined"
            => r.exchange.counts.of(S::Declined);
        withdrawn: Kind::Integer, "di cui ritirate", "of these, withdrawn"
            => r.exchange.counts.of(S::Withdrawn);
        expired: Kind::Integer, "di cui scadute", "of these, expired"
            => r.exchange.counts.of(S::Expired);
        interrupted: Kind::Integer, "di cui interrotte", "of these, interrupted"
            => r.exchange.counts.of(S::Interrupted);
        replications: Kind::Integer, "Repliche che ne sono nate, e quelle nate senza richiesta", "Copies that came of them, and those that no request brought"
            => r.exchange.counts.replications;
        messages: Kind::Integer, "Messaggi sulle richieste", "Messages about the requests"
            => r.exchange.counts.messages;
        answered: Kind::Integer, "Richieste a cui è stato risposto sì o no", "Requests answered by yes or no"
            => r.exchange.waits.count();
        median_days: Kind::Decimal, "Giorni di calendario entro cui è stato risposto a metà di esse", "Days of the calendar within which half of these were answered"
            => r.exchange.waits.median();
        last_activity: Kind::Day, "Giorno dell'ultima attività", "Day of the last activity"
            => r.exchange.last_at.date_in_italy().to_string();
        illustrative: Kind::Integer, "Richieste e repliche inventate per dimostrazione", "Requests and copies made up for demonstration"
            => r.exchange.counts.illustrative;
    }
}

columns! {
    /// What a row of the territories holds.
    pub(super) PLACES of Place as r {
        slug: Kind::Text, "Nome stabile nell'indirizzo: la chiave", "Stable name in the address: the key"
            => r.territory.slug.as_str();
        uri: Kind::Url, "Indirizzo del territorio", "Address of the territory"
            => r.uri.as_str();
        name: Kind::Text, "Nome", "Name"
            => r.territory.full_name();
        kind: Kind::Code, "AMBITO o COMUNE", "AMBITO or COMUNE"
            => r.territory.kind.as_str();
        province: Kind::Code, "Sigla della provincia", "Two letters of the province"
            => r.territory.province.as_str();
        practices_run: Kind::Integer, "Pratiche pubblicate", "Published practices"
            => r.node.practices;
        requests_sent: Kind::Integer, "Richieste inviate", "Requests sent"
            => r.node.sent.requests();
        requests_received: Kind::Integer, "Richieste ricevute", "Requests received"
            => r.node.received.requests();
        given: Kind::Integer, "Repliche che altri hanno fatto delle sue pratiche", "Copies that others made of its practices"
            => r.node.received.replications;
        received: Kind::Integer, "Repliche che ha fatto di pratiche altrui", "Copies it made of others' practices"
            => r.node.sent.replications;
        in_degree: Kind::Integer, "Territori che si sono rivolti a esso", "Territories that turned to it"
            => r.node.in_degree;
        out_degree: Kind::Integer, "Territori a cui si è rivolto", "Territories that it turned to"
            => r.node.out_degree;
        page_rank: Kind::Decimal, "PageRank (0,85, senza pesi)", "PageRank (0.85, unweighted)"
            => r.node.page_rank;
        betweenness: Kind::Decimal, "Quota dei cammini più brevi che passano per esso", "Share of the shortest ways that lead through it"
            => r.node.betweenness;
        community: Kind::Integer, "Numero della comunità (metodo di Lovanio)", "Number of its community (Louvain method)"
            => number(r.node.community);
        component: Kind::Integer, "Numero della parte connessa", "Number of its connected part"
            => number(r.node.component);
        x: Kind::Decimal, "Dove disegnarlo, da sinistra, da 0 a 1000", "Where to draw it, from the left, 0 to 1,000"
            => tenths(r.node.at.0);
        y: Kind::Decimal, "Dove disegnarlo, dall'alto, da 0 a 1000", "Where to draw it, from the top, 0 to 1,000"
            => tenths(r.node.at.1);
    }
}

/// Reads the network as it is now.
///
/// # Errors
/// A fault from the database.
pub(super) async fn drawn(edition: &Edition) -> Result<Drawn, Fault> {
    let Picture { network, .. } = network::picture(&edition.app, &Wanted::default()).await.map_err(fault)?;
    let named = |id| edition.atlas.territory(id).cloned();
    let edge = |exchange: Exchange| {
        let (from, to) = named(exchange.requester).zip(named(exchange.owner))?;
        Some(Edge { exchange, from, to })
    };
    let place = |node: Node| {
        let territory = named(node.territory)?;
        Some(Place { node, uri: edition.link(&format!("/territories/{}", territory.slug)), territory })
    };
    Ok(Drawn {
        places: network.nodes.into_iter().filter_map(place).collect(),
        edges: network.edges.into_iter().filter_map(edge).collect(),
    })
}

/// Nothing is asked for that could be refused.
pub(super) fn fault(failure: Failure) -> Fault {
    match failure {
        Failure::Fault(fault) => fault,
        refused @ Failure::Refused(_) => Fault::new(refused),
    }
}

/// The exchanges.
pub(super) fn edges(edition: Edition) -> BoxStream<'static, Result<Vec<Edge>, Fault>> {
    stream::once(async move { Ok(drawn(&edition).await?.edges) }).boxed()
}

/// The territories.
pub(super) fn places(edition: Edition) -> BoxStream<'static, Result<Vec<Place>, Fault>> {
    stream::once(async move { Ok(drawn(&edition).await?.places) }).boxed()
}
