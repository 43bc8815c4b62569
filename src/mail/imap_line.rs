//! The line to the mailbox's server: a socket, and TLS over it where it must be.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, crypto::ring};

use super::{ImapUrl, Security, trust};

/// Something to speak IMAP over.
pub(super) trait Line: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Line for T {}

/// Whether the line begins plain and is to be encrypted before anything is said.
pub(super) fn wants_starttls(url: &ImapUrl) -> bool {
    url.security == Security::StartTls
}

/// Connects to the first address that answers; encrypted from the first byte where the address says so.
pub(super) async fn open(url: &ImapUrl) -> io::Result<Box<dyn Line>> {
    let stream = TcpStream::connect((url.host.as_str(), url.port)).await?;
    stream.set_nodelay(true)?;
    if url.security == Security::Tls { encrypt(Box::new(stream), url).await } else { Ok(Box::new(stream)) }
}

/// The handshake.
pub(super) async fn encrypt(line: Box<dyn Line>, url: &ImapUrl) -> io::Result<Box<dyn Line>> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(trust::all())
        .with_no_client_auth();
    let name = ServerName::try_from(url.host.clone()).map_err(io::Error::other)?;
    Ok(Box::new(TlsConnector::from(Arc::new(config)).connect(name, line).await?))
}
