//! A portal that was renamed: the old address answers with the new one.

use url::Url;

use super::address::PortalAddress;
use crate::outside::{Reply, check};

/// The new place of a call, when an answer says it moved and the place is believable: a web address that may be
/// called, still under `/rest/`.
pub(super) fn moved(
    reply: &Reply,
    from: &Url,
    allow_private: bool,
) -> Option<(Url, PortalAddress)> {
    if !matches!(reply.status, 301 | 302 | 307 | 308) {
        return None;
    }
    let to = from.join(reply.header("location")?).ok()?;
    check(&to, allow_private).ok()?;
    if !to.path().starts_with("/rest/") {
        return None;
    }
    let address = PortalAddress::of_url(&to).ok()?;
    Some((to, address))
}
