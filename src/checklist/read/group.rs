//! `group` of `[[step]]`: the headings that steps stand under.

use super::item::{Fields, Item};
use crate::checklist::mistake::{Fault, FilePlace};
use crate::checklist::{Lang, Localized};

/// A group, in all that its steps say of it so far.
struct Known {
    en: String,
    es: Option<Translation>,
    fr: Option<Translation>,
    /// Where its last step says so.
    last: FilePlace,
}

struct Translation {
    text: String,
    /// Where it was given first.
    at: FilePlace,
}

/// The group of each step: those of the same English text are one, whichever of its steps translates it.
pub(super) fn read_all(steps: &[Fields<'_>]) -> Vec<Option<Localized>> {
    let mut known: Vec<Known> = Vec::new();
    let mut before = None;
    let mut places = Vec::with_capacity(steps.len());
    for step in steps {
        let item = step.optional("group");
        before = item.and_then(|item| Some(place(&item, item.localized()?, before, &mut known)));
        places.push(before);
    }
    let text = |translation: &Option<Translation>| Some(translation.as_ref()?.text.clone());
    let group = |Known { en, es, fr, .. }: &Known| Localized { en: en.clone(), es: text(es), fr: text(fr) };
    places.into_iter().map(|place| known.get(place?).map(group)).collect()
}

/// Which of the known groups it is; `before` is that of the step before it.
fn place(item: &Item<'_>, texts: Localized, before: Option<usize>, known: &mut Vec<Known>) -> usize {
    let at = item.source.place(item.bytes.start);
    let en = texts.en.trim();
    let place = known.iter().position(|group| group.en == en).unwrap_or(known.len());
    if place == known.len() {
        known.push(Known { en: en.to_owned(), es: None, fr: None, last: at });
    } else if before != Some(place)
        && let Some(group) = known.get(place)
    {
        item.report(Fault::GroupApart { group: group.en.clone(), last: group.last });
    }
    let Some(Known { en, es, fr, last }) = known.get_mut(place) else { return place };
    *last = at;
    for (lang, given, first) in [(Lang::Es, texts.es, es), (Lang::Fr, texts.fr, fr)] {
        let Some(text) = given.map(|given| given.trim().to_owned()) else { continue };
        let first = first.get_or_insert_with(|| Translation { text: text.clone(), at });
        if first.text != text {
            let (group, first, at) = (en.clone(), first.text.clone(), first.at);
            item.report(Fault::GroupTranslatedTwice { group, lang, first, at });
        }
    }
    place
}
