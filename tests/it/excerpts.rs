//! The line of a checklist file that a mistake or a warning is about, as the program draws it below its message.

use std::fs;

use crate::harness::world::World;

const HEAD: &str = "format = 1\nid = \"own\"\nversion = \"1\"\ntitle = \"T\"\n";
const STEP: &str = "[[step]]\nid = \"one\"\ntitle = \"T\"\nwhy = \"W\"\n";
const CHECK: &str = "[step.check]\ncommand = \"Get-X\"\nexpect = [{ rows = \"any\" }]\n";

/// Writes a file that is right but for these lines of its only step, from line 9 on.
fn write(world: &World, lines: &str) {
    fs::write(world.path("own.toml"), format!("{HEAD}{STEP}{lines}{CHECK}")).unwrap();
}

/// What standard error has of that file behind `own.toml: `.
fn said(world: &World, lines: &str, arguments: &[&str]) -> String {
    write(world, lines);
    let output = world.run(&[&["lint", "own.toml"], arguments].concat(), "");
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    err.replace("greenlight: own.toml: ", "")
}

on_both!(the_faulty_line_is_drawn_below_its_mistake without PowerShell);
fn the_faulty_line_is_drawn_below_its_mistake(world: &World) {
    for (lines, arguments, expected) in [
        (
            "needs = [\"tow\"]\n",
            &[][..],
            "line 9, column 10: there is no step \"tow\"\n    9 | needs = [\"tow\"]\n      |          ^^^^^\n",
        ),
        // The end of a text of several lines.
        (
            "docs = [\"\"\"\nhttps://example.org\n\"\"\", \"x\"]\n",
            &[],
            "line 9, column 9: \"docs\" in [[step]] is more than one plain line; expected one line without control characters or outer spaces\n    9 | docs = [\"\"\"\n      |         ^^^\nown.toml: line 11, column 6: \"x\" is not an address; expected https://…\n   11 | \"\"\", \"x\"]\n      |      ^^^\n",
        ),
        (
            "docs = [\"https://日本.example\", \"ñ\"]\n",
            &[],
            "line 9, column 31: \"ñ\" is not an address; expected https://…\n    9 | docs = [\"https://日本.example\", \"ñ\"]\n      |                                 ^^^\n",
        ),
        (
            "docs = [\"https://日本.example\", \"ñ\"]\n",
            &["--ascii"],
            "line 9, column 31: \"n\" is not an address; expected https://...\n    9 | docs = [\"https://\\u{65e5}\\u{672c}.example\", \"\\u{f1}\"]\n      |                                             ^^^^^^^^\n",
        ),
        (
            "docs = [\"https://example.org/\u{202e}\",\t\"x\"]\n",
            &[],
            "line 9, column 34: \"x\" is not an address; expected https://…\n    9 | docs = [\"https://example.org/\\u{202e}\",    \"x\"]\n      |                                            ^^^\n",
        ),
    ] {
        assert_eq!(said(world, lines, arguments), expected, "{lines}");
    }
    // What programs read has no drawing; nor has a mistake of the file as a whole.
    let json = said(world, "needs = [\"tow\"]\n", &["--output", "json"]);
    assert_eq!(json, "line 9, column 10: there is no step \"tow\"\n");
    let json = world.run(&["lint", "own.toml", "--output", "json"], "").stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let mistake = serde_json::json!({"line": 9, "column": 10, "message": "there is no step \"tow\""});
    assert_eq!((&json["format"], &json["mistakes"]), (&2.into(), &vec![mistake].into()));
    fs::write(world.path("own.toml"), "").unwrap();
    let empty = world.run(&["check", "own.toml"], "");
    assert_eq!(String::from_utf8_lossy(&empty.stderr).lines().count(), 1);
}

on_both!(check_and_run_draw_it_too_and_colour_is_as_it_is_asked_for without PowerShell);
fn check_and_run_draw_it_too_and_colour_is_as_it_is_asked_for(world: &World) {
    write(world, "needs = [\"tow\"]\n");
    let plain = "\n    9 | needs = [\"tow\"]\n      |          ^^^^^\n";
    for arguments in [
        &["check", "own.toml"][..],
        &["run", "own.toml", "--plain"],
        &["run", "own.toml", "--color", "never"],
        &["show", "own.toml"],
    ] {
        let output = world.run(arguments, "");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(err.ends_with(plain), "{arguments:?}: {err}");
    }
}

on_native!(the_underline_is_coloured_where_that_is_asked_for without PowerShell);
fn the_underline_is_coloured_where_that_is_asked_for(world: &World) {
    let coloured = said(world, "needs = [\"tow\"]\n", &["--color", "always"]);
    assert!(coloured.ends_with("      |          \u{1b}[1;31m^^^^^\u{1b}[0m\n"), "{coloured:?}");
}

on_both!(a_warning_shows_the_word_of_the_command_that_it_is_about without PowerShell);
fn a_warning_shows_the_word_of_the_command_that_it_is_about(world: &World) {
    let text = format!(
        "{HEAD}{STEP}[step.check]\ncommand = '''\n\nGet-X\n\tSet-Y 'Set-Yes' | Get-Z'''\nexpect = [{{ is = 1 }}]\n"
    );
    fs::write(world.path("own.toml"), text.replace('\n', "\r\n")).unwrap();
    let output = world.run(&["lint", "own.toml"], "");
    let out = String::from_utf8(output.stdout).unwrap();
    let expected = "own.toml: line 13, column 2: warning: step \"one\": the check runs Set-Y, which may change something\n   13 |     Set-Y 'Set-Yes' | Get-Z'''\n      |     ^^^^^\n";
    assert!(out.contains(expected), "{out}");
    let docs = "it names no page that it comes from (docs)\n    6 | id = \"one\"\n      |      ^^^^^\n";
    assert!(out.contains(docs), "{out}");
}

