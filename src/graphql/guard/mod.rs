//! The guard before execution: reads a document, judges it by the specification, tells what it costs, and hands it over
//! in the engine's form — or refuses it, in time linear in its size. The engine itself then checks nothing any more.
mod cache;
mod convert;
mod cost;
mod document;
mod extent;
mod keys;
pub mod limits;
mod places;
mod refused;
mod rules;
mod variables;

use self::{cache::Documents, document::Document};
pub use self::{
    places::Place,
    refused::{GuardError, Refused, RefusedKind},
};
use apollo_compiler::{
    Schema,
    ast::{DirectiveList, FieldDefinition},
    name,
    schema::ExtendedType,
    ty,
    validation::Valid,
};
use async_graphql::{Request, Variables};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// It reads.
    Query,
    /// It changes something.
    Mutation,
    /// It waits for events.
    Subscription,
}

/// A request that may be executed.
#[derive(Debug)]
pub struct Approved {
    /// Read and with its variables: only the asker's data is to be added.
    pub request: Request,
    /// The operation's name in the document, where it has one.
    pub operation: Option<String>,
    /// What it does.
    pub kind: OperationKind,
    /// What it costs, in points; at most [`limits::COST`].
    pub cost: u64,
    /// How many nodes were visited to tell: few where the document was known.
    pub steps: u64,
}

/// What the engine and newer tools know of the introspection and the library does not yet.
const INTROSPECTED_TOO: &str = "\nextend type __Type { isOneOf: Boolean }\n";

/// Judges requests by the schema of this hub.
pub struct Guard {
    schema: Valid<Schema>,
    documents: Documents,
}

impl Default for Guard {
    fn default() -> Self {
        Self::new()
    }
}

impl Guard {
    /// A guard that knows no documents yet.
    #[must_use]
    pub fn new() -> Self {
        let text = format!("{}{INTROSPECTED_TOO}", super::schema::sdl());
        let schema = Schema::parse_and_validate(text, "schema.graphql").unwrap_or_else(|failed| {
            tracing::error!(errors = %failed.errors, "the schema is not as the specification wants it");
            Valid::assume_valid(failed.partial)
        });
        Self { schema: with_is_one_of(schema), documents: Documents::new() }
    }

    /// Judges a request.
    ///
    /// # Errors
    /// Says at which step it is refused, and why.
    pub fn check(
        &self,
        text: &str,
        operation_name: Option<&str>,
        variables: Map<String, Value>,
    ) -> Result<Approved, Refused> {
        let (document, read) = self.document(text)?;
        let approved = self.approve(&document, operation_name, variables);
        match approved {
            Ok(approved) => Ok(Approved { steps: approved.steps + read, ..approved }),
            Err(refused) => Err(refused.after(read)),
        }
    }

    /// How many requests were for a document known before.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.documents.hits()
    }

    /// How many were not.
    #[must_use]
    pub fn misses(&self) -> u64 {
        self.documents.misses()
    }

    /// How many documents are kept, and their estimated bytes.
    #[must_use]
    pub fn kept(&self) -> (u64, u64) {
        self.documents.size()
    }

    fn document(&self, text: &str) -> Result<(Arc<Document>, u64), Refused> {
        if let Some(known) = self.documents.find(text) {
            return Ok((known, 0));
        }
        let (document, steps) = Document::read(&self.schema, text)?;
        let document = Arc::new(document);
        self.documents.keep(text, &document);
        Ok((document, steps))
    }

    fn approve(
        &self,
        document: &Document,
        operation_name: Option<&str>,
        variables: Map<String, Value>,
    ) -> Result<Approved, Refused> {
        let (operation, converted) = document.operation(operation_name)?;
        let variables = variables::coerce(&self.schema, operation, variables, &document.places)?;
        let (cost, steps) = cost::of(&self.schema, &document.validated, operation, &variables);
        if cost > limits::COST {
            let message = format!(
                "This would cost {cost} points, and a request may cost {}. Ask for shorter lists, or for fewer of them in each other.",
                limits::COST
            );
            let place = document.places.of(operation.location());
            return Err(Refused::because(RefusedKind::Cost, message, place).after(steps));
        }
        let mut request = Request::new("").variables(Variables::from_json(Value::Object(variables)));
        request.operation_name = operation.name.as_ref().map(ToString::to_string);
        request.set_parsed_query(converted.clone());
        Ok(Approved {
            operation: request.operation_name.clone(),
            request,
            kind: document::kind(operation),
            cost,
            steps,
        })
    }
}

/// The schema with `__Type.isOneOf`: the engine answers it and clients ask for it, but the library does not know it yet.
fn with_is_one_of(schema: Valid<Schema>) -> Valid<Schema> {
    let mut schema = schema.into_inner();
    if let Some(ExtendedType::Object(of_types)) = schema.types.get_mut("__Type") {
        let field = FieldDefinition {
            description: None,
            name: name!("isOneOf"),
            arguments: Vec::new(),
            ty: ty!(Boolean),
            directives: DirectiveList::new(),
        };
        of_types.make_mut().fields.insert(name!("isOneOf"), field.into());
    }
    Valid::assume_valid(schema)
}
