//! Fields that share a name in the answer. Field Selection Merging is judged here only as far as it is about lists among
//! the arguments: the library compares them up to the end of the shorter one, so `[1]` and `[1, 2]` are alike to it. And
//! it counts a subscription's root fields, not their names.
use super::Fault;
use apollo_compiler::{
    ExecutableDocument, Name, Node, Schema,
    ast::Value,
    executable::{Field, Operation, Selection, SelectionSet},
    schema::ExtendedType,
    validation::Valid,
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ptr,
};

/// A field with the type it is selected on.
type Selected<'a> = (&'a Name, &'a Node<Field>);

struct Merge<'a> {
    schema: &'a Valid<Schema>,
    document: &'a ExecutableDocument,
    /// The selection sets that were merged with each other before, by their addresses.
    merged: HashSet<BTreeSet<usize>>,
    faults: &'a mut Vec<Fault>,
    most: u64,
    steps: u64,
}

/// Compares the fields that share a name; gives the number of nodes visited, more than `most` where it
/// gave up.
pub(super) fn check<'a>(
    schema: &'a Valid<Schema>,
    document: &'a ExecutableDocument,
    operation: &'a Operation,
    most: u64,
    faults: &'a mut Vec<Fault>,
) -> u64 {
    let mut merge = Merge { schema, document, merged: HashSet::new(), faults, most, steps: 0 };
    if operation.is_subscription() {
        merge.single_root_field(operation);
    }
    merge.sets(&[&operation.selection_set]);
    merge.steps
}

impl<'a> Merge<'a> {
    /// Single Root Field: one name in the answer, however often it is selected.
    fn single_root_field(&mut self, operation: &'a Operation) {
        let selected = self.selected(&[&operation.selection_set]);
        let names: HashSet<_> = selected.iter().map(|(_, field)| field.response_key()).collect();
        if names.len() > 1 {
            let subscription = match &operation.name {
                Some(name) => format!("Subscription \"{name}\""),
                None => "Anonymous Subscription".into(),
            };
            let place = selected.last().and_then(|(_, field)| field.location());
            self.faults.push((format!("{subscription} must select only one top level field."), place));
        }
    }

    fn sets(&mut self, sets: &[&'a SelectionSet]) {
        let addresses = sets.iter().map(|set| ptr::from_ref(*set).addr()).collect();
        if self.steps > self.most || !self.merged.insert(addresses) {
            return;
        }
        let mut by_key: HashMap<&Name, Vec<Selected<'a>>> = HashMap::new();
        let mut keys = Vec::new();
        for selected in self.selected(sets) {
            let key = selected.1.response_key();
            by_key
                .entry(key)
                .or_insert_with(|| {
                    keys.push(key);
                    Vec::new()
                })
                .push(selected);
        }
        for group in keys.iter().filter_map(|key| by_key.remove(key)) {
            self.group(group);
        }
    }

    /// Fields of one name: those on different objects never meet, those on an interface meet all.
    fn group(&mut self, group: Vec<Selected<'a>>) {
        let is_object = |name: &Name| matches!(self.schema.types.get(name), Some(ExtendedType::Object(_)));
        let (on_objects, on_interfaces): (Vec<_>, Vec<_>) = group.into_iter().partition(|(ty, _)| is_object(ty));
        let mut objects: HashMap<&Name, Vec<&'a Node<Field>>> = HashMap::new();
        for (ty, field) in on_objects {
            objects.entry(ty).or_default().push(field);
        }
        let groups = if objects.is_empty() { vec![Vec::new()] } else { objects.into_values().collect() };
        for mut fields in groups {
            fields.extend(on_interfaces.iter().map(|(_, field)| *field));
            self.steps += fields.len() as u64;
            if let Some((first, others)) = fields.split_first()
                && let Some(other) = others.iter().find(|other| differ(first, other))
            {
                let message = format!(
                    "Fields \"{}\" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.",
                    first.response_key()
                );
                self.faults.push((message, other.location()));
            }
            let inner: Vec<_> =
                fields.iter().map(|field| &field.selection_set).filter(|set| !set.selections.is_empty()).collect();
            if !inner.is_empty() {
                self.sets(&inner);
            }
        }
    }

    /// The fields of selection sets, with each fragment put in its place once.
    fn selected(&mut self, sets: &[&'a SelectionSet]) -> Vec<Selected<'a>> {
        let (mut waiting, mut spread, mut fields) = (sets.to_vec(), HashSet::new(), Vec::new());
        while let Some(set) = waiting.pop() {
            for selection in &set.selections {
                self.steps += 1;
                match selection {
                    Selection::Field(field) => fields.push((&set.ty, field)),
                    Selection::InlineFragment(inline) => waiting.push(&inline.selection_set),
                    Selection::FragmentSpread(fragment) => {
                        if spread.insert(&fragment.fragment_name)
                            && let Some(fragment) = self.document.fragments.get(&fragment.fragment_name)
                        {
                            waiting.push(&fragment.selection_set);
                        }
                    }
                }
            }
        }
        fields
    }
}

/// Whether an argument of both has not the same value; the names were compared before.
fn differ(one: &Field, other: &Field) -> bool {
    let value = |name| other.arguments.iter().find(|argument| argument.name == name).map(|argument| &argument.value);
    one.arguments.iter().any(|a| value(a.name.clone()).is_some_and(|value| !same(&a.value, value)))
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let find = |name: &Name| other.iter().find(|(other, _)| other == name).map(|(_, value)| value);
            one.len() == other.len() && one.iter().all(|(name, value)| find(name).is_some_and(|o| same(value, o)))
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscription_has_one_name_at_its_root() {
        let schema = "type Query { a: Int } type Subscription { a: Int b: Int }";
        let schema = Schema::parse_and_validate(schema, "schema").unwrap();
        for (text, faults) in [
            ("subscription { a a }", 0),
            ("subscription { a b }", 1),
            ("subscription { a x: a }", 1),
            ("subscription S { ...F } fragment F on Subscription { a ... { b } }", 1),
        ] {
            let document = ExecutableDocument::parse(&schema, text, "document").unwrap();
            let mut found = Vec::new();
            for operation in document.operations.iter() {
                check(&schema, &document, operation, 1000, &mut found);
            }
            assert_eq!(found.len(), faults, "{text}: {found:?}");
        }
    }
}
