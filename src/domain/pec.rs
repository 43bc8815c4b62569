//! Certified mailboxes (PEC). The hub never writes notifications to one: a certified mail has legal weight, is kept in the
//! body's protocol register, and many such mailboxes take nothing from ordinary ones.
use super::refusal::{Code, Refusal};

/// Domains under which providers give certified mailboxes to bodies, firms and professionals, with everything below them.
/// Most bodies have a domain of their own for theirs, which [`LABELS`] knows. One that is missing here can be added.
const DOMAINS: &[&str] = &[
    "arubapec.it",
    "gigapec.it",
    "ingpec.eu",
    "legalmail.it",
    "mypec.eu",
    "pec.it",
    "pecimprese.it",
    "postacert.it",
    "postecert.it",
    "registerpec.it",
    "sicurezzapostale.it",
];

/// Parts of a domain that only certified mailboxes have, as in `comune@pec.comune.example.it`,
/// `protocollo@cert.ruparpiemonte.it`, `comune.example@pec.rupar.puglia.it` or `x@postacert.example.it`.
const LABELS: &[&str] = &["pec", "cert", "postacert", "legalmail", "postacertificata", "pecpa", "legalpec"];

/// Whether an address is that of a certified mailbox, as far as its domain tells.
#[must_use]
pub fn is_pec(address: &str) -> bool {
    let domain = super::delivery::domain_of(address);
    let is_below = |known: &&str| domain == **known || domain.ends_with(&format!(".{known}"));
    DOMAINS.iter().any(is_below) || domain.split('.').rev().skip(1).any(|part| LABELS.contains(&part))
}

/// The address, unless it is that of a certified mailbox.
///
/// # Errors
/// `INVALID` on `field`, with why.
pub fn ordinary(field: &str, address: String) -> Result<String, Refusal> {
    if !is_pec(&address) {
        return Ok(address);
    }
    Err(Refusal::new(Code::Invalid).on(field).say(
        "È una casella PEC: le notifiche non hanno valore legale e una PEC spesso rifiuta la posta ordinaria. Indicate una casella ordinaria.",
        "This is a certified mailbox (PEC): notifications have no legal weight, and a PEC often refuses ordinary mail. Give an ordinary mailbox.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certified_mailboxes_are_told_by_their_domain() {
        for address in [
            "protocollo@pec.comune.troia.it",
            "udp@PEC.IT",
            "ambito@comune.pec.it",
            "x@legalmail.it",
            "x@cert.legalmail.it",
            "comune@pec.rupar.puglia.it",
            "x@postacert.istruzione.it",
            "studio@arubapec.it",
            "a@cert.ruparpiemonte.it",
        ] {
            assert!(is_pec(address), "{address}");
        }
        for address in
            ["pec@comune.troia.it", "ada@troia.it", "x@specchia.le.it", "x@pecora.it", "x@concerto.it", "pec", "a@pec"]
        {
            assert!(!is_pec(address), "{address}");
        }
    }
}
