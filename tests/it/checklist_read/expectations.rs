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
        [
            "line 11, column 24: \"5\" is not a bound; expected a number (in a file without quotation marks), a version of two to four whole numbers such as \"5.1\", or a time with its offset such as \"2024-01-31T00:00:00Z\""
        ]
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

/// Of a file with these inputs, whose only expectation, in line 11 from column 11 on, is this.
fn with_inputs(expectation: &str, inputs: &[&str]) -> Vec<String> {
    let check = format!("[step.check]\ncommand = \"Get-X\"\nexpect = [{expectation}]\n");
    let inputs: Vec<String> =
        inputs.iter().map(|lines| format!("[[input]]\nid = \"n\"\nask = \"N\"\n{lines}\n")).collect();
    after_head(&format!("{STEP}{check}{}", inputs.concat()))
}

const BOUND: &str = "is not a bound; expected a number (in a file without quotation marks), a version of two to four whole numbers such as \"5.1\", or a time with its offset such as \"2024-01-31T00:00:00Z\"";
const VERSION: &str = "is not a version; expected two to four whole numbers joined by dots, such as \"5.1\"";
const LEAD: &str = "is not a length of time from now; expected whole numbers with d, h, m or s, the longest first, such as \"30d\", or \"-2h\" for the past, ten years at the most";

#[test]
fn a_literal_is_of_the_form_that_its_test_compares() {
    for right in [
        "{ at_least = -1.5 }",
        "{ at_least = \"5.1\" }",
        "{ at_most = \"1.2.3.4\" }",
        "{ at_most = \"2024-01-31T00:00:00+02:00\" }",
        "{ later_than = \"-2h\" }",
        "{ later_than = \"-1d 2h\" }",
    ] {
        assert_eq!(in_expectation(right), Vec::<String>::new(), "{right}");
    }
    let bound = "a number, a version or a time in quotation marks, { input = \"…\" } or { property = \"…\" }";
    for (wrong, said) in [
        ("{ at_most = \"\" }", "23: \"at_most\" in an expectation is empty; expected a text".to_owned()),
        ("{ at_most = \"1.2.3.4.5\" }", format!("23: \"1.2.3.4.5\" {BOUND}")),
        ("{ at_most = \"2024-01-31\" }", format!("23: \"2024-01-31\" {BOUND}")),
        ("{ at_most = \"2024-01-31T00:00:00\" }", format!("23: \"2024-01-31T00:00:00\" {BOUND}")),
        (
            "{ at_most = true }",
            format!("23: \"at_most\" in an expectation is true or false; expected {bound}"),
        ),
        ("{ at_most = [1] }", format!("23: \"at_most\" in an expectation is a list; expected {bound}")),
        (
            "{ at_most = 2024-01-31 }",
            format!("23: \"at_most\" in an expectation is a date or time; expected {bound}"),
        ),
        ("{ later_than = \"--2h\" }", format!("26: \"--2h\" {LEAD}")),
        ("{ later_than = \"2h -1m\" }", format!("26: \"2h -1m\" {LEAD}")),
        (
            "{ later_than = \"-0s\" }",
            "26: \"later_than\" in an expectation is no time at all; expected \"1s\" or more".to_owned(),
        ),
        (
            "{ one_of = \"x\" }",
            "22: \"one_of\" in an expectation is a text; expected a list in square brackets".to_owned(),
        ),
        (
            "{ matches = { input = \"pool\" } }",
            "23: \"matches\" in an expectation is a table; expected a text in quotation marks".to_owned(),
        ),
        (
            "{ empty = { property = \"A\" } }",
            "21: \"empty\" in an expectation is a table; expected true or false".to_owned(),
        ),
    ] {
        assert_eq!(in_expectation(wrong), [format!("line 11, column {said}")], "{wrong}");
    }
}

#[test]
fn an_operand_names_one_input_or_one_property_that_is_another() {
    for test in [
        "is",
        "is_not",
        "one_of",
        "contains",
        "at_least",
        "at_most",
        "version_at_least",
        "later_than",
        "same_set_as",
    ] {
        let right = format!("{{ property = \"A.B\", {test} = {{ property = \"A.C\" }} }}");
        assert_eq!(in_expectation(&right), Vec::<String>::new());
        // The object itself has a property that may be asked for.
        assert_eq!(in_expectation(&format!("{{ {test} = {{ property = \"A\" }} }}")), Vec::<String>::new());
        let itself = in_expectation(&format!("{{ property = \"A.B\", {test} = {{ property = \"a.b\" }} }}"));
        let column = 11 + "{ property = \"A.B\",  = ".len() + test.len();
        assert_eq!(
            itself,
            [format!(
                "line 11, column {column}: \"A.B\" is held against itself, which whatever it is would meet; expected another property"
            )]
        );
    }
    let one =
        "an operand names one input or one property; expected { input = \"…\" } or { property = \"…\" }";
    for (wrong, said) in [
        ("{ is = {} }", vec![format!("18: {one}")]),
        ("{ is = { input = \"pool\", property = \"A\" } }", vec![format!("18: {one}")]),
        (
            "{ is = { proprty = \"A\" } }",
            vec![
                format!("18: {one}"),
                "20: unknown key \"proprty\" in an operand; expected one of input, property; did you mean \"property\"?".to_owned(),
            ],
        ),
        (
            "{ is = { property = \"A..B\" } }",
            vec!["31: \"A..B\" is not a property; expected names joined by dots".to_owned()],
        ),
        (
            "{ at_least = { input = \"pol\" } }",
            vec!["34: there is no input \"pol\"; did you mean \"pool\"?".to_owned()],
        ),
        (
            "{ property = \"A\", one_of = [\"x\", { property = \"A\" }] }",
            vec!["38: \"A\" is held against itself, which whatever it is would meet; expected another property".to_owned()],
        ),
    ] {
        let said: Vec<String> = said.iter().map(|said| format!("line 11, column {said}")).collect();
        assert_eq!(in_expectation(wrong), said, "{wrong}");
    }
}

