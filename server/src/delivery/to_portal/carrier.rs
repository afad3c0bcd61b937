//! Sorts what is due into calls.

use super::flight::Cargo;
use super::{calls, lines, look_up, place, sms, ticks};
use crate::bitrix::AuthorizedClient;
use crate::delivery::carrier::Carrier;
use crate::delivery::outcome::Landing;
use crate::delivery::pace::{PORTAL, Pace};
use crate::state::AppState;
use crate::store::Head;
use uuid::Uuid;

/// Calls under way at once for one portal. Bitrix24 asks not to run parallel series.
const WINGS: usize = 2;

/// Most messages in one call.
const LOAD: usize = 50;

/// Carries for one portal.
pub(in crate::delivery) struct PortalCarrier {
    state: AppState,
    api: AuthorizedClient,
    portal: Uuid,
}

impl PortalCarrier {
    pub(in crate::delivery) fn new(state: AppState, api: AuthorizedClient, portal: Uuid) -> Self {
        Self { state, api, portal }
    }
}

#[async_trait::async_trait]
impl Carrier for PortalCarrier {
    fn wings(&self) -> usize {
        WINGS
    }

    fn pace(&self) -> Pace {
        PORTAL
    }

    fn load(&self) -> usize {
        LOAD
    }

    fn flights(&self, heads: Vec<Head>) -> Vec<Vec<Head>> {
        sorted(heads)
    }

    async fn fly(&self, heads: &[Head], until: i64) -> Landing {
        let Some(first) = heads.first() else {
            return Landing::default();
        };
        let cargo = Cargo::of(first);
        if cargo == Cargo::SmsStatuses {
            return sms::fly(&self.state, &self.api, self.portal, heads).await;
        }
        if cargo == Cargo::Call {
            return calls::fly(&self.state, &self.api, self.portal, heads).await;
        }
        let place = match place::find(&self.state, self.portal, first.phone, heads).await {
            Ok(place) => place,
            Err(missing) => return missing.landing(self.portal, heads),
        };
        match cargo {
            Cargo::Lines => lines::fly(&self.state, &self.api, &place, heads, until).await,
            Cargo::DeliveredTicks => ticks::fly(&self.state, &self.api, &place, heads, true).await,
            Cargo::ReadTicks => ticks::fly(&self.state, &self.api, &place, heads, false).await,
            Cargo::SmsStatuses | Cargo::Call => Landing::default(),
            Cargo::Unknown => look_up::fly(&self.state, &self.api, &place, heads).await,
        }
    }
}

/// How many travel together. A call needs several requests of its own.
const fn most(cargo: Cargo) -> usize {
    match cargo {
        Cargo::Call => 1,
        Cargo::Lines
        | Cargo::DeliveredTicks
        | Cargo::ReadTicks
        | Cargo::SmsStatuses
        | Cargo::Unknown => LOAD,
    }
}

/// One flight per phone and kind of call, in the order in which the first of each waits.
fn sorted(heads: Vec<Head>) -> Vec<Vec<Head>> {
    let mut flights: Vec<Vec<Head>> = Vec::new();
    for head in heads {
        let fits = |flight: &Vec<Head>| {
            flight.len() < most(Cargo::of(&head))
                && flight.first().is_some_and(|first| {
                    first.phone == head.phone && Cargo::of(first) == Cargo::of(&head)
                })
        };
        match flights.iter_mut().find(|flight| fits(flight)) {
            Some(flight) => flight.push(head),
            None => flights.push(vec![head]),
        }
    }
    flights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::{DeliveryKind, DeliveryState};

    fn head(phone: u128, kind: DeliveryKind, state: DeliveryState) -> Head {
        Head {
            phone: Uuid::from_u128(phone),
            ..Head::for_tests(kind, state)
        }
    }

    #[test]
    fn what_goes_the_same_way_travels_together_and_nothing_is_left() {
        use DeliveryKind::{DeliveredTick, ErrorLine, InboundText, ReadTick};
        use DeliveryState::{Unknown, Waiting};
        let heads = vec![
            head(1, InboundText, Waiting),
            head(1, ErrorLine, Waiting),
            head(2, InboundText, Waiting),
            head(1, DeliveredTick, Waiting),
            head(1, InboundText, Unknown),
            head(1, ReadTick, Waiting),
        ];
        let sizes: Vec<usize> = sorted(heads).iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 1, 1, 1, 1]);
        let many = (0..120).map(|_| head(1, InboundText, Waiting)).collect();
        let sizes: Vec<usize> = sorted(many).iter().map(Vec::len).collect();
        assert_eq!(sizes, [50, 50, 20]);
    }
}
