//! What somebody looks for, and what one has to do it with.
use super::near::Site;
use crate::domain::{
    practice::{at_most, most, within},
    refusal::{Code, Refusal, Refusals},
    term::Scheme,
    text::body,
};

/// Characters of a description in plain words, at most.
pub const LONGEST_TEXT: usize = 2_000;

/// What somebody looks for. Its codes are words of the vocabularies, or what stands for them where many are compared.
/// What is none or empty is not known, and nothing is held against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish<C = String> {
    /// In plain words.
    pub text: Option<String>,
    /// Fields, one of which it should be.
    pub fields: Vec<C>,
    /// Target groups.
    pub targets: Vec<C>,
    /// Tools.
    pub tools: Vec<C>,
    /// Funds that one has.
    pub funds: Vec<C>,
    /// Euro that one has.
    pub budget_eur: Option<i64>,
    /// Staff that one has, in full-time equivalents.
    pub staff_fte: Option<f64>,
    /// Months that one has before it must begin.
    pub months: Option<i64>,
    /// Where it is to be done.
    pub site: Option<Site>,
}

// Not derived: that would ask for codes with a default.
impl<C> Default for Wish<C> {
    fn default() -> Self {
        Self {
            text: None,
            fields: Vec::new(),
            targets: Vec::new(),
            tools: Vec::new(),
            funds: Vec::new(),
            budget_eur: None,
            staff_fte: None,
            months: None,
            site: None,
        }
    }
}

impl<C> Wish<C> {
    /// Whether it says for whom, or in which field: else only its words can tell what is meant.
    #[must_use]
    pub fn names_terms(&self) -> bool {
        !self.fields.is_empty() || !self.targets.is_empty()
    }
}

impl Wish {
    /// The same wish with other codes.
    pub fn with_codes<D>(&self, mut code: impl FnMut(Scheme, &str) -> D) -> Wish<D> {
        let mut all = |scheme, codes: &[String]| codes.iter().map(|one| code(scheme, one)).collect();
        Wish {
            text: self.text.clone(),
            fields: all(Scheme::Field, &self.fields),
            targets: all(Scheme::Target, &self.targets),
            tools: all(Scheme::Tool, &self.tools),
            funds: all(Scheme::Fund, &self.funds),
            budget_eur: self.budget_eur,
            staff_fte: self.staff_fte,
            months: self.months,
            site: self.site.clone(),
        }
    }

    /// Its codes, each list with its vocabulary and the name of the input field.
    #[must_use]
    pub fn codes(&self) -> [(Scheme, &'static str, &[String]); 4] {
        [
            (Scheme::Field, "field", &self.fields),
            (Scheme::Target, "targets", &self.targets),
            (Scheme::Tool, "tools", &self.tools),
            (Scheme::Fund, "funds", &self.funds),
        ]
    }

    /// Brings its text into order and refuses what is too long, too much or too little; whether codes are in the
    /// vocabularies is not looked up here. `inside` names the input object, where there is one.
    pub fn check(&mut self, inside: &str, refusals: &mut Refusals) {
        let on = |field: &str| if inside.is_empty() { field.to_owned() } else { format!("{inside}.{field}") };
        let text = self.text.as_deref().map(|text| body(&on("text"), text, LONGEST_TEXT));
        self.text = refusals.take(text.transpose()).flatten().filter(|text| !text.is_empty());
        for (codes, field, most) in [
            (&mut self.targets, "targets", most::TARGETS),
            (&mut self.tools, "tools", most::TOOLS),
            (&mut self.funds, "funds", most::FUNDS),
        ] {
            let given = refusals.take(at_most(&on(field), std::mem::take(codes), most)).unwrap_or_default();
            for code in given {
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        for (field, given, most) in [("budgetEur", self.budget_eur, most::EURO), ("months", self.months, most::MONTHS)]
        {
            refusals.take(given.map(|given| within(&on(field), given, 0, most)).transpose());
        }
        refusals.take(self.staff_fte.map(|fte| within(&on("staffFte"), fte, 0.0, most::FTE)).transpose());
        if self.text.is_none() && !self.names_terms() && refusals.is_empty() {
            refusals.push(Refusal::new(Code::Required).on(&on("text")).say(
                "Dite che cosa cercate: a parole, con un tema o con i destinatari.",
                "Say what you look for: in words, by a field or by target groups.",
            ));
        }
    }
}
