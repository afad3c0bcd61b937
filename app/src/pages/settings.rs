use leptos::prelude::*;

use crate::{
    api::{MetaAppSave, meta_app_read},
    model::MetaAppSettings,
    read::reading,
    text,
    ui::{
        CopyLine, Failure, Field, FormActions, FormProblem, GuideLink, Loading, PageHead, Place,
        SavedNote, Section,
    },
};

/// The settings of the installation: its Meta app.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let save = ServerAction::<MetaAppSave>::new();
    let app = reading(move || save.version().get(), |_| meta_app_read());
    view! {
        <PageHead title=text!(settings.title) />
        <SavedNote />
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match app.await {
                    Ok(app) => form(app, save).into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| app.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

fn form(app: MetaAppSettings, save: ServerAction<MetaAppSave>) -> impl IntoView {
    let problem = Signal::derive(move || save.value().get().and_then(Result::err));
    let secret = if app.has_secret {
        text!(waba.form.kept)
    } else {
        String::new()
    };
    view! {
        <div class="form-page">
            <Section title=text!(settings.meta_app) hint=text!(settings.meta_app_hint)>
                <CopyLine label=text!(settings.redirect) value=app.redirect_uri />
                <p class="muted">{text!(settings.redirect_hint)}</p>
                <ActionForm action=save attr:class="form" attr:novalidate=true>
                    <FormProblem problem=problem />
                    <Field
                        name="app_id"
                        label=text!(waba.form.app_id)
                        hint=text!(settings.app_id_hint)
                        problem=problem
                        value=app.app_id
                    />
                    <Field
                        name="app_secret"
                        kind="password"
                        label=text!(waba.form.app_secret)
                        hint=text!(settings.app_secret_hint)
                        problem=problem
                        optional=app.has_secret
                        placeholder=secret
                    />
                    <Field
                        name="config_id"
                        label=text!(settings.config_id)
                        hint=text!(settings.config_id_hint)
                        problem=problem
                        value=app.config_id
                        optional=true
                        placeholder=text!(form.optional)
                    />
                    <FormActions label=text!(form.save) pending=save.pending() />
                </ActionForm>
                <p><GuideLink place=Place::Login /></p>
            </Section>
        </div>
    }
}
