//! Exports that others read in: markup, cells, results of a CI server.

use super::*;

#[test]
fn html_and_junit_are_well_formed_and_carry_no_markup_of_others() {
    for story in [eventful(), sealed()] {
        let report = story.report(Lang::Fr);
        for text in [report::html(&report, Text::new(Lang::Fr)), report::junit(&report, Text::new(Lang::Fr))]
        {
            assert!(!text.contains("<script") && !text.contains("<i>") && !text.contains('\u{1b}'), "{text}");
            // The void elements of HTML closed, the page must be XML.
            let xml = text.replace("<!DOCTYPE html>", "").replace("<br>", "<br/>");
            let xml = xml.lines().map(|line| {
                let metas = line.replace("<meta charset=\"utf-8\">", "");
                if line.starts_with("<meta") { metas.replace("\">", "\"/>") } else { metas }
            });
            let xml = xml.collect::<Vec<_>>().join("\n");
            let mut reader = quick_xml::Reader::from_str(&xml);
            let mut open = 0_i32;
            loop {
                match reader.read_event().unwrap() {
                    quick_xml::events::Event::Start(_) => open += 1,
                    quick_xml::events::Event::End(_) => open -= 1,
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(open, 0, "{xml}");
        }
    }
}

#[test]
fn a_cell_is_never_a_formula() {
    let mut story = Story::new(Mode::Live);
    let formulas = ["=1+1", "+1", "-1", "@SUM(A1)", " =HYPERLINK(\"x\")", "\t=1", "\r=1", "＝1"];
    let facts = formulas.iter().map(|found| fact("=p", found, false)).collect();
    story.check(1, "shared", Verdict::Red, facts, &[]);
    let csv = report::csv(&story.report(Lang::En), Text::default());
    for (line, found) in csv.lines().filter(|line| line.contains("=p")).zip(formulas) {
        let cells: Vec<&str> = line.split("\",\"").collect();
        assert_eq!(cells.len(), 26, "{line}");
        assert_eq!(cells[10], "'=p");
        assert!(cells[12].starts_with(['\'', '\\']), "{found:?} in {line}");
    }
}

#[test]
fn only_a_green_step_passes_in_a_ci_server() {
    let junit = report::junit(&eventful().report(Lang::En), Text::default());
    assert!(junit.contains(r#"tests="4" failures="0" errors="2" skipped="1""#), "{junit}");
    let fresh = report::junit(&Story::new(Mode::Live).report(Lang::En), Text::default());
    assert!(fresh.contains(r#"tests="4" failures="3" errors="0" skipped="1""#), "{fresh}");
}

#[test]
fn no_export_carries_a_control_character_or_loose_markup() {
    let report = eventful().report(Lang::En);
    let markdown = report::markdown(&report, Text::default());
    for text in [&markdown, &report::json(&report)] {
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
    }
    // Outside fences and code, markup of others is escaped.
    let mut fence: Option<String> = None;
    for line in markdown.lines() {
        let ticks: String = line.chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if line == open.as_str() => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                let prose: String = line.split('`').step_by(2).collect();
                let loose = prose.split('\\').enumerate().any(|(part, text)| {
                    // The character after a backslash is escaped.
                    let loose = if part == 0 { text } else { text.get(1..).unwrap_or_default() };
                    loose.contains(['<', '[', '_'])
                });
                assert!(!loose, "{line}");
            }
        }
    }
    assert_eq!(fence, None, "every fence is closed");
}
