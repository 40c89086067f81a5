//! The script that the built-in checklist hands off, run on the real engine: 900 users of whom one fails, what stops it,
//! what it tries again, and what is left of it when it is killed.

mod migration;

use std::fs;

use greenlight::facade::checklist::{self, builtin};
use greenlight::facade::run::Mode;
use migration::{Line, Migration, assert_says, attempts, handed_off, moved_pilot, set_users, user};
use serde_json::{Value, json};

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{SEVENTEEN, to_the_seal};
use crate::harness::system::{System, kill};
use crate::harness::world::{ADMIN, PASSWORD, World, inputs};

const NOT_SHARED: &str = "HostedMigration fault: Error=(510), Description=(This user\u{2019}s tenant is not enabled for shared sip address space.)";
const NO_LICENCE: &str =
    "HostedMigration fault: Error=(507), Description=(User must has an assigned license.)";
const NOT_SYNCED: &str =
    "HostedMigration fault: Error=(506), Description=(There appears to be a problem with this user account.)";

/// The pilot users, and 900 of whom the 173rd has an account that cannot be moved.
fn nine_hundred(mend: bool) -> Vec<Value> {
    let failing = json!({ "move_error": NOT_SYNCED });
    let more = |number| if number == 173 && !mend { failing.clone() } else { json!({}) };
    let others = (1..=900).map(|number| user(&format!("user{number:03}"), &more(number)));
    [user("ada", &json!({})), user("bob", &json!({}))].into_iter().chain(others).collect()
}

on_both!(of_900_users_one_fails_and_is_named_and_a_second_run_takes_up_that_one_alone);
fn of_900_users_one_fails_and_is_named_and_a_second_run_takes_up_that_one_alone(world: &World) {
    set_users(world, &nine_hundred(false));
    // A run of the tests' own procedure that hands off the built-in script.
    let [steps, script] =
        [fs::read(SEVENTEEN).unwrap(), builtin::find("lync-online-to-lync-2013").unwrap().to_vec()]
            .map(|bytes| String::from_utf8(bytes).unwrap());
    let (steps, _) = steps.split_once("[handoff]\n").unwrap();
    let (_, script) = script.split_once("[handoff]\n").unwrap();
    fs::write(world.path("list.toml"), format!("{steps}[handoff]\n{script}")).unwrap();
    let list = world.written("list.toml");
    let mut arguments = vec!["run", &list, "--trust", "--plain"];
    arguments.extend(inputs());
    let mut run = Dialogue::start(&mut world.greenlight(&arguments));
    run.say(&to_the_seal(ADMIN, PASSWORD));
    run.wait_for("SEALED.");
    drop(run.end());
    let migration = Migration { world, folder: format!("data/{}", world.run_id()) };

    assert_says(&migration.run("-Bulk", "900"), 2, &["Not before the pilot users are on-premises"]);
    assert_says(&migration.run("", "2"), 0, &["2 of 2 moved to pool01.contoso.com", "-Bulk"]);
    let ran = migration.run("-Bulk", "900");
    assert_says(
        &ran,
        1,
        &[
            "899 of 900",
            "506: 1 not moved: user173@contoso.com",
            "msRTCSIP",
            "Still online in these SIP domains: 1.",
        ],
    );
    let lines = migration.lines();
    assert_eq!(lines.len(), 902, "one line for each attempt, and 506 is not tried again");
    let failed: Vec<&Line> = lines.iter().filter(|line| line[3] != "moved").collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(
        (&*failed[0][0], &*failed[0][4], &*failed[0][5]),
        ("sip:user173@contoso.com", "506", NOT_SYNCED)
    );
    assert_eq!(migration.moved().len(), 901);

    assert_says(&migration.run("-Bulk", "1"), 1, &["0 of 1", "user173@contoso.com"]);
    assert_eq!(migration.lines().len(), 903);
    set_users(world, &nine_hundred(true));
    assert_says(&migration.run("-Bulk", "1"), 0, &["1 of 1", "SharedSipAddressSpace $False", "DNS"]);
    assert_eq!(migration.attempts("user173"), attempts(&[("failed", "1"), ("failed", "2"), ("moved", "3")]));
    assert_says(&migration.run("-Bulk", "0"), 0, &["there is nothing to move"]);

    let verified = world.run(&["verify", &world.run_id()], "");
    let said = String::from_utf8([verified.stdout, verified.stderr].concat()).unwrap();
    assert!(verified.status.success() && !said.contains("note"), "{said}");
}

