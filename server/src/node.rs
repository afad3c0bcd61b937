//! Which process this is: a name of its own, kept with the data, held by one process at a time.

use anyhow::Context;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use uuid::Uuid;

/// The name of this node. After a restart it is the same, so its own leases need not run out first.
pub struct Node {
    id: Uuid,
    /// The lock lasts as long as the file is open; the system lets go of it however the process ends.
    _file: File,
}

impl Node {
    /// Takes the data folder for this process; an error when another one has it.
    pub fn take(data_dir: &Path) -> anyhow::Result<Self> {
        let path = data_dir.join("node");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .with_context(|| format!("{} cannot be opened", path.display()))?;
        file.try_lock().with_context(|| {
            format!(
                "another THOTH is running on the data folder {}",
                data_dir.display()
            )
        })?;
        let mut words = String::new();
        file.read_to_string(&mut words)?;
        let id = match words.trim().parse() {
            Ok(id) => id,
            Err(_) => {
                let id = Uuid::now_v7();
                file.set_len(0)?;
                file.seek(SeekFrom::Start(0))?;
                writeln!(file, "{id}")?;
                file.sync_all()?;
                id
            }
        };
        Ok(Self { id, _file: file })
    }

    /// The name as leases carry it.
    pub fn id(&self) -> String {
        self.id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn a_folder_has_one_node_at_a_time_and_it_keeps_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let first = Node::take(folder.path()).unwrap();
        let name = first.id();
        assert!(Node::take(folder.path()).is_err());
        drop(first);
        assert_eq!(Node::take(folder.path()).unwrap().id(), name);
    }
}
