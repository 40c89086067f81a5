//! Every step owns its output: what its commands printed is read from their transcripts.

use std::fs;

use greenlight::facade::checklist::StepId;
use greenlight::facade::journal::{Folder, Transcript};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Command, Confirmed, FileDigest, Mode, OutcomeEnd};
use greenlight::facade::shell::{Line, Stream};
use greenlight::facade::tui::{Follow, Ui};
use greenlight::facade::wizard::OutputBuffer;
use tempfile::TempDir;

use super::fixture::{Bench, drawn, press, type_in};

const SIZE: (u16, u16) = (120, 40);
const FIRST: &str = "powershell-is-fit";

/// A run whose transcripts are in a folder of its own.
fn bench() -> (Bench, TempDir) {
    let folder = TempDir::new().unwrap();
    let mut bench = Bench::begun(Mode::Live);
    folder.path().clone_into(&mut bench.folder);
    (bench, folder)
}

fn see(bench: &Bench, ui: &mut Ui) -> String {
    drawn(bench, ui, SIZE.0, SIZE.1).to_string()
}

/// The screens with the first step selected.
fn at_first(bench: &Bench) -> Ui {
    let mut ui = bench.ui(SIZE.0, SIZE.1);
    see(bench, &mut ui);
    press(&mut ui, bench, "k k k k");
    see(bench, &mut ui);
    ui
}

/// The screen after keys that each saw the frame before it.
fn after(bench: &Bench, ui: &mut Ui, keys: &str) -> String {
    let mut seen = String::new();
    for name in keys.split(' ') {
        assert!(press(ui, bench, name).is_empty(), "{name}");
        seen = see(bench, ui);
    }
    seen
}

/// Of the command that runs.
fn transcript(bench: &Bench, step: &str) -> Transcript {
    let folder = Folder::at(&bench.folder);
    Transcript::create(&folder, &StepId::from(step), bench.attempt().unwrap()).unwrap()
}

/// The command that runs prints these lines.
fn print(bench: &mut Bench, into: &mut Transcript, lines: impl Iterator<Item = (Stream, String)>) {
    for (stream, text) in lines {
        let line = Line { stream, text };
        into.push(1, &line).unwrap();
        bench.live.push(line, bench.now);
    }
    into.flush().unwrap();
}

/// Checks a step, which prints these lines.
fn check(bench: &mut Bench, step: &str, lines: impl Iterator<Item = (Stream, String)>) -> FileDigest {
    bench.command(Command::Check(step.into()));
    let mut transcript = transcript(bench, step);
    print(bench, &mut transcript, lines);
    let digest = transcript.finish().unwrap();
    bench.transcript = Some(digest.clone());
    bench.end_as_it_holds(step);
    digest
}

fn lines(count: u64) -> impl Iterator<Item = (Stream, String)> {
    (0..count).map(|line| {
        let stream = if line % 1_000 == 60 { Stream::Error } else { Stream::Output };
        (stream, format!("line {line} of pool{}", line / 100))
    })
}

fn one(text: &str) -> impl Iterator<Item = (Stream, String)> {
    std::iter::once((Stream::Output, text.to_owned()))
}

#[test]
fn a_step_shows_its_own_output_whatever_ran_since_and_its_attempts_are_walked() {
    let (mut bench, _folder) = bench();
    let mut ui = bench.ui(SIZE.0, SIZE.1);
    for number in 1..=3 {
        check(&mut bench, FIRST, one(&format!("said {number}")));
    }
    check(&mut bench, "credential", one("of another"));
    assert!(after(&bench, &mut ui, "j j").contains("of another"));
    let own = after(&bench, &mut ui, "k k");
    assert!(own.contains("said 3") && !own.contains("of another"), "{own}");
    assert!(own.contains("OUTPUT    check · attempt 3 of 3 · 10:14:07"), "{own}");
    let older = after(&bench, &mut ui, "[");
    assert!(older.contains("said 2") && older.contains("attempt 2 of 3 · 10:14:06"), "{older}");
    let oldest = after(&bench, &mut ui, "[ [ [");
    assert!(oldest.contains("said 1") && oldest.contains("attempt 1 of 3 · 10:14:05"), "{oldest}");
    assert!(after(&bench, &mut ui, "]").contains("said 2"));
    assert!(after(&bench, &mut ui, "] ]").contains("said 3"));
    // The older one is of this visit.
    after(&bench, &mut ui, "[ [ j k");
    assert!(see(&bench, &mut ui).contains("said 3"));
    // A step that has run nothing says so.
    assert!(after(&bench, &mut ui, "j").contains("OUTPUT    this step has run nothing yet"));
}

