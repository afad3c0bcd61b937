//! The shape of the words, and what is said of silence.

/// Meaning and remedy in both languages.
pub(super) struct Words {
    pub(super) english: (&'static str, &'static str),
    pub(super) russian: (&'static str, &'static str),
}

/// A line of the table.
pub(super) const fn words(
    english: (&'static str, &'static str),
    russian: (&'static str, &'static str),
) -> Words {
    Words { english, russian }
}

/// Meta did not answer.
pub(super) const SILENCE: Words = words(
    (
        "Meta did not answer, so nobody knows what became of it.",
        "Press Check now in a minute, then save again if something is missing.",
    ),
    (
        "Meta не ответила, и неизвестно, что из этого вышло.",
        "Через минуту нажмите «Проверить сейчас»; если чего-то не хватает, сохраните ещё раз.",
    ),
);
