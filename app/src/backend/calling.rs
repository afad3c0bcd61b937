use async_trait::async_trait;

use crate::model::{
    CallingDetail, CallingEvent, CallingForm, CallingSaved, CallingState, ConfigFile, DriftSide,
    Pbx, Permit, PhoneId, Problem, SipCredentials, TrunkReport, WhyNoCall, change, see,
};

/// Calling of phones, and the telephone servers it goes to. Every call answers `NotFound` for a phone that is
/// somebody else's.
#[async_trait]
pub trait Calling: Send + Sync {
    /// How it stands.
    async fn find(
        &self,
        permit: Permit<see::Calling>,
        phone: PhoneId,
    ) -> Result<CallingDetail, Problem>;

    /// How it stands, in few words.
    async fn brief(
        &self,
        permit: Permit<see::Calling>,
        phone: PhoneId,
    ) -> Result<CallingState, Problem>;

    /// Writes the settings to Meta, reads them back, writes again what Meta reset. Errors stand at their fields
    /// (`host`, `port`, `countries`, `timezone`, `monday`, `holidays`, ...); `RemoteRefused` with Meta's `code`, `RemoteSilent`.
    /// What Meta did not confirm is not stored as done; what is no matter of Meta's is saved whatever it says.
    async fn save(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
        form: CallingForm,
    ) -> Result<CallingSaved, Vec<Problem>>;

    /// Reads everything at Meta now.
    async fn check(&self, permit: Permit<change::Calling>, phone: PhoneId) -> Result<(), Problem>;

    /// Ends a difference between here and Meta, one way or the other.
    async fn settle(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
        side: DriftSide,
    ) -> Result<(), Problem>;

    /// The SIP password, on purpose: it is kept in the phone's history. Errors: `NothingToReveal`.
    async fn reveal(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
    ) -> Result<SipCredentials, Problem>;

    /// Has Meta make another SIP password. Calls fail meanwhile.
    async fn rotate(&self, permit: Permit<change::Calling>, phone: PhoneId) -> Result<(), Problem>;

    /// Checks a server, for ten seconds at most, and keeps the report. `host` and `port` as typed; empty for what is
    /// saved. `invite`: also sends an INVITE, which may ring.
    async fn trunk_check(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
        host: String,
        port: String,
        invite: bool,
    ) -> Result<TrunkReport, Problem>;

    /// Files for a telephone server; with the SIP password only where it is asked for, which is kept in the history.
    async fn config(
        &self,
        permit: Permit<change::Calling>,
        phone: PhoneId,
        pbx: Pbx,
        with_password: bool,
    ) -> Result<Vec<ConfigFile>, Problem>;

    /// What happened, the newest first, up to 200.
    async fn history(
        &self,
        permit: Permit<see::Calling>,
        phone: PhoneId,
    ) -> Result<Vec<CallingEvent>, Problem>;

    /// What stops calls from arriving.
    async fn why(&self, permit: Permit<see::Calling>, phone: PhoneId)
    -> Result<WhyNoCall, Problem>;
}
