//! The table of failing rows, in a terminal: opened, filtered, scrolled both ways and left, from the record and from its file.

use super::*;

/// A check of 12,000 servers of which 2,500 fail: more than a record keeps. The last has a value wider than a screen.
fn servers(world: &World) -> String {
    let row = "[pscustomobject]@{ Fqdn = \"s$_.contoso.com\"; State = $(if ($_ -gt 9500) { if ($_ -eq 12000) { 'bad ' + 'x' * 200 + ' end' } else { 'bad' } } else { 'good' }) }";
    let text = format!(
        "format = 1\nid = \"servers\"\nversion = \"1\"\ntitle = \"Servers\"\n\
         [[step]]\nid = \"replica\"\ntitle = \"Every server has the configuration\"\nwhy = \"w\"\n\
         [step.check]\ncommand = '''\n1..12000 | ForEach-Object {{ {row} }}\n'''\nkey = \"Fqdn\"\n\
         expect = [{{ property = \"State\", is = \"good\" }}]\n"
    );
    std::fs::write(world.path("servers.toml"), text).unwrap();
    world.written("servers.toml")
}

#[test]
fn all_failing_rows_are_come_to_filtered_and_scrolled_and_a_changed_file_is_not_shown() {
    const TEST: &str = "all_failing_rows_are_come_to_filtered_and_scrolled_and_a_changed_file_is_not_shown";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let file = servers(&world);
    let operator = Operator::start(&world, &["run", &file, "--trust"]);
    let terminal = &operator.terminal;
    terminal.wait_for("Start PowerShell and begin");
    terminal.press(&["Enter"]);
    operator.enter_for("Enter  check step by step");
    operator.idle("t failing rows");
    terminal.press(&["t"]);
    let table = terminal.wait_for(" of 2500");
    assert!(table.contains("s9501.contoso.com") && table.contains("2500 of 12000 rows"), "{table}");
    terminal.press(&["End"]);
    let end = terminal.wait_for("s12000.contoso.com");
    assert!(end.contains("to 2500 of 2500") && end.contains("xxx►") && !end.contains("x end"), "{end}");
    terminal.press(&["Right", "Right", "Right"]);
    let right = terminal.wait_for("x end");
    assert!(right.contains("s12000.contoso.com") && right.contains('◄'), "{right}");
    terminal.press(&["Home", "/"]);
    terminal.wait_for("Filter");
    terminal.type_text("S11999.C");
    let one = terminal.wait_for("1 of 2500 have “S11999.C”");
    assert!(one.contains("s11999.contoso.com") && !one.contains("s9501"), "{one}");
    terminal.press(&["Enter"]);
    terminal.wait_for("Esc back");
    terminal.press(&["Escape"]);
    terminal.wait_for("s9501.contoso.com");
    terminal.press(&["Escape"]);
    terminal.wait_for("STEPS");
    terminal.press(&["q"]);
    terminal.wait_for("exit code");

    // Resumed, what was found is still there; what somebody has written into its file is not shown.
    let kept = world.run_folder().join("rows/replica-1.jsonl");
    let rows = std::fs::read_to_string(&kept).unwrap();
    std::fs::write(&kept, rows.replace("s11999", "s11998")).unwrap();
    let operator = Operator::start(&world, &["resume", &world.run_written()]);
    let terminal = &operator.terminal;
    terminal.wait_for("Servers");
    terminal.press(&["Escape"]);
    terminal.wait_for("t failing rows");
    terminal.press(&["t"]);
    let changed = terminal.wait_for("its content has changed");
    assert!(changed.contains("1500 more cannot be shown") && changed.contains("of 1000"), "{changed}");
    terminal.press(&["Escape"]);
    terminal.wait_for("STEPS");
    std::fs::remove_file(&kept).unwrap();
    terminal.press(&["t"]);
    let missing = terminal.wait_for("it cannot be read");
    assert!(missing.contains("1500 more cannot be shown") && missing.contains("s9501"), "{missing}");
}
