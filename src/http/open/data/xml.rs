//! XML as the two formats of graphs need it: elements and attributes, escaped and closed by the library.
use super::{dataset::Cell, edition::Edition};
use crate::{
    domain::refusal::Fault,
    http::open::{LICENCE, kept::Pieces},
};
use axum::body::Bytes;
use futures_util::{StreamExt, stream};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// A document being written.
pub(super) struct Xml(Writer<Vec<u8>>);

type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    pub(super) fn begin() -> Self {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        // Into memory: there is nothing that could fail.
        let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        Self(writer)
    }

    fn event(&mut self, event: Event<'_>) -> Result<(), Fault> {
        self.0.write_event(event).map_err(Fault::new)
    }

    fn started<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
        BytesStart::new(name).with_attributes(attributes.iter().copied())
    }

    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> Result<(), Fault> {
        self.event(Event::Start(Self::started(name, attributes)))
    }

    pub(super) fn close(&mut self, name: &str) -> Result<(), Fault> {
        self.event(Event::End(BytesEnd::new(name)))
    }

    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> Result<(), Fault> {
        self.event(Event::Empty(Self::started(name, attributes)))
    }

    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> Result<(), Fault> {
        self.open(name, attributes)?;
        self.event(Event::Text(BytesText::new(text)))?;
        self.close(name)
    }

    pub(super) fn end(self) -> Vec<u8> {
        self.0.into_inner()
    }
}

/// What the file says of itself.
pub(super) fn said(edition: &Edition) -> String {
    let facts = &edition.facts;
    format!("{}. {} ({LICENCE}). {}, {}", facts.title.1, facts.attribution, facts.address, facts.as_of)
}

/// A value as text.
pub(super) fn value(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Objects(_) => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Boolean(yes) => yes.to_string(),
        Cell::Texts(texts) => texts.join("; "),
    }
}

/// A file that is made at once.
pub(super) fn pieces(made: impl Future<Output = Result<Vec<u8>, Fault>> + Send + 'static) -> Pieces {
    stream::once(async move { made.await.map(Bytes::from) }).boxed()
}
