//! Which of the found addresses may be called, and what Meta makes of them.

use super::host::Host;
use super::{Code, Step, StepName};
use crate::outside::is_public;
use std::net::IpAddr;

/// Judges the addresses of a server. The second value is those that may be called under the policy.
pub fn judge(host: &Host, found: &[IpAddr], allow_private: bool) -> (Step, Vec<IpAddr>) {
    let private: Vec<IpAddr> = found
        .iter()
        .copied()
        .filter(|address| !is_public(*address))
        .collect();
    let may_call = found
        .iter()
        .copied()
        .filter(|address| allow_private || is_public(*address))
        .collect();
    let is_literal = matches!(host, Host::Address(_));
    let no_name = if is_literal {
        "; Meta takes a name only, no address"
    } else {
        ""
    };
    let step = |code, detail| Step::new(StepName::Address, code, detail);
    let step = match (private.is_empty(), allow_private, is_literal) {
        (true, _, false) => step(Code::AddressPublic, format!("public: {}", list(found))),
        (true, _, true) => {
            let detail = format!("public: {}{no_name}", list(found));
            step(Code::AddressNoName, detail)
        }
        (false, true, _) => {
            let detail = format!(
                "private: {}, called because private addresses are allowed here; Meta cannot call them{no_name}",
                list(&private)
            );
            step(Code::AddressPrivateAllowed, detail)
        }
        (false, false, _) => {
            let detail = format!(
                "private: {}; Meta cannot call it, and nothing was called there{no_name}",
                list(&private)
            );
            step(Code::AddressPrivate, detail)
        }
    };
    (step.arg("addresses", list(found)), may_call)
}

/// How many addresses are named: a name may lead to thousands.
const NAMED_MAX: usize = 12;

/// Addresses, one after the other.
pub fn list(addresses: &[IpAddr]) -> String {
    let named = addresses.iter().take(NAMED_MAX).map(IpAddr::to_string);
    let named: Vec<String> = named.collect();
    let named = named.join(", ");
    match addresses.len().saturating_sub(NAMED_MAX) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judged(host: &str, found: &[&str], allow_private: bool) -> (Code, usize) {
        let found: Vec<IpAddr> = found.iter().map(|text| text.parse().unwrap()).collect();
        let (step, may_call) = judge(&Host::parse(host).unwrap(), &found, allow_private);
        (step.code, may_call.len())
    }

    #[test]
    fn private_addresses_are_bad_and_not_called() {
        let name = "sip.example.com";
        assert_eq!(judged(name, &["8.8.8.8"], false), (Code::AddressPublic, 1));
        assert_eq!(
            judged(name, &["10.0.0.1"], false),
            (Code::AddressPrivate, 0)
        );
        let mixed = &["10.0.0.1", "8.8.8.8"];
        assert_eq!(judged(name, mixed, false), (Code::AddressPrivate, 1));
        assert_eq!(judged(name, mixed, true), (Code::AddressPrivateAllowed, 2));
        assert_eq!(
            judged("8.8.8.8", &["8.8.8.8"], false),
            (Code::AddressNoName, 1)
        );
    }

    #[test]
    fn a_long_list_has_an_end() {
        let all: Vec<IpAddr> = (0..4_000_u32)
            .map(|number| std::net::Ipv4Addr::from(number).into())
            .collect();
        assert!(list(&all).ends_with("0.0.0.11 and 3988 more"));
        assert_eq!(list(&all[..2]), "0.0.0.0, 0.0.0.1");
    }

    proptest! {
        #[test]
        fn the_policy_holds_for_every_address(found in proptest::collection::vec(any::<IpAddr>(), 0..5)) {
            let (_, may_call) = judge(&Host::Name("x".to_owned()), &found, false);
            prop_assert!(may_call.iter().all(|address| is_public(*address)));
        }
    }
}