#[test]
fn what_an_earlier_process_ran_is_read_and_so_is_a_sealed_run() {
    let (mut bench, _folder) = bench();
    check(&mut bench, FIRST, one("before it was resumed"));
    bench.live = OutputBuffer::default();
    let mut ui = at_first(&bench);
    let own = after(&bench, &mut ui, "home");
    assert!(own.contains("before it was resumed"), "{own}");
    bench.all_green();
    bench.sealed();
    let mut ui = bench.ui(SIZE.0, SIZE.1);
    assert!(see(&bench, &mut ui).contains("s look at the steps"));
    let steps = after(&bench, &mut ui, "s k k k k k [ [");
    assert!(steps.contains("before it was resumed") && steps.contains("attempt 1 of 3"), "{steps}");
    // Nothing is done there, and no key that would do something is offered.
    for gone in ["c check", "a apply", "A check all", "Enter  "] {
        assert!(!steps.contains(gone), "{gone}: {steps}");
    }
    for key in ["c", "a", "A", "enter", "i", "R"] {
        assert!(press(&mut ui, &bench, key).is_empty(), "{key}");
        assert!(ui.notice().is_some_and(|why| why.contains("only looked at")), "{key}: {:?}", ui.notice());
    }
    assert!(after(&bench, &mut ui, "esc").contains("start-migration.ps1"));
}

#[test]
fn all_of_the_output_is_written_into_a_file_that_is_not_there_yet() {
    let (mut bench, folder) = bench();
    check(&mut bench, FIRST, lines(20_000));
    let elsewhere = TempDir::new().unwrap();
    let mut ui = at_first(&bench);
    let name = |ui: &mut Ui, bench: &Bench, path: &std::path::Path| {
        press(ui, bench, "W");
        let asked = see(bench, ui);
        assert!(
            asked.contains("Write all of it into:") && asked.contains("powershell-is-fit-1.txt"),
            "{asked}"
        );
        press(ui, bench, "ctrl-u enter");
        assert_eq!(ui.notice(), Some("a value is needed"), "and it is asked for again");
        type_in(ui, bench, path.to_str().unwrap());
        press(ui, bench, "enter");
        see(bench, ui)
    };
    let path = elsewhere.path().join("all.txt");
    let done = name(&mut ui, &bench, &path);
    assert!(done.contains("20000 lines written into") && done.contains("all.txt"), "{done}");
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written.lines().count(), 20_000);
    assert!(written.starts_with("line 0 of pool0\n") && written.ends_with("line 19999 of pool199\n"));
    // Nothing is overwritten, and nothing is put into the folder of a run.
    let again = name(&mut ui, &bench, &path);
    assert!(again.contains("is there already, and nothing is overwritten"), "{again}");
    press(&mut ui, &bench, "esc");
    fs::write(folder.path().join("journal.jsonl"), "").unwrap();
    let inside = name(&mut ui, &bench, &folder.path().join("transcript").join("mine.txt"));
    assert!(inside.contains("is in the folder of a run"), "{inside}");
    press(&mut ui, &bench, "esc");
    let nowhere = name(&mut ui, &bench, &elsewhere.path().join("no").join("mine.txt"));
    assert!(nowhere.contains("could not be written"), "{nowhere}");
    press(&mut ui, &bench, "esc");
    // What is shown: of one stream.
    after(&bench, &mut ui, "s");
    let path = elsewhere.path().join("errors.txt");
    assert!(name(&mut ui, &bench, &path).contains("20 lines written"));
    assert_eq!(fs::read_to_string(&path).unwrap().lines().nth(1), Some("line 1060 of pool10"));
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 2, "nothing half-written is left");
}

#[test]
fn while_another_step_runs_the_selected_one_shows_its_own_and_says_what_runs() {
    let (mut bench, _folder) = bench();
    check(&mut bench, FIRST, one("its own"));
    let mut ui = at_first(&bench);
    bench.command(Command::Check("credential".into()));
    bench.say(Stream::Output, "at work");
    assert!(see(&bench, &mut ui).contains("at work"));
    let own = after(&bench, &mut ui, "k k");
    assert!(own.contains("its own") && !own.contains("at work"), "{own}");
    assert!(own.contains("check · 10:14:05 · running: A credential of the tenant is at…"), "{own}");
    let runs = after(&bench, &mut ui, "j j");
    assert!(runs.contains("at work") && !runs.contains("running: "), "{runs}");
}

