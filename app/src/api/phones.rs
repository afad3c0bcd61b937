use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller};
use crate::model::{Page, PageQuery, PhoneFilter, PhoneRow, Problem};

/// One page of the phones the caller may see.
#[server(prefix = "/api/panel", endpoint = "phones", input = Json)]
pub async fn phone_list(query: PageQuery<PhoneFilter>) -> Result<Page<PhoneRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.phones.list(permit, query).await
    })
    .await
}
