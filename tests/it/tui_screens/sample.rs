//! A small checklist with a step of every kind.

use std::time::Duration;

use greenlight::facade::checklist::{
    Apply, Arity, Changes, Check, Checklist, Emptiness, Expectation, Handoff, Input, InputKind, Lasts,
    Leaves, Localized, Need, Operand, Remedy, RemedyWhen, Rows, Sha, Step, StepId, StepKind, Test, Warnings,
    Weight,
};

fn words(en: &str, es: &str, fr: &str) -> Localized {
    Localized { en: en.into(), es: Some(es.into()), fr: Some(fr.into()) }
}

fn english(en: &str) -> Localized {
    Localized { en: en.into(), es: None, fr: None }
}

fn expect(property: &str, test: Test) -> Expectation {
    Expectation { property: Some(property.into()), test, rows: Rows::All }
}

fn measured(id: &str, title: Localized, needs: &[&str], check: Check, apply: Option<Apply>) -> Step {
    Step {
        id: id.into(),
        title,
        why: english("Without it the next steps cannot work, and the migration would stop half-way."),
        docs: Vec::new(),
        needs: needs.iter().map(|id| StepId::from(*id)).collect(),
        lasts: Lasts::Run,
        group: None,
        subject: None,
        fresh_for: Duration::from_secs(1800),
        keep_alive: None,
        when: None,
        weight: Weight::Required,
        kind: StepKind::Measured { check, apply },
        remedies: Vec::new(),
    }
}

fn check(command: &str, expect: Vec<Expectation>) -> Check {
    Check {
        command: command.into(),
        expect,
        key: None,
        covers: None,
        keeps: Vec::new(),
        warnings: Warnings::Keep,
        until: None,
        timeout: Duration::from_secs(120),
    }
}

fn apply(command: &str, changes: Changes) -> Apply {
    Apply { command: command.into(), changes, note: None, timeout: Duration::from_secs(300) }
}

fn input(id: &str, kind: InputKind, arity: Arity, need: Need, ask: Localized, help: &str) -> Input {
    Input {
        id: id.into(),
        kind,
        arity,
        leaves: Leaves::Nothing,
        need,
        ask,
        help: Some(english(help)),
        default: None,
        forms: Vec::new(),
    }
}

fn shared_sip_address_space() -> Step {
    let is_true = || Test::Is(Operand::Bool(true));
    let mut shared = measured(
        "shared-sip-address-space",
        words(
            "The tenant shares its SIP address space",
            "El inquilino comparte su espacio de direcciones SIP",
            "Le locataire partage son espace d’adressage SIP",
        ),
        &["online-session"],
        check(
            "Get-CsTenantFederationConfiguration",
            vec![expect("SharedSipAddressSpace", is_true()), expect("AllowFederatedUsers", is_true())],
        ),
        Some(Apply {
            note: Some(english("Users online and on-premises keep finding each other while they are moved.")),
            ..apply("Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True", Changes::Tenant)
        }),
    );
    shared.why = words(
        "Both sides answer for the same SIP domain; until the tenant knows that it shares it, calls to users who have moved are lost.",
        "Ambos lados responden por el mismo dominio SIP; hasta que el inquilino sepa que lo comparte, se pierden las llamadas a los usuarios movidos.",
        "Les deux côtés répondent pour le même domaine SIP ; tant que le locataire l’ignore, les appels vers les utilisateurs déplacés se perdent.",
    );
    shared.docs = vec!["https://learn.microsoft.com/previous-versions/office/lync-server-2013/".into()];
    shared.remedies = vec![Remedy {
        when: RemedyWhen { property: Some("SharedSipAddressSpace".into()), ..RemedyWhen::default() },
        say: words(
            "Apply this step; the tenant takes up to fifteen minutes to show it.",
            "Aplique este paso; el inquilino tarda hasta quince minutos en mostrarlo.",
            "Appliquez cette étape ; le locataire met jusqu’à quinze minutes à l’afficher.",
        ),
        docs: None,
        go: None,
    }];
    shared
}

