//! A disk that fails where a test says so.

use super::*;

// Failing disks.

/// What happens at one write, flush or other action.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fault {
    /// It fails and does nothing.
    Error,
    /// A write takes only so many bytes; anything else fails.
    Short(usize),
    /// It is done, and reported as failed.
    DoneButFailed,
    /// The process is killed before it.
    KillBefore,
    /// The process is killed in the middle of a write, or after anything else.
    KillDuring(usize),
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) actions: usize,
    pub(super) faults: Option<(BTreeSet<usize>, Fault)>,
    pub(super) killed: bool,
}

/// A real disk that fails as planned; it counts its actions.
#[derive(Clone, Debug, Default)]
pub(super) struct FaultyDisk(Arc<Mutex<Plan>>);

impl FaultyDisk {
    pub(super) fn with(at: impl IntoIterator<Item = usize>, fault: Fault) -> Self {
        Self(Arc::new(Mutex::new(Plan {
            faults: Some((at.into_iter().collect(), fault)),
            ..Plan::default()
        })))
    }

    pub(super) fn plan(&self) -> std::sync::MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn action<T>(&self, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let fault = self.next()?;
        let failed = || io::Error::from(io::ErrorKind::StorageFull);
        match fault {
            None => act(),
            Some(Fault::Error | Fault::Short(_) | Fault::KillBefore) => Err(failed()),
            Some(Fault::DoneButFailed | Fault::KillDuring(_)) => act().and(Err(failed())),
        }
    }

    pub(super) fn next(&self) -> io::Result<Option<Fault>> {
        let mut plan = self.plan();
        if plan.killed {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let number = plan.actions;
        plan.actions += 1;
        let fault = plan.faults.as_ref().and_then(|(at, fault)| at.contains(&number).then_some(*fault));
        plan.killed = matches!(fault, Some(Fault::KillBefore | Fault::KillDuring(_)));
        Ok(fault)
    }
}

impl Disk for FaultyDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.action(|| RealDisk.create_dir(path))
    }
    fn open(&self, path: &Path, how: OpenMode) -> io::Result<Box<dyn Sink>> {
        let sink = self.action(|| RealDisk.open(path, how))?;
        Ok(Box::new(FaultySink(self.clone(), sink)))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.action(|| RealDisk.rename(from, to))
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.action(|| RealDisk.sync_dir(path))
    }
}

#[derive(Debug)]
struct FaultySink(FaultyDisk, Box<dyn Sink>);

impl Sink for FaultySink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        match self.0.next()? {
            None => self.1.write(bytes),
            Some(Fault::Error | Fault::KillBefore) => Err(full()),
            Some(Fault::Short(count)) => self.1.write(&bytes[..count.min(bytes.len())]),
            Some(Fault::DoneButFailed) => self.1.write(bytes).and(Err(full())),
            Some(Fault::KillDuring(count)) => self.1.write(&bytes[..count.min(bytes.len())]).and(Err(full())),
        }
    }
    fn sync(&mut self) -> io::Result<()> {
        self.0.clone().action(|| self.1.sync())
    }
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.0.clone().action(|| self.1.truncate(length))
    }
    fn length_at(&self, path: &Path) -> io::Result<Option<u64>> {
        self.1.length_at(path)
    }
}

pub(super) const FAULTS: [Fault; 9] = [
    Fault::Error,
    Fault::Short(0),
    Fault::Short(1),
    Fault::Short(150),
    Fault::DoneButFailed,
    Fault::KillBefore,
    Fault::KillDuring(0),
    Fault::KillDuring(150),
    Fault::KillDuring(usize::MAX),
];
