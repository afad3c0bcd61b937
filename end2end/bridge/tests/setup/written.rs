//! What `kamailio -c` says.

use crate::kamailio::{HOST, PASSWORD, Setup};
use bridge::binary;
use std::process::Command;

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

#[tokio::test]
async fn the_check_of_a_server_finds_it_well() {
    let setup = Setup::new(Some(PASSWORD), &[]);
    let _kamailio = setup.start(true).await;
    let folder = setup.folder.path();
    let ran = Command::new(binary("thoth", "THOTH_BIN"))
        .args(["trunk", "check", HOST, "--json"])
        .args(["--port", &setup.outside.to_string()])
        .args(["--resolve", &format!("{HOST}=127.0.0.1")])
        .arg("--ca")
        .arg(folder.join("roots.pem"))
        .current_dir(folder)
        .output()
        .expect("thoth can be started");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{said}\n{}", setup.log());
    let report: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let steps = report["steps"].as_array().expect("steps");
    for step in steps {
        // This machine's address is none that Meta reaches.
        let wanted = if step["name"] == "address" {
            "unknown"
        } else {
            "ok"
        };
        assert_eq!(step["state"], wanted, "{step}");
    }
}
