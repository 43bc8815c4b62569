//! A certificate for `localhost`, by an authority that nobody knows but who is told: `SSL_CERT_FILE`.
use std::{
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

pub struct Certificate {
    folder: TempDir,
}

impl Certificate {
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("innesto-certificate").tempdir().unwrap();
        let this = Self { folder };
        let new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
        openssl(this.root(), &[&new[..], &["-subj", "/CN=Test", "-keyout", "ca.key", "-out", "ca.pem"]].concat());
        let names = [
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-addext",
            "basicConstraints=CA:FALSE",
        ];
        let by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-keyout", "key.pem", "-out", "own.pem"];
        openssl(this.root(), &[&new[..], &names, &by].concat());
        // Readable for the servers, which do not stay root.
        for (folder, mode) in [(".", "755"), ("key.pem", "644")] {
            assert!(Command::new("chmod").arg(mode).arg(this.root().join(folder)).status().unwrap().success());
        }
        this
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The authority.
    pub fn authority(&self) -> String {
        self.root().join("ca.pem").display().to_string()
    }

    pub fn certificate(&self) -> PathBuf {
        self.root().join("own.pem")
    }

    pub fn key(&self) -> PathBuf {
        self.root().join("key.pem")
    }

    /// A key for DKIM beside it, as `openssl` makes it.
    pub fn signing_key(&self) -> String {
        openssl(self.root(), &["genrsa", "-out", "dkim.pem", "2048"]);
        self.root().join("dkim.pem").display().to_string()
    }
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let done = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("openssl is installed by `make setup-test`");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}
