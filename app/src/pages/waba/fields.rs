//! The fields of a WABA, for adding and editing.

use leptos::prelude::*;

use crate::{
    model::{Owner, Problem, WabaDetail},
    text,
    ui::{Field, Select},
};

/// The fields in the guide's order; with what is known when one is edited.
#[component]
pub fn WabaFields(
    problem: Signal<Option<Problem>>,
    /// The WABA that is edited.
    #[prop(optional)]
    known: Option<WabaDetail>,
    /// Whom an admin may choose from.
    #[prop(optional)]
    owners: Vec<Owner>,
) -> impl IntoView {
    let editing = known.is_some();
    let kept = || editing.then(|| text!(waba.form.kept));
    let (name, waba_id, app_id, signed) = match known {
        Some(known) => (
            known.row.name,
            known.row.waba_id,
            known.app_id.unwrap_or_default(),
            known.signed,
        ),
        None => Default::default(),
    };
    let me = owners
        .iter()
        .find(|owner| owner.me)
        .map(|owner| owner.id.to_string());
    let several = owners.len() > 1;
    let owners: Vec<(String, String)> = owners
        .into_iter()
        .map(|owner| (owner.id.to_string(), owner.email))
        .collect();
    view! {
        <Field
            name="name"
            label=text!(waba.form.name)
            hint=text!(waba.form.name_hint)
            problem=problem
            value=name
            optional=true
            autofocus=!editing
        />
        <Field
            name="access_token"
            kind="password"
            label=text!(waba.form.token)
            hint=text!(waba.form.token_hint)
            problem=problem
            optional=editing
            placeholder=kept().unwrap_or_default()
        />
        <Field
            name="waba_id"
            label=text!(waba.form.waba_id)
            hint=text!(waba.form.waba_id_hint)
            problem=problem
            value=waba_id
            optional=true
            placeholder=text!(form.optional)
        />
        <Field
            name="app_id"
            label=text!(waba.form.app_id)
            hint=text!(waba.form.app_id_hint)
            problem=problem
            value=app_id
            optional=true
            placeholder=text!(form.optional)
        />
        <Field
            name="app_secret"
            kind="password"
            label=text!(waba.form.app_secret)
            hint=text!(waba.form.app_secret_hint)
            problem=problem
            optional=true
            placeholder=kept().filter(|_| signed).unwrap_or_else(|| text!(form.optional))
        />
        {several.then(|| view! {
            <Select
                name="owner"
                label=text!(waba.form.owner)
                hint=text!(waba.form.owner_hint)
                options=owners
                value=me.unwrap_or_default()
                problem=problem
            />
        })}
    }
}
