//! The only `object_store`: the bytes of uploaded documents, each under its document's id, in a folder or in S3. Knows
//! nothing of rights, names and rows.
mod open;
mod scan;

pub use scan::{Verdict, scan};

use crate::domain::{id::DocumentId, refusal::Fault};
use bytes::Bytes;
use futures_util::{StreamExt, stream::BoxStream};
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, WriteMultipart, memory::InMemory, path::Path};
use std::{io, ops::Range, path::PathBuf, sync::Arc};
use tokio::sync::OnceCell;

/// What every function here returns.
type Result<T> = std::result::Result<T, Fault>;

/// The bytes of a document as they come.
pub type Stream = BoxStream<'static, Result<Bytes>>;

/// Where documents are kept. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    place: Arc<Place>,
    /// Bytes of one part of an upload.
    part: usize,
}

#[derive(Debug)]
enum Place {
    /// Made when the first document comes.
    Folder(PathBuf, OnceCell<Arc<dyn ObjectStore>>),
    Other(Arc<dyn ObjectStore>, String),
}

/// What of a bucket is written at once at least, but for the last part.
const PART_OF_BUCKET: usize = 5 << 20;
const PART_OF_FOLDER: usize = 256 << 10;

impl Files {
    /// Documents in a folder, which is made when the first one comes.
    #[must_use]
    pub fn folder(path: PathBuf) -> Self {
        Self { place: Arc::new(Place::Folder(path, OnceCell::new())), part: PART_OF_FOLDER }
    }

    /// Documents in S3, below a prefix: `s3://bucket/prefix`. Who may, and where it is, stands in the environment as
    /// for Amazon's own tools (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`).
    ///
    /// # Errors
    /// A fault that says what is missing.
    pub fn bucket(url: &str) -> Result<Self> {
        let store = open::bucket(url)?;
        Ok(Self { place: Arc::new(Place::Other(store, url.to_owned())), part: PART_OF_BUCKET })
    }

    /// Documents in memory, for tests.
    #[must_use]
    pub fn memory() -> Self {
        let place = Place::Other(Arc::new(InMemory::new()), "memory".into());
        Self { place: Arc::new(place), part: PART_OF_FOLDER }
    }

    async fn store(&self) -> Result<&Arc<dyn ObjectStore>> {
        match &*self.place {
            Place::Other(store, _) => Ok(store),
            Place::Folder(path, store) => store.get_or_try_init(|| async { open::folder(path) }).await,
        }
    }

    /// Begins to write a document.
    ///
    /// # Errors
    /// A fault from the store.
    pub async fn begin(&self, id: DocumentId) -> Result<Writer> {
        let upload = self.store().await?.put_multipart(&key(id)).await.map_err(Fault::new)?;
        Ok(Writer(WriteMultipart::new_with_chunk_size(upload, self.part)))
    }

    /// Reads a document, or the bytes of it from the first up to but without the last.
    ///
    /// # Errors
    /// A fault from the store, also where it is not there.
    pub async fn read(&self, id: DocumentId, range: Option<Range<u64>>) -> Result<Stream> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.store().await?.get_opts(&key(id), options).await.map_err(Fault::new)?;
        Ok(found.into_stream().map(|piece| piece.map_err(Fault::new)).boxed())
    }

    /// Takes a document away, and what an upload that was killed has left of it. One that is not there is none.
    ///
    /// # Errors
    /// A fault from the store.
    pub async fn remove(&self, id: DocumentId) -> Result<()> {
        match self.store().await?.delete(&key(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(Fault::new(error)),
        }
        let Place::Folder(path, _) = &*self.place else { return Ok(()) };
        // An upload stands under the name with `#1` behind it until it is whole.
        match tokio::fs::remove_file(path.join(format!("{}#1", key(id)))).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Fault::new(error)),
            _ => Ok(()),
        }
    }

    /// Writes something, and takes it away again.
    ///
    /// # Errors
    /// A fault from the store.
    pub async fn check(&self) -> Result<String> {
        let (store, key) = (self.store().await?, Path::from("check"));
        store.put(&key, Bytes::from_static(b"innesto").into()).await.map_err(Fault::new)?;
        store.delete(&key).await.map_err(Fault::new)?;
        Ok(match &*self.place {
            Place::Folder(path, _) => format!("documents are kept in the folder {}", path.display()),
            Place::Other(_, url) => format!("documents are kept in {url}"),
        })
    }
}

fn key(id: DocumentId) -> Path {
    Path::from(id.uuid().simple().to_string())
}

/// A document that is being written. Dropped before [`Writer::finish`], nothing of it remains.
#[derive(Debug)]
pub struct Writer(WriteMultipart);

impl Writer {
    /// Writes the next bytes; waits while the store is behind.
    ///
    /// # Errors
    /// A fault from the store.
    pub async fn write(&mut self, bytes: Bytes) -> Result<()> {
        self.0.wait_for_capacity(2).await.map_err(Fault::new)?;
        self.0.put(bytes);
        Ok(())
    }

    /// Ends it: from now on it can be read.
    ///
    /// # Errors
    /// A fault from the store; nothing remains.
    pub async fn finish(self) -> Result<()> {
        self.0.finish().await.map(drop).map_err(Fault::new)
    }

    /// Gives it up.
    ///
    /// # Errors
    /// A fault from the store.
    pub async fn abort(self) -> Result<()> {
        self.0.abort().await.map_err(Fault::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use std::fs;
    use uuid::Uuid;

    async fn read(files: &Files, id: DocumentId, range: Option<Range<u64>>) -> Option<Vec<u8>> {
        let pieces: Vec<_> = files.read(id, range).await.ok()?.collect().await;
        Some(pieces.into_iter().flat_map(|piece| piece.unwrap().to_vec()).collect())
    }

    #[tokio::test]
    async fn a_folder_holds_what_was_finished_and_nothing_of_what_was_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("documents");
        let files = Files::folder(path.clone());
        let left = || fs::read_dir(&path).map_or(0, Iterator::count);
        let (one, two): (DocumentId, DocumentId) = (Id::of(Uuid::from_u128(1)), Id::of(Uuid::from_u128(2)));
        let large = Bytes::from(vec![7; 600_000]);
        let mut writer = files.begin(one).await.unwrap();
        for _ in 0..3 {
            writer.write(large.clone()).await.unwrap();
        }
        assert_eq!(read(&files, one, None).await, None, "what is not finished cannot be read");
        writer.finish().await.unwrap();
        assert_eq!(read(&files, one, None).await.unwrap().len(), 1_800_000);
        assert_eq!(read(&files, one, Some(1_799_998..1_800_000)).await.unwrap(), [7, 7]);
        let mut writer = files.begin(two).await.unwrap();
        writer.write(large.clone()).await.unwrap();
        writer.abort().await.unwrap();
        assert_eq!(left(), 1);
        // What `kill -9` leaves.
        std::mem::forget(files.begin(two).await.unwrap());
        assert_eq!(left(), 2);
        for id in [one, two, two] {
            files.remove(id).await.unwrap();
        }
        assert_eq!(left(), 0);
        assert!(files.check().await.unwrap().contains("documents"));
        assert_eq!(left(), 0);
    }

    #[tokio::test]
    async fn a_bucket_can_be_named_and_nonsense_cannot() {
        assert!(Files::bucket("s3://bucket/prefix").is_ok());
        assert!(Files::bucket("s3://").is_err());
    }
}
