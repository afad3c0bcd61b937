//! What a delivery is made of.

use uuid::Uuid;

/// A word in the database that this version does not know.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a word this version knows")]
pub struct UnknownWord(pub String);

/// Declares an enum whose variants are words in the database.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// The word in the database and in the interface's codes.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    other => Err(UnknownWord(other.to_owned())),
                }
            }
        }
    };
}

words! {
    /// What has a rate limit and therefore a lease.
    DestinationKind {
        /// A Bitrix24 portal; the target is the portal's row.
        Portal = "portal",
        /// A WhatsApp business number; the target is the phone's row.
        Phone = "phone",
    }
}

words! {
    /// What is carried.
    DeliveryKind {
        /// A customer's message, for the operator to read.
        InboundText = "inbound_text",
        /// "Delivered", for a message of the operator.
        DeliveredTick = "delivered_tick",
        /// "Read", for a message of the operator.
        ReadTick = "read_tick",
        /// Why a message of the operator did not arrive, in red.
        ErrorLine = "error_line",
        /// An operator's text, for the customer's phone.
        OutboundText = "outbound_text",
        /// What became of an SMS that the portal asked for.
        SmsStatus = "sms_status",
        /// A template or an interactive message, for the customer's phone.
        OutboundContent = "outbound_content",
        /// What was really sent to the customer, for the operator to read.
        SentLine = "sent_line",
        /// A call that rings, for the portal's telephony to show.
        CallShow = "call_show",
        /// A call that is over, for the portal's telephony to note.
        CallEnd = "call_end",
    }
}

impl DeliveryKind {
    /// Whose words it carries. What becomes of a delivery hangs on this, hardly ever on its kind.
    pub const fn speaker(self) -> Speaker {
        match self {
            Self::InboundText => Speaker::Customer,
            Self::OutboundText | Self::OutboundContent => Speaker::Operator,
            Self::ErrorLine | Self::SentLine => Speaker::Thoth,
            Self::DeliveredTick
            | Self::ReadTick
            | Self::SmsStatus
            | Self::CallShow
            | Self::CallEnd => Speaker::Nobody,
        }
    }

    /// Which way it goes.
    pub const fn direction(self) -> Direction {
        match self.speaker() {
            Speaker::Operator => Direction::ToWhatsApp,
            Speaker::Customer | Speaker::Thoth | Speaker::Nobody => Direction::ToBitrix,
        }
    }

    /// Doing it twice changes nothing, so an answer that was lost needs no look-up. A call registered again is the same
    /// call, and one that is finished is known here.
    pub const fn is_idempotent(self) -> bool {
        match self.speaker() {
            Speaker::Nobody => true,
            Speaker::Customer | Speaker::Operator | Speaker::Thoth => false,
        }
    }

    /// The key of the line in which such a delivery keeps its place: the conversation's. A portal's telephony is another
    /// thing than its chat: calls have a line of their own, and one that waits for telephony holds up no message.
    pub fn line(self, conversation: Uuid) -> String {
        match self {
            Self::CallShow | Self::CallEnd => format!("{conversation}/calls"),
            Self::InboundText
            | Self::DeliveredTick
            | Self::ReadTick
            | Self::ErrorLine
            | Self::OutboundText
            | Self::SmsStatus
            | Self::OutboundContent
            | Self::SentLine => conversation.to_string(),
        }
    }
}

words! {
    /// Which way it goes.
    Direction {
        /// To the operator in Bitrix24.
        ToBitrix = "to_bitrix",
        /// To the customer in WhatsApp.
        ToWhatsApp = "to_whatsapp",
    }
}

words! {
    /// How far a delivery has come.
    DeliveryState {
        /// It waits: for its turn, for the pace, or for the next try.
        Waiting = "waiting",
        /// A call is on its way.
        Sending = "sending",
        /// A call was made and its answer lost; it is looked up before it is repeated.
        Unknown = "unknown",
        /// The other side has it.
        Delivered = "delivered",
        /// The other side will never take it.
        Refused = "refused",
        /// Tried for as long as it made sense.
        Dead = "dead",
        /// Given up, and put away by a person.
        Discarded = "discarded",
    }
}

/// Whose words a delivery carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// A customer's, for the operator.
    Customer,
    /// An operator's, for the customer.
    Operator,
    /// Our own, for the operator.
    Thoth,
    /// None: it is news of a message or of a call.
    Nobody,
}

/// The receipt something happened because of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its number.
    pub receipt: i64,
    /// When it came, in milliseconds.
    pub at: i64,
}

/// A delivery about to be written.
#[derive(Clone, Debug)]
pub struct NewDelivery {
    /// Whose it is.
    pub owner: Uuid,
    /// What kind of destination.
    pub destination: DestinationKind,
    /// The portal's or the phone's row.
    pub target: Uuid,
    /// What is carried.
    pub kind: DeliveryKind,
    /// The business number the conversation is with.
    pub phone: Uuid,
    /// The conversation, in whose line order is kept.
    pub conversation: Uuid,
    /// The message it carries or speaks of.
    pub message: Option<Uuid>,
    /// What the courier needs, as JSON.
    pub payload: String,
}

impl NewDelivery {
    /// Which way it goes.
    pub const fn direction(&self) -> Direction {
        match self.destination {
            DestinationKind::Portal => Direction::ToBitrix,
            DestinationKind::Phone => Direction::ToWhatsApp,
        }
    }

    /// The key of the line in which it keeps its place.
    pub fn line(&self) -> String {
        self.kind.line(self.conversation)
    }
}