on_both!(what_would_be_the_same_for_all_stops_the_script_at_the_first);
fn what_would_be_the_same_for_all_stops_the_script_at_the_first(world: &World) {
    for (error, name) in [
        (NOT_SHARED, "510"),
        ("El inquilino no tiene habilitado el espacio de direcciones SIP compartido.", "510"),
        ("Logon failed for the user.", "sign-in"),
        ("It did not return expected status code from request for WWW-Authenticate header", "address"),
        ("There are multiple federated Edge pools.", "edge-pools"),
        ("There is a duplicate key sequence \"LYNCONLINE\" for the key.", "duplicate-key"),
    ] {
        drop(fs::remove_dir_all(world.path("run")));
        let migration = handed_off(world, Mode::Live);
        let users = [user("ann", &json!({ "move_error": error })), user("zoe", &json!({}))];
        set_users(world, &[moved_pilot(), users.to_vec()].concat());
        let ran = migration.run("-Bulk", "2");
        assert_says(&ran, 2, &["Stopped", &format!("{name}: 1 not moved: ann@contoso.com"), "Not tried: 1"]);
        assert_eq!(migration.moved(), [""; 0], "{name}");
    }
}

on_both!(five_failures_among_the_last_ten_stop_the_script);
fn five_failures_among_the_last_ten_stop_the_script(world: &World) {
    // From the twentieth on every other one: the 28th is the fifth of them. Who is only not seen yet is none.
    let more = |number: u32| match number {
        3 | 20 | 22 | 24 | 26 | 28 => json!({ "move_error": "Nobody knows this text." }),
        4..=18 => json!({ "move_late": 1 }),
        _ => json!({}),
    };
    let users = (1..=60).map(|number| user(&format!("user{number:02}"), &more(number)));
    set_users(world, &moved_pilot().into_iter().chain(users).collect::<Vec<_>>());
    let migration = handed_off(world, Mode::Live);
    let ran = migration.run("-Bulk", "60");
    assert_says(&ran, 2, &["5 of the last 10 users", "not known: 6 not moved", "Not tried: 32"]);
    assert_eq!(migration.lines().len(), 28);
}

on_both!(what_may_pass_is_tried_again_later_and_what_does_not_is_left_to_the_next_run);
fn what_may_pass_is_tried_again_later_and_what_does_not_is_left_to_the_next_run(world: &World) {
    let migration = handed_off(world, Mode::Live);
    let fails = |error: &str| json!({ "move_error": error });
    let of = [
        ("licence", json!({ "move_errors": [NO_LICENCE, NO_LICENCE] })),
        ("busy", json!({ "move_errors": ["HostedMigration fault: Error=(503), Description=(busy)"] })),
        ("slow", json!({ "move_errors": ["El tiempo de espera de la operación se agotó."] })),
        (
            "new",
            json!({ "move_errors": ["SetMoveResourceData failed because the user is not provisioned."] }),
        ),
        ("never", json!({ "move_error": NO_LICENCE })),
        ("odd", fails("HostedMigration fault: Error=(511), Description=(shared sip address space)")),
        (
            "far",
            fails(
                "Cannot find user in Active Directory with the following SIP URI: \"sip:far@contoso.com\".",
            ),
        ),
        ("boss", fails("00002098: SecErr: DSID-03150BB9, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0")),
        ("kept", fails("The contacts are in the Unified Contact Store.")),
        ("late", json!({ "move_late": 1 })),
        (
            "delayed",
            json!({ "move_warning": "Micro delay applied. Actual delayed: 21956 msecs, Enforced: True" }),
        ),
    ];
    // Between them those who are moved, so that it is not taken for one cause.
    let users = of.iter().enumerate().flat_map(|(number, (name, more))| {
        let good = |letter| user(&format!("{number}{letter}"), &json!({}));
        [user(&format!("{number}-{name}"), more), good('x'), good('y')]
    });
    set_users(world, &moved_pilot().into_iter().chain(users).collect::<Vec<_>>());
    let ran = migration.run("-Bulk", "33");
    assert_says(&ran, 1, &["28 of 33", "[waits 60]", "[waits 300]", "[waits 1800]", "[waits 10]"]);
    for (number, name, fault) in [
        (4, "never", "507"),
        (5, "odd", "not known"),
        (6, "far", "other-domain"),
        (7, "boss", "rights"),
        (8, "kept", "contacts"),
    ] {
        let named = format!("{fault}: 1 not moved: {number}-{name}@contoso.com");
        assert!(ran.said.contains(&named), "{named} is not in\n{}", ran.said);
    }
    assert_eq!(
        migration.attempts("0-licence"),
        attempts(&[("failed", "1"), ("failed", "2"), ("moved", "3")])
    );
    for once in ["1-busy", "2-slow", "3-new"] {
        assert_eq!(migration.attempts(once), attempts(&[("failed", "1"), ("moved", "2")]), "{once}");
    }
    assert_eq!(migration.attempts("9-late"), attempts(&[("not seen", "1"), ("moved", "2")]));
    assert_eq!(migration.moved().iter().filter(|name| *name == "9-late").count(), 1, "it is only looked for");
    assert_eq!(migration.attempts("4-never").len(), 4);
    assert_eq!(migration.attempts("5-odd").len(), 1);
}

