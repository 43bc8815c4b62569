//! The score by numbers that were worked out by hand, its laws on random wishes, the order, and every sentence.
mod laws;
mod order;
mod score;
mod sentences;

use super::*;

/// The weights as the hub begins with them.
fn weights() -> Weights {
    let all = [0.12, 0.16, 0.07, 0.05, 0.12, 0.06, 0.04, 0.08, 0.08, 0.07, 0.05, 0.05, 0.05];
    Weights::of(Part::ALL.iter().copied().zip(all)).unwrap()
}

fn codes(list: &[&str]) -> Vec<String> {
    list.iter().map(|code| (*code).to_owned()).collect()
}

/// What a practice says, owned, so that a test can change it.
#[derive(Clone, Debug, Default)]
struct Said {
    fields: Vec<String>,
    targets: Vec<String>,
    tools: Vec<String>,
    funds: Vec<String>,
    cost: Option<i64>,
    staff: Option<f64>,
    months: Option<i64>,
    near: Near,
    text: Option<f64>,
    evidence: i64,
    kit: i64,
    closed: bool,
    requests: i64,
    capacity: i64,
}

impl Said {
    fn offer(&self) -> Offer<'_> {
        Offer {
            field: self.fields.first(),
            other_fields: self.fields.get(1..).unwrap_or_default(),
            targets: &self.targets,
            tools: &self.tools,
            funds: &self.funds,
            cost_eur: self.cost,
            staff_fte: self.staff,
            months: self.months,
            near: self.near,
            text: self.text,
            evidence_level: self.evidence,
            kit_completeness: self.kit,
            support: Support { is_open: !self.closed, requests: self.requests, capacity: self.capacity },
        }
    }

    fn judged(&self, wish: &Wish) -> Option<Judged> {
        judge(wish, &self.offer(), &weights())
    }
}

fn site(population: i64, area: &str, point: (f64, f64)) -> Site {
    Site { population: Some(population), area_class: Some(area.into()), point: Some(point) }
}

/// Somebody who says everything.
fn wish() -> Wish {
    Wish {
        text: Some("doposcuola con il Terzo settore".into()),
        fields: codes(&["SOCIO_EDU"]),
        targets: codes(&["MINORS", "FAMILIES", "YOUTH"]),
        tools: codes(&["CO_DESIGN"]),
        funds: codes(&["FNPS"]),
        budget_eur: Some(60_000),
        staff_fte: Some(2.0),
        months: Some(6),
        site: Some(site(100_000, "BELT", (41.0, 16.0))),
    }
}

/// A practice that says everything, and fits in half of it.
fn said() -> Said {
    Said {
        fields: codes(&["SOCIO_EDU", "ORG_PROCESS"]),
        targets: codes(&["MINORS", "FAMILIES", "YOUTH", "COMMUNITY"]),
        tools: codes(&["WORKSHOPS"]),
        funds: codes(&["FNA"]),
        cost: Some(80_000),
        staff: Some(4.0),
        months: Some(3),
        near: wish().site.unwrap().near(&site(50_000, "POLE", (41.0, 16.0))),
        text: Some(0.5),
        evidence: 2,
        kit: 60,
        closed: false,
        requests: 1,
        capacity: 2,
    }
}
