//! `open`: a run on the wizard's screens to be looked at: no lock is taken, nothing is written, nothing runs. One that goes on
//! meanwhile is followed.

use std::path::Path;

use tokio::time::{Interval, MissedTickBehavior, interval};

use super::context::{Context, is_terminal};
use super::exit::{Done, Exit, Failed};
use super::followed::{FollowedRun, PAUSE};
use super::identity::who;
use crate::journal::{self, Held};
use crate::run::{Command, Moment, Outputs, Run, Who};
use crate::shell::Answer;
use crate::tui::driver::Driver;
use crate::wizard::{OutputBuffer, Trouble};

/// Shows a run to whoever only looks.
pub(super) async fn open(context: &Context, run: &str) -> Done {
    let mut onlooker = Onlooker::new(context, FollowedRun::open(context, run)?)?;
    if super::screens::are_lines(context) || !is_terminal() {
        return Err(Failed::new(Exit::Usage, context.text.open_needs_screens()));
    }
    super::screens::look_at(context, &mut onlooker).await?;
    onlooker.failed.map_or(Ok(Exit::Open), Err)
}

/// A run behind the screens in which nothing can be done.
struct Onlooker<'a> {
    context: &'a Context,
    followed: FollowedRun,
    /// As it is now, which another process may have changed.
    run: Run,
    held: Option<String>,
    now: Moment,
    live: OutputBuffer,
    who: Who,
    clock: Interval,
    /// What is said of who has the run open, and until when it was followed.
    looking: String,
    /// Why it is followed no longer.
    failed: Option<Failed>,
}

impl<'a> Onlooker<'a> {
    fn new(context: &'a Context, followed: FollowedRun) -> Result<Self, Failed> {
        let mut clock = interval(PAUSE);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let run = followed.run.clone();
        let mut onlooker = Self {
            context,
            followed,
            run,
            held: None,
            now: Moment::default(),
            live: OutputBuffer::default(),
            who: who(),
            clock,
            looking: String::new(),
            failed: None,
        };
        onlooker.read()?;
        onlooker.held = onlooker.holder();
        onlooker.look();
        Ok(onlooker)
    }

    fn read(&mut self) -> Result<(), Failed> {
        let (added, then) = self.followed.read(self.context)?;
        for stamped in &added {
            self.followed.fold(stamped);
        }
        then
    }

    /// Who has the run open, if anybody has.
    fn holder(&self) -> Option<String> {
        match journal::held(&self.followed.folder) {
            Held::Free => None,
            Held::By(by) => Some(self.context.text.holder_or_unknown(by.as_ref())),
        }
    }

    /// Takes the run as it is by what was read and by who has it open.
    fn look(&mut self) {
        let text = self.context.text;
        self.run = self.followed.as_it_is(self.held.is_none()).into_owned();
        self.looking = match (&self.failed, &self.held) {
            (Some(failed), _) => text.looking_no_longer(&failed.message),
            (None, Some(by)) => text.looking_held(by),
            (None, None) if self.run.is_sealed() => text.looking_sealed(),
            (None, None) => text.looking_free(),
        };
        self.now = self.followed.now();
    }
}

impl Driver for Onlooker<'_> {
    fn run(&self) -> &Run {
        &self.run
    }

    fn live(&self) -> &OutputBuffer {
        &self.live
    }

    fn outputs(&self) -> &Outputs {
        &self.followed.outputs
    }

    fn now(&self) -> Moment {
        self.now
    }

    fn tick(&mut self) -> Result<(), Trouble> {
        self.now = self.followed.now();
        Ok(())
    }

    fn folder(&self) -> &Path {
        self.followed.folder.path()
    }

    fn head(&self) -> String {
        self.followed.head()
    }

    fn who(&self) -> &Who {
        &self.who
    }

    fn program(&self) -> &'static str {
        ""
    }

    fn looking(&self) -> Option<&str> {
        Some(&self.looking)
    }

    /// The screens send none where [`Self::looking`] says something.
    fn command(&mut self, _command: Command) -> Result<(), Trouble> {
        Ok(())
    }

    /// As [`Self::command`].
    fn answer(&mut self, _answer: Answer) -> Result<(), Trouble> {
        Ok(())
    }

    async fn next(&mut self) -> Result<(), Trouble> {
        while self.failed.is_none() {
            self.clock.tick().await;
            let changed = self.followed.has_changed();
            if changed && let Err(failed) = self.read() {
                self.failed = Some(failed);
            }
            let held = self.holder();
            if changed || self.held != held {
                self.held = held;
                self.look();
                return Ok(());
            }
        }
        std::future::pending().await
    }
}
