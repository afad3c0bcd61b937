//! What can be done with one dead letter.

use leptos::prelude::*;

use crate::{
    api::{DeliveryDiscard, DeliveryReplay},
    model::{DeadLetter, DeliveryId, Problem, TargetChoice},
    text,
    ui::{Field, FormProblem, Section, Select, Submit, TableBox, Tone},
};

/// Replays it, here or elsewhere, or discards it. While somebody types in it nothing moves.
#[component]
pub fn LetterActs(
    id: DeliveryId,
    dead: DeadLetter,
    replay: ServerAction<DeliveryReplay>,
    discard: ServerAction<DeliveryDiscard>,
) -> impl IntoView {
    let replay_problem =
        Signal::derive(move || replay.value().get().and_then(Result::<(), Problem>::err));
    let discard_problem =
        Signal::derive(move || discard.value().get().and_then(Result::<(), Problem>::err));
    let (tone, risk) = if dead.may_double {
        (Tone::Attention, text!(queue.dead.can_double))
    } else {
        (Tone::Neutral, text!(queue.dead.cannot_double))
    };
    view! {
        <TableBox class="still">
            <Section title=text!(queue.dead.act)>
                <p class="notice" data-tone=tone.as_str()>{text!(queue.dead.effect, count = 1)}" "{risk}</p>
                <div class="pair">
                    <ActionForm action=replay attr:class="form">
                        <FormProblem problem=replay_problem />
                        <input type="hidden" name="id" value=id.to_string() />
                        {targets(dead.targets, replay_problem)}
                        <div class="form-actions"><Submit label=text!(queue.dead.replay) pending=replay.pending() class="button primary" /></div>
                    </ActionForm>
                    <ActionForm action=discard attr:class="form">
                        <FormProblem problem=discard_problem />
                        <input type="hidden" name="id" value=id.to_string() />
                        <Field
                            name="reason"
                            label=text!(queue.dead.reason)
                            hint=text!(queue.dead.reason_hint)
                            problem=discard_problem
                        />
                        <div class="form-actions"><Submit label=text!(queue.dead.discard) pending=discard.pending() class="button danger" /></div>
                    </ActionForm>
                </div>
            </Section>
        </TableBox>
    }
}

/// Where it can go; nothing where it can go to one place only.
pub(super) fn targets(
    targets: Vec<TargetChoice>,
    problem: Signal<Option<Problem>>,
) -> Option<impl IntoView> {
    if targets.is_empty() {
        return None;
    }
    let options: Vec<_> = targets
        .into_iter()
        .map(|target| {
            let words = if target.line.is_empty() {
                target.phone
            } else {
                format!("{} · {}", target.phone, target.line)
            };
            (target.id.to_string(), words)
        })
        .collect();
    Some(view! {
        <Select
            name="to"
            label=text!(queue.dead.to)
            hint=text!(queue.dead.to_hint)
            options=options
            none=text!(queue.dead.to_same)
            problem=problem
        />
    })
}
