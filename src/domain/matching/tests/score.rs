//! Each part, the coverage and the load, by numbers worked out by hand.
use super::*;

fn close(got: Option<f64>, wanted: f64) {
    assert!(got.is_some_and(|got| (got - wanted).abs() < 1e-4), "{got:?} is not {wanted}");
}

#[test]
fn a_practice_that_says_everything_is_judged_in_thirteen_parts() {
    let judged = said().judged(&wish()).unwrap();
    // exp(−ln 2 / 1.2) = 0.56123; two of five steps between BELT and POLE.
    let wanted = [1.0, 1.0, 0.0, 0.5, 0.75, 0.5, 1.0, 0.2, 0.561_23, 0.6, 1.0, 0.5, 0.6];
    for (part, wanted) in Part::ALL.iter().zip(wanted) {
        close(judged.value(*part), wanted);
    }
    // Σws = .12+.16+0+.025+.09+.03+.04+.016+.0449+.042+.05+.025+.03 = .67290; all is known; one of two requests: .85.
    close(Some(judged.coverage), 1.0);
    close(Some(judged.load.factor), 0.85);
    close(Some(judged.score), 57.1964);
}

#[test]
fn what_is_unknown_is_left_out_and_costs_a_quarter_at_most() {
    let wish = Wish { targets: codes(&["MINORS"]), ..Wish::default() };
    let said = Said { targets: codes(&["MINORS"]), evidence: 2, capacity: 1, ..Said::default() };
    let judged = said.judged(&wish).unwrap();
    // Known are target .16 (1), evidence .05 (.5) and kit .05 (0): .185 of .26, and 100·.71154·(.75 + .25·.26).
    close(Some(judged.coverage), 0.26);
    close(Some(judged.score), 57.9904);
    let unknown = judged.unknown(&weights());
    assert_eq!(unknown.len(), 10);
    assert!(!unknown.contains(&Part::Target) && !unknown.contains(&Part::Kit));
}

#[test]
fn fields_and_shared_codes() {
    let (mut said, wish) = (said(), wish());
    said.fields = codes(&["ORG_PROCESS", "SOCIO_EDU"]);
    close(said.judged(&wish).unwrap().value(Part::Field), 0.6);
    said.fields = codes(&["ORG_PROCESS"]);
    close(said.judged(&wish).unwrap().value(Part::Field), 0.0);
    said.targets = codes(&["MINORS", "DISABILITY"]);
    close(said.judged(&wish).unwrap().value(Part::Target), 0.5);
    said.targets = codes(&["COMMUNITY", "MINORS", "OLDER_PEOPLE", "DISABILITY"]);
    close(said.judged(&wish).unwrap().value(Part::Target), 1.0 / 3.0);
    said.funds = codes(&["PNRR", "FNPS"]);
    close(said.judged(&wish).unwrap().value(Part::Fund), 1.0);
    said.funds.clear();
    assert_eq!(said.judged(&wish).unwrap().value(Part::Fund), None);
}

#[test]
fn who_has_what_is_needed_has_enough_and_nothing_is_needed_is_enough_for_nothing() {
    let (mut said, mut wish) = (said(), wish());
    for (mine, needed, value) in [(60, 60, 1.0), (90, 60, 1.0), (15, 60, 0.25), (0, 60, 0.0), (0, 0, 1.0)] {
        (wish.months, said.months) = (Some(mine), Some(needed));
        (wish.budget_eur, said.cost) = (Some(mine * 1_000), Some(needed * 1_000));
        let judged = said.judged(&wish).unwrap();
        close(judged.value(Part::Time), value);
        close(judged.value(Part::Cost), value);
    }
    wish.budget_eur = None;
    assert_eq!(said.judged(&wish).unwrap().value(Part::Cost), None);
}

#[test]
fn a_cost_is_the_budget_or_what_setting_up_and_a_year_take() {
    use crate::domain::{id::Id, practice::Practice, time::Ts};
    let nobody = uuid::Uuid::nil();
    let mut p = Practice::draft(Id::of(nobody), Id::of(nobody), None, Ts::from_micros(0).unwrap());
    assert_eq!(p.cost_eur(), None);
    p.yearly_cost_eur = Some(30_000);
    assert_eq!(p.cost_eur(), Some(30_000));
    p.setup_cost_eur = Some(12_000);
    assert_eq!(p.cost_eur(), Some(42_000));
    p.budget_eur = Some(100_000);
    assert_eq!(p.cost_eur(), Some(100_000));
}

#[test]
fn territories_are_compared_by_size_steps_and_kilometres() {
    let here = site(100_000, "POLE", (41.0, 16.0));
    let far = here.near(&site(10_000, "ULTRAPERIPHERAL", (42.0, 16.0)));
    // A tenth of the people: exp(−ln 10 / 1.2); five steps; a degree of latitude is 111.195 km: exp(−1.38994).
    close(far.size, 0.146_78);
    close(far.area, 0.0);
    close(far.distance, 0.249_09);
    assert_eq!(here.near(&here), Near { size: Some(1.0), area: Some(1.0), distance: Some(1.0) });
    assert_eq!(here.near(&Site::default()), Near::default());
    assert_eq!(here.near(&site(0, "UNHEARD_OF", (41.0, 16.0))), Near { distance: Some(1.0), ..Near::default() });
    // Bitonto and Troia, by the map some 119 km apart.
    let km = site(1, "", (41.108, 16.691)).kilometres(&site(1, "", (41.360, 15.309))).unwrap();
    assert!((115.0..123.0).contains(&km), "{km}");
}

