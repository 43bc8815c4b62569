//! Territories: the interface, its two kinds, and the queries that find them.
use super::{
    Ask,
    conversation::unread_at,
    error,
    id::{expect, opaque},
    loaders::Source,
    member::{self, InvitationObject, MembershipObject},
    page::{PageArgs, Paged, asks_for, connection},
    scalar::{DateTime, LocalDate},
};
use crate::{
    app::App,
    domain::{
        id::{TerritoryId, kind},
        permission::{Action, Actor},
        refusal::Fault,
        territory::{self, LegalForm, TerritoryKind},
    },
    service::territories,
};
use async_graphql::{Context, Enum, ID, InputObject, Interface, Object, OneofObject, Result, SimpleObject};
use std::{collections::HashMap, sync::Arc};

/// A point on the earth (WGS 84).
#[derive(SimpleObject)]
pub struct GeoPoint {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// The two kinds of territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "TerritoryKind", name = "TerritoryKind")]
pub enum KindObject {
    /// Comuni that plan social services together.
    Ambito,
    /// A municipality.
    Comune,
}

/// In which form the Comuni of an Ambito work together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "LegalForm", name = "LegalForm")]
pub enum LegalFormObject {
    /// One Comune leads (capofila).
    Convention,
    /// A body of its own.
    Consortium,
}

/// What an Ambito and a Comune have in common: it owns practices, sends and receives requests.
#[derive(Interface)]
#[graphql(
    name = "Territory",
    field(name = "id", ty = "ID", desc = "Opaque id."),
    field(name = "slug", ty = "String", desc = "The end of its address, unique and readable."),
    field(name = "name", ty = "String", desc = "Official name, without \"Ambito di\" or \"Comune di\"."),
    field(name = "full_name", ty = "String", desc = "The name with what it is: \"Ambito di Bitonto\"."),
    field(name = "aliases", ty = "Vec<String>", desc = "Other names and codes it is found by."),
    field(name = "province", ty = "String", desc = "Two letters, e.g. BA."),
    field(name = "population", ty = "Option<i64>", desc = "Inhabitants, as in the list in use."),
    field(name = "area_km2", ty = "Option<f64>", desc = "Square kilometres."),
    field(name = "location", ty = "Option<GeoPoint>", desc = "Centroid of the territory."),
    field(
        name = "viewer_unread_messages",
        ty = "Option<i64>",
        desc = "Messages by others that the viewer has not read in its conversations; null where these are not the viewer's."
    ),
    field(name = "viewer_can_see_members", ty = "bool", desc = "Whether the viewer may see members and invitations."),
    field(
        name = "viewer_can_manage_members",
        ty = "bool",
        desc = "Whether the viewer may invite, change and remove members."
    ),
    field(
        name = "members",
        ty = "Option<Paged<MembershipObject>>",
        desc = "Who works here, in the order they came; null where the viewer may not see it.",
        arg(name = "first", ty = "Option<i32>", desc = "So many from the start, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "So many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor.")
    ),
    field(
        name = "invitations",
        ty = "Option<Paged<InvitationObject>>",
        desc = "Who was invited, the newest first; null where the viewer may not see it.",
        arg(name = "first", ty = "Option<i32>", desc = "So many from the start, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "So many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor.")
    )
)]
pub enum TerritoryObject {
    /// An Ambito.
    Ambito(Ambito),
    /// A Comune.
    Comune(Comune),
}

impl From<Arc<territory::Territory>> for TerritoryObject {
    fn from(territory: Arc<territory::Territory>) -> Self {
        match territory.kind {
            TerritoryKind::Ambito => Self::Ambito(Ambito(territory)),
            TerritoryKind::Comune => Self::Comune(Comune(territory)),
        }
    }
}

/// Comuni that plan social services together (Ambito territoriale sociale).
pub struct Ambito(pub Arc<territory::Territory>);

/// A municipality.
pub struct Comune(pub Arc<territory::Territory>);

/// An object with the fields of the interface and its own: `#[Object]` knows no inheritance.
macro_rules! territory_object {
    ($name:ident { $($own:tt)* }) => {
        #[Object]
        impl $name {
            /// Opaque id.
            pub async fn id(&self) -> ID { opaque(self.0.id) }
            /// The end of its address, unique and readable.
            pub async fn slug(&self) -> String { self.0.slug.clone() }
            /// Official name, without "Ambito di" or "Comune di".
            pub async fn name(&self) -> String { self.0.name.clone() }
            /// The name with what it is: "Ambito di Bitonto".
            pub async fn full_name(&self) -> String { self.0.full_name() }
            /// Other names and codes it is found by.
            pub async fn aliases(&self) -> Vec<String> { self.0.aliases.clone() }
            /// Two letters, e.g. BA.
            pub async fn province(&self) -> String { self.0.province.clone() }
            /// Inhabitants, as in the list in use.
            pub async fn population(&self) -> Option<i64> { self.0.population }
            /// Square kilometres.
            #[graphql(name = "areaKm2")]
            pub async fn area_km2(&self) -> Option<f64> { self.0.area_km2 }
            /// Centroid of the territory.
            pub async fn location(&self) -> Option<GeoPoint> {
                self.0.latitude.zip(self.0.longitude).map(|(latitude, longitude)| GeoPoint { latitude, longitude })
            }
            /// Messages by others that the viewer has not read in its conversations; null where these are not the
            /// viewer's.
            pub async fn viewer_unread_messages(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
                unread_at(ctx, self.0.id).await
            }
            /// Whether the viewer may see members and invitations.
            pub async fn viewer_can_see_members(&self, ctx: &Context<'_>) -> bool {
                member::may(Ask::of(ctx), Action::SeeMembers, self.0.id)
            }
            /// Whether the viewer may invite, change and remove members.
            pub async fn viewer_can_manage_members(&self, ctx: &Context<'_>) -> bool {
                member::may(Ask::of(ctx), Action::ManageMembers, self.0.id)
            }
            /// Who works here, in the order they came; null where the viewer may not see it.
            pub async fn members(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
            ) -> Result<Option<Paged<MembershipObject>>> {
                member::members_of(ctx, self.0.id, PageArgs { first, after, last, before }).await
            }
            /// Who was invited, the newest first; null where the viewer may not see it.
            pub async fn invitations(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
            ) -> Result<Option<Paged<InvitationObject>>> {
                member::invitations_of(ctx, self.0.id, PageArgs { first, after, last, before }).await
            }
            $($own)*
        }
    };
}

territory_object!(Ambito {
    /// In which form its Comuni work together, where known.
    async fn legal_form(&self) -> Option<LegalFormObject> { self.0.legal_form.map(Into::into) }
    /// The leading Comune of a convention, or the seat of a consortium.
    async fn seat(&self, ctx: &Context<'_>) -> Result<Option<Comune>> {
        match self.0.seat {
            Some(seat) => Ok(Ask::of(ctx).load::<TerritoryById>(seat).await?.map(Comune)),
            None => Ok(None),
        }
    }
    /// Its Comuni, at most 100, by slug.
    async fn comuni(&self, ctx: &Context<'_>) -> Result<Vec<Comune>> {
        let comuni = Ask::of(ctx).load::<ComuniOf>(self.0.id).await?.unwrap_or_default();
        Ok(comuni.iter().map(|comune| Comune(Arc::clone(comune))).collect())
    }
});

territory_object!(Comune {
    /// ISTAT code: six digits, may change.
    async fn istat_code(&self) -> Option<&str> { self.0.istat_code.as_deref() }
    /// Cadastral (Belfiore) code: stable.
    async fn belfiore_code(&self) -> Option<&str> { self.0.belfiore_code.as_deref() }
    /// Code in the index of public administrations (IPA).
    async fn ipa_code(&self) -> Option<&str> { self.0.ipa_code.as_deref() }
    /// The Ambito it belongs to.
    async fn ambito(&self, ctx: &Context<'_>) -> Result<Option<Ambito>> {
        match self.0.ambito {
            Some(ambito) => Ok(Ask::of(ctx).load::<TerritoryById>(ambito).await?.map(Ambito)),
            None => Ok(None),
        }
    }
});

/// Territories by id.
pub struct TerritoryById;

impl Source for TerritoryById {
    type Key = TerritoryId;
    type Value = Arc<territory::Territory>;

