//! The console of Windows: what it can do, its keys, and drawing where it takes no escape sequences.
//!
//! Such a console is that of every Windows before 10, and one that is set to "legacy". It has no second screen, scrolls when
//! its last cell is written, and knows colours but no other attributes. So the screens have a buffer of their own there: as
//! large as the window, shown in the place of the operator's and gone with the process, whatever ends it.

use std::io;

use crossterm::Command as _;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm_winapi::{Console, ConsoleMode, Coord, Handle, ScreenBuffer, WindowPositions};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::super::visible::width;
use super::on_leaving;

/// `ENABLE_VIRTUAL_TERMINAL_PROCESSING` of an output.
const ESCAPES: u32 = 0x0004;
/// `ENABLE_PROCESSED_INPUT`, `ENABLE_LINE_INPUT` and `ENABLE_ECHO_INPUT`.
const LINES: u32 = 0x0007;
/// `ENABLE_WINDOW_INPUT`: sizes are reported as well.
const SIZES: u32 = 0x0008;
/// `ENABLE_QUICK_EDIT_MODE`: one click would hold up everything that writes, and with it all that we look after.
const QUICK_EDIT: u32 = 0x0040;

/// Whether the console lets itself be told to take escape sequences. `GREENLIGHT_CONSOLE=legacy` denies it.
pub(super) fn takes_escapes() -> bool {
    let ask = || {
        let output = ConsoleMode::new()?;
        let before = output.mode()?;
        output.set_mode(before | ESCAPES)?;
        let taken = output.mode()? & ESCAPES != 0;
        output.set_mode(before)?;
        io::Result::Ok(taken)
    };
    std::env::var_os("GREENLIGHT_CONSOLE").is_none_or(|kind| kind != "legacy") && ask().unwrap_or(false)
}

/// Takes each key as it is pressed.
pub(super) fn take_keys() -> io::Result<()> {
    let input = ConsoleMode::from(Handle::current_in_handle()?);
    let before = input.mode()?;
    input.set_mode(before & !(LINES | QUICK_EDIT) | SIZES)?;
    on_leaving(move || input.set_mode(before));
    Ok(())
}

/// A buffer of our own, drawn on by the console's functions.
#[derive(Debug)]
pub(super) struct Cells {
    buffer: ScreenBuffer,
    /// The operator's own colours.
    plain: u16,
}

impl Cells {
    /// Shows an empty buffer in place of the operator's.
    pub(super) fn show() -> io::Result<Self> {
        let before = ScreenBuffer::current()?;
        let info = before.info()?;
        let made = ScreenBuffer::create()?;
        on_leaving(move || before.show());
        made.show()?;
        // PowerShell would inherit the handle that made it, but not this one.
        let buffer = ScreenBuffer::current()?;
        // Neither wraps, which would scroll after the last cell, nor obeys what it is to show.
        ConsoleMode::from(buffer.handle().clone()).set_mode(0)?;
        let cells = Self { buffer, plain: info.attributes() };
        // Windows makes it as large as the window; where it is larger it could be scrolled.
        let size = cells.to_origin()?;
        cells.buffer.set_size(size.0, size.1)?;
        cells.blank()?;
        Ok(cells)
    }

    fn console(&self) -> Console {
        Console::from(self.buffer.handle().clone())
    }

    /// Moves the window to the buffer's first cell, and gives its size.
    fn to_origin(&self) -> io::Result<(i16, i16)> {
        let window = self.buffer.info()?.terminal_window();
        let (right, bottom) = (window.right - window.left, window.bottom - window.top);
        if (window.left, window.top) != (0, 0) {
            self.console().set_console_info(true, WindowPositions { left: 0, top: 0, right, bottom })?;
        }
        Ok((right + 1, bottom + 1))
    }

