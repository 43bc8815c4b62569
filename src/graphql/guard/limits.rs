//! What a document may have at most, and what things cost. Each limit is far above what a page of the portal needs and
//! low enough that the whole of a document's examination stays within some milliseconds.

/// Bytes of a document's text.
pub const BYTES: usize = 64 * 1024;
/// Tokens of a document.
pub const TOKENS: usize = 10_000;
/// Nesting of brackets and braces in the text, and of selections with every fragment put in its place.
pub const NESTING: usize = 64;
/// Operations in one document: each is validated with all the fragments it reaches.
pub const OPERATIONS: usize = 10;
/// Definitions of fragments in one document.
pub const FRAGMENTS: usize = 100;
/// Fields in each other, with every fragment put in its place.
pub const DEPTH: u64 = 24;
/// Selections of all operations, with every fragment put in each of its places.
pub const SELECTIONS: u64 = 5_000;
/// Aliases, counted in the same way.
pub const ALIASES: u64 = 100;
/// Directives, counted in the same way.
pub const DIRECTIVES: u64 = 200;
/// Visits of nodes, for each byte of the text, to compare fields that share a name in the answer.
pub const VISITS_PER_BYTE: u64 = 16;

/// Errors told about one document: enough to mend it, too few to make an answer out of a flood of mistakes.
pub const ERRORS: usize = 5;
/// Characters of one error's message.
pub const MESSAGE: usize = 400;

/// Points that one request may cost.
pub const COST: u64 = 20_000;
/// Points of each field of a mutation, whatever it gives back.
pub const MUTATION_FIELD: u64 = 50;
/// Points of a search, whatever it finds: it takes processor time that no other field takes.
pub const SEARCH: u64 = 20;
/// Points of looking for what is like one practice.
pub const SIMILAR: u64 = 5;
/// Points of looking for the practices that answer a need: each that comes into question is judged. As many for the
/// territories that know a term: each is judged by all that it does.
pub const MATCH: u64 = 50;
/// Points of drawing the network: all its measures are worked out.
pub const NETWORK: u64 = 1000;
/// Items that a list without arguments is taken to have.
pub const LIST: u64 = 10;
/// Points that the answer to one event of a subscription may cost: it is given for every event.
pub const EVENT_COST: u64 = 500;
/// Items of a connection asked for without `first` or `last`.
pub const PAGE: u64 = 20;
/// Items of the longest page that connections give; who asks for more gets an error, not a page.
pub const LONGEST_PAGE: u64 = 100;
/// Objects of an introspection that cost as much as one of the store's: they are in memory.
pub const INTROSPECTED_PER_POINT: u64 = 100;

/// Bytes that the kept documents may take, as they are estimated.
pub const KEPT_BYTES: u64 = 64 * 1024 * 1024;
/// Bytes in memory for each byte of a kept document's text: it is kept as read and as the engine wants it.
pub const KEPT_PER_BYTE: u32 = 80;

/// Items of a connection asked for without `first` or `last`: those of the resolvers.
#[must_use]
pub fn page(field: &str) -> u64 {
    if field == "messages" { 50 } else { PAGE }
}

/// Items that a list without arguments may have, where it may be longer than most.
#[must_use]
pub fn list(field: &str) -> u64 {
    match field {
        // Of a lineage's tree and of a practice's lineage.
        "nodes" | "edges" => 200,
        "children" => 100,
        "statistics" => 120,
        "kit" | "kitWanted" | "unansweredNeeds" => 50,
        "passages" | "reasons" => 3,
        // Of a match.
        "parts" | "unknown" => 13,
        "cautions" => 2,
        "similar" | "match" | "matches" | "suggestedPractices" => 5,
        _ => LIST,
    }
}
