//! Steps: names, needs, kinds, and how long they last.

use super::*;

#[test]
fn durations_are_whole_numbers_with_units() {
    let expected = "whole numbers with d, h, m or s, the longest first, such as \"30m\" or \"1h 30m\", ten years at the most";
    for wrong in [
        "30",
        "m",
        "1.5h",
        "30m 1h",
        "1h 1h",
        "30 m",
        "-1m",
        "1h,30m",
        "1w",
        "4000d",
        "99999999999999999999d",
        "",
    ] {
        assert_eq!(
            in_step(&format!("fresh_for = \"{wrong}\"\n")),
            [format!("line 9, column 13: \"{wrong}\" is not a length of time; expected {expected}")],
        );
    }
    assert_eq!(
        in_step("timeout = 30\n"),
        [
            "line 9, column 11: \"timeout\" in [[step]] is a whole number; expected a length of time in quotation marks, such as \"30m\""
        ]
    );
    assert_eq!(
        in_step("timeout = \"0m\"\n"),
        ["line 9, column 11: \"timeout\" in [[step]] is no time at all; expected \"1s\" or more"]
    );
}

#[test]
fn only_what_lives_in_a_session_is_kept_alive_and_not_too_often() {
    assert_eq!(
        in_step("lasts = \"session\"\nkeep_alive = \"44s\"\n"),
        ["line 10, column 14: \"keep_alive\" is too short; expected \"45s\" or longer"]
    );
    assert_eq!(
        in_step("keep_alive = \"45s\"\n"),
        [
            "line 9, column 14: \"keep_alive\" on a step that does not live in the session; expected lasts = \"session\" on the same step"
        ]
    );
    assert!(in_step("lasts = \"session\"\nkeep_alive = \"45s\"\n").is_empty());
}

#[test]
fn a_step_is_checked_again_only_after_an_apply_and_not_too_often() {
    let apply = "[step.apply]\ncommand = \"Set-It\"\nchanges = \"tenant\"\n";
    let with = |until: &str, apply: &str| after_head(&format!("{STEP}{CHECK}until = {until}\n{apply}"));
    let said = |until: &str| {
        with(until, apply)
            .into_iter()
            .map(|mistake| mistake.split(": ").skip(1).collect::<Vec<_>>().join(": "))
            .collect::<Vec<_>>()
    };
    assert!(said("{ every = \"30s\", for = \"10m\" }").is_empty());
    assert!(said("{ every = \"1s\", for = \"1s\" }").is_empty());
    let alone = with("{ every = \"30s\", for = \"10m\" }", "");
    assert!(alone[0].contains("\"until\" on a step without an apply"), "{alone:?}");
    let often = with("{ every = \"0s\", for = \"10m\" }", apply);
    assert_eq!(often.len(), 1, "{often:?}");
    assert_eq!(
        said("{ every = \"11m\", for = \"10m\" }"),
        ["\"for\" is shorter than \"every\": no check would follow; expected at least as long"]
    );
    assert_eq!(said("{ every = \"30s\" }"), ["\"for\" is missing in \"until\" of [step.check]"]);
    let unknown = with("{ every = \"30s\", for = \"10m\", evry = 1 }", apply);
    assert!(unknown[0].contains("unknown key \"evry\" in \"until\" of [step.check]"), "{unknown:?}");
    assert!(unknown[0].contains("did you mean \"every\"?"), "{unknown:?}");
}

#[test]
fn steps_are_named_once_and_need_only_what_comes_earlier() {
    let two = |needs: &str| {
        let step = STEP.replace("one", "two");
        after_head(&format!("{STEP}needs = [{needs}]\n{CHECK}{step}{CHECK}"))
    };
    assert_eq!(
        two("\"two\""),
        [
            "line 9, column 10: the step \"two\" comes later in the file; expected a step that comes earlier: a step may need only what is done before it"
        ]
    );
    assert_eq!(
        two("\"one\""),
        ["line 9, column 10: a step cannot need itself; expected a step that comes earlier"]
    );
    assert_eq!(two("\"tow\""), ["line 9, column 10: there is no step \"tow\"; did you mean \"two\"?"]);
    assert_eq!(
        two("2"),
        ["line 9, column 10: \"needs\" in [[step]] is a whole number; expected a text in quotation marks"]
    );
    assert_eq!(
        after_head(&format!("{STEP}{CHECK}{STEP}{CHECK}")),
        ["line 13, column 6: the step \"one\" is there twice; expected another id"]
    );
    assert_eq!(
        after_head(&format!("{}{CHECK}", STEP.replace("one", "Step_1"))),
        [
            "line 6, column 6: \"Step_1\" is not a name; expected lower-case words (a-z, 0-9) joined by hyphens, a letter first, 64 characters at the most"
        ]
    );
}

