//! Every text of the built-in checklists in three languages, each in its own.

use greenlight::facade::checklist::Localized;

use super::*;

/// Every text with where it stands.
fn texts(checklist: &Checklist) -> Vec<(String, &Localized)> {
    let mut texts = vec![("title".to_owned(), &checklist.title)];
    texts.extend(checklist.about.iter().map(|about| ("about".to_owned(), about)));
    texts.extend(
        checklist.source.iter().flat_map(|source| &source.note).map(|note| ("source".to_owned(), note)),
    );
    for input in &checklist.inputs {
        texts.push((format!("{}: ask", input.id), &input.ask));
        texts.extend(input.help.iter().map(|help| (format!("{}: help", input.id), help)));
    }
    for step in &checklist.steps {
        let id = &step.id;
        texts.extend([(format!("{id}: title"), &step.title), (format!("{id}: why"), &step.why)]);
        texts.extend(step.group.iter().map(|group| (format!("{id}: group"), group)));
        match &step.kind {
            StepKind::Measured { apply, .. } => {
                let note = apply.as_ref().and_then(|apply| apply.note.as_ref());
                texts.extend(note.map(|note| (format!("{id}: note"), note)));
            }
            StepKind::Attested { statement } => texts.push((format!("{id}: statement"), statement)),
        }
        let says = step.remedies.iter().zip(1..);
        texts.extend(says.map(|(remedy, number)| (format!("{id}: remedy {number}"), &remedy.say)));
    }
    if let Some(handoff) = &checklist.handoff {
        texts.extend([
            ("handoff: title".to_owned(), &handoff.title),
            ("handoff: say".to_owned(), &handoff.say),
        ]);
    }
    texts
}

#[test]
fn every_text_is_there_in_three_languages_and_is_not_another_ones() {
    for builtin in builtin::all() {
        let checklist = read(builtin.bytes).expect("it is right");
        for (place, text) in texts(&checklist) {
            let (Some(es), Some(fr)) = (&text.es, &text.fr) else {
                panic!("{place} is missing in a language")
            };
            assert!(
                &text.en != es && &text.en != fr && es != fr,
                "{place} is the same in two languages: {text:?}"
            );
            assert!(!text.en.contains(['¿', '¡', '«', '’']), "{place} is not English: {}", text.en);
            assert!(!es.contains(['“', '”', '’']), "{place} is not typeset as Spanish is: {es}");
            // A straight apostrophe stands in commands alone, which are between other quotation marks.
            assert!(!fr.contains(['¿', '¡', '“', '”']), "{place} is not typeset as French is: {fr}");
        }
    }
}

/// What a command is called, and what the screens call a key, is the same in every language; so are the numbers.
#[test]
fn what_is_to_be_typed_is_the_same_in_every_language() {
    let cmdlets = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '$'));
        let is_cmdlet = |word: &&str| {
            word.split_once('-').is_some_and(|(verb, noun)| {
                [
                    "Get", "Set", "New", "Test", "Invoke", "Import", "Export", "Remove", "Enable", "Start",
                    "Grant", "Move",
                ]
                .contains(&verb)
                    && noun.starts_with(char::is_uppercase)
            })
        };
        let mut found: Vec<String> = words.filter(is_cmdlet).map(str::to_owned).collect();
        found.sort();
        found
    };
    for builtin in builtin::all() {
        let checklist = read(builtin.bytes).expect("it is right");
        for (place, text) in texts(&checklist) {
            for lang in [Lang::Es, Lang::Fr] {
                assert_eq!(cmdlets(text.get(lang)), cmdlets(&text.en), "{place} in {}", lang.code());
            }
        }
    }
}

/// Words for a place on a screen: a text stands in a dialog, in lines and on paper as well, where that is another.
const PLACES: [&str; 11] = [
    " above",
    " below",
    "step before",
    " arriba",
    "más abajo",
    "paso anterior",
    "ci-dessus",
    "ci-dessous",
    "plus haut",
    "plus bas",
    "étape précédente",
];

#[test]
fn no_text_points_to_a_place_on_a_screen() {
    for builtin in builtin::all() {
        let checklist = read(builtin.bytes).expect("it is right");
        for (place, text) in texts(&checklist) {
            for said in [Some(&text.en), text.es.as_ref(), text.fr.as_ref()].into_iter().flatten() {
                let found = PLACES.iter().find(|word| said.contains(*word));
                assert_eq!(found, None, "{place}: {said}");
            }
        }
    }
}

/// How to undo what overwrites something says which fields that are, and where their earlier values stand.
#[test]
fn what_overwrites_values_says_which_and_where_the_earlier_ones_are() {
    let checklist = read(builtin::all()[0].bytes).expect("it is right");
    let fields: [(&str, &[&str]); 5] = [
        ("execution-policy", &["Set-ExecutionPolicy"]),
        (
            "access-edge",
            &[
                "AllowOutsideUsers",
                "AllowFederatedUsers",
                "EnablePartnerDiscovery",
                "RoutingMethod",
                "Export-CsConfiguration",
            ],
        ),
        (
            "hosting-provider",
            &[
                "Enabled,",
                "EnabledSharedAddressSpace",
                "HostsOCSUsers",
                "VerificationLevel",
                "IsLocal",
                "AutodiscoverUrl",
                "Export-CsConfiguration",
            ],
        ),
        ("allowed-domains", &["Tenant", "New-CsEdgeAllowList"]),
        ("blocked-domains", &["Tenant", "New-CsEdgeDomainPattern"]),
    ];
    for (id, fields) in fields {
        let step = checklist.steps.iter().find(|step| step.id.as_str() == id).unwrap();
        let StepKind::Measured { apply: Some(apply), .. } = &step.kind else { panic!("{id}") };
        let note = apply.note.as_ref().unwrap();
        for lang in Lang::ALL {
            let said = note.get(lang);
            let before = Text::new(lang).report_before();
            assert!(said.contains(&before), "{id}: {before} in {said}");
            for field in fields {
                assert!(said.contains(field), "{id}: {field} in {said}");
            }
        }
    }
}
