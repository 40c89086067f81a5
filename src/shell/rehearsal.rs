//! A shell that answers from a scripted scenario: for training, demonstrations and machines without PowerShell.
//!
//! Owns the scenario format and the player. Runs nothing, opens no file and no connection; what it answers was written
//! beforehand, and each answer is given only to the very text of a command. A password that it is given is dropped
//! unread.

use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;

use super::{Advice, CHANNEL, Request, Shell, ShellEvent};
use crate::checklist::{Checklist, Localized};

mod play;
mod scenario;
mod values;

pub use scenario::ScenarioError;
use scenario::{Flags, Scenario};

/// The scenarios that greenlight brings along, by name.
const BUILT_IN: [(&str, &str); 7] = [
    ("default", include_str!("../../assets/rehearsal/default.toml")),
    ("wrong-password", include_str!("../../assets/rehearsal/wrong-password.toml")),
    ("basic-off", include_str!("../../assets/rehearsal/basic-off.toml")),
    ("replication-stuck", include_str!("../../assets/rehearsal/replication-stuck.toml")),
    ("provider-wrong", include_str!("../../assets/rehearsal/provider-wrong.toml")),
    ("wrong-tenant", include_str!("../../assets/rehearsal/wrong-tenant.toml")),
    ("session-expires", include_str!("../../assets/rehearsal/session-expires.toml")),
];

/// The name of the scenario that is played where none is named.
pub const DEFAULT: &str = "default";

/// A scenario ready to be played. What it changes outside its session lasts from one [`Shell::open`] to the next.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    scenario: Arc<Scenario>,
    lasting: Arc<Mutex<Flags>>,
}

/// The names of the built-in scenarios.
pub fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.into_iter().map(|(name, _)| name)
}

/// The built-in scenarios by name, each with its title: what it teaches.
pub(crate) fn titles() -> impl Iterator<Item = (&'static str, Localized)> {
    names().filter_map(|name| Some((name, find(name).ok()?.title().clone())))
}

/// Whether a scenario is named by the path of its file.
pub(crate) fn is_path(name: &str) -> bool {
    name.contains(std::path::is_separator)
        || name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("toml"))
}

/// The built-in scenario of that name.
///
/// # Errors
/// If there is none, with the nearest name.
pub fn find(name: &str) -> Result<Rehearsal, ScenarioError> {
    Scenario::built_in(name).map(Rehearsal::of)
}

impl Rehearsal {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(bytes: &[u8]) -> Result<Self, ScenarioError> {
        Scenario::read(bytes).map(Self::of)
    }

    pub fn id(&self) -> &str {
        &self.scenario.id
    }

    pub fn title(&self) -> &Localized {
        &self.scenario.title
    }

    /// The same where its replies that name steps answer the commands of that checklist.
    ///
    /// # Errors
    /// If one of a file names a step that has no such command.
    pub fn of_checklist(self, checklist: &Checklist) -> Result<Self, ScenarioError> {
        let mut scenario = Arc::unwrap_or_clone(self.scenario);
        scenario.bind(checklist)?;
        Ok(Self::of(scenario))
    }

    fn of(scenario: Scenario) -> Self {
        let lasting = Arc::new(Mutex::new(scenario.state.clone()));
        Self { scenario: Arc::new(scenario), lasting }
    }
}

impl Shell for Rehearsal {
    fn open(&self, reports: mpsc::Sender<ShellEvent>) -> mpsc::Sender<Request> {
        let (sender, requests) = mpsc::channel(CHANNEL);
        let player = play::Player::new(Arc::clone(&self.scenario), Arc::clone(&self.lasting), reports);
        tokio::spawn(player.play(requests));
        sender
    }

    fn advice(&self) -> &[Advice] {
        &self.scenario.advice
    }
}
