//! Signing in, in lines, from the first step on: with wrong passwords; to one tenant and then to another; to one that is
//! another at the last moment; and with a real engine whose first tenant is gone when the second is signed in to.

use std::fs;

use serde_json::{Value, json};

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{self, SEVENTEEN, to_hand_off, to_the_credential, to_the_tenant};
use crate::harness::world::{ADMIN, PASSWORD, World, inputs};

const OTHER_ADMIN: &str = "admin@fabrikam.onmicrosoft.com";
const CREDENTIAL: &str = "14. The tenant administrator's credential was given";
const SESSION: &str = "A remote session with the tenant is open";
const COMMANDS: &str = "The tenant's commands are imported, and the tenant answers";
const SHARED: &str = "The tenant shares its SIP address space";
const GET_TENANT: &str = "if (Get-Command -Name Get-CsTenant -CommandType Function -ErrorAction SilentlyContinue) { Get-CsTenant | Select-Object TenantId, DisplayName }";

/// The seventeen steps, in the scenario of everything in order but for what these replies say.
fn rehearse(world: &World, state: &str, replies: &str) -> Dialogue {
    fs::write(world.path("own.toml"), procedure::scenario(state, replies)).unwrap();
    start(world, &["--rehearse", &world.written("own.toml")])
}

fn start(world: &World, more: &[&str]) -> Dialogue {
    let arguments: Vec<&str> = ["run", SEVENTEEN, "--trust", "--plain"]
        .into_iter()
        .chain(inputs())
        .chain(more.iter().copied())
        .collect();
    Dialogue::start(&mut world.greenlight(&arguments))
}

/// The password that was typed so many times is wrong.
fn wrong(credentials: u32) -> String {
    format!(
        "[[reply]]\ncommand = \"$CSSession = New-CsOnlineSession -Credential $cred\"\n\
         when = {{ connector = true, credentials = {credentials} }}\n\
         [reply.error]\nerror_id = \"LogonFailed\"\nexception = \"E\"\ncategory = \"AuthenticationError\"\nmessage = \"Logon failed for the user '{{cred_user}}'.\"\nthrow = true\n"
    )
}

fn stands(run: &mut Dialogue, status: &str, title: &str) -> String {
    run.wait_for(&format!("{status}: {title}\n"))
}

on_both!(after_each_wrong_password_enter_leads_to_the_credential_and_then_to_the_session without PowerShell);
fn after_each_wrong_password_enter_leads_to_the_credential_and_then_to_the_session(world: &World) {
    let mut run = rehearse(world, "", &[wrong(1), wrong(2), wrong(3)].concat());
    run.say(&to_the_credential(ADMIN, "first"));
    run.say(&["", "", "1"]);
    for (said, typed) in [
        ("1 sign-in has failed; accounts are often locked after a few", "second"),
        ("2 sign-ins have failed", "third"),
        ("3 sign-ins have failed", PASSWORD),
    ] {
        run.wait_for(said);
        run.wait_for("remedy: The user name or the password is wrong");
        run.wait_for(&format!("Enter = first apply, which changes only this session: {CREDENTIAL}"));
        // The credential, and then the session, by Enter alone.
        run.say(&["", "1", ADMIN, typed, "", "1"]);
    }
    let green = stands(&mut run, "green", SESSION);
    assert!(green.contains("3 sign-ins have failed"), "they are told until one is good: {green}");
    run.say(&["14", "0", "q"]);
    let (status, said) = run.end();
    assert_eq!(status.code(), Some(1), "{said}");
    let after = said.rsplit_once(&format!("green: {SESSION}")).expect("it is green").1;
    assert!(!after.contains("failed; accounts"), "{said}");
}

on_both!(the_step_that_failed_can_be_gone_on_with_by_its_number without PowerShell);
fn the_step_that_failed_can_be_gone_on_with_by_its_number(world: &World) {
    let mut run = rehearse(world, "", &wrong(1));
    run.say(&to_the_credential(ADMIN, PASSWORD));
    run.say(&["", "", "1"]);
    stands(&mut run, "red", SESSION);
    run.say(&["15"]);
    run.wait_for("1 = do that first, 2 = go on with this step, 0 = leave it: ");
    run.say(&["0", "15", "2", "1"]);
    run.wait_for("2 sign-ins have failed");
    run.say(&["15", "1", "1", ADMIN, PASSWORD]);
    stands(&mut run, "to do", SESSION);
    run.say(&["", "1", "q"]);
    stands(&mut run, "green", SESSION);
    assert_eq!(run.end().0.code(), Some(1));
}

