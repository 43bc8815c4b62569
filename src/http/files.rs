//! The query editor's files, built into the binary.
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use rust_embed::RustEmbed;

/// GraphiQL as `npm run build` leaves it; the binary works without.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/graphiql/dist"]
#[allow_missing = true]
struct Graphiql;

/// Its editor starts workers from blobs and sets inline styles; nothing comes from elsewhere.
const GRAPHIQL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

pub(super) async fn to_graphiql() -> Redirect {
    Redirect::permanent("/graphiql/")
}

pub(super) async fn graphiql_page() -> Response {
    file("index.html").unwrap_or_else(|| {
        let told = "GraphiQL is not built into this binary. Build it with `npm ci && npm run build` in graphiql/, then build \
            the hub again. The API itself is at /graphql.\n";
        (StatusCode::NOT_FOUND, told).into_response()
    })
}

pub(super) async fn graphiql(Path(path): Path<String>) -> Response {
    file(&path).unwrap_or_else(|| (StatusCode::NOT_FOUND, "no such file\n").into_response())
}

fn file(path: &str) -> Option<Response> {
    let file = Graphiql::get(path)?;
    // Names with a hash never change what they hold.
    let lasting = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, file.metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, lasting.to_owned()),
        (header::CONTENT_SECURITY_POLICY, GRAPHIQL_POLICY.to_owned()),
    ];
    Some((headers, file.data.into_owned()).into_response())
}
