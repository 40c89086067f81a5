//! The built-in procedure from its online module on: against stand-ins that are broken by name, each step is not green as it
//! should be, names the row, and its first remedy leads where something can be done.

use greenlight::facade::run::{Confirmed, StepStatus};
use serde_json::json;

use crate::harness::desk::{Desk, Seen};
use crate::harness::world::World;

/// What opening the session, or the import, meets: the break's name, the step, the beginning of its first remedy, and where
/// that leads.
type Meets = (&'static str, &'static str, &'static str, &'static str);

const SESSION: &str = "online-session";
const COMMANDS: &str = "tenant-commands";

const ON_THE_WAY_IN: [Meets; 23] = [
    ("live-id-unreachable", SESSION, "The sign-in service was not reached.", "check signin-assistant"),
    ("live-id-missing", SESSION, "The Microsoft Online Services Sign-in Assistant", "check signin-assistant"),
    ("role-missing", SESSION, "The account signed in but may not administer", "apply credential"),
    ("remote-powershell-off", SESSION, "Remote PowerShell is turned off for this tenant", ""),
    ("session-limit", SESSION, "This account already has its three sessions.", "check no-other-session"),
    (
        "session-limit-older",
        SESSION,
        "This account already has its three sessions.",
        "check no-other-session",
    ),
    ("tenant-session-limit", SESSION, "All administrators of the tenant together", "check no-other-session"),
    ("autodiscover-fails", SESSION, "The tenant was not found from the domain", "apply credential"),
    ("tenant-domain-empty", SESSION, "The tenant was not found from the domain", "apply credential"),
    ("basic-disabled", SESSION, "WinRM on this computer does not allow Basic", "apply winrm-basic"),
    ("name-not-resolved", SESSION, "The name of the service is not resolved.", "check proxy"),
    ("service-retired", SESSION, "The name of the service is not resolved.", "check proxy"),
    ("cannot-connect", SESSION, "The name is known, but nobody answered", "check proxy"),
    ("http-html", SESSION, "A web page came in place of an answer", "check proxy"),
    ("http-403", SESSION, "The service refused (403).", ""),
    ("http-500", SESSION, "The service itself failed (500", ""),
    ("admin-domain", SESSION, "The service answers only to a newer module", ""),
    ("mfa-required", SESSION, "The account is asked for a second factor", "apply credential"),
    ("federated-account", SESSION, "The account is federated", "apply credential"),
    ("connection-closed", SESSION, "The service ends the connection", "check tls-1-2"),
    ("tls-channel", SESSION, "The service ends the connection", "check tls-1-2"),
    ("session-expires", COMMANDS, "The session with the tenant has ended", "apply online-session"),
    (
        "set-command-missing",
        COMMANDS,
        "The tenant answers, but the account may only read",
        "apply credential",
    ),
];

/// Those whose words the product, `WinRM` or .NET say in another language.
const TRANSLATED: [&str; 11] = [
    "session-limit",
    "session-limit-older",
    "basic-disabled",
    "name-not-resolved",
    "service-retired",
    "cannot-connect",
    "http-403",
    "http-500",
    "connection-closed",
    "tls-channel",
    "session-expires",
];

/// What the session before left behind, closed.
const FAR_END: &str = "webdir0a.online.lync.com";

on_both!(what_keeps_an_operator_out_of_the_tenant_is_told_with_what_to_do_in_every_language in this process);
async fn what_keeps_an_operator_out_of_the_tenant_is_told_with_what_to_do_in_every_language(world: &World) {
    let mut desk = Desk::begin(world, "password").await;
    desk.reach_the_session().await;
    for language in ["en", "es", "fr"] {
        for (broken, step, says, leads) in ON_THE_WAY_IN {
            if language != "en" && !TRANSLATED.contains(&broken) {
                continue;
            }
            if step == COMMANDS {
                desk.breaks(&[], &[], language);
                desk.applied(SESSION).await;
            }
            desk.breaks(&[broken], &[], language);
            desk.apply(step, Confirmed::NotAsked).await;
            // The tenant that answers is named, where it is that.
            let rows: &[&str] = if broken == "set-command-missing" { &["Contoso"] } else { &[] };
            desk.not_green(broken, step, &Seen { rows, says, leads });
        }
    }
    desk.wrong_password().await;
    desk.not_green(
        "a wrong password",
        SESSION,
        &Seen {
            rows: &[FAR_END],
            says: "The user name or the password is wrong.",
            leads: "apply credential",
        },
    );
    // What nobody knows says how to find out, and does not say that it should be tried for ever.
    desk.fails("New-CsOnlineSession", "Something that nobody has seen.");
    desk.apply(SESSION, Confirmed::NotAsked).await;
    desk.not_green(
        "what nobody knows",
        SESSION,
        &Seen {
            rows: &[FAR_END],
            says: "If none of these remedies fits, this checklist does not know",
            leads: "",
        },
    );
}

