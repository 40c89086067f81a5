//! `when` of `[[step]]`.

use greenlight::facade::checklist::{Step, ValueSource, When};

use super::*;

/// A step that is apart, one with rows, a statement, and a last one that needs these two through another; its condition stands in
/// line 41 from column 8 on.
fn file(when: &str) -> String {
    let check = "[step.check]\ncommand = \"Get-X\"\nexpect = [{ rows = \"any\" }]\n";
    let step = |id: &str, needs: &str| {
        format!("[[step]]\nid = \"{id}\"\ntitle = \"T\"\nwhy = \"W\"\nneeds = [{needs}]\n")
    };
    let input =
        |id: &str, more: &str| format!("[[input]]\nid = \"{id}\"\nkind = \"text\"\nask = \"A\"\n{more}");
    [
        format!("{HEAD}{}{check}", step("apart", "")),
        format!("{}{check}", step("module", "")),
        format!("{}[step.attest]\nstatement = \"S\"\n", step("said", "")),
        format!("{}{check}", step("between", "\"module\", \"said\"")),
        format!("{}when = {when}\n{check}", step("last", "\"between\"")),
        input("era", "") + &input("servers", "many = true\n"),
    ]
    .concat()
}

fn last(when: &str) -> Step {
    let checklist = read(file(when).as_bytes()).unwrap_or_else(|mistakes| panic!("{when}: {mistakes:?}"));
    checklist.steps.into_iter().last().unwrap()
}

#[test]
fn a_condition_is_of_an_input_or_of_the_rows_of_a_step_that_is_needed() {
    let text = |text: &str| Operand::Text(text.to_owned());
    let of_input = |id: &str, test| Some(When { source: ValueSource::Input(id.into()), test });
    let of_rows = |property: &str, test| {
        let source = ValueSource::Step { step: "module".into(), property: property.to_owned() };
        Some(When { source, test })
    };
    let against = || Test::IsNot(Operand::Input("era".into()));
    for (when, read) in [
        ("{ input = \"era\", is = \"2013\" }", of_input("era", Test::Is(text("2013")))),
        ("{ input = \"servers\", empty = false }", of_input("servers", Test::Empty(Emptiness::Filled))),
        (
            "{ step = \"module\", property = \"A.Name\", one_of = [\"x\", \"y\"] }",
            of_rows("A.Name", Test::OneOf(vec![text("x"), text("y")])),
        ),
        (
            "{ step = \"module\", property = \"Name\", is_not = { input = \"era\" } }",
            of_rows("Name", against()),
        ),
    ] {
        assert_eq!(last(when).when, read, "{when}");
    }
    let text = file("{ input = \"era\", is = \"2013\" }");
    let (before, after) =
        text.rsplit_once("[step.check]\ncommand = \"Get-X\"\nexpect = [{ rows = \"any\" }]\n").unwrap();
    for others in [
        "[step.attest]\nstatement = \"S\"\n",
        "required = false\n[step.check]\ncommand = \"Get-X\"\nexpect = [{ rows = \"any\" }]\n",
    ] {
        assert_eq!(
            messages(&format!("{before}{others}{after}")),
            Vec::<String>::new(),
            "a statement, and advice"
        );
    }
}

#[test]
fn what_a_condition_takes_is_asked_for_and_kept() {
    let checklist =
        read(file("{ step = \"module\", property = \"Name\", is = { input = \"era\" } }").as_bytes());
    let checklist = checklist.unwrap();
    let keeps = |step: &Step| match &step.kind {
        StepKind::Measured { check, .. } => check.keeps.clone(),
        StepKind::Attested { .. } => Vec::new(),
    };
    let kept: Vec<Vec<String>> = checklist.steps.iter().map(keeps).collect();
    let name = vec!["Name".to_owned()];
    assert_eq!(kept, [vec![], name, vec![], vec![], vec![]], "the step that it comes from, and no other");
    let used = |place: usize| {
        let inputs = checklist.inputs_of(&checklist.steps[place]);
        inputs.map(|input| input.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!((used(4), used(1)), (vec!["era".to_owned()], vec![]));
}

#[test]
fn a_condition_that_says_nothing_sensible_is_told_with_its_place() {
    let of_one = "\"when\" is about one input or one step; expected { input = \"…\", … } or { step = \"…\", property = \"…\", … }";
    let table: [(&str, usize, &str); 14] = [
        ("{ input = \"ear\", is = \"a\" }", 18, "there is no input \"ear\"; did you mean \"era\"?"),
        (
            "{ step = \"modul\", property = \"N\", is = 1 }",
            17,
            "there is no step \"modul\"; did you mean \"module\"?",
        ),
        (
            "{ step = \"apart\", property = \"N\", is = 1 }",
            8,
            "values of the step \"apart\" are taken by a step that does not need it; expected \"apart\" in its needs, directly or through others",
        ),
        (
            "{ step = \"last\", property = \"N\", is = 1 }",
            8,
            "values of the step \"last\" are taken by a step that does not need it; expected \"last\" in its needs, directly or through others",
        ),
        (
            "{ step = \"said\", property = \"N\", is = 1 }",
            8,
            "the step \"said\" is a statement, which has no rows; expected a step with [step.check]",
        ),
        ("{ step = \"module\", is = 1 }", 8, "\"property\" is missing in \"when\" of [[step]]"),
        ("{ is = 1 }", 8, of_one),
        ("{ input = \"era\", property = \"N\", is = 1 }", 8, of_one),
        ("{ input = \"era\", step = \"module\", property = \"N\", is = 1 }", 8, of_one),
        ("{ input = \"era\" }", 8, "\"when\" has no test; expected one of is, "),
        (
            "{ input = \"era\", is = \"a\", is_not = \"b\" }",
            44,
            "\"when\" has more than one test: is, is_not; expected one",
        ),
        (
            "{ input = \"era\", is = { property = \"N\" } }",
            30,
            "\"when\" has no row whose property it could compare with; expected a value or { input = \"…\" }",
        ),
        ("{ input = \"era\", rows = \"any\", is = 1 }", 25, "unknown key \"rows\" in \"when\" of [[step]]"),
        ("{ input = \"era\", iss = \"a\" }", 25, "did you mean \"is\"?"),
    ];
    let mut wrong = Vec::new();
    for (when, column, said) in table {
        let told = messages(&file(when));
        let at = format!("line 41, column {column}: ");
        if !told.iter().any(|told| told.starts_with(&at) && told.contains(said)) {
            wrong.push(format!("{when}: {told:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let below = after_head(&format!("{STEP}{CHECK}when = {{ input = \"a\", is = 1 }}\n"));
    assert!(below.iter().any(|told| told.contains("unknown key \"when\" in [step.check]")), "{below:?}");
}
