//! Changes that a check hides, or an apply does not say.

use super::*;

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
        "Invoke-Command -Session $s -ScriptBlock { Get-X }",
        "Write-Warning 'a'; Write-Verbose 'a'; Write-Debug 'a'; Write-Host 'a'; Write-Information 'a'",
        "Write-Progress 'a' -PercentComplete 5; Start-Sleep -Seconds 2; Get-X",
        "$x | ForEach-Object { Invoke-Command -ComputerName $_ { Get-X } }",
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
        ("Invoke-Command -Session $s -ScriptBlock { Set-X }", "Set-X"),
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
        ("Invoke-Command -Session $s $block", "runs a command that is known only then"),
        ("Invoke-Command -ComputerName fe01 -FilePath a.ps1", "runs a command that is known only then"),
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
