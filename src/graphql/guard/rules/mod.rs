//! The rules of section 5 of the specification that the library lacks or judges otherwise than the reference
//! implementation. They follow its validation, so all names are known and the document's size is bounded.
mod merge;
mod values;

use super::{
    limits,
    places::Places,
    refused::{Refused, RefusedKind},
};
use apollo_compiler::{
    ExecutableDocument, Schema, introspection::check_max_depth, parser::SourceSpan, validation::Valid,
};

/// What is wrong, and where.
type Fault = (String, Option<SourceSpan>);

/// Checks every operation; gives the number of nodes visited.
///
/// # Errors
/// Tells the faults found, or that too many fields share a name to compare them all.
pub(super) fn check(schema: &Valid<Schema>, document: &ExecutableDocument, places: &Places) -> Result<u64, Refused> {
    let most = limits::VISITS_PER_BYTE * places.bytes() as u64;
    let (mut faults, mut steps, mut compared) = (Vec::new(), 0, 0);
    for operation in document.operations.iter() {
        // The library validated the document a moment ago.
        if let Err(error) = check_max_depth(Valid::assume_valid_ref(document), operation) {
            faults.push((format!("{}.", error.message()), error.location()));
        }
        steps += values::check(schema, document, operation, &mut faults);
        let merged = merge::check(schema, document, operation, most.saturating_sub(compared), &mut faults);
        steps += merged;
        compared += merged;
        if compared > most {
            let message = "Too many fields share a name in the answer to compare them all. Ask for each once.";
            return Err(Refused::because(RefusedKind::TooLarge, message, None).after(steps));
        }
    }
    if faults.is_empty() {
        return Ok(steps);
    }
    let faults = faults.into_iter().map(|(message, span)| (message, places.of(span)));
    Err(Refused::for_all(RefusedKind::Validation, faults).after(steps))
}
