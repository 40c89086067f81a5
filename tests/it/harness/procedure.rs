//! What an operator types in the plain wizard to take the built-in checklist to the seal where everything goes well.

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
