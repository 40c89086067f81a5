//! `check`: the checks without a screen, in order of need. Applies only what changes nothing but the session.

use std::path::Path;

use super::args::Output;
use super::colour::Line;
use super::context::{Context, LoadedChecklist, is_terminal};
use super::exit::{Done, Exit, Failed};
use super::out_file::OutFile;
use super::signals;
use crate::checklist::{Changes, InputId, Step};
use crate::plain::{self, AskOutcome, Asker, InputQuestion, JsonAnswers, Out, StandardInput};
use crate::report;
use crate::run::gate::{self, Gate};
use crate::run::{Command, Confirmed, Moment, NextAction, PromptReply, Run, ShellEnd, ShellState};
use crate::sanitize::{ascii_json, escape_controls};
use crate::text::Text;
use crate::tui::meaning;
use crate::tui::theme::Meaning;
use crate::wizard::{Trouble, Wizard};

/// Why a check run came to its end.
enum Ran {
    ToTheEnd,
    Interrupted,
    NoShell(String),
}

/// Runs the checks and prints what was found; nothing else goes to standard output. Where a file is to have it, a summary
/// is printed.
pub(super) async fn check(
    context: &Context,
    name: Option<&str>,
    answers: Option<&str>,
    out: Option<&Path>,
) -> Done {
    let file = OutFile::named(out, context.text)?;
    let source = context.checklist(name)?;
    context.trust(name.unwrap_or_default(), &source)?;
    let (shell, mode) = context.shell(&source.checklist)?;
    let mut wizard = context.begin(&source, shell, mode)?;
    let asker = match answers {
        Some(_) => Asker::Json(StandardInput::stdin(), JsonAnswers::default()),
        None if is_terminal() => Asker::Person(StandardInput::stdin(), Out::stderr()),
        None => Asker::Nobody,
    };
    let ended = Some(Out::stderr()).filter(Out::is_terminal);
    let mut drive = Drive { wizard: &mut wizard, asker, context, ended, bad: None };
    let ran = drive.steps(&source).await.map_err(|trouble| context.trouble(&trouble, &source));
    let bad = drive.bad.take();
    let ran = ran?;
    wizard.tick().map_err(|trouble| context.trouble(&trouble, &source))?;
    // What is printed and the exit code are of one moment.
    let now = wizard.now();
    let printed = print(context, &wizard, now, file.as_ref());
    let open = match gate::evaluate(wizard.run(), now) {
        Gate::Open(_) => Exit::Open,
        Gate::Locked(_) => Exit::Locked,
    };
    wizard.close().await;
    printed?;
    if let Some(bad) = bad {
        return Err(Failed::new(Exit::Usage, bad));
    }
    match ran {
        Ran::ToTheEnd => Ok(open),
        Ran::Interrupted => Ok(Exit::Interrupted),
        Ran::NoShell(detail) => {
            Err(Failed::new(Exit::NoPowerShell, context.text.powershell_never_came(detail)))
        }
    }
}

struct Drive<'a> {
    wizard: &'a mut Wizard,
    asker: Asker,
    context: &'a Context,
    /// Where each step is told of as it ends, on a terminal.
    ended: Option<Out>,
    /// The first answer that did not fit its question.
    bad: Option<String>,
}

