//! What a list may be asked for: filters, how many, from where on. What has no meaning here is refused by name, since a
//! filter with a slip of the pen would give the whole list.
use super::Subject;
use crate::{
    domain::{
        id::TerritoryId,
        page::{Cursor, Key, MOST, PageRequest},
        practice::Provenance,
        term::Scheme,
        territory::TerritoryKind,
        word::Word,
    },
    http::open::problem::Problem,
    service::{
        practices,
        territories::{self, Atlas, TerritoryKey},
    },
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use url::form_urlencoded;

/// Items on a page where it is not said how many.
pub(super) const USUAL: usize = 20;
/// The longest value, in bytes.
pub(super) const LONGEST: usize = 300;

/// A parameter of a list: its name, what it does in both languages.
pub(super) struct Param {
    pub(super) name: &'static str,
    pub(super) about: (&'static str, &'static str),
}

const fn param(name: &'static str, it: &'static str, en: &'static str) -> Param {
    Param { name, about: (it, en) }
}

const LIMIT: Param = param("limit", "Elementi per pagina, da 1 a 100", "Items on a page, 1 to 100");
const CURSOR: Param = param(
    "cursor",
    "Da dove prosegue l'elenco: prendetelo da `next` o dall'intestazione Link",
    "Where the list goes on: take it from `next` or from the header Link",
);
const PROVINCE: Param = param("province", "Sigla della provincia", "Two letters of the province");

/// What practices may be asked by.
const OF_PRACTICES: &[Param] = &[
    param(
        "field",
        "Codice del tema (vocabolario FIELD), principale o altro",
        "Code of a field (vocabulary FIELD), primary or other",
    ),
    param("target", "Codice dei destinatari (vocabolario TARGET)", "Code of a target group (vocabulary TARGET)"),
    PROVINCE,
    param("ambito", "Slug dell'Ambito: sue e dei suoi Comuni", "Slug of an Ambito: its own and its Comuni's"),
    param("owner", "Slug del territorio che l'ha realizzata", "Slug of the territory that did it"),
    param("illustrative", "true solo inventate, false solo reali", "true only made up, false only real"),
    LIMIT,
    CURSOR,
];

/// What territories may be asked by.
const OF_TERRITORIES: &[Param] = &[
    param("kind", "AMBITO o COMUNE", "AMBITO or COMUNE"),
    PROVINCE,
    param("ambito", "Slug dell'Ambito: i suoi Comuni", "Slug of an Ambito: its Comuni"),
    LIMIT,
    CURSOR,
];

impl Subject {
    /// What its list may be asked by.
    pub(super) const fn params(self) -> &'static [Param] {
        match self {
            Self::Practices => OF_PRACTICES,
            Self::Territories => OF_TERRITORIES,
        }
    }
}

