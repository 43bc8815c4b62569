//! Documents: files that were uploaded for the kits of practices. Their bytes come and go beside the schema, by
//! `/documents`.
use super::{Ask, id::opaque, loaders::Source, scalar::DateTime};
use crate::{
    app::App,
    domain::{document::Document, id::DocumentId, permission::Actor, refusal::Fault, word::Word},
    service::documents,
};
use async_graphql::{Context, ID, Object};
use std::{collections::HashMap, sync::Arc};

/// A file that was uploaded for a kit.
pub struct DocumentObject(pub Arc<Document>);

/// A file that was uploaded for a kit.
#[Object(name = "Document")]
impl DocumentObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// The name it is saved under: at most 120 characters, with the ending of its type.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// What it is, by its bytes: `application/pdf` …
    async fn media_type(&self) -> &str {
        self.0.media_type.as_str()
    }
    /// Its length in bytes.
    async fn size(&self) -> i64 {
        self.0.size
    }
    /// The SHA-256 of its bytes, in lower-case hexadecimal digits.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }
    /// Where it is downloaded, by whoever may see it: with the same cookie or token as the API.
    async fn url(&self, ctx: &Context<'_>) -> String {
        Ask::of(ctx).app.config.link(&path(&self.0))
    }
    /// When it was uploaded.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// `documents/{id}/{name}`, as it stands in addresses.
fn path(document: &Document) -> String {
    let mut address = url::Url::parse("innesto:/documents").ok();
    if let Some(mut steps) = address.as_mut().and_then(|address| address.path_segments_mut().ok()) {
        steps.push(&document.id.opaque()).push(&document.name);
    }
    address.map(|address| address.path().to_owned()).unwrap_or_default()
}

type Read<S> = std::result::Result<HashMap<<S as Source>::Key, <S as Source>::Value>, Fault>;

fn by_id(documents: impl IntoIterator<Item = Document>) -> HashMap<DocumentId, Arc<Document>> {
    documents.into_iter().map(|document| (document.id, Arc::new(document))).collect()
}

/// The documents of kit items that the viewer was given already.
pub struct DocumentOf;

impl Source for DocumentOf {
    type Key = DocumentId;
    type Value = Arc<Document>;

    async fn fetch(app: &App, _: &Actor, ids: &[DocumentId]) -> Read<Self> {
        Ok(by_id(documents::of_items(app, ids).await?))
    }
}

/// Documents by id, where the viewer may see them.
pub struct DocumentById;

impl Source for DocumentById {
    type Key = DocumentId;
    type Value = Arc<Document>;

    async fn fetch(app: &App, actor: &Actor, ids: &[DocumentId]) -> Read<Self> {
        Ok(by_id(documents::find_many(app, actor, ids).await?.into_iter().map(|(document, _)| document)))
    }
}
