//! What every server function does around its one call.

#[cfg(feature = "ssr")]
mod server {
    use std::{future::Future, sync::Arc};

    use leptos::prelude::use_context;

    use crate::{
        backend::{Backend, Exchange},
        model::{Caller, Problem, ProblemCode},
    };

    /// The backend of this request.
    pub fn backend() -> Result<Backend, Problem> {
        use_context::<Backend>().ok_or_else(|| Problem::new(ProblemCode::Internal))
    }

    /// The request that is being answered.
    pub fn exchange() -> Option<Arc<dyn Exchange>> {
        use_context::<Backend>().map(|backend| backend.exchange)
    }

    /// The value of a cookie of the request.
    pub fn cookie_of(name: &str) -> Option<String> {
        let header = exchange()?.header("cookie")?;
        header.split(';').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key.trim() == name).then(|| value.trim().to_owned())
        })
    }

    /// Who is signed in, or the refusal.
    pub async fn caller() -> Result<Caller, Problem> {
        let caller = backend()?.accounts.caller().await?;
        caller.ok_or_else(|| Problem::new(ProblemCode::NotSignedIn))
    }

    /// Runs the work and gives the answer the status of its problem.
    pub async fn answer<T>(
        work: impl Future<Output = Result<T, Problem>> + Send,
    ) -> Result<T, Problem> {
        let exchange = exchange();
        let result = work.await;
        if let (Err(problem), Some(exchange)) = (&result, exchange) {
            exchange.status(problem.code.status());
        }
        result
    }

    /// An id as it is printed; what is no id is not found.
    pub fn id_of<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
        text.parse()
            .map_err(|_| Problem::new(ProblemCode::NotFound))
    }

    /// Refuses a field that is empty.
    pub fn required(field: &str, value: &str) -> Result<(), Problem> {
        if value.trim().is_empty() {
            Err(Problem::new(ProblemCode::FieldEmpty).at(field))
        } else {
            Ok(())
        }
    }

    /// Refuses to destroy a thing whose name was not typed. A number may be typed with or without its signs.
    pub fn confirmed(typed: &str, name: &str) -> Result<(), Problem> {
        let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
        let (typed, name) = (typed.trim(), name.trim());
        let is_number = name.starts_with('+');
        let same = typed == name || (is_number && digits(typed) == digits(name));
        if same && !typed.is_empty() {
            return Ok(());
        }
        let problem = Problem::new(ProblemCode::NameNotTyped).at("typed");
        Err(problem.arg("name", name).keep("typed", typed))
    }

    /// The page of something after it was saved; it tells when that was.
    pub fn saved(path: &str) -> String {
        format!("{path}?saved={}", crate::format::present().0)
    }

    #[cfg(test)]
    mod tests {
        use super::confirmed;

        #[test]
        fn a_name_is_typed_as_it_is_and_a_number_as_anybody_writes_it() {
            assert!(confirmed(" Acme ", "Acme").is_ok());
            assert!(confirmed("acme", "Acme").is_err());
            assert!(confirmed("", "").is_err());
            for typed in ["+77272000111", "77272000111", "+7 (727) 200-01-11"] {
                assert!(confirmed(typed, "+77272000111").is_ok(), "{typed}");
            }
            assert!(confirmed("+7727200011", "+77272000111").is_err());
            assert!(confirmed("", "+77272000111").is_err());
        }
    }
}

#[cfg(feature = "ssr")]
pub use server::id_of as id;
#[cfg(feature = "ssr")]
pub use server::{answer, backend, caller, confirmed, cookie_of, exchange, id_of, required, saved};
