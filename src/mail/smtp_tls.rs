//! TLS from the first byte (`smtps://`) over a socket of our own.
//!
//! lettre wraps a stream it is given only by STARTTLS, and its own way to `smtps` leaves `TCP_NODELAY` off.
//! So we let it do the handshake, and hand the encrypted stream back to it as if it were a plain one.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::io::{AsyncRead as _, AsyncWrite as _};
#[expect(deprecated, reason = "lettre has no other name for a stream it has encrypted")]
use lettre::transport::smtp::client::AsyncNetworkStream;
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Handshake, then greeting.
pub(super) async fn connect(
    stream: TcpStream,
    tls: TlsParameters,
    hello: &ClientId,
) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
    #[expect(deprecated, reason = "see the import")]
    let mut stream = AsyncNetworkStream::use_existing_tokio1(Box::new(stream));
    stream.upgrade_tls(tls).await?;
    AsyncSmtpConnection::connect_with_transport(Box::new(Encrypted(stream)), hello).await
}

/// lettre's stream speaks the traits of `futures`; what it accepts must speak those of tokio.
#[derive(Debug)]
#[expect(deprecated, reason = "see the import")]
struct Encrypted(AsyncNetworkStream);

impl AsyncTokioStream for Encrypted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.0.peer_addr()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = ready!(Pin::new(&mut self.0).poll_read(cx, buf.initialize_unfilled()))?;
        buf.advance(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_close(cx)
    }
}