#[test]
fn an_input_can_be_what_its_test_compares_with() {
    for (test, input) in [
        ("at_least", "kind = \"integer\""),
        ("at_most", "kind = \"text\"\ndefault = \"2024-01-31T00:00:00Z\""),
        ("at_most", "kind = \"choice\"\nchoices = [\"5\", \"5.5\", \"5.5.1\"]"),
        ("version_at_least", "kind = \"choice\"\nchoices = [\"5.1\"]"),
        ("later_than", "kind = \"text\"\ndefault = \"-2h\""),
        ("one_of", "kind = \"fqdn\"\nmany = true"),
        ("same_set_as", "kind = \"text\"\nmany = true"),
        ("is", "kind = \"text\"\nmany = true"),
        ("contains", "kind = \"text\"\nmany = true"),
    ] {
        let right = format!("{{ {test} = {{ input = \"n\" }} }}");
        assert_eq!(with_inputs(&right, &[input]), Vec::<String>::new(), "{test} {input}");
    }
    for (test, input, said) in [
        ("at_least", "kind = \"text\"\nmany = true", "the input \"n\" holds many values, and \"at_least\" takes one; expected an input without many = true".to_owned()),
        ("one_of", "kind = \"text\"", "the input \"n\" holds one value, and \"one_of\" takes a list; expected an input with many = true, or a list in square brackets".to_owned()),
        ("at_most", "kind = \"fqdn\"", "no value of the input \"n\" could be compared by \"at_most\"; expected an input of kind text, choice, integer".to_owned()),
        ("later_than", "kind = \"integer\"", "no value of the input \"n\" could be compared by \"later_than\"; expected an input of kind text, choice".to_owned()),
        ("version_at_least", "kind = \"text\"\ndefault = \"5\"", format!("the input \"n\" may have a value that cannot be compared: \"5\" {VERSION}")),
        ("at_least", "kind = \"choice\"\nchoices = [\"5\", \"some\"]", format!("the input \"n\" may have a value that cannot be compared: \"some\" {BOUND}")),
        ("later_than", "kind = \"text\"\ndefault = \"0s\"", format!("the input \"n\" may have a value that cannot be compared: \"0s\" {LEAD}")),
    ] {
        let wrong = format!("{{ {test} = {{ input = \"n\" }} }}");
        let column = 11 + "{  = ".len() + test.len();
        assert_eq!(with_inputs(&wrong, &[input]), [format!("line 11, column {column}: {said}")], "{test} {input}");
    }
    // In a list one value is one of them.
    assert_eq!(with_inputs("{ one_of = [{ input = \"n\" }] }", &["kind = \"text\""]), Vec::<String>::new());
}

#[test]
fn what_the_operator_gives_is_refused_as_the_same_in_the_file_would_be() {
    let refused = |test: &str, given: &str| {
        let check =
            format!("[step.check]\ncommand = \"Get-X\"\nexpect = [{{ {test} = {{ input = \"n\" }} }}]\n");
        let input = "[[input]]\nid = \"n\"\nkind = \"text\"\nask = \"N\"\noptional = true\n";
        let file = format!("{HEAD}{STEP}{check}{input}");
        let checklist = read(file.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
        let input = checklist.inputs.first().expect("an input");
        // It is asked for before the step.
        assert!(checklist.steps.iter().all(|step| step.uses(&input.id)));
        input.accept(&[given]).err().map(|problem| Text::default().input_problem(&problem))
    };
    for (test, given, said) in [
        ("at_least", "5", None),
        ("at_least", " 5.5 ", None),
        ("at_least", "9223372036854775807", None),
        ("at_least", "5.1.2", None),
        ("at_most", "2024-01-31T00:00:00Z", None),
        ("at_most", "", None),
        ("at_most", "many", Some(BOUND)),
        ("at_most", "1,500", Some(BOUND)),
        ("at_most", "5e3", Some(BOUND)),
        ("at_most", "2024-01-31", Some(BOUND)),
        ("version_at_least", "5.1", None),
        ("version_at_least", "5", Some(VERSION)),
        ("version_at_least", "5.1-preview", Some(VERSION)),
        ("later_than", "-1h 30m", None),
        ("later_than", "30", Some(LEAD)),
        ("later_than", "0d", Some(LEAD)),
        ("is", "anything", None),
    ] {
        assert_eq!(refused(test, given), said.map(|said| format!("\"{given}\" {said}")), "{test} {given}");
    }
}