impl Drive<'_> {
    async fn steps(&mut self, source: &LoadedChecklist) -> Result<Ran, Trouble> {
        self.wizard.command(Command::OpenShell)?;
        self.until_idle().await?;
        if *self.wizard.run().shell() == ShellState::Absent {
            let detail = self.wizard.last_shell_end().map(detail_of).unwrap_or_default();
            return Ok(Ran::NoShell(detail));
        }
        for (number, step) in (1..).zip(&source.checklist.steps) {
            self.inputs(step).await?;
            // What it needs may be missing: then it stays as it is, and the listing says why.
            if self.next(step) == Some(NextAction::Check)
                && !self.runs(Command::Check(step.id.clone())).await?
            {
                return Ok(Ran::Interrupted);
            }
            if self.next(step) == Some(NextAction::Apply(Changes::Session)) {
                let apply = Command::Apply { step: step.id.clone(), confirmed: Confirmed::NotAsked };
                if !self.runs(apply).await? {
                    return Ok(Ran::Interrupted);
                }
            }
            self.tell(number, step);
        }
        Ok(Ran::ToTheEnd)
    }

    /// Tells in one line how a step stands that is done with.
    fn tell(&mut self, number: usize, step: &Step) {
        let (run, text) = (self.wizard.run(), self.context.text);
        let (Some(out), Some(step)) = (&mut self.ended, run.assess(&step.id, self.wizard.now())) else {
            return;
        };
        if let Some(line) = plain::step_lines(run, &step, text).first() {
            Line::signed(&format!("{number:>3}. "), line, meaning(&step.status)).print(out, self.context);
        }
    }

    fn next(&self, step: &Step) -> Option<NextAction> {
        self.wizard.run().next_unattended(&step.id, self.wizard.now())
    }

    /// Runs a command to its end; false where the operator interrupted.
    async fn runs(&mut self, command: Command) -> Result<bool, Trouble> {
        match self.wizard.command(command) {
            Ok(()) => self.until_idle().await,
            Err(Trouble::Refused(_)) => Ok(true),
            Err(fatal) => Err(fatal),
        }
    }

    /// Asks a person for inputs that have no value; without one the step stays as it is.
    async fn inputs(&mut self, step: &Step) -> Result<(), Trouble> {
        let missing: Vec<InputId> = self.wizard.run().missing_inputs(step);
        let Asker::Person(input, out) = &mut self.asker else {
            // What the condition takes comes first: only then is it known what else the step uses.
            for _ in 0..2 {
                for (input, typed) in self.wizard.run().given_unattended(step) {
                    match self.wizard.command(Command::Give { input, typed }) {
                        Ok(()) | Err(Trouble::Refused(_)) => {}
                        Err(fatal) => return Err(fatal),
                    }
                }
            }
            return Ok(());
        };
        for id in missing {
            let Some(known) = self.wizard.run().checklist().input(&id).cloned() else { continue };
            let question = InputQuestion::new(&known, None, self.context.text);
            loop {
                question.put(out);
                let Some(typed) = input.line().await else { return Ok(()) };
                let typed = vec![question.meant(&typed)];
                match self.wizard.command(Command::Give { input: id.clone(), typed }) {
                    Ok(()) => break,
                    Err(Trouble::Refused(refusal)) => {
                        let name = |id: &str| self.wizard.run().name_of(id, self.context.text.lang());
                        out.row(&format!(
                            "! {}",
                            escape_controls(&self.context.text.refusal(&refusal, &name))
                        ));
                    }
                    Err(fatal) => return Err(fatal),
                }
            }
        }
        Ok(())
    }

    /// Goes on until nothing runs and no step waits; false where the operator interrupted.
    async fn until_idle(&mut self) -> Result<bool, Trouble> {
        let mut interrupted = false;
        loop {
            let asking = self.wizard.run().running().and_then(|running| running.asking.clone());
            if let Some(asking) = asking {
                // An expired session asks for a credential that was not meant for it.
                let expired = !self.wizard.run().expired_session().is_empty();
                match &self.asker {
                    Asker::Json(..) | Asker::Nobody if expired => {
                        self.wizard.command(Command::Answer(PromptReply::Unattended))?;
                        continue;
                    }
                    Asker::Json(..) | Asker::Nobody | Asker::Person(..) => {}
                }
                if let (Asker::Person(_, out), Some(running)) = (&mut self.asker, self.wizard.run().running())
                {
                    let text = self.context.text;
                    out.row(&text.step_asks(plain::numbered(self.wizard.run(), &running.step, text)));
                }
                let asked = tokio::select! {
                    asked = self.asker.ask(&asking.prompt, self.context.text) => asked,
                    () = signals::interrupted() => {
                        interrupted = true;
                        AskOutcome::Unattended
                    }
                };
                match asked {
                    AskOutcome::Answer(answer) => self.wizard.answer(answer)?,
                    AskOutcome::Unattended => {
                        self.wizard.command(Command::Answer(PromptReply::Unattended))?;
                    }
                    AskOutcome::Bad(why) => {
                        self.bad.get_or_insert(why);
                        self.wizard.command(Command::Answer(PromptReply::Unattended))?;
                    }
                }
                continue;
            }
            let opening = matches!(self.wizard.run().shell(), ShellState::Opening(_));
            let run = self.wizard.run();
            if run.running().is_none() && !opening && (interrupted || !run.has_waits()) {
                return Ok(!interrupted);
            }
            tokio::select! {
                came = self.wizard.next() => came?,
                () = signals::interrupted() => {
                    interrupted = true;
                    match self.wizard.command(Command::Stop) {
                        Ok(()) | Err(Trouble::Refused(_)) => {}
                        Err(fatal) => return Err(fatal),
                    }
                }
            }
        }
    }
}