    async fn fetch(
        app: &App,
        _: &Actor,
        ids: &[TerritoryId],
    ) -> std::result::Result<HashMap<TerritoryId, Self::Value>, Fault> {
        Ok(territories::find_many(app, ids).await?.into_iter().map(|t| (t.id, Arc::new(t))).collect())
    }
}

/// The Comuni of Ambiti.
struct ComuniOf;

impl Source for ComuniOf {
    type Key = TerritoryId;
    type Value = Arc<Vec<Arc<territory::Territory>>>;

    async fn fetch(
        app: &App,
        _: &Actor,
        ids: &[TerritoryId],
    ) -> std::result::Result<HashMap<TerritoryId, Self::Value>, Fault> {
        let mut by_ambito: HashMap<TerritoryId, Vec<Arc<territory::Territory>>> = HashMap::new();
        for comune in territories::comuni_of(app, ids).await? {
            if let Some(ambito) = comune.ambito {
                by_ambito.entry(ambito).or_default().push(Arc::new(comune));
            }
        }
        Ok(by_ambito.into_iter().map(|(ambito, comuni)| (ambito, Arc::new(comuni))).collect())
    }
}

impl Ask {
    /// The territory with this id, which is surely there.
    pub(super) async fn territory(&self, id: TerritoryId) -> Result<TerritoryObject> {
        self.load_known::<TerritoryById>(id).await.map(Into::into)
    }
}

/// One way to name a territory.
#[derive(OneofObject)]
pub enum TerritoryKey {
    /// Its opaque id.
    Id(ID),
    /// Its slug.
    Slug(String),
    /// A Comune's ISTAT code, today's or an earlier one.
    IstatCode(String),
    /// Any of its names, aliases or codes, in any spelling; an Ambito goes before the Comune of the same name.
    Name(String),
}

/// What a list of territories is narrowed to.
#[derive(Default, InputObject)]
pub struct TerritoryFilter {
    /// Only Ambiti, or only Comuni.
    kind: Option<KindObject>,
    /// Only this province, two letters.
    province: Option<String>,
    /// Only the Comuni of this Ambito.
    ambito: Option<ID>,
}

/// Where a list in use comes from.
#[derive(SimpleObject)]
pub struct Dataset {
    /// `territories` or `vocabularies`.
    name: String,
    /// Who published it.
    source: String,
    /// The day it speaks of.
    as_of: LocalDate,
    /// When it was imported.
    imported_at: DateTime,
}

/// Queries about territories.
#[derive(Default)]
pub struct TerritoryQuery;

#[Object]
impl TerritoryQuery {
    /// One territory, or null where none has that key.
    async fn territory(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it is named.")] by: TerritoryKey,
    ) -> Result<Option<TerritoryObject>> {
        let ask = Ask::of(ctx);
        let key = match by {
            TerritoryKey::Id(id) => territories::TerritoryKey::Id(expect::<kind::Territory>(&id)?),
            TerritoryKey::Slug(slug) => territories::TerritoryKey::Slug(slug),
            TerritoryKey::IstatCode(code) => territories::TerritoryKey::IstatCode(code),
            TerritoryKey::Name(name) => territories::TerritoryKey::Name(name),
        };
        let found = territories::find(&ask.app, &key).await.map_err(|fault| ask.fault(&fault))?;
        Ok(found.map(|territory| Arc::new(territory).into()))
    }

