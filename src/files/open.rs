//! Opens the two kinds of store.
use super::Result;
use crate::domain::refusal::Fault;
use object_store::{ObjectStore, aws::AmazonS3Builder, local::LocalFileSystem, prefix::PrefixStore};
use std::{fs, path::Path, sync::Arc};

/// A folder, made where it is not there. What it was told to keep is on the disk when it says so.
pub(super) fn folder(path: &Path) -> Result<Arc<dyn ObjectStore>> {
    fs::create_dir_all(path).map_err(Fault::new)?;
    let store = LocalFileSystem::new_with_prefix(path).map_err(Fault::new)?;
    Ok(Arc::new(store.with_fsync(true)))
}

/// A bucket, and what stands before the keys in it.
pub(super) fn bucket(url: &str) -> Result<Arc<dyn ObjectStore>> {
    // Its HTTP client takes the process's own; one that was set before stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let named = url.strip_prefix("s3://").unwrap_or_default();
    let (bucket, prefix) = named.split_once('/').unwrap_or((named, ""));
    if bucket.is_empty() {
        return Err(Fault::new("documents_url names no bucket: s3://bucket/prefix"));
    }
    let store = AmazonS3Builder::from_env().with_bucket_name(bucket).build().map_err(Fault::new)?;
    Ok(Arc::new(PrefixStore::new(store, prefix)))
}
