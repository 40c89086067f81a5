//! What the lint warns of, and what it leaves in peace.

use greenlight::facade::checklist::concern::Concern;
use greenlight::facade::checklist::{Warning, lint, read};
use greenlight::facade::text::Text;
use proptest::prelude::*;

/// A checklist of one step with these commands.
fn checklist(check: &str, apply: Option<(&str, &str)>) -> String {
    let check = literal(check);
    let apply = apply.map_or_else(String::new, |(command, changes)| {
        let command = literal(command);
        format!("[step.apply]\ncommand = {command}\nchanges = \"{changes}\"\n")
    });
    format!(
        "format = 1\nid = \"a\"\nversion = \"1\"\ntitle = {{ en = \"T\", es = \"T\", fr = \"T\" }}\n\
         [[input]]\nid = \"target_pool\"\nkind = \"fqdn\"\nask = {{ en = \"T\", es = \"T\", fr = \"T\" }}\n\
         [[step]]\nid = \"one\"\ntitle = {{ en = \"T\", es = \"T\", fr = \"T\" }}\n\
         why = {{ en = \"T\", es = \"T\", fr = \"T\" }}\ndocs = [\"https://example.org\"]\n\
         [step.check]\ncommand = {check}\nexpect = [{{ is = {{ input = \"target_pool\" }} }}]\n{apply}"
    )
}

