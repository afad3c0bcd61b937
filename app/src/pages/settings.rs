use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    api::{MetaAppSave, meta_app_read},
    model::MetaAppSettings,
    text,
    ui::{
        Ago, Banner, CopyLine, Failure, Field, FormActions, FormProblem, GuideLink, Loading,
        PageHead, Section, Tone,
    },
};

/// The settings of the installation: its Meta app.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let save = ServerAction::<MetaAppSave>::new();
    let app = Resource::new(move || save.version().get(), |_| meta_app_read());
    let query = use_query_map();
    let saved = move || query.with(|query| query.get("saved").is_some());
    view! {
        <PageHead title=text!(settings.title) />
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match app.await {
                    Ok(app) => {
                        let note = app.saved_at.filter(|_| saved()).map(|at| view! {
                            <Banner tone=Tone::Ok><p>{text!(form.saved)}" "<Ago at=at /></p></Banner>
                        });
                        view! { {note} {form(app, save)} }.into_any()
                    }
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
                <ActionForm action=save attr:class="form">
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
                <GuideLink place="login-with-facebook" />
            </Section>
        </div>
    }
}
