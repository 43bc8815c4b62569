//! Resolving the fields of one object, or the objects of one list. Each is polled as soon as it is made, in the order it
//! was asked for; most are ready at once and leave their box to the next. Only those that wait for the database are kept.
//!
//! The answers are the library's: what is not a plain list of different fields is left to it. Its extensions see none of
//! these fields; this schema has no extension, since any of them would halve the rate.
use super::place;
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, Error, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils as library,
};
use futures_util::FutureExt;
use std::{
    borrow::Cow,
    future::poll_fn,
    mem,
    pin::Pin,
    task::{
        Context as TaskContext,
        Poll::{Pending, Ready},
    },
};

/// Resolves an asynchronous field: in a box of its own, so that those of the object that are not asynchronous do not
/// carry its size.
pub fn resolve_field_async<'a, T, E>(
    ctx: &'a Context<'a>,
    field: impl Future<Output = Result<T, E>> + Send + 'a,
) -> Pin<Box<dyn Future<Output = ServerResult<Option<Value>>> + Send + 'a>>
where
    T: OutputType + Send,
    E: Into<Error> + Send + Sync + 'a,
{
    library::resolve_field_async(ctx, field).boxed()
}

/// Resolves the selected fields of an object.
///
/// # Errors
/// The first of a field that may not be null.
pub async fn resolve_container<'a, T: ContainerType + ?Sized>(
    ctx: &'a ContextSelectionSet<'a>,
    object: &'a T,
) -> ServerResult<Value> {
    let mut fields = Vec::with_capacity(ctx.item.node.items.len());
    if !plain(ctx, object, &ctx.item.node, &mut fields) {
        return library::resolve_container(ctx, object).boxed().await;
    }
    let values = together(fields.iter().map(|field| resolve_field(ctx, object, field))).await?;
    let names = fields.into_iter().map(|field| field.node.response_key().node.clone());
    Ok(Value::Object(names.zip(values).collect::<IndexMap<_, _>>()))
}

async fn resolve_field<'a, T: ContainerType + ?Sized>(
    ctx: &'a ContextSelectionSet<'a>,
    object: &'a T,
    field: &'a Positioned<Field>,
) -> ServerResult<Value> {
    if field.node.name.node == "__typename" {
        return Ok(Value::String(object.introspection_type_name().into_owned()));
    }
    let ctx = ctx.with_field(field);
    let value =
        object.resolve_field(&ctx).await.map_err(|error| place::note(error, |error| ctx.set_error_path(error)))?;
    Ok(value.unwrap_or_default())
}

/// A list, as the library has it in a `Vec`, of objects that are mostly ready at once.
pub struct List<T>(pub Vec<T>);

impl<T: OutputType> OutputType for List<T> {
    fn type_name() -> Cow<'static, str> {
        <Vec<T> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<T> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<T> as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let items = self.0.iter().enumerate().map(|(at, item)| resolve_item(ctx, field, at, item));
        Ok(Value::List(together(items).await?))
    }
}

async fn resolve_item<T: OutputType>(
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
    at: usize,
    item: &T,
) -> ServerResult<Value> {
    let ctx = ctx.with_index(at);
    item.resolve(&ctx, field).await.map_err(|error| ctx.set_error_path(error))
}

/// What waits, and where its value belongs.
type Waiting<F> = Vec<(usize, Pin<Box<F>>)>;

/// Does all of it at the same time; gives back the values in their order.
async fn together<F: Future<Output = ServerResult<Value>>>(work: impl Iterator<Item = F>) -> ServerResult<Vec<Value>> {
    let mut work = Some(work);
    let begun = poll_fn(|cx| Ready(work.take().map_or_else(|| Ok(Default::default()), |work| begin(work, cx)))).await?;
    let (mut values, waiting) = begun;
    if !waiting.is_empty() {
        finish(waiting, &mut values).await?;
    }
    Ok(values)
}

/// Polls each once. What is ready leaves its box to the next.
fn begin<F: Future<Output = ServerResult<Value>>>(
    work: impl Iterator<Item = F>,
    cx: &mut TaskContext<'_>,
) -> ServerResult<(Vec<Value>, Waiting<F>)> {
    let (mut values, mut waiting, mut free) = (Vec::with_capacity(work.size_hint().0), Vec::new(), None);
    for (at, work) in work.enumerate() {
        let mut running = match free.take() {
            None => Box::pin(work),
            Some(mut place) => {
                Pin::set(&mut place, work);
                place
            }
        };
        if let Ready(value) = running.as_mut().poll(cx) {
            values.push(value?);
            free = Some(running);
        } else {
            values.push(Value::Null);
            waiting.push((at, running));
        }
    }
    Ok((values, waiting))
}

/// Waits for what was polled once already. To poll it again at once would look to a loader as if everybody had asked by
/// now, and cut its batch short.
async fn finish<F: Future<Output = ServerResult<Value>>>(
    mut waiting: Waiting<F>,
    values: &mut [Value],
) -> ServerResult<()> {
    let mut polled = true;
    poll_fn(|cx| {
        if mem::take(&mut polled) {
            return Pending;
        }
        let mut failed = None;
        waiting.retain_mut(|(at, running)| {
            let Ready(done) = running.as_mut().poll(cx) else { return true };
            match (done, values.get_mut(*at)) {
                (Ok(value), Some(place)) => *place = value,
                (Ok(_), None) => {}
                (Err(error), _) => failed = failed.take().or(Some(error)),
            }
            false
        });
        match failed {
            Some(error) => Ready(Err(error)),
            None if waiting.is_empty() => Ready(Ok(())),
            None => Pending,
        }
    })
    .await
}

/// Collects the fields of an object, those in fragments about it too. False where the library has to merge or to choose:
/// a field asked for twice, a directive, a fragment on what the object may be.
fn plain<'a, T: ContainerType + ?Sized>(
    ctx: &'a ContextSelectionSet<'a>,
    object: &T,
    set: &'a SelectionSet,
    fields: &mut Vec<&'a Positioned<Field>>,
) -> bool {
    set.items.iter().all(|selection| {
        let (condition, set) = match &selection.node {
            Selection::Field(field) => {
                let key = &field.node.response_key().node;
                let new = fields.iter().all(|other| other.node.response_key().node != *key);
                fields.push(field);
                return new && field.node.directives.is_empty();
            }
            Selection::InlineFragment(fragment) => {
                (fragment.node.type_condition.as_ref(), &fragment.node.selection_set)
            }
            Selection::FragmentSpread(spread) => match ctx.query_env.fragments.get(&spread.node.fragment_name.node) {
                Some(fragment) => (Some(&fragment.node.type_condition), &fragment.node.selection_set),
                None => return false,
            },
        };
        let own = object.introspection_type_name();
        let about_it = condition.is_none_or(|condition| condition.node.on.node == *own);
        own == T::type_name() && about_it && plain(ctx, object, &set.node, fields)
    })
}
