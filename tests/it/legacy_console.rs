//! greenlight in a Windows console that takes no escape sequences, as every console before Windows 10: what stands on the
//! screen, cell by cell, what is left when it ends, and how it ends when the console tells it to.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::going;
use crate::harness::procedure::{REHEARSE, SEVENTEEN, TENANT};
use crate::harness::windows_console::{Window, Windows, path, powershell};
use crate::harness::world::wait_until;

/// One operator's folder, and what their console is told.
struct Console {
    windows: Windows,
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Console {
    fn new(test: &str) -> Option<Self> {
        let desk =
            Self { windows: Windows::new(test)?, folder: TempDir::new().unwrap(), environment: Vec::new() };
        let data = path(&desk.data());
        Some(
            desk.with("GREENLIGHT_CONSOLE", "legacy")
                .with("GREENLIGHT_LANG", "en")
                .with("GREENLIGHT_DATA_DIR", &data),
        )
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A window in which somebody has worked before.
    fn window(&self, size: (u16, u16), lines: u16) -> (Window, Before) {
        let window = Window::open(&self.windows, size, lines, &self.environment);
        for number in 1..=lines.min(50) - 10 {
            window.write(&format!("earlier line {number}"));
        }
        window.write(r"C:\>greenlight");
        let before = Before { scrollback: window.scrollback(), state: window.state() };
        (window, before)
    }
}

/// How the console was before greenlight was started in it.
struct Before {
    scrollback: Vec<String>,
    state: Value,
}

impl Before {
    /// Nothing that was there is gone or changed, and nothing follows it but lines.
    fn assert_restored(&self, window: &Window) {
        let after = window.scrollback();
        let (there, lines) = after.split_at(self.scrollback.len());
        assert_eq!(there, self.scrollback);
        assert!(lines[0].starts_with("run folder: "), "{lines:#?}");
        assert!(lines.iter().all(|line| !line.contains(['│', '─'])), "{lines:#?}");
        let state = window.state();
        for same in ["input-mode", "output-mode", "attributes", "buffer", "cursor-visible", "cursor-size"] {
            assert_eq!(state[same], self.state[same], "{same}");
        }
    }
}

/// What every screen of the rehearsal has, whatever else it shows: nothing is scrolled away, and nothing stands twice.
fn assert_whole(window: &Window, rows: &[String], size: (u16, u16)) {
    let screen = rows.join("\n");
    let beginning = |with: &str| rows.iter().filter(|row| row.starts_with(with)).count();
    assert_eq!(rows.len(), usize::from(size.1), "{screen}");
    assert!(rows[0].starts_with(" REHEARSAL \"default.toml\""), "{screen}");
    // Whose it is stands before what it is.
    assert!(rows[1].contains(" · Before migrating"), "{screen}");
    assert_eq!(screen.matches(" · Before migrating").count(), 1, "it stands once in\n{screen}");
    assert_eq!(rows[2], "─".repeat(usize::from(size.0)), "{screen}");
    for once in [" REHEARSAL", "──"] {
        assert_eq!(beginning(once), 1, "{once:?} stands once in\n{screen}");
    }
    assert!(beginning(">") <= 1 && beginning("  > ") <= 1, "one marker in\n{screen}");
    // A dialog names its keys itself, and what opens by itself only when it takes them.
    let last = &rows[rows.len() - 1];
    assert!(last.contains("help") || last.is_empty() || screen.contains('┌'), "{screen}");
    let state = window.state();
    assert_eq!(state["window"], json!([0, 0, size.0, size.1]));
    assert_eq!(state["buffer"], json!([size.0, size.1]), "there is nothing to scroll to");
}

/// The rehearsal of the seventeen steps, with more flags.
fn rehearse_in(window: &Window, more: &[&str]) {
    let scenario = REHEARSE.trim_start_matches("--rehearse=");
    let files = [SEVENTEEN, scenario].map(|file| path(Path::new(file)));
    let arguments = ["run", &files[0], "--trust", "--rehearse", &files[1]];
    window.run(&[&arguments[..], more].concat());
}

/// An operator at a rehearsal.
struct Operator<'a> {
    window: &'a Window,
    size: (u16, u16),
}

impl Operator<'_> {
    /// Does something, and waits for the next whole screen.
    fn then(&self, action: impl FnOnce(&Window)) -> String {
        let before = self.window.screen();
        action(self.window);
        self.after(&before)
    }

    /// The next whole screen that is not this one.
    fn after(&self, before: &str) -> String {
        let rows = self.window.wait_until("another screen", |screen| screen != before);
        assert_whole(self.window, &rows, self.size);
        rows.join("\n")
    }

    fn press(&self, key: &str) -> String {
        self.then(|window| window.press(&[key]))
    }

