//! Lists from CSV: the real ones, twice, changed, and wrong in every way staff get them wrong.
use innesto::{
    domain::{permission::Actor, word::Word},
    service::import::{ImportError, Origin, Report, territories, vocabularies},
    store::{events, territories as store},
};
use serde_json::json;
use std::fs;

const HEADER: &str = "kind,name,province,belfiore_code,istat_code,population,ambito,aliases\n";

fn origin() -> Origin {
    Origin { source: "prova".into(), as_of: "2026-01-01".parse().unwrap(), by: None }
}

fn file(path: &str) -> Vec<u8> {
    fs::read(format!("{}/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

async fn import(hub: &crate::support::Hub, text: &str) -> Result<Report, ImportError> {
    territories::run(&hub.app, format!("{HEADER}{text}").as_bytes(), &origin(), false, &|_, _| ()).await
}

fn mistakes(result: Result<Report, ImportError>) -> Vec<String> {
    match result {
        Err(ImportError::Wrong(mistakes)) => mistakes.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn the_real_territories_are_imported_once_and_found_by_any_name(hub: Hub) {
        let csv = file("territories/territories.csv");
        let dry = territories::run(&hub.app, &csv, &origin(), true, &|_, _| ()).await.unwrap();
        let before = events::head(&hub.app.store).await.unwrap();
        let first = territories::run(&hub.app, &csv, &origin(), false, &|_, _| ()).await.unwrap();
        assert_eq!(dry.changes.len(), first.changes.len());
        // Bitonto, Troia and Nardò were there, with other figures.
        assert_eq!(first.changes.iter().filter(|line| line.starts_with('+')).count(), 45 + 257 - 6);
        assert_eq!(first.changes.iter().filter(|line| line.starts_with('~')).count(), 6);
        assert_eq!(events::head(&hub.app.store).await.unwrap(), before + 1);
        let again = territories::run(&hub.app, &csv, &origin(), false, &|_, _| ()).await.unwrap();
        assert_eq!((again.changes.len(), again.unchanged), (0, 302));
        assert_eq!(events::head(&hub.app.store).await.unwrap(), before + 1);
        for (name, slug) in [
            ("BR4", "ambito-mesagne"), ("ambito br4", "ambito-mesagne"), ("alto tavoliere", "ambito-san-severo"),
            ("Monti Dauni", "ambito-troia"), ("Nardò", "ambito-nardo"), ("nardo", "ambito-nardo"),
            ("comune di troia", "troia"), ("Castro", "castro"), ("072029", "molfetta"), ("a893", "bitonto"),
        ] {
            let by = json!({ "by": { "name": name } });
            let found = hub.data(&Actor::Nobody, "query($by: TerritoryKey!) { territory(by: $by) { slug } }", by).await;
            assert_eq!(found["territory"]["slug"], slug, "{name}");
        }
        let datasets = hub.data(&Actor::Nobody, "{ datasets { name source asOf } }", json!({})).await;
        assert_eq!(datasets["datasets"], json!([{ "name": "territories", "source": "prova", "asOf": "2026-01-01" }]));
    }

    async fn a_changed_istat_code_keeps_the_territory_and_its_old_code(hub: Hub) {
        import(&hub, "COMUNE,Vattelapesca,BA,Z999,072999,10,Bitonto,\n").await.unwrap();
        let before = store::find_by_istat_code(&hub.app.store, "072999").await.unwrap().unwrap();
        let report = import(&hub, "COMUNE,Vattelapesca Terme,BA,Z999,110999,12,Bitonto,\n").await.unwrap();
        assert_eq!(report.changes.len(), 1);
        assert!(report.changes[0].contains("population 10 → 12") && report.changes[0].contains("istat_code"), "{report:?}");
        for code in ["072999", "110999"] {
            let after = store::find_by_istat_code(&hub.app.store, code).await.unwrap().unwrap();
            assert_eq!((after.id, after.slug.as_str(), after.name.as_str()), (before.id, "vattelapesca", "Vattelapesca Terme"));
        }
        assert_eq!(store::find_by_name(&hub.app.store, "vattelapesca").await.unwrap().len(), 1);
    }

    async fn wrong_lines_are_all_named_and_nothing_is_imported(hub: Hub) {
        let before = store::all(&hub.app.store).await.unwrap();
        let told = mistakes(import(&hub, "COMUNE,Buono,BA,Z001,072001,10,Bitonto,\n\
            COMUNE,,BA,Z002,072002,10,Bitonto,\n\
            PAESE,X,BA,Z003,072003,10,,\n\
            COMUNE,Y,BAR,Z004,72004,dieci,Atlantide,\n\
            COMUNE,Z,BA,,072005,10,,\n\
            COMUNE,Buono bis,BA,Z001,072006,10,,\n\
            AMBITO,Corto\n\
            AMBITO,Gemello,BA,,,,,\n\
            AMBITO,gemello,BA,,,,,\n").await);
        assert_eq!(told, [
            "line 8: 2 values where the header has 8: is a comma or a quote missing?",
            "line 3, column name: a value is needed here",
            "line 4, column kind: \"PAESE\" is neither AMBITO nor COMUNE",
            "line 5, column province: \"BAR\" is not a province: 2 letters and digits",
            "line 5, column istat_code: \"72004\" is not an ISTAT code: 6 digits (zeros in front count)",
            "line 6, column belfiore_code: a Comune needs its Belfiore code: it is known again by it",
            "line 7, column name: Comune di Buono bis is already on line 2",
            "line 10, column name: Ambito di gemello is already on line 9",
        ]);
        let told = mistakes(import(&hub, "COMUNE,Y,BA,Z004,072004,dieci,Atlantide,\n").await);
        assert_eq!(told, [
            "line 2, column population: \"dieci\" is not a number from 0 to 100000000",
            "line 2, column ambito: \"Atlantide\" is neither in the file nor known already",
        ]);
        for (text, problem) in [("", "columns missing"), ("kind,name\n", "columns missing: province"), ("kind,name,province,colour\n", "unknown column")] {
            let told = mistakes(territories::run(&hub.app, text.as_bytes(), &origin(), false, &|_, _| ()).await);
            assert!(told[0].contains(problem), "{told:?}");
        }
        let latin1 = b"kind,name,province\nAMBITO,Nard\xf2,LE\n";
        let told = mistakes(territories::run(&hub.app, latin1, &origin(), false, &|_, _| ()).await);
        assert!(told[0].contains("UTF-8"), "{told:?}");
        assert_eq!(store::all(&hub.app.store).await.unwrap(), before);
        assert_eq!(store::datasets(&hub.app.store).await.unwrap(), []);
    }

    async fn vocabularies_keep_the_past_of_a_label(hub: Hub) {
        let csv = file("vocabularies.csv");
        let first = vocabularies::run(&hub.app, &csv, &origin(), false, &|_, _| ()).await.unwrap();
        assert!(first.changes.iter().any(|line| line.starts_with("+ FIELD SOCIO_EDU")), "{first:?}");
        let again = vocabularies::run(&hub.app, &csv, &origin(), false, &|_, _| ()).await.unwrap();
        assert_eq!(again.changes, Vec::<String>::new());
        let query = "query($on: LocalDate) { vocabulary(scheme: FIELD, on: $on) { code label } }";
        let call = hub.data(&Actor::Nobody, query, json!({ "on": "2023-07-01" })).await;
        let today = hub.data(&Actor::Nobody, query, json!({})).await;
        let label = |data: &serde_json::Value| data["vocabulary"][4]["label"].as_str().unwrap().to_owned();
        assert_eq!(label(&call), "Progetti innovativi in ambito socio-educativo");
        assert_eq!(label(&today), "Progetti innovativi in ambito socio-educativo-assistenziale");
        assert_eq!(today["vocabulary"].as_array().unwrap().len(), 5);
    }

    async fn a_vocabulary_says_one_thing_a_day(hub: Hub) {
        let header = "scheme,code,label_it,label_en,valid_from,valid_to\n";
        let wrong = format!("{header}FIELD,A,a,a,2024-01-01,\nFIELD,A,b,b,2025-01-01,\nCOLOUR,A,a,a,2024-01-01,\nTOOL,a b,a,a,2024,2023-01-01\n");
        let told = mistakes(vocabularies::run(&hub.app, wrong.as_bytes(), &origin(), false, &|_, _| ()).await);
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told[0].starts_with("line 3, column valid_from: A is valid twice"), "{told:?}");
        assert!(innesto::domain::term::Scheme::ALL.iter().all(|scheme| told[1].contains(scheme.as_str())), "{told:?}");
    }
}
