//! Signs mails with the domain's key (RFC 6376: `rsa-sha256`, both parts relaxed), for a hub whose relay does not.
//!
//! Our own, of what `ring` does: the libraries that sign bring the crate `rsa`, whose private key can be guessed from how
//! long it computes (RUSTSEC-2023-0071), or a resolver of names. The signature bears the mail's own date, so a retry is
//! the same mail, byte for byte.

use std::fmt::Write as _;
use std::sync::Arc;

use base64::{Engine, prelude::BASE64_STANDARD};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, pem::PemObject as _};

/// Signed where the mail has them. `List-Unsubscribe` must be for one click to be offered (RFC 8058, section 4).
const SIGNED: &[&str] = &[
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-language",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

/// Signs in the name of a domain. `Debug` never shows the key.
#[derive(Clone)]
pub struct Signer {
    key: Arc<RsaKeyPair>,
    domain: String,
    selector: String,
}

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It is no private key in PEM.
    #[error(
        "it is no private key in PEM, which begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----"
    )]
    Pem,
    /// It is one, and not what receivers check.
    #[error("it is no RSA key of 2048 to 4096 bits: {0}; make one with `openssl genrsa -out dkim.pem 2048`")]
    Rsa(String),
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({} of {})", self.selector, self.domain)
    }
}

impl Signer {
    /// With an RSA key in PEM, whose public half stands in the DNS at `selector._domainkey.domain`.
    ///
    /// # Errors
    /// [`KeyError`], which says what a key looks like.
    pub fn new(pem: &[u8], selector: &str, domain: &str) -> Result<Self, KeyError> {
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| KeyError::Pem)?;
        let key = match &key {
            PrivateKeyDer::Pkcs1(key) => RsaKeyPair::from_der(key.secret_pkcs1_der()),
            PrivateKeyDer::Pkcs8(key) => RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()),
            _ => return Err(KeyError::Rsa("it is of another kind".to_owned())),
        };
        let key = key.map_err(|refused| KeyError::Rsa(refused.to_string()))?;
        Ok(Self { key: Arc::new(key), domain: domain.to_owned(), selector: selector.to_owned() })
    }

    /// What is to stand in the DNS: the name, and the text of its TXT record.
    #[must_use]
    pub fn record(&self) -> (String, String) {
        let key = BASE64_STANDARD.encode(subject_public_key_info(self.key.public_key().as_ref()));
        (format!("{}._domainkey.{}", self.selector, self.domain), format!("v=DKIM1; k=rsa; p={key}"))
    }

    /// The mail with its signature before it. What has no body is left as it is.
    pub(super) fn sign(&self, mail: Vec<u8>, date: jiff::Timestamp) -> Vec<u8> {
        let text = String::from_utf8_lossy(&mail);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { return mail };
        let (mut names, mut signed) = (String::new(), String::new());
        for name in SIGNED {
            if let Some(value) = header(head, name) {
                let _ = write!(names, "{name}:");
                let _ = write!(signed, "{name}:{}\r\n", relaxed(&value));
            }
        }
        let body = BASE64_STANDARD.encode(digest(&SHA256, relaxed_body(body).as_bytes()));
        // `from` once more: a second one that somebody adds on the way breaks the signature (section 8.15).
        let unsigned = format!(
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d={}; s={}; t={};\r\n h={names}from;\r\n bh={body};\r\n b=",
            self.domain,
            self.selector,
            date.as_second()
        );
        let _ = write!(signed, "dkim-signature:{}", relaxed(&unsigned));
        let mut signature = vec![0; self.key.public().modulus_len()];
        // It needs what every key that was read has, and chance.
        if self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).is_err() {
            tracing::error!("a mail leaves unsigned: the machine gives no random numbers");
            return mail;
        }
        let encoded = BASE64_STANDARD.encode(signature);
        let mut out = format!("DKIM-Signature: {unsigned}");
        for at in (0..encoded.len()).step_by(72) {
            out.push_str(&encoded[at..encoded.len().min(at + 72)]);
            out.push_str(if at + 72 < encoded.len() { "\r\n " } else { "\r\n" });
        }
        let mut out = out.into_bytes();
        out.extend_from_slice(&mail);
        out
    }
}

/// A header's value, with the lines it is folded into.
fn header(head: &str, name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for line in head.split("\r\n") {
        match (&mut found, line.starts_with([' ', '\t'])) {
            (Some(value), true) => value.push_str(line),
            (Some(_), false) => break,
            (None, true) => {}
            (None, false) => {
                let (its, value) = line.split_once(':')?;
                found = its.trim().eq_ignore_ascii_case(name).then(|| value.to_owned());
            }
        }
    }
    found
}

/// A value on one line, each run of white space one blank, none at its ends (section 3.4.2).
fn relaxed(value: &str) -> String {
    value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The same within the lines of a body, but for a blank at their beginning; empty lines at the end go (section 3.4.4).
fn relaxed_body(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        if line.starts_with([' ', '\t']) && !relaxed(line).is_empty() {
            out.push(' ');
        }
        out.push_str(&relaxed(line));
        out.push_str("\r\n");
    }
    while out.ends_with("\r\n\r\n") {
        out.truncate(out.len() - 2);
    }
    if out == "\r\n" { String::new() } else { out }
}

/// A PKCS #1 key in the form that the DNS has it in: with the name of its algorithm (RFC 5280, section 4.1.2.7).
fn subject_public_key_info(key: &[u8]) -> Vec<u8> {
    const RSA: &[u8] = &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    der(0x30, &[RSA, &der(0x03, &[&[0], key].concat())].concat())
}

/// A value with its tag and its length.
fn der(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let length = &length[length.iter().take_while(|byte| **byte == 0).count()..];
    let mut out = vec![tag];
    match length {
        [short @ 0..0x80] => out.push(*short),
        [] => out.push(0),
        long => {
            out.push(0x80 | u8::try_from(long.len()).unwrap_or(8));
            out.extend_from_slice(long);
        }
    }
    out.extend_from_slice(value);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_relaxed_as_the_examples_of_the_rfc_say() {
        // RFC 6376, section 3.4.5.
        assert_eq!(relaxed(" X"), "X");
        assert_eq!(relaxed(" Y\t\r\n\tZ  "), "Y Z");
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed_body(""), "");
        assert_eq!(relaxed_body("\r\n\r\n"), "");
        assert_eq!(relaxed_body("a"), "a\r\n");
    }

    #[test]
    fn a_header_is_found_with_all_its_lines() {
        let head = "Subject: one\r\n two\r\nTo: three\r\nX-To: four";
        assert_eq!(header(head, "subject").unwrap(), " one two");
        assert_eq!(header(head, "to").unwrap(), " three");
        assert_eq!(header(head, "from"), None);
    }

    #[test]
    fn what_is_no_rsa_key_is_refused_with_the_way_to_make_one() {
        let made = ring::signature::Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let other =
            format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", BASE64_STANDARD.encode(made));
        for (pem, said) in [("nonsense", "BEGIN PRIVATE KEY"), (other.as_str(), "openssl genrsa")] {
            let refused = Signer::new(pem.as_bytes(), "s", "d.invalid").unwrap_err().to_string();
            assert!(refused.contains(said), "{refused}");
        }
    }
}
