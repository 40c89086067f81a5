//! Whether a checklist file may run: somebody has looked at this very content, or does so now.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::PathBuf;

use super::context::{Context, Source, is_terminal, who};
use super::exit::{Exit, Failed};
use crate::checklist::Sha;
use crate::checklist::explain::{Purpose, all_commands};
use crate::plain::Out;

/// The file in the data folder that remembers what was accepted: a line for each content, that begins with its digest.
const FILE: &str = "trusted.txt";

impl Context {
    /// Refuses a file whose content nobody has accepted; asks where somebody can answer, and remembers a yes.
    pub fn trust(&self, name: &str, source: &Source) -> Result<(), Failed> {
        if source.builtin || self.trust {
            return Ok(());
        }
        let sha = source.checklist.sha256;
        if self.is_accepted(sha) {
            return Ok(());
        }
        if !is_terminal() {
            return Err(Failed::new(Exit::Usage, self.text.not_trusted(name)));
        }
        self.show_commands(name, source);
        let mut out = Out::stdout();
        out.text(&self.text.trust_question());
        let mut answer = String::new();
        let read = io::stdin().read_line(&mut answer);
        if read.is_err() || !answer.trim().eq_ignore_ascii_case(&self.text.yes_letter()) {
            return Err(Failed::new(Exit::Usage, self.text.trust_declined()));
        }
        if let Err(error) = self.accept(sha, source) {
            // It was accepted all the same; only the next time it is asked again.
            Out::stderr().line(&self.text.trust_not_kept(self.trusted().display(), error));
        }
        Ok(())
    }

    fn show_commands(&self, name: &str, source: &Source) {
        let mut out = Out::stdout();
        out.line(&self.text.trust_heading(name));
        for runnable in all_commands(&source.checklist) {
            let effect = match runnable.purpose {
                Purpose::Check => self.text.trust_check(),
                Purpose::Apply(changes) => self.text.changes(changes),
            };
            out.line("");
            for line in runnable.command.lines() {
                out.line(&format!("  {line}"));
            }
            out.line(&format!("      {effect}"));
        }
        out.line("");
        out.line(&format!("sha256 {}", source.checklist.sha256));
    }

    fn trusted(&self) -> PathBuf {
        self.data_dir.join(FILE)
    }

    fn is_accepted(&self, sha: Sha) -> bool {
        let wanted = sha.to_string();
        let accepted = fs::read_to_string(self.trusted()).unwrap_or_default();
        accepted.lines().any(|line| line.split(' ').next() == Some(wanted.as_str()))
    }

    /// Remembers a content, with what it was and who accepted it when, for people who look into the file.
    fn accept(&self, sha: Sha, source: &Source) -> io::Result<()> {
        fs::create_dir_all(&self.data_dir)?;
        let (checklist, by) = (&source.checklist, who());
        let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
        let line = format!("{sha} {} {now} {}", checklist.id, by.user);
        let mut file = OpenOptions::new().create(true).append(true).open(self.trusted())?;
        file.write_all(format!("{}\n", crate::text::visible(&line)).as_bytes())?;
        file.sync_all()
    }
}
