//! What somebody looks for, as it is asked.
use super::super::id::expect;
use crate::domain::{
    id::{TerritoryId, kind},
    matching::Wish,
};
use async_graphql::{ID, InputObject, Result};

/// What somebody looks for, and what one has for it: at least a text, a field or a target group. What is left out is not
/// known, and nothing is held against it.
#[derive(Default, InputObject)]
pub struct NeedInput {
    /// In plain words, at most 2,000 characters.
    pub text: Option<String>,
    /// Code of the field.
    pub field: Option<String>,
    /// Codes of target groups, at most 15.
    pub targets: Option<Vec<String>>,
    /// Codes of tools, at most 20.
    pub tools: Option<Vec<String>>,
    /// Codes of the funds that one has, at most 10.
    pub funds: Option<Vec<String>>,
    /// Euro that one has.
    pub budget_eur: Option<i64>,
    /// Staff that one has, in full-time equivalents.
    pub staff_fte: Option<f64>,
    /// Months that one has before it must begin.
    pub months: Option<i64>,
    /// For which territory: its size, class of area and place are compared, and its own practices are left out.
    pub territory: Option<ID>,
}

impl NeedInput {
    /// As the domain has it, unchecked, and the territory that it is for.
    ///
    /// # Errors
    /// Says what is wrong with the territory's id.
    pub fn read(self) -> Result<(Wish, Option<TerritoryId>)> {
        let territory = self.territory.as_ref().map(expect::<kind::Territory>).transpose()?;
        let wish = Wish {
            text: self.text,
            fields: self.field.into_iter().collect(),
            targets: self.targets.unwrap_or_default(),
            tools: self.tools.unwrap_or_default(),
            funds: self.funds.unwrap_or_default(),
            budget_eur: self.budget_eur,
            staff_fte: self.staff_fte,
            months: self.months,
            site: None,
        };
        Ok((wish, territory))
    }
}
