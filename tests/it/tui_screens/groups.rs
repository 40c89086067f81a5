//! The list of the steps under the headings of their groups.

use greenlight::facade::checklist::{Checklist, Localized};
use greenlight::facade::run::Mode;
use greenlight::facade::text::Text;
use greenlight::facade::tui::Ui;

use super::fixture::{Bench, drawn, press};
use super::{sample, text_of};
use crate::harness::steps;

fn localized(en: &str, es: &str, fr: &str) -> Localized {
    Localized { en: en.into(), es: Some(es.into()), fr: Some(fr.into()) }
}

/// The steps of the sample: two groups, and one step that is in none.
pub fn grouped() -> Bench {
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
fn every_step_has_two_rows_or_one_and_where_all_fit_none_is_hidden() {
    let lists =
        [(17, &[5, 1, 8][..]), (17, &[1; 17]), (17, &[]), (5, &[2, 3]), (6, &[2, 2]), (68, &[9, 20, 8, 30])];
    for (count, groups) in lists {
        let bench = Bench::of(long(count, groups), Mode::Live);
        let headings = groups.len() + usize::from(!groups.is_empty() && groups.iter().sum::<usize>() < count);
        for size in [(80, 24), (60, 20), (120, 40), (70, 26), (60, 21)] {
            let room = usize::from(size.1) - 4;
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
                let title = format!(" {} Title {selected:02}", selected + 1);
                let at = rows.iter().position(|row| row.contains(&title)).expect(&all);
                assert!(rows[at].contains(bench.glyphs.marker), "{all}");
                let two = 2 * count + headings <= room;
                // Every step that is seen is seen whole, and under what belongs above it.
                let seen = rows.iter().filter(|row| row.contains("Title ")).count();
                let mut titles = rows.iter().zip(&rows[1..]).filter(|(row, _)| row.contains("Title "));
                assert!(titles.all(|(_, below)| below.contains("not run") == two), "{size:?}: {all}");
                // Headings go before a step does.
                let headed = count + headings <= room || room < count;
                assert!(headed || (seen == count && !shows("roup")), "{size:?}: {all}");
                let first = if headed && headings > 0 { "Group 0 · " } else { "Title 00" };
                assert_eq!(up, !shows(first), "{size:?} {selected}: {all}");
                assert_eq!(down, !shows(&format!("Title {:02}", count - 1)), "{size:?} {selected}: {all}");
            }
        }
    }
}
