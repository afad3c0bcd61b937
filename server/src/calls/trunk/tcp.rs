//! Whether the port takes connections, at every address the name leads to.

use super::address::list;
use super::patience::{Over, Patience, TCP};
use super::{Code, Step, StepName};
use futures::future::join_all;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use tokio::net::TcpStream;

/// How many addresses of one name are tried.
const ADDRESSES_MAX: usize = 8;

/// What became of one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tried {
    Taken,
    Refused,
    Silent(String),
    NoWay(String),
}

/// Tries the addresses. The second value is the one to go on with.
pub async fn knock(
    addresses: &[IpAddr],
    port: u16,
    patience: Patience,
) -> (Step, Option<SocketAddr>) {
    let tries = addresses.iter().take(ADDRESSES_MAX).map(async |address| {
        let place = SocketAddr::new(*address, port);
        let tried = match patience.within(TCP, TcpStream::connect(place)).await {
            Ok(Ok(_)) => Tried::Taken,
            Ok(Err(error)) if error.kind() == ErrorKind::ConnectionRefused => Tried::Refused,
            Ok(Err(error)) => Tried::NoWay(error.to_string()),
            Err(Over::Step(limit)) => Tried::Silent(Over::Step(limit).words()),
            Err(Over::Whole) => Tried::Silent(Over::Whole.words()),
        };
        (*address, tried)
    });
    judge(&join_all(tries).await, port)
}

fn judge(tried: &[(IpAddr, Tried)], port: u16) -> (Step, Option<SocketAddr>) {
    let with = |wanted: fn(&Tried) -> bool| -> Vec<IpAddr> {
        let found = tried.iter().filter(|(_, tried)| wanted(tried));
        found.map(|(address, _)| *address).collect()
    };
    let taken = with(|tried| *tried == Tried::Taken);
    let refused = with(|tried| *tried == Tried::Refused);
    // Where this machine has no IPv6, silence of an address of it says nothing about the server; a refusal does, but for
    // this machine's own, which every "localhost" has.
    let is_dead = tried.iter().any(|(address, tried)| match tried {
        Tried::Taken => false,
        Tried::Refused => address.is_ipv4() || !address.is_loopback(),
        Tried::Silent(_) | Tried::NoWay(_) => address.is_ipv4(),
    });
    let others: Vec<String> = tried
        .iter()
        .filter_map(|(address, tried)| told(*address, tried))
        .collect();
    let others = others.join("; ");
    let code = match (taken.is_empty(), is_dead, refused.is_empty()) {
        (false, false, _) => Code::Connected,
        (false, true, _) => Code::ConnectedPartly,
        (true, _, false) => Code::PortClosed,
        (true, _, true) if with(|tried| matches!(tried, Tried::Silent(_))).is_empty() => {
            Code::Unreachable
        }
        (true, _, true) => Code::PortSilent,
    };
    let detail = match (taken.as_slice(), others.as_str()) {
        ([], others) => others.to_owned(),
        (taken, "") => format!("port {port} takes connections at {}", list(taken)),
        (taken, others) => format!("port {port} takes connections at {}; {others}", list(taken)),
    };
    let step = Step::new(StepName::Tcp, code, detail)
        .arg("port", port)
        .arg("reason", others);
    let first = taken.first().map(|address| SocketAddr::new(*address, port));
    (step, first)
}

fn told(address: IpAddr, tried: &Tried) -> Option<String> {
    match tried {
        Tried::Taken => None,
        Tried::Refused => Some(format!("{address} refuses connections")),
        Tried::Silent(words) => Some(format!("{address} does not answer {words}")),
        Tried::NoWay(words) => Some(format!("{address} cannot be reached from here: {words}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(tried: &[(&str, Tried)]) -> (Code, Option<String>) {
        let tried: Vec<_> = tried
            .iter()
            .map(|(address, tried)| (address.parse().unwrap(), tried.clone()))
            .collect();
        let (step, place) = judge(&tried, 5061);
        (step.code, place.map(|place| place.to_string()))
    }

    #[test]
    fn every_address_counts() {
        let (v4, other, v6) = ("8.8.8.8", "8.8.4.4", "2a03:2880::1");
        let silent = || Tried::Silent("within 2 s".to_owned());
        let no_way = || Tried::NoWay("no route".to_owned());
        let first = Some("8.8.8.8:5061".to_owned());
        assert_eq!(
            judged(&[(v4, Tried::Taken)]),
            (Code::Connected, first.clone())
        );
        let partly = judged(&[(v4, Tried::Taken), (other, Tried::Refused)]);
        assert_eq!(partly, (Code::ConnectedPartly, first.clone()));
        let partly = judged(&[(v4, Tried::Taken), (v6, Tried::Refused)]);
        assert_eq!(partly, (Code::ConnectedPartly, first.clone()));
        let own = judged(&[("127.0.0.1", Tried::Taken), ("::1", Tried::Refused)]);
        assert_eq!(own.0, Code::Connected);
        assert_eq!(
            judged(&[(v6, no_way()), (v4, Tried::Taken)]),
            (Code::Connected, first)
        );
        assert_eq!(
            judged(&[(v4, Tried::Refused), (v6, no_way())]),
            (Code::PortClosed, None)
        );
        assert_eq!(
            judged(&[(v4, silent()), (v6, no_way())]),
            (Code::PortSilent, None)
        );
        assert_eq!(judged(&[(v6, no_way())]), (Code::Unreachable, None));
    }
}
