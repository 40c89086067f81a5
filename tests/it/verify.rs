//! `verify` of the real program: every kind of damage is found and named, and the head code finds what the chain cannot.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use serde_json::Value;

use crate::harness::kept;
use crate::harness::world::World;

/// A copy of a sealed run, to be damaged.
struct Copy<'a> {
    world: &'a World,
}

impl<'a> Copy<'a> {
    fn new(world: &'a World) -> Self {
        let copied = Self { world };
        drop(fs::remove_dir_all(copied.path("")));
        kept::copy(&kept::run("format-1/rehearsal"), &copied.path(""));
        copied
    }

    fn path(&self, name: &str) -> PathBuf {
        self.world.data().join("run").join(name)
    }

    fn journal(&self) -> Vec<u8> {
        fs::read(self.path("journal.jsonl")).unwrap()
    }

    fn lines(&self) -> Vec<String> {
        String::from_utf8(self.journal()).unwrap().lines().map(str::to_owned).collect()
    }

    fn write_lines(&self, lines: &[String]) {
        fs::write(self.path("journal.jsonl"), lines.join("\n") + "\n").unwrap();
    }

    fn greenlight(&self, arguments: &[&str]) -> Output {
        self.world.greenlight(arguments).output().unwrap()
    }

    fn verify(&self, more: &[&str]) -> (Option<i32>, String) {
        let output = self.greenlight(&[&["verify", "run"], more].concat());
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    }

    /// Fails unless the damage is found, with exit code 5, and named.
    fn assert_found(&self, what: &str, named: &str) {
        let (code, said) = self.verify(&[]);
        assert_eq!(code, Some(5), "{what}: {said}");
        assert!(said.contains(named), "{what}: {named:?} is not named: {said}");
        let json = self.greenlight(&["verify", "run", "--output", "json"]);
        assert!(String::from_utf8_lossy(&json.stdout).contains(named), "{what}");
    }

    fn code(&self) -> String {
        let output = self.greenlight(&["export", "run", "--format", "json"]);
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        json["head"]["code"].as_str().unwrap().to_owned()
    }
}

on_both!(an_untouched_run_is_clean without PowerShell);
fn an_untouched_run_is_clean(world: &World) {
    let run = Copy::new(world);
    let (code, said) = run.verify(&["--head", &run.code()]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("no damage found"), "{said}");
}

on_native!(a_flipped_bit_in_any_record_is_found_and_named without PowerShell);
fn a_flipped_bit_in_any_record_is_found_and_named(world: &World) {
    let run = Copy::new(world);
    let (whole, lines) = (run.journal(), run.lines());
    let mut begin = 0;
    for (record, line) in lines.iter().enumerate() {
        // A byte of every part of a record in turn: its number, its link, its event, its digest, its end.
        let at = begin + [3, 20, 90, line.len() - 40, line.len() - 1][record % 5].min(line.len() - 1);
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (record % 7);
        fs::write(run.path("journal.jsonl"), damaged).unwrap();
        run.assert_found(&format!("byte {at}"), &format!("record {record}"));
        begin += line.len() + 1;
    }
}

on_native!(deleted_swapped_inserted_and_doubled_records_are_found_and_named without PowerShell);
fn deleted_swapped_inserted_and_doubled_records_are_found_and_named(world: &World) {
    let run = Copy::new(world);
    let lines = run.lines();
    let mut deleted = lines.clone();
    deleted.remove(10);
    run.write_lines(&deleted);
    run.assert_found("deleted", "record 10");
    let mut swapped = lines.clone();
    swapped.swap(20, 21);
    run.write_lines(&swapped);
    run.assert_found("swapped", "record 20");
    let mut doubled = lines.clone();
    doubled.insert(31, lines[30].clone());
    run.write_lines(&doubled);
    run.assert_found("doubled", "record 31");
    let mut inserted = lines.clone();
    inserted.insert(40, lines[5].clone());
    run.write_lines(&inserted);
    run.assert_found("inserted", "record 40");
    // A record from another journal that is right in itself.
    let mut other = lines.clone();
    other[8] = kept::chained(&lines[..9])[8].replace("\"mono\":", "\"mono\":1");
    run.write_lines(&other);
    run.assert_found("changed", "record 8");
}

on_native!(a_truncated_record_is_found_and_named without PowerShell);
fn a_truncated_record_is_found_and_named(world: &World) {
    let run = Copy::new(world);
    let whole = run.journal();
    let last = run.lines().len() - 1;
    for cut in [1, 2, 40, 100] {
        fs::write(run.path("journal.jsonl"), &whole[..whole.len() - cut]).unwrap();
        run.assert_found(&format!("{cut} bytes cut off"), &format!("record {last}"));
    }
    let mut within = run.lines();
    within[12].truncate(60);
    run.write_lines(&within);
    run.assert_found("cut within", "record 12");
}

