//! The checklist that the tests play, and what an operator types in the plain wizard to take it to the seal where everything
//! goes well. It is the built-in one as it was when it had seventeen steps: what a face does hangs on no step that is added.

use crate::harness::dialogue::Dialogue;
use crate::harness::world::{World, inputs};

macro_rules! seventeen {
    ($before:literal, $file:literal) => {
        concat!($before, env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/checklists/seventeen/", $file)
    };
}

/// Its file, which is nobody's until it is trusted.
pub const SEVENTEEN: &str = seventeen!("", "checklist.toml");
/// Plays it: everything on-premises is in order, the session and the shared address space are still to be made.
pub const REHEARSE: &str = seventeen!("--rehearse=", "default.toml");

/// A scenario of one's own: that one, with flags and replies that come first.
pub fn scenario(state: &str, replies: &str) -> String {
    let default = include_str!(seventeen!("", "default.toml"));
    let with_state = default.replacen("[state]\n", &format!("[state]\n{state}"), 1);
    with_state.replacen("[[reply]]\n", &format!("{replies}[[reply]]\n"), 1)
}

/// A rehearsal in lines that has its inputs and waits at its menu.
pub fn rehearsed(world: &World) -> Dialogue {
    let mut arguments = vec!["run", SEVENTEEN, "--trust", "--plain", REHEARSE];
    arguments.extend(inputs());
    let mut run = Dialogue::start(&mut world.greenlight(&arguments));
    run.wait_for("Next (Enter): 1. ");
    run
}

/// The tenant's name, by which what changes it is confirmed.
pub const TENANT: &str = "Contoso";

/// Checks, applies, a statement, a credential, the handoff; with `user` and `password`.
pub fn to_the_seal<'a>(user: &'a str, password: &'a str) -> Vec<&'a str> {
    [to_the_credential(user, password), to_the_tenant(), vec!["", "", "1", TENANT], to_hand_off()].concat()
}

/// The first fourteen steps.
pub fn to_the_credential<'a>(user: &'a str, password: &'a str) -> Vec<&'a str> {
    let parts: &[&[&'a str]] = &[
        // PowerShell is fit; the management shell is loaded.
        &["", "", "", "", "", "", "1"],
        // The deployment is measured, and stated.
        &["", "", "", "", "", "", "Ana", "CHG-1142"],
        // The connector is installed, and loaded.
        &["", "", "", "1"],
        &["", "", "1", user, password],
    ];
    parts.concat()
}

/// The session, and its commands.
pub fn to_the_tenant() -> Vec<&'static str> {
    vec!["", "", "1", "", "", "1"]
}

/// From the open gate to the seal.
pub fn to_hand_off() -> Vec<&'static str> {
    vec!["s", "", TENANT]
}