    fn type_and_enter(&self, text: &str) -> String {
        self.then(|window| window.type_text(text));
        self.press("Enter")
    }

    /// The inputs, and PowerShell.
    fn begin(&self) {
        rehearse_in(self.window, &[]);
        self.window.wait_for("  > [");
        self.press("Tab");
        self.press("BackTab");
        for input in ["contoso.com", "pool01.contoso.com", "ada@contoso.com, bob@contoso.com"] {
            self.type_and_enter(input);
        }
        self.press("Enter");
        assert!(self.press("Enter").contains("[STEPS]"));
    }

    /// Does the next sensible thing until every step is green.
    fn work(&self) {
        loop {
            let screen = self.window.screen();
            let is_busy = ["checking ·", "applying ·"].iter().any(|busy| screen.contains(busy));
            if screen.contains(" green · gate open") && !is_busy {
                return;
            } else if screen.contains("I state this") {
                self.then(|window| window.type_text("Ada Lovelace"));
                self.press("Tab");
                self.type_and_enter("signed in from inside and outside");
                self.press("Enter");
            } else if screen.contains("PgDn read on") {
                self.press("PageDown");
            } else if screen.contains("credential request") && screen.contains("Esc cancel") {
                self.then(|window| window.type_text("admin@contoso.onmicrosoft.com"));
                self.press("Tab");
                assert!(!self.type_and_enter("rehearsal-password").contains("rehearsal-password"));
                self.press("Enter");
            } else if screen.contains("Type Contoso") {
                self.type_and_enter(TENANT);
            } else if screen.contains("  Enter  ") && !is_busy {
                self.press("Enter");
            } else {
                self.after(&screen);
            }
        }
    }

    /// The gate, the re-check of every step, the typed word, the seal.
    fn hand_off(&self) {
        let screen = self.press("g");
        assert!(screen.contains("UNLOCKED, press Enter"), "{screen}");
        self.press("Enter");
        // Its keys are shown when it takes them; so it is with the seal.
        let rows = self.window.wait_for("Enter confirm");
        assert_whole(self.window, &rows, self.size);
        assert!(rows.join("\n").contains("Type Contoso"), "{rows:#?}");
        self.type_and_enter(TENANT);
        self.window.wait_for("Handed off and sealed");
        let rows = self.window.wait_for("q quit");
        assert_whole(self.window, &rows, self.size);
    }
}

fn rehearse(test: &str, size: (u16, u16), lines: u16) {
    let Some(desk) = Console::new(test) else { return };
    let (window, before) = desk.window(size, lines);
    let operator = Operator { window: &window, size };
    operator.begin();
    operator.work();
    operator.hand_off();
    assert_eq!(window.scrollback(), before.scrollback, "nothing is drawn over what was there");
    window.press(&["q"]);
    assert_eq!(window.exit_code(), 0);
    before.assert_restored(&window);
}

#[test]
fn every_row_is_seen_from_the_first_screen_to_the_seal_at_80x25() {
    rehearse("every_row_is_seen_from_the_first_screen_to_the_seal_at_80x25", (80, 25), 300);
}

#[test]
fn every_row_is_seen_from_the_first_screen_to_the_seal_at_120x40() {
    rehearse("every_row_is_seen_from_the_first_screen_to_the_seal_at_120x40", (120, 40), 300);
}

#[test]
fn every_row_is_seen_where_the_buffer_is_no_larger_than_the_window() {
    rehearse("every_row_is_seen_where_the_buffer_is_no_larger_than_the_window", (80, 25), 25);
}

#[test]
fn a_rehearsal_in_a_console_window_that_goes_on_by_itself_takes_eight_keys_beside_what_is_typed() {
    const TEST: &str =
        "a_rehearsal_in_a_console_window_that_goes_on_by_itself_takes_eight_keys_beside_what_is_typed";
    let Some(desk) = Console::new(TEST) else { return };
    let (window, before) = desk.window((80, 24), 300);
    rehearse_in(&window, &[]);
    assert_eq!(going::to_the_seal(&window), 8);
    window.press(&["q"]);
    assert_eq!(window.exit_code(), 0);
    before.assert_restored(&window);
}

#[test]
fn on_the_first_screen_the_built_in_checklist_is_chosen_and_rehearsed() {
    let Some(desk) = Console::new("on_the_first_screen_the_built_in_checklist_is_chosen_and_rehearsed")
    else {
        return;
    };
    let (window, before) = desk.window((80, 25), 300);
    window.run(&[]);
    let rows = window.wait_for("REHEARSE: NOTHING IS CHANGED");
    assert!(rows[0].starts_with(" greenlight   prerequisites"), "{rows:#?}");
    assert!(rows[rows.len() - 1].contains("? help   q quit"), "{rows:#?}");
    assert_eq!(window.state()["cursor-visible"], json!(false));
    window.press(&["Down", "Enter"]);
    window.wait_for("  > [");
    window.press(&["Ctrl+C"]);
    window.exit_code();
    assert_eq!(window.scrollback()[..before.scrollback.len()], before.scrollback);
}

