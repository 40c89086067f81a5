use crate::checklist::{self, Lang, Step, StepKind};
use crate::run::Fact;
use crate::text::Text;

const TESTS: [&str; 22] = [
    "rows = \"any\"",
    "rows = \"none\"",
    "rows = 2",
    "is = true",
    "is = \"x\", rows = \"any\"",
    "is = \"x\", rows = \"none\"",
    "is = \"x\", rows = 2",
    "is_not = 1.5",
    "one_of = [1, \"b\"]",
    "matches = \"^a|b$\"",
    "contains = { input = \"domain\" }",
    "at_least = 3",
    "at_most = 3",
    "version_at_least = \"3.0\"",
    "later_than = \"30d\"",
    "empty = true",
    "same_set_as = [\"a\", \"b\"]",
    "later_than = \"-2h\"",
    "later_than = { input = \"domain\" }",
    "at_least = { property = \"Other\" }",
    "at_most = \"5.1\"",
    "one_of = { property = \"Others\" }",
];

fn step() -> Step {
    let expect: Vec<String> = TESTS.iter().map(|test| format!("{{ {test} }}")).collect();
    let file = format!(
        "format = 1\nid = \"demo\"\nversion = \"1\"\ntitle = \"Demo\"\n[[input]]\nid = \"domain\"\nkind = \"text\"\nask = \"Domain\"\n[[step]]\nid = \"a\"\ntitle = \"It holds\"\nwhy = \"Because.\"\n[step.check]\ncommand = \"Get-It $domain\"\nexpect = [{}]\n",
        expect.join(", ")
    );
    checklist::read(file.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:?}")).steps.remove(0)
}

#[test]
fn english_is_what_the_journal_keeps_and_the_other_languages_say_it_in_theirs() {
    let step = step();
    let StepKind::Measured { check, .. } = &step.kind else { panic!("it has a check") };
    for expectation in &check.expect {
        let kept = expectation.to_string();
        let fact = Fact {
            property: String::new(),
            expected: kept.clone(),
            found: String::new(),
            met: false,
            rows: None,
            rows_met: None,
        };
        assert_eq!(Text::new(Lang::En).expected(&step, &fact), kept);
        for lang in [Lang::Es, Lang::Fr] {
            assert_ne!(Text::new(lang).expected(&step, &fact), kept, "{lang}");
        }
    }
}

#[test]
fn what_no_expectation_says_stays_as_it_was_written() {
    let fact = Fact {
        property: "Other".into(),
        expected: "is True".into(),
        found: String::new(),
        met: true,
        rows: None,
        rows_met: None,
    };
    assert_eq!(Text::new(Lang::Fr).expected(&step(), &fact), "is True");
}