on_native!(changed_transcripts_scripts_and_checklists_are_found_and_named without PowerShell);
fn changed_transcripts_scripts_and_checklists_are_found_and_named(world: &World) {
    for (file, record) in [
        ("transcript/onprem-topology-8.jsonl", "record "),
        ("handoff/start-migration.ps1", "record 101"),
        ("handoff/manifest.json", "record 101"),
        ("checklist.toml", "record 0"),
    ] {
        let run = Copy::new(world);
        let bytes = fs::read(run.path(file)).unwrap();
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        for (what, changed) in
            [("flipped", Some(flipped)), ("cut", Some(bytes[..bytes.len() - 1].to_vec())), ("gone", None)]
        {
            match changed {
                Some(changed) => fs::write(run.path(file), changed).unwrap(),
                None => fs::remove_file(run.path(file)).unwrap(),
            }
            run.assert_found(&format!("{file} {what}"), file);
            run.assert_found(&format!("{file} {what}"), record);
        }
    }
}

on_native!(only_the_head_code_finds_a_rewrite_and_a_clean_truncation without PowerShell);
fn only_the_head_code_finds_a_rewrite_and_a_clean_truncation(world: &World) {
    let run = Copy::new(world);
    let (lines, code) = (run.lines(), run.code());

    let rewritten: Vec<String> = lines.iter().map(|line| line.replace("Ana Ruiz", "Eva Ruiz")).collect();
    assert_ne!(rewritten, lines);
    run.write_lines(&kept::chained(&rewritten));
    assert_eq!(run.verify(&[]).0, Some(0), "the chain was computed anew: without the code it fits");
    let (exit, said) = run.verify(&["--head", &code]);
    assert_eq!(exit, Some(5), "{said}");
    assert!(said.contains("rewritten") && said.contains(&code), "{said}");

    run.write_lines(&lines[..60]);
    assert_eq!(
        run.verify(&[]).0,
        Some(0),
        "whole records are missing at the end: without the code nobody knows"
    );
    let (exit, said) = run.verify(&["--head", &code]);
    assert_eq!(exit, Some(5), "{said}");
    assert!(said.contains("record 59"), "{said}");

    // A code that was taken earlier still holds for what was there then, and only for that.
    let early = run.code();
    run.write_lines(&lines);
    assert_eq!(run.verify(&["--head", &early]).0, Some(0));
    let mut late = lines.clone();
    late[90] = late[90].replace("\"mono\":", "\"mono\":9");
    run.write_lines(&kept::chained(&late));
    assert_eq!(run.verify(&["--head", &early]).0, Some(0), "it cannot speak of what came later");
    assert_eq!(run.verify(&["--head", &code]).0, Some(5));
}

on_native!(a_code_says_how_far_it_reaches without PowerShell);
fn a_code_says_how_far_it_reaches(world: &World) {
    let run = Copy::new(world);
    let (lines, code) = (run.lines(), run.code());
    let (_, said) = run.verify(&["--head", &code]);
    assert!(said.contains("the code covers records 0 to 101; 0 came later"), "{said}");
    run.write_lines(&lines[..60]);
    let early = run.code();
    run.write_lines(&lines);
    let (exit, said) = run.verify(&["--head", &early]);
    assert_eq!(exit, Some(0), "{said}");
    assert!(said.contains("the code covers records 0 to 59; 42 came later"), "{said}");
    let json: Value = serde_json::from_str(&run.verify(&["--head", &early, "--output", "json"]).1).unwrap();
    assert_eq!(json["code"], serde_json::json!({"record": 59, "later": 42}));
    let json: Value = serde_json::from_str(&run.verify(&["--output", "json"]).1).unwrap();
    assert_eq!(json["code"], Value::Null, "without a code nothing is covered");
}

