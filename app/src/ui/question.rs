use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::Away;
use crate::{
    base::at,
    model::{Filter, Page, PageQuery},
};

/// The list's question, as the address says.
pub fn use_question<F: Filter>() -> Memo<PageQuery<F>>
where
    PageQuery<F>: PartialEq,
{
    let params = use_query_map();
    Memo::new(move |_| params.with(|params| PageQuery::read(&|name| params.get(name))))
}

/// The address of a list with this question.
pub fn address<F: Filter>(path: &str, query: &PageQuery<F>) -> String {
    with_params(&at(path), &query.params())
}

/// Goes to the last page of a list that has become shorter than the address says.
pub fn last_page<F: Filter, T>(
    path: &str,
    query: &PageQuery<F>,
    page: &Page<T>,
) -> impl IntoView + use<F, T> {
    let last = query.with_page(page.pages());
    view! { <Away path=with_params(path, &last.params()) /> }
}

/// A path with parameters.
pub(super) fn with_params(path: &str, params: &[(String, String)]) -> String {
    if params.is_empty() {
        return path.to_owned();
    }
    let mut address = format!("{path}?");
    for (place, (name, value)) in params.iter().enumerate() {
        if place > 0 {
            address.push('&');
        }
        address.push_str(name);
        address.push('=');
        escape(value, &mut address);
    }
    address
}

/// Percent-encodes all but the unreserved characters.
fn escape(text: &str, into: &mut String) {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                into.push(char::from(byte));
            }
            _ => {
                into.push('%');
                into.push(digit(byte >> 4));
                into.push(digit(byte & 15));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DeliveryFilter;

    #[test]
    fn what_was_typed_cannot_break_the_address() {
        let query = PageQuery::<DeliveryFilter> {
            search: "+7 727&x=ы".to_owned(),
            ..PageQuery::default()
        };
        assert_eq!(
            address("/deliveries", &query),
            "/deliveries?q=%2B7%20727%26x%3D%D1%8B"
        );
    }

    #[test]
    fn the_first_question_is_the_bare_path() {
        assert_eq!(
            address("/phones", &PageQuery::<DeliveryFilter>::default()),
            "/phones"
        );
    }
}
