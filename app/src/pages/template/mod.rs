//! Message templates: listed, shown, chosen, made and deleted.

mod buttons;
mod closed;
mod delete;
mod fields;
mod list;
mod new;
mod notices;
mod page;
mod sample;
mod words;

pub use delete::TemplateDeletePage;
pub use list::TemplatesPage;
pub use new::TemplateNewPage;
pub use page::TemplatePage;
