//! Why a practice fits, and what speaks against it: one sentence for each part, with the numbers behind it, in Italian
//! and in English. What is not known is said to be unknown, and by whom.
mod missing;
mod words;

use super::{Part, judge::Load, near::Site, offer::Offer, wish::Wish};
use crate::domain::{term::Scheme, text::Language};
use words::{decimal, listed, whole};

/// Gives a term's label in the viewer's language.
pub type Labels<'a> = &'a (dyn Fn(Scheme, &str) -> String + Sync);

/// A wish and a practice that were held against each other, as they are told about.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// What is looked for.
    pub wish: &'a Wish,
    /// The practice.
    pub offer: &'a Offer<'a>,
    /// Where its owner is.
    pub owner: &'a Site,
    /// The viewer's language.
    pub language: Language,
    /// Labels in it.
    pub labels: Labels<'a>,
}

impl Case<'_> {
    /// The sentence of a part, whose value is this; without a full stop.
    #[must_use]
    pub fn sentence(&self, part: Part, value: Option<f64>) -> String {
        let Some(value) = value else { return self.missing(part) };
        match part {
            Part::Field => self.field(),
            Part::Target => self.shared(Scheme::Target, &self.wish.targets, self.offer.targets),
            Part::Tools => self.shared(Scheme::Tool, &self.wish.tools, self.offer.tools),
            Part::Text => self.text(value),
            Part::Cost => self.cost(),
            Part::Staff => self.staff(),
            Part::Time => self.time(),
            Part::Fund => self.fund(),
            Part::Size => self.size(),
            Part::Area => self.area(),
            Part::Distance => self.distance(),
            Part::Evidence => self.evidence(),
            Part::Kit => self.kit(),
        }
    }

    fn say(&self, it: String, en: String) -> String {
        self.language.pick(it, en)
    }

    fn names<'c>(&self, scheme: Scheme, codes: impl IntoIterator<Item = &'c String>) -> String {
        listed(codes.into_iter().map(|code| (self.labels)(scheme, code)), self.language)
    }

    fn field(&self) -> String {
        let of = |codes: &[&String]| self.names(Scheme::Field, codes.iter().copied());
        let wanted: Vec<&String> = self.wish.fields.iter().collect();
        let others: Vec<&String> = self.offer.other_fields.iter().collect();
        if let Some(field) = self.offer.field.filter(|field| wanted.contains(field)) {
            let field = of(&[field]);
            return self.say(format!("Stesso tema: {field}"), format!("The same field: {field}"));
        }
        let shared: Vec<&String> = others.iter().copied().filter(|code| wanted.contains(code)).collect();
        if !shared.is_empty() {
            let shared = of(&shared);
            return self.say(
                format!("Tratta anche il tema che cercate, ma non come primo: {shared}"),
                format!("It is in your field too, but not first of all: {shared}"),
            );
        }
        let theirs: Vec<&String> = self.offer.field.into_iter().chain(others).collect();
        let (theirs, wanted) = (of(&theirs), of(&wanted));
        self.say(
            format!("Un altro tema: la pratica {theirs}, voi cercate {wanted}"),
            format!("Another field: the practice {theirs}, you look for {wanted}"),
        )
    }

    fn shared(&self, scheme: Scheme, mine: &[String], theirs: &[String]) -> String {
        let shared: Vec<&String> = mine.iter().filter(|code| theirs.contains(code)).collect();
        let targets = scheme == Scheme::Target;
        if shared.is_empty() {
            let (mine, theirs) = (self.names(scheme, mine), self.names(scheme, theirs));
            let (it, en) = if targets { ("destinatario", "target group") } else { ("strumento", "tool") };
            return self.say(
                format!("Nessun {it} in comune: la pratica {theirs}, voi cercate {mine}"),
                format!("No {en} in common: the practice {theirs}, you look for {mine}"),
            );
        }
        let (count, of, names) = (shared.len(), mine.len().min(theirs.len()), self.names(scheme, shared));
        let (it, en) = match (targets, count, of) {
            (true, 1, 1) => ("destinatario", "target group"),
            (true, 1, _) => ("destinatario", "target groups"),
            (true, ..) => ("destinatari", "target groups"),
            (false, 1, 1) => ("strumento", "tool"),
            (false, 1, _) => ("strumento", "tools"),
            (false, ..) => ("strumenti", "tools"),
        };
        self.say(format!("{count} {it} su {of} in comune: {names}"), format!("{count} of {of} {en} in common: {names}"))
    }

    fn text(&self, value: f64) -> String {
        let percent = whole((value * 100.0).round(), self.language);
        if value >= 1.0 {
            return self.say(
                "Tra tutte, è la più vicina alle vostre parole".into(),
                "Of all, it is the nearest to your words".into(),
            );
        }
        if value <= 0.0 {
            return self.say(
                "Nessuna delle vostre parole si trova nella pratica".into(),
                "None of your words is in the practice".into(),
            );
        }
        self.say(
            format!("Vicinanza alle vostre parole: {percent}%, dove la più vicina ha 100%"),
            format!("Nearness to your words: {percent}%, where the nearest has 100%"),
        )
    }

    fn cost(&self) -> String {
        let euro = |sum: Option<i64>| {
            #[expect(clippy::cast_precision_loss, reason = "sums are far below 2^52")]
            let sum = whole(sum.unwrap_or_default() as f64, self.language);
            self.language.pick(format!("{sum} €"), format!("€{sum}"))
        };
        let (cost, budget) = (euro(self.offer.cost_eur), euro(self.wish.budget_eur));
        self.say(format!("Costo {cost}, il vostro budget {budget}"), format!("Cost {cost}, your budget {budget}"))
    }

    fn staff(&self) -> String {
        let fte = |fte: Option<f64>| decimal(fte.unwrap_or_default(), self.language);
        let (needed, mine) = (fte(self.offer.staff_fte), fte(self.wish.staff_fte));
        let many = if self.offer.staff_fte.is_some_and(|needed| needed > 1.0) { "servono" } else { "serve" };
        self.say(
            format!("Personale a tempo pieno: ne {many} {needed}, voi ne avete {mine}"),
            format!("Full-time staff: it takes {needed}, you have {mine}"),
        )
    }

    fn time(&self) -> String {
        let (needed, mine) = (self.offer.months.unwrap_or_default(), self.wish.months.unwrap_or_default());
        let many = if needed == 1 { "serve" } else { "servono" };
        self.say(
            format!("Mesi per partire: ne {many} {needed}, voi ne avete {mine}"),
            format!("Months to start: it takes {needed}, you have {mine}"),
        )
    }

    fn fund(&self) -> String {
        let shared: Vec<&String> = self.wish.funds.iter().filter(|code| self.offer.funds.contains(code)).collect();
        if !shared.is_empty() {
            let count = shared.len();
            let names = self.names(Scheme::Fund, shared);
            let (it, en) = if count == 1 {
                ("Un fondo che avete anche voi", "A fund that you have too")
            } else {
                ("Fondi che avete anche voi", "Funds that you have too")
            };
            return self.say(format!("{it}: {names}"), format!("{en}: {names}"));
        }
        let (theirs, mine) = (self.names(Scheme::Fund, self.offer.funds), self.names(Scheme::Fund, &self.wish.funds));
        self.say(
            format!("Nessun fondo in comune: la pratica {theirs}, voi {mine}"),
            format!("No fund in common: the practice {theirs}, you {mine}"),
        )
    }

    fn size(&self) -> String {
        let people = |site: Option<&Site>| {
            #[expect(clippy::cast_precision_loss, reason = "some millions")]
            let people = site.and_then(|site| site.population).unwrap_or_default() as f64;
            whole(people, self.language)
        };
        let (theirs, mine) = (people(Some(self.owner)), people(self.wish.site.as_ref()));
        self.say(
            format!("Abitanti: {theirs} loro, {mine} voi"),
            format!("Inhabitants: {theirs} there, {mine} with you"),
        )
    }

    fn area(&self) -> String {
        let class = |site: Option<&Site>| {
            site.and_then(|site| site.area_class.as_deref())
                .map(|code| (self.labels)(Scheme::AreaClass, code))
                .unwrap_or_default()
        };
        let (theirs, mine) = (class(Some(self.owner)), class(self.wish.site.as_ref()));
        if theirs == mine {
            return self.say(format!("La stessa classe di area: {mine}"), format!("The same class of area: {mine}"));
        }
        self.say(
            format!("Classe di area: {theirs} loro, {mine} voi"),
            format!("Class of area: {theirs} there, {mine} with you"),
        )
    }

    fn distance(&self) -> String {
        let km = self.wish.site.as_ref().and_then(|mine| mine.kilometres(self.owner)).unwrap_or_default();
        if km < 1.0 {
            return self.say("A meno di 1 km da voi".into(), "Less than 1 km from you".into());
        }
        let km = whole(km.round(), self.language);
        self.say(format!("A {km} km da voi"), format!("{km} km from you"))
    }

    fn evidence(&self) -> String {
        let level = self.offer.evidence_level;
        let (it, en) = match level {
            0 => ("nessun dato", "no data"),
            1 => ("risultati dichiarati", "results declared"),
            2 => ("risultati contati, con la fonte", "results counted, with a source"),
            3 => ("prima e dopo a confronto", "before and after compared"),
            _ => ("valutata da altri", "evaluated from outside"),
        };
        self.say(format!("Prove dei risultati: {level} su 4, {it}"), format!("Evidence: {level} of 4, {en}"))
    }

    fn kit(&self) -> String {
        let percent = self.offer.kit_completeness;
        if percent == 0 {
            return self.say("Non ha ancora un kit di riuso".into(), "It has no reuse kit yet".into());
        }
        self.say(format!("Kit di riuso completo al {percent}%"), format!("Reuse kit {percent}% complete"))
    }
}

impl Load {
    /// What its owner carries, in words.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let (requests, capacity) = (self.support.requests, self.support.capacity);
        let (it, en) = if !self.support.is_open || capacity <= 0 {
            ("Ora non riceve richieste".into(), "It takes no requests now".into())
        } else if requests >= capacity {
            let (it, en) = if requests == 1 { ("richiesta", "request") } else { ("richieste", "requests") };
            (
                format!("Segue già {requests} {it}: per ora non può seguirne altre"),
                format!("It carries {requests} {en} already: it can carry no more for now"),
            )
        } else if requests <= 0 {
            ("È libero di seguire una richiesta".into(), "It is free to carry a request".into())
        } else {
            (
                format!("Segue {requests} delle {capacity} richieste che può seguire"),
                format!("It carries {requests} of the {capacity} requests it can carry"),
            )
        };
        language.pick(it, en)
    }
}
