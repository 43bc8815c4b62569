//! What came of a request, and what its requester writes of the copy: numbers in the measure of the original, words from
//! the file.
use super::dice::Dice;
use crate::domain::{
    practice::{Change, Changes, Indicator, Practice, SupportLevel},
    request::{
        Outcome, OutcomeResult,
        outcome::{Form, Measured},
    },
    time::{Date, Month},
    word::Word,
};

/// What is said of it.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub changes: String,
    pub obstacles: String,
    pub lessons: String,
}

/// What came of it by `today`.
pub fn outcome(
    (result, form): (OutcomeResult, Form),
    original: &Practice,
    (started_on, today): (Option<Date>, Date),
    told: &Told,
    dice: &mut Dice,
) -> Outcome {
    let share = match result {
        OutcomeResult::Full => dice.between((55, 95)),
        OutcomeResult::Adapted => dice.between((35, 75)),
        OutcomeResult::Partial => dice.between((15, 35)),
        OutcomeResult::Abandoned => 0,
    };
    let kept = match result {
        OutcomeResult::Full => original.core_elements.len(),
        OutcomeResult::Adapted => original.core_elements.len().saturating_sub(1),
        OutcomeResult::Partial => 1,
        OutcomeResult::Abandoned => 0,
    };
    let whole = form == Form::Full;
    let cost = |of: Option<i64>| of.filter(|_| whole && share > 0).map(|euro| euro * share / 100 / 500 * 500);
    Outcome {
        result,
        started_on: started_on.filter(|_| whole),
        ended_on: whole.then_some(today),
        core_kept: original.core_elements.iter().take(kept).cloned().collect(),
        changes: if result == OutcomeResult::Full { String::new() } else { told.changes.clone() },
        hours_given: whole.then(|| dice.between((6, 40))),
        hours_spent: whole.then(|| dice.between((60, 320))),
        setup_cost_eur: cost(original.setup_cost_eur),
        yearly_cost_eur: cost(original.yearly_cost_eur),
        indicators: if whole && share > 0 { measured(&original.indicators, share, dice) } else { Vec::new() },
        obstacles: told.obstacles.clone(),
        lessons: told.lessons.clone(),
        satisfaction: Some(match result {
            OutcomeResult::Full | OutcomeResult::Adapted => dice.between((4, 5)),
            OutcomeResult::Partial => dice.between((3, 4)),
            OutcomeResult::Abandoned => dice.between((2, 4)),
        }),
    }
}

/// What is counted is a share of the original's; what is a rate, a time or a mark comes near it.
fn measured(indicators: &[Indicator], share: i64, dice: &mut Dice) -> Vec<Measured> {
    let like = |of: &Indicator, dice: &mut Dice| {
        let rate = ["%", "giorni", "minuti", "punti", "casi", "notti"].iter().any(|word| of.unit.starts_with(word));
        let percent = if rate { dice.between((88, 108)) } else { share };
        let factor = f64::from(i32::try_from(percent).unwrap_or(100)) / 100.0;
        let value = of.value? * factor;
        let value = if value < 10.0 && rate { (value * 10.0).round() / 10.0 } else { value.round() };
        Some(Measured { code: of.code.clone(), baseline: of.baseline.filter(|baseline| *baseline == 0.0), value })
    };
    indicators.iter().filter_map(|of| like(of, dice)).collect()
}

/// What the requester writes of its copy before it hands it in.
pub fn copy(
    (original, owner): (&Practice, &str),
    copy: &Practice,
    outcome: &Outcome,
    (need, replicability): (&str, String),
    today: Date,
) -> Changes {
    let changed = if outcome.changes.is_empty() { "È rimasta com'era." } else { &outcome.changes };
    let kept = outcome.core_kept.join("\n- ");
    let kept = if kept.is_empty() { String::new() } else { format!("Elementi essenziali tenuti:\n- {kept}\n\n") };
    let month = Month::parse(&today.strftime("%Y-%m").to_string());
    let value = |code: &str| outcome.indicators.iter().find(|measured| measured.code == code);
    let indicators: Vec<Indicator> = copy
        .indicators
        .iter()
        .map(|of| Indicator {
            baseline: value(&of.code).and_then(|measured| measured.baseline),
            value: value(&of.code).map(|measured| measured.value),
            measured_on: month.filter(|_| value(&of.code).is_some()),
            source: "Rilevazione inventata per la dimostrazione".into(),
            ..of.clone()
        })
        .collect();
    let counted = indicators.iter().filter_map(|of| Some(format!("\n- {}: {} {}", of.name, said(of.value?), of.unit)));
    let counted = counted.collect::<String>();
    let level = if counted.is_empty() { 1 } else { 2 };
    let reached = value("people_served").map(|measured| measured.value.round().to_string());
    let euro = |euro: Option<i64>| euro.map_or(Change::Keep, Change::Set);
    let started = outcome.started_on.unwrap_or(today).strftime("%Y-%m").to_string();
    Changes {
        summary: Change::Set(format!(
            "Replica di «{}», seguendo chi l'ha realizzata ({owner}). {changed}",
            original.title.split(" – ").next().unwrap_or_default()
        )),
        context: Change::Set(need.to_owned()),
        objectives: Change::Set("Ottenere qui ciò che l'originale ha ottenuto altrove, con le nostre forze.".into()),
        method: Change::Set(format!("{kept}Che cosa è cambiato: {changed}")),
        results: Change::Set(format!("Replica {}.{counted}", result_word(outcome.result))),
        obstacles: Change::Set(outcome.obstacles.clone()),
        improvements: Change::Set(outcome.lessons.clone()),
        replicability: Change::Set(replicability),
        indicators: Change::Set(indicators),
        started_on: Month::parse(&started).map_or(Change::Keep, Change::Set),
        setup_cost_eur: euro(outcome.setup_cost_eur),
        yearly_cost_eur: euro(outcome.yearly_cost_eur),
        people_reached: euro(reached.and_then(|reached| reached.parse().ok())),
        support_levels: Change::Set(vec![SupportLevel::Documents, SupportLevel::Mentoring]),
        support_capacity: Change::Set(2),
        support_open: Change::Set(true),
        evidence_level: Change::Set(level),
        provenance_note: Change::Set("Replica inventata per la dimostrazione di Innesto.".into()),
        ..Changes::default()
    }
}

/// `7,4`, as Italian texts write it.
fn said(value: f64) -> String {
    value.to_string().replace('.', ",")
}

fn result_word(result: OutcomeResult) -> &'static str {
    match result {
        OutcomeResult::Full => "completa, come l'originale",
        OutcomeResult::Adapted => "riuscita con adattamenti",
        OutcomeResult::Partial => "avviata in parte",
        OutcomeResult::Abandoned => result.as_str(),
    }
}
