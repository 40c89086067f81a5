//! What an operator types in the plain wizard to take the built-in checklist to the seal where everything goes well.

/// Checks, applies, a statement, a credential, the handoff; with `user` and `password`.
pub fn to_the_seal<'a>(user: &'a str, password: &'a str) -> Vec<&'a str> {
    let parts: &[&[&'a str]] = &[
        // PowerShell is fit; the management shell is loaded.
        &["", "", "", "", "", "", "1"],
        // The deployment is measured, and stated.
        &["", "", "", "", "", "", "Ana", "CHG-1142"],
        // The connector is installed, and loaded.
        &["", "", "", "1"],
        &["", "", "1", user, password],
        // The session and its commands; the address space.
        &["", "", "1", "", "", "1", "", "", "1"],
        &["s", "", "START MIGRATION"],
    ];
    parts.concat()
}
