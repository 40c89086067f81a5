//! Streams, values, variables, prompts, exit codes.

use greenlight::facade::run::prompt::{Echo, Pick};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{OutcomeEnd, Prompt};
use greenlight::facade::shell::{
    Answer, FieldAnswer, Progress, ProgressRecordType, Request, Secret, ShellEvent, Stream,
};

use crate::engine::engine;
use crate::harness::shells::{Driver, credential};

#[tokio::test]
async fn streams_arrive_apart_and_are_shown_once() {
    let Some(engine) = engine("streams_arrive_apart_and_are_shown_once") else { return };
    let (mut shell, about) = Driver::open(&engine).await;
    assert!(about.version.split('.').count() >= 2, "{about:?}");
    assert_eq!(about.edition, "Core");

    let given = shell
        .run(
            "$VerbosePreference = $DebugPreference = 'Continue'
            Write-Output \"out`nsecond\"; Write-Warning warn; Write-Verbose verb; Write-Debug deb
            Write-Host -NoNewline 'ho'; Write-Host st; Write-Information info -InformationAction Continue
            Write-Progress -Activity act -Status stat -PercentComplete 30; Write-Error err; Write-Output end",
        )
        .await;
    let told: Vec<_> = given.lines.iter().map(|line| (line.stream, line.text.as_str())).collect();
    let expected = [
        (Stream::Output, "out"),
        (Stream::Output, "second"),
        (Stream::Warning, "warn"),
        (Stream::Verbose, "verb"),
        (Stream::Debug, "deb"),
        (Stream::Information, "host"),
        (Stream::Information, "info"),
        (Stream::Error, "err"),
        (Stream::Output, "end"),
    ];
    assert_eq!(told, expected);
    assert_eq!(given.rows, [Value::text("out\nsecond"), Value::text("end")]);
    let progress =
        Progress { activity: "act".into(), status: "stat".into(), percent: Some(30), ..Progress::default() };
    assert_eq!(given.progress, [progress]);
    assert_eq!(given.end, Some(OutcomeEnd::Completed), "an error record does not end a command");
    assert_eq!(given.failure().message, "err");
}

#[tokio::test]
async fn errors_carry_what_a_remedy_looks_for() {
    let Some(engine) = engine("errors_carry_what_a_remedy_looks_for") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let given = shell.run("Get-NoSuchThing").await;
    let failure = given.failure();
    assert_eq!(failure.error_id, "CommandNotFoundException");
    assert_eq!(failure.exception, "System.Management.Automation.CommandNotFoundException");
    assert_eq!(failure.category, "ObjectNotFound");
    assert!(failure.message.contains("Get-NoSuchThing"));

    let given = shell.run("'before'; throw 'no further'; 'after'").await;
    assert_eq!((given.end, given.failure().message.as_str()), (Some(OutcomeEnd::Threw), "no further"));
    assert_eq!(given.rows, [Value::text("before")]);

    let given = shell.run("if (").await;
    assert_eq!(given.end, Some(OutcomeEnd::Threw), "{given:?}");
    assert!(!given.failures.is_empty());
}

#[tokio::test]
async fn values_come_as_facts() {
    let Some(engine) = engine("values_come_as_facts") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let given = shell
        .run(
            "[pscustomobject]@{ Flag = $true; Count = 3; Big = 5000000000; Half = 0.5; Name = 'x'; None = $null
                When = [datetime]::new(2026, 1, 31, 8, 0, 0, [DateTimeKind]::Utc); Version = [version]'5.0.8308.0'
                Day = [DayOfWeek]::Friday; List = 'a', 'b'; Table = @{ Inner = 1 }
                Secure = (ConvertTo-SecureString 'canary-7' -AsPlainText -Force) }",
        )
        .await
        .well();
    let row = given.row();
    let expected = [
        ("Flag", Value::Bool(true)),
        ("Count", Value::Int(3)),
        ("Big", Value::Int(5_000_000_000)),
        ("Half", Value::Float(0.5)),
        ("Name", Value::text("x")),
        ("None", Value::Null),
        ("When", Value::Time(1_769_846_400_000)),
        ("Version", Value::Version(vec![5, 0, 8308, 0])),
        ("List", Value::List(vec![Value::text("a"), Value::text("b")])),
        ("Table.inner", Value::Int(1)),
    ];
    for (path, value) in expected {
        assert_eq!(row.property(path), Some(&value), "{path}");
    }
    // Of some scalars only their text comes through, and the names of their types.
    for (path, text) in [("Day", "Friday"), ("Secure", "System.Security.SecureString")] {
        let Some(Value::Object(object)) = row.property(path) else { panic!("{path}: {given:?}") };
        assert_eq!((&*object.text, &*object.properties), (text, &[][..]), "{path}");
    }
    assert!(!format!("{given:?}").contains("canary-7"));
}

