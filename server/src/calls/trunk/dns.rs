//! Where a name leads: its addresses, and its SRV records to be shown.

use super::address::list;
use super::certificate::shown;
use super::host::Host;
use super::patience::{DNS, Patience, SRV};
use super::{Code, Step, StepName};
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::{ResolverBuilder, TokioResolver};
use std::net::IpAddr;
use std::time::Duration;

/// What name servers said.
#[derive(Default)]
struct Said {
    addresses: Vec<IpAddr>,
    srv: Vec<String>,
    is_missing: bool,
    trouble: Option<String>,
}

/// Asks for the addresses of a host.
pub async fn look_up(
    host: &Host,
    given: Option<IpAddr>,
    patience: Patience,
) -> (Step, Vec<IpAddr>) {
    let step = |code, detail: String| Step::new(StepName::Dns, code, detail);
    let name = match (host, given) {
        (Host::Address(address), _) => {
            let detail = format!("an address was given: {address}");
            return (step(Code::AddressGiven, detail), vec![*address]);
        }
        (Host::Name(name), Some(address)) => {
            let detail = format!("{name} was given the address {address}; DNS was not asked");
            return (step(Code::AddressGiven, detail), vec![address]);
        }
        (Host::Name(name), None) => name,
    };
    let said = ask(name, patience).await;
    (judge(name, &said), said.addresses)
}

fn judge(name: &str, said: &Said) -> Step {
    let step = |code, detail: String| Step::new(StepName::Dns, code, detail).arg("host", name);
    if !said.addresses.is_empty() {
        let srv = if said.srv.is_empty() {
            format!("no SRV at _sips._tcp.{name}, none is needed")
        } else {
            format!("SRV at _sips._tcp.{name}: {}", said.srv.join("; "))
        };
        let (v4, v6): (Vec<IpAddr>, Vec<IpAddr>) =
            said.addresses.iter().partition(|address| address.is_ipv4());
        let part = |kind, found: &[IpAddr]| match found {
            [] => format!("no {kind}"),
            found => format!("{kind} {}", list(found)),
        };
        let detail = format!("{}; {}; {srv}", part("A", &v4), part("AAAA", &v6));
        return step(Code::Resolved, detail).arg("addresses", list(&said.addresses));
    }
    match &said.trouble {
        Some(trouble) => {
            let detail = format!("name servers could not be asked about {name}: {trouble}");
            step(Code::DnsSilent, detail).arg("reason", trouble)
        }
        None if said.is_missing => step(Code::NameMissing, format!("there is no name {name}")),
        None => {
            let srv = match said.srv.as_slice() {
                [] => String::new(),
                found => format!("; only SRV: {}", found.join("; ")),
            };
            step(
                Code::NoAddress,
                format!("{name} has neither A nor AAAA{srv}"),
            )
        }
    }
}

/// Why a question has no answer with records.
enum NoRecords {
    /// There is no such name.
    NoName,
    /// The name has no records of this kind.
    NoneOfKind,
    /// Nobody could be asked.
    Trouble(String),
}

/// Asks the name servers of this machine; its hosts file counts too. One question that gets no answer costs no other
/// its answer.
async fn ask(name: &str, patience: Patience) -> Said {
    let mut said = Said::default();
    let resolver = TokioResolver::builder_tokio().map(|mut builder| {
        // A question that is lost on the way is asked again within our time.
        let options = builder.options_mut();
        options.timeout = Duration::from_secs(1);
        options.attempts = 3;
        builder
    });
    let resolver = resolver.and_then(ResolverBuilder::build);
    let resolver = match resolver {
        Ok(resolver) => resolver,
        Err(error) => {
            said.trouble = Some(error.to_string());
            return said;
        }
    };
    let (absolute, service) = (format!("{name}."), format!("_sips._tcp.{name}."));
    let (v4, v6, srv) = tokio::join!(
        records(&resolver, &absolute, RecordType::A, DNS, patience),
        records(&resolver, &absolute, RecordType::AAAA, DNS, patience),
        records(&resolver, &service, RecordType::SRV, SRV, patience),
    );
    for answer in [v4, v6] {
        match answer {
            Ok(found) => said.addresses.extend(found.iter().filter_map(address)),
            Err(NoRecords::NoName) => said.is_missing = true,
            Err(NoRecords::NoneOfKind) => {}
            Err(NoRecords::Trouble(words)) => said.trouble = Some(words),
        }
    }
    // SRV records are shown and nothing hangs on them: without an answer there are none.
    said.srv
        .extend(srv.unwrap_or_default().iter().filter_map(service_words));
    said
}

async fn records(
    resolver: &TokioResolver,
    name: &str,
    kind: RecordType,
    limit: Duration,
    patience: Patience,
) -> Result<Vec<RData>, NoRecords> {
    let name = Name::from_ascii(name).map_err(|error| NoRecords::Trouble(error.to_string()))?;
    match patience.within(limit, resolver.lookup(name, kind)).await {
        Ok(Ok(found)) => Ok(found
            .answers()
            .iter()
            .map(|record| record.data.clone())
            .collect()),
        Ok(Err(error)) if error.is_nx_domain() => Err(NoRecords::NoName),
        Ok(Err(error)) if error.is_no_records_found() => Err(NoRecords::NoneOfKind),
        Ok(Err(error)) => Err(NoRecords::Trouble(error.to_string())),
        Err(over) => Err(NoRecords::Trouble(format!("no answer {}", over.words()))),
    }
}

fn address(data: &RData) -> Option<IpAddr> {
    match data {
        RData::A(address) => Some(IpAddr::V4(address.0)),
        RData::AAAA(address) => Some(IpAddr::V6(address.0)),
        _ => None,
    }
}

fn service_words(data: &RData) -> Option<String> {
    let RData::SRV(srv) = data else {
        return None;
    };
    let target = shown(&srv.target.to_ascii());
    let target = target.trim_end_matches('.');
    Some(format!(
        "{target}:{} priority {} weight {}",
        srv.port, srv.priority, srv.weight
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(said: Said) -> Code {
        judge("sip.example.com", &said).code
    }

    #[test]
    fn what_name_servers_say_is_told_apart() {
        assert_eq!(code(Said::default()), Code::NoAddress);
        let is_missing = true;
        assert_eq!(
            code(Said {
                is_missing,
                ..Said::default()
            }),
            Code::NameMissing
        );
        let trouble = Some("timed out".to_owned());
        assert_eq!(
            code(Said {
                trouble,
                is_missing,
                ..Said::default()
            }),
            Code::DnsSilent
        );
        let addresses = vec!["8.8.8.8".parse().unwrap()];
        let trouble = Some("no AAAA".to_owned());
        assert_eq!(
            code(Said {
                addresses,
                trouble,
                ..Said::default()
            }),
            Code::Resolved
        );
    }

    #[tokio::test]
    async fn this_machine_is_found() {
        let host = Host::Name("localhost".to_owned());
        let (step, found) = look_up(&host, None, Patience::begin()).await;
        assert_eq!(step.code, Code::Resolved, "{}", step.detail);
        assert!(found.contains(&"127.0.0.1".parse().unwrap()));
    }
}
