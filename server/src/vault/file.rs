//! The key's file and its folder.

use super::error::{KeySource, VaultError};
use super::key::{Bytes32, key_new, key_parse};
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Makes the data folder when it is absent, for its owner only. An existing one stays as it is.
pub fn folder_prepare(folder: &Path) -> Result<(), VaultError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(at(folder))
}

/// Where the key of this data folder is.
pub(super) fn key_path(folder: &Path) -> PathBuf {
    folder.join("vault.key")
}

/// Reads the key, or answers nothing when there is no file.
pub(super) fn key_read(path: &Path) -> Result<Option<Bytes32>, VaultError> {
    let words = match fs::read_to_string(path) {
        Ok(words) => Zeroizing::new(words),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(at(path)(error)),
    };
    let mode = fs::metadata(path).map_err(at(path))?.mode();
    if mode & 0o077 != 0 {
        tracing::warn!(
            path = %path.display(),
            mode = format!("{:o}", mode & 0o777),
            "The vault's key file can be read by other users; its mode should be 600."
        );
    }
    match key_parse(&words) {
        Some(key) => Ok(Some(key)),
        None => Err(VaultError::NotAKey(KeySource::File(path.to_owned()))),
    }
}

/// Makes a new key, durable before anything is sealed with it. When another process made
/// one at the same moment, that one is taken.
pub(super) fn key_create(path: &Path) -> Result<Bytes32, VaultError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    folder_prepare(folder)?;
    let key = key_new().map_err(at(path))?;
    let draft = folder.join(format!("vault.key.{}.new", uuid::Uuid::now_v7().simple()));
    let linked = draft_write(&draft, &key).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match linked {
        Ok(()) => {
            removed.map_err(at(&draft))?;
            fs::File::open(folder)
                .and_then(|folder| folder.sync_all())
                .map_err(at(folder))?;
            tracing::info!(
                path = %path.display(),
                "A key for the vault was created. Back it up together with the database."
            );
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            key_read(path)?.ok_or_else(|| VaultError::MissingKey(path.to_owned()))
        }
        Err(error) => Err(at(path)(error)),
    }
}

fn draft_write(draft: &Path, key: &Bytes32) -> std::io::Result<()> {
    let words = Zeroizing::new(format!("{}\n", hex::encode(key.as_slice())));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(draft)?;
    file.write_all(words.as_bytes())?;
    file.sync_all()
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> VaultError {
    let path = path.to_owned();
    move |error| VaultError::File { path, error }
}
