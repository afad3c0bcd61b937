//! What `kamailio -c` says.

use crate::kamailio::{PASSWORD, Setup};

#[test]
fn kamailio_takes_the_files() {
    for srtp in ["sdes", "dtls"] {
        let (taken, said) = Setup::new(Some(PASSWORD), &["--srtp", srtp]).is_taken();
        assert!(taken, "{said}");
        assert!(
            !said.contains("ERROR") && !said.contains("CRITICAL"),
            "{said}"
        );
    }
}

#[test]
fn without_a_password_kamailio_refuses_them() {
    let (taken, said) = Setup::new(None, &[]).is_taken();
    assert!(!taken, "{said}");
}
