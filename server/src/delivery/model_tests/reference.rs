//! What must be true: lines, leases and flights without a database.

use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;

/// Conversations of the one destination.
pub const LINES: usize = 3;

/// Nodes.
pub const NODES: usize = 2;

/// How long a lease lasts, in milliseconds.
pub const LEASE: i64 = 12_000;

/// How long a send without an answer waits for its status, in milliseconds.
pub const UNKNOWN_WAIT: i64 = 1000;

/// How long a head that is put off waits, in milliseconds.
pub const LATER: i64 = 1000;

/// Longer than anything waits but a guard, and shorter than a lease, in milliseconds.
const A_WHILE: i64 = 5000;

/// Longer than a guard.
const VERY_LONG: i64 = 11 * 60 * 1000;

/// Before this nothing is given up for its age.
const YOUNG: i64 = 50 * 60 * 1000;

/// What a step does.
#[derive(Clone, Debug)]
pub enum Step {
    /// A delivery is written at the end of a line.
    Enqueue(usize),
    /// Time passes.
    Wait(i64),
    /// A node takes the destination if it may, with nothing in hand.
    Claim(usize),
    /// A node sends out what is due.
    Depart(usize),
    /// A flight of a node is back: which of those under way, counted round, and with what.
    Land(usize, usize, Back),
    /// A status tells of the send at the head of a line.
    Settle(usize),
    /// A status that was applied is applied again.
    SettleAgain(usize),
    /// A node gives the destination back, when nothing of it is under way.
    Release(usize),
}

/// How a flight ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    Delivered,
    Refused,
    /// Not taken now; of a look-up: nothing is known yet.
    Later,
    Unknown,
    /// Nothing was sent.
    Untried,
    /// The flight brought nothing, as after a panic.
    Nothing,
    /// Of a look-up: it is not there. Of a send: as unknown.
    NotThere,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Waiting,
    Sending,
    Unknown,
    Delivered,
    Refused,
}

impl Stand {
    pub fn is_open(self) -> bool {
        match self {
            Self::Waiting | Self::Sending | Self::Unknown => true,
            Self::Delivered | Self::Refused => false,
        }
    }
}

/// A delivery.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub stand: Stand,
    /// It was sent, and nothing has told since that it is not there.
    pub may_be_there: bool,
}

/// A line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub deliveries: Vec<Delivery>,
    /// From when on its head is due for certain; nothing when it rests.
    pub due: Option<i64>,
}

impl Line {
    /// The first that is open.
    pub fn head(&self) -> Option<usize> {
        self.deliveries.iter().position(|one| one.stand.is_open())
    }

    fn go_on(&mut self, now: i64) {
        self.due = self.head().map(|_| now);
    }
}

/// Something under way.
#[derive(Clone, Debug)]
pub struct Flight {
    pub line: usize,
    pub number: usize,
    /// By which lease it left.
    pub epoch: i64,
    /// It looks a send up, and sends nothing.
    pub looks_up: bool,
}

/// A node.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// The lease it believes to hold.
    pub epoch: Option<i64>,
    pub flights: Vec<Flight>,
}

/// Everything.
#[derive(Clone, Debug)]
pub struct State {
    pub now: i64,
    pub lines: Vec<Line>,
    pub nodes: Vec<Node>,
    pub owner: Option<usize>,
    pub lease_until: i64,
    pub epoch: i64,
}

impl State {
    /// The node's lease is the one that counts.
    pub fn holds(&self, node: usize) -> bool {
        self.owner == Some(node) && self.nodes[node].epoch == Some(self.epoch)
    }

    fn may_claim(&self, node: usize) -> bool {
        let free = self.lease_until <= self.now || self.owner == Some(node);
        let due = |line: &Line| line.due.is_some_and(|due| due <= self.now);
        free && (self.owner.is_some() || self.lines.iter().any(due))
    }

    fn claim(&mut self, node: usize) {
        self.nodes[node] = Node::default();
        if !self.may_claim(node) {
            return;
        }
        self.epoch += 1;
        self.owner = Some(node);
        self.lease_until = self.now + LEASE;
        self.nodes[node].epoch = Some(self.epoch);
        for line in &mut self.lines {
            let Some(head) = line.head() else { continue };
            let one = &mut line.deliveries[head];
            if matches!(one.stand, Stand::Sending | Stand::Unknown) {
                let look_up = self.now + A_WHILE;
                line.due = line.due.map(|due| due.min(look_up));
                one.stand = Stand::Unknown;
            }
        }
    }

    fn depart(&mut self, node: usize) {
        if self.nodes[node].epoch.is_none() {
            return;
        }
        if !self.holds(node) {
            self.nodes[node] = Node::default();
            return;
        }
        self.lease_until = self.now + LEASE;
        for (index, line) in self.lines.iter_mut().enumerate() {
            let due = line.due.is_some_and(|due| due <= self.now);
            let Some(head) = line.head().filter(|_| due) else {
                continue;
            };
            let one = &mut line.deliveries[head];
            let looks_up = match one.stand {
                Stand::Waiting => false,
                Stand::Unknown => true,
                // Under way already, however long.
                Stand::Sending | Stand::Delivered | Stand::Refused => continue,
            };
            if !looks_up {
                assert!(!one.may_be_there, "never sent again before it is known");
                one.stand = Stand::Sending;
                one.may_be_there = true;
            }
            line.due = Some(self.now + super::super::patience::GUARD);
            self.nodes[node].flights.push(Flight {
                line: index,
                number: head,
                epoch: self.epoch,
                looks_up,
            });
        }
    }

