//! Whom the lines to mail servers trust: Mozilla's list, and whom this machine trusts beside it, since the servers of a
//! public body often have a certificate of its own authority.

use std::sync::OnceLock;

use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::CertificateDer;

/// The authorities of this machine that can be read: `SSL_CERT_FILE`, `SSL_CERT_DIR`, else the system's. Read once.
pub(super) fn own() -> &'static [CertificateDer<'static>] {
    static OWN: OnceLock<Vec<CertificateDer<'static>>> = OnceLock::new();
    OWN.get_or_init(|| {
        let mut sound = RootCertStore::empty();
        let all = rustls_native_certs::load_native_certs().certs;
        all.into_iter().filter(|one| sound.add(one.clone()).is_ok()).collect()
    })
}

/// All of them.
pub(super) fn all() -> RootCertStore {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    roots.add_parsable_certificates(own().iter().cloned());
    roots
}