    /// Territories, by slug; 20 at a time unless asked otherwise.
    #[expect(clippy::too_many_arguments, reason = "Relay's four and the filter")]
    async fn territories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<TerritoryFilter>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<TerritoryObject>> {
        let ask = Ask::of(ctx);
        let filter = filter.unwrap_or_default();
        let ambito = filter.ambito.as_ref().map(expect::<kind::Territory>).transpose()?;
        let province = filter.province.map(|province| province.to_uppercase());
        let filter = territories::Filter { kind: filter.kind.map(Into::into), province, ambito };
        let page = PageArgs { first, after, last, before }.request(20)?;
        let fault = |fault: Fault| ask.fault(&fault);
        let total = match asks_for(ctx, "totalCount") {
            true => Some(territories::count(&ask.app, &filter).await.map_err(fault)?),
            false => None,
        };
        let page = territories::list(&ask.app, &filter, &page).await.map_err(fault)?;
        Ok(connection(page, total, |territory| Arc::new(territory).into()))
    }

    /// Where the lists of territories and vocabularies in use come from, and of which day they are.
    async fn datasets(&self, ctx: &Context<'_>) -> Result<Vec<Dataset>> {
        let ask = Ask::of(ctx);
        let datasets =
            territories::datasets(&ask.app).await.map_err(|fault| error::internal(&fault, &ask.request_id))?;
        let object = |d: territory::Dataset| Dataset {
            name: d.name,
            source: d.source,
            as_of: LocalDate(d.as_of),
            imported_at: DateTime(d.imported_at),
        };
        Ok(datasets.into_iter().map(object).collect())
    }
}
