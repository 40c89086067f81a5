//! `[source]`: the page that a checklist comes from.

use super::*;

fn with(lines: &str) -> String {
    format!("{HEAD}[source]\n{lines}{STEP}{CHECK}")
}

#[test]
fn a_title_and_an_address_are_enough() {
    let checklist =
        read(with("title = \"T\"\npage = \"https://example.org/x\"\n").as_bytes()).expect("it is right");
    let source = checklist.source.expect("it is there");
    assert_eq!((source.title.en.as_str(), source.page.as_str()), ("T", "https://example.org/x"));
    assert_eq!((source.id, source.revision, source.note), (None, None, None));
}

#[test]
fn what_is_wrong_with_it_is_told() {
    assert_eq!(
        messages(&with("page = \"nowhere\"\nrevison = \"1\"\n")),
        [
            "line 5, column 1: \"title\" is missing in [source]",
            "line 6, column 8: \"nowhere\" is not an address; expected https://…",
            "line 7, column 1: unknown key \"revison\" in [source]; expected one of title, page, id, revision, note; did you mean \"revision\"?",
        ]
    );
}
