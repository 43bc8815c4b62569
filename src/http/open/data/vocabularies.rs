//! The terms that the codes of the other datasets mean, past and present.
use super::{dataset::Kind, edition::Edition};
use crate::domain::{
    refusal::Fault,
    term::{Scheme, Term},
    word::Word,
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use std::sync::Arc;

columns! {
    /// What a row holds.
    pub(in crate::http) COLUMNS of Arc<Term> as t {
        scheme: Kind::Code, "Vocabolario", "Vocabulary"
            => t.scheme.as_str();
        code: Kind::Code, "Codice", "Code"
            => t.code.as_str();
        label_it: Kind::Text, "Etichetta in italiano", "Label in Italian"
            => t.label_it.as_str();
        label_en: Kind::Text, "Etichetta in inglese", "Label in English"
            => t.label_en.as_str();
        valid_from: Kind::Day, "Primo giorno di validità", "First day of validity"
            => t.valid_from.to_string();
        valid_to: Kind::Day, "Ultimo giorno; vuoto se vale ancora", "Last day; empty while it is valid"
            => t.valid_to.map(|day| day.to_string());
        position: Kind::Integer, "Posto nell'elenco", "Place in the list"
            => t.position;
    }
}

/// All terms, a vocabulary at a time.
pub(super) fn rows(edition: Edition) -> BoxStream<'static, Result<Vec<Arc<Term>>, Fault>> {
    stream::iter(Scheme::ALL).map(move |scheme| Ok(edition.atlas.terms(*scheme).to_vec())).boxed()
}
