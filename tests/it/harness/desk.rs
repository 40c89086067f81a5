//! An operator at the built-in procedure, whose tenant and deployment can be broken at any moment.

use greenlight::facade::checklist::{Act, StepId, StepKind, builtin};
use greenlight::facade::run::{Command, Confirmed, Prompt, StepStatus, VerdictReason};
use greenlight::facade::shell::{Answer, Secret};
use serde_json::json;

use crate::harness::engine_session::{EngineSession, OnlineChecks};
use crate::harness::system::System;
use crate::harness::world::{ADMIN, PASSWORD, World};

/// What is seen of a step that is not green.
pub struct Seen<'a> {
    /// The names of the rows that fail or are missing.
    pub rows: &'a [&'a str],
    /// How its first remedy begins.
    pub says: &'a str,
    /// Where that leads, `apply credential`; empty where nowhere.
    pub leads: &'a str,
}

pub struct Desk<'a> {
    world: &'a World,
    session: EngineSession,
}

impl<'a> Desk<'a> {
    /// A wizard on the procedure, signing in in this way.
    pub async fn begin(world: &'a World, sign_in: &str) -> Self {
        Self::begin_with(world, sign_in, "").await
    }

    /// The same, where this PowerShell ran first.
    pub async fn begin_with(world: &'a World, sign_in: &str, first: &str) -> Self {
        let checklist =
            builtin::all().iter().find(|one| one.id == "lync-online-to-lync-2013").expect("it is built in");
        let text = String::from_utf8(checklist.bytes.to_vec()).unwrap();
        let fixtures = format!(
            "[[step]]\nid = \"fixtures\"\ntitle = \"Fixtures\"\nwhy = \"W\"\n[step.check]\ncommand = '''$env:PSModulePath = '@modules@'; \
             $env:GREENLIGHT_FIXTURE_TENANT = '@tenant@'; $env:GREENLIGHT_FIXTURE_ONPREM = '{}'; {first}; if ([IO.File]::Exists('{}')) {{ Invoke-Expression ([IO.File]::ReadAllText('{}')) }}; $true'''\nexpect = [{{ is = true }}]\n\n[[step]]",
            world.written("onprem.json"),
            world.written("said.ps1"),
            world.written("said.ps1")
        );
        // Nothing of its own comes between what is done here.
        let text = text.replacen("[[step]]", &fixtures, 1).replace("keep_alive = \"45s\"\n", "");
        let session = EngineSession::begin_with(world, &text, OnlineChecks::Seldom).await;
        let mut desk = Self { world, session };
        desk.breaks(&[], &[], "en");
        let backup = world.path("backup");
        std::fs::create_dir_all(&backup).unwrap();
        std::fs::write(backup.join("CsConfiguration-1.zip"), "kept").unwrap();
        let backup = world.written("backup");
        for (input, typed) in [
            ("sip_domain", &["contoso.com"][..]),
            ("target_pool", &["pool01.contoso.com"]),
            ("pilot_users", &["ana@contoso.com", "ben@contoso.com"]),
            ("left_out_servers", &[]),
            ("connector", &["LyncOnlineConnector"]),
            ("sign_in", &[sign_in]),
            ("admin_domain", &["contoso.onmicrosoft.com"]),
            ("backup_folder", &[&backup]),
        ] {
            desk.give(input, typed);
        }
        desk.check("fixtures").await;
        assert_eq!(desk.status("fixtures"), StepStatus::Green, "{:?}", desk.session.reason("fixtures"));
        desk
    }

    pub fn give(&mut self, input: &str, typed: &[&str]) {
        let typed = typed.iter().map(|&value| value.to_owned()).collect();
        self.session.command(Command::Give { input: input.into(), typed });
    }

    /// The states of both sides, broken by these names, an empty one of which breaks nothing.
    pub fn breaks(&mut self, tenant: &[&str], deployment: &[&str], language: &str) {
        let names = |names: &[&str]| {
            names.iter().filter(|name| !name.is_empty()).map(|&name| json!(name)).collect::<Vec<_>>()
        };
        let mut state = json!({
            "users": [{ "user": ADMIN, "password": PASSWORD }],
            "federation": { "SharedSipAddressSpace": true, "AllowFederatedUsers": true },
            "break": names(tenant),
            "language": language,
        });
        if let Some(log) = std::fs::read(self.world.path("tenant.json"))
            .ok()
            .and_then(|_| self.world.tenant().get("log").cloned())
        {
            state["log"] = log;
        }
        self.world.set_tenant(&state);
        self.world.set_on_premises(&json!({ "break": names(deployment), "language": language }));
    }

    /// A command of the tenant's side that fails so.
    pub fn fails(&mut self, command: &str, text: &str) {
        self.breaks(&[], &[], "en");
        self.world.change_tenant("fail", json!({ command: text }));
    }

    pub async fn check(&mut self, step: &str) {
        self.session.check(step).await;
    }

    /// Applies and waits for its check too.
    pub async fn apply(&mut self, step: &str, confirmed: Confirmed) {
        self.session.command(Command::Apply { step: step.into(), confirmed });
        self.session.until_idle().await;
    }

    /// One that turns green.
    pub async fn applied(&mut self, step: &str) {
        self.apply(step, Confirmed::NotAsked).await;
        assert_eq!(self.status(step), StepStatus::Green, "{step}: {:?}", self.session.reason(step));
    }

