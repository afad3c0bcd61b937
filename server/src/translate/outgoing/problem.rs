//! Why an interactive message does not go out.

use app::model::InteractiveFault;

use crate::translate::Language;

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InteractiveProblem {
    /// What stands in the id's place is none.
    NoId {
        /// What stands there.
        found: String,
    },
    /// There is no such message, or the phone may not send it.
    Unknown,
    /// A value does not say which variable it is for.
    NoName {
        /// The value.
        value: String,
    },
    /// The message has no variable of this name.
    UnknownName {
        /// The name.
        name: String,
        /// Those it has.
        names: Vec<String>,
    },
    /// A variable has two values.
    NameTwice {
        /// Its name.
        name: String,
    },
    /// Variables without a value.
    MissingNames {
        /// Their names.
        names: Vec<String>,
    },
    /// With these values it is over Meta's limits.
    Fault {
        /// The field, as the form calls it.
        field: String,
        /// What is wrong with it.
        fault: InteractiveFault,
    },
}

impl InteractiveProblem {
    /// What is wrong and what to do, for the operator. `ready` is the code to copy, where the message is known.
    pub fn words(&self, language: Language, ready: Option<&str>) -> String {
        let said = match language {
            Language::English => self.english(),
            Language::Russian => self.russian(),
        };
        let lead = language.pick("Write it so:", "Напишите так:");
        match ready {
            Some(ready) => format!("{said} {lead} {ready}"),
            None => said,
        }
    }

    fn english(&self) -> String {
        match self {
            Self::NoId { found } => format!(
                "“{found}” is no id of an interactive message. Copy the ready code from its page."
            ),
            Self::Unknown => {
                "There is no such interactive message. Copy the ready code from its page."
                    .to_owned()
            }
            Self::NoName { value } => {
                format!("“{value}” does not say which variable it is for: write name:value.")
            }
            Self::UnknownName { name, names } if names.is_empty() => {
                format!("The message has no variables, so nothing can be put in for {name}.")
            }
            Self::UnknownName { name, names } => {
                let list = names.join(", ");
                format!("The message has no variable {name}. It has: {list}.")
            }
            Self::NameTwice { name } => format!("The variable {name} has two values."),
            Self::MissingNames { names } => {
                format!("The message also needs: {}.", names.join(", "))
            }
            Self::Fault { field, fault } => {
                format!(
                    "Meta would not take the message: {field} {}.",
                    fault_words(*fault).0
                )
            }
        }
    }

    fn russian(&self) -> String {
        match self {
            Self::NoId { found } => format!(
                "«{found}» – это не номер интерактивного сообщения. Готовый код скопируйте с его страницы."
            ),
            Self::Unknown => {
                "Такого интерактивного сообщения нет. Готовый код скопируйте с его страницы."
                    .to_owned()
            }
            Self::NoName { value } => {
                format!("Непонятно, для какой переменной «{value}»: пишите имя:значение.")
            }
            Self::UnknownName { name, names } if names.is_empty() => {
                format!("В сообщении нет переменных, подставить {name} некуда.")
            }
            Self::UnknownName { name, names } => {
                format!(
                    "В сообщении нет переменной {name}. Есть: {}.",
                    names.join(", ")
                )
            }
            Self::NameTwice { name } => format!("Переменной {name} дано два значения."),
            Self::MissingNames { names } => format!("Сообщению не хватает: {}.", names.join(", ")),
            Self::Fault { field, fault } => {
                format!(
                    "Meta не примет сообщение: {field} – {}.",
                    fault_words(*fault).1
                )
            }
        }
    }
}

/// After a field's name, in English and in Russian.
fn fault_words(fault: InteractiveFault) -> (String, String) {
    let (english, russian) = match fault {
        InteractiveFault::Empty => ("is empty", "пусто"),
        InteractiveFault::NotUnique => ("says the same as another one", "повторяется"),
        InteractiveFault::NoAddress => (
            "is no address that begins with https://",
            "нужен адрес, который начинается с https://",
        ),
        InteractiveFault::NotAllowed => ("is not possible here", "здесь не бывает"),
        InteractiveFault::VariableName => (
            "has a variable whose name is not right",
            "неверное имя переменной",
        ),
        InteractiveFault::TooLong { most } => {
            return (
                format!("has more than {most} characters"),
                format!("больше {most} знаков"),
            );
        }
        InteractiveFault::TooMany { most } => {
            return (format!("are more than {most}"), format!("больше {most}"));
        }
        InteractiveFault::OutOfRange { least, most } => {
            return (
                format!("is not between {least} and {most}"),
                format!("должно быть от {least} до {most}"),
            );
        }
    };
    (english.to_owned(), russian.to_owned())
}
