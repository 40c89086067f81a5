//! `covers` of `[step.check]`, and `leaves_out` of an input.

use greenlight::facade::checklist::{Covers, Leaves, Step};

use super::*;

/// Three steps, each with a key: the second needs the first, and the third, which covers that, the second; the fourth is a
/// statement that the third needs too.
fn file(covers: &str) -> String {
    let check = "[step.check]\ncommand = \"Get-X\"\nexpect = [{ rows = \"any\" }]\nkey = \"Name\"\n";
    let step = |id: &str, needs: &str| {
        format!("[[step]]\nid = \"{id}\"\ntitle = \"T\"\nwhy = \"W\"\nneeds = [{needs}]\n")
    };
    let input =
        |id: &str, more: &str| format!("[[input]]\nid = \"{id}\"\nkind = \"text\"\nask = \"A\"\n{more}");
    [
        format!("{HEAD}{}{}", step("apart", ""), check),
        format!("{}{check}{}{check}", step("pool", ""), step("between", "\"pool\"")),
        format!("{}[step.attest]\nstatement = \"S\"\n", step("said", "")),
        format!("{}{check}covers = {covers}\n", step("last", "\"between\", \"said\"")),
        input("servers", "many = true\n")
            + &input("one", "")
            + &input("without", "many = true\nleaves_out = true\n"),
    ]
    .concat()
}

fn covers(step: &Step) -> Option<&Covers> {
    let StepKind::Measured { check, .. } = &step.kind else { return None };
    check.covers.as_deref()
}

fn keeps(step: &Step) -> Vec<&str> {
    let StepKind::Measured { check, .. } = &step.kind else { return Vec::new() };
    check.keeps.iter().map(String::as_str).collect()
}

#[test]
fn names_come_from_an_input_a_list_or_the_rows_of_a_step_that_is_needed() {
    for (text, covered) in [
        ("{ input = \"servers\" }", Covers::Input("servers".into())),
        ("[\"fe01\", \"fe02\"]", Covers::List(vec!["fe01".to_owned(), "fe02".to_owned()])),
        (
            "{ step = \"pool\", property = \"Computers.Name\" }",
            Covers::Step { step: "pool".into(), property: "Computers.Name".to_owned() },
        ),
    ] {
        let checklist = read(file(text).as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        let [apart, pool, between, _, last] = checklist.steps.as_slice() else { panic!("five steps") };
        assert_eq!(covers(last), Some(&covered));
        assert!(covers(pool).is_none());
        // The step that the names come from keeps them, and no other.
        let kept: &[&str] = if text.contains("pool") { &["Computers.Name"] } else { &[] };
        assert_eq!((keeps(pool), keeps(apart), keeps(between)), (kept.to_vec(), vec![], vec![]));
        // Who covers anything uses what is left out.
        let used: Vec<&str> = checklist.inputs_of(last).map(|input| input.id.as_str()).collect();
        let own: &[&str] = if text.contains("servers") { &["servers", "without"] } else { &["without"] };
        assert_eq!(used, own, "{text}");
        assert_eq!(checklist.inputs_of(pool).count(), 0);
    }
    let leaves = |id: &str| read(file("[\"a\"]").as_bytes()).unwrap().input(&id.into()).unwrap().leaves;
    assert_eq!((leaves("without"), leaves("servers")), (Leaves::Out, Leaves::Nothing));
}

#[test]
fn a_property_that_several_take_is_kept_once() {
    let twice = file("{ step = \"pool\", property = \"Computers\" }").replace(
        "id = \"last\"",
        "id = \"first\"\ntitle = \"T\"\nwhy = \"W\"\nneeds = [\"pool\"]\n[step.check]\ncommand = \"Get-X\"\n\
         expect = [{ rows = \"any\" }]\nkey = \"Name\"\ncovers = { step = \"pool\", property = \"COMPUTERS\" }\n\
         [[step]]\nid = \"last\"",
    );
    let checklist = read(twice.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    assert_eq!(keeps(&checklist.steps[1]), ["COMPUTERS"]);
}

#[test]
fn what_cannot_be_covered_is_told_with_its_place() {
    let nearest = "; did you mean \"servers\"?";
    let table: [(&str, String); 12] = [
        ("{ input = \"one\" }", "the input \"one\" holds one value, and \"covers\" takes a list; expected an input with many = true, or a list in square brackets".into()),
        ("{ input = \"servrs\" }", format!("there is no input \"servrs\"{nearest}")),
        ("{ step = \"pol\", property = \"A\" }", "there is no step \"pol\"; did you mean \"pool\"?".into()),
        ("{ step = \"apart\", property = \"A\" }", "values of the step \"apart\" are taken by a step that does not need it; expected \"apart\" in its needs, directly or through others".into()),
        ("{ step = \"last\", property = \"A\" }", "values of the step \"last\" are taken by a step that does not need it; expected \"last\" in its needs, directly or through others".into()),
        ("{ step = \"said\", property = \"A\" }", "the step \"said\" is a statement, which has no rows; expected a step with [step.check]".into()),
        ("{ step = \"pool\" }", "what is covered comes from one place; expected { input = \"…\" }, { step = \"…\", property = \"…\" } or a list of names".into()),
        ("{ input = \"servers\", step = \"pool\", property = \"A\" }", "what is covered comes from one place; expected { input = \"…\" }, { step = \"…\", property = \"…\" } or a list of names".into()),
        ("{ input = \"servers\", a = 1 }", "unknown key \"a\" in \"covers\" of [step.check]; expected one of input, step, property".into()),
        ("[]", "\"covers\" in [step.check] is an empty list; expected at least one".into()),
        ("[\"a\", \" b\"]", "\"covers\" in [step.check] is more than one plain line; expected one line without control characters or outer spaces".into()),
        ("\"servers\"", "\"covers\" in [step.check] is a text; expected a list of names, { input = \"…\" } or { step = \"…\", property = \"…\" }".into()),
    ];
    for (covers, said) in table {
        let [told] = messages(&file(covers)).try_into().unwrap_or_else(|all| panic!("{covers}: {all:?}"));
        assert!(told.starts_with("line 48, column ") && told.ends_with(&said), "{covers}: {told}");
    }
    let blank = messages(&file("[\"a\", \"\"]"));
    assert!(blank.len() == 1 && blank[0].contains("\"covers\" in [step.check] is empty"), "{blank:?}");
}

#[test]
fn covers_wants_a_key_and_leaves_out_many() {
    let without_key = messages(&file("[\"a\"]").replace("key = \"Name\"\ncovers", "covers"));
    assert_eq!(
        without_key,
        [
            "line 47, column 10: \"covers\" without \"key\": nothing says which row speaks of which name; expected the key of the rows beside it"
        ]
    );
    let wanted = "expected many = true on the same input";
    for many in ["", "many = false\n"] {
        let told = in_input(&format!("id = \"a\"\nkind = \"text\"\nask = \"A\"\n{many}leaves_out = true\n"));
        assert!(told.len() == 1 && told[0].ends_with(wanted), "{told:?}");
    }
    assert!(in_input("id = \"a\"\nkind = \"text\"\nask = \"A\"\nleaves_out = false\n").is_empty());
}
