use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller, confirmed, id_of, saved};
use crate::model::{
    LineChoice, LinePage, Page, PageQuery, PhoneChoices, PhoneDetail, PhoneFilter, PhoneLoss,
    PhoneRow, Problem,
};
#[cfg(feature = "ssr")]
use crate::model::{PhoneForm, PhoneId};

/// One page of the phones the caller may see.
#[server(prefix = "/api/panel", endpoint = "phones", input = Json)]
pub async fn phone_list(query: PageQuery<PhoneFilter>) -> Result<Page<PhoneRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.phones.list(permit, query).await
    })
    .await
}

/// One phone by its printed id.
#[server(prefix = "/api/panel", endpoint = "phone", input = Json)]
pub async fn phone_find(id: String) -> Result<PhoneDetail, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.phones.find(permit, id_of(&id)?).await
    })
    .await
}

/// What a phone's form offers.
#[server(prefix = "/api/panel", endpoint = "phone_choices", input = Json)]
pub async fn phone_choices_read() -> Result<PhoneChoices, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.phones.choices(permit).await
    })
    .await
}

/// Adds a phone, or changes the one with this id, and goes to its page.
#[server(prefix = "/api/panel", endpoint = "phone_save")]
pub async fn phone_save(
    #[server(default)] id: String,
    #[server(default)] waba: String,
    #[server(default)] phone: String,
    #[server(default)] phone_id: String,
    #[server(default)] portal: String,
    #[server(default)] sms_service: bool,
    #[server(default)] sms_opens_chat: bool,
) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        let which = if id.is_empty() {
            None
        } else {
            Some(id_of(&id)?)
        };
        let mut keep = vec![
            ("waba", waba.clone()),
            ("phone", phone.clone()),
            ("phone_id", phone_id.clone()),
            ("portal", portal.clone()),
        ];
        for (name, is_ticked) in [
            ("sms_service", sms_service),
            ("sms_opens_chat", sms_opens_chat),
        ] {
            if is_ticked {
                keep.push((name, "true".to_owned()));
            }
        }
        let form = PhoneForm {
            waba,
            phone,
            phone_id,
            portal,
            sms_service,
            sms_opens_chat,
        };
        let kept = backend.phones.save(permit, which, form).await;
        let id = kept.map_err(|problem| problem.keep_all(&keep))?;
        backend.exchange.redirect(&saved(&format!("/phones/{id}")));
        Ok(())
    })
    .await
}

/// What would go with a phone.
#[server(prefix = "/api/panel", endpoint = "phone_loss", input = Json)]
pub async fn phone_loss_read(id: String) -> Result<PhoneLoss, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.phones.loss(permit, id_of(&id)?).await
    })
    .await
}

/// Deletes a phone, once its number is typed, and goes to the list.
#[server(prefix = "/api/panel", endpoint = "phone_delete")]
pub async fn phone_delete(id: String, #[server(default)] typed: String) -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        let phone: PhoneId = id_of(&id)?;
        let loss = backend.phones.loss(caller.may()?, phone).await?;
        confirmed(&typed, &loss.phone)?;
        backend.phones.delete(caller.may()?, phone).await?;
        backend.exchange.redirect("/phones");
        Ok(())
    })
    .await
}

/// Has a phone checked now and goes back to its page.
#[server(prefix = "/api/panel", endpoint = "phone_check")]
pub async fn phone_check(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.phones.check(permit, id_of(&id)?).await?;
        backend.exchange.redirect(&format!("/phones/{id}"));
        Ok(())
    })
    .await
}

/// Registers a phone at Meta with its two-step PIN and goes back to its page.
#[server(prefix = "/api/panel", endpoint = "phone_register")]
pub async fn phone_register(id: String, #[server(default)] pin: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.phones.register(permit, id_of(&id)?, pin).await?;
        backend.exchange.redirect(&format!("/phones/{id}"));
        Ok(())
    })
    .await
}

/// Has a phone linked, to a chosen line or to its own, and goes to its page.
#[server(prefix = "/api/panel", endpoint = "phone_link")]
pub async fn phone_link(id: String, #[server(default)] line: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        let phone: PhoneId = id_of(&id)?;
        backend
            .phones
            .link(permit, phone, line.parse().ok())
            .await?;
        backend.exchange.redirect(&format!("/phones/{id}"));
        Ok(())
    })
    .await
}

/// The lines of a phone's portal, asked there.
#[server(prefix = "/api/panel", endpoint = "phone_lines", input = Json)]
pub async fn phone_lines(id: String) -> Result<Vec<LineChoice>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.phones.lines(permit, id_of(&id)?).await
    })
    .await
}

/// A line that was opened in the contact centre.
#[server(prefix = "/api/panel", endpoint = "line_page", input = Json)]
pub async fn line_page_read(line: i64) -> Result<LinePage, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.phones.line_page(permit, line).await
    })
    .await
}
