//! A document that was read and found valid, with all that is needed to answer it again: the text's places, the form
//! that costs are told by, and each operation in the engine's form.
use super::{
    OperationKind,
    convert::Converter,
    extent, keys, limits,
    places::Places,
    refused::{Refused, RefusedKind},
    rules,
};
use apollo_compiler::{
    ExecutableDocument as Validated, Node, Schema, ast,
    executable::Operation,
    parser::Parser,
    validation::{DiagnosticList, Valid},
};
use async_graphql::parser::types::ExecutableDocument;

/// What the library calls its rule about a subscription's one field.
const MULTIPLE_FIELDS: &str = "SubscriptionUsesMultipleFields";

/// A valid document.
pub(super) struct Document {
    pub(super) validated: Validated,
    pub(super) places: Places,
    /// In the order of [`Validated::operations`].
    converted: Vec<ExecutableDocument>,
}

impl Document {
    /// Reads and judges a text; gives the number of nodes visited, too.
    ///
    /// # Errors
    /// At the first step that has something to say.
    pub(super) fn read(schema: &Valid<Schema>, text: &str) -> Result<(Self, u64), Refused> {
        if text.len() > limits::BYTES {
            let message = format!("A document may have {} bytes at most; this one has {}.", limits::BYTES, text.len());
            return Err(Refused::because(RefusedKind::TooLarge, message, None));
        }
        let places = Places::new(text);
        let parsed = parse(text, &places)?;
        let mut steps = extent::check(&parsed, &places)?;
        let validated = validate(schema, &parsed, &places).map_err(|refused| refused.after(steps))?;
        steps += rules::check(schema, &validated, &places).map_err(|refused| refused.after(steps))?;
        let mut converter = Converter { schema, places: &places, steps };
        let converted =
            validated.operations.iter().map(|operation| converter.operation(&validated, operation)).collect();
        steps = converter.steps;
        Ok((Self { validated, places, converted }, steps))
    }

    /// The operation of that name, or the only one there is.
    ///
    /// # Errors
    /// Says that there is none such, or that a name is needed.
    pub(super) fn operation(&self, name: Option<&str>) -> Result<(&Node<Operation>, &ExecutableDocument), Refused> {
        let mut operations = self.validated.operations.iter().zip(&self.converted);
        let refused = |message: String| Refused::because(RefusedKind::Operation, message, None);
        let Some(name) = name else {
            let first = operations.next().ok_or_else(|| refused("Must provide an operation.".into()))?;
            return match operations.next() {
                None => Ok(first),
                Some(_) => Err(refused("Must provide operation name if query contains multiple operations.".into())),
            };
        };
        operations
            .find(|(operation, _)| operation.name.as_ref().is_some_and(|given| given == name))
            .ok_or_else(|| refused(format!("Unknown operation named \"{name}\".")))
    }
}

/// What an operation does.
pub(super) fn kind(operation: &Operation) -> OperationKind {
    match operation.operation_type {
        ast::OperationType::Query => OperationKind::Query,
        ast::OperationType::Mutation => OperationKind::Mutation,
        ast::OperationType::Subscription => OperationKind::Subscription,
    }
}

fn parse(text: &str, places: &Places) -> Result<ast::Document, Refused> {
    let mut parser = Parser::new().recursion_limit(limits::NESTING).token_limit(limits::TOKENS);
    let parsed = parser.parse_ast(text, "document");
    if parser.tokens_reached() > limits::TOKENS {
        let message = format!("A document may have {} tokens at most.", limits::TOKENS);
        return Err(Refused::because(RefusedKind::TooLarge, message, None));
    }
    if parser.recursion_reached() > limits::NESTING {
        let message = format!("A document may be nested {} deep at most.", limits::NESTING);
        return Err(Refused::because(RefusedKind::TooLarge, message, None));
    }
    let parsed = parsed.map_err(|failed| told(RefusedKind::Syntax, &failed.errors, places))?;
    keys::check(text, places)?;
    Ok(parsed)
}

/// Runs the library's validation. Where a name is unknown, the rest of its rules would only repeat it in other words.
fn validate(schema: &Valid<Schema>, parsed: &ast::Document, places: &Places) -> Result<Validated, Refused> {
    let refused = |errors: &DiagnosticList| told(RefusedKind::Validation, errors, places);
    let built = parsed.to_executable(schema).map_err(|failed| refused(&failed.errors))?;
    match built.validate(schema) {
        Ok(valid) => Ok(valid.into_inner()),
        // Fields are counted there, not their names in the answer: `{ event event }` is one, and counted in `rules`.
        Err(failed) if failed.errors.iter().all(|one| one.error.unstable_error_name() == Some(MULTIPLE_FIELDS)) => {
            Ok(failed.partial)
        }
        Err(failed) => Err(refused(&failed.errors)),
    }
}

fn told(kind: RefusedKind, errors: &DiagnosticList, places: &Places) -> Refused {
    let reasons = errors.iter().map(|diagnostic| {
        let message = diagnostic.error.unstable_compat_message().unwrap_or_else(|| {
            let message = diagnostic.error.to_string();
            match message.strip_prefix("syntax error: ") {
                Some(rest) => format!("Syntax Error: {rest}."),
                None => message,
            }
        });
        (message, places.of(apollo_compiler::diagnostic::ToCliReport::location(diagnostic.error)))
    });
    Refused::for_all(kind, reasons)
}
