//! Objects as PowerShell shows them where it has no view of their type: those of up to four properties are rows of a table, those
//! of more are lists, and what has a text of its own is that.
//!
//! Objects of one shape that come one after another are rows of one table. Its columns are as wide as its first rows need, which
//! are held back until then; a value that comes later and is wider moves what follows in its own row.

use unicode_width::UnicodeWidthStr as _;

use crate::psrp::names;
use crate::run::value::{Object, Value};
use crate::sanitize::escape_controls;

/// How many properties an object has at the most that is a row.
const COLUMNS: usize = 4;
/// How many rows are held back, and how many bytes of them.
const ROWS_HELD: usize = 128;
const BYTES_HELD: usize = 64 << 10;
/// No column is made wider than this by its values.
const WIDEST: usize = 48;

/// The objects of one command on their way to be lines.
#[derive(Debug, Default)]
pub(super) struct Formatter {
    last: Last,
}

/// What was told last.
#[derive(Debug, Default)]
enum Last {
    #[default]
    Nothing,
    Text,
    List,
    Table(Table),
}

#[derive(Debug)]
struct Table {
    shape: Shape,
    columns: Vec<Column>,
    /// The rows by which its columns are measured, until they are.
    held: Option<Vec<Vec<String>>>,
}

/// What the rows of one table have in common: a type, and the names of properties.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    type_name: Option<String>,
    names: Vec<String>,
}

#[derive(Debug)]
struct Column {
    width: usize,
    side: Side,
}

/// At which side of its column a value stands.
#[derive(Clone, Copy, Debug)]
enum Side {
    Left,
    Right,
}

impl Formatter {
    /// Takes an object in, and gives the lines that are told now.
    pub(super) fn put(&mut self, value: &Value) -> Vec<String> {
        let Some(object) = by_its_properties(value) else {
            let text = value.display();
            return if text.is_empty() { Vec::new() } else { self.block(Last::Text, lines(&text)) };
        };
        let Some(InTable { shape, sides, rows }) = as_rows(object) else {
            return self.block(Last::List, as_list(object));
        };
        let mut told = Vec::new();
        if !matches!(&self.last, Last::Table(table) if table.shape == shape) {
            let columns = sides.into_iter().map(|side| Column { width: 0, side }).collect();
            told = self.block(Last::Table(Table { shape, columns, held: Some(Vec::new()) }), Vec::new());
        }
        if let Last::Table(table) = &mut self.last {
            told.extend(rows.into_iter().flat_map(|row| table.put(row)));
        }
        told
    }

    /// Gives the lines that were held back.
    pub(super) fn release(&mut self) -> Vec<String> {
        match &mut self.last {
            Last::Table(table) => table.release(),
            Last::Nothing | Last::Text | Last::List => Vec::new(),
        }
    }

    pub(super) const fn is_holding(&self) -> bool {
        matches!(&self.last, Last::Table(Table { held: Some(_), .. }))
    }

    /// Tells something else than what was told last, with an empty line before it unless both are text.
    fn block(&mut self, now: Last, lines: Vec<String>) -> Vec<String> {
        let mut told = self.release();
        match (std::mem::replace(&mut self.last, now), &self.last) {
            (Last::Nothing, _) | (Last::Text, Last::Text) => {}
            (Last::Text | Last::List | Last::Table(_), _) => told.push(String::new()),
        }
        told.extend(lines);
        told
    }
}

impl Table {
    fn put(&mut self, row: Vec<String>) -> Vec<String> {
        let Some(held) = &mut self.held else { return self.line(&row) };
        held.push(row);
        let bytes: usize = held.iter().flatten().map(String::len).sum();
        if held.len() < ROWS_HELD && bytes < BYTES_HELD { Vec::new() } else { self.release() }
    }

