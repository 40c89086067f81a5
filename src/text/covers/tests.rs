use super::*;
use crate::run::{Coverage, MissingName};

fn missing(name: &str, error: Option<&str>) -> MissingName {
    MissingName { name: name.to_owned(), near: None, error: error.map(str::to_owned) }
}

fn said(names: Vec<MissingName>, more: u64) -> String {
    let all = names.len() as u64 + more;
    let covered = Coverage { names: all + 1, spoken: 1, missing: names, more_missing: more, doubles: 0 };
    Text::default().missing(&covered)
}

#[test]
fn as_many_names_are_said_as_there_is_room_for() {
    let twenty: Vec<MissingName> =
        (10..30).map(|number| missing(&format!("server-{number}"), None)).collect();
    let first: Vec<String> = (10..24).map(|number| format!("server-{number}")).collect();
    assert_eq!(said(twenty, 100), format!("1 of 121; missing: {}, and 106 more", first.join(", ")));
    let long = "x".repeat(200);
    assert_eq!(
        said(vec![missing(&long, None), missing("b", None)], 0),
        format!("1 of 3; missing: {long}, and 1 more")
    );
}

#[test]
fn what_an_error_says_of_a_name_follows_it_where_there_is_room() {
    let led = said(
        vec![missing("fe01", Some("[fe01] refused\r\nat line 1")), missing("fe02", Some("[fe01] no"))],
        0,
    );
    assert_eq!(led, "1 of 3; missing: fe01 (refused), fe02 ([fe01] no)");
    let (long, cut) = ("x".repeat(81), "x".repeat(80));
    let all =
        [("fe01", Some(long.as_str())), ("fe02", Some(cut.as_str())), ("fe03", Some("no")), ("fe04", None)];
    let said = said(all.map(|(name, error)| missing(name, error)).to_vec(), 0);
    assert_eq!(said, format!("1 of 5; missing: fe01 ({cut}…), fe02, fe03 (no), fe04"));
}