on_native!(a_move_that_was_cut_off_is_looked_at_first);
fn a_move_that_was_cut_off_is_looked_at_first(world: &World) {
    for (hangs, result) in [("before", "cut off"), ("after", "moved")] {
        drop(fs::remove_file(world.path("onprem.json.moves")));
        drop(fs::remove_file(world.path("Move-CsUser.started")));
        drop(fs::remove_dir_all(world.path("run")));
        let migration = handed_off(world, Mode::Live);
        let nothing = json!({});
        let users = |hanging: &Value| {
            let others =
                ["ann", "cid", "dan"].map(|name| user(name, if name == "cid" { hanging } else { &nothing }));
            [moved_pilot(), others.to_vec()].concat()
        };
        set_users(world, &users(&json!({ "move_hangs": hangs })));
        let mut child = migration.begin("-Bulk", "3");
        world.wait_for_marker("Move-CsUser");
        kill(child.id());
        child.wait().unwrap();
        let log = migration.log();
        assert!(
            log.starts_with("\u{feff}User,") && log.ends_with("Z\","),
            "what it had begun stands there: {log}"
        );
        assert_eq!(log.matches("\"moved\"").count(), 1, "{log}");

        set_users(world, &users(&json!({})));
        let left = if result == "moved" { "1" } else { "2" };
        assert_says(&migration.run("-Bulk", left), 0, &["ended within the move of sip:cid@contoso.com"]);
        let users: Vec<String> = migration.lines().iter().map(|line| line[0][4..7].to_owned()).collect();
        let (expected, of_cid): (&[&str], &[(&str, &str)]) = match result {
            "moved" => (&["ann", "cid", "dan"], &[("moved", "1")]),
            _ => (&["ann", "cid", "cid", "dan"], &[("cut off", "1"), ("moved", "2")]),
        };
        assert_eq!(
            (users, migration.attempts("cid")),
            (expected.iter().map(ToString::to_string).collect(), attempts(of_cid))
        );
        assert_eq!(migration.moved(), ["ann", "cid", "dan"], "nobody is moved twice");
    }
}

on_both!(nobody_is_moved_without_the_number_and_what_is_not_fit_is_named);
fn nobody_is_moved_without_the_number_and_what_is_not_fit_is_named(world: &World) {
    let migration = handed_off(world, Mode::Live);
    let robot = user("robot", &json!({ "OwnerUrn": "urn:application:caa" }));
    let voice = json!({ "EnterpriseVoiceEnabled": true, "LineURI": "tel:+34911" });
    set_users(
        world,
        &[user("ada", &voice), robot, user("eve", &json!({})), user("bob@fabrikam", &json!({}))],
    );
    let preview = ["What if: ", "ada@contoso.com", "Unified Contact Store", "telephone number"];
    let preview = if matches!(world.system, System::Native(_)) { &preview[..] } else { &preview[1..] };
    for typed in ["", "2", "yes"] {
        assert_says(
            &migration.run("", typed),
            2,
            &[preview, &["Type 1 to move", "Nobody was moved."]].concat(),
        );
    }
    assert_says(&migration.run("-Blk", "1"), 2, &["Unknown argument -Blk"]);
    let imported =
        "Import-Module Lync; New-Module -Name tmp_1a2b.3c4 { function Get-CsUser { } } | Import-Module";
    assert_says(&migration.run_after(imported, "", "1"), 2, &["Get-CsUser was imported from the tenant"]);
    assert_eq!(migration.moved(), [""; 0]);
    // One of the two pilot users is not enabled on-premises: the other is moved.
    assert_says(&migration.run("", "1"), 1, &["bob@contoso.com cannot be moved", "Enable-CsUser", "1 of 1"]);
    assert_eq!(migration.moved(), ["ada"]);
    let missing = migration.lines().into_iter().find(|line| line[0] == "bob@contoso.com").unwrap();
    assert_eq!((&*missing[3], &*missing[4]), ("failed", "ManagementObjectNotFound"));
    assert_says(
        &migration.run("-Bulk", "1"),
        2,
        &["Not before the pilot users are on-premises: bob@contoso.com"],
    );
}

