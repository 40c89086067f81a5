//! Every action of a run fails once.

use super::*;

/// What a action that fails does before.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Harm {
    /// Nothing.
    Nothing,
    /// Half of what it should.
    Half,
    /// All of it, but it is not known to be durable.
    All,
}

#[derive(Clone, Copy, Debug)]
struct Trial {
    at: usize,
    actions: usize,
    kind: ErrorKind,
    harm: Harm,
}

#[derive(Debug, Default)]
struct State {
    actions: usize,
    trial: Option<Trial>,
}

/// A real disk, without its slow flushes, that fails for some actions.
#[derive(Clone, Debug, Default)]
struct Failing(Arc<Mutex<State>>);

impl Failing {
    fn fault(&self) -> Option<Trial> {
        let mut state = self.0.lock().unwrap();
        let number = state.actions;
        state.actions += 1;
        state.trial.filter(|trial| (trial.at..trial.at + trial.actions).contains(&number))
    }

    fn action<T>(&self, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match self.fault() {
            None => act(),
            Some(Trial { kind, harm: Harm::Nothing | Harm::Half, .. }) => Err(kind.into()),
            Some(Trial { kind, harm: Harm::All, .. }) => act().and(Err(kind.into())),
        }
    }
}

impl Disk for Failing {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.action(|| RealDisk.create_dir(path))
    }
    fn open(&self, path: &Path, how: OpenMode) -> io::Result<Box<dyn Sink>> {
        let sink = self.action(|| RealDisk.open(path, how))?;
        Ok(Box::new(FailingSink(self.clone(), sink)))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.action(|| RealDisk.rename(from, to))
    }
    fn sync_dir(&self, _path: &Path) -> io::Result<()> {
        self.action(|| Ok(()))
    }
}

#[derive(Debug)]
struct FailingSink(Failing, Box<dyn Sink>);

impl Sink for FailingSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.fault() {
            None => self.1.write(bytes),
            Some(Trial { kind, harm: Harm::Nothing, .. }) => Err(kind.into()),
            Some(Trial { harm: Harm::Half, .. }) => self.1.write(&bytes[..bytes.len() / 2]),
            Some(Trial { kind, harm: Harm::All, .. }) => self.1.write(bytes).and(Err(kind.into())),
        }
    }
    fn sync(&mut self) -> io::Result<()> {
        self.0.clone().action(|| Ok(()))
    }
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.0.clone().action(|| self.1.truncate(length))
    }
    fn length_at(&self, path: &Path) -> io::Result<Option<u64>> {
        self.1.length_at(path)
    }
}

/// What an operator does next.
fn next(wizard: &Wizard) -> Do {
    let run = wizard.run();
    if *run.handoff() == HandoffStage::Confirming {
        return Do::ConfirmHandoff { typed: "START".into(), by: me() };
    }
    if *run.shell() == ShellState::Absent {
        return Do::OpenShell;
    }
    if run.inputs().is_empty() {
        return Do::Give { input: "name".into(), typed: vec!["ana".into()] };
    }
    let status = |step: &str| run.status(&StepId::from(step), wizard.now());
    for step in ["session", "validated", "shared"] {
        let id = StepId::from(step);
        return match (status(step), &run.checklist().step(&id).unwrap().kind) {
            (StepStatus::Green, _) => continue,
            (_, StepKind::Attested { statement }) => Do::Attest {
                step: id,
                statement: statement.en.clone(),
                name: "Ana".into(),
                note: String::new(),
                by: me(),
                seen: Vec::new(),
            },
            (StepStatus::Red | StepStatus::ToDo, _) => Do::Apply { step: id, confirmed: Confirmed::Yes },
            // A sweep leaves more behind than one check.
            (_, _) if step == "session" => Do::CheckAll(vec![id, "shared".into()]),
            (_, _) => Do::Check(id),
        };
    }
    Do::BeginHandoff
}

