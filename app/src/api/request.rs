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

    /// A page of the panel to go to: a path of this site and nothing else.
    pub fn local_path(path: &str) -> &str {
        let inside = path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            && !path.chars().any(char::is_control);
        if inside { path } else { "/" }
    }

    #[cfg(test)]
    mod tests {
        use super::local_path;

        #[test]
        fn only_paths_of_this_site_are_gone_to() {
            assert_eq!(local_path("/phones?page=2"), "/phones?page=2");
            for foreign in [
                "//evil.example",
                "https://evil.example",
                "/\\evil.example",
                "",
                "/\n",
            ] {
                assert_eq!(local_path(foreign), "/");
            }
        }
    }
}

#[cfg(feature = "ssr")]
pub use server::id_of as id;
#[cfg(feature = "ssr")]
pub use server::{answer, backend, caller, cookie_of, exchange, id_of, local_path, required};
