//! Ready configuration of a telephone server, for the panel.

use super::super::Request;
use super::super::scope::scope_of;
use crate::calls::settings::Known;
use crate::calls::setup::{META_NETWORKS, SetupValues, files};
use app::model::{ConfigFile, Pbx, Permit, PhoneId, Problem, ProblemCode, change};

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
        let values = SetupValues {
            number: phone.phone.trim_start_matches('+').to_owned(),
            host: server.host.clone(),
            port: server.port,
            password,
            srtp: settings.srtp,
            pcma: settings.pcma,
            pcmu: settings.pcmu,
            networks: &META_NETWORKS,
        };
        Ok(files(pbx, &values))
    }
}
