use leptos::prelude::*;

use crate::{
    api::{KeyOldOff, KeyRotate},
    text,
    ui::{FormActions, FormProblem, PageHead, Section},
};

/// Asks before a new webhook key is made, and says what it means.
#[component]
pub fn KeyNewPage() -> impl IntoView {
    let action = ServerAction::<KeyRotate>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    view! {
        <PageHead title=text!(account.key) back=("/account".to_owned(), text!(account.title)) />
        <Section title=text!(account.key_rotate)>
            <FormProblem problem=problem />
            <p>{text!(account.key_rotate_what)}</p>
            <ActionForm action=action>
                <FormActions label=text!(account.key_rotate) pending=action.pending() cancel="/account" />
            </ActionForm>
        </Section>
    }
}

/// Asks before the webhook key of before is switched off.
#[component]
pub fn KeyOffPage() -> impl IntoView {
    let action = ServerAction::<KeyOldOff>::new();
    let problem = Signal::derive(move || action.value().get().and_then(Result::err));
    view! {
        <PageHead title=text!(account.key) back=("/account".to_owned(), text!(account.title)) />
        <Section title=text!(account.old_key_off)>
            <FormProblem problem=problem />
            <p>{text!(account.old_key_off_what)}</p>
            <ActionForm action=action>
                <FormActions label=text!(account.old_key_off) pending=action.pending() cancel="/account" danger=true />
            </ActionForm>
        </Section>
    }
}
