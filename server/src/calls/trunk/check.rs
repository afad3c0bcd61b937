//! The way from a name to an answer in SIP.

use super::certificate::Certificate;
use super::handshake::{End, Handshake, Offer, shake};
use super::line::Line;
use super::patience::{Patience, ms_since};
use super::{
    Code, State, Step, StepName, TrunkQuestion, TrunkReport, address, alpn, chain,
    client_certificate, dns, expiry, invite, names, options, plain, tcp, tls,
};
use crate::clock::Clock;
use std::net::SocketAddr;
use std::time::Instant;
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// Checks a telephone server. It takes less than ten seconds, and never fails: what nobody could tell is unknown.
pub async fn check(question: &TrunkQuestion) -> TrunkReport {
    let patience = Patience::begin();
    let mut steps = Vec::new();
    Box::pin(walk(question, patience, &mut steps)).await;
    TrunkReport {
        host: question.host.to_string(),
        port: question.port,
        steps: complete(steps, question.invite.is_some(), patience),
    }
}

/// Goes as far as it is possible.
async fn walk(question: &TrunkQuestion, patience: Patience, steps: &mut Vec<Step>) {
    let begin = Instant::now();
    let (step, found) = dns::look_up(&question.host, question.resolve, patience).await;
    steps.push(step.took(ms_since(begin)));
    if found.is_empty() {
        return;
    }
    let (step, may_call) = address::judge(&question.host, &found, question.allow_private);
    steps.push(step);
    if may_call.is_empty() {
        return;
    }
    let begin = Instant::now();
    let (step, place) = tcp::knock(&may_call, question.port, patience).await;
    steps.push(step.took(ms_since(begin)));
    let Some(place) = place else {
        return;
    };
    let Some(stream) = secure(question, place, patience, steps).await else {
        return;
    };
    talk(question, stream, patience, steps).await;
}

/// Everything about TLS. The connection goes on where the handshake was finished.
async fn secure(
    question: &TrunkQuestion,
    place: SocketAddr,
    patience: Patience,
    steps: &mut Vec<Step>,
) -> Option<Box<TlsStream<TcpStream>>> {
    let (without, with) = tokio::join!(
        shake(&question.host, place, Offer::Nothing, patience),
        shake(&question.host, place, Offer::Sip, patience),
    );
    let compared = alpn::judge(&without, &with);
    let best = if without.works() || !with.works() {
        without
    } else {
        with
    };
    let in_clear = if best.works() {
        None
    } else {
        plain::ask(&question.host, place, patience).await
    };
    steps.push(tls::judge(&best, in_clear.as_deref()));
    let now = Clock::system().now().div_euclid(1000);
    steps.extend(of_certificates(question, &best, now));
    steps.extend(client_certificate::judge(&best));
    steps.extend(compared);
    match best.end {
        End::Done(stream) => Some(stream),
        End::WantsOurs
        | End::Old(_)
        | End::NotTls
        | End::Refused(_)
        | End::Closed
        | End::Silent(_) => None,
    }
}

/// What the certificates say, as far as they were seen: also where the handshake failed after them.
fn of_certificates(question: &TrunkQuestion, shaken: &Handshake, now: i64) -> Vec<Step> {
    let certificates = &shaken.seen.certificates;
    let Some(own) = certificates.first() else {
        return Vec::new();
    };
    let Some(leaf) = Certificate::read(own) else {
        let detail = "the server's certificate cannot be read";
        let of_it = [StepName::Chain, StepName::Name, StepName::Expiry];
        return of_it
            .map(|name| Step::new(name, Code::CertificateUnreadable, detail))
            .into();
    };
    vec![
        chain::judge(certificates, &leaf, question.ca.as_ref(), now),
        names::judge(&question.host, &leaf),
        expiry::judge(&leaf, now),
    ]
}