#[test]
fn all_of_a_long_output_is_read_searched_both_ways_and_filtered() {
    let (mut bench, _folder) = bench();
    check(&mut bench, FIRST, lines(20_000));
    let mut ui = at_first(&bench);
    assert!(see(&bench, &mut ui).contains("line 19999 of pool199"));
    assert!(after(&bench, &mut ui, "home").contains("line 0 of pool0"));
    let on = after(&bench, &mut ui, "pgdn pgdn");
    assert!(on.contains("line 30 of pool0") && !on.contains("line 9 of pool0"), "{on}");
    assert!(after(&bench, &mut ui, "end pgup").contains("line 19980 of"));
    after(&bench, &mut ui, "home /");
    type_in(&mut ui, &bench, "60 OF Pool1");
    // 160, 1060, 1160, 1260 … 1960, and so from 10060 on.
    let first = after(&bench, &mut ui, "enter");
    assert!(first.contains("found 1 of 111") && first.contains(">   line 160 of pool1"), "{first}");
    let second = after(&bench, &mut ui, "n");
    assert!(second.contains("found 2 of 111") && second.contains("line 1060 of pool10"), "{second}");
    let last = after(&bench, &mut ui, "N N");
    assert!(last.contains("found 111 of 111") && last.contains("line 19960 of pool199"), "{last}");
    assert!(after(&bench, &mut ui, "n").contains("found 1 of 111"));
    after(&bench, &mut ui, "/");
    type_in(&mut ui, &bench, "nowhere");
    after(&bench, &mut ui, "enter");
    assert!(ui.notice().is_some_and(|why| why.contains("“nowhere”")), "{:?}", ui.notice());
    // One stream; the end of what is shown is followed.
    let errors = after(&bench, &mut ui, "end s");
    assert!(errors.contains("only error") && errors.contains("line 19060 "), "{errors}");
    assert!(!errors.contains("line 19061 "), "{errors}");
    assert!(after(&bench, &mut ui, "home").contains("line 60 of"));
    after(&bench, &mut ui, "/");
    type_in(&mut ui, &bench, "line 1");
    assert!(after(&bench, &mut ui, "enter").contains("found 1 of 11"));
    // No warning is there: the next stream is the output.
    assert!(after(&bench, &mut ui, "s").contains("only out "));
    let all = after(&bench, &mut ui, "s end");
    assert!(!all.contains("· only ") && all.contains("line 19999 "), "{all}");
    assert_eq!(ui.output_view().follow(), Follow::End);
}

#[test]
fn a_search_is_stopped_before_it_has_found_anything() {
    let (mut bench, _folder) = bench();
    check(&mut bench, FIRST, lines(20_000));
    let mut ui = at_first(&bench);
    press(&mut ui, &bench, "/");
    type_in(&mut ui, &bench, "nowhere");
    assert!(press(&mut ui, &bench, "enter").is_empty());
    assert!(ui.has_work());
    ui.work(&bench.view());
    assert!(ui.has_work(), "it is done a part at a time");
    assert!(press(&mut ui, &bench, "esc").is_empty());
    assert!(!ui.has_work());
    assert_eq!(ui.notice(), None);
}

#[test]
fn what_is_not_what_was_recorded_is_said_and_not_shown() {
    for change in ["content", "length", "gone"] {
        let (mut bench, _folder) = bench();
        let digest = check(&mut bench, FIRST, one("as it was said"));
        bench.live = OutputBuffer::default();
        let path = bench.folder.join(&digest.file);
        let mut bytes = fs::read(&path).unwrap();
        match change {
            "content" => *bytes.iter_mut().rev().nth(5).unwrap() ^= 1,
            "length" => bytes.push(b'\n'),
            _ => {}
        }
        fs::write(&path, bytes).unwrap();
        if change == "gone" {
            fs::remove_file(&path).unwrap();
        }
        let mut ui = at_first(&bench);
        let seen = see(&bench, &mut ui);
        assert!(seen.contains("Not shown, for it is not what was recorded"), "{change}: {seen}");
        assert!(!seen.contains("as it was sai"), "{change}: {seen}");
        assert!(seen.contains("check · 10:14:05"), "{change}: {seen}");
    }
}

