//! What is given of a need when it is posted or changed, and what a list of needs is narrowed to.
use super::{super::id::expect, super::practice::change, words::NeedState};
use crate::{
    domain::{id::kind, need::Changes},
    service::needs::Filter,
};
use async_graphql::{ID, InputObject, MaybeUndefined, Result};

/// What is looked for and what one has for it. What is left out stays as it is; null or an empty list clears.
#[derive(InputObject)]
pub struct NeedFieldsInput {
    /// Plain words, at most 2,000 characters.
    text: MaybeUndefined<String>,
    /// Code of a field, from `vocabulary(scheme: FIELD)`.
    field: MaybeUndefined<String>,
    /// Codes of target groups, at most 15.
    targets: MaybeUndefined<Vec<String>>,
    /// Codes of tools, at most 20.
    tools: MaybeUndefined<Vec<String>>,
    /// Codes of the funds one can use, at most 10.
    funds: MaybeUndefined<Vec<String>>,
    /// Euro one has.
    budget_eur: MaybeUndefined<i64>,
    /// Staff one has, in full-time equivalents, at most 1000.
    staff_fte: MaybeUndefined<f64>,
    /// Months one has until it should run, at most 240.
    months: MaybeUndefined<i64>,
}

impl From<NeedFieldsInput> for Changes {
    fn from(i: NeedFieldsInput) -> Self {
        Self {
            text: change(i.text),
            field: change(i.field),
            targets: change(i.targets),
            tools: change(i.tools),
            funds: change(i.funds),
            budget_eur: change(i.budget_eur),
            staff_fte: change(i.staff_fte),
            months: change(i.months),
        }
    }
}

/// What a list of needs is narrowed to. All given parts must hold; within a list of codes one is enough.
#[derive(Default, InputObject)]
pub struct NeedFilter {
    /// Codes of fields.
    fields: Option<Vec<String>>,
    /// Codes of target groups.
    targets: Option<Vec<String>>,
    /// The province of the territory that looks, two letters.
    province: Option<String>,
    /// The territory that looks.
    territory: Option<ID>,
    /// Open ones when left out.
    state: Option<NeedState>,
}

impl NeedFilter {
    pub(super) fn read(self) -> Result<Filter> {
        Ok(Filter {
            states: self.state.map(Into::into).into_iter().collect(),
            territory: self.territory.as_ref().map(expect::<kind::Territory>).transpose()?,
            province: self.province.map(|province| province.to_uppercase()),
            fields: self.fields.unwrap_or_default(),
            targets: self.targets.unwrap_or_default(),
        })
    }
}
