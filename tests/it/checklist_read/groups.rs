//! `group` of `[[step]]`: one heading for steps that stand together.

use greenlight::facade::checklist::Localized;

use super::*;

/// A file with a step for each of these values of `group`, which stands in line 9, 15, 21, …; none where it is empty.
fn file(groups: &[&str]) -> String {
    let steps = groups.iter().enumerate().map(|(number, group)| {
        let group = if group.is_empty() { "docs = []".to_owned() } else { format!("group = {group}") };
        let check = "check = { command = \"Get-X\", expect = [{ rows = 0 }] }";
        format!("[[step]]\nid = \"s{number}\"\ntitle = \"T\"\nwhy = \"W\"\n{group}\n{check}\n")
    });
    let head = "format = 1\nid = \"x\"\nversion = \"1\"\ntitle = \"X\"\n".to_owned();
    std::iter::once(head).chain(steps).collect()
}

fn groups(values: &[&str]) -> Vec<Option<Localized>> {
    let checklist = read(file(values).as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    checklist.steps.into_iter().map(|step| step.group).collect()
}

fn group(en: &str, es: Option<&str>, fr: Option<&str>) -> Localized {
    Localized { en: en.to_owned(), es: es.map(str::to_owned), fr: fr.map(str::to_owned) }
}

#[test]
fn the_same_english_text_is_the_same_group_whichever_step_translates_it() {
    let one = Some(group("One", Some("Uno"), Some("Un")));
    assert_eq!(groups(&["", ""]), [None, None]);
    assert_eq!(
        groups(&["", "\"One\"", "{ en = \" One \", es = \"Uno\" }", "{ en = \"One\", fr = \"Un\" }", ""]),
        [None, one.clone(), one.clone(), one, None]
    );
    let same = "{ en = \"One\", es = \"Uno\" }";
    assert_eq!(
        groups(&[same, same, "\"Two\""])[1..],
        [Some(group("One", Some("Uno"), None)), Some(group("Two", None, None))]
    );
}

#[test]
fn another_translation_of_a_group_is_told_with_both_places() {
    let groups = ["\"One\"", "{ en = \"One\", es = \"Uno\" }", "{ en = \"One\", es = \"Una\" }"];
    assert_eq!(
        messages(&file(&groups)),
        [
            "line 21, column 9: the group \"One\" has another text in \"es\" here than in line 15, column 9; expected \"Uno\", or the English text alone"
        ]
    );
}

#[test]
fn a_group_that_comes_again_is_told_with_where_it_stood_last() {
    let again = |line: usize, last: usize| {
        format!(
            "line {line}, column 9: the group \"One\" comes again after a step that is not in it, the last time in line {last}, column 9; expected its steps one after another"
        )
    };
    assert_eq!(messages(&file(&["\"One\"", "\"One\"", "\"Two\"", "\"One\""])), [again(27, 15)]);
    assert_eq!(messages(&file(&["\"One\"", "", "\"One\"", "\"One\""])), [again(21, 9)]);
}

#[test]
fn a_group_is_a_text() {
    assert_eq!(
        messages(&file(&["{ es = \"Uno\" }", "1"])),
        [
            "line 9, column 9: the English text (en) of \"group\" in [[step]] is missing",
            "line 15, column 9: \"group\" in [[step]] is a whole number; expected a text, or a table of texts such as { en = \"…\", es = \"…\", fr = \"…\" }"
        ]
    );
}
