//! What the lint's reading of PowerShell once got wrong; the engine's own parser showed it (`cargo bench --bench lint`).

use crate::checklist_lint::of_check;

/// Checks that every command gives exactly these warnings, each but for its frame.
#[track_caller]
fn says(rows: &[(&str, &[&str])]) {
    let frame = |what: &&str| format!("step \"one\": the check {what}, which may change something");
    let wrong: Vec<_> = rows
        .iter()
        .map(|(command, expected)| {
            (*command, of_check(command), expected.iter().map(frame).collect::<Vec<_>>())
        })
        .filter(|(_, found, expected)| found != expected)
        .collect();
    assert!(wrong.is_empty(), "command, found, expected: {wrong:#?}");
}

const MEMBER: &str = "sets a property, an element or an environment variable";
const COMPUTED: &str = "runs a command that is known only then";

#[test]
fn nothing_hides_behind_what_only_looks_like_a_comment_or_an_escape() {
    says(&[
        // In the name of a type a `#` begins no comment, in the name of a parameter a backtick escapes nothing.
        ("[a#b]$x; Set-X", &["runs Set-X"]),
        ("$x -is[a#b]; Set-X", &["runs Set-X"]),
        ("[A#b(1)] param($a); Set-X", &["runs Set-X"]),
        ("Get-X -A`;Set-X", &["runs Set-X"]),
        ("Get-X -A${Set-X}", &["runs Set-X"]),
        // What follows a block that is called are arguments, in which a `#` may stand.
        ("& { Get-X } a#b; Set-X", &["runs Set-X"]),
        ("1e+3>b", &["writes into a file"]),
        ("2> a.txt", &["writes into a file"]),
        ("Get-X ]2> a.txt", &["writes into a file"]),
    ]);
}

#[test]
fn a_word_is_a_keyword_only_where_a_statement_begins() {
    says(&[
        ("return foreach Delete", &["calls the method Delete"]),
        ("return if", &["runs if"]),
        ("Get-X && foreach Delete", &["calls the method Delete"]),
        ("exit Set-X", &["runs exit", "runs Set-X"]),
        ("1; begin { 1 }", &["runs begin"]),
        ("if (1) { begin { 1 } }", &["runs begin"]),
        ("1; param($a)", &["runs param"]),
        ("begin { Set-X } process { 1 }", &["runs Set-X"]),
        ("[CmdletBinding()] param($a)\nbegin { 1 } process { Set-X }", &["runs Set-X"]),
        ("@{ a = 1 | Get-X | b=c }", &["runs b=c"]),
        ("+= $x", &["runs +="]),
        ("7[0]", &["runs 7[0]"]),
        ("1e", &["runs 1e"]),
    ]);
}

#[test]
fn what_runs_a_block_may_be_given_it_in_more_ways() {
    says(&[
        ("Get-X | ForEach-Object -", &["calls the method -"]),
        ("Get-X | Where-Object 'a'.B", &[COMPUTED]),
        ("Write-Output (Get-X)?.A.Delete()", &["calls the method Delete"]),
        ("& 1", &[COMPUTED]),
        ("Get-X | ForEach-Object -ErrorAction Stop { $_ }", &[]),
        ("Get-X | Select-Object @'\na\n'@", &[]),
    ]);
}

#[test]
fn what_is_read_or_declared_is_not_set() {
    says(&[
        ("$x.'a b'", &[]),
        ("$x.$name, $x.(Get-X)", &[]),
        ("$x.'a b'()", &["calls the method (computed)"]),
        ("function Get-Y { param([Parameter(Mandatory = $true)][string]$a) $a }; Get-Y 1", &[]),
        ("[ValidateSet('a')][string]$x = 'a'", &[]),
        ("($x) = 1", &[]),
        ("($x).A = 1", &[MEMBER]),
        ("!0", &[]),
    ]);
}

#[test]
fn what_a_clause_of_switch_is_for_does_not_run() {
    says(&[
        ("switch ($x) {\n a* { 1 }\n default { 2 }\n}", &[]),
        ("switch -Regex ($x) { 'a' { 1 } b { Set-X } }", &["runs Set-X"]),
        ("switch (1) { 1 { 2 } } Set-X", &["runs Set-X"]),
        ("switch (1) { (Set-X) { 2 } { Set-Y } { 3 } }", &["runs Set-X", "runs Set-Y"]),
        ("function Get-Y { 1 }\ndo { 1 } while (Set-X)", &["runs Set-X"]),
        ("@{ a = if (1) { 2 } else { 3 }\n b = 4 }", &[]),
        ("break a; Set-X", &["runs Set-X"]),
    ]);
}

#[test]
fn names_are_read_as_the_engine_reads_them() {
    let pasted =
        "step \"one\": the input $target_pool is pasted into a text; give it as an argument of its own";
    assert_eq!(of_check("Get-X \"${target`_pool}\""), [pasted]);
    assert!(of_check("Get-X > $target_pool-a").iter().any(|warning| warning == pasted));
    let preference = "step \"one\": the check sets $ErrorActionPreference, which no other command sees: each begins with the usual one";
    for command in ["($ErrorActionPreference) = 'Ignore'", "$ErrorActionPreference, [int]$y = 'Ignore', 1"] {
        assert!(of_check(command).iter().any(|warning| warning == preference), "{command}");
    }
}
