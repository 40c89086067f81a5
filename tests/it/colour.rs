//! Colour in lines: on a terminal, into a pipe, and where nobody wants it.

use std::fs;

use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::terminal::Terminal;
use crate::harness::world::World;

/// A checklist of which the lint warns.
const OWN: &str = "format = 1\nid = \"own\"\nversion = \"1\"\ntitle = \"T\"\n[[step]]\nid = \"one\"\ntitle = \"T\"\nwhy = \"W\"\n\
                   [step.check]\ncommand = \"Set-X\"\nexpect = [{ is = true }]\n";

const ESCAPE: char = '\u{1b}';

/// Runs that were rehearsed and sealed nowhere, one of them with a changed record.
fn damaged_and_whole(world: &World) -> [String; 2] {
    let check = ["check", SEVENTEEN, "--trust", REHEARSE];
    world.run(&check, "");
    let damaged = world.run_id();
    let journal = world.run_folder().join("journal.jsonl");
    let changed = fs::read_to_string(&journal).unwrap().replacen("PSVersion", "PSVersiom", 1);
    fs::write(&journal, changed).unwrap();
    world.run(&check, "");
    let runs = fs::read_dir(world.data()).unwrap().map(|run| run.unwrap().file_name());
    let mut others = runs.filter_map(|run| run.into_string().ok()).filter(|run| *run != damaged);
    [damaged.clone(), others.next().unwrap()]
}

on_native!(on_a_terminal_states_are_in_their_colours_as_far_as_it_is_wanted without PowerShell);
fn on_a_terminal_states_are_in_their_colours_as_far_as_it_is_wanted(world: &World) {
    if !Terminal::is_there("on_a_terminal_states_are_in_their_colours_as_far_as_it_is_wanted") {
        return;
    }
    let [damaged, whole] = damaged_and_whole(world);
    let missing = world.written("no-powershell");
    let show = |arguments: &[&str], no_color: &str| {
        let mut environment = world.environment();
        environment.push(("NO_COLOR".to_owned(), no_color.to_owned()));
        // Nobody answers there.
        let line = format!("{} {} < /dev/null", env!("CARGO_BIN_EXE_greenlight"), arguments.join(" "));
        let terminal = Terminal::start((200, 90), "sh", &["-c", &line], &environment);
        terminal.wait_for("exit code");
        terminal.coloured()
    };
    fs::write(world.path("own.toml"), OWN).unwrap();
    let own = world.written("own.toml");
    let (green, red, yellow, cyan) = ("32m", "31m", "33m", "36m");
    for (arguments, marks) in [
        (
            &["check", SEVENTEEN, "--trust", REHEARSE][..],
            &[
                (green, "  1. ", "[ OK ] green"),
                (green, "\n", "[ OK ] green"),
                (yellow, "\n", "[ ?? ] undetermined"),
            ][..],
        ),
        (&["doctor", "--powershell", &missing], &[(red, "\n", "[FAIL]"), (green, "\n", "[ OK ]")]),
        (&["runs"], &[(red, "  ", "damaged"), (cyan, "  ", "unfinished")]),
        (&["verify", &whole], &[(green, "", "")]),
        (&["verify", &damaged], &[(red, "", "greenlight:")]),
        (&["lint", &own], &[(yellow, " ", "^")]),
    ] {
        let shown = show(arguments, "");
        for (colour, before, mark) in marks {
            assert!(shown.contains(&format!("{before}\u{1b}[1m\u{1b}[{colour}{mark}")), "{mark}: {shown:?}");
        }
        assert!(!show(&[arguments, &["--color", "never"]].concat(), "").contains(ESCAPE), "{arguments:?}");
        assert!(!show(arguments, "1").contains(ESCAPE), "{arguments:?}");
    }
}

on_native!(into_a_pipe_goes_colour_only_where_that_is_asked_for_and_never_into_what_programs_read without PowerShell);
fn into_a_pipe_goes_colour_only_where_that_is_asked_for_and_never_into_what_programs_read(world: &World) {
    let [damaged, whole] = damaged_and_whole(world);
    let missing = world.written("no-powershell");
    let printed = |arguments: &[&str]| {
        let mut command = world.greenlight(arguments);
        let output = command.env("NO_COLOR", "").env("COLORTERM", "truecolor").output().unwrap();
        [output.stdout, output.stderr].map(|stream| String::from_utf8(stream).unwrap()).concat()
    };
    let always = ["--color", "always"];
    for arguments in [
        &["check", SEVENTEEN, "--trust", REHEARSE][..],
        &["doctor", "--powershell", &missing],
        &["runs"],
        &["verify", &whole],
        &["verify", &damaged],
    ] {
        assert!(!printed(arguments).contains(ESCAPE), "{arguments:?}");
        let coloured = printed(&[arguments, &always].concat());
        assert!(coloured.contains("\u{1b}[1;3") && coloured.contains("\u{1b}[0m"), "{coloured}");
        let json = world.greenlight(&[arguments, &always, &["--output", "json"]].concat()).output().unwrap();
        assert!(!String::from_utf8(json.stdout).unwrap().contains(ESCAPE), "{arguments:?}");
    }
    for format in crate::harness::formats() {
        assert!(!printed(&[&["export", &whole, "--format", format][..], &always].concat()).contains(ESCAPE));
    }
    printed(&[&["check", SEVENTEEN, "--trust", REHEARSE, "--out", "result"][..], &always].concat());
    let result = fs::read_to_string(world.path("result")).unwrap();
    assert!(result.contains("[ OK ] green") && !result.contains(ESCAPE), "{result}");
}
