//! A validated document in the engine's own form, so that its parser and its validation are never used.
use super::places::{Place, Places};
use apollo_compiler::{
    self as apollo, ExecutableDocument as Validated, Node, Schema,
    ast::{self, InputValueDefinition},
    executable::{self, Operation},
    parser::SourceSpan,
    schema::ExtendedType,
    validation::Valid,
};
use async_graphql::{
    Name, Number, Pos, Positioned,
    parser::types::{
        BaseType, Directive, DocumentOperations, ExecutableDocument, Field, FragmentDefinition, FragmentSpread,
        InlineFragment, OperationDefinition, OperationType, Selection, SelectionSet, Type, TypeCondition,
        VariableDefinition,
    },
};
use async_graphql_value::Value;
use std::collections::{HashMap, HashSet};

/// Converts nodes and counts them.
pub(super) struct Converter<'a> {
    pub(super) schema: &'a Valid<Schema>,
    pub(super) places: &'a Places,
    pub(super) steps: u64,
}

impl Converter<'_> {
    /// One operation with the fragments it reaches.
    pub(super) fn operation(&mut self, document: &Validated, operation: &Node<Operation>) -> ExecutableDocument {
        let mut reached = HashSet::new();
        let mut waiting = vec![&operation.selection_set];
        while let Some(set) = waiting.pop() {
            for selection in &set.selections {
                self.steps += 1;
                match selection {
                    executable::Selection::Field(field) => waiting.push(&field.selection_set),
                    executable::Selection::InlineFragment(inline) => waiting.push(&inline.selection_set),
                    executable::Selection::FragmentSpread(spread) => {
                        if reached.insert(&spread.fragment_name)
                            && let Some(fragment) = document.fragments.get(&spread.fragment_name)
                        {
                            waiting.push(&fragment.selection_set);
                        }
                    }
                }
            }
        }
        let fragments = document.fragments.values().filter(|fragment| reached.contains(&fragment.name));
        let fragments = fragments.map(|fragment| (name(&fragment.name), self.fragment(fragment))).collect();
        let converted = self.definition(operation);
        let operations = match &operation.name {
            None => DocumentOperations::Single(converted),
            Some(given) => DocumentOperations::Multiple(HashMap::from([(name(given), converted)])),
        };
        ExecutableDocument { operations, fragments }
    }

    fn definition(&mut self, operation: &Node<Operation>) -> Positioned<OperationDefinition> {
        let pos = self.pos(operation.location());
        let ty = match operation.operation_type {
            ast::OperationType::Query => OperationType::Query,
            ast::OperationType::Mutation => OperationType::Mutation,
            ast::OperationType::Subscription => OperationType::Subscription,
        };
        let variable_definitions = operation.variables.iter().map(|variable| self.variable(variable)).collect();
        let directives = self.directives(&operation.directives);
        let selection_set = self.set(&operation.selection_set, pos);
        Positioned::new(OperationDefinition { ty, variable_definitions, directives, selection_set }, pos)
    }

    fn variable(&mut self, variable: &Node<ast::VariableDefinition>) -> Positioned<VariableDefinition> {
        self.steps += 1;
        let pos = self.pos(variable.location());
        let default = variable.default_value.as_ref().and_then(|default| {
            let converted = self.value(default, Some(&variable.ty)).into_const()?;
            Some(Positioned::new(converted, self.pos(default.location())))
        });
        let definition = VariableDefinition {
            name: Positioned::new(name(&variable.name), pos),
            var_type: Positioned::new(ty(&variable.ty), pos),
            directives: self.directives(&variable.directives),
            default_value: default,
        };
        Positioned::new(definition, pos)
    }

    fn fragment(&mut self, fragment: &Node<executable::Fragment>) -> Positioned<FragmentDefinition> {
        let pos = self.pos(fragment.location());
        let definition = FragmentDefinition {
            type_condition: self.condition(fragment.type_condition()),
            directives: self.directives(&fragment.directives),
            selection_set: self.set(&fragment.selection_set, pos),
        };
        Positioned::new(definition, pos)
    }

    fn set(&mut self, set: &executable::SelectionSet, pos: Pos) -> Positioned<SelectionSet> {
        let items = set.selections.iter().map(|selection| self.selection(selection)).collect();
        Positioned::new(SelectionSet { items }, pos)
    }

    fn selection(&mut self, selection: &executable::Selection) -> Positioned<Selection> {
        self.steps += 1;
        match selection {
            executable::Selection::Field(field) => {
                let pos = self.pos(field.location());
                let converted = Field {
                    alias: field.alias.as_ref().map(|alias| Positioned::new(name(alias), pos)),
                    name: Positioned::new(name(&field.name), self.pos(field.name.location())),
                    arguments: self.arguments(&field.arguments, &field.definition.arguments),
                    directives: self.directives(&field.directives),
                    selection_set: self.set(&field.selection_set, pos),
                };
                Positioned::new(Selection::Field(Positioned::new(converted, pos)), pos)
            }
            executable::Selection::FragmentSpread(spread) => {
                let pos = self.pos(spread.location());
                let converted = FragmentSpread {
                    fragment_name: Positioned::new(name(&spread.fragment_name), pos),
                    directives: self.directives(&spread.directives),
                };
                Positioned::new(Selection::FragmentSpread(Positioned::new(converted, pos)), pos)
            }
            executable::Selection::InlineFragment(inline) => {
                let pos = self.pos(inline.location());
                let converted = InlineFragment {
                    type_condition: inline.type_condition.as_ref().map(|condition| self.condition(condition)),
                    directives: self.directives(&inline.directives),
                    selection_set: self.set(&inline.selection_set, pos),
                };
                Positioned::new(Selection::InlineFragment(Positioned::new(converted, pos)), pos)
            }
        }
    }

    fn condition(&self, on: &apollo::Name) -> Positioned<TypeCondition> {
        let pos = self.pos(on.location());
        Positioned::new(TypeCondition { on: Positioned::new(name(on), pos) }, pos)
    }

    fn directives(&mut self, directives: &[Node<ast::Directive>]) -> Vec<Positioned<Directive>> {
        let schema = self.schema;
        let converted = directives.iter().map(|directive| {
            self.steps += 1;
            let pos = self.pos(directive.location());
            let known = schema.directive_definitions.get(&directive.name);
            let known = known.map_or(&[][..], |definition| &definition.arguments[..]);
            let arguments = self.arguments(&directive.arguments, known);
            Positioned::new(Directive { name: Positioned::new(name(&directive.name), pos), arguments }, pos)
        });
        converted.collect()
    }

    fn arguments(
        &mut self,
        arguments: &[Node<ast::Argument>],
        known: &[Node<InputValueDefinition>],
    ) -> Vec<(Positioned<Name>, Positioned<Value>)> {
        let converted = arguments.iter().map(|argument| {
            let expected = known.iter().find(|known| known.name == argument.name).map(|known| &*known.ty);
            let value = self.value(&argument.value, expected);
            let at = Positioned::new(name(&argument.name), self.pos(argument.location()));
            (at, Positioned::new(value, self.pos(argument.value.location())))
        });
        converted.collect()
    }

    fn value(&mut self, value: &ast::Value, expected: Option<&ast::Type>) -> Value {
        self.steps += 1;
        let schema = self.schema;
        match value {
            ast::Value::Null => Value::Null,
            ast::Value::Boolean(boolean) => Value::Boolean(*boolean),
            ast::Value::Enum(one) => Value::Enum(name(one)),
            ast::Value::Variable(variable) => Value::Variable(name(variable)),
            ast::Value::String(text) => Value::String(text.clone()),
            ast::Value::Int(int) if expected.is_some_and(|ty| ty.inner_named_type() == "ID") => {
                Value::String(int.as_str().to_owned())
            }
            ast::Value::Int(int) => match int.as_str().parse::<i64>() {
                Ok(small) => Value::Number(small.into()),
                Err(_) => float(int.as_str()),
            },
            ast::Value::Float(number) => float(number.as_str()),
            ast::Value::List(items) => {
                let item = expected.filter(|ty| ty.is_list()).map(ast::Type::item_type);
                Value::List(items.iter().map(|value| self.value(value, item)).collect())
            }
            ast::Value::Object(fields) => {
                let known = expected.and_then(|ty| match schema.types.get(ty.inner_named_type()) {
                    Some(ExtendedType::InputObject(object)) => Some(object),
                    _ => None,
                });
                let converted = fields.iter().map(|(field, value)| {
                    let expected = known.and_then(|known| known.fields.get(field)).map(|field| &*field.ty);
                    (name(field), self.value(value, expected))
                });
                Value::Object(converted.collect())
            }
        }
    }

    fn pos(&self, span: Option<SourceSpan>) -> Pos {
        let Place { line, column } = self.places.of(span).unwrap_or(Place { line: 1, column: 1 });
        Pos { line, column }
    }
}

fn name(name: &apollo::Name) -> Name {
    Name::new(name.as_str())
}

fn float(text: &str) -> Value {
    text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}

fn ty(given: &ast::Type) -> Type {
    let (base, nullable) = match given {
        ast::Type::Named(named) => (BaseType::Named(name(named)), true),
        ast::Type::NonNullNamed(named) => (BaseType::Named(name(named)), false),
        ast::Type::List(item) => (BaseType::List(Box::new(ty(item))), true),
        ast::Type::NonNullList(item) => (BaseType::List(Box::new(ty(item))), false),
    };
    Type { base, nullable }
}
