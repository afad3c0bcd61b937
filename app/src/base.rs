//! Where the panel begins: at `/`, or inside Bitrix24's frame at `/frame/<key>`, because a
//! frame has no cookie to say who looks.

/// The beginning of every path of this page: empty, or `/frame/<key>`.
#[cfg(feature = "ssr")]
pub fn base() -> String {
    crate::api::exchange().map_or_else(String::new, |exchange| exchange.base())
}

/// The beginning of every path of this page: empty, or `/frame/<key>`.
#[cfg(all(not(feature = "ssr"), target_arch = "wasm32"))]
pub fn base() -> String {
    let path = leptos::prelude::window().location().pathname();
    of_path(&path.unwrap_or_default()).to_owned()
}

/// The beginning of every path of this page: there is no page.
#[cfg(all(not(feature = "ssr"), not(target_arch = "wasm32")))]
pub fn base() -> String {
    String::new()
}

/// The beginning of a path, by its first two parts.
pub fn of_path(path: &str) -> &str {
    let Some(rest) = path.strip_prefix("/frame/") else {
        return "";
    };
    let key = rest.split(['/', '?']).next().unwrap_or_default();
    if key.is_empty() {
        return "";
    }
    path.get(.."/frame/".len() + key.len()).unwrap_or_default()
}

/// Whether Bitrix24 shows this page in its frame.
pub fn is_framed() -> bool {
    !base().is_empty()
}

/// The address of a page, for every link and form: nothing else puts the beginning before it.
/// What has it already stays as it is. The exchange's redirects and the browser's router take
/// bare paths and put it there themselves.
pub fn at(path: &str) -> String {
    let base = base();
    if !path.starts_with('/') || (!base.is_empty() && of_path(path) == base) {
        return path.to_owned();
    }
    format!("{base}{path}")
}

/// A page of the panel to go to: a path of this site and nothing else.
pub fn local_path(path: &str) -> &str {
    let inside = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control);
    if inside { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::{local_path, of_path};

    #[test]
    fn only_paths_of_this_site_are_gone_to() {
        assert_eq!(local_path("/phones?page=2"), "/phones?page=2");
        for foreign in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "/\n",
        ] {
            assert_eq!(local_path(foreign), "/");
        }
    }

    #[test]
    fn the_base_is_the_frames_key() {
        assert_eq!(of_path("/phones/1"), "");
        assert_eq!(of_path("/frame/"), "");
        assert_eq!(of_path("/frame/abc"), "/frame/abc");
        assert_eq!(of_path("/frame/abc/phones?x=/y"), "/frame/abc");
    }
}
