//! `[[remedy]]`: one that several steps share.

use super::*;

const TWO: &str = "[[step]]\nid = \"two\"\ntitle = \"T\"\nwhy = \"W\"\n";

/// A file with two steps, whose first has an apply, and these lines, from line 22 on.
fn with(lines: &str) -> String {
    let apply = "[step.apply]\ncommand = \"Set-X\"\nchanges = \"session\"\n";
    format!("{HEAD}{STEP}{CHECK}{apply}{TWO}{CHECK}{lines}")
}

/// What the remedies of each step say.
fn says(text: &str) -> Vec<Vec<String>> {
    let checklist = read(text.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let says = |step: &greenlight::facade::checklist::Step| {
        step.remedies.iter().map(|remedy| remedy.say.en.clone()).collect()
    };
    checklist.steps.iter().map(says).collect()
}

#[test]
fn it_stands_in_each_of_its_steps_after_what_has_a_condition_and_before_what_fits_always() {
    let own = "[[step.remedy]]\nsay = \"always\"\n[[step.remedy]]\nwhen = { text = \"x\" }\nsay = \"own\"\n";
    let shared = |steps: &str, say: &str| {
        format!("[[remedy]]\nsteps = {steps}\nwhen = {{ error_id = \"E\" }}\nsay = \"{say}\"\n")
    };
    let both = shared("[\"two\", \"one\"]", "first") + &shared("[\"two\"]", "second");
    assert_eq!(says(&with(&format!("{own}{both}"))), [&["first"][..], &["own", "first", "second", "always"]]);
    // Without one that is shared they are where the file has them, which is how journals name them.
    assert_eq!(says(&with(own)), [&[][..], &["always", "own"]]);
    // Where it stands in the file does not matter.
    let text = with(own).replacen("[[step]]", &format!("{both}[[step]]"), 1);
    assert_eq!(says(&text), [&["first"][..], &["own", "first", "second", "always"]]);
}

#[test]
fn its_steps_are_steps_of_the_file_each_once() {
    let mistakes = |lines: &str| messages(&with(&format!("[[remedy]]\nsay = \"S\"\n{lines}")));
    assert_eq!(mistakes("steps = [\"one\", \"two\"]\n"), [""; 0]);
    assert_eq!(
        mistakes("steps = [\"tow\", \"one\", \"one\"]\n"),
        [
            "line 24, column 10: there is no step \"tow\"; did you mean \"two\"?",
            "line 24, column 24: \"one\" is named twice",
        ]
    );
    assert_eq!(mistakes(""), ["line 22, column 1: \"steps\" is missing in [[remedy]]"]);
    assert_eq!(
        mistakes("steps = []\n"),
        ["line 24, column 9: \"steps\" in [[remedy]] is an empty list; expected at least one"]
    );
    assert_eq!(
        mistakes("step = [\"one\"]\nsteps = [\"one\"]\n"),
        [
            "line 24, column 1: unknown key \"step\" in [[remedy]]; expected one of steps, when, say, docs, go; did you mean \"steps\"?"
        ]
    );
}

#[test]
fn it_leads_to_what_stands_before_the_first_of_its_steps_or_is_it() {
    let mistakes = |steps: &str, go: &str| {
        messages(&with(&format!("[[remedy]]\nsay = \"S\"\nsteps = {steps}\ngo = {go}\n")))
    };
    assert_eq!(mistakes("[\"one\", \"two\"]", "{ step = \"one\", act = \"apply\" }"), [""; 0]);
    assert_eq!(mistakes("[\"two\"]", "{ step = \"two\", act = \"check\" }"), [""; 0]);
    assert_eq!(
        mistakes("[\"two\", \"one\"]", "{ step = \"two\", act = \"check\" }"),
        [
            "line 25, column 15: the step \"two\" comes later in the file; expected this step or one that comes earlier: a remedy leads to what is done before"
        ]
    );
}
