//! `resume`: the wizard on an earlier run.

use std::path::PathBuf;

use super::context::{Context, is_terminal};
use super::exit::{Done, Exit, Failed};
use super::opening;
use super::run::lines;

/// Goes on with an earlier run.
pub(super) async fn resume(context: &Context, run: Option<&str>) -> Done {
    let folder: PathBuf = match run {
        Some(run) => context.run_folder(run)?,
        None => opening::newest_unsealed(context)?,
    };
    let in_lines = super::screens::are_lines(context);
    if !in_lines && !is_terminal() {
        return Err(Failed::new(Exit::Usage, context.text.not_a_terminal()));
    }
    let opened = context.resume(&folder)?;
    if in_lines { lines(context, opened).await } else { super::screens::go_on(context, opened).await }
}