    /// A change beyond the session, confirmed by the name of what it changes.
    pub async fn apply_named(&mut self, step: &str) {
        let run = self.session.wizard.run();
        let kind = run.checklist().steps.iter().find(|own| own.id.as_str() == step).map(|own| &own.kind);
        let Some(StepKind::Measured { apply: Some(apply), .. }) = kind else { panic!("{step} has no apply") };
        let subject = run.subject_of(apply.changes, self.session.wizard.now());
        let confirmed = match subject.and_then(|subject| subject.found) {
            Some(found) => Confirmed::Named { typed: found.name.clone(), id: found.id.clone() },
            None => Confirmed::Yes,
        };
        self.apply(step, confirmed).await;
    }

    /// Runs this in the operator's PowerShell, as somebody else on the computer might.
    pub async fn say(&mut self, command: &str) {
        std::fs::write(self.world.path("said.ps1"), command).unwrap();
        self.check("fixtures").await;
        assert_eq!(self.status("fixtures"), StepStatus::Green, "{command}: {:?}", self.reason("fixtures"));
    }

    pub fn reason(&self, step: &str) -> VerdictReason {
        self.session.reason(step)
    }

    pub fn status(&self, step: &str) -> StepStatus {
        self.session.status(step)
    }

    /// Everything that comes before the session.
    pub async fn reach_the_session(&mut self) {
        for step in ["powershell-64-bit", "powershell-version", "powershell-elevated", "execution-policy"] {
            if self.status(step) != StepStatus::DoesNotApply {
                self.check(step).await;
            }
        }
        let is_windows = matches!(self.world.system, System::Windows(_));
        assert_eq!(self.status("powershell-elevated") == StepStatus::Green, is_windows);
        self.applied("onprem-shell").await;
        for step in ["onprem-topology", "onprem-pool", "backup-configuration", "online-module-installed"] {
            self.check(step).await;
            assert_eq!(self.status(step), StepStatus::Green, "{step}: {:?}", self.session.reason(step));
        }
        self.applied("online-module-loaded").await;
        if self.status("credential") != StepStatus::DoesNotApply {
            self.applied("credential").await;
        }
        self.check("no-other-session").await;
    }

    pub async fn reach_the_tenant(&mut self) {
        self.applied("online-session").await;
        self.applied("tenant-commands").await;
    }

    /// All that is measured from the tenant on.
    pub async fn all_green(&mut self) {
        for step in [
            "tenant-domains",
            "access-edge",
            "partner-discovery",
            "hosting-provider",
            "tenant-federation",
            "allowed-domains",
            "blocked-domains",
            "shared-sip-address-space",
            "pilots-enabled",
            "pilots-synchronised",
            "pilots-licensed",
        ] {
            self.check(step).await;
            assert_eq!(self.status(step), StepStatus::Green, "{step}: {:?}", self.session.reason(step));
        }
    }

    pub async fn wrong_password(&mut self) {
        self.breaks(&[], &[], "en");
        self.session.command(Command::Apply { step: "credential".into(), confirmed: Confirmed::NotAsked });
        let wrong = |_: &Prompt| Answer::Credential(ADMIN.to_owned(), Secret::new("wrong".to_owned()));
        self.session.until_idle_asked(wrong).await;
        self.apply("online-session", Confirmed::NotAsked).await;
    }

    /// Gives the account of another tenant, which shares no domain with the first.
    pub async fn sign_in_to_fabrikam(&mut self) {
        let user = "admin@fabrikam.onmicrosoft.com";
        let tenant = json!({
            "users": [{ "user": user, "password": PASSWORD }],
            "tenant": { "DisplayName": "Fabrikam", "TenantId": "bbbbbbbb-0000-0000-0000-000000000000", "Domains": ["fabrikam.com"] },
        });
        let beside = self.world.path("tenant.json.fabrikam.onmicrosoft.com");
        std::fs::write(beside, tenant.to_string()).unwrap();
        self.session.command(Command::Apply { step: "credential".into(), confirmed: Confirmed::NotAsked });
        let other = |_: &Prompt| Answer::Credential(user.to_owned(), Secret::new(PASSWORD.to_owned()));
        self.session.until_idle_asked(other).await;
    }

    /// Whether the wizard refuses to apply it, however it is confirmed.
    pub fn is_refused(&mut self, step: &str) -> bool {
        let apply = Command::Apply { step: step.into(), confirmed: Confirmed::Yes };
        self.session.wizard.command(apply).is_err()
    }

    /// Compares what may be shown of the step with what is expected.
    pub fn not_green(&self, broken: &str, step: &str, expected: &Seen<'_>) {
        let run = self.session.wizard.run();
        let seen = run.assess(&StepId::from(step), self.session.wizard.now()).unwrap();
        assert!(
            matches!(seen.status, StepStatus::Red | StepStatus::Undetermined | StepStatus::ToDo),
            "{broken}: {step} is {:?}",
            seen.status
        );
        let failing = seen.rows.iter().flat_map(|rows| rows.shown).filter_map(|row| row.key.clone());
        let missing =
            seen.covered.iter().flat_map(|covered| &covered.missing).map(|missing| missing.name.clone());
        let mut rows: Vec<String> = failing.chain(missing).collect();
        rows.dedup();
        assert_eq!(rows, expected.rows, "{broken}: the rows of {step}");
        let first =
            seen.remedies.first().unwrap_or_else(|| panic!("{broken}: no remedy of {step}: {seen:#?}"));
        assert!(first.say.en.starts_with(expected.says), "{broken}: {} {:#?}", first.say.en, seen.failures);
        let leads = first.go.as_ref().map(|go| match go.act {
            Act::Apply => format!("apply {}", go.step),
            Act::Check => format!("check {}", go.step),
        });
        assert_eq!(leads.unwrap_or_default(), expected.leads, "{broken}: where {step} leads");
    }
}