#[test]
fn a_step_is_checked_or_attested() {
    assert_eq!(
        after_head(STEP),
        ["line 5, column 1: the step has neither [step.check] nor [step.attest]; expected one of them"]
    );
    assert_eq!(
        after_head(&format!("{STEP}{CHECK}[step.attest]\nstatement = \"S\"\n")),
        ["line 12, column 1: the step has both [step.check] and [step.attest]; expected one of them"]
    );
    assert_eq!(
        after_head(&format!(
            "{STEP}[step.attest]\nstatement = \"S\"\n[step.apply]\ncommand = \"Set-X\"\nchanges = \"tenant\"\n"
        )),
        [
            "line 11, column 1: [step.apply] without [step.check]: nothing could tell whether it worked; expected a [step.check]"
        ]
    );
    for (key, column) in [("timeout = \"1m\"", 11), ("lasts = \"session\"", 9)] {
        let word = key.split(' ').next().unwrap();
        assert_eq!(
            after_head(&format!("{STEP}{key}\n[step.attest]\nstatement = \"S\"\n")),
            [format!(
                "line 9, column {column}: \"{word}\" in [[step]] has no sense: an attestation runs no command and lives in no session"
            )]
        );
    }
    assert_eq!(
        after_head(&format!("{STEP}{CHECK}[step.apply]\ncommand = \"Set-X\"\nchanges = \"tennant\"\n")),
        [
            "line 14, column 11: unknown word \"tennant\" for \"changes\" in [step.apply]; expected one of session, computer, forest, tenant; did you mean \"tenant\"?"
        ]
    );
}

#[test]
fn something_must_lock_the_gate() {
    assert_eq!(
        after_head(""),
        ["line 1, column 1: the checklist has no step; expected at least one [[step]]"]
    );
    assert_eq!(
        in_step("required = false\n"),
        [
            "line 1, column 1: no step is required, so nothing would ever lock the gate; expected at least one [[step]] without required = false"
        ]
    );
    assert_eq!(messages(&format!("step = []\n{HEAD}")).len(), 1);
    assert_eq!(
        after_head("[step]\nid = \"one\"\n"),
        [
            "line 5, column 1: \"step\" in the checklist is a table; expected an array of tables, each written [[step]]"
        ]
    );
}

#[test]
fn what_is_run_is_what_is_seen() {
    let command = |command: &str| {
        after_head(&format!("{STEP}[step.check]\ncommand = \"{command}\"\nexpect = [{{ rows = \"any\" }}]\n"))
    };
    let expected = "expected visible text: a command runs as it is seen";
    for (hidden, code) in [
        ("\\u001b", "001B"),
        ("\\u202e", "202E"),
        ("\\u200b", "200B"),
        ("\\u0000", "0000"),
        ("\\u3164", "3164"),
        ("\\ufe0f", "FE0F"),
        ("\\u034f", "034F"),
    ] {
        assert_eq!(
            command(&format!("Get-X{hidden}")),
            [format!(
                "line 10, column 11: \"command\" in [step.check] holds the invisible character U+{code}; {expected}"
            )]
        );
    }
    assert_eq!(command("Get-X |\\r\\n\\tSelect-Object Ñ"), Vec::<String>::new());
}

#[test]
fn what_is_confirmed_is_no_longer_than_can_be_read_before_it_is_confirmed() {
    let with = |check: usize, apply: usize| {
        let [check, apply] = [check, apply].map(|bytes| "\n".repeat(bytes - 1) + "1");
        after_head(&format!(
            "{STEP}[step.check]\nexpect = [{{ is = 1 }}]\ncommand = \"\"\"\n{check}\"\"\"\n\
             [step.apply]\nchanges = \"session\"\ncommand = \"\"\"\n{apply}\"\"\"\n"
        ))
    };
    let too_long = |line: usize, place: &str| {
        let expected = "is too long to be read before it is confirmed; expected 60,000 bytes at the most";
        format!("line {line}, column 11: \"command\" in {place} {expected}")
    };
    assert_eq!(with(60_001, 60_000), Vec::<String>::new(), "a check is not confirmed");
    assert_eq!(with(1, 60_001), [too_long(15, "[step.apply]")]);
}

#[test]
fn a_key_is_the_path_of_a_property() {
    let with_key = |key: &str| {
        let check = format!("[step.check]\nkey = {key}\ncommand = \"Get-X\"\nexpect = [{{ is = true }}]\n");
        format!("{HEAD}{STEP}{check}")
    };
    let read = read(with_key("\"Owner.Name\"").as_bytes()).unwrap();
    let StepKind::Measured { check, .. } = &read.steps[0].kind else { panic!("a check") };
    assert_eq!(check.key.as_deref(), Some("Owner.Name"));
    for wrong in ["a..b", "", " "] {
        let said = messages(&with_key(&format!("\"{wrong}\"")));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("line 10, column 7: "), "{said:?}");
    }
    assert_eq!(
        messages(&with_key("7")),
        ["line 10, column 7: \"key\" in [step.check] is a whole number; expected a text in quotation marks"]
    );
}

