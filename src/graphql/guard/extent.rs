//! How large a document becomes when each fragment is put in its places, told in one pass: a fragment is walked once,
//! its sums are added wherever it is spread. Validation and execution take time by these sums, so this comes first.
use super::{
    limits,
    places::Places,
    refused::{Refused, RefusedKind},
};
use apollo_compiler::{
    Name, Node,
    ast::{Definition, DirectiveList, Document, FragmentDefinition, Selection},
};
use std::collections::HashMap;

/// The sums of a selection set.
#[derive(Clone, Copy, Default)]
struct Extent {
    selections: u64,
    aliases: u64,
    directives: u64,
    depth: u64,
    nesting: usize,
}

/// A fragment on the way: `None` while it is being walked, so that who meets it then has found a cycle.
type Walked<'a> = HashMap<&'a Name, Option<Extent>>;

struct Pass<'a> {
    fragments: HashMap<&'a Name, &'a Node<FragmentDefinition>>,
    walked: Walked<'a>,
    places: &'a Places,
    steps: u64,
}

/// Checks the sums of a document against the limits; gives the number of nodes visited.
///
/// # Errors
/// Says which limit was passed, or which fragment contains itself.
pub(super) fn check(document: &Document, places: &Places) -> Result<u64, Refused> {
    let (mut operations, mut fragments) = (Vec::new(), Vec::new());
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => operations.push(operation),
            Definition::FragmentDefinition(fragment) => fragments.push(fragment),
            _ => {}
        }
    }
    within("operations", operations.len() as u64, limits::OPERATIONS as u64)?;
    within("fragments", fragments.len() as u64, limits::FRAGMENTS as u64)?;
    let by_name = fragments.iter().map(|fragment| (&fragment.name, *fragment)).collect();
    let mut pass = Pass { fragments: by_name, walked: HashMap::new(), places, steps: 0 };
    let checked =
        pass.document(&operations.iter().map(|o| (&o.directives, &*o.selection_set)).collect::<Vec<_>>(), &fragments);
    checked.map_err(|refused| refused.after(pass.steps))?;
    Ok(pass.steps)
}

fn within(what: &str, has: u64, limit: u64) -> Result<(), Refused> {
    if has <= limit {
        return Ok(());
    }
    let has = if has == u64::MAX { String::from("far more") } else { has.to_string() };
    let message = format!("A document may have {limit} {what} at most; this one has {has}. Ask for less at a time.");
    Err(Refused::because(RefusedKind::TooLarge, message, None))
}

impl<'a> Pass<'a> {
    fn document(
        &mut self,
        operations: &[(&'a DirectiveList, &'a [Selection])],
        fragments: &[&'a Node<FragmentDefinition>],
    ) -> Result<(), Refused> {
        let mut all = Extent::default();
        for (directives, selections) in operations {
            let one = self.set(selections, 0)?;
            all.add(one);
            all.directives = all.directives.saturating_add(directives.len() as u64);
        }
        // Those that no operation reaches are validated too.
        for fragment in fragments {
            self.fragment(fragment, 0)?;
        }
        within("levels of fields", all.depth, limits::DEPTH)?;
        within("fields, with each fragment in its places,", all.selections, limits::SELECTIONS)?;
        within("aliases, with each fragment in its places,", all.aliases, limits::ALIASES)?;
        within("directives, with each fragment in its places,", all.directives, limits::DIRECTIVES)
    }

    fn set(&mut self, selections: &'a [Selection], level: usize) -> Result<Extent, Refused> {
        if selections.is_empty() {
            return Ok(Extent::default());
        }
        if level > limits::NESTING {
            return Err(too_nested());
        }
        let mut sum = Extent::default();
        for selection in selections {
            self.steps += 1;
            let (directives, mut one) = match selection {
                Selection::Field(field) => {
                    let mut inner = self.set(&field.selection_set, level + 1)?;
                    inner.depth = inner.depth.saturating_add(1);
                    inner.aliases = inner.aliases.saturating_add(field.alias.is_some().into());
                    (&field.directives, inner)
                }
                Selection::InlineFragment(inline) => (&inline.directives, self.set(&inline.selection_set, level + 1)?),
                Selection::FragmentSpread(spread) => {
                    let fragment = self.fragments.get(&spread.fragment_name).copied();
                    let inner = fragment.map(|fragment| self.fragment(fragment, level + 1)).transpose()?;
                    (&spread.directives, inner.unwrap_or_default())
                }
            };
            one.selections = one.selections.saturating_add(1);
            one.directives = one.directives.saturating_add(directives.len() as u64);
            one.nesting += 1;
            sum.add(one);
        }
        if level + sum.nesting > limits::NESTING + 1 {
            return Err(too_nested());
        }
        Ok(sum)
    }

    fn fragment(&mut self, fragment: &'a Node<FragmentDefinition>, level: usize) -> Result<Extent, Refused> {
        match self.walked.get(&fragment.name) {
            Some(Some(done)) => return Ok(*done),
            Some(None) => {
                let message = format!("Cannot spread fragment \"{}\" within itself.", fragment.name);
                let place = self.places.of(fragment.name.location());
                return Err(Refused::because(RefusedKind::Validation, message, place));
            }
            None => {}
        }
        self.walked.insert(&fragment.name, None);
        let mut extent = self.set(&fragment.selection_set, level)?;
        extent.directives = extent.directives.saturating_add(fragment.directives.len() as u64);
        self.walked.insert(&fragment.name, Some(extent));
        Ok(extent)
    }
}

impl Extent {
    fn add(&mut self, other: Self) {
        self.selections = self.selections.saturating_add(other.selections);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.depth = self.depth.max(other.depth);
        self.nesting = self.nesting.max(other.nesting);
    }
}

fn too_nested() -> Refused {
    let message = format!("Selections may be nested {} deep at most, fragments included.", limits::NESTING);
    Refused::because(RefusedKind::TooLarge, message, None)
}
