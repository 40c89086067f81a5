//! Everything that a script may ask of a person.

use greenlight::facade::psrp::{HostCall, HostReply, Pipeline, PipelineState, PsValue, Secret};

use super::server::Server;
use crate::engine::powershell;

#[test]
fn a_credential_is_asked_for_and_its_password_arrives() {
    let Some(path) = powershell("a_credential_is_asked_for_and_its_password_arrives") else { return };
    let mut server = Server::start(&path);
    let password = "pä$$ wörd \u{1F511} \"'`";
    let ran = server.answered(
        "$cred = Get-Credential -Message 'Tenant' -UserName 'admin@example.org'",
        vec![HostReply::Credential { user: "root@example.org".to_owned(), password: Secret::from(password) }],
    );
    let [HostCall::PromptForCredential { message, user_name, .. }] = &ran.completed().calls()[..] else {
        panic!("{ran:?}")
    };
    assert_eq!((message.as_str(), user_name.as_str()), ("Tenant", "admin@example.org"));
    let ran = server.script("$cred.UserName; $cred.GetNetworkCredential().Password");
    assert_eq!(ran.completed().shown(), ["root@example.org", password]);
    server.close();
}

#[test]
fn choices_are_asked_with_labels_help_and_default() {
    let Some(path) = powershell("choices_are_asked_with_labels_help_and_default") else { return };
    let mut server = Server::start(&path);
    let ran = server.answered(
        "$o = foreach ($l in '&Yes', '&No', '&Later') { \
            [System.Management.Automation.Host.ChoiceDescription]::new($l, \"help $l\") }; \
         $Host.UI.PromptForChoice('Cap', 'Msg', $o, 1); \
         $Host.UI.PromptForChoice('Cap', 'Msg', $o, -1); \
         $Host.UI.PromptForChoice('Cap', 'Msg', $o, [int[]](0, 2)) -join ','",
        vec![HostReply::Choice(2), HostReply::Choice(0), HostReply::Choices(vec![1, 2])],
    );
    assert_eq!(ran.completed().shown(), ["2", "0", "1,2"]);
    let calls = ran.calls();
    let HostCall::PromptForChoice { caption, message, choices, default } = &calls[0] else {
        panic!("{calls:?}")
    };
    assert_eq!((caption.as_str(), message.as_str(), *default), ("Cap", "Msg", Some(1)));
    assert_eq!(choices.iter().map(|c| c.label.as_str()).collect::<Vec<_>>(), ["&Yes", "&No", "&Later"]);
    assert_eq!(choices[2].help, "help &Later");
    assert!(matches!(&calls[1], HostCall::PromptForChoice { default: None, .. }));
    let HostCall::PromptForMultipleChoices { defaults, .. } = &calls[2] else { panic!("{calls:?}") };
    assert_eq!(*defaults, [0, 2]);
    server.close();
}

#[test]
fn lines_are_read_in_the_open_and_in_secret() {
    let Some(path) = powershell("lines_are_read_in_the_open_and_in_secret") else { return };
    let mut server = Server::start(&path);
    let ran = server.answered(
        "$Host.UI.ReadLine(); $s = $Host.UI.ReadLineAsSecureString(); \
         [System.Net.NetworkCredential]::new('', $s).Password; $s",
        vec![HostReply::Line("typed\u{e9}".to_owned()), HostReply::SecureLine(Secret::from("hidden"))],
    );
    assert_eq!(ran.completed().shown(), ["typed\u{e9}", "hidden", "[REDACTED]"]);
    assert_eq!(ran.output().pop(), Some(PsValue::from(Secret::from("hidden"))));
    server.close();
}