    fn land(&mut self, node: usize, which: usize, back: Back) {
        let flights = self.nodes[node].flights.len();
        if flights == 0 {
            return;
        }
        let flight = self.nodes[node].flights.remove(which % flights);
        if self.owner != Some(node) || flight.epoch != self.epoch {
            return;
        }
        self.lease_until = self.now + LEASE;
        let now = self.now;
        let line = &mut self.lines[flight.line];
        let one = &mut line.deliveries[flight.number];
        if !one.stand.is_open() {
            return;
        }
        if let Back::Delivered | Back::Refused = back {
            one.stand = match back {
                Back::Delivered => Stand::Delivered,
                _ => Stand::Refused,
            };
            line.go_on(now);
            return;
        }
        // Another look-up of the same was back before, and it has left since.
        if flight.looks_up && one.stand != Stand::Unknown {
            return;
        }
        let (stand, due) = match (back.of(flight.looks_up), flight.looks_up) {
            (Back::Later, _) => (Stand::Waiting, now + A_WHILE),
            (Back::NotThere, _) => (Stand::Waiting, now),
            (Back::Untried, false) => (Stand::Waiting, now),
            (Back::Untried, true) => (Stand::Unknown, now),
            (Back::Unknown | Back::Nothing | Back::Delivered | Back::Refused, _) => {
                (Stand::Unknown, now + A_WHILE)
            }
        };
        one.stand = stand;
        one.may_be_there = stand != Stand::Waiting;
        line.due = Some(due);
    }

    fn settle(&mut self, line: usize) {
        let now = self.now;
        let line = &mut self.lines[line];
        let Some(head) = line.head() else { return };
        let one = &mut line.deliveries[head];
        if one.may_be_there {
            one.stand = Stand::Delivered;
            line.go_on(now);
        }
    }

    fn release(&mut self, node: usize) {
        if !self.nodes[node].flights.is_empty() {
            return;
        }
        if self.holds(node) {
            self.owner = None;
            self.lease_until = 0;
        }
        self.nodes[node] = Node::default();
    }
}

impl Back {
    /// What a carrier can say: it does not look a send up that was not lost, and does not put off what it looks up.
    pub fn of(self, looks_up: bool) -> Self {
        match (self, looks_up) {
            (Self::NotThere, false) | (Self::Later, true) => Self::Unknown,
            (other, _) => other,
        }
    }
}

/// The machine that proptest walks through.
pub struct Reference;

impl ReferenceStateMachine for Reference {
    type State = State;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<State> {
        Just(State {
            now: 0,
            lines: vec![Line::default(); LINES],
            nodes: vec![Node::default(); NODES],
            owner: None,
            lease_until: 0,
            epoch: 0,
        })
        .boxed()
    }

    fn transitions(_: &State) -> BoxedStrategy<Step> {
        let back = prop_oneof![
            5 => Just(Back::Delivered),
            1 => Just(Back::Refused),
            1 => Just(Back::Later),
            2 => Just(Back::Unknown),
            1 => Just(Back::Untried),
            1 => Just(Back::Nothing),
            3 => Just(Back::NotThere),
        ];
        prop_oneof![
            6 => (0..LINES).prop_map(Step::Enqueue),
            3 => Just(Step::Wait(A_WHILE)),
            1 => Just(Step::Wait(LEASE + 1)),
            1 => Just(Step::Wait(VERY_LONG)),
            3 => (0..NODES).prop_map(Step::Claim),
            6 => (0..NODES).prop_map(Step::Depart),
            8 => (0..NODES, 0_usize..4, back).prop_map(|(node, which, back)| Step::Land(node, which, back)),
            2 => (0..LINES).prop_map(Step::Settle),
            1 => (0..LINES).prop_map(Step::SettleAgain),
            1 => (0..NODES).prop_map(Step::Release),
        ]
        .boxed()
    }

    fn preconditions(state: &State, step: &Step) -> bool {
        match step {
            Step::Wait(while_) => state.now + while_ < YOUNG,
            Step::Enqueue(_)
            | Step::Claim(_)
            | Step::Depart(_)
            | Step::Land(..)
            | Step::Settle(_)
            | Step::SettleAgain(_)
            | Step::Release(_) => true,
        }
    }

    fn apply(mut state: State, step: &Step) -> State {
        match step {
            Step::Enqueue(line) => {
                let now = state.now;
                let line = &mut state.lines[*line];
                line.deliveries.push(Delivery {
                    stand: Stand::Waiting,
                    may_be_there: false,
                });
                line.due = line.due.or(Some(now));
            }
            Step::Wait(while_) => state.now += while_,
            Step::Claim(node) => state.claim(*node),
            Step::Depart(node) => state.depart(*node),
            Step::Land(node, which, back) => state.land(*node, *which, *back),
            Step::Settle(line) => state.settle(*line),
            Step::SettleAgain(_) => {}
            Step::Release(node) => state.release(*node),
        }
        state
    }
}
