use leptos::prelude::*;

use super::{fields::WabaFields, login::FacebookLink};
use crate::{
    api::{WabaAdd, waba_owners, waba_setup_read},
    model::Problem,
    read::reading,
    text,
    ui::{FormActions, FormProblem, GuideLink, Loading, PageHead, Place},
};

/// Adding a WABA by hand.
#[component]
pub fn WabaNewPage() -> impl IntoView {
    let action = ServerAction::<WabaAdd>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let known = reading(
        || (),
        |()| async {
            let owners = waba_owners().await.unwrap_or_default();
            let facebook = waba_setup_read().await.is_ok_and(|setup| setup.facebook);
            Ok::<_, Problem>((owners, facebook))
        },
    );
    view! {
        <PageHead title=text!(wabas.add) back=("/wabas".to_owned(), text!(wabas.title)) />
        <div class="form-page">
            <p class="lead">{text!(waba.form.lead)}" "<GuideLink place=Place::Waba /></p>
            <Transition fallback=|| view! { <Loading /> }>
                {move || Suspend::new(async move {
                    let (owners, facebook) = known.await.unwrap_or_default();
                    view! {
                        {facebook.then(|| view! { <p class="lead"><FacebookLink ready=true /></p> })}
                        <ActionForm action=action attr:class="form card card-form" attr:novalidate=true>
                            <FormProblem problem=problem />
                            <WabaFields problem=problem owners=owners />
                            <FormActions label=text!(wabas.add) pending=action.pending() cancel="/wabas".to_owned() />
                        </ActionForm>
                    }
                })}
            </Transition>
        </div>
    }
}
