//! Files that show Meta what a header will look like.

use app::backend::Sample;
use app::model::{Problem, ProblemCode, SampleKind, TemplateForm};

const MEBIBYTE: usize = 1024 * 1024;

/// What is wrong with the file, if anything: a kind Meta does not take, too much of it, or none.
pub(super) fn fault(form: &TemplateForm, file: Option<&Sample>) -> Option<Problem> {
    let allowed = SampleKind::of(form.header)?;
    let problem = |code| Problem::new(code).at("file");
    let Some(file) = file else {
        return form
            .sample
            .is_empty()
            .then(|| problem(ProblemCode::SampleMissing));
    };
    let most = usize::try_from(allowed.most).unwrap_or(usize::MAX);
    if file.bytes.len() > most.saturating_mul(MEBIBYTE) {
        return Some(problem(ProblemCode::SampleBig).arg("most", allowed.most));
    }
    let fits = kind_of(&file.bytes).is_some_and(|kind| allowed.types.contains(&kind));
    (!fits).then(|| problem(ProblemCode::SampleKind).arg("kinds", allowed.names()))
}

/// What a file is, by its first bytes: names lie.
pub(super) fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        Some("image/jpeg")
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if bytes.starts_with(b"%PDF-") {
        Some("application/pdf")
    } else if bytes.get(4..8) == Some(b"ftyp") {
        Some("video/mp4")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::model::HeaderKind;

    fn code(header: HeaderKind, bytes: Option<&[u8]>) -> Option<ProblemCode> {
        let form = TemplateForm {
            header,
            ..TemplateForm::default()
        };
        let file = bytes.map(|bytes| Sample {
            name: "file".to_owned(),
            kind: "image/png".to_owned(),
            bytes: bytes.to_vec(),
        });
        fault(&form, file.as_ref()).map(|problem| problem.code)
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let jpeg = [0xff, 0xd8, 0xff, 0xe0];
        assert_eq!(code(HeaderKind::Image, Some(&jpeg)), None);
        assert_eq!(
            code(HeaderKind::Image, Some(b"%PDF-1.7")),
            Some(ProblemCode::SampleKind)
        );
        assert_eq!(code(HeaderKind::Document, Some(b"%PDF-1.7")), None);
        assert_eq!(code(HeaderKind::Video, Some(b"\0\0\0\x20ftypisom")), None);
        assert_eq!(
            code(HeaderKind::Video, None),
            Some(ProblemCode::SampleMissing)
        );
        assert_eq!(code(HeaderKind::Text, None), None);
        let mut big = jpeg.to_vec();
        big.resize(5 * MEBIBYTE + 1, 0);
        assert_eq!(
            code(HeaderKind::Image, Some(&big)),
            Some(ProblemCode::SampleBig)
        );
    }
}
