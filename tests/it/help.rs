//! What the program tells of itself: its help, the flags that count for each subcommand, the exit codes and the configuration.

use std::fs;

use serde_json::{Value, json};

use crate::harness::world::World;

/// Standard output, standard error and the exit code, in that language.
fn said(world: &World, lang: &str, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = world.greenlight(arguments).env("GREENLIGHT_LANG", lang).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

on_native!(the_help_of_a_subcommand_lists_the_flags_that_count_for_it_and_others_are_refused without PowerShell);
fn the_help_of_a_subcommand_lists_the_flags_that_count_for_it_and_others_are_refused(world: &World) {
    let all = [
        "--plain",
        "--rehearse",
        "--input",
        "--trust",
        "--powershell",
        "--data-dir",
        "--lang",
        "--color",
        "--theme",
        "--ascii",
        "--output",
    ];
    let opening = &all[..10];
    for (subcommand, counts) in [
        ("run", opening),
        ("resume", opening),
        ("check", &[&all[1..8], &["--ascii", "--output"]].concat()),
        ("runs", &["--data-dir", "--lang", "--color", "--ascii", "--output"]),
        ("show", &["--lang", "--color", "--ascii", "--output"]),
        ("lint", &["--lang", "--color", "--ascii", "--output"]),
        ("export", &["--data-dir", "--lang", "--color", "--ascii"]),
        ("verify", &["--data-dir", "--lang", "--color", "--ascii", "--output"]),
        ("open", &["--plain", "--data-dir", "--lang", "--color", "--theme", "--ascii"]),
        ("watch", &["--data-dir", "--lang", "--color", "--ascii", "--output"]),
        ("doctor", &["--powershell", "--data-dir", "--lang", "--color", "--ascii", "--output"]),
        ("completions", &["--lang", "--ascii"]),
        ("man", &["--lang", "--ascii"]),
        ("help", &["--lang", "--ascii"]),
    ] {
        let (help, _, _) = said(world, "en", &[subcommand, "--help"]);
        assert_eq!(said(world, "en", &["help", subcommand]).0.trim_end(), help.trim_end(), "{subcommand}");
        assert!(help.contains("greenlight help exit-codes"), "{help}");
        let lists = |flag: &&str| {
            let lines = help.lines().map(str::trim_start);
            lines.filter_map(|line| line.split([' ', '[']).next()).any(|word| word == *flag)
        };
        let listed: Vec<&str> = all.into_iter().filter(lists).collect();
        assert_eq!(listed, counts, "{subcommand}: {help}");
    }
    for (arguments, flag, subcommand) in [
        (&["lint", "own.toml", "--rehearse"][..], "--rehearse", "lint"),
        (&["--input", "a=b", "runs"], "--input", "runs"),
        (&["verify", "x", "--trust"], "--trust", "verify"),
        (&["man", "--output", "json"], "--output", "man"),
        (&["run", "--output", "json"], "--output", "run"),
    ] {
        let (out, err, code) = said(world, "en", arguments);
        assert_eq!((out.as_str(), code), ("", Some(2)), "{arguments:?}: {err}");
        assert_eq!(
            err,
            format!(
                "greenlight: {flag} says nothing to “{subcommand}”; `greenlight help {subcommand}` lists what does\n"
            )
        );
    }
    let (_, err, _) = said(world, "fr", &["lint", "own.toml", "--trust"]);
    assert!(err.starts_with("greenlight: --trust ne dit rien à « lint »"), "{err}");
}

on_both!(the_exit_codes_are_a_topic_of_help_in_the_language_of_the_reader without PowerShell);
fn the_exit_codes_are_a_topic_of_help_in_the_language_of_the_reader(world: &World) {
    for (lang, locked) in [
        ("en", "  1  the gate is locked: a step is not green"),
        ("es", "  1  la puerta está cerrada: un paso no está en verde"),
        ("fr", "  1  la porte est verrouillée : une étape n’est pas verte"),
    ] {
        let (out, err, code) = said(world, lang, &["help", "exit-codes"]);
        assert_eq!((err.as_str(), code), ("", Some(0)));
        let codes: Vec<&str> = out.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(codes, ["0", "1", "2", "3", "4", "5", "6", "70", "130"]);
        assert!(out.lines().any(|line| line == locked), "{out}");
    }
    let (_, err, code) = said(world, "en", &["help", "exit-code"]);
    assert_eq!(code, Some(2));
    assert!(
        err.contains("there is no help on “exit-code”") && err.contains("Did you mean “exit-codes”?"),
        "{err}"
    );
    assert_eq!(said(world, "en", &["help"]).0, said(world, "en", &["--help"]).0);
}

on_native!(the_configuration_is_printed_as_a_file_that_says_the_same without PowerShell);
fn the_configuration_is_printed_as_a_file_that_says_the_same(world: &World) {
    let folder = world.path("config/greenlight");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    let config = |arguments: &[&str]| {
        let mut command = world.greenlight(&[&["config"], arguments].concat());
        let output =
            command.env_remove("GREENLIGHT_LANG").env("LANG", "C").env("LC_ALL", "C").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        String::from_utf8(output.stdout).unwrap()
    };
    let printed = config(&["--color", "never"]);
    let has = |line: &str| assert!(printed.lines().any(|printed| printed == line), "{line}: {printed}");
    has(&format!("# {}", file.display()));
    has("color = \"never\"  # --color");
    has(&format!("data-dir = \"{}\"  # GREENLIGHT_DATA_DIR", world.written("data")));
    has("# lang = \"en\"");
    has("# attention.bell = true");
    // All keys at once are a file that is taken.
    let keys = printed.lines().skip(2).map(|line| match line.strip_prefix("# ") {
        Some(key) if key.contains(" = ") => key,
        Some(_) | None => line,
    });
    let whole = keys.collect::<Vec<_>>().join("\n");
    fs::write(&file, whole.replace("bell = true", "bell = false").replace("lang = \"en\"", "lang = \"es\""))
        .unwrap();
    let json: Value = serde_json::from_str(&config(&["--output", "json"])).unwrap();
    assert_eq!((&json["format"], &json["file"]), (&json!(1), &json!(file)));
    let settings = json["settings"].as_array().unwrap();
    let of = |key: &str| settings.iter().find(|setting| setting["key"] == key).unwrap();
    assert_eq!(of("lang"), &json!({"key": "lang", "value": "es", "from": "file"}));
    assert_eq!(of("attention.bell"), &json!({"key": "attention.bell", "value": false, "from": "file"}));
    assert_eq!(of("data-dir")["from"], "environment");
    assert_eq!(settings.len(), 13);
    assert!(settings.iter().all(|setting| setting["from"] != "default"), "{json:#}");
    // Each key that is read is printed, and documented.
    let page = include_str!("../../docs/operator.md");
    for setting in settings {
        let key = setting["key"].as_str().unwrap();
        assert!(page.contains(&format!("`{}`", key.replace("attention.", ""))), "{key}");
    }
}

on_native!(all_mistakes_of_the_configuration_are_told_with_line_key_and_what_is_expected without PowerShell);
fn all_mistakes_of_the_configuration_are_told_with_line_key_and_what_is_expected(world: &World) {
    let folder = world.path("config/greenlight");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    fs::write(&file, "lang = \"de\"\ncolour = \"never\"\n\n[attention]\nbell = 1\n").unwrap();
    let name = file.display();
    for arguments in [&["runs"][..], &["doctor"], &["config"]] {
        let output = world.greenlight(arguments).env("GREENLIGHT_LANG", "es").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 3, "{said}");
        assert!(
            lines[0].starts_with(&format!(
                "greenlight: {name}: línea 1, columna 8: palabra desconocida «de» para «lang» en config.toml"
            )),
            "{said}"
        );
        assert!(
            lines[1].starts_with(&format!(
                "{name}: línea 2, columna 1: clave desconocida «colour» en config.toml"
            )),
            "{said}"
        );
        assert!(lines[1].ends_with("¿quiso decir «color»?"), "{said}");
        assert!(
            lines[2].ends_with(
                "línea 5, columna 8: «bell» en [attention] es un número entero; se esperaba true o false"
            ),
            "{said}"
        );
    }
}

on_both!(there_is_a_manual_page_of_each_subcommand without PowerShell);
fn there_is_a_manual_page_of_each_subcommand(world: &World) {
    let (whole, _, _) = said(world, "en", &["man"]);
    assert!(whole.contains(".TH greenlight 1") && whole.contains("greenlight\\-export(1)"), "{whole}");
    let (page, _, code) = said(world, "en", &["man", "export"]);
    assert_eq!(code, Some(0));
    assert!(page.contains(".TH greenlight-export 1") && page.contains("\\-\\-redact"), "{page}");
    assert!(!page.contains("\\-\\-rehearse"), "{page}");
    let (_, err, code) = said(world, "en", &["man", "exprot"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("Did you mean “export”?"), "{err}");
}