fn online_session() -> Step {
    let mut session = measured(
        "online-session",
        words(
            "The online session is open and imported",
            "La sesión en línea está abierta e importada",
            "La session en ligne est ouverte et importée",
        ),
        &["credential"],
        check(
            "Get-PSSession | Where-Object { $_.ConfigurationName -eq 'Microsoft.PowerShell' -and $_.State -eq 'Opened' -and $_.ComputerName -like \"*$sip_domain\" }",
            vec![expect("State", Test::Is(Operand::Text("Opened".into())))],
        ),
        Some(apply(
            "$CSSession = New-CsOnlineSession -Credential $cred\nImport-PSSession $CSSession -AllowClobber",
            Changes::Session,
        )),
    );
    session.lasts = Lasts::Session;
    session.keep_alive = Some(Duration::from_secs(45));
    session
}

fn credential() -> Step {
    let mut credential = measured(
        "credential",
        words(
            "A credential of the tenant is at hand",
            "Hay una credencial del inquilino",
            "Un identifiant du locataire est prêt",
        ),
        &["powershell-is-fit"],
        check("$cred", vec![expect("UserName", Test::Empty(Emptiness::Filled))]),
        Some(apply("$cred = Get-Credential", Changes::Session)),
    );
    credential.lasts = Lasts::Session;
    credential
}

fn clock() -> Step {
    let mut clock = measured(
        "clock",
        words("The clock is right", "El reloj está en hora", "L’horloge est à l’heure"),
        &[],
        check(
            "w32tm /query /status",
            vec![Expectation { property: None, test: Test::Present, rows: Rows::Any }],
        ),
        None,
    );
    clock.weight = Weight::Advisory;
    clock
}

fn powershell_is_fit() -> Step {
    measured(
        "powershell-is-fit",
        words(
            "PowerShell is 3.0 or later and 64-bit",
            "PowerShell es 3.0 o posterior y de 64 bits",
            "PowerShell est 3.0 ou ultérieur et 64 bits",
        ),
        &[],
        check(
            "$PSVersionTable",
            vec![expect("PSVersion", Test::VersionAtLeast(Operand::Text("3.0".into())))],
        ),
        None,
    )
}

fn deployment_validated() -> Step {
    Step {
        kind: StepKind::Attested {
            statement: words(
                "The on-premises deployment was validated: users can sign in, call and meet.",
                "La implementación local se validó: los usuarios inician sesión, llaman y se reúnen.",
                "Le déploiement local a été validé : connexion, appels et réunions fonctionnent.",
            ),
        },
        ..measured(
            "deployment-validated",
            words(
                "The deployment is validated",
                "La implementación está validada",
                "Le déploiement est validé",
            ),
            &[],
            check("", Vec::new()),
            None,
        )
    }
}

/// Six steps of every kind.
pub fn checklist() -> Checklist {
    Checklist {
        id: "lync-online-to-lync-2013".into(),
        version: "1.0.0".into(),
        title: words(
            "Lync Online to Lync Server 2013",
            "De Lync Online a Lync Server 2013",
            "De Lync Online à Lync Server 2013",
        ),
        about: Some(english(
            "First steps before users are migrated from Lync Online to the on-premises deployment: this computer, the deployment, the session with the tenant, and the address space that both share.",
        )),
        source: None,
        inputs: vec![
            input(
                "sip_domain",
                InputKind::Domain,
                Arity::One,
                Need::Required,
                words("SIP domain", "Dominio SIP", "Domaine SIP"),
                "The domain that both sides share.",
            ),
            input(
                "pilot_users",
                InputKind::Upn,
                Arity::Many,
                Need::Optional,
                words("Pilot users", "Usuarios piloto", "Utilisateurs pilotes"),
                "They are moved first.",
            ),
            input(
                "wave",
                InputKind::Choice(vec!["pilot".into(), "bulk".into()]),
                Arity::One,
                Need::Required,
                words("Wave", "Ola", "Vague"),
                "Which users are prepared.",
            ),
        ],
        steps: vec![
            powershell_is_fit(),
            deployment_validated(),
            credential(),
            online_session(),
            shared_sip_address_space(),
            clock(),
        ],
        handoff: Some(Handoff {
            title: words("Start migration", "Iniciar la migración", "Démarrer la migration"),
            say: english(
                "Run the pilot first: .\\start-migration.ps1 -Pilot -WhatIf, read what it would do, then without -WhatIf.",
            ),
            confirm: "START".into(),
            file: "start-migration.ps1".into(),
            script: "Move-CsUser -Target $sip_domain".into(),
            docs: vec!["https://learn.microsoft.com/previous-versions/office/lync-server-2013/".into()],
        }),
        sha256: Sha::of(b"fixture"),
    }
}
