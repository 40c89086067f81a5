use super::*;

fn object(properties: &[(&str, Value)]) -> Value {
    let properties = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Value::Object(Object { properties, ..Object::default() })
}

fn told(values: &[Value]) -> Vec<String> {
    let mut formatter = Formatter::default();
    let mut told: Vec<String> = values.iter().flat_map(|value| formatter.put(value)).collect();
    told.extend(formatter.release());
    told
}

fn pool(name: &str, number: i64) -> Value {
    object(&[("Pool", Value::text(name)), ("Users", Value::Int(number)), ("Site", Value::text("s"))])
}

#[test]
fn rows_of_one_shape_stand_below_one_head_in_columns_and_numbers_at_the_right() {
    let expected = ["Pool Users Site", "---- ----- ----", "fe01     7 s", "f     1200 s"];
    assert_eq!(told(&[pool("fe01", 7), pool("f", 1200)]), expected);
}

#[test]
fn another_shape_begins_anew_and_a_list_stands_between_empty_lines() {
    let five = ["A", "B", "C", "D", "Long"].map(|name| (name, Value::Int(1)));
    let values = [
        object(&five[..1]),
        object(&five[..1]),
        object(&five[..2]),
        object(&five),
        Value::text("said"),
        Value::text("more"),
    ];
    let expected = [
        "A", "-", "1", "1", "", "A B", "- -", "1 1", "", "A    : 1", "B    : 1", "C    : 1", "D    : 1",
        "Long : 1", "", "said", "more",
    ];
    assert_eq!(told(&values), expected);
}

#[test]
fn the_first_rows_give_the_columns_their_width_and_what_is_wider_later_moves_its_own_row_alone() {
    let mut values = vec![pool("a", 1); ROWS_HELD];
    values.extend([pool("longer than that", 1), pool("b", 2)]);
    let told = told(&values);
    assert_eq!(told.len(), values.len() + 2);
    assert_eq!(
        told.get(ROWS_HELD + 1..).unwrap_or_default(),
        ["a        1 s", "longer than that     1 s", "b        2 s"]
    );
    // One that is far too wide gives no column its width.
    let wide = "w".repeat(WIDEST + 1);
    let told = self::told(&[pool(&wide, 1), pool("a", 1)]);
    assert_eq!(told.last().map(|line| line.find('1')), Some(Some(WIDEST + 5)));
}

#[test]
fn what_is_held_back_is_bounded_and_told_in_order() {
    let mut formatter = Formatter::default();
    let big = pool(&"x".repeat(BYTES_HELD / 3), 1);
    assert_eq!(formatter.put(&big).len() + formatter.put(&big).len(), 0);
    assert!(formatter.is_holding());
    assert_eq!(formatter.put(&big).len(), 5);
    assert!(!formatter.is_holding());
    assert_eq!(formatter.put(&big).len(), 1);
}

#[test]
fn a_value_of_several_lines_goes_on_below_its_beginning() {
    let of = |text: &str| {
        object(&[("Id", Value::Int(10)), ("Text", Value::text(text)), ("End", Value::text("e"))])
    };
    let expected = ["Id Text End", "-- ---- ---", "10 a    e", "   bc", "10      e"];
    assert_eq!(told(&[of("a\r\nbc"), of("")]), expected);
    let list = ["A", "B", "C", "D", "E"].map(|name| (name, Value::text("1\n2")));
    assert_eq!(told(&[object(&list)]).get(..2).unwrap_or_default(), ["A : 1", "    2"]);
}

#[test]
fn columns_fit_what_is_shown_of_controls_and_of_wide_characters() {
    let of = |text: &str| object(&[("Name", Value::text(text)), ("End", Value::text("e"))]);
    let told = told(&[of("\u{1b}"), of("\u{65e5}\u{672c}"), of("abcdefg")]);
    let ends: Vec<usize> = told
        .iter()
        .map(|line| escape_controls(line).trim_end_matches(['e', 'E', 'n', 'd', '-']).width())
        .collect();
    assert_eq!(ends, [8, 8, 8, 8, 8], "{told:?}");
}

#[test]
fn a_dictionary_is_a_table_of_its_entries_and_a_type_without_a_text_of_its_own_is_shown_by_its_properties() {
    let named = |type_name: &str, text: &str, properties: &[(&str, Value)]| {
        let Value::Object(object) = object(properties) else { return Value::Null };
        Value::Object(Object { type_names: vec![type_name.to_owned()], text: text.to_owned(), ..object })
    };
    let entries =
        ["a", "b", "c", "d", "e"].map(|name| (name, Value::List(vec![Value::Int(1), Value::Int(2)])));
    let expected = ["Name Value", "---- -----", "a    {1, 2}", "b    {1, 2}", "c    {1, 2}"];
    assert_eq!(told(&[named(names::HASHTABLE, "", &entries)]).get(..5).unwrap_or_default(), expected);
    assert_eq!(told(&[named("Pool", "Pool", &entries[..1])]), ["a", "-", "{1, 2}"]);
    assert_eq!(told(&[named("Pool", "pool01", &entries[..1])]), ["pool01"]);
}
