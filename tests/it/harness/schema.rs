//! As much of JSON Schema (draft 2020-12) as the published schemas use. A word that it does not know fails the test.

use serde_json::Value;

/// Fails with the place and the reason where `value` does not fit `schema`.
pub fn assert_fits(schema: &Value, value: &Value) {
    let mut wrong = Vec::new();
    check(schema, schema, value, "$", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether it fits.
pub fn fits(schema: &Value, value: &Value) -> bool {
    let mut wrong = Vec::new();
    check(schema, schema, value, "$", &mut wrong);
    wrong.is_empty()
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    for (word, rule) in schema.as_object().expect("a schema is an object") {
        match word.as_str() {
            "$ref" => {
                let path = rule.as_str().unwrap().strip_prefix('#').unwrap();
                check(root, root.pointer(path).unwrap(), value, at, wrong);
            }
            "type" => {
                let known = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                if !known.iter().any(|name| is(name.as_str().unwrap(), value)) {
                    wrong.push(format!("{at}: {value} is not {rule}"));
                }
            }
            "const" if rule != value => wrong.push(format!("{at}: {value} is not {rule}")),
            "enum" if !rule.as_array().unwrap().contains(value) => {
                wrong.push(format!("{at}: {value} is none of {rule}"));
            }
            "$schema" | "$defs" | "title" | "description" | "const" | "enum" => {}
            "minimum" => {
                if value.as_f64().is_some_and(|number| number < rule.as_f64().unwrap()) {
                    wrong.push(format!("{at}: {value} is less than {rule}"));
                }
            }
            "pattern" => {
                let pattern = regex_lite::Regex::new(rule.as_str().unwrap()).unwrap();
                if value.as_str().is_some_and(|text| !pattern.is_match(text)) {
                    wrong.push(format!("{at}: {value} does not match {rule}"));
                }
            }
            "anyOf" => {
                let any = rule.as_array().unwrap().iter().any(|one| {
                    let mut of_one = Vec::new();
                    check(root, one, value, at, &mut of_one);
                    of_one.is_empty()
                });
                if !any {
                    wrong.push(format!("{at}: {value} fits none of {rule}"));
                }
            }
            "items" | "required" | "properties" | "additionalProperties" => {
                check_inside(root, schema, value, at, wrong, (word, rule));
            }
            unknown => panic!("{at}: this test does not know {unknown:?}"),
        }
    }
}

/// The words about what is in a list or an object.
fn check_inside(
    root: &Value,
    schema: &Value,
    value: &Value,
    at: &str,
    wrong: &mut Vec<String>,
    (word, rule): (&str, &Value),
) {
    match word {
        "items" => {
            for (position, item) in value.as_array().into_iter().flatten().enumerate() {
                check(root, rule, item, &format!("{at}[{position}]"), wrong);
            }
        }
        "required" => {
            for name in rule.as_array().unwrap() {
                if value.as_object().is_some_and(|object| !object.contains_key(name.as_str().unwrap())) {
                    wrong.push(format!("{at}: {name} is missing"));
                }
            }
        }
        "properties" => {
            for (name, of_name) in rule.as_object().unwrap() {
                if let Some(inner) = value.get(name) {
                    check(root, of_name, inner, &format!("{at}.{name}"), wrong);
                }
            }
        }
        "additionalProperties" => {
            assert_eq!(rule, false);
            for name in value.as_object().into_iter().flat_map(serde_json::Map::keys) {
                if schema["properties"].get(name).is_none() {
                    wrong.push(format!("{at}: {name} is not in the schema"));
                }
            }
        }
        other => unreachable!("{other}"),
    }
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("no type {other:?}"),
    }
}
