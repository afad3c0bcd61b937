//! Ids of things: UUIDs that carry their kind in print, so that one cannot be taken for another.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is no id of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadId;

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id of this kind")
    }
}

impl std::error::Error for BadId {}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// The id of the row with this key.
            pub const fn new(key: Uuid) -> Self {
                Self(key)
            }

            /// The key in the database.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let key = text.trim().strip_prefix(concat!($prefix, "_")).ok_or(BadId)?;
                Uuid::try_parse(key).map(Self).map_err(|_| BadId)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;

            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }
    };
}

id!(
    /// A person who may sign in.
    UserId, "usr"
);
id!(
    /// A WhatsApp Business Account known to this installation.
    WabaId, "waba"
);
id!(
    /// A business phone number.
    PhoneId, "phn"
);
id!(
    /// A Bitrix24 portal.
    PortalId, "prt"
);
id!(
    /// One thing that must reach one destination.
    DeliveryId, "dlv"
);
id!(
    /// What has a rate limit: a portal or a business number, as something to deliver to.
    DestinationId, "dst"
);
id!(
    /// A customer's conversation with a business number.
    ConversationId, "cnv"
);
id!(
    /// A login with Facebook that is under way.
    LoginId, "fbl"
);
id!(
    /// A message template in one language.
    TemplateId, "tpl"
);
id!(
    /// A message with buttons, a list or a form.
    InteractiveId, "msg"
);
id!(
    /// A call.
    CallId, "call"
);
id!(
    /// A customer's leave to be called by a phone.
    CallPermissionId, "perm"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_prints() {
        let id = DeliveryId::new(Uuid::from_u128(0x0190_1234));
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let id = PhoneId::new(Uuid::from_u128(7)).to_string();
        assert_eq!(id.parse::<DeliveryId>(), Err(BadId));
    }
}
