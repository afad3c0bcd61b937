use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::tabs::{Head, Tab, use_phone};
use crate::{
    api::calling_setup,
    base::at,
    model::{ConfigFile, Pbx, SetupShown},
    read::reading,
    text,
    ui::{Banner, CopyCode, Empty, Failure, FormProblem, IconName, Loading, Section, Tone},
};

/// Files for a telephone server, with this number's values.
#[component]
pub fn CallingSetupPage() -> impl IntoView {
    let id = use_phone();
    let params = use_params_map();
    let pbx = Memo::new(move |_| {
        let slug = params.with(|params| params.get("pbx"));
        let known = slug.and_then(|slug| Pbx::of_slug(&slug));
        known.unwrap_or(Pbx::Asterisk)
    });
    let found = reading(
        move || (id.get(), pbx.get()),
        |(id, pbx)| calling_setup(id, pbx),
    );
    view! {
        <Head id=id here=Tab::Setup />
        <p class="lead muted">{text!(calling.setup.hint)}</p>
        {move || kinds(&id.get(), pbx.get())}
        <Transition fallback=|| view! { <Loading lines=8 /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(shown) if shown.files.is_empty() => no_server(&id.get_untracked()).into_any(),
                    Ok(shown) => full(&id.get_untracked(), pbx.get_untracked(), shown).into_any(),
                    Err(problem) => {
                        view! { <Failure problem=problem retry=Callback::new(move |()| found.refetch()) /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

/// A number without a server has no files.
fn no_server(id: &str) -> impl IntoView + use<> {
    view! {
        <Empty
            icon=IconName::Call
            title=text!(calling.setup.no_server_title)
            hint=text!(calling.setup.no_server_hint)
            href=format!("/phones/{id}/calling")
            action=text!(calling.nav.settings)
        />
    }
}

fn pbx_name(pbx: Pbx) -> String {
    match pbx {
        Pbx::Asterisk => "Asterisk".to_owned(),
        Pbx::Freepbx => text!(calling.setup.freepbx),
        Pbx::Freeswitch => "FreeSWITCH".to_owned(),
        Pbx::Kamailio => "Kamailio".to_owned(),
        Pbx::Other => text!(calling.setup.other),
    }
}

fn kinds(id: &str, here: Pbx) -> impl IntoView + use<> {
    let links = Pbx::ALL.map(|pbx| {
        let href = at(&format!("/phones/{id}/calling/setup/{}", pbx.slug()));
        let current = (pbx == here).then_some("true");
        view! { <a class="chip" href=href aria-current=current>{pbx_name(pbx)}</a> }
    });
    view! {
        <nav class="chips" aria-label=text!(calling.setup.which)>
            <span class="chips-label" aria-hidden="true">{text!(calling.setup.which)}</span>
            {links.collect_view()}
        </nav>
    }
}

fn full(id: &str, pbx: Pbx, shown: SetupShown) -> impl IntoView + use<> {
    let page = at(&format!("/phones/{id}/calling/setup/{}", pbx.slug()));
    let problem = Signal::stored(shown.problem);
    let with_password = shown.with_password;
    let top = if with_password {
        view! { <Banner tone=Tone::Attention><p>{text!(calling.setup.shown)}</p></Banner> }
            .into_any()
    } else {
        view! {
            <form method="post" action=page.clone() enctype="multipart/form-data" class="reveal">
                <button type="submit" name="reveal" value="true" class="button">{text!(calling.setup.secret)}</button>
                <span class="muted">{text!(calling.setup.secret_hint)}</span>
            </form>
        }
        .into_any()
    };
    let files = shown.files.into_iter();
    let files = files.map(|found| file(&page, found, with_password));
    view! {
        {top}
        <FormProblem problem=problem />
        {files.collect_view()}
    }
}

/// One file, to read, to copy and to have. With the password it is never an address alone that brings it.
fn file(page: &str, file: ConfigFile, with_password: bool) -> impl IntoView + use<> {
    let href = format!("{page}/{}", file.name);
    let download = if with_password {
        view! {
            <form method="post" action=href>
                <button type="submit" class="button">{text!(calling.setup.download_secret)}</button>
            </form>
        }
        .into_any()
    } else {
        view! { <a class="button" rel="external" href=href download=file.name.clone()>{text!(calling.setup.download)}</a> }
            .into_any()
    };
    let name = text!(calling.setup.file, name = file.name.clone());
    view! {
        <Section title=file.name>
            <CopyCode value=file.text block=name />
            <div class="actions">{download}</div>
        </Section>
    }
}