#[tokio::test]
async fn variables_are_bound_as_values_whatever_they_hold() {
    let Some(engine) = engine("variables_are_bound_as_values_whatever_they_hold") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let nasty = "'@\n$(throw 1)`\" \u{2018}\u{2019}\u{201c} \u{1F600}; exit 3 #";
    let variables = vec![
        ("text".to_owned(), Value::text(nasty)),
        ("many".to_owned(), Value::List(vec![Value::text("a"), Value::text(nasty)])),
        ("number".to_owned(), Value::Int(7)),
        ("flag".to_owned(), Value::Bool(true)),
        ("nothing".to_owned(), Value::Null),
        ("version".to_owned(), Value::Version(vec![5, 1])),
    ];
    let command = "$text; $many[1]; $many.Count; $number + 1; $flag; $null -eq $nothing; $version -ge '5.0'";
    let given = shell.run_with(command, variables).await.well();
    let expected = [
        Value::text(nasty),
        Value::text(nasty),
        Value::Int(2),
        Value::Int(8),
        Value::Bool(true),
        Value::Bool(true),
        Value::Bool(true),
    ];
    assert_eq!(given.rows, expected);
    assert_eq!(shell.run("$number").await.well().row(), &Value::Int(7), "they stay for the next command");
}

#[tokio::test]
async fn a_variable_that_cannot_be_bound_fails_the_command_unrun() {
    let Some(engine) = engine("a_variable_that_cannot_be_bound_fails_the_command_unrun") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let given = shell.run_with("'it ran'", vec![("PID".to_owned(), Value::Int(2))]).await;
    assert_eq!(given.end, Some(OutcomeEnd::Unbound), "{given:?}");
    let ids: Vec<&str> = given.failures.iter().map(|failure| &*failure.error_id).collect();
    assert_eq!(ids, ["VariableNotWritable", "InputNotBound,PID"], "{given:?}");
    assert!(given.rows.is_empty());
}

#[tokio::test]
async fn what_a_command_assigns_stays_for_the_next() {
    let Some(engine) = engine("what_a_command_assigns_stays_for_the_next") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    shell.run("$x = 41; function Get-Next { $x + 1 }").await.well();
    assert_eq!(shell.run("Get-Next").await.well().row(), &Value::Int(42));
}

#[tokio::test]
async fn a_native_exit_code_and_exit_are_errors_and_the_session_lives_on() {
    let Some(engine) = engine("a_native_exit_code_and_exit_are_errors_and_the_session_lives_on") else {
        return;
    };
    let (mut shell, _) = Driver::open(&engine).await;
    let shell_of = if cfg!(windows) { "cmd /c" } else { "sh -c" };
    let given = shell.run(&format!("{shell_of} 'exit 5'; 'on'")).await;
    assert_eq!(
        (given.end, given.failure().error_id.as_str()),
        (Some(OutcomeEnd::Completed), "NativeCommandExitCode")
    );
    assert!(given.failure().message.contains("exit code 5"), "{given:?}");
    assert_eq!(given.rows, [Value::text("on")]);
    shell.run("'a command without a native program is not blamed'").await.well();
    shell.run(&format!("{shell_of} 'exit 0'")).await.well();

    shell.run("$kept = 1").await.well();
    let given = shell.run("exit 7").await;
    assert!(given.failures.iter().any(|failure| failure.error_id == "ExitCalled"), "{given:?}");
    assert_eq!(shell.run("$kept").await.well().row(), &Value::Int(1));
}

