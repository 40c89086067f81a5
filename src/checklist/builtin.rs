//! The checklists that come with the program.

use super::Sha;

/// A checklist that comes with the program: its id and the bytes of its file.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// The `id` inside the file.
    pub id: &'static str,
    pub bytes: &'static [u8],
}

const ALL: [Builtin; 1] = [Builtin {
    id: "lync-online-to-lync-2013",
    bytes: include_bytes!("../../assets/checklists/lync-online-to-lync-2013.toml"),
}];

/// All of them; the first is the one that is run where none is named.
pub fn all() -> &'static [Builtin] {
    &ALL
}

/// The file of that id.
pub fn find(id: &str) -> Option<&'static [u8]> {
    ALL.iter().find(|builtin| builtin.id == id).map(|builtin| builtin.bytes)
}

/// Whether the file of that digest is one of them.
pub(crate) fn is_one(sha: Sha) -> bool {
    ALL.iter().any(|builtin| Sha::of(builtin.bytes) == sha)
}
