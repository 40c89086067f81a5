//! The list of the steps under the headings of their groups.

use greenlight::facade::checklist::{Checklist, Localized};
use greenlight::facade::run::Mode;
use greenlight::facade::text::Text;
use greenlight::facade::tui::Ui;

use super::fixture::{Bench, drawn, press};
use super::{sample, snapshot, snapshot_of, text_of};
use crate::harness::steps;

fn localized(en: &str, es: &str, fr: &str) -> Localized {
    Localized { en: en.into(), es: Some(es.into()), fr: Some(fr.into()) }
}

/// The steps of the sample: two groups, and one step that is in none.
fn grouped() -> Bench {
    let mut checklist = sample::checklist();
    let here = localized("On-premises", "Instalación local", "Sur site");
    let online = localized("Online tenant", "Inquilino en línea", "Locataire en ligne");
    let groups = [Some(&here), Some(&here), Some(&online), Some(&online), Some(&online), None];
    for (step, group) in checklist.steps.iter_mut().zip(groups) {
        step.group = group.cloned();
    }
    let mut bench = Bench::of(checklist, Mode::Live);
    bench.open();
    bench.until_session();
    bench.check("shared-sip-address-space", &Bench::shared(false));
    bench
}

#[test]
fn steps_stand_under_their_group_with_how_many_are_green() {
    snapshot("groups", &grouped(), |_| {});
    let bench = grouped();
    let mut ui = bench.ui(60, 20);
    snapshot_of("groups-60x20", &bench, &mut ui, 60, 20, &|_| {});
}

#[test]
fn a_heading_speaks_the_language_of_the_screen() {
    let mut bench = grouped();
    bench.text = Text::new(greenlight::facade::checklist::Lang::Fr);
    let mut ui = bench.ui(120, 40);
    let screen = text_of(&drawn(&bench, &mut ui, 120, 40));
    for heading in
        ["Sur site · 2 sur 2 verts", "Locataire en ligne · 2 sur 3 verts", "Sans groupe · indicatif"]
    {
        assert!(screen.contains(heading), "{screen}");
    }
}

/// So many steps, of which each of the first groups has some, and the last are in none.
fn long(steps: usize, groups: &[usize]) -> Checklist {
    let name = |place: usize| {
        let ends = groups.iter().scan(0, |end, count| {
            *end += count;
            Some(*end)
        });
        ends.into_iter().position(|end| place < end).map(|group| steps::text(&format!("Group {group}")))
    };
    let step = |place: usize| {
        let mut step = steps::measured(&format!("s{place}"), &[], std::time::Duration::from_secs(60));
        step.title = steps::text(&format!("Title {place:02}"));
        step.group = name(place);
        step
    };
    steps::checklist((0..steps).map(step).collect())
}

/// The rows of the list, and whether something stands above and below them.
fn listed(bench: &Bench, ui: &mut Ui, size: (u16, u16)) -> (Vec<String>, bool, bool) {
    let frame = text_of(&drawn(bench, ui, size.0, size.1));
    let rows = frame.lines().filter_map(|row| Some(row.split_once(bench.glyphs.vertical)?.0.to_owned()));
    let rows: Vec<String> = rows.collect();
    let up = rows[0].contains(bench.glyphs.up);
    let down = rows.last().unwrap().contains(bench.glyphs.down);
    (rows, up, down)
}

#[test]
fn the_selected_step_is_seen_and_arrows_say_that_there_is_more() {
    for (count, groups) in [(17, &[5, 1, 8][..]), (17, &[1; 17]), (17, &[]), (5, &[2, 3]), (6, &[2, 2])] {
        let bench = Bench::of(long(count, groups), Mode::Live);
        for size in [(80, 24), (60, 20), (120, 40), (70, 26), (60, 21)] {
            let mut ui = bench.ui(size.0, size.1);
            for selected in (0..count).chain((0..count - 1).rev()) {
                let key = if selected < ui.selected() { "up" } else { "down" };
                if selected != ui.selected() {
                    press(&mut ui, &bench, key);
                }
                assert_eq!(ui.selected(), selected);
                let (rows, up, down) = listed(&bench, &mut ui, size);
                let shows = |text: &str| rows.iter().any(|row| row.contains(text));
                let all = rows.join("\n");
                let title = format!("Title {selected:02}");
                let at = rows.iter().position(|row| row.contains(&title)).expect(&all);
                assert!(rows[at].contains(bench.glyphs.marker), "{all}");
                assert!(rows[at + 1].contains("not run"), "{all}");
                let first = if groups.is_empty() { "Title 00" } else { "Group 0 · " };
                assert_eq!(up, !shows(first), "{size:?} {selected}: {all}");
                assert_eq!(down, !shows(&format!("Title {:02}", count - 1)), "{size:?} {selected}: {all}");
                // Every step that is seen is seen whole, and under what belongs above it.
                for (row, below) in rows.iter().zip(&rows[1..]).filter(|(row, _)| row.contains("Title ")) {
                    assert!(below.contains("not run"), "{row}: {all}");
                }
            }
        }
    }
}