/// What a list is asked for.
#[derive(Debug)]
pub(super) struct Params {
    /// The filters, in the order of the table.
    filters: Vec<(&'static str, String)>,
    pub(super) page: PageRequest,
}

/// A cursor that is none of this list.
pub(super) fn not_a_cursor() -> Problem {
    Problem::parameter(
        "cursor",
        "cursor non viene da questo elenco: ricominciate dalla prima pagina.",
        "cursor does not come from this list: begin with the first page again.",
    )
}

/// Refuses parameters where there are none to be given.
///
/// # Errors
/// `invalid-parameter`, by name.
pub(super) fn none(query: &str) -> Result<(), Problem> {
    match form_urlencoded::parse(query.as_bytes()).next() {
        Some((name, _)) => Err(unknown(&name, &[])),
        None => Ok(()),
    }
}

fn unknown(name: &str, known: &[Param]) -> Problem {
    let name: String = name.chars().take(40).collect();
    let names: Vec<&str> = known.iter().map(|param| param.name).collect();
    let (it, en) = match names.join(", ") {
        names if names.is_empty() => ("Qui non ci sono parametri.".into(), "There are no parameters here.".into()),
        names => (format!("Ci sono: {names}."), format!("There are: {names}.")),
    };
    Problem::parameter(
        &name,
        format!("Non c'è un parametro «{name}». {it}"),
        format!("There is no parameter \"{name}\". {en}"),
    )
}

impl Params {
    /// Reads the query part of an address.
    ///
    /// # Errors
    /// `invalid-parameter`, by name: unknown, twice, too long, or no such number or cursor.
    pub(super) fn read(subject: Subject, query: &str) -> Result<Self, Problem> {
        let (known, mut given) = (subject.params(), Vec::<(&'static str, String)>::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let Some(param) = known.iter().find(|param| param.name == name) else { return Err(unknown(&name, known)) };
            let name = param.name;
            if given.iter().any(|(other, _)| *other == name) {
                return Err(Problem::parameter(
                    name,
                    format!("{name} c'è due volte."),
                    format!("{name} is there twice."),
                ));
            }
            if value.len() > LONGEST {
                let (it, en) = (format!("{name} è troppo lungo."), format!("{name} is too long."));
                return Err(Problem::parameter(name, it, en));
            }
            given.push((name, value.into_owned()));
        }
        let mut take =
            |wanted: &str| given.iter().position(|(name, _)| *name == wanted).map(|at| given.swap_remove(at).1);
        let limit = match take("limit") {
            None => USUAL,
            Some(text) => number(&text).ok_or_else(|| {
                let (it, en) = (format!("limit va da 1 a {MOST}."), format!("limit is from 1 to {MOST}."));
                Problem::parameter("limit", it, en)
            })?,
        };
        let after = take("cursor").map(|text| cursor(subject, &text).ok_or_else(not_a_cursor)).transpose()?;
        let place = |name: &str| known.iter().position(|param| param.name == name);
        given.sort_by_key(|(name, _)| place(name));
        Ok(Self { filters: given, page: PageRequest { after, ..PageRequest::first(limit) } })
    }

    fn filter(&self, name: &str) -> Option<&str> {
        self.filters.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The same list as a query part, from this place on.
    pub(super) fn query(&self, from: Option<&Cursor>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.filters).append_pair("limit", &self.page.limit.to_string());
        if let Some(from) = from {
            query.append_pair("cursor", &BASE64_URL_SAFE_NO_PAD.encode(from.text()));
        }
        query.finish()
    }

    /// Which practices are meant.
    ///
    /// # Errors
    /// `not-found` where a code or a slug is of nothing.
    pub(super) fn practices(&self, atlas: &Atlas) -> Result<practices::Filter, Problem> {
        let coded = |name: &'static str, scheme: Scheme| match self.filter(name) {
            Some(code) if atlas.with_code(scheme, code).is_empty() => Err(of_nothing(name, code)),
            code => Ok(code.map(str::to_owned).into_iter().collect()),
        };
        let provenance = match self.filter("illustrative") {
            None => None,
            Some("true") => Some(Provenance::Illustrative),
            Some("false") => Some(Provenance::Real),
            Some(other) => return Err(of_nothing("illustrative", other)),
        };
        Ok(practices::Filter {
            fields: coded("field", Scheme::Field)?,
            targets: coded("target", Scheme::Target)?,
            province: self.province(atlas)?,
            ambito: self.territory(atlas, "ambito", Some(TerritoryKind::Ambito))?,
            owner: self.territory(atlas, "owner", None)?,
            provenance,
            ..practices::Filter::default()
        })
    }

    /// Which territories are meant.
    ///
    /// # Errors
    /// As [`Params::practices`].
    pub(super) fn territories(&self, atlas: &Atlas) -> Result<territories::Filter, Problem> {
        let kind = self.filter("kind").map(|word| TerritoryKind::parse(word).ok_or_else(|| of_nothing("kind", word)));
        Ok(territories::Filter {
            kind: kind.transpose()?,
            province: self.province(atlas)?,
            ambito: self.territory(atlas, "ambito", Some(TerritoryKind::Ambito))?,
        })
    }

    fn province(&self, atlas: &Atlas) -> Result<Option<String>, Problem> {
        match self.filter("province") {
            Some(code) if !atlas.territories().any(|territory| territory.province == code) => {
                Err(of_nothing("province", code))
            }
            code => Ok(code.map(str::to_owned)),
        }
    }

    fn territory(
        &self,
        atlas: &Atlas,
        name: &'static str,
        kind: Option<TerritoryKind>,
    ) -> Result<Option<TerritoryId>, Problem> {
        let Some(slug) = self.filter(name) else { return Ok(None) };
        let found = atlas.find(&TerritoryKey::Slug(slug.to_owned()));
        let found = found.filter(|territory| kind.is_none_or(|kind| territory.kind == kind));
        found.map(|territory| Some(territory.id)).ok_or_else(|| of_nothing(name, slug))
    }
}

/// How many items, as JSON writes a number: without a sign or zeros before it.
fn number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|n: &usize| (1..=MOST).contains(n) && n.to_string() == text)
}

fn cursor(subject: Subject, text: &str) -> Option<Cursor> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let fits = |cursor: &Cursor| match subject {
        Subject::Practices => matches!(cursor.key, Key::Time(_)),
        Subject::Territories => matches!(cursor.key, Key::Text(_)),
    };
    // PostgreSQL takes no NUL; no slug has one.
    Cursor::parse(&text).filter(fits).filter(|_| !text.contains('\0'))
}

fn of_nothing(name: &str, value: &str) -> Problem {
    let value: String = value.chars().take(100).collect();
    Problem::not_found(
        format!("{name}: «{value}» non indica niente. I valori sono nei file /data/vocabularies.json e /data/territories.json."),
        format!("{name}: \"{value}\" stands for nothing. Values are in /data/vocabularies.json and /data/territories.json."),
    )
    .about(name)
}