    /// The head and the rows that were held back, in columns that have the width that they need.
    fn release(&mut self) -> Vec<String> {
        let Some(rows) = self.held.take() else { return Vec::new() };
        let head = &self.shape.names;
        for (at, (column, name)) in self.columns.iter_mut().zip(head).enumerate() {
            let parts = rows.iter().filter_map(|row| row.get(at)).flat_map(|cell| cell.lines());
            let widest = parts.map(width).max().unwrap_or_default();
            column.width = widest.min(WIDEST).max(width(name));
        }
        let rule: Vec<String> = head.iter().map(|name| "-".repeat(width(name).max(1))).collect();
        [head, &rule].into_iter().chain(&rows).flat_map(|row| self.line(row)).collect()
    }

    /// A row: more than one line where a value has more; what goes on stands below its beginning.
    fn line(&self, row: &[String]) -> Vec<String> {
        let parts: Vec<Vec<String>> = row.iter().map(|cell| lines(cell)).collect();
        let height = parts.iter().map(Vec::len).max().unwrap_or_default().max(1);
        let line = |at: usize| {
            let cells = parts.iter().zip(&self.columns).map(|(cell, column)| {
                let part = cell.get(at).map_or("", String::as_str);
                let blank = " ".repeat(column.width.saturating_sub(width(part)));
                match column.side {
                    Side::Left => format!("{part}{blank}"),
                    Side::Right => format!("{blank}{part}"),
                }
            });
            cells.collect::<Vec<_>>().join(" ").trim_end().to_owned()
        };
        (0..height).map(line).collect()
    }
}

impl Side {
    /// That of the first value of a column decides: numbers, and yes and no, stand at the right.
    const fn of(value: &Value) -> Self {
        match value {
            Value::Bool(_) | Value::Int(_) | Value::Decimal(_) | Value::Float(_) => Self::Right,
            Value::Null
            | Value::Text(_)
            | Value::Time(_)
            | Value::Version(_)
            | Value::List(_)
            | Value::Object(_)
            | Value::Unread => Self::Left,
        }
    }
}

/// An object that is shown by its properties: it has no text, or none but the name of its type.
fn by_its_properties(value: &Value) -> Option<&Object> {
    let Value::Object(object) = value else { return None };
    let is_mute = object.text.is_empty() || object.is(&object.text);
    (is_mute && !object.properties.is_empty()).then_some(object)
}

/// An object as it stands in a table.
struct InTable {
    shape: Shape,
    sides: Vec<Side>,
    rows: Vec<Vec<String>>,
}

/// An object as a row, or a dictionary as one for each of its entries; none where it is a list.
fn as_rows(object: &Object) -> Option<InTable> {
    let Object { type_names, properties, .. } = object;
    let side = |(_, value): &(String, Value)| Side::of(value);
    let (names, sides, rows) = if object.is(names::HASHTABLE) || object.is(names::ORDERED_DICTIONARY) {
        let names = ["Name", "Value"].map(str::to_owned).to_vec();
        let sides = [Side::Left].into_iter().chain(properties.first().map(side)).collect();
        (names, sides, properties.iter().map(|(name, value)| vec![name.clone(), cell(value)]).collect())
    } else if properties.len() <= COLUMNS {
        let names = properties.iter().map(|(name, _)| name.clone()).collect();
        let row = properties.iter().map(|(_, value)| cell(value)).collect();
        (names, properties.iter().map(side).collect(), vec![row])
    } else {
        return None;
    };
    Some(InTable { shape: Shape { type_name: type_names.first().cloned(), names }, sides, rows })
}

/// An object as a list: a line a property, as `Format-List` prints one.
fn as_list(object: &Object) -> Vec<String> {
    let widest = object.properties.iter().map(|(name, _)| width(name)).max().unwrap_or_default();
    let property = |(name, value): &(String, Value)| {
        let blank = " ".repeat(widest.saturating_sub(width(name)));
        // What goes on stands below its beginning.
        let value = lines(&cell(value)).join(&format!("\n{:widest$}   ", ""));
        lines(format!("{name}{blank} : {value}").trim_end())
    };
    object.properties.iter().flat_map(property).collect()
}

/// A value as it stands in a table or a list.
fn cell(value: &Value) -> String {
    if let Value::List(_) = value { format!("{{{}}}", value.display()) } else { value.display() }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// How many columns a text takes where it is shown.
fn width(text: &str) -> usize {
    escape_controls(text).width()
}

#[cfg(test)]
mod tests;
