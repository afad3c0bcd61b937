//! How steps may end: every ending has a code, a state, and a remedy where it is not well.

use super::State;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $word:literal is $state:ident),+ $(,)?) => {
        /// How a step ended. The words are stored and have sentences in pages: they never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])+ #[serde(rename = $word)] $name,)+
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As it is stored.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// What it means for the step.
            pub const fn state(self) -> State {
                match self { $(Self::$name => State::$state),+ }
            }
        }
    };
}

codes! {
    /// The name leads to addresses.
    Resolved = "resolved" is Ok,
    /// An address was given instead of a name.
    AddressGiven = "address_given" is Ok,
    /// There is no such name.
    NameMissing = "name_missing" is Bad,
    /// The name is there and leads to no address.
    NoAddress = "no_address" is Bad,
    /// The name servers did not answer.
    DnsSilent = "dns_silent" is Unknown,

    /// All addresses are public.
    AddressPublic = "address_public" is Ok,
    /// An address is private: Meta cannot reach it, and nothing was called there.
    AddressPrivate = "address_private" is Bad,
    /// An address is private and may be called from here; whether Meta reaches the server, nobody can tell.
    AddressPrivateAllowed = "address_private_allowed" is Unknown,
    /// An address instead of a name: Meta takes none.
    AddressNoName = "address_no_name" is Bad,

    /// Connected.
    Connected = "connected" is Ok,
    /// One of several addresses takes no connections.
    ConnectedPartly = "connected_partly" is Bad,
    /// Nobody listens there.
    PortClosed = "port_closed" is Bad,
    /// Connections are neither taken nor refused.
    PortSilent = "port_silent" is Unknown,
    /// There is no way there from here.
    Unreachable = "unreachable" is Unknown,

    /// TLS 1.2 or 1.3 is spoken.
    TlsSpoken = "tls_spoken" is Ok,
    /// SIP without TLS is spoken.
    TlsPlain = "tls_plain" is Bad,
    /// Something else is spoken.
    TlsNotSpoken = "tls_not_spoken" is Bad,
    /// No common version or cipher.
    TlsOld = "tls_old" is Bad,
    /// The server refuses the handshake.
    TlsRefused = "tls_refused" is Bad,
    /// The server hangs up during the handshake.
    TlsClosed = "tls_closed" is Bad,
    /// The server takes the connection and says nothing.
    TlsSilent = "tls_silent" is Unknown,

    /// The chain leads to a public authority.
    ChainPublic = "chain_public" is Ok,
    /// The chain leads to the authority that was given for this check.
    ChainGiven = "chain_given" is Ok,
    /// The certificate signed itself.
    ChainSelfSigned = "chain_self_signed" is Bad,
    /// The certificate came without those between it and the authority.
    ChainIncomplete = "chain_incomplete" is Bad,
    /// The chain leads to nobody known.
    ChainUnknown = "chain_unknown" is Bad,
    /// The chain is not valid for a server.
    ChainBroken = "chain_broken" is Bad,

    /// The certificate is made out to the name.
    NameCovered = "name_covered" is Ok,
    /// It is made out to others.
    NameOther = "name_other" is Bad,
    /// The name stands only where nobody looks any more.
    NameCommonOnly = "name_common_only" is Bad,
    /// The certificate cannot be read.
    CertificateUnreadable = "certificate_unreadable" is Bad,

    /// Valid for a while.
    ExpiryFar = "expiry_far" is Ok,
    /// Less than a week left.
    ExpirySoon = "expiry_soon" is Bad,
    /// Over.
    ExpiryPast = "expiry_past" is Bad,
    /// Not begun.
    ExpiryFuture = "expiry_future" is Bad,

    /// No certificate is demanded.
    ClientNotAsked = "client_not_asked" is Ok,
    /// One is demanded.
    ClientAsked = "client_asked" is Bad,

    /// The handshake is the same with and without.
    AlpnSame = "alpn_same" is Ok,
    /// It fails when a protocol is offered.
    AlpnBreaks = "alpn_breaks" is Bad,
    /// It fails when none is offered.
    AlpnNeeded = "alpn_needed" is Bad,
    /// One of the two handshakes got no answer.
    AlpnSilent = "alpn_silent" is Unknown,

    /// SIP was answered.
    OptionsAnswered = "options_answered" is Ok,
    /// Something that is no SIP was answered.
    OptionsNotSip = "options_not_sip" is Bad,
    /// Nothing was answered.
    OptionsSilent = "options_silent" is Unknown,
    /// The server hung up.
    OptionsClosed = "options_closed" is Unknown,

    /// The call was challenged for its password: as it should be.
    InviteChallenged = "invite_challenged" is Ok,
    /// The call was taken, or reached somebody.
    InviteTaken = "invite_taken" is Ok,
    /// The server cannot do the media Meta offers.
    InviteMedia = "invite_media" is Bad,
    /// The server refuses the call.
    InviteRefused = "invite_refused" is Bad,
    /// The server refuses a call to a made-up number, which says little.
    InviteUnclear = "invite_unclear" is Unknown,
    /// Something that is no SIP was answered.
    InviteNotSip = "invite_not_sip" is Bad,
    /// Nothing was answered.
    InviteSilent = "invite_silent" is Unknown,
    /// The server hung up.
    InviteClosed = "invite_closed" is Unknown,

    /// A step before it failed.
    NotReached = "not_reached" is Unknown,
    /// The check's time was over.
    OutOfTime = "out_of_time" is Unknown,
}
