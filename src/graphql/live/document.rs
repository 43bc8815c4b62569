//! The document of a subscription: which operation it is, and its one root field without fragments around it, which the
//! engine would pass over.
use async_graphql::{
    Name, Positioned, ServerError,
    parser::types::{
        DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition, OperationType, Selection,
    },
};
use std::collections::HashMap;

/// The root type's name.
const ROOT: &str = "Subscription";
/// How deep fragments at the root may be nested.
const DEEPEST: usize = 16;

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// The operation with this name, or the only one.
///
/// # Errors
/// There is none, or no telling which.
pub(super) fn chosen<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Result<&'d Positioned<OperationDefinition>, ServerError> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(only), None) => Some(only),
        (DocumentOperations::Multiple(named), Some(name)) => named.get(name),
        (DocumentOperations::Multiple(named), None) if named.len() == 1 => named.values().next(),
        _ => None,
    };
    found.ok_or_else(|| {
        let told = match name {
            Some(name) => format!("Unknown operation named \"{name}\"."),
            None => "Must provide operation name if query contains multiple operations.".to_owned(),
        };
        ServerError::new(told, None)
    })
}

/// Puts the fields of root fragments in the place of the fragments, in every subscription of the document.
pub(super) fn flatten(document: &mut ExecutableDocument) {
    let fragments = &document.fragments;
    let each = |operation: &mut Positioned<OperationDefinition>| {
        if operation.node.ty == OperationType::Subscription {
            let items = std::mem::take(&mut operation.node.selection_set.node.items);
            operation.node.selection_set.node.items = spread(items, fragments, 0);
        }
    };
    match &mut document.operations {
        DocumentOperations::Single(only) => each(only),
        DocumentOperations::Multiple(named) => named.values_mut().for_each(each),
    }
    document.fragments.retain(|_, fragment| fragment.node.type_condition.node.on.node != ROOT);
}

/// The mutations that give or take a cookie, which only a plain answer can.
const COOKIES: [&str; 3] = ["requestSignInCode", "signIn", "signOut"];

/// Whether an operation has a field that gives or takes a cookie.
pub(super) fn needs_cookies(document: &ExecutableDocument, operation: &Positioned<OperationDefinition>) -> bool {
    let mut sets = vec![(&operation.node.selection_set.node, 0)];
    while let Some((set, depth)) = sets.pop() {
        for item in &set.items {
            let inner = match &item.node {
                Selection::Field(field) if COOKIES.contains(&field.node.name.node.as_str()) => return true,
                Selection::Field(_) => continue,
                Selection::InlineFragment(inline) => Some(&inline.node.selection_set.node),
                Selection::FragmentSpread(named) => {
                    document.fragments.get(&named.node.fragment_name.node).map(|found| &found.node.selection_set.node)
                }
            };
            if depth < DEEPEST {
                sets.extend(inner.map(|set| (set, depth + 1)));
            } else if inner.is_some() {
                return true;
            }
        }
    }
    false
}

fn spread(items: Vec<Positioned<Selection>>, fragments: &Fragments, depth: usize) -> Vec<Positioned<Selection>> {
    let mut flat = Vec::new();
    for item in items {
        match &item.node {
            Selection::InlineFragment(inline) if depth < DEEPEST => {
                flat.extend(spread(inline.node.selection_set.node.items.clone(), fragments, depth + 1));
            }
            Selection::FragmentSpread(named) if depth < DEEPEST => {
                match fragments.get(&named.node.fragment_name.node) {
                    Some(found) => {
                        flat.extend(spread(found.node.selection_set.node.items.clone(), fragments, depth + 1));
                    }
                    None => flat.push(item),
                }
            }
            _ => flat.push(item),
        }
        // More than one is wrong already: nothing is gained by looking on.
        if flat.len() > 1 {
            break;
        }
    }
    flat
}

/// That a subscription has one root field, and no introspection field; and the variable that its `after` comes from.
///
/// # Errors
/// As the specification has them.
pub(super) fn only_field(operation: &Positioned<OperationDefinition>) -> Result<Option<Name>, ServerError> {
    let told = |what: &str| Err(ServerError::new(what, Some(operation.pos)));
    let [only] = operation.node.selection_set.node.items.as_slice() else {
        return told("A subscription must select only one top level field.");
    };
    let Selection::Field(field) = &only.node else {
        return told("A subscription must select only one top level field.");
    };
    if field.node.name.node.starts_with("__") {
        return told("A subscription must not select an introspection top level field.");
    }
    if field.node.directives.iter().any(|d| matches!(d.node.name.node.as_str(), "skip" | "include")) {
        return told("The root field of a subscription must not be skipped or included.");
    }
    // A variable is written as `$name`, and nothing else begins so.
    let after = field.node.get_argument("after").map(|argument| argument.node.to_string());
    Ok(after.as_deref().and_then(|after| after.strip_prefix('$')).map(Name::new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn judged(text: &str) -> Result<Option<Name>, String> {
        let mut document = parse_query(text).unwrap();
        flatten(&mut document);
        only_field(chosen(&document, None).unwrap()).map_err(|error| error.message)
    }

    #[test]
    fn fragments_at_the_root_are_looked_through() {
        for text in [
            "subscription($c: EventCursor) { networkEvents(after: $c) { at } }",
            "subscription($c: EventCursor) { ... { ... on Subscription { networkEvents(after: $c) { at } } } }",
            "subscription($c: EventCursor) { ...A } fragment A on Subscription { ...B } \
             fragment B on Subscription { networkEvents(after: $c) { at } }",
        ] {
            assert_eq!(judged(text).unwrap().as_deref(), Some("c"), "{text}");
        }
    }

    #[test]
    fn what_needs_a_cookie_is_found_wherever_it_stands() {
        let needs = |text: &str| {
            let document = parse_query(text).unwrap();
            needs_cookies(&document, chosen(&document, None).unwrap())
        };
        assert!(needs("mutation { a: signOut { signedOut } }"));
        assert!(needs(
            "mutation { ...A } fragment A on Mutation { ... { signIn(input: {}) { viewer { language } } } }"
        ));
        assert!(!needs("mutation { postMessage(input: {}) { message { id signIn } } }"));
    }

    #[test]
    fn more_than_one_field_is_refused_however_it_is_written() {
        for text in [
            "subscription { networkEvents { at } viewerEvents { at } }",
            "subscription { networkEvents { at } ...A } fragment A on Subscription { viewerEvents { at } }",
            "subscription { __typename }",
            "subscription { ...A } fragment A on Subscription { ...A ...A }",
            "subscription($n: Boolean!) { networkEvents @skip(if: $n) { at } }",
        ] {
            assert!(judged(text).is_err(), "{text}");
        }
    }
}
