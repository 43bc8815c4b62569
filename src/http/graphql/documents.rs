//! Documents that are known by their hash: trusted ones from a file that a client's build writes, and those that
//! clients showed once (automatic persisted queries). Where the setting says so, who is not signed in may ask by trusted
//! ones only.
use super::{Question, Rejected};
use crate::config::Config;
use axum::http::StatusCode;
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write, path::Path, sync::Arc};

/// The bytes of text kept of documents that clients showed.
const MOST_SHOWN: u64 = 16 << 20;

/// What the hub knows by hash.
pub(in crate::http) struct Documents {
    trusted: BTreeMap<String, Arc<str>>,
    /// What the portal in this binary asks: trusted as well, and written against this schema.
    portal: BTreeMap<String, Arc<str>>,
    trusted_only: bool,
    shown: Cache<String, Arc<str>>,
}

/// A document that is meant, with its hash.
#[derive(Clone, Debug)]
pub(in crate::http) struct Document {
    pub text: Arc<str>,
    pub hash: String,
    /// Whether the client showed it under its hash, so that it may ask by the hash alone from now on.
    shown: bool,
}

impl Documents {
    /// Reads the file of trusted documents, if one is set: a JSON object `{hash: text}`; and what the portal's build
    /// wrote, in the same form.
    ///
    /// # Errors
    /// Says what is wrong with the file, or that nothing is trusted where only what is trusted is answered.
    pub(in crate::http) fn open(config: &Config, portal: &[u8]) -> Result<Self, String> {
        let trusted = config.trusted_documents.as_deref().map_or_else(|| Ok(BTreeMap::new()), read)?;
        let portal = if portal.is_empty() { BTreeMap::new() } else { manifest("the portal", portal)? };
        if config.trusted_only && trusted.is_empty() && portal.is_empty() {
            return Err("with trusted_only and no document to trust nobody could ask anything".into());
        }
        let weigh = |hash: &String, text: &Arc<str>| u32::try_from(hash.len() + text.len()).unwrap_or(u32::MAX);
        let shown = Cache::builder().max_capacity(MOST_SHOWN).weigher(weigh).build();
        Ok(Self { trusted, portal, trusted_only: config.trusted_only, shown })
    }

    /// The trusted document under a hash.
    fn trusts(&self, hash: &str) -> Option<&Arc<str>> {
        self.trusted.get(hash).or_else(|| self.portal.get(hash))
    }

    /// The texts of the documents in the file.
    pub(in crate::http) fn trusted(&self) -> impl Iterator<Item = &str> {
        self.trusted.values().map(|text| &**text)
    }

    /// The document that a question means.
    ///
    /// # Errors
    /// `PERSISTED_QUERY_NOT_FOUND` for a hash without text that is not known: ask again with both.
    /// `PERSISTED_QUERY_MISMATCH` where the two differ. `DOCUMENT_NOT_TRUSTED`.
    pub(in crate::http) fn find(&self, question: &mut Question, nobody: bool) -> Result<Document, Rejected> {
        let named = question.hash()?;
        let refused = |status, code, told| Err(Rejected::well_formed(status, code, told));
        let document = match (question.query.take(), named) {
            (Some(text), named) => {
                let hash = hash_of(&text);
                if named.as_ref().is_some_and(|named| *named != hash) {
                    let told = "The hash is not that of the document: it is the SHA-256 of its text in UTF-8.";
                    return refused(StatusCode::BAD_REQUEST, "PERSISTED_QUERY_MISMATCH", told);
                }
                Document { text: text.into(), hash, shown: named.is_some() }
            }
            (None, Some(hash)) => {
                let Some(text) = self.trusts(&hash).cloned().or_else(|| self.shown.get(&hash)) else {
                    // In the words that clients look for.
                    let told = "PersistedQueryNotFound";
                    return refused(StatusCode::NOT_FOUND, "PERSISTED_QUERY_NOT_FOUND", told);
                };
                Document { text, hash, shown: false }
            }
            (None, None) => {
                let told = "A question needs a document: `query`, or the name of a known one.";
                return Err(Rejected::malformed(StatusCode::BAD_REQUEST, "QUESTION", told));
            }
        };
        if self.trusted_only && nobody && self.trusts(&document.hash).is_none() {
            let told = "Without signing in, this hub answers only the documents it knows. Use an API token.";
            return refused(StatusCode::FORBIDDEN, "DOCUMENT_NOT_TRUSTED", told);
        }
        Ok(document)
    }

    /// Keeps a document that a client showed with its hash, once it proved to be valid.
    pub(in crate::http) fn keep(&self, document: &Document) {
        if document.shown && self.trusts(&document.hash).is_none() {
            self.shown.insert(document.hash.clone(), Arc::clone(&document.text));
        }
    }
}

fn read(path: &Path) -> Result<BTreeMap<String, Arc<str>>, String> {
    let shown = path.display().to_string();
    manifest(&shown, &std::fs::read(path).map_err(|error| format!("{shown}: {error}"))?)
}

fn manifest(shown: &str, text: &[u8]) -> Result<BTreeMap<String, Arc<str>>, String> {
    let documents: BTreeMap<String, Arc<str>> = serde_json::from_slice(text)
        .map_err(|error| format!("{shown} is not a JSON object of texts by their SHA-256: {error}"))?;
    match documents.iter().find(|(hash, text)| **hash != hash_of(text)) {
        Some((hash, text)) => Err(format!("{shown}: the document under {hash} has the SHA-256 {}", hash_of(text))),
        None => Ok(documents),
    }
}

/// The SHA-256 of a text, in lower-case hexadecimal digits.
pub(crate) fn hash_of(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    })
}
