//! What every test finds: six territories and the vocabularies' first terms.
use innesto::{
    app::App,
    domain::{
        id::TerritoryId,
        term::{Scheme, Term},
        territory::{Territory, TerritoryKind},
        text::slug,
    },
    store::{terms, territories},
};

const TERMS: &[(Scheme, &[&str])] = &[
    (Scheme::Field, &["ORG_PROCESS", "SERVICE_DELIVERY", "RESOURCE_OPT", "ADMIN_PROCUREMENT", "SOCIO_EDU"]),
    (Scheme::Target, &["MINORS", "FAMILIES", "OLDER_PEOPLE", "DISABILITY", "COMMUNITY"]),
    (Scheme::Tool, &["CO_DESIGN", "PUA", "WORKSHOPS"]),
    (Scheme::Fund, &["FNPS", "FNA", "BILANCIO_COMUNALE"]),
    (Scheme::KitPhase, &["DECIDE", "AUTHORISE", "CHOOSE_PARTNER", "AGREE", "RUN", "MEASURE", "KEEP"]),
    (Scheme::KitKind, &["RESOLUTION", "TENDER", "AGREEMENT", "REGULATION", "FORM", "INDICATOR_SHEET"]),
    (
        Scheme::DeclineReason,
        &["NO_CAPACITY", "PRACTICE_ENDED", "NOT_TRANSFERABLE", "WRONG_CONTACT", "DUPLICATE", "OTHER"],
    ),
    (Scheme::WithdrawReason, &["FOUND_ELSEWHERE", "NEED_GONE", "NO_ANSWER", "OTHER"]),
    (
        Scheme::InterruptReason,
        &[
            "BUDGET",
            "STAFF_TURNOVER",
            "POLITICAL_CHANGE",
            "PROCUREMENT_FAILED",
            "NO_PARTNER",
            "LAW_CHANGE",
            "NEED_CHANGED",
            "OTHER",
        ],
    ),
    (Scheme::AnnulReason, &["DUPLICATE", "ERROR", "ABUSE"]),
];

/// Ambiti and the Comune that leads each: slugs `ambito-bitonto` and `bitonto`, and so on.
const PLACES: &[(&str, &str, &str, &str)] =
    &[("Bitonto", "BA", "072011", "A893"), ("Troia", "FG", "071058", "L447"), ("Nardò", "LE", "075052", "F842")];

pub async fn territories_and_terms(app: &App) {
    let mut tx = app.store.begin().await.unwrap();
    for (name, province, istat, belfiore) in PLACES {
        let ambito = territory(app, name, province, TerritoryKind::Ambito, None);
        let comune = Territory {
            istat_code: Some((*istat).into()),
            belfiore_code: Some((*belfiore).into()),
            ..territory(app, name, province, TerritoryKind::Comune, Some(ambito.id))
        };
        for t in [ambito, comune] {
            territories::save(&mut tx, &t).await.unwrap();
            let names = [t.name.clone(), t.full_name(), t.istat_code.clone().unwrap_or_default()];
            territories::add_names(&mut tx, t.id, &names).await.unwrap();
        }
    }
    for (scheme, codes) in TERMS {
        for (position, code) in (1..).zip(*codes) {
            let term = Term {
                scheme: *scheme,
                code: (*code).into(),
                label_it: format!("{code} (it)"),
                label_en: format!("{code} (en)"),
                valid_from: "2023-06-15".parse().unwrap(),
                valid_to: None,
                position,
            };
            terms::save(&mut tx, &term).await.unwrap();
        }
    }
    tx.commit(app.clock.now()).await.unwrap();
}

fn territory(app: &App, name: &str, province: &str, kind: TerritoryKind, ambito: Option<TerritoryId>) -> Territory {
    let prefix = if kind == TerritoryKind::Ambito { "ambito " } else { "" };
    Territory {
        id: app.clock.id(),
        kind,
        slug: slug(&format!("{prefix}{name}")),
        name: name.into(),
        aliases: Vec::new(),
        province: province.into(),
        legal_form: None,
        seat: None,
        ambito,
        istat_code: None,
        belfiore_code: None,
        ipa_code: None,
        population: Some(50_000),
        area_km2: Some(170.0),
        latitude: Some(41.1),
        longitude: Some(16.7),
        area_class: None,
        mailbox: None,
    }
}
