use leptos::prelude::*;

use crate::{
    api::person_list,
    base::at,
    live::{Topic, use_live},
    model::{Page, PageQuery, PersonFilter, PersonRow, PersonSort, Role},
    read::reading,
    text,
    ui::{
        Ago, ListTable, ListTools, NoneFound, PageHead, SavedNote, SortHead, list_faces,
        use_question,
    },
};

const PATH: &str = "/users";

/// Everybody who may sign in.
#[component]
pub fn UsersPage() -> impl IntoView {
    let live = use_live();
    let version = live.version(Topic::People);
    let query = use_question::<PersonFilter>();
    let people = reading(
        move || (query.get(), version.get()),
        |(query, _)| person_list(query),
    );
    view! {
        <PageHead title=text!(users.title) action=("/users/new".to_owned(), text!(users.add)) />
        <SavedNote />
        <ListTools path=PATH label=text!(sign_in.email) query=query />
        {list_faces(PATH, query, people, |page| page, show)}
    }
}

fn show(page: Page<PersonRow>, query: PageQuery<PersonFilter>) -> AnyView {
    if page.rows.is_empty() {
        view! { <NoneFound path=PATH /> }.into_any()
    } else {
        full(page, query)
    }
}

fn full(page: Page<PersonRow>, query: PageQuery<PersonFilter>) -> AnyView {
    let rows = page.rows.iter().cloned().map(row).collect_view().into_any();
    let asked = query.clone();
    view! {
        <ListTable path=PATH query=query page=page caption=text!(users.title) rows=rows>
            <SortHead path=PATH query=asked.clone() by=PersonSort::Email label=text!(sign_in.email) />
            <th scope="col">{text!(users.role)}</th>
            <th scope="col">{text!(users.owns)}</th>
            <SortHead path=PATH query=asked.clone() by=PersonSort::Added label=text!(users.added) />
        </ListTable>
    }
    .into_any()
}

fn row(person: PersonRow) -> impl IntoView {
    let role = match person.role {
        Role::Admin => text!(account.admin),
        Role::User => text!(account.user),
    };
    view! {
        <tr class="row-open">
            <td class="firm" data-label=text!(sign_in.email)>
                <a class="row-link" href=at(&format!("/users/{}", person.id))>{person.email}</a>
            </td>
            <td data-label=text!(users.role)>{role}</td>
            <td data-label=text!(users.owns)>{person.owns.to_string()}</td>
            <td data-label=text!(users.added)><Ago at=person.created_at /></td>
        </tr>
    }
}
