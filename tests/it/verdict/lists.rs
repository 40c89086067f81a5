//! Lists: their elements, their sets, and nothing in them.

use super::*;

#[test]
fn contains_looks_for_an_element_and_compares_anything_else_whole() {
    let enterprise = Test::Contains(word("Enterprise"));
    table(
        &enterprise,
        &[list(&[t("x"), t("enterprise")]), t("ENTERPRISE"), of_type("System.Uri", "enterprise")],
        &[
            list(&[t("EnterpriseX")]),
            list(&[list(&[t("Enterprise")])]),
            list(&[]),
            t("My ENTERPRISE pack"),
            object(&[("SkuId", t("enterprise"))]),
            printed("enterprise"),
            Null,
            Bool(true),
            Int(1),
        ],
    );
    table(
        &Test::Contains(Operand::Number(5.0)),
        &[list(&[Int(4), Int(5)]), Int(5), list(&[t("5")])],
        &[list(&[Int(55)]), Int(155), t("a5")],
    );
    table(
        &Test::Contains(Operand::Bool(true)),
        &[list(&[Bool(true)]), t("true")],
        &[list(&[Bool(false)]), t("so true"), t("1")],
    );
    table(&Test::Contains(word("7.6")), &[Version(vec![7, 6])], &[Version(vec![7, 6, 1]), Float(7.61)]);
    table(&Test::Contains(input("one")), &[list(&[t("contoso.com")])], &[t("sip.contoso.com"), t("contoso")]);
    table(
        &Test::Contains(input("many")),
        &[list(&[t("B"), t("x"), t("a")])],
        &[list(&[t("a")]), t("a"), t("xayb"), t("c"), list(&[])],
    );
}

#[test]
fn empty_means_null_or_nothing_in_it() {
    let empty = [Null, t(""), list(&[]), Value::Object(Object::default())];
    let filled = [
        t(" "),
        t("x"),
        list(&[Null]),
        printed("x"),
        object(&[("a", Null)]),
        Bool(false),
        Int(0),
        Float(0.0),
        Time(0),
        Version(Vec::new()),
    ];
    table(&Test::Empty(Emptiness::Empty), &empty, &filled);
    table(&Test::Empty(Emptiness::Filled), &filled, &empty);
}

#[test]
fn same_set_as_asks_for_the_same_elements_in_any_order() {
    let test = Test::SameSetAs(vec![word("a"), word("B")]);
    table(
        &test,
        &[list(&[t("A"), t("b")]), list(&[t("b"), t("a")]), list(&[t("a"), t("b"), t("a")])],
        &[
            list(&[t("a")]),
            list(&[t("b")]),
            list(&[t("a"), t("b"), t("c")]),
            list(&[]),
            Null,
            t("a"),
            t("a, B"),
        ],
    );
    table(
        &Test::SameSetAs(vec![word("a")]),
        &[t("A"), list(&[t("a")])],
        &[t("b"), list(&[t("a"), Null]), Null],
    );
    table(&Test::SameSetAs(Vec::new()), &[Null, list(&[])], &[t("x"), t("")]);
    table(&Test::SameSetAs(vec![input("many")]), &[list(&[t("b"), t("a")])], &[list(&[t("a")])]);
    table(
        &Test::SameSetAs(vec![input("many"), input("one")]),
        &[list(&[t("b"), t("a"), t("CONTOSO.com")])],
        &[],
    );
    table(
        &Test::SameSetAs(vec![Operand::Number(5.0), Operand::Bool(true)]),
        &[list(&[Int(5), Bool(true)])],
        &[Int(5)],
    );
    // Thousands are looked up, and what is not equal letter by letter is compared.
    let many: Vec<Value> = (0..20_000).map(|n| t(&format!("USER{n}"))).collect();
    table(&Test::SameSetAs((0..20_000).map(|n| word(&format!("user{n}"))).collect()), &[list(&many)], &[]);
    let others: Vec<Value> = (0..20_000).rev().map(|n| t(&format!("user{n}"))).collect();
    let row = object(&[("p", list(&many)), ("q", list(&others))]);
    let same_as_q = Test::SameSetAs(vec![Operand::Property("q".to_owned())]);
    let finding = judge(&step(vec![on_property("p", same_as_q, Rows::All)]), &completed(&[row]));
    assert_eq!(finding.verdict, Verdict::Green);
    table(&Test::SameSetAs(vec![word("e\u{301}")]), &[t("e\u{301}")], &[t("é"), t("e")]);
    for value in [Int(5), Float(5.0), Version(vec![1, 2]), of_type("System.Net.IPAddress", "::1")] {
        table(&Test::SameSetAs(vec![word(&value.display())]), &[value], &[]);
    }
}