/// What the tenant's step finds while a flag is so.
fn answers(when: &str, name: &str, more: &str) -> String {
    format!(
        "[[reply]]\ncommand = \"{GET_TENANT}\"\nwhen = {{ imported = true, {when} }}\n{more}\
         rows = [{{ TenantId = \"id-of-{name}\", DisplayName = \"{name}\" }}]\n"
    )
}

on_both!(what_was_meant_for_one_tenant_is_not_done_to_the_other without PowerShell);
fn what_was_meant_for_one_tenant_is_not_done_to_the_other(world: &World) {
    let replies = answers("credentials = 1", "Contoso", "") + &answers("credentials = 2", "Fabrikam", "");
    let mut run = rehearse(world, "", &replies);
    run.say(&to_the_credential(ADMIN, PASSWORD));
    run.say(&to_the_tenant());
    stands(&mut run, "green", COMMANDS);
    // Somebody else signs in: the session is opened, and its commands imported, again.
    run.say(&["14", "1", OTHER_ADMIN, PASSWORD, "", "1", "", "1"]);
    stands(&mut run, "green", COMMANDS);
    run.say(&["", "", "1", "Contoso"]);
    run.wait_for("Fabrikam");
    run.say(&["", "1", "Fabrikam"]);
    stands(&mut run, "green", SHARED);
    run.say(&["q"]);
    run.end();
    let planned = world.events().into_iter().filter(|event| event["type"] == "apply-planned");
    let planned: Vec<Value> = planned.map(|event| event["subject"]["name"].clone()).collect();
    assert_eq!(planned, [json!("Fabrikam")], "nothing was begun for the first");
    let listed = world.run(&["runs"], "");
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.trim_end().ends_with("  tenant: Fabrikam (id-of-Fabrikam)"), "{listed}");
    let listed = world.run(&["runs", "--output", "json"], "");
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let named = json!([{ "scope": "tenant", "name": "Fabrikam", "id": "id-of-Fabrikam" }]);
    let sure = json!([{ "scope": "tenant", "name": "Fabrikam", "id": "id-of-Fabrikam", "sure": true }]);
    assert_eq!(listed["runs"][0]["subjects"], sure, "{listed}");
    let export: Value = serde_json::from_str(&world.export("json")).unwrap();
    let steps = export["steps"].as_array().unwrap().iter();
    // What changes only the session is not among them.
    let changed: Vec<&Value> = steps.filter(|step| !step["applies"].is_null()).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(changed[0]["id"], "shared-sip-address-space");
    let applies = changed[0]["applies"].clone();
    let found = |side: &str| applies[0][side]["facts"][0]["found"].clone();
    assert_eq!((found("before"), found("after")), (json!("False"), json!("True")), "{applies}");
    assert_eq!(applies[0]["subject"], named[0], "{applies}");
}

on_both!(a_name_is_typed_as_it_was_found_and_its_id_where_nobody_could_type_it without PowerShell);
fn a_name_is_typed_as_it_was_found_and_its_id_where_nobody_could_type_it(world: &World) {
    for (name, word, wrong, right) in [
        ("Caf\u{e9} N", "Caf\u{e9} N", "Cafe N", "  CAFE\u{301} n "),
        ("Con\\u202etoso", "id-of-1", "Contoso", " ID-of-1 "),
    ] {
        world.begin_anew();
        let tenant = answers("credentials = 1", name, "").replace(&format!("id-of-{name}"), "id-of-1");
        let mut run = rehearse(world, "", &tenant);
        run.say(&to_the_credential(ADMIN, PASSWORD));
        run.say(&to_the_tenant());
        stands(&mut run, "green", COMMANDS);
        run.say(&["", "", "1", wrong]);
        run.wait_for(&format!("Type {word} "));
        let said = run.wait_for("Next (Enter)");
        assert!(said.contains(&format!("! type {word} ")), "what is asked for is what is shown: {said}");
        run.say(&["", "1", right]);
        stands(&mut run, "green", SHARED);
        run.say(&to_hand_off()[..2]);
        run.say(&[wrong]);
        run.wait_for(&format!("Type {word} to hand off"));
        let said = run.wait_for("The gate is OPEN");
        assert!(said.contains(&format!("! type {word} ")), "{said}");
        run.say(&to_hand_off()[..1]);
        run.say(&[right]);
        run.wait_for("SEALED.");
        assert_eq!(run.end().0.code(), Some(0));
    }
}

