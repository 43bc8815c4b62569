//! What an operation costs, in points: about one for each object that its answer may hold. Lists multiply what is below
//! them by the number of items asked for. A fragment is walked once, whatever the number of its places.
use super::limits;
use apollo_compiler::{
    ExecutableDocument, Name, Node, Schema,
    ast::Value,
    executable::{Field, Operation, Selection, SelectionSet},
    validation::Valid,
};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// What a search gives. Each further page of hits asked for under another name is a search of its own.
const SEARCH_RESULT: &str = "SearchResult";

/// A selection set's points: once, and once more for each item of the page where it is a connection's.
#[derive(Clone, Copy, Default)]
struct Points {
    once: u64,
    each: u64,
}

struct Walk<'a> {
    schema: &'a Valid<Schema>,
    document: &'a ExecutableDocument,
    operation: &'a Operation,
    variables: &'a Map<String, Json>,
    fragments: HashMap<&'a Name, Points>,
    steps: u64,
}

/// The points of an operation with these values of its variables, and the number of nodes visited.
pub(super) fn of(
    schema: &Valid<Schema>,
    document: &ExecutableDocument,
    operation: &Operation,
    variables: &Map<String, Json>,
) -> (u64, u64) {
    let mut walk = Walk { schema, document, operation, variables, fragments: HashMap::new(), steps: 0 };
    let points = walk.set(&operation.selection_set);
    // Whatever is asked, asking costs something.
    (points.once.saturating_add(points.each).max(1), walk.steps)
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Points {
        let mut sum = Points::default();
        for selection in &set.selections {
            self.steps += 1;
            let one = match selection {
                Selection::Field(field) => self.field(&set.ty, field),
                Selection::InlineFragment(inline) => self.set(&inline.selection_set),
                Selection::FragmentSpread(spread) => self.fragment(&spread.fragment_name),
            };
            sum.once = sum.once.saturating_add(one.once);
            sum.each = sum.each.saturating_add(one.each);
        }
        sum
    }

    fn fragment(&mut self, name: &'a Name) -> Points {
        if let Some(points) = self.fragments.get(name) {
            return *points;
        }
        let document = self.document;
        let points = document.fragments.get(name).map(|fragment| self.set(&fragment.selection_set)).unwrap_or_default();
        self.fragments.insert(name, points);
        points
    }

    fn field(&mut self, on: &Name, field: &'a Node<Field>) -> Points {
        if field.selection_set.selections.is_empty() {
            return Points::default();
        }
        let inner = self.set(&field.selection_set);
        if is_connection(on) && matches!(field.name.as_str(), "nodes" | "edges") {
            return Points { once: 0, each: inner.once.saturating_add(1) };
        }
        let ty = field.ty().inner_named_type();
        let once = if is_connection(ty) {
            inner.each.saturating_mul(self.page(field)).saturating_add(inner.once).saturating_add(1)
        } else {
            let items = if field.ty().is_list() { self.items(field) } else { 1 };
            inner.once.saturating_add(inner.each).saturating_add(1).saturating_mul(items)
        };
        let once = match field.name.as_str() {
            "__schema" | "__type" => once.div_ceil(limits::INTROSPECTED_PER_POINT),
            _ if self.operation.is_mutation() && on == self.operation.object_type() => {
                once.saturating_add(limits::MUTATION_FIELD)
            }
            "search" | "hits" if ty == SEARCH_RESULT || on == SEARCH_RESULT => once.saturating_add(limits::SEARCH),
            "match" | "matches" | "suggestedPractices" => once.saturating_add(limits::MATCH),
            "territories" if self.is_given(field, "expertIn") => once.saturating_add(limits::MATCH),
            "network" => once.saturating_add(limits::NETWORK),
            "similar" => once.saturating_add(limits::SIMILAR),
            _ => once,
        };
        Points { once, each: 0 }
    }

    /// How many items a connection is asked for.
    fn page(&self, field: &Field) -> u64 {
        let asked = ["first", "last"].iter().filter_map(|name| self.number(field, name)).max();
        asked.unwrap_or(limits::page(&field.name)).min(limits::LONGEST_PAGE)
    }

    /// How many items a plain list may have: as many as were asked for by their ids, or a guess.
    fn items(&self, field: &Field) -> u64 {
        if field.definition.name == "types" && field.ty().inner_named_type() == "__Type" {
            return self.schema.types.len() as u64;
        }
        let asked =
            self.length(field, "ids").or_else(|| self.number(field, "first").map(|n| n.min(limits::LONGEST_PAGE)));
        asked.unwrap_or_else(|| limits::list(&field.name))
    }

    fn number(&self, field: &Field, argument: &str) -> Option<u64> {
        match field.specified_argument_by_name(argument).map(|value| &**value)? {
            Value::Variable(name) => match self.variables.get(name.as_str()) {
                Some(given) => given.as_i64().map(|number| u64::try_from(number).unwrap_or_default()),
                None => self.default(name).and_then(count),
            },
            literal => count(literal),
        }
    }

    fn is_given(&self, field: &Field, argument: &str) -> bool {
        match field.specified_argument_by_name(argument).map(|value| &**value) {
            Some(Value::Variable(name)) => match self.variables.get(name.as_str()) {
                Some(given) => !given.is_null(),
                None => self.default(name).is_some_and(|default| !default.is_null()),
            },
            literal => literal.is_some_and(|literal| !literal.is_null()),
        }
    }

    fn length(&self, field: &Field, argument: &str) -> Option<u64> {
        match field.specified_argument_by_name(argument).map(|value| &**value)? {
            Value::Variable(name) => match self.variables.get(name.as_str()) {
                Some(given) => Some(given.as_array().map_or(1, Vec::len) as u64),
                None => self.default(name).map(|default| default.as_list().map_or(1, <[_]>::len) as u64),
            },
            literal => Some(literal.as_list().map_or(1, <[_]>::len) as u64),
        }
    }

    fn default(&self, variable: &Name) -> Option<&'a Value> {
        let definition = self.operation.variables.iter().find(|definition| definition.name == *variable)?;
        definition.default_value.as_deref()
    }
}

fn count(literal: &Value) -> Option<u64> {
    literal.to_i32().map(|number| u64::try_from(number).unwrap_or_default())
}

fn is_connection(ty: &Name) -> bool {
    ty.ends_with("Connection")
}