/// What a check of the tenant or of the deployment meets: breaks of the tenant, of the deployment, the step, the rows that it
/// names, and its first remedy.
type Finds = (&'static str, &'static str, &'static str, &'static [&'static str], &'static str, &'static str);

const PROVIDER: &str = "hosting-provider";
const SYNCHRONISED: &str = "pilots-synchronised";

const FOUND_THERE: [Finds; 20] = [
    (
        "wrong-tenant",
        "",
        "tenant-domains",
        &["contoso.com"],
        "A SIP domain that you gave",
        "apply credential",
    ),
    (
        "domain-missing",
        "",
        "tenant-domains",
        &["contoso.com"],
        "A SIP domain that you gave",
        "apply credential",
    ),
    (
        "",
        "access-edge-closed",
        "access-edge",
        &["Global"],
        "The Edge uses default routing",
        "apply access-edge",
    ),
    (
        "",
        "partner-discovery-off",
        "partner-discovery",
        &["Global"],
        "Only the domains on the allowed list",
        "",
    ),
    ("", "provider-missing", PROVIDER, &[], "If no provider is listed", "apply hosting-provider"),
    (
        "",
        "provider-disabled",
        PROVIDER,
        &["LyncOnline"],
        "The provider is there, and a field",
        "apply hosting-provider",
    ),
    (
        "",
        "provider-not-shared",
        PROVIDER,
        &["LyncOnline"],
        "The provider is there, but not for a shared",
        "apply hosting-provider",
    ),
    (
        "",
        "provider-local",
        PROVIDER,
        &["LyncOnline"],
        "The provider is there, and a field",
        "apply hosting-provider",
    ),
    ("federation-off", "", "tenant-federation", &["Global"], "Apply this step.", "apply tenant-federation"),
    (
        "federation-closed",
        "",
        "allowed-domains",
        &["AllowAllKnownDomains", "fabrikam.com"],
        "The two sides differ",
        "",
    ),
    ("blocked-domain-online-only", "", "blocked-domains", &["litwareinc.com"], "The two sides differ", ""),
    (
        "not-shared",
        "",
        "shared-sip-address-space",
        &["Global"],
        "Apply this step.",
        "apply shared-sip-address-space",
    ),
    ("", "pilot-not-enabled", "pilots-enabled", &["ana@contoso.com"], "A user who is missing here", ""),
    ("", "pilot-disabled", "pilots-enabled", &["ana@contoso.com"], "The user who is named is known", ""),
    (
        "",
        "pilot-on-premises",
        "pilots-enabled",
        &["ana@contoso.com"],
        "A user who is named is not homed online",
        "",
    ),
    (
        "",
        "pilot-endpoint",
        "pilots-enabled",
        &["ana@contoso.com"],
        "The account that is named is an application",
        "",
    ),
    (
        "pilot-not-synchronised",
        "",
        SYNCHRONISED,
        &["ana@contoso.com"],
        "The tenant takes the user who is named",
        "",
    ),
    ("pilot-not-in-tenant", "", SYNCHRONISED, &["ana@contoso.com"], "A user who is missing here", ""),
    (
        "pilot-invalid",
        "",
        SYNCHRONISED,
        &["ana@contoso.com"],
        "The service finds an error in the account",
        "",
    ),
    (
        "pilot-unlicensed",
        "",
        "pilots-licensed",
        &["ana@contoso.com"],
        "The user who is named has no enabled plan",
        "",
    ),
];

on_both!(what_is_wrong_in_the_tenant_and_between_the_two_sides_is_named_and_mended in this process);
async fn what_is_wrong_in_the_tenant_and_between_the_two_sides_is_named_and_mended(world: &World) {
    let mut desk = Desk::begin(world, "password").await;
    desk.reach_the_session().await;
    desk.reach_the_tenant().await;
    desk.all_green().await;
    for (tenant, deployment, step, rows, says, leads) in FOUND_THERE {
        let broken = format!("{tenant}{deployment}");
        desk.breaks(&[tenant], &[deployment], "es");
        desk.check(step).await;
        desk.not_green(&broken, step, &Seen { rows, says, leads });
        desk.breaks(&[], &[], "en");
        desk.check(step).await;
        assert_eq!(desk.status(step), StepStatus::Green, "{broken} is over");
    }
    // A federation of a list alone is supported, and locks nothing.
    desk.breaks(&[], &["partner-discovery-off"], "en");
    desk.check("access-edge").await;
    assert_eq!(desk.status("access-edge"), StepStatus::Green);
    // Each apply makes it so, and its check sees it.
    for (tenant, deployment, step) in [
        ("", "access-edge-closed", "access-edge"),
        ("", "provider-missing", PROVIDER),
        ("", "provider-not-shared", PROVIDER),
        ("federation-off", "", "tenant-federation"),
        ("federation-closed", "", "allowed-domains"),
        ("blocked-domain-online-only", "", "blocked-domains"),
        ("", "blocked-domain-onprem-only", "blocked-domains"),
        ("not-shared", "", "shared-sip-address-space"),
    ] {
        desk.breaks(&[tenant], &[deployment], "en");
        desk.check(step).await;
        assert_eq!(desk.status(step), StepStatus::Red, "{tenant}{deployment}");
        desk.apply_named(step).await;
        assert_eq!(desk.status(step), StepStatus::Green, "{tenant}{deployment} is mended by {step}");
    }
    // The name is taken by a provider of another service.
    desk.breaks(&[], &["provider-name-taken"], "en");
    desk.check(PROVIDER).await;
    desk.apply_named(PROVIDER).await;
    desk.not_green(
        "provider-name-taken",
        PROVIDER,
        &Seen { rows: &[], says: "Another provider has the name", leads: "" },
    );
    // A setting that is not for the tenant's administrator.
    desk.breaks(&["not-shared", "restricted-parameter"], &[], "en");
    let shared = "shared-sip-address-space";
    desk.check(shared).await;
    desk.apply_named(shared).await;
    desk.not_green(
        "restricted-parameter",
        shared,
        &Seen { rows: &["Global"], says: "The service does not let", leads: "" },
    );
    // A session that ends leads to the one that is signed in to in this way.
    desk.breaks(&["session-expires"], &[], "en");
    desk.check(shared).await;
    desk.not_green(
        "session-expires",
        shared,
        &Seen { rows: &[], says: "The session with the tenant has ended", leads: "apply online-session" },
    );
}

on_both!(an_import_changes_no_answer_of_the_deployment in this process);
async fn an_import_changes_no_answer_of_the_deployment(world: &World) {
    let mut desk = Desk::begin(world, "password").await;
    desk.reach_the_session().await;
    // The tenant has a provider of that name; the deployment has none.
    for imported in [false, true] {
        if imported {
            desk.breaks(&[], &[], "en");
            desk.reach_the_tenant().await;
        }
        desk.breaks(&[], &["provider-missing"], "en");
        desk.check("access-edge").await;
        desk.check(PROVIDER).await;
        desk.not_green(
            "provider-missing",
            PROVIDER,
            &Seen { rows: &[], says: "If no provider is listed", leads: "apply hosting-provider" },
        );
    }
}

on_both!(there_are_three_ways_to_sign_in_and_each_opens_the_session in this process);
async fn there_are_three_ways_to_sign_in_and_each_opens_the_session(world: &World) {
    for (way, step, broken) in [
        ("mfa", "online-session-mfa", "mfa-required"),
        ("override-domain", "online-session-override", "autodiscover-fails"),
    ] {
        world.begin_anew();
        let mut desk = Desk::begin(world, way).await;
        desk.breaks(&[broken], &[], "en");
        desk.reach_the_session().await;
        assert_eq!(desk.status(SESSION), StepStatus::DoesNotApply);
        desk.applied(step).await;
        desk.applied(COMMANDS).await;
        desk.breaks(&["session-expires"], &[], "en");
        desk.check("tenant-domains").await;
        let leads = format!("apply {step}");
        desk.not_green(
            way,
            "tenant-domains",
            &Seen { rows: &["contoso.com"], says: "The session with the tenant has ended", leads: &leads },
        );
    }
}

on_both!(the_session_of_before_is_closed_first_and_no_more_than_one_is_open in this process);
async fn the_session_of_before_is_closed_first_and_no_more_than_one_is_open(world: &World) {
    let mut desk = Desk::begin(world, "password").await;
    desk.reach_the_session().await;
    // Three are allowed: without closing, the fourth would not open.
    for _ in 0..5 {
        desk.applied(SESSION).await;
        desk.check("no-other-session").await;
        assert_eq!(desk.status("no-other-session"), StepStatus::Green);
    }
    let log = world.tenant()["log"].clone();
    assert_eq!(log.as_array().map(Vec::len), Some(5), "{log}");
    assert_eq!(log[0], json!("New-CsOnlineSession admin@contoso.onmicrosoft.com"));
}

on_both!(after_signing_in_to_another_tenant_that_one_answers_and_is_not_changed_for_the_first in this process);
async fn after_signing_in_to_another_tenant_that_one_answers_and_is_not_changed_for_the_first(world: &World) {
    let mut desk = Desk::begin(world, "password").await;
    desk.reach_the_session().await;
    desk.reach_the_tenant().await;
    desk.all_green().await;
    let first = world.tenant();
    desk.sign_in_to_fabrikam().await;
    desk.applied(SESSION).await;
    desk.applied(COMMANDS).await;
    desk.check("tenant-domains").await;
    let says = "A SIP domain that you gave is not a domain of this tenant.";
    desk.not_green(
        "Fabrikam",
        "tenant-domains",
        &Seen { rows: &["contoso.com"], says, leads: "apply credential" },
    );
    // What would change it waits for that.
    assert!(desk.is_refused("shared-sip-address-space"));
    assert_eq!(world.tenant(), first);
}