on_both!(a_tenant_that_is_another_at_the_last_moment_is_not_changed without PowerShell);
fn a_tenant_that_is_another_at_the_last_moment_is_not_changed(world: &World) {
    let once = answers("looked = 0", "Contoso", "count = [\"looked\"]\n");
    let replies = once + &answers("looked = 1", "Fabrikam", "");
    let mut run = rehearse(world, "looked = 0\n", &replies);
    run.say(&to_the_credential(ADMIN, PASSWORD));
    run.say(&to_the_tenant());
    stands(&mut run, "green", COMMANDS);
    run.say(&["", "", "1", "Contoso"]);
    let said =
        run.wait_for("not applied: the tenant that its command would change is Fabrikam (id-of-Fabrikam)");
    assert!(said.contains("Contoso (id-of-Contoso)"), "what it was confirmed for is named: {said}");
    let listed = String::from_utf8(world.run(&["runs"], "").stdout).unwrap();
    assert!(
        listed.contains("  tenant: Fabrikam (id-of-Fabrikam)"),
        "while it is open, what was found last: {listed}"
    );
    run.say(&["q"]);
    run.end();
    for format in ["json", "markdown", "html", "csv", "junit"] {
        let redacted = world.export_with(format, &["--redact"]);
        assert!(redacted.contains("not applied: the tenant that its command would change is "), "{redacted}");
        for name in ["Contoso", "Fabrikam"] {
            assert!(!redacted.contains(name), "{name} in {redacted}");
        }
    }
    let changed = world.events().into_iter().filter(|event| {
        event["type"] == "started"
            && event["purpose"] == "apply"
            && event["step"] == "shared-sip-address-space"
    });
    assert_eq!(changed.count(), 0);
}

on_both!(after_signing_in_to_a_second_tenant_nothing_is_read_from_or_changed_in_the_first);
fn after_signing_in_to_a_second_tenant_nothing_is_read_from_or_changed_in_the_first(world: &World) {
    let second = world.path("tenant.json.fabrikam.onmicrosoft.com");
    let of_the_second = json!({
        "users": [{ "user": OTHER_ADMIN, "password": PASSWORD }],
        "tenant": { "DisplayName": "Fabrikam", "TenantId": "bbbbbbbb-0000-0000-0000-000000000000" },
        "federation": { "SharedSipAddressSpace": false },
    });
    fs::write(&second, of_the_second.to_string()).unwrap();
    let mut run = start(world, &[]);
    run.say(&to_the_credential(ADMIN, PASSWORD));
    run.say(&to_the_tenant());
    stands(&mut run, "green", COMMANDS);
    assert!(!world.is_shared());
    // From now on whatever asks the first one finds nothing there, and says so; its session stays open.
    let first = world.tenant();
    fs::rename(world.path("tenant.json"), world.path("first.json")).unwrap();
    let before = world.events().len();
    run.say(&["14", "1", OTHER_ADMIN, PASSWORD, "", "1"]);
    stands(&mut run, "green", SESSION);
    run.say(&["", "1"]);
    stands(&mut run, "green", COMMANDS);
    run.say(&["", "", "1", "Fabrikam"]);
    stands(&mut run, "green", SHARED);
    run.say(&to_hand_off()[..2]);
    run.say(&["Fabrikam"]);
    run.wait_for("SEALED.");
    let (status, said) = run.end();
    assert_eq!(status.code(), Some(0), "{said}");
    let failed = world.events().into_iter().skip(before).filter(|event| {
        let failures = [&event["failures"], &event["finding"]["failures"]];
        failures.iter().any(|failures| failures.as_array().is_some_and(|failures| !failures.is_empty()))
    });
    assert_eq!(failed.collect::<Vec<_>>(), Vec::<Value>::new(), "nothing asked the first one");
    let kept: Value = serde_json::from_slice(&fs::read(world.path("first.json")).unwrap()).unwrap();
    assert_eq!(kept, first);
    assert!(!world.path("tenant.json").exists());
    let second: Value = serde_json::from_slice(&fs::read(second).unwrap()).unwrap();
    assert_eq!(second["federation"]["SharedSipAddressSpace"], json!(true), "{second}");
    let sealed = world.events().pop().unwrap();
    assert_eq!(sealed["subjects"][0]["name"], json!("Fabrikam"), "{sealed}");
}