/// Foreground and background changed round.
const fn reversed(attributes: u64) -> u64 {
    attributes >> 4 & 0xF | (attributes & 0xF) << 4
}

#[test]
fn without_colours_cursor_button_strip_and_selected_row_are_seen() {
    let Some(desk) = Console::new("without_colours_cursor_button_strip_and_selected_row_are_seen") else {
        return;
    };
    let no_color = Console::new("").unwrap().with("NO_COLOR", "1");
    for (desk, more) in [(desk, &["--color", "never"][..]), (no_color, &[])] {
        let (window, before) = desk.window((80, 25), 300);
        let plain = before.state["attributes"].as_u64().unwrap();
        let marked = reversed(plain);
        rehearse_in(&window, more);
        window.wait_for("  > [");
        let cells = window.attributes();
        assert!(
            cells.iter().flatten().all(|cell| [plain, marked].contains(cell)),
            "no colours but the operator's"
        );
        assert!(cells[0].iter().all(|cell| *cell == marked), "the strip");
        assert!(cells[1].iter().all(|cell| *cell == plain), "the title");
        let state = window.state();
        let at = |axis: usize| usize::try_from(state["cursor"][axis].as_u64().unwrap()).unwrap();
        let (column, row) = (at(0), at(1));
        assert_eq!(cells[row][column - 1..=column + 1], [plain, marked, plain], "the cursor");
        assert_eq!(state["cursor-visible"], json!(true));
        for input in ["contoso.com", "pool01.contoso.com", "ada@contoso.com", ""] {
            window.type_text(input);
            window.press(&["Enter"]);
        }
        let rows = window.wait_for("> [ Start PowerShell and begin ]");
        let row = rows.iter().position(|row| row.contains("> [ Start")).unwrap();
        let (from, length) = (rows[row].find('[').unwrap(), "[ Start PowerShell and begin ]".len());
        let cells = window.attributes();
        assert!(cells[row][from..from + length].iter().all(|cell| *cell == marked), "the button");
        assert_eq!(cells[row][from + length], plain);
        window.press(&["Enter"]);
        let rows = window.wait_for("Enter  check step by step");
        let row = rows.iter().position(|row| row.starts_with('>')).unwrap();
        let list = rows[row].chars().position(|c| c == '│').unwrap();
        let cells = window.attributes();
        assert!(cells[row][..list - 1].iter().all(|cell| *cell == marked), "the selected row");
        assert!(cells[row + 2][..list].iter().all(|cell| *cell == plain), "another row");
        assert_eq!(window.state()["cursor-visible"], json!(false));
    }
}

#[test]
fn variables_of_another_terminal_change_nothing() {
    let Some(plain) = Console::new("variables_of_another_terminal_change_nothing") else { return };
    let told = Console::new("")
        .unwrap()
        .with("TERM", "xterm")
        .with("COLORTERM", "truecolor")
        .with("WT_SESSION", "1");
    let [(rows, cells), (told_rows, told_cells)] = [&plain, &told].map(|desk| {
        let (window, _) = desk.window((80, 25), 300);
        rehearse_in(&window, &[]);
        let mut rows = window.wait_for("  > [");
        rows.retain(|row| !row.contains("Folder"));
        (rows, window.attributes())
    });
    assert_eq!(rows, told_rows);
    assert_eq!(cells, told_cells);
    let (window, _) = told.window((80, 25), 300);
    window.run(&["doctor"]);
    window.exit_code();
    assert!(window.screen().contains("console without escape sequences, 80x25"), "{}", window.screen());
}

#[test]
fn a_window_of_another_size_is_drawn_anew() {
    let Some(desk) = Console::new("a_window_of_another_size_is_drawn_anew") else { return };
    let (window, before) = desk.window((120, 40), 300);
    rehearse_in(&window, &[]);
    window.wait_for("  > [");
    window.resize(50, 15);
    window.press(&["Tab"]);
    let rows = window.wait_for("60x20");
    assert!(rows[0].starts_with("REHEARSAL"), "{rows:#?}");
    window.resize(90, 30);
    window.press(&["Tab"]);
    let rows = window.wait_until("all of it", |screen| screen.contains("  > [") && !screen.contains("60x20"));
    assert_eq!(rows[2], "─".repeat(90));
    assert!(rows[29].contains("F1 help"), "{rows:#?}");
    window.press(&["Ctrl+C"]);
    window.exit_code();
    assert_eq!(window.scrollback()[..before.scrollback.len()], before.scrollback);
}

