//! What the lint warns of, and what it leaves in peace.

mod changes;
mod inputs;
mod when;

use greenlight::facade::checklist::concern::Concern;
use greenlight::facade::checklist::{Warning, lint, read};
use greenlight::facade::text::Text;
use proptest::prelude::*;

/// A checklist of one step with these commands.
fn checklist(check: &str, apply: Option<(&str, &str)>) -> String {
    let check = literal(check);
    let apply = apply.map_or_else(String::new, |(command, changes)| {
        let command = literal(command);
        format!("[step.apply]\ncommand = {command}\nchanges = \"{changes}\"\n")
    });
    format!(
        "format = 1\nid = \"a\"\nversion = \"1\"\ntitle = {{ en = \"T\", es = \"T\", fr = \"T\" }}\n\
         [[input]]\nid = \"target_pool\"\nkind = \"fqdn\"\nask = {{ en = \"T\", es = \"T\", fr = \"T\" }}\n\
         [[step]]\nid = \"one\"\ntitle = {{ en = \"T\", es = \"T\", fr = \"T\" }}\n\
         why = {{ en = \"T\", es = \"T\", fr = \"T\" }}\ndocs = [\"https://example.org\"]\n\
         [step.check]\ncommand = {check}\nexpect = [{{ is = {{ input = \"target_pool\" }} }}]\n{apply}"
    )
}

