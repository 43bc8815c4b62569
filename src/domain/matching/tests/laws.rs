//! What holds for every wish and every practice.
use super::*;
use proptest::prelude::*;

fn some_codes() -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(vec!["A", "B", "C", "D"], 0..=3).prop_map(|list| codes(&list))
}

fn sites() -> impl Strategy<Value = Site> {
    let area = prop::sample::select(vec!["POLE", "BELT", "PERIPHERAL", "UNKNOWN"]);
    (1_i64..400_000, area, 36.0..47.0, 6.0..19.0).prop_map(|(people, area, lat, lon)| site(people, area, (lat, lon)))
}

fn wishes() -> impl Strategy<Value = Wish> {
    let terms = (some_codes(), some_codes(), some_codes(), some_codes());
    let numbers = (prop::option::of(0_i64..200_000), prop::option::of(0.0..9.0), prop::option::of(0_i64..24));
    (terms, numbers, prop::option::of(sites())).prop_map(|(terms, numbers, site)| Wish {
        text: None,
        fields: terms.0,
        targets: terms.1,
        tools: terms.2,
        funds: terms.3,
        budget_eur: numbers.0,
        staff_fte: numbers.1,
        months: numbers.2,
        site,
    })
}

fn practices() -> impl Strategy<Value = (Said, Site)> {
    let terms = (some_codes(), some_codes(), some_codes(), some_codes());
    let numbers = (prop::option::of(0_i64..200_000), prop::option::of(0.0..9.0), prop::option::of(0_i64..24));
    let load = (any::<bool>(), 0_i64..6, 0_i64..4);
    (terms, numbers, load, prop::option::of(0.0..=1.0), 0_i64..=4, 0_i64..=100, sites()).prop_map(
        |(terms, numbers, load, text, evidence, kit, site)| {
            let said = Said {
                fields: terms.0,
                targets: terms.1,
                tools: terms.2,
                funds: terms.3,
                cost: numbers.0,
                staff: numbers.1,
                months: numbers.2,
                near: Near::default(),
                text,
                evidence,
                kit,
                closed: load.0,
                requests: load.1,
                capacity: load.2,
            };
            (said, site)
        },
    )
}

fn score(wish: &Wish, said: &Said) -> Option<f64> {
    said.judged(wish).map(|judged| judged.score)
}

proptest! {
    #[test]
    fn more_money_time_staff_or_proof_never_lowers_and_a_fuller_owner_never_rises(
        wish in wishes(), (mut said, owner) in practices(), more in 1_i64..50_000,
    ) {
        said.near = wish.site.as_ref().map(|mine| mine.near(&owner)).unwrap_or_default();
        if let Some(judged) = said.judged(&wish) {
            prop_assert!((0.0..=100.0).contains(&judged.score), "{}", judged.score);
            prop_assert!((0.0..=1.0).contains(&judged.coverage));
            prop_assert!(judged.values.iter().flatten().all(|value| (0.0..=1.0).contains(value)));
            let (known, unknown) = (judged.values.iter().flatten().count(), judged.unknown(&weights()).len());
            prop_assert_eq!(known + unknown, PARTS);
        }
        let before = score(&wish, &said);
        let richer = Wish {
            budget_eur: wish.budget_eur.map(|has| has + more),
            months: wish.months.map(|has| has + 1),
            staff_fte: wish.staff_fte.map(|has| has + 0.5),
            ..wish.clone()
        };
        prop_assert!(score(&richer, &said) >= before);
        let proven = Said { evidence: (said.evidence + 1).min(4), kit: (said.kit + 7).min(100), ..said.clone() };
        prop_assert!(score(&wish, &proven) >= before);
        let fuller = Said { requests: said.requests + 1, ..said.clone() };
        prop_assert!(score(&wish, &fuller) <= before);
        let closed = Said { closed: true, ..said };
        prop_assert!(score(&wish, &closed) <= before);
    }

    /// Codes may be words or numbers: the judgement is the same.
    #[test]
    fn numbers_are_judged_as_words_are(wish in wishes(), (said, _) in practices()) {
        let number = |code: &str| u64::from(code.as_bytes()[0]);
        let all = |codes: &[String]| codes.iter().map(|code| number(code)).collect::<Vec<_>>();
        let (fields, targets) = (all(&said.fields), all(&said.targets));
        let (tools, funds) = (all(&said.tools), all(&said.funds));
        let words = said.offer();
        let numbers = Offer {
            field: fields.first(),
            other_fields: fields.get(1..).unwrap_or_default(),
            targets: &targets,
            tools: &tools,
            funds: &funds,
            cost_eur: words.cost_eur,
            staff_fte: words.staff_fte,
            months: words.months,
            near: words.near,
            text: words.text,
            evidence_level: words.evidence_level,
            kit_completeness: words.kit_completeness,
            support: words.support,
        };
        let by_number = judge(&wish.with_codes(|_, code| number(code)), &numbers, &weights());
        prop_assert_eq!(by_number, said.judged(&wish));
    }
}