async fn talk(
    question: &TrunkQuestion,
    stream: Box<TlsStream<TcpStream>>,
    patience: Patience,
    steps: &mut Vec<Step>,
) {
    let Ok(local) = stream.get_ref().0.local_addr() else {
        return;
    };
    let mut line = Line::new(stream, local, &question.host, question.port, "TLS");
    let step = options::ask(&mut line, patience).await;
    let goes_on = matches!(step.code, Code::OptionsAnswered | Code::OptionsSilent);
    steps.push(step);
    if let (Some(invite), true) = (&question.invite, goes_on) {
        steps.push(invite::call(&mut line, invite, patience).await);
    }
}

/// Adds what was not reached, and brings the steps into their order.
fn complete(mut steps: Vec<Step>, with_invite: bool, patience: Patience) -> Vec<Step> {
    let is_over = patience.is_over();
    // Where one address of several is private, the check goes on at the others.
    let went_on = steps.iter().any(|step| step.name == StepName::Tcp);
    let is_passed = |step: &Step| step.code == Code::AddressPrivate && went_on;
    let stop = steps
        .iter()
        .filter(|step| stops(step) && !is_passed(step))
        .min_by_key(|step| step.name);
    let reason = match stop.map(|step| (step.name, step.code)) {
        Some((_, Code::AddressPrivate)) => "private addresses are not called".to_owned(),
        Some((name, _)) => format!("{} stands in the way", name.word()),
        None => "the connection was lost".to_owned(),
    };
    let after = stop.map_or("", |step| step.name.word());
    let invite = with_invite.then_some(StepName::Invite);
    let missing: Vec<Step> = StepName::ALWAYS
        .into_iter()
        .chain(invite)
        .filter(|name| steps.iter().all(|step| step.name != *name))
        .map(|name| {
            if is_over {
                Step::new(
                    name,
                    Code::OutOfTime,
                    "the time of the check was over before it",
                )
            } else {
                Step::new(name, Code::NotReached, format!("not reached: {reason}"))
                    .arg("after", after)
            }
        })
        .collect();
    steps.extend(missing);
    steps.sort_by_key(|step| step.name);
    steps
}

/// Whether a check cannot go on after a step.
const fn stops(step: &Step) -> bool {
    let is_ok = matches!(step.state, State::Ok);
    let goes_on = matches!(
        step.code,
        Code::AddressPrivateAllowed | Code::AddressNoName | Code::ConnectedPartly
    );
    let is_on_the_way = matches!(
        step.name,
        StepName::Dns
            | StepName::Address
            | StepName::Tcp
            | StepName::Tls
            | StepName::ClientCertificate
            | StepName::Options
    );
    !is_ok && !goes_on && is_on_the_way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_is_the_step_where_it_ended() {
        let mixed = vec![
            Step::new(StepName::Dns, Code::Resolved, "two addresses"),
            Step::new(StepName::Address, Code::AddressPrivate, "one is private"),
            Step::new(StepName::Tcp, Code::PortClosed, "the other refuses"),
        ];
        let after = |steps: Vec<Step>| {
            let steps = complete(steps, false, Patience::begin());
            let tls = steps.into_iter().find(|step| step.name == StepName::Tls);
            tls.map(|step| step.args["after"].clone())
        };
        assert_eq!(after(mixed.clone()).as_deref(), Some("tcp"));
        let private = mixed.into_iter().take(2).collect();
        assert_eq!(after(private).as_deref(), Some("address"));
    }

    #[test]
    fn a_certificate_that_cannot_be_read_is_told_in_each_of_its_steps() {
        let question = TrunkQuestion::new("sip.example.com", 5061, true).unwrap();
        let shaken = Handshake {
            end: End::Closed,
            seen: super::super::recorder::Seen {
                certificates: vec![vec![1_u8, 2, 3].into()],
                ..Default::default()
            },
            ms: 0,
        };
        let steps = of_certificates(&question, &shaken, 0);
        let names: Vec<StepName> = steps.iter().map(|step| step.name).collect();
        assert_eq!(names, [StepName::Chain, StepName::Name, StepName::Expiry]);
    }
}
