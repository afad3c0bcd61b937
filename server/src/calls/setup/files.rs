use super::{SetupValues, asterisk, freepbx, freeswitch, kamailio, other};
use app::model::{ConfigFile, Pbx};

/// The files that make this telephone server take the number's calls, in the order in which to put them there.
pub fn files(pbx: Pbx, values: &SetupValues<'_>) -> Vec<ConfigFile> {
    match pbx {
        Pbx::Asterisk => asterisk::files(values),
        Pbx::Freepbx => freepbx::files(values),
        Pbx::Freeswitch => freeswitch::files(values),
        Pbx::Kamailio => kamailio::files(values),
        Pbx::Other => other::files(values),
    }
}

/// A file of this name.
pub(super) fn file(name: &str, text: String) -> ConfigFile {
    ConfigFile {
        name: name.to_owned(),
        text,
    }
}