    fn blank(&self) -> io::Result<()> {
        let size = self.buffer.info()?.buffer_size();
        let cells = u32::from(cells(size.width)) * u32::from(cells(size.height));
        self.console().fill_whit_character(Coord::new(0, 0), cells, ' ')?;
        self.console().fill_whit_attribute(Coord::new(0, 0), cells, self.plain)?;
        Ok(())
    }

    fn write(&self, run: &CellRun) -> io::Result<()> {
        if run.text.is_empty() {
            return Ok(());
        }
        MoveTo(run.column, run.row).execute_winapi()?;
        self.console().set_text_attribute(run.attribute)?;
        self.console().write_char_buffer(run.text.as_bytes())?;
        Ok(())
    }
}

impl Backend for Cells {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.to_origin()?;
        // Else it is seen running along with what is written.
        self.hide_cursor()?;
        let mut run = CellRun::default();
        for (column, row, cell) in content {
            let attribute = attribute(cell, self.plain);
            let wide = width(cell.symbol()) > 1;
            if wide || (row, column, attribute) != (run.row, run.end, run.attribute) {
                self.write(&run)?;
                run = CellRun { row, column, end: column, attribute, text: String::new() };
            }
            if wide {
                // Many consoles show it in one cell: then nothing old may stay in the other.
                self.write(&CellRun { text: "  ".to_owned(), ..run.clone() })?;
            }
            run.text.push(sign(cell.symbol()));
            run.end += 1;
        }
        self.write(&run)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        Hide.execute_winapi()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Show.execute_winapi()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        let at = self.buffer.info()?.cursor_pos();
        Ok(Position::new(cells(at.x), cells(at.y)))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        MoveTo(x, y).execute_winapi()
    }

    fn clear(&mut self) -> io::Result<()> {
        self.blank()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        match region {
            ClearType::All => self.blank(),
            ClearType::AfterCursor
            | ClearType::BeforeCursor
            | ClearType::CurrentLine
            | ClearType::UntilNewLine => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn size(&self) -> io::Result<Size> {
        let window = self.buffer.info()?.terminal_window();
        Ok(Size::new(cells(window.right - window.left + 1), cells(window.bottom - window.top + 1)))
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        // A window that has just got another size follows the cursor to the edge that is written to.
        self.to_origin().map(drop)
    }
}

/// Cells of one row and look that follow each other.
#[derive(Clone, Debug, Default)]
struct CellRun {
    row: u16,
    column: u16,
    end: u16,
    attribute: u16,
    text: String,
}

fn cells(count: i16) -> u16 {
    u16::try_from(count).unwrap_or_default()
}

/// What a cell shows. The console gives each UTF-16 unit a cell of its own and joins nothing.
fn sign(symbol: &str) -> char {
    let first = symbol.chars().next().unwrap_or(' ');
    if first.len_utf16() > width(symbol) { '?' } else { first }
}

/// A cell's colours as the console has them: the foreground in the lower four bits, the background in the next.
fn attribute(cell: &Cell, plain: u16) -> u16 {
    let foreground = colour(cell.fg).unwrap_or(plain & 0xF);
    let background = colour(cell.bg).unwrap_or(plain >> 4 & 0xF);
    if cell.modifier.contains(Modifier::REVERSED) {
        foreground << 4 | background
    } else {
        background << 4 | foreground
    }
}

/// The sixteen; nothing where none of them is meant.
const fn colour(colour: Color) -> Option<u16> {
    match colour {
        Color::Black => Some(0),
        Color::Blue => Some(1),
        Color::Green => Some(2),
        Color::Cyan => Some(3),
        Color::Red => Some(4),
        Color::Magenta => Some(5),
        Color::Yellow => Some(6),
        Color::Gray => Some(7),
        Color::DarkGray => Some(8),
        Color::LightBlue => Some(9),
        Color::LightGreen => Some(10),
        Color::LightCyan => Some(11),
        Color::LightRed => Some(12),
        Color::LightMagenta => Some(13),
        Color::LightYellow => Some(14),
        Color::White => Some(15),
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => None,
    }
}
