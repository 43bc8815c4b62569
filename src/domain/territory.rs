//! Territories: what an Ambito and a Comune have in common, and what each adds.
use super::id::TerritoryId;

words! {
    /// The two kinds of territory.
    enum TerritoryKind {
        /// Comuni that plan social services together.
        Ambito = "AMBITO",
        /// A municipality.
        Comune = "COMUNE",
    }
}

words! {
    /// In which form the Comuni of an Ambito work together.
    enum LegalForm {
        /// One Comune leads (capofila).
        Convention = "CONVENTION",
        /// A body of its own.
        Consortium = "CONSORTIUM",
    }
}

/// An Ambito or a Comune. Numbers are those of the imported list; its source and date are in [`Dataset`].
#[derive(Clone, Debug, PartialEq)]
pub struct Territory {
    /// Internal key: ISTAT codes move, names repeat.
    pub id: TerritoryId,
    /// Ambito or Comune.
    pub kind: TerritoryKind,
    /// The part of its address after the last slash, unique: `bitonto`, `ambito-bitonto`.
    pub slug: String,
    /// Official name, without "Ambito di" or "Comune di".
    pub name: String,
    /// Other names it is found by, as written: `BR4`, `Alto Tavoliere`.
    pub aliases: Vec<String>,
    /// Two letters: BA BR BT FG LE TA.
    pub province: String,
    /// Ambito: the form of association, where known.
    pub legal_form: Option<LegalForm>,
    /// Ambito: the leading Comune (convention) or the seat (consortium).
    pub seat: Option<TerritoryId>,
    /// Comune: the Ambito it belongs to.
    pub ambito: Option<TerritoryId>,
    /// Comune: ISTAT code, six digits, zeros kept; may change.
    pub istat_code: Option<String>,
    /// Comune: cadastral (Belfiore) code, stable.
    pub belfiore_code: Option<String>,
    /// Code in the index of public administrations.
    pub ipa_code: Option<String>,
    /// Inhabitants.
    pub population: Option<i64>,
    /// Square kilometres.
    pub area_km2: Option<f64>,
    /// Degrees north of the centroid (WGS 84).
    pub latitude: Option<f64>,
    /// Degrees east of the centroid (WGS 84).
    pub longitude: Option<f64>,
    /// Code of the vocabulary `AREA_CLASS`, where known.
    pub area_class: Option<String>,
    /// The territory's role mailbox, where its staff gave one.
    pub mailbox: Option<String>,
}

impl Territory {
    /// "Ambito di Bitonto", "Comune di Bitonto": the name with what it is.
    #[must_use]
    pub fn full_name(&self) -> String {
        match self.kind {
            TerritoryKind::Ambito => format!("Ambito di {}", self.name),
            TerritoryKind::Comune => format!("Comune di {}", self.name),
        }
    }
}

/// The provinces of Puglia: this hub's home. Those of other regions are shown by their letters.
const PROVINCES: [(&str, &str); 6] = [
    ("BA", "Bari"),
    ("BR", "Brindisi"),
    ("BT", "Barletta-Andria-Trani"),
    ("FG", "Foggia"),
    ("LE", "Lecce"),
    ("TA", "Taranto"),
];

/// The name of a province by its two letters, where it is known here.
#[must_use]
pub fn province_name(code: &str) -> Option<&'static str> {
    PROVINCES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// Where an imported list comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// `territories` or `vocabularies`.
    pub name: String,
    /// Who published the list.
    pub source: String,
    /// The day the list speaks of.
    pub as_of: super::time::Date,
    /// When it was imported.
    pub imported_at: super::time::Ts,
}
