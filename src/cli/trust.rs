//! Whether a checklist may run: this person has looked at this very content, or does so now.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};

use super::context::{Context, LoadedChecklist, is_terminal};
use super::exit::{Exit, Failed};
use super::identity::who;
use crate::checklist::concern::{Concern, ConcernedPart};
use crate::checklist::explain::{CommandPurpose, Means, explain};
use crate::checklist::{Changes, Sha, Warning, builtin, lint};
use crate::config;
use crate::journal::disk::read_within;
use crate::plain::{BAR, Out, cut, exact, keys};
use crate::sanitize::escape_controls;
use crate::text::Text;

impl Context {
    /// Refuses a content that is not built in and that this person has not accepted; asks where somebody can answer.
    /// What is accepted, by a yes or by `--trust`, is remembered.
    pub(super) fn trust(&self, name: &str, source: &LoadedChecklist) -> Result<(), Failed> {
        let checklist = &source.checklist;
        if builtin::is_one(checklist.sha256) || is_accepted(checklist.sha256) {
            return Ok(());
        }
        if !self.trust {
            // As a run has it that an earlier greenlight began.
            let other =
                builtin::find(checklist.id.as_str()).map(|_| self.text.trust_other_content(&checklist.id));
            if !is_terminal() {
                let lines: Vec<String> = std::iter::once(self.text.not_trusted(name)).chain(other).collect();
                return Err(Failed::new(Exit::Usage, lines.join("\n")));
            }
            let mut out = Out::stdout();
            out.line(&self.text.trust_heading(name));
            for line in other.into_iter().chain(self.listing(name, source)) {
                out.line(&line);
            }
            let lang = self.text.lang();
            out.text(&self.text.trust_question(Text::letter_of_yes(lang), keys::NO.to_ascii_uppercase()));
            let mut answer = String::new();
            let read = io::stdin().read_line(&mut answer);
            if read.is_err() || !keys::is_yes(&answer, lang) {
                return Err(Failed::new(Exit::Usage, self.text.trust_declined()));
            }
        }
        if let Err(error) = accept(source) {
            // It was accepted all the same; only the next time it is asked again.
            let path = config::trusted().unwrap_or_default();
            Out::stderr().line(&self.text.trust_not_kept(path.display(), error));
        }
        Ok(())
    }

    /// Every command with its step, what it changes, and what lint thinks of it; the script that is written for the
    /// operator; then how many change what.
    fn listing(&self, name: &str, source: &LoadedChecklist) -> Vec<String> {
        let (columns, rows) = crossterm::terminal::size().unwrap_or((80, 24));
        let width = usize::from(columns).max(40);
        let warnings = lint(&source.checklist);
        let mut lines = Vec::new();
        let mut counts = Counts::default();
        for listed in explain(&source.checklist) {
            let Means::Commands { commands, .. } = listed.means else { continue };
            let title =
                format!("{}. {}", listed.number, escape_controls(listed.step.title.get(self.text.lang())));
            lines.push(String::new());
            lines.extend(cut(&title, width - 1, width - 1).into_iter().next());
            for runnable in commands {
                self.barred(runnable.command, width, &mut lines);
                lines.push(format!("      {}", self.effect(runnable.purpose, &mut counts)));
                let about = ConcernedPart::Command(listed.step.id.clone(), runnable.purpose);
                for warning in warnings.iter().filter(|warning| warning.about == about) {
                    counts.warned += 1;
                    lines.push(format!("      ! {}", escape_controls(&self.text.concern(warning))));
                }
            }
        }
        if let Some(handoff) = &source.checklist.handoff {
            let title = format!("{BAR}{}", escape_controls(handoff.title.get(self.text.lang())));
            lines.push(String::new());
            lines.extend(cut(&title, width - 1, width - 1).into_iter().next());
            self.barred(&handoff.script, width, &mut lines);
            lines.push(format!("      {}", self.text.trust_handoff(escape_controls(&handoff.file))));
            for warning in warnings.iter().filter(|warning| is_of_script(warning)) {
                counts.warned += 1;
                lines.push(format!("      ! {}", escape_controls(&self.text.warning(warning))));
            }
        }
        let Counts { checks, session, computer, forest, tenant, warned } = counts;
        lines.push(String::new());
        lines.push(format!("sha256 {}", source.checklist.sha256));
        lines.push(self.text.trust_counts(checks, session, computer, forest, tenant, warned));
        // With the heading above and the question below.
        if lines.len() + 3 > usize::from(rows) {
            lines.push(self.text.trust_long(name));
        }
        lines
    }

    /// What a command does, and counts it.
    fn effect(&self, purpose: CommandPurpose, counts: &mut Counts) -> String {
        match purpose {
            CommandPurpose::Check => {
                counts.checks += 1;
                self.text.trust_check()
            }
            CommandPurpose::Apply(changes) => {
                *match changes {
                    Changes::Session => &mut counts.session,
                    Changes::Computer => &mut counts.computer,
                    Changes::Forest => &mut counts.forest,
                    Changes::Tenant => &mut counts.tenant,
                } += 1;
                self.text.changes(changes)
            }
        }
    }

    /// A command behind the bar. Empty lines, which could push all else out of the window, are counted.
    fn barred(&self, command: &str, width: usize, lines: &mut Vec<String>) {
        let command = exact(command).replace("\r\n", "\n");
        let pieces =
            command.split(['\n', '\r']).flat_map(|line| cut(&escape_controls(line), width - 6, width - 6));
        let mut empty = 0_usize;
        for piece in pieces {
            if piece.trim().is_empty() {
                empty += 1;
                continue;
            }
            match std::mem::take(&mut empty) {
                0 => {}
                1 => lines.push(BAR.trim_end().to_owned()),
                more => lines.push(format!("    … {}", self.text.trust_empty_lines(more))),
            }
            lines.push(format!("{BAR}{piece}"));
        }
    }
}

/// How many commands only look, and how many change what; how many warnings there are.
#[derive(Default)]
struct Counts {
    checks: usize,
    session: usize,
    computer: usize,
    forest: usize,
    tenant: usize,
    warned: usize,
}

/// Whether a warning is about the handoff's script.
fn is_of_script(warning: &Warning) -> bool {
    warning.about == ConcernedPart::Handoff && !matches!(warning.what, Concern::MissingTranslation { .. })
}

/// How much of the file of accepted contents is read; what stands behind that is asked for again.
const TRUSTED_MAX: usize = 16 << 20;

/// Whether this content was accepted: each line of the file begins with the digest of one.
fn is_accepted(sha: Sha) -> bool {
    let wanted = sha.to_string();
    let accepted =
        config::trusted().and_then(|path| read_within(&path, TRUSTED_MAX).ok()).unwrap_or_default();
    String::from_utf8_lossy(&accepted).lines().any(|line| line.split(' ').next() == Some(wanted.as_str()))
}

/// Remembers a content, with what it was and who accepted it when, for people who look into the file.
fn accept(source: &LoadedChecklist) -> io::Result<()> {
    let path = config::trusted().ok_or(io::ErrorKind::NotFound)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let (checklist, by) = (&source.checklist, who());
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    let line = format!("{} {} {now} {}", checklist.sha256, checklist.id, by.user);
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(format!("{}\n", escape_controls(&line)).as_bytes())?;
    file.sync_all()
}
