//! The network as it is drawn: nodes, edges, measures, and what is missing in it. At most five statements, however many
//! requests there are.
use crate::{
    app::App,
    domain::{
        id::TerritoryId,
        network::{
            Counts, Exchange, Network, Spread,
            graph::Member,
            layout::{self, Point},
        },
        refusal::{Code, Fault, Outcome, Refusal},
        term::{Scheme, Term},
        territory::{Territory, TerritoryKind},
        time::{Month, Ts},
    },
    store::{
        atlas::Atlas,
        network::{self, Filter, Gap, Practices},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// The most open needs without a practice that are told.
pub const MOST_GAPS: i64 = 50;
/// The most nodes that are drawn; those with most exchanges stay. Italy has some 600 Ambiti.
pub const MOST_NODES: usize = 1000;
/// The most edges.
pub const MOST_EDGES: usize = 10_000;
/// Fewer people than this could be told one from another.
const FEW: i64 = 5;

/// Who stands in the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Level {
    /// Ambiti and Comuni, each for itself.
    #[default]
    All,
    /// Ambiti, for themselves alone.
    Ambito,
    /// Comuni.
    Comune,
    /// Ambiti, with all that their Comuni do.
    RolledUp,
}

/// Which part of the network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// Requests first sent in this month or later.
    pub from: Option<Month>,
    /// Requests first sent in this month or earlier.
    pub to: Option<Month>,
    /// Code of the field of the practices asked for.
    pub field: Option<String>,
    /// Letters of a province: what passed to or from it.
    pub province: Option<String>,
    /// Who stands in it.
    pub level: Level,
}

/// What is missing.
#[derive(Clone, Debug)]
pub struct Gaps {
    /// Fields in which nobody has published a practice.
    pub fields: Vec<Arc<Term>>,
    /// Open needs that no published practice fits, the oldest first, at most fifty.
    pub needs: Vec<Gap>,
}

/// The network as it is drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Nodes, edges, measures.
    pub network: Network,
    /// The territories of the nodes.
    pub territories: HashMap<TerritoryId, Arc<Territory>>,
    /// Ambiti that take part in an exchange, themselves or one of their Comuni.
    pub reached: usize,
    /// Ambiti that could.
    pub ambiti: usize,
    /// Who is asked most, with its share of all requests.
    pub busiest: Option<(TerritoryId, f64)>,
    /// People whom the published practices reached, where they say so; none where they are fewer than five.
    pub people_reached: Option<i64>,
    /// What is missing.
    pub gaps: Gaps,
    /// Whether there are more nodes or edges than are drawn; sums and measures are of all edges among the nodes.
    pub is_cut: bool,
    /// When it was read.
    pub as_of: Ts,
}

impl Wanted {
    /// As the store wants it.
    ///
    /// # Errors
    /// `INVALID` where the period ends before it begins, or the vocabulary or the list never had that code.
    pub(super) fn filter(&self, atlas: &Atlas) -> Result<Filter, Refusal> {
        if self.from.zip(self.to).is_some_and(|(from, to)| from > to) {
            return Err(Refusal::new(Code::Invalid)
                .on("to")
                .say("Il periodo finisce prima di cominciare.", "The period ends before it begins."));
        }
        if let Some(code) = self.field.as_ref().filter(|code| atlas.with_code(Scheme::Field, code).is_empty()) {
            return Err(Refusal::new(Code::Invalid).on("field").say(
                format!("Non c'è un tema «{code}»: vedete vocabulary(scheme: FIELD)."),
                format!("There is no field \"{code}\": see vocabulary(scheme: FIELD)."),
            ));
        }
        if let Some(code) = self.province.as_ref().filter(|code| atlas.territories().all(|t| t.province != **code)) {
            return Err(Refusal::new(Code::Invalid).on("province").say(
                format!("Nessun territorio sta nella provincia «{code}»: scrivete la sigla, per esempio BA."),
                format!("No territory lies in the province \"{code}\": write its two letters, for example BA."),
            ));
        }
        Ok(Filter {
            from: self.from.map(Month::number),
            to: self.to.map(Month::number),
            field: self.field.clone(),
            province: self.province.clone(),
        })
    }
}

