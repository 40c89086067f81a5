//! Patterns, where every engine reads them alike.

use super::*;

#[test]
fn matches_finds_a_pattern_without_regard_to_case() {
    let test = Test::Matches(Pattern::new("^cs.*2013$").unwrap());
    table(&test, &[t("CS Server 2013"), printed("cs2013")], &[t("a cs 2013"), t(""), Null]);
    let anything = Test::Matches(Pattern::new("").unwrap());
    table(&anything, &[t(""), t("x"), Int(5), Bool(true)], &[Null]);
    table(
        &Test::Matches(Pattern::new("^5$").unwrap()),
        &[Int(5), Float(5.0), decimal("5")],
        &[Int(55), Float(1e15)],
    );
    // A list is one of its elements that is found; an empty one is nothing to PowerShell.
    let ends = Test::Matches(Pattern::new("^$|^b").unwrap());
    table(
        &ends,
        &[list(&[t("a"), t("b")]), list(&[t(""), t("bc")])],
        &[list(&[t("a")]), list(&[t("")]), list(&[])],
    );
    for (type_name, text) in
        [("System.TimeSpan", "P1D"), ("System.Xml.XmlDocument", "<a />"), ("System.Uri", "")]
    {
        table(&anything, &[], &[of_type(type_name, text)]);
    }
    table(&anything, &[of_type("System.Uri", "http://x")], &[Time(1), object(&[("a", Int(1))])]);
}

#[test]
fn a_pattern_is_judged_where_every_engine_reads_it_alike() {
    // Found, not found, or not judged.
    for (source, text, found) in [
        ("contoso", "Máquina CONTOSO", Some(true)),
        ("contoso", "Máquina", Some(false)),
        ("en ejecución|detenido", "En ejecución", Some(true)),
        ("en ejecución|detenido", "Detenido", Some(true)),
        ("en ejecución|detenido", "Running", Some(false)),
        ("ejecución", "EJECUCIÓN", None),
        (r"^\w+$", "abc", Some(true)),
        (r"^\w+$", "a b", Some(false)),
        (r"^\w+$", "été", None),
        (r"\d", "5 été", Some(true)),
        (r"\d", "٥", None),
        (r"\s", "a\u{A0}b", None),
        (r"\s", "a á", Some(true)),
        (r"\bt\b", "été", None),
        (r"\bt\b", "a t", Some(true)),
        (r"\B", "é", None),
        (r"\W", "é", None),
        (r"\D", "é", None),
        (r"\S", "é", None),
        ("[^a]", "é", None),
        ("[^a]", "b", Some(true)),
        ("[a^]", "é^", Some(true)),
        ("[]a]", "é]", Some(true)),
        ("^.$", "é", Some(true)),
        ("^.$", "\u{FFFF}", Some(true)),
        ("^.$", "\u{10000}", None),
        ("^.$", "\u{1F600}", None),
        ("k", "\u{212A}", None),
        ("k", "k\u{212A}", Some(true)),
        ("\u{212A}", "k", None),
        ("ı", "i", None),
        ("a$", "a\n", None),
        ("a", "a\n", Some(true)),
        ("a$", "a", Some(true)),
        ("[[:alpha:]]", "a", None),
        ("[a&&b]", "a", None),
        ("[a-c&&b]", "b", None),
        ("[a-c--b]", "a", None),
        ("[--a]", "5", None),
        ("[a&b]", "a", Some(true)),
        ("[a][b]", "ab", Some(true)),
        ("[^a][b]", "cb", Some(true)),
        (r"\b{start}a", "a", None),
        // Refused, for to .NET it is the text `a{,3}`.
        ("a{,3}", "aa", None),
        ("[{,]", "a,", Some(true)),
        ("a&&b", "a&&b", Some(true)),
        (r"\<a", "<a", None),
        (r"a\>", "a>", None),
        (r"\[\[a", "[[a", Some(true)),
        (r"\\d", r"\d", Some(true)),
    ] {
        let Ok(pattern) = Pattern::new(source) else {
            assert_eq!(found, None, "{source} is refused");
            continue;
        };
        let test = Test::Matches(pattern);
        let passes_at = |rows| {
            let finding =
                judge(&step(vec![on_property("p", test.clone(), rows)]), &completed(&[row(t(text))]));
            finding.verdict == Verdict::Green
        };
        let told = (passes_at(Rows::All), passes_at(Rows::None));
        assert_eq!(told, (found == Some(true), found == Some(false)), "{source} in {text:?}");
    }
}