/// A TOML string with every character escaped that is no plain one.
fn literal(text: &str) -> String {
    let escape = |c: char| match c {
        ' ' | '!' | '#'..='[' | ']'..='~' => c.to_string(),
        c => format!("\\U{:08X}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

fn said(warning: &Warning) -> String {
    Text::default().warning(warning)
}

fn warnings(text: &str) -> Vec<String> {
    let checklist = read(text.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    lint(&checklist).iter().map(said).collect()
}

pub(crate) fn of_check(command: &str) -> Vec<String> {
    warnings(&checklist(command, None))
}

/// What a check with these expectations is warned of.
fn of_expecting(command: &str, expect: &str) -> Vec<String> {
    let text = checklist(command, None).replace("is = { input = \"target_pool\" }", expect);
    let unused = "nothing uses the input \"target_pool\"";
    warnings(&text).into_iter().filter(|warning| warning != unused).collect()
}

#[test]
fn a_hidden_error_is_no_good_state() {
    let hidden = "step \"one\": the check hides errors, and no rows are what it expects: a failure would look like the good state";
    for command in [
        "Get-X 2>$null",
        "Get-X 2> $null",
        "Get-X *>$null",
        "Get-X -ErrorAction SilentlyContinue",
        "Get-X -ErrorAction:Ignore",
        "Get-X -EA 0",
        "Get-X -errora 'silent'",
        "Get-X –ea 4",
    ] {
        for expect in ["rows = \"none\"", "rows = 0", "property = \"A\", is = 1, rows = \"none\""] {
            assert_eq!(of_expecting(command, expect), [hidden], "{command} {expect}");
        }
        assert_eq!(of_expecting(command, "is = 1"), Vec::<String>::new(), "{command}");
    }
    for command in
        ["Get-X", "Get-X -ErrorAction Stop", "Get-X -ErrorVariable silent", "Get-X 2>&1", "Get-X -Each 0"]
    {
        assert_eq!(of_expecting(command, "rows = \"none\""), Vec::<String>::new(), "{command}");
    }
    let by_preference = of_expecting("$ErrorActionPreference = 'Ignore'; Get-X", "rows = \"none\"");
    assert_eq!(by_preference.first().map(String::as_str), Some(hidden), "{by_preference:?}");
}

#[test]
fn a_warning_that_would_not_be_seen_is_told() {
    let of = |command: &str, warnings: &str| {
        let all = of_expecting(command, &format!("rows = \"none\" }}]\n{warnings}#"));
        all.into_iter().filter(|warning| warning.contains("warnings")).collect::<Vec<_>>()
    };
    let fail = "warnings = \"fail\"\n";
    for name in ["Test-CsReplica", "Test-CsComputer", "Test-CsTopology"] {
        let told = format!(
            "step \"one\": the check runs {name}, which tells what is wrong only by warnings; say warnings = \"fail\""
        );
        for command in [name.to_owned(), format!("Lync\\{} -Verbose | Out-Null", name.to_lowercase())] {
            assert_eq!(of(&command, ""), [told.as_str()], "{command}");
            assert_eq!(of(&command, "warnings = \"keep\"\n"), [told.as_str()], "{command}");
            assert_eq!(of(&command, fail), Vec::<String>::new(), "{command}");
        }
    }
    let hidden = "step \"one\": the check hides warnings, and warnings = \"fail\" is what it says";
    for command in [
        "Test-CsReplica -WarningAction SilentlyContinue",
        "Get-X -wa 0",
        "Get-X -WarningA:Ignore",
        "Get-X 3>$null",
        "Get-X *> $null",
        "$WarningPreference = 'SilentlyContinue'; Get-X",
        "$PSDefaultParameterValues['*:WarningAction'] = 'Ignore'; Get-X",
    ] {
        assert_eq!(of(command, fail), [hidden], "{command}");
    }
    for command in ["Get-X -WarningAction Stop", "Get-X 3>&1", "Get-X -WarningVariable si", "Get-X"] {
        assert_eq!(of(command, fail), Vec::<String>::new(), "{command}");
    }
}

#[test]
fn preferences_that_no_other_command_sees_are_named() {
    for (command, name) in [
        ("$ErrorActionPreference = 'Stop'", "ErrorActionPreference"),
        ("$global:erroractionpreference = 0", "ErrorActionPreference"),
        ("Set-Variable ErrorActionPreference Stop", "ErrorActionPreference"),
        ("$WarningPreference = 'Stop'", "WarningPreference"),
        ("$global:WhatIfPreference = $true", "WhatIfPreference"),
        ("$ConfirmPreference = 'None'", "ConfirmPreference"),
        ("$PSDefaultParameterValues['*:ErrorAction'] = 'Ignore'", "PSDefaultParameterValues"),
        ("$PSDefaultParameterValues.Add('a:b', 1)", "PSDefaultParameterValues"),
    ] {
        let found = warnings(&checklist("Get-X", Some((command, "tenant"))));
        let expected = format!(
            "step \"one\": the apply sets ${name}, which no other command sees: each begins with the usual one"
        );
        assert_eq!(found, [expected], "{command}");
        let expected = format!(
            "step \"one\": the check sets ${name}, which no other command sees: each begins with the usual one"
        );
        assert!(of_check(command).contains(&expected), "{command}");
    }
    assert_eq!(of_check("Get-X $ErrorActionPreference"), Vec::<String>::new());
}

#[test]
fn a_row_that_always_comes_says_nothing() {
    for (command, what) in [
        ("Test-Path 'C:\\a'", "test-path"),
        ("Get-X; Test-Y -Quiet # why", "test-y"),
        ("Get-X | Out-String", "out-string"),
        ("Get-X |\n Measure-Object", "measure-object"),
        ("(Get-X).Count -ge 2", "a comparison"),
        ("-not (Get-X)", "a comparison"),
        ("$x = Get-X; $x.A -eq 'b'", "a comparison"),
    ] {
        for rows in ["rows = \"any\"", "rows = \"all\""] {
            let expected = format!(
                "step \"one\": the check ends with {what}, which always gives a row; expect {{ is = true }}, or the value"
            );
            assert_eq!(of_expecting(command, rows), [expected], "{command}");
        }
        assert_eq!(of_expecting(command, "is = true"), Vec::<String>::new(), "{command}");
    }
    for command in [
        "Get-X",
        "Test-Path a | Where-Object { $_ }",
        "Get-X | Where-Object { $_.A -eq 1 }",
        "Get-X | Where-Object A -eq 1",
        "if (Test-X) { Get-Y }",
        "$x = Test-Path a",
    ] {
        assert_eq!(of_expecting(command, "rows = \"any\""), Vec::<String>::new(), "{command}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let text = "format = 1\nid = \"a\"\nversion = \"1\"\ntitle = { en = \"T\", es = \"T\" }\n\
                [[input]]\nid = \"pool\"\nkind = \"fqdn\"\nask = { en = \"A\", es = \"A\", fr = \"A\" }\n\
                [[step]]\nid = \"one\"\ntitle = \"T\"\nwhy = { en = \"W\", es = \"W\", fr = \"W\" }\n\
                [step.check]\ncommand = \"Get-X\"\nexpect = [{ rows = \"any\" }]\n";
    assert_eq!(
        warnings(text),
        [
            "no text in \"fr\" for title",
            "nothing uses the input \"pool\"",
            "step \"one\": it names no page that it comes from (docs)",
            "step \"one\": no text in \"es\" for title",
            "step \"one\": no text in \"fr\" for title",
        ]
    );
}

#[test]
fn the_example_of_the_documentation_is_right() {
    let page = include_str!("../../docs/checklists.md");
    let example =
        page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    let checklist = read(example.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    assert_eq!(checklist.steps.len(), 2);
    let others: Vec<String> = lint(&checklist)
        .iter()
        .filter(|warning| !matches!(warning.what, Concern::MissingTranslation { .. }))
        .map(said)
        .collect();
    assert_eq!(others, Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    /// Any text is read to its end: plain ones, such as are made of what has a meaning, and all that a file may hold.
    #[test]
    fn any_command_can_be_linted(
        command in prop_oneof![
            "[ -~\\n]{1,200}",
            "([$@(){}'\"‘”`#<>|&;.:=+%,!\\[\\]\\n\\r -]|--%|in|Get-X|-f|1|‚){1,60}",
            "[^\\p{C}]{1,100}",
        ]
    ) {
        // What is invisible is refused.
        if let Ok(checklist) = read(checklist(&command, Some((&command, "session"))).as_bytes()) {
            lint(&checklist);
        }
    }

    /// A command after a new line is never overlooked outside quotes and comments.
    #[test]
    fn a_command_behind_anything_plain_is_found(before in "[A-Za-z0-9$_. ,=+;|(){}-]{0,60}") {
        // The name of a variable in braces may hold anything.
        prop_assume!(!before.contains("${"));
        let opened = before.matches(['(', '{']).count();
        let found = of_check(&format!("{before}\nSet-Evil"));
        prop_assert!(opened > 40 || found.iter().any(|warning| warning.contains("Set-Evil")), "{found:?}");
    }
}
