//! Objects and lists of type names that CLIXML refers to by `RefId`.

use std::collections::HashMap;

/// What is referred to by number. Engines count from nought, so that most are found by their place.
pub(super) struct References<'a, T> {
    counted: Vec<Option<T>>,
    others: HashMap<&'a str, T>,
}

impl<T> Default for References<'_, T> {
    fn default() -> Self {
        Self { counted: Vec::new(), others: HashMap::new() }
    }
}

impl<'a, T> References<'a, T> {
    /// `values` have been read: none of them has a greater number where they are counted.
    pub(super) fn insert(&mut self, id: &'a str, value: T, values: usize) {
        match number(id).filter(|place| *place <= values) {
            Some(place) => {
                if self.counted.len() <= place {
                    self.counted.resize_with(place + 1, || None);
                }
                if let Some(slot) = self.counted.get_mut(place) {
                    *slot = Some(value);
                }
            }
            None => {
                self.others.insert(id, value);
            }
        }
    }

    pub(super) fn get(&self, id: &str) -> Option<&T> {
        let counted = number(id).and_then(|place| self.counted.get(place)?.as_ref());
        counted.or_else(|| self.others.get(id))
    }
}

/// A number written in the one way in which engines write it.
fn number(id: &str) -> Option<usize> {
    let plain = id.bytes().all(|byte| byte.is_ascii_digit()) && (id == "0" || !id.starts_with('0'));
    plain.then(|| id.parse().ok()).flatten()
}