#[test]
fn a_full_owner_costs_three_tenths_and_a_closed_one_is_full() {
    let mut said = said();
    let mut factor = |requests, capacity, closed| {
        (said.requests, said.capacity, said.closed) = (requests, capacity, closed);
        said.judged(&wish()).unwrap().load.factor
    };
    for (requests, capacity, closed, wanted) in [
        (0, 3, false, 1.0),
        (1, 3, false, 0.9),
        (3, 3, false, 0.7),
        (9, 3, false, 0.7),
        (0, 0, false, 0.7),
        (0, 3, true, 0.7),
    ] {
        close(Some(factor(requests, capacity, closed)), wanted);
    }
}

#[test]
fn gates_are_closed_where_neither_field_nor_target_fits() {
    let closed = |wish: &Wish, said: &Said| said.judged(wish).is_none();
    let other = Said { fields: codes(&["RESOURCE_OPT"]), targets: codes(&["DETAINEES"]), ..said() };
    assert!(closed(&wish(), &other));
    assert!(!closed(&wish(), &Said { targets: codes(&["MINORS"]), ..other.clone() }));
    assert!(!closed(&wish(), &Said { fields: codes(&["RESOURCE_OPT", "SOCIO_EDU"]), ..other.clone() }));
    // One of them is unknown: the other decides; both are: nothing speaks against it.
    assert!(closed(&wish(), &Said { targets: Vec::new(), ..other.clone() }));
    assert!(closed(&Wish { fields: Vec::new(), ..wish() }, &other));
    assert!(!closed(&wish(), &Said { targets: Vec::new(), fields: Vec::new(), ..other.clone() }));
    // By words alone.
    let words = Wish { fields: Vec::new(), targets: Vec::new(), ..wish() };
    assert!(!closed(&words, &other));
    assert!(!closed(&words, &Said { text: Some(0.4), ..other.clone() }));
    assert!(closed(&words, &Said { text: Some(0.39), ..other.clone() }));
    assert!(closed(&words, &Said { text: None, ..other }));
}

#[test]
fn reasons_are_the_heaviest_and_cautions_what_is_missed_most() {
    let judged = said().judged(&wish()).unwrap();
    assert_eq!(judged.reasons(&weights(), 3), [Part::Target, Part::Field, Part::Cost]);
    // w·(1−s): tools .07, fund .064, then size .035.
    assert_eq!(judged.cautions(&weights(), 2), [Part::Tools, Part::Fund]);
    assert_eq!(judged.unknown(&weights()), []);
    let perfect = Judged { values: [Some(1.0); PARTS], ..judged };
    assert_eq!((perfect.cautions(&weights(), 2).len(), perfect.reasons(&weights(), 3).len()), (0, 3));
}

#[test]
fn weights_are_those_of_all_parts() {
    let all = || Part::ALL.iter().map(|part| (*part, 1.0));
    assert_eq!(Weights::of(all()), Ok(Weights::default()));
    assert_eq!(Weights::of(all().skip(1)), Err(Missing::Part(Part::Field)));
    assert_eq!(Weights::of(all().chain([(Part::Kit, 0.0)])), Err(Missing::Twice(Part::Kit)));
    assert_eq!(Weights::of(all().map(|(part, _)| (part, 0.0))), Err(Missing::All));
    for wrong in [-0.1, f64::NAN, f64::INFINITY] {
        assert_eq!(Weights::of([(Part::Size, wrong)]), Err(Missing::Number(Part::Size)));
    }
}

#[test]
fn a_wish_says_something_and_not_too_much() {
    use crate::domain::refusal::{Code, Refusals};
    let told = |mut wish: Wish| {
        let mut refusals = Refusals::default();
        wish.check("need", &mut refusals);
        refusals.iter().map(|one| (one.code, one.field.join("."))).collect::<Vec<_>>()
    };
    assert_eq!(told(wish()), []);
    let only_tools = Wish { tools: codes(&["PUA"]), text: Some(" \n ".into()), ..Wish::default() };
    assert_eq!(told(only_tools), [(Code::Required, "need.text".into())]);
    let many: Vec<String> = (0..21).map(|n| format!("T{n}")).collect();
    let wrong = Wish {
        text: Some("à".repeat(2_001)),
        targets: many.clone(),
        tools: many.clone(),
        funds: many,
        budget_eur: Some(-1),
        staff_fte: Some(f64::NAN),
        months: Some(241),
        ..Wish::default()
    };
    let fields: Vec<String> = told(wrong).into_iter().map(|(_, field)| field).collect();
    let wanted = ["text", "targets", "tools", "funds", "budgetEur", "months", "staffFte"];
    assert_eq!(fields, wanted.map(|field| format!("need.{field}")));
    let mut twice = Wish { targets: codes(&["MINORS", "YOUTH", "MINORS"]), ..wish() };
    twice.check("", &mut Refusals::default());
    assert_eq!(twice.targets, ["MINORS", "YOUTH"]);
}
