//! `verify`: damage in a run's journal and transcripts, and the head code that somebody kept.

use serde_json::json;

use super::args::Output;
use super::colour::Line;
use super::context::Context;
use super::exit::{Done, Exit, Failed};
use crate::journal::{self, Folder, HeadCode, NotAHeadCode, Problem};
use crate::plain::Out;
use crate::run::Stamped;
use crate::tui::theme::Meaning;

pub(super) fn verify(context: &Context, run: &str, head: Option<&str>) -> Done {
    let folder = context.run_folder(run).map(Folder::at)?;
    let code = head.map(|head| {
        head.parse()
            .map_err(|_none: NotAHeadCode| Failed::new(Exit::Usage, context.text.not_a_head_code(head)))
    });
    let code: Option<HeadCode> = code.transpose()?;
    match journal::verify::<Stamped>(&folder, |stamped| stamped.event.files(), code) {
        Ok(verified) => {
            let (records, head) = (verified.head.seq, verified.head.code());
            let reach = code.map(|code| code.seq()).zip(verified.since_code);
            let notes: Vec<String> = verified.notes.iter().map(|note| context.text.note(note)).collect();
            let mut out = Out::stdout();
            match context.output {
                Output::Json => out.json(&json!({
                    "format": 1,
                    "run": run,
                    "records": records,
                    "files": verified.files,
                    "head": head.to_string(),
                    "code": reach.map(|(record, later)| json!({"record": record, "later": later})),
                    "problems": [],
                    "notes": notes,
                })),
                Output::Text => {
                    Line::marked(
                        ["", &context.text.verify_clean(records), &context.text.verify_head(head)],
                        Meaning::Good,
                    )
                    .print(&mut out, context);
                    if let Some((record, later)) = reach {
                        out.line(&context.text.verify_reach(record, later));
                    }
                    for note in &notes {
                        out.line(note);
                    }
                }
            }
            Ok(Exit::Open)
        }
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(|problem| context.text.problem(problem)).collect();
            if context.output == Output::Json {
                Out::stdout().json(&json!({"format": 1, "run": run, "problems": lines}));
            }
            // As every other subcommand answers a journal that it cannot read at all.
            let exit = match problems.as_slice() {
                [Problem::Journal(error)] => context.journal_failed(error).exit,
                _ => Exit::Damaged,
            };
            Err(Failed::new(exit, lines.join("\n")))
        }
    }
}