#[test]
fn a_line_that_is_wider_than_the_pane_is_scrolled_sideways_where_it_is_cut() {
    let (mut bench, _folder) = bench();
    check(&mut bench, FIRST, one(&format!("BEGIN{}END", "-".repeat(150))));
    let mut ui = at_first(&bench);
    let wrapped = see(&bench, &mut ui);
    assert!(wrapped.contains("BEGIN") && wrapped.contains("END"), "{wrapped}");
    let cut = after(&bench, &mut ui, "tab tab w");
    assert!(cut.contains("BEGIN") && cut.contains('►') && !cut.contains("END"), "{cut}");
    let end = after(&bench, &mut ui, "right right right");
    assert!(!end.contains("BEGIN") && end.contains('◄') && end.contains("END"), "{end}");
    let begin = after(&bench, &mut ui, "left left left");
    assert_eq!(begin.matches("BEGIN").count(), 1, "{begin}");
    assert!(begin.contains("[OUTPUT]"), "{begin}");
    // Where there is no way to go the pane is left.
    assert!(!after(&bench, &mut ui, "left").contains("[OUTPUT]"));
}

#[test]
fn of_a_command_that_goes_on_all_that_it_printed_is_read_searched_and_filtered() {
    let (mut bench, _folder) = bench();
    let mut ui = at_first(&bench);
    bench.command(Command::Check(FIRST.into()));
    let mut file = transcript(&bench, FIRST);
    print(&mut bench, &mut file, lines(20_000));
    assert!(see(&bench, &mut ui).contains("line 19999 of pool199"));
    assert!(after(&bench, &mut ui, "home").contains("line 0 of pool0"));
    after(&bench, &mut ui, "/");
    type_in(&mut ui, &bench, "line 160 of");
    let found = after(&bench, &mut ui, "enter");
    assert!(found.contains("found 1 of 1") && found.contains(">   line 160 of pool1"), "{found}");
    // It stands while more comes, in which it is searched on.
    print(&mut bench, &mut file, one("line 160 of another"));
    let stands = see(&bench, &mut ui);
    assert!(stands.contains("found 1 of 2") && stands.contains(">   line 160 of pool1"), "{stands}");
    assert!(after(&bench, &mut ui, "n").contains(">   line 160 of another"));
    assert!(after(&bench, &mut ui, "n").contains("found 1 of 2"));
    // One stream, of all of it, and what comes of it.
    let errors = after(&bench, &mut ui, "home s");
    assert!(errors.contains("only error") && errors.contains("line 60 of pool0"), "{errors}");
    print(&mut bench, &mut file, std::iter::once((Stream::Error, "too late".to_owned())));
    assert!(after(&bench, &mut ui, "end").contains("too late"));
    // All of it again; the end is followed, and left page by page beyond what is in memory.
    after(&bench, &mut ui, "s s end");
    print(&mut bench, &mut file, one("the last"));
    assert!(see(&bench, &mut ui).contains("the last"));
    let back = after(&bench, &mut ui, "pgup");
    assert!(!back.contains("the last") && back.contains("line 1998"), "{back}");
    after(&bench, &mut ui, "home");
    // What is looked at stays when it ends.
    bench.transcript = Some(file.finish().unwrap());
    bench.end(OutcomeEnd::Completed, &[("PSVersion", Value::Version(vec![2, 0]))], Vec::new());
    let ended = see(&bench, &mut ui);
    assert!(ended.contains("line 0 of pool0") && ended.contains("scrolled back"), "{ended}");
    assert!(after(&bench, &mut ui, "end").contains("the last"));
}

#[test]
fn whoever_looks_reads_what_a_command_that_goes_on_elsewhere_printed() {
    let (mut bench, _folder) = bench();
    bench.command(Command::Check(FIRST.into()));
    let mut file = transcript(&bench, FIRST);
    print(&mut bench, &mut file, one("said elsewhere"));
    bench.live = OutputBuffer::default();
    bench.looking = Some("looked at".into());
    let mut ui = at_first(&bench);
    assert!(see(&bench, &mut ui).contains("said elsewhere"));
    print(&mut bench, &mut file, one("and more"));
    bench.live = OutputBuffer::default();
    assert!(see(&bench, &mut ui).contains("and more"));
}

#[test]
fn where_an_apply_is_followed_by_a_long_check_that_is_read_from_its_first_line() {
    let (mut bench, _folder) = bench();
    bench.until_session();
    let mut ui = at_first(&bench);
    bench.command(Command::Apply { step: "online-session".into(), confirmed: Confirmed::NotAsked });
    see(&bench, &mut ui);
    bench.say(Stream::Output, "the apply");
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    let mut file = transcript(&bench, "online-session");
    print(&mut bench, &mut file, lines(10));
    let both = after(&bench, &mut ui, "home");
    assert!(both.contains("the apply"), "{both}");
    print(&mut bench, &mut file, lines(5_000));
    let first = after(&bench, &mut ui, "home");
    assert!(first.contains("line 0 of pool0") && !first.contains("the apply"), "{first}");
}