on_both!(what_lacks_a_language_is_shown_where_it_stands_also_where_steps_share_it without PowerShell);
fn what_lacks_a_language_is_shown_where_it_stands_also_where_steps_share_it(world: &World) {
    let all = |key: &str| format!("{key} = {{ en = \"E\", es = \"S\", fr = \"F\" }}\n");
    let step = format!("[[step]]\nid = \"one\"\n{}{}{CHECK}", all("title"), all("why"));
    let shared = |say: &str| format!("[[remedy]]\nsteps = [\"one\"]\n{say}");
    let remedies = shared(&all("say")) + &shared("say = { en = \"Lacks\", es = \"S\" }\n");
    let source = "[source]\ntitle = \"T\"\npage = \"https://example.org\"\nnote = \"Lacks\"\n";
    let head = HEAD.replace("title = \"T\"\n", &all("title"));
    fs::write(world.path("own.toml"), format!("{head}{source}{step}{remedies}")).unwrap();
    let out = String::from_utf8(world.run(&["lint", "own.toml"], "").stdout).unwrap();
    for expected in [
        "own.toml: line 21, column 7: warning: step \"one\": no text in \"fr\" for say\n   21 | say = { en = \"Lacks\", es = \"S\" }\n",
        "own.toml: line 8, column 8: warning: no text in \"fr\" for note\n    8 | note = \"Lacks\"\n",
    ] {
        assert!(out.contains(expected), "{out}");
    }
}

on_both!(mistakes_and_warnings_are_told_in_the_language_that_is_asked_for without PowerShell);
fn mistakes_and_warnings_are_told_in_the_language_that_is_asked_for(world: &World) {
    for (lang, lines, expected) in [
        (
            "es",
            "neds = []\n",
            "línea 9, columna 1: clave desconocida «neds» en [[step]]; se esperaba una de estas: id, ",
        ),
        (
            "fr",
            "neds = []\n",
            "ligne 9, colonne 1 : clé inconnue « neds » dans [[step]] ; attendu, l’une de : id, ",
        ),
        ("es", "needs = [\"tow\"]\n", "línea 9, columna 10: no existe el paso «tow»\n"),
        (
            "fr",
            "timeout = 30\n",
            "ligne 9, colonne 11 : « timeout » dans [[step]] est un nombre entier ; attendu : une durée entre guillemets droits, comme \"30m\"\n",
        ),
        (
            "es",
            "timeout = 30\n",
            "línea 9, columna 11: «timeout» en [[step]] es un número entero; se esperaba una duración entre comillas, como \"30m\"\n",
        ),
        (
            "fr",
            "docs = [\"x\"]\n",
            "ligne 9, colonne 9 : « x » n’est pas une adresse ; attendu : https://…\n",
        ),
    ] {
        let said = said(world, lines, &["--lang", lang]);
        assert!(said.starts_with(expected), "{said}");
    }
    write(world, "");
    for (lang, expected) in [
        ("es", "own.toml: línea 7, columna 9: aviso: paso «one»: no hay texto en «fr» para title, why\n"),
        (
            "fr",
            "own.toml: ligne 7, colonne 9 : avertissement : étape « one » : aucun texte en « es » pour title, why\n",
        ),
    ] {
        let output = world.run(&["lint", "own.toml", "--lang", lang], "");
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(out.contains(expected), "{out}");
        let json = world.run(&["lint", "own.toml", "--lang", lang, "--output", "json"], "");
        let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        let warnings = json["warnings"].as_array().unwrap();
        let heard = |warning: &serde_json::Value| {
            (&warning["line"], &warning["column"]) == (&7.into(), &9.into())
                && expected.contains(warning["message"].as_str().unwrap())
        };
        assert!(warnings.iter().any(heard), "{json}");
    }
}

#[cfg(unix)]
on_native!(a_long_line_is_cut_to_the_terminal without PowerShell);
#[cfg(unix)]
fn a_long_line_is_cut_to_the_terminal(world: &World) {
    if !crate::harness::terminal::Terminal::is_there("a_long_line_is_cut_to_the_terminal") {
        return;
    }
    let far = "\"https://example.org/ñ\", ".repeat(9);
    write(world, &format!("docs = [{far}\"bad\"]\n"));
    let file = world.written("own.toml");
    let window = crate::harness::terminal::Terminal::start(
        (60, 20),
        env!("CARGO_BIN_EXE_greenlight"),
        &["lint", &file],
        &world.environment(),
    );
    let screen = window.wait_for("exit code");
    let rows: Vec<&str> = screen.lines().collect();
    let at = rows.iter().position(|row| row.starts_with("    9 | …")).unwrap_or_else(|| panic!("{screen}"));
    assert!(rows[at].ends_with("\"bad\"]") && rows[at].chars().count() <= 60, "{screen}");
    assert_eq!(rows[at].chars().count(), rows[at + 1].chars().count() + 1, "{screen}");
}
