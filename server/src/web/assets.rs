//! The built front end: the wasm, its script, the style sheet and the public files.

use crate::config::Config;
use axum::Router;
use axum::http::header;
use std::path::Path;
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};

use super::guard::header_layer;

/// The public files, by their name in the site's folder.
const FILES: [(&str, &str); 2] = [("/favicon.svg", "favicon.svg"), ("/icons.svg", "icons.svg")];

/// The site's files. A browser asks each time whether they changed (by their ETag), and is
/// answered with the smallest form it understands.
pub(super) fn routes<S: Clone + Send + Sync + 'static>(config: &Config) -> Router<S> {
    let site = Path::new(&config.site_dir);
    if !site.join("pkg").is_dir() {
        tracing::warn!(folder = %site.display(), "The front end is not built; pages will be bare");
    }
    let fresh = || ServiceBuilder::new().layer(header_layer(header::CACHE_CONTROL, "no-cache"));
    let package = ServeDir::new(site.join("pkg"))
        .precompressed_br()
        .precompressed_gzip();
    let mut router = Router::new().nest_service("/pkg", fresh().service(package));
    for (path, name) in FILES {
        let file = ServeFile::new(site.join(name))
            .precompressed_br()
            .precompressed_gzip();
        router = router.route_service(path, fresh().service(file));
    }
    router
}
