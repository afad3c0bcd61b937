/// The HTTP request that is being answered: what it said, and what the answer shall say
/// besides its body.
pub trait Exchange: Send + Sync {
    /// A header of the request, by its lower-case name.
    fn header(&self, name: &str) -> Option<String>;

    /// Sets the status of the answer, unless a plain form is being sent back to its page.
    fn status(&self, code: u16);

    /// Where the panel begins for this request: empty, or `/frame/<key>` inside Bitrix24.
    fn base(&self) -> String {
        String::new()
    }

    /// Sends the browser to another page of the panel.
    fn redirect(&self, path: &str);

    /// Adds a `Set-Cookie` header.
    fn cookie(&self, value: &str);
}
