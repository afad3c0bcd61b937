//! Languages of templates as Meta writes them: `en`, `en_US`, `fil`.

/// Meta's languages that are written without a region. A text such as `you+me` is told from a code by them.
const WITHOUT_REGION: [&str; 59] = [
    "af", "ar", "az", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi",
    "fil", "fr", "ga", "gu", "ha", "he", "hi", "hr", "hu", "id", "it", "ja", "ka", "kk", "kn",
    "ko", "lo", "lt", "lv", "mk", "ml", "mr", "ms", "nb", "nl", "pa", "pl", "ro", "ru", "sk", "sl",
    "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zu",
];

/// The language as Meta writes it, however its letters were typed: `EN-us` is `en_US`.
pub(super) fn language_code(text: &str) -> Option<String> {
    let (main, region) = match text.split_once(['_', '-']) {
        Some((main, region)) => (main, Some(region)),
        None => (text, None),
    };
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (2..=3).contains(&main.len()) && letters(main);
    let main = fits.then(|| main.to_ascii_lowercase())?;
    match region {
        None => Some(main),
        Some(region) => {
            let fits = (2..=3).contains(&region.len()) && letters(region)
                || region.len() == 3 && digits(region);
            fits.then(|| format!("{main}_{}", region.to_ascii_uppercase()))
        }
    }
}

/// Whether a text is certainly a language: written exactly, and one of Meta's where it has no region.
pub(super) fn is_exact_language(text: &str) -> bool {
    let is_exact = language_code(text).as_deref() == Some(text);
    is_exact && (text.contains('_') || WITHOUT_REGION.contains(&text))
}
