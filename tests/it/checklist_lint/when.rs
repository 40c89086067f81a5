//! Conditions that can never be met.

use super::*;

/// The warnings of a checklist whose only step has this condition on an input of these lines.
fn of(input: &str, when: &str) -> Vec<String> {
    let text = checklist("Get-X", None)
        .replace("is = { input = \"target_pool\" }", "rows = \"any\"")
        .replace("kind = \"fqdn\"", input)
        .replace("[step.check]", &format!("when = {{ input = \"target_pool\", {when} }}\n[step.check]"));
    warnings(&text)
}

#[test]
fn a_step_that_never_applies_is_warned_of() {
    let choice = "kind = \"choice\"\nchoices = [\"2010\", \"Two\"]";
    let number = "kind = \"integer\"\nmin = 1\nmax = 9";
    let said =
        "step \"one\": no value of the input \"target_pool\" can ever meet \"when\": the step never applies";
    for (input, never, sometimes) in [
        (
            choice,
            &[
                "is = \"2013\"",
                "is = 2013",
                "one_of = [\"a\", \"b\"]",
                "matches = \"^x\"",
                "empty = true",
                "later_than = \"1h\"",
            ][..],
            &[
                "is = \"two\"",
                "is = 2010",
                "one_of = [\"a\", \"2010\"]",
                "matches = \"^2\"",
                "empty = false",
                "is_not = \"2013\"",
            ][..],
        ),
        (
            number,
            &["is = 10", "is = 2.5", "at_least = 10", "at_most = 0", "version_at_least = \"1.2\""],
            &["is = 9", "at_least = 9", "at_most = 1", "one_of = [0, 1]"],
        ),
        (
            "kind = \"fqdn\"",
            &["later_than = \"1h\"", "empty = true"],
            &["is = \"a\"", "version_at_least = \"1.2\""],
        ),
        ("kind = \"upn\"", &["at_least = 1", "version_at_least = \"1.2\""], &["matches = \"a\""]),
        ("kind = \"fqdn\"\noptional = true", &[], &["empty = true", "empty = false"]),
    ] {
        for when in never {
            assert_eq!(of(input, when), [said], "{input}: {when}");
        }
        for when in sometimes {
            assert_eq!(of(input, when), Vec::<String>::new(), "{input}: {when}");
        }
    }
}
