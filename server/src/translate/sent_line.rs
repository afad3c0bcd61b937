//! What the customer got, in the operator's chat.

use super::{Language, bb_of_markup, literal};
use crate::outside::loose;
use serde_json::Value;

/// A line that names what was sent and shows its words. `kind` and `content` are Meta's, `text` is what the customer
/// reads.
pub fn sent_line(kind: &str, content: &Value, text: &str, language: Language) -> String {
    let lead = if kind == "template" {
        let name = loose::text(content, "name").unwrap_or_default();
        let code = loose::field(content, "language").and_then(|found| loose::text(found, "code"));
        let lead = language.pick("Sent template", "Отправлен шаблон");
        format!("{lead} {name} ({}):", code.unwrap_or_default())
    } else {
        let lead = language.pick("Sent:", "Отправлено:");
        lead.to_owned()
    };
    format!("[b]{}[/b]\n{}", literal(&lead), bb_of_markup(text))
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_template_is_named_and_its_words_shown() {
        let content = json!({"name": "order_ready", "language": {"code": "ru"}});
        assert_eq!(
            sent_line(
                "template",
                &content,
                "Order *118* is ready",
                Language::English
            ),
            "[b]Sent template order_ready (ru):[/b]\nOrder [b]118[/b] is ready"
        );
        assert_eq!(
            sent_line(
                "interactive",
                &json!({}),
                "Choose [b]one",
                Language::Russian
            ),
            "[b]Отправлено:[/b]\nChoose [\u{200b}b]one"
        );
    }
}
