//! Inputs: their kinds, and their variables in commands.

use super::*;

#[test]
fn inputs_fit_their_kind() {
    assert_eq!(
        in_input("id = \"error\"\nkind = \"text\"\nask = \"P\"\n"),
        [
            "line 6, column 6: \"error\" is, or may become, a variable of PowerShell itself; expected another name, such as one of two words"
        ]
    );
    assert_eq!(
        in_input("id = \"a-b\"\nkind = \"text\"\nask = \"P\"\n"),
        [
            "line 6, column 6: \"a-b\" is not a name; expected lower-case words (a-z, 0-9) joined by underscores, a letter first, 64 characters at the most"
        ]
    );
    assert_eq!(
        in_input(
            "id = \"pool\"\nkind = \"text\"\nask = \"P\"\n[[input]]\nid = \"pool\"\nkind = \"text\"\nask = \"P\"\n"
        ),
        ["line 10, column 6: the input \"pool\" is there twice; expected another id"]
    );
    assert_eq!(
        in_input("id = \"pool\"\nkind = \"fqdn\"\nask = \"P\"\ndefault = \"pool01\"\n"),
        [
            "line 9, column 11: the default does not fit the input: “pool01” does not look like pool01.contoso.com"
        ]
    );
    assert_eq!(
        in_input("id = \"pool\"\nkind = \"text\"\nask = \"P\"\nmin = 1\n"),
        ["line 9, column 7: \"min\" in [[input]] has no sense: only an input of kind \"integer\" has it"]
    );
    assert_eq!(
        in_input("id = \"pool\"\nkind = \"integer\"\nask = \"P\"\nmin = 2\nmax = 1\n"),
        ["line 10, column 7: \"max\" is 1, less than \"min\", 2"]
    );
    assert_eq!(
        in_input("id = \"pool\"\nkind = \"choice\"\nask = \"P\"\n"),
        ["line 5, column 1: \"choices\" is missing in [[input]]"]
    );
    assert_eq!(
        in_input("id = \"pool\"\nkind = \"text\"\nask = \"P\"\nmany = \"yes\"\n"),
        ["line 9, column 8: \"many\" in [[input]] is a text; expected true or false"]
    );
}

#[test]
fn a_command_uses_an_input_however_powershell_may_name_its_variable() {
    let uses = |script: &str| greenlight::facade::checklist::mentions(script, "domain");
    for script in [
        "Get-X -Name $domain",
        "\"sip.$Domain\"",
        "${domain}",
        "\"a${domain}b\"",
        "$script:domain",
        "$Global:Domain",
        "${script:domain}",
        "$using:domain",
        "${variable:domain}",
        "Get-X @domain",
        "$other; $domain.Length",
    ] {
        assert!(uses(script), "{script}");
    }
    for script in ["domain", "$domains", "$my_domain", "${domain", "$env:domain", "$x:domain", "$", "${}"] {
        assert!(!uses(script), "{script}");
    }
}
