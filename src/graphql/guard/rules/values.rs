//! Literal values and the variables in them: input fields given once, input objects of one field, and variables whose
//! type fits their place, wherever in a value they stand.
use super::Fault;
use apollo_compiler::{
    ExecutableDocument, Name, Node, Schema,
    ast::{Argument, Directive, InputValueDefinition, Type, Value, VariableDefinition},
    executable::{Operation, Selection, SelectionSet},
    parser::SourceSpan,
    schema::{ExtendedType, InputObjectType},
    validation::Valid,
};
use std::collections::{HashMap, HashSet};

/// Where a value stands: its type, and whether something else is meant when it is left out.
#[derive(Clone, Copy, Default)]
struct Position<'a> {
    ty: Option<&'a Type>,
    has_default: bool,
}

struct Rules<'a> {
    schema: &'a Valid<Schema>,
    document: &'a ExecutableDocument,
    variables: HashMap<&'a str, &'a VariableDefinition>,
    spread: HashSet<&'a Name>,
    faults: &'a mut Vec<Fault>,
    steps: u64,
}

/// Walks all values that an operation reaches, each fragment once; gives the number of nodes visited.
pub(super) fn check<'a>(
    schema: &'a Valid<Schema>,
    document: &'a ExecutableDocument,
    operation: &'a Operation,
    faults: &'a mut Vec<Fault>,
) -> u64 {
    let variables = operation.variables.iter().map(|variable| (variable.name.as_str(), &**variable)).collect();
    let mut rules = Rules { schema, document, variables, spread: HashSet::new(), faults, steps: 0 };
    for variable in &operation.variables {
        if let Some(default) = &variable.default_value {
            rules.value(Position { ty: Some(&variable.ty), has_default: false }, default);
        }
        rules.directives(&variable.directives);
    }
    rules.directives(&operation.directives);
    rules.set(&operation.selection_set);
    rules.steps
}

impl<'a> Rules<'a> {
    fn set(&mut self, set: &'a SelectionSet) {
        for selection in &set.selections {
            self.steps += 1;
            self.directives(selection.directives());
            match selection {
                Selection::Field(field) => {
                    self.arguments(&field.arguments, &field.definition.arguments);
                    self.set(&field.selection_set);
                }
                Selection::InlineFragment(inline) => self.set(&inline.selection_set),
                Selection::FragmentSpread(spread) => {
                    if self.spread.insert(&spread.fragment_name)
                        && let Some(fragment) = self.document.fragments.get(&spread.fragment_name)
                    {
                        self.directives(&fragment.directives);
                        self.set(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &'a [Node<Directive>]) {
        for directive in directives {
            self.steps += 1;
            let schema = self.schema;
            if let Some(definition) = schema.directive_definitions.get(&directive.name) {
                self.arguments(&directive.arguments, &definition.arguments);
            }
        }
    }

    fn arguments(&mut self, arguments: &'a [Node<Argument>], definitions: &'a [Node<InputValueDefinition>]) {
        for argument in arguments {
            if let Some(definition) = definitions.iter().find(|definition| definition.name == argument.name) {
                self.value(place_of(definition), &argument.value);
            }
        }
    }

    fn value(&mut self, position: Position<'a>, value: &'a Node<Value>) {
        self.steps += 1;
        match &**value {
            Value::Variable(name) => self.variable(position, name, value.location()),
            Value::List(items) => {
                let item = position.ty.filter(|ty| ty.is_list()).map(Type::item_type);
                for value in items {
                    self.value(Position { ty: item, has_default: false }, value);
                }
            }
            Value::Object(fields) => self.object(position, fields, value.location()),
            _ => {}
        }
    }

    fn object(&mut self, position: Position<'a>, fields: &'a [(Name, Node<Value>)], span: Option<SourceSpan>) {
        let mut seen = HashSet::new();
        for (name, _) in fields {
            if !seen.insert(name) {
                let message = format!("There can be only one input field named \"{name}\".");
                self.faults.push((message, name.location()));
            }
        }
        let schema = self.schema;
        let definition = position.ty.and_then(|ty| match schema.types.get(ty.inner_named_type()) {
            Some(ExtendedType::InputObject(definition)) => Some(&**definition),
            _ => None,
        });
        if let Some(definition) = definition.filter(|definition| definition.directives.has("oneOf")) {
            self.one_of(definition, fields, span);
        }
        for (name, value) in fields {
            let position = definition.and_then(|definition| definition.fields.get(name)).map(|field| place_of(field));
            self.value(position.unwrap_or_default(), value);
        }
    }

    fn one_of(&mut self, definition: &InputObjectType, fields: &[(Name, Node<Value>)], span: Option<SourceSpan>) {
        let ty = &definition.name;
        let [(name, value)] = fields else {
            let message = format!("OneOf Input Object \"{ty}\" must specify exactly one key.");
            return self.faults.push((message, span));
        };
        let nullable = |variable: &Name| self.variables.get(variable.as_str()).is_some_and(|v| !v.ty.is_non_null());
        match &**value {
            Value::Null => self.faults.push((format!("Field \"{ty}.{name}\" must be non-null."), span)),
            Value::Variable(variable) if nullable(variable) => {
                let message = format!(
                    "Variable \"${variable}\" must be non-nullable to be used for OneOf Input Object \"{ty}\"."
                );
                self.faults.push((message, value.location()));
            }
            _ => {}
        }
    }

    /// All Variable Usages Are Allowed.
    fn variable(&mut self, position: Position<'_>, name: &Name, span: Option<SourceSpan>) {
        let Some(definition) = self.variables.get(name.as_str()) else {
            return self.faults.push((format!("Variable \"${name}\" is not defined."), span));
        };
        let Some(expected) = position.ty else { return };
        let ty = &definition.ty;
        let fits = if expected.is_non_null() && !ty.is_non_null() {
            let has_value = definition.default_value.as_ref().is_some_and(|default| !default.is_null());
            (has_value || position.has_default) && ty.is_assignable_to(&expected.clone().nullable())
        } else {
            ty.is_assignable_to(expected)
        };
        if !fits {
            let message =
                format!("Variable \"${name}\" of type \"{ty}\" used in position expecting type \"{expected}\".");
            self.faults.push((message, span));
        }
    }
}

fn place_of(definition: &InputValueDefinition) -> Position<'_> {
    Position { ty: Some(&definition.ty), has_default: definition.default_value.is_some() }
}
