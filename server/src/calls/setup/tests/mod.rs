//! Every file as it is handed out, read by a small parser of its kind, and with values that want out of their place.

mod ini;
mod odd;
mod shapes;
mod snapshots;

use super::{META_NETWORKS, SetupValues, files};
use app::model::{ConfigFile, Pbx, Srtp};

fn values(srtp: Srtp, password: Option<&str>) -> SetupValues<'static> {
    SetupValues {
        number: "77272000111".to_owned(),
        host: "sip.example.kz".to_owned(),
        port: 5061,
        password: password.map(Into::into),
        srtp,
        pcma: false,
        pcmu: false,
        networks: &META_NETWORKS,
    }
}

/// All that is handed out, with the names of the files.
fn together(files: &[ConfigFile]) -> String {
    let texts = files
        .iter()
        .map(|file| format!("==> {} <==\n{}", file.name, file.text));
    texts.collect::<Vec<_>>().join("\n")
}

/// The file of this name.
fn named(pbx: Pbx, values: &SetupValues<'_>, name: &str) -> String {
    let found = files(pbx, values)
        .into_iter()
        .find(|file| file.name == name);
    found.map(|file| file.text).expect("a file of this name")
}
