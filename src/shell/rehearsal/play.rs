//! The task that plays a scenario.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::scenario::{BoundOutput, Flag, Flags, Reply, Scenario, ScriptedOutput};
use crate::run::value::Value;
use crate::run::{About, Attempt, Call, OutcomeEnd, Prompt};
use crate::shell::outbox::ReportQueue;
use crate::shell::wait::until;
use crate::shell::{Answer, Request, ShellEvent, ShellExit, Stream, recorded};

/// One life of a rehearsed shell.
pub(super) struct Player {
    scenario: Arc<Scenario>,
    lasting: Arc<Mutex<Flags>>,
    session: Flags,
    /// What answers were kept in.
    kept: Vec<(String, Value)>,
    calls: i64,
    out: ReportQueue,
    scene: Scene,
}

/// What is going on.
enum Scene {
    Idle,
    /// A question waits for its answer.
    Asking(Call, Playing),
    Playing(Playing),
}

/// A command under way.
struct Playing {
    attempt: Attempt,
    variables: Vec<(String, Value)>,
    reply: Reply,
    outputs: VecDeque<ScriptedOutput>,
    /// When the next output, or the end, is due.
    due: Instant,
    pace: Duration,
}

impl Player {
    pub(super) fn new(
        scenario: Arc<Scenario>,
        lasting: Arc<Mutex<Flags>>,
        reports: mpsc::Sender<ShellEvent>,
    ) -> Self {
        let session = scenario.session.clone();
        Self {
            scenario,
            lasting,
            session,
            kept: Vec::new(),
            calls: 0,
            out: ReportQueue::new(reports),
            scene: Scene::Idle,
        }
    }

    pub(super) async fn play(mut self, mut requests: mpsc::Receiver<Request>) {
        let about =
            About { program: "rehearsal".to_owned(), version: self.scenario.id.clone(), ..About::default() };
        self.out.push(ShellEvent::Opened(about));
        loop {
            let due = match &self.scene {
                Scene::Playing(playing) => Some(playing.due),
                Scene::Idle | Scene::Asking(..) => None,
            };
            tokio::select! {
                request = requests.recv() => match request {
                    Some(Request::Run { attempt, command, variables }) => self.run(attempt, &command, variables),
                    Some(Request::Reply(call, answer)) => self.answered(call, answer),
                    Some(Request::Stop) => self.stop(),
                    Some(Request::Kill | Request::Close) => return self.out.finish(ShellExit::Requested).await,
                    None => return,
                },
                () = until(due) => self.next_output(),
                delivered = self.out.deliver(), if !self.out.is_empty() => if delivered.is_err() { return },
            }
        }
    }

    fn run(&mut self, attempt: Attempt, command: &str, mut variables: Vec<(String, Value)>) {
        if !matches!(self.scene, Scene::Idle) {
            return self.out.refuse(attempt);
        }
        let Some(reply) = self.reply(command) else {
            let answers = self.scenario.replies.iter().any(|reply| reply.is_to(command));
            let unknown = if answers { recorded::unknown_command } else { recorded::not_in_scenario };
            self.out.push_error(attempt, unknown(name_of(command)));
            self.out.push(ShellEvent::Ended(attempt, OutcomeEnd::Completed));
            return;
        };
        variables.extend(self.kept.iter().cloned());
        let outputs: VecDeque<ScriptedOutput> = reply.stream.iter().cloned().collect();
        let pace = reply.after / u32::try_from(outputs.len() + 1).unwrap_or(u32::MAX);
        let prompt = reply.prompt.as_ref().map(super::scenario::Ask::prompt);
        let playing = Playing { attempt, variables, reply, outputs, due: Instant::now() + pace, pace };
        self.scene = match prompt {
            None => Scene::Playing(playing),
            Some(prompt) => {
                self.calls += 1;
                let call = Call(self.calls);
                self.out.push(ShellEvent::Asks(attempt, call, prompt));
                Scene::Asking(call, playing)
            }
        };
    }

    fn reply(&self, command: &str) -> Option<Reply> {
        let lasting = self.lasting.lock().unwrap_or_else(PoisonError::into_inner);
        let flag =
            |name: &str| -> Option<Flag> { lasting.get(name).or_else(|| self.session.get(name)).copied() };
        self.scenario.replies.iter().find(|reply| reply.fits(command, flag)).cloned()
    }