#[test]
fn a_remedy_may_have_a_list_of_conditions() {
    let file = |when: &str| {
        format!(
            "[[step]]\nid = \"one\"\ntitle = \"T\"\nwhy = \"W\"\n{CHECK}[[step.remedy]]\nsay = \"S\"\nwhen = {when}\n"
        )
    };
    for (when, count) in
        [("{ text = \"x\" }", 1), ("[{ error_id = \"A\" }, { error_id = \"B\", text = \"x\" }]", 2)]
    {
        let read = read(format!("{HEAD}{}", file(when)).as_bytes()).expect("it is right");
        assert_eq!(read.steps[0].remedies[0].when.len(), count);
    }
    let said = |when: &str| after_head(&file(when)).join(" ");
    assert!(said("[]").contains("empty list"), "{}", said("[]"));
    assert!(said("[1]").contains("expected"), "{}", said("[1]"));
    assert!(said("[{ error = \"A\" }]").contains("unknown key"), "{}", said("[{ error = \"A\" }]"));
}

#[test]
fn a_remedy_leads_to_its_own_step_or_one_before_it_that_has_such_a_command() {
    let one = "[[step]]\nid = \"one\"\ntitle = \"T\"\nwhy = \"W\"\n";
    let two = "[[step]]\nid = \"two\"\ntitle = \"T\"\nwhy = \"W\"\n";
    let apply = "[step.apply]\ncommand = \"Set-X\"\nchanges = \"session\"\n";
    let stated = "[[step]]\nid = \"stated\"\ntitle = \"T\"\nwhy = \"W\"\n[step.attest]\nstatement = \"S\"\n";
    // The remedy leads in line 30.
    let file = |go: &str| {
        let remedy = format!("[[step.remedy]]\nsay = \"S\"\ngo = {go}\n");
        let later = "[[step]]\nid = \"three\"\ntitle = \"T\"\nwhy = \"W\"\n";
        format!("{one}{CHECK}{apply}{stated}{two}{CHECK}{remedy}{later}{CHECK}")
    };
    let go = |go: &str| after_head(&file(go));
    for (right, act) in [
        ("{ step = \"one\", act = \"apply\" }", Act::Apply),
        ("{ step = \"one\", act = \"check\" }", Act::Check),
        ("{ step = \"two\", act = \"check\" }", Act::Check),
    ] {
        let read = read(format!("{HEAD}{}", file(right)).as_bytes()).expect("it is right");
        let known = read.steps[2].remedies[0].go.clone().expect("it leads somewhere");
        assert_eq!(known.act, act);
        assert!(right.contains(known.step.as_str()));
    }
    assert_eq!(
        go("{ step = \"on\", act = \"aply\" }"),
        [
            "line 30, column 15: there is no step \"on\"; did you mean \"one\"?",
            "line 30, column 27: unknown word \"aply\" for \"act\" in \"go\" of a remedy; expected one of apply, check; did you mean \"apply\"?",
        ]
    );
    assert_eq!(
        go("{ step = \"three\", act = \"check\" }"),
        [
            "line 30, column 15: the step \"three\" comes later in the file; expected this step or one that comes earlier: a remedy leads to what is done before"
        ]
    );
    assert_eq!(
        go("{ step = \"two\", act = \"apply\" }"),
        [
            "line 30, column 15: the step \"two\" has no [step.apply]; expected a step that has one, or act = \"check\""
        ]
    );
    assert_eq!(
        go("{ step = \"stated\", act = \"check\" }"),
        [
            "line 30, column 15: the step \"stated\" has no [step.check]: a person states it; expected a step that has one"
        ]
    );
    assert_eq!(go("{ step = \"one\" }"), ["line 30, column 6: \"act\" is missing in \"go\" of a remedy"]);
}

#[test]
fn a_length_of_time_is_written_in_its_longest_units() {
    for (seconds, written) in [
        (0, "0s"),
        (1, "1s"),
        (60, "1m"),
        (3600, "1h"),
        (5400, "1h 30m"),
        (86_400, "1d"),
        (172_799, "1d 23h 59m 59s"),
        (3650 * 86_400, "3650d"),
    ] {
        let span = Span(Duration::from_secs(seconds));
        assert_eq!((span.to_string().as_str(), written.parse()), (written, Ok(span)));
    }
    for wrong in ["", "5", "m", "1m 1h", "1h 1h", "-1h", "3650d 1s", "99999999999999999999s"] {
        assert!(wrong.parse::<Span>().is_err(), "{wrong}");
    }
}
