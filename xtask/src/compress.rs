//! `.br` and `.gz` beside every file worth it, so that the server only has to send them.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use brotli::CompressorReader;
use flate2::{Compression, write::GzEncoder};

const WORTH: [&str; 5] = ["wasm", "js", "css", "svg", "json"];

/// Compresses what changed since last time in this folder and those in it.
pub fn run(folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            run(&path)?;
        } else if path
            .extension()
            .is_some_and(|kind| WORTH.iter().any(|worth| kind == *worth))
        {
            compress(&path)?;
        }
    }
    Ok(())
}

fn compress(path: &Path) -> anyhow::Result<()> {
    let (brotli, gzip) = (beside(path, "br"), beside(path, "gz"));
    if is_newer(&brotli, path) && is_newer(&gzip, path) {
        return Ok(());
    }
    let bytes = fs::read(path)?;
    fs::write(brotli, packed(&bytes)?)?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    fs::write(gzip, encoder.finish()?)?;
    Ok(())
}

/// These bytes after brotli, as small as it gets.
pub fn packed(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut small = Vec::new();
    CompressorReader::new(bytes, 1 << 16, 11, 22).read_to_end(&mut small)?;
    Ok(small)
}

/// The name of the compressed file, `thoth.css.br`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn is_newer(made: &Path, source: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    match (time(made), time(source)) {
        (Some(made), Some(source)) => made >= source,
        _ => false,
    }
}
