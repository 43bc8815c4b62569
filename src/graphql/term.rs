//! Terms of the vocabularies.
use super::{Ask, loaders::Source, scalar::LocalDate};
use crate::{
    app::App,
    domain::{
        permission::Actor,
        refusal::Fault,
        term::{Scheme, Term},
        text::Language,
    },
    service::territories,
};
use async_graphql::{Context, Enum, Object, Result};
use std::{collections::HashMap, sync::Arc};

/// The controlled vocabularies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Scheme")]
pub enum VocabularyScheme {
    /// The five fields of practice.
    Field,
    /// Target groups.
    Target,
    /// Tools.
    Tool,
    /// Funds.
    Fund,
    /// Phases of a kit.
    KitPhase,
    /// Kinds of kit item.
    KitKind,
    /// Classes of area, from pole to ultra-peripheral.
    AreaClass,
    /// Why an owner declines a request.
    DeclineReason,
    /// Why a requester withdraws a request.
    WithdrawReason,
    /// Why a replication stops on the way.
    InterruptReason,
    /// Why a steward annuls a request.
    AnnulReason,
}

/// A term of a controlled vocabulary. Codes stay; labels may change with the years.
pub struct TermObject(pub Arc<Term>);

/// A term of a controlled vocabulary. Codes stay; labels may change with the years.
#[Object(name = "Term")]
impl TermObject {
    /// Its vocabulary.
    async fn scheme(&self) -> VocabularyScheme {
        self.0.scheme.into()
    }
    /// Stable code, e.g. `SOCIO_EDU`.
    async fn code(&self) -> &str {
        &self.0.code
    }
    /// Label in the viewer's language.
    async fn label(&self, ctx: &Context<'_>) -> &str {
        match Ask::of(ctx).language {
            Language::It => &self.0.label_it,
            Language::En => &self.0.label_en,
        }
    }
    /// First day on which it is valid with this label.
    async fn valid_from(&self) -> LocalDate {
        LocalDate(self.0.valid_from)
    }
    /// Last day of validity; null while it is valid.
    async fn valid_to(&self) -> Option<LocalDate> {
        self.0.valid_to.map(LocalDate)
    }
}

/// All terms of one vocabulary.
struct Vocabulary;

impl Source for Vocabulary {
    type Key = Scheme;
    type Value = Arc<Vec<Arc<Term>>>;

    async fn fetch(app: &App, _: &Actor, keys: &[Scheme]) -> std::result::Result<HashMap<Scheme, Self::Value>, Fault> {
        let mut by_scheme: HashMap<Scheme, Vec<Arc<Term>>> = HashMap::new();
        for term in territories::terms(app).await? {
            by_scheme.entry(term.scheme).or_default().push(Arc::new(term));
        }
        Ok(keys.iter().map(|key| (*key, Arc::new(by_scheme.remove(key).unwrap_or_default()))).collect())
    }
}

impl Ask {
    /// The term with this code as it is valid today, or as it last was. A code that no list has shows as itself, so
    /// that an import with gaps stays readable.
    pub(super) async fn term(&self, scheme: Scheme, code: &str) -> Result<TermObject> {
        let today = self.app.clock.now().date_in_italy();
        let terms = self.load::<Vocabulary>(scheme).await?.unwrap_or_default();
        let with_code = || terms.iter().filter(|term| term.code == code);
        let best = with_code().find(|term| term.is_valid_on(today)).or_else(|| with_code().next_back());
        let unknown = || Term {
            scheme,
            code: code.to_owned(),
            label_it: code.to_owned(),
            label_en: code.to_owned(),
            valid_from: today,
            valid_to: None,
            position: 0,
        };
        Ok(TermObject(best.map_or_else(|| Arc::new(unknown()), Arc::clone)))
    }

    /// The terms with these codes, in the same order.
    pub(super) async fn terms(&self, scheme: Scheme, codes: &[String]) -> Result<Vec<TermObject>> {
        let mut terms = Vec::with_capacity(codes.len());
        for code in codes {
            terms.push(self.term(scheme, code).await?);
        }
        Ok(terms)
    }
}

/// Queries about vocabularies.
#[derive(Default)]
pub struct TermQuery;

/// Queries about vocabularies.
#[Object]
impl TermQuery {
    /// The terms of a vocabulary that are valid on a day, in their order.
    async fn vocabulary(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which vocabulary.")] scheme: VocabularyScheme,
        #[graphql(desc = "Valid on this day; today when left out.")] on: Option<LocalDate>,
    ) -> Result<Vec<TermObject>> {
        let ask = Ask::of(ctx);
        let day = on.map_or_else(|| ask.app.clock.now().date_in_italy(), |on| on.0);
        let terms = ask.load::<Vocabulary>(scheme.into()).await?.unwrap_or_default();
        Ok(terms.iter().filter(|term| term.is_valid_on(day)).map(|term| TermObject(Arc::clone(term))).collect())
    }
}