/// A TOML string with every character escaped that is no plain one.
fn literal(text: &str) -> String {
    let escape = |c: char| match c {
        ' ' | '!' | '#'..='[' | ']'..='~' => c.to_string(),
        c => format!("\\U{:08X}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

fn said(warning: &Warning) -> String {
    Text::default().warning(warning)
}

fn warnings(text: &str) -> Vec<String> {
    let checklist = read(text.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    lint(&checklist).iter().map(said).collect()
}

pub(crate) fn of_check(command: &str) -> Vec<String> {
    warnings(&checklist(command, None))
}

#[test]
fn a_check_that_only_reads_is_left_in_peace() {
    for command in [
        "Get-CsTopology",
        "$PSVersionTable",
        "[Environment]::Is64BitProcess",
        "Get-X -Name 'Remove-Y' | Where-Object { $_.A -eq 'Set-Z' } | Select-Object -First 1",
        "Get-X | Select-Object @{ Name = 'N'; Expression = { $_.Remove } }, B",
        "$x = Get-X; if ($x.Count -gt 0) { $x | Sort-Object A } else { Write-Output $false }",
        "foreach ($y in Get-X) { $y.ToString() }",
        "Get-X | ForEach-Object { $_.Name } | Out-String",
        "Get-X | % { $_ } | ? { $_ } | select A",
        "Lync\\Get-CsUser -Filter {HostingProvider -eq \"SRV:\"}",
        "# Remove-X\nGet-X <# Set-Y #> -A 1",
        "@(Get-X).Count -ge 2",
        "-not (Test-Path 'C:\\a b')",
        "Get-X 2>$null",
        "Get-X -ErrorAction SilentlyContinue 2>&1",
        "\"text with `$(Remove-X)\"",
        "'it''s Remove-X'",
        "@'\nRemove-X\n'@",
        "Test-Connection `\n  -ComputerName Set-X",
        "[int]$n = 5; $n",
        "$global:seen = Get-X; $seen",
        "try { Get-X } catch { $null }",
        "@{ Set = 1; 'New-X' = (Get-X) }",
        "Get-X | Measure-Object",
        "& Get-X",
        "Get-X | Where-Object Name -eq $x | Select-Object -First $n",
        "Get-X > $null; Get-X 2>&1 >$null",
        "Get-X -A:$x; Get-X a#b; 7; 1kb; 1..3; 5+3; -7; .5",
        "$i = 0; $i++; $x[$i].Name",
        "@{ a = 1; b = @{ c = 2 } }",
        "Write-Output --% a; Set-X",
        "[string]::Join(',', $x); [IO.File]::Exists('a'); (Get-Date).AddDays(-1).ToString('o')",
        "(Get-X).Count + 1, $x.Length",
        "Get-X | Format-Table A | Out-String",
    ] {
        assert_eq!(of_check(command), Vec::<String>::new(), "{command}");
    }
}

#[test]
fn an_apply_hidden_in_a_check_is_found() {
    let runs = |name: &str| format!("step \"one\": the check runs {name}, which may change something");
    for (command, name) in [
        ("Set-X", "Set-X"),
        ("Set-X; Set-X", "Set-X"),
        ("Get-X | Remove-X", "Remove-X"),
        ("Get-X; New-X", "New-X"),
        ("Get-X\nStart-X", "Start-X"),
        ("$y = Enable-X", "Enable-X"),
        ("Get-X | ForEach-Object { Set-X $_ }", "Set-X"),
        ("Get-X | Select-Object @{ n = 'a'; e = { Set-X } }", "Set-X"),
        ("\"$(Set-X)\"", "Set-X"),
        ("@\"\n$(Set-X)\n\"@", "Set-X"),
        ("(((Set-X)))", "Set-X"),
        ("if ($true) { 1 } Set-X", "Set-X"),
        ("if (Set-X) { 1 }", "Set-X"),
        ("foreach ($y in Set-X) { 1 }", "Set-X"),
        ("return Set-X", "Set-X"),
        ("exit 3", "exit"),
        ("iex $x", "iex"),
        ("reg add HKLM\\x", "reg"),
        (".\\Get-Evil.ps1", ".\\Get-Evil.ps1"),
        ("C:\\a\\Get-Evil", "C:\\a\\Get-Evil"),
        ("Get-Evil.exe", "Get-Evil.exe"),
        ("a\\b\\Get-Evil", "a\\b\\Get-Evil"),
        ("& Set-X", "Set-X"),
        (". Set-X", "Set-X"),
        ("Get-X && Set-X", "Set-X"),
        ("Get-X & Set-X", "Set-X"),
        ("Get-X <# #> | Set-X", "Set-X"),
        ("function Get-Y { Set-X }; Get-Y", "Set-X"),
        ("\"a`\"\"; Set-X", "Set-X"),
        ("Where-Object { Get-X } | foreach { Set-X }", "Set-X"),
        ("$a[(Set-X)]", "Set-X"),
        ("Import-Module X", "Import-Module"),
        // A `#` begins a comment wherever a token may begin, and nowhere else.
        ("(Get-Date)#'\nRemove-Item X\n#'", "Remove-Item"),
        ("\"a\"#'\nRemove-Item X\n#'", "Remove-Item"),
        ("$x =#'\nRemove-Item X\n#'", "Remove-Item"),
        ("$x.a#'\nRemove-Item X\n#'", "Remove-Item"),
        ("Get-X a#b'\n'; Remove-Item X #'", "Remove-Item"),
        ("Get-X $x#'\n'; Remove-Item X #'", "Remove-Item"),
        ("Get-X <#'#>; Remove-Item X #'", "Remove-Item"),
        // All quotes, and all ends of lines.
        ("Get-X \u{201a}'; Remove-Item X #'", "Remove-Item"),
        ("Get-X '\u{201b}; Remove-Item X #'", "Remove-Item"),
        ("Get-X \u{201e}\"; Remove-Item X #\"", "Remove-Item"),
        ("Get-X \"\u{201d}; Remove-Item X #\"", "Remove-Item"),
        ("# a\rRemove-Item X", "Remove-Item"),
        ("Get-X @'\ra\r'@\rRemove-Item X", "Remove-Item"),
        ("Get-X @\"\ra\r\u{201d}@\rRemove-Item X #\"@", "Remove-Item"),
        ("Get-X a`\r\n; Remove-Item X", "Remove-Item"),
        ("${a`}='}; Remove-Item X #'", "Remove-Item"),
        ("Write-Output --% '\nRemove-Item X\n#'", "Remove-Item"),
        ("Write-Output --% ' | Remove-Item X #'", "Remove-Item"),
        ("Write-Output --% \" | \" | Remove-Item X #\"", "Remove-Item"),
        // What is glued to a name belongs to it.
        ("Get-X@evil.exe", "Get-X@evil.exe"),
        ("Get-X+evil", "Get-X+evil"),
        ("Get-X[1]", "Get-X[1]"),
        ("Get-`X", "Get-`X"),
        ("Get-'X'", "Get-'X'"),
        ("$n = 'Host'; Get-$n", "Get-$n"),
        ("7z d x", "7z"),
        ("!Get-X", "!Get-X"),
        ("=Get-X", "=Get-X"),
        ("> $null", ">"),
        ("2>&1", "2>&1"),
        ("$.x", "$.x"),
        ("(if (1) { 2 })", "if"),
        ("Get-'a\nb'", "Get-'a b'"),
        (":a foreach ($y in Set-X) { 1 }", "Set-X"),
        (".\\Get-Evil", ".\\Get-Evil"),
        ("~\\Get-Evil", "~\\Get-Evil"),
        // Only filters compare bare words.
        ("& { sh -le -c 'rm X' }", "sh"),
        ("Where-Object -Filter { sh -le 1 }", "sh"),
        ("Format-Volume -DriveLetter C", "Format-Volume"),
        ("1 |\n  Set-X", "Set-X"),
        ("@{ a =\n Set-X }", "Set-X"),
    ] {
        assert_eq!(of_check(command), [runs(name)], "{command}");
    }
}

#[test]
fn methods_assignments_and_files_count_as_changes() {
    for (command, what) in [
        ("[IO.File]::Delete('x')", "calls the method Delete"),
        ("(Get-X).Kill()", "calls the method Kill"),
        ("Get-X | ForEach-Object Delete", "calls the method Delete"),
        ("Get-X | % -MemberName Delete", "calls the method Delete"),
        ("$x.$name('y')", "calls the method (computed)"),
        ("& $x", "runs a command that is known only then"),
        ("& 'Set-X'", "runs a command that is known only then"),
        (". $profile", "runs a command that is known only then"),
        ("Get-X | ForEach-Object $block", "runs a command that is known only then"),
        ("$x.Enabled = $true", "sets a property, an element or an environment variable"),
        ("$x['a'] = 1", "sets a property, an element or an environment variable"),
        ("$env:PATH = 'x'", "sets a property, an element or an environment variable"),
        ("[Net.ServicePointManager]::Expect = 1", "sets a property, an element or an environment variable"),
        ("Get-X > a.txt", "writes into a file"),
        ("Get-X 2>> a.txt", "writes into a file"),
        ("Get-X > $nullx", "writes into a file"),
        ("Get-X > $null.txt", "writes into a file"),
        ("(Get-X).('Del' + 'ete')()", "calls the method (computed)"),
        ("(Get-X).\"Delete\"()", "calls the method (computed)"),
        ("(Get-X). Delete()", "calls the method Delete"),
        ("(Get-X).`\n Delete()", "calls the method Delete"),
        ("(Get-X).<# #>\nDelete()", "calls the method Delete"),
        ("(Get-X).Delete[int]()", "calls the method Delete"),
        ("(Get-X).Delete[Collections.Generic.List[int]]()", "calls the method Delete"),
        ("Write-Output (Get-X).Delete()", "calls the method Delete"),
        ("(Get-X).ForEach{ $_ }", "calls the method ForEach"),
        ("[IO.File]::Replace('a', 'b', $null)", "calls the method Replace"),
        ("(Get-X).Replace('a', 'b')", "calls the method Replace"),
        ("(Get-X).Format('NTFS')", "calls the method Format"),
        ("(Get-X).JoinDomainOrWorkgroup('x')", "calls the method JoinDomainOrWorkgroup"),
        ("Get-X | Where-Object $block", "runs a command that is known only then"),
        ("Get-X | ? -FilterScript $block", "runs a command that is known only then"),
        ("Measure-Command $block", "runs a command that is known only then"),
        ("Measure-Command @x", "runs a command that is known only then"),
        ("Get-X | Sort-Object (Get-Y)", "runs a command that is known only then"),
        ("Get-X | Select-Object $x", "runs a command that is known only then"),
        ("Get-X | Group-Object $x", "runs a command that is known only then"),
        ("$x.Enabled++", "sets a property, an element or an environment variable"),
        ("--$x[0]", "sets a property, an element or an environment variable"),
        ("$env:X++", "sets a property, an element or an environment variable"),
        ("$a, $env:X = 1, 2", "sets a property, an element or an environment variable"),
        ("@{ a = $x.B = 1 }", "sets a property, an element or an environment variable"),
    ] {
        assert_eq!(
            of_check(command),
            [format!("step \"one\": the check {what}, which may change something")],
            "{command}"
        );
    }
    let evil = of_check("Get-X | Where-Object ${function:Set-Evil}");
    assert!(evil.iter().any(|warning| warning.contains("known only then")), "{evil:?}");
    let deep = of_check(&format!("{}Set-X{}", "(".repeat(60), ")".repeat(60)));
    assert!(deep.iter().any(|warning| warning.contains("nested too deeply to be read")), "{deep:?}");
}

#[test]
fn an_apply_that_changes_more_than_it_says_is_found() {
    let of_apply = |command, changes| warnings(&checklist("Get-X", Some((command, changes))));
    for command in [
        "Import-Module Lync",
        "$cred = Get-Credential",
        "$CSSession = New-CsOnlineSession -Credential $cred",
        "Import-PSSession $CSSession -AllowClobber",
        "Get-PSSession | Remove-PSSession",
        "Connect-MicrosoftTeams",
        "$options = New-PSSessionOption -ProxyAccessType IEConfig",
    ] {
        assert_eq!(of_apply(command, "session"), Vec::<String>::new(), "{command}");
    }
    for (command, name) in [
        ("Set-CsUser -Identity x", "Set-CsUser"),
        ("New-CsHostingProvider -Identity x", "New-CsHostingProvider"),
        ("Get-CsUser | Remove-CsUser", "Remove-CsUser"),
        ("Install-Module x", "Install-Module"),
    ] {
        let expected =
            format!("step \"one\": the apply runs {name}, which looks like more than changes = \"session\"");
        assert_eq!(of_apply(command, "session"), [expected]);
        assert_eq!(of_apply(command, "forest"), Vec::<String>::new());
    }
}

/// What a check with these expectations is warned of.
fn of_expecting(command: &str, expect: &str) -> Vec<String> {
    let text = checklist(command, None).replace("is = { input = \"target_pool\" }", expect);
    let unused = "nothing uses the input \"target_pool\"";
    warnings(&text).into_iter().filter(|warning| warning != unused).collect()
}

#[test]
fn a_hidden_error_is_no_good_state() {
    let hidden = "step \"one\": the check hides errors, and no rows are what it expects: a failure would look like the good state";
    for command in [
        "Get-X 2>$null",
        "Get-X 2> $null",
        "Get-X *>$null",
        "Get-X -ErrorAction SilentlyContinue",
        "Get-X -ErrorAction:Ignore",
        "Get-X -EA 0",
        "Get-X -errora 'silent'",
        "Get-X –ea 4",
    ] {
        for expect in ["rows = \"none\"", "rows = 0", "property = \"A\", is = 1, rows = \"none\""] {
            assert_eq!(of_expecting(command, expect), [hidden], "{command} {expect}");
        }
        assert_eq!(of_expecting(command, "is = 1"), Vec::<String>::new(), "{command}");
    }
    for command in
        ["Get-X", "Get-X -ErrorAction Stop", "Get-X -ErrorVariable silent", "Get-X 2>&1", "Get-X -Each 0"]
    {
        assert_eq!(of_expecting(command, "rows = \"none\""), Vec::<String>::new(), "{command}");
    }
    let by_preference = of_expecting("$ErrorActionPreference = 'Ignore'; Get-X", "rows = \"none\"");
    assert_eq!(by_preference.first().map(String::as_str), Some(hidden), "{by_preference:?}");
}

#[test]
fn a_warning_that_would_not_be_seen_is_told() {
    let of = |command: &str, warnings: &str| {
        let all = of_expecting(command, &format!("rows = \"none\" }}]\n{warnings}#"));
        all.into_iter().filter(|warning| warning.contains("warnings")).collect::<Vec<_>>()
    };
    let fail = "warnings = \"fail\"\n";
    for name in ["Test-CsReplica", "Test-CsComputer", "Test-CsTopology"] {
        let told = format!(
            "step \"one\": the check runs {name}, which tells what is wrong only by warnings; say warnings = \"fail\""
        );
        for command in [name.to_owned(), format!("Lync\\{} -Verbose | Out-Null", name.to_lowercase())] {
            assert_eq!(of(&command, ""), [told.as_str()], "{command}");
            assert_eq!(of(&command, "warnings = \"keep\"\n"), [told.as_str()], "{command}");
            assert_eq!(of(&command, fail), Vec::<String>::new(), "{command}");
        }
    }
    let hidden = "step \"one\": the check hides warnings, and warnings = \"fail\" is what it says";
    for command in [
        "Test-CsReplica -WarningAction SilentlyContinue",
        "Get-X -wa 0",
        "Get-X -WarningA:Ignore",
        "Get-X 3>$null",
        "Get-X *> $null",
        "$WarningPreference = 'SilentlyContinue'; Get-X",
        "$PSDefaultParameterValues['*:WarningAction'] = 'Ignore'; Get-X",
    ] {
        assert_eq!(of(command, fail), [hidden], "{command}");
    }
    for command in ["Get-X -WarningAction Stop", "Get-X 3>&1", "Get-X -WarningVariable si", "Get-X"] {
        assert_eq!(of(command, fail), Vec::<String>::new(), "{command}");
    }
}

#[test]
fn preferences_that_no_other_command_sees_are_named() {
    for (command, name) in [
        ("$ErrorActionPreference = 'Stop'", "ErrorActionPreference"),
        ("$global:erroractionpreference = 0", "ErrorActionPreference"),
        ("Set-Variable ErrorActionPreference Stop", "ErrorActionPreference"),
        ("$WarningPreference = 'Stop'", "WarningPreference"),
        ("$global:WhatIfPreference = $true", "WhatIfPreference"),
        ("$ConfirmPreference = 'None'", "ConfirmPreference"),
        ("$PSDefaultParameterValues['*:ErrorAction'] = 'Ignore'", "PSDefaultParameterValues"),
        ("$PSDefaultParameterValues.Add('a:b', 1)", "PSDefaultParameterValues"),
    ] {
        let found = warnings(&checklist("Get-X", Some((command, "tenant"))));
        let expected = format!(
            "step \"one\": the apply sets ${name}, which no other command sees: each begins with the usual one"
        );
        assert_eq!(found, [expected], "{command}");
        let expected = format!(
            "step \"one\": the check sets ${name}, which no other command sees: each begins with the usual one"
        );
        assert!(of_check(command).contains(&expected), "{command}");
    }
    assert_eq!(of_check("Get-X $ErrorActionPreference"), Vec::<String>::new());
}

#[test]
fn a_row_that_always_comes_says_nothing() {
    for (command, what) in [
        ("Test-Path 'C:\\a'", "test-path"),
        ("Get-X; Test-Y -Quiet # why", "test-y"),
        ("Get-X | Out-String", "out-string"),
        ("Get-X |\n Measure-Object", "measure-object"),
        ("(Get-X).Count -ge 2", "a comparison"),
        ("-not (Get-X)", "a comparison"),
        ("$x = Get-X; $x.A -eq 'b'", "a comparison"),
    ] {
        for rows in ["rows = \"any\"", "rows = \"all\""] {
            let expected = format!(
                "step \"one\": the check ends with {what}, which always gives a row; expect {{ is = true }}, or the value"
            );
            assert_eq!(of_expecting(command, rows), [expected], "{command}");
        }
        assert_eq!(of_expecting(command, "is = true"), Vec::<String>::new(), "{command}");
    }
    for command in [
        "Get-X",
        "Test-Path a | Where-Object { $_ }",
        "Get-X | Where-Object { $_.A -eq 1 }",
        "Get-X | Where-Object A -eq 1",
        "if (Test-X) { Get-Y }",
        "$x = Test-Path a",
    ] {
        assert_eq!(of_expecting(command, "rows = \"any\""), Vec::<String>::new(), "{command}");
    }
}

/// Three steps, of which the first sets `$y`.
fn three(second_needs: &str, third: &str, third_needs: &str) -> Vec<String> {
    let step = |id: &str, needs: &str, check: &str| {
        format!(
            "[[step]]\nid = \"{id}\"\ntitle = {{ en = \"T\", es = \"T\", fr = \"T\" }}\nneeds = [{needs}]\n\
             why = {{ en = \"T\", es = \"T\", fr = \"T\" }}\ndocs = [\"https://example.org\"]\n\
             [step.check]\ncommand = '''{check}'''\nexpect = [{{ rows = \"any\" }}]\n"
        )
    };
    warnings(&format!(
        "format = 1\nid = \"a\"\nversion = \"1\"\ntitle = {{ en = \"T\", es = \"T\", fr = \"T\" }}\n{}{}{}",
        step("one", "", "$null = Get-W; $y = Get-X; $y"),
        step("two", second_needs, "Get-Z"),
        step("three", third_needs, third)
    ))
}

#[test]
fn a_variable_of_another_step_wants_that_step_in_needs() {
    let borrowed = "step \"three\": the check reads $y, which the step \"one\" sets; name that step in needs";
    for third in ["Get-X $y", "Get-X ${Y}", "Get-Variable y"] {
        assert_eq!(three("", third, "\"two\""), [borrowed], "{third}");
        assert_eq!(three("\"one\"", third, ""), [borrowed], "{third}");
        assert_eq!(three("", third, "\"one\""), Vec::<String>::new(), "{third}");
        assert_eq!(three("\"one\"", third, "\"two\""), Vec::<String>::new(), "through another: {third}");
    }
    for third in ["$y = 1; Get-X $y", "foreach ($y in Get-X) { $y }", "Get-X $null", "Get-X $yy", "Get-X y"] {
        assert_eq!(three("", third, ""), Vec::<String>::new(), "{third}");
    }
}

#[test]
fn an_input_reached_by_its_name_is_used() {
    use greenlight::facade::checklist::mentions;
    for command in [
        "Get-Variable target_pool",
        "(gv Target_Pool).Value",
        "Get-Content variable:target_pool",
        "$ExecutionContext.SessionState.PSVariable.GetValue('target_pool')",
    ] {
        assert!(mentions(command, "target_pool"), "{command}");
    }
    for command in
        ["Get-X target_pool", "Get-Variable target_pool_2", "Get-Variable x", "Get-X a.gvx target_pool"]
    {
        assert!(!mentions(command, "target_pool"), "{command}");
    }
}

#[test]
fn inputs_belong_into_arguments_of_their_own() {
    let quoted =
        "step \"one\": the input $target_pool is pasted into a text; give it as an argument of its own";
    for command in [
        "Get-X \"a $target_pool b\"",
        "Get-X \"${Target_Pool}\"",
        "@\"\n$target_pool\n\"@",
        "Get-X \"a $($target_pool) b\"",
        "Get-X \"a $global:target_pool b\"",
        "Get-X ('{0}.x' -f $target_pool)",
        "Get-X ('{0}{1}' -f 1,\n$target_pool)",
        "Get-X ('Name -eq ' + $target_pool)",
        "Get-X ($target_pool + '.x')",
        "$x = 'a' +\n ($target_pool)",
        "Get-X http://$target_pool/x",
        "Get-X $target_pool\\share",
        "Get-X a=$target_pool",
    ] {
        assert_eq!(of_check(command), [quoted], "{command}");
    }
    for command in [
        "Get-X $target_pool",
        "Get-X '$target_pool'",
        "Get-X \"`$target_pool\"",
        "Get-X -A:$target_pool",
        "Get-X $target_pool.Length, $target_pool[0]",
        "Get-X \"$(Get-Y $target_pool)\"",
        "1 + $target_pool",
        "Get-X > $null; 'a'; $target_pool",
    ] {
        assert_eq!(of_check(command), Vec::<String>::new(), "{command}");
    }
    // The handoff's script is no command of a step, and read all the same.
    let script = "[handoff]\ntitle = { en = \"T\", es = \"T\", fr = \"T\" }\nconfirm = \"GO\"\nfile = \"go.ps1\"\n\
                  say = { en = \"T\", es = \"T\", fr = \"T\" }\nscript = 'Invoke-Expression \"Remove-X $target_pool\"'\n";
    assert_eq!(
        warnings(&format!("{}{script}", checklist("Get-X", None))),
        ["[handoff]: the input $target_pool is pasted into a text; give it as an argument of its own"]
    );
    assert_eq!(
        of_check("Get-X '{{target_pool}}'"),
        ["step \"one\": nothing replaces {{target_pool}} in a command; write $target_pool"]
    );
    assert_eq!(
        of_check("Get-X %target_pool%"),
        ["step \"one\": nothing replaces %target_pool% in a command; write $target_pool"]
    );
}

#[test]
fn nearly_an_input_is_a_warning() {
    for (command, name) in [("Get-X $target_pol", "target_pol"), ("Get-X $TargetPool", "targetpool")] {
        assert_eq!(
            of_check(command),
            [format!("step \"one\": ${name} is no input and nothing sets it; is $target_pool meant?")]
        );
    }
    assert_eq!(of_check("$target_pol = Get-X; $target_pol"), Vec::<String>::new());
}

#[test]
fn what_is_missing_is_named() {
    let text = "format = 1\nid = \"a\"\nversion = \"1\"\ntitle = { en = \"T\", es = \"T\" }\n\
                [[input]]\nid = \"pool\"\nkind = \"fqdn\"\nask = { en = \"A\", es = \"A\", fr = \"A\" }\n\
                [[step]]\nid = \"one\"\ntitle = \"T\"\nwhy = { en = \"W\", es = \"W\", fr = \"W\" }\n\
                [step.check]\ncommand = \"Get-X\"\nexpect = [{ rows = \"any\" }]\n";
    assert_eq!(
        warnings(text),
        [
            "no text in \"fr\" for title",
            "nothing uses the input \"pool\"",
            "step \"one\": it names no page that it comes from (docs)",
            "step \"one\": no text in \"es\" for title",
            "step \"one\": no text in \"fr\" for title",
        ]
    );
}

#[test]
fn the_example_of_the_documentation_is_right() {
    let page = include_str!("../../docs/checklists.md");
    let example =
        page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    let checklist = read(example.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    assert_eq!(checklist.steps.len(), 2);
    let others: Vec<String> = lint(&checklist)
        .iter()
        .filter(|warning| !matches!(warning.what, Concern::MissingTranslation { .. }))
        .map(said)
        .collect();
    assert_eq!(others, Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    /// Any text is read to its end: plain ones, such as are made of what has a meaning, and all that a file may hold.
    #[test]
    fn any_command_can_be_linted(
        command in prop_oneof![
            "[ -~\\n]{1,200}",
            "([$@(){}'\"‘”`#<>|&;.:=+%,!\\[\\]\\n\\r -]|--%|in|Get-X|-f|1|‚){1,60}",
            "[^\\p{C}]{1,100}",
        ]
    ) {
        // What is invisible is refused.
        if let Ok(checklist) = read(checklist(&command, Some((&command, "session"))).as_bytes()) {
            lint(&checklist);
        }
    }

    /// A command after a new line is never overlooked outside quotes and comments.
    #[test]
    fn a_command_behind_anything_plain_is_found(before in "[A-Za-z0-9$_. ,=+;|(){}-]{0,60}") {
        // The name of a variable in braces may hold anything.
        prop_assume!(!before.contains("${"));
        let opened = before.matches(['(', '{']).count();
        let found = of_check(&format!("{before}\nSet-Evil"));
        prop_assert!(opened > 40 || found.iter().any(|warning| warning.contains("Set-Evil")), "{found:?}");
    }
}
