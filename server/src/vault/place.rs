//! Where a sealed value lives.

/// The column a secret is sealed for; part of what is authenticated, so that a value
/// cannot be moved to another column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `waba.access_token`
    WabaAccessToken,
    /// `waba.app_secret`
    WabaAppSecret,
    /// `waba.verify_token`
    WabaVerifyToken,
    /// `meta_app.app_secret`
    MetaAppSecret,
    /// `facebook_login.token`
    FacebookToken,
    /// `portal.client_secret`
    PortalClientSecret,
    /// `portal.application_token`
    PortalApplicationToken,
    /// `portal_token.access_token`
    PortalAccessToken,
    /// `portal_token.refresh_token`
    PortalRefreshToken,
    /// `person.webhook_key`
    WebhookKey,
    /// The two-step verification PIN of a phone.
    PhonePin,
    /// The key in the address a portal posts a phone's SMS to.
    PhoneSmsKey,
    /// The SIP password of a phone.
    SipPassword,
    /// The value the key is checked against at start.
    Check,
}

impl Place {
    /// The name that is authenticated. Never changes: stored values depend on it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::WabaAccessToken => "waba.access_token",
            Self::WabaAppSecret => "waba.app_secret",
            Self::WabaVerifyToken => "waba.verify_token",
            Self::MetaAppSecret => "meta_app.app_secret",
            Self::FacebookToken => "facebook_login.token",
            Self::PortalClientSecret => "portal.client_secret",
            Self::PortalApplicationToken => "portal.application_token",
            Self::PortalAccessToken => "portal.access_token",
            Self::PortalRefreshToken => "portal.refresh_token",
            Self::WebhookKey => "person.webhook_key",
            Self::PhonePin => "phone.pin",
            Self::PhoneSmsKey => "phone.sms_key",
            Self::SipPassword => "phone.sip_password",
            Self::Check => "vault.check",
        }
    }
}
