use super::{files, together, values};
use app::model::{Pbx, Srtp};

fn compare(pbx: Pbx, name: &str) {
    for (srtp, mode) in [(Srtp::Sdes, "sdes"), (Srtp::Dtls, "dtls")] {
        for (password, kept) in [(None, "without"), (Some("s3cret;of\"Meta$1"), "with")] {
            let text = together(&files(pbx, &values(srtp, password)));
            insta::with_settings!({
                snapshot_path => "../snapshots",
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                insta::assert_snapshot!(format!("{name}-{mode}-{kept}-password"), text);
            });
        }
    }
}

#[test]
fn asterisk() {
    compare(Pbx::Asterisk, "asterisk");
}

#[test]
fn freepbx() {
    compare(Pbx::Freepbx, "freepbx");
}

#[test]
fn freeswitch() {
    compare(Pbx::Freeswitch, "freeswitch");
}

#[test]
fn kamailio() {
    compare(Pbx::Kamailio, "kamailio");
}

#[test]
fn other() {
    compare(Pbx::Other, "other");
}