/// What is known of a shell's end.
fn detail_of(end: &ShellEnd) -> String {
    match end {
        ShellEnd::Died { detail } | ShellEnd::StartFailed { detail } => detail.clone(),
        ShellEnd::Closed | ShellEnd::Killed => String::new(),
    }
}

fn print(context: &Context, wizard: &Wizard, now: Moment, file: Option<&OutFile>) -> Result<(), Failed> {
    let mut out = Out::stdout();
    let steps = || lines_of_steps(wizard.run(), now, context.text);
    let framed = |steps| mark(context).into_iter().chain(steps).chain(gate(context, wizard, now));
    let json = || report::check::json(wizard.run(), now, context.text) + "\n";
    let Some(file) = file else {
        match context.output {
            Output::Json => out.json_text(&json()),
            Output::Text => framed(steps()).for_each(|line| line.print(&mut out, context)),
        }
        return Ok(());
    };
    framed(Vec::new()).for_each(|line| line.print(&mut out, context));
    let written = match context.output {
        Output::Json => file.write(ascii_json(&json()).as_bytes()),
        Output::Text => {
            let result: String = framed(steps()).map(|line| line.text() + "\n").collect();
            file.write(plain::shown(&result).as_bytes())
        }
    };
    match written {
        Ok(line) => out.row(&line),
        Err(Failed { exit, message, .. }) => {
            let kept = context.text.out_run_kept(context.run_name(wizard.path()));
            return Err(Failed::new(exit, format!("{message}\n{kept}")));
        }
    }
    Ok(())
}

/// That it is a rehearsal, if it is one.
fn mark(context: &Context) -> Option<Line> {
    let rehearsed = context.rehearse.as_ref();
    rehearsed.map(|_| Line::signed("", &context.text.plain_rehearsal(), Meaning::Rehearsal))
}

/// The steps, as lines.
pub fn step_lines(run: &Run, now: Moment, text: Text) -> Vec<String> {
    lines_of_steps(run, now, text).iter().map(Line::text).collect()
}

fn lines_of_steps(run: &Run, now: Moment, text: Text) -> Vec<Line> {
    let mut lines = Vec::new();
    for step in run.assess_all(now) {
        lines.extend(step.heading.map(|heading| Line::plain(plain::heading_line(&heading, text))));
        let told = plain::step_lines(run, &step, text).into_iter().enumerate();
        lines.extend(told.map(|(place, line)| match place {
            0 => Line::signed("", &line, meaning(&step.status)),
            _ => Line::plain(line),
        }));
        let missing = report::check::missing_inputs(run, &step, text);
        lines.extend(missing.map(|missing| Line::plain(format!("       {}", escape_controls(&missing)))));
    }
    lines
}

/// The gate, and where the run is kept, as lines.
fn gate(context: &Context, wizard: &Wizard, now: Moment) -> Vec<Line> {
    let open = matches!(gate::evaluate(wizard.run(), now), Gate::Open(_));
    let look = if open { Meaning::Good } else { Meaning::Base };
    let mut lines: Vec<Line> = plain::gate_lines(wizard.run(), now, context.text)
        .into_iter()
        .enumerate()
        .map(|(place, line)| if place == 0 { Line::signed("", &line, look) } else { Line::plain(line) })
        .collect();
    lines.push(Line::plain(context.text.run_folder(wizard.path().display())));
    lines
}
