use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    api::{PortalDelete, portal_find},
    base::at,
    read::reading,
    text,
    ui::{Failure, FormActions, FormProblem, Loading, PageHead, Section},
};

/// Asks before a portal is deleted.
#[component]
pub fn PortalDeletePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let portal = reading(move || id.get(), portal_find);
    let action = ServerAction::<PortalDelete>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    let back = (
        format!("/portals/{}", id.get_untracked()),
        text!(portals.one),
    );
    view! {
        <PageHead title=text!(portal.delete) back=back />
        <Suspense fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match portal.await {
                        Ok(found) => {
                            let id = id.get_untracked();
                            let name = if found.row.name.is_empty() { text!(portals.unnamed) } else { found.row.name };
                            let can_go = found.row.phones == 0;
                            let said = if can_go {
                                text!(portal.delete_what)
                            } else {
                                text!(portal.delete_busy, count = found.row.phones)
                            };
                            // The list finds phones by their portal's domain too.
                            let phones = at(&format!("/phones?q={}", found.row.domain));
                            view! {
                                <Section title=text!(portal.delete_title, name = name.clone())>
                                    <FormProblem problem=problem />
                                    <p>{said}</p>
                                    {if can_go {
                                        view! {
                                            <ActionForm action=action>
                                                <input type="hidden" name="id" value=id.clone() />
                                                <FormActions
                                                    label=text!(portal.delete_button, name = name)
                                                    pending=action.pending()
                                                    cancel=format!("/portals/{id}")
                                                    danger=true
                                                />
                                            </ActionForm>
                                        }
                                        .into_any()
                                    } else {
                                        view! { <p><a class="button" href=phones>{text!(phone.to_list)}</a></p> }.into_any()
                                    }}
                                </Section>
                            }
                            .into_any()
                        }
                        Err(problem) => view! {
                            <Failure problem=problem retry=Callback::new(move |()| portal.refetch()) />
                        }
                        .into_any(),
                    }
                })
            }}
        </Suspense>
    }
}
