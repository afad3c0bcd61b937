//! The words, code by code: what it means, what to do. `general` has the codes that are not of calling alone.

mod calling;
mod general;

/// Meaning and remedy in both languages.
pub(super) struct Words {
    pub(super) english: (&'static str, &'static str),
    pub(super) russian: (&'static str, &'static str),
}

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

/// First and last code, and their words.
pub(super) type Row = (i64, i64, Words);

/// All rows, in order.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    general::TABLE.iter().chain(calling::TABLE)
}
