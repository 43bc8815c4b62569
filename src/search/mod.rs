//! The only tantivy: finds public practices by words, counts them by facets, says what is alike and what answers a wish.
//!
//! The index can be thrown away: it holds nothing that the database does not, and is built anew where it is missing,
//! unreadable, of another version or of another database. It holds what everybody may read and nothing else, so nothing
//! hidden can be found, counted or suggested. Who fills it, and from which events, is the use case's affair
//! (`service::search`); this layer reads no database.
mod alike;
mod counts;
mod fields;
mod find;
mod index;
mod italian;
mod lexicon;
mod lists;
mod matching;
mod narrow;
mod passages;
mod places;
mod query;
mod synonyms;
mod tally;

pub use counts::{COSTS, Counts, EVIDENCE};
pub use fields::Entry;
pub use find::{Found, Order, Question};
pub use index::{Mark, Search};
pub use lists::Lists;
pub use matching::{Candidate, Sought};
pub use narrow::{Land, Lands, Narrow};
pub use passages::{Passage, Piece, passages};
pub use places::Gazetteer;
pub use query::Stems;
pub use synonyms::{Synonyms, are_alike, says_something};

use crate::domain::refusal::Fault;

fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Fault {
    Fault::new(error)
}
