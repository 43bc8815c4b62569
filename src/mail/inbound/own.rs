//! What a person wrote: the text of a mail without quotes and signature, and how many files came with it.
use super::{html, quoted};
use crate::domain::inbound::Answer;
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

pub(super) fn words(mail: &Message<'_>) -> Answer {
    // Some programs cut a text in two around a picture.
    let texts: Vec<String> = mail.text_bodies().take(10).filter_map(text).collect();
    Answer {
        text: quoted::own(&texts.join("\n")),
        attachments: mail.attachments().filter(|part| is_a_file(part)).count(),
    }
}

fn text(part: &MessagePart<'_>) -> Option<String> {
    let attribute = |name| part.content_type().and_then(|kind| kind.attribute(name)).map(str::to_lowercase);
    match &part.body {
        PartType::Html(page) => Some(html::text(page)),
        PartType::Text(text) if attribute("format").as_deref() == Some("flowed") => {
            Some(quoted::unflowed(text, attribute("delsp").as_deref() == Some("yes")))
        }
        PartType::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Not the pictures of a signature, nor what proves who wrote it, nor its other forms.
fn is_a_file(part: &MessagePart<'_>) -> bool {
    let Some(kind) = part.content_type() else { return true };
    let sub = kind.c_subtype.as_deref().unwrap_or_default().to_lowercase();
    let proof = ["pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "pgp-encrypted", "ms-tnef"];
    let attached = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
    let shown = kind.c_type.eq_ignore_ascii_case("image") && (part.content_id().is_some() || !attached);
    let other_form =
        kind.c_type.eq_ignore_ascii_case("text") && matches!(sub.as_str(), "html" | "plain" | "calendar") && !attached;
    !proof.contains(&sub.as_str()) && !shown && !other_form
}