#[tokio::test]
async fn every_kind_of_question_is_asked_and_answered() {
    let Some(engine) = engine("every_kind_of_question_is_asked_and_answered") else { return };
    let (mut shell, _) = Driver::open(&engine).await;

    let given = shell
        .ask("$cred = Get-Credential -Message 'Who?'", |_| credential("ana@contoso.com", "p\u{e4}ss-7"))
        .await;
    assert!(matches!(&given.well().asked[..], [Prompt::Credential { message, .. }] if message == "Who?"));
    let given = shell
        .run("$cred.UserName; $cred.GetNetworkCredential().Password -ceq \"p$([char]0xe4)ss-7\"")
        .await
        .well();
    assert_eq!(given.rows, [Value::text("ana@contoso.com"), Value::Bool(true)]);

    let choose = "$options = [Management.Automation.Host.ChoiceDescription[]]('&Yes', '&No', '&Later')
        $Host.UI.PromptForChoice('Sure?', 'Really?', $options, 1)";
    let given = shell.ask(choose, |_| Answer::Choice(vec![2])).await.well();
    assert_eq!(given.row(), &Value::Int(2));
    let [Prompt::Choice { caption, message, choices, defaults, pick }] = &given.asked[..] else {
        panic!("{given:?}")
    };
    assert_eq!(
        (caption.as_str(), message.as_str(), defaults.as_slice(), *pick),
        ("Sure?", "Really?", &[1][..], Pick::One)
    );
    assert_eq!(
        choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(),
        ["&Yes", "&No", "&Later"]
    );

    let given = shell.ask("Read-Host", |_| Answer::Line("Ana".to_owned())).await.well();
    assert_eq!((given.row(), &given.asked[..]), (&Value::text("Ana"), &[Prompt::Line][..]));
    let one = |_: &Prompt| Answer::Fields(vec![FieldAnswer::Text("Ana".to_owned())]);
    let given = shell.ask("Read-Host 'Your name'", one).await.well();
    assert_eq!(given.row(), &Value::text("Ana"));
    assert!(matches!(&given.asked[..], [Prompt::Fields { fields, .. }] if fields[0].name == "Your name"));
    let secure =
        "$s = Read-Host -AsSecureString; [Net.NetworkCredential]::new('', $s).Password -ceq 'hid-den'";
    let given = shell.ask(secure, |_| Answer::SecureLine(Secret::new("hid-den".to_owned()))).await.well();
    assert_eq!((given.row(), &given.asked[..]), (&Value::Bool(true), &[Prompt::SecureLine][..]));

    let fields = "function Test-Fields { param([Parameter(Mandatory)] [string]$First, [Parameter(Mandatory)] [securestring]$Second)
        $First; [Net.NetworkCredential]::new('', $Second).Password -ceq 'hid-den' }; Test-Fields";
    let answers = |_: &Prompt| {
        let second = FieldAnswer::Secret(Secret::new("hid-den".to_owned()));
        Answer::Fields(vec![FieldAnswer::Text("one".to_owned()), second])
    };
    let given = shell.ask(fields, answers).await.well();
    assert_eq!(given.rows, [Value::text("one"), Value::Bool(true)]);
    let [Prompt::Fields { fields, .. }] = &given.asked[..] else { panic!("{given:?}") };
    let fields: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.echo)).collect();
    assert_eq!(fields, [("First", Echo::Shown), ("Second", Echo::Masked)]);
}

#[tokio::test]
async fn a_missing_mandatory_credential_is_asked_for_as_one() {
    let Some(engine) = engine("a_missing_mandatory_credential_is_asked_for_as_one") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let command = "function Test-It { param([Parameter(Mandatory)] [pscredential]$It)
        $It.UserName; $It.GetNetworkCredential().Password -ceq 'hid-den' }; Test-It";
    let given = shell.ask(command, |_| credential("ana", "hid-den")).await.well();
    assert!(matches!(given.asked[..], [Prompt::Credential { .. }]), "{given:?}");
    assert_eq!(given.rows, [Value::text("ana"), Value::Bool(true)]);
}

#[tokio::test]
async fn a_declined_question_fails_and_never_hangs() {
    let Some(engine) = engine("a_declined_question_fails_and_never_hangs") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let choose =
        "$Host.UI.PromptForChoice('', '', [Management.Automation.Host.ChoiceDescription[]]('&a', '&b'), 0)";
    let mandatory = "function Test-It { param([Parameter(Mandatory)] $It) $It }; Test-It";
    for command in ["$c = Get-Credential", choose, "Read-Host", "Read-Host -AsSecureString", mandatory] {
        for answer in [|| Answer::Declined, || Answer::Choice(vec![])] {
            let given = shell.ask(command, |_| answer()).await;
            assert!(!given.failures.is_empty(), "{command}: {given:?}");
            assert_eq!(given.asked.len(), 1, "{command}: {given:?}");
        }
    }
    shell.run("'alive'").await.well();
}

#[tokio::test]
async fn what_native_children_write_past_powershell_is_noise() {
    let Some(engine) = engine("what_native_children_write_past_powershell_is_noise") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let child = if cfg!(windows) {
        "'cmd.exe', '/c echo raw& echo ^<Data half& echo err>&2'"
    } else {
        "'/bin/sh', [string[]]('-c', 'echo raw; printf \"<Data \\000\\377 half\"; echo err >&2')"
    };
    let given = shell.run(&format!("[Diagnostics.Process]::Start({child}).WaitForExit(); 'on'")).await.well();
    assert_eq!(given.rows, [Value::text("on")]);
    let noise = given.stream(Stream::Noise);
    assert!(noise.contains(&"raw"), "{given:?}");
    shell.run("'alive'").await.well();
}