    fn answered(&mut self, call: Call, answer: Answer) {
        match std::mem::replace(&mut self.scene, Scene::Idle) {
            Scene::Asking(asked, mut playing) if asked == call => {
                let prompt = playing.reply.prompt.as_ref().map(super::scenario::Ask::prompt);
                let Some(given) = prompt.as_ref().and_then(|prompt| given(prompt, answer)) else {
                    self.out.push_error(playing.attempt, recorded::unanswered(prompt.as_ref()));
                    self.out.push(ShellEvent::Ended(playing.attempt, OutcomeEnd::Threw));
                    return;
                };
                if let Some(name) = playing.reply.into.clone() {
                    self.kept.retain(|(known, _)| *known != name);
                    self.kept.push((name.clone(), given.clone()));
                    playing.variables.push((name, given));
                }
                playing.due = Instant::now() + playing.pace;
                self.scene = Scene::Playing(playing);
            }
            // An answer that comes late or twice answers nothing.
            scene @ (Scene::Idle | Scene::Asking(..) | Scene::Playing(_)) => self.scene = scene,
        }
    }

    fn stop(&mut self) {
        match std::mem::replace(&mut self.scene, Scene::Idle) {
            Scene::Idle => {}
            Scene::Asking(_, playing) | Scene::Playing(playing) => {
                self.out.push(ShellEvent::Ended(playing.attempt, OutcomeEnd::Stopped));
            }
        }
    }

    /// The next thing that the command says, or its end.
    fn next_output(&mut self) {
        let Scene::Playing(playing) = &mut self.scene else { return };
        let attempt = playing.attempt;
        let Some(output) = playing.outputs.pop_front() else { return self.end() };
        playing.due += playing.pace;
        match output.bound(&playing.variables) {
            BoundOutput::Line(Stream::Output, text) => self.out.push_row(attempt, Value::Text(text)),
            BoundOutput::Line(stream, text) => self.out.push_lines(attempt, stream, &text),
            BoundOutput::Progress(progress) => self.out.push(ShellEvent::Progress(attempt, progress)),
        }
    }

    fn end(&mut self) {
        let Scene::Playing(playing) = std::mem::replace(&mut self.scene, Scene::Idle) else { return };
        let Playing { attempt, reply, variables, .. } = playing;
        {
            let mut lasting = self.lasting.lock().unwrap_or_else(PoisonError::into_inner);
            reply.settle(&mut [&mut lasting, &mut self.session]);
        }
        for row in reply.rows(&variables) {
            self.out.push_row(attempt, row);
        }
        if let Some(error) = &reply.error {
            self.out.push_error(attempt, error.failure(&variables));
        }
        let threw = reply.error.as_ref().is_some_and(|error| error.throw);
        let end = if threw { OutcomeEnd::Threw } else { OutcomeEnd::Completed };
        self.out.push(ShellEvent::Ended(attempt, end));
    }
}

/// What of an answer may be kept; nothing if it is not an answer to this question.
fn given(prompt: &Prompt, answer: Answer) -> Option<Value> {
    match (prompt, answer) {
        (Prompt::Credential { .. }, Answer::Credential(user, _)) => Some(Value::Text(user)),
        (Prompt::Choice { choices, .. }, Answer::Choice(picked)) => {
            let choice = choices.get(*picked.first()?)?;
            Some(Value::Text(choice.label.replace('&', "")))
        }
        (Prompt::Line, Answer::Line(line)) => Some(Value::Text(line)),
        (Prompt::SecureLine, Answer::SecureLine(_)) | (Prompt::Fields { .. }, Answer::Fields(_)) => {
            Some(Value::Null)
        }
        _ => None,
    }
}

/// The name of the command that PowerShell would not find.
fn name_of(command: &str) -> &str {
    let assigned = command.trim_start();
    let assigned = match assigned.split_once('=') {
        Some((name, rest)) if name.starts_with('$') && !name.contains(['|', '(']) => rest.trim_start(),
        Some(_) | None => assigned,
    };
    assigned.split(|c: char| c.is_whitespace() || "|;()".contains(c)).next().unwrap_or(assigned)
}
