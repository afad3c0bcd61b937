//! The file that shows Meta what a header will look like.

use leptos::prelude::*;

use crate::{
    model::{HeaderKind, SampleKind, TemplateForm},
    text,
    ui::{Draft, problem_text},
};

/// The field for the file. One that was uploaded before stays, unless another is chosen.
pub fn sample(draft: Draft<TemplateForm>, kind: HeaderKind, takes_samples: bool) -> AnyView {
    let allowed = SampleKind::of(kind);
    let types = allowed
        .map(|allowed| allowed.types.join(","))
        .unwrap_or_default();
    let most = allowed.map_or(0, |allowed| allowed.most);
    let names = allowed.map(SampleKind::names).unwrap_or_default();
    let (handle, name) = draft
        .form
        .with_untracked(|form| (form.sample.clone(), form.sample_name.clone()));
    let kept = (!handle.is_empty()).then(|| text!(template.new.sample_kept, name = name.clone()));
    let problem = draft.problems.with_untracked(|problems| {
        let found = problems.iter().find(|problem| problem.is_at("file"));
        found.map(problem_text)
    });
    let wrong = problem.is_some();
    let hint = text!(template.new.sample_hint, kinds = names, most = most);
    let note = problem.or(kept).unwrap_or(hint);
    let missing = (!takes_samples)
        .then(|| view! { <p class="field-error">{text!(template.new.no_samples)}</p> });
    view! {
        <div class="field">
            <label for="file">{text!(template.new.sample)}</label>
            <input
                id="file"
                name="file"
                type="file"
                accept=types
                aria-describedby="file-note"
                aria-invalid=wrong.then_some("true")
            />
            <p id="file-note" class="field-note" class:field-error=wrong>{note}</p>
            {missing}
            <input type="hidden" name="sample" value=handle />
            <input type="hidden" name="sample_name" value=name />
        </div>
    }
    .into_any()
}
