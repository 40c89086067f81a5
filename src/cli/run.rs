//! `run`: the wizard, on screens or in lines.

use super::context::{Context, is_terminal};
use super::exit::{Done, Exit, Failed};
use super::opening::{Opened, ended};
use super::signals;
use crate::plain::{self, Interrupts, Out, StandardInput};

/// Opens the wizard on a checklist, or on the screen that lets the operator choose.
pub(super) async fn run(context: &Context, name: Option<&str>) -> Done {
    if super::screens::are_lines(context) {
        let source = context.checklist(name)?;
        context.trust(name.unwrap_or_default(), &source)?;
        let (shell, mode) = context.shell(&source.checklist)?;
        let wizard = context.begin(&source, shell, mode)?;
        return lines(context, Opened { wizard, source }).await;
    }
    // A name that is mistyped, perhaps of a subcommand, is told as such wherever it is typed.
    if name.is_some() {
        context.checklist(name)?;
    }
    if !is_terminal() {
        // A name that means nothing is the nearer mistake.
        context.checklist(name)?;
        return Err(Failed::new(Exit::Usage, context.text.not_a_terminal()));
    }
    Box::pin(super::screens::run(context, name)).await
}

/// The wizard in lines, to its end.
pub(super) async fn lines(context: &Context, opened: Opened) -> Done {
    let Opened { mut wizard, source } = opened;
    let interrupts = Interrupts::default();
    let input = StandardInput::stdin();
    let interrupted = tokio::select! {
        left = plain::run(&mut wizard, input, Out::stdout(), &interrupts, context.text) => {
            left.map_err(|trouble| context.trouble(&trouble, &source))?;
            None
        }
        () = signals::leaves(&interrupts) => Some(Exit::Interrupted),
    };
    wizard.close().await;
    if !wizard.run().is_sealed() {
        let mut out = Out::stdout();
        // After a question that was not answered.
        out.line("");
        for line in context.left(&wizard) {
            out.line(&line);
        }
    }
    interrupted.map_or_else(|| ended(context, &wizard), Ok)
}
