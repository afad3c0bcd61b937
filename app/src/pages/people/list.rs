use leptos::prelude::*;

use crate::{
    api::person_list,
    base::at,
    live::{Topic, use_live},
    model::{Page, PageQuery, PersonFilter, PersonRow, PersonSort, Role},
    read::reading,
    text,
    ui::{
        Ago, Empty, Failure, IconName, Loading, PageHead, Pager, SavedNote, SearchBox, SortHead,
        TableBox, last_page, use_question,
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
        <div class="tools">
            <SearchBox
                path=PATH
                label=text!(sign_in.email)
                search=Signal::derive(move || query.get().search)
                keep=Signal::derive(move || query.get().params())
            />
        </div>
        <Transition fallback=|| view! { <Loading /> }>
            {move || {
                Suspend::new(async move {
                    match people.await {
                        Ok(page) if page.is_beyond() => last_page(PATH, &query.get_untracked(), &page).into_any(),
                        Ok(page) if page.rows.is_empty() => view! {
                            <Empty icon=IconName::Search title=text!(filter.none_title) hint=text!(filter.none_hint) href=PATH action=text!(filter.clear) />
                        }
                        .into_any(),
                        Ok(page) => full(page, query.get_untracked()).into_any(),
                        Err(problem) => {
                            view! { <Failure problem=problem retry=Callback::new(move |()| people.refetch()) /> }.into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}

fn full(page: Page<PersonRow>, query: PageQuery<PersonFilter>) -> impl IntoView {
    let rows = page.rows.iter().cloned().map(row).collect_view();
    let asked = query.clone();
    view! {
        <TableBox>
            <table class="table">
                <caption class="sr-only">{text!(users.title)}</caption>
                <thead>
                    <tr>
                        <SortHead path=PATH query=asked.clone() by=PersonSort::Email label=text!(sign_in.email) />
                        <th scope="col">{text!(users.role)}</th>
                        <th scope="col">{text!(users.owns)}</th>
                        <SortHead path=PATH query=asked.clone() by=PersonSort::Added label=text!(users.added) />
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableBox>
        <Pager path=PATH query=query rows=page />
    }
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
