//! Opening a run: a new one, or an earlier one again; shared by the wizard, the plain mode and `check`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::context::{Context, LoadedChecklist};
use super::exit::{Done, Exit, Failed};
use super::identity::who;
use crate::archive;
use crate::checklist::{InputId, SIZE_MAX, Sha};
use crate::journal::disk::{RealDisk, read_plain};
use crate::journal::{self, Folder, Holder, Journal, JournalError, Newer, RunId};
use crate::run::gate::{self, Gate};
use crate::run::{Command, Event, Mode, Refusal, Stamped};
use crate::shell::Shell;
use crate::wizard::{Trouble, Wizard};

/// A run that is open, with the checklist that it was begun with.
pub(super) struct Opened {
    pub wizard: Wizard,
    pub source: LoadedChecklist,
}

impl Context {
    /// Begins a run of `source` with the inputs of the command line.
    pub(super) fn begin(
        &self,
        source: &LoadedChecklist,
        shell: Box<dyn Shell>,
        mode: Mode,
    ) -> Result<Wizard, Failed> {
        let inputs = self.typed_inputs(source)?;
        let now = jiff::Timestamp::now().as_millisecond();
        let id = RunId::new(now, &source.checklist.id);
        let folder = Folder::create(&self.data_dir, &id, Arc::new(RealDisk))
            .map_err(|error| self.journal_failed(&error))?;
        let begun = Journal::create(folder.clone(), &source.bytes, Holder::this_process(who(), now))
            .map_err(|error| self.journal_failed(&error))
            .and_then(|journal| {
                Wizard::begin(journal, Arc::clone(&source.checklist), mode, who(), shell)
                    .map_err(|trouble| self.trouble(&trouble, source))
            });
        // What never began leaves nothing behind.
        let mut wizard = begun.inspect_err(|_| folder.discard())?;
        self.give(&mut wizard, inputs, source)?;
        Ok(wizard)
    }

    fn give(
        &self,
        wizard: &mut Wizard,
        inputs: Vec<(InputId, Vec<String>)>,
        source: &LoadedChecklist,
    ) -> Result<(), Failed> {
        inputs.into_iter().try_for_each(|(input, typed)| {
            wizard.command(Command::Give { input, typed }).map_err(|trouble| self.trouble(&trouble, source))
        })
    }

    /// The inputs of the command line, refused before anything begins where one does not fit.
    fn typed_inputs(&self, source: &LoadedChecklist) -> Result<Vec<(InputId, Vec<String>)>, Failed> {
        let mut given: Vec<(InputId, Vec<String>)> = Vec::new();
        for (id, value) in &self.inputs {
            let id = InputId::from(id.as_str());
            let Some(input) = source.checklist.input(&id) else {
                let known: Vec<&str> =
                    source.checklist.inputs.iter().map(|input| input.id.as_str()).collect();
                return Err(Failed::new(Exit::Usage, self.text.no_input(id, known.join(", "))));
            };
            let read = self.given(value, input.arity)?;
            match given.iter_mut().find(|(known, _)| *known == id) {
                Some((_, values)) => values.extend(read),
                None => given.push((id, read)),
            }
        }
        for (id, typed) in &given {
            if let Some(Err(why)) = source.checklist.input(id).map(|input| input.accept(typed)) {
                let refusal = Refusal::InputInvalid { input: id.clone(), why };
                return Err(self.trouble(&Trouble::Refused(refusal), source));
            }
        }
        Ok(given)
    }

    /// Opens an earlier run again, with the shell of its own mode and the inputs of the command line.
    pub(super) fn resume(&self, folder: &Path) -> Result<Opened, Failed> {
        let holder = Holder::this_process(who(), jiff::Timestamp::now().as_millisecond());
        let (journal, events, _) =
            Journal::open::<Stamped>(Folder::at(folder), holder).map_err(|error| match &error {
                JournalError::Held { by } => {
                    Failed::new(Exit::Held, self.text.held_by(by.as_ref(), &self.run_name(folder)))
                }
                _ => self.journal_failed(&error),
            })?;
        let source = self.kept_checklist(journal.folder())?;
        self.is_the_runs_own(&source, journal.header().checklist)?;
        let inputs = self.typed_inputs(&source)?;
        // A sealed run runs nothing more.
        if events.iter().any(|stamped| matches!(stamped.event, Event::Sealed { .. })) {
            if !inputs.is_empty() {
                return Err(self.trouble(&Trouble::Refused(Refusal::Sealed), &source));
            }
        } else {
            self.trust(&journal.folder().checklist().display().to_string(), &source)?;
        }
        let mode = events.iter().find_map(|stamped| match &stamped.event {
            Event::Begun { mode, .. } => Some(mode.clone()),
            _ => None,
        });
        let never_began = || JournalError::NeverBegan { folder: folder.to_owned() };
        let shell = match mode.ok_or_else(|| self.journal_failed(&never_began()))? {
            Mode::Live if self.rehearse.is_some() => {
                return Err(Failed::new(Exit::Usage, self.text.wrong_mode_live()));
            }
            Mode::Live => self.shell(&source.checklist)?.0,
            Mode::Rehearsal(scenario) => self.rehearsal_again(&scenario, &source.checklist)?,
        };
        let mut wizard = Wizard::resume(journal, Arc::clone(&source.checklist), &events, who(), shell)
            .map_err(|trouble| self.trouble(&trouble, &source))?;
        self.give(&mut wizard, inputs, &source)?;
        Ok(Opened { wizard, source })
    }

