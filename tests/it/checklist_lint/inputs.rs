//! Variables and inputs: where they come from, and how they get into a command.

use super::*;

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
    // `free` is near to `true`, which is PowerShell's own.
    let free = warnings(
        "format = 1\nid = \"a\"\nversion = \"1\"\ntitle = \"T\"\n[[input]]\nid = \"free\"\nkind = \"text\"\nask = \"T\"\n\
         [[step]]\nid = \"one\"\ntitle = \"T\"\nwhy = \"T\"\n[step.check]\ncommand = \"Get-X $free $true\"\n\
         expect = [{ rows = \"any\" }]\n",
    );
    assert!(!free.iter().any(|warning| warning.contains("$true")), "{free:?}");
}

/// A check that works on `$servers`, of many values, and this besides.
fn of_servers(check: &str) -> Vec<String> {
    let t = "{ en = \"T\", es = \"T\", fr = \"T\" }";
    warnings(&format!(
        "format = 1\nid = \"a\"\nversion = \"1\"\ntitle = {t}\n\
         [[input]]\nid = \"servers\"\nkind = \"text\"\nmany = true\nask = {t}\n\
         [[input]]\nid = \"without\"\nkind = \"text\"\nmany = true\nleaves_out = true\nask = {t}\n\
         [[step]]\nid = \"one\"\ntitle = {t}\nwhy = {t}\ndocs = [\"https://example.org\"]\n\
         [step.check]\nkey = \"Name\"\n{check}"
    ))
}

#[test]
fn an_input_of_many_values_that_a_check_works_on_is_to_be_covered() {
    let uncovered = "step \"one\": the check works on $servers, and a value without a row would not be missed; name the rows by key, and say covers = { input = \"servers\" }";
    let unused = "nothing uses the input \"without\"";
    let any = "expect = [{ rows = \"any\" }]\n";
    let on_servers = "command = '$servers | Get-X'\n";
    assert_eq!(of_servers(&format!("{on_servers}{any}")), [unused, uncovered]);
    assert_eq!(of_servers(&format!("{on_servers}{any}covers = [\"a\"]\n")), [uncovered]);
    assert_eq!(
        of_servers(&format!("{on_servers}{any}covers = {{ input = \"servers\" }}\n")),
        Vec::<String>::new()
    );
    // What is compared as a whole list is not missed, and where no row may be, a row is what is wrong.
    for expect in [
        "property = \"A\", same_set_as = { input = \"servers\" }",
        "contains = { input = \"servers\" }",
        "rows = \"none\"",
    ] {
        assert_eq!(of_servers(&format!("{on_servers}expect = [{{ {expect} }}]\n")), [unused], "{expect}");
    }
    assert_eq!(
        of_servers(&format!("{on_servers}expect = [{{ is = {{ input = \"servers\" }} }}]\n")),
        [unused, uncovered]
    );
    // What leaves names out is none that is to be covered.
    assert_eq!(
        of_servers(&format!(
            "command = '$servers | Get-X $without'\n{any}covers = {{ input = \"servers\" }}\n"
        )),
        Vec::<String>::new()
    );
    // What is covered is used, though no command names it.
    assert_eq!(
        of_servers(&format!("command = 'Get-X'\n{any}covers = {{ input = \"servers\" }}\n")),
        Vec::<String>::new()
    );
}