/// A run whose first step does not come to its end, on the PowerShell of this Windows.
struct Slow {
    desk: Console,
    window: Window,
    greenlight: u32,
    powershell: u32,
}

impl Slow {
    fn begin(test: &str) -> Option<Self> {
        let (desk, engine) = (Console::new(test)?, powershell(test)?);
        let desk = desk.with("GREENLIGHT_POWERSHELL", &engine).with("PSExecutionPolicyPreference", "Bypass");
        let checklist = desk.folder.path().join("slow.toml");
        let step = "why = \"x\"\n[step.check]\ncommand = \"'it has ' + 'begun'; Start-Sleep 900\"\nexpect = [{ rows = \"any\" }]\n";
        let head = "format = 1\nid = \"slow\"\nversion = \"1\"\ntitle = \"Slow\"\n[[step]]\nid = \"slow\"\ntitle = \"Slow\"\n";
        fs::write(&checklist, format!("{head}{step}")).unwrap();
        let (window, _) = desk.window((80, 25), 300);
        let greenlight = window.run(&[&path(&checklist), "--trust"]);
        window.wait_for("Start PowerShell and begin");
        window.press(&["Enter"]);
        window.wait_for("Enter  check step by step");
        window.press(&["Enter"]);
        window.wait_for("it has begun");
        let below = window.below(greenlight);
        let (powershell, _) = below.iter().find(|(_, name)| name == "pwsh.exe").unwrap();
        Some(Self { greenlight, powershell: *powershell, desk, window })
    }

    fn run(&self) -> String {
        let mut runs = fs::read_dir(self.desk.data()).unwrap().map(|run| run.unwrap().file_name());
        runs.next().unwrap().into_string().unwrap()
    }

    /// Neither process is there, the journal is whole, and the run goes on where it was.
    fn assert_kept(self, window: &Window) {
        wait_until("the end of both", || {
            ![self.greenlight, self.powershell].iter().any(|process| window.is_alive(*process))
        });
        let run = self.run();
        let desk = self.desk;
        let mut verify = desk.windows.greenlight(&["verify", &run]);
        let output =
            verify.envs(desk.environment.iter().map(|(name, value)| (name, value))).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let (window, _) = desk.window((80, 25), 300);
        window.run(&["resume", &run]);
        window.wait_for("Start PowerShell and begin");
        window.press(&["Enter"]);
        let rows = window.wait_for("[STEPS]");
        assert!(rows.iter().any(|row| row.trim_start().starts_with("interrupted")), "{rows:#?}");
        assert!(rows[0].contains("0 of 1 green"), "{rows:#?}");
    }
}

/// What other programs, the system and the window's owner send; the keyboard's Ctrl+C is a key.
#[test]
fn greenlight_that_is_told_to_end_ends_with_its_powershell_and_keeps_the_run() {
    for event in ["ctrl-c", "break", "logoff", "close"] {
        let test = "greenlight_that_is_told_to_end_ends_with_its_powershell_and_keeps_the_run";
        let Some(slow) = Slow::begin(test) else { return };
        slow.window.tell(slow.greenlight, event);
        let other = Window::open(&slow.desk.windows, (80, 25), 25, &[]);
        slow.assert_kept(&other);
    }
}

#[test]
fn a_powershell_that_is_told_to_end_leaves_its_step_interrupted_and_greenlight_there() {
    for event in ["ctrl-c", "break"] {
        let test = "a_powershell_that_is_told_to_end_leaves_its_step_interrupted_and_greenlight_there";
        let Some(slow) = Slow::begin(test) else { return };
        slow.window.tell(slow.powershell, event);
        let rows = slow.window.wait_for("PowerShell is gone");
        assert!(
            rows.iter().any(|row| row.contains("! interrupted · PowerShell ended while the command")),
            "{rows:#?}"
        );
        assert!(rows[0].contains("0 of 1 green"), "{rows:#?}");
        slow.window.press(&["R"]);
        slow.window.wait_for("Enter  check whether it holds");
        assert!(slow.window.is_alive(slow.greenlight));
    }
}

#[test]
fn a_window_that_is_closed_in_the_middle_of_a_step_leaves_nothing_running_and_the_run_whole() {
    let test = "a_window_that_is_closed_in_the_middle_of_a_step_leaves_nothing_running_and_the_run_whole";
    let Some(slow) = Slow::begin(test) else { return };
    let other = Window::open(&slow.desk.windows, (80, 25), 25, &[]);
    slow.window.close();
    slow.assert_kept(&other);
}