#[tokio::test]
async fn progress_has_its_place_its_operation_and_the_time_that_is_left() {
    let Some(engine) = engine("progress_has_its_place_its_operation_and_the_time_that_is_left") else {
        return;
    };
    let (mut shell, _) = Driver::open(&engine).await;
    let given = shell
        .run(
            "Write-Progress -Id 1 -Activity 'Mailbox 6 of 10' -PercentComplete 60
            Write-Progress -Id 2 -ParentId 1 -Activity Folder -Status '2 of 5' -CurrentOperation Inbox -SecondsRemaining 35
            Write-Progress -Id 2 -ParentId 1 -Activity Folder -Completed",
        )
        .await
        .well();
    let [top, part, over] = given.progress.as_slice() else { panic!("{given:?}") };
    assert_eq!((top.activity_id, top.parent_id, top.percent), (1, None, Some(60)));
    assert_eq!((top.current_operation.as_deref(), top.seconds_remaining), (None, None));
    assert_eq!((part.activity_id, part.parent_id, part.percent), (2, Some(1), None));
    assert_eq!((part.current_operation.as_deref(), part.seconds_remaining), (Some("Inbox"), Some(35)));
    let ends = [top, part, over].map(|progress| progress.record_type);
    assert_eq!(
        ends,
        [ProgressRecordType::Processing, ProgressRecordType::Processing, ProgressRecordType::Completed]
    );
}

/// The words of each line that has some.
fn cells(lines: &[&str]) -> Vec<Vec<String>> {
    let cells = lines.iter().map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    cells.filter(|row| !row.is_empty()).collect()
}

#[tokio::test]
async fn objects_are_tables_and_lists_as_powershell_shows_them() {
    let Some(engine) = engine("objects_are_tables_and_lists_as_powershell_shows_them") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    for objects in [
        "1..3 | ForEach-Object { [pscustomobject]@{ A = $_; B = 'x' * $_ } }",
        "[pscustomobject]@{ A = $true; B = 1.25; C = $null; D = 1, 2 }, [pscustomobject]@{ A = $false; B = 9.75; C = 'x'; D = 'y' }",
        "1, 'b' | ForEach-Object { [pscustomobject]@{ A = $_; B = 'b c'; C = ''; D = $null; LongName = 1, 2 } }",
        "Get-Process -Id $PID | Select-Object Name, Id",
        "Get-Process -Id $PID | Select-Object Name, Id, Site, Container, HasExited",
        "[ordered]@{ long = 'v'; k = 1 }",
        "@{ k = 'v' }",
        "'text', 5, [DayOfWeek]::Friday",
        "1..300 | ForEach-Object { [pscustomobject]@{ Number = $_; Word = 'w' } }",
    ] {
        let ours = shell.run(objects).await.well();
        let theirs = shell.run(&format!("{objects} | Out-String -Width 200")).await.well();
        let (ours, theirs) = (ours.stream(Stream::Output), theirs.stream(Stream::Output));
        assert_eq!(cells(&ours), cells(&theirs), "{objects}");
        assert!(cells(&ours).len() > 1);
    }
    // In the same columns, where PowerShell measures all of them before.
    let objects = "'a', 'fe01.contoso.com' | ForEach-Object { [pscustomobject]@{ Name = $_; Port = 5061; Site = 's' } }";
    let ours = shell.run(objects).await.well();
    let theirs =
        shell.run(&format!("{objects} | Format-Table -AutoSize | Out-String -Width 200")).await.well();
    let theirs: Vec<_> = theirs.stream(Stream::Output).into_iter().map(str::trim_end).collect();
    assert_eq!(
        ours.stream(Stream::Output),
        theirs.iter().filter(|line| !line.is_empty()).copied().collect::<Vec<_>>()
    );
    // Where PowerShell would press all of them into the columns of the first, and so leave out what the others have.
    let mixed = "'said'; [pscustomobject]@{ A = 1 }; [pscustomobject]@{ B = 'b'; C = 2 }; [version]'1.2'";
    let mixed = shell.run(mixed).await.well();
    assert_eq!(mixed.stream(Stream::Output), ["said", "", "A", "-", "1", "", "B C", "- -", "b 2", "", "1.2"]);
}

#[tokio::test]
async fn rows_of_a_table_are_told_while_their_command_goes_on() {
    let Some(engine) = engine("rows_of_a_table_are_told_while_their_command_goes_on") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let attempt = shell.begin("[pscustomobject]@{ A = 1 }; Start-Sleep 600", Vec::new()).await;
    let mut lines = Vec::new();
    while lines.len() < 3 {
        if let Some(ShellEvent::Line(_, line)) = shell.report().await {
            lines.push(line.text);
        }
    }
    assert_eq!(lines, ["A", "-", "1"]);
    shell.send(Request::Stop).await;
    let end = shell.finish(attempt, |prompt| panic!("{prompt:?}")).await;
    assert_eq!((end.end, end.lines), (Some(OutcomeEnd::Stopped), Vec::new()));
    // What comes between rows stands between them.
    let given = shell.run("[pscustomobject]@{ A = 1 }; Write-Warning w; [pscustomobject]@{ A = 2 }").await;
    let told: Vec<_> = given.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(told, ["A", "-", "1", "w", "2"]);
}