    /// The checklist that a run was begun with; whoever changed it may have changed the journal to fit.
    pub(super) fn kept_checklist(&self, folder: &Folder) -> Result<LoadedChecklist, Failed> {
        let path = folder.checklist();
        let shown = path.display().to_string();
        // What is wrong with the journal is the nearer answer.
        let begun_with = || {
            let read = journal::read_each::<IgnoredAny>(folder, |_| ());
            read.map(|contents| contents.header.checklist).map_err(|error| self.journal_failed(&error))
        };
        let bytes = match read_plain(&path, SIZE_MAX + 1) {
            Ok(bytes) => bytes,
            Err(error) => {
                begun_with()?;
                return Err(Failed::new(Exit::Damaged, self.text.unreadable(&shown, self.text.io(&error))));
            }
        };
        let mistakes = match crate::checklist::read_kept(&bytes) {
            Ok(checklist) => return Ok(LoadedChecklist { checklist: Arc::new(checklist), bytes }),
            Err(mistakes) => mistakes,
        };
        let first = mistakes.first().map(|mistake| self.text.mistake(mistake)).unwrap_or_default();
        // The very bytes that a run was begun with were once a checklist without a mistake.
        if Sha::of(&bytes) == begun_with()? {
            return Err(self.journal_failed(&JournalError::Newer(Newer::Checklist { detail: first })));
        }
        Err(Failed::new(Exit::Damaged, format!("{shown}: {first}")))
    }

    /// Refuses a kept checklist that is not the one that the run was begun with, as its journal has it.
    pub(super) fn is_the_runs_own(&self, kept: &LoadedChecklist, begun_with: Sha) -> Result<(), Failed> {
        if kept.checklist.sha256 == begun_with {
            return Ok(());
        }
        let what = self.text.problem_file(0, "checklist.toml", self.text.fault_content());
        Err(Failed::new(Exit::Damaged, what))
    }

    /// The folder of a run: an id under the data folder, or a path.
    pub(super) fn run_folder(&self, run: &str) -> Result<PathBuf, Failed> {
        let paths = [self.data_dir.join(run), PathBuf::from(run)];
        let find =
            |is_run: fn(&Folder) -> bool| paths.iter().find(|path| is_run(&Folder::at(*path))).cloned();
        find(|folder| folder.journal().is_file())
            // One whose journal is gone, or is none, is still a run: what is opened there says what is wrong.
            .or_else(|| {
                find(|folder| [folder.journal(), folder.checklist()].iter().any(|file| file.exists()))
            })
            .ok_or_else(|| Failed::new(Exit::Usage, self.text.no_run(run, self.data_dir.display())))
    }

    /// What [`Self::run_folder`] finds a run by: its id, or its path where it is kept elsewhere.
    pub(super) fn run_name(&self, folder: &Path) -> String {
        folder.strip_prefix(&self.data_dir).unwrap_or(folder).display().to_string()
    }

    /// Where the run is that was left, and how to go on with it, if there is anything to go on with.
    pub(super) fn left(&self, wizard: &Wizard) -> Vec<String> {
        let folder = self.text.run_folder(wizard.path().display());
        let next = (!wizard.run().is_sealed()).then(|| self.text.goes_on(self.run_name(wizard.path())));
        std::iter::once(folder).chain(next).collect()
    }

    /// The message and exit code of a journal's trouble.
    pub(super) fn journal_failed(&self, error: &JournalError) -> Failed {
        let exit = match error {
            // The folder of the runs itself: another can be named.
            JournalError::Io { path, source, .. } if *path == self.data_dir => {
                let exit = match source.kind() {
                    ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::NotFound => Exit::Usage,
                    _ => Exit::Fault,
                };
                let why =
                    format!("{}. {}", self.text.journal_error(error), self.text.doctor_remedy_data_folder());
                return Failed::new(exit, why);
            }
            JournalError::Held { .. } => Exit::Held,
            JournalError::Damaged { .. } | JournalError::NeverBegan { .. } => Exit::Damaged,
            JournalError::Io { path, .. } if path.is_dir() && path.ends_with("journal.jsonl") => {
                Exit::Damaged
            }
            JournalError::Newer(_) => Exit::Newer,
            JournalError::Io { .. }
            | JournalError::Broken
            | JournalError::Changed { .. }
            | JournalError::NotAllowed { .. }
            | JournalError::Encode(_) => Exit::Fault,
        };
        Failed::new(exit, self.text.journal_error(error))
    }

    /// The message and exit code of a wizard's trouble.
    pub(super) fn trouble(&self, trouble: &Trouble, source: &LoadedChecklist) -> Failed {
        match trouble {
            Trouble::Refused(refusal) => {
                Failed::new(Exit::Usage, self.text.refusal(refusal, &|id| self.title(source, id)))
            }
            Trouble::Halted(error) => self.journal_failed(error),
        }
    }

    /// The title of a step or the label of an input, from its id.
    fn title(&self, source: &LoadedChecklist, id: &str) -> String {
        source.checklist.name_of(id, self.text.lang())
    }
}

/// The newest run that is not sealed.
pub(super) fn newest_unsealed(context: &Context) -> Result<PathBuf, Failed> {
    let newest = archive::newest_unfinished(&context.data_dir);
    newest
        .map_err(|error| context.journal_failed(&error))?
        .map(|folder| folder.path().to_path_buf())
        .ok_or_else(|| Failed::new(Exit::Usage, context.text.nothing_to_resume(context.data_dir.display())))
}

/// How a wizard that was left ends the program: by its gate, or by what it could not record.
pub(super) fn ended(context: &Context, wizard: &Wizard) -> Done {
    if let Some(why) = wizard.halted() {
        return Err(context.journal_failed(why));
    }
    if wizard.run().is_sealed() {
        return Ok(Exit::Open);
    }
    Ok(match gate::evaluate(wizard.run(), wizard.now()) {
        Gate::Open(_) => Exit::Open,
        Gate::Locked(_) => Exit::Locked,
    })
}