on_both!(what_no_record_names_and_a_renamed_folder_are_noted_and_are_no_damage without PowerShell);
fn what_no_record_names_and_a_renamed_folder_are_noted_and_are_no_damage(world: &World) {
    let run = Copy::new(world);
    let id = "20261123T033431Z-lync-online-to-lync-2013";
    // The copy has another name than the run in it.
    let (exit, said) = run.verify(&[]);
    assert_eq!(exit, Some(0), "{said}");
    assert!(said.contains(&format!("another name than the run in it, {id}")), "{said}");
    let export = run.greenlight(&["export", "run", "--format", "json"]);
    let json: Value = serde_json::from_slice(&export.stdout).unwrap();
    assert_eq!(json["run"], id, "the run has its own name wherever it lies");

    fs::rename(run.path(""), world.data().join(id)).unwrap();
    let verify = |more: &[&str]| {
        let output = run.greenlight(&[&["verify", id], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!verify(&[]).contains("note"), "{}", verify(&[]));
    let planted = ["handoff/start-now.ps1", "notes.txt", "transcript/onprem-topology-8.2.jsonl"];
    for file in planted {
        fs::write(world.data().join(id).join(file), "planted").unwrap();
    }
    // What the script of the handoff writes is its own.
    fs::create_dir(world.data().join(id).join("results")).unwrap();
    fs::write(world.data().join(id).join("results/moves.csv"), "User\n").unwrap();
    let said = verify(&[]);
    for file in planted {
        assert!(said.contains(&format!("not part of the record: {file}\n")), "{said}");
    }
    let json: Value = serde_json::from_str(&verify(&["--output", "json"])).unwrap();
    assert_eq!(json["notes"].as_array().unwrap().len(), 3, "{json}");
    assert_eq!(json["problems"], serde_json::json!([]));
}

on_native!(a_code_is_taken_as_people_copy_it without PowerShell);
fn a_code_is_taken_as_people_copy_it(world: &World) {
    let run = Copy::new(world);
    let code = run.code();
    assert!(code.starts_with("101-"), "{code}");
    let digits = code.strip_prefix("101-").unwrap();
    let wrong_letters = digits.replace('0', "o").replace('1', "l");
    for copied in [
        code.to_lowercase(),
        code.replace('-', " "),
        code.replace('-', "\u{2013}"),
        code.replace('-', " \u{2014} "),
        format!("lOI-{wrong_letters}"),
        format!(" 1o1 {} ", digits.replace('-', "")),
    ] {
        let (exit, said) = run.verify(&["--head", &copied]);
        assert_eq!(exit, Some(0), "{copied:?}: {said}");
        assert!(said.contains("the code covers records 0 to 101"), "{said}");
    }
}

/// What a subcommand answers, on standard error.
fn answer(run: &Copy<'_>, arguments: &[&str]) -> (Option<i32>, String) {
    let output = run.greenlight(arguments);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

on_both!(a_journal_that_cannot_be_read_at_all_is_answered_alike_by_every_subcommand without PowerShell);
fn a_journal_that_cannot_be_read_at_all_is_answered_alike_by_every_subcommand(world: &World) {
    let newer = |run: &Copy<'_>| {
        let line = run.lines()[0].replace("\"format\":1", "\"format\":3");
        run.write_lines(&kept::chained(&[line]));
        // The checklist beside it may well be of a later format too.
        fs::write(run.path("checklist.toml"), "format = 2").unwrap();
    };
    let gone = |run: &Copy<'_>| fs::remove_file(run.path("journal.jsonl")).unwrap();
    let folder = |run: &Copy<'_>| {
        fs::remove_file(run.path("journal.jsonl")).unwrap();
        fs::create_dir(run.path("journal.jsonl")).unwrap();
    };
    for (change, exit, named) in [
        (&newer as &dyn Fn(&Copy<'_>), 6, "has format 3"),
        (&gone, 5, "no journal"),
        (&folder, 5, "journal.jsonl"),
    ] {
        let run = Copy::new(world);
        change(&run);
        for arguments in
            [&["verify", "run"][..], &["export", "run"], &["resume", "run", "--plain"], &["watch", "run"]]
        {
            let (code, said) = answer(&run, arguments);
            assert_eq!(code, Some(exit), "{arguments:?}: {said}");
            assert!(said.contains(named), "{arguments:?}: {said}");
        }
    }
    let run = Copy::new(world);
    let (code, said) = answer(&run, &["verify", "none"]);
    assert_eq!(code, Some(2), "what is not there is no run: {said}");
}

on_native!(a_code_that_is_none_is_a_usage_error without PowerShell);
fn a_code_that_is_none_is_a_usage_error(world: &World) {
    let (exit, said) = Copy::new(world).verify(&["--head", "101-\u{1b}[31m"]);
    assert_eq!(exit, Some(2), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
}

on_both!(a_damaged_run_can_be_read_and_exported_up_to_the_damage_and_not_resumed without PowerShell);
fn a_damaged_run_can_be_read_and_exported_up_to_the_damage_and_not_resumed(world: &World) {
    let run = Copy::new(world);
    let mut lines = run.lines();
    lines[50] = lines[50].replace("\"mono\":", "\"mono\":9");
    run.write_lines(&lines);
    let before = run.journal();
    let export = run.greenlight(&["export", "run"]);
    assert_eq!(export.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&export.stdout).contains("REHEARSAL"));
    assert!(String::from_utf8_lossy(&export.stderr).contains("record 50"));
    let resumed = run.greenlight(&["resume", "run", "--plain"]);
    assert_eq!(resumed.status.code(), Some(5), "{}", String::from_utf8_lossy(&resumed.stderr));
    assert_eq!(run.journal(), before, "nothing was written");
}
