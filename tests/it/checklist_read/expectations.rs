//! Expectations: one test each, and one that makes sense.

use super::*;

#[test]
fn an_expectation_is_one_test_that_makes_sense() {
    let tests = "is, is_not, one_of, matches, contains, at_least, at_most, version_at_least, later_than, empty, same_set_as";
    assert_eq!(
        in_expectation("{ property = \"A\", is = 1, at_least = 1 }"),
        [
            "line 11, column 48: an expectation has more than one test: is, at_least; expected one test in an expectation; write several expectations"
        ]
    );
    assert_eq!(
        in_expectation("{ property = \"A\" }"),
        [format!("line 11, column 11: an expectation has no test; expected one of {tests}, or rows alone")]
    );
    assert_eq!(
        in_expectation("{ is = { input = \"pol\" } }"),
        ["line 11, column 28: there is no input \"pol\"; did you mean \"pool\"?"]
    );
    assert_eq!(
        in_expectation("{ matches = \"(\" }")
            .first()
            .map(|message| message.starts_with("line 11, column 23: \"(\" is not a regular expression: ")),
        Some(true)
    );
    assert_eq!(
        in_expectation("{ version_at_least = \"5\" }"),
        [
            "line 11, column 32: \"5\" is not a version; expected two to four whole numbers joined by dots, such as \"5.1\""
        ]
    );
    assert_eq!(
        in_expectation("{ at_least = \"5\" }"),
        ["line 11, column 24: \"at_least\" in an expectation is a text; expected a number, up to 2^53"]
    );
    assert_eq!(
        in_expectation("{ at_least = nan }"),
        ["line 11, column 24: \"at_least\" in an expectation is a number; expected a number, up to 2^53"]
    );
    assert_eq!(
        in_expectation("{ rows = -1 }"),
        ["line 11, column 20: \"rows\" is not a number of rows; expected 0 or more"]
    );
    assert_eq!(
        in_expectation("{ rows = \"evry\" }"),
        [
            "line 11, column 20: unknown word \"evry\" for \"rows\" in an expectation; expected one of all, any, none"
        ]
    );
    assert_eq!(
        in_expectation("{ property = \"A..B\", is = 1 }"),
        ["line 11, column 24: \"A..B\" is not a property; expected names joined by dots"]
    );
    assert_eq!(
        in_expectation("{ one_of = [] }"),
        ["line 11, column 22: \"one_of\" in an expectation is an empty list; expected at least one"]
    );
    assert_eq!(
        in_expectation(""),
        ["line 11, column 10: \"expect\" in [step.check] is an empty list; expected at least one"]
    );
    assert_eq!(in_expectation("{ rows = \"any\" }"), Vec::<String>::new());
}
