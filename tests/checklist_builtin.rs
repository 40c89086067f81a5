//! The built-in checklist: what it says and, letter for letter, what it runs.

use greenlight::checklist::{builtin, read};

#[test]
fn the_built_in_checklist_reads_without_a_mistake() {
    for builtin in builtin::all() {
        let checklist = read(builtin.bytes)
            .map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        assert_eq!(checklist.map(|checklist| checklist.id.to_string()).as_deref(), Ok(builtin.id));
    }
}