/// Goes on to the sealed handoff; gives how often the run stood still.
async fn to_the_seal(wizard: &mut Wizard, case: &str) -> usize {
    let mut stood_still = 0;
    for _ in 0..500 {
        let busy = wizard.run().running().is_some() || matches!(wizard.run().shell(), ShellState::Opening(_));
        let done = if wizard.run().is_sealed() {
            assert_holds_what_is_on_disk(wizard, case);
            return stood_still;
        } else if wizard.halted().is_some() {
            stood_still += 1;
            assert_holds_what_is_on_disk(wizard, case);
            let refused = wizard.command(Do::BeginHandoff).unwrap_err();
            assert!(matches!(refused, Trouble::Halted(_)), "{case}: {refused:?}");
            wizard.retry()
        } else if busy {
            wizard.next().await
        } else {
            wizard.command(next(wizard))
        };
        match done {
            Ok(()) => assert!(wizard.halted().is_none(), "{case}"),
            Err(Trouble::Halted(_)) => assert!(wizard.halted().is_some(), "{case}"),
            Err(Trouble::Refused(refusal)) => panic!("{case}: {refusal:?}"),
        }
    }
    panic!("{case}: no end: {:?}", wizard.run());
}

/// A run on that disk; how often it stood still, unless it never began.
async fn run_on(disk: &Failing, case: &str) -> Option<usize> {
    let data = TempDir::new().unwrap();
    let path = data.path().join("run");
    fs::create_dir(&path).unwrap();
    let folder = Folder::on(Arc::new(disk.clone()), &path);
    let shell = Rehearsal::read(SCENARIO.as_bytes()).unwrap();
    let begun = Journal::create(folder.clone(), CHECKLIST.as_bytes(), Holder::this_process(me(), 0))
        .map_err(|error| Trouble::Halted(Arc::new(error)))
        .and_then(|journal| {
            Wizard::begin(journal, checklist(), Mode::Rehearsal("small".into()), me(), Box::new(shell))
        });
    let Ok(mut wizard) = begun else {
        folder.discard();
        let discarded = !path.exists();
        // A record that reached the disk unknown to us is a run like any other.
        assert!(discarded || folded(&folder, 0).began().is_some(), "{case}");
        return None;
    };
    let stood_still = to_the_seal(&mut wizard, case).await;
    wizard.close().await;
    let events = journal::read::<Stamped>(&Folder::at(&path)).unwrap().events;
    let noted = events.iter().filter(|stamped| matches!(stamped.event, Event::WriteFailed { .. })).count();
    assert!(noted <= stood_still && (noted > 0) == (stood_still > 0), "{case}: {noted} of {stood_still}");
    let files = |stamped: &Stamped| match &stamped.event {
        Event::Checked { transcript, .. } | Event::Applied { transcript, .. } => {
            transcript.iter().cloned().collect()
        }
        Event::Sealed { files, .. } => files.clone(),
        _ => Vec::new(),
    };
    journal::verify(&Folder::at(&path), files, None)
        .unwrap_or_else(|problems| panic!("{case}: {problems:?}"));
    Some(stood_still)
}

#[tokio::test]
async fn a_failure_at_every_action_of_a_run_stops_it_and_loses_nothing_and_it_goes_on_to_the_seal() {
    let dry = Failing::default();
    assert_eq!(run_on(&dry, "a good disk").await, Some(0));
    let actions = dry.0.lock().unwrap().actions;
    assert!(actions > 50, "{actions}");
    let kinds = [
        ErrorKind::StorageFull,
        ErrorKind::ReadOnlyFilesystem,
        ErrorKind::PermissionDenied,
        ErrorKind::NotFound,
        ErrorKind::StaleNetworkFileHandle,
    ];
    let (mut trials, mut stopped) = (0, 0);
    for at in 0..actions {
        for (position, harm) in [Harm::Nothing, Harm::Half, Harm::All].into_iter().enumerate() {
            let length = if (at + position) % 2 == 0 { 1 } else { 7 };
            let kind = kinds[at % kinds.len()];
            let disk = Failing::default();
            let trial = Trial { at, actions: length, kind, harm };
            disk.0.lock().unwrap().trial = Some(trial);
            let stood_still = run_on(&disk, &format!("{trial:?}")).await;
            trials += 1;
            stopped += usize::from(stood_still.is_none_or(|times| times > 0));
        }
    }
    // The rest failed where it only delays: a transcript's line is written later, a handoff is begun again.
    assert!(stopped * 2 > trials, "only {stopped} of {trials} trials stopped a run");
}