#[test]
fn a_missing_mandatory_parameter_is_asked_for_by_name_and_type() {
    let Some(path) = powershell("a_missing_mandatory_parameter_is_asked_for_by_name_and_type") else {
        return;
    };
    let mut server = Server::start(&path);
    server
        .script(
            "function Need { param([Parameter(Mandatory, HelpMessage='the sip domain')][string]$Domain, \
             [Parameter(Mandatory)][int]$Port) \"$Domain $Port\" }",
        )
        .completed();
    let ran = server.run_with(Pipeline::script("Need"), |client, id, call| {
        let HostCall::Prompt { fields, .. } = call else { panic!("{call:?}") };
        assert_eq!(fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["Domain", "Port"]);
        assert_eq!(fields[0].help, "the sip domain");
        assert_eq!(fields[1].type_name, "System.Int32");
        assert!(fields[0].mandatory);
        let values = vec![("Domain".to_owned(), "contoso.com".into()), ("Port".to_owned(), "5061".into())];
        client.answer(id, HostReply::Fields(values)).expect("the reply fits");
    });
    assert_eq!(ran.completed().shown(), ["contoso.com 5061"]);
    server.close();
}

#[test]
fn should_process_asks_and_yes_to_all_asks_no_more() {
    let Some(path) = powershell("should_process_asks_and_yes_to_all_asks_no_more") else { return };
    let mut server = Server::start(&path);
    server
        .script(
            "function Do-It { [CmdletBinding(SupportsShouldProcess, ConfirmImpact='High')] param([Parameter( \
             ValueFromPipeline)]$x) process { if ($PSCmdlet.ShouldProcess(\"t$x\")) { \"did $x\" } } }",
        )
        .completed();
    // Yes, No, then Yes to all.
    let ran = server
        .answered("1..4 | Do-It", vec![HostReply::Choice(0), HostReply::Choice(2), HostReply::Choice(1)]);
    assert_eq!(ran.completed().shown(), ["did 1", "did 3", "did 4"]);
    server.close();
}

#[test]
fn a_cancelled_prompt_throws_and_never_hangs() {
    let Some(path) = powershell("a_cancelled_prompt_throws_and_never_hangs") else { return };
    let mut server = Server::start(&path);
    for ask in ["$c = Get-Credential", "$Host.UI.ReadLine()", "$Host.UI.ReadLineAsSecureString()"] {
        let ran =
            server.answered(&format!("$ErrorActionPreference = 'Stop'; {ask}"), vec![HostReply::Cancelled]);
        let PipelineState::Failed(error) = &ran.state else { panic!("{ask}: {ran:?}") };
        assert!(error.message.contains("cancelled"), "{ask}: {error:?}");
    }
    let ran = server.answered("'x' + (Get-Credential)", vec![HostReply::NoCredential]);
    assert!(!ran.shown().iter().any(|line| line.contains("PSCredential")), "{ran:?}");
    server.close();
}

#[test]
fn questions_about_the_screen_are_answered_without_a_person() {
    let Some(path) = powershell("questions_about_the_screen_are_answered_without_a_person") else { return };
    let mut server = Server::start(&path);
    let ran = server.script(
        "$r = $Host.UI.RawUI; \"$($r.BufferSize)\"; \"$($r.WindowSize)\"; \"$($r.MaxWindowSize)\"; \
         \"$($r.CursorPosition)\"; \"$($r.ForegroundColor)\"; $r.WindowTitle; $r.CursorSize; \
         $r.WindowTitle = 'new'; $r.ForegroundColor = 'Red'; $r.FlushInputBuffer()",
    );
    assert_eq!(ran.completed().shown(), ["120,3000", "120,40", "120,40", "0,0", "Gray", "greenlight", "25"]);
    assert!(ran.calls().is_empty(), "{ran:?}");
    assert_eq!((server.client.host().title.as_str(), server.client.host().foreground), ("new", 12));
    server.close();
}

#[test]
fn a_key_is_asked_for() {
    let Some(path) = powershell("a_key_is_asked_for") else { return };
    let mut server = Server::start(&path);
    let key = HostReply::Key { character: u16::from(b'y'), code: 89 };
    let ran = server.answered("$Host.UI.RawUI.ReadKey('NoEcho,IncludeKeyDown').Character", vec![key]);
    assert_eq!(ran.completed().output(), [PsValue::Char(u16::from(b'y'))]);
    server.close();
}
