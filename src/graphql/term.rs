//! Terms of the vocabularies.
use super::{Ask, engine::List, scalar::LocalDate};
use crate::{
    domain::{
        term::{Scheme, Term},
        text::Language,
        time::Date,
    },
    service::territories::Atlas,
};
use async_graphql::{Context, Enum, Object, Result};
use std::sync::Arc;

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
#[Object(crate = "crate::graphql::engine", name = "Term")]
impl TermObject {
    /// Its vocabulary.
    fn scheme(&self) -> VocabularyScheme {
        self.0.scheme.into()
    }
    /// Stable code, e.g. `SOCIO_EDU`.
    fn code(&self) -> &str {
        &self.0.code
    }
    /// Label in the viewer's language.
    fn label(&self, ctx: &Context<'_>) -> &str {
        match Ask::of(ctx).language {
            Language::It => &self.0.label_it,
            Language::En => &self.0.label_en,
        }
    }
    /// Label in Italian.
    async fn label_it(&self) -> &str {
        &self.0.label_it
    }
    /// Label in English.
    async fn label_en(&self) -> &str {
        &self.0.label_en
    }
    /// First day on which it is valid with this label.
    fn valid_from(&self) -> LocalDate {
        LocalDate(self.0.valid_from)
    }
    /// Last day of validity; null while it is valid.
    fn valid_to(&self) -> Option<LocalDate> {
        self.0.valid_to.map(LocalDate)
    }
}

/// The term with this code as it is valid today, or as it last was. A code that no list has shows as itself, so that an
/// import with gaps stays readable.
fn valid(atlas: &Atlas, scheme: Scheme, code: &str, today: Date) -> TermObject {
    let with_code = atlas.with_code(scheme, code);
    let best = with_code.iter().find(|term| term.is_valid_on(today)).or_else(|| with_code.last());
    let unknown = || Term {
        scheme,
        code: code.to_owned(),
        label_it: code.to_owned(),
        label_en: code.to_owned(),
        valid_from: today,
        valid_to: None,
        position: 0,
    };
    TermObject(best.map_or_else(|| Arc::new(unknown()), Arc::clone))
}

impl Ask {
    /// The term with this code, valid today or last.
    pub(super) async fn term(&self, scheme: Scheme, code: &str) -> Result<TermObject> {
        Ok(valid(self.atlas().await?.as_ref(), scheme, code, self.today()))
    }

    /// Gives a term's label in the viewer's language, as it is valid today or last was.
    pub(super) fn labels<'a>(&self, atlas: &'a Atlas) -> impl Fn(Scheme, &str) -> String + Sync + use<'a> {
        let (today, language) = (self.today(), self.language);
        move |scheme, code| {
            let term = valid(atlas, scheme, code, today).0;
            language.pick(&term.label_it, &term.label_en).clone()
        }
    }

    /// The terms with these codes, in the same order.
    pub(super) async fn terms(&self, scheme: Scheme, codes: &[String]) -> Result<List<TermObject>> {
        let (atlas, today) = (self.atlas().await?, self.today());
        Ok(List(codes.iter().map(|code| valid(&atlas, scheme, code, today)).collect()))
    }
}

/// Queries about vocabularies.
#[derive(Default)]
pub struct TermQuery;

/// Queries about vocabularies.
#[Object(crate = "crate::graphql::engine")]
impl TermQuery {
    /// The terms of a vocabulary that are valid on a day, in their order.
    async fn vocabulary(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which vocabulary.")] scheme: VocabularyScheme,
        #[graphql(desc = "Valid on this day; today when left out.")] on: Option<LocalDate>,
    ) -> Result<Vec<TermObject>> {
        let ask = Ask::of(ctx);
        let day = on.map_or_else(|| ask.today(), |on| on.0);
        let atlas = ask.atlas().await?;
        Ok(atlas
            .terms(scheme.into())
            .iter()
            .filter(|term| term.is_valid_on(day))
            .map(|term| TermObject(Arc::clone(term)))
            .collect())
    }
}
