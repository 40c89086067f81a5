//! Words in the output: typed, and looked for in all of it.

use super::{Follow, OutputPlace, OutputView, Typed};
use crate::shell::Line;
use crate::tui::field::{Edit, TextField};
use crate::tui::steps::sift::Wanted;
use crate::tui::viewport::{Direction, Viewport};
use crate::wizard::OutputBuffer;

impl OutputView {
    /// Begins to ask for words to search for.
    pub(in crate::tui::steps) fn ask(&mut self) {
        self.typed = Some(Typed::Words(TextField::default()));
    }

    /// Changes what is typed.
    pub(in crate::tui::steps) fn edit(&mut self, edit: Edit) {
        if let Some(Typed::Words(field) | Typed::Name(field)) = &mut self.typed {
            field.edit(edit);
        }
    }

    /// Leaves what is typed.
    pub(in crate::tui::steps) fn leave(&mut self) {
        self.typed = None;
    }

    /// Searches no longer.
    pub(in crate::tui::steps) fn stop_search(&mut self) {
        (self.hit, self.found, self.seeking) = (None, None, None);
        if let OutputPlace::File(file) = &mut self.place {
            file.hits = None;
        }
    }

    /// Takes the words that are typed and goes to the first line with them from what was seen last on. Gives words that no
    /// line has.
    pub(in crate::tui::steps) fn search(
        &mut self,
        live: &OutputBuffer,
        viewport: &Viewport,
    ) -> Option<String> {
        let Some(Typed::Words(field)) = self.typed.take() else { return None };
        self.sought = field.text().to_lowercase();
        self.stop_search();
        self.seek(live, viewport, Direction::On)
    }

    /// Goes to the next line with the words, and past the last one begins anew. Gives words that no line has.
    pub(in crate::tui::steps) fn seek(
        &mut self,
        live: &OutputBuffer,
        viewport: &Viewport,
        way: Direction,
    ) -> Option<String> {
        if self.sought.is_empty() {
            return None;
        }
        let from = match (way, self.hit) {
            (_, None) => viewport.output_top,
            (Direction::On, Some(last)) => last + 1,
            (Direction::Back, Some(last)) => last,
        };
        match &mut self.place {
            OutputPlace::File(file) if file.looking().is_none() => {
                let wanted = Wanted { stream: self.only, words: self.sought.clone() };
                file.search(wanted);
                self.seeking = Some((way, from));
                self.settle()
            }
            _ => {
                let hits = self.hits(live);
                let next = match way {
                    Direction::On => hits.iter().find(|number| **number >= from).or(hits.first()),
                    Direction::Back => hits.iter().rfind(|number| **number < from).or(hits.last()),
                };
                self.hit = next.copied();
                self.arrive()
            }
        }
    }

    /// Goes to where the search leads, as soon as that is known. Gives words that no line has.
    pub(in crate::tui::steps) fn settle(&mut self) -> Option<String> {
        let (way, from) = self.seeking?;
        let OutputPlace::File(file) = &mut self.place else { return None };
        if let Some(hit) = file.next_hit(way, from) {
            self.hit = Some(hit);
        } else if !file.is_settled() {
            return None;
        } else {
            self.hit = None;
        }
        self.seeking = None;
        self.arrive()
    }

    fn arrive(&mut self) -> Option<String> {
        match self.hit {
            Some(number) => {
                self.follow = Follow::From(number);
                None
            }
            None => Some(self.sought.clone()),
        }
    }

    pub(in crate::tui::steps) fn hits(&self, live: &OutputBuffer) -> Vec<u64> {
        let has = |line: &Line| line.text.to_lowercase().contains(&self.sought);
        self.shown(live).into_iter().filter(|(_, line)| has(line)).map(|(number, _)| number).collect()
    }
}
