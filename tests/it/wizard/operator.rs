//! Who types at the terminal, and reads there.

use super::*;

/// The operator: a terminal and what they know of the screens.
pub(super) struct Operator<'a> {
    pub(super) world: &'a World,
    pub(super) terminal: Terminal,
}

impl<'a> Operator<'a> {
    pub(super) fn start(world: &'a World, arguments: &[&str]) -> Self {
        Self { world, terminal: Terminal::greenlight((120, 40), world, arguments) }
    }

    /// Gives the inputs, starts PowerShell.
    pub(super) fn begin(&self) {
        self.terminal.wait_for("SIP domains of the users");
        for input in ["contoso.com", "pool01.contoso.com", "ada@contoso.com, bob@contoso.com", ""] {
            self.terminal.type_text(input);
            self.terminal.press(&["Enter"]);
        }
        self.terminal.press(&["Enter"]);
        self.terminal.wait_for("Enter  check step by step");
    }

    /// Waits until that many steps are green and nothing runs.
    pub(super) fn green(&self, count: usize) -> String {
        let progress = format!("{count} of 17 green");
        self.idle(&progress)
    }

    pub(super) fn idle(&self, text: &str) -> String {
        let busy = ["checking ·", "applying ·", "stopping"];
        self.terminal.wait_until(text, |screen| {
            screen.contains(text) && !busy.iter().any(|word| screen.contains(word))
        })
    }

    /// Enter does the next sensible thing: waits for it to be offered, and takes it.
    pub(super) fn enter_for(&self, offer: &str) {
        self.idle(offer);
        self.terminal.press(&["Enter"]);
    }

    pub(super) fn check_all(&self) {
        self.terminal.press(&["A"]);
    }

    /// Everything on-premises, the attestation and the connector: the first thirteen steps.
    pub(super) fn on_premises(&self) {
        self.check_all();
        self.green(5);
        self.enter_for("Enter  apply it; only this session changes");
        self.green(6);
        self.check_all();
        self.green(11);
        self.attest();
        self.green(12);
        self.enter_for("Enter  apply it; only this session changes");
        self.green(13);
    }

    pub(super) fn attest(&self) {
        self.enter_for("Enter  state that it holds");
        self.terminal.wait_for("I state this");
        self.terminal.type_text("Ada Lovelace");
        self.terminal.press(&["Tab"]);
        self.terminal.type_text("signed in from inside and outside");
        self.terminal.press(&["Enter", "Enter"]);
    }

    /// Applies the credential step with this password.
    pub(super) fn credential(&self, password: &str) {
        self.enter_for("Enter  apply it; only this session changes");
        self.type_credential(password);
    }

    pub(super) fn type_credential(&self, password: &str) {
        // Its keys are shown when it takes them: what is typed before was not meant for it.
        let dialog = self.terminal.wait_until("a dialog that was there long enough to be read", |screen| {
            screen.contains("PowerShell credential request") && screen.contains("Esc cancel")
        });
        // Who is asked again finds the name that was given, and types only the password.
        if !dialog.contains(&format!("[{ADMIN}")) {
            self.terminal.type_text(ADMIN);
            self.terminal.press(&["Tab"]);
        }
        self.terminal.type_text(password);
        let screen = self.terminal.wait_for("•••");
        assert!(!screen.contains(password), "{screen}");
        self.terminal.press(&["Enter", "Enter"]);
    }

    /// Checks the selected step, finds it red, applies it.
    pub(super) fn check_and_apply(&self) {
        self.enter_for("Enter  check whether it holds");
        self.enter_for("Enter  apply it; only this session changes");
    }

    /// The first fourteen steps, up to a credential with that password.
    pub(super) fn to_the_credential(&self, password: &str) {
        self.begin();
        self.on_premises();
        self.enter_for("Enter  check whether it holds");
        self.credential(password);
        self.green(14);
    }

    /// The session, and its commands.
    pub(super) fn to_the_tenant(&self) {
        self.check_and_apply();
        self.green(15);
        self.check_and_apply();
        self.green(16);
    }

    /// The last step changes the tenant, which is named and asked for.
    pub(super) fn share_address_space(&self) {
        self.enter_for("Enter  check whether it holds");
        self.idle("SharedSipAddressSpace  is True   False");
        assert!(!self.world.is_shared());
        self.enter_for("Enter  apply it");
        // What is typed before the question is there does not answer it.
        let dialog = self.terminal.wait_for("Type Contoso and press Enter");
        assert!(dialog.contains("This changes the online tenant, for all its users."), "{dialog}");
        assert!(
            dialog.contains("Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True"),
            "{dialog}"
        );
        self.terminal.press(&["Enter"]);
        assert!(!self.world.is_shared(), "Enter alone never confirms");
        self.terminal.type_text(TENANT);
        self.terminal.press(&["Enter"]);
    }

    /// The gate, the re-check of every step, the typed word, the seal.
    pub(super) fn hand_off(&self) -> String {
        self.idle("gate open");
        self.terminal.press(&["g"]);
        self.terminal.wait_for("UNLOCKED, press Enter");
        self.terminal.press(&["Enter"]);
        // Its keys are shown when it takes them; so it is with the seal.
        self.idle("Enter confirm");
        self.terminal.wait_for("Type Contoso and press Enter");
        self.terminal.type_text(TENANT);
        self.terminal.press(&["Enter"]);
        self.terminal.wait_until("the seal", |screen| {
            screen.to_lowercase().contains("sealed")
                && screen.contains("manifest.json")
                && screen.contains("q quit")
        })
    }

    pub(super) fn quit(&self) {
        self.terminal.press(&["q"]);
        self.terminal.wait_for("exit code");
    }
}
