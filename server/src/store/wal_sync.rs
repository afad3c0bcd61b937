//! SQLite commits made durable together.
//!
//! SQLite in WAL mode with `synchronous=FULL` asks the disk once for every commit, while it holds the only write lock:
//! everybody waits for everybody's disk. Here connections run with `synchronous=NORMAL`, which writes the log at commit and
//! leaves the rest to a checkpoint, and whoever needs to be durable waits, without the lock, for one fdatasync of the
//! log that counts for all who committed meanwhile. The promise is the same as FULL's: the log is on the disk before
//! [`WalSync::wait`] answers. What SQLite itself syncs with NORMAL (the log's head when it begins anew, the log before and
//! the database after a checkpoint) keeps the file whole: <https://www.sqlite.org/pragma.html#pragma_synchronous>.

use super::StoreError;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Most that share one fdatasync.
const TOGETHER: usize = 1024;

type Waiting = oneshot::Sender<Result<(), Arc<io::Error>>>;

/// Makes what was committed durable. Cheap to clone; its thread ends with the last clone.
#[derive(Clone)]
pub(super) struct WalSync {
    queue: mpsc::Sender<Waiting>,
    database: Arc<Path>,
    log: Arc<Path>,
}

impl WalSync {
    /// For the database in this file, which is there. SQLite puts its log beside the file itself, not beside a
    /// link to it.
    pub fn start(database: &Path) -> io::Result<Self> {
        let database: Arc<Path> = database.canonicalize()?.into();
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        let log: Arc<Path> = PathBuf::from(log).into();
        let (queue, waiting) = mpsc::channel(TOGETHER);
        let path = Arc::clone(&log);
        std::thread::Builder::new()
            .name("wal-sync".to_owned())
            .spawn(move || sync_all(&path, waiting))?;
        Ok(Self {
            queue,
            database,
            log,
        })
    }

    /// Where the database is, and no link to it.
    pub fn database(&self) -> &Path {
        &self.database
    }

    /// Where the log is.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Answers when everything committed before the call is on the disk.
    pub async fn wait(&self) -> Result<(), StoreError> {
        let gone = || StoreError::NotDurable(Arc::new(io::ErrorKind::BrokenPipe.into()));
        let (answer, answered) = oneshot::channel();
        self.queue.send(answer).await.map_err(|_| gone())?;
        answered
            .await
            .map_err(|_| gone())?
            .map_err(StoreError::NotDurable)
    }
}

fn sync_all(log: &Path, mut waiting: mpsc::Receiver<Waiting>) {
    let mut group = Vec::new();
    while waiting.blocking_recv_many(&mut group, TOGETHER) > 0 {
        let synced = sync(log).map_err(Arc::new);
        for answer in group.drain(..) {
            // Who went away has no use for the answer.
            let _ = answer.send(synced.clone());
        }
    }
}

/// The log is opened each time: SQLite takes it away when the last connection closes, and what was in it is in the
/// database by then. SQLite keeps no locks on this file, so closing it lets go of none.
pub(super) fn sync(log: &Path) -> io::Result<()> {
    match File::open(log) {
        Ok(file) => file.sync_data(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn many_wait_together_and_a_log_that_is_gone_is_in_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("thoth.sqlite");
        std::fs::write(&database, b"").unwrap();
        let sync = WalSync::start(&database).unwrap();
        sync.wait().await.unwrap();
        std::fs::write(folder.path().join("thoth.sqlite-wal"), b"frames").unwrap();
        let all = (0..50).map(|_| sync.wait());
        for one in futures::future::join_all(all).await {
            one.unwrap();
        }
    }

    #[tokio::test]
    async fn a_log_that_cannot_be_opened_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("thoth.sqlite");
        std::fs::write(&database, b"").unwrap();
        let log = folder.path().join("thoth.sqlite-wal");
        std::os::unix::fs::symlink(&log, &log).unwrap();
        let sync = WalSync::start(&database).unwrap();
        assert!(matches!(sync.wait().await, Err(StoreError::NotDurable(_))));
    }

    #[tokio::test]
    async fn the_log_is_beside_the_file_that_a_link_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("real.sqlite");
        let link = folder.path().join("thoth.sqlite");
        std::fs::write(&file, b"").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let sync = WalSync::start(&link).unwrap();
        let beside = folder.path().canonicalize().unwrap();
        assert_eq!(sync.log(), beside.join("real.sqlite-wal"));
    }

    #[tokio::test]
    async fn a_store_has_its_log_where_this_looks_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("real.sqlite");
        let link = folder.path().join("thoth.sqlite");
        std::fs::write(&file, b"").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let url = format!("sqlite://{}?mode=rwc", link.display());
        let store = crate::store::Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let log = store.sync.as_ref().unwrap().log().to_owned();
        assert!(log.is_file(), "{}", log.display());
    }
}