on_native!(the_session_is_removed_and_the_way_back_is_ready);
fn the_session_is_removed_and_the_way_back_is_ready(world: &World) {
    let migration = handed_off(world, Mode::Live);
    set_users(world, &[user("ada", &json!({})), user("bob", &json!({ "move_error": NOT_SYNCED }))]);
    let session = format!(
        "Import-Module LyncOnlineConnector\n$secret = ConvertTo-SecureString $env:FIXTURE_PASSWORD -AsPlainText -Force\n\
         $CSSession = New-CsOnlineSession -Credential (New-Object Management.Automation.PSCredential '{ADMIN}', $secret)\n\
         \"$(@(Get-PSSession).Count) open\""
    );
    let before = format!("$env:FIXTURE_PASSWORD = '{}'\n{session}", PASSWORD.replace('\'', "''"));
    let ran = migration.run_after(&before, "", "2");
    assert_says(&ran, 1, &["1 open", "The session with the tenant was removed (1)", "EXIT 1, 0 sessions"]);

    let results = world.path("run/results");
    let kept = fs::read_dir(&results).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let snapshot = kept.into_iter().find(|name| name.starts_with("users-before-")).unwrap();
    let snapshot = fs::read_to_string(results.join(snapshot)).unwrap();
    assert!(
        snapshot.contains("\"sip:ada@contoso.com\"") && snapshot.contains("sipfed.online.lync.com"),
        "{snapshot}"
    );
    let way_back = fs::read_to_string(results.join("way-back.ps1")).unwrap();
    assert!(way_back.starts_with("\u{feff}# Moves back") && way_back.contains("does NOT undo"), "{way_back}");
    fs::copy(results.join("way-back.ps1"), world.path("run/handoff/start-migration.ps1")).unwrap();
    fs::copy(results.join("moves.csv"), world.path("run/handoff/moves.csv")).unwrap();
    migration.run("", "1");
    let moves = fs::read_to_string(world.path("onprem.json.moves")).unwrap();
    let last: Value = serde_json::from_str(moves.lines().last().unwrap()).unwrap();
    assert_eq!(
        last,
        json!({ "user": "sip:ada@contoso.com", "target": "sipfed.online.lync.com", "force": false })
    );
}

on_both!(the_script_of_a_rehearsal_runs_and_moves_nobody);
fn the_script_of_a_rehearsal_runs_and_moves_nobody(world: &World) {
    let migration = handed_off(world, Mode::Rehearsal("default".into()));
    set_users(world, &[user("ada", &json!({})), user("bob", &json!({}))]);
    let ran = migration.run("-Bulk", "2");
    assert_says(&ran, 0, &["REHEARSAL: nothing was checked"]);
    assert_eq!(migration.moved(), [""; 0]);
    assert!(!world.path("run/results").exists());
}

/// What stands behind `key = '` in the script's table of failures, one for each.
fn of_faults<'a>(script: &'a str, key: &str) -> Vec<&'a str> {
    let (_, table) = script.split_once("$faults = @(").unwrap();
    let (table, _) = table.split_once("\n)\n").unwrap();
    let key = format!("{key} = '");
    table.split(key.as_str()).skip(1).map(|rest| rest.split('\'').next().unwrap()).collect()
}

#[test]
fn the_page_has_the_failures_that_the_script_knows_with_what_it_does_then() {
    let checklist = checklist::read(builtin::find("lync-online-to-lync-2013").unwrap()).unwrap();
    let script = checklist.handoff.unwrap().script;
    let known: Vec<(&str, &str)> =
        of_faults(&script, "Name").into_iter().zip(of_faults(&script, "Then")).collect();
    assert!(known.len() > 10, "{known:?}");
    let page = include_str!("../../docs/moves.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows: Vec<(&str, &str)> = rows
        .map(|row| row.split('|').map(|cell| cell.trim().trim_matches('`')).collect::<Vec<_>>())
        .filter(|cells| ["later", "never", "stop"].contains(&cells[1]))
        .map(|cells| (cells[0], cells[1]))
        .collect();
    assert_eq!(rows, known);
}
