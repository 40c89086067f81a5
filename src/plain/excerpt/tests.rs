use super::{Excerpts, Ink, width};

/// What is drawn of the first place of `place` in `file`.
fn drawn(file: &str, place: &str, columns: usize) -> String {
    let text = file.trim_start_matches('\u{feff}');
    let at = text.find(place).unwrap();
    Excerpts::of(file.as_bytes(), columns, Ink::default()).draw(&(at..at + place.len())).0
}

#[test]
fn the_place_is_underlined_column_by_column() {
    assert_eq!(drawn("a = 1\nneds = []\n", "neds", 80), "    2 | neds = []\n      | ^^^^\n");
    assert_eq!(drawn("t = \"日本\" x", "x", 80), "    1 | t = \"日本\" x\n      |            ^\n");
    assert_eq!(drawn("t = \"日本\" x", "日本", 80), "    1 | t = \"日本\" x\n      |      ^^^^\n");
    assert_eq!(drawn("\u{feff}a\r\n\tb = 1\r\n", "b", 80), "    2 |     b = 1\n      |     ^\n");
    // A place of several lines is shown by its first.
    assert_eq!(drawn("c = '''\nGet-X\n'''", "'''\nGet-X", 80), "    1 | c = '''\n      |     ^^^\n");
}

#[test]
fn the_end_of_the_text_is_a_place_too() {
    let file = b"a = \"\"\"\nnever ends\n";
    let draw = |at: usize| Excerpts::of(file, 80, Ink::default()).draw(&(at..at)).0;
    assert_eq!(draw(file.len()), "    3 |\n      | ^\n");
    assert_eq!(draw(18), "    2 | never ends\n      |           ^\n");
    assert_eq!(Excerpts::of(b"", 80, Ink::default()).draw(&(0..9)).0, "    1 |\n      | ^\n");
}

#[test]
fn what_acts_is_written_out_and_still_underlined() {
    assert_eq!(
        drawn("a\u{1b}[2J \u{202e}b = 1", "b", 80),
        "    1 | a\\u{1b}[2J \\u{202e}b = 1\n      |                    ^\n"
    );
    let excerpts = Excerpts::of(b"a = \"\xff\"", 80, ["<", ">"]);
    assert_eq!(excerpts.draw(&(5..6)).0, "    1 | a = \"\u{fffd}\"\n      |      <^>\n");
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let far = format!("docs = [{}\"bad\"]", "\"https://example.org/ñ\", ".repeat(9));
    assert_eq!(
        drawn(&far, "\"bad\"", 60),
        "    1 | …s://example.org/ñ\", \"https://example.org/ñ\", \"bad\"]\n      |                                               ^^^^^\n"
    );
    let near = format!("neds = [{}]", "\"a\", ".repeat(99));
    assert_eq!(drawn(&near, "neds", 30), "    1 | neds = [\"a\", \"a\", \"a\"…\n      | ^^^^\n");
    let long = format!("command = '{}'", "日本語".repeat(60));
    assert_eq!(
        drawn(&long, &"日本語".repeat(60), 40),
        "    1 | …and = '日本語日本語日本語日本…\n      |         ^^^^^^^^^^^^^^^^^^^^^^\n"
    );
}

#[test]
fn no_row_is_wider_than_it_may_be_and_the_place_is_always_in_it() {
    let parts = ["", "a", "日", "e\u{301}", "\t", "\u{1b}", "ñ", "👩‍👩‍👧"];
    for columns in [20, 21, 37, 60, 120] {
        for before in parts {
            for place in ["x", "日本", "\u{1b}"] {
                for times in [0, 1, 7, 40, 300, 5000] {
                    let file = format!("{0}{place}{0}", before.repeat(times));
                    let at = before.len() * times;
                    let bytes = at..at + place.len();
                    let rows = Excerpts::of(file.as_bytes(), columns, Ink::default()).draw(&bytes).0;
                    let rows: Vec<&str> = rows.lines().collect();
                    assert_eq!(rows.len(), 2);
                    let widest = rows.iter().map(|row| width(row)).max();
                    assert!(widest <= Some(columns), "{columns} {before:?} {times}: {rows:#?}");
                    assert!(rows[1].contains('^'), "{rows:#?}");
                    // Under the mark stands the place.
                    let column = rows[1].find('^').unwrap();
                    let mut left = 0;
                    let under: String = rows[0]
                        .chars()
                        .skip_while(|c| {
                            let skipped = left < column;
                            left += if skipped { width(&c.to_string()) } else { 0 };
                            skipped
                        })
                        .collect();
                    let shown = if place == "\u{1b}" { "\\u" } else { place.get(..1).unwrap_or("日") };
                    let under = under.trim_start_matches(['\u{301}', '\u{200d}']);
                    assert!(under.starts_with(shown), "{columns} {before:?} {times}: {rows:#?}");
                }
            }
        }
    }
}