/// Draws the network.
///
/// # Errors
/// Those of [`Wanted`] that names what is not there; a fault from the database.
pub async fn picture(app: &App, wanted: &Wanted) -> Outcome<Picture> {
    let atlas = app.store.atlas().await?;
    let filter = wanted.filter(&atlas)?;
    let as_of = app.clock.now();
    let pairs = network::exchanges(&app.store, &filter).await?;
    let answers = network::answers(&app.store, &filter).await?;
    let practices = network::practices(&app.store).await?;
    let mut needs = network::gaps(&app.store, wanted.field.as_deref(), MOST_GAPS).await?;
    let scene = Scene { atlas: Arc::clone(&atlas), wanted: wanted.clone() };
    needs.retain(|gap| scene.is_inside(gap.territory));
    let fields = scene.fields_without(&practices, as_of);
    let reached_people: i64 = scene.own(&practices).map(|practices| practices.reached).sum();
    let drawn = tokio::task::spawn_blocking(move || scene.draw(pairs, answers, &practices));
    let (network, is_cut, reached, ambiti) = drawn.await.map_err(Fault::new)?;
    let asked = network.total.requests();
    let most = network.nodes.iter().max_by_key(|node| (node.received.requests(), std::cmp::Reverse(node.territory)));
    let busiest = most.filter(|_| asked > 0).map(|node| (node.territory, share(node.received.requests(), asked)));
    let of = |id: &TerritoryId| atlas.territory(*id).map(|territory| (*id, Arc::clone(territory)));
    Ok(Picture {
        territories: network.nodes.iter().filter_map(|node| of(&node.territory)).collect(),
        network,
        reached,
        ambiti,
        busiest,
        people_reached: Some(reached_people).filter(|people| *people >= FEW),
        gaps: Gaps { fields, needs },
        is_cut,
        as_of,
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts of requests are far below 2^52")]
pub(super) fn share(part: i64, whole: i64) -> f64 {
    part as f64 / whole as f64
}

/// The territories, and what is wanted of them.
struct Scene {
    atlas: Arc<Atlas>,
    wanted: Wanted,
}

type PairOf = (TerritoryId, TerritoryId);

impl Scene {
    /// Who stands for a territory in the picture, if anybody.
    fn stands(&self, id: TerritoryId) -> Option<TerritoryId> {
        let territory = self.atlas.territory(id)?;
        match (self.wanted.level, territory.kind) {
            (Level::All, _)
            | (Level::Ambito | Level::RolledUp, TerritoryKind::Ambito)
            | (Level::Comune, TerritoryKind::Comune) => Some(id),
            (Level::RolledUp, TerritoryKind::Comune) => territory.ambito,
            (Level::Ambito, TerritoryKind::Comune) | (Level::Comune, TerritoryKind::Ambito) => None,
        }
    }

    /// Whether it lies in the wanted province.
    fn is_inside(&self, id: TerritoryId) -> bool {
        let Some(province) = &self.wanted.province else { return true };
        self.atlas.territory(id).is_some_and(|territory| territory.province == *province)
    }

    /// The practices that are counted for those who stand in the picture.
    fn own<'a>(&'a self, practices: &'a [Practices]) -> impl Iterator<Item = &'a Practices> {
        practices.iter().filter(|practices: &&Practices| {
            let in_field = self.wanted.field.is_none() || self.wanted.field == practices.field;
            in_field && self.is_inside(practices.owner) && self.stands(practices.owner).is_some()
        })
    }

    fn fields_without(&self, practices: &[Practices], now: Ts) -> Vec<Arc<Term>> {
        let today = now.date_in_italy();
        let held: BTreeSet<&str> = self.own(practices).filter_map(|practices| practices.field.as_deref()).collect();
        let wanted = |term: &&Arc<Term>| self.wanted.field.as_ref().is_none_or(|field| *field == term.code);
        let fields = self.atlas.terms(Scheme::Field).iter().filter(|term| term.is_valid_on(today));
        fields.filter(wanted).filter(|term| !held.contains(&*term.code)).cloned().collect()
    }

    /// The picture, whether something was left out, and how many Ambiti take part of how many.
    fn draw(
        &self,
        pairs: Vec<network::Pair>,
        answers: Vec<network::Answers<PairOf>>,
        practices: &[Practices],
    ) -> (Network, bool, usize, usize) {
        let mut exchanges: BTreeMap<PairOf, Exchange> = BTreeMap::new();
        let mut reached = BTreeSet::new();
        for pair in pairs {
            let (requester, owner) = (pair.requester, pair.owner);
            let Some(ends) = self.ends(requester, owner).filter(|_| pair.counts.is_an_exchange()) else { continue };
            let none = || Exchange {
                requester: ends.0,
                owner: ends.1,
                counts: Counts::default(),
                waits: Spread::default(),
                last_at: pair.last_at,
            };
            let exchange = exchanges.entry(ends).or_insert_with(none);
            exchange.counts.add(&pair.counts, 1);
            exchange.last_at = exchange.last_at.max(pair.last_at);
            reached.extend(
                [requester, owner].into_iter().filter(|id| self.is_inside(*id)).filter_map(|id| self.ambito(id)),
            );
        }
        for answer in answers {
            let ends = self.ends(answer.of.0, answer.of.1);
            if let Some(exchange) = ends.and_then(|ends| exchanges.get_mut(&ends)) {
                exchange.waits.add(answer.days, answer.n);
            }
        }
        let mut run: HashMap<TerritoryId, i64> = HashMap::new();
        for practices in practices.iter().filter(|p| self.wanted.field.is_none() || self.wanted.field == p.field) {
            if let Some(owner) = self.stands(practices.owner) {
                *run.entry(owner).or_default() += practices.n;
            }
        }
        let exchanges: Vec<Exchange> = exchanges.into_values().collect();
        let (mut is_cut, mut members) = (exchanges.len() > MOST_EDGES, self.members(&run));
        if members.len() > MOST_NODES {
            let busy: BTreeSet<TerritoryId> = exchanges.iter().flat_map(|e| [e.requester, e.owner]).collect();
            members.retain(|member| busy.contains(&member.territory) || member.practices > 0);
            is_cut |= members.len() > MOST_NODES;
            members.truncate(MOST_NODES);
        }
        let all = self.atlas.territories().filter(|t| t.kind == TerritoryKind::Ambito && self.is_inside(t.id)).count();
        let mut network = Network::of(members, exchanges);
        // Sums and measures are of all of them.
        network.edges.truncate(MOST_EDGES);
        (network, is_cut, reached.len(), all)
    }

    /// Between whom an exchange is drawn: two who stand in the picture, one of them in the wanted province.
    fn ends(&self, requester: TerritoryId, owner: TerritoryId) -> Option<PairOf> {
        let near = self.is_inside(requester) || self.is_inside(owner);
        self.stands(requester).zip(self.stands(owner)).filter(|(requester, owner)| near && requester != owner)
    }

    fn ambito(&self, id: TerritoryId) -> Option<TerritoryId> {
        let territory = self.atlas.territory(id)?;
        match territory.kind {
            TerritoryKind::Ambito => Some(id),
            TerritoryKind::Comune => territory.ambito,
        }
    }

    /// All who may stand in the picture, each where the map of all territories has it: so that nobody moves where others
    /// are looked at.
    fn members(&self, run: &HashMap<TerritoryId, i64>) -> Vec<Member> {
        let all: Vec<&Arc<Territory>> = self.atlas.territories().collect();
        let places: Vec<Option<Point>> = all.iter().map(|territory| place(territory)).collect();
        let anchors = layout::projected(&places);
        let member = |(territory, anchor): (&Arc<Territory>, Point)| Member {
            territory: territory.id,
            practices: run.get(&territory.id).copied().unwrap_or_default(),
            alone: self.is_inside(territory.id),
            anchor,
        };
        let stands = |(territory, _): &(&Arc<Territory>, Point)| self.stands(territory.id) == Some(territory.id);
        all.into_iter().zip(anchors).filter(stands).map(member).collect()
    }
}

fn place(territory: &Territory) -> Option<Point> {
    territory.longitude.zip(territory.latitude)
}
