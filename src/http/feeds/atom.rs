//! A feed as an Atom document (RFC 4287). The only quick-xml: it writes and escapes, this says what.
use crate::domain::time::Ts;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use std::io;

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";
pub(super) const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// A list of what is new, the newest first. All addresses are absolute.
#[derive(Debug)]
pub(super) struct Feed {
    /// Never changes, nor is it another feed's.
    pub id: String,
    /// For people.
    pub title: String,
    /// `it` or `en`.
    pub language: &'static str,
    /// Where it is read.
    pub itself: String,
    /// The page that shows the same.
    pub page: String,
    /// The last change of what is in it.
    pub updated: Ts,
    /// What is new. Each has an author, so the feed needs none.
    pub entries: Vec<Entry>,
}

/// Something new.
#[derive(Debug)]
pub(super) struct Entry {
    /// Never changes, whatever becomes of its address.
    pub id: String,
    /// For people.
    pub title: String,
    /// Its page.
    pub page: String,
    /// Whose it is.
    pub author: String,
    /// Plain text.
    pub summary: String,
    /// When it became public.
    pub published: Ts,
    /// Its last public change.
    pub updated: Ts,
    /// What it is about.
    pub categories: Vec<Category>,
}

/// A word of a vocabulary.
#[derive(Debug)]
pub(super) struct Category {
    /// The vocabulary's IRI.
    pub scheme: String,
    /// The word's code.
    pub term: String,
    /// For people.
    pub label: String,
}

type Out = Writer<Vec<u8>>;

/// The document, in UTF-8.
///
/// # Errors
/// None: memory takes everything; what the writer's signature says.
pub(super) fn written(feed: &Feed) -> io::Result<Vec<u8>> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let whole = out.create_element("feed").with_attributes([("xmlns", NAMESPACE), ("xml:lang", feed.language)]);
    whole.write_inner_content(|out| {
        text(out, "id", &feed.id)?;
        text(out, "title", &feed.title)?;
        text(out, "updated", &feed.updated.to_string())?;
        link(out, "self", "application/atom+xml", &feed.itself)?;
        link(out, "alternate", "text/html", &feed.page)?;
        let generator = out.create_element("generator").with_attribute(("version", env!("CARGO_PKG_VERSION")));
        generator.write_text_content(BytesText::new("Innesto"))?;
        feed.entries.iter().try_for_each(|one| entry(out, one))
    })?;
    let mut document = out.into_inner();
    document.push(b'\n');
    Ok(document)
}

fn entry(out: &mut Out, entry: &Entry) -> io::Result<()> {
    out.create_element("entry").write_inner_content(|out| {
        text(out, "id", &entry.id)?;
        text(out, "title", &entry.title)?;
        text(out, "published", &entry.published.to_string())?;
        text(out, "updated", &entry.updated.to_string())?;
        out.create_element("author").write_inner_content(|out| text(out, "name", &entry.author))?;
        link(out, "alternate", "text/html", &entry.page)?;
        for Category { scheme, term, label } in &entry.categories {
            let label = plain(label);
            let attributes = [("scheme", scheme.as_str()), ("term", term), ("label", &label)];
            out.create_element("category").with_attributes(attributes).write_empty()?;
        }
        text(out, "summary", &entry.summary)
    })?;
    Ok(())
}

fn text(out: &mut Out, name: &str, said: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(&plain(said))).map(drop)
}

fn link(out: &mut Out, rel: &str, media_type: &str, href: &str) -> io::Result<()> {
    let attributes = [("rel", rel), ("type", media_type), ("href", href)];
    out.create_element("link").with_attributes(attributes).write_empty().map(drop)
}

/// What XML 1.0 cannot hold, escaped or not (`Char` in its section 2.2), made the sign for what cannot be shown.
fn plain(text: &str) -> String {
    let holds = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if holds(c) { c } else { '\u{fffd}' }).collect()
}
